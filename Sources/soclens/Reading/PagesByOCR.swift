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

  func request(_ reader: ConfinedReader) -> PagesByOCR {
    PagesByOCR(reader: reader, mode: mode, pageLimit: pageLimit)
  }
}

/// Has pages read by OCR: each in a confined process of its own, as many side by side as there are processors,
/// whatever number of documents is read at a time.
struct PagesByOCR: Sendable {
  let reader: ConfinedReader
  let mode: OCRMode
  let pageLimit: Int

  /// What is asked for any document, without what does it.
  var terms: OCRRequest { OCRRequest(mode: mode, pageLimit: pageLimit) { _ in nil } }

  /// What is asked for one document.
  func on(_ document: DocumentFile, password: String? = nil) -> OCRRequest {
    // A Word document cannot be drawn.
    guard mode != .off, document.isPDF else { return .off }
    var reader = reader
    reader.password = password ?? reader.password
    return OCRRequest(mode: mode, pageLimit: pageLimit) { [reader] pages in
      read(pages, of: document, by: reader)
    }
  }
}

/// Nil where OCR is not installed; pages that could not be read are left out.
private func read(
  _ pages: [Int], of document: DocumentFile, by reader: ConfinedReader
) -> [RecognisedPage]? {
  let data = OCRInstallation().path
  let progress = OCRProgress(pages.count)
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

/// One line on a terminal's standard error that says how far OCR is.
private final class OCRProgress: Sendable {
  private let total: Int
  private let done = Mutex(0)
  private let isShown = isatty(STDERR_FILENO) == 1

  init(_ total: Int) {
    self.total = total
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
