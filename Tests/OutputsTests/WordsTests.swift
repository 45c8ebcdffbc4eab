import SOC2Vocabulary
import Testing

@testable import Outputs

struct WordsTests {
  @Test(arguments: [
    ("2025-09-30", "ended 3 months before the review date"),
    ("2025-12-31", "ended 15 days before the review date"),
    ("2025-12-15", "ended 1 month before the review date"),
    ("2026-01-14", "ended 1 day before the review date"),
    ("2026-01-15", "ended on the review date"),
    ("2026-01-27", "ends 12 days after the review date"),
    ("2024-09-15", "ended 16 months before the review date"),
  ])
  func ages(_ end: String, _ expected: String) {
    #expect(ageWords(.ends, Samples.day(end), on: Samples.day("2026-01-15")) == expected)
  }

  @Test(arguments: [
    ("2024-10-01", "2025-09-30", "12 months"),
    ("2024-01-01", "2024-12-31", "12 months"),
    ("2025-01-01", "2025-08-20", "7 months and 20 days"),
    ("2025-03-01", "2025-03-17", "17 days"),
    ("2025-03-01", "2025-03-01", "1 day"),
    ("2025-03-01", "2025-03-31", "1 month"),
  ])
  func lengths(_ start: String, _ end: String, _ expected: String) throws {
    let period = try #require(
      ExaminationPeriod(start: Samples.day(start), end: Samples.day(end)))
    #expect(lengthWords(period) == expected)
  }

  @Test(arguments: [
    ([4], "p. 4"), ([6, 4, 4], "pp. 4, 6"), ([1, 2, 3, 5, 6, 9], "pp. 1–3, 5, 6, 9"), ([], ""),
  ])
  func pages(_ pages: [Int], _ expected: String) {
    #expect(pageWords(pages) == expected)
  }

  /// Whoever reads a place must know whether its words were printed or guessed from a picture.
  @Test func pagesReadByOCRAreNamed() {
    var scanned = Samples.evidence(6, "b")
    scanned.source = .ocr
    #expect(pageWords([scanned]) == "p. 6, by OCR")
    #expect(pageWords([scanned, Samples.evidence(4, "a")]) == "pp. 4, 6, of these 6 by OCR")
  }

  @Test func printedLabelsAreNamed() {
    let evidence = [Samples.evidence(6, "b"), Samples.evidence(4, "a", label: "ii")]
    #expect(pageWords(evidence) == "pp. 4 (printed ii), 6")
  }

  @Test(arguments: [
    ("plain", "plain"),
    ("two\nlines\tand tab", "two lines and tab"),
    ("\u{1B}[31m", "\\u{1B}[31m"),
    ("\u{9B}31m\r\u{7F}", "\\u{9B}31m\\u{D}\\u{7F}"),
    ("\u{202E}x\u{2069}\u{200F}", "\\u{202E}x\\u{2069}\\u{200F}"),
    ("\u{2028}\u{FEFF}\u{E0041}", "\\u{2028}\\u{FEFF}\\u{E0041}"),
    ("Zoë – 漢字 नमस्ते", "Zoë – 漢字 नमस्ते"),
    ("\r\n", "\\u{D} "),
  ])
  func inertText(_ text: String, _ expected: String) {
    #expect(inert(text) == expected)
  }

  @Test(arguments: [
    ("", [""]), ("a b", ["a b"]), ("abc def ghi", ["abc def", "ghi"]),
    ("abcdefghij k", ["abcdefg", "hij k"]), ("漢字漢字", ["漢字漢", "字"]), ("  a   b  ", ["a b"]),
  ])
  func wrapping(_ text: String, _ expected: [String]) {
    #expect(wrapped(text, width: 7) == expected)
  }

  @Test func shortening() {
    #expect(shortened("one two three", to: 13) == "one two three")
    #expect(shortened("one two three", to: 9) == "one two […]")
  }

  /// What stands where no value of the right shape is must never read as good news.
  @Test(arguments: FactName.allCases)
  func aValueOfTheWrongShapeIsShownAsItIs(_ name: FactName) {
    #expect(valueWords(name, .null, on: Samples.reviewDate) == "UNKNOWN")
    #expect(
      valueWords(name, .object(["x": .number(3)]), on: Samples.reviewDate).contains("3")
        || name == .bridge)
  }

  @Test func emptyListsSayWhatTheyMean() {
    #expect(valueWords(.categories, .list([]), on: Samples.reviewDate) == "UNKNOWN (empty)")
    #expect(
      valueWords(.exceptions, .list([]), on: Samples.reviewDate)
        == "none: every row of results was read")
  }

  @Test func countsOfTestsNameWhatIsUnknown() {
    let value = Value.object([
      "controls": .number(80), "results": .number(120), "noException": .number(117),
      "exception": .number(2), "notOperated": .number(0), "notTested": .number(0),
      "unknown": .number(1),
    ])
    #expect(
      valueWords(.testCounts, value, on: Samples.reviewDate)
        == "120 results, 117 without exception, 2 with exception, 1 UNKNOWN")
  }
}
