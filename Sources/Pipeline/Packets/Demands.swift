import RuleEngine
import SOC2Vocabulary
import Scoring

extension FactTable {
  /// What the buyer asks of a report and its firm, and what of it is not met or not known.
  mutating func setDemands(
    of document: DocumentExtract, _ context: ReviewContext, _ unknown: [FactName],
    _ firms: [Policy.ListedFirm]
  ) {
    set("document.neededUnknown", .list(unknown.map { .text($0.inWords) }))
    if let found = document.facts.facts[.categories]?.found?.list {
      let missing = context.requiredCategories.filter { !found.contains(.text($0.rawValue)) }
      set("context.missingCategories", .list(missing.map { .text($0.rawValue) }))
    }
    guard let name = document.facts.facts[.serviceAuditor]?.found?["name"]?.text,
      let firm = firms.first(where: { namesAgree($0.name, name) })
    else { return }
    set("context.auditFirmList", .text(firm.list.rawValue))
    set("context.auditFirmReason", .text(firm.why))
  }
}

extension FactName {
  /// As a sentence names what is not known.
  fileprivate var inWords: String {
    switch self {
    case .reportType: "the type of the report"
    case .opinion: "the opinion"
    case .period: "the period"
    case .asOf: "the date it speaks of"
    case .exceptions: "the exceptions"
    case .serviceOrganization: "the service organization"
    case .categories: "the categories in scope"
    case .serviceAuditor: "the service auditor"
    case .testCounts: "the test results"
    case .subserviceOrganizations: "the subservice organizations"
    case .userEntityControls: "the controls of user entities"
    case .reportDate: "the report's date"
    default: rawValue
    }
  }
}
