/// The catalogue of findings. Other programs select by these codes, so a code is never renamed, and
/// rules may use no other.
public enum FindingCode {
  /// By area, as the domain specification lists them: kind, opinion, assertion, dates, bridge letter,
  /// scope, subservice, user entity controls, tests, auditor, quality, file.
  public static let all: [String] = [
    "notSoc2", "typeMismatch", "type1Only", "repeatType1", "draft", "incomplete", "redacted",
    "notSearchable", "multipleDocuments", "mappedNotExamined",

    "opinionQualified", "opinionAdverse", "opinionDisclaimer", "opinionUndetermined",
    "opinionConflicting", "emphasisOfMatter", "nonOccurrenceParagraph", "basisNotInTests",
    "opinionVsExceptions", "noRestrictedUse", "letterSectionMissing", "letterUnsigned",

    "assertionMissing", "assertionUnsigned", "assertionDateOdd", "assertionOpinionMismatch",

    "stale", "expired", "shortPeriod", "longPeriod", "coverageGap", "lateIssue",
    "implausiblyFast", "reportBeforePeriodEnd", "futureDate", "periodMismatch", "ambiguousDate",

    "bridgeNotContiguous", "bridgeOverlapsOnly", "bridgeTooLong", "bridgeExpired",
    "bridgeFuture", "bridgeUndated", "bridgeUnsigned", "bridgeSignedByAuditor",
    "bridgeSignerWeak", "bridgeWrongEntity", "bridgeWrongReport", "bridgePredatesReport",
    "bridgeNoChangeStatement", "bridgeQualifiedStatement", "bridgeAssuranceOverclaim",
    "bridgeForType1", "bridgeChain", "bridgeOtherReport", "bridgePlaceholder", "bridgeMissing",
    "cannotBridge",

    "productNotInScope", "productExcluded", "entityMismatch", "categoryMissing",
    "categoryWithoutTests", "testsWithoutCategory", "editionOld", "criterionUncovered",
    "unknownCriterion", "dc2Missing", "incidentSilent", "incidentDisclosed",
    "undisclosedIncident", "changeDisclosed",

    "carveOut", "csocMissing", "unnamedSubservice", "letterOmitsSubservice",
    "noSubserviceButCloud", "possibleUndeclaredSubservice", "noSubserviceMonitoring",
    "methodConflict",

    "cuecListMissing", "cuecOpen", "cuecOutsideDescription",

    "exception", "responseMissing", "responseWeak", "repeatException", "remediationFailed",
    "inquiryOnly", "notOperated", "notTested", "exceptionCountMismatch", "inconsistentCounts",
    "conclusionWithoutTest",

    "auditorToVerify", "auditorUnidentified", "noCpaWording", "noCityState", "wrongStandard",
    "watchListed",
    "certificationWording",

    "templateResidue", "templateSimilarity", "uniformTests", "noSampleSizes",
    "genericDescription", "cleanlinessBundle", "inconsistentSections",

    "signatureInvalid", "editedAfterSigning", "pageInserted", "hiddenText", "metadataOdd",
    "activeContent",
  ]

  private static let known = Set(all)

  public static func isKnown(_ code: String) -> Bool { known.contains(code) }
}
