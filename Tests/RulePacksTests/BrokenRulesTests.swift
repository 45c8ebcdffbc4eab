import RulePacks
import Testing
import XMLTree

/// One change of a good rule, and what is said about it.
struct BrokenRule: CustomTestStringConvertible, Sendable {
  var sample: String
  var old: String
  var new: String
  var line: Int
  var message: String

  var testDescription: String { message }
}

private func clauses(_ old: String, _ new: String, _ line: Int, _ message: String) -> BrokenRule {
  BrokenRule(sample: Samples.clauses, old: old, new: new, line: line, message: message)
}

private func graded(_ old: String, _ new: String, _ line: Int, _ message: String) -> BrokenRule {
  BrokenRule(sample: Samples.graded, old: old, new: new, line: line, message: message)
}

private func stated(_ old: String, _ new: String, _ line: Int, _ message: String) -> BrokenRule {
  BrokenRule(sample: Samples.stated, old: old, new: new, line: line, message: message)
}

private func counted(_ old: String, _ new: String, _ line: Int, _ message: String) -> BrokenRule {
  BrokenRule(sample: Samples.counted, old: old, new: new, line: line, message: message)
}

@Suite("Broken rules")
struct BrokenRulesTests {
  private func problems(_ broken: BrokenRule) -> [FileProblem] {
    let ids = [
      Samples.clauses: "opinion/clauses", Samples.counted: "tests/rate",
      Samples.graded: "tests/graded",
    ]
    let id = ids[broken.sample] ?? "period/stated"
    return Samples.problems(
      Samples.source([id: broken.sample.replacing(broken.old, with: broken.new)]))
  }

  private func check(_ broken: BrokenRule) {
    let problems = problems(broken)
    #expect(problems.count == 1)
    #expect(problems.first?.message == broken.message)
    #expect(problems.first?.line == broken.line)
    #expect(problems.first?.column != nil)
    #expect(problems.first?.excerpt.contains("^") == true)
  }

  static let shapes: [BrokenRule] = [
    clauses(
      "status=\"stable\"", "status=\"stabel\"", 1,
      "status 'stabel' is not one of draft, stable, retired; did you mean 'stable'?"),
    clauses(
      "since=\"1.0\"", "since=\"1\"", 1, "since '1' is not a version of two numbers, like '1.0'"),
    clauses(
      "id=\"opinion/clauses\"", "id=\"clauses\"", 1,
      "id 'clauses' is not a path of two parts in lower case, like 'opinion/modified'"),
    clauses(" since=\"1.0\"", "", 1, "'rule' has no attribute 'since'"),
    clauses(
      "<title>", "<title lang=\"en\">", 2,
      "attribute 'lang' is not allowed in 'title', which has none"),
    clauses("<why>They matter.</why>", "", 1, "'rule' has no 'why'"),
    clauses(
      "<why>They matter.</why>\n", "<why>They matter.</why><why>x</why>\n", 3,
      "'rule' has more than one 'why'"),
    clauses(
      "</fact>", "</fact><reference>x</reference>", 15,
      "'reference' stands too late in 'rule'; the order is title, why, reference, fact, zone, "
        + "finding, examples"),
    clauses("kind=\"choice\"", "kind=\"choise\"", 5, kindMessage),
    clauses(
      "zone=\"auditor-report letter\"", "zone=\"auditor-report leter\"", 6,
      "zone 'auditor-report leter' holds 'leter', which is not one of cover, toc, "
        + "executive-summary, auditor-report, management-assertion, system-description, "
        + "tests-of-controls, other-information, appendix, letter, unknown; did you mean 'letter'?"),
    clauses(
      "zone=\"auditor-report letter\"", "zone=\"anywhere letter\"", 6,
      "zone 'anywhere letter' has 'anywhere', which stands alone"),
    clauses(
      "first-pages=\"10\"", "first-pages=\"0\"", 6,
      "first-pages '0' is not a whole number from 1 to 999"),
    clauses(
      "points=\"2\"", "pionts=\"2\"", 9,
      "attribute 'pionts' is not allowed in 'case'; allowed: value, points; did you mean 'points'?"),
    clauses(
      "<unless>emergency changes</unless>", "<unles>emergency changes</unles>", 12,
      "element 'unles' is not allowed in 'case'; allowed: phrase, unless; did you mean 'unless'?"),
    clauses(
      "<gap words=\"6\"/>", "<gap words=\"21\"/>", 10,
      "words '21' is not a whole number from 1 to 20"),
    clauses(
      "<unless>emergency", "emergency <unless>emergency", 9,
      "'case' holds words where none are allowed: 'emergency'"),
    clauses(
      "<mark>does not present</mark>", "does not present", 19, "'hit' with words has no 'mark'"),
    clauses(
      "capitals=\"yes\"", "capitals=\"no\"", 11, "capitals 'no' is not one of yes"),
    stated(
      "severity=\"medium\"", "severity=\"medum\"", 20,
      "severity 'medum' is not one of critical, high, medium, low, info; did you mean 'medium'?"),
    stated(
      "older-than=\"P12M\"", "older-than=\"P52W\"", 21,
      "older-than 'P52W' is not a number of months or years, like 'P6M' or 'P1Y'"),
    stated(
      "is=\"type2 type1\"", "is=\"type2\" state=\"absent\"", 22,
      "'when' has both 'is' and 'state'; write one"),
    stated(" is=\"type2 type1\"", "", 22, whenMessage),
    stated(
      " at-least=\"-5\" at-most=\"20\"", "", 33,
      "'days-after' needs 'at-least' or 'at-most' beside it"),
    counted(
      "<number as=\"deviations\"/>", "<number name=\"deviations\"/>", 7,
      "attribute 'name' is not allowed in 'number'; allowed: as"),
    counted(
      "<number as=\"deviations\"/>", "<number as=\"Deviations\"/>", 7,
      "as 'Deviations' is not a name like 'reportType'"),
    counted(
      " of=\"sample\"", " off=\"sample\"", 8,
      "attribute 'off' is not allowed in 'fraction'; allowed: as, of; did you mean 'of'?"),
    counted(
      "<number/> of", "<numbr/> of", 9,
      "element 'numbr' is not allowed in 'unless'; allowed: gap, any, maybe, date, period, name, "
        + "text, categories, criteria, number, fraction; did you mean 'number'?"),
    stated(
      "<given fact=\"asOf\" state=\"absent\"/>", "<given fact=\"asOf\"/>", 51,
      "'given' has none of value, state"),
    graded(
      "severity=\"item.severity\"", "severity=\"item.sevrity\"", 5,
      "severity 'item.sevrity' is not one of critical, high, medium, low, info, item.severity; did "
        + "you mean 'item.severity'?"),
    graded(
      " each=\"exceptions\" severity=\"item.severity\"", " severity=\"item.severity\"", 5,
      "severity 'item.severity' is not one of critical, high, medium, low, info"),
    graded(
      "present=\"yes\"", "present=\"true\"", 8, "present 'true' is not one of yes, no"),
    graded(
      "present=\"yes\"", "present=\"yes\" at-least=\"1\"", 8,
      "'when' has both 'at-least' and 'present'; write one"),
    graded(
      "severity=\"high low\"", "severity=\"high lo\"", 20,
      "severity 'high lo' holds 'lo', which is not one of critical, high, medium, low, info; did you "
        + "mean 'low'?"),
    graded(
      "findings=\"2\"", "findings=\"0\"", 20, "findings '0' is not a whole number from 1 to 99"),
    graded(
      "<item controlId=\"PE-1\" deviations", "<item control-id=\"PE-1\" deviations", 22,
      "attribute 'control-id' is not the name of a fact, like 'period.end'"),
    graded(
      "<given fact=\"exceptions\">", "<given fact=\"exceptions\" value=\"x\">", 21,
      "attribute 'value' is not allowed in 'given' with items; allowed: fact, state"),
    stated(
      "on=\"2026-01-15\"", "on=\"2026-02-30\"", 49,
      "on '2026-02-30' is not a day of the calendar, like '2026-01-15'"),
  ]

  private static let kindMessage =
    "kind 'choise' is not one of choice, date, period, name, text, categories, criteria, numbers, "
    + "sentence; did you mean 'choice'?"
  private static let whenMessage =
    "'when' has none of is, is-not, state, older-than, within-last, after-review, shorter-than, "
    + "longer-than, days-at-least, at-least, count-at-least, differs-from, several-readings, present, "
    + "says, says-none"

  @Test("the form of a rule", arguments: shapes.filter { $0.message != kindMessage })
  func shape(_ broken: BrokenRule) { check(broken) }

  @Test("a misspelled kind is said first; what follows from it comes after")
  func kind() {
    let problems = problems(clauses("kind=\"choice\"", "kind=\"choise\"", 5, ""))
    #expect(problems.first?.message == Self.kindMessage)
  }

  static let meanings: [BrokenRule] = [
    clauses(
      "id=\"opinion/clauses\"", "id=\"opinion/other\"", 1,
      "id 'opinion/other' is not the path of the file, 'opinion/clauses'"),
    clauses("<title>Words that modify</title>", "<title> </title>", 2, "'title' has no words"),
    clauses("<reference>AT-C 205</reference>", "<reference/>", 4, "'reference' has no words"),
    clauses("emergency changes", "—", 12, "'unless' has no words"),
    clauses(
      "<under>opinion</under>", "<under>opinion <gap words=\"2\"/></under>", 7,
      "'under' begins or ends with a gap"),
    clauses("matter|effects of", "matter|", 10, "'any' has a wording without words"),
    clauses(
      "matter|effects of", "matter", 10, "'any' has one wording only; put | between wordings"),
    clauses("<maybe>copy</maybe>", "<maybe/>", 11, "'maybe' has no words"),
    clauses("draft <maybe>", "draft|note <maybe>", 11, "'|' stands between wordings in <any> only"),
    clauses(
      "<mark>does not present</mark>", "<mark>does not pre</mark>sent", 19,
      "'mark' begins or ends within a word"),
    clauses(
      "(<mark>does not present</mark>)", "re-<mark>does not present</mark>", 19,
      "'mark' begins or ends within a word"),
    clauses("<mark>does not present</mark>", "<mark> </mark>", 19, "'mark' has no words"),
    clauses("because=\"no modification\"", "because=\" \"", 20, "because is empty"),
    clauses(
      "<case value=\"adverse\">",
      "<case value=\"adverse\"><phrase>new</phrase></case>"
        + "<case value=\"fresh\">", 14, "case 'fresh' has no hit"),
    stated(
      "<period/></phrase>", "<date/></phrase>", 8,
      "<date/> cannot be the value of a fact of kind period; use <period/>"),
    stated(
      " <period/></phrase>", " of</phrase>", 8, "a phrase of a fact of kind period needs <period/>"),
    stated("<text as=\"rest\"/>", "<text/>", 13, "two slots of one phrase are named 'value'"),
    stated(
      "<name words=\"8\"/>", "<date/>", 13,
      "<date/> cannot be the value of a fact of kind name; use <name/> or <text/>"),
    stated(
      "throughout the period <period/>", "<period/>", 8,
      "'phrase' has slots but no word to find it by"),
    stated(
      "throughout the period <period/>", "<period/> throughout", 8,
      "'phrase' begins with a slot that is neither a name nor a number; begin with a word"),
    stated(
      "<period/></phrase>", "<number/></phrase>", 8,
      "<number/> cannot be the value of a fact of kind period; use <period/>"),
    counted(
      "<number as=\"deviations\"/> of the <number as=\"sample\"/>", "two of the 25", 7,
      "a phrase of a fact of kind numbers needs <number/> or <fraction/>"),
    counted(
      "<number as=\"deviations\"/>", "<number/>", 7,
      "<number/> has no name; add as= with what it counts"),
    counted(
      "<fraction as=\"deviations\" of=\"sample\"/>", "<fraction of=\"sample\"/>", 8,
      "<fraction/> has no name; add as= with what it counts"),
    counted(
      "<fraction as=\"deviations\" of=\"sample\"/>", "<fraction as=\"deviations\"/>", 8,
      "<fraction/> has one name only; add of= with what it is a part of"),
    counted(
      "of=\"sample\"", "of=\"deviations\"", 8,
      "two slots of one phrase are named 'deviations'"),
    counted(
      "<number as=\"sample\"/>", "<number as=\"deviations\"/>", 7,
      "two slots of one phrase are named 'deviations'"),
    counted(
      " as=\"other\"", "", 9, "two slots of one phrase are named 'value'"),
    counted(
      "<number as=\"deviations\"/> of the <number as=\"sample\"/>",
      "<number as=\"deviations\"/> <number as=\"sample\"/>", 7,
      "'phrase' has slots but no word to find it by"),
    counted(
      "value=\"sample=25 deviations=2\"", "value=\"2 of 25\"", 12,
      "value '2 of 25' is not numbers like deviations=2 sample=25"),
    counted(
      "value=\"sample=25 deviations=2\"", "value=\"sample=25 deviations=two\"", 12,
      "value 'sample=25 deviations=two' is not numbers like deviations=2 sample=25"),
    counted(
      "value=\"sample=25 deviations=2\"", "value=\"sampel=25 deviations=2\"", 12,
      "value 'sampel=25 deviations=2' holds 'sampel', which is not one of deviations, sample; "
        + "did you mean 'sample'?"),
    counted(
      "value=\"sample=25 deviations=2\"", "value=\"sample=25 sample=2\"", 12,
      "value 'sample=25 sample=2' gives 'sample' twice"),
    stated(
      "fact=\"reportDate\" after-review", "fact=\"reportDay\" after-review", 26,
      "fact 'reportDay' is not a fact; did you mean 'reportDate'?"),
    stated(
      "fact=\"document.kind\"", "fact=\"document\"", 36,
      "fact 'document' needs a part, like 'document.kind'"),
    stated(
      "differs-from=\"context.vendor\"", "differs-from=\"contxt.vendor\"", 30,
      "differs-from 'contxt.vendor' is not a fact; did you mean 'context'?"),
    stated(
      "days-after=\"period.end\" at-most", "days-after=\"perod.end\" at-most", 34,
      "days-after 'perod.end' is not a fact; did you mean 'period'?"),
    stated(
      "at-least=\"-5\" at-most=\"20\"", "at-least=\"21\" at-most=\"20\"", 33,
      "at-least is more than at-most"),
    stated(
      "days-at-least=\"10\"", "days-at-least=\"91\"", 31,
      "days-at-least is more than days-at-most"),
    stated(
      "It ended on {period.end}.", "It ended on {perid.end}.", 38,
      "placeholder '{perid.end}' is not a fact; did you mean 'period'?"),
    stated(
      "It ended on {period.end}.", "It ended on {period.end.", 38,
      "'{' has no partner; a fact stands between { and }"),
    stated(
      "It ended on {period.end}.", "It ended on }.", 38,
      "'}' has no partner; a fact stands between { and }"),
    stated("evidence=\"the newer report\"", "evidence=\"\"", 39, "evidence is empty"),
    stated(
      "evidence=\"the newer report\"", "evidence=\"after {perod.end}\"", 39,
      "placeholder '{perod.end}' is not a fact; did you mean 'period'?"),
    stated(
      "It ended on {period.end}.", "It ended[ on {period.end}.", 38,
      "'[' has no partner; what may be left out stands between [ and ]"),
    stated(
      "It ended on {period.end}.", "It ended] on {period.end}.", 38,
      "']' has no partner; what may be left out stands between [ and ]"),
    stated(
      "It ended on {period.end}.", "It [ended[ on {period.end}]].", 38,
      "'[' stands inside another; brackets do not nest"),
    stated(
      "It ended on {period.end}.", "It ended [early] on {period.end}.", 38,
      "what stands between [ and ] names no fact, so it would never be left out"),
    stated(
      "It ended on {period.end}.", "It ended on {item.end}.", 38,
      "placeholder '{item.end}' is a part of an entry; write each= in the finding to name one"),
    stated(
      "fact=\"exceptions\" count-at-least=\"1\"", "fact=\"exceptions\" present=\"yes\"", 35,
      "present is for parts of an entry; test a fact by its state"),
    graded(
      "at-least=\"1\" at-most=\"9\"", "at-least=\"10\" at-most=\"9\"", 6,
      "at-least is more than at-most"),
    graded(
      "in {item.controlId}]</title>", "in {item}]</title>", 9,
      "placeholder '{item}' needs a part, like 'item.controlId'"),
    graded(
      "in {item.controlId}]</title>", "in {item.controlID}]</title>", 5,
      "no item of an example has 'controlID', which the finding names"),
    graded(
      "<when fact=\"item.nature\"", "<when fact=\"item.natur\"", 5,
      "no item of an example has 'natur', which the finding names"),
    graded(" asks=\"graded-who\"", "", 11, "no hit asks 'graded-who'"),
    graded(
      "findings=\"2\" severity=\"high low\"", "findings=\"3\" severity=\"high low\"", 20,
      "severity names 2 for 3 findings; write one for all, or each, gravest first"),
    graded("controlId=\"PE-2\"", "controlId=\"\"", 24, "controlId is empty"),
    stated(
      "id=\"stale-why\"", "id=\"stale-newer\"", 41,
      "question 'stale-newer' is asked already in rules/soc2/period/stated.xml"),
    stated(
      "value=\"2024-01-01/2024-12-31\"", "value=\"2024-12-31/2024-01-01\"", 44,
      "value '2024-12-31/2024-01-01' is not a period like 2024-01-01/2024-12-31"),
    stated(
      "<given fact=\"asOf\"", "<given fact=\"asof\"", 51,
      "fact 'asof' is not a fact; did you mean 'asOf'?"),
    stated(
      "<miss because=\"no period\">As of today.</miss>", "", 43,
      "no miss with words shows what the rule must leave alone"),
    stated(
      "<miss because=\"young\" on=\"2026-01-15\"><given fact=\"period\" state=\"absent\"/></miss>",
      "",
      43, "no miss with a day shows when the rule raises nothing"),
  ]

  @Test("the meaning of a rule", arguments: meanings)
  func meaning(_ broken: BrokenRule) { check(broken) }

  /// Changes that more than one message follows from, by what the messages begin with.
  static let several: [(BrokenRule, [String])] = [
    (
      clauses(
        "value=\"adverse\" fact=\"opinionClause\"", "value=\"advers\" fact=\"opinionClause\"", 21,
        ""),
      [
        "value 'advers' is not one of qualified, adverse; did you mean 'adverse'?",
        "case 'adverse' has no hit",
      ]
    ),
    (
      clauses("name=\"opinionClause\"", "name=\"opinionClauses\"", 5, ""),
      [
        "fact 'opinionClauses' is not known; did you mean 'opinionClause'?",
        "the rule reads no fact",
        "fact 'opinionClause' is not", "fact 'opinionClauses' has no hit",
      ]
    ),
    (
      stated("code=\"stale\" severity", "code=\"stael\" severity", 20, ""),
      [
        "code 'stael' is not known; did you mean 'stale'?", "code 'stale' is not one of stael",
        "finding 'stael' has no hit with its code",
      ]
    ),
    (
      stated(" fact=\"organizationName\">", ">", 44, ""),
      [
        "the hit does not say which fact it shows; add fact= with one of period, organizationName",
        "fact 'organizationName' has no hit",
      ]
    ),
    (
      graded("each=\"exceptions\" severity=\"item", "each=\"exemptions\" severity=\"item", 5, ""),
      [
        "each 'exemptions' is not a fact; did you mean 'exceptions'?",
        "no example gives an item to judge",
      ]
    ),
    (
      graded("asks=\"graded-who\"", "asks=\"graded-why\"", 20, ""),
      [
        "asks 'graded-why', which is not one of graded-who; did you mean 'graded-who'?",
        "no hit asks 'graded-who'",
      ]
    ),
    (
      stated("value=\"letter\" fact=\"zone\"", "value=\"toc\" fact=\"zone\"", 45, ""),
      ["value 'toc' is not one of letter", "zone 'letter' has no hit"]
    ),
  ]

  @Test("mistakes with several consequences", arguments: several)
  func consequences(_ broken: BrokenRule, _ expected: [String]) {
    let messages = problems(broken).map(\.message)
    for start in expected {
      #expect(messages.contains { $0.hasPrefix(start) }, "\(messages)")
    }
  }

  @Test("the whole message, with its excerpt")
  func excerpt() {
    let broken = stated("severity=\"medium\"", "severity=\"medum\"", 20, "")
    #expect(
      problems(broken).first?.description == """
        rules/soc2/period/stated.xml:20:35: error: severity 'medum' is not one of critical, high, \
        medium, low, info; did you mean 'medium'?
          20 |   <finding code="stale" severity="medum">
             |                                   ^~~~~
        """)
  }

  @Test("an excerpt of a very long line stays short, and nothing in it moves the cursor")
  func longLine() {
    let text = Samples.clauses.replacing("\n", with: "")
      .replacing("They matter.", with: String(repeating: "long \u{202E}", count: 5_000))
      .replacing("points=\"2\"", with: "points=\"\u{202E}two\"")
    let problem = Samples.problems(Samples.source(["opinion/clauses": text])).first
    #expect(problem?.message == "points '\u{FFFD}two' is not a whole number from -99 to 99")
    #expect(problem?.description.contains("\u{202E}") == false)
    #expect((problem?.excerpt.count ?? 0) < 300)
  }
}
