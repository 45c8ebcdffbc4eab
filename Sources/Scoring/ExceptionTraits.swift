public import SOC2Vocabulary

/// How much of what was tested failed.
public struct ExceptionRate: Hashable, Sendable {
  /// Items that failed; nil when the report gives no number.
  public var deviations: Int?
  /// Items that were tested.
  public var sampleSize: Int?
  /// Everything failed, whether or not numbers say so: an annual control that was not done.
  public var isWhole: Bool

  public init(deviations: Int? = nil, sampleSize: Int? = nil, isWhole: Bool = false) {
    self.deviations = deviations
    self.sampleSize = sampleSize
    self.isWhole = isWhole
  }

  /// Numbers that can stand for a rate. An exception without a failed item is a misread one, and its
  /// rate is unknown, not zero.
  var counts: (failed: Int, of: Int)? {
    guard let deviations, let sampleSize, deviations > 0, sampleSize > 0 else { return nil }
    return (deviations, sampleSize)
  }

  /// Whether the report tells how much failed.
  public var isKnown: Bool { isWhole || counts != nil }

  /// Whether more than so many percent failed; nil when that is not known. Compared without rounding.
  func exceeds(percent: Int) -> Bool? {
    if isWhole { return percent < 100 }
    guard let counts else { return nil }
    let failed = counts.failed.multipliedFullWidth(by: 100)
    let bound = counts.of.multipliedFullWidth(by: percent)
    return (failed.high, failed.low) > (bound.high, bound.low)
  }
}

/// What makes an exception graver or lighter besides its class and its rate.
public enum ExceptionTrait: String, Sendable, CaseIterable {
  /// The control could not work even if performed.
  case design
  /// It failed in the previous period too.
  case `repeat`
  /// Several controls failed in the same way.
  case pervasive
  /// Privileged access or access to customer data is named.
  case privileged
  /// Long late, or lasting long.
  case late
  /// Management says nothing to it.
  case noResponse = "no-response"
  /// The service auditor's own follow-up shows that nothing came of it.
  case noMisuse = "no-misuse"
  /// The response names cause, correction and a date before the report's.
  case remediated
  /// Another control that covers it was tested and held.
  case compensated
  /// The response stands only where the service auditor examined nothing.
  case unexaminedResponse = "unexamined-response"
  /// It is named in the basis for a modified opinion.
  case namedInBasis = "named-in-basis"

  /// Whether it speaks for the service organization. The others never take points away.
  var isCredit: Bool {
    switch self {
    case .noMisuse, .remediated, .compensated, .unexaminedResponse: true
    case .design, .repeat, .pervasive, .privileged, .late, .noResponse, .namedInBasis: false
    }
  }

  /// What may stand in a modifier; being named in the basis sets a floor and is no modifier.
  static let modifiers = allCases.filter { $0 != .namedInBasis }
}

/// What is known of one exception, as far as its grade depends on it.
public struct ExceptionTraits: Hashable, Sendable {
  public var nature: ExceptionNature
  /// Other classes that the words speak of too.
  public var secondaryNatures: [ExceptionNature]
  public var rate: ExceptionRate
  public var isDesign: Bool
  public var isRepeat: Bool
  public var isPervasive: Bool
  public var privilegedNamed: Bool
  public var isLate: Bool
  public var hasResponse: Bool
  public var responseInOtherInformation: Bool
  public var noMisuse: Bool
  public var remediatedBeforeReport: Bool
  public var compensated: Bool
  public var namedInBasis: Bool

  public init(
    nature: ExceptionNature, secondaryNatures: [ExceptionNature] = [], rate: ExceptionRate,
    isDesign: Bool = false, isRepeat: Bool = false, isPervasive: Bool = false,
    privilegedNamed: Bool = false, isLate: Bool = false, hasResponse: Bool,
    responseInOtherInformation: Bool = false, noMisuse: Bool = false,
    remediatedBeforeReport: Bool = false, compensated: Bool = false, namedInBasis: Bool = false
  ) {
    self.nature = nature
    self.secondaryNatures = secondaryNatures
    self.rate = rate
    self.isDesign = isDesign
    self.isRepeat = isRepeat
    self.isPervasive = isPervasive
    self.privilegedNamed = privilegedNamed
    self.isLate = isLate
    self.hasResponse = hasResponse
    self.responseInOtherInformation = responseInOtherInformation
    self.noMisuse = noMisuse
    self.remediatedBeforeReport = remediatedBeforeReport
    self.compensated = compensated
    self.namedInBasis = namedInBasis
  }

  /// Whether a trait holds. A remedy counts only where the service auditor could have seen it.
  func has(_ trait: ExceptionTrait) -> Bool {
    switch trait {
    case .design: isDesign
    case .repeat: isRepeat
    case .pervasive: isPervasive
    case .privileged: privilegedNamed
    case .late: isLate
    case .noResponse: !hasResponse && !responseInOtherInformation
    case .noMisuse: noMisuse
    case .remediated: remediatedBeforeReport && hasResponse && !responseInOtherInformation
    case .compensated: compensated
    case .unexaminedResponse: responseInOtherInformation
    case .namedInBasis: namedInBasis
    }
  }
}
