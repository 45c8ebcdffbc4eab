import Glibc

/// Tells on standard error how far a batch is: one line that changes on a terminal, else a line now and
/// then, so that a log shows that it is alive.
struct BatchProgressLine {
  private let total: Int
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private let began = BatchProgressLine.now
  private var told: Int

  /// Seconds between two lines of a log.
  private static let heartbeat = 30

  /// Seconds of a clock that nobody sets.
  private static var now: Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec
  }

  init(total: Int) {
    self.total = total
    told = began
  }

  mutating func tell(_ progress: BatchProgress) {
    let now = Self.now
    guard isTerminal || now - told >= Self.heartbeat else { return }
    told = now
    let words = words(progress, seconds: now - began)
    _ = writeAll(
      Array((isTerminal ? "\r\u{1B}[K\(words)" : "\(words)\n").utf8), to: STDERR_FILENO)
  }

  /// Clears the line, so that messages begin at the margin.
  func clear() {
    if isTerminal { _ = writeAll(Array("\r\u{1B}[K".utf8), to: STDERR_FILENO) }
  }

  /// `120 of 400 vendors, 310 documents, 62 a minute, 3 failures, about 12 minutes left`.
  private func words(_ progress: BatchProgress, seconds: Int) -> String {
    var words =
      "\(progress.vendors) of \(total) vendors, \(progress.documents) documents"
    if seconds > 0 { words += ", \(progress.documents * 60 / seconds) a minute" }
    words += ", \(progress.failures) \(progress.failures == 1 ? "failure" : "failures")"
    if progress.vendors > 0, seconds > 0 {
      let left = seconds * (total - progress.vendors) / progress.vendors
      words += left < 120 ? ", about \(left) s left" : ", about \(left / 60) minutes left"
    }
    return words
  }
}
