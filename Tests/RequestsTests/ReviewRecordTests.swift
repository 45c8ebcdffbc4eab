import SOC2Vocabulary
import Testing

@testable import Requests

/// Records as other programs may hand them back: read, or refused in a sentence.
struct ReviewRecordTests {
  static let tool =
    #""tool":{"version":"0.1.0","rules":{"pack":"soc2","version":"1","sha256":"aa"},"policy":{"name":"p","sha256":"bb"}}"#
  static let document =
    #""document":{"file":"a.pdf","sha256":"cc","kind":"soc2-report","status":"ok","bytes":7,"pages":2,"pagesRead":{"text":2,"ocr":0,"unread":[]}}"#
  static let context =
    #""context":{"vendor":"Quay","products":[],"tier":"low","requiredCategories":["privacy"],"incidents":[]}"#

  private func review(_ members: String) -> String {
    #"{"schema":"soclens.review/1","reviewDate":"2026-01-15",\#(Self.tool),\#(Self.document),\#(Self.context)\#(members)}"#
  }

  @Test func whatJudgingNeedsIsRead() throws {
    let packet = try readReviewRecord(
      Array(
        review(
          #","facts":{"opinion":{"state":"found","confidence":"low","value":"qualified","evidence":[{"page":1}],"readings":[]},"exceptions":{"state":"not-searchable","readings":[{"section":"appendix","value":[{"deviations":2,"evidence":[]}]}]}},"findings":[{"id":"stale-2","rule":"period/age","code":"stale","severity":"high","ruleSeverity":"low","title":"T","message":"M","facts":["period"]}]"#
        ).utf8))
    let read = try #require(packet.reviews.first)
    #expect(packet.reviews.count == 1)
    #expect(read.tool.rulesSHA256 == "aa" && read.tool.policySHA256 == "bb")
    #expect(read.context.tier == "low" && read.context.requiredCategories == [.privacy])
    #expect(read.document.kind == .soc2Report && read.document.pages == 2)
    #expect(read[.opinion]?.found == .text("qualified") && read[.opinion]?.confidence == .low)
    #expect(
      read[.exceptions]?.readings.first?.value == .list([.object(["deviations": .number(2)])]))
    #expect(read.findings.map(\.id) == ["stale-2"])
    #expect(read.findings[0].severity == .high && read.findings[0].ruleSeverity == .low)
  }

  @Test func linesOfABatchAndPacketsAreRead() throws {
    let line = try readReviewRecord(
      Array(#"{"id":"x","path":"a","record":\#(review(""))}"#.utf8))
    #expect(line.reviews.map(\.document.file) == ["a.pdf"])
    let packet = try readReviewRecord(
      Array(
        #"{"schema":"soclens.packet/1","vendor":"Q","reviews":[\#(review("")),\#(review(""))]}"#
          .utf8))
    #expect(packet.vendor == "Q" && packet.reviews.count == 2)
  }

  @Test(arguments: [
    ("", "is not JSON"), ("[1]", "is no record"), ("{}", "is no record"),
    (#"{"schema":"soclens.review/2"}"#, "is no record"),
    (#"{"schema":"soclens.review/1"}"#, "lacks what every record has"),
    (#"{"schema":"soclens.packet/1","reviews":[]}"#, "of no document"),
    (#"{"record":{"schema":"soclens.refusal/1"}}"#, "is no record"),
  ])
  func whatIsNoRecordIsRefused(_ text: String, _ words: String) {
    let problem = #expect(throws: RecordProblem.self) { try readReviewRecord(Array(text.utf8)) }
    #expect(problem?.message.contains(words) == true)
  }

  /// A fact that is not known may be what the opinion rests on: it is not passed over.
  @Test func unknownFactsAndTornFindingsAreRefused() {
    for members in [
      #","facts":{"opinon":{"state":"found"}}"#, #","facts":{"opinion":{"state":"fond"}}"#,
      #","findings":[{"id":"a","rule":"b","code":"c","severity":"hgih","title":"t"}]"#,
    ] {
      #expect(throws: RecordProblem.self) { try readReviewRecord(Array(review(members).utf8)) }
    }
  }
}
