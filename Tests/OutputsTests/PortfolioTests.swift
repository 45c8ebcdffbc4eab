import JSONTree
import PageText
import SOC2Vocabulary
import Testing
import XMLTree

@testable import Outputs

/// What many vendors come to together, worked out by hand.
struct PortfolioTests {
  static let judged: Packet = {
    var packet = Samples.judged
    packet.main = 0
    return packet
  }()

  static let row = PortfolioRow(vendor: "Northwind", packet: judged, record: "vendors/n.json")

  @Test func aRowSaysWhatItsPacketSays() {
    let row = Self.row
    #expect(row.decision == .conditions && row.score == 61 && row.bridge == .defective)
    #expect(row.opinion == "qualified" && row.type == "type2")
    #expect(row.periodEnd == Samples.day("2025-09-30") && row.daysCovered == 365)
    #expect(row.exceptions == [.init(severity: .high, families: ["CC6"])])
    #expect(row.exceptionsAreWhole)
    #expect(row.subservices == [.init(name: "Halyard Halls, Inc.", method: "carve-out")])
    #expect(row.documents == 3 && row.openQuestions == 3)
    #expect(row.reasons == ["opinionQualified", "bridgeUnsigned"])
    #expect(
      row.failures == [
        .init(file: "locked.pdf", status: .encrypted, reason: "The file asks for a password.")
      ])
    #expect(row.failures[0].nextStep.contains("save it without one"))
    #expect(row.staleAfter == Samples.day("2026-09-30"))
  }

  /// What is not known is never a number: no exceptions read is not none.
  @Test func theUnknownIsNoZero() {
    var review = Samples.tested
    review.facts[.exceptions] = Fact(state: .notSearchable)
    review.facts[.subserviceOrganizations] = Fact(state: .absent)
    review.facts[.opinion] = Fact(state: .notSearchable)
    let row = PortfolioRow(
      vendor: "V", packet: Packet(vendor: nil, reviews: [review], main: 0), record: nil)
    #expect(row.exceptions == nil && !row.exceptionsAreWhole && row.subservices == nil)
    let cells = portfolioTable([row], tool: Samples.tool).rows[0].map(\.content)
    let columns = portfolioTable([row], tool: Samples.tool).columns.map(\.name)
    func cell(_ name: String) -> SheetTable.Cell.Content? {
      columns.firstIndex(of: name).map { cells[$0] }
    }
    #expect(cell("Decision") == .text("NOT ASSESSED"))
    #expect(cell("Opinion") == .text("NOT FOUND"))
    #expect(cell("Critical exceptions") == .empty && cell("High") == .empty)
    #expect(cell("All results read") == .text("NO"))
    #expect(cell("Carve-outs") == .text("NOT KNOWN"))
    let page = String(
      decoding: portfolioHTML([row], on: Samples.reviewDate, tool: Samples.tool), as: UTF8.self)
    #expect(page.contains("NOT READABLE"))
    #expect(page.contains("Of 1 vendor not all test results are known"))
    #expect(page.contains("Of 1 vendor it is not known on whom they rely"))
    // Some were read: they are a lower bound.
    review.facts[.exceptions] = Fact(
      state: .notSearchable,
      readings: [
        Reading(
          value: .list([.object(["severity": .text("low"), "criteria": .list([])])]),
          evidence: [], section: .testsOfControls)
      ])
    let partly = PortfolioRow(
      vendor: "V", packet: Packet(vendor: nil, reviews: [review], main: 0), record: nil)
    #expect(partly.exceptions == [.init(severity: .low, families: [])])
    #expect(!partly.exceptionsAreWhole)
  }

  /// Three vendors: two have leavers under CC6, one of them CC7 too; two rely on one host.
  private static let rows: [PortfolioRow] = {
    var a = PortfolioRow(vendor: "A", failure: "x")
    a.failures = []
    a.decision = .accept
    a.exceptions = [
      .init(severity: .low, families: ["CC6"]), .init(severity: .high, families: ["CC6", "CC7"]),
    ]
    a.subservices = [
      .init(name: "Halyard Halls, Inc.", method: "carve-out"),
      .init(name: "Halyard Halls", method: "inclusive"),
    ]
    a.dates = [KeyDate(kind: .staleAfter, day: Samples.day("2026-03-31"), why: "w")]
    var b = a
    b.vendor = "B"
    b.decision = .reject
    b.exceptions = [.init(severity: nil, families: ["CC6"]), .init(severity: nil, families: [])]
    b.subservices = [
      .init(name: "HALYARD HALLS LLC", method: "unknown"),
      .init(name: "Brook Ltd", method: "inclusive"),
    ]
    b.dates = [KeyDate(kind: .staleAfter, day: Samples.day("2025-12-31"), why: "w")]
    return [a, b, PortfolioRow(vendor: "C", failure: "Line 4 is wrong.")]
  }()

  @Test func figuresAreCounted() {
    let figures = PortfolioFigures(Self.rows)
    #expect(figures.count(.accept) == 1 && figures.count(.reject) == 1 && figures.count(nil) == 1)
    #expect(
      figures.themes == [
        .init(family: "CC6", exceptions: 3, vendors: 2, worst: .high),
        .init(family: "CC7", exceptions: 1, vendors: 1, worst: .high),
        .init(family: "no criterion", exceptions: 1, vendors: 1, worst: nil),
      ])
    #expect(
      figures.fourthParties == [
        .init(
          name: "Halyard Halls, Inc.", carvedOut: 1, inclusive: 0, unknown: 1, vendors: ["A", "B"]),
        .init(name: "Brook Ltd", carvedOut: 0, inclusive: 1, unknown: 0, vendors: ["B"]),
      ])
    #expect(figures.expiries.map(\.vendor) == ["B", "A"])
    #expect(figures.withoutExpiry == 1 && figures.withoutSubservices == 1)
  }

  private static func tree(_ rows: [PortfolioRow]) throws -> Element {
    let bytes = portfolioHTML(rows, on: Samples.reviewDate, tool: Samples.tool)
    let line = Array("<!DOCTYPE html>\n".utf8)
    #expect(bytes.starts(with: line))
    return try ParsedXML(Array(bytes.dropFirst(line.count)), file: "summary.html").root
  }

  @Test func thePageSaysIt() throws {
    let text = try Self.tree(Self.rows).text
    for words in [
      "3 vendors", "Reviewed as of 15 January 2026.", "STALE on the review date",
      "B (31 December 2025)", "March 2026", "A (31 March 2026)", "Line 4 is wrong.",
      "Mend the list or the folder", "no criterion", "NOT GRADED",
    ] {
      #expect(text.contains(words), "\(words)")
    }
    #expect(text.contains("1 high, 1 low"), "the gravest first")
  }

  /// Every text an attacker can choose, in every output of a portfolio.
  @Test(arguments: Samples.attacks)
  func hostileTextDoesNothing(_ attack: String) throws {
    var packet = Samples.attacked(attack)
    packet.main = 0
    var row = PortfolioRow(vendor: attack, packet: packet, record: attack)
    row.notes = [attack]
    row.failures = [.init(file: attack, status: nil, reason: attack)]
    row.subservices = [.init(name: attack, method: attack)]
    row.exceptions = [.init(severity: .high, families: [attack])]
    for element in HTMLTests.all(try Self.tree([row])) {
      #expect(HTMLTests.tags.contains(element.name), "\(element.name)")
      for attribute in element.attributes {
        #expect(!attribute.name.hasPrefix("on") && attribute.name != "src")
        #expect(attribute.name != "href")
      }
    }
    for table in portfolioTables([row], tool: Samples.tool) {
      for line in table.rows { #expect(line.count == table.columns.count, "\(table.title)") }
      let list = String(decoding: csv(table), as: UTF8.self)
      for cell in list.split(separator: "\",\"") {
        #expect(!["=", "+", "-", "@", "\t"].contains(cell.first ?? "x"), "\(cell)")
      }
      #expect(!list.unicodeScalars.contains("\u{1B}"))
    }
    let record = portfolioJSON([row], on: Samples.reviewDate, tool: Samples.tool)
    #expect(!record.contains(0x1B))
  }

  /// A batch's line is one line, whatever is in it, and gives back what it was given.
  @Test func aLineIsOneLine() {
    let line = RecordLine(
      id: nil, path: "a\nb\u{2028}.pdf",
      meta: .object([.init(name: "k\n", value: .list([.number("1.50"), .text("\r\u{1B}")]))]),
      limits: DocumentLimits(bytes: 5, pages: 4, seconds: 60, memoryBytes: 7, outputBytes: 8),
      record: .refusal("No."))
    #expect(
      String(decoding: json(line), as: UTF8.self)
        == #"{"id":null,"limits":{"bytes":5,"memoryBytes":7,"outputBytes":8,"pages":4,"seconds":60},"meta":{"k\n":[1.50,"\r\u001b"]},"path":"a\nb\u2028.pdf","record":{"reason":"No.","schema":"soclens.refusal/1","status":"refused"}}"#
        + "\n")
  }

  @Test func aPolicyThatChangesNothingSaysNothing() {
    #expect(policyChange(from: Self.judged, to: Self.judged) == [])
    var other = Self.judged
    other.assessment?.decision = .reject
    other.assessment?.score = 51
    other.assessment?.points[2].points = 20
    other.findings[0].severity = .high
    #expect(
      policyChange(from: Self.judged, to: other) == [
        "decision: conditions → reject, because of: Qualified opinion; "
          + "The bridge letter is not signed", "score: 61 → 51",
        "bridgeUnsigned: medium, 10 points → high, 20 points",
      ])
  }
}
