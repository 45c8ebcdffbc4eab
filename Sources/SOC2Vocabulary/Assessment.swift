/// What a policy makes of the findings: the proposal a person decides on.
public enum Decision: String, Sendable, CaseIterable {
  case accept
  /// Accept once the named points are settled.
  case conditions
  /// What is there does not allow an answer.
  case insufficient
  case reject
}

/// Whether the time from the report's end to the review date is spoken for by a letter of management.
public enum BridgeState: String, Sendable, CaseIterable {
  /// The report's end is within the tolerance of the review date.
  case notNeeded = "not-needed"
  case adequate
  /// There is a letter, and it does not do what it should.
  case defective
  case missing
  /// A year or more has passed: a letter does not replace a report.
  case cannotBridge = "cannot-bridge"
  /// No report whose end is known, or one at a date.
  case notApplicable = "not-applicable"
}

/// A day on which somebody should act on a report.
public struct KeyDate: Hashable, Sendable {
  public enum Kind: String, Sendable, CaseIterable {
    /// From here on a bridge letter is expected.
    case bridgeDue = "bridge-due"
    /// What a bridge letter covers ends here.
    case bridgeEnds = "bridge-ends"
    /// By now the next report should have come.
    case nextReport = "next-report"
    /// From the next day on the report is stale.
    case staleAfter = "stale-after"
    /// From the next day on the report is of historical interest.
    case expiresAfter = "expires-after"
  }

  public var kind: Kind
  public var day: Day
  /// The reckoning, in a sentence.
  public var why: String

  public init(kind: Kind, day: Day, why: String) {
    self.kind = kind
    self.day = day
    self.why = why
  }
}

/// Decision and score with everything they are made of.
public struct Assessment: Hashable, Sendable {
  /// What one finding takes off.
  public struct Points: Hashable, Sendable {
    /// The id of the finding.
    public var finding: String
    /// Zero or more.
    public var points: Int
    public var why: String

    public init(finding: String, points: Int, why: String) {
      self.finding = finding
      self.points = points
      self.why = why
    }
  }

  public var decision: Decision
  /// 100 less the points, at least 0; nil where the opinion could not be read or there is none.
  public var score: Int?
  /// Ids of the findings that decided, the most decisive first.
  public var reasons: [String]
  public var points: [Points]
  public var bridge: BridgeState
  /// Earliest first.
  public var dates: [KeyDate]

  public init(
    decision: Decision, score: Int?, reasons: [String], points: [Points], bridge: BridgeState,
    dates: [KeyDate]
  ) {
    self.decision = decision
    self.score = score
    self.reasons = reasons
    self.points = points
    self.bridge = bridge
    self.dates = dates
  }
}

/// A stretch of time, and what speaks for it.
public struct CoverageSpan: Hashable, Sendable {
  public enum Source: String, Sendable, CaseIterable {
    /// A service auditor examined it.
    case report
    /// Management says something about it; nobody examined it.
    case bridgeLetter = "bridge-letter"
    case none
  }

  /// First day, included.
  public var from: Day
  /// Last day, included.
  public var to: Day
  public var by: Source
  /// The document's name; nil where nothing speaks for it.
  public var document: String?

  public init(from: Day, to: Day, by: Source, document: String?) {
    self.from = from
    self.to = to
    self.by = by
    self.document = document
  }
}
