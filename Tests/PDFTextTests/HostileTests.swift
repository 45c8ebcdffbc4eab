import Foundation
import PDFText
import PageText
import TestSupport
import Testing

/// Each broken file of `fixtures/hostile` gives pages or a reason why not, in bounded time. Which
/// status a record gets is the pipeline's; here only the reading is tested.
@Suite struct HostileTests {
  struct Expectation: Decodable {
    var why: String
    var text: [String]?
    var pages: Int?
  }

  static let all: [String: Expectation] = {
    guard let data = try? bytes(of: "fixtures/hostile/expected.json") else { return [:] }
    return (try? JSONDecoder().decode([String: Expectation].self, from: Data(data))) ?? [:]
  }()

  /// `content-bomb` unpacks to 40 million bytes of operators that paint nothing; poppler looks at its
  /// abort callback only when something is painted, so the walls of the confined child must end it
  /// (ten seconds here), not the reader.
  static let names = all.keys.filter { $0 != "content-bomb" }.sorted()

  @Test func areListed() {
    #expect(Self.all.count >= 35)
  }

  @Test(arguments: names) func readOrRefused(_ name: String) throws {
    let expected = try #require(Self.all[name])
    let file = try bytes(of: "fixtures/hostile/\(name).pdf")
    let reading: DocumentReading
    do {
      reading = try readPages(of: file, password: nil)
    } catch {
      #expect(error == Self.errors[name], "\(error)")
      return
    }
    #expect(Self.errors[name] == nil)
    #expect(!reading.pages.isEmpty)
    for page in reading.pages {
      #expect(page.words.allSatisfy { Self.isSound($0, page) })
      // A page that was not read says so: nothing is passed over.
      #expect(page.isSearchable || reading.diagnostics.contains { $0.page == page.number })
    }
    let isWhole = reading.pages.allSatisfy { $0.state == .text || $0.state == .picture }
    guard isWhole else { return }
    let text = reading.pages.map { printed($0.words, on: $0) }.joined(separator: "\n")
    for line in expected.text ?? [] { #expect(text.contains(line)) }
    if let count = expected.pages { #expect(reading.pages.count == count) }
  }

  static let errors: [String: PDFTextError] = [
    "empty": .notPDF,
    "header-only": .damaged,
    "html-renamed": .notPDF,
    "lying-count": .zeroPages,
    "noise": .damaged,
    "password-needed": .encrypted(passwordGiven: false),
    "text-renamed": .notPDF,
    "three-thousand-pages": .tooManyPages(3_000),
    "truncated-before-xref": .damaged,
    "truncated-half": .damaged,
    "unknown-security-handler": .encrypted(passwordGiven: false),
    "zero-pages": .zeroPages,
  ]

  private static func isSound(_ word: Word, _ page: Page) -> Bool {
    let values = [word.box.x0, word.box.y0, word.box.x1, word.box.y1, word.baseline, word.size]
    return values.allSatisfy(\.isFinite) && word.start < word.end
      && Int(word.end) <= page.utf8.count
  }

  @Test func tooManyGlyphsEndThePage() throws {
    let file = try bytes(of: "fixtures/hostile/long-content-overlapping.pdf")
    let reading = try readPages(of: file, password: nil)
    #expect(reading.pages.map(\.state) == [.tooMuch])
    #expect(reading.diagnostics.map(\.code).contains("pageTooMuch"))
  }

  @Test func pageLimitIsOne() throws {
    var limits = ReadingLimits.standard
    limits.pages = 1
    let file = try bytes(of: "fixtures/text/picture-page/page.pdf")
    #expect(throws: PDFTextError.tooManyPages(5)) {
      try readPages(of: file, password: nil, within: limits)
    }
    limits.bytes = 100
    #expect(throws: PDFTextError.tooLarge(file.count)) {
      try readPages(of: file, password: nil, within: limits)
    }
  }

  /// Bytes that change inside a page's compressed text take lines away without a trace on the page.
  @Test func damageInsideAPageIsTold() throws {
    var file = try bytes(of: "fixtures/reports/type1-unqualified/report.pdf")
    #expect(
      try !readPages(of: file, password: nil).diagnostics.contains { $0.code == "pageDamaged" })
    let mark = Array("FlateDecode>>\nstream\n".utf8)
    let start = try #require(
      file.indices.first { file[$0...].starts(with: mark) }, "the text of the first page")
    for i in 0..<32 { file[start + mark.count + 150 + i] ^= 0x55 }
    let damaged = try readPages(of: file, password: nil).diagnostics.filter {
      $0.code == "pageDamaged"
    }
    #expect(damaged.map(\.page) == [1])
  }

  /// Cutting a good file anywhere gives pages or a reason, and never the end of the program.
  @Test func cutAnywhere() throws {
    let file = try bytes(of: "fixtures/text/table-ruled/page.pdf")
    for length in stride(from: 0, to: file.count, by: max(1, file.count / 60)) {
      let cut = Array(file[..<length])
      guard let reading = try? readPages(of: cut, password: nil) else { continue }
      #expect(!reading.pages.isEmpty)
    }
  }
}
