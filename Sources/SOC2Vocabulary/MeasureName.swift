/// What a policy measures reports and letters by. Rules name the bands, so both lists are closed.
public enum MeasureName: String, Sendable, CaseIterable {
  /// From the end of a type 2 report's period to the review.
  case age
  /// From a type 1 report's date to the review.
  case type1Age
  /// From the end of a type 2 report's period to the review: whether somebody must speak for that time.
  case bridge
  /// How long the examination's period is.
  case periodLength
  /// From the period's end to the service auditor's signature.
  case issueLag
  /// Days without examination between two reports that follow each other.
  case coverageGap
  /// Days that a letter leaves open behind the report.
  case letterGap
  /// From the report's end to the letter's.
  case letterLength
  /// From the letter's end to the review.
  case letterAge

  /// The names of its bands, from the least value to the greatest.
  public var bands: [String] {
    switch self {
    case .age: ["current", "stale", "expired", "historical"]
    case .type1Age: ["recent", "ageing", "stale", "expired"]
    case .bridge: ["not-needed", "early", "late", "cannot-bridge"]
    case .periodLength: ["weeks", "months", "half-year", "usual", "long"]
    case .issueLag: ["before-end", "hurried", "usual", "late", "later", "latest"]
    case .coverageGap: ["none", "short", "long", "longest"]
    case .letterGap: ["none", "short", "long"]
    case .letterLength: ["usual", "long", "longer", "longest"]
    case .letterAge: ["current", "ended"]
    }
  }
}
