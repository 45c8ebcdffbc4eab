/// One thing wrong with a file that people write, with its place and what to do about it.
public struct FileProblem: Hashable, Sendable, CustomStringConvertible {
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

  /// As many as a person corrects in one go; past that, one mistake is usually made many times.
  public static let limit = 50

  /// As compilers say it: `file:line:column: error: message`, then the excerpt.
  public var description: String {
    let place = [line, column].compactMap { $0.map(String.init) }.map { ":" + $0 }.joined()
    return "\(file)\(place): error: \(message)" + (excerpt.isEmpty ? "" : "\n" + excerpt)
  }
}

extension [FileProblem] {
  /// One problem after the other, each with its excerpt.
  package var listing: String {
    let lines = map(\.description).joined(separator: "\n")
    return count < FileProblem.limit
      ? lines : lines + "\nonly the first \(FileProblem.limit) problems are shown"
  }
}
