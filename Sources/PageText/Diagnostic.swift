/// Trouble that we had reading a file; never about the service organization.
public struct Diagnostic: Hashable, Sendable {
  /// A stable short name, e.g. `pageIsPicture`.
  public var code: String
  /// One line, lower case, no full stop.
  public var message: String
  /// Physical page from 1, where it concerns one.
  public var page: Int?

  public init(code: String, message: String, page: Int? = nil) {
    self.code = code
    self.message = message
    self.page = page
  }
}
