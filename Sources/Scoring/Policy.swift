public import XMLTree

/// What weighs how much: a file that the buyer's risk team may change, with a reason beside each number.
public struct Policy: Sendable {
  /// As the file gives it; records name it.
  public var name: String
  public var version: String
  public var title: String
  public var why: String
  /// Of the file's bytes, so that a record names exactly what it was made with.
  public var sha256: String
  public var exceptions: ExceptionModel

  public init(
    name: String, version: String, title: String, why: String, sha256: String,
    exceptions: ExceptionModel
  ) {
    self.name = name
    self.version = version
    self.title = title
    self.why = why
    self.sha256 = sha256
    self.exceptions = exceptions
  }
}

/// Why there is no policy.
public struct PolicyError: Error, Sendable, CustomStringConvertible {
  /// Everything wrong, in the order of the file, up to `FileProblem.limit`.
  public let problems: [FileProblem]

  /// One problem after the other, each with its excerpt.
  public var description: String { problems.listing }
}
