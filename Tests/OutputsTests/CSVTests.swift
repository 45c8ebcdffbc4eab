import SOC2Vocabulary
import Testing

@testable import Outputs

struct CSVTests {
  @Test(arguments: [
    ("=1", "'=1"), ("+1", "'+1"), ("-1", "'-1"), ("@x", "'@x"), ("\u{FF1D}1", "'\u{FF1D}1"),
    ("\u{FF0B}1", "'\u{FF0B}1"), ("\u{FF0D}1", "'\u{FF0D}1"), ("\u{FF20}x", "'\u{FF20}x"),
    ("\tx", "'\tx"), ("\rx", "'\rx"), ("  =1", "  '=1"), ("a\n=1", "a\n'=1"), ("a;=1", "a;'=1"),
    ("a;\"=1", "a;\"'=1"), ("a=b-c@d", "a=b-c@d"), ("CC6.1; see p. 4", "CC6.1; see p. 4"), ("", ""),
  ])
  func noCellStartsAFormula(_ text: String, _ expected: String) {
    #expect(formulaSafe(text) == expected)
  }

  @Test func linesAndQuotesAreThoseOfTheStandard() {
    let table = SheetTable(
      title: "T", columns: [.init("A", width: 9), .init("B \"b\"", width: 9)],
      rows: [[.text("x,\"y\""), .number(7)], [.lines(["a", "b"]), .empty]])
    #expect(
      String(decoding: csv(table), as: UTF8.self)
        == "\"A\",\"B \"\"b\"\"\"\r\n\"x,\"\"y\"\"\",\"7\"\r\n\"a\nb\",\"\"\r\n")
  }

  @Test(arguments: Samples.attacks)
  func attacksStayText(_ attack: String) {
    let packet = Samples.attacked(attack)
    for table in [
      findingsTable(packet), questionsTable(packet), userEntityTable(packet), jiraTable(packet),
      serviceNowTable(packet),
    ] {
      let rows = parsed(csv(table))
      #expect(rows.count == table.rows.count + 1)
      for row in rows {
        #expect(row.count == table.columns.count)
        for cell in row {
          let start = cell.unicodeScalars.first { $0 != " " }
          #expect(
            start.map { !"=+-@\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}\t\r".unicodeScalars.contains($0) }
              ?? true, "\(cell)")
          for scalar in cell.unicodeScalars where scalar != "\n" {
            #expect(scalar.properties.generalCategory != .control)
            #expect(scalar.value != 0x202E)
          }
        }
      }
    }
  }

  /// A reader of RFC 4180, strict: every cell in quotes.
  private func parsed(_ bytes: [UInt8]) -> [[String]] {
    var rows: [[String]] = []
    var row: [String] = []
    var at = 0
    while at < bytes.count {
      guard bytes[at] == 0x22 else { return [] }
      var cell: [UInt8] = []
      at += 1
      while at < bytes.count {
        if bytes[at] == 0x22 {
          guard at + 1 < bytes.count, bytes[at + 1] == 0x22 else { break }
          at += 1
        }
        cell.append(bytes[at])
        at += 1
      }
      row.append(String(decoding: cell, as: UTF8.self))
      at += 1
      if at < bytes.count, bytes[at] == 0x2C {
        at += 1
      } else {
        guard at + 1 < bytes.count, bytes[at] == 0x0D, bytes[at + 1] == 0x0A else { return [] }
        at += 2
        rows.append(row)
        row = []
      }
    }
    return rows
  }
}
