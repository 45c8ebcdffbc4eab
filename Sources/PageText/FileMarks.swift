/// What a file could do besides being read. Nothing of it is ever run, opened or fetched.
public enum ActiveContent: String, Sendable, CaseIterable {
  case script, launch, attachment, submission, media
}

/// A digital signature by the bytes it covers. Whose it is, nobody has checked: that needs lists of
/// trusted certificates, which belong to a machine and not to a document.
public struct PDFSignature: Sendable, Hashable {
  /// Covered are `firstLength` bytes from the file's start and `secondLength` bytes from `second`.
  public struct Ranges: Sendable, Hashable {
    public var first: Int
    public var firstLength: Int
    public var second: Int
    public var secondLength: Int

    public init(_ a: Int64, _ b: Int64, _ c: Int64, _ d: Int64) {
      first = Int(a)
      firstLength = Int(b)
      second = Int(c)
      secondLength = Int(d)
    }

    /// Where the covered bytes end; nil where the numbers make no sense in a file of this length.
    public func end(in length: Int) -> Int? {
      guard first == 0, firstLength > 0, second > firstLength, second <= length, secondLength > 0,
        secondLength <= length - second
      else { return nil }
      return second + secondLength
    }
  }

  /// The signature's form, such as `adbe.pkcs7.detached`; empty where the file does not say.
  public var subFilter: String
  /// Nil where the file gives them in no usual form.
  public var ranges: Ranges?

  public init(subFilter: String, ranges: Ranges?) {
    self.subFilter = subFilter
    self.ranges = ranges
  }
}

/// What was appended to a file, by what it did to the words of the pages.
public struct LaterChange: Sendable, Hashable {
  /// Whether the file had been signed before; else it had only been saved.
  public var isAfterSigning: Bool
  /// Pages by number whose words are others than before; nil where the earlier file cannot be read by
  /// itself, so that nobody can say.
  public var pages: [Int]?

  public init(isAfterSigning: Bool, pages: [Int]?) {
    self.isAfterSigning = isAfterSigning
    self.pages = pages
  }
}

/// What a file says by its form, besides its pages. Hints only, but for a broken signature.
public struct FileMarks: Sendable, Hashable {
  public var active: [ActiveContent]
  public var signatures: [PDFSignature]
  /// Nil where nothing was appended, or where the file was rebuilt and nobody can say.
  public var laterChange: LaterChange?

  public init(
    active: [ActiveContent] = [], signatures: [PDFSignature] = [], laterChange: LaterChange? = nil
  ) {
    self.active = active
    self.signatures = signatures
    self.laterChange = laterChange
  }
}
