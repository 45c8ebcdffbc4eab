public import SOC2Vocabulary

/// What changes where another policy judges the same documents, in lines; none where the decision, the
/// score and the weight of each finding stay.
public func policyChange(from before: Packet, to after: Packet) -> [String] {
  var lines: [String] = []
  let (a, b) = (before.answer, after.answer)
  if a?.decision != b?.decision {
    lines.append("decision: \(words(a)) → \(words(b))" + because(after))
  }
  if a?.score != b?.score {
    lines.append("score: \(score(a)) → \(score(b))")
  }
  let (old, new) = (weights(before), weights(after))
  for name in Set(old.keys).union(new.keys).sorted() where old[name] != new[name] {
    lines.append("\(inert(name)): \(words(old[name])) → \(words(new[name]))")
  }
  return lines
}

/// The findings that lead to the decision, each once by its title.
private func because(_ packet: Packet) -> String {
  let titles = (packet.answer?.reasons ?? []).compactMap {
    packet.finding(named: $0)?.finding.title
  }
  .reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
  return titles.isEmpty ? "" : ", because of: " + titles.map(inert).joined(separator: "; ")
}

private struct Weight: Equatable {
  var severity: Severity
  var points: Int
}

private func weights(_ packet: Packet) -> [String: Weight] {
  let points = Dictionary(
    (packet.answer?.points ?? []).map { (packet.fullName($0.finding), $0.points) },
    uniquingKeysWith: { a, _ in a })
  return Dictionary(
    packet.namedFindings.map {
      ($0.name, Weight(severity: $0.finding.severity, points: points[$0.name] ?? 0))
    }, uniquingKeysWith: { a, _ in a })
}

private func words(_ weight: Weight?) -> String {
  weight.map {
    "\($0.severity.rawValue), \($0.points) \($0.points == 1 ? "point" : "points")"
  } ?? "no finding"
}

private func words(_ answer: Assessment?) -> String { answer?.decision.rawValue ?? "none" }

private func score(_ answer: Assessment?) -> String { answer?.score.map(String.init) ?? "none" }
