import RuleEngine
import SOC2Vocabulary

extension FactTable {
  /// The state or country in which the audit firm signs: of "Kansas City, Missouri" the last part.
  mutating func setAuditorPlace(of facts: DocumentFacts) {
    guard let auditor = facts.facts[.serviceAuditor],
      let location = auditor.found?["location"]?.text,
      let last = location.split(separator: ",").last
    else { return }
    set(
      "document.auditorPlace", .text(String(last.drop { $0 == " " })),
      evidence: Array(auditor.evidence.prefix(1)))
  }
}
