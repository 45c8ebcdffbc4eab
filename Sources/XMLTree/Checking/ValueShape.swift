/// What may stand in an attribute.
///
/// Closed vocabularies are the same in the schema. Forms are wider there, `NMTOKEN` for a name or
/// `integer` for a number: libxml2 compiles a pattern anew for each value it looks at, which took
/// more than all other validation. A test holds the two together.
package enum ValueShape: Sendable {
  case anything
  /// A closed vocabulary; spaces around the word do not count.
  case oneOf([String])
  /// One or more words of a closed vocabulary, or one word that stands alone.
  case listOf([String], alone: String?)
  /// One or more words, with spaces between them.
  case words
  /// A whole number, written without leading zeros or plus sign.
  case number(ClosedRange<Int>)
  /// Text of a certain form; the function says what is wrong with a value, to follow it in a
  /// sentence, or nil.
  case form(@Sendable (String) -> String?)

  /// What is wrong with the value, to follow it in a sentence; nil when nothing is.
  package func problem(in value: String) -> String? {
    switch self {
    case .anything: return nil
    case .oneOf(let allowed):
      if allowed.contains(value) { return nil }
      let word = oneLine(value)
      return allowed.contains(word) ? nil : Spelling.advice(for: word, among: allowed)
    case .listOf(let allowed, let alone):
      let words = XMLTree.words(value)
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
    case .form(let problem): return problem(value)
    }
  }
}

extension ValueShape {
  /// `lower-case-words-1`.
  package static let id = ValueShape.form {
    isWords($0) ? nil : "is not lower-case words with hyphens, like 'stale-newer'"
  }

  /// `1.0`.
  package static let version = ValueShape.form { value in
    let parts = value.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 2 && parts.allSatisfy({ (1...3).contains($0.count) && isDigits($0) })
      ? nil : "is not a version of two numbers, like '1.0'"
  }
}

/// ASCII digits and nothing else.
package func isDigits(_ text: some StringProtocol) -> Bool {
  text.utf8.allSatisfy { (0x30...0x39).contains($0) }
}

/// Lower-case letters and digits in groups with hyphens between, a letter first.
package func isWords(_ text: some StringProtocol) -> Bool {
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
