import Confinement
import Glibc
import PDFText
import PageText
import PageWire
import Pipeline

/// The process in which one document is opened: `soclens` started by `soclens`, as `soclens confined-reader`.
///
/// It reads what is asked from one descriptor, raises the walls, and only then looks at the document. It knows
/// no rules, writes one answer, and ends.
enum ReaderProcess {
  static let word = "confined-reader"

  /// How it ends when there is no answer. Never 0: that is the end of a process that answered.
  enum End {
    static let badRequest: Int32 = 70
    static let refused: Int32 = 71
    static let unanswered: Int32 = 72
    static let orphaned: Int32 = 73
  }

  /// Marks for a copy of a long report take some hundred kilobytes.
  private static let requestLimit = 16 << 20

  static func run() -> Never {
    guard let parent = CommandLine.arguments.last.flatMap({ Int32($0) }), tieToParent(parent) else {
      _exit(End.orphaned)
    }
    guard let bytes = contents(of: ChildDescriptor.request, limit: requestLimit),
      let request = try? ReaderRequest(decoding: bytes)
    else { _exit(End.badRequest) }
    close(ChildDescriptor.request)
    preparePDFLibrary()
    tzset()
    var limits = ChildLimits()
    limits.memoryBytes = request.memoryBytes
    limits.seconds = request.seconds
    let tools = DrawingTools(for: request.task)
    let walls = raiseWalls(request.task.draws ? .render : .read, limits)
    var answer = ReaderAnswer(
      layers: walls.layers.rawValue, landlockVersion: walls.landlockVersion)
    switch request.task {
    case .tryWalls:
      if request.fault == .network { request.fault?.happen() }
      answer.layers = tryWalls().rawValue
    case _ where !walls.layers.isSuperset(of: Layers(rawValue: request.requiredLayers)): break
    case .readPages:
      request.fault?.happen()
      let document = document(request)
      answer.reading = Result { () throws(FileProblem) in
        try readPages(ofFile: document, password: request.password, within: request.limits)
      }
    case .recognise, .draw, .mark:
      request.fault?.happen()
      answer.drawing = tools.drawing(
        request.task, of: document(request), password: request.password)
    }
    var out = answer.encoded
    if request.fault == .cut { out.removeLast(out.count / 2) }
    // Not exit(): what libraries would tidy up goes with the process.
    _exit(writeAll(out, to: STDOUT_FILENO) ? 0 : End.unanswered)
  }

  private static func document(_ request: ReaderRequest) -> [UInt8] {
    guard let document = contents(of: ChildDescriptor.document, limit: request.limits.bytes) else {
      _exit(End.badRequest)
    }
    return document
  }
}

extension ReaderRequest.Task {
  /// Whether it makes pictures of pages, or may need fonts for another reason.
  var draws: Bool {
    switch self {
    case .readPages, .tryWalls: false
    case .recognise, .draw, .mark: true
    }
  }
}
