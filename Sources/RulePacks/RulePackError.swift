public import XMLTree

/// Why there is no rule pack.
public enum RulePackError: Error, Sendable, CustomStringConvertible {
  /// Everything wrong, in the order of files and lines, up to `FileProblem.limit`.
  case invalid([FileProblem])

  /// One problem after the other, each with its excerpt.
  public var description: String {
    switch self {
    case .invalid(let problems): problems.listing
    }
  }
}
