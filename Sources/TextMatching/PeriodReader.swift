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
  /// Two dates joined by `to`, `through`, `until`, a dash, `and` and the like, where either may lend
  /// the other its year or month; or `twelve months ended` a date. Numeric dates that can be read two
  /// ways are settled by the other end of the period, else by month ends; if neither settles them
  /// there is no reading.
  public func period(at index: Int, until limit: Int? = nil) -> PeriodReading? {
    let limit = limit ?? tokens.count
    if let ended = periodEnded(at: index, limit) { return ended }
    var reader = TokenReader(self, index, limit)
    _ = reader.takes(["from", "between", "beginning", "starting"])
    guard let first = date(at: reader.position, until: limit) else { return nil }
    reader = TokenReader(self, first.end, limit)
    reader.takeMark(0x2C)
    guard takeJoin(&reader) else { return nil }
    _ = reader.takes(["the"])
    if let second = date(at: reader.position, until: limit) {
      return Self.joined(first, second)
    }
    // March 1 through 31, 2025
    guard first.year == nil, let month = first.month, let startDay = first.day,
      let token = reader.peek, token.flags.contains(.numeric), token.length <= 2,
      let endDay = Int(word(token))
    else { return nil }
    reader.take()
    reader.takeMark(0x2C)
    guard let yearToken = reader.peek, let year = year(normalised(yearToken)) else { return nil }
    reader.take()
    guard let start = Day(year.value, month, startDay), let end = Day(year.value, month, endDay),
      let period = ExaminationPeriod(start: start, end: end)
    else { return nil }
    return PeriodReading(
      period: period, confidence: year.glued ? .medium : .high, end: reader.positionOfLastTaken)
  }

  private func takeJoin(_ reader: inout TokenReader) -> Bool {
    if reader.takesMark([0x2D]) { return true }
    guard let word = reader.takes([
      "to", "through", "thru", "until", "till", "up", "and", "throughout", "ending", "ended", "bis",
      "tot", "til",
    ]) else { return false }
    if word == "up" || word == "ending" || word == "ended" {
      _ = reader.takes(["to", "through", "on"])
    }
    if reader.takes(["and"]) != nil { _ = reader.takes(["including"]) }
    _ = reader.takes(["including"])
    return true
  }

  /// `twelve months ended June 30, 2025`, `the year ended`, `six-month period ending`.
  private func periodEnded(at index: Int, _ limit: Int) -> PeriodReading? {
    var reader = TokenReader(self, index, limit)
    _ = reader.takes(["the"])
    guard let token = reader.peek else { return nil }
    var months = Self.monthCount(word(token))
    if months != nil {
      reader.take()
      // twelve (12) months
      if reader.takesMark([0x28]) {
        reader.take()
        guard reader.takesMark([0x29]) else { return nil }
      }
      guard reader.takes(["month", "months"]) != nil else { return nil }
    } else if reader.takes(["year"]) != nil {
      months = 12
    } else if reader.takes(["quarter"]) != nil {
      months = 3
    }
    guard let months else { return nil }
    _ = reader.takes(["period"])
    guard reader.takes(["ended", "ending"]) != nil else { return nil }
    _ = reader.takes(["on"])
    guard let ended = date(at: reader.position, until: limit), let end = ended.date,
      ended.swapped == nil
    else { return nil }
    return PeriodReading(
      period: ExaminationPeriod(months: months, ended: end),
      confidence: ended.isUncertain ? .medium : .high, end: ended.end)
  }

  private static func monthCount(_ word: String) -> Int? {
    if let n = Int(word), (1...24).contains(n) { return n }
    let names = [
      "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
      "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    ]
    return names.firstIndex(of: word).map { $0 + 1 }
  }

  private static func joined(_ first: DateReading, _ second: DateReading) -> PeriodReading? {
    var start = first
    var end = second
    var confidence: Confidence = first.isUncertain || second.isUncertain ? .medium : .high
    if start.year == nil {
      guard let year = end.year, let startMonth = start.month, let endMonth = end.month else {
        return nil
      }
      start.year = year
      if startMonth > endMonth {
        // One year is printed and the period crosses it: November 1 to October 31, 2025.
        start.year = year - 1
        confidence = .low
      }
    }
    if end.year == nil { end.year = start.year }
    if start.isMonth || end.isMonth {
      // Printed by the month: from its first day, to its last.
      confidence = .low
      if start.day == nil { start.day = 1 }
      if end.day == nil, let year = end.year, let month = end.month {
        end.day = Day.length(ofMonth: month, year: year)
      }
    }
    guard let startDay = start.date, let endDay = end.date else { return nil }
    if first.swapped == nil, second.swapped == nil,
      !(isNumericLike(first) && isNumericLike(second) && (settlesDayFirst(first, second)))
    {
      guard let period = ExaminationPeriod(start: startDay, end: endDay) else { return nil }
      return PeriodReading(period: period, confidence: confidence, end: second.end)
    }
    return settled(first, startDay, second, endDay)
  }

  private static func isNumericLike(_ reading: DateReading) -> Bool { reading.date != nil }
  private static func settlesDayFirst(_ a: DateReading, _ b: DateReading) -> Bool {
    a.swapped != nil || b.swapped != nil
  }

  /// Which way round numeric dates are meant: as the end that has only one way, else as the way in
  /// which the period runs from a first to a last day of a month.
  private static func settled(
    _ first: DateReading, _ start: Day, _ second: DateReading, _ end: Day
  ) -> PeriodReading? {
    // Month first as read; the other way is day first.
    var options: [ExaminationPeriod] = []
    if let period = ExaminationPeriod(start: start, end: end) { options.append(period) }
    let dayFirst = ExaminationPeriod.init(start:end:)
    if let s = first.swapped, let e = second.swapped, let period = dayFirst(s, e) {
      options.append(period)
    }
    if let s = first.swapped, second.swapped == nil, end.day > 12, let period = dayFirst(s, end) {
      // The end can only be read one way. If its day is printed first, so is the start's.
      options.append(period)
    }
    if let e = second.swapped, first.swapped == nil, start.day > 12, let period = dayFirst(start, e) {
      options.append(period)
    }
    let whole = options.filter {
      $0.start.day == 1 && $0.end.day == Day.length(ofMonth: $0.end.month, year: $0.end.year)
    }
    if whole.count == 1 {
      return PeriodReading(period: whole[0], confidence: .medium, end: second.end)
    }
    if options.count == 1 {
      return PeriodReading(period: options[0], confidence: .medium, end: second.end)
    }
    return nil
  }
}
