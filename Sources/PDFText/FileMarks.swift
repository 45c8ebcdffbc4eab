import CPoppler
import PageText

extension ActiveContent {
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
