/// The letters that can be asked with, in the order in which they matter.
enum LetterKind: String, CaseIterable {
  case newerReport = "newer-report"
  case signedCopy = "signed-copy"
  case bridgeLetter = "bridge-letter"
  case exceptionDetail = "exception-detail"
  case subserviceReport = "subservice-report"

  /// The findings that call for it.
  var codes: Set<String> {
    switch self {
    case .newerReport:
      ["stale", "expired", "cannotBridge", "bridgeTooLong", "type1Only", "repeatType1", "notSoc2"]
    case .signedCopy:
      [
        "draft", "letterUnsigned", "assertionUnsigned", "assertionMissing", "templateResidue",
        "incomplete", "redacted", "reportBeforePeriodEnd", "signatureInvalid",
        "editedAfterSigning", "pageInserted",
      ]
    case .bridgeLetter:
      [
        "bridgeMissing", "bridgeNotContiguous", "bridgeOverlapsOnly",
        "bridgeExpired", "bridgeFuture", "bridgeUndated", "bridgeUnsigned",
        "bridgeSignedByAuditor", "bridgeSignerWeak", "bridgeWrongEntity", "bridgeWrongReport",
        "bridgePredatesReport", "bridgeNoChangeStatement", "bridgeQualifiedStatement",
        "bridgeAssuranceOverclaim", "bridgeOtherReport", "bridgePlaceholder",
      ]
    case .exceptionDetail:
      [
        "exception", "responseMissing", "responseWeak", "repeatException", "remediationFailed",
        "opinionQualified", "opinionAdverse",
      ]
    case .subserviceReport:
      [
        "carveOut", "csocMissing", "unnamedSubservice", "letterOmitsSubservice",
        "noSubserviceMonitoring", "methodConflict",
      ]
    }
  }

  var subject: String {
    switch self {
    case .newerReport: "Request for your current SOC 2 report"
    case .signedCopy: "Request for the signed and complete copy of your SOC 2 report"
    case .bridgeLetter: "Request for a bridge letter to your SOC 2 report"
    case .exceptionDetail: "Questions on exceptions in your SOC 2 report"
    case .subserviceReport: "Questions on subservice organizations in your SOC 2 report"
    }
  }
}
