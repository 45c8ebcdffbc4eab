import Outputs
import PageText
import RuleEngine
import SOC2Vocabulary
import TestSupport
import Testing

@testable import Pipeline

/// A quote that cannot be found again costs the facts that rest on it, and no more.
struct UnprovenQuoteTests {
  /// The fixture, reviewed as if these quotes had not been found on its pages.
  private func reviewed(
    without lost: (DocumentExtract) -> [Evidence]
  ) throws -> (before: Review, after: Review) {
    let yardstick = try #require(ReportFixtureTests.yardstick)
    let request = try StoredTests.request("report.pdf")
    let file = readFile(
      try bytes(of: "fixtures/reports/type2-qualified-operation/report.pdf"), request,
      with: yardstick)
    guard case .read(var extract) = file.content else { throw Unreadable() }
    func judged(_ file: SubmittedFile) throws -> Review {
      try #require(
        packet([file], on: request.reviewDate, request.context, with: yardstick).reviews.first)
    }
    let before = try judged(file)
    let missing = Set(lost(extract.documents[0]))
    try #require(!missing.isEmpty)
    extract.documents[0].drop(missing)
    let after = try judged(SubmittedFile(file.record, .read(extract)))
    #expect(after.allEvidence.allSatisfy { !missing.contains($0) })
    return (before, after)
  }
  private struct Unreadable: Error {}

  @Test func nothingLostChangesNothing() throws {
    let yardstick = try #require(ReportFixtureTests.yardstick)
    let file = readFile(
      try bytes(of: "fixtures/reports/type2-qualified-operation/report.pdf"),
      try StoredTests.request("report.pdf"), with: yardstick)
    guard case .read(let extract) = file.content else { throw Unreadable() }
    #expect(extract.documents[0].diagnostics.allSatisfy { $0.code != "quoteNotProven" })
  }

  /// The opinion's quote is lost: no opinion, so no score, and the other facts stand.
  @Test func onlyTheFactIsLost() throws {
    let (before, after) = try reviewed { $0.facts.facts[.opinion]?.evidence ?? [] }
    #expect(before[.opinion]?.state == .found)
    #expect(after[.opinion]?.state == .notSearchable)
    #expect(after[.opinion]?.value == .null)
    #expect(after.document.status == .partial)
    #expect(after.diagnostics.contains { $0.code == "quoteNotProven" && $0.page == 4 })
    #expect(after.searched.contains { $0.fact == "opinion" && $0.state == .notSearchable })
    #expect(after.assessment?.score == nil)
    for name in [FactName.reportType, .system, .serviceAuditor, .exceptions, .controls] {
      #expect(after[name] == before[name], "\(name.rawValue)")
      #expect(after[name]?.state == .found, "\(name.rawValue)")
    }
  }

  /// The quote of one test is lost: its control is not told, and no list of exceptions is whole.
  @Test func aTestThatIsLostLeavesNoListWhole() throws {
    let (before, after) = try reviewed {
      $0.facts.facts[.controls]?.value.list?.last?["tests"]?.list?.last?["evidence"]?.proof ?? []
    }
    let all = try #require(before[.controls]?.found?.list)
    #expect(after[.controls]?.state == .notSearchable)
    let isRest = after[.controls]?.readings.first?.value.list == Array(all.dropLast())
    #expect(isRest)
    #expect(after[.exceptions]?.state == .notSearchable)
    #expect(after[.exceptions]?.readings.first?.value == before[.exceptions]?.found)
    #expect(after[.testCounts]?.state == .notSearchable)
    #expect(after[.opinion] == before[.opinion])
  }

  /// A warning without its quote is still a warning.
  @Test func findingsStay() throws {
    let (before, after) = try reviewed { document in
      var factsAlone = document
      factsAlone.facts.signals = [:]
      factsAlone.facts.derived = [:]
      factsAlone.entries = [:]
      return Set(document.evidence).subtracting(factsAlone.evidence).sorted { $0.quote < $1.quote }
    }
    #expect(after.facts == before.facts)
    let stay = after.findings.filter { $0.code != "incomplete" }
    #expect(stay.map(\.id) == before.findings.map(\.id))
    #expect(stay != before.findings, "some rested on these quotes")
  }
}
