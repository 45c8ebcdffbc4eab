import SOC2Vocabulary
import XMLTree

/// The forms of values that only rules have.
extension ValueShape {
  /// `area/words`.
  static let path = ValueShape.form { value in
    let parts = byteSplit(value, at: "/")
    return parts.count == 2 && parts.allSatisfy(isWords)
      ? nil : "is not a path of two parts in lower case, like 'opinion/modified'"
  }

  /// `camelCase`.
  static let name = ValueShape.form { isName($0) ? nil : "is not a name like 'reportType'" }

  /// `camelCase.with.parts`.
  static let factPath = ValueShape.form { value in
    let parts = byteSplit(value, at: ".")
    return parts.allSatisfy(isName) ? nil : "is not the name of a fact, like 'period.end'"
  }

  /// `P6M`, `P2Y`.
  static let months = ValueShape.form {
    monthCount($0) != nil ? nil : "is not a number of months or years, like 'P6M' or 'P1Y'"
  }

  /// Runs of words with `|` between them, as in `any`.
  static let runs = ValueShape.form { value in
    let parts = value.split(separator: "|", omittingEmptySubsequences: false)
    return parts.allSatisfy { $0.contains { $0.isLetter || $0.isNumber } }
      ? nil : "has a part without a word; parts stand between |"
  }

  /// `2026-01-15`.
  static let day = ValueShape.form {
    Day(iso: $0) == nil ? "is not a day of the calendar, like '2026-01-15'" : nil
  }
}

/// The parts of a text between ASCII marks, empty ones too. By bytes: all rules are read at every start.
private func byteSplit(_ text: String, at mark: UnicodeScalar) -> [Substring] {
  text.utf8.split(separator: UInt8(ascii: mark), omittingEmptySubsequences: false)
    .map { Substring($0) }
}

/// The runs of words of `new york|ny`, each on one line.
func wordRuns(_ text: String) -> [String] {
  text.split(separator: "|").map { oneLine(String($0)) }
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

/// A lower-case letter, then letters and digits.
private func isName(_ text: some StringProtocol) -> Bool {
  guard let first = text.utf8.first, (0x61...0x7A).contains(first) else { return false }
  return text.utf8.allSatisfy {
    (0x61...0x7A).contains($0) || (0x41...0x5A).contains($0) || (0x30...0x39).contains($0)
  }
}
