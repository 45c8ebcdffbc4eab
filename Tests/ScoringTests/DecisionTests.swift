import SOC2Vocabulary
import Testing

@testable import Scoring

@Suite("Decisions and scores")
struct DecisionTests {
  private func verdict(
    _ findings: [(String, Severity)], unknown: [FactName] = [], hasOpinion: Bool = true
  ) throws -> Verdict {
    try #require(Samples.policy).decisions.verdict(
      findings.enumerated().map {
        WeighedFinding(
          id: "\($0.element.0)-\($0.offset)", code: $0.element.0, severity: $0.element.1)
      }, unknown: unknown, hasOpinion: hasOpinion)
  }

  @Test("nothing found is accepted with all points")
  func clean() throws {
    let made = try verdict([("cuecOpen", .info)])
    #expect(made.decision == .accept && made.score == 100 && made.reasons.isEmpty)
  }

  /// high 15, medium 6, low 2: 100 - 15 - 6 - 2.
  @Test("the score is a sum that can be done by hand")
  func sum() throws {
    let made = try verdict([("exception", .high), ("stale", .medium), ("lateIssue", .low)])
    #expect(made.score == 77)
    #expect(made.points.map(\.points) == [15, 6, 2])
    #expect(made.decision == .conditions)
    #expect(made.reasons == ["exception-0", "stale-1"])
  }

  @Test("a hard fail overrides whatever else is there")
  func hardFail() throws {
    for code in ["draft", "opinionAdverse", "opinionDisclaimer", "reportBeforePeriodEnd"] {
      let made = try verdict([(code, .low), ("expired", .high)])
      #expect(made.decision == .reject && made.score == 0)
      #expect(made.reasons == ["\(code)-0", "expired-1"])
    }
  }

  @Test("the gravest decision wins, and all reasons are named in its order")
  func order() throws {
    let made = try verdict([("opinionQualified", .high), ("expired", .medium)])
    #expect(made.decision == .insufficient)
    #expect(made.reasons == ["expired-1", "opinionQualified-0"])
  }

  @Test("what is not known is never accepted")
  func unknown() throws {
    #expect(try verdict([], unknown: [.exceptions]).decision == .insufficient)
    #expect(try verdict([("stale", .medium)], unknown: [.opinion]).decision == .insufficient)
    #expect(try verdict([("draft", .high)], unknown: [.opinion]).decision == .reject)
  }

  @Test("without a readable opinion there is no score")
  func noOpinion() throws {
    let made = try verdict([("opinionUndetermined", .high)], hasOpinion: false)
    #expect(made.score == nil && made.points.isEmpty && made.decision == .insufficient)
  }

  @Test("the severity decides where the policy says from which on")
  func threshold() throws {
    #expect(try verdict([("exception", .medium)]).decision == .accept)
    #expect(try verdict([("exception", .high)]).decision == .conditions)
    #expect(try verdict([("bridgeMissing", .low)]).decision == .accept)
    #expect(try verdict([("bridgeMissing", .medium)]).decision == .conditions)
    #expect(try verdict([("shortPeriod", .medium)]).decision == .accept)
    #expect(try verdict([("shortPeriod", .high)]).decision == .conditions)
  }

  /// carveOut: low 2 each, at most 4 together.
  @Test("one code takes off no more than its limit, and says so")
  func limit() throws {
    let made = try verdict(Array(repeating: ("carveOut", Severity.low), count: 3))
    #expect(made.points.map(\.points) == [2, 2, 0])
    #expect(made.score == 96)
    #expect(made.points[2].why.contains("at most 4"))
  }

  @Test("the score never falls below nothing")
  func floor() throws {
    let made = try verdict(Array(repeating: ("stale", Severity.critical), count: 4))
    #expect(made.score == 0)
  }
}
