import PageText
import ReportStructure
import RuleEngine
public import SOC2Vocabulary

/// What every review of one file has in common.
struct FileRecord: Sendable {
  private let request: ReviewRequest
  private let tool: ToolRecord
  private let file: FileIdentity
  /// How other records name the file.
  var sha256: String { file.sha256 }

  init(_ file: FileIdentity, _ request: ReviewRequest, _ yardstick: Yardstick) {
    self.request = request
    tool = yardstick.tool
    self.file = file
  }

  /// The file's name.
  var name: String { request.file }

  /// The name of a document in it: the file's, with its pages where there are several.
  func name(of document: ReadDocument, among all: [ReadDocument]) -> String {
    guard all.count > 1, let first = document.report.pages.first,
      let last = document.report.pages.last
    else { return name }
    return "\(name), pages \(first.number)-\(last.number)"
  }

  // MARK: - Files without facts

  /// A file that could not be read, or whose reading gave no answer.
  func unreadable(_ failure: ReadingFailure) -> Review {
    let (status, reason, pages) = failure.record(of: file, within: request.limits)
    return bare(status, reason, pages: pages, unread: [], metadata: nil, diagnostics: [])
  }

  func withoutText(_ reading: DocumentReading) -> Review {
    let unread = reading.pages.filter { $0.state != .empty }.map(\.number)
    let (status, reason): (DocumentStatus, String) =
      if reading.diagnostics.count(where: { $0.code == "pageUnreadable" }) == reading.pages.count {
        (.damaged, "None of the file's pages can be loaded. Ask for the file again.")
      } else if reading.pages.allSatisfy({ $0.state == .tooMuch }) {
        (
          .outputLimit,
          "Each page holds more than the limit of \(request.limits.glyphsPerPage) characters. Ask for the file again."
        )
      } else {
        (
          .noText,
          "No page of the file has text that can be read: it is a scan or its fonts are unusable. Ask for the original."
        )
      }
    return bare(
      status, reason, pages: reading.pages.count, unread: unread,
      metadata: reading.metadata.record, diagnostics: reading.diagnostics)
  }

  private func bare(
    _ status: DocumentStatus, _ reason: String, pages: Int, unread: [Int],
    metadata: DocumentMetadata?, diagnostics: [Diagnostic]
  ) -> Review {
    Review(
      tool: tool, reviewDate: request.reviewDate, context: request.context,
      document: DocumentRecord(
        file: request.file, sha256: file.sha256, bytes: file.bytes, pages: pages, partOf: nil,
        kind: nil,
        kindReasons: [], status: status, reason: reason, pagesWithText: 0, pagesByOCR: 0,
        unreadPages: unread, metadata: metadata, limits: request.namedLimits),
      diagnostics: diagnostics)
  }

  // MARK: - Documents with facts

  func review(
    _ document: ReadDocument, _ count: Int, _ reading: DocumentReading, _ findings: [Finding],
    _ questions: [FollowUpQuestion], _ assessment: Assessment
  ) -> Review {
    let pages = document.report.pages
    let numbers = (pages.first?.number ?? 1)...(pages.last?.number ?? 1)
    let unread = document.report.unreadPages
    let reason = partialReason(of: document, reading)
    return Review(
      tool: tool, reviewDate: request.reviewDate, context: request.context,
      document: DocumentRecord(
        file: request.file, sha256: file.sha256, bytes: file.bytes, pages: pages.count,
        partOf: count > 1 ? numbers : nil, kind: document.facts.kind,
        kindReasons: document.facts.kindReasons, status: reason == nil ? .ok : .partial,
        reason: reason, pagesWithText: pages.count - unread.count - pages.count(where: \.isByOCR),
        pagesByOCR: pages.count(where: \.isByOCR), unreadPages: unread,
        metadata: reading.metadata.record, limits: request.namedLimits),
      facts: document.facts.facts, findings: findings, assessment: assessment,
      questions: questions, searched: document.facts.searched,
      diagnostics: reading.diagnostics.filter { $0.page.map(numbers.contains) ?? true }
        + hiddenTextDiagnostics(pages) + document.facts.diagnostics)
  }

  private func hiddenTextDiagnostics(_ pages: [Page]) -> [Diagnostic] {
    pages.compactMap { page in
      let hidden = page.setAside.filter(\.reason.isHidden)
      guard let first = hidden.first else { return nil }
      return Diagnostic(
        code: "hiddenText",
        message:
          "page \(page.number) has text that cannot be seen (\(first.reason.rawValue)); it was not used",
        page: page.number)
    }
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
  if let all = missingPages(of: document.report) {
    missing.append("page \(document.report.pages.count + 1) to \(all)")
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
    func collect(_ value: Value) {
      switch value {
      case .evidence(let pieces): out += pieces
      case .list(let list): list.forEach(collect)
      case .object(let object): object.values.forEach(collect)
      case .null, .bool, .number, .text: break
      }
    }
    for fact in facts.values {
      out += fact.evidence
      collect(fact.value)
      for reading in fact.readings {
        out += reading.evidence
        collect(reading.value)
      }
    }
    for finding in findings { out += finding.evidence }
    for question in questions { out += question.evidence }
    return out
  }
}
