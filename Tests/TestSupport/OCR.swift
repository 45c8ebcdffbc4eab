import PDFText
public import PageOCR
public import PageText

/// OCR as Debian installs it, for tests that read pictures.
public enum OCR {
  /// Nil where the packages are missing.
  public static let recogniser: PageRecogniser? = {
    let data = try? bytes(of: "/usr/share/tesseract-ocr/5/tessdata/eng.traineddata")
    return data.flatMap { PageRecogniser(data: $0) }
  }()

  /// For the condition of a test that needs it.
  public static var isInstalled: Bool { recogniser != nil }
  public static let reason = "needs the packages libtesseract5 and tesseract-ocr-eng"

  /// Reads pages of a PDF as they look.
  public static func read(_ file: [UInt8], _ pages: [Int]) -> [RecognisedPage]? {
    guard let recogniser, let renderer = try? PDFRenderer(file, password: nil) else { return nil }
    return pages.compactMap { page in
      (try? renderer.render(page: page, dpi: 300, channels: .grey)).flatMap {
        recogniser.read($0, page: page, dpi: 300)
      }
    }
  }
}
