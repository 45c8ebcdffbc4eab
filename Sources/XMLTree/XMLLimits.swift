/// What an XML file may be, so that a hostile or mistaken one ends in a message and not in a wait.
public struct XMLLimits: Sendable, Hashable {
  public var bytes: Int
  /// Elements inside each other.
  public var depth: Int
  /// Elements and attributes together: each costs some 400 bytes of memory.
  public var nodes: Int
  /// Attributes of one tag: libxml2 compares them pair by pair.
  public var attributes: Int
  /// Whether text of white space alone is kept: in rules it lays the file out, in a letter it parts
  /// words.
  public var keepsBlankText: Bool

  /// For files that people write: rules, schemas, policies.
  public static let handwritten = XMLLimits(
    bytes: XMLLimits.bytes, depth: XMLLimits.depth, nodes: XMLLimits.bytes,
    attributes: XMLLimits.bytes, keepsBlankText: false)

  /// For parts of office files. Those of a report of 130 pages have 1 MB, 40,000 elements and a depth
  /// of 20; a text box in a table in a text box has 40.
  public static let packaged = XMLLimits(
    bytes: 16 << 20, depth: 128, nodes: 1_000_000, attributes: 200, keepsBlankText: true)

  /// The longest rule we know has 20 kB. With this size the worst tag that is all attributes takes
  /// about a second.
  public static let bytes = 256 * 1024
  /// A rule is 6 elements deep, a schema 15. libxml2 itself would go to 256.
  public static let depth = 32
  /// Messages kept of one validation; libxml2 often repeats itself after the first.
  public static let schemaProblems = 10
}
