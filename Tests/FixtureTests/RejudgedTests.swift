import Outputs
import PageText
import Pipeline
import Requests
import RuleEngine
import SOC2Vocabulary
import TestSupport
import Testing

@testable import Scoring

/// A record judged again says the same as the document judged by that policy.
struct RejudgedTests {
  private static func yardstick(_ policy: Policy) throws -> Yardstick {
    Yardstick(rules: try #require(ReportFixtureTests.rules), policy: policy)
  }

  /// The default policy; one in which everything grows old at once, and codes weigh otherwise; one with an
  /// audit firm on its watch list.
  private static func all() throws -> [Yardstick] {
    let plain = try Repository.policy()
    var strict = plain
    for i in strict.measures.indices {
      for j in strict.measures[i].bands.indices {
        strict.measures[i].bands[j].severity = .high
      }
    }
    strict.overrides = [
      "exception", "carveOut", "responseMissing", "bridgeChain", "unsignedLetter",
    ]
    .map { Policy.Override(code: $0, tier: nil, severity: .critical, why: "a test") }
    strict.decisions.lines.append(
      DecisionTable.Line(decision: .reject, code: "carveOut", atLeast: .critical, why: "a test"))
    var watching = plain
    watching.overrides = [
      Policy.Override(code: "incidentSilent", tier: nil, severity: .info, why: "a test")
    ]
    watching.auditFirms = [
      Policy.ListedFirm(
        name: "Brackwell Stearns & Co., P.C.", list: .watch, from: nil, until: nil, why: "a test")
    ]
    return try [plain, strict, watching].map(yardstick)
  }

  private func said(_ packet: Packet) -> [String] {
    let answer = packet.assessment
    return [
      "\(answer?.decision.rawValue ?? "") \(answer?.score ?? -1)",
      answer?.reasons.joined(separator: " ") ?? "",
      answer?.points.map { "\($0.finding) \($0.points)" }.joined(separator: ", ") ?? "",
    ]
      + packet.reviews.flatMap { review in
        review.findings.map {
          "\($0.id) \($0.rule) \($0.severity) \($0.ruleSeverity?.rawValue ?? "") \($0.title)"
        }
      }
  }

  private func check(_ paths: [String]) throws {
    let day = try #require(ReportFixtureTests.day)
    let yardsticks = try Self.all()
    func judged(_ yardstick: Yardstick) throws -> Packet {
      let files = try paths.enumerated().map { n, path in
        readFile(
          try bytes(of: path), ReviewRequest(file: "\(n + 1).pdf", reviewDate: day),
          with: yardstick)
      }
      return packet(files, on: day, ReviewContext(), with: yardstick)
    }
    for from in yardsticks {
      let first = try judged(from)
      let bytes = first.reviews.count == 1 ? json(first.reviews[0]) : json(first)
      let recorded = try readReviewRecord(bytes)
      for to in yardsticks {
        let again = try #require(rejudged(recorded, with: to))
        let whole = try judged(to)
        #expect(said(again) == said(whole), "\(paths)")
      }
    }
  }

  @Test(arguments: [
    "type2-qualified-operation", "type1-unqualified", "type2-adverse", "type2-draft",
    "report-with-bridge-letter", "soc3", "tests-no-rules", "tests-tex-cut-off",
  ])
  func ofOneFile(_ name: String) throws { try check(["fixtures/reports/\(name)/report.pdf"]) }

  @Test func ofSeveralFiles() throws {
    try check([
      PacketTests.pellworth, PacketTests.tarnbrook, "fixtures/letters/extends-letter/letter.pdf",
      PacketTests.pellworth, "fixtures/hostile/empty.pdf",
    ])
  }

  /// Which findings other rules would make, a record cannot tell.
  @Test func ofOtherRulesNothingIsSaid() throws {
    let yardstick = try #require(ReportFixtureTests.yardstick)
    let review = try #require(try ReportFixtureTests.reviews("type1-unqualified").first)
    var recorded = try readReviewRecord(json(review))
    #expect(rejudged(recorded, with: yardstick) != nil)
    recorded.reviews[0].tool.rulesSHA256 = String(repeating: "0", count: 64)
    #expect(rejudged(recorded, with: yardstick) == nil)
  }
}
