import SOC2Vocabulary
import Testing

@testable import TextMatching

/// The period that begins with the first word, `?` for medium confidence and `??` for low.
private func read(_ text: String, at index: Int = 0) -> String? {
  guard let it = print(text).period(at: index) else { return nil }
  return it.period.description
    + (it.confidence == .low ? "??" : it.confidence == .medium ? "?" : "")
}

private let year2025 = "2025-01-01/2025-12-31"

/// Domain 4.2 and the edge cases 38 to 57.
@Suite("A period in the text")
struct PeriodTests {
  @Test(
    "is two dates joined in any of the ways reports join them",
    arguments: [
      "January 1, 2025 to December 31, 2025",
      "January 1, 2025 through December 31, 2025",
      "January 1, 2025, through December 31, 2025,",
      "January 1, 2025 thru December 31, 2025",
      "January 1, 2025 until December 31, 2025",
      "January 1, 2025 till December 31, 2025",
      "January 1, 2025 up to December 31, 2025",
      "1 January 2025 up to (and including) 31 December 2025",
      "1 January 2025 up to and including 31 December 2025",
      "January 1, 2025 through and including December 31, 2025",
      "January 1, 2025 to December 31, 2025 (inclusive)",
      "January 1, 2025 – December 31, 2025",
      "January 1, 2025–December 31, 2025",
      "January 1, 2025 — December 31, 2025",
      "January 1, 2025 - December 31, 2025",
      "January 1, 2025-December 31, 2025",
      "January 1, 2025 -- December 31, 2025",
      "January 1 - December 31, 2025",
      "1 January – 31 December 2025",
      "January 1 to December 31, 2025",
      "from January 1, 2025 to December 31, 2025",
      "from 1 January 2025 until 31 December 2025",
      "between January 1, 2025 and December 31, 2025",
      "between January 1 and December 31, 2025",
      "beginning January 1, 2025 and ending December 31, 2025",
      "beginning on January 1, 2025 and ending on December 31, 2025",
      "commencing January 1, 2025 through December 31, 2025",
      "January 1, 2025 (date of inception) through December 31, 2025",
      "January\n1, 2025\nto Decem-\nber 31,\n2025",
      "2025-01-01 to 2025-12-31",
      "2025-01-01/2025-12-31",
      "2025-01-01 – 2025-12-31",
      "01/01/2025 - 12/31/2025",
      "01/01/2025-12/31/2025",
      "01/01/2025–31/12/2025",
      "1.1.2025 bis 31.12.2025",
      "1.1.2025 - 31.12.2025",
      "vom 1. Januar 2025 bis zum 31. Dezember 2025",
      "1 januari 2025 tot en met 31 december 2025",
      "1 januari 2025 t/m 31 december 2025",
      "1. januar 2025 til 31. december 2025",
      "January 1, 2025 to December 31",
      "twelve months ended December 31, 2025",
      "the twelve (12) months ended December 31, 2025",
      "12 months ended December 31, 2025",
      "twelve-month period ended December 31, 2025",
      "the twelve (12) month period ending December 31, 2025",
      "12-month period ending on 31 December 2025",
      "year ended December 31, 2025",
      "the year ended 31 December 2025",
      "the fiscal year ended December 31, 2025",
      "calendar year ending December 31, 2025",
      "Monday, January 1, 2025 to Friday, December 31, 2025",
    ])
  func joins(_ text: String) {
    #expect(read(text) == year2025)
  }

  @Test(
    "lends what one end does not print, and says how sure that is",
    arguments: [
      ("October 1, 2024, through September 30, 2025,", "2024-10-01/2025-09-30"),
      ("October 1, 2024,\nthrough September\n30, 2025,", "2024-10-01/2025-09-30"),
      ("April 1, 2019 - September 30, 2019", "2019-04-01/2019-09-30"),
      // Case 39.
      ("October 1 to December 31, 2025", "2025-10-01/2025-12-31"),
      ("October 1 - December 31, 2025", "2025-10-01/2025-12-31"),
      ("March 1 through 31, 2025", "2025-03-01/2025-03-31"),
      ("March 1-31, 2025", "2025-03-01/2025-03-31"),
      ("March 1–31, 2025", "2025-03-01/2025-03-31"),
      ("1 to 31 March 2025", "2025-03-01/2025-03-31"),
      ("1–31 March 2025", "2025-03-01/2025-03-31"),
      ("1-31 March 2025", "2025-03-01/2025-03-31"),
      ("vom 1. bis 31. März 2025", "2025-03-01/2025-03-31"),
      // One year printed, and the period crosses it.
      ("November 1 to October 31, 2025", "2024-11-01/2025-10-31??"),
      ("November 1, 2024 to October 31", "2024-11-01/2025-10-31??"),
      // Case 40.
      ("12 months ended 28 February 2026", "2025-03-01/2026-02-28"),
      ("six months ended June 30, 2025", "2025-01-01/2025-06-30"),
      ("six-month period ending June 30, 2025", "2025-01-01/2025-06-30"),
      ("the six (6) month period ended June 30, 2025", "2025-01-01/2025-06-30"),
      ("three months ended September 30, 2025", "2025-07-01/2025-09-30"),
      ("quarter ended September 30, 2025", "2025-07-01/2025-09-30"),
      ("nine months ended 30 September 2025", "2025-01-01/2025-09-30"),
      ("year ended February 29, 2024", "2023-03-01/2024-02-29"),
      // Case 53.
      ("13 Jan 2025 - 12 Jan 2026", "2025-01-13/2026-01-12"),
      // Case 56: by the month.
      ("January 2025 through December 2025", "2025-01-01/2025-12-31??"),
      ("January through December 2025", "2025-01-01/2025-12-31??"),
      ("January–December 2025", "2025-01-01/2025-12-31??"),
      ("May to June 2025", "2025-05-01/2025-06-30??"),
      ("March 2024 – February 2025", "2024-03-01/2025-02-28??"),
      ("October to March 2025", "2024-10-01/2025-03-31??"),
      ("year ended December 2025", "2025-01-01/2025-12-31??"),
      ("Q1 2025", "2025-01-01/2025-03-31??"),
      ("Q4 2025", "2025-10-01/2025-12-31??"),
      // Case 38.
      ("April 1, 2019 to March 31, 20201", "2019-04-01/2020-03-31?"),
      ("twelve months ended March 31, 20201", "2019-04-01/2020-03-31?"),
      ("April 1, 2019 to March 31, 2020 ^1", "2019-04-01/2020-03-31"),
      ("January 1, 2O25 to December 31, 2O25", "2025-01-01/2025-12-31??"),
    ])
  func lends(_ text: String, _ expected: String) {
    #expect(read(text) == expected)
  }

  @Test(
    "in digits is read as one end or the month's ends tell, else not at all",
    arguments: [
      // Case 41 and 42: a day over 12 settles both.
      ("01/04/2025 to 31/03/2026", "2025-04-01/2026-03-31?"),
      ("04/01/2025 - 03/31/2026", "2025-04-01/2026-03-31?"),
      ("03/04/2025 to 31/03/2026", "2025-04-03/2026-03-31?"),
      ("03/04/2025 to 03/31/2026", "2025-03-04/2026-03-31?"),
      ("13/01/2025 to 12/01/2026", "2025-01-13/2026-01-12?"),
      ("01/13/2025 to 01/12/2026", "2025-01-13/2026-01-12?"),
      ("01-04-2025 t/m 31-03-2026", "2025-04-01/2026-03-31?"),
      // The end is in words, so that only the month's first day tells.
      ("01/04/2025 to 31 March 2026", "2025-04-01/2026-03-31?"),
      ("04/01/2025 to March 31, 2026", "2025-04-01/2026-03-31?"),
      // Nothing tells.
      ("03/04/2025 to 02/03/2026", nil),
      ("03/04/2025 to 15 March 2026", nil),
      ("01/04/2025 to 09/03/2026", nil),
      ("year ended 03/04/2025", nil),
    ])
  func numeric(_ text: String, _ expected: String?) {
    #expect(read(text) == expected)
  }

  @Test(
    "is not seen where there is none",
    arguments: [
      "December 31, 2025 to January 1, 2025",
      "31 March to 1 March 2025",
      "March 31 through 1, 2025",
      "12/31/2025 - 01/01/2025",
      "January 1, 2025 and December 31, 2025",
      "as of January 1, 2025 and December 31, 2025",
      "January 1, 2025",
      "January 1 to December 31",
      "February 30 to December 31, 2025",
      "April 31 to May 31, 2025",
      "January 1, 2025. To December 31, 2025",
      "period ended June 30, 2025",
      "months ended June 30, 2025",
      "twelve months",
      "six users ended June 30, 2025",
      "may through June 2025",
      "1 of 25 samples",
      "1 to 25 users",
      "24/7",
      "FY25",
      "6.1-6.8",
      "January 1, 2025 up December 31, 2025",
      "27001:2013 to 27001:2022",
    ])
  func none(_ text: String) {
    #expect(read(text) == nil)
  }

  @Test("after the word between needs no other")
  func afterBetween() {
    #expect(read("between January 1, 2025 and December 31, 2025", at: 1) == year2025)
    #expect(read("for January 1, 2025 and December 31, 2025", at: 1) == nil)
  }

  @Test("goes on over the end of a page")
  func overPages() {
    #expect(read("January 1, 2025 to\n\nDecember 31, 2025") == year2025)
    #expect(read("January 1,\n\n2025 to December 31, 2025") == year2025)
  }

  @Test("ends with its last date")
  func ends() {
    for (text, period) in [
      ("January 1, 2025 to December 31, 2025, the", "January 1, 2025 to December 31, 2025"),
      ("March 1 through 31, 2025 were", "March 1 through 31, 2025"),
      ("year ended June 30, 2025.", "year ended June 30, 2025"),
      ("Q1 2025 report", "Q1 2025"),
    ] {
      let running = print(text)
      #expect(running.period(at: 0).map { running.verbatim(0..<$0.end) } == period)
    }
  }
}
