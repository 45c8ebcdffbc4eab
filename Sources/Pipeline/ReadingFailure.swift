import PDFText
public import PageText
public import SOC2Vocabulary
import WordText

/// Why a file gave no pages.
public enum ReadingFailure: Error, Sendable, Hashable {
  /// The file is to blame, and says how.
  case file(FileProblem)
  /// Reading it ended otherwise: the status, and one sentence for the person who has the file.
  case noAnswer(DocumentStatus, String)

  /// A check of ours failed over it.
  public static let defect = ReadingFailure.noAnswer(
    .internal,
    "Soclens itself failed over this file, which is a defect of soclens. Review the file by hand, and report the defect."
  )

  /// What is wrong and what to do about it, in one or two sentences without any text of the file.
  public func reason(of file: FileIdentity, within limits: ReadingLimits) -> String {
    record(of: file, within: limits).reason
  }

  /// What the record says; the number of pages where it is known, else 0.
  func record(
    of file: FileIdentity, within limits: ReadingLimits
  ) -> (status: DocumentStatus, reason: String, pages: Int) {
    switch self {
    case .noAnswer(let status, let reason): (status, reason, 0)
    case .file(.pdf(let error)): told(error, file, limits)
    case .file(.word(let error)): told(error, limits)
    case .file(.richText):
      (.notPDF, "The file is not a PDF but Rich Text. Ask for the document as PDF or DOCX.", 0)
    }
  }
}

private func told(
  _ error: PDFTextError, _ file: FileIdentity, _ limits: ReadingLimits
) -> (DocumentStatus, String, Int) {
  switch error {
  case .notPDF:
    (
      .notPDF,
      file.bytes == 0
        ? "The file is empty. Ask for it again."
        : "The file is not a PDF or Word document. Ask for the report as a PDF.", 0
    )
  case .damaged:
    (.damaged, "The PDF is damaged and cannot be opened. Ask for the file again.", 0)
  case .encrypted(let given):
    (
      .encrypted,
      given
        ? "The password does not open the PDF. Check it, or ask for a copy without one."
        : "The PDF needs a password. Give it with --password-file, or ask for a copy without one.",
      0
    )
  case .zeroPages: (.zeroPages, "The PDF has no pages. Ask for the file again.", 0)
  case .tooManyPages(let count):
    (
      .tooManyPages,
      "The PDF has \(count) pages, more than the limit of \(limits.pages). Split it.", count
    )
  case .tooLarge:
    (.tooLarge, "The file is larger than the limit of \(limits.bytes / 1_000_000) MB.", 0)
  }
}

private func told(
  _ error: WordTextError, _ limits: ReadingLimits
) -> (DocumentStatus, String, Int) {
  switch error {
  case .other(let file): (.notPDF, words(for: file), 0)
  case .damaged:
    (
      .damaged,
      "The Word document is damaged and cannot be opened. Ask for the file again.", 0
    )
  case .encrypted:
    (
      .encrypted,
      "The Office document is locked with a password, which opens only PDFs here. Ask for a copy without one, as PDF or DOCX.",
      0
    )
  case .tooLarge:
    (
      .tooLarge,
      "The file unpacks to more than a document holds: more than \(limits.unpackedBytes >> 20) MiB, \(limits.parts) parts or what its size allows. Ask for the document as a PDF.",
      0
    )
  case .tooManyPages:
    (
      .tooManyPages,
      "The Word document has more pages than the limit of \(limits.pages). Split it.", 0
    )
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
