import ArgumentParser
import Confinement
import Glibc
import PageText
import Pipeline
import Synchronization

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

  var request: OCRRequest { OCRRequest(mode: mode, pageLimit: pageLimit) }
}

/// The reading of a document with the pages that OCR could read put in: each is read in a confined process of
/// its own, as many side by side as there are processors, whatever number of documents is read at a time.
///
/// - Parameter showsProgress: on a terminal; not where other lines tell how far the command is.
func withOCR(
  _ reading: DocumentReading, _ request: OCRRequest, of document: DocumentFile,
  by reader: ConfinedReader, showsProgress: Bool
) -> DocumentReading {
  // A Word document cannot be drawn.
  guard document.isPDF else { return reading }
  return withOCR(reading, request) { pages in
    let data = OCRInstallation().path
    let progress = OCRProgress(pages.count, isShown: showsProgress)
    defer { progress.end() }
    let isMissing = Atomic(false)
    let read = sideBySide(pages) { page -> RecognisedPage? in
      guard !isMissing.load(ordering: .relaxed) else { return nil }
      defer { progress.step() }
      switch reader.recognise(page, of: document.bytes, data: data) {
      case .page(let page): return page
      case .notInstalled:
        isMissing.store(true, ordering: .relaxed)
        return nil
      }
    }
    return isMissing.load(ordering: .relaxed) ? nil : read.compactMap(\.self)
  }
}

/// One line on a terminal's standard error that says how far OCR is.
private final class OCRProgress: Sendable {
  private let total: Int
  private let done = Mutex(0)
  private let isShown: Bool

  init(_ total: Int, isShown: Bool) {
    self.total = total
    self.isShown = isShown && isatty(STDERR_FILENO) == 1
    show(0)
  }

  func step() {
    done.withLock { done in
      done += 1
      show(done)
    }
  }

  private func show(_ done: Int) {
    if isShown { write("\rreading by OCR: \(done) of \(total) pages") }
  }

  /// Takes the line away.
  func end() {
    if isShown { write("\r\u{1B}[K") }
  }

  private func write(_ text: String) { _ = writeAll(Array(text.utf8), to: STDERR_FILENO) }
}
