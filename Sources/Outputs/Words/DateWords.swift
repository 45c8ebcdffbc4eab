import SOC2Vocabulary

/// How long before the review date a day was: `ended 3 months before the review date`. Whole months
/// or days below one month; a day yet to come is said to be so.
func ageWords(_ verb: AgeVerb, _ day: Day, on reviewDate: Day) -> String {
  let days = day.days(to: reviewDate)
  if days == 0 { return verb.past + "on the review date" }
  if days < 0 {
    return verb.future + counted(-days, "day", "days") + " after the review date"
  }
  let months = Day.wholeMonths(after: day, upTo: reviewDate)
  let age = months > 0 ? counted(months, "month", "months") : counted(days, "day", "days")
  return verb.past + age + " before the review date"
}

/// A period ends; a date just is.
enum AgeVerb {
  case ends, none

  var past: String { self == .ends ? "ended " : "" }
  var future: String { self == .ends ? "ends " : "" }
}

/// `12 months`, `7 months and 20 days`, `17 days`.
func lengthWords(_ period: ExaminationPeriod) -> String {
  let months = period.months
  let days = period.start.adding(months: months).days(to: period.end.adding(days: 1))
  if months == 0 { return counted(days, "day", "days") }
  let words = counted(months, "month", "months")
  return days == 0 ? words : words + " and " + counted(days, "day", "days")
}

/// A date of a value in words, or its text as it is where it is no date.
func dayWords(_ value: Value?) -> String? {
  value?.text.map { Day(iso: $0)?.spelled ?? $0 }
}
