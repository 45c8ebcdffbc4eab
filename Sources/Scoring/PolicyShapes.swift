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
      "'policy'", [required("name", .id), required("version", .version)], .one("title"),
      .one("why"), .one("exceptions")),
    "title": Shape("'title'", text: true), "why": Shape("'why'", text: true),
    "exceptions": Shape(
      "'exceptions'", [], .some("nature"), .some("rate"), .any("modifier"), .some("level"),
      .any("cap"), .any("floor")),
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
    "cap": Shape("'cap'", bound), "floor": Shape("'floor'", bound),
  ]
}

/// Rates that are no number of percent.
enum RateCase: String, CaseIterable { case whole, design, unknown }
