public import PageText
public import ReportStructure
import RulePacks
import SOC2Vocabulary
import TextMatching

/// Finds the kind of a document, its zones and its facts.
public func readDocument(
  _ pages: [Page], with rules: CompiledRules
) -> (report: Report, facts: DocumentFacts) {
  let arranged = layout(pages)
  let text = arranged.runningText(of: pages, with: rules.vocabulary)
  let furniture = arranged.furnitureText(of: pages, with: rules.vocabulary)
  let matches = rules.matches(in: text)
  let decision = KindDecision(rules, matches, in: text, layout: arranged)
  let report = structured(
    arranged, text: text, furniture: furniture, marks: rules.zoneMarks(matches, in: text),
    isLetter: decision.kind == .bridgeLetter)
  let hits = Hits(rules, body: matches, furniture: rules.matches(in: furniture), in: report)
  var facts = readFacts(of: decision, report, hits, rules)
  facts.starts = documentStarts(in: report, matches, with: rules)
  return (report, facts)
}

private func readFacts(
  of decision: KindDecision, _ report: Report, _ hits: Hits, _ rules: CompiledRules
) -> DocumentFacts {
  let reader = FactReader(report: report, hits: hits, kind: decision.kind)
  let reasons = decision.reasons.flatMap { hit in
    report.text.evidence(hit.tokens, section: report.zones[hit.block])
  }
  var facts: [FactName: Fact] = [:]
  var auditorSignature = SignatureState.unknown
  var assertionSignature = SignatureState.unknown
  var diagnostics: [Diagnostic] = []
  var derived: [String: FactTable.Entry] = [:]
  switch decision.kind {
  case .soc2Report, .soc3Report, .soc1Report:
    let opinion = OpinionFacts(reader)
    let dates = DateFacts(reader, limbs: opinion.limbs)
    let names = NameFacts(reader, reportDate: dates.reportDate)
    let scope = ScopeFacts(reader)
    let subservice = SubserviceFacts(reader, names)
    let users = UserEntityFacts(reader)
    derived = subservice.derived.merging(users.derived) { a, _ in a }
    let detail = DescriptionDetail(reader, organization: names.organization, system: names.system)
    let agreement = SectionAgreement(
      reader, organization: names.organization, system: names.system)
    derived.merge(detail.entries) { _, made in made }
    derived.merge(agreement.entries) { _, made in made }
    auditorSignature = names.auditorSignature
    assertionSignature = names.assertionSignature
    facts = [
      .opinion: opinion.opinion, .opinionLimbs: opinion.limbs,
      .qualifiedCriteria: opinion.criteria, .basisForModification: opinion.basis,
      .reportType: dates.reportType, .period: dates.period, .asOf: dates.asOf,
      .reportDate: dates.reportDate, .assertionDate: dates.assertionDate,
      .serviceOrganization: names.organization, .system: names.system,
      .serviceAuditor: names.auditor, .categories: scope.categories,
      .criteriaEdition: scope.edition, .additionalFrameworks: scope.frameworks,
      .exclusions: scope.exclusions, .incidents: scope.incidents, .changes: scope.changes,
      .sections: scope.sections,
    ]
    if decision.kind != .soc1Report {
      facts[.subserviceOrganizations] = subservice.organizations
      facts[.subserviceControls] = subservice.controls
      facts[.userEntityControls] = users.controls
    }
    if decision.kind == .soc2Report {
      let controls = ControlFacts(
        reader,
        ControlFacts.Context(
          reportType: dates.reportType, categories: scope.categories, edition: scope.edition,
          subserviceControls: subservice.carvedOutControls,
          period: dates.period.found?.period,
          exceptions: ExceptionReader.Context(
            reportDate: dates.reportDate.found?.text.flatMap(Day.init(iso:)),
            qualified: Set((opinion.criteria.found?.list ?? []).compactMap(\.text)))))
      facts.merge(controls.facts) { _, made in made }
      diagnostics = controls.diagnostics
      derived.merge(controls.derived) { _, made in made }
      facts[.bridge] = Fact(state: .notSearched, confidence: .low)
    }
    let lists = UnreadLists(facts, reader)
    facts = lists.facts
    diagnostics += lists.diagnostics
  case .bridgeLetter, .iso27001Certificate, .penetrationTest, .pciAoc, .readinessAssessment,
    .questionnaire, .other:
    let names = NameFacts(reader, reportDate: Fact(state: .absent))
    if decision.kind == .bridgeLetter {
      let bridge = BridgeFacts(reader, system: names.system).bridge
      facts[.bridge] = bridge
      // Whom a letter speaks for it says itself; names elsewhere in it may be its reader's.
      if let entity = bridge.found?["entity"]?.text {
        facts[.serviceOrganization] = Fact(
          state: .found, value: .text(entity), confidence: bridge.confidence,
          evidence: bridge.value["evidence"]?["entity"]?.proof ?? bridge.evidence)
      }
    } else if names.organization.state == .found {
      facts[.serviceOrganization] = names.organization
    }
  }
  derived["document.redactionMarks"] = redactionMarks(reader)
  var signals: [SignalName: [Reading]] = [:]
  for name in SignalName.allCases where !name.isReadInTables && !hits[name].isEmpty {
    signals[name] = hits[name].prefix(50).map(reader.reading)
  }
  return DocumentFacts(
    kind: decision.kind, kindReasons: reasons, facts: facts,
    searched: ledger(facts, report, rules), signals: signals, auditorSignature: auditorSignature,
    assertionSignature: assertionSignature, derived: derived,
    exclusionSpans: ExclusionSpan.all(reader), starts: [],
    diagnostics: diagnostics)
}

/// For every fact that was looked for and not found: where, and by which rules.
private func ledger(
  _ facts: [FactName: Fact], _ report: Report, _ rules: CompiledRules
) -> [Searched] {
  facts.keys.sorted().compactMap { name in
    guard let fact = facts[name], fact.state != .found, fact.state != .notSearched else {
      return nil
    }
    let reading = rules.rulesReading(name)
    let zones = reading.zones.isEmpty ? name.usualZones : reading.zones
    let sections = report.sections.filter { zones.contains($0.zone) }
    var pages: ClosedRange<Int>?
    for section in sections {
      let range = report.pages[section.firstPage].number...report.pages[section.lastPage].number
      pages =
        pages.map { min($0.lowerBound, range.lowerBound)...max($0.upperBound, range.upperBound) }
        ?? range
    }
    if sections.isEmpty || fact.state == .notSearchable, let first = report.pages.first,
      let last = report.pages.last
    {
      // Where the zone was not recognised, all pages were searched, and any may hold it.
      pages = first.number...last.number
    }
    return Searched(
      fact: name.rawValue, state: fact.state, sections: Zone.allCases.filter(zones.contains),
      pages: pages, rules: reading.rules)
  }
}

extension CompiledRules {
  /// The rules that read a fact or its building blocks, and the zones they look in.
  fileprivate func rulesReading(_ name: FactName) -> (rules: [String], zones: Set<Zone>) {
    let targets = name.buildingBlocks.map(FactTarget.signal) + [.fact(name)]
    var ids: [String] = []
    var zones: Set<Zone> = []
    for rule in rules {
      for fact in rule.facts where targets.contains(fact.target) {
        if !ids.contains(rule.id) { ids.append(rule.id) }
        zones.formUnion(fact.scope.zones)
      }
    }
    return (ids, zones)
  }
}

extension FactName {
  /// What the engine reads a fact from besides rules of its own name.
  fileprivate var buildingBlocks: [SignalName] {
    switch self {
    case .opinion: [.opinionOpening, .opinionClause, .opinionHeading, .limbConcluded, .examination]
    case .opinionLimbs: [.limbConcluded, .limbFailed]
    case .qualifiedCriteria, .basisForModification: [.basisOpening, .limbFailed, .opinionHeading]
    case .reportType: [.typeWording, .typeTitle]
    case .serviceOrganization: [.organizationName]
    case .system: [.systemName]
    case .serviceAuditor: [.auditorName, .firmWord, .signature]
    case .categories: [.categoriesMask]
    case .additionalFrameworks: [.framework, .frameworkTreatment]
    case .incidents: [.incidentWording]
    case .changes: [.changeWording]
    case .controls, .testCounts, .exceptions, .notOperated:
      [.columnHeader, .resultWording, .deviationRate]
    case .testDepth: [.testKind, .sampleSize]
    case .criteriaCoverage: [.criterionReason]
    case .subserviceOrganizations:
      [.subserviceName, .subserviceWording, .subserviceHeading, .subserviceUse]
    case .subserviceControls:
      [.subserviceControlHeading, .subserviceHeading, .subserviceDuty]
    case .userEntityControls:
      [.userEntityHeading, .userEntityOpening, .userEntityDuty, .userEntityWording]
    case .bridge: [.letterTimeCue, .letterSince, .letterTo, .letterReportEnd]
    default: []
    }
  }

  /// Where a fact stands when its rules name no zone, or it is read by its place alone.
  fileprivate var usualZones: Set<Zone> {
    switch self {
    case .assertionDate: [.managementAssertion]
    case .bridge: [.letter]
    case .incidents, .changes, .exclusions, .subserviceControls, .userEntityControls:
      [.systemDescription]
    case .controls, .testCounts, .exceptions, .notOperated, .criteriaCoverage, .testDepth:
      [.testsOfControls]
    default: [.auditorReport]
    }
  }
}
