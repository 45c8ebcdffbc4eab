public import PDFText
public import SOC2Vocabulary

/// Why a file gave no pages.
public enum ReadingFailure: Error, Sendable, Hashable {
  /// The file is to blame, and says how.
  case file(PDFTextError)
  /// Reading it ended otherwise: the status, and one sentence for the person who has the file.
  case noAnswer(DocumentStatus, String)

  /// What is wrong and what to do about it, in one or two sentences.
  public func reason(of file: FileIdentity, within limits: ReadingLimits) -> String {
    record(of: file, within: limits).reason
  }

  /// What the record says; the number of pages where it is known.
  func record(
    of file: FileIdentity, within limits: ReadingLimits
  ) -> (status: DocumentStatus, reason: String, pages: Int) {
    switch self {
    case .noAnswer(let status, let reason): (status, reason, 0)
    case .file(.notPDF):
      (
        .notPDF,
        file.bytes == 0
          ? "The file is empty. Ask for it again."
          : "The file is not a PDF. Ask for the report as a PDF.", 0
      )
    case .file(.damaged):
      (.damaged, "The PDF is damaged and cannot be opened. Ask for the file again.", 0)
    case .file(.encrypted(let given)):
      (
        .encrypted,
        given
          ? "The password does not open the PDF. Check it, or ask for a copy without one."
          : "The PDF needs a password. Give it with --password-file, or ask for a copy without one.",
        0
      )
    case .file(.zeroPages): (.zeroPages, "The PDF has no pages. Ask for the file again.", 0)
    case .file(.tooManyPages(let count)):
      (
        .tooManyPages,
        "The PDF has \(count) pages, more than the limit of \(limits.pages). Split it.", count
      )
    case .file(.tooLarge):
      (.tooLarge, "The file is larger than the limit of \(limits.bytes / 1_000_000) MB.", 0)
    }
  }
}
