import SOC2Vocabulary
import Testing

@testable import TextMatching

/// The date that begins with the first word: `2025-01-01`, `2025-01` for a month, `--01-01` without a
/// year; `?` uncertain, `??` misread, `|2025-04-03` the other way round. Nil when there is none.
private func read(_ text: String) -> String? {
  guard let it = print(text).date(at: 0) else { return nil }
  func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
  var out = it.year.map { "\($0)" } ?? "-"
  if let month = it.month { out += "-" + two(month) }
  if let day = it.day { out += "-" + two(day) }
  if let swapped = it.swapped { out += "|\(swapped)" }
  return out + (it.isMisread ? "??" : it.isUncertain ? "?" : "")
}

/// Domain 4.2, one line for each form.
@Suite("A date in the text")
struct DateTests {
  @Test(
    "is read in every form",
    arguments: [
      ("January 1, 2025", "2025-01-01"),
      ("January 1 2025", "2025-01-01"),
      ("January 1,2025", "2025-01-01"),
      ("JANUARY 1, 2025", "2025-01-01"),
      ("January 1st, 2025", "2025-01-01"),
      ("January 1 st , 2025", "2025-01-01"),
      ("January 22nd, 2025", "2025-01-22"),
      ("Jan. 1, 2025", "2025-01-01"),
      ("Sept. 30, 2025", "2025-09-30"),
      ("May 1, 2025", "2025-05-01"),
      ("1 January 2025", "2025-01-01"),
      ("01 January 2025", "2025-01-01"),
      ("1 January, 2025", "2025-01-01"),
      ("1st January 2025", "2025-01-01"),
      ("1st of January 2025", "2025-01-01"),
      ("3rd March 2025", "2025-03-03"),
      ("31-Dec-2025", "2025-12-31"),
      ("the 1st day of January, 2025", "2025-01-01"),
      ("the 31st of December 2025", "2025-12-31"),
      ("January 2025", "2025-01"),
      ("January, 2025", "2025-01"),
      ("Dec. 2025", "2025-12"),
      ("2025-01-31", "2025-01-31"),
      ("2025‑01‑31", "2025-01-31"),
      ("2025/01/31", "2025-01-31"),
      ("01/31/2025", "2025-01-31"),
      ("31/01/2025", "2025-01-31"),
      ("1/31/2025,", "2025-01-31"),
      ("31-01-2025", "2025-01-31"),
      ("31.1.2025", "2025-01-31"),
      ("1.12.2025.", "2025-12-01"),
      ("1. Januar 2025", "2025-01-01"),
      ("31. Dezember 2025", "2025-12-31"),
      ("15. März 2025", "2025-03-15"),
      ("1 januari 2025", "2025-01-01"),
      ("31 maart 2025", "2025-03-31"),
      ("1 mei 2025", "2025-05-01"),
      ("31. oktober 2025", "2025-10-31"),
      ("1. maj 2025", "2025-05-01"),
      ("30. juni 2025", "2025-06-30"),
      ("January 1", "--01-01"),
      ("1 January", "--01-01"),
      ("May 1", "--05-01"),
      ("February 29, 2024", "2024-02-29"),
      ("Monday, January 6, 2026", "2026-01-06"),
      ("Friday 13 February 2026", "2026-02-13"),
      ("Wednesday, the 31st day of December, 2025", "2025-12-31"),
      ("December\n31,\n2025", "2025-12-31"),
      ("Decem-\nber 31, 2025", "2025-12-31"),
      ("Decem\u{AD}ber 31, 2025", "2025-12-31"),
      ("Novem\u{AD}\nber 30, 2025", "2025-11-30"),
    ])
  func forms(_ text: String, _ expected: String) {
    #expect(read(text) == expected)
  }

  @Test(
    "is put right where a footnote or a scanner spoilt it, and says so",
    arguments: [
      // Case 38: footnote mark 1 behind 2020.
      ("March 31, 20201", "2020-03-31?"),
      ("31 March 20202", "2020-03-31?"),
      ("03/31/20201", "2020-03-31?"),
      ("March 20201", "2020-03?"),
      ("March 31, 20200", "--03-31"),
      ("March 31, 20991", "--03-31"),
      ("March 31, 2020 ^1", "2020-03-31"),
      ("March 31 ^1 , 2020", "2020-03-31"),
      ("March 31 ^st , 2020", "2020-03-31"),
      ("March 31, 2020¹", "2020-03-31"),
      ("January 1, 2O25", "2025-01-01??"),
      ("January l, 2025", "2025-01-01??"),
      ("3l December 2025", "2025-12-31??"),
      ("Decernber 31, 2025", "2025-12-31??"),
      ("Septernber 30, 2025", "2025-09-30??"),
    ])
  func repaired(_ text: String, _ expected: String) {
    #expect(read(text) == expected)
  }

  @Test(
    "that can be read two ways gives both",
    arguments: [
      ("03/04/2025", "2025-03-04|2025-04-03"),
      ("3-4-2025", "2025-03-04|2025-04-03"),
      ("12/11/2025", "2025-12-11|2025-11-12"),
      ("04/04/2025", "2025-04-04"),
      // Points mean day first.
      ("3.4.2025", "2025-04-03"),
    ])
  func ambiguous(_ text: String, _ expected: String) {
    #expect(read(text) == expected)
  }

  @Test(
    "is not seen in what only resembles one",
    arguments: [
      "27001:2013", "ISO/IEC 27001:2022", "CC6.1", "24/7", "24/7/365", "1 of 25", "2 of 25 (8%)",
      "3.1.2", "v3.1.2", "3.1.2025.4", "192.168.1.1", "10.0.0.2025", "555-123-4567",
      "(555) 123-4567",
      "555.123.2025", "+45 12 34 56 78", "may not", "may 24 hours", "may 1 user", "march 2 of 25",
      "marching 1, 2025", "May we", "January", "the January", "the 25 samples", "first 1", "2025",
      "2017 TSP", "FY25", "Q1", "0 January 2025", "32 January 2025", "January 32, 2025",
      "February 29, 2025", "February 30", "April 31, 2025", "31 April 2025", "13/13/2025",
      "31/04/2025",
      "00/01/2025", "2025-13-01", "2025-02-30", "1850-01-01", "01/01/1850", "1/2", "12/31",
      "l January", "Decernber 31", "1,250 January 2025", "100 January 2025", "Monday",
      "Friday, May",
      "18 U.S.C. 2025", "Section 5", "A1.2",
    ])
  func nearMisses(_ text: String) {
    #expect(read(text) == nil)
  }

  @Test("ends before what follows it")
  func ends() {
    for (text, date) in [
      ("January 1, 2025, the", "January 1, 2025"),
      ("January 1, the", "January 1"),
      ("1 January. The", "1 January"),
      ("December 31, 2025. 2026 was", "December 31, 2025"),
      ("January 2025 report", "January 2025"),
      ("March 31, 2025 ^1 was", "March 31, 2025"),
    ] {
      let running = print(text)
      #expect(running.date(at: 0).map { running.verbatim(0..<$0.end) } == date)
    }
  }

  @Test("does not take its year from the next sentence")
  func sentenceEnd() {
    #expect(read("December 31. 2025 was a good year.") == "--12-31")
    #expect(print("The plan starts on March 3. 2024 users came.").date(at: 4)?.year == nil)
  }

  @Test("stops at the limit it is given")
  func limit() {
    let running = print("January 1, 2025")
    #expect(running.date(at: 0, until: 2)?.year == nil)
    #expect(running.date(at: 0, until: 1) == nil)
    #expect(running.date(at: running.tokens.count) == nil)
  }

  @Test("is as sure as what was printed")
  func confidence() {
    #expect(print("March 31, 2020").date(at: 0)?.confidence == .high)
    #expect(print("March 31, 20201").date(at: 0)?.confidence == .medium)
    #expect(print("March 31, 2O20").date(at: 0)?.confidence == .low)
    #expect(print("March 2020").date(at: 0)?.confidence == .low)
  }
}
