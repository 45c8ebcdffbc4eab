import PDFText
import PageText
import SOC2Vocabulary
import TestSupport
import Testing

/// What a file's form tells, of files altered by `fixtures/reports/build-altered.py`.
struct FileSignalTests {
  private func reading(_ name: String) throws -> DocumentReading {
    try readPages(of: bytes(of: "fixtures/reports/\(name)/report.pdf"), password: nil)
  }

  @Test("a script and an attached file are told, a plain letter has none")
  func activeContent() throws {
    #expect(try reading("altered-active-content").marks.active == [.script, .attachment])
    #expect(try reading("opinion-letter-only").marks.active == [])
    let hostile = try readPages(of: bytes(of: "fixtures/hostile/active-content.pdf"), password: nil)
    #expect(Set(hostile.marks.active).isSuperset(of: [.script, .launch, .attachment, .submission]))
  }

  @Test("what was appended behind a signature is told with the page whose words it changed")
  func laterChange() throws {
    #expect(try reading("altered-signed").marks.laterChange == nil)
    #expect(try reading("altered-signature-broken").marks.laterChange == nil)
    let change = try reading("altered-after-signing").marks.laterChange
    #expect(change?.isAfterSigning == true && change?.pages == [2])
  }

  @Test("black areas: over words, and in the place of words; heads of tables are none")
  func blots() throws {
    let pages = try reading("altered-redacted").pages
    #expect(pages.filter { !$0.blots.isEmpty }.map(\.number) == [8])
    #expect(pages[7].blots.count == 2 && !pages[7].isSearchable)
    for name in Expected.all where name != "altered-redacted" {
      let marked = try reading(name).pages.filter { !$0.blots.isEmpty }
      #expect(marked.isEmpty, "\(name)")
    }
  }

  @Test("none of these findings comes up in a report that nobody altered", arguments: Expected.all)
  func noFalseAlarm(_ name: String) throws {
    guard !name.hasPrefix("altered-") else { return }
    let codes: Set<String> = [
      "redacted", "dc2Missing", "genericDescription", "cleanlinessBundle", "inconsistentSections",
      "signatureInvalid", "editedAfterSigning", "pageInserted", "metadataOdd", "activeContent",
      "productNotInScope", "productExcluded", "undisclosedIncident",
    ]
    for review in try ReportFixtureTests.reviews(name) {
      #expect(review.findings.filter { codes.contains($0.code) }.map(\.code) == [])
    }
  }
}
