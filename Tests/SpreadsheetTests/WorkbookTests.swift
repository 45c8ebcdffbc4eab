import CZlib
import Foundation
import SOC2Vocabulary
import Testing
import XMLTree

@testable import Outputs
@testable import Spreadsheet

/// The parts inside of a workbook, as a spreadsheet program reads them.
struct WorkbookTests {
  static let day = Day(iso: "2026-01-15")!

  private func table(_ rows: [[SheetTable.Cell]], choices: [String] = []) -> SheetTable {
    SheetTable(
      title: "Sheet <1>",
      columns: [
        .init("Text", width: 20, tones: [.init(word: "HIGH", tone: .alarm)]),
        .init("Status", width: 10, choices: choices, isForReader: true),
      ], rows: rows)
  }

  private func strings(_ files: [String: String]) throws -> Element {
    let text = try #require(files["xl/sharedStrings.xml"])
    return try ParsedXML(Array(text.utf8), file: "sharedStrings.xml").root
  }

  private func parts(_ tables: [SheetTable]) throws -> [String: String] {
    try unpacked(try #require(xlsx(tables, day: Self.day)))
  }

  @Test func theSameTablesGiveTheSameBytes() throws {
    let tables = [table([[.text("a"), .number(1)]])]
    let first = xlsx(tables, day: Self.day)
    #expect(first != nil && first == xlsx(tables, day: Self.day))
  }

  @Test func theFileIsMadeOnTheReviewDateByNobody() throws {
    let core = try #require(try parts([table([])])["docProps/core.xml"])
    #expect(core.contains(">2026-01-15T00:00:00Z</dcterms:created>"))
    #expect(core.contains("<dc:creator></dc:creator>"))
  }

  @Test func headsAreFrozenFilteredAndRepeated() throws {
    let files = try parts([table([[.text("a"), .number(3)], [.empty, .empty]])])
    let sheet = try #require(files["xl/worksheets/sheet1.xml"])
    #expect(
      sheet.contains(
        "<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>"))
    #expect(sheet.contains("<autoFilter ref=\"A1:B3\"/>"))
    #expect(sheet.contains("<v>3</v>"))
    #expect(try #require(files["xl/workbook.xml"]).contains("name=\"Sheet &lt;1&gt;\""))
  }

  @Test func choicesAndColoursAreThere() throws {
    let files = try parts([
      table([[.text("HIGH"), .text("open")]], choices: ["open", "closed"])
    ])
    let sheet = try #require(files["xl/worksheets/sheet1.xml"])
    #expect(sheet.contains("<dataValidation type=\"list\""))
    #expect(sheet.contains("sqref=\"B2\""))
    #expect(sheet.contains("<formula1>\"open,closed\"</formula1>"))
    #expect(sheet.contains("type=\"beginsWith\""))
    #expect(sheet.contains("text=\"HIGH\""))
  }

  /// Whatever a text looks like, its cell is of the kind "shared string" and reads as it was written.
  @Test(arguments: [
    "=HYPERLINK(\"http://e.example\")", "@SUM(1)", "+cmd|' /C calc'!A0", "-1", "2026-01-15", "12",
    "http://e.example", "mailto:a@b.example", "internal:A1", "<script>alert(1)</script>", "{=1}",
    "_x0041_ and _x00zz_", "a & b \"c\"", " padded ", "a\nb", "TRUE", "漢字 \u{1F512}",
  ])
  func textIsOnlyEverText(_ text: String) throws {
    let cell = SheetTable.Cell.lines(text.components(separatedBy: "\n"))
    let files = try parts([table([[cell, .empty]])])
    let sheet = try #require(files["xl/worksheets/sheet1.xml"])
    #expect(sheet.contains("<c r=\"A2\" s=\"2\" t=\"s\"><v>2</v></c>"))
    #expect(!sheet.contains("<f>") && !sheet.contains("<hyperlink"))
    #expect(files["xl/worksheets/_rels/sheet1.xml.rels"] == nil, "no link out of the file")
    let strings = try strings(files)
    let read = try #require(strings.elements.dropFirst(2).first?.elements.first?.text)
    #expect(read.replacing("_x005F", with: "") == text)
    if text.contains("_x0041_") { #expect(read == "_x005F_x0041_ and _x00zz_") }
  }

  @Test func everyAttackGivesXMLThatCanBeRead() throws {
    let attacks = [
      "\u{1B}]0;t\u{7}", "nul\u{0}", "\u{FFFE}\u{1FFFF}", "\u{202E}x", "\r\n",
      String(repeating: "=", count: 1_000_000),
    ]
    let files = try parts([table(attacks.map { [.text($0), .text($0)] })])
    for (name, text) in files {
      _ = try ParsedXML(Array(text.utf8), file: name)
    }
    let strings = try #require(files["xl/sharedStrings.xml"])
    #expect(!strings.unicodeScalars.contains("\u{202E}"))
    #expect(strings.utf8.count < 40_000, "what a cell cannot hold is cut")
  }

  @Test func aSheetWithoutColumnsIsRefused() {
    #expect(xlsx([SheetTable(title: "x", columns: [], rows: [])], day: Self.day) == nil)
    let long = SheetTable(
      title: String(repeating: "x", count: 32), columns: [.init("a", width: 3)], rows: [])
    #expect(xlsx([long], day: Self.day) == nil, "no sheet may have such a name")
  }

  /// The files of a ZIP archive, by its central directory.
  private func unpacked(_ bytes: [UInt8]) throws -> [String: String] {
    func number(_ at: Int, _ size: Int) -> Int {
      (0..<size).reduce(0) { $0 | Int(bytes[at + $1]) << (8 * $1) }
    }
    let end = try #require(
      (0...(bytes.count - 22)).last { number($0, 4) == 0x0605_4B50 })
    var at = number(end + 16, 4)
    var files: [String: String] = [:]
    for _ in 0..<number(end + 10, 2) {
      #expect(number(at, 4) == 0x0201_4B50)
      let (packed, size) = (number(at + 20, 4), number(at + 24, 4))
      let (name, extra, comment) = (number(at + 28, 2), number(at + 30, 2), number(at + 32, 2))
      let local = number(at + 42, 4)
      let start = local + 30 + number(local + 26, 2) + number(local + 28, 2)
      files[String(decoding: bytes[(at + 46)..<(at + 46 + name)], as: UTF8.self)] =
        number(at + 10, 2) == 0
        ? String(decoding: bytes[start..<(start + size)], as: UTF8.self)
        : try inflated(Array(bytes[start..<(start + packed)]), size: size)
      at += 46 + name + extra + comment
    }
    return files
  }

  private func inflated(_ packed: [UInt8], size: Int) throws -> String {
    var packed = packed
    var result = [UInt8](repeating: 0, count: size)
    var stream = z_stream()
    // A negative number of bits: no header, as in ZIP archives.
    try #require(
      inflateInit2_(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK)
    defer { inflateEnd(&stream) }
    let state = packed.withUnsafeMutableBufferPointer { input in
      result.withUnsafeMutableBufferPointer { output in
        stream.next_in = input.baseAddress
        stream.avail_in = UInt32(input.count)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(output.count)
        return inflate(&stream, Z_FINISH)
      }
    }
    try #require(state == Z_STREAM_END)
    return String(decoding: result, as: UTF8.self)
  }
}
