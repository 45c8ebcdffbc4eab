import RuleEngine
import SOC2Vocabulary

extension FactTable {
  /// What findings on exceptions, coverage and depth judge by: counts and shares over facts.
  mutating func setRegisters(of document: DocumentFacts) {
    if let listed = document.derived["document.exceptionSummary"],
      document.facts[.exceptions]?.state == .found
    {
      set("document.exceptionCountDiffers", .text("yes"), evidence: listed.evidence)
    }
    setCoverage(document.facts[.criteriaCoverage])
    setExceptions(document.facts[.exceptions])
    setDepth(document.facts[.testDepth])
  }

  private mutating func setCoverage(_ fact: Fact?) {
    guard let entries = fact?.found?.list else { return }
    func names(_ state: String) -> [String] {
      entries.filter { $0["state"]?.text == state }.compactMap { $0["criterion"]?.text }
    }
    let missing = names("missing")
    let grave = missing.filter { Criteria.frontLine.contains($0) || $0.hasPrefix("CC7.") }
    set("document.uncoveredGrave", .list(grave.map(Value.text)))
    set(
      "document.uncoveredOther", .list(missing.filter { !grave.contains($0) }.map(Value.text)))
    for state in ["carved-out", "not-applicable"] {
      let found = entries.filter { $0["state"]?.text == state }
      set(
        state == "carved-out"
          ? "document.carvedOutCriteria" : "document.notApplicableCriteria",
        .list(found.compactMap { $0["criterion"] }), evidence: firstProofs(of: found))
    }
  }

  /// Exceptions that one would expect to show in the opinion: any critical one, or three high ones in one
  /// family of criteria.
  private mutating func setExceptions(_ fact: Fact?) {
    let entries = fact?.value.list ?? fact?.readings.first?.value.list ?? []
    func families(_ entry: Value) -> Set<Substring> {
      Set((entry["criteria"]?.list ?? []).compactMap { $0.text?.split(separator: ".").first })
    }
    let critical = entries.filter { $0["severity"]?.text == Severity.critical.rawValue }
    let high = entries.filter { $0["severity"]?.text == Severity.high.rawValue }
    var heavy = critical
    for entry in high
    where high.count(where: { !families($0).isDisjoint(with: families(entry)) }) >= 3 {
      heavy.append(entry)
    }
    guard !heavy.isEmpty else { return }
    set(
      "document.heavyExceptions",
      .list(
        heavy.map { $0["controlId"]?.text.map(Value.text) ?? .text("a control without number") }),
      evidence: firstProofs(of: heavy))
  }

  /// Where each entry stands first.
  private func firstProofs(of entries: [Value]) -> [Evidence] {
    entries.flatMap { $0["evidence"]?.proof.prefix(1) ?? [] }
  }

  /// Shares in whole percent, where there are tests enough to speak of shares.
  private mutating func setDepth(_ fact: Fact?) {
    guard let value = fact?.found, let tests = value["tests"]?.number, tests >= 40 else { return }
    func percent(_ key: String) -> Value { .number((value[key]?.number ?? 0) * 100 / tests) }
    set("document.distinctShare", percent("distinctProcedures"))
    set("document.sampledShare", percent("sampleSizesStated"))
  }
}
