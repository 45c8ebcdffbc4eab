import SOC2Vocabulary

/// What a reader must know in the first half minute: may we rely on it, until when, what to ask first.
/// The same lines in every output.
struct VerdictWords {
  var mark: String
  var words: String
  /// `27 of 100`, or why there is none.
  var score: String
  /// Titles of the findings that decided, the most decisive first.
  var reasons: [String]
  /// `Stale after 30 September 2026`.
  var dates: [(label: String, day: String)]
  var bridge: String

  /// Nil where nothing was assessed.
  init?(_ assessment: Assessment?, titles: [String: String]) {
    guard let assessment else { return nil }
    mark = assessment.decision.mark
    words = assessment.decision.words
    score = assessment.scoreWords
    var reasons: [String] = []
    for id in assessment.reasons {
      let title = titles[id] ?? id
      if !reasons.contains(title) { reasons.append(title) }
    }
    self.reasons = reasons
    dates = assessment.dates.map { ($0.kind.words, $0.day.spelled) }
    bridge = assessment.bridge.words
  }
}

extension Review {
  var verdict: VerdictWords? {
    VerdictWords(
      assessment,
      titles: Dictionary(findings.map { ($0.id, $0.title) }, uniquingKeysWith: { a, _ in a }))
  }
}

extension Packet {
  /// Of everything together; findings of a review are named by its place and their id.
  var verdict: VerdictWords? {
    var titles = Dictionary(
      findings.map { ($0.id, $0.title) }, uniquingKeysWith: { a, _ in a })
    for (index, review) in reviews.enumerated() {
      for finding in review.findings { titles["\(index + 1)/\(finding.id)"] = finding.title }
    }
    return VerdictWords(assessment, titles: titles)
  }

  /// Who speaks for which time, a line each: `1 January 2025 to 31 December 2025: examined …`.
  var coverageLines: [String] {
    coverage.map { span in
      "\(span.from.spelled) to \(span.to.spelled): \(span.by.words)"
        + (span.document.map { " (\($0))" } ?? "")
    }
  }
}
