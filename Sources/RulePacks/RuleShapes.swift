import SOC2Vocabulary
import TextMatching
import XMLTree

/// The shapes of all elements of a rule and of `pack.xml`; the same as `rules/schema`.
enum RuleShapes {
  static let ruleNamespace = "urn:soclens:rule:1"
  static let packNamespace = "urn:soclens:pack:1"

  /// The shape an element is held to. Some depend on an attribute: a hit with a code is another
  /// thing than a hit with words. Nil for a name that no rule knows.
  @Sendable static func shape(of element: Element) -> Shape? {
    switch element.name {
    case "fact":
      return element["kind"].map(oneLine) == "choice" ? choiceFact : slotFact
    case "hit": return element["code"] != nil && element["value"] == nil ? judgedHit : wordsHit
    case "miss": return element["on"] != nil ? judgedMiss : wordsMiss
    case "finding": return element["each"] != nil ? eachFinding : finding
    case "given": return element.elements.isEmpty ? given : givenEntries
    default: return byName[element.name]
    }
  }

  /// The shape of an element of `pack.xml`.
  @Sendable static func packShape(of element: Element) -> Shape? {
    element.name == "pack" ? pack : shape(of: element)
  }

  private static let pack = Shape(
    "'pack'", [required("name", .id), required("version", .version)], .one("title"),
    .one("description"))

  private static let zones = Zone.allCases.map(\.rawValue)
  private static let states = FactState.allCases.map(\.rawValue)
  private static let days = ValueShape.number(0...9999)
  private static let signedDays = ValueShape.number(-9999...9999)

  private static let factName = [
    required("name", .name), required("kind", .oneOf(FactRule.Kind.allCases.map(\.rawValue))),
  ]
  private static let choiceFact = Shape(
    "'fact' of kind choice", factName, .one("scope"), .some("case"))
  private static let slotFact = Shape(
    "'fact'", factName, .one("scope"), .some("phrase"), .any("unless"))

  private static let place = [optional("zone", .oneOf(zones)), optional("under", .anything)]
  private static let wordsHit = Shape(
    "'hit' with words", [required("value", .anything), optional("fact", .name)] + place,
    text: true, .one("mark"))
  private static let judgedHit = Shape(
    "'hit' with a code",
    [
      required("code", .anything), required("on", .day), optional("findings", .number(1...99)),
      optional("severity", .listOf(severities, alone: nil)), optional("asks", .words),
      optional("answers", .words),
    ], .some("given"))
  private static let wordsMiss = Shape(
    "'miss' with words", [required("because", .anything)] + place, text: true)
  private static let judgedMiss = Shape(
    "'miss' with a day", [required("because", .anything), required("on", .day)], .some("given"))

  private static let slotName = optional("as", .name)
  private static let slotLimit = optional("words", .number(1...40))

  private static func words(_ name: String, _ attributes: [Shape.Attribute] = []) -> Shape {
    let parts = ["gap", "any", "maybe"] + Phrase.SlotKind.allCases.map(\.rawValue)
    return Shape(
      "'\(name)'", attributes, text: true, Shape.Group(names: parts, atLeast: 0, atMost: .max))
  }

  private static func text(_ name: String) -> Shape { Shape("'\(name)'", text: true) }

  private static let severities = Severity.allCases.map(\.rawValue)
  private static func finding(_ label: String, _ attributes: [Shape.Attribute]) -> Shape {
    Shape(
      label, [required("code", .anything)] + attributes, .some("when"), .one("title"),
      .one("message"), .any("question"))
  }
  /// The severity of the entry that is judged.
  static let entrySeverity = FindingRule.entry + ".severity"
  /// The severities that a policy gives with its measures.
  static let measuredSeverities = MeasureName.allCases.map { "measure.\($0.rawValue).severity" }
  /// A word of the list, or the severity of a measure; messages name those only to who tried one.
  private static func grading(_ allowed: [String]) -> ValueShape {
    .form { value in
      let word = oneLine(value)
      if allowed.contains(word) || measuredSeverities.contains(word) { return nil }
      let near = word.hasPrefix("measure") ? measuredSeverities : []
      return Spelling.advice(for: word, among: allowed + near)
    }
  }
  private static let finding = finding(
    "'finding'", [required("severity", grading(severities))])
  private static let eachFinding = finding(
    "'finding' with each",
    [
      required("each", .factPath),
      required("severity", grading(severities + [entrySeverity])),
    ])

  private static let given = Shape(
    "'given'",
    [
      required("fact", .factPath), optional("value", .anything),
      optional("state", .oneOf(states)),
    ], alternatives: [["value"], ["state"]])
  private static let givenEntries = Shape(
    "'given' with items", [required("fact", .factPath), optional("state", .oneOf(states))],
    .some("item"))

  private static let when = test("'when'", text: false, .any())
  /// A fact that answers a question is tested as all others are.
  private static let answer = test("'answer'", text: true, .any("when"))
  private static func test(_ label: String, text: Bool, _ inside: Shape.Group) -> Shape {
    Shape(
      label,
      [
        required("fact", .factPath), optional("is", .words), optional("is-not", .words),
        optional("state", .listOf(states, alone: nil)), optional("older-than", .months),
        optional("within-last", .months), optional("after-review", .oneOf(["yes"])),
        optional("shorter-than", .months), optional("longer-than", .months),
        optional("days-at-least", days), optional("days-at-most", days),
        optional("days-after", .factPath), optional("at-least", signedDays),
        optional("at-most", signedDays), optional("count-at-least", days),
        optional("count-at-most", days), optional("differs-from", .factPath),
        optional("several-readings", .oneOf(["yes"])), optional("present", .oneOf(["yes", "no"])),
        optional("says", .runs), optional("says-none", .runs),
      ], text: text, inside,
      alternatives: [
        ["is"], ["is-not"], ["state"], ["older-than"], ["within-last"], ["after-review"],
        ["shorter-than"], ["longer-than"], ["days-at-least", "days-at-most"],
        ["at-least", "at-most", "days-after"], ["count-at-least", "count-at-most"],
        ["differs-from"], ["several-readings"], ["present"], ["says"], ["says-none"],
      ],
      companions: [("days-after", ["at-least", "at-most"])])
  }

  private static let byName: [String: Shape] = [
    "rule": Shape(
      "'rule'",
      [
        required("id", .path), required("status", .oneOf(Rule.Status.allCases.map(\.rawValue))),
        required("since", .version),
      ], .one("title"), .one("why"), .some("reference"), .some("fact", "zone", "finding"),
      .one("examples")),
    "title": text("title"), "why": text("why"), "reference": text("reference"),
    "description": text("description"), "message": text("message"), "mark": text("mark"),
    "any": text("any"), "maybe": text("maybe"),
    "scope": Shape(
      "'scope'",
      [
        required("zone", .listOf(zones, alone: "anywhere")),
        optional("place", .oneOf(Scope.Place.allCases.map(\.rawValue))),
        optional("first-pages", .number(1...999)),
      ], .any("under")),
    "case": Shape(
      "'case'", [required("value", .anything), optional("points", .number(-99...99))],
      .some("phrase"), .any("unless")),
    "phrase": words("phrase", [optional("capitals", .oneOf(["yes"]))]),
    "unless": words("unless"), "under": words("under"), "heading": words("heading"),
    "whole-heading": words("whole-heading"),
    "opening": words("opening"),
    "gap": Shape("'gap'", [required("words", .number(1...20))]),
    "date": Shape("'date'", [slotName]), "period": Shape("'period'", [slotName]),
    "categories": Shape("'categories'", [slotName]),
    "criteria": Shape("'criteria'", [slotName]), "number": Shape("'number'", [slotName]),
    "fraction": Shape("'fraction'", [slotName, optional("of", .name)]),
    "name": Shape("'name'", [slotName, slotLimit]), "text": Shape("'text'", [slotName, slotLimit]),
    "zone": Shape(
      "'zone'", [required("name", .oneOf(zones))], .some("heading"), .any("whole-heading"),
      .any("unless"), .any("opening")),
    "when": when, "answer": answer,
    "question": Shape(
      "'question'",
      [
        required("id", .id),
        required("to", .oneOf(FollowUpQuestion.Addressee.allCases.map(\.rawValue))),
        optional("evidence", .anything),
      ], text: true, .any("when"), .any("answer")),
    "examples": Shape("'examples'", [], .some("hit", "miss")),
    "item": Shape("'item'", otherNames: .factPath),
  ]
}
