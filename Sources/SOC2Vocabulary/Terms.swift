/// Design at a date, or design and operation over a period.
public enum ReportType: String, Sendable, CaseIterable {
  case type1, type2
}

/// The service auditor's conclusion, from best to worst.
public enum Opinion: String, Sendable, CaseIterable, Comparable {
  case unqualified, qualified, adverse, disclaimer

  /// Adverse and disclaimer are both the end of reliance; a disclaimer says even less.
  public var gravity: Int {
    switch self {
    case .unqualified: 0
    case .qualified: 1
    case .adverse: 2
    case .disclaimer: 3
    }
  }
  public static func < (a: Opinion, b: Opinion) -> Bool { a.gravity < b.gravity }
}

/// What an opinion is given on; each can be modified alone.
public enum OpinionLimb: String, Sendable, CaseIterable {
  case description, design, operation
}

public enum TrustServicesCategory: String, Sendable, CaseIterable {
  case security, availability
  case processingIntegrity = "processing-integrity"
  case confidentiality, privacy
}

/// Who wrote a stretch of the report, and to what end. Decides what its sentences mean.
public enum Zone: String, Sendable, CaseIterable {
  case cover, toc
  case executiveSummary = "executive-summary"
  case auditorReport = "auditor-report"
  case managementAssertion = "management-assertion"
  case systemDescription = "system-description"
  case testsOfControls = "tests-of-controls"
  case otherInformation = "other-information"
  case appendix, letter, unknown

  /// Whose words they are, as far as the zone tells.
  public var author: String {
    switch self {
    case .auditorReport: "service-auditor"
    case .managementAssertion, .systemDescription, .otherInformation, .letter: "management"
    case .testsOfControls: "both"
    case .cover, .toc, .executiveSummary, .appendix, .unknown: "unknown"
    }
  }
}

/// What a document is, whatever its file is called.
public enum DocumentKind: String, Sendable, CaseIterable {
  case soc2Report = "soc2-report"
  case soc1Report = "soc1-report"
  case soc3Report = "soc3-report"
  case bridgeLetter = "bridge-letter"
  case iso27001Certificate = "iso27001-certificate"
  case penetrationTest = "penetration-test"
  case pciAoc = "pci-aoc"
  case readinessAssessment = "readiness-assessment"
  case questionnaire
  case other
}

/// What came of reading a file; only `ok` and `partial` have facts.
public enum DocumentStatus: String, Sendable, CaseIterable {
  case ok, partial
  case noText = "no-text"
  case encrypted, damaged
  case notPDF = "not-pdf"
  case zeroPages = "zero-pages"
  case tooLarge = "too-large"
  case tooManyPages = "too-many-pages"
  case timeout, memory, crash
  case outputLimit = "output-limit"
  case `internal`

  /// Whether anything was read: only then a record has facts.
  public var isRead: Bool { self == .ok || self == .partial }
}

public enum Severity: String, Sendable, CaseIterable, Comparable {
  case critical, high, medium, low, info

  public var weight: Int {
    switch self {
    case .critical: 4
    case .high: 3
    case .medium: 2
    case .low: 1
    case .info: 0
    }
  }
  public static func < (a: Severity, b: Severity) -> Bool { a.weight < b.weight }
}
