import SOC2Vocabulary
import TextMatching
import XMLTree

/// Examples: texts with a marked place, and facts with the finding they raise.
extension RuleReader {
  /// How examples name the zone rules of a rule where a fact's name is expected.
  static let zoneName = "zone"

  mutating func example(_ element: Element, of rule: Rule) -> Example? {
    let isHit = element.name == "hit"
    if element["on"] != nil { return judged(element, of: rule, isHit: isHit) }
    return isHit ? wordsHit(element, of: rule) : wordsMiss(element)
  }

  // MARK: - Examples of reading

  private mutating func wordsHit(_ element: Element, of rule: Rule) -> Example? {
    let value = filled(element, "value")
    let marked = markedWords(element)
    guard let fact = readFact(element, of: rule) else { return nil }
    checkValue(value, of: fact, rule, element)
    return Example(
      kind: .hit(fact: fact, value: value, marked: marked), words: words(element.text),
      zone: zone(of: element), under: under(element), line: element.line)
  }

  private mutating func wordsMiss(_ element: Element) -> Example {
    let because = filled(element, "because")
    return Example(
      kind: .miss(because: because), words: words(text(element)), zone: zone(of: element),
      under: under(element), line: element.line)
  }

  private func zone(of element: Element) -> Zone? {
    element["zone"].flatMap { Zone(rawValue: oneLine($0)) }
  }

  private mutating func under(_ element: Element) -> String? {
    element["under"] == nil ? nil : filled(element, "under")
  }

  /// What a hit shows: named, or the only thing the rule reads.
  private mutating func readFact(_ element: Element, of rule: Rule) -> String? {
    var readable: [String] = []
    for fact in rule.facts where !readable.contains(fact.target.name) {
      readable.append(fact.target.name)
    }
    if !rule.zones.isEmpty { readable.append(Self.zoneName) }
    if let fact = element["fact"] {
      if readable.contains(fact) { return fact }
      let advice = Spelling.advice(for: fact, among: readable)
      log.report("fact \(quoted(fact)) \(advice)", at: element, "fact")
      return nil
    }
    if readable.count == 1 { return readable[0] }
    log.report(
      readable.isEmpty
        ? "the rule reads no fact and no zone that this hit could show"
        : "the hit does not say which fact it shows; add fact= with one of "
          + readable.joined(separator: ", "), at: element)
    return nil
  }

  private mutating func checkValue(
    _ value: String, of fact: String, _ rule: Rule, _ element: Element
  ) {
    guard !value.isEmpty else { return }
    let allowed: [String]
    if fact == Self.zoneName {
      allowed = rule.zones.map(\.zone.rawValue)
    } else {
      let rules = rule.facts.filter { $0.target.name == fact }
      if let form = rules.compactMap({ valueProblem(value, $0) }).first,
        rules.allSatisfy({ valueProblem(value, $0) != nil || $0.kind == .choice })
      {
        log.report("value \(quoted(value)) \(form)", at: element, "value")
        return
      }
      guard rules.allSatisfy({ $0.kind == .choice }) else { return }
      allowed = rules.flatMap { $0.cases.map(\.value) }
    }
    guard !allowed.contains(value) else { return }
    let advice = Spelling.advice(for: value, among: allowed)
    log.report("value \(quoted(value)) \(advice)", at: element, "value")
  }

  /// Whether a value has the form that facts of its kind have.
  private func valueProblem(_ value: String, _ fact: FactRule) -> String? {
    switch fact.kind {
    case .choice, .name, .text, .sentence: return nil
    case .date: return Day(iso: value) == nil ? "is not a day like 2024-12-31" : nil
    case .period:
      let days = value.split(separator: "/", omittingEmptySubsequences: false)
        .compactMap { Day(iso: String($0)) }
      return days.count == 2 && ExaminationPeriod(start: days[0], end: days[1]) != nil
        ? nil : "is not a period like 2024-01-01/2024-12-31"
    case .categories:
      let known = TrustServicesCategory.allCases.map(\.rawValue)
      return words(value).first { !known.contains($0) }
        .map { "holds \(quoted($0)), which \(Spelling.advice(for: $0, among: known))" }
    case .criteria:
      return words(value).first { !Criteria.isKnown($0) }
        .map { "holds \(quoted($0)), which is no criterion" }
    case .numbers: return numbersProblem(value, fact)
    }
  }

  /// `deviations=2 sample=25`, each name one that the fact's phrases read.
  private func numbersProblem(_ value: String, _ fact: FactRule) -> String? {
    let known = fact.numberNames
    var seen: Set<String> = []
    for word in words(value) {
      let halves = word.split(separator: "=", omittingEmptySubsequences: false).map { String($0) }
      guard halves.count == 2, let number = Int(halves[1]), number >= 0, String(number) == halves[1]
      else { return "is not numbers like deviations=2 sample=25" }
      guard known.contains(halves[0]) else {
        let advice = Spelling.advice(for: halves[0], among: known)
        return "holds \(quoted(halves[0])), which \(advice)"
      }
      if !seen.insert(halves[0]).inserted { return "gives '\(halves[0])' twice" }
    }
    return nil
  }

  // MARK: - The mark

  /// The words that a mark covers, counted in the words of the whole text. A word with punctuation
  /// around the mark counts as covered; one with letters outside does not, and is reported.
  private mutating func markedWords(_ element: Element) -> Range<Int> {
    var before = ""
    var marked = ""
    var after = ""
    for child in element.children {
      switch child {
      case .element(let mark): marked = mark.text
      case .text(let text): if marked.isEmpty { before += text } else { after += text }
      }
    }
    guard let first = marked.utf8.first, let last = marked.utf8.last, !isBlank(marked) else {
      for mark in element.elements { log.report("'mark' has no words", at: mark) }
      return 0..<0
    }
    let head = isXMLSpace(first) ? "" : String(before.reversed().prefix { !$0.isWhitespace })
    let tail = isXMLSpace(last) ? "" : String(after.prefix { !$0.isWhitespace })
    if (head + tail).contains(where: { $0.isLetter || $0.isNumber }) {
      for mark in element.elements { log.report("'mark' begins or ends within a word", at: mark) }
    }
    let start = wordCount(before) - (head.isEmpty ? 0 : 1)
    return start..<wordCount(before + marked)
  }

  // MARK: - Examples of judgement

  private mutating func judged(_ element: Element, of rule: Rule, isHit: Bool) -> Example? {
    let given = element.elements("given").map { self.given($0) }
    guard let day = Day(iso: element["on"] ?? "") else {
      preconditionFailure("the shape of '\(element.name)' must be checked before it is read")
    }
    return Example(
      kind: isHit
        ? .raises(expected(element, of: rule), on: day, given: given)
        : .silent(because: filled(element, "because"), on: day, given: given), words: [],
      zone: nil, under: nil, line: element.line)
  }

  /// What a hit says comes of its facts.
  private mutating func expected(_ element: Element, of rule: Rule) -> Example.Expected {
    let code = filled(element, "code")
    let codes = rule.findings.map(\.code)
    if codes.isEmpty {
      log.report("the rule has no finding that this hit could raise", at: element)
    } else if !code.isEmpty, !codes.contains(code) {
      let advice = Spelling.advice(for: code, among: codes)
      log.report("code \(quoted(code)) \(advice)", at: element, "code")
    }
    let severities = words(element["severity"] ?? "").compactMap(Severity.init(rawValue:))
    let findings =
      element["findings"].flatMap { Int($0) } ?? max(1, severities.count)
    if severities.count > 1, severities.count != findings {
      log.report(
        "severity names \(severities.count) for \(findings) findings; write one for all, or each,"
          + " gravest first", at: element, "severity")
    }
    let questions = rule.findings.filter { $0.code == code }.flatMap(\.questions)
    return Example.Expected(
      code: code, findings: findings, severities: severities,
      questions: ids(element, "asks", among: questions.map(\.id)),
      answered: ids(
        element, "answers", among: questions.filter { !$0.answers.isEmpty }.map(\.id)))
  }

  /// The ids of questions in an attribute; one that is not known is reported.
  private mutating func ids(
    _ element: Element, _ attribute: String, among known: [String]
  ) -> [String]? {
    guard let value = element[attribute] else { return nil }
    let ids = words(value)
    for id in ids where !known.contains(id) {
      let advice = Spelling.advice(for: id, among: known)
      log.report("\(attribute) \(quoted(id)), which \(advice)", at: element, attribute)
    }
    return ids
  }

  private mutating func given(_ element: Element) -> Example.Given {
    let path = factPath(element, "fact")
    if element["value"] != nil {
      return Example.Given(fact: path, value: filled(element, "value"), state: .found)
    }
    return Example.Given(
      fact: path, value: nil, state: element["state"] == nil ? .found : choice(element, "state"),
      entries: element.elements("item").map { entry($0) })
  }

  // MARK: - Entries

  /// Parts of an entry that are lists, written with spaces between.
  private static let listParts: Set<String> = ["criteria", "printedAt"]

  /// An entry of a list, each attribute a part by its path: `managementResponse.unaudited`.
  private mutating func entry(_ element: Element) -> Value {
    var entry = Value.object([:])
    for attribute in element.attributes {
      let path = attribute.name.split(separator: ".").map(String.init)
      let written = filled(element, attribute.name)
      let isList = path.last.map(Self.listParts.contains) ?? false
      entry = entry.setting(
        path[...],
        isList ? .list(words(written).map(Value.init(written:))) : Value(written: written))
    }
    return entry
  }
}

extension Value {
  /// A value as an attribute has it: `true`, `25`, or words.
  fileprivate init(written: String) {
    if written == "true" || written == "false" {
      self = .bool(written == "true")
    } else if let number = Int(written), String(number) == written {
      self = .number(number)
    } else {
      self = .text(written)
    }
  }

  /// The same object with one part set; what stands on the way and is no object gives way.
  fileprivate func setting(_ path: ArraySlice<String>, _ part: Value) -> Value {
    guard let key = path.first else { return part }
    var parts: [String: Value] = [:]
    if case .object(let known) = self { parts = known }
    parts[key] = (parts[key] ?? .null).setting(path.dropFirst(), part)
    return .object(parts)
  }
}

extension FactRule {
  /// The names of the numbers that the phrases read, in the order of their first use.
  fileprivate var numberNames: [String] {
    var names: [String] = []
    for part in cases.flatMap(\.phrases).flatMap(\.parts) {
      guard case .slot(let kind, let name, _) = part, kind == .number || kind == .fraction else {
        continue
      }
      for half in name.split(separator: "/").map({ String($0) }) where !names.contains(half) {
        names.append(half)
      }
    }
    return names
  }
}
