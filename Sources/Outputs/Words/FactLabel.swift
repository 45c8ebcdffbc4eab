import SOC2Vocabulary

extension FactName {
  /// The fact's name for people.
  var label: String {
    switch self {
    case .reportType: "Report type"
    case .opinion: "Opinion"
    case .opinionLimbs: "Opinion by part"
    case .qualifiedCriteria: "Criteria qualified"
    case .basisForModification: "Basis for modification"
    case .period: "Examination period"
    case .asOf: "As-of date"
    case .reportDate: "Report date"
    case .assertionDate: "Assertion date"
    case .serviceOrganization: "Service organization"
    case .system: "System"
    case .serviceAuditor: "Service auditor"
    case .categories: "Categories in scope"
    case .criteriaEdition: "Criteria"
    case .additionalFrameworks: "Other frameworks"
    case .subserviceOrganizations: "Subservice organizations"
    case .subserviceControls: "Subservice controls (CSOC)"
    case .userEntityControls: "User entity controls (CUEC)"
    case .controls: "Controls"
    case .testCounts: "Test results"
    case .exceptions: "Exceptions"
    case .incidents: "Incidents"
    case .changes: "Changes"
    case .exclusions: "Said to be out of scope"
    case .sections: "Sections of the report"
    case .bridge: "Bridge letter"
    case .notOperated: "Controls that did not operate"
    case .criteriaCoverage: "Criteria without a control"
    case .testDepth: "Depth of tests"
    }
  }
}
