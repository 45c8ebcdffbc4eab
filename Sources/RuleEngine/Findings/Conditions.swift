import RulePacks
import SOC2Vocabulary

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
    case .count(let least, let most):
      guard entry.state == .found || entry.state == .absent else { return false }
      let count = entry.count
      return count >= least ?? .min && count <= most ?? .max
    case .differsFrom(let other):
      guard entry.state == .found, let a = entry.value.text, table[other].state == .found,
        let b = table[other].value.text
      else { return false }
      let (x, y) = (nameKey(a), nameKey(b))
      return x != y && !x.hasPrefix(y + " ") && !y.hasPrefix(x + " ")
    }
  }
}

extension FactTable.Entry {
  fileprivate func says(anyOf values: [String]) -> Bool {
    if case .list(let list) = value { return list.contains { values.contains($0.short) } }
    return values.contains(value.short)
  }

  var day: Day? { state == .found ? value.text.flatMap(Day.init(iso:)) : nil }

  var period: ExaminationPeriod? {
    guard state == .found, let start = value["start"]?.text.flatMap(Day.init(iso:)),
      let end = value["end"]?.text.flatMap(Day.init(iso:))
    else { return nil }
    return ExaminationPeriod(start: start, end: end)
  }

  fileprivate var count: Int {
    switch value {
    case .list(let list): list.count
    case .null: 0
    default: max(1, readings.count)
    }
  }
}

/// Fills the `{…}` of a message with facts in words.
func filled(_ template: String, from table: FactTable) -> String {
  var out = ""
  var rest = template[...]
  while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
    out += rest[..<open]
    let path = String(rest[rest.index(after: open)..<close])
    out += spelled(table[path].value)
    rest = rest[rest.index(after: close)...]
  }
  return out + rest
}

/// A value as a sentence has it: dates spelled out, lists with "and".
private func spelled(_ value: Value) -> String {
  switch value {
  case .null: return "not stated"
  case .text(let text):
    if let day = Day(iso: text) { return day.spelled }
    return text
  case .list(let list):
    let words = list.map(spelled)
    if words.count > 1, let last = words.last {
      return words.dropLast().joined(separator: ", ") + " and " + last
    }
    return words.first ?? "none"
  case .object(let object):
    if let start = object["start"], let end = object["end"] {
      return spelled(start) + " to " + spelled(end)
    }
    if let name = object["name"] { return spelled(name) }
    if let text = object["text"] { return spelled(text) }
    return value.short
  case .bool(let bool): return bool ? "yes" : "no"
  case .number, .evidence: return value.short
  }
}
