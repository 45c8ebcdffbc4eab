import Confinement
import Glibc
import PDFText
import PageText
import PageWire
import Pipeline
import SOC2Vocabulary

/// Has documents opened in confined processes, one for each, and makes one outcome of whatever happens there.
struct ConfinedReader: Sendable {
  var limits = ChildLimits()
  var reading = ReadingLimits.standard
  var password: String?
  /// Without these nothing is opened.
  var required: Layers = []
  /// For tests of what happens then, and where it happens.
  var fault: ReaderRequest.Fault?
  var faultPlace = FaultPlace.reading

  // MARK: - Reading

  /// What came of one document.
  struct Outcome {
    var pages: Result<DocumentReading, ReadingFailure>
    /// The layers that stood; nil when the process said nothing of them.
    var layers: Layers?
  }

  func read(_ document: MemoryFile) -> Outcome {
    let task = ReaderRequest.Task.readPages
    switch run(task, on: document) {
    case .failure(let failure): return Outcome(pages: .failure(failure), layers: nil)
    case .success((let answer, let messages)):
      let layers = Layers(rawValue: answer.layers)
      guard let pages = answer.reading else {
        return Outcome(pages: .failure(unanswered(task, layers)), layers: layers)
      }
      return Outcome(
        pages: pages.map { noting(messages, in: $0) }.mapError { .file($0) }, layers: layers)
    }
  }

  // MARK: - Drawing

  /// A page by OCR takes three to five seconds, four times that when it lies on its side, and more when
  /// the machine has other work: such pages are to be read all the same, so that a record stays the same.
  private static let secondsOfOCR = 6

  /// What came of one page that OCR was to read.
  enum Recognition {
    /// Nil where it could not be drawn or read.
    case page(RecognisedPage?)
    case notInstalled
  }

  /// Reads one page of a PDF by OCR; the language data lie at `data`.
  func recognise(_ page: Int, of document: MemoryFile, data: String) -> Recognition {
    var patient = self
    patient.limits.seconds *= Self.secondsOfOCR
    switch patient.drawing(.recognise(page: page, data: data), on: document) {
    case .success(.noRecogniser): return .notInstalled
    case .success(.page(let read?)) where read.number == page: return .page(read)
    default: return .page(nil)
    }
  }

  /// Draws parts of pages of a PDF; as many answers as strips, nil for each that could not be drawn.
  func draw(
    _ strips: [PageStrip], of document: MemoryFile
  ) -> Result<[DrawnStrip?], ReadingFailure> {
    let task = ReaderRequest.Task.draw(strips)
    return drawing(task, on: document).flatMap { drawing in
      guard case .strips(let drawn) = drawing, drawn.count == strips.count else {
        return .failure(unanswered(task, .all))
      }
      return .success(drawn)
    }
  }

  /// What stands behind a PDF's own bytes in a copy of it with marks.
  func mark(
    _ marks: [PageMark], on document: MemoryFile
  ) -> Result<Result<[UInt8], AnnotationError>, ReadingFailure> {
    let task = ReaderRequest.Task.mark(marks)
    return drawing(task, on: document).flatMap { drawing in
      guard case .marks(let made) = drawing else { return .failure(unanswered(task, .all)) }
      return .success(made)
    }
  }

  private func drawing(
    _ task: ReaderRequest.Task, on document: MemoryFile
  ) -> Result<Drawing, ReadingFailure> {
    run(task, on: document).flatMap { answer, _ in
      guard let drawing = answer.drawing else {
        return .failure(unanswered(task, Layers(rawValue: answer.layers)))
      }
      return .success(drawing)
    }
  }

  // MARK: - One process

  private func run(
    _ task: ReaderRequest.Task, on document: MemoryFile
  ) -> Result<(answer: ReaderAnswer, messages: [UInt8]), ReadingFailure> {
    guard let request = request(task) else {
      return .failure(.noAnswer(.internal, Self.notStarted(errno)))
    }
    let run = runChild([ReaderProcess.word], document: document, request: request, limits: limits)
    guard case .exited(0) = run.ending else { return .failure(failure(of: run)) }
    guard let answer = try? ReaderAnswer(decoding: run.answer, pageLimit: reading.pages) else {
      return .failure(
        .noAnswer(
          .internal,
          "The process that read the file ended without a whole answer. \(Self.byHand)"))
    }
    return .success((answer, run.messages))
  }

  /// It ended well and did not do what it was asked to: it had not the layers for it, or it lies.
  private func unanswered(_ task: ReaderRequest.Task, _ layers: Layers) -> ReadingFailure {
    let missing = required.subtracting(layers)
    return .noAnswer(
      .internal,
      missing.isEmpty
        ? "The process that read the file gave another answer than was asked for. \(Self.byHand)"
        : "The file was not opened: \(missingLayers(missing)).")
  }

  /// Which layers hold on this machine: each is tried in a process of its own.
  func tryWalls() -> (layers: Layers, landlockVersion: Int) {
    var network = self
    network.fault = .network
    guard let request = request(.tryWalls), let trial = network.request(.tryWalls) else {
      return ([], 0)
    }
    let run = runChild([ReaderProcess.word], document: nil, request: request, limits: limits)
    guard let answer = try? ReaderAnswer(decoding: run.answer, pageLimit: 0) else { return ([], 0) }
    var layers = Layers(rawValue: answer.layers)
    let ended = runChild([ReaderProcess.word], document: nil, request: trial, limits: limits)
    if ended.ending == .signal(SIGSYS) { layers.insert(.seccomp) }
    return (layers, Int(answer.landlockVersion))
  }

  private func request(_ task: ReaderRequest.Task) -> MemoryFile? {
    let fault = faultPlace == (task.draws ? .drawing : .reading) ? fault : nil
    let bytes = ReaderRequest(
      task: task, limits: reading, password: password, memoryBytes: limits.memoryBytes,
      seconds: limits.cpuSeconds, requiredLayers: required.rawValue, fault: fault
    ).encoded
    guard let file = MemoryFile("request"), bytes.withUnsafeBytes({ file.append($0) }), file.seal()
    else { return nil }
    return file
  }

  // MARK: - Ends without an answer

  private static let byHand = "Review it by hand, and treat it with care."

  private static func notStarted(_ error: Int32) -> String {
    "The process that reads the file could not be started (\(String(cString: strerror(error)))). Try it again."
  }

  private func failure(of run: ChildRun) -> ReadingFailure {
    switch run.ending {
    case .notStarted(let error): return .noAnswer(.internal, Self.notStarted(error))
    case .outOfTime, .signal(SIGXCPU):
      return .noAnswer(
        .timeout,
        "Reading the file did not end within \(limits.seconds) seconds. Ask for the file again, or raise --timeout."
      )
    case .tooMuchOutput:
      return .noAnswer(
        .outputLimit,
        "Reading the file gave more than \(limits.outputBytes / 1_000_000) MB of text. Split it, or raise --output-limit."
      )
    case .signal(SIGSYS):
      return .noAnswer(
        .crash,
        "Reading the file was stopped when it tried what no document needs, such as the network. Treat the file as an attack."
      )
    // We did not send it, so the system did: it ends processes when memory runs out.
    case .signal(SIGKILL), .signal, .exited:
      if run.ending == .signal(SIGKILL) || speaksOfMemory(run.messages) {
        return .noAnswer(
          .memory,
          "Reading the file took more memory than the \(limits.memoryBytes >> 20) MiB it may have. Ask for the file again, or raise --memory."
        )
      }
      if case .signal(let number) = run.ending {
        return .noAnswer(
          .crash, "Reading the file crashed (signal \(number)). \(Self.byHand)")
      }
      return .noAnswer(
        .internal, "The process that read the file ended without an answer. \(Self.byHand)")
    }
  }

  /// The libraries go on where it can when memory runs out, and say so only in a message.
  private func noting(_ messages: [UInt8], in reading: DocumentReading) -> DocumentReading {
    guard speaksOfMemory(messages),
      !reading.diagnostics.contains(where: { $0.code == "outOfMemory" })
    else { return reading }
    var noted = reading
    noted.diagnostics.append(
      Diagnostic(code: "outOfMemory", message: "the library ran out of memory on parts of it"))
    noted.incomplete =
      noted.incomplete ?? "The library that reads the file ran out of memory on parts of it."
    return noted
  }

  /// As malloc's callers, the C++ library and Swift's all say it.
  private func speaksOfMemory(_ messages: [UInt8]) -> Bool {
    let text = String(decoding: messages, as: UTF8.self)
    return ["ut of memory", "bad_alloc", "failed to allocate"].contains { text.contains($0) }
  }
}

/// That layers of confinement are not to be had, in words.
func missingLayers(_ layers: Layers) -> String {
  "this machine does not give \(layers.names.joined(separator: ", ")); see soclens doctor"
}
