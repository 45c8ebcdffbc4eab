/// One thing wrong with a rules folder, with its place and what to do about it.
public struct RuleProblem: Hashable, Sendable, CustomStringConvertible {
  /// The folder as given and the path within it.
  public let file: String
  /// From 1; nil when the whole file is meant.
  public let line: Int?
  /// From 1, in characters; nil when the whole line is meant.
  public let column: Int?
  /// What is wrong and what is allowed: lower case, no full stop.
  public let message: String
  /// The line with a mark under the place, two lines of text; empty when there is no line.
  public let excerpt: String

  /// As compilers say it: `file:line:column: error: message`, then the excerpt.
  public var description: String {
    let place = [line, column].compactMap { $0.map(String.init) }.map { ":" + $0 }.joined()
    return "\(file)\(place): error: \(message)" + (excerpt.isEmpty ? "" : "\n" + excerpt)
  }
}

/// Why there is no rule pack.
public enum RulePackError: Error, Sendable, CustomStringConvertible {
  /// Everything wrong, in the order of files and lines, up to `problemLimit`.
  case invalid([RuleProblem])

  /// As many as a person corrects in one go; past that, one mistake is usually made many times.
  public static let problemLimit = 50

  /// One problem after the other, each with its excerpt.
  public var description: String {
    switch self {
    case .invalid(let problems):
      let lines = problems.map(\.description).joined(separator: "\n")
      return problems.count < Self.problemLimit
        ? lines : lines + "\nonly the first \(Self.problemLimit) problems are shown"
    }
  }
}
