import SOC2Vocabulary
import Testing

@testable import Scoring

@Suite("Bridge letters")
struct BridgeLetterTests {
  private func day(_ text: String) -> Day { Day(iso: text) ?? Day(number: 0) }

  /// A letter without defects on the report to 30 September 2025, reviewed on 15 January 2026.
  private func letter(_ changes: [String: Value] = [:]) throws -> BridgeLetter {
    var members: [String: Value] = [
      "from": .text("2025-10-01"), "to": .text("2025-12-31"), "date": .text("2026-01-05"),
      "entity": .text("Quillfold, Inc."), "reportPeriodEnd": .text("2025-09-30"),
      "signer": .text("Ada Quill"), "signature": .text("signed"), "signedBy": .text("management"),
      "changes": .text("none"),
    ]
    members.merge(changes) { _, new in new }
    return try #require(BridgeLetter(.object(members)))
  }

  private var report: BridgedReport {
    BridgedReport(
      type: .type2,
      period: ExaminationPeriod(start: day("2024-10-01"), end: day("2025-09-30")), asOf: nil,
      reportDate: day("2025-11-20"))
  }

  private func place(
    isOfEntity: Bool? = true, isOther: Bool = false, coveredTo: Day? = nil
  ) -> BridgeLetter.Place {
    BridgeLetter.Place(
      report: report, isOfEntity: isOfEntity, isOfOtherReport: isOther, coveredTo: coveredTo)
  }

  private func defects(
    _ letter: BridgeLetter, _ place: BridgeLetter.Place, on review: String = "2026-01-15"
  ) throws -> [String] {
    let policy = try #require(Samples.policy)
    let measures = letter.measures(place, on: day(review), by: policy, tier: nil)
    return letter.defects(place, measures)
  }

  @Test("a sound letter has none")
  func sound() throws { #expect(try defects(try letter(), place()) == []) }

  static let broken: [(String, Value, [String])] = [
    ("from", .text("2025-10-02"), ["bridgeNotContiguous"]),
    ("from", .text("2025-09-15"), []),
    ("to", .text("2026-01-01"), ["bridgeTooLong"]),
    ("to", .text("2026-01-06"), ["bridgeTooLong", "bridgeFuture"]),
    ("to", .text("2025-09-30"), ["bridgeOverlapsOnly", "bridgeExpired"]),
    ("to", .null, ["bridgeUndated"]),
    ("from", .null, ["bridgeUndated"]),
    ("date", .null, ["bridgeUndated"]),
    ("signer", .null, ["bridgeUnsigned"]),
    ("signature", .text("unsigned"), ["bridgeUnsigned"]),
    ("signedBy", .text("auditor"), ["bridgeSignedByAuditor"]),
    ("signedBy", .text("sales"), ["bridgeSignerWeak"]),
    ("changes", .text("silent"), ["bridgeNoChangeStatement"]),
    ("changes", .null, ["bridgeNoChangeStatement"]),
    ("changes", .text("some"), ["bridgeQualifiedStatement"]),
    ("assurance", .bool(true), ["bridgeAssuranceOverclaim"]),
    ("reportType", .text("type1"), ["bridgeForType1"]),
    ("previousLetter", .bool(true), ["bridgeChain"]),
    ("reportKind", .text("soc1"), ["bridgeOtherReport"]),
    ("placeholders", .list([.text("[Company]")]), ["bridgePlaceholder"]),
    ("date", .text("2025-11-19"), ["bridgeFuture", "bridgePredatesReport"]),
  ]

  @Test("each defect by itself", arguments: broken)
  func each(_ row: (String, Value, [String])) throws {
    #expect(try defects(try letter([row.0: row.1]), place()) == row.2, "\(row.0)")
  }

  @Test("a letter runs out a month after its end")
  func expiry() throws {
    #expect(try defects(try letter(), place(), on: "2026-01-31") == [])
    #expect(try defects(try letter(), place(), on: "2026-02-01") == ["bridgeExpired"])
  }

  @Test("whose it is and which report it names")
  func belonging() throws {
    #expect(try defects(try letter(), place(isOfEntity: false)) == ["bridgeWrongEntity"])
    #expect(try defects(try letter(), place(isOfEntity: nil)) == [])
    let other = try letter(["reportPeriodEnd": .text("2025-06-30")])
    #expect(
      try defects(other, place(isOther: true)) == [
        "bridgeNotContiguous", "bridgeTooLong", "bridgeWrongReport",
      ])
  }

  @Test("a second letter goes on where the first ends")
  func chained() throws {
    let second = try letter(["from": .text("2025-12-01"), "previousLetter": .bool(true)])
    // The earlier letter is not here and its end is not told: nobody can say that days are left out.
    #expect(try defects(second, place()) == ["bridgeChain"])
    #expect(try defects(second, place(coveredTo: day("2025-11-30"))) == ["bridgeChain"])
    #expect(
      try defects(second, place(coveredTo: day("2025-11-29"))) == [
        "bridgeNotContiguous", "bridgeChain",
      ])
    let told = try letter([
      "from": .text("2025-12-01"),
      "previousLetter": .object(["date": .null, "to": .text("2025-11-30")]),
    ])
    #expect(try defects(told, place()) == ["bridgeChain"])
    let gap = try letter([
      "from": .text("2025-12-02"),
      "previousLetter": .object(["date": .null, "to": .text("2025-11-30")]),
    ])
    #expect(try defects(gap, place()) == ["bridgeNotContiguous", "bridgeChain"])
  }

  @Test("a letter is sound that goes on where the documents at hand end, without grave defects")
  func soundness() throws {
    let policy = try #require(Samples.policy)
    func isSound(
      _ letter: BridgeLetter, _ codes: [String] = [], _ place: BridgeLetter.Place
    ) -> Bool {
      letter.isSound(
        codes, place, letter.measures(place, on: day("2026-01-15"), by: policy, tier: nil))
    }
    let second = try letter(["from": .text("2025-12-01"), "previousLetter": .bool(true)])
    #expect(!isSound(second, ["bridgeChain"], place()))
    #expect(!isSound(second, ["bridgeChain"], place(coveredTo: day("2025-11-29"))))
    #expect(isSound(second, ["bridgeChain"], place(coveredTo: day("2025-11-30"))))
    let first = try letter()
    #expect(isSound(first, [], place()))
    #expect(isSound(first, ["bridgeQualifiedStatement", "bridgeAssuranceOverclaim"], place()))
    for code in ["bridgeUnsigned", "bridgeNotContiguous", "bridgeUndated", "bridgeTooLong"] {
      #expect(!isSound(first, [code], place()), "\(code)")
    }
    // To six months after the report a long letter is of low severity, and no longer.
    #expect(isSound(try letter(["to": .text("2026-03-30")]), ["bridgeTooLong"], place()))
    #expect(!isSound(try letter(["to": .text("2026-04-01")]), ["bridgeTooLong"], place()))
  }

  @Test("a letter is as old as the letters that go on from it")
  func continued() throws {
    var followed = place()
    followed.continuedTo = day("2026-02-28")
    #expect(try defects(try letter(), followed, on: "2026-03-31") == [])
    #expect(try defects(try letter(), followed, on: "2026-04-01") == ["bridgeExpired"])
  }

  @Test("a letter alone is held against the end that it states itself")
  func alone() throws {
    let none = BridgeLetter.Place(
      report: nil, isOfEntity: nil, isOfOtherReport: false, coveredTo: nil)
    #expect(try defects(try letter(), none) == [])
    #expect(
      try defects(try letter(["from": .text("2025-11-01")]), none) == ["bridgeNotContiguous"])
  }

  @Test("the state of the time since")
  func state() throws {
    let policy = try #require(Samples.policy)
    func state(_ letters: [Bool], on review: String, _ type: ReportType = .type2) -> BridgeState {
      var report = report
      report.type = type
      return bridgeState(of: report, letters: letters, on: day(review), by: policy, tier: nil)
    }
    // 92 days after 30 September are 31 December.
    #expect(state([], on: "2025-12-31") == .notNeeded)
    #expect(state([], on: "2026-01-01") == .missing)
    #expect(state([true], on: "2026-01-15") == .adequate)
    #expect(state([false], on: "2026-01-15") == .defective)
    #expect(state([false, true], on: "2026-01-15") == .adequate)
    #expect(state([true], on: "2026-09-30") == .adequate)
    #expect(state([true], on: "2026-10-01") == .cannotBridge)
    #expect(state([], on: "2026-01-15", .type1) == .notApplicable)
  }

  @Test("the days on which to act")
  func dates() throws {
    let policy = try #require(Samples.policy)
    // A letter that covers the day on which one is expected takes its place.
    #expect(
      keyDates(of: report, letterEnd: day("2026-01-01"), by: policy, tier: nil)
        .map(\.kind.rawValue) == ["bridge-ends", "stale-after", "next-report", "expires-after"])
    let dates = keyDates(of: report, letterEnd: day("2025-12-31"), by: policy, tier: nil)
    #expect(
      dates.map { "\($0.kind.rawValue) \($0.day)" } == [
        "bridge-ends 2025-12-31", "bridge-due 2026-01-01", "stale-after 2026-09-30",
        "next-report 2026-12-29", "expires-after 2026-12-31",
      ])
  }
}

@Suite("Timelines")
struct TimelineTests {
  private func day(_ text: String) -> Day { Day(iso: text) ?? Day(number: 0) }

  private func spans(_ documents: [(String, CoverageSpan.Source, String, String)], _ to: String)
    -> [String]
  {
    timeline(
      documents.map {
        CoveringDocument(name: $0.0, source: $0.1, days: day($0.2)...day($0.3))
      }, to: day(to)
    ).map { "\($0.from) \($0.to) \($0.by.rawValue) \($0.document ?? "-")" }
  }

  @Test("report, gap, letter, nothing")
  func plain() {
    #expect(
      spans(
        [
          ("r", .report, "2024-10-01", "2025-09-30"),
          ("l", .bridgeLetter, "2025-11-01", "2025-12-31"),
        ], "2026-01-15") == [
          "2024-10-01 2025-09-30 report r", "2025-10-01 2025-10-31 none -",
          "2025-11-01 2025-12-31 bridge-letter l", "2026-01-01 2026-01-15 none -",
        ])
  }

  @Test("an examination counts before a letter, and the first of two reports")
  func overlap() {
    #expect(
      spans(
        [
          ("l", .bridgeLetter, "2025-06-01", "2025-12-31"),
          ("new", .report, "2025-01-01", "2025-09-30"),
          ("old", .report, "2024-01-01", "2025-03-31"),
        ], "2025-12-31") == [
          "2024-01-01 2024-12-31 report old", "2025-01-01 2025-09-30 report new",
          "2025-10-01 2025-12-31 bridge-letter l",
        ])
  }

  @Test("nothing speaks for a day after the review, and nothing at all for no documents")
  func bounds() {
    #expect(
      spans([("r", .report, "2025-01-01", "2025-12-31")], "2025-06-30") == [
        "2025-01-01 2025-06-30 report r"
      ])
    #expect(spans([("r", .report, "2025-01-01", "2025-12-31")], "2024-12-31") == [])
    #expect(spans([], "2025-06-30") == [])
  }

  /// Days add up: no span overlaps the next, and none is missing.
  @Test("the spans are the whole time, once")
  func whole() {
    let made = timeline(
      [
        CoveringDocument(name: "a", source: .report, days: day("2023-02-01")...day("2024-01-31")),
        CoveringDocument(name: "b", source: .report, days: day("2024-03-01")...day("2025-02-28")),
        CoveringDocument(
          name: "c", source: .bridgeLetter, days: day("2025-03-01")...day("2025-05-31")),
      ], to: day("2025-08-15"))
    #expect(made.first?.from == day("2023-02-01") && made.last?.to == day("2025-08-15"))
    for (a, b) in zip(made, made.dropFirst()) { #expect(a.to.adding(days: 1) == b.from) }
  }
}
