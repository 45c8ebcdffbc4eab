import RulePacks
import SOC2Vocabulary
import TextMatching

extension Condition {
  /// Whether the condition holds. What is not found satisfies no condition but those on its state:
  /// the unknown is never taken for a number or a date.
  func holds(in table: FactTable) -> Bool {
    let entry = table[fact]
    switch test {
    case .state(let states):
      return states.contains(entry.state)
    case .hasSeveralReadings:
      return entry.readings.count > 1
    case .isOneOf(let values):
      return entry.state == .found && entry.says(anyOf: values)
    case .isNoneOf(let values):
      return entry.state == .found && !entry.says(anyOf: values)
    case .olderThan(let months):
      guard let day = entry.day else { return false }
      return !Day.isWithin(months: months, of: day, on: table.reviewDate)
    case .withinLast(let months):
      guard let day = entry.day, day <= table.reviewDate else { return false }
      return Day.isWithin(months: months, of: day, on: table.reviewDate)
    case .afterReview:
      guard let day = entry.day else { return false }
      return day > table.reviewDate
    case .shorterThan(let months):
      guard let period = entry.period else { return false }
      return period.months < months
    case .longerThan(let months):
      guard let period = entry.period else { return false }
      return period.start.adding(months: months) < period.end.adding(days: 1)
    case .days(let least, let most):
      guard let period = entry.period else { return false }
      return period.days >= least ?? .min && period.days <= most ?? .max
    case .daysAfter(let other, let least, let most):
      guard let day = entry.day, let base = table[other].day else { return false }
      let days = base.days(to: day)
      return days >= least ?? .min && days <= most ?? .max
    case .number(let least, let most):
      guard entry.state == .found, let number = entry.value.number else { return false }
      return number >= least ?? .min && number <= most ?? .max
    case .isPresent(let isPresent):
      return entry.isThere == isPresent
    case .count(let least, let most):
      guard entry.state == .found || entry.state == .absent else { return false }
      let count = entry.count
      return count >= least ?? .min && count <= most ?? .max
    case .says(let runs):
      return entry.state == .found && entry.says(anyRunOf: runs)
    case .saysNone(let runs):
      return entry.state == .found && !entry.says(anyRunOf: runs)
    case .differsFrom(let other):
      guard entry.state == .found, let a = entry.value.text, table[other].state == .found,
        let b = table[other].value.text
      else { return false }
      return !namesAgree(a, b)
    }
  }
}

extension FactTable.Entry {
  fileprivate func says(anyOf values: [String]) -> Bool {
    if case .list(let list) = value { return list.contains { values.contains($0.short) } }
    return values.contains(value.short)
  }

  /// Whether one of some runs of whole words stands in it.
  fileprivate func says(anyRunOf runs: [String]) -> Bool {
    func padded(_ text: String) -> String {
      " " + RunningText.plainWords(text).joined(separator: " ") + " "
    }
    let text = padded(value.short)
    return runs.contains { text.contains(padded($0)) }
  }

  /// Whether it is found and says something.
  var isThere: Bool { state == .found && value != .null && value != .list([]) }

  var day: Day? { state == .found ? value.text.flatMap(Day.init(iso:)) : nil }

  var period: ExaminationPeriod? { state == .found ? value.period : nil }

  fileprivate var count: Int {
    switch value {
    case .list(let list): list.count
    case .null: 0
    default: max(1, readings.count)
    }
  }
}
