public import SOC2Vocabulary

/// How much a vendor matters to the buyer; the same age weighs more at one that is critical.
public enum VendorTier: String, Sendable, CaseIterable { case critical, standard, low }

/// A length of time, in whole days or in calendar months.
public enum TimeLimit: Hashable, Sendable {
  case days(Int)
  case months(Int)

  /// `92 days`, `1 month`.
  public var words: String {
    switch self {
    case .days(let count): count == 1 ? "1 day" : "\(count) days"
    case .months(let count): count == 1 ? "1 month" : "\(count) months"
    }
  }

  /// The last day that is within it, counted from `anchor`. Safe at month ends: six months after
  /// 30 June end on 31 December.
  public func lastDay(from anchor: Day) -> Day {
    switch self {
    case .days(let count): anchor.adding(days: count)
    case .months(let count): anchor.adding(days: 1).adding(months: count).adding(days: -1)
    }
  }
}

/// What is held against the bands of a measure.
public enum MeasuredTime: Hashable, Sendable {
  /// From one day to another; the other may be earlier.
  case between(Day, Day)
  case period(ExaminationPeriod)
  case days(Int)

  fileprivate func isWithin(_ limit: TimeLimit) -> Bool {
    switch (self, limit) {
    case (.between(let anchor, let day), _): day <= limit.lastDay(from: anchor)
    case (.period(let period), .days(let most)): period.days <= most
    case (.period(let period), .months(let most)): period.months <= most
    case (.days(let count), .days(let most)): count <= most
    // Nobody asks it: the reader of policies allows months only where there are two days.
    case (.days(let count), .months(let most)): count <= most * 31
    }
  }

  fileprivate func hasWholeMonths(_ least: Int) -> Bool {
    if case .period(let period) = self { period.months >= least } else { false }
  }
}

/// The bands that a measure's values fall into.
public struct Measure: Hashable, Sendable {
  public struct Band: Hashable, Sendable {
    public var name: String
    /// The most that falls into it; nil: whatever is more than in the bands before.
    public var limit: TimeLimit?
    /// A period of so many whole months does not fall into it, however few days they have.
    public var unlessMonths: Int?
    /// How grave it is to be in it; nil: there is nothing to be said.
    public var severity: Severity?
    public var why: String
  }

  /// Where a value falls.
  public struct Place: Hashable, Sendable {
    public var band: String
    public var severity: Severity?
    /// The limit that is passed; nil in the first band.
    public var above: TimeLimit?
    /// The limit that is kept; nil in the last band.
    public var within: TimeLimit?
  }

  public var name: MeasureName
  /// For vendors of this tier only; nil: for those whose tier has no bands of its own.
  public var tier: VendorTier?
  /// Rising, named as `MeasureName.bands`; the last has no limit.
  public var bands: [Band]

  public func place(of time: MeasuredTime) -> Place {
    var above: TimeLimit?
    for band in bands {
      let isIn = band.limit.map { time.isWithin($0) } ?? true
      if isIn, !(band.unlessMonths.map { time.hasWholeMonths($0) } ?? false) {
        return Place(band: band.name, severity: band.severity, above: above, within: band.limit)
      }
      above = band.limit ?? above
    }
    return Place(band: bands.last?.name ?? "", severity: bands.last?.severity, above: above)
  }
}

extension Policy {
  /// The bands for vendors of a tier; of a vendor without one, those of the standard tier.
  public func measure(_ name: MeasureName, for tier: VendorTier?) -> Measure {
    let ours = measures.filter { $0.name == name }
    let best = ours.first { $0.tier == (tier ?? .standard) } ?? ours.first { $0.tier == nil }
    // The reader of policies sees to it that every measure is there for all tiers.
    return best ?? Measure(name: name, tier: nil, bands: [])
  }
}
