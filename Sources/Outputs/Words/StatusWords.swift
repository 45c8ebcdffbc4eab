import SOC2Vocabulary

extension DocumentStatus {
  var title: String {
    switch self {
    case .ok: "Read"
    case .partial: "Read in part"
    case .noText: "No text"
    case .encrypted: "Encrypted"
    case .damaged: "Damaged"
    case .notPDF: "Not a PDF or DOCX"
    case .zeroPages: "No pages"
    case .tooLarge: "Too large"
    case .tooManyPages: "Too many pages"
    case .timeout: "Out of time"
    case .memory: "Out of memory"
    case .crash: "Reader crashed"
    case .outputLimit: "Result too large"
    case .internal: "Internal error"
    }
  }

  /// What the person who has the file can do about it; nil when there is nothing to do.
  var nextStep: String? {
    switch self {
    case .ok, .partial: nil
    case .noText:
      "Ask the vendor for the PDF as it was issued, with text that can be selected; or run OCR "
        + "over this file and review the result."
    case .encrypted:
      "Open the file with its password and save it without one, or ask the vendor for a copy that "
        + "is not encrypted."
    case .damaged:
      "Download or request the file again; this copy is broken or incomplete."
    case .notPDF:
      "Check that this is the right file, and ask the vendor for the report as PDF; letters may be DOCX."
    case .zeroPages:
      "Ask the vendor for the file again; this one has no pages."
    case .tooLarge, .tooManyPages, .outputLimit:
      "Check that this is the right file. If it is, review its parts one by one."
    case .timeout, .memory:
      "Try again with higher limits, or ask the vendor for the PDF as it was issued."
    case .crash, .internal:
      "Review this file by hand, and report the fault to the makers of soclens."
    }
  }
}
