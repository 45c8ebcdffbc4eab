import Glibc
import PageOCR

/// What of OCR is on this machine.
struct OCRInstallation {
  /// The file of English that the library reads.
  private static let fileName = "eng.traineddata"

  /// Where the language data are looked for.
  let path: String

  init() {
    let folder = getenv("TESSDATA_PREFIX").map { String(cString: $0) } ?? ""
    path = (folder.isEmpty ? "/usr/share/tesseract-ocr/5/tessdata" : folder) + "/" + Self.fileName
  }

  /// One line for `doctor`.
  var description: String {
    guard let library = ocrLibraryVersion else {
      return
        "OCR: not installed, pages without text are reported as unread; install tesseract-ocr-eng and libtesseract5"
    }
    guard access(path, R_OK) == 0 else {
      return
        "OCR: \(library), but there is no \(path); install tesseract-ocr-eng or set TESSDATA_PREFIX"
    }
    return "OCR: \(library), data \(path)"
  }
}
