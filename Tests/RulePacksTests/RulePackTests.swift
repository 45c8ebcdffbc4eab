import RulePacks
import SOC2Vocabulary
import Testing
import TextMatching
import XMLTree

private let rules = ["opinion/clauses": Samples.clauses, "period/stated": Samples.stated]

@Suite("A whole pack")
struct RulePackTests {
  @Test("a good pack is read whole")
  func whole() throws {
    let pack = try readRulePack(Samples.source(rules))
    #expect(pack.name == "soc2")
    #expect(pack.version == "1.0")
    #expect(pack.rules.map(\.id) == ["opinion/clauses", "period/stated"])
    #expect(
      pack.rules.map(\.file) == ["rules/soc2/opinion/clauses.xml", "rules/soc2/period/stated.xml"])

    let fact = try #require(pack.rules[0].facts.first)
    #expect(fact.target == .signal(.opinionClause))
    #expect(fact.scope.zones == [.auditorReport, .letter])
    #expect(fact.scope.firstPages == 10)
    #expect(fact.scope.under == [Phrase([.word("opinion")])])
    #expect(fact.cases.map(\.value) == ["qualified", "adverse"])
    #expect(fact.cases.map(\.points) == [2, 1])
    #expect(
      fact.cases[0].phrases == [
        Phrase([
          .word("except"), .word("for"), .word("the"),
          .any([[.word("matter")], [.word("effects"), .word("of")]]), .gap(6), .word("described"),
        ]),
        Phrase([.word("draft"), .maybe([.word("copy")])], inCapitals: true),
      ])
    #expect(fact.cases[0].unless == [Phrase([.word("emergency"), .word("changes")])])
  }

  @Test("slots, zones and conditions")
  func judgement() throws {
    let rule = try #require(try readRulePack(Samples.source(rules)).rules.last)
    #expect(rule.facts.map(\.kind) == [.period, .name])
    #expect(rule.facts[0].scope.zones.isEmpty)
    #expect(rule.facts[0].cases.count == 1)
    #expect(
      rule.facts[0].cases[0].phrases[0].parts.last == .slot(.period, name: "value", limit: 12))
    #expect(
      rule.facts[1].cases[0].phrases[0].parts == [
        .word("report"), .word("on"), .slot(.name, name: "value", limit: 8), .word("and"),
        .word("its"), .slot(.text, name: "rest", limit: 12),
      ])
    #expect(rule.zones.map(\.zone) == [.letter])
    #expect(rule.zones[0].openings.count == 1)
    let finding = try #require(rule.findings.first)
    #expect(finding.code == "stale")
    #expect(
      finding.conditions.map(\.test) == [
        .olderThan(months: 12), .isOneOf(["type2", "type1"]), .isNoneOf(["adverse"]),
        .state([.absent, .notSearchable]), .withinLast(months: 24), .afterReview,
        .shorterThan(months: 6), .longerThan(months: 12), .hasSeveralReadings,
        .differsFrom(fact: "context.vendor"), .days(atLeast: 10, atMost: 90),
        .days(atLeast: nil, atMost: 90),
        .daysAfter(fact: "period.end", atLeast: -5, atMost: 20),
        .daysAfter(fact: "period.end", atLeast: nil, atMost: -1), .count(atLeast: 1, atMost: nil),
        .isOneOf(["soc2-report"]),
      ])
    #expect(finding.questions.map(\.to) == [.vendor, .internal])
    #expect(finding.questions.map(\.evidenceAsked) == ["the newer report", nil])
    #expect(finding.questions[0].text == "Is there a newer report than {period.end}?")
  }

  @Test("numbers, each with its name")
  func numbers() throws {
    let rule = try #require(
      try readRulePack(Samples.source(["tests/rate": Samples.counted])).rules.first)
    let fact = try #require(rule.facts.first)
    #expect(fact.kind == .numbers && fact.cases.map(\.value) == [""])
    #expect(
      fact.cases[0].phrases.map(\.parts) == [
        [
          .slot(.number, name: "deviations", limit: 12), .word("of"), .word("the"),
          .slot(.number, name: "sample", limit: 12),
        ],
        [.word("for"), .slot(.fraction, name: "deviations/sample", limit: 12)],
      ])
    #expect(fact.cases[0].phrases[0].words == "{number deviations} of the {number sample}")
    #expect(fact.cases[0].phrases[1].words == "for {fraction deviations/sample}")
    #expect(fact.cases[0].unless[0].words == "{number} of {number other} pages")
  }

  @Test("examples keep their words and count what is marked")
  func examples() throws {
    let pack = try readRulePack(Samples.source(rules))
    let hit = pack.rules[0].examples[0]
    guard case .hit(let fact, let value, let marked) = hit.kind else {
      Issue.record("the first example is no hit")
      return
    }
    #expect(fact == "opinionClause" && value == "qualified")
    #expect(hit.words[marked] == ["except", "for", "the", "matter", "we", "described,"])
    #expect(hit.zone == .auditorReport && hit.under == "Opinion")
    let second = pack.rules[0].examples[1]
    if case .hit(_, _, let marked) = second.kind {
      #expect(second.words[marked] == ["(does", "not", "present)"])
    }
    let judged = pack.rules[1].examples
    guard case .raises(let expected, let day, let given) = judged[4].kind,
      case .silent(let because, _, let none) = judged[5].kind
    else {
      Issue.record("the examples of judgement are missing")
      return
    }
    #expect(expected.code == "stale" && expected.findings == 1 && expected.severities.isEmpty)
    #expect(expected.questions == nil)
    #expect(day == Day(2026, 1, 15) && because == "young")
    #expect(given.map(\.state) == [.found, .absent])
    #expect(given.map(\.value) == ["2023-07-01/2024-06-30", nil])
    #expect(none.map(\.fact) == ["period"])
  }

  @Test("a finding for each entry, with its parts, brackets and questions of one kind")
  func entries() throws {
    let rule = try #require(
      try readRulePack(Samples.source(["tests/graded": Samples.graded])).rules.first)
    let finding = rule.findings[0]
    #expect(finding.each == "exceptions" && finding.severity == .by("item.severity"))
    #expect(rule.findings[1].severity == .always(.low))
    #expect(finding.conditions.map(\.fact).first == "item.deviations")
    #expect(
      finding.conditions.map(\.test) == [
        .number(atLeast: 1, atMost: 9), .number(atLeast: nil, atMost: 60), .isPresent(true),
      ])
    #expect(finding.message == "A control failed[: {item.deviations} of {item.sampleSize}].")
    #expect(finding.questions[0].conditions.map(\.test) == [.isOneOf(["physical"])])
    #expect(finding.questions[0].text == "Who came in[ by {item.controlId}]?")
    guard case .raises(let expected, _, let given) = rule.examples[0].kind,
      case .raises(let second, _, let unread) = rule.examples[1].kind
    else {
      Issue.record("the examples are missing")
      return
    }
    #expect(expected.findings == 2 && expected.severities == [.high, .low])
    #expect(expected.questions == ["graded-who"])
    #expect(
      given[0].entries == [
        .object([
          "controlId": .text("PE-1"), "deviations": .number(1), "sampleSize": .number(25),
          "nature": .text("physical"), "severity": .text("low"),
          "managementResponse": .object(["unaudited": .bool(true)]),
        ]),
        .object([
          "controlId": .text("PE-2"), "deviations": .number(2), "sampleSize": .number(25),
          "severity": .text("high"), "managementResponse": .object(["unaudited": .bool(false)]),
          "criteria": .list([.text("CC6.4"), .text("CC6.5")]),
        ]),
      ])
    #expect(second.findings == 1 && second.severities == [.low] && second.questions == nil)
    #expect(unread[0].state == .notSearchable && unread[0].entries.count == 1)
  }

  @Test("in words it says for what, when, and what is asked")
  func explained() throws {
    let pack = try readRulePack(Samples.source(["tests/graded": Samples.graded]))
    let text = ruleInWords(try #require(pack.rules.first))
    for part in [
      "Finding exception (as the entry is graded), once for each entry of exceptions: A control",
      "  when item.deviations is 1 to 9\n", "  when item.sampleSize is 60 or less\n",
      "  when item.managementResponse is there\n", "    when item.nature is physical\n",
      "2 × exception (high, low) asking graded-who on 2026-01-15 for exceptions = found; controlId PE-1",
      "exceptions = not-searchable; controlId PE-1",
    ] {
      #expect(text.contains(part), "\(part)")
    }
    #expect(ruleList(pack).contains("exception (as the entry is graded), responseMissing (low)"))
  }

  @Test("a retired rule stays in the list and does nothing, whatever it once said")
  func retired() throws {
    let old = Samples.clauses.replacing("\"stable\"", with: "\"retired\"")
      .replacing("opinionClause\"", with: "nameThatIsGone\"")
    let pack = try readRulePack(Samples.source(["opinion/clauses": old]))
    #expect(pack.rules.map(\.status) == [.retired])
    #expect(pack.rules[0].facts.isEmpty && pack.rules[0].examples.isEmpty)
  }

  @Test("the order of the files changes nothing")
  func order() throws {
    var source = Samples.source(rules)
    let pack = try readRulePack(source)
    for _ in source.files.indices {
      source.files.append(source.files.removeFirst())
      let other = try readRulePack(source)
      #expect(other.sha256 == pack.sha256)
      #expect(other.rules.map(\.id) == pack.rules.map(\.id))
    }
    source.files.reverse()
    #expect(try readRulePack(source).sha256 == pack.sha256)
  }

  @Test("the hash changes with any byte of a rule or the manifest, and with a path")
  func hash() throws {
    let hash = try readRulePack(Samples.source(rules)).sha256
    #expect(hash.count == 64)
    #expect(try readRulePack(Samples.source(rules)).sha256 == hash)
    var changed: Set<String> = [hash]
    var source = Samples.source(rules)
    for index in source.files.indices where source.files[index].path.hasPrefix("soc2/") {
      let bytes = source.files[index].bytes
      source.files[index].bytes.append(0x0A)
      changed.insert(try readRulePack(source).sha256)
      source.files[index].bytes = bytes
      // A comment, so that any byte can change and the file stays good.
      for letter in "xy" {
        source.files[index].bytes = Array("<!-- \(letter) -->".utf8) + bytes
        changed.insert(try readRulePack(source).sha256)
      }
      source.files[index].bytes = bytes
    }
    let moved = Samples.clauses.replacing("opinion/clauses", with: "opinion/clause")
    changed.insert(
      try readRulePack(
        Samples.source(["opinion/clause": moved, "period/stated": Samples.stated])
      ).sha256)
    #expect(changed.count == 11)
  }

  @Test("files beside the pack are not looked at")
  func beside() throws {
    var source = Samples.source(rules)
    source.files.append(RulePackSource.File(path: "policy/default.xml", bytes: [0xFF]))
    source.files.append(RulePackSource.File(path: "RULES.md", bytes: [0xFF]))
    #expect(try readRulePack(source).sha256 == readRulePack(Samples.source(rules)).sha256)
  }

  @Test("a file that is missing is named", arguments: [0, 1, 2])
  func missing(_ index: Int) {
    var source = Samples.source(rules)
    let path = source.files.remove(at: index).path
    #expect(
      Samples.problems(source).map(\.description) == ["rules/\(path): error: the file is missing"])
  }

  @Test("a pack without rules is none")
  func empty() {
    #expect(
      Samples.problems(Samples.source([:])).map(\.description) == [
        "rules/soc2/: error: the folder holds no rule"
      ])
  }

  @Test(
    "an XML file under a wrong name is not left out without a word",
    arguments: ["Opinion/clauses", "clauses", "opinion/more/clauses", "opinion/clauses_2"])
  func paths(_ id: String) {
    let problems = Samples.problems(Samples.source([id: Samples.clauses]))
    #expect(
      problems.first?.description
        == "rules/soc2/\(id).xml: error: the path without .xml is not a path of two parts in lower "
        + "case, like 'opinion/modified'")
  }

  @Test("a file given twice is named")
  func twice() {
    var source = Samples.source(rules)
    source.files.append(source.files[3])
    #expect(Samples.problems(source).first?.message == "the file is given twice")
  }

  static let manifests: [(String, String)] = [
    (
      Samples.manifest.replacing("\"soc2\"", with: "\"soc1\""),
      "name 'soc1' is not the folder's, 'soc2'"
    ),
    (
      Samples.manifest.replacing("1.0", with: "one"),
      "version 'one' is not a version of two numbers, like '1.0'"
    ),
    (Samples.manifest.replacing("<title>t</title>", with: ""), "'pack' has no 'title'"),
    (Samples.manifest.replacing("<title>t", with: "<title>"), "'title' has no words"),
    ("<rule xmlns='urn:soclens:pack:1'/>", "the file holds 'rule' and not 'pack'"),
    (
      Samples.manifest.replacing("pack:1", with: "rule:1"),
      "'pack' is in 'urn:soclens:rule:1' and not in 'urn:soclens:pack:1', which xmlns= gives"
    ),
  ]

  @Test("broken manifests", arguments: manifests)
  func manifest(_ text: String, _ message: String) {
    let problems = Samples.problems(Samples.source(rules, manifest: text))
    #expect(problems.map(\.message) == [message])
    #expect(problems.first?.file == "rules/soc2/pack.xml")
  }

  @Test("a question is asked by one rule of the pack")
  func questions() {
    let second = Samples.stated.replacing("period/stated", with: "period/again")
    let problems = Samples.problems(
      Samples.source(["period/stated": Samples.stated, "period/again": second]))
    #expect(
      problems.map(\.message) == [
        "question 'stale-newer' is asked already in rules/soc2/period/again.xml",
        "question 'stale-why' is asked already in rules/soc2/period/again.xml",
      ])
  }

  @Test("all files are looked at, in order, up to the limit")
  func many() {
    var broken: [String: String] = [:]
    for i in 10..<90 {
      broken["opinion/r\(i)"] = Samples.clauses.replacing("opinion/clauses", with: "opinion/r\(i)")
        .replacing("\"stable\"", with: "\"good\"")
    }
    let problems = Samples.problems(Samples.source(broken))
    #expect(problems.count == FileProblem.limit)
    #expect(problems.map(\.file) == problems.map(\.file).sorted())
    let description = RulePackError.invalid(problems).description
    #expect(description.hasSuffix("only the first 50 problems are shown"))
  }

  static let hostile: [(String, String)] = [
    (
      "<!DOCTYPE rule [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>\n",
      "has a document type; write the file without <!DOCTYPE …> and entities"
    ),
    (
      "<!DOCTYPE rule SYSTEM \"http://127.0.0.1:9/x.dtd\">\n",
      "has a document type; write the file without <!DOCTYPE …> and entities"
    ),
    ("<a>\n", "is not well-formed XML: premature end of data in tag a line 1"),
  ]

  @Test("hostile files end in a message with their line", arguments: hostile)
  func refused(_ head: String, _ message: String) {
    let problems = Samples.problems(
      Samples.source(["opinion/clauses": head + Samples.clauses]))
    #expect(problems.map(\.message) == [message])
    #expect(problems.first?.line != nil)
  }

  @Test("a schema that is none stops the run")
  func schema() {
    var source = Samples.source(rules)
    source.files[0].bytes = Array("<grammar/>".utf8)
    let problems = Samples.problems(source)
    #expect(problems.count == 1)
    #expect(problems.first?.file == "rules/schema/rule.rng")
    #expect(problems.first?.message.hasPrefix("is not a usable RELAX NG schema: ") == true)
  }

  @Test("a schema stricter than the reader is a fault, and said to be one")
  func gate() {
    var source = Samples.source(rules)
    let strict = String(decoding: Samples.ruleSchema, as: UTF8.self)
      .replacing("<value>draft</value>", with: "<value>drafted</value>")
    source.files[0].bytes = Array(strict.utf8)
    let problems = Samples.problems(source)
    #expect(problems.count == 1)
    #expect(problems.first?.file == "rules/soc2/period/stated.xml")
    #expect(
      problems.first?.message.hasPrefix("the schema refuses what soclens would read") == true)
  }

  @Test("every finding code stands once")
  func codes() {
    #expect(Set(FindingCode.all).count == FindingCode.all.count)
    #expect(FindingCode.isKnown("letterUnsigned") && !FindingCode.isKnown("Stale"))
  }
}
