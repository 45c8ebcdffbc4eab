public import SOC2Vocabulary

/// A document on the timeline.
public struct CoveringDocument: Hashable, Sendable {
  public var name: String
  public var source: CoverageSpan.Source
  /// First and last day that it speaks of.
  public var days: ClosedRange<Day>

  public init(name: String, source: CoverageSpan.Source, days: ClosedRange<Day>) {
    self.name = name
    self.source = source
    self.days = days
  }
}

/// Who speaks for which day, from the first day that anything covers to the review date, without holes.
///
/// An examination counts before a letter, and of two documents of one kind the one that comes first in
/// the list. Nothing speaks for a day after the review date.
public func timeline(_ documents: [CoveringDocument], to reviewDate: Day) -> [CoverageSpan] {
  let reports = documents.filter { $0.source == .report }
  let order = reports + documents.filter { $0.source == .bridgeLetter }
  guard let first = order.map(\.days.lowerBound).min(), first <= reviewDate else { return [] }
  var edges: Set<Day> = [first, reviewDate.adding(days: 1)]
  for document in order {
    for edge in [document.days.lowerBound, document.days.upperBound.adding(days: 1)]
    where edge <= reviewDate {
      edges.insert(edge)
    }
  }
  let days = edges.sorted()
  var spans: [CoverageSpan] = []
  for (from, next) in zip(days, days.dropFirst()) {
    let document = order.first { $0.days.contains(from) }
    let by = document?.source ?? .none
    if let last = spans.last, last.by == by, last.document == document?.name {
      spans[spans.count - 1].to = next.adding(days: -1)
    } else {
      spans.append(
        CoverageSpan(from: from, to: next.adding(days: -1), by: by, document: document?.name))
    }
  }
  return spans
}

/// The days on which somebody should act on a report, earliest first.
///
/// `letterEnd` is the last day that adequate letters cover; nil: none do.
public func keyDates(
  of report: BridgedReport, letterEnd: Day?, by policy: Policy, tier: VendorTier?
) -> [KeyDate] {
  guard let end = report.end else { return [] }
  let isType2 = report.period != nil
  var dates: [KeyDate] = []
  func add(_ kind: KeyDate.Kind, _ day: Day, _ why: String) {
    dates.append(KeyDate(kind: kind, day: day, why: why))
  }
  let ages = policy.measure(isType2 ? .age : .type1Age, for: tier).bands
  let anchor = isType2 ? ageAnchor(of: report, by: policy) ?? end : end
  let stale = ages.firstIndex { $0.name == "stale" } ?? 0
  if stale > 0, let limit = ages[stale - 1].limit {
    add(
      .staleAfter, limit.lastDay(from: anchor),
      "\(limit.words) after \(anchor.spelled); then the report is stale.")
  }
  if let limit = ages.first(where: { $0.name == "stale" })?.limit {
    add(
      .expiresAfter, limit.lastDay(from: anchor),
      "\(limit.words) after \(anchor.spelled); then the report has expired.")
  }
  if isType2 {
    let due = policy.measure(.bridge, for: tier).bands.first?.limit.map {
      ($0, $0.lastDay(from: end).adding(days: 1))
    }
    // Once a letter covers the day, the day on which that letter ends counts.
    if let (limit, day) = due, letterEnd.map({ $0 < day }) ?? true {
      add(
        .bridgeDue, day,
        "More than \(limit.words) after the period's end on \(end.spelled) a letter is expected.")
    }
    let usual = policy.measure(.issueLag, for: tier).bands.first { $0.name == "usual" }?.limit
    if let usual {
      let next = end.adding(days: 1).adding(months: 12).adding(days: -1)
      add(
        .nextReport, usual.lastDay(from: next),
        "A year's period that follows ends on \(next.spelled); \(usual.words) are the usual wait.")
    }
  }
  if let letterEnd {
    add(.bridgeEnds, letterEnd, "Nobody speaks for the time after it.")
  }
  return dates.sorted { ($0.day, $0.kind.rawValue) < ($1.day, $1.kind.rawValue) }
}

/// The day from which a type 2 report's age counts; nil where it is not known.
public func ageAnchor(of report: BridgedReport, by policy: Policy) -> Day? {
  switch policy.ageFrom {
  case .periodEnd: report.period?.end
  case .reportDate: report.reportDate ?? report.period?.end
  }
}
