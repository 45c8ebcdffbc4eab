import PageText
import Pipeline
import SOC2Vocabulary
import TestSupport
import Testing

/// Several documents of one call: what belongs together, and what is told of the rest.
struct PacketTests {
  static let pellworth = "fixtures/reports/type2-qualified-operation/report.pdf"
  static let tarnbrook = "fixtures/reports/type1-unqualified/report.pdf"

  private func packet(_ paths: [String], vendor: String? = nil) throws -> Packet {
    let yardstick = try #require(ReportFixtureTests.yardstick)
    let day = try #require(Day(iso: "2026-01-15"))
    let context = ReviewContext(vendor: vendor)
    let files = try paths.enumerated().map { n, path in
      readFile(
        try bytes(of: path),
        ReviewRequest(file: "\(n + 1).pdf", reviewDate: day, context: context), with: yardstick)
    }
    return Pipeline.packet(files, on: day, context, with: yardstick)
  }

  @Test func oneReportSaysTheSameInItsPacket() throws {
    let made = try packet([Self.pellworth])
    let review = try #require(made.reviews.first)
    #expect(made.reviews.count == 1 && made.findings.isEmpty && made.diagnostics.isEmpty)
    #expect(made.assessment?.decision == review.assessment?.decision)
    #expect(made.assessment?.score == review.assessment?.score)
    #expect(made.questions.count == review.questions.count)
    // The period is 1 November 2024 to 31 October 2025.
    #expect(
      made.coverage.map { "\($0.from) \($0.to) \($0.by.rawValue)" } == [
        "2024-11-01 2025-10-31 report", "2025-11-01 2026-01-15 none",
      ])
  }

  @Test func theSameFileTwiceCountsOnce() throws {
    let once = try packet([Self.pellworth])
    let twice = try packet([Self.pellworth, Self.pellworth])
    #expect(twice.reviews.count == 2, "one record for each input")
    #expect(twice.diagnostics.map(\.code) == ["duplicateFile"])
    #expect(twice.assessment?.score == once.assessment?.score)
    #expect(twice.questions.map(\.text) == once.questions.map(\.text))
  }

  @Test func aSecondVendorIsSetApart() throws {
    let made = try packet([Self.pellworth, Self.tarnbrook])
    #expect(made.diagnostics.map(\.code) == ["otherVendor"])
    #expect(made.diagnostics.first?.message.contains("Tarnbrook Bio Software, PBC") == true)
    #expect(made.findings.map(\.code) == ["entityMismatch"])
    #expect(made.coverage.allSatisfy { $0.document != "2.pdf" })
    // Named by the caller, the other one is what the packet is about.
    let other = try packet([Self.pellworth, Self.tarnbrook], vendor: "Tarnbrook Bio Software")
    #expect(other.diagnostics.first?.message.contains("Pellworth") == true)
    #expect(other.coverage.contains { $0.document == "2.pdf" })
  }

  @Test func aFileThatCannotBeReadIsTold() throws {
    let made = try packet([Self.pellworth, "fixtures/hostile/empty.pdf"])
    #expect(made.reviews.count == 2)
    #expect(made.diagnostics.map(\.code) == ["unread"])
    #expect(made.findings.map(\.code) == ["notSearchable"])
    #expect(made.assessment != nil)
  }

  @Test func aLetterInTheReportsFileIsSetBesideIt() throws {
    let made = try packet(["fixtures/reports/report-with-bridge-letter/report.pdf"])
    #expect(made.reviews.map { $0.document.kind } == [.soc2Report, .bridgeLetter])
    #expect(!made.reviews[0].findings.contains { $0.code == "bridgeMissing" })
    #expect(!made.reviews[1].findings.contains { $0.code == "notSoc2" }, "its report is here")
    #expect(made.coverage.contains { $0.by == .bridgeLetter })
  }

  @Test func aLetterAloneHasNoScore() throws {
    let made = try packet(["fixtures/letters/since-to-date/letter.pdf"])
    #expect(made.assessment?.decision == .insufficient && made.assessment?.score == nil)
    #expect(made.reviews[0].findings.contains { $0.code == "notSoc2" })
  }
}
