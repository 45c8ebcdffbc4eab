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
  /// A scanner's letters were read as digits or as others: `2O25`, `Decernber`.
  public var isMisread = false
  /// One past its last token.
  public var end: Int
  /// For `31/12/2025`: which of day and month is printed first, where only one order makes a date.
  public internal(set) var order: Order?

  public enum Order: Hashable, Sendable {
    case dayFirst, monthFirst
  }

  /// The date, when all three parts are there.
  public var date: Day? {
    guard let year, let month, let day else { return nil }
    return Day(year, month, day)
  }
  /// Printed with month and year only.
  public var isMonth: Bool { year != nil && month != nil && day == nil }

  /// How far the reading can be relied on; one that has a `swapped` day says less than this.
  public var confidence: Confidence {
    isMisread || isMonth ? .low : isUncertain ? .medium : .high
  }
}

extension RunningText {
  /// The date that begins at a token, in any of the forms reports use, or nil.
  ///
  /// `January 1, 2025`, `1 January 2025`, `the 1st day of January, 2025`, `January 2025`, `1 January`,
  /// `2025-01-01`, `01/01/2025`, `1.1.2025`, `2025/01/01`, each with a weekday before it; month names
  /// in English, German, Dutch and Danish. Raised footnote marks are passed over; a year with a
  /// footnote digit glued to it (`20201`) is read and marked uncertain. A date never leaves the
  /// sentence in which it begins.
  public func date(at index: Int, until limit: Int? = nil) -> DateReading? {
    if index < tokens.count, tokens[index].kind == .word, !tokens[index].flags.contains(.raised),
      !mayBegin(tokens[index], Self.datePairs)
    {
      return nil
    }
    var reader = TokenReader(self, index, limit ?? tokens.count)
    guard let first = reader.peek, mayBegin(first, Self.datePairs) else { return nil }
    if first.flags.contains(.numeric) { return plainDate(reader) }
    if reader.takes(Self.weekdays) != nil {
      reader.takeMark(0x2E)
      reader.takeMark(0x2C)
      _ = reader.takes(["the"])
      // A weekday says that a whole date follows.
      return plainDate(reader).flatMap { $0.isMonth || $0.month == nil ? nil : $0 }
    }
    if reader.takes(["the"]) != nil {
      guard let next = reader.peek, dayOfMonth(next) != nil else { return nil }
      return dayFirstDate(&reader)
    }
    return plainDate(reader)
  }

  private static let weekdays = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "montag",
    "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag", "mon", "tue", "wed",
    "thu", "fri",
  ]

  /// The words with which dates begin, but for days; `rn` is a scanner's `m`.
  static let dateWords = weekdays + ["the", "rn"] + monthWords.map(\.0)
  private static let datePairs = LeadingPairs(dateWords)
  /// The words that may follow the digits of a day: `1 of January`, `31 st December`.
  static let afterDayPairs = LeadingPairs(
    ["st", "nd", "rd", "th", "day", "of", "rn"] + monthWords.map(\.0))

  /// A quick look whether a reading that begins with one of some words, with a digit, or with a scanner's
  /// `l` for one may begin with a word. One that a line end has torn may be any of them.
  func mayBegin(_ token: Token, _ pairs: LeadingPairs) -> Bool {
    if token.flags.contains(.hyphenated) { return true }
    let word = normalised(token)
    guard let first = word.first else { return false }
    if first < 0x61 || first == 0x6C { return true }
    guard let second = word.dropFirst().first else { return false }
    // `Q1`
    return second < 0x61 || pairs.hold(first, second)
  }

  private func plainDate(_ reader: TokenReader) -> DateReading? {
    guard let token = reader.peek else { return nil }
    if token.flags.contains(.numeric), let numeric = numericDate(reader) { return numeric }
    var monthFirst = reader
    if !token.flags.contains(.numeric), let month = takeMonth(&monthFirst) {
      return monthFirstDate(month, &monthFirst)
    }
    var dayFirst = reader
    return dayFirstDate(&dayFirst)
  }

  /// A month as printed.
  struct Month {
    var number: Int
    /// `Decernber`.
    var misread: Bool
    /// `may` and `march` in small letters are verbs unless a whole date follows.
    var doubtful: Bool
  }

  /// A month's name, also one that is torn by a line end (`Novem-` `ber`).
  func takeMonth(_ reader: inout TokenReader) -> Month? {
    guard let token = reader.peek else { return nil }
    let word = normalised(token)
    if let month = Self.month(named: word) {
      reader.take()
      let verbs = ["may", "march", "mar"]
      let doubtful =
        !token.flags.contains(.capital) && verbs.contains { word.spells($0) }
      return Month(number: month, misread: false, doubtful: doubtful)
    }
    if token.flags.contains(.hyphenated), let next = following(reader.position),
      let month = Self.month(named: word + normalised(tokens[next]))
    {
      reader.take()
      reader.take()
      return Month(number: month, misread: false, doubtful: false)
    }
    // A scanner's `rn` for `m`.
    if let month = Self.month(named: Self.rejoined(word)[...]) {
      reader.take()
      return Month(number: month, misread: true, doubtful: false)
    }
    return nil
  }

  /// The next word of the sentence if it stands right after.
  private func following(_ index: Int) -> Int? {
    let next = index + 1
    guard next < tokens.count, tokens[next].kind == .word,
      tokens[next].sentence == tokens[index].sentence
    else { return nil }
    return next
  }

  private static func rejoined(_ word: ArraySlice<UInt8>) -> [UInt8] {
    guard word.count >= 6, word.count <= 12,
      zip(word, word.dropFirst()).contains(where: { $0 == 0x72 && $1 == 0x6E })
    else { return [] }
    var out: [UInt8] = []
    var changed = false
    for c in word {
      if c == 0x6E, out.last == 0x72 {
        out[out.count - 1] = 0x6D
        changed = true
      } else {
        out.append(c)
      }
    }
    return changed ? out : []
  }

  private func monthFirstDate(_ month: Month, _ reader: inout TokenReader) -> DateReading? {
    reader.takeMark(0x2E)
    var yearReader = reader
    yearReader.takeMark(0x2C)
    if let next = yearReader.peek, let year = year(normalised(next)) {
      if month.doubtful { return nil }
      yearReader.take()
      return DateReading(
        year: year.value, month: month.number, day: nil, isUncertain: year.glued || month.misread,
        isMisread: month.misread || year.misread, end: yearReader.positionOfLastTaken)
    }
    guard let day = takeDay(&reader) else { return nil }
    let afterDay = reader.positionOfLastTaken
    reader.takeMark(0x2C)
    if let next = reader.peek, let year = year(normalised(next)) {
      reader.take()
      return whole(year, month, day, end: reader.positionOfLastTaken)
    }
    return partial(month, day, end: afterDay)
  }

  private func dayFirstDate(_ reader: inout TokenReader) -> DateReading? {
    guard let day = takeDay(&reader) else { return nil }
    reader.takeMark(0x2E)
    _ = reader.takes(["day"])
    _ = reader.takes(["of"])
    guard let month = takeMonth(&reader) else { return nil }
    let afterMonth = reader.positionOfLastTaken
    reader.takeMark(0x2E)
    reader.takeMark(0x2C)
    if let next = reader.peek, let year = year(normalised(next)) {
      reader.take()
      return whole(year, month, day, end: reader.positionOfLastTaken)
    }
    return partial(month, day, end: afterMonth)
  }

  private func whole(_ year: Year, _ month: Month, _ day: DayOfMonth, end: Int) -> DateReading? {
    guard Day(year.value, month.number, day.value) != nil else { return nil }
    let misread = year.misread || month.misread || day.misread
    return DateReading(
      year: year.value, month: month.number, day: day.value, isUncertain: year.glued || misread,
      isMisread: misread, end: end)
  }

  /// A day and a month without a year: nothing that had to be guessed is taken for that.
  private func partial(_ month: Month, _ day: DayOfMonth, end: Int) -> DateReading? {
    guard !month.misread, !month.doubtful, !day.misread,
      day.value <= Day.length(ofMonth: month.number, year: 2024)
    else { return nil }
    return DateReading(year: nil, month: month.number, day: day.value, end: end)
  }

  /// `2025-01-31`, `31/01/2025`, `31.1.2025`: one token each.
  private func numericDate(_ reader: TokenReader) -> DateReading? {
    var reader = reader
    guard let token = reader.peek else { return nil }
    let text = normalised(token)
    // Two separators, a day, a month and a year of four digits.
    guard text.count >= 8 else { return nil }
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
    let end = reader.positionOfLastTaken
    if parts[0].digits == 4 {
      guard parts[1].digits <= 2, parts[2].digits <= 2,
        (1990...2039).contains(parts[0].value),
        Day(parts[0].value, parts[1].value, parts[2].value) != nil
      else { return nil }
      return DateReading(
        year: parts[0].value, month: parts[1].value, day: parts[2].value, end: end)
    }
    guard parts[0].digits <= 2, parts[1].digits <= 2, parts[2].digits >= 4,
      let year = year(Array(String(parts[2].value).utf8)[...])
    else { return nil }
    let (a, b) = (parts[0].value, parts[1].value)
    // Points separate day and month in Germany and Denmark only, and there the day comes first.
    let dayFirst = Day(year.value, b, a)
    let monthFirst = separator == 0x2E ? nil : Day(year.value, a, b)
    guard let day = monthFirst ?? dayFirst else { return nil }
    let isOpen = monthFirst != nil && dayFirst != nil && monthFirst != dayFirst
    var reading = DateReading(
      year: day.year, month: day.month, day: day.day, swapped: isOpen ? dayFirst : nil,
      isUncertain: year.glued, end: end)
    if monthFirst == nil { reading.order = .dayFirst }
    if dayFirst == nil { reading.order = .monthFirst }
    return reading
  }

  /// A day of a month as printed.
  struct DayOfMonth {
    var value: Int
    /// `l` for 1.
    var misread: Bool
  }

  /// Takes `1`, `01`, `31st`, also `31 st` as some fonts part it.
  func takeDay(_ reader: inout TokenReader) -> DayOfMonth? {
    guard let token = reader.peek, let day = dayOfMonth(token) else { return nil }
    reader.take()
    _ = reader.takes(["st", "nd", "rd", "th"])
    return day
  }

  private func dayOfMonth(_ token: Token) -> DayOfMonth? {
    var value = 0
    var digits = 0
    var misread = false
    let word = normalised(token)
    for (offset, c) in word.enumerated() {
      // A scanner's small L and letter O for one and zero.
      let digit: UInt8? =
        switch c {
        case 0x30...0x39: c
        case 0x6C: 0x31
        case 0x6F where digits > 0: 0x30
        default: nil
        }
      if let digit {
        if digit != c { misread = true }
        value = value * 10 + Int(digit - 0x30)
        digits += 1
        if digits > 2 { return nil }
        continue
      }
      let rest = word.dropFirst(offset)
      guard digits > 0, ["st", "nd", "rd", "th"].contains(where: { rest.spells($0) })
      else { return nil }
      break
    }
    guard digits > 0, (1...31).contains(value) else { return nil }
    return DayOfMonth(value: value, misread: misread)
  }

  /// A year as printed.
  struct Year {
    var value: Int
    /// Something had to be put right.
    var glued: Bool
    /// `2O25`.
    var misread: Bool
  }

  /// A year of the report age, 1990 to 2039; five digits are a year and a footnote mark.
  func year(_ word: ArraySlice<UInt8>) -> Year? {
    guard word.count == 4 || word.count == 5 else { return nil }
    var value = 0
    var misread = false
    for c in word {
      // A scanner's letters for zero and one.
      let digit: UInt8 = c == 0x6F ? 0x30 : c == 0x6C && value > 0 ? 0x31 : c
      if digit != c { misread = true }
      guard digit >= 0x30 && digit <= 0x39 else { return nil }
      value = value * 10 + Int(digit - 0x30)
    }
    if word.count == 5 {
      guard value % 10 != 0, (2000...2039).contains(value / 10) else { return nil }
      return Year(value: value / 10, glued: true, misread: misread)
    }
    guard (1990...2039).contains(value) else { return nil }
    return Year(value: value, glued: misread, misread: misread)
  }

  /// 1…12 for a month's name or abbreviation, else nil.
  static func month(named word: ArraySlice<UInt8>) -> Int? {
    guard word.count >= 3, monthPairs.hold(word[word.startIndex], word[word.startIndex + 1]) else {
      return nil
    }
    for (name, month) in monthWords
    where word.spells(name) {
      return month
    }
    return nil
  }

  private static let monthPairs = LeadingPairs(monthWords.map(\.0))
  private static let monthWords: [(String, Int)] = [
    ("january", 1), ("february", 2), ("march", 3), ("april", 4), ("may", 5), ("june", 6),
    ("july", 7), ("august", 8), ("september", 9), ("october", 10), ("november", 11),
    ("december", 12), ("jan", 1), ("feb", 2), ("mar", 3), ("apr", 4), ("jun", 6), ("jul", 7),
    ("aug", 8), ("sep", 9), ("sept", 9), ("oct", 10), ("nov", 11), ("dec", 12),
    ("januar", 1), ("januari", 1), ("februar", 2), ("februari", 2), ("marz", 3), ("maart", 3),
    ("marts", 3), ("mai", 5), ("mei", 5), ("maj", 5), ("juni", 6), ("juli", 7), ("augustus", 8),
    ("oktober", 10), ("okt", 10), ("dezember", 12), ("dez", 12), ("janner", 1), ("mrt", 3),
  ]
}

/// Walks over the tokens of one sentence, past raised footnote marks.
struct TokenReader {
  // Not the whole text: readers are copied wherever another way of reading is tried.
  private let tokens: [Token]
  private let bytes: [UInt8]
  private(set) var position: Int
  private let limit: Int
  private let sentence: Int32
  private(set) var positionOfLastTaken: Int

  init(_ text: RunningText, _ position: Int, _ limit: Int) {
    tokens = text.tokens
    bytes = text.bytes
    self.position = position
    self.limit = min(limit, tokens.count)
    sentence = position < tokens.count ? tokens[position].sentence : 0
    positionOfLastTaken = position
    skipRaised()
  }

  private func normalised(_ token: Token) -> ArraySlice<UInt8> {
    bytes[Int(token.start)..<Int(token.start) + Int(token.length)]
  }

  private var token: Token? {
    guard position < limit else { return nil }
    let token = tokens[position]
    return token.sentence == sentence ? token : nil
  }

  var peek: Token? { token.flatMap { $0.kind == .word ? $0 : nil } }

  /// The mark at the position, if one stands there.
  var peekMark: UInt8? { token.flatMap { $0.kind == .mark ? $0.mark : nil } }

  /// Whether a hyphen ties the word last taken to the next one.
  var isTied: Bool {
    positionOfLastTaken > 0 && tokens[positionOfLastTaken - 1].flags.contains(.hyphenated)
  }

  /// Whether no space stands before the position.
  var isGlued: Bool { token?.flags.contains(.glued) ?? false }

  mutating func take() {
    position += 1
    positionOfLastTaken = position
    skipRaised()
  }

  /// Takes one mark if it is the next token.
  @discardableResult
  mutating func takeMark(_ mark: UInt8) -> Bool { takesMark([mark]) }

  /// Takes one of these marks; tells whether it did.
  mutating func takesMark(_ marks: [UInt8]) -> Bool {
    guard let mark = peekMark, marks.contains(mark) else { return false }
    position += 1
    skipRaised()
    return true
  }

  /// Takes one of these words; tells which.
  mutating func takes(_ words: [String]) -> String? {
    guard let token = peek else { return nil }
    let letters = normalised(token)
    for word in words where letters.spells(word) {
      take()
      return word
    }
    // A word torn by a line end.
    guard token.flags.contains(.hyphenated), position + 1 < limit else { return nil }
    let next = tokens[position + 1]
    guard next.kind == .word, next.sentence == sentence else { return nil }
    let joined = letters + normalised(next)
    for word in words where joined.spells(word) {
      take()
      take()
      return word
    }
    return nil
  }

  /// Takes the bullet or marker before the next item of a list; tells whether one stood there.
  mutating func takesListMarker() -> Bool {
    guard let token, token.kind == .listMarker else { return false }
    position += 1
    skipRaised()
    return true
  }

  private mutating func skipRaised() {
    while let token, token.flags.contains(.raised) { position += 1 }
  }
}
