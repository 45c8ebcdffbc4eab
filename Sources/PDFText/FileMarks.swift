import CPoppler
import PageText

/// What a file could do besides being read. Nothing of it is ever run, opened or fetched.
public enum ActiveContent: String, Sendable, CaseIterable {
  case script, launch, attachment, submission, media

  var mask: UInt32 {
    switch self {
    case .script: UInt32(SL_ACTION_SCRIPT)
    case .launch: UInt32(SL_ACTION_LAUNCH)
    case .attachment: UInt32(SL_ACTION_ATTACHMENT)
    case .submission: UInt32(SL_ACTION_SUBMIT)
    case .media: UInt32(SL_ACTION_MEDIA)
    }
  }
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

    init(_ a: Int64, _ b: Int64, _ c: Int64, _ d: Int64) {
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
}

/// What was appended to a file, by what it did to the words of the pages.
public struct LaterChange: Sendable, Hashable {
  /// Whether the file had been signed before; else it had only been saved.
  public var isAfterSigning: Bool
  /// Pages by number whose words are others than before; nil where the earlier file cannot be read by
  /// itself, so that nobody can say.
  public var pages: [Int]?
}

/// What a file says by its form, besides its pages. Hints only, but for a broken signature.
public struct FileMarks: Sendable, Hashable {
  public var active: [ActiveContent]
  public var signatures: [PDFSignature]
  /// Nil where nothing was appended, or where the file was rebuilt and nobody can say.
  public var laterChange: LaterChange?
}

/// Which pages were changed by what was appended.
struct LaterChangeFinder {
  let buffer: UnsafeBufferPointer<UInt8>
  let isLinearized: Bool
  let updates: Int
  let signatures: [PDFSignature]

  /// Where the file ended when it was last signed, or first saved; nil where nothing came after.
  var earlierEnd: (end: Int, isAfterSigning: Bool)? {
    let signed = signatures.compactMap { $0.ranges?.end(in: buffer.count) }.max()
    if let signed {
      // Line ends behind the last mark are nobody's change.
      let rest = buffer[signed...].drop { $0 == 0x0A || $0 == 0x0D || $0 == 0x20 || $0 == 0 }
      return rest.isEmpty ? nil : (signed, true)
    }
    guard updates > 0, signatures.isEmpty, let end = endOfFirstSaving else { return nil }
    return (end, false)
  }

  /// Behind the first `%%EOF`; a linearized file has two at birth.
  private var endOfFirstSaving: Int? {
    let mark = Array("%%EOF".utf8)
    var left = isLinearized ? 2 : 1
    var i = 0
    while let next = nextIndex(of: mark[0], in: buffer, from: i), next + mark.count <= buffer.count
    {
      if mark.indices.allSatisfy({ buffer[next + $0] == mark[$0] }) {
        left -= 1
        if left == 0 { return next + mark.count }
      }
      i = next + 1
    }
    return nil
  }

  /// Pages whose words differ. Words that are the same on every page are a stamp: portals append the
  /// name of the one who downloads, and that changes nothing of what the report says.
  static func changedPages(from earlier: [Page], to later: [Page]) -> [Int] {
    var added: [Int: [String]] = [:]
    var changed: Set<Int> = []
    for (index, page) in later.enumerated() {
      guard index < earlier.count else {
        changed.insert(page.number)
        continue
      }
      var counts: [String: Int] = [:]
      for word in page.words { counts[page.text(of: word), default: 0] += 1 }
      let old = earlier[index]
      for word in old.words { counts[old.text(of: word), default: 0] -= 1 }
      if counts.values.contains(where: { $0 < 0 }) || old.blots != page.blots {
        changed.insert(page.number)
      }
      let new = counts.filter { $0.value > 0 }
      if !new.isEmpty { added[page.number] = new.keys.sorted() }
    }
    for page in earlier.dropFirst(later.count) { changed.insert(page.number) }
    let isStamp = added.count == later.count && later.count > 1 && Set(added.values).count == 1
    if !isStamp { changed.formUnion(added.keys) }
    return changed.sorted()
  }
}
