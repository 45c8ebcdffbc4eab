public import SOC2Vocabulary

/// How grave an exception is: points for what it is about and how much failed, more or less for what
/// else is known, and a severity for the sum. A pure function of a policy's numbers.
public struct ExceptionModel: Hashable, Sendable {
  /// Points with their reason.
  public struct Weight: Hashable, Sendable {
    public var points: Int
    public var why: String
  }

  /// Points for a rate of at most so many percent.
  public struct RateBand: Hashable, Sendable {
    public var atMost: Int
    public var weight: Weight
  }

  /// Points for a trait.
  public struct Modifier: Hashable, Sendable {
    public var trait: ExceptionTrait
    /// Classes that were chosen by the same words, which may not count twice.
    public var notFor: Set<ExceptionNature>
    public var weight: Weight
  }

  /// The least sum for a severity.
  public struct Level: Hashable, Sendable {
    public var severity: Severity
    public var atLeast: Int
    public var why: String
  }

  /// A severity that the sum cannot go below, or above. Whatever it names must hold.
  public struct Bound: Hashable, Sendable {
    public var severity: Severity
    /// Empty: whatever it is about.
    public var natures: Set<ExceptionNature>
    public var when: ExceptionTrait?
    public var unless: ExceptionTrait?
    /// Percent.
    public var rateAbove: Int?
    public var why: String
  }

  /// So many exceptions, this grave or graver, in one family of criteria weigh a step more together than the
  /// gravest of all alone.
  public struct Cluster: Hashable, Sendable {
    public var severity: Severity
    public var atLeast: Int
    public var why: String
  }

  /// One for each class.
  public var natures: [ExceptionNature: Weight]
  /// Rising; the last is 100 percent.
  public var rates: [RateBand]
  public var wholeFailure: Weight
  public var designFailure: Weight
  public var unknownRate: Weight
  public var modifiers: [Modifier]
  /// From the gravest; a sum below the last is `info`.
  public var levels: [Level]
  public var caps: [Bound]
  public var floors: [Bound]
  public var clusters: [Cluster]

  /// The grade of one exception, with every step of the sum.
  ///
  /// Caps come before floors: what the service auditor modified the opinion for is grave, whatever it
  /// is about.
  public func grade(_ traits: ExceptionTraits) -> Grade {
    var steps = [step(of: traits.nature), step(of: traits)]
    for modifier in modifiers
    where traits.has(modifier.trait) && !modifier.notFor.contains(traits.nature) {
      steps.append(Grade.Step(modifier.weight, for: modifier.trait.words))
    }
    let score = steps.reduce(0) { $0 + $1.points }
    let sum = levels.first { score >= $0.atLeast }?.severity ?? .info
    var severity = sum
    var bounds: [Grade.AppliedBound] = []
    for cap in caps where severity > cap.severity && cap.caps(traits) {
      severity = cap.severity
      bounds.append(Grade.AppliedBound(severity: severity, isFloor: false, why: cap.why))
    }
    for floor in floors where severity < floor.severity && floor.lifts(traits) {
      severity = floor.severity
      bounds.append(Grade.AppliedBound(severity: severity, isFloor: true, why: floor.why))
    }
    return Grade(
      severity: severity, score: score, steps: steps, severityOfScore: sum, bounds: bounds,
      rateIsUnknown: !traits.rate.isKnown)
  }

  /// What a report's exceptions weigh together, where that is more than the gravest of them does: one step
  /// more for a cluster, however many there are. Nothing is averaged.
  ///
  /// - Parameter exceptions: the grade of each, and the families of its criteria, such as `CC6`.
  /// - Returns: nil where no family has a cluster.
  public func together(_ exceptions: [(severity: Severity, families: Set<String>)]) -> Together? {
    let families = exceptions.reduce(into: Set<String>()) { $0.formUnion($1.families) }
    var crowded: Set<String> = []
    for cluster in clusters {
      crowded.formUnion(
        families.filter { family in
          exceptions.count { $0.severity >= cluster.severity && $0.families.contains(family) }
            >= cluster.atLeast
        })
    }
    guard !crowded.isEmpty, let gravest = exceptions.map(\.severity).max() else { return nil }
    let least = clusters.map(\.severity).min() ?? .medium
    return Together(
      severity: Severity.allCases.filter { $0 > gravest }.min() ?? gravest,
      families: crowded.sorted(),
      members: exceptions.indices.filter {
        exceptions[$0].severity >= least && !exceptions[$0].families.isDisjoint(with: crowded)
      })
  }

  private func step(of nature: ExceptionNature) -> Grade.Step {
    // The reader of policies sees to it that every class has its weight.
    guard let weight = natures[nature] else { return Grade.Step(points: 0, what: "", why: "") }
    return Grade.Step(weight, for: "about \(nature.rawValue)")
  }

  /// The points for how much failed: the most of what is known to hold.
  private func step(of traits: ExceptionTraits) -> Grade.Step {
    var known: [Grade.Step] = []
    if let counts = traits.rate.counts,
      // More failed than were tested: misread, and surely not harmless.
      let band = rates.first(where: { traits.rate.exceeds(percent: $0.atMost) == false })
        ?? rates.last
    {
      known.append(Grade.Step(band.weight, for: "\(counts.failed) of \(counts.of) failed"))
    }
    if traits.rate.isWhole { known.append(Grade.Step(wholeFailure, for: "everything failed")) }
    if traits.isDesign {
      known.append(Grade.Step(designFailure, for: "not able to work as designed"))
    }
    let best = known.max { $0.points < $1.points }
    return best ?? Grade.Step(unknownRate, for: "how much failed is not told")
  }
}

extension ExceptionModel.Bound {
  /// Whether it bears on what the exception is, besides its class.
  private func fits(_ traits: ExceptionTraits) -> Bool {
    if let when, !traits.has(when) { return false }
    if let unless, traits.has(unless) { return false }
    if let rateAbove, traits.rate.exceeds(percent: rateAbove) != true { return false }
    return true
  }

  /// A floor lifts where any of the classes is touched.
  fileprivate func lifts(_ traits: ExceptionTraits) -> Bool {
    let touched = [traits.nature] + traits.secondaryNatures
    return fits(traits) && (natures.isEmpty || touched.contains(where: natures.contains))
  }

  /// A cap holds down only where nothing else is touched.
  fileprivate func caps(_ traits: ExceptionTraits) -> Bool {
    let touched = [traits.nature] + traits.secondaryNatures
    return fits(traits) && (natures.isEmpty || touched.allSatisfy(natures.contains))
  }
}

/// What exceptions that gather in one family of criteria weigh together.
public struct Together: Hashable, Sendable {
  public var severity: Severity
  /// In the order of their names.
  public var families: [String]
  /// Which of the exceptions gather there.
  public var members: [Int]
}

/// How grave an exception is, with the sum that anyone can do again by hand.
public struct Grade: Hashable, Sendable {
  /// One summand.
  public struct Step: Hashable, Sendable {
    public var points: Int
    /// What it is for, in a few words.
    public var what: String
    /// The policy's reason.
    public var why: String
  }

  /// A floor or cap that changed the severity.
  public struct AppliedBound: Hashable, Sendable {
    public var severity: Severity
    public var isFloor: Bool
    /// The policy's reason.
    public var why: String
  }

  public var severity: Severity
  /// The sum of the steps.
  public var score: Int
  public var steps: [Step]
  /// What the sum alone gives.
  public var severityOfScore: Severity
  /// In the order in which they applied.
  public var bounds: [AppliedBound]
  /// The report does not tell how much failed.
  public var rateIsUnknown: Bool
}

extension Grade.Step {
  fileprivate init(_ weight: ExceptionModel.Weight, for what: String) {
    self.init(points: weight.points, what: what, why: weight.why)
  }
}

extension ExceptionTrait {
  /// The trait as the summand of a grade names it.
  var words: String {
    switch self {
    case .design: "a deficiency of design"
    case .repeat: "failed in the previous period too"
    case .pervasive: "pervasive"
    case .privileged: "privileged or customer-data access named"
    case .late: "long late or lasting long"
    case .noResponse: "no response of management"
    case .noMisuse: "no misuse, by the service auditor's follow-up"
    case .remediated: "cause, correction and a date before the report's"
    case .compensated: "a compensating control was tested and held"
    case .unexaminedResponse: "a response that nobody examined"
    case .namedInBasis: "named in the basis for the modified opinion"
    }
  }
}
