import ArgumentParser
import Confinement
import Glibc
import PDFText
import PageOCR
import PageText
import Pipeline

/// What of OCR is on this machine.
struct OCRInstallation {
  /// The file of English that the library reads.
  private static let fileName = "eng.traineddata"

  let library = ocrLibraryVersion
  /// Where the language data are looked for.
  let path: String

  init() {
    let folder = getenv("TESSDATA_PREFIX").map { String(cString: $0) } ?? ""
    path = (folder.isEmpty ? "/usr/share/tesseract-ocr/5/tessdata" : folder) + "/" + Self.fileName
  }

  /// Nil where library or data are missing.
  func recogniser() -> PageRecogniser? {
    guard library != nil, let data = try? readFile(path, limit: 100_000_000) else { return nil }
    return PageRecogniser(data: data)
  }

  /// One line for `doctor`.
  var description: String {
    guard let library else {
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

/// The options of every command that reads reports.
struct OCROptions: ParsableArguments {
  @Option(
    name: .customLong("ocr"),
    help: "Read pages by OCR: auto (those without usable text), off, or only (all of them).",
    transform: { word in
      guard let mode = OCRMode(rawValue: word) else {
        throw ValidationError("--ocr is auto, off or only.")
      }
      return mode
    })
  var mode: OCRMode = .auto

  @Option(name: .customLong("ocr-pages"), help: "How many pages of a file OCR reads at most.")
  var pageLimit: Int = 300

  func validate() throws {
    if pageLimit < 1 { throw ValidationError("--ocr-pages is a number of pages, 1 or more.") }
  }

  /// What asks for OCR. Pages are given up when none was done in the reader's time.
  ///
  /// Pages are drawn by this process: where confinement is required there is no OCR, which a message says.
  func request(_ reader: ConfinedReader) -> OCRRequest {
    guard reader.mayDraw else {
      if mode != .off {
        printError(
          "OCR is not confined, and confinement is required: pages without text stay unread")
      }
      return .off
    }
    let seconds = reader.limits.seconds
    // The library is loaded when a page needs it.
    return OCRRequest(mode: mode, pageLimit: pageLimit) { file, password, pages in
      guard let recogniser = OCRInstallation().recogniser() else { return nil }
      let pulse = Pulse()
      return guarded(seconds: seconds, pulse) {
        read(pages, of: file, password, pulse, by: recogniser)
      } ?? []
    }
  }
}

/// Draws pages and reads them, as many side by side as there are processors.
private func read(
  _ pages: [Int], of file: [UInt8], _ password: String?, _ pulse: Pulse,
  by recogniser: PageRecogniser
) -> [RecognisedPage] {
  guard let renderer = try? PDFRenderer(file, password: password) else { return [] }
  let progress = Progress(pages.count)
  defer { progress.end() }
  progress.show(0)
  let done = Pulse()
  let processors = sysconf(Int32(_SC_NPROCESSORS_ONLN))
  return recognisedPages(
    pages, by: recogniser, threads: min(processors, pages.count), draw: { draw($0, renderer) },
    finished: {
      done.beat()
      pulse.beat()
      progress.show(done.count)
    })
}

/// A page in grey: at 300 dots an inch, which letters of 8 points need; larger pages with fewer.
private func draw(_ page: Int, _ renderer: PDFRenderer) -> (picture: Bitmap, dpi: Double)? {
  for dpi in [300.0, 200, 120] {
    do throws(RenderError) {
      return (try renderer.render(page: page, dpi: dpi, channels: .grey), dpi)
    } catch {
      guard error == .tooManyPixels else { return nil }
    }
  }
  return nil
}

/// One line on a terminal's standard error that says how far OCR is.
private struct Progress: Sendable {
  private let total: Int
  private let isShown = isatty(STDERR_FILENO) == 1

  init(_ total: Int) { self.total = total }

  func show(_ done: Int) {
    if isShown { write("\rreading by OCR: \(done) of \(total) pages") }
  }

  /// Takes the line away.
  func end() {
    if isShown { write("\r\u{1B}[K") }
  }

  private func write(_ text: String) { _ = writeAll(Array(text.utf8), to: STDERR_FILENO) }
}
