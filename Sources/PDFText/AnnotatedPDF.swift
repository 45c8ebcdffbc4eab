import CPoppler
public import PageText

/// Why there is no marked copy of a PDF.
public enum AnnotationError: Error, Sendable, Hashable {
  /// The file cannot be opened.
  case unreadable(PDFTextError)
  /// The protection of the file does not allow notes.
  case forbidden
  /// The file's table of objects is damaged, so nothing can be added behind it.
  case damaged
  /// A mark names a page that is not there.
  case missingPage
  case failed
}

/// A copy of a PDF with marks. They are added behind the file's own bytes, which stay as they are: the
/// pages look the same below the marks, an encrypted file stays encrypted with the same password, and a
/// signature still holds for what it signed, but readers will say that the file was added to since.
/// The same bytes and marks give the same copy at any time.
///
/// - Parameter password: the user password as UTF-8, when the file needs one.
public func annotatedPDF(
  _ bytes: [UInt8], password: String?, marks: [PageMark]
) throws(AnnotationError) -> [UInt8] {
  let result = bytes.withUnsafeBufferPointer { buffer in
    annotated(buffer, password, marks)
  }
  return try result.get()
}

private func annotated(
  _ buffer: UnsafeBufferPointer<UInt8>, _ password: String?, _ marks: [PageMark]
) -> Result<[UInt8], AnnotationError> {
  var state: Int32 = 0
  guard let document = sl_open(buffer.baseAddress, buffer.count, password, &state) else {
    let isLocked = state == Int32(SL_ENCRYPTED)
    return .failure(
      .unreadable(isLocked ? .encrypted(passwordGiven: password != nil) : .damaged))
  }
  defer { sl_close(document) }
  let pageCount = sl_page_count(document)
  var arena = MarkArena()
  defer { arena.free() }
  let raw = marks.map { arena.mark($0) }
  var length = 0
  let copy = sl_annotate(
    document, buffer.baseAddress, buffer.count, raw, raw.count, &length, &state)
  guard let copy else {
    return switch Int(state) {
    case SL_MARK_FORBIDDEN: .failure(.forbidden)
    case SL_MARK_REBUILT: .failure(.damaged)
    case SL_MARK_NO_PAGE: .failure(.missingPage)
    default: .failure(.failed)
    }
  }
  defer { sl_free_bytes(copy) }
  // A copy that does not open again is no copy.
  guard let again = sl_open(copy, length, password, &state) else { return .failure(.failed) }
  defer { sl_close(again) }
  guard sl_page_count(again) == pageCount else { return .failure(.failed) }
  return .success(Array(UnsafeBufferPointer(start: copy, count: length)))
}

/// Memory for marks as the library takes them.
private struct MarkArena {
  private var texts: [UnsafeMutablePointer<CChar>] = []
  private var boxes: [UnsafeMutablePointer<SLBox>] = []

  mutating func mark(_ mark: PageMark) -> SLMark {
    let characters = Array(mark.text.utf8CString)
    let text = UnsafeMutablePointer<CChar>.allocate(capacity: characters.count)
    text.initialize(from: characters, count: characters.count)
    texts.append(text)
    var raw = SLMark()
    raw.page = Int32(clamping: mark.page)
    raw.colour = mark.colour
    raw.contents = UnsafePointer(text)
    switch mark.shape {
    case .note(let x, let y):
      (raw.noteX, raw.noteY) = (x, y)
    case .highlight(let areas):
      let copies = UnsafeMutablePointer<SLBox>.allocate(capacity: max(1, areas.count))
      copies.initialize(
        from: areas.map { SLBox(x0: $0.x0, y0: $0.y0, x1: $0.x1, y1: $0.y1) },
        count: areas.count)
      boxes.append(copies)
      raw.boxes = UnsafePointer(copies)
      raw.boxCount = areas.count
    }
    return raw
  }

  func free() {
    for text in texts { text.deallocate() }
    for box in boxes { box.deallocate() }
  }
}
