import Confinement
import PageText
import Pipeline
import SOC2Vocabulary
import Synchronization

/// Reads documents, whatever they are and whatever happens to the processes that open them: the one place
/// through which commands come to the facts of a file.
final class DocumentReader: Sendable {
  let yardstick: Yardstick
  let confined: ConfinedReader
  private let ocr: OCRRequest
  private let showsProgress: Bool
  private let missing = Mutex<Layers>([])

  /// - Parameter showsProgress: of OCR, on a terminal.
  init(
    _ confined: ConfinedReader, _ yardstick: Yardstick, ocr: OCROptions, showsProgress: Bool = false
  ) {
    self.confined = confined
    self.yardstick = yardstick
    self.ocr = ocr.request
    self.showsProgress = showsProgress
  }

  /// What is asked of a file, under the limits that hold here.
  func request(
    _ file: String, on reviewDate: Day, _ context: ReviewContext, password: String? = nil
  ) -> ReviewRequest {
    ReviewRequest(
      file: file, password: password ?? confined.password, reviewDate: reviewDate,
      context: context, limits: confined.reading, ocr: ocr,
      namedLimits: confined.namedLimits)
  }

  /// A copy of the file for the process that opens it.
  func copy(_ path: FilePath) -> Result<DocumentFile, DocumentProblem> {
    Result { () throws(DocumentProblem) in
      try DocumentFile(path, limit: confined.reading.bytes)
    }
  }

  /// Something for every file, whatever happens to the processes that open it, and to us over it.
  func read(_ document: DocumentFile, _ request: ReviewRequest) -> SubmittedFile {
    guarded { [self] in opened(document, request) }
      ?? SubmittedFile(unreadable: .defect, document.identity, request, with: yardstick)
  }

  /// The files judged together. Where we fail over them, none of them counts as read.
  func packet(
    _ files: inout [SubmittedFile], on day: Day, _ context: ReviewContext
  ) -> Packet {
    let read = files
    if let packet = guarded({ [yardstick] in
      Pipeline.packet(read, on: day, context, with: yardstick)
    }) {
      return packet
    }
    files = files.map { $0.unreadable(.defect) }
    return Pipeline.packet(files, on: day, context, with: yardstick)
  }

  private func opened(_ document: DocumentFile, _ request: ReviewRequest) -> SubmittedFile {
    var reader = confined
    reader.password = request.password
    reader.reading = request.limits
    if let seconds = request.namedLimits?.seconds { reader.limits.seconds = seconds }
    let outcome = reader.read(document.bytes)
    if let layers = outcome.layers {
      missing.withLock { $0.formUnion(Layers.all.subtracting(layers)) }
    }
    switch outcome.pages {
    case .success(let pages):
      if confined.faultPlace == .judging { confined.fault?.happen() }
      let reading = withOCR(
        pages, request.ocr, of: document, by: reader, showsProgress: showsProgress)
      return readFile(
        reading, of: document.content, document.identity, request, with: yardstick)
    case .failure(let failure):
      return SubmittedFile(unreadable: failure, document.identity, request, with: yardstick)
    }
  }

  func unread(_ problem: DocumentProblem, _ request: ReviewRequest) -> SubmittedFile {
    SubmittedFile(unreadable: problem.failure, problem.identity, request, with: yardstick)
  }

  /// Says, once it has read, which layers did not stand around the processes that opened files.
  func warnOfMissingLayers() {
    let layers = missing.withLock { $0 }
    if !layers.isEmpty {
      printError("warning: \(missingLayers(layers)); files were opened without")
    }
  }
}
