import Outputs
import PageText
import Pipeline
import SOC2Vocabulary
import TestSupport
import Testing

/// Letters beside the report of Pellworth Insurance Technologies, whose period is 1 November 2024 to
/// 31 October 2025, on 15 March 2026: what is wrong with each, and which days they speak for.
struct PacketLetterTests {
  /// What a letter says; by itself it has no defect but its age.
  private struct Letter {
    var from = "November 1, 2025"
    var to = "December 31, 2025"
    var date = "January 5, 2026"
    var entity = "Pellworth Insurance Technologies, Inc."
    var head: String?
    var period = "covers the period November 1, 2024 to October 31, 2025"
    var type = "2"
    var chain: String?
    var signer: [String] = ["/s/ Ada Quill", "Ada Quill", "Chief Information Security Officer"]
    var next: String?

    var paragraphs: [String] {
      [head ?? entity, date, "Bridge Letter", "To our customers:"]
        + ["The SOC 2 Type \(type) report of \(entity) \(period)."] + (chain.map { [$0] } ?? [])
        + [
          "For the period from \(from) to \(to), management of \(entity) is not aware of any "
            + "material changes to its internal control environment.",
          "This letter is not intended to be a substitute for the report.",
        ] + (next.map { [$0] } ?? []) + ["Sincerely,"] + signer + [head ?? entity]
    }

    static let second = Letter(
      from: "January 1, 2026", to: "February 28, 2026", date: "March 2, 2026",
      chain: "This letter extends our letter dated January 5, 2026.")
  }

  /// One file of letters, each on a page of its own.
  private func docx(_ letters: [Letter]) -> [UInt8] {
    let pages = letters.map {
      $0.paragraphs.map { Docx.paragraph($0.replacing("&", with: "&amp;")) }.joined()
    }
    return Docx(pages.joined(separator: "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>")).bytes
  }

  private func packet(
    _ files: [[Letter]], beside report: String = PacketTests.pellworth,
    on iso: String = "2026-03-15"
  ) throws -> Packet {
    let yardstick = try #require(ReportFixtureTests.yardstick)
    let day = try #require(Day(iso: iso))
    var read = [
      readFile(
        try bytes(of: report), ReviewRequest(file: "report.pdf", reviewDate: day), with: yardstick)
    ]
    for (n, letters) in files.enumerated() {
      read.append(
        readFile(
          docx(letters), ReviewRequest(file: "\(n + 1).docx", reviewDate: day), with: yardstick))
    }
    return Pipeline.packet(read, on: day, ReviewContext(), with: yardstick)
  }

  private func defects(_ review: Review) -> [String] {
    (review[.bridge]?.value["defects"]?.list ?? []).compactMap(\.text)
  }

  /// Days that letters or nobody speak for, after the report's.
  private func since(_ packet: Packet) -> [String] {
    packet.coverage.filter { $0.by != .report }.map {
      "\($0.from) \($0.to) \($0.document ?? "nobody")"
    }
  }

  @Test func aChainIsOneBridge() throws {
    let made = try packet([[Letter()], [.second]])
    // The first ended 74 days ago, which the second goes on from; 28 February is 120 days after the report.
    #expect(defects(made.reviews[1]) == [])
    #expect(defects(made.reviews[2]) == ["bridgeTooLong", "bridgeChain"])
    #expect(made.assessment?.bridge == .adequate)
    #expect(
      since(made) == [
        "2025-11-01 2025-12-31 1.docx", "2026-01-01 2026-02-28 2.docx",
        "2026-03-01 2026-03-15 nobody",
      ])
    // The letters before it are here, so they are not asked for.
    let answered = try #require(made.answered.first { $0.question.id == "letter-chain" })
    #expect(answered.document == "1.docx" && answered.evidence.map(\.page) == [1])
    #expect(answered.answer == "We hold what came before it: 1.docx.")
    #expect(!made.questions.contains { $0.id == "letter-chain" })
    #expect(made.questions.contains { $0.id == "letter-chain-next" })
  }

  @Test func aDayBetweenTwoLettersIsAGap() throws {
    var second = Letter.second
    second.from = "January 2, 2026"
    let made = try packet([[Letter()], [second]])
    #expect(defects(made.reviews[1]) == ["bridgeExpired"])
    #expect(
      defects(made.reviews[2]) == ["bridgeNotContiguous", "bridgeTooLong", "bridgeChain"])
    #expect(made.assessment?.bridge == .defective)
    #expect(since(made).contains("2026-01-01 2026-01-01 nobody"))
    #expect(made.questions.contains { $0.id == "letter-chain" })
  }

  @Test func anOverlapIsNoDefect() throws {
    var second = Letter.second
    second.from = "December 15, 2025"
    let made = try packet([[Letter()], [second]])
    #expect(defects(made.reviews[2]) == ["bridgeTooLong", "bridgeChain"])
    #expect(made.assessment?.bridge == .adequate)
    #expect(
      since(made).prefix(2) == ["2025-11-01 2025-12-31 1.docx", "2026-01-01 2026-02-28 2.docx"])
  }

  /// Of days that only an absent letter speaks of nobody speaks; but that is no gap which the letter has.
  @Test func aLetterThatExtendsOneThatIsNotHereBridgesNothing() throws {
    let made = try packet([[.second]])
    #expect(defects(made.reviews[1]) == ["bridgeTooLong", "bridgeChain"])
    #expect(made.assessment?.bridge == .defective)
    #expect(since(made).first == "2025-11-01 2025-12-31 nobody")
    #expect(made.questions.contains { $0.id == "letter-chain" })
  }

  @Test func twoLettersInOneFileAreTwo() throws {
    let made = try packet([[Letter(), .second]])
    #expect(made.reviews.map { $0.document.partOf } == [nil, 1...1, 2...2])
    #expect(made.reviews.map { $0.document.kind } == [.soc2Report, .bridgeLetter, .bridgeLetter])
    #expect(made.assessment?.bridge == .adequate)
    #expect(since(made).prefix(2).map { $0.suffix(14) } == ["1.docx, page 1", "1.docx, page 2"])
  }

  /// A letter of two pages stays one, also with its title on both.
  @Test func twoPagesOfOneLetterAreOne() throws {
    let letter = Letter().paragraphs
    for head in [[], ["Bridge Letter"]] {
      let pages = [Array(letter[..<6]), head + letter[6...]]
      let bytes = Docx(
        pages.map { $0.map { Docx.paragraph($0) }.joined() }
          .joined(separator: "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>")
      ).bytes
      let yardstick = try #require(ReportFixtureTests.yardstick)
      let day = try #require(ReportFixtureTests.day)
      let reviews = review(
        bytes, ReviewRequest(file: "letter.docx", reviewDate: day), with: yardstick)
      #expect(reviews.count == 1)
    }
  }

  /// What it is, what makes it so, its defects, who speaks for the first days since, and the state of the
  /// bridge: a letter on another report is none to this one.
  private static let broken:
    [(String, @Sendable (inout Letter) -> Void, [String], String, BridgeState)] = [
      (
        "another report", { $0.period = "covers the period November 1, 2023 to October 31, 2024" },
        ["bridgeNotContiguous", "bridgeTooLong", "bridgeExpired", "bridgeWrongReport"], "nobody",
        .missing
      ),
      (
        "another entity", { $0.entity = "Halyard Harbour Works, Ltd." },
        ["bridgeExpired", "bridgeWrongEntity"], "nobody", .defective
      ),
      ("unsigned", { $0.signer = [] }, ["bridgeExpired", "bridgeUnsigned"], "1.docx", .defective),
      (
        "beyond its own date", { $0.to = "January 20, 2026" },
        ["bridgeExpired", "bridgeFuture"], "1.docx", .defective
      ),
      (
        "signed by the auditor",
        {
          $0.head = "Brackwell Stearns & Co., P.C."
          $0.signer = ["/s/ Brackwell Stearns & Co., P.C.", "Certified Public Accountants"]
        }, ["bridgeExpired", "bridgeUnsigned", "bridgeSignedByAuditor"], "1.docx", .defective
      ),
    ]

  @Test(arguments: broken.map(\.0))
  func eachDefectIsToldAndBridgesNothing(_ name: String) throws {
    let row = try #require(Self.broken.first { $0.0 == name })
    var letter = Letter()
    row.1(&letter)
    let made = try packet([[letter]])
    #expect(defects(made.reviews[1]) == row.2)
    #expect(made.assessment?.bridge == row.4)
    #expect(since(made).first?.hasSuffix(row.3) == true, "\(since(made))")
    #expect(Set(made.reviews[1].findings.map(\.code)).isSuperset(of: row.2))
  }

  /// No one can state the future: a letter covers no day after its own date.
  @Test func timeAfterTheLettersDateIsNotCovered() throws {
    var letter = Letter()
    letter.to = "January 20, 2026"
    #expect(
      since(try packet([[letter]])).prefix(2) == [
        "2025-11-01 2026-01-05 1.docx", "2026-01-06 2026-03-15 nobody",
      ])
  }

  @Test func aLetterDatedAfterTheReviewIsTold() throws {
    var letter = Letter.second
    letter.date = "March 16, 2026"
    let codes = try packet([[letter]]).reviews[1].findings.map(\.code)
    #expect(codes.contains("futureDate"))
    letter.date = "March 15, 2026"
    #expect(!(try packet([[letter]]).reviews[1].findings.map(\.code).contains("futureDate")))
  }

  @Test func aTypeOneReportCannotBeBridged() throws {
    var letter = Letter()
    letter.entity = "Tarnbrook Bio Software, PBC"
    letter.type = "1"
    letter.period = "describes the system as of August 31, 2025"
    letter.from = "September 1, 2025"
    let made = try packet([[letter]], beside: PacketTests.tarnbrook, on: "2026-01-15")
    #expect(made.assessment?.bridge == .notApplicable)
    #expect(defects(made.reviews[1]).contains("bridgeForType1"))
  }

  /// The day on which a letter promises the next report answers when it will be there, as long as it is
  /// still to come.
  @Test func aPromisedReportIsNotAskedFor() throws {
    var letter = Letter.second
    letter.next = "Our next report is expected to be issued by April 30, 2026."
    let made = try packet([[Letter()], [letter]])
    let answered = try #require(made.answered.first { $0.question.id == "letter-chain-next" })
    #expect(answered.answer == "The letter says: on 30 April 2026.")
    #expect(answered.evidence.first?.quote.contains("next report") == true)
    let later = try packet([[Letter()], [letter]], on: "2026-05-01")
    #expect(later.questions.contains { $0.id == "letter-chain-next" })
  }

  /// A second copy of the report with other bytes is another report on the same days.
  @Test func twoReportsOnOnePeriod() throws {
    let yardstick = try #require(ReportFixtureTests.yardstick)
    let day = try #require(ReportFixtureTests.day)
    let original = try bytes(of: PacketTests.pellworth)
    let files = [original, original + Array("\n% saved again\n".utf8)].enumerated().map {
      n, bytes in
      readFile(
        bytes, ReviewRequest(file: "\(n + 1).pdf", reviewDate: day), with: yardstick)
    }
    let made = Pipeline.packet(files, on: day, ReviewContext(), with: yardstick)
    #expect(made.findings.map(\.code) == ["multipleDocuments"])
    #expect(made.diagnostics.map(\.code) == ["samePeriod"])
    #expect(made.diagnostics.first?.message.hasPrefix("2.pdf") == true)
    #expect(made.questions.count { $0.id == "packet-again" } == 1)
    #expect(made.coverage.map(\.document) == ["1.pdf", nil])
    // Only one of them is judged: no finding counts twice.
    #expect(made.assessment?.reasons.contains { $0.hasPrefix("2/") } == false)
  }
}
