import SOC2Vocabulary
import XMLTree

/// Whether the examples prove all that the rule says. A case without its example is a guess.
extension RuleReader {
  mutating func checkCoverage(of rule: Rule, _ root: Element) {
    var values: [String: Set<String>] = [:]
    var raised: Set<String> = []
    var asked: Set<String> = []
    var answered: Set<String> = []
    var given: [Example.Given] = []
    var hasMiss = false
    var hasSilent = false
    for example in rule.examples {
      switch example.kind {
      case .hit(let fact, let value, _): values[fact, default: []].insert(value)
      case .miss: hasMiss = true
      case .raises(let expected, _, let facts):
        raised.insert(expected.code)
        asked.formUnion(expected.questions ?? [])
        answered.formUnion(expected.answered ?? [])
        given += facts
      case .silent(_, _, let facts):
        hasSilent = true
        given += facts
      }
    }
    for fact in root.elements("fact") { checkHits(of: fact, values) }
    for zone in root.elements("zone") {
      let name = oneLine(zone["name"] ?? "")
      if values[Self.zoneName]?.contains(name) != true {
        log.report("zone '\(name)' has no hit", at: zone)
      }
    }
    for (finding, parts) in zip(root.elements("finding"), partsOfFindings) {
      let code = oneLine(finding["code"] ?? "")
      if !raised.contains(code) {
        log.report("finding \(quoted(code)) has no hit with its code", at: finding)
      }
      for question in finding.elements("question") where !question.elements.isEmpty {
        let id = question["id"] ?? ""
        if !asked.contains(id) { log.report("no hit asks \(quoted(id))", at: question) }
        if !question.elements("answer").isEmpty, !answered.contains(id) {
          log.report("no hit answers \(quoted(id))", at: question)
        }
      }
      checkParts(parts, given.filter { $0.fact == finding["each"] }.flatMap(\.entries), finding)
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

  /// A part that no example gives is most likely a slip of the hand, which would make a condition
  /// fail, or a text in brackets vanish, without a word.
  private mutating func checkParts(_ parts: Set<String>, _ entries: [Value], _ finding: Element) {
    guard !parts.isEmpty, !entries.isEmpty else {
      if !parts.isEmpty { log.report("no example gives an item to judge", at: finding, "each") }
      return
    }
    for part in parts.sorted() where !entries.contains(where: { $0.has(part) }) {
      log.report("no item of an example has '\(part)', which the finding names", at: finding)
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

extension Value {
  /// Whether an entry has a part, by its path below the entry.
  fileprivate func has(_ part: String) -> Bool {
    var value: Value? = self
    for key in part.split(separator: ".") { value = value?[String(key)] }
    return value != nil
  }
}
