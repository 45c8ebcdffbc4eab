import SOC2Vocabulary
import Testing

@testable import Scoring

/// Every threshold of the default policy on the day before, on, and after it. The days were reckoned by
/// hand: months end as calendars do, and limits are included.
@Suite("Measures")
struct MeasureTests {
  private func place(
    _ name: MeasureName, _ time: MeasuredTime, _ tier: VendorTier? = nil
  ) throws -> Measure.Place {
    try #require(Samples.policy).measure(name, for: tier).place(of: time)
  }

  private func day(_ text: String) throws -> Day { try #require(Day(iso: text)) }

  /// The twelve ends of months, and where twelve, fifteen and eighteen months after them end.
  static let ends: [(end: String, twelve: String, fifteen: String, eighteen: String)] = [
    ("2024-01-31", "2025-01-31", "2025-04-30", "2025-07-31"),
    ("2024-02-29", "2025-02-28", "2025-05-31", "2025-08-31"),
    ("2023-02-28", "2024-02-29", "2024-05-31", "2024-08-31"),
    ("2024-03-31", "2025-03-31", "2025-06-30", "2025-09-30"),
    ("2024-04-30", "2025-04-30", "2025-07-31", "2025-10-31"),
    ("2024-05-31", "2025-05-31", "2025-08-31", "2025-11-30"),
    ("2024-06-30", "2025-06-30", "2025-09-30", "2025-12-31"),
    ("2024-07-31", "2025-07-31", "2025-10-31", "2026-01-31"),
    ("2024-08-31", "2025-08-31", "2025-11-30", "2026-02-28"),
    ("2024-09-30", "2025-09-30", "2025-12-31", "2026-03-31"),
    ("2024-10-31", "2025-10-31", "2026-01-31", "2026-04-30"),
    ("2024-11-30", "2025-11-30", "2026-02-28", "2026-05-31"),
    ("2024-12-31", "2025-12-31", "2026-03-31", "2026-06-30"),
  ]

  @Test("age, at every end of a month", arguments: ends)
  func age(_ row: (end: String, twelve: String, fifteen: String, eighteen: String)) throws {
    let end = try day(row.end)
    let steps = [
      (try day(row.twelve), "current", "stale"), (try day(row.fifteen), "stale", "expired"),
      (try day(row.eighteen), "expired", "historical"),
    ]
    for (limit, within, above) in steps {
      #expect(try place(.age, .between(end, limit.adding(days: -1))).band == within)
      #expect(try place(.age, .between(end, limit)).band == within)
      #expect(try place(.age, .between(end, limit.adding(days: 1))).band == above)
    }
  }

  @Test("age in the middle of a month counts whole months from the next day")
  func midMonth() throws {
    let end = try day("2024-06-15")
    #expect(try place(.age, .between(end, try day("2025-06-15"))).band == "current")
    #expect(try place(.age, .between(end, try day("2025-06-16"))).band == "stale")
  }

  @Test("what is historical is critical at a critical vendor only")
  func historical() throws {
    let time = MeasuredTime.between(try day("2023-06-30"), try day("2026-01-15"))
    #expect(try place(.age, time).severity == .high)
    #expect(try place(.age, time, .low).severity == .high)
    #expect(try place(.age, time, .critical).severity == .critical)
  }

  static let bridges:
    [(tier: VendorTier?, limits: [(day: String, within: String, above: String)])] = [
      (
        nil,
        [
          ("2025-09-30", "not-needed", "early"), ("2025-12-31", "early", "late"),
          ("2026-06-30", "late", "cannot-bridge"),
        ]
      ),
      (
        .standard,
        [
          ("2025-09-30", "not-needed", "early"), ("2025-12-31", "early", "late"),
          ("2026-06-30", "late", "cannot-bridge"),
        ]
      ),
      (
        .critical,
        [
          ("2025-07-31", "not-needed", "early"), ("2025-12-31", "early", "late"),
          ("2026-06-30", "late", "cannot-bridge"),
        ]
      ),
      (
        .low,
        [
          ("2025-12-31", "not-needed", "early"), ("2026-03-31", "early", "late"),
          ("2026-06-30", "late", "cannot-bridge"),
        ]
      ),
    ]

  /// 30 June 2025 and 31, 92 and 184 days: 31 July, 30 September, 31 December.
  @Test("the tolerance before a letter is missed, by tier", arguments: bridges)
  func bridge(_ row: (tier: VendorTier?, limits: [(day: String, within: String, above: String)]))
    throws
  {
    let end = try day("2025-06-30")
    for limit in row.limits {
      let last = try day(limit.day)
      #expect(
        try place(.bridge, .between(end, last.adding(days: -1)), row.tier).band == limit.within)
      #expect(try place(.bridge, .between(end, last), row.tier).band == limit.within)
      #expect(
        try place(.bridge, .between(end, last.adding(days: 1)), row.tier).band == limit.above)
    }
  }

  static let lengths: [(String, String, String, Severity?)] = [
    ("2025-12-05", "2025-12-31", "weeks", .high),  // 27 days
    ("2025-12-04", "2025-12-31", "months", .high),  // 28
    ("2025-10-05", "2025-12-31", "months", .high),  // 88
    ("2025-10-04", "2025-12-31", "half-year", .medium),  // 89
    ("2025-07-06", "2025-12-31", "half-year", .medium),  // 179
    ("2025-07-05", "2025-12-31", "usual", nil),  // 180
    ("2024-09-01", "2025-02-28", "usual", nil),  // 181, six months
    ("2025-02-01", "2025-07-31", "usual", nil),  // 181, six months
    ("2025-01-01", "2025-12-31", "usual", nil),
    ("2024-12-17", "2025-12-31", "usual", nil),  // 380
    ("2024-12-16", "2025-12-31", "long", .info),  // 381
  ]

  @Test("short and long periods", arguments: lengths)
  func length(_ row: (String, String, String, Severity?)) throws {
    let period = try #require(ExaminationPeriod(start: try day(row.0), end: try day(row.1)))
    let found = try place(.periodLength, .period(period))
    #expect(found.band == row.2)
    #expect(found.severity == row.3)
  }

  /// Days from the end on 31 December 2025.
  static let lags: [(String, String, Severity?)] = [
    ("2025-12-30", "before-end", .critical), ("2025-12-31", "hurried", .medium),
    ("2026-01-06", "hurried", .medium), ("2026-01-07", "usual", nil),
    ("2026-03-31", "usual", nil), ("2026-04-01", "late", .low), ("2026-05-30", "late", .low),
    ("2026-05-31", "later", .medium), ("2026-08-28", "later", .medium),
    ("2026-08-29", "latest", .high),
  ]

  @Test("early and late reports", arguments: lags)
  func lag(_ row: (String, String, Severity?)) throws {
    let found = try place(.issueLag, .between(try day("2025-12-31"), try day(row.0)))
    #expect(found.band == row.1)
    #expect(found.severity == row.2)
  }

  @Test("type 1 reports age faster")
  func type1() throws {
    let asOf = try day("2025-06-30")
    for (last, within, above) in [
      ("2025-12-31", "recent", "ageing"), ("2026-06-30", "ageing", "stale"),
      ("2026-09-30", "stale", "expired"),
    ] {
      let limit = try day(last)
      #expect(try place(.type1Age, .between(asOf, limit)).band == within)
      #expect(try place(.type1Age, .between(asOf, limit.adding(days: 1))).band == above)
    }
  }

  @Test("gaps between reports, and of letters")
  func gaps() throws {
    let reports = [
      (0, "none"), (1, "short"), (30, "short"), (31, "long"), (92, "long"), (93, "longest"),
    ]
    for (days, band) in reports { #expect(try place(.coverageGap, .days(days)).band == band) }
    let letters = [(0, "none"), (1, "short"), (31, "short"), (32, "long")]
    for (days, band) in letters { #expect(try place(.letterGap, .days(days)).band == band) }
  }

  /// From 30 September 2025: 92 days are 31 December; six and nine months are the ends of March and June.
  @Test("how far a letter reaches")
  func letterLength() throws {
    let end = try day("2025-09-30")
    for (last, within, above) in [
      ("2025-12-31", "usual", "long"), ("2026-03-31", "long", "longer"),
      ("2026-06-30", "longer", "longest"),
    ] {
      let limit = try day(last)
      #expect(try place(.letterLength, .between(end, limit)).band == within)
      #expect(try place(.letterLength, .between(end, limit.adding(days: 1))).band == above)
    }
  }

  @Test("a place says which limits it lies between")
  func limits() throws {
    let end = try day("2025-06-30")
    let found = try place(.bridge, .between(end, try day("2025-10-15")))
    #expect(found.above == .days(92) && found.within == .months(6))
    #expect(try place(.age, .between(end, end)).above == nil)
  }
}
