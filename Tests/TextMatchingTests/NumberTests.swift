import Testing

@testable import TextMatching

/// The count at the word after `@`, or at the first word; `→` and what it covers.
private func number(_ text: String) -> String? {
  let running = print(text.filter { $0 != "@" })
  let before = text.split(separator: "@").dropLast().joined()
  let start = print(before).tokens.count
  return running.number(at: start).map { reading in
    "\(reading.value) → \(running.verbatim(start..<reading.end))"
  }
}

/// Every count of a text, in order.
private func counts(_ text: String) -> [Int] {
  let running = print(text)
  return running.tokens.indices.compactMap { running.number(at: $0)?.value }
}

/// Domain 2.6.
@Suite("A count")
struct NumberTests {
  @Test(
    "is read in all ways of writing",
    arguments: [
      ("25 changes", "25 → 25"), ("1,250 changes", "1250 → 1,250"), ("0 of", "0 → 0"),
      ("02 of", "2 → 02"), ("２５ of", "25 → ２５"), ("１,２５０ of", "1250 → １,２５０"),
      ("2,024 users", "2024 → 2,024"), ("1234567 events", "1234567 → 1234567"),
      ("two of", "2 → two"), ("Two of", "2 → Two"), ("TWO OF", "2 → TWO"), ("ten", "10 → ten"),
      ("nineteen", "19 → nineteen"), ("twenty", "20 → twenty"), ("forty", "40 → forty"),
      ("twenty-five sampled", "25 → twenty-five"), ("twenty five sampled", "25 → twenty five"),
      ("Twenty‑five", "25 → Twenty‑five"), ("ninety-nine", "99 → ninety-nine"),
      ("twenty-\nfive of", "25 → twenty- five"), ("sev-\nenteen of", "17 → sev- enteen"),
      ("sev\u{AD}\nenteen of", "17 → sev\u{AD} enteen"),
      ("one hundred", "100 → one hundred"), ("one hundred twelve", "112 → one hundred twelve"),
      ("one hundred and twelve users", "112 → one hundred and twelve"),
      ("two hundred and forty-one", "241 → two hundred and forty-one"),
      ("nine hundred ninety-nine", "999 → nine hundred ninety-nine"),
      ("one hundred and none", "100 → one hundred"),
      ("no exceptions", "0 → no"), ("None of", "0 → None"), ("zero", "0 → zero"),
      ("of @zero.", "0 → zero"),
      ("two (2) of", "2 → two (2)"), ("twenty-five (25) users", "25 → twenty-five (25)"),
      ("Twenty-five (25). Two", "25 → Twenty-five (25)"), ("2 (two) of", "2 → 2 (two)"),
      ("zero (0)", "0 → zero (0)"), ("one hundred (100)", "100 → one hundred (100)"),
      // What is beside it does not take it away.
      ("25 (8%)", "25 → 25"), ("25 (61 in all)", "25 → 25"), ("of @25. Then", "25 → 25"),
      ("25, 26", "25 → 25"), ("25: none", "25 → 25"), ("(@2 of", "2 → 2"), ("“@25” of", "25 → 25"),
      ("Exceptions noted: @2.", "2 → 2"), ("Exception: @2 of 25", "2 → 2"),
      ("Exception (@2 of 25)", "2 → 2"),
      ("noted—@two of", "2 → two"), ("sample: @25", "25 → 25"),
      ("in the quarter @two of", "2 → two"),
      ("in March @two of", "2 → two"), ("one may be", "1 → one"), ("2 march on", "2 → 2"),
      ("at the page. @2 of", "2 → 2"), ("a sample of 25 (@2 of 25", "2 → 2"),
    ])
  func readings(_ text: String, _ expected: String) {
    #expect(number(text) == expected)
  }

  @Test(
    "is no other number",
    arguments: [
      // Two forms that disagree, from the first or from the second.
      "two (3) of", "twenty-five (52)", "25 (24)", "two (@3) of",
      // Ordinals.
      "25th", "2nd", "25 th", "twenty-fifth", "first", "second",
      // Dates and times.
      "25 January 2025", "31 Dec", "25 of March", "January @25", "March @2025",
      "December 31, @2025", "1.1.2025", "2025-01-31", "10:30", "10:@30", "5 pm", "5 a.m.",
      "10 o'clock",
      // Decimals, shares, money, ranges, things that belong together.
      "6.1", "CC6.1", "CC@6.1", "ＣＣ６.@１", "12,50", "12,@50", "8%", "8 %", "eight percent",
      "8 per cent",
      "$@25", "€@25", "#@25", "2-5", "2-@5", "2–5", "2–@5", "2/25", "24-hour", "two-factor",
      "no-one", "IAM-@07", "1.250", "12345678", "two hundred thousand", "2 million",
      // What it numbers.
      "page @3 of", "Section @3", "SOC @2", "Type @2", "No. @5", "no. 5", "see p. @3",
      "quarter @2 of",
      "step @two of", "version @2", "Exception @2 of", "finding @3",
      // A part of another count, or a pronoun.
      "twenty-@five", "twenty @five", "hundred @twelve", "one hundred and @twelve", "no @one of",
      "every @one of", "any @two of",
      // No number.
      "access", "on", "hundred", "O2", "x", "•", "^3",
    ])
  func none(_ text: String) {
    #expect(number(text) == nil)
  }

  @Test(
    "is found once wherever it stands",
    arguments: [
      ("For two (2) of a sample of twenty-five (25), access", [2, 25]),
      ("For 2 of 25 (8%), and 4 of 40", [2, 25, 4, 40]),
      ("on 12 May 2025, 3 of the 1,250 users under CC6.1", [3, 1250]),
      ("see page 3 of 40. One of the 40 changes", [40, 1, 40]),
      ("one hundred and twelve of two hundred", [112, 200]),
      ("the ^2 two users", [2]),
    ] as [(String, [Int])])
  func whole(_ text: String, _ expected: [Int]) {
    #expect(counts(text) == expected)
  }

  @Test("never leaves its sentence")
  func sentences() {
    #expect(counts("We saw twenty. Five of them (5) were late.") == [20, 5, 5])
    #expect(counts("twenty\n\nFive") == [20, 5])
  }
}

@Suite("A fraction")
struct FractionTests {
  private func fraction(_ text: String) -> String? {
    let running = print(text.filter { $0 != "@" })
    let before = text.split(separator: "@").dropLast().joined()
    return running.fraction(at: print(before).tokens.count).map { "\($0.part) of \($0.whole)" }
  }

  @Test(
    "is read",
    arguments: [
      ("2/25 users", "2 of 25"), ("2 / 25 users", "2 of 25"), ("25/25", "25 of 25"),
      ("for @2/25 (8%)", "2 of 25"), ("２/２５ users", "2 of 25"), ("2/1250,", "2 of 1250"),
    ])
  func readings(_ text: String, _ expected: String) {
    #expect(fraction(text) == expected)
  }

  @Test(
    "is no date, no way of speaking and no part of more",
    arguments: [
      "24/7", "02/25", "2/25/2025", "2/x", "x/25", "2/0", "0/25", "2/25%", "2/25-day", "on @2/25",
      "dated @2/25", "page @2/25", "2 of 25", "two/25", "2", "2 /", "2/12345678",
    ])
  func none(_ text: String) {
    #expect(fraction(text) == nil)
  }
}
