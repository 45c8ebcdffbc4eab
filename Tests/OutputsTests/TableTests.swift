import PageText
import SOC2Vocabulary
import Testing

@testable import Outputs

/// Rows of sheets and lists, worked out by hand from the samples.
struct TableTests {
  /// A table as plain words, one list a row.
  private func words(_ table: SheetTable) -> [[String]] {
    table.rows.map { row in
      row.map { cell in
        switch cell.content {
        case .text(let text): text
        case .number(let number): "#\(number)"
        case .empty: ""
        }
      }
    }
  }

  private func table(_ title: String, _ packet: Packet = Samples.judged) throws -> [[String]] {
    words(try #require(tables(packet).first { $0.title == title }))
  }

  @Test func thereIsASheetForEachUse() {
    #expect(
      tables(Samples.judged).map(\.title) == [
        "Summary", "Findings", "Questions", "Exceptions", "Controls", "CUECs", "Subservice",
        "Evidence", "Not found", "Diagnostics",
      ])
  }

  @Test(arguments: Sample.allCases)
  func everyRowHasEveryColumn(_ sample: Sample) {
    for table in tables(Packet(vendor: nil, reviews: [sample.review])) {
      for row in table.rows { #expect(row.count == table.columns.count, "\(table.title)") }
      for column in table.columns {
        #expect(column.choices.joined(separator: ",").utf8.count <= 255, "a limit of the format")
      }
    }
  }

  @Test func theSummaryBeginsWithTheDecision() throws {
    let rows = try table("Summary").map { Array($0.prefix(3)) }
    #expect(
      Array(rows.prefix(11)) == [
        ["Documents", "3 documents of Northwind", ""],
        ["Decision", "CONDITIONS – Rely on it once these points are settled", ""],
        ["Score", "61 of 100", ""],
        [
          "Reason",
          "HIGH – Qualified opinion. The opinion is qualified: criterion CC6.3 was not met.",
          "p. 5",
        ],
        ["Reason", "MEDIUM – The bridge letter is not signed. Nobody signed bridge.pdf.", ""],
        [
          "Time since the report",
          "there is a bridge letter, and it does not do what it should", "",
        ],
        [
          "Bridge letter covers until",
          "31 December 2025: bridge.pdf, signed by nobody; covers to here", "",
        ],
        [
          "Stale after",
          "30 September 2026: 12 months after the end of the period, 30 September 2025", "",
        ],
        [
          "Time covered", "1 October 2024 to 30 September 2025: examined by a service auditor", "",
        ],
        [
          "Time covered",
          "1 October 2025 to 31 December 2025: management's letter only, not examined", "",
        ],
        ["Time covered", "1 January 2026 to 15 January 2026: nothing", ""],
      ])
    #expect(
      rows.contains([
        "Encrypted",
        "The file asks for a password. Open the file with its password and save it without one, or ask the vendor for a copy that is not encrypted.",
        "",
      ]))
    #expect(rows.contains(["Assertion date", "NOT FOUND", ""]) == false)
  }

  @Test func withoutADecisionTheSummarySaysSo() throws {
    let rows = try table("Summary", Packet(vendor: nil, reviews: [Samples.report]))
    #expect(rows[1][1].hasPrefix("NOT ASSESSED"))
  }

  @Test func findingsHavePointsAndStableIds() throws {
    let rows = try table("Findings")
    #expect(
      rows.map { [$0[0], $0[1], $0[2], $0[6], $0[8], $0[9], $0[10]] } == [
        [
          "all documents", "MEDIUM", "bridgeUnsigned", "#10", "#2", "bridgeUnsigned",
          "soclens-5f2a5f2a5f2a-packet-bridgeUnsigned",
        ],
        [
          "northwind-soc2-2025.pdf", "HIGH", "opinionQualified", "#20", "#1",
          "1/opinionQualified", "soclens-5f2a5f2a5f2a-opinionQualified",
        ],
        [
          "northwind-soc2-2025.pdf", "MEDIUM", "periodMismatch", "#9", "", "1/periodMismatch",
          "soclens-5f2a5f2a5f2a-periodMismatch",
        ],
        [
          "northwind-soc2-2025.pdf", "HIGH", "exception", "", "", "1/exception",
          "soclens-5f2a5f2a5f2a-exception",
        ],
      ])
    #expect(rows[2][4] == "pp. 4, 8")
    #expect(rows[2][5] == "“September 30, 2025”\n“June 30, 2025”")
  }

  /// The review alone calls its finding by its id; packet and sheet by document and id.
  @Test func aSinglReviewsAssessmentCountsToo() throws {
    var review = Samples.report
    review.assessment = Assessment(
      decision: .reject, score: nil, reasons: ["periodMismatch"],
      points: [Assessment.Points(finding: "periodMismatch", points: 9, why: "w")],
      bridge: .missing, dates: [])
    let packet = Packet(vendor: nil, reviews: [review])
    let rows = try table("Findings", packet)
    #expect(rows.map { $0[6] } == ["", "#9"] && rows.map { $0[8] } == ["", "#1"])
    #expect(try table("Summary", packet)[1][1] == "REJECT – Do not rely on it")
    #expect(
      try table("Questions", packet).map { $0[7] } == ["1/opinionQualified"])
  }

  @Test func questionsHaveColumnsToFillIn() throws {
    let rows = try table("Questions")
    #expect(
      rows.map { [$0[0], $0[1], $0[2], $0[5], $0[6], $0[7], $0[8], $0[9]] } == [
        [
          "#1", "the vendor", "May we have the letter signed?", "all documents", "",
          "bridgeUnsigned", "", "open",
        ],
        [
          "#2", "the vendor", "Which accounts were removed late?", "northwind-soc2-2025.pdf",
          "p. 40", "1/exception", "", "open",
        ],
        [
          "#3", "ourselves", "Who removes our leavers?", "northwind-soc2-2025.pdf", "",
          "1/opinionQualified", "", "open",
        ],
      ])
  }

  @Test func questionsThatNobodyRankedAreNotLost() throws {
    let packet = Packet(vendor: nil, reviews: [Samples.soc1, Samples.report])
    let rows = try table("Questions", packet)
    #expect(rows.map { $0[7] } == ["2/opinionQualified"])
    #expect(rows[0][5] == "northwind-soc2-2025.pdf")
  }

  @Test func anExceptionStandsWithRateGradeAndAnswer() throws {
    let row = try #require(try table("Exceptions").first)
    #expect(
      row == [
        "northwind-soc2-2025.pdf", "NW-12", "CC6.2, CC6.3", Samples.exceptionText, "HIGH", "#6",
        "#25", "", "38.3", "deprovisioning", "5 about deprovisioning\n2 6 of 25 failed\n= 7",
        "Access of leavers is removed within one day.", "none found", "", "p. 40",
      ])
  }

  @Test func everyTestOfAControlIsARow() throws {
    #expect(
      try table("Controls").map { [$0[1], $0[3], $0[4], $0[6]] } == [
        [
          "NW-12", "Access of leavers is removed within one day.", "Inspected tickets.",
          "EXCEPTION",
        ],
        [
          "NW-12", "Access of leavers is removed within one day.", "Inspected tickets.",
          "no exception",
        ],
        ["no number", "Backups are made.", "no test read", ""],
      ])
  }

  @Test func dutiesOfOursHaveATopicAnOwnerAndAStatus() throws {
    #expect(
      try table("CUECs").map { Array($0[1...9]) } == [
        [
          "1", "Remove your users who leave.", "CC6.2", "CUEC",
          "Granting and removing access of own users", "Identity and access management", "p. 30",
          "", "unknown",
        ],
        [
          "", "Be careful.", "", "unclear", "Topic not recognised", "To be decided", "", "",
          "unknown",
        ],
      ])
  }

  /// What was read of a list that is not whole stands below the words that say so.
  @Test func aListThatIsNotWholeSaysSo() throws {
    let rows = try table("Subservice")
    #expect(rows.map { $0[1] } == ["organization", "", "expected control"])
    #expect(rows[1][3].hasPrefix("Subservice controls (CSOC) – NOT READABLE – "))
    #expect(rows[2][3] == "Doors are locked.")
    let open = try table("Exceptions", Packet(vendor: nil, reviews: [Samples.notSearchable]))
    #expect(open.map { $0[3] } == ["Exceptions – NOT SEARCHED – this version does not look for it"])
    var none = Samples.tested
    none.facts[.exceptions] = Samples.found(.list([]))
    #expect(
      try table("Exceptions", Packet(vendor: nil, reviews: [none])).map { $0[3] } == [
        "Exceptions – none: every row of results was read"
      ])
  }

  @Test func whatWasNotFoundSaysWhereWasLooked() throws {
    let rows = try table("Not found", Packet(vendor: nil, reviews: [Samples.notSearchable]))
    #expect(
      rows.contains([
        "scanned-letter.pdf", "Opinion", "NOT READABLE", "pages 2, 3 are pictures", "opinion/kind",
      ]))
    #expect(!rows.contains { $0[1] == "As-of date" }, "a type 2 report has none")
  }

  @Test func unreadableFilesAreAmongTheDiagnostics() throws {
    let rows = try table("Diagnostics")
    #expect(
      rows.contains { $0[0] == "locked.pdf" && $0[1] == "encrypted" && $0[3].contains("password") })
    #expect(
      rows.contains([
        "northwind-soc2-2025.pdf", "tableWithoutHead", "#40", "table without head, read as text",
      ]))
  }

  @Test func twoDocumentsOfOneNameAreToldApart() {
    #expect(
      Packet(vendor: nil, reviews: [Samples.soc1, Samples.soc1]).documentNames == [
        "payroll-soc1.pdf [document 1]", "payroll-soc1.pdf [document 2]",
      ])
    #expect(unique(["a", "b", "a", "a"]) == ["a", "b", "a~2", "a~3"])
  }

  @Test func aCellHoldsWhatASpreadsheetCanHold() throws {
    let long = String(repeating: "\u{1F512}", count: 250_000)
    guard case .text(let text) = SheetTable.Cell.text(long).content else {
      Issue.record("empty")
      return
    }
    #expect(text.utf16.count <= 32_767 && text.utf16.count > 32_700)
    #expect(text.hasSuffix("(cut; the JSON record has the whole text)"))
    let whole = String(repeating: "x", count: 32_767)
    #expect(SheetTable.Cell.text(whole).content == .text(whole))
    #expect(SheetTable.Cell.text("").content == .empty)
    #expect(SheetTable.Cell.lines(["a\nb", "c"]).content == .text("a b\nc"))
    #expect(SheetTable.Cell.text("\u{FFFF}x\u{0}").content == .text("\u{FFFD}x\\u{0}"))
  }

  @Test func ticketsHoldTheirQuestions() throws {
    let jira = words(jiraTable(Samples.judged))
    #expect(jira.map { $0[5] } == words(findingsTable(Samples.judged)).map { $0[10] })
    let exception = jira[3]
    #expect(exception[0] == "Northwind: A control failed")
    #expect(exception[2] == "High" && exception[3] == "soc2 soclens exception")
    #expect(exception[4].contains("Document: northwind-soc2-2025.pdf, p. 40"))
    #expect(exception[4].contains("Question to the vendor: Which accounts were removed late?"))
    let now = words(serviceNowTable(Samples.judged))
    #expect(now.map { $0[0] } == jira.map { $0[5] })
    #expect(now[3][3] == "1 - High" && now[3][8] == "2026-01-15")
    var lost = Samples.judged
    lost.questions[0].findings = ["gone"]
    #expect(words(jiraTable(lost)).last?[5] == "soclens-5f2a5f2a5f2a-packet-sign")
  }

  @Test(arguments: [
    ("{html}", "\\{html}"), ("[a|b]", "\\[a\\|b]"), ("!p.png!", "\\!p.png\\!"),
    ("http://e", "http: //e"), ("C:\\x", "C:\\\\x"), ("CC6.1, 4 of 5", "CC6.1, 4 of 5"),
  ])
  func jiraFindsNoMarkup(_ text: String, _ expected: String) {
    #expect(jiraText(text) == expected)
  }
}
