import RuleEngine
import SOC2Vocabulary
import Scoring

extension FactTable {
  /// Where a report's times fall by the policy: `measure.age.band` and the like. A measure is missing
  /// where a date is not known, so that no rule takes the unknown for anything.
  mutating func setMeasures(
    of report: BridgedReport, previousEnd: Day?, by policy: Policy, tier: VendorTier?
  ) {
    func place(_ name: MeasureName, _ time: MeasuredTime) {
      set(name, policy.measure(name, for: tier).place(of: time))
    }
    if let period = report.period {
      if let anchor = ageAnchor(of: report, by: policy) {
        place(.age, .between(anchor, reviewDate))
      }
      place(.bridge, .between(period.end, reviewDate))
      place(.periodLength, .period(period))
      if let previousEnd {
        place(.coverageGap, .days(max(0, previousEnd.days(to: period.start) - 1)))
      }
    } else if let asOf = report.asOf {
      place(.type1Age, .between(asOf, reviewDate))
    }
    if let end = report.end, let date = report.reportDate {
      place(.issueLag, .between(end, date))
    }
  }

  mutating func set(_ name: MeasureName, _ place: Measure.Place) {
    set(
      "measure.\(name.rawValue)",
      .object([
        "band": .text(place.band),
        "severity": place.severity.map { .text($0.rawValue) } ?? .null,
        "above": place.above.map { .text($0.words) } ?? .null,
        "within": place.within.map { .text($0.words) } ?? .null,
      ]))
  }
}
