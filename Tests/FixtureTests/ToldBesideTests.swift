import PageText
import Pipeline
import RuleEngine
import SOC2Vocabulary
import TestSupport
import Testing

/// Results that say less than what stands beside, below or on the next page, one by one on sketched pages.
struct ToldBesideTests {
  private typealias Row = (id: String, test: [String], result: [String])

  private static let head: Row = ("Ref", ["Test of the control"], ["Results of Tests"])
  private static let plain: Row = (
    "LF-1", ["Inspected the list of keys and", "the approval of each."], ["No exceptions noted."]
  )
  private static let last: Row = (
    "LF-3", ["Inspected the register of visitors", "for five days."], ["No exceptions noted."]
  )

  /// A table of three columns without lines, from a height on; where the next row would begin.
  private static func draw(_ rows: [Row], from top: Float, on sketch: inout PageSketch) -> Float {
    var y = top
    for row in rows {
      sketch.line(60, y, row.id)
      sketch.lines(120, y, row.test)
      sketch.lines(360, y, row.result)
      y += Float(max(row.test.count, row.result.count, 1)) * 12 + 12
    }
    return y
  }

  /// The exceptions and results of a short report whose second control is the one given.
  private func read(
    _ row: Row, over: [String] = [], below: [String] = []
  ) throws -> (exceptions: Fact, outcomes: [String]) {
    let rules = try #require(ReportFixtureTests.rules)
    func sheet(_ number: Int, _ title: String, _ draw: (inout PageSketch) -> Void) -> Page {
      page(number) {
        $0.line(60, 60, title, size: 16, style: .bold)
        draw(&$0)
      }
    }
    var pages = [
      sheet(1, "Section 1. Independent Service Auditor's Report") {
        $0.lines(60, 100, SubserviceTests.letter)
      },
      sheet(2, "Section 2. Assertion of Lanternfold Management") {
        $0.line(60, 100, "We have prepared the description of the Lanternfold Archive.")
      },
      sheet(3, "Section 3. Description of the Lanternfold Archive") {
        $0.line(60, 100, "Lanternfold keeps letters of museums and lends them to readers.")
      },
    ]
    let rows = [Self.head, Self.plain, row] + (over.isEmpty ? [Self.last] : [])
    pages.append(
      sheet(4, "Section 4. Trust Services Criteria, Related Controls, and Tests of Controls") {
        let end = Self.draw(rows, from: 110, on: &$0)
        $0.lines(60, end + 40, below)
      })
    if !over.isEmpty {
      pages.append(
        page(5) {
          $0.lines(360, 60, over)
          _ = Self.draw([Self.last], from: 60 + Float(over.count) * 12 + 12, on: &$0)
        })
    }
    let facts = readDocument(pages, with: rules).facts.facts
    let controls = try #require(facts[.controls]?.value.list)
    return (
      try #require(facts[.exceptions]),
      controls.flatMap { ($0["tests"]?.list ?? []).compactMap { $0["outcome"]?.text } }
    )
  }

  private func texts(_ exceptions: Fact) -> [String] {
    (exceptions.found?.list ?? []).compactMap { $0["text"]?.text }
  }

  @Test func anExceptionToldInTheTestIsOne() throws {
    let read = try read(
      (
        "LF-2",
        [
          "Inspected the reviews of rights and", "noted that the review of May was",
          "not performed.",
        ],
        ["No exceptions noted."]
      ))
    #expect(read.outcomes == ["no-exception", "exception", "no-exception"])
    #expect(texts(read.exceptions).first?.contains("the review of May was not performed.") == true)
  }

  @Test func whatATestTriedInVainIsNone() throws {
    let read = try read(
      (
        "LF-2",
        [
          "Observed an attempt to sign in with a", "wrong password and noted that it was",
          "not completed.",
        ],
        ["No exceptions noted."]
      ))
    #expect(read.outcomes == ["no-exception", "no-exception", "no-exception"])
    #expect(read.exceptions.found == .list([]))
  }

  /// One sentence may begin with a pass and end with a failure in words that no rule knows.
  @Test func aPassThatGoesOnIsNone() throws {
    let inspected = ["Inspected the register of keys", "and the log of the hall."]
    let goesOn = try read(
      ("LF-2", inspected, ["No exceptions noted in the register,", "and one leaver kept a key."]))
    #expect(goesOn.outcomes == ["no-exception", "unknown", "no-exception"])
    #expect(goesOn.exceptions.state == .notSearchable)
    let besides = try read(
      ("LF-2", inspected, ["No exceptions noted; doors of the hall", "stood open at night."]))
    #expect(besides.outcomes == ["no-exception", "unknown", "no-exception"])
    let whole = try read(
      (
        "LF-2", inspected,
        ["No exceptions noted in the register", "of keys and the log of the hall."]
      )
    )
    #expect(whole.outcomes == ["no-exception", "no-exception", "no-exception"])
    #expect(whole.exceptions.found == .list([]))
  }

  /// Rows that no table holds leave results behind: beside each there may be an exception.
  @Test func resultsWithoutAControlLeaveTheListOpen() throws {
    let row: Row = ("LF-2", ["Inspected the keys."], ["No exceptions noted."])
    let stray = try read(
      row,
      below: ["No exceptions noted.", "", "", "No exceptions noted."])
    #expect(stray.exceptions.state == .notSearchable)
    #expect(stray.outcomes.count == 3)
    let legend = try read(row, below: ["No exceptions noted."])
    #expect(legend.exceptions.found == .list([]))
  }

  @Test func aMarkPointsToItsNote() throws {
    let row: Row = ("LF-2", ["Inspected the tickets of 25 leavers."], ["No exceptions noted.*"])
    let told = try read(
      row, below: ["* Except for two of the 25 leavers, whose access was removed late."])
    #expect(told.outcomes == ["no-exception", "exception", "no-exception"])
    #expect(texts(told.exceptions).first?.contains("Except for two of the 25 leavers") == true)
    // Nobody knows what a note says that is not there.
    let lost = try read(row)
    #expect(lost.outcomes == ["no-exception", "unknown", "no-exception"])
    #expect(lost.exceptions.state == .notSearchable)
  }

  @Test func itemsAreToldByLetters() throws {
    let read = try read(
      (
        "LF-2", ["Inspected the settings of agents."],
        ["a) No exceptions noted", "b) the agent was out of date"]
      ))
    #expect(read.outcomes == ["no-exception", "no-exception", "exception", "no-exception"])
  }

  /// Its rest fills the head of the next page before any other cell begins.
  @Test func aLongResultGoesOnOverThePage() throws {
    let rest =
      (1...20).map { "register of the hall and of door \($0)" }
      + ["were read. Test 2: For 1 of 5 leavers", "the key was not returned."]
    let read = try read(
      ("LF-2", ["Inspected the keys."], ["Test 1: No exceptions noted. The"]), over: rest)
    #expect(read.outcomes.count == 3 && read.outcomes.last == "no-exception")
    #expect(read.outcomes[1] == "exception")
    #expect(texts(read.exceptions).first?.hasSuffix("the key was not returned.") == true)
  }

  @Test func whereTheResponseStandsIsPartOfTheResult() throws {
    let read = try read(
      (
        "LF-2", ["Inspected the tickets of 25 leavers."],
        [
          "Exception noted. For 2 of 25 the", "key was kept. See management's",
          "response in Section V.",
        ]
      ))
    #expect(
      texts(read.exceptions).first?.hasSuffix("See management's response in Section V.") == true)
    #expect(read.exceptions.found?.list?.first?["managementResponse"] == .null)
  }
}
