import SOC2Vocabulary

extension Decision {
  /// The answer to "may we rely on it?", as a sentence without a full stop.
  var words: String {
    switch self {
    case .accept: "Rely on it"
    case .conditions: "Rely on it once these points are settled"
    case .insufficient: "Do not rely on it yet: what is here does not allow an answer"
    case .reject: "Do not rely on it"
    }
  }

  /// In capitals, so that the word carries the weight where there is no colour.
  var mark: String {
    switch self {
    case .accept: "ACCEPT"
    case .conditions: "CONDITIONS"
    case .insufficient: "INSUFFICIENT"
    case .reject: "REJECT"
    }
  }
}

/// What stands in the place of a decision where there is none.
enum NotAssessed {
  static let mark = "NOT ASSESSED"
  static let words = "No decision was made on what was read"
}

extension Assessment {
  /// The score in words; a score that could not be made is never a number.
  var scoreWords: String {
    score.map { "\($0) of 100" } ?? "no score: the opinion could not be read, or there is none"
  }
}

extension BridgeState {
  /// What the state of the time since the report means for the reader.
  var words: String {
    switch self {
    case .notNeeded: "no bridge letter is needed on the review date"
    case .adequate: "a bridge letter of management speaks for the time since; nobody examined it"
    case .defective: "there is a bridge letter, and it does not do what it should"
    case .missing: "nothing speaks for the time since; a bridge letter is missing"
    case .cannotBridge: "too much time has passed for a bridge letter; a newer report is needed"
    case .notApplicable: "no report whose period's end is known, so nothing can be bridged"
    }
  }
}

extension KeyDate.Kind {
  /// What to do on the day, as the label of a date.
  var words: String {
    switch self {
    case .bridgeDue: "Bridge letter expected from"
    case .bridgeEnds: "Bridge letter covers until"
    case .nextReport: "Next report expected by"
    case .staleAfter: "Stale after"
    case .expiresAfter: "Of historical interest only after"
    }
  }
}

extension CoverageSpan.Source {
  /// Who speaks for the time.
  var words: String {
    switch self {
    case .report: "examined by a service auditor"
    case .bridgeLetter: "management's letter only, not examined"
    case .none: "nothing"
    }
  }
}
