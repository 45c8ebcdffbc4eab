public import RulePacks
public import SOC2Vocabulary

/// What the rules make of a document.
public struct Judgement: Sendable {
  /// Gravest first.
  public var findings: [Finding]
  /// Those of graver findings first.
  public var questions: [FollowUpQuestion]
  /// Those that the facts answer.
  public var answered: [AnsweredQuestion]

  public init(
    findings: [Finding], questions: [FollowUpQuestion], answered: [AnsweredQuestion]
  ) {
    self.findings = findings
    self.questions = questions
    self.answered = answered
  }
}

/// Findings and questions that a pack's rules make of the facts, gravest first.
///
/// Rules that name `packet.…` speak of several documents together; `isPacket` tells whether these or all
/// the others are asked. `severity` may give a code another severity than the rule does.
///
/// The order is by severity, then by rule, then as the list has its entries, so that the order of files
/// changes nothing.
public func judge(
  _ table: FactTable, with pack: RulePack, isPacket: Bool = false,
  severity: (_ code: String) -> Severity? = { _ in nil }
) -> Judgement {
  var drafts: [Draft] = []
  for rule in pack.rules where rule.status != .retired {
    for made in rule.findings where made.isOnPacket == isPacket {
      for draft in Draft.all(made, of: rule, table) where made.conditions.holdAll(in: draft.table) {
        drafts.append(draft)
      }
    }
  }
  let graded = drafts.map { draft in
    var finding = draft.finding
    if let other = severity(finding.code), other != finding.severity {
      finding.ruleSeverity = finding.severity
      finding.severity = other
    }
    return (draft, finding)
  }.sorted { a, b in
    (b.1.severity.weight, a.1.rule, a.0.made.line, a.0.ordinal)
      < (a.1.severity.weight, b.1.rule, b.0.made.line, b.0.ordinal)
  }
  var counts: [String: Int] = [:]
  var findings: [Finding] = []
  var questions = Questions()
  for (draft, made) in graded {
    var finding = made
    counts[finding.code, default: 0] += 1
    let n = counts[finding.code] ?? 1
    finding.id = n == 1 ? finding.code : "\(finding.code)-\(n)"
    findings.append(finding)
    questions.ask(draft, finding)
  }
  return Judgement(findings: findings, questions: questions.all, answered: questions.answered)
}

/// A rule's finding on the whole document, or on one entry of a list.
private struct Draft {
  var rule: Rule
  var made: FindingRule
  /// Knows the entry, where there is one.
  var table: FactTable
  /// What tells the entry from the others of its list, in a question's id; nil: no entry.
  var key: String?
  /// The entry's place in its list.
  var ordinal: Int

  static func all(_ made: FindingRule, of rule: Rule, _ table: FactTable) -> [Draft] {
    guard let each = made.each else {
      return [Draft(rule: rule, made: made, table: table, key: nil, ordinal: 0)]
    }
    var seen: Set<String> = []
    return table.entries(of: each).enumerated().map { index, table in
      // A control can fail in two ways; the second gets a number that no other entry has.
      let name = table[FindingRule.entry + ".controlId"].value.short
      let base = name.isEmpty ? String(index + 1) : name
      var key = base
      var n = 2
      while !seen.insert(key).inserted {
        key = "\(base)-\(n)"
        n += 1
      }
      return Draft(rule: rule, made: made, table: table, key: key, ordinal: index)
    }
  }

  var severity: Severity {
    switch made.severity {
    case .always(let severity): return severity
    case .by(let path):
      // What nobody graded is neither harmless nor an alarm.
      return table[path].value.text.flatMap(Severity.init(rawValue:)) ?? .medium
    }
  }

  var finding: Finding {
    var evidence = Array(table[FindingRule.entry].evidence.prefix(3))
    var facts = made.each.map { [String($0.prefix { $0 != "." })] } ?? []
    let records = ["review", "document", "context", "measure", "packet", FindingRule.entry]
    for condition in made.conditions {
      let name = String(condition.fact.prefix { $0 != "." })
      if !records.contains(name), !facts.contains(name) { facts.append(name) }
      // What kind of document it is proves nothing of an entry.
      if made.each != nil, name != FindingRule.entry, records.contains(name) { continue }
      let entry = table[condition.fact]
      var pieces = entry.evidence
      if case .hasSeveralReadings = condition.test {
        pieces = entry.readings.flatMap { $0.evidence.prefix(1) }
      } else if case .isOneOf(let values) = condition.test, !entry.readings.isEmpty {
        // Of a building block's places only those that have the value.
        pieces = entry.readings.filter { values.contains($0.value.short) }.flatMap(\.evidence)
      }
      for piece in pieces.prefix(3) where !evidence.contains(piece) { evidence.append(piece) }
    }
    return Finding(
      id: made.code, rule: rule.id, code: made.code, severity: severity,
      title: filled(made.title, from: table), message: filled(made.message, from: table),
      evidence: evidence, facts: facts)
  }
}

/// Questions in the order in which they come up; one that says the same is asked once, and one that the
/// facts answer is not asked.
private struct Questions {
  private(set) var all: [FollowUpQuestion] = []
  private(set) var answered: [AnsweredQuestion] = []
  /// The place of each among `all`.
  private var places: [Asked: Int] = [:]

  private struct Asked: Hashable {
    var id: String
    var text: String
    /// Nil where it is asked.
    var answer: String?
  }

  mutating func ask(_ draft: Draft, _ finding: Finding) {
    for asked in draft.made.questions where asked.conditions.holdAll(in: draft.table) {
      let text = filled(asked.text, from: draft.table)
      let answer = asked.answers.first { $0.conditions.holdAll(in: draft.table) }
      let key = Asked(
        id: asked.id, text: text, answer: answer.map { filled($0.text, from: draft.table) })
      if let known = places[key] {
        add(finding, to: key.answer == nil ? \.all[known] : \.answered[known].question)
        continue
      }
      let question = FollowUpQuestion(
        id: draft.key.map { "\(asked.id):\($0)" } ?? asked.id, to: asked.to, text: text,
        why: finding.message,
        evidenceAsked: asked.evidenceAsked.map { filled($0, from: draft.table) },
        findings: [finding.id], evidence: Array(finding.evidence.prefix(2)))
      guard let answer, let words = key.answer else {
        places[key] = all.count
        all.append(question)
        continue
      }
      let entry = draft.table[answer.fact]
      places[key] = answered.count
      answered.append(
        AnsweredQuestion(
          question: question, answer: words, evidence: Array(entry.evidence.prefix(3)),
          document: entry.document))
    }
  }

  private mutating func add(
    _ finding: Finding, to path: WritableKeyPath<Questions, FollowUpQuestion>
  ) {
    self[keyPath: path].findings.append(finding.id)
    for piece in finding.evidence.prefix(1)
    where !self[keyPath: path].evidence.contains(piece) {
      self[keyPath: path].evidence.append(piece)
    }
  }
}

extension FindingRule {
  /// Whether it speaks of several documents together.
  fileprivate var isOnPacket: Bool {
    ([each ?? ""] + conditions.map(\.fact)).contains { $0.hasPrefix("packet.") }
  }
}

extension [Condition] {
  fileprivate func holdAll(in table: FactTable) -> Bool { allSatisfy { $0.holds(in: table) } }
}
