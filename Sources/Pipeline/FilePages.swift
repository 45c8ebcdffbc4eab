public import PDFText
public import PageText
public import WordText

/// Why a file gives no pages, by the form that it has.
public enum FileProblem: Error, Sendable, Hashable {
  case pdf(PDFTextError)
  case word(WordTextError)
  /// Often sent for a Word document.
  case richText
}

/// Reads a PDF or a Word document held in memory; which of them it is, its first bytes say.
///
/// - Parameter password: opens PDFs only.
/// - Throws: why there are no pages; a page that cannot be read is no error but has its `state`.
public func readPages(
  ofFile bytes: [UInt8], password: String?, within limits: ReadingLimits = .standard
) throws(FileProblem) -> DocumentReading {
  if isCompoundFile(bytes) { throw .word(problem(ofCompoundFile: bytes)) }
  // Before PDFs are thought of: an archive may hold one as it is, and that is not the file.
  if isZip(bytes) {
    do throws(WordTextError) { return try readWordPages(of: bytes, within: limits) } catch {
      throw .word(error)
    }
  }
  do throws(PDFTextError) {
    return try PDFText.readPages(of: bytes, password: password, within: limits)
  } catch {
    throw error == .notPDF && bytes.starts(with: Array("{\\rtf".utf8)) ? .richText : .pdf(error)
  }
}
