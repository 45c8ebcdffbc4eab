import PageText
import ReportStructure
import RuleEngine
import SOC2Vocabulary

/// What judging needs of a file once its pages are gone: it can be stored, and judged again under
/// another policy or on another day without the file.
struct FileExtract: Sendable {
  var documents: [DocumentExtract]
  var metadata: FileMetadata
  var diagnostics: [Diagnostic]
  var proof: QuoteProof

  init(
    documents: [DocumentExtract], metadata: FileMetadata, diagnostics: [Diagnostic],
    proof: QuoteProof
  ) {
    self.documents = documents
    self.metadata = metadata
    self.diagnostics = diagnostics
    self.proof = proof
  }

  /// `signature` is the state of the file's signatures; `products` are those that the caller asks about.
  init(
    _ documents: [ReadDocument], _ reading: DocumentReading, signature: FileSignatureState?,
    products: [String]
  ) {
    var proven: Set<Evidence> = []
    self.documents = documents.map {
      var extract = DocumentExtract($0, reading, products: products)
      extract.entries.merge(fileSignals(of: $0, reading, signature)) { _, new in new }
      let evidence = Set(extract.evidence)
      let missing = Set(unproven(Array(evidence), on: reading.pages))
      extract.drop(missing)
      let found = evidence.subtracting(missing)
      proven = proven.isEmpty ? found : proven.union(found)
      return extract
    }
    metadata = reading.metadata
    diagnostics = reading.diagnostics
    proof = QuoteProof(proven: proven)
  }

  /// Every piece of evidence that a review of it can have.
  var evidence: [Evidence] { documents.flatMap(\.evidence) }
}

/// One document of a file: its facts, and of its pages what findings and records speak of.
struct DocumentExtract: Sendable {
  var facts: DocumentFacts
  /// First and last physical page.
  var pages: ClosedRange<Int>
  var pageCount: Int
  var pagesByOCR: Int
  var unreadPages: [Int]
  /// Why it counts as read in part, or nil.
  var partialReason: String?
  /// What was met on its pages.
  var diagnostics: [Diagnostic]
  /// What findings may judge by that the pages tell: `document.hiddenText` and the like.
  var entries: [String: FactTable.Entry]
  /// The findings that were made of it before, where only its record is at hand; nil: it was read.
  var recorded: [Finding]?

  init(
    facts: DocumentFacts, pages: ClosedRange<Int>, pageCount: Int, pagesByOCR: Int,
    unreadPages: [Int], partialReason: String?, diagnostics: [Diagnostic],
    entries: [String: FactTable.Entry]
  ) {
    self.facts = facts
    self.pages = pages
    self.pageCount = pageCount
    self.pagesByOCR = pagesByOCR
    self.unreadPages = unreadPages
    self.partialReason = partialReason
    self.diagnostics = diagnostics
    self.entries = entries
  }

  init(_ document: ReadDocument, _ reading: DocumentReading, products: [String]) {
    let pages = document.report.pages
    facts = document.facts
    self.pages = (pages.first?.number ?? 1)...(pages.last?.number ?? 1)
    pageCount = pages.count
    unreadPages = document.report.unreadPages
    partialReason = Pipeline.partialReason(of: document, reading)
    diagnostics = hiddenTextDiagnostics(pages)
    pagesByOCR = pages.count(where: \.isByOCR)
    entries = pageEntries(of: document, products: products)
  }

  /// Every piece of evidence that a review of it can have.
  var evidence: [Evidence] {
    var all = facts.kindReasons
    for fact in facts.facts.values { all += fact.evidence + proofs(in: fact.value, fact.readings) }
    for readings in facts.signals.values { all += proofs(in: .null, readings) }
    for entry in Array(facts.derived.values) + Array(entries.values) {
      all += entry.evidence + proofs(in: entry.value, entry.readings)
    }
    return all
  }
}

private func proofs(in value: Value, _ readings: [Reading]) -> [Evidence] {
  value.allEvidence + readings.flatMap { $0.evidence + $0.value.allEvidence }
}

extension Value {
  /// Every piece of evidence in it.
  var allEvidence: [Evidence] {
    switch self {
    case .evidence(let pieces): pieces
    case .list(let list): list.flatMap(\.allEvidence)
    case .object(let object): object.values.flatMap(\.allEvidence)
    case .null, .bool, .number, .text: []
    }
  }
}

/// The quotes that were found again where they are said to stand. They were looked up when there were pages.
struct QuoteProof: Sendable {
  var proven: Set<Evidence>

  /// Those that are not proven.
  func missing(_ evidence: [Evidence]) -> [Evidence] { evidence.filter { !proven.contains($0) } }
}

/// A file that gave no facts, and why.
struct UnreadableFile: Sendable {
  var status: DocumentStatus
  var reason: String
  /// As many as the file says it has; 0 where it was not opened.
  var pages = 0
  var unreadPages: [Int] = []
  var metadata: FileMetadata?
  var diagnostics: [Diagnostic] = []
}

extension UnreadableFile {
  init(withoutText reading: DocumentReading, within limits: ReadingLimits) {
    let unreadable = reading.diagnostics.count { $0.code == "pageUnreadable" }
    let (status, reason): (DocumentStatus, String) =
      if unreadable == reading.pages.count {
        (.damaged, "None of the file's pages can be loaded. Ask for the file again.")
      } else if reading.pages.allSatisfy({ $0.state == .tooMuch }) {
        (
          .outputLimit,
          "Each page holds more than the limit of \(limits.glyphsPerPage) characters. Ask for the file again."
        )
      } else {
        (
          .noText,
          "No page of the file has text that can be read: it is a scan or its fonts are unusable. Ask for the original."
        )
      }
    self.init(
      status: status, reason: reason, pages: reading.pages.count,
      unreadPages: reading.pages.filter { $0.state != .empty }.map(\.number),
      metadata: reading.metadata, diagnostics: reading.diagnostics)
  }
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
