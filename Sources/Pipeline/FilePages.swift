import PDFText
public import PageText
public import SOC2Vocabulary
import WordText

/// Why a file gives no pages: which status its record has, and what its owner can do, in words.
public struct ReadingError: Error, Sendable, Hashable, CustomStringConvertible {
  public var status: DocumentStatus
  /// Full sentences, without any text of the file.
  public var reason: String
  /// Pages that the file says it has; 0 where it was not opened.
  public var pages = 0

  public var description: String { reason }
}

/// Reads a PDF or a Word document held in memory; which of them it is, its first bytes say.
///
/// - Parameter password: opens PDFs only.
/// - Throws: why there are no pages; a page that cannot be read is no error but has its `state`.
public func readPages(
  ofFile bytes: [UInt8], password: String?, within limits: ReadingLimits = .standard
) throws(ReadingError) -> DocumentReading {
  if isCompoundFile(bytes) { throw told(problem(ofCompoundFile: bytes), limits) }
  // Before PDFs are thought of: an archive may hold one as it is, and that is not the file.
  if isZip(bytes) {
    do throws(WordTextError) { return try readWordPages(of: bytes, within: limits) } catch {
      throw told(error, limits)
    }
  }
  do throws(PDFTextError) {
    return try PDFText.readPages(of: bytes, password: password, within: limits)
  } catch {
    throw told(error, bytes, limits)
  }
}

private func told(_ error: PDFTextError, _ bytes: [UInt8], _ limits: ReadingLimits) -> ReadingError
{
  switch error {
  case .notPDF:
    ReadingError(
      status: .notPDF,
      reason: bytes.isEmpty
        ? "The file is empty. Ask for it again."
        : bytes.starts(with: Array("{\\rtf".utf8))
          ? "The file is not a PDF but Rich Text. Ask for the document as PDF or DOCX."
          : "The file is not a PDF or Word document. Ask for the report as a PDF.")
  case .damaged:
    ReadingError(
      status: .damaged, reason: "The PDF is damaged and cannot be opened. Ask for the file again.")
  case .encrypted(let given):
    ReadingError(
      status: .encrypted,
      reason: given
        ? "The password does not open the PDF. Check it, or ask for a copy without one."
        : "The PDF needs a password. Give it with --password-file, or ask for a copy without one.")
  case .zeroPages:
    ReadingError(status: .zeroPages, reason: "The PDF has no pages. Ask for the file again.")
  case .tooManyPages(let count):
    ReadingError(
      status: .tooManyPages,
      reason: "The PDF has \(count) pages, more than the limit of \(limits.pages). Split it.",
      pages: count)
  case .tooLarge:
    ReadingError(
      status: .tooLarge,
      reason: "The file is larger than the limit of \(limits.bytes / 1_000_000) MB.")
  }
}

private func told(_ error: WordTextError, _ limits: ReadingLimits) -> ReadingError {
  switch error {
  case .other(let file): ReadingError(status: .notPDF, reason: words(for: file))
  case .damaged:
    ReadingError(
      status: .damaged,
      reason: "The Word document is damaged and cannot be opened. Ask for the file again.")
  case .encrypted:
    ReadingError(
      status: .encrypted,
      reason:
        "The Office document is locked with a password, which opens only PDFs here. Ask for a copy without one, as PDF or DOCX."
    )
  case .tooLarge:
    ReadingError(
      status: .tooLarge,
      reason:
        "The file unpacks to more than a document holds: more than \(limits.unpackedBytes >> 20) MiB, \(limits.parts) parts or what its size allows. Ask for the document as a PDF."
    )
  case .tooManyPages:
    ReadingError(
      status: .tooManyPages,
      reason: "The Word document has more pages than the limit of \(limits.pages). Split it.")
  }
}

private func words(for file: WordTextError.OtherFile) -> String {
  switch file {
  case .workbook:
    "The file is not a PDF but a workbook (XLSX). Ask for the document as PDF or DOCX."
  case .presentation:
    "The file is not a PDF but a presentation (PPTX). Ask for the document as PDF or DOCX."
  case .openDocument:
    "The file is not a PDF but an OpenDocument file (such as ODT). Save it as PDF or DOCX."
  case .oldWord:
    "The file is not a PDF but an old Word document (DOC). Save it as PDF or DOCX, or ask for that."
  case .oldOffice:
    "The file is not a PDF but an old Office file or a mail. Save the document as PDF or DOCX, or ask for that."
  case .archive(let documents) where documents > 0:
    "The file is not a PDF but a ZIP archive with \(documents) PDF or DOCX in it. Unpack it and review those."
  case .archive:
    "The file is not a PDF but a ZIP archive without a PDF or DOCX in it. Ask for the report as a PDF."
  }
}
