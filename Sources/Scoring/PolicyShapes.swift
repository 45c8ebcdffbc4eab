import SOC2Vocabulary
import XMLTree

/// The shapes of all elements of a policy; the same as `rules/schema/policy.rng`.
enum PolicyShapes {
  static let namespace = "urn:soclens:policy:1"

  /// The shape an element is held to; nil for a name that no policy knows.
  @Sendable static func shape(of element: Element) -> Shape? { byName[element.name] }

  private static let natures = ExceptionNature.allCases.map(\.rawValue)
  private static let traits = ExceptionTrait.allCases.map(\.rawValue)
  private static let severities = Severity.allCases.map(\.rawValue)
  private static let percent = ValueShape.number(0...100)
  private static let tiers = ValueShape.oneOf(VendorTier.allCases.map(\.rawValue))
  private static let codes = ValueShape.oneOf(FindingCode.all)
  private static let facts = FactName.allCases.map(\.rawValue)
  private static let lists = Policy.ListedFirm.List.allCases.map(\.rawValue)
  /// Accepting is what is left when nothing speaks against it.
  private static let decisions = Decision.allCases.filter { $0 != .accept }.map(\.rawValue)
  /// Before the period's end is a day less than none.
  private static let days = ValueShape.number(-1...3_660)
  private static let months = ValueShape.number(1...120)
  private static let day = ValueShape.form {
    Day(iso: oneLine($0)) == nil ? "is no day; write YYYY-MM-DD" : nil
  }
  /// Every number has its reason beside it.
  private static let why = required(
    "why", .form { isBlank($0) ? "gives no reason; every number has one" : nil })

  private static let bound = [
    required("severity", .oneOf(severities)), optional("natures", .listOf(natures, alone: nil)),
    optional("when", .oneOf(traits)), optional("unless", .oneOf(traits)),
    optional("rate-above", percent), why,
  ]

  private static let byName: [String: Shape] = [
    "policy": Shape(
      "'policy'",
      [
        required("name", .id), required("version", .version),
        optional("age-from", .oneOf(Policy.AgeAnchor.allCases.map(\.rawValue))),
      ], .one("title"), .one("why"), .some("measure"), .one("decisions"), .any("data"),
      .any("override"), .any("firm"), .one("exceptions")),
    "measure": Shape(
      "'measure'",
      [required("name", .oneOf(MeasureName.allCases.map(\.rawValue))), optional("tier", tiers)],
      .some("band")),
    "band": Shape(
      "'band'",
      [
        required("name", .id), optional("days", days), optional("months", months),
        optional("unless-months", months), optional("severity", .oneOf(severities)), why,
      ]),
    "decisions": Shape(
      "'decisions'", [required("needs", .listOf(facts, alone: nil)), why], .some("decide"),
      .some("weight"), .any("limit"), .one("hard-fail")),
    "decide": Shape(
      "'decide'",
      [
        required("decision", .oneOf(decisions)), required("code", codes),
        optional("at-least", .oneOf(severities)), why,
      ]),
    "weight": Shape(
      "'weight'", [required("severity", .oneOf(severities)), required("points", percent), why]),
    "limit": Shape("'limit'", [required("code", codes), required("points", percent), why]),
    "hard-fail": Shape("'hard-fail'", [required("points", percent), why]),
    "data": Shape(
      "'data'",
      [
        required("class", .id),
        required(
          "requires", .listOf(TrustServicesCategory.allCases.map(\.rawValue), alone: nil)), why,
      ]),
    "override": Shape(
      "'override'",
      [
        required("code", codes), optional("tier", tiers),
        required("severity", .oneOf(severities)), why,
      ]),
    "firm": Shape(
      "'firm'",
      [
        required("name", .words), required("list", .oneOf(lists)), optional("from", day),
        optional("until", day), why,
      ]),
    "title": Shape("'title'", text: true), "why": Shape("'why'", text: true),
    "exceptions": Shape(
      "'exceptions'", [], .some("nature"), .some("rate"), .any("modifier"), .some("level"),
      .any("cap"), .any("floor"), .any("cluster")),
    "nature": Shape(
      "'nature'",
      [required("name", .oneOf(natures)), required("points", .number(0...9)), why]),
    "rate": Shape(
      "'rate'",
      [
        optional("at-most", percent),
        optional("when", .oneOf(RateCase.allCases.map(\.rawValue))),
        required("points", .number(0...9)), why,
      ], alternatives: [["at-most"], ["when"]]),
    "modifier": Shape(
      "'modifier'",
      [
        required("when", .oneOf(ExceptionTrait.modifiers.map(\.rawValue))),
        required("points", .number(-9...9)), optional("not-for", .listOf(natures, alone: nil)),
        why,
      ]),
    "level": Shape(
      "'level'",
      [
        required("severity", .oneOf(severities.filter { $0 != Severity.info.rawValue })),
        required("at-least", .number(0...99)), why,
      ]),
    "cluster": Shape(
      "'cluster'",
      [
        required("severity", .oneOf(severities)), required("at-least", .number(2...99)), why,
      ]),
    "cap": Shape("'cap'", bound), "floor": Shape("'floor'", bound),
  ]
}

/// Rates that are no number of percent.
enum RateCase: String, CaseIterable { case whole, design, unknown }
