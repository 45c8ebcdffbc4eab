import Confinement
import Glibc
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
  /// For tests of what happens then.
  var fault: ReaderRequest.Fault?

  /// Whether this process may draw pages, for pictures, marked copies and OCR: that is not confined.
  var mayDraw: Bool { required.isEmpty }

  /// What came of one document.
  struct Outcome {
    var pages: Result<DocumentReading, ReadingFailure>
    /// The layers that stood; nil when the process said nothing of them.
    var layers: Layers?
  }

  func read(_ document: MemoryFile) -> Outcome {
    guard let request = request(.readPages) else {
      return Outcome(
        pages: .failure(.noAnswer(.internal, Self.notStarted(errno))), layers: nil)
    }
    let run = runChild([ReaderProcess.word], document: document, request: request, limits: limits)
    guard case .exited(0) = run.ending else {
      return Outcome(pages: .failure(failure(of: run)), layers: nil)
    }
    guard let answer = try? ReaderAnswer(decoding: run.answer, pageLimit: reading.pages) else {
      return Outcome(
        pages: .failure(
          .noAnswer(
            .internal,
            "The process that read the file ended without a whole answer. \(Self.byHand)")),
        layers: nil)
    }
    let layers = Layers(rawValue: answer.layers)
    guard let pages = answer.reading else {
      return Outcome(
        pages: .failure(
          .noAnswer(
            .internal,
            "The file was not opened: \(missingLayers(required.subtracting(layers))).")),
        layers: layers)
    }
    return Outcome(
      pages: pages.map { noting(run.messages, in: $0) }.mapError { .file($0) }, layers: layers)
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
