public import SOC2Vocabulary
public import XMLTree

/// What weighs how much: a file that the buyer's risk team may change, with a reason beside each number.
public struct Policy: Sendable {
  /// As the file gives it; records name it.
  public var name: String
  public var version: String
  public var title: String
  public var why: String
  /// Of the file's bytes, so that a record names exactly what it was made with.
  public var sha256: String
  /// One for each measure, and more for tiers of vendors.
  public var measures: [Measure]
  /// From which day a type 2 report's age counts.
  public var ageFrom: AgeAnchor
  public var decisions: DecisionTable
  /// Which categories a class of data asks for, by the name of the class.
  public var requirements: [Requirement]
  /// Severities that differ from those of the rules, by code.
  public var overrides: [Override]
  public var auditFirms: [ListedFirm]
  public var exceptions: ExceptionModel

  /// From which day on a report grows old.
  public enum AgeAnchor: String, Sendable, CaseIterable {
    case periodEnd = "period-end"
    case reportDate = "report-date"
  }

  /// Categories that a report must cover where the vendor holds data of a class.
  public struct Requirement: Hashable, Sendable {
    public var data: String
    public var categories: [TrustServicesCategory]
    public var why: String
  }

  /// Another severity for all findings of a code, or for those at vendors of a tier.
  public struct Override: Hashable, Sendable {
    public var code: String
    public var tier: VendorTier?
    public var severity: Severity
    public var why: String
  }

  /// An audit firm that the buyer has an opinion on, for a time.
  public struct ListedFirm: Hashable, Sendable {
    public enum List: String, Sendable, CaseIterable { case allow, watch }
    public var name: String
    public var list: List
    public var from: Day?
    public var until: Day?
    public var why: String
  }

  /// The severity of findings of a code, where this policy says another than the rules.
  public func severity(of code: String, for tier: VendorTier?) -> Severity? {
    let ours = overrides.filter { $0.code == code }
    return (ours.first { $0.tier == (tier ?? .standard) } ?? ours.first { $0.tier == nil })?
      .severity
  }

  /// The firms whose entry is in force on a day.
  public func auditFirms(on day: Day) -> [ListedFirm] {
    auditFirms.filter { ($0.from ?? day) <= day && ($0.until ?? day) >= day }
  }
}

/// Why there is no policy.
public struct PolicyError: Error, Sendable, CustomStringConvertible {
  /// Everything wrong, in the order of the file, up to `FileProblem.limit`.
  public let problems: [FileProblem]

  /// One problem after the other, each with its excerpt.
  public var description: String { problems.listing }
}
