import SOC2Vocabulary
import Scoring
import Testing

@testable import Requests

struct ManifestTests {
  private func manifest(_ text: String) throws -> Manifest { try readManifest(Array(text.utf8)) }

  private func refusal(_ text: String) -> ManifestProblem? {
    do throws(ManifestProblem) {
      _ = try readManifest(Array(text.utf8))
      return nil
    } catch {
      return error
    }
  }

  @Test func aListOfVendorsIsRead() throws {
    let list = try manifest(
      """
      vendor,tier,products,required,files
      "Fernhill, Inc.",critical,Ledger; Vault,privacy;security,a/report.pdf; a/letter.docx
      Quay Systems,,,,b.pdf

      """)
    #expect(list.problems.isEmpty)
    #expect(
      list.vendors == [
        VendorRequest(
          name: "Fernhill, Inc.", tier: .critical, products: ["Ledger", "Vault"],
          required: [.security, .privacy], files: ["a/report.pdf", "a/letter.docx"], line: 2),
        VendorRequest(name: "Quay Systems", files: ["b.pdf"], line: 3),
      ])
  }

  /// As some spreadsheets save text: each letter in two bytes, with a mark of their order or without.
  @Test(
    arguments: [
      [0xFF, 0xFE, 0x76, 0x00, 0x65, 0x00], [0xFE, 0xFF, 0x00, 0x76, 0x00, 0x65],
      [0x76, 0x00, 0x65, 0x00], [0x00, 0x76, 0x00, 0x65],
    ] as [[UInt8]])
  func anotherEncodingIsNamed(_ bytes: [UInt8]) {
    #expect {
      try readManifest(bytes)
    } throws: { error in
      (error as? ManifestProblem)?.message.contains("UTF-16") == true
    }
  }

  /// As a spreadsheet of a continental office writes it: byte order mark, semicolons, CRLF, other order.
  @Test func semicolonsAndAByteOrderMarkAreRead() throws {
    let list = try manifest("\u{FEFF}Files;Vendor\r\n\"a.pdf;b.pdf\";Quay\r\n\r\nc.pdf;Brook")
    #expect(list.problems.isEmpty)
    #expect(list.vendors.map(\.name) == ["Quay", "Brook"])
    #expect(list.vendors.map(\.files) == [["a.pdf", "b.pdf"], ["c.pdf"]])
    #expect(list.vendors.map(\.line) == [2, 4])
  }

  /// Quotes, commas and line breaks in a cell belong to it; the line of the next row counts them.
  @Test func quotedCellsHoldAnything() throws {
    let list = try manifest(
      "vendor,files\n\"The \"\"Quay\"\",\nand Sons\",\"odd, name.pdf\"\nBrook,b.pdf\nBrook,c.pdf\n")
    #expect(list.vendors[0].name == "The \"Quay\",\nand Sons")
    #expect(list.vendors[0].files == ["odd, name.pdf"])
    #expect(list.vendors[1].line == 4)
    #expect(list.problems.map(\.line) == [5])
  }

  @Test(arguments: [
    ("Quay,critcal,,a.pdf", "'critcal' is no tier; write critical, standard, low"),
    ("Quay,low;critical,,a.pdf", "one tier"),
    ("Quay,,secrecy,a.pdf", "'secrecy' is no category; write security, availability"),
    ("Quay,,,", "'Quay' has no files"), ("Quay,,, ; ", "has no files"),
    (",,,a.pdf", "names no vendor"), ("Quay,,", "3 cells where the first line has 4"),
    ("Quay,,,a.pdf,b.pdf", "5 cells"), ("Quay,,,a\u{0}.pdf", "NUL"),
    ("Brook,,,a.pdf", "'Brook' stands in line 2 already"),
  ])
  func aBadRowHasItsLineAndTheOthersStay(_ row: String, _ words: String) throws {
    let list = try manifest(
      "vendor,tier,required,files\nBrook,,,b.pdf\n\(row)\nLast,,,l.pdf\n")
    #expect(list.vendors.count == 3)
    #expect(list.vendors[0].problem == nil && list.vendors[2].problem == nil)
    #expect(list.vendors[2].name == "Last")
    #expect(list.problems.count == 1 && list.problems[0].line == 3)
    #expect(list.problems[0].message.contains(words), "\(list.problems[0].message)")
    #expect(list.vendors[1].problem?.contains("Line 3") == true)
  }

  @Test func bytesThatAreNoTextAreABadRow() throws {
    let list = try readManifest(Array("vendor,files\nCaf".utf8) + [0xE9] + Array(",a.pdf\n".utf8))
    #expect(list.problems.map(\.line) == [2])
    #expect(list.problems[0].message.contains("UTF-8"))
  }

  /// A quote that is never closed swallows what follows: that is told, and the rows before stay.
  @Test(arguments: [
    "vendor,files\nBrook,b.pdf\nQuay,\"a.pdf\nLast,l.pdf\n",
    "vendor,files\nBrook,b.pdf\nQuay,\"a.pdf\" x\nLast,l.pdf\n",
  ])
  func aBrokenQuoteEndsTheListAndIsTold(_ text: String) throws {
    let list = try manifest(text)
    #expect(list.vendors.count == 2)
    #expect(list.vendors[0].problem == nil && list.vendors[1].problem != nil)
    #expect(list.problems.map(\.line) == [3])
    #expect(list.problems[0].message.contains("all after it were not read"))
  }

  @Test(arguments: [
    ("", "empty"), ("vendor,file\nQuay,a.pdf", "'file' is no column"),
    ("vendor\nQuay", "no column 'files'"), ("files\na.pdf", "no column 'vendor'"),
    ("vendor,files,vendor\na,b,c", "twice"), ("vendor,files\n", "names no vendor"),
    ("%PDF-1.7\n1 0 obj", "is no column"), ("\"vendor", "never closed"),
  ])
  func whatIsNoManifestIsRefused(_ text: String, _ words: String) {
    #expect(refusal(text)?.message.contains(words) == true)
    #expect(refusal(text)?.line == 1)
  }
}
