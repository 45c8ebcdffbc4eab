import CPoppler
public import PageText

/// Why a file gives no pages.
public enum PDFTextError: Error, Sendable, Hashable {
  /// Cannot be opened and has no `%PDF-` in its first 1,024 bytes.
  case notPDF
  case damaged
  /// A user password is needed, or the one given is wrong.
  case encrypted(passwordGiven: Bool)
  case zeroPages
  case tooManyPages(Int)
  case tooLarge(Int)
}

/// The name and version of the library that reads the PDF, for `doctor`.
public var pdfLibraryVersion: String { "poppler " + String(cString: sl_poppler_version()) }

/// Loads what the library needs from disk before its first document: names of characters, and where its
/// character maps are. A process that gives up opening files calls this before.
public func preparePDFLibrary() { sl_prepare() }

/// Reads all pages of a PDF held in memory.
///
/// - Parameter password: the user password as UTF-8, when the file needs one. Files encrypted with an
///   empty user password open without.
/// - Throws: why there are no pages; a page that cannot be read is no error but has its `state`.
public func readPages(
  of bytes: [UInt8], password: String?, within limits: ReadingLimits = .standard
) throws(PDFTextError) -> DocumentReading {
  guard bytes.count <= limits.bytes else { throw .tooLarge(bytes.count) }
  let result = bytes.withUnsafeBufferPointer { buffer in
    readPages(in: buffer, password: password, limits)
  }
  // The library also finds PDFs behind much else; only what it cannot open is judged by its first bytes.
  if case .failure(.damaged) = result, !hasPDFHeader(bytes) { throw .notPDF }
  return try result.get()
}

/// The header may be preceded by up to 1,024 bytes of something else (PDF 1.7, appendix H).
private func hasPDFHeader(_ bytes: [UInt8]) -> Bool {
  let mark = Array("%PDF-".utf8)
  let head = bytes.prefix(1024 + mark.count)
  guard head.count >= mark.count else { return false }
  return (0...(head.count - mark.count)).contains { head[$0..<$0 + mark.count].elementsEqual(mark) }
}

private func readPages(
  in buffer: UnsafeBufferPointer<UInt8>, password: String?, _ limits: ReadingLimits
) -> Result<DocumentReading, PDFTextError> {
  var state: Int32 = 0
  let handle = sl_open(buffer.baseAddress, buffer.count, password, &state)
  guard let handle else {
    return .failure(
      state == SL_ENCRYPTED.asInt32 ? .encrypted(passwordGiven: password != nil) : .damaged)
  }
  var file = PDFHandle(handle)
  let count = file.pageCount
  guard count > 0 else { return .failure(.zeroPages) }
  guard count <= limits.pages else { return .failure(.tooManyPages(count)) }
  var pages: [Page] = []
  pages.reserveCapacity(count)
  var diagnostics: [Diagnostic] = []
  var builder = PageBuilder()
  for number in 1...count {
    let errors = file.errorCount
    var page = file.page(number, glyphLimit: limits.glyphsPerPage, builder: &builder)
    if file.errorCount > errors, page.state == .text || page.state == .empty {
      // Nothing is left of what it said, so nobody may take it for a blank page.
      if page.state == .empty { page.state = .missing }
      diagnostics.append(
        Diagnostic(
          code: "pageDamaged",
          message: "page \(number) is damaged; parts of its text may be missing", page: number))
    } else if let trouble = page.trouble {
      diagnostics.append(trouble)
    }
    pages.append(page)
  }
  if file.wasRebuilt {
    diagnostics.append(
      Diagnostic(
        code: "fileRebuilt",
        message:
          "the file's table of objects was damaged and had to be rebuilt; parts may be missing"
      ))
  }
  if file.ranOutOfMemory {
    diagnostics.append(
      Diagnostic(code: "outOfMemory", message: "the PDF library ran out of memory on parts of it"))
  }
  let metadata = file.metadata(
    updates: incrementalUpdates(in: buffer, linearized: file.isLinearized))
  let signatures = file.signatures
  let earlier = LaterChangeFinder(
    buffer: buffer, isLinearized: file.isLinearized, updates: metadata.incrementalUpdates,
    signatures: signatures
  ).earlierEnd
  var change: LaterChange?
  if let earlier, !file.wasRebuilt {
    let before = earlierPages(
      of: UnsafeBufferPointer(rebasing: buffer[..<earlier.end]), password: password, limits)
    change = LaterChange(
      isAfterSigning: earlier.isAfterSigning,
      pages: before.map { LaterChangeFinder.changedPages(from: $0, to: pages) })
  }
  return .success(
    DocumentReading(
      pages: pages, metadata: metadata,
      marks: FileMarks(
        active: file.activeContent, signatures: signatures, laterChange: change),
      incomplete: incompleteness(of: file), diagnostics: diagnostics))
}

private func incompleteness(of file: borrowing PDFHandle) -> String? {
  if file.wasRebuilt {
    return
      "The file was damaged and had to be repaired to be read; parts may be missing. Ask for it again."
  }
  return file.ranOutOfMemory ? "The PDF library ran out of memory on parts of the file." : nil
}

/// The pages of a file as it was before something was appended; nil where it cannot be read by itself.
private func earlierPages(
  of buffer: UnsafeBufferPointer<UInt8>, password: String?, _ limits: ReadingLimits
) -> [Page]? {
  var state: Int32 = 0
  guard let handle = sl_open(buffer.baseAddress, buffer.count, password, &state) else { return nil }
  var file = PDFHandle(handle)
  let count = file.pageCount
  guard !file.wasRebuilt, count > 0, count <= limits.pages else { return nil }
  var builder = PageBuilder()
  var pages: [Page] = []
  for number in 1...count {
    pages.append(file.page(number, glyphLimit: limits.glyphsPerPage, builder: &builder))
  }
  return pages
}

extension Page {
  /// What a reader of the review must know about a page that could not be read as text.
  fileprivate var trouble: Diagnostic? {
    switch state {
    case .text, .empty: nil
    case .picture:
      Diagnostic(
        code: "pageIsPicture",
        message: words.isEmpty
          ? "page \(number) is a picture without text; it was not read"
          : "page \(number) is a picture with few words on it; only the words were read",
        page: number)
    case .garbled:
      Diagnostic(
        code: "pageIsGarbled",
        message:
          "page \(number) has text whose fonts do not say which letters it is; it was not read",
        page: number)
    case .missing:
      Diagnostic(
        code: "pageUnreadable", message: "page \(number) could not be loaded", page: number)
    case .tooMuch:
      Diagnostic(
        code: "pageTooMuch", message: "page \(number) holds more than the limit and was not read",
        page: number)
    }
  }
}

/// A saved file ends in one `startxref`; each later change appends another (a linearized file has two at birth).
private func incrementalUpdates(in buffer: UnsafeBufferPointer<UInt8>, linearized: Bool) -> Int {
  let mark = Array("startxref".utf8)
  var found = 0
  // The marks stand on a line of their own, so only line starts need a look: found from behind a `s`.
  var i = 0
  let last = buffer.count - mark.count
  while i <= last {
    guard let next = nextIndex(of: mark[0], in: buffer, from: i), next <= last else { break }
    if buffer[next + 1] == mark[1], (2..<mark.count).allSatisfy({ buffer[next + $0] == mark[$0] }) {
      found += 1
      i = next + mark.count
    } else {
      i = next + 1
    }
  }
  return max(0, found - (linearized ? 2 : 1))
}

extension UInt32 {
  fileprivate var asInt32: Int32 { Int32(truncatingIfNeeded: self) }
}
extension Int {
  fileprivate var asInt32: Int32 { Int32(truncatingIfNeeded: self) }
}
