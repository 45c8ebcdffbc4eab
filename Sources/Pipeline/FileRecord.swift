import PageText
import ReportStructure
import RuleEngine
public import SOC2Vocabulary

/// What every review of one file has in common.
struct FileRecord: Sendable {
  let identity: FileIdentity
  private let request: ReviewRequest
  private let tool: ToolRecord

  init(_ identity: FileIdentity, _ request: ReviewRequest, _ yardstick: Yardstick) {
    self.identity = identity
    self.request = request
    tool = yardstick.tool
  }

  /// Under which it was read.
  var limits: ReadingLimits { request.limits }

  /// The file's name.
  var name: String { request.file }

  /// The name of a document in it: the file's, with its pages where there are several.
  func name(of document: DocumentExtract, among all: [DocumentExtract]) -> String {
    guard all.count > 1 else { return name }
    let (first, last) = (document.pages.lowerBound, document.pages.upperBound)
    return first == last ? "\(name), page \(first)" : "\(name), pages \(first)–\(last)"
  }

  /// A file without facts.
  func review(_ file: UnreadableFile) -> Review {
    Review(
      tool: tool, reviewDate: request.reviewDate, context: request.context,
      document: DocumentRecord(
        file: request.file, sha256: identity.sha256, bytes: identity.bytes, pages: file.pages,
        partOf: nil, kind: nil, kindReasons: [], status: file.status, reason: file.reason,
        pagesWithText: 0, pagesByOCR: 0, unreadPages: file.unreadPages,
        metadata: file.metadata?.record, limits: request.namedLimits),
      diagnostics: file.diagnostics)
  }

  /// A document with facts.
  func review(
    _ document: DocumentExtract, of file: FileExtract, _ judgement: Judgement,
    _ assessment: Assessment
  ) -> Review {
    Review(
      tool: tool, reviewDate: request.reviewDate, context: request.context,
      document: DocumentRecord(
        file: request.file, sha256: identity.sha256, bytes: identity.bytes,
        pages: document.pageCount, partOf: file.documents.count > 1 ? document.pages : nil,
        kind: document.facts.kind, kindReasons: document.facts.kindReasons,
        status: document.partialReason == nil ? .ok : .partial, reason: document.partialReason,
        pagesWithText: document.pageCount - document.unreadPages.count - document.pagesByOCR,
        pagesByOCR: document.pagesByOCR,
        unreadPages: document.unreadPages, metadata: file.metadata.record,
        limits: request.namedLimits),
      facts: document.facts.facts, findings: judgement.findings,
      assessment: assessment, questions: judgement.questions, answered: judgement.answered,
      searched: document.facts.searched,
      diagnostics: file.diagnostics.filter { $0.page.map(document.pages.contains) ?? true }
        + document.diagnostics + document.facts.diagnostics)
  }
}

/// Why a document counts as read in part, or nil.
func partialReason(of document: ReadDocument, _ reading: DocumentReading) -> String? {
  let unread = document.report.unreadPages
  if !unread.isEmpty {
    let list = unread.prefix(12).map(String.init).joined(separator: ", ")
    let more = unread.count > 12 ? " and \(unread.count - 12) more" : ""
    if document.report.pages.allSatisfy({ $0.isSearchable || !$0.blots.isEmpty }) {
      return "Words are blacked out on \(unread.count == 1 ? "page" : "pages") \(list)\(more)."
    }
    return "\(unread.count == 1 ? "Page" : "Pages") \(list)\(more) could not be read."
  }
  if let reason = reading.incomplete { return reason }
  let own = Set(document.report.pages.map(\.number))
  let damaged = reading.diagnostics.filter { $0.code == "pageDamaged" }.compactMap(\.page)
    .filter(own.contains)
  if !damaged.isEmpty {
    let list = damaged.prefix(12).map(String.init).joined(separator: ", ")
    return
      "The file is damaged on \(damaged.count == 1 ? "page" : "pages") \(list)\(damaged.count > 12 ? " and more" : ""); parts of the text may be missing. Ask for it again."
  }
  let missing = missingSections(of: document)
  if !missing.isEmpty {
    return
      "The document is not a whole report: no \(missing.joined(separator: ", no ")) was recognised."
  }
  return nil
}

/// The parts of a SOC 2 report that were not recognised in one, in words.
func missingSections(of document: ReadDocument) -> [String] {
  guard document.facts.kind == .soc2Report else { return [] }
  let zones = Set(document.report.sections.map(\.zone))
  var missing: [String] = []
  if !zones.contains(.auditorReport) { missing.append("service auditor's report") }
  if !zones.contains(.managementAssertion) { missing.append("management's assertion") }
  if !zones.contains(.systemDescription) { missing.append("system description") }
  if let pages = missingPages(of: document.report) {
    missing.append(
      pages.count == 1
        ? "page \(pages.lowerBound)" : "page \(pages.lowerBound) to \(pages.upperBound)")
  }
  if !zones.contains(.testsOfControls),
    document.facts.facts[.reportType]?.found == .text(ReportType.type2.rawValue)
  {
    missing.append("tests of controls")
  }
  return missing
}

extension FileMetadata {
  var record: DocumentMetadata {
    DocumentMetadata(
      producer: producer, creator: creator, created: created, modified: modified,
      encrypted: encrypted, signed: signed, incrementalUpdates: incrementalUpdates)
  }
}

extension Review {
  /// Every piece of evidence anywhere in the review.
  public var allEvidence: [Evidence] {
    var out = document.kindReasons
    for fact in facts.values {
      out += fact.evidence
      out += fact.value.allEvidence
      for reading in fact.readings {
        out += reading.evidence
        out += reading.value.allEvidence
      }
    }
    for finding in findings { out += finding.evidence }
    for question in questions { out += question.evidence }
    for answered in answered {
      out += answered.question.evidence
      // What another document says is proven there.
      if answered.document == nil { out += answered.evidence }
    }
    return out
  }
}
