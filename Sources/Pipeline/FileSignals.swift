import PageText
import ReportStructure
import RuleEngine
import SOC2Vocabulary

extension FileMarks {
  /// The worst state of the file's signatures; nil where it has none.
  func signature(in file: [UInt8]) -> FileSignatureState? {
    let states = signatures.map { $0.state(in: file) }
    if states.isEmpty { return nil }
    return states.contains(.broken) ? .broken : states.contains(.unknown) ? .unknown : .intact
  }
}

/// What the file's form tells: what it could do, signatures, what was appended, pages unlike the
/// others, words blacked out. Findings judge by these; none of them is a fact of the report.
func fileSignals(
  of document: ReadDocument, _ reading: DocumentReading, _ signature: FileSignatureState?
) -> [String: FactTable.Entry] {
  var out: [String: FactTable.Entry] = [:]
  func set(_ name: String, _ value: Value) { out[name] = FactTable.Entry(value) }
  let pages = document.report.pages
  let metadata = reading.metadata
  set("document.metadata.producer", metadata.producer.map(Value.text) ?? .null)
  set("document.metadata.creator", metadata.creator.map(Value.text) ?? .null)
  set("document.metadata.createdDay", metadata.created.flatMap(day).map(Value.day) ?? .null)
  set("document.activeContent", .list(reading.marks.active.map { .text($0.rawValue) }))
  out.merge(signatureSignals(reading.marks, signature, pages)) { _, new in new }
  let redacted = pages.enumerated().filter { !$0.element.blots.isEmpty }
  set("document.redactedPages", numbers(redacted.map(\.element)))
  let core = document.report.sections.filter {
    $0.zone == .auditorReport || $0.zone == .testsOfControls
  }
  set(
    "document.redactedCore",
    numbers(
      redacted.filter { page in
        core.contains { ($0.firstPage...$0.lastPage).contains(page.offset) }
      }.map(\.element)))
  set("document.pendingRedactions", numbers(pages.filter { $0.pendingRedactions > 0 }))
  set("document.pagesOfOtherSize", numbers(pagesOfOtherSize(pages)))
  set("document.pagesOfOtherFonts", numbers(pagesOfOtherFonts(pages)))
  return out
}

private func signatureSignals(
  _ marks: FileMarks, _ signature: FileSignatureState?, _ pages: [Page]
) -> [String: FactTable.Entry] {
  var out: [String: FactTable.Entry] = [:]
  func set(_ name: String, _ value: Value) { out[name] = FactTable.Entry(value) }
  set("document.fileSignature", signature.map { .text($0.rawValue) } ?? .null)
  guard let change = marks.laterChange else { return out }
  let what =
    change.pages.map { $0.isEmpty ? "no-words" : "words" } ?? "unknown"
  set(
    change.isAfterSigning ? "document.appendedAfterSigning" : "document.appendedAfterSaving",
    .text(what))
  let own = Set(pages.map(\.number))
  set(
    "document.laterPages", .list((change.pages ?? []).filter(own.contains).map(Value.number)))
  return out
}

private func numbers(_ pages: [Page]) -> Value { .list(pages.map { .number($0.number) }) }

/// The day of a date as PDF writes it: `D:20260113101500+01'00'`.
private func day(_ date: String) -> Day? {
  let digits = date.drop { !$0.isNumber }.prefix(8).compactMap(\.wholeNumberValue)
  guard digits.count == 8 else { return nil }
  func number(_ range: Range<Int>) -> Int { digits[range].reduce(0) { $0 * 10 + $1 } }
  return Day(number(0..<4), number(4..<6), number(6..<8))
}

/// At most two pages in a row of a size that no other page has, between pages that share one. A page
/// turned to landscape is of the same size; scans differ by a few points.
private func pagesOfOtherSize(_ pages: [Page]) -> [Page] {
  func size(_ page: Page) -> (Float, Float) {
    (min(page.width, page.height), max(page.width, page.height))
  }
  return intruders(pages) { a, b in
    let (a, b) = (size(a), size(b))
    return abs(a.0 - b.0) <= 6 && abs(a.1 - b.1) <= 6
  }
}

/// At most two pages in a row with none of the fonts of the others. Pages with few words or pictures
/// (covers, drawn pages, scanned letters) have fonts of their own in many reports.
private func pagesOfOtherFonts(_ pages: [Page]) -> [Page] {
  intruders(pages.filter { $0.state == .text && $0.words.count >= 60 && $0.pictures.isEmpty }) {
    !$0.fonts.isDisjoint(with: $1.fonts)
  }
}

/// The pages that are like no page but their neighbour, where all others are like each other in a chain
/// and at least three stand before and after.
private func intruders(_ pages: [Page], areAlike: (Page, Page) -> Bool) -> [Page] {
  guard pages.count >= 8, let last = pages.last else { return [] }
  var out: [Page] = []
  var i = 3
  while i < pages.count - 3 {
    // The run of pages from here on that are alike and differ from the page before.
    guard !areAlike(pages[i], pages[i - 1]) else {
      i += 1
      continue
    }
    var end = i + 1
    while end < pages.count, areAlike(pages[end], pages[i]) { end += 1 }
    let run = Array(pages[i..<end])
    let rest = Array(pages[..<i]) + Array(pages[end...])
    if run.count <= 2, end <= pages.count - 3,
      !rest.contains(where: { areAlike($0, pages[i]) }), areAlike(pages[i - 1], last)
    {
      out += run
    }
    i = end
  }
  return out
}
