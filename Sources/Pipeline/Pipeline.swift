import Crypto
public import PageText
public import ReportStructure
public import RuleEngine
public import SOC2Vocabulary

/// What is asked of one review, besides the file itself.
public struct ReviewRequest: Sendable {
  /// The file's name, without its folder: paths are nobody's business but the caller's.
  public var file: String
  /// For the process that opens the file.
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
    case unreadable(UnreadableFile)
    case read(FileExtract)
  }
  let record: FileRecord
  let content: Content

  /// The file by its bytes.
  public var identity: FileIdentity { record.identity }

  /// How many reviews a packet has of it.
  public var reviewCount: Int {
    switch content {
    case .unreadable: 1
    case .read(let extract): extract.documents.count
    }
  }

  /// Its status where nothing could be read of it, or nil.
  public var failure: DocumentStatus? {
    switch content {
    case .unreadable(let why): why.status
    case .read: nil
    }
  }

  /// A file that gave no pages: it has the review that says why.
  public init(
    unreadable failure: ReadingFailure, _ file: FileIdentity, _ request: ReviewRequest,
    with yardstick: Yardstick
  ) {
    self.init(FileRecord(file, request, yardstick), failure)
  }

  /// The same file, of which nothing is known for this reason.
  public func unreadable(_ failure: ReadingFailure) -> SubmittedFile {
    SubmittedFile(record, failure)
  }

  private init(_ record: FileRecord, _ failure: ReadingFailure) {
    let (status, reason, pages) = failure.record(of: record.identity, within: record.limits)
    self.init(
      record, .unreadable(UnreadableFile(status: status, reason: reason, pages: pages)))
  }

  init(_ record: FileRecord, _ content: Content) {
    self.record = record
    self.content = content
  }

  /// The same file, asked for otherwise: by another name, for another vendor or day.
  public func asked(_ request: ReviewRequest, with yardstick: Yardstick) -> SubmittedFile {
    SubmittedFile(FileRecord(identity, request, yardstick), content)
  }
}

/// Takes one file's pages to its documents and their facts, without judging them.
///
/// - Parameters:
///   - reading: of its pages, those that OCR read among them; it was made elsewhere, as files from
///     strangers are opened in a process of their own.
///   - bytes: of the file, for its signatures if it has any; no form of it is understood here.
public func readFile(
  _ reading: DocumentReading, of bytes: @autoclosure () -> [UInt8], _ file: FileIdentity,
  _ request: ReviewRequest, with yardstick: Yardstick
) -> SubmittedFile {
  let record = FileRecord(file, request, yardstick)
  guard reading.pages.contains(where: { $0.state == .text }) else {
    return SubmittedFile(
      record, .unreadable(UnreadableFile(withoutText: reading, within: request.limits)))
  }
  return SubmittedFile(
    record,
    .read(
      FileExtract(
        readDocuments(reading.pages, with: yardstick.rules).map(tempered), reading,
        signature: reading.marks.signatures.isEmpty ? nil : reading.marks.signature(in: bytes()),
        products: request.context.products)))
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
    guard head.facts.kind != .other,
      head.facts.kind != tail.facts.kind || areTwoLetters(head.facts, tail.facts)
    else { continue }
    return [ReadDocument(report: head.report, facts: head.facts)]
      + readDocuments(Array(pages[start.page...]), with: rules)
  }
  return [ReadDocument(report: whole.report, facts: whole.facts)]
}

/// Two bridge letters, one behind the other: each tells its own time, the first is signed, and they do not
/// say the same. The second page of a letter does none of this by itself.
private func areTwoLetters(_ first: DocumentFacts, _ second: DocumentFacts) -> Bool {
  guard first.kind == .bridgeLetter, second.kind == .bridgeLetter,
    let a = first.facts[.bridge]?.found, let b = second.facts[.bridge]?.found
  else { return false }
  func isThere(_ letter: Value, _ key: String) -> Bool { (letter[key] ?? .null) != .null }
  let times = ["from", "to"]
  guard times.allSatisfy({ isThere(a, $0) && isThere(b, $0) }), isThere(a, "signer") else {
    return false
  }
  return (times + ["date", "entity", "reportPeriodEnd"]).contains { a[$0] != b[$0] }
}

/// The proof that nothing was made up on the way from facts to review: every quote is looked up again.
/// Facts have lost theirs before, where they were not there; one of another origin is a failure of the run.
func proven(_ review: Review, by proof: QuoteProof) -> Review {
  let missing = proof.missing(review.allEvidence)
  guard let first = missing.first else { return review }
  var failed = review
  failed.facts = [:]
  failed.findings = []
  failed.assessment = nil
  failed.questions = []
  failed.answered = []
  failed.searched = []
  failed.document.kind = nil
  failed.document.kindReasons = []
  failed.document.status = .internal
  failed.document.reason =
    "A quote that this program made could not be found again on page \(first.page); nothing it read is reported. Please report this as a fault of the program."
  return failed
}
