public import SOC2Vocabulary

/// A date as printed, with what is uncertain about it.
public struct DateReading: Hashable, Sendable {
  /// The parts that are printed; a period may lend the missing year or month from its other end.
  public var year: Int?
  public var month: Int?
  public var day: Int?
  /// For `03/04/2025`: the day and month the other way round, where that is a date too.
  public var swapped: Day?
  /// Something had to be put right or supplied: a footnote digit glued to the year, a missing day.
  public var isUncertain = false
  /// One past its last token.
  public var end: Int

  /// The date, when all three parts are there.
  public var date: Day? {
    guard let year, let month, let day else { return nil }
    return Day(year, month, day)
  }
  /// Printed with month and year only.
  public var isMonth: Bool { year != nil && month != nil && day == nil }
}

extension RunningText {
  /// The date that begins at a token, in any of the forms reports use, or nil.
  ///
  /// `January 1, 2025`, `1 January 2025`, `the 1st day of January, 2025`, `January 2025`, `1 January`,
  /// `2025-01-01`, `01/01/2025`, `1.1.2025`, `2025/01/01`; month names in English, German, Dutch and
  /// Danish. Raised footnote marks are passed over; a year with a footnote digit glued to it (`20201`)
  /// is read and marked uncertain.
  public func date(at index: Int, until limit: Int? = nil) -> DateReading? {
    var reader = TokenReader(self, index, limit ?? tokens.count)
    guard let token = reader.peek else { return nil }
    if token.flags.contains(.numeric) {
      if let numeric = numericDate(&reader) { return numeric }
      return dayFirstDate(&reader)
    }
    if let month = takeMonth(&reader) { return monthFirstDate(month, &reader) }
    let word = normalised(token)
    if word.elementsEqual("the".utf8) {
      reader.take()
      guard reader.peek.map({ ordinal(normalised($0)) != nil }) == true else { return nil }
      return dayFirstDate(&reader)
    }
    return dayFirstDate(&reader)
  }

  /// A month's name, also one that is torn by a line end (`Novem-` `ber`).
  private func takeMonth(_ reader: inout TokenReader) -> Int? {
    guard let token = reader.peek else { return nil }
    if let month = Self.month(named: normalised(token)) {
      reader.take()
      return month
    }
    guard token.flags.contains(.hyphenated), reader.position + 1 < tokens.count,
      let month = Self.month(
        named: normalised(token) + normalised(tokens[reader.position + 1]))
    else { return nil }
    reader.take()
    reader.take()
    return month
  }

  private func monthFirstDate(_ month: Int, _ reader: inout TokenReader) -> DateReading? {
    reader.takeMark(0x2E)
    guard let next = reader.peek else { return nil }
    if let year = year(normalised(next)) {
      reader.take()
      return DateReading(
        year: year.value, month: month, day: nil, isUncertain: year.glued, end: reader.position)
    }
    guard let day = ordinal(normalised(next)) else { return nil }
    reader.take()
    reader.takeMark(0x2C)
    let afterDay = reader.positionOfLastTaken
    if let next = reader.peek, let year = year(normalised(next)) {
      reader.take()
      return checked(year.value, month, day, glued: year.glued, end: reader.position)
    }
    return DateReading(year: nil, month: month, day: day, end: afterDay)
  }

  private func dayFirstDate(_ reader: inout TokenReader) -> DateReading? {
    guard let first = reader.peek, let day = ordinal(normalised(first)) else { return nil }
    reader.take()
    reader.takeMark(0x2E)
    if reader.peek.map({ normalised($0).elementsEqual("day".utf8) }) == true { reader.take() }
    if reader.peek.map({ normalised($0).elementsEqual("of".utf8) }) == true { reader.take() }
    guard let month = takeMonth(&reader) else { return nil }
    reader.takeMark(0x2E)
    let afterMonth = reader.positionOfLastTaken
    reader.takeMark(0x2C)
    if let next = reader.peek, let year = year(normalised(next)) {
      reader.take()
      return checked(year.value, month, day, glued: year.glued, end: reader.position)
    }
    return DateReading(year: nil, month: month, day: day, end: afterMonth)
  }

  private func checked(_ year: Int, _ month: Int, _ day: Int, glued: Bool, end: Int)
    -> DateReading?
  {
    guard Day(year, month, day) != nil else { return nil }
    return DateReading(year: year, month: month, day: day, isUncertain: glued, end: end)
  }

  /// `2025-01-31`, `31/01/2025`, `31.1.2025`: one token each.
  private func numericDate(_ reader: inout TokenReader) -> DateReading? {
    guard let token = reader.peek else { return nil }
    let text = normalised(token)
    var parts: [(value: Int, digits: Int)] = []
    var separator: UInt8?
    var value = 0
    var digits = 0
    for c in text {
      if c >= 0x30 && c <= 0x39 {
        value = value * 10 + Int(c - 0x30)
        digits += 1
        if digits > 5 { return nil }
      } else {
        guard c == 0x2D || c == 0x2F || c == 0x2E, separator == nil || separator == c else {
          return nil
        }
        separator = c
        parts.append((value, digits))
        value = 0
        digits = 0
      }
    }
    parts.append((value, digits))
    guard parts.count == 3, let separator else { return nil }
    reader.take()
    let end = reader.position
    if parts[0].digits == 4 {
      guard Day(parts[0].value, parts[1].value, parts[2].value) != nil else { return nil }
      return DateReading(
        year: parts[0].value, month: parts[1].value, day: parts[2].value, end: end)
    }
    guard parts[2].digits >= 4, let year = year(Array(String(parts[2].value).utf8)[...]) else {
      return nil
    }
    let (a, b) = (parts[0].value, parts[1].value)
    // Points separate day and month in Germany and Denmark only, and there the day comes first.
    let dayFirst = Day(year.value, b, a)
    let monthFirst = separator == 0x2E ? nil : Day(year.value, a, b)
    if let monthFirst {
      return DateReading(
        year: monthFirst.year, month: monthFirst.month, day: monthFirst.day,
        swapped: dayFirst == monthFirst ? nil : dayFirst, isUncertain: year.glued, end: end)
    }
    guard let dayFirst else { return nil }
    return DateReading(
      year: dayFirst.year, month: dayFirst.month, day: dayFirst.day, isUncertain: year.glued,
      end: end)
  }

  /// `1`, `01`, `31st`: a day of a month.
  private func ordinal(_ word: ArraySlice<UInt8>) -> Int? {
    var value = 0
    var digits = 0
    for (offset, c) in word.enumerated() {
      if c >= 0x30 && c <= 0x39 {
        value = value * 10 + Int(c - 0x30)
        digits += 1
        if digits > 2 { return nil }
        continue
      }
      let rest = word.dropFirst(offset)
      guard digits > 0, ["st", "nd", "rd", "th"].contains(where: { rest.elementsEqual($0.utf8) })
      else { return nil }
      break
    }
    return digits > 0 && (1...31).contains(value) ? value : nil
  }

  /// A year of the report age, 1990 to 2039; five digits are a year and a footnote mark.
  func year(_ word: ArraySlice<UInt8>) -> (value: Int, glued: Bool)? {
    guard word.count == 4 || word.count == 5 else { return nil }
    var value = 0
    for c in word {
      // A scanner's letter O for zero.
      let digit = c == 0x6F ? 0x30 : c
      guard digit >= 0x30 && digit <= 0x39 else { return nil }
      value = value * 10 + Int(digit - 0x30)
    }
    if word.count == 5 {
      guard value % 10 != 0, (2000...2039).contains(value / 10) else { return nil }
      return (value / 10, true)
    }
    return (1990...2039).contains(value) ? (value, word.contains(0x6F)) : nil
  }

  /// 1…12 for a month's name or abbreviation, else nil.
  static func month(named word: ArraySlice<UInt8>) -> Int? {
    guard let first = word.first, word.count >= 3, first >= 0x61, first <= 0x7A else { return nil }
    for (name, month) in monthWords where word.elementsEqual(name.utf8) { return month }
    return nil
  }

  private static let monthWords: [(String, Int)] = [
    ("january", 1), ("february", 2), ("march", 3), ("april", 4), ("may", 5), ("june", 6),
    ("july", 7), ("august", 8), ("september", 9), ("october", 10), ("november", 11),
    ("december", 12), ("jan", 1), ("feb", 2), ("mar", 3), ("apr", 4), ("jun", 6), ("jul", 7),
    ("aug", 8), ("sep", 9), ("sept", 9), ("oct", 10), ("nov", 11), ("dec", 12),
    ("januar", 1), ("januari", 1), ("februar", 2), ("februari", 2), ("marz", 3), ("maart", 3),
    ("marts", 3), ("mai", 5), ("mei", 5), ("maj", 5), ("juni", 6), ("juli", 7), ("augustus", 8),
    ("oktober", 10), ("dezember", 12),
  ]
}

/// Walks over tokens, past raised footnote marks.
struct TokenReader {
  private let text: RunningText
  private(set) var position: Int
  private let limit: Int
  private(set) var positionOfLastTaken: Int

  init(_ text: RunningText, _ position: Int, _ limit: Int) {
    self.text = text
    self.position = position
    self.limit = min(limit, text.tokens.count)
    positionOfLastTaken = position
    skipRaised()
  }

  var peek: Token? {
    guard position < limit, text.tokens[position].kind == .word else { return nil }
    return text.tokens[position]
  }

  mutating func take() {
    position += 1
    positionOfLastTaken = position
    skipRaised()
  }

  /// Takes one mark if it is the next token.
  mutating func takeMark(_ mark: UInt8) {
    guard position < limit, text.tokens[position].kind == .mark,
      text.tokens[position].mark == mark
    else { return }
    position += 1
    skipRaised()
  }

  /// Takes one of these marks; tells whether it did.
  mutating func takesMark(_ marks: [UInt8]) -> Bool {
    guard position < limit, text.tokens[position].kind == .mark,
      marks.contains(text.tokens[position].mark)
    else { return false }
    position += 1
    skipRaised()
    return true
  }

  /// Takes one of these words; tells which.
  mutating func takes(_ words: [String]) -> String? {
    guard let token = peek else { return nil }
    for word in words where text.normalised(token).elementsEqual(word.utf8) {
      take()
      return word
    }
    return nil
  }

  private mutating func skipRaised() {
    while position < limit, text.tokens[position].flags.contains(.raised) { position += 1 }
  }
}
