public import SOC2Vocabulary

/// A period as printed, with what is uncertain about it.
public struct PeriodReading: Hashable, Sendable {
  public var period: ExaminationPeriod
  public var confidence: Confidence
  /// One past its last token.
  public var end: Int
}

extension RunningText {
  /// The period that begins at a token, or nil.
  ///
  /// Two dates joined by `to`, `through`, `until`, a dash and the like, or by `and` after `between`,
  /// where either may lend the other its year or month; `twelve months ended` a date; `Q1 2025`.
  /// Numeric dates that can be read two ways are settled by the other end of the period, else by
  /// month ends; if neither settles them there is no reading.
  public func period(at index: Int, until limit: Int? = nil) -> PeriodReading? {
    let limit = limit ?? tokens.count
    guard index < tokens.count else { return nil }
    if tokens[index].kind == .word, !tokens[index].flags.contains(.raised),
      !mayBegin(tokens[index], Self.periodPairs)
    {
      return nil
    }
    // `the entity`: nothing of a period.
    if index + 1 < tokens.count, isWord(index, "the"),
      tokens[index].flags.isDisjoint(with: [.hyphenated, .raised]), tokens[index + 1].kind == .word,
      !tokens[index + 1].flags.contains(.raised),
      !mayBegin(tokens[index + 1], Self.periodPairs)
    {
      return nil
    }
    if let ended = periodEnded(at: index, limit) { return ended }
    if let quarter = quarter(at: index, limit) { return quarter }
    var reader = TokenReader(self, index, limit)
    var isBetween = isWord(index - 1, "between")
    if let lead = reader.takes(Self.periodLeads) {
      isBetween = lead == "between"
      _ = reader.takes(["on"])
      takeIncluding(&reader)
    }
    if let first = date(at: reader.position, until: limit) {
      var afterFirst = TokenReader(self, first.end, limit)
      takeAside(&afterFirst)
      afterFirst.takeMark(0x2C)
      guard takeJoin(&afterFirst, between: isBetween, after: first.end - 1) else { return nil }
      _ = afterFirst.takes(["the"])
      if let second = date(at: afterFirst.position, until: limit) {
        return Self.joined(first, second)
      }
      return sharedMonth(first, &afterFirst)
    }
    return sharedMonthAfter(&reader, limit, between: isBetween)
  }

  private static let periodLeads = [
    "from", "between", "beginning", "starting", "commencing", "vom", "von", "van", "fra",
  ]
  /// The words with which periods begin, but for days and quarters.
  private static let periodPairs = LeadingPairs(
    dateWords + periodLeads + monthCounts + ["full"] + years + ["year", "quarter"])

  private func isWord(_ index: Int, _ word: String) -> Bool {
    index >= 0 && tokens[index].kind == .word && normalised(tokens[index]).spells(word)
  }

  /// `March 1 through 31, 2025`: the month is printed at the start only.
  private func sharedMonth(_ first: DateReading, _ reader: inout TokenReader) -> PeriodReading? {
    guard first.year == nil, let month = first.month, let startDay = first.day,
      let endDay = takeDay(&reader)
    else { return nil }
    reader.takeMark(0x2C)
    guard let token = reader.peek, let year = year(normalised(token)) else { return nil }
    reader.take()
    guard let start = Day(year.value, month, startDay),
      let end = Day(year.value, month, endDay.value),
      let period = ExaminationPeriod(start: start, end: end)
    else { return nil }
    let misread = year.misread || endDay.misread
    return PeriodReading(
      period: period, confidence: misread ? .low : year.glued ? .medium : .high,
      end: reader.positionOfLastTaken)
  }

  /// `1 to 31 March 2025` and `January through December 2025`: what the start lacks is printed at
  /// the end only.
  private func sharedMonthAfter(
    _ reader: inout TokenReader, _ limit: Int, between: Bool
  ) -> PeriodReading? {
    var start = DateReading(end: reader.position)
    if let day = takeDay(&reader) {
      guard !day.misread else { return nil }
      reader.takeMark(0x2E)
      start.day = day.value
    } else if let month = takeMonth(&reader) {
      guard !month.misread, !month.doubtful else { return nil }
      reader.takeMark(0x2E)
      start.month = month.number
    } else {
      return nil
    }
    guard takeJoin(&reader, between: between, after: reader.positionOfLastTaken - 1),
      let end = date(at: reader.position, until: limit), end.year != nil, end.order == nil,
      end.swapped == nil
    else { return nil }
    if start.day != nil {
      guard end.day != nil, end.month != nil else { return nil }
      start.month = end.month
    } else {
      guard end.isMonth else { return nil }
    }
    return Self.joined(start, end)
  }

  /// What joins the two ends; `last` is the last token of the first.
  private func takeJoin(_ reader: inout TokenReader, between: Bool, after last: Int) -> Bool {
    if last >= 0, tokens[last].flags.contains(.hyphenated) {
      _ = reader.takesMark([0x2D])
      return true
    }
    if reader.takesMark([0x2D]) {
      _ = reader.takesMark([0x2D])
      return true
    }
    // The ISO interval 2025-01-01/2025-12-31.
    if tokens[last].flags.contains(.numeric), reader.isGlued, reader.takesMark([0x2F]) {
      return true
    }
    guard
      let word = reader.takes([
        "to", "through", "thru", "throughout", "until", "till", "up", "and", "ending", "ended",
        "bis", "tot", "til", "t",
      ])
    else { return false }
    switch word {
    case "up": guard reader.takes(["to", "through", "until"]) != nil else { return false }
    case "ending", "ended": _ = reader.takes(["on"])
    case "bis": _ = reader.takes(["zum", "einschliesslich"])
    case "tot": if reader.takes(["en"]) != nil { _ = reader.takes(["met"]) }
    case "til": if reader.takes(["og"]) != nil { _ = reader.takes(["med"]) }
    case "t": guard reader.takesMark([0x2F]), reader.takes(["m"]) != nil else { return false }
    case "and":
      // `as of January 1, 2025 and December 31, 2025` are two dates.
      if reader.takes(["ending", "ended", "through", "until", "up"]) != nil {
        _ = reader.takes(["on", "to"])
      } else if !between {
        return false
      }
    default: break
    }
    takeIncluding(&reader)
    return true
  }

  /// `(and including)`, `and including`, `(inclusive)`.
  private func takeIncluding(_ reader: inout TokenReader) {
    var trial = reader
    let isBracketed = trial.takesMark([0x28])
    _ = trial.takes(["and"])
    guard trial.takes(["including", "inclusive", "included"]) != nil else { return }
    if isBracketed { _ = trial.takesMark([0x29]) }
    reader = trial
  }

  /// `(date of inception)` after the first day.
  private func takeAside(_ reader: inout TokenReader) {
    var trial = reader
    guard trial.takesMark([0x28]) else { return }
    for _ in 0..<6 {
      if trial.takesMark([0x29]) {
        reader = trial
        return
      }
      guard trial.peek != nil else { return }
      trial.take()
    }
  }

  /// `twelve months ended June 30, 2025`, `the year ended`, `six-month period ending`.
  private func periodEnded(at index: Int, _ limit: Int) -> PeriodReading? {
    var reader = TokenReader(self, index, limit)
    _ = reader.takes(["the"])
    _ = reader.takes(["full"])
    guard let token = reader.peek else { return nil }
    var months = Self.monthCount(word(token))
    if months != nil {
      reader.take()
      // twelve (12) months
      if reader.takesMark([0x28]) {
        guard reader.peek != nil else { return nil }
        reader.take()
        guard reader.takesMark([0x29]) else { return nil }
        _ = reader.takesMark([0x2D])
      }
      guard reader.takes(["month", "months"]) != nil else { return nil }
    } else {
      _ = reader.takes(Self.years)
      if reader.takes(["year"]) != nil {
        months = 12
      } else if reader.takes(["quarter"]) != nil {
        months = 3
      }
    }
    guard let months else { return nil }
    _ = reader.takes(["period"])
    _ = reader.takes(["that"])
    // `the year to 31 March 2025` is how it is said in Britain.
    guard reader.takes(["ended", "ending", "ends", "to"]) != nil else { return nil }
    _ = reader.takes(["on"])
    guard var ended = date(at: reader.position, until: limit), ended.swapped == nil else {
      return nil
    }
    let confidence = ended.confidence
    if ended.isMonth, let year = ended.year, let month = ended.month {
      ended.day = Day.length(ofMonth: month, year: year)
    }
    guard let end = ended.date else { return nil }
    return PeriodReading(
      period: ExaminationPeriod(months: months, ended: end), confidence: confidence, end: ended.end)
  }

  private static let years = ["fiscal", "calendar", "financial"]
  private static let monthCounts = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
  ]

  private static func monthCount(_ word: String) -> Int? {
    if let n = Int(word), (1...24).contains(n) { return n }
    return monthCounts.firstIndex(of: word).map { $0 + 1 }
  }

  private static let quarters = ["q1", "q2", "q3", "q4"]

  /// `Q1 2025`, taken for the calendar's quarter; a fiscal year may have others.
  private func quarter(at index: Int, _ limit: Int) -> PeriodReading? {
    var reader = TokenReader(self, index, limit)
    guard let name = reader.takes(Self.quarters), let number = Int(name.dropFirst()),
      let token = reader.peek, let year = year(normalised(token)),
      let start = Day(year.value, number * 3 - 2, 1),
      let period = ExaminationPeriod(
        start: start, end: start.adding(months: 3).adding(days: -1))
    else { return nil }
    reader.take()
    return PeriodReading(period: period, confidence: .low, end: reader.positionOfLastTaken)
  }

  private static func weaker(_ a: Confidence, _ b: Confidence) -> Confidence {
    a == .low || b == .low ? .low : a == .medium || b == .medium ? .medium : .high
  }

  private static func joined(_ first: DateReading, _ second: DateReading) -> PeriodReading? {
    var start = first
    var end = second
    var confidence = weaker(first.confidence, second.confidence)
    guard let startMonth = start.month, let endMonth = end.month else { return nil }
    if start.year == nil {
      guard let year = end.year else { return nil }
      start.year = year
      if startMonth > endMonth {
        // One year is printed and the period crosses it: November 1 to October 31, 2025.
        start.year = year - 1
        confidence = .low
      }
    } else if end.year == nil, let year = start.year {
      end.year = year
      if startMonth > endMonth {
        end.year = year + 1
        confidence = .low
      }
    }
    if start.day == nil || end.day == nil {
      // Printed by the month: from its first day, to its last.
      confidence = .low
      if start.day == nil { start.day = 1 }
      if end.day == nil, let year = end.year {
        end.day = Day.length(ofMonth: endMonth, year: year)
      }
    }
    guard let startDay = start.date, let endDay = end.date else { return nil }
    guard first.swapped != nil || second.swapped != nil else {
      return ExaminationPeriod(start: startDay, end: endDay).map {
        PeriodReading(period: $0, confidence: confidence, end: second.end)
      }
    }
    guard let period = settled(first, startDay, second, endDay) else { return nil }
    return PeriodReading(
      period: period, confidence: weaker(confidence, .medium), end: second.end)
  }

  /// Which way round numeric dates are meant: as the end that has only one way, else as the way in
  /// which the period runs from a first to a last day of a month.
  private static func settled(
    _ first: DateReading, _ start: Day, _ second: DateReading, _ end: Day
  ) -> ExaminationPeriod? {
    let monthFirst = ExaminationPeriod(start: start, end: end)
    let dayFirst = ExaminationPeriod(start: first.swapped ?? start, end: second.swapped ?? end)
    switch first.order ?? second.order {
    case .monthFirst: return monthFirst
    case .dayFirst: return dayFirst
    case nil: break
    }
    let whole = [monthFirst, dayFirst].compactMap { $0 }.filter {
      $0.start.day == 1 && $0.end.day == Day.length(ofMonth: $0.end.month, year: $0.end.year)
    }
    return whole.count == 1 ? whole[0] : nil
  }
}
