public import SOC2Vocabulary

/// Which findings decide, what they take off the score, and what must be known before anything is accepted.
public struct DecisionTable: Hashable, Sendable {
  /// A finding that leads to a decision.
  public struct Line: Hashable, Sendable {
    public var decision: Decision
    public var code: String
    /// Only from this severity on; nil: whatever it is.
    public var atLeast: Severity?
    public var why: String
  }

  /// Points with their reason.
  public struct Weight: Hashable, Sendable {
    public var points: Int
    public var why: String
  }

  /// Facts that must be found before a report is accepted, even with conditions.
  public var needs: [FactName]
  public var needsWhy: String
  public var lines: [Line]
  /// One for each severity.
  public var weights: [Severity: Weight]
  /// The most that all findings of one code take off together.
  public var limits: [String: Weight]
  /// What a finding that rejects takes off.
  public var hardFail: Weight
}

/// A finding as far as decision and score depend on it.
public struct WeighedFinding: Hashable, Sendable {
  /// By which reasons and points name it.
  public var id: String
  public var code: String
  public var severity: Severity

  public init(id: String, code: String, severity: Severity) {
    self.id = id
    self.code = code
    self.severity = severity
  }
}

/// A proposal, with the sum that anyone can do again.
public struct Verdict: Hashable, Sendable {
  public var decision: Decision
  public var score: Int?
  public var reasons: [String]
  public var points: [Assessment.Points]
}

extension DecisionTable {
  /// The decision that the findings lead to: the gravest that any of them leads to, and never one that
  /// accepts while something it rests on is unknown.
  ///
  /// `findings` come gravest first; `unknown` are the needs that were not found. There is no score
  /// without a readable opinion: `hasOpinion` tells.
  public func verdict(
    _ findings: [WeighedFinding], unknown: [FactName], hasOpinion: Bool
  ) -> Verdict {
    let order: [Decision] = [.reject, .insufficient, .conditions]
    let deciding = order.map { decision in findings.filter { leads($0, to: decision) } }
    var decision = zip(order, deciding).first { !$0.1.isEmpty }?.0 ?? .accept
    if !unknown.isEmpty, decision != .reject { decision = .insufficient }
    var reasons: [String] = []
    for finding in deciding.joined() where !reasons.contains(finding.id) {
      reasons.append(finding.id)
    }
    let points = self.points(of: findings)
    let score = max(0, 100 - points.reduce(0) { $0 + $1.points })
    return Verdict(
      decision: decision, score: hasOpinion ? score : nil, reasons: reasons,
      points: hasOpinion ? points : [])
  }

  private func leads(_ finding: WeighedFinding, to decision: Decision) -> Bool {
    lines.contains {
      $0.decision == decision && $0.code == finding.code
        && finding.severity >= $0.atLeast ?? .info
    }
  }

  private func points(of findings: [WeighedFinding]) -> [Assessment.Points] {
    var spent: [String: Int] = [:]
    return findings.map { finding in
      if leads(finding, to: .reject) {
        return Assessment.Points(
          finding: finding.id, points: hardFail.points, why: "A hard fail. \(hardFail.why)")
      }
      guard let weight = weights[finding.severity] else {
        return Assessment.Points(finding: finding.id, points: 0, why: "")
      }
      var why = "\(finding.severity.rawValue): \(weight.points). \(weight.why)"
      var points = weight.points
      if let limit = limits[finding.code] {
        points = min(points, max(0, limit.points - (spent[finding.code] ?? 0)))
        if points < weight.points {
          why +=
            " All findings '\(finding.code)' together: at most \(limit.points). \(limit.why)"
        }
      }
      spent[finding.code, default: 0] += points
      return Assessment.Points(finding: finding.id, points: points, why: why)
    }
  }
}
