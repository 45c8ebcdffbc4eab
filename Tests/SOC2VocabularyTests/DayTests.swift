import SOC2Vocabulary
import Testing

private func day(_ iso: String) -> Day { Day(iso: iso)! }

private func period(_ start: String, _ end: String) -> ExaminationPeriod {
  ExaminationPeriod(start: day(start), end: day(end))!
}

/// The arithmetic of calendar days; the figures of domain 4.3 and their neighbours.
@Suite("A calendar day")
struct DayTests {
  @Test(
    "is one that the calendar has",
    arguments: [
      (2025, 1, 1, true),
      (2025, 1, 0, false),
      (2025, 1, 31, true),
      (2025, 1, 32, false),
      (2025, 4, 30, true),
      (2025, 4, 31, false),
      (2025, 2, 28, true),
      (2025, 2, 29, false),
      (2024, 2, 29, true),
      (2024, 2, 30, false),
      (1900, 2, 29, false),
      (2000, 2, 29, true),
      (2100, 2, 29, false),
      (2025, 0, 1, false),
      (2025, 13, 1, false),
      (2025, -1, 1, false),
      (1899, 12, 31, false),
      (1900, 1, 1, true),
      (2199, 12, 31, true),
      (2200, 1, 1, false),
    ])
  func exists(_ year: Int, _ month: Int, _ day: Int, _ expected: Bool) {
    #expect((Day(year, month, day) != nil) == expected)
  }

  @Test(
    "is read from YYYY-MM-DD and nothing else",
    arguments: [
      ("2025-01-31", true),
      ("2024-02-29", true),
      ("2025-02-29", false),
      ("2025-1-31", false),
      ("25-01-31", false),
      ("2025-01-31T00:00", false),
      ("2025/01/31", false),
      ("2025-01", false),
      ("-2025-01-31", false),
      ("2025--01-31", false),
      ("+025-01-31", false),
      (" 2025-01-31", false),
      ("٢٠٢٥-01-31", false),
      ("", false),
    ])
  func iso(_ text: String, _ expected: Bool) {
    let read = Day(iso: text)
    #expect((read != nil) == expected)
    if expected { #expect(read?.description == text) }
  }

  @Test("has a number that counts days from 1 January 1970")
  func numbers() {
    #expect(day("1970-01-01").number == 0)
    #expect(day("1969-12-31").number == -1)
    #expect(day("2000-03-01").number == 11_017)
    #expect(day("2026-11-21").number == 20_778)
    // Law: every day follows the one before it, and its number gives it back.
    var next = day("1900-01-01")
    let last = day("2199-12-31")
    var number = next.number
    while next < last {
      let following = next.adding(days: 1)
      guard following.number == number + 1, Day(number: number) == next, next < following else {
        Issue.record("\(next) is not followed by \(following)")
        return
      }
      next = following
      number += 1
    }
  }

  @Test(
    "moves by months to the same day or the month's last",
    arguments: [
      ("2025-01-15", 1, "2025-02-15"),
      ("2025-01-31", 1, "2025-02-28"),
      ("2024-01-31", 1, "2024-02-29"),
      ("2025-03-31", 1, "2025-04-30"),
      ("2025-03-31", -1, "2025-02-28"),
      ("2024-02-29", 12, "2025-02-28"),
      ("2024-02-29", 48, "2028-02-29"),
      ("2025-12-31", 1, "2026-01-31"),
      ("2025-01-01", -1, "2024-12-01"),
      ("2025-01-01", -12, "2024-01-01"),
      ("2025-01-01", -13, "2023-12-01"),
      ("2025-06-30", 0, "2025-06-30"),
    ])
  func months(_ from: String, _ months: Int, _ expected: String) {
    #expect(day(from).adding(months: months) == day(expected))
  }

  @Test(
    "is so many whole months after another (day before, on, after)",
    arguments: [
      // anchor       day           months
      ("2025-06-30", "2026-11-21", 16),
      ("2025-06-30", "2025-07-30", 0),
      ("2025-06-30", "2025-07-31", 1),
      ("2025-06-30", "2025-08-01", 1),
      ("2025-06-30", "2026-06-29", 11),
      ("2025-06-30", "2026-06-30", 12),
      ("2025-06-30", "2026-07-01", 12),
      ("2025-12-31", "2026-01-30", 0),
      ("2025-12-31", "2026-01-31", 1),
      ("2025-12-31", "2026-02-27", 1),
      ("2025-12-31", "2026-02-28", 2),
      ("2026-02-28", "2026-03-31", 1),
      ("2024-02-28", "2025-02-26", 11),

      ("2024-02-28", "2025-02-27", 12),
      ("2025-01-30", "2025-02-27", 1),
      ("2025-06-30", "2025-06-30", 0),
      ("2025-06-30", "2025-06-29", 0),
      ("2025-06-30", "2020-01-01", 0),
    ])
  func wholeMonths(_ anchor: String, _ on: String, _ expected: Int) {
    #expect(Day.wholeMonths(after: day(anchor), upTo: day(on)) == expected)
  }

  @Test(
    "is within so many months of another (day before, on, after)",
    arguments: [
      // anchor      months  last day within
      ("2025-06-30", 6, "2025-12-31"),
      ("2025-06-30", 12, "2026-06-30"),
      ("2025-06-30", 3, "2025-09-30"),
      ("2025-12-31", 1, "2026-01-31"),
      ("2025-12-31", 2, "2026-02-28"),
      ("2025-12-31", 12, "2026-12-31"),
      ("2025-08-31", 6, "2026-02-28"),
      ("2023-08-31", 6, "2024-02-29"),
      ("2024-02-29", 12, "2025-02-28"),
      ("2025-02-28", 12, "2026-02-28"),
      ("2025-03-15", 1, "2025-04-15"),
      ("2025-06-30", 0, "2025-06-30"),
    ])
  func within(_ anchor: String, _ months: Int, _ last: String) {
    let anchor = day(anchor)
    let last = day(last)
    #expect(Day.isWithin(months: months, of: anchor, on: last.adding(days: -1)))
    #expect(Day.isWithin(months: months, of: anchor, on: last))
    #expect(!Day.isWithin(months: months, of: anchor, on: last.adding(days: 1)))
  }

  @Test("is written as people write it")
  func words() {
    #expect(day("2025-01-01").spelled == "1 January 2025")
    #expect(day("2024-12-31").spelled == "31 December 2024")
    #expect(day("2024-02-09").description == "2024-02-09")
    #expect(day("2026-02-13").days(to: day("2025-12-31")) == -44)
  }
}

@Suite("An examination period")
struct ExaminationPeriodTests {
  @Test(
    "has days, whole months, and may be a full year",
    arguments: [
      ("2025-01-01", "2025-12-31", 365, 12, true),
      ("2024-01-01", "2024-12-31", 366, 12, true),
      ("2025-07-01", "2025-12-31", 184, 6, false),
      ("2025-10-01", "2025-12-31", 92, 3, false),
      // Case 53: from any day to the day before it a year later.
      ("2025-01-13", "2026-01-12", 365, 12, true),
      ("2025-01-13", "2026-01-11", 364, 11, false),
      ("2025-01-13", "2026-01-13", 366, 12, false),
      ("2025-03-01", "2026-02-28", 365, 12, true),
      ("2024-02-29", "2025-02-27", 365, 12, true),
      ("2025-03-01", "2025-03-31", 31, 1, false),
      ("2025-03-01", "2025-03-30", 30, 0, false),
      ("2025-03-01", "2025-03-01", 1, 0, false),
      ("2024-01-01", "2025-06-30", 547, 18, false),
    ])
  func measures(_ start: String, _ end: String, _ days: Int, _ months: Int, _ full: Bool) {
    let it = period(start, end)
    #expect(it.days == days)
    #expect(it.months == months)
    #expect(it.isFullYear == full)
    #expect(it.description == "\(start)/\(end)")
  }

  @Test("does not end before it starts")
  func order() {
    #expect(ExaminationPeriod(start: day("2025-01-02"), end: day("2025-01-01")) == nil)
    #expect(ExaminationPeriod(start: day("2025-01-02"), end: day("2025-01-02"))?.days == 1)
  }

  @Test(
    "of so many months ended a day starts after the day was added",
    arguments: [
      (12, "2025-12-31", "2025-01-01"),
      (6, "2025-06-30", "2025-01-01"),
      (12, "2026-02-28", "2025-03-01"),
      (12, "2024-02-29", "2023-03-01"),
      (12, "2025-02-28", "2024-03-01"),
      (3, "2025-09-30", "2025-07-01"),
      (1, "2025-03-31", "2025-03-01"),
      (9, "2025-12-31", "2025-04-01"),
      (12, "2026-01-12", "2025-01-13"),
    ])
  func ended(_ months: Int, _ end: String, _ start: String) {
    let it = ExaminationPeriod(months: months, ended: day(end))
    #expect(it.start == day(start))
    #expect(it.months == months)
  }

  @Test(
    "leaves a gap to the next",
    arguments: [
      ("2026-01-01", 0),
      ("2026-01-02", 1),
      ("2025-12-31", -1),
      ("2025-07-01", -184),
      ("2026-04-01", 90),
    ])
  func gap(_ start: String, _ days: Int) {
    let next = ExaminationPeriod(months: 12, ended: day(start).adding(months: 12).adding(days: -1))
    #expect(next.start == day(start))
    #expect(period("2025-01-01", "2025-12-31").gapDays(to: next) == days)
  }

  @Test("gives the lags and ages of domain 4.3")
  func lags() {
    #expect(day("2025-12-31").days(to: day("2026-02-13")) == 44)
    #expect(day("2025-06-30").days(to: day("2026-11-21")) == 509)
    #expect(Day.wholeMonths(after: day("2025-06-30"), upTo: day("2026-11-21")) == 16)
  }
}
