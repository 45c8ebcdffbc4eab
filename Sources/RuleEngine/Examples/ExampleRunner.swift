import ReportStructure
public import RulePacks
import SOC2Vocabulary
import TextMatching

/// An example that did not come out as its rule says.
public struct ExampleFailure: Sendable, CustomStringConvertible {
  public var file: String
  public var line: Int
  public var rule: String
  public var disturbance: Disturbance
  public var expected: String
  public var got: String

  /// Compiler form, so that editors can jump to it.
  public var description: String {
    "\(file):\(line): error: example of \(rule), \(disturbance.rawValue): expected \(expected), got \(got)"
  }
}

/// Runs a rule's examples, each under every disturbance that applies to it.
///
/// A hit must give its value and its evidence must be exactly the marked words; a miss must give
/// nothing from the rule.
public func runExamples(of rule: Rule, disturbed: Bool = true) -> [ExampleFailure] {
  guard rule.status != .retired else { return [] }
  let alone = CompiledRules(RulePack(name: "", version: "", sha256: "", rules: [rule]))
  return rule.examples.flatMap { example -> [ExampleFailure] in
    switch example.kind {
    case .hit, .miss:
      let all = disturbed ? Disturbance.allCases : [.none]
      return all.filter { $0.applies(to: example, of: rule) }.compactMap {
        run(example, of: rule, $0, alone)
      }
    case .raises, .silent:
      return judge(example, of: rule, alone).map { [$0] } ?? []
    }
  }
}

extension Disturbance {
  /// Capitals say something themselves to phrases that ask for them, and take away what tells a name.
  fileprivate func applies(to example: Example, of rule: Rule) -> Bool {
    switch self {
    case .capitals, .fullWidth:
      let asksCapitals = rule.facts.contains { fact in
        fact.cases.contains { $0.phrases.contains(where: \.inCapitals) }
      }
      let readsNames = rule.facts.contains { fact in
        fact.kind == .name || fact.cases.contains { $0.phrases.contains(where: \.holdsName) }
      }
      return !asksCapitals && !readsNames
    case .afterAnother, .cell: return rule.zones.isEmpty && !rule.readsHeadings
    case .pageBreak: return example.words.count > 4 && !rule.readsHeadings
    default: return true
    }
  }
}

extension Phrase {
  fileprivate var holdsName: Bool {
    parts.contains { if case .slot(.name, _, _) = $0 { true } else { false } }
  }
}

extension Rule {
  fileprivate var readsHeadings: Bool {
    facts.contains { $0.scope.place == .heading || $0.scope.place == .furniture }
  }
}

// MARK: - Text

private func run(
  _ example: Example, of rule: Rule, _ disturbance: Disturbance, _ alone: CompiledRules
) -> ExampleFailure? {
  var marked = 0..<0
  var wanted: (fact: String, value: String)?
  if case .hit(let fact, let value, let range) = example.kind {
    marked = range
    wanted = (fact, value)
  }
  let text = DisturbedText(example.words, marked: marked, disturbance)
  let fact =
    rule.facts.first { wanted == nil || $0.target.name == wanted?.fact } ?? rule.facts.first
  let zone =
    example.zone
    ?? Zone.allCases.first { zone in
      rule.facts.contains { $0.target == fact?.target && $0.scope.zones.contains(zone) }
    } ?? .auditorReport
  func failure(_ got: String) -> ExampleFailure {
    let expected = wanted.map {
      "\($0.value) with \"\(example.words[marked].joined(separator: " "))\""
    }
    var because = "nothing"
    if case .miss(let reason) = example.kind { because = "nothing (\(reason))" }
    return ExampleFailure(
      file: rule.file, line: example.line, rule: rule.id, disturbance: disturbance,
      expected: expected ?? because, got: got)
  }
  if fact == nil || wanted?.fact == "zone" {
    return zoneFailure(example, text, alone).map(failure)
  }
  let place: Scope.Place = fact?.scope.place ?? .body
  let made = ExampleReport(
    text, zone: zone, under: example.under, place: place == .anywhere ? .body : place,
    alone.vocabulary)
  let hits = Hits(
    alone, body: alone.matches(in: made.report.text),
    furniture: alone.matches(in: made.report.furniture), in: made.report)
  let found =
    wanted.flatMap { FactTarget(name: $0.fact) }.map { hits[$0] }
    ?? rule.facts.flatMap { hits[$0.target] }
  guard let wanted else {
    return found.first.map { failure(describe($0, made)) }
  }
  let kind = fact?.kind ?? .choice
  let right = found.contains { hit in
    places(of: hit, made) == made.marked && agrees(hit.value, wanted.value, kind)
  }
  if right { return nil }
  return failure(
    found.isEmpty ? "nothing" : found.map { describe($0, made) }.joined(separator: "; "))
}

private func places(of hit: Hit, _ made: ExampleReport) -> Range<Int> {
  let text = hit.isFurniture ? made.report.furniture : made.report.text
  return Int(text.tokens[hit.tokens.lowerBound].place)..<Int(
    text.tokens[hit.tokens.upperBound - 1].place) + 1
}

private func describe(_ hit: Hit, _ made: ExampleReport) -> String {
  let text = hit.isFurniture ? made.report.furniture : made.report.text
  let words = text.evidence(hit.tokens, section: hit.zone).map(\.quote).joined(separator: " ")
  return "\(hit.value.short) with \"\(words)\""
}

/// Names and sentences come out as printed; under a disturbance their letters are compared. Numbers
/// may stand in any order.
private func agrees(_ value: Value, _ wanted: String, _ kind: FactRule.Kind) -> Bool {
  switch kind {
  case .name, .text, .sentence:
    RunningText.plainWords(value.short).joined() == RunningText.plainWords(wanted).joined()
  case .numbers:
    value.short.split(separator: " ").sorted() == wanted.split(separator: " ").sorted()
  case .choice, .date, .period, .categories, .criteria: value.short == wanted
  }
}

// MARK: - Zones

private func zoneFailure(
  _ example: Example, _ text: DisturbedText, _ alone: CompiledRules
) -> String? {
  let made = ExampleReport(
    text, zone: .unknown, under: nil, place: .body, alone.vocabulary)
  let marks = alone.zoneMarks(alone.matches(in: made.report.text), in: made.report.text)
  let denied = Set(marks.filter { $0.role == .denial }.map(\.zone))
  let standing = marks.filter { $0.role != .denial && !denied.contains($0.zone) }
  func words(_ mark: ZoneMark) -> Range<Int> {
    let tokens = made.report.text.tokens
    return Int(tokens[mark.tokens.lowerBound].place)..<Int(
      tokens[mark.tokens.upperBound - 1].place) + 1
  }
  switch example.kind {
  case .hit(_, let value, _):
    if standing.contains(where: { $0.zone.rawValue == value && words($0) == made.marked }) {
      return nil
    }
    return standing.isEmpty
      ? "nothing"
      : standing.map { "\($0.zone.rawValue) with \"\(made.report.text.verbatim($0.tokens))\"" }
        .joined(separator: "; ")
  case .miss:
    return standing.first.map {
      "\($0.zone.rawValue) with \"\(made.report.text.verbatim($0.tokens))\""
    }
  case .raises, .silent: return nil
  }
}

// MARK: - Judgement

private func judge(
  _ example: Example, of rule: Rule, _ alone: CompiledRules
) -> ExampleFailure? {
  func failure(_ expected: String, _ got: String) -> ExampleFailure {
    ExampleFailure(
      file: rule.file, line: example.line, rule: rule.id, disturbance: .none, expected: expected,
      got: got)
  }
  func judged(
    _ day: Day, _ given: [Example.Given]
  ) -> Judgement {
    var table = FactTable(reviewDate: day)
    for fact in given { table.set(fact.fact, fact.entry) }
    let isPacket = given.contains { $0.fact.hasPrefix("packet.") }
    return judge(table, with: alone.pack, isPacket: isPacket)
  }
  switch example.kind {
  case .raises(let expected, let day, let given):
    let judgement = judged(day, given)
    let findings = judgement.findings
    let made = findings.filter { $0.code == expected.code }
    guard made.count == expected.findings else {
      return failure(
        expected.findings == 1 ? expected.code : "\(expected.findings) of \(expected.code)",
        findings.isEmpty ? "nothing" : findings.map(\.code).joined(separator: " "))
    }
    let severities = made.map(\.severity)
    let wanted =
      expected.severities.count == 1
      ? severities.map { _ in expected.severities[0] } : expected.severities
    if !wanted.isEmpty, severities != wanted {
      return failure(
        wanted.map(\.rawValue).joined(separator: " "),
        severities.map(\.rawValue).joined(separator: " "))
    }
    let ids = Set(made.map(\.id))
    func names(_ questions: [FollowUpQuestion]) -> Set<String> {
      Set(
        questions.filter { !ids.isDisjoint(with: $0.findings) }
          .map { String($0.id.prefix { $0 != ":" }) })
    }
    for (what, wanted, got) in [
      ("the questions ", expected.questions, names(judgement.questions)),
      ("the answered ", expected.answered, names(judgement.answered.map(\.question))),
    ] {
      guard let wanted, got != Set(wanted) else { continue }
      return failure(what + wanted.joined(separator: " "), got.sorted().joined(separator: " "))
    }
    return nil
  case .silent(let because, let day, let given):
    let made = judged(day, given).findings.map(\.code)
    return made.isEmpty ? nil : failure("nothing (\(because))", made.joined(separator: " "))
  case .hit, .miss: return nil
  }
}

extension Example.Given {
  /// The fact as the table has it: the short form of a value in the form of its kind.
  fileprivate var entry: FactTable.Entry {
    if !entries.isEmpty {
      return state == .found
        ? FactTable.Entry(state: state, value: .list(entries))
        : FactTable.Entry(
          state: state, value: .null,
          readings: entries.map { Reading(value: $0, evidence: [], section: .unknown) })
    }
    guard state == .found, let text = value else {
      return FactTable.Entry(state: state, value: .null)
    }
    let lists: Set<String> = [
      "categories", "qualifiedCriteria", "document.unreadPages", "document.hiddenText",
      "document.missingSections", "document.companions", "context.products",
    ]
    if SignalName(rawValue: fact) != nil {
      let reading = Reading(value: .text(text), evidence: [], section: .unknown)
      return FactTable.Entry(state: .found, value: .list([.text(text)]), readings: [reading])
    }
    if lists.contains(fact) {
      return FactTable.Entry(
        state: .found, value: .list(text.split(separator: " ").map { .text(String($0)) }))
    }
    let halves = text.split(separator: "/")
    if fact == "period", halves.count == 2, let start = Day(iso: String(halves[0])),
      let end = Day(iso: String(halves[1])), let period = ExaminationPeriod(start: start, end: end)
    {
      return FactTable.Entry(state: .found, value: .period(period))
    }
    if fact.hasPrefix("document.metadata."), text == "true" || text == "false" {
      return FactTable.Entry(state: .found, value: .bool(text == "true"))
    }
    if let number = Int(text), fact.hasPrefix("document.") {
      return FactTable.Entry(state: .found, value: .number(number))
    }
    return FactTable.Entry(state: .found, value: .text(text))
  }
}

// MARK: - Crosstalk

/// Which other rules find something in a rule's text examples: noise made visible, not a failure.
public func otherRulesFiring(
  on rule: Rule, in all: CompiledRules
) -> [(example: Int, rules: [String])] {
  rule.examples.enumerated().compactMap { index, example in
    guard !example.words.isEmpty else { return nil }
    let fact = rule.facts.first
    let zone =
      example.zone ?? Zone.allCases.first { fact?.scope.zones.contains($0) ?? false }
      ?? .auditorReport
    let made = ExampleReport(
      DisturbedText(example.words, marked: 0..<0, .none), zone: zone, under: example.under,
      place: .body, all.vocabulary)
    let hits = Hits(
      all, body: all.matches(in: made.report.text), furniture: [], in: made.report)
    var others: Set<String> = []
    for list in hits.byTarget.values {
      for hit in list where all.rules[hit.rule].id != rule.id {
        others.insert(all.rules[hit.rule].id)
      }
    }
    return (index, others.sorted())
  }
}
