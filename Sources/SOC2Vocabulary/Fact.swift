public import PageText

/// Where something stands: always page, quote and boxes together.
public struct Evidence: Hashable, Sendable {
  public enum Source: String, Sendable { case text, ocr }

  /// Physical page, from 1.
  public var page: Int
  /// The printed label where it differs.
  public var pageLabel: String?
  public var section: Zone
  /// Verbatim: the words as printed, joined by one space.
  public var quote: String
  /// On the displayed page, one for each printed line.
  public var boxes: [Box]
  public var source: Source

  public init(
    page: Int, pageLabel: String?, section: Zone, quote: String, boxes: [Box], source: Source
  ) {
    self.page = page
    self.pageLabel = pageLabel
    self.section = section
    self.quote = quote
    self.boxes = boxes
    self.source = source
  }
}

public enum FactState: String, Sendable, CaseIterable {
  /// Only this supports a positive conclusion.
  case found
  /// Searched everywhere it should stand, and not there.
  case absent
  /// The place where it should stand could not be read.
  case notSearchable = "not-searchable"
  /// The document says two different things.
  case conflicting
  /// Not looked for by this version.
  case notSearched = "not-searched"
}

public enum Confidence: String, Sendable, CaseIterable { case high, medium, low }

/// One place where the document states a fact.
public struct Reading: Hashable, Sendable {
  public var value: Value
  public var evidence: [Evidence]
  public var section: Zone

  public init(value: Value, evidence: [Evidence], section: Zone) {
    self.value = value
    self.evidence = evidence
    self.section = section
  }
}

/// What a document says on one point, with the proof and every differing reading.
public struct Fact: Hashable, Sendable {
  public var state: FactState
  public var value: Value
  public var confidence: Confidence
  public var evidence: [Evidence]
  /// All differing readings, the chosen one first; empty when the document speaks with one voice.
  public var readings: [Reading]

  public init(
    state: FactState, value: Value = .null, confidence: Confidence = .high,
    evidence: [Evidence] = [], readings: [Reading] = []
  ) {
    self.state = state
    self.value = value
    self.confidence = confidence
    self.evidence = evidence
    self.readings = readings
  }

  public static let notSearched = Fact(state: .notSearched, confidence: .low)

  /// The value, only where the fact is found.
  public var found: Value? { state == .found ? value : nil }
}

/// The names of the facts in the review record; other programs read them, so they never change.
public enum FactName: String, Sendable, CaseIterable, Comparable {
  case reportType, opinion, opinionLimbs, qualifiedCriteria, basisForModification, period, asOf
  case reportDate, assertionDate, serviceOrganization, system, serviceAuditor, categories
  case criteriaEdition, additionalFrameworks, subserviceOrganizations, subserviceControls
  case userEntityControls, controls, testCounts, exceptions, incidents, changes, exclusions
  case sections, bridge
  /// Controls that had no occasion to operate.
  case notOperated
  /// What the report has for each criterion of its categories.
  case criteriaCoverage
  /// How deep the tests go, in numbers.
  case testDepth

  public static func < (a: FactName, b: FactName) -> Bool { a.rawValue < b.rawValue }
}
