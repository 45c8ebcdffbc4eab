import PageText
import RuleEngine
import RulePacks
import SOC2Vocabulary
import Testing

/// Findings and questions for each entry of a list, and texts with parts that may be left out.
struct JudgeTests {
  private static func evidence(_ page: Int) -> Evidence {
    Evidence(
      page: page, pageLabel: nil, section: .testsOfControls, quote: "page \(page)",
      boxes: [Box(0, 0, 1, 1)], source: .text)
  }

  private static func exception(
    _ control: String?, _ severity: String?, page: Int? = nil, _ parts: [String: Value] = [:]
  ) -> Value {
    var entry = parts
    entry["controlId"] = control.map(Value.text) ?? .null
    entry["severity"] = severity.map(Value.text) ?? .null
    if let page { entry["evidence"] = .evidence([evidence(page)]) }
    return .object(entry)
  }

  private static func table(
    _ exceptions: [Value], state: FactState = .found, evidence: [Evidence] = []
  ) throws -> FactTable {
    var table = FactTable(reviewDate: try #require(Day(2026, 1, 15)))
    table.set("document.kind", .text("soc2-report"), evidence: [Self.evidence(1)])
    table.set(
      .exceptions,
      state == .found
        ? Fact(state: .found, value: .list(exceptions), evidence: evidence)
        : Fact(
          state: state,
          readings: exceptions.map {
            Reading(value: $0, evidence: [Self.evidence(40)], section: .testsOfControls)
          }))
    return table
  }

  private static func condition(_ fact: String, _ test: Condition.Test) -> Condition {
    Condition(fact: fact, test: test, line: 1)
  }

  /// A rule with one finding for each exception.
  private static func pack(
    when conditions: [Condition] = [], severity: FindingRule.Grading = .by("item.severity"),
    message: String = "Failed[ in {item.controlId}].", questions: [FindingRule.Question] = []
  ) -> RulePack {
    let finding = FindingRule(
      code: "exception", each: "exceptions", severity: severity,
      conditions: [condition("document.kind", .isOneOf(["soc2-report"]))] + conditions,
      title: "Exception", message: message, questions: questions, line: 5)
    return RulePack(
      name: "", version: "", sha256: "",
      rules: [
        Rule(
          id: "a/b", status: .stable, since: "1.0", title: "", why: "", references: [], facts: [],
          zones: [], findings: [finding], examples: [], file: "")
      ])
  }

  private static func question(
    _ id: String, _ text: String, when conditions: [Condition] = []
  ) -> FindingRule.Question {
    FindingRule.Question(
      id: id, to: .vendor, conditions: conditions, text: text, evidenceAsked: nil)
  }

  @Test("one finding for each entry, gravest first, then as the list has them")
  func order() throws {
    let table = try Self.table([
      Self.exception("A", "low"), Self.exception("B", "high"), Self.exception("C", "low"),
      Self.exception("D", "critical"), Self.exception("E", "high"),
    ])
    let findings = judge(table, with: Self.pack()).findings
    #expect(findings.map(\.severity) == [.critical, .high, .high, .low, .low])
    #expect(
      findings.map(\.message) == [
        "Failed in D.", "Failed in B.", "Failed in E.", "Failed in A.", "Failed in C.",
      ])
    #expect(
      findings.map(\.id) == [
        "exception", "exception-2", "exception-3", "exception-4", "exception-5",
      ])
    #expect(findings.allSatisfy { $0.facts == ["exceptions"] })
  }

  @Test("only entries for which all conditions hold; what is missing is no number")
  func conditions() throws {
    let table = try Self.table([
      Self.exception("A", "low", ["deviations": .number(2)]),
      Self.exception("B", "low", ["deviations": .number(3)]),
      Self.exception("C", "low", ["deviations": .null]), Self.exception("D", "low"),
      Self.exception("E", "low", ["deviations": .number(4)]),
    ])
    func made(_ test: Condition.Test) -> [String] {
      judge(table, with: Self.pack(when: [Self.condition("item.deviations", test)])).findings
        .map { String($0.message.dropFirst("Failed in ".count).dropLast()) }
    }
    #expect(made(.number(atLeast: 3, atMost: nil)) == ["B", "E"])
    #expect(made(.number(atLeast: nil, atMost: 3)) == ["A", "B"])
    #expect(made(.number(atLeast: 3, atMost: 3)) == ["B"])
    #expect(made(.isPresent(true)) == ["A", "B", "E"])
    #expect(made(.isPresent(false)) == ["C", "D"])
    #expect(made(.isOneOf(["4"])) == ["E"])
  }

  @Test("a part of a part, and an empty list, which says nothing")
  func parts() throws {
    let table = try Self.table([
      Self.exception(
        "A", "low",
        ["managementResponse": .object(["unaudited": .bool(true)]), "criteria": .list([])]),
      Self.exception("B", "low", ["managementResponse": .null]),
    ])
    func made(_ fact: String, _ test: Condition.Test) -> Int {
      judge(table, with: Self.pack(when: [Self.condition(fact, test)])).findings.count
    }
    #expect(made("item.managementResponse.unaudited", .isOneOf(["true"])) == 1)
    #expect(made("item.managementResponse", .isPresent(false)) == 1)
    #expect(made("item.criteria", .isPresent(true)) == 0)
  }

  @Test("the entry's own evidence comes first, then that of its parts and of other facts")
  func evidence() throws {
    let response = Value.object([
      "unaudited": .bool(true), "evidence": .evidence([Self.evidence(90)]),
    ])
    let table = try Self.table(
      [
        Self.exception("A", "low", page: 7, ["managementResponse": response]),
        Self.exception("B", "low", ["managementResponse": response]),
      ], evidence: [Self.evidence(33)])
    let pack = Self.pack(when: [
      Self.condition("item.managementResponse.unaudited", .isOneOf(["true"]))
    ])
    let pages = judge(table, with: pack).findings.map { $0.evidence.map(\.page) }
    #expect(pages == [[7, 90], [33, 90]])
  }

  @Test("entries that were read count though others could not be read")
  func unread() throws {
    let entries = [Self.exception("A", "high", page: 7), Self.exception("B", "low")]
    let findings = judge(try Self.table(entries, state: .notSearchable), with: Self.pack()).findings
    #expect(findings.map(\.severity) == [.high, .low])
    #expect(findings.map { $0.evidence.first?.page } == [7, 40])
    for state in [FactState.absent, .notSearched, .conflicting] {
      #expect(judge(try Self.table(entries, state: state), with: Self.pack()).findings.isEmpty)
    }
  }

  @Test("an entry without a grade is medium; a rule's own severity holds for all")
  func severity() throws {
    let table = try Self.table([Self.exception("A", nil), Self.exception("B", "gravest")])
    #expect(judge(table, with: Self.pack()).findings.map(\.severity) == [.medium, .medium])
    let fixed = judge(table, with: Self.pack(severity: .always(.info)))
    #expect(fixed.findings.map(\.severity) == [.info, .info])
  }

  @Test("questions are asked for each entry, with ids that no other entry has")
  func questions() throws {
    let table = try Self.table([
      Self.exception("A", "low"), Self.exception(nil, "low"), Self.exception("A", "high"),
      Self.exception("A-2", "low"),
    ])
    let pack = Self.pack(questions: [
      Self.question("why", "Why[ {item.controlId}], {item.severity}?")
    ])
    let questions = judge(table, with: pack).questions
    #expect(questions.map(\.id) == ["why:A-2", "why:A", "why:2", "why:A-2-2"])
    #expect(questions.map(\.text) == ["Why A, high?", "Why A, low?", "Why, low?", "Why A-2, low?"])
    #expect(
      questions.map(\.findings) == [
        ["exception"], ["exception-2"], ["exception-3"], ["exception-4"],
      ])
  }

  @Test("what would be asked twice in the same words is asked once, for both")
  func merged() throws {
    let table = try Self.table([
      Self.exception("A", "low", page: 3), Self.exception("B", "high", page: 5),
      Self.exception("C", "low", page: 3),
    ])
    let pack = Self.pack(questions: [
      Self.question("same", "Is it done?"), Self.question("own", "Is {item.controlId} done?"),
      Self.question("other", "Is it done?"),
    ])
    let questions = judge(table, with: pack).questions
    #expect(questions.map(\.id) == ["same:B", "own:B", "other:B", "own:A", "own:C"])
    #expect(questions[0].findings == ["exception", "exception-2", "exception-3"])
    #expect(questions[0].evidence.map(\.page) == [5, 3])
  }

  @Test("a question is asked only when its own conditions hold")
  func chosen() throws {
    let table = try Self.table([
      Self.exception("A", "low", ["nature": .text("physical")]),
      Self.exception("B", "low", ["nature": .text("drTest")]), Self.exception("C", "low"),
    ])
    let pack = Self.pack(questions: [
      Self.question(
        "doors", "Who came in?", when: [Self.condition("item.nature", .isOneOf(["physical"]))]),
      Self.question(
        "drill", "Did it work?", when: [Self.condition("item.nature", .isOneOf(["drTest"]))]),
    ])
    #expect(judge(table, with: pack).questions.map(\.id) == ["doors:A", "drill:B"])
  }

  @Test("a question that a fact answers is not asked; the answer is cited from the fact's place")
  func answered() throws {
    var told = Self.exception("A", "low", page: 3, ["answer": .text("done")])
    if case .object(var parts) = told {
      parts["reply"] = .object([
        "day": .text("2025-06-30"), "evidence": .evidence([Self.evidence(9)]),
      ])
      told = .object(parts)
    }
    let table = try Self.table([told, Self.exception("B", "low", page: 5)])
    func answer(_ fact: String, _ others: [Condition] = []) -> FindingRule.Answer {
      FindingRule.Answer(
        fact: fact, conditions: [Self.condition(fact, .isPresent(true))] + others,
        text: "Done on {item.reply.day}.")
    }
    func judged(_ answers: [FindingRule.Answer]) -> Judgement {
      judge(
        table,
        with: Self.pack(questions: [
          FindingRule.Question(
            id: "when", to: .vendor, answers: answers, text: "When was {item.controlId} done?",
            evidenceAsked: nil)
        ]))
    }
    let made = judged([answer("item.nothing"), answer("item.reply.day")])
    #expect(made.questions.map(\.id) == ["when:B"])
    #expect(made.answered.map(\.question.id) == ["when:A"])
    #expect(made.answered.first?.question.text == "When was A done?")
    #expect(made.answered.first?.answer == "Done on 30 June 2025.")
    #expect(made.answered.first?.evidence.map(\.page) == [9])
    #expect(made.answered.first?.document == nil)
    // All conditions of an answer must hold.
    let other = Self.condition("item.answer", .isOneOf(["open"]))
    #expect(judged([answer("item.reply.day", [other])]).questions.count == 2)
  }

  static let texts: [(String, String)] = [
    ("Failed[ {item.deviations} of {item.sampleSize}].", "Failed 2 of 25."),
    ("Failed[ {item.deviations} of {item.population}].", "Failed."),
    ("Failed[ {item.missing}][ in {item.criteria}].", "Failed in CC6.2 and CC6.3."),
    ("[{item.missing}]", ""), ("[{item.deviations}]", "2"),
    ("Of {item.population}.", "Of not stated."),
    ("[Ended {period.end}. ]Failed.", "Ended 31 December 2025. Failed."),
    ("Failed[ since {reportDate}].", "Failed."), ("Empty[: {item.printedAt}].", "Empty."),
    ("Said: {item.text}", "Said: a [b] {item.deviations} c"),
    ("Said[: {item.text}]", "Said: a [b] {item.deviations} c"),
  ]

  @Test("what stands in brackets is left out where a fact in it is not there", arguments: texts)
  func optionalParts(_ template: String, _ text: String) throws {
    var table = try Self.table([
      Self.exception(
        "A", "low",
        [
          "deviations": .number(2), "sampleSize": .number(25), "population": .null,
          "criteria": .list([.text("CC6.2"), .text("CC6.3")]), "printedAt": .list([]),
          "text": .text("a [b] {item.deviations} c"),
        ])
    ])
    table.set("period", .object(["start": .text("2025-01-01"), "end": .text("2025-12-31")]))
    table.set(.reportDate, Fact(state: .conflicting, value: .text("2026-01-03")))
    #expect(judge(table, with: Self.pack(message: template)).findings.map(\.message) == [text])
  }
}
