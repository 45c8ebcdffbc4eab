import RuleEngine
import SOC2Vocabulary

/// Incidents that the caller knows of, against what the report tells: a list of day, `inPeriod`, and
/// `told`, which is `named` where the report tells of an incident with that month and year.
func publicIncidents(_ days: [Day], _ facts: DocumentFacts) -> Value {
  guard let period = facts.facts[.period]?.found?.period else { return .list([]) }
  let disclosed = facts.facts[.incidents]?.found
  let items = (disclosed?["items"]?.list ?? []).compactMap { $0["text"]?.text?.lowercased() }
  return .list(
    days.map { day in
      let month = day.spelled.split(separator: " ").dropFirst().first.map { $0.lowercased() } ?? ""
      let isNamed = items.contains { $0.contains(month) && $0.contains(String(day.year)) }
      let told = disclosed.map { isNamed ? "named" : $0["disclosed"]?.text ?? "silent" } ?? "unread"
      return .object([
        "day": .day(day),
        "inPeriod": .text(period.start <= day && day <= period.end ? "yes" : "no"),
        "told": .text(told),
        "evidence": .evidence(Array((facts.facts[.incidents]?.evidence ?? []).prefix(2))),
      ])
    })
}
