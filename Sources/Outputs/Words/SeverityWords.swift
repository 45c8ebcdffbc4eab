import SOC2Vocabulary

extension Severity {
  /// In capitals, so that the word carries the weight where there is no colour.
  var word: String {
    switch self {
    case .critical: "CRITICAL"
    case .high: "HIGH"
    case .medium: "MEDIUM"
    case .low: "LOW"
    case .info: "INFO"
    }
  }
}

extension FactState {
  /// What stands in the place of a value; nil where there is one.
  var mark: String? {
    switch self {
    case .found: nil
    case .absent: "NOT FOUND"
    case .notSearchable: "NOT READABLE"
    case .conflicting: "CONFLICTING"
    case .notSearched: "NOT SEARCHED"
    }
  }
}

extension FollowUpQuestion.Addressee {
  var words: String {
    switch self {
    case .vendor: "the vendor"
    case .auditor: "the service auditor"
    case .internal: "ourselves"
    }
  }
}
