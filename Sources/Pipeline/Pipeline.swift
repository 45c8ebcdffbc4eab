import Crypto
public import PageText
public import ReportStructure
public import RuleEngine
public import SOC2Vocabulary

/// What is asked of one review, besides the file itself.
public struct ReviewRequest: Sendable {
  /// The file's name, without its folder: paths are nobody's business but the caller's.
  public var file: String
  /// For OCR, which opens the file again to draw its pages.
  public var password: String?
  /// What "today" is.
  public var reviewDate: Day
  public var context: ReviewContext
  public var limits: ReadingLimits
  public var ocr: OCRRequest
  /// All limits that the file was read under, as the record names them.
  public var namedLimits: DocumentLimits?

  public init(
    file: String, password: String? = nil, reviewDate: Day, context: ReviewContext = .init(),
    limits: ReadingLimits = .standard, ocr: OCRRequest = .off, namedLimits: DocumentLimits? = nil
  ) {
    self.file = file
    self.password = password
    self.reviewDate = reviewDate
    self.context = context
    self.limits = limits
    self.ocr = ocr
    self.namedLimits = namedLimits
  }
}

/// A file that was handed in, and what could be read of it.
public struct SubmittedFile: Sendable {
  enum Content: Sendable {
    case unreadable(Review)
    /// With the state of the file's signatures.
    case read(DocumentReading, FileSignatureState?, [ReadDocument])
  }
  let record: FileRecord
  let content: Content

  /// How many reviews a packet has of it.
  public var reviewCount: Int {
    switch content {
    case .unreadable: 1
    case .read(_, _, let documents): documents.count
    }
  }

  /// A file that gave no pages: it has the review that says why.
  public init(
    unreadable failure: ReadingFailure, _ file: FileIdentity, _ request: ReviewRequest,
    with yardstick: Yardstick
  ) {
    record = FileRecord(file, request, yardstick)
    content = .unreadable(record.unreadable(failure))
  }

  fileprivate init(_ record: FileRecord, _ content: Content) {
    self.record = record
    self.content = content
  }
}

/// Takes one file's pages to its documents and their facts, without judging them.
///
/// - Parameters:
///   - pages: were read elsewhere, as files from strangers are opened in a process of their own.
///   - bytes: of the file, for its signatures and for OCR; no form of it is understood here.
public func readFile(
  _ pages: DocumentReading, of bytes: [UInt8], _ file: FileIdentity, _ request: ReviewRequest,
  with yardstick: Yardstick
) -> SubmittedFile {
  let record = FileRecord(file, request, yardstick)
  let reading = withOCR(pages, of: bytes, password: request.password, request.ocr)
  guard reading.pages.contains(where: { $0.state == .text }) else {
    return SubmittedFile(record, .unreadable(record.withoutText(reading)))
  }
  return SubmittedFile(
    record,
    .read(
      reading, reading.marks.signature(in: bytes),
      readDocuments(reading.pages, with: yardstick.rules).map(tempered)))
}

/// One document of a file.
public struct ReadDocument: Sendable {
  public var report: Report
  public var facts: DocumentFacts
}

/// Reads the pages as one document, and again as several where a page in the middle opens another.
public func readDocuments(_ pages: [Page], with rules: CompiledRules) -> [ReadDocument] {
  let whole = readDocument(pages, with: rules)
  for start in whole.facts.starts {
    // A letter quoted in an appendix is not a document: the rest must be of another kind by itself.
    let tail = readDocument(Array(pages[start.page...]), with: rules)
    guard tail.facts.kind == start.kind, tail.facts.kind != .other else { continue }
    let head = readDocument(Array(pages[..<start.page]), with: rules)
    // Nor is what stands before it, if it is nothing by itself or the same: a title printed twice.
    guard head.facts.kind != .other, head.facts.kind != tail.facts.kind else { continue }
    return [ReadDocument(report: head.report, facts: head.facts)]
      + readDocuments(Array(pages[start.page...]), with: rules)
  }
  return [ReadDocument(report: whole.report, facts: whole.facts)]
}

/// The proof that nothing was made up: every quote is looked up again on its page. One that is not
/// there is a failure of the run.
func proven(_ review: Review, on pages: [Page]) -> Review {
  let missing = unproven(review.allEvidence, on: pages)
  guard let first = missing.first else { return review }
  var failed = review
  failed.facts = [:]
  failed.findings = []
  failed.assessment = nil
  failed.questions = []
  failed.searched = []
  failed.document.kind = nil
  failed.document.kindReasons = []
  failed.document.status = .internal
  failed.document.reason =
    "A quote that this program made could not be found again on page \(first.page); nothing it read is reported. Please report this as a fault of the program."
  return failed
}
