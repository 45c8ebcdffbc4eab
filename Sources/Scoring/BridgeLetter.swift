public import SOC2Vocabulary

/// A letter of management about the time after a report, as the fact `bridge` has it.
public struct BridgeLetter: Hashable, Sendable {
  public var from: Day?
  public var to: Day?
  public var date: Day?
  public var entity: String?
  public var reportPeriodEnd: Day?
  public var reportKind: String?
  public var reportType: String?
  public var isSigned: Bool
  /// `management`, `auditor`, `sales` or `unclear`.
  public var signedBy: String
  /// `none`, `some` or `silent`.
  public var changes: String
  public var continuesLetter: Bool
  /// The last day of the letter that it continues, as far as it says so.
  public var previousTo: Day?
  public var overclaims: Bool
  public var hasPlaceholders: Bool

  /// Nil where the fact has no value.
  public init?(_ value: Value?) {
    guard let value, value != .null else { return nil }
    func day(_ key: String) -> Day? { value[key]?.text.flatMap(Day.init(iso:)) }
    from = day("from")
    to = day("to")
    date = day("date")
    entity = value["entity"]?.text
    reportPeriodEnd = day("reportPeriodEnd")
    reportKind = value["reportKind"]?.text
    reportType = value["reportType"]?.text
    isSigned = value["signer"]?.text != nil && value["signature"]?.text != "unsigned"
    signedBy = value["signedBy"]?.text ?? "unclear"
    changes = value["changes"]?.text ?? "silent"
    continuesLetter = (value["previousLetter"] ?? .null) != .null
    previousTo = value["previousLetter"]?["to"]?.text.flatMap(Day.init(iso:))
    overclaims = value["assurance"]?.bool ?? false
    hasPlaceholders = value["placeholders"]?.list?.isEmpty == false
  }
}

/// What a letter is held against.
public struct BridgedReport: Hashable, Sendable {
  public var type: ReportType?
  public var period: ExaminationPeriod?
  /// Of a type 1 report.
  public var asOf: Day?
  public var reportDate: Day?

  public init(type: ReportType?, period: ExaminationPeriod?, asOf: Day?, reportDate: Day?) {
    self.type = type
    self.period = period
    self.asOf = asOf
    self.reportDate = reportDate
  }

  /// The last day that it speaks of.
  public var end: Day? { period?.end ?? asOf }
}

extension BridgeLetter {
  /// Where a letter belongs, besides what it says itself.
  public struct Place: Hashable, Sendable {
    /// The report that it continues; nil where there is none at hand.
    public var report: BridgedReport?
    /// Whether it is of the report's organization; nil where that cannot be told.
    public var isOfEntity: Bool?
    /// Whether it names a report that is not the one at hand.
    public var isOfOtherReport: Bool
    /// The last day that letters before it cover.
    public var coveredTo: Day?
    /// The last day that letters after it cover which go on where it ends.
    public var continuedTo: Day?

    public init(
      report: BridgedReport?, isOfEntity: Bool?, isOfOtherReport: Bool, coveredTo: Day?,
      continuedTo: Day? = nil
    ) {
      self.report = report
      self.isOfEntity = isOfEntity
      self.isOfOtherReport = isOfOtherReport
      self.coveredTo = coveredTo
      self.continuedTo = continuedTo
    }
  }

  /// The end of the report that it continues: the report's own where that is at hand.
  func reportEnd(_ place: Place) -> Day? {
    place.isOfOtherReport ? reportPeriodEnd : place.report?.end ?? reportPeriodEnd
  }

  /// Where its three times fall; a measure is missing where a date is.
  public func measures(
    _ place: Place, on reviewDate: Day, by policy: Policy, tier: VendorTier?
  ) -> [MeasureName: Measure.Place] {
    var out: [MeasureName: Measure.Place] = [:]
    // Of a letter that goes on from one which is not at hand and tells no last day nobody can say
    // whether days are left out.
    let isUntold = continuesLetter && previousTo == nil && place.coveredTo == nil
    if let from, let end = reportEnd(place), !isUntold {
      let covered = [place.coveredTo, previousTo].compactMap(\.self).reduce(end, max)
      out[.letterGap] = policy.measure(.letterGap, for: tier)
        .place(of: .days(max(0, covered.days(to: from) - 1)))
    }
    if let to, let end = reportEnd(place) {
      out[.letterLength] = policy.measure(.letterLength, for: tier).place(of: .between(end, to))
    }
    if let to {
      out[.letterAge] = policy.measure(.letterAge, for: tier).place(
        of: .between(max(to, place.continuedTo ?? to), reviewDate))
    }
    return out
  }

  /// What is wrong with it, by the codes of findings, in the order of the catalogue.
  ///
  /// What could not be read counts as missing: a letter whose dates nobody knows bridges nothing.
  public func defects(_ place: Place, _ measures: [MeasureName: Measure.Place]) -> [String] {
    var codes: [String] = []
    func add(_ code: String, when holds: Bool) { if holds { codes.append(code) } }
    let end = reportEnd(place)
    add("bridgeNotContiguous", when: measures[.letterGap]?.severity != nil)
    add("bridgeOverlapsOnly", when: isBefore(to, end.map { $0.adding(days: 1) }))
    add("bridgeTooLong", when: measures[.letterLength]?.severity != nil)
    add("bridgeExpired", when: measures[.letterAge]?.severity != nil)
    add("bridgeFuture", when: isBefore(date, to))
    add("bridgeUndated", when: date == nil || to == nil || from == nil)
    add("bridgeUnsigned", when: !isSigned)
    add("bridgeSignedByAuditor", when: signedBy == "auditor")
    add("bridgeSignerWeak", when: signedBy == "sales")
    add("bridgeWrongEntity", when: place.isOfEntity == false)
    add("bridgeWrongReport", when: place.isOfOtherReport)
    add(
      "bridgePredatesReport",
      when: isBefore(date, place.isOfOtherReport ? nil : place.report?.reportDate)
        || isBefore(date, end))
    add("bridgeNoChangeStatement", when: changes == "silent")
    add("bridgeQualifiedStatement", when: changes == "some")
    add("bridgeAssuranceOverclaim", when: overclaims)
    add(
      "bridgeForType1",
      when: reportType == ReportType.type1.rawValue
        || (reportType == nil && !place.isOfOtherReport && place.report?.type == .type1))
    add("bridgeChain", when: continuesLetter)
    add("bridgeOtherReport", when: reportKind == "soc1")
    add("bridgePlaceholder", when: hasPlaceholders)
    return codes
  }

  private func isBefore(_ a: Day?, _ b: Day?) -> Bool {
    guard let a, let b else { return false }
    return a < b
  }

  /// Defects beside which a letter still does what it is for: it must be read, or says too much.
  private static let harmless: Set<String> = [
    "bridgeQualifiedStatement", "bridgeAssuranceOverclaim", "bridgeChain",
  ]

  /// Whether it does what it is for: without grave defects, and going on where the report and the letters
  /// at hand end. What a letter says of another that nobody has bridges nothing; one that is somewhat
  /// long bridges all the same.
  public func isSound(
    _ defects: [String], _ place: Place, _ measures: [MeasureName: Measure.Place]
  ) -> Bool {
    var grave = Set(defects).subtracting(Self.harmless)
    if let length = measures[.letterLength]?.severity, length <= .low {
      grave.remove("bridgeTooLong")
    }
    guard grave.isEmpty else { return false }
    guard continuesLetter, let from, let end = reportEnd(place) else { return true }
    return from <= max(end, place.coveredTo ?? end).adding(days: 1)
  }
}

/// Whether letters speak for the time since a report, given of each that belongs to it whether it is sound.
public func bridgeState(
  of report: BridgedReport, letters: [Bool], on reviewDate: Day, by policy: Policy,
  tier: VendorTier?
) -> BridgeState {
  guard report.type == .type2, let end = report.period?.end else { return .notApplicable }
  let place = policy.measure(.bridge, for: tier).place(of: .between(end, reviewDate))
  if place.band == "not-needed" { return .notNeeded }
  if place.band == "cannot-bridge" { return .cannotBridge }
  if letters.isEmpty { return .missing }
  return letters.contains(true) ? .adequate : .defective
}
