import Crypto
public import PDFText
public import PageText
public import ReportStructure
public import RuleEngine
public import SOC2Vocabulary

/// What is asked of one review, besides the file itself.
public struct ReviewRequest: Sendable {
  /// The file's name, without its folder: paths are nobody's business but the caller's.
  public var file: String
  /// What "today" is.
  public var reviewDate: Day
  public var context: ReviewContext
  public var limits: ReadingLimits
  /// All limits that the file was read under, as the record names them.
  public var namedLimits: DocumentLimits?

  public init(
    file: String, reviewDate: Day, context: ReviewContext = .init(),
    limits: ReadingLimits = .standard, namedLimits: DocumentLimits? = nil
  ) {
    self.file = file
    self.reviewDate = reviewDate
    self.context = context
    self.limits = limits
    self.namedLimits = namedLimits
  }
}

/// Judges each document in one file. Each step is a stage; each stage is a module.
///
/// Always gives at least one review: a file that could not be read gives one with its status and reason.
///
/// - Parameters:
///   - outcome: the file's pages, or why there are none. They were read elsewhere, as files from strangers
///     are opened in a process of their own.
public func review(
  _ outcome: Result<PDFReading, ReadingFailure>, of file: FileIdentity, _ request: ReviewRequest,
  with yardstick: Yardstick
) -> [Review] {
  let record = FileRecord(file, request, yardstick)
  let reading: PDFReading
  switch outcome {
  case .success(let pages): reading = pages
  case .failure(let failure): return [record.unreadable(failure)]
  }
  guard reading.pages.contains(where: { $0.state == .text }) else {
    return [record.withoutText(reading)]
  }
  let documents = readDocuments(reading.pages, with: yardstick.rules).map {
    graded($0, by: yardstick.policy)
  }
  return documents.map { document in
    let table = factTable(of: document, among: documents, reading, request)
    let (findings, questions) = judge(table, with: yardstick.rules.pack)
    let review = record.review(document, documents.count, reading, findings, questions)
    return proven(review, on: reading.pages)
  }
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
private func proven(_ review: Review, on pages: [Page]) -> Review {
  let missing = unproven(review.allEvidence, on: pages)
  guard let first = missing.first else { return review }
  var failed = review
  failed.facts = [:]
  failed.findings = []
  failed.questions = []
  failed.searched = []
  failed.document.kind = nil
  failed.document.kindReasons = []
  failed.document.status = .internal
  failed.document.reason =
    "A quote that this program made could not be found again on page \(first.page); nothing it read is reported. Please report this as a fault of the program."
  return failed
}
