import XMLTree

/// Whether the examples prove all that the rule says. A case without its example is a guess.
extension RuleReader {
  mutating func checkCoverage(of rule: Rule, _ root: Element) {
    var values: [String: Set<String>] = [:]
    var raised: Set<String> = []
    var hasMiss = false
    var hasSilent = false
    for example in rule.examples {
      switch example.kind {
      case .hit(let fact, let value, _): values[fact, default: []].insert(value)
      case .miss: hasMiss = true
      case .raises(let code, _, _): raised.insert(code)
      case .silent: hasSilent = true
      }
    }
    for fact in root.elements("fact") { checkHits(of: fact, values) }
    for zone in root.elements("zone") {
      let name = oneLine(zone["name"] ?? "")
      if values[Self.zoneName]?.contains(name) != true {
        log.report("zone '\(name)' has no hit", at: zone)
      }
    }
    for finding in root.elements("finding") {
      let code = oneLine(finding["code"] ?? "")
      if !raised.contains(code) {
        log.report("finding \(quoted(code)) has no hit with its code", at: finding)
      }
    }
    for examples in root.elements("examples") {
      if !(rule.facts.isEmpty && rule.zones.isEmpty), !hasMiss {
        log.report("no miss with words shows what the rule must leave alone", at: examples)
      }
      if !rule.findings.isEmpty, !hasSilent {
        log.report("no miss with a day shows when the rule raises nothing", at: examples)
      }
    }
  }

  private mutating func checkHits(of fact: Element, _ values: [String: Set<String>]) {
    let name = fact["name"] ?? ""
    guard let shown = values[name] else {
      log.report("fact \(quoted(name)) has no hit", at: fact)
      return
    }
    for element in fact.elements("case") {
      let value = oneLine(element["value"] ?? "")
      if !shown.contains(value) { log.report("case \(quoted(value)) has no hit", at: element) }
    }
  }
}
