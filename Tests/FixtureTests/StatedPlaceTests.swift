import PageText
import Pipeline
import RuleEngine
import SOC2Vocabulary
import TestSupport
import Testing

/// Facts that stand in another place than usual: the reason for a qualification in the opinion itself, the
/// criterion in a control's number, responses in the part that nobody examined; on sketched pages.
struct StatedPlaceTests {
  private func read(
    opinion: [String] = [
      "In our opinion, in all material respects, the description presents the system, and the",
      "controls were suitably designed and operated effectively throughout the period.",
    ], tests: [[String]] = [], other: [String] = []
  ) throws -> [FactName: Fact] {
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
        $0.line(60, 150, "Opinion", size: 11, style: .bold)
        $0.lines(60, 170, opinion)
      },
      sheet(2, "Section 2. Assertion of Lanternfold Management") {
        $0.line(60, 100, "We have prepared the description of the Lanternfold Archive.")
      },
      sheet(3, "Section 3. Description of the Lanternfold Archive") {
        $0.line(60, 100, "Lanternfold keeps letters of museums and lends them to readers.")
      },
      sheet(4, "Section 4. Trust Services Criteria, Related Controls, and Tests of Controls") {
        var y: Float = 110
        for row in [["Ref", "Control", "Test of the control", "Results of Tests"]] + tests {
          for (n, words) in row.enumerated() { $0.line([60, 130, 260, 420][n], y, words, size: 8) }
          y += 24
        }
      },
    ]
    if !other.isEmpty {
      pages.append(
        sheet(5, "Section 5. Other Information Provided by Lanternfold (Unaudited)") {
          $0.line(60, 100, "Management's Response to Exceptions", size: 11, style: .bold)
          $0.lines(60, 124, other)
        })
    }
    return readDocument(pages, with: rules).facts.facts
  }

  @Test(arguments: [
    [
      "In our opinion, in all material respects, the description presents the system; the controls were",
      "suitably designed; and, except that controls relevant to criterion CC6.2 did not operate",
      "effectively, the controls stated in the description operated effectively throughout the period.",
    ],
    [
      "In our opinion, in all material respects, except for the removal of access of leavers (CC6.2), the",
      "description presents the system, and the controls were suitably designed and operated effectively",
      "throughout the period.",
    ],
  ])
  func theReasonMayStandInTheOpinionSentence(_ opinion: [String]) throws {
    let facts = try read(opinion: opinion)
    #expect(facts[.opinion]?.found == .text("qualified"))
    #expect(facts[.qualifiedCriteria]?.found?.list == [.text("CC6.2")])
    #expect(facts[.basisForModification]?.found?.text?.contains("CC6.2") == true)
  }

  private static let rows = [
    ["CC6.2-1", "Leavers lose access.", "Inspected a list of leavers.", "No exceptions noted."],
    [
      "CC6.2-14", "Access is reviewed.", "Inspected 4 reviews.",
      "For 1 of 4 reviews, none was made.",
    ],
    [
      "CC6.3-15", "Roles are approved.", "Inspected 5 roles.",
      "For 2 of 5 roles, approval was missing.",
    ],
    ["CC6.3-16", "Doors are locked.", "Observed the doors.", "No exceptions noted."],
  ]

  @Test func aNumberWithACriterionIsTheControls() throws {
    let facts = try read(tests: Self.rows)
    let controls = facts[.controls]?.value.list ?? []
    #expect(controls.map { $0["id"]?.text } == ["CC6.2-1", "CC6.2-14", "CC6.3-15", "CC6.3-16"])
    #expect(controls.last?["criteria"]?.list == [.text("CC6.3")])
  }

  private func responses(_ other: [String]) throws -> [String?] {
    let exceptions = try read(tests: Self.rows, other: other)[.exceptions]?.found?.list ?? []
    return exceptions.map { $0["managementResponse"]?["text"]?.text }
  }

  @Test func bulletsWithTheNumberAnswerTheirExceptions() throws {
    #expect(
      try responses([
        "• CC6.2-14: The queue of reviews is watched each week.",
        "• CC6.3-15: Roles without approval were closed in May.",
      ]) == [
        "The queue of reviews is watched each week.", "Roles without approval were closed in May.",
      ])
  }

  @Test func wordsThatNameNoneAnswerAll() throws {
    let common = "A new head of security was engaged, who has rebuilt the whole process of access."
    #expect(try responses([common]) == [common, common])
  }
}
