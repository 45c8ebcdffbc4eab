/// A count as printed.
public struct NumberReading: Hashable, Sendable {
  public var value: Int
  /// One past its last token.
  public var end: Int
}

/// A count of a count in one word: `2/25`.
public struct FractionReading: Hashable, Sendable {
  public var part: Int
  public var whole: Int
  /// One past its last token.
  public var end: Int
}

extension RunningText {
  /// The count that begins at a token, or nil.
  ///
  /// `25`, `1,250`, `two`, `twenty-five`, `one hundred and twelve`, `no`, `none`, `zero`, and both
  /// forms together: `two (2)`, `25 (twenty-five)`. Where the two disagree nothing is read. Numbers
  /// that count nothing are none: ordinals, dates, times, decimals, percentages, amounts of money,
  /// ranges, `24-hour`, and what numbers a thing, as in `page 3`, `No. 5` and `SOC 2`. A count begins
  /// with its first word, so that `five` of `twenty-five` is none. It never leaves its sentence.
  public func number(at index: Int) -> NumberReading? {
    guard mayBeginNumber(index), opensCount(index) else { return nil }
    var reader = TokenReader(self, index, tokens.count)
    guard let value = takeNumber(&reader), !isRestated(index, reader) else { return nil }
    var end = reader.positionOfLastTaken
    var aside = reader
    if aside.takesMark([0x28]), let again = takeNumber(&aside), aside.peekMark == 0x29 {
      guard again == value else { return nil }
      end = aside.position + 1
      aside.takeMark(0x29)
      reader = aside
    }
    guard closesCount(reader), !isDayOfMonth(index) else { return nil }
    return NumberReading(value: value, end: end)
  }

  /// The proper fraction that begins at a token, `2/25` or `2 / 25`, or nil.
  ///
  /// `24/7` is more than a whole, and `02/25` or `on 2/25` is a date.
  public func fraction(at index: Int) -> FractionReading? {
    guard mayBeginFraction(index) else { return nil }
    var reader = TokenReader(self, index, tokens.count)
    guard let token = reader.peek else { return nil }
    let halves = normalised(token).split(separator: 0x2F, omittingEmptySubsequences: false)
    guard halves.count <= 2, let part = Self.digits(halves[0]) else { return nil }
    reader.take()
    var whole = halves.count == 2 ? Self.digits(halves[1]) : nil
    if halves.count == 1 {
      // Printed with spaces, or in characters that the tokenizer parts.
      guard reader.takeMark(0x2F), let next = reader.peek else { return nil }
      whole = Self.digits(normalised(next))
      reader.take()
    }
    // What stands around it is asked last: hardly a number has a stroke.
    guard let whole, part <= whole, opensCount(index), !followsDateWord(index), closesCount(reader)
    else { return nil }
    return FractionReading(part: part, whole: whole, end: reader.positionOfLastTaken)
  }

  /// A quick look whether a count might begin at a token.
  func mayBeginNumber(_ index: Int) -> Bool {
    guard index < tokens.count else { return false }
    let token = tokens[index]
    guard token.kind == .word, !token.flags.contains(.raised) else { return false }
    return token.flags.contains(.numeric)
      || NumberWords.mayLead(normalised(token), isTorn: token.flags.contains(.hyphenated))
  }

  /// The same of a fraction, whose first digit is no zero.
  func mayBeginFraction(_ index: Int) -> Bool {
    guard index < tokens.count, tokens[index].kind == .word, !tokens[index].flags.contains(.raised),
      let first = normalised(tokens[index]).first
    else { return false }
    return first >= 0x31 && first <= 0x39
  }

  // MARK: - The number itself

  /// A count has at most so many digits; a longer row of them is an account or a serial number.
  private static let digitLimit = 7

  private func takeNumber(_ reader: inout TokenReader) -> Int? {
    guard let token = reader.peek else { return nil }
    return token.flags.contains(.numeric) ? takeDigits(&reader) : takeWords(&reader)
  }

  private func takeDigits(_ reader: inout TokenReader) -> Int? {
    guard let first = reader.peek, var value = Self.digits(normalised(first)) else { return nil }
    reader.take()
    // The tokenizer joins `1,250`; full-width digits it does not know as such.
    var groups = reader
    while groups.isGlued, groups.takeMark(0x2C), groups.isGlued, let next = groups.peek,
      next.length == 3, let thousands = Self.digits(normalised(next)), value < 10_000, value > 0
    {
      value = value * 1000 + thousands
      groups.take()
      reader = groups
    }
    return value
  }

  private static func digits(_ word: ArraySlice<UInt8>) -> Int? {
    guard !word.isEmpty, word.count <= digitLimit else { return nil }
    var value = 0
    for c in word {
      guard c >= 0x30 && c <= 0x39 else { return nil }
      value = value * 10 + Int(c - 0x30)
    }
    return value
  }

  private func takeWords(_ reader: inout TokenReader) -> Int? {
    if let word = reader.takes(NumberWords.nothing) {
      // `No. 5`
      return word == "no" && reader.peekMark == 0x2E ? nil : 0
    }
    guard let small = takeBelowHundred(&reader) else { return nil }
    guard small < 10, reader.takes(["hundred"]) != nil else { return small }
    var rest = reader
    _ = rest.takes(["and"])
    guard let more = takeBelowHundred(&rest) else { return small * 100 }
    reader = rest
    return small * 100 + more
  }

  private func takeBelowHundred(_ reader: inout TokenReader) -> Int? {
    if let unit = takeOne(of: NumberWords.units, &reader) { return unit + 1 }
    if let teen = takeOne(of: NumberWords.teens, &reader) { return teen + 10 }
    guard let ten = takeOne(of: NumberWords.tens, &reader) else { return nil }
    let unit = takeOne(of: NumberWords.units, &reader).map { $0 + 1 } ?? 0
    return (ten + 2) * 10 + unit
  }

  private func takeOne(of words: [String], _ reader: inout TokenReader) -> Int? {
    reader.takes(words).flatMap { words.firstIndex(of: $0) }
  }

  // MARK: - What stands before

  /// Whether nothing before the token makes it a part of another number, or the number of a thing.
  private func opensCount(_ index: Int) -> Bool {
    guard let before = neighbour(index - 1, of: index) else { return true }
    switch before.kind {
    case .listMarker: return true
    case .word:
      let word = normalised(before)
      let isDigits = tokens[index].flags.contains(.numeric)
      if before.flags.contains(.hyphenated) || NumberWords.precede(word, digits: isDigits) {
        return false
      }
      // `hundred and twelve`
      if reads(before, "and"), let earlier = neighbour(index - 2, of: index),
        reads(earlier, "hundred")
      {
        return false
      }
      return !(isDigits && endsMonth(index - 1))
    case .mark: return opensAfterMark(index)
    }
  }

  private func opensAfterMark(_ index: Int) -> Bool {
    let mark = tokens[index - 1].mark
    // `$25`, `#25`, and signs that have no letter of their own, as the euro's.
    if tokens[index].flags.contains(.glued), [0x24, 0x23, 0x7E].contains(mark) { return false }
    guard let earlier = neighbour(index - 2, of: index), earlier.kind == .word else { return true }
    // `10:30`, `2–5`, and `CC6.1` where the tokenizer parts it.
    if tokens[index].flags.contains(.glued), Self.joiners.contains(mark),
      let last = normalised(earlier).last, last >= 0x30 && last <= 0x39
    {
      return false
    }
    // `No. 5`, `p. 3`
    if mark == 0x2E { return !NumberWords.isLabel(normalised(earlier)) && !reads(earlier, "no") }
    // `December 31, 2025`
    return
      !(mark == 0x2C && earlier.flags.contains(.numeric) && earlier.length <= 2
      && tokens[index].length == 4 && endsMonth(index - 3))
  }

  /// Marks that, without a space, tie two numbers.
  private static let joiners: [UInt8] = [0x2E, 0x3A, 0x2C, 0x2F, 0x2D]

  /// Whether a month's name stands at the token: what follows is a day or a year.
  private func endsMonth(_ index: Int) -> Bool {
    guard index >= 0 else { return false }
    let token = tokens[index]
    return token.flags.contains(.capital) && Self.month(named: normalised(token)) != nil
  }

  private func followsDateWord(_ index: Int) -> Bool {
    guard let before = neighbour(index - 1, of: index) else { return false }
    return NumberWords.leadDates.contains { reads(before, $0) }
  }

  /// Whether the number is the second form of the one before it: `(2)` after `two`.
  private func isRestated(_ index: Int, _ reader: TokenReader) -> Bool {
    guard reader.peekMark == 0x29, let open = neighbour(index - 1, of: index),
      open.kind == .mark, open.mark == 0x28, let earlier = neighbour(index - 2, of: index)
    else { return false }
    return earlier.flags.contains(.numeric) || NumberWords.isPart(normalised(earlier))
  }

  private func neighbour(_ other: Int, of index: Int) -> Token? {
    guard tokens.indices.contains(other), tokens[other].sentence == tokens[index].sentence else {
      return nil
    }
    return tokens[other]
  }

  private func reads(_ token: Token, _ word: String) -> Bool {
    normalised(token).spells(word)
  }

  // MARK: - What stands after

  /// Whether nothing after the number makes it more, or something else, than a count.
  private func closesCount(_ reader: TokenReader) -> Bool {
    if reader.isTied { return false }
    if let mark = reader.peekMark {
      if mark == 0x25 { return false }
      if Self.joiners.contains(mark), reader.isGlued {
        var next = reader
        next.takeMark(mark)
        if next.isGlued, next.peek?.flags.contains(.numeric) == true { return false }
      }
      return true
    }
    // Most words tell at a glance that they are none of these.
    guard let token = reader.peek, token.length < 3 || mayBegin(token, NumberWords.followPairs)
    else { return true }
    var next = reader
    if next.takes(NumberWords.follow) != nil { return false }
    if next.takes(["per"]) != nil { return next.takes(["cent"]) == nil }
    // `5 a.m.`
    if next.takes(["a", "p"]) != nil, next.takeMark(0x2E) { return next.takes(["m"]) == nil }
    return true
  }

  private func isDayOfMonth(_ index: Int) -> Bool {
    mayBeDay(index) && date(at: index).map { $0.month != nil } ?? false
  }

  /// A quick look at what follows: with `users`, `25 users` is no date.
  private func mayBeDay(_ index: Int) -> Bool {
    let next = index + 1
    guard next < tokens.count, !tokens[next].flags.contains(.raised),
      !tokens[index].flags.contains(.hyphenated), Self.digits(normalised(tokens[index])) != nil
    else { return true }
    switch tokens[next].kind {
    case .word: return mayBegin(tokens[next], Self.afterDayPairs)
    case .mark: return tokens[next].mark == 0x2E
    case .listMarker: return true
    }
  }
}

/// The words that numbers are written with, and those that say that a number is no count.
enum NumberWords {
  static let nothing = ["no", "none", "zero", "nil"]
  static let units = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
  static let teens = [
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
    "eighteen", "nineteen",
  ]
  static let tens = [
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
  ]
  /// The words with which a count may begin.
  static let leading = nothing + units + teens + tens

  /// After a number: more of it, an ordinal's end, a share, a time.
  static let follow = [
    "hundred", "thousand", "million", "billion", "percent", "percentage", "st", "nd", "rd", "th",
    "am", "pm", "oclock",
  ]
  static let followPairs = LeadingPairs(follow + ["per"])
  static let leadDates = [
    "on", "by", "dated", "until", "since", "before", "after", "through", "effective",
  ]

  /// After these words a number names a thing and counts none.
  private static let labels = WordList([
    "page", "section", "step", "phase", "part", "level", "tier", "type", "chapter", "appendix",
    "stage",
  ])
  /// After these it does where it is written in digits: `quarter 2`, but `in the quarter two of`.
  private static let labelsOfDigits = WordList([
    "pages", "p", "pp", "sections", "sec", "note", "table", "figure", "fig", "exhibit", "version",
    "release", "revision", "rev", "soc", "ssae", "isae", "iso", "nist", "number", "nos", "vol",
    "control", "criterion", "principle", "question", "row", "column", "line", "requirement",
    "article", "clause", "paragraph", "para", "schedule", "attachment", "quarter", "month", "week",
    "day", "year", "exception", "deviation", "finding", "observation",
  ])
  /// `no one`, `each one of`: the one is no count.
  private static let quantifiers = WordList(["every", "each", "any"])
  private static let parts = WordList(leading + ["hundred"])

  static func isLabel(_ word: ArraySlice<UInt8>) -> Bool {
    labels.holds(word) || labelsOfDigits.holds(word)
  }

  static func isPart(_ word: ArraySlice<UInt8>) -> Bool { parts.holds(word) }

  /// Whether a number right after the word is none of its own.
  static func precede(_ word: ArraySlice<UInt8>, digits: Bool) -> Bool {
    isPart(word) || labels.holds(word) || quantifiers.holds(word)
      || (digits && labelsOfDigits.holds(word))
  }

  /// Whether a number may begin with the word, or with it and its other half where a line end has torn it.
  /// A look at two letters tells of most words that they do not.
  static func mayLead(_ word: ArraySlice<UInt8>, isTorn: Bool) -> Bool {
    guard let first = word.first, let second = word.dropFirst().first else { return false }
    // Digits of other scripts are read as such, too.
    if first >= 0x30 && first <= 0x39 || first >= 0x80 { return true }
    return isTorn ? leadingPairs.hold(first, second) : leadingWords.holds(word)
  }

  private static let leadingPairs = LeadingPairs(leading)
  private static let leadingWords = WordList(leading)
}
