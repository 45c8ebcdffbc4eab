import SOC2Vocabulary

extension Opinion {
  /// What the word means, for a reader who is no auditor.
  var words: String {
    switch self {
    case .unqualified:
      "Unqualified: the service auditor's opinion is given without reservation"
    case .qualified:
      "QUALIFIED: the service auditor's opinion holds except for the matters it names"
    case .adverse:
      "ADVERSE: in the service auditor's opinion the criteria are not met"
    case .disclaimer:
      "DISCLAIMER: the service auditor gives no opinion"
    }
  }
}

extension ReportType {
  var words: String {
    switch self {
    case .type1: "Type 1: design of controls at a date, not their operation"
    case .type2: "Type 2: design and operation of controls over a period"
    }
  }
}

extension TrustServicesCategory {
  var words: String {
    switch self {
    case .security: "Security"
    case .availability: "Availability"
    case .processingIntegrity: "Processing Integrity"
    case .confidentiality: "Confidentiality"
    case .privacy: "Privacy"
    }
  }
}

extension OpinionLimb {
  var words: String {
    switch self {
    case .description: "description"
    case .design: "design"
    case .operation: "operation"
    }
  }
}

extension Zone {
  /// Where in the document, in the words its readers use.
  var words: String {
    switch self {
    case .cover: "cover"
    case .toc: "table of contents"
    case .executiveSummary: "executive summary"
    case .auditorReport: "service auditor's report"
    case .managementAssertion: "management's assertion"
    case .systemDescription: "system description"
    case .testsOfControls: "tests of controls"
    case .otherInformation: "other information, not examined"
    case .appendix: "appendix"
    case .letter: "letter"
    case .unknown: "unknown part"
    }
  }
}
