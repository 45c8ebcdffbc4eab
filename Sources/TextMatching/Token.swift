/// One matchable unit of the running text: a word, a number or a mark, with the way back to the page.
public struct Token: Sendable {
  public enum Kind: UInt8, Sendable {
    /// Letters, digits, or both; `6.1`, `CC6.1` and `01/02/2025` are one.
    case word
    /// One punctuation character, kept in `mark`.
    case mark
    /// A list marker or bullet at the start of a block: `a.`, `(ii)`, `•`.
    case listMarker
  }

  /// The word's number in the vocabulary; 0 when no rule knows it.
  public var id: UInt32
  /// The number of this word and the next one written together, when a hyphen stands between them.
  public var joinID: UInt32
  /// Index into `RunningText.places`.
  public var place: Int32
  /// Its normalised letters in `RunningText.bytes`.
  var start: Int32
  var length: UInt16
  /// Its characters as printed, in the page's `utf8`.
  public var rawStart: Int32
  public var rawEnd: Int32
  public var kind: Kind
  public var flags: Flags
  /// The character of a mark, folded to ASCII.
  public var mark: UInt8
  /// Which sentence it is in; sentences may run over the items of a list.
  public var sentence: Int32

  public struct Flags: OptionSet, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    /// Written as a name is: begins with a capital letter, or holds one as `iManage` and `3Degrees` do.
    public static let capital = Flags(rawValue: 1)
    /// Two or more letters, all capital.
    public static let allCapitals = Flags(rawValue: 2)
    /// Has `'s` or `s'` at its end; on a mark, it is the `'s` after `Inc.` or a bracket.
    public static let possessive = Flags(rawValue: 4)
    /// A hyphen ties it to the next word.
    public static let hyphenated = Flags(rawValue: 8)
    /// A raised footnote mark or ordinal.
    public static let raised = Flags(rawValue: 16)
    /// No space before it.
    public static let glued = Flags(rawValue: 32)
    public static let numeric = Flags(rawValue: 64)
    /// The first word of a printed line.
    public static let lineStart = Flags(rawValue: 128)
  }

  public var isWord: Bool { kind == .word }
}

/// Where a word of the running text stands: which page, which word of it.
public struct WordPlace: Hashable, Sendable {
  /// Index into the pages (not the page number).
  public var page: Int32
  public var word: Int32

  public init(page: Int, word: Int) {
    self.page = Int32(page)
    self.word = Int32(word)
  }
}
