/// Why an XML file or a schema cannot be used.
public struct XMLTreeError: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Reason: Hashable, Sendable {
    /// More bytes than the limits allow.
    case tooLarge(bytes: Int)
    /// Not UTF-8, or with NUL bytes; we read no other encoding, whatever the file declares.
    case notUTF8
    /// `<!DOCTYPE …>`: entities and external files come in by it, and rules need none.
    case documentType
    /// More elements inside each other than the limits allow.
    case tooDeep
    /// More elements and attributes than the limits allow, in all or in one tag.
    case tooManyNodes
    /// Not well-formed; in libxml2's words.
    case malformed(String)
    /// A RELAX NG schema that libxml2 does not take, in its words.
    case schema(String)
    /// A schema that would read other files.
    case schemaReadsFiles(element: String)
    case outOfMemory
  }

  /// The name given by the caller.
  public let file: String
  /// From 1, where known.
  public let line: Int?
  /// From 1, in bytes, where known.
  public let column: Int?
  public let reason: Reason
  private let limits: XMLLimits

  init(
    file: String, line: Int? = nil, column: Int? = nil, reason: Reason,
    limits: XMLLimits = .handwritten
  ) {
    self.limits = limits
    self.file = file
    self.line = line
    self.column = column
    self.reason = reason
  }

  /// What is wrong: lower case, no full stop, no place.
  public var message: String {
    switch reason {
    case .tooLarge(let bytes):
      "has \(bytes) bytes; an XML file may have \(limits.bytes)"
    case .notUTF8: "is not written in UTF-8, the only encoding read here"
    case .documentType: "has a document type; write the file without <!DOCTYPE …> and entities"
    case .tooDeep: "has more than \(limits.depth) elements inside each other"
    case .tooManyNodes: "has more elements or attributes than are read"
    case .malformed(let words): "is not well-formed XML: \(words)"
    case .schema(let words): "is not a usable RELAX NG schema: \(words)"
    case .schemaReadsFiles(let element):
      "uses <\(element)>; a schema here is one file and reads no other"
    case .outOfMemory: "cannot be read: no memory left"
    }
  }

  /// `file:line:column: error: message`.
  public var description: String {
    let place = [line, column].compactMap { $0.map(String.init) }.map { ":" + $0 }.joined()
    return "\(file)\(place): error: \(message)"
  }
}
