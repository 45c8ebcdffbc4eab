import SOC2Vocabulary

extension DocumentKind {
  var title: String {
    switch self {
    case .soc2Report: "SOC 2 report"
    case .soc1Report: "SOC 1 report"
    case .soc3Report: "SOC 3 report"
    case .bridgeLetter: "Bridge letter"
    case .iso27001Certificate: "ISO 27001 certificate"
    case .penetrationTest: "Penetration test report"
    case .pciAoc: "PCI DSS attestation of compliance"
    case .readinessAssessment: "Readiness assessment"
    case .questionnaire: "Security questionnaire"
    case .other: "Document of another kind"
    }
  }

  /// What such a document is; nil for a SOC 2 report, whose own page says it.
  var whatItIs: String? {
    switch self {
    case .soc2Report: nil
    case .soc1Report:
      "An auditor's report on controls that matter for the financial statements of user entities. "
        + "It gives no opinion on the trust services criteria (security, availability and so on)."
    case .soc3Report:
      "A short report for the public. It has an auditor's opinion, but no tests of controls and no "
        + "results, so exceptions and the user entity's own duties cannot be seen."
    case .bridgeLetter:
      "A letter of management about the time since a report's period ended. No auditor examined "
        + "it, and it stands only beside the report it names."
    case .iso27001Certificate:
      "A certificate that an information security management system meets ISO/IEC 27001. It has no "
        + "service auditor's opinion and shows no tests of controls."
    case .penetrationTest:
      "A technical test of a system at one time. It gives no opinion on controls over a period."
    case .pciAoc:
      "A statement on the PCI DSS, for payment card data. It gives no opinion on the trust "
        + "services criteria."
    case .readinessAssessment:
      "Advice in preparation of an examination. It is no examination and gives no opinion."
    case .questionnaire:
      "The vendor's own answers. Nobody independent examined them."
    case .other:
      "None of the kinds of document that soclens knows."
    }
  }

  /// What to ask the vendor for instead.
  var whatToAskFor: String? {
    switch self {
    case .soc2Report: nil
    case .bridgeLetter:
      "the SOC 2 report that the letter refers to, if you do not have it"
    case .readinessAssessment:
      "the SOC 2 report of the examination itself, or the date when it will be issued"
    case .soc3Report:
      "the SOC 2 type 2 report that this report sums up, if need be under a confidentiality "
        + "agreement"
    case .soc1Report, .iso27001Certificate, .penetrationTest, .pciAoc, .questionnaire, .other:
      "the vendor's most recent SOC 2 type 2 report, complete, as PDF"
    }
  }
}
