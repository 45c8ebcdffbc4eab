import ArgumentParser
import Glibc
import JSONTree
import Outputs
import PageText
import Pipeline
import Requests
import SOC2Vocabulary

/// `soclens stream`: a worker for whatever hands out work: one request a line in, one record a line out.
struct StreamCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stream",
    abstract: "Read one JSON request a line from standard input, print one record a line.",
    discussion: """
      A request is {"path": "report.pdf"} and, as wanted, "sha256" (or "id"), "meta" (given back), "vendor", "products", \
      "tier", "required", "password" and "limits" with "pages" and "seconds". A line that is no request gives a record \
      that says so. The end of the input ends the work.
      """)

  @OptionGroup var day: ReviewDateOption

  @OptionGroup var rules: RulesOption

  @OptionGroup var policy: PolicyOption

  @OptionGroup var ocr: OCROptions

  @OptionGroup var reading: ReadingOptions

  func run() throws {
    let reviewDate = try day.day()
    let yardstick = Yardstick(
      rules: try rules.found().compiled(), policy: try policy.found(beside: rules).policy())
    let confined = try reading.reader()
    let reader = DocumentReader(confined, yardstick, ocr: ocr)
    defer { reader.warnOfMissingLayers() }
    // Where nobody reads any more, writing fails and is told, instead of ending the program in silence.
    signal(SIGPIPE, SIG_IGN)
    var lines = LineReader(STDIN_FILENO, limit: StreamRequest.byteLimit)
    while let line = try lines.next() {
      let record = answer(line, reader, reviewDate)
      guard writeAll(json(record), to: STDOUT_FILENO) else {
        printError("standard output: \(reasonOfLastError())")
        throw Exit.unwritten
      }
    }
  }

  private func answer(
    _ line: LineReader.Line, _ reader: DocumentReader, _ reviewDate: Day
  ) -> RecordLine {
    guard case .whole(let bytes) = line else {
      return RecordLine(
        id: nil, path: nil,
        record: .refusal(
          "The line has more than \(StreamRequest.byteLimit) bytes, which no request needs."))
    }
    do throws(StreamProblem) {
      return answer(try readStreamRequest(bytes), reader, reviewDate)
    } catch {
      return RecordLine(
        id: nil, path: error.path, meta: error.meta, record: .refusal(error.message))
    }
  }

  private func answer(
    _ asked: StreamRequest, _ reader: DocumentReader, _ reviewDate: Day
  ) -> RecordLine {
    let path = FilePath(asked.path)
    var request = reader.request(
      text(of: path.name), on: reviewDate, asked.context, password: asked.password)
    request.lower(pages: asked.pages, seconds: asked.seconds)
    var line = RecordLine(
      id: nil, path: asked.path, meta: asked.meta, limits: request.namedLimits, record: .refusal("")
    )
    let file: SubmittedFile
    switch reader.copy(path) {
    case .failure(let problem): file = reader.unread(problem, request)
    case .success(let document):
      line.id = document.identity.sha256
      if let wanted = asked.sha256, wanted != document.identity.sha256 {
        line.record = .refusal(
          "The file at this path is not the one whose digest the request names.")
        return line
      }
      file = reader.read(document, request)
    }
    var files = [file]
    line.record = RecordLine.record(of: reader.packet(&files, on: reviewDate, asked.context))
    return line
  }
}

extension ReviewRequest {
  /// A caller may ask for less than the command allows, never for more.
  fileprivate mutating func lower(pages: Int?, seconds: Int?) {
    if let pages { limits.pages = min(pages, limits.pages) }
    namedLimits?.pages = limits.pages
    if let seconds, let most = namedLimits?.seconds { namedLimits?.seconds = min(seconds, most) }
  }
}

/// Lines of a descriptor, one after the other, none longer than a limit.
struct LineReader {
  enum Line {
    case whole([UInt8])
    /// It was longer than the limit and is left out.
    case tooLong
  }

  private let descriptor: Int32
  private let limit: Int
  private var buffer: [UInt8] = []
  /// Bytes of the buffer before this one were given already.
  private var at = 0
  private var isEnded = false

  init(_ descriptor: Int32, limit: Int) {
    self.descriptor = descriptor
    self.limit = limit
  }

  /// The next line without its line feed; nil at the end. A last line needs no line feed.
  ///
  /// - Throws: the exit code, after saying why there is no more to read.
  mutating func next() throws -> Line? {
    var isTooLong = false
    var searched = at
    while true {
      if let feed = buffer[searched...].firstIndex(of: 0x0A) {
        defer { at = feed + 1 }
        return isTooLong || feed - at > limit ? .tooLong : .whole(Array(buffer[at..<feed]))
      }
      if buffer.count - at > limit { isTooLong = true }
      buffer.removeFirst(isTooLong ? buffer.count : at)
      at = 0
      searched = buffer.count
      if isEnded {
        defer { buffer = [] }
        return isTooLong ? .tooLong : buffer.isEmpty ? nil : .whole(buffer)
      }
      try fill()
    }
  }

  private mutating func fill() throws {
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    var count = -1
    repeat {
      count = read(descriptor, &piece, piece.count)
    } while count < 0 && errno == EINTR
    guard count >= 0 else {
      printError("standard input: \(reasonOfLastError())")
      throw Exit.unreviewed
    }
    if count == 0 { isEnded = true } else { buffer += piece[..<count] }
  }
}
