import SOC2Vocabulary

/// What may stand in an attribute.
///
/// Closed vocabularies are the same in the schema. Forms are wider there, `NMTOKEN` for a name or
/// `integer` for a number: libxml2 compiles a pattern anew for each value it looks at, which took
/// more than all other validation. A test holds the two together.
enum ValueShape: Sendable {
  case anything
  /// A closed vocabulary; spaces around the word do not count.
  case oneOf([String])
  /// One or more words of a closed vocabulary, or one word that stands alone.
  case listOf([String], alone: String?)
  /// One or more words, with spaces between them.
  case words
  /// A whole number, written without leading zeros or plus sign.
  case number(ClosedRange<Int>)
  /// `lower-case-words-1`.
  case id
  /// `area/words`.
  case path
  /// `camelCase`.
  case name
  /// `camelCase.with.parts`.
  case factPath
  /// `1.0`.
  case version
  /// `P6M`, `P2Y`.
  case months
  /// `2026-01-15`.
  case day

  /// What is wrong with the value, to follow it in a sentence; nil when nothing is.
  func problem(in value: String) -> String? {
    switch self {
    case .anything: return nil
    case .oneOf(let allowed):
      if allowed.contains(value) { return nil }
      let word = oneLine(value)
      return allowed.contains(word) ? nil : Spelling.advice(for: word, among: allowed)
    case .listOf(let allowed, let alone):
      let words = RulePacks.words(value)
      if let alone, words == [alone] { return nil }
      guard !words.isEmpty else { return "names none of " + allowed.joined(separator: ", ") }
      guard let wrong = words.first(where: { !allowed.contains($0) }) else { return nil }
      if wrong == alone { return "has '\(wrong)', which stands alone" }
      let advice = Spelling.advice(for: wrong, among: allowed)
      return words.count == 1 ? advice : "holds \(quoted(wrong)), which \(advice)"
    case .words:
      return isBlank(value) == false ? nil : "holds no value"
    case .number(let range):
      guard let number = Int(value), String(number) == value, range.contains(number) else {
        return "is not a whole number from \(range.lowerBound) to \(range.upperBound)"
      }
      return nil
    case .id:
      return isWords(value) ? nil : "is not lower-case words with hyphens, like 'stale-newer'"
    case .path:
      let parts = value.split(separator: "/", omittingEmptySubsequences: false)
      return parts.count == 2 && parts.allSatisfy(isWords)
        ? nil : "is not a path of two parts in lower case, like 'opinion/modified'"
    case .name: return isName(value) ? nil : "is not a name like 'reportType'"
    case .factPath:
      let parts = value.split(separator: ".", omittingEmptySubsequences: false)
      return parts.allSatisfy(isName) ? nil : "is not the name of a fact, like 'period.end'"
    case .version:
      let parts = value.split(separator: ".", omittingEmptySubsequences: false)
      return parts.count == 2 && parts.allSatisfy({ (1...3).contains($0.count) && isDigits($0) })
        ? nil : "is not a version of two numbers, like '1.0'"
    case .months:
      return monthCount(value) != nil
        ? nil : "is not a number of months or years, like 'P6M' or 'P1Y'"
    case .day:
      return Day(iso: value) == nil ? "is not a day of the calendar, like '2026-01-15'" : nil
    }
  }
}

/// The months of `P6M` or `P1Y`; nil for every other form of an ISO 8601 duration: weeks and days
/// are no calendar months, and `P1Y6M` is `P18M`.
func monthCount(_ text: String) -> Int? {
  guard text.first == "P", let unit = text.last, unit == "M" || unit == "Y" else { return nil }
  let digits = text.dropFirst().dropLast()
  guard (1...3).contains(digits.utf8.count), isDigits(digits), digits.first != "0",
    let number = Int(digits)
  else { return nil }
  return unit == "Y" ? number * 12 : number
}

private func isDigits(_ text: some StringProtocol) -> Bool {
  text.utf8.allSatisfy { (0x30...0x39).contains($0) }
}

/// A lower-case letter, then letters and digits.
private func isName(_ text: some StringProtocol) -> Bool {
  guard let first = text.utf8.first, (0x61...0x7A).contains(first) else { return false }
  return text.utf8.allSatisfy {
    (0x61...0x7A).contains($0) || (0x41...0x5A).contains($0) || (0x30...0x39).contains($0)
  }
}

/// Lower-case letters and digits in groups with hyphens between, a letter first.
private func isWords(_ text: some StringProtocol) -> Bool {
  guard let first = text.utf8.first, (0x61...0x7A).contains(first) else { return false }
  var before = UInt8(ascii: "-")
  for byte in text.utf8 {
    switch byte {
    case 0x61...0x7A, 0x30...0x39: break
    case UInt8(ascii: "-"): if before == byte { return false }
    default: return false
    }
    before = byte
  }
  return before != UInt8(ascii: "-")
}
