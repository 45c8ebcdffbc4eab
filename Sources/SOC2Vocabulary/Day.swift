/// A calendar date of the Gregorian calendar: no time, no zone, never an instant.
public struct Day: Hashable, Comparable, Sendable, CustomStringConvertible {
  public let year: Int
  public let month: Int
  public let day: Int

  /// Nil when there is no such day, e.g. 30 February, or a year outside 1900…2199 (no report's date).
  public init?(_ year: Int, _ month: Int, _ day: Int) {
    guard (1900...2199).contains(year), (1...12).contains(month), day >= 1,
      day <= Day.length(ofMonth: month, year: year)
    else { return nil }
    self.year = year
    self.month = month
    self.day = day
  }

  private init(unchecked year: Int, _ month: Int, _ day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// Reads `YYYY-MM-DD` and nothing else.
  public init?(iso text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].utf8.count == 4, parts[1].utf8.count == 2,
      parts[2].utf8.count == 2,
      parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
    else { return nil }
    self.init(year, month, day)
  }

  public static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  public static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Days since 1 January 1970; the usual civil-calendar formula over 400-year eras.
  public var number: Int {
    let y = month <= 2 ? year - 1 : year
    let era = y / 400
    let yearOfEra = y - era * 400
    let monthFromMarch = (month + 9) % 12
    let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  public init(number: Int) {
    let z = number + 719_468
    let era = z / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    self.init(unchecked: year, month, day)
  }

  public func adding(days: Int) -> Day { Day(number: number + days) }

  /// The same day of the month `months` later, or that month's last day when it is shorter.
  public func adding(months: Int) -> Day {
    let index = year * 12 + (month - 1) + months
    let y = index >= 0 ? index / 12 : (index - 11) / 12
    let m = index - y * 12 + 1
    return Day(unchecked: y, m, min(day, Day.length(ofMonth: m, year: y)))
  }

  /// Days from this day to the other; negative when the other is earlier.
  public func days(to other: Day) -> Int { other.number - number }

  public static func < (a: Day, b: Day) -> Bool {
    (a.year, a.month, a.day) < (b.year, b.month, b.day)
  }

  /// `YYYY-MM-DD`.
  public var description: String {
    func padded(_ n: Int, _ width: Int) -> String {
      let digits = String(n)
      return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
    return padded(year, 4) + "-" + padded(month, 2) + "-" + padded(day, 2)
  }

  /// As people write it: `1 January 2025`.
  public var spelled: String { "\(day) \(Day.monthNames[month - 1]) \(year)" }

  public static let monthNames = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]

  /// Whole calendar months from the day after `anchor` to the day after `day` (domain: ageMonths);
  /// 0 when `day` is not later than `anchor`.
  public static func wholeMonths(after anchor: Day, upTo day: Day) -> Int {
    let start = anchor.adding(days: 1)
    let end = day.adding(days: 1)
    guard end > start else { return 0 }
    var months = (end.year - start.year) * 12 + end.month - start.month
    while months > 0, start.adding(months: months) > end { months -= 1 }
    return months
  }

  /// Whether `day` is within `months` of `anchor`, safe at month ends: the limit is the day before the
  /// day `months` after the anchor's next day, so 30 June 2025 is within 6 months on 31 December 2025.
  public static func isWithin(months: Int, of anchor: Day, on day: Day) -> Bool {
    day <= anchor.adding(days: 1).adding(months: months).adding(days: -1)
  }
}

/// The time a type 2 examination covers, both days included.
public struct ExaminationPeriod: Hashable, Sendable, CustomStringConvertible {
  public let start: Day
  public let end: Day

  /// Nil when the end is before the start.
  public init?(start: Day, end: Day) {
    guard start <= end else { return nil }
    self.start = start
    self.end = end
  }

  /// The period of `months` months whose last day is `end`. The day is added first: six months ended
  /// 30 June start on 1 January, not on 31 December.
  public init(months: Int, ended end: Day) {
    start = end.adding(days: 1).adding(months: -months)
    self.end = end
  }

  public var days: Int { start.days(to: end) + 1 }

  /// Whole months: the most for which start + months does not pass the day after the end.
  public var months: Int {
    let next = end.adding(days: 1)
    var months = (next.year - start.year) * 12 + next.month - start.month
    while months > 0, start.adding(months: months) > next { months -= 1 }
    return months
  }

  /// Exactly twelve months, of 365 or 366 days.
  public var isFullYear: Bool { start.adding(months: 12) == end.adding(days: 1) }

  /// Days between the end of this period and the start of the next: 0 when they touch, negative when they overlap.
  public func gapDays(to next: ExaminationPeriod) -> Int { end.days(to: next.start) - 1 }

  /// `YYYY-MM-DD/YYYY-MM-DD`.
  public var description: String { "\(start)/\(end)" }
}
