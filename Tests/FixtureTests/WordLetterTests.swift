import Foundation
import Outputs
import PageText
import Pipeline
import RuleEngine
import SOC2Vocabulary
import TestSupport
import Testing

/// Letters as DOCX, and what is sent in place of one; see fixtures/word/README.md.
struct WordLetterTests {
  private struct Expected: Decodable {
    var kind: String
    var creator: String
    var pages: [[String]]
    var diagnostics: [String]
  }

  static let names = Repository.folders(in: "fixtures/word")

  @Test func thereIsOne() { #expect(!Self.names.isEmpty) }

  @Test(arguments: names)
  func readsAsWritten(_ name: String) throws {
    let expected = try JSONDecoder().decode(
      Expected.self, from: Data(try bytes(of: "fixtures/word/\(name)/expected.json")))
    let file = try bytes(of: "fixtures/word/\(name)/letter.docx")
    let pages = try readPages(ofFile: file, password: nil).pages
    #expect(
      pages.map { page in page.words.map { page.text(of: $0) }.joined(separator: " ") }
        == expected.pages.map { $0.joined(separator: " ") })
    let reviews = try reviews(file)
    #expect(reviews.count == 1)
    let review = try #require(reviews.first)
    #expect(review.document.status == .ok)
    #expect(review.document.kind?.rawValue == expected.kind)
    #expect(review.document.metadata?.creator == expected.creator)
    #expect(review.diagnostics.map(\.code) == expected.diagnostics)
    #expect(!review.allEvidence.isEmpty)
    #expect(unproven(review.allEvidence, on: pages).isEmpty)
    let problems = try SchemaValidator(reviewSchema()).errors(in: json(review))
    #expect(problems.isEmpty, "\(problems.prefix(3))")
    #expect(json(review) == json(try #require(try self.reviews(file).first)))
  }

  /// What hides in a letter is a finding with a quote that can be found again, and no fact.
  @Test func hiddenTextIsFoundAgain() throws {
    let docx = Docx(
      Docx.paragraph("Bridge Letter", run: "<w:b/>")
        + Docx.paragraph(
          "Management is not aware of any material changes to the control environment.")
        + Docx.paragraph("Security was breached in March.", run: "<w:vanish/>"))
    let review = try #require(try reviews(docx.bytes).first)
    #expect(review.document.status == .ok)
    #expect(review.diagnostics.map(\.code).contains("hiddenText"))
  }

  /// Nothing may be held to be missing from a document with a part that was not read.
  @Test func anUnreadPartMakesTheDocumentPartial() throws {
    let docx = Docx(
      Docx.paragraph("Bridge Letter", run: "<w:b/>")
        + Docx.paragraph(
          "Management is not aware of any material changes to the control environment.")
        + "<w:altChunk r:id=\"x\"/>")
    let review = try #require(try reviews(docx.bytes).first)
    #expect(review.document.status == .partial)
    #expect(review.document.unreadPages == [2])
  }

  /// Each with the status and words of its record that say what to do.
  static let others: [(what: String, bytes: [UInt8], status: String, words: String)] = {
    let compound: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
    func named(_ name: String) -> [UInt8] { compound + name.utf16.flatMap { [UInt8($0), 0] } }
    let pdf = (try? bytes(of: "fixtures/reports/bridge-letter/report.pdf")) ?? []
    var empty = Docx("")
    empty.files = [("word/media/scan.png", [1])]
    return [
      ("an old document", named("WordDocument"), "not-pdf", "Save it as PDF or DOCX"),
      ("a locked document", named("EncryptedPackage"), "encrypted", "password"),
      ("archived PDFs", zip([("a.pdf", pdf), ("b.pdf", pdf)]), "not-pdf", "with 2 PDF"),
      (
        "a workbook", zip([("[Content_Types].xml", []), ("xl/workbook.xml", [])]), "not-pdf", "XLSX"
      ),
      ("half a document", Array(Docx("").bytes.prefix(700)), "damaged", "Ask for the file again"),
      ("a document without text", empty.bytes, "no-text", "No page"),
      ("rich text", Array("{\\rtf1 letter}".utf8), "not-pdf", "Rich Text"),
    ]
  }()

  @Test(arguments: others.map(\.what))
  func whatIsNoDocumentSaysSo(_ what: String) throws {
    let other = try #require(Self.others.first { $0.what == what })
    let reviews = try reviews(other.bytes)
    #expect(reviews.count == 1)
    let review = try #require(reviews.first)
    #expect(review.document.status.rawValue == other.status)
    let reason = try #require(review.document.reason)
    #expect(reason.contains(other.words), "\(reason)")
    #expect(review.facts.isEmpty && review.findings.isEmpty)
  }

  private func reviews(_ file: [UInt8]) throws -> [Review] {
    let yardstick = try #require(ReportFixtureTests.yardstick)
    let day = try #require(Day(2026, 1, 15))
    return review(file, ReviewRequest(file: "letter.docx", reviewDate: day), with: yardstick)
  }
}
