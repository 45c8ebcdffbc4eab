import RuleEngine
import SOC2Vocabulary

/// The exceptions of a report, with a mark on those that its predecessor has too.
///
/// The same control by its number where the same firm examined it; else the same class of failure under
/// the same criterion, in words that are mostly the same. `repeatOf` names where it stood.
func withRepeats(_ report: DocumentExtract, after previous: SubmittedDocument) -> DocumentExtract {
  guard var fact = report.facts.facts[.exceptions],
    let before = previous.document.facts.facts[.exceptions]
  else { return report }
  let known = before.value.list ?? before.readings.flatMap { $0.value.list ?? [] }
  guard !known.isEmpty else { return report }
  let sameFirm = sameAuditor(report, previous.document)
  func marked(_ value: Value) -> Value {
    guard case .list(let entries) = value else { return value }
    return .list(
      entries.map { entry in
        guard case .object(var members) = entry,
          let twin = known.first(where: { isSame(entry, $0, sameFirm) })
        else { return entry }
        let traits = entry["traits"]?.list ?? []
        let isKnown = traits.contains(.text("repeat"))
        members["traits"] = .list(isKnown ? traits : traits + [.text("repeat")])
        let wasRemedied = twin["traits"]?.list?.contains(.text("remediated")) ?? false
        members["repeatOf"] = .object([
          "controlId": twin["controlId"] ?? .null, "document": .text(previous.name),
          "period": previous.document.facts.facts[.period]?.found ?? .null,
          "remediated": .text(wasRemedied ? "yes" : "no"),
        ])
        return .object(members)
      })
  }
  fact.value = marked(fact.value)
  for i in fact.readings.indices { fact.readings[i].value = marked(fact.readings[i].value) }
  var out = report
  out.facts.facts[.exceptions] = fact
  return out
}

private func sameAuditor(_ a: DocumentExtract, _ b: DocumentExtract) -> Bool {
  guard let x = a.facts.facts[.serviceAuditor]?.found?["name"]?.text,
    let y = b.facts.facts[.serviceAuditor]?.found?["name"]?.text
  else { return false }
  return namesAgree(x, y)
}

private func isSame(_ a: Value, _ b: Value, _ sameFirm: Bool) -> Bool {
  if sameFirm, let x = a["controlId"]?.text, let y = b["controlId"]?.text { return x == y }
  guard let nature = a["nature"]?.text, nature != ExceptionNature.other.rawValue,
    nature == b["nature"]?.text
  else { return false }
  let criteria = Set((a["criteria"]?.list ?? []).compactMap(\.text))
  guard !criteria.isDisjoint(with: (b["criteria"]?.list ?? []).compactMap(\.text)) else {
    return false
  }
  return likeness(a["control"]?.text ?? "", b["control"]?.text ?? "") >= leastLikeness
}

/// Two wordings of one control share more than half of their words; two controls of one criterion do not.
private let leastLikeness = 0.5

/// The share of words that two texts have in common.
private func likeness(_ a: String, _ b: String) -> Double {
  func words(_ text: String) -> Set<String> {
    Set(
      text.lowercased().split { !($0.isLetter || $0.isNumber) }.map(String.init)
        .filter { $0.utf8.count > 3 })
  }
  let (x, y) = (words(a), words(b))
  let all = x.union(y).count
  return all == 0 ? 0 : Double(x.intersection(y).count) / Double(all)
}
