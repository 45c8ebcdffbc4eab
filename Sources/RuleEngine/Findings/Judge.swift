public import RulePacks
public import SOC2Vocabulary

/// Findings and questions that a pack's rules make of the facts, gravest first.
///
/// The order is by severity, then by rule, so that the order of files changes nothing.
public func judge(
  _ table: FactTable, with pack: RulePack
) -> (findings: [Finding], questions: [FollowUpQuestion]) {
  var drafts: [(finding: Finding, rule: FindingRule)] = []
  for rule in pack.rules where rule.status != .retired {
    for made in rule.findings where made.conditions.allSatisfy({ $0.holds(in: table) }) {
      drafts.append((finding(made, of: rule, table), made))
    }
  }
  drafts.sort {
    ($1.finding.severity.weight, $0.finding.rule, $0.rule.line) < (
      $0.finding.severity.weight, $1.finding.rule, $1.rule.line
    )
  }
  var counts: [String: Int] = [:]
  var findings: [Finding] = []
  var questions: [FollowUpQuestion] = []
  for draft in drafts {
    var finding = draft.finding
    counts[finding.code, default: 0] += 1
    let n = counts[finding.code] ?? 1
    finding.id = n == 1 ? finding.code : "\(finding.code)-\(n)"
    findings.append(finding)
    for asked in draft.rule.questions {
      if let known = questions.firstIndex(where: { $0.id == asked.id }) {
        questions[known].findings.append(finding.id)
        continue
      }
      questions.append(
        FollowUpQuestion(
          id: asked.id, to: asked.to, text: filled(asked.text, from: table), why: finding.message,
          evidenceAsked: asked.evidenceAsked.map { filled($0, from: table) },
          findings: [finding.id], evidence: Array(finding.evidence.prefix(2))))
    }
  }
  return (findings, questions)
}

private func finding(_ made: FindingRule, of rule: Rule, _ table: FactTable) -> Finding {
  var evidence: [Evidence] = []
  var facts: [String] = []
  for condition in made.conditions {
    let name = String(condition.fact.prefix { $0 != "." })
    if name != "review", name != "document", name != "context", !facts.contains(name) {
      facts.append(name)
    }
    let entry = table[condition.fact]
    var pieces = entry.evidence
    if case .hasSeveralReadings = condition.test {
      pieces = entry.readings.flatMap { $0.evidence.prefix(1) }
    } else if case .isOneOf(let values) = condition.test, !entry.readings.isEmpty {
      // Of a building block's places only those that have the value.
      pieces = entry.readings.filter { values.contains($0.value.short) }.flatMap(\.evidence)
    }
    for piece in pieces.prefix(3) where !evidence.contains(piece) { evidence.append(piece) }
  }
  return Finding(
    id: made.code, rule: rule.id, code: made.code, severity: made.severity, title: made.title,
    message: filled(made.message, from: table), evidence: evidence, facts: facts)
}
