import PageText
import RuleEngine
import SOC2Vocabulary

extension DocumentExtract {
  /// Without quotes that are not found again where they are said to stand: facts that rest on one are
  /// `not-searchable`, and the document counts as read in part.
  ///
  /// What findings judge by keeps its value: a warning that has lost its quote is still a warning.
  mutating func drop(_ missing: Set<Evidence>) {
    guard !missing.isEmpty else { return }
    let pages = Set(missing.intersection(evidence).map(\.page)).sorted()
    guard let first = pages.first, let last = pages.last else { return }
    facts.kindReasons.removeAll(where: missing.contains)
    var lost = Set(facts.facts.filter { $0.value.rests(onAnyOf: missing) }.keys)
    // Which tests failed, and how many there are, is counted from these.
    if lost.contains(.controls) { lost.formUnion([.exceptions, .notOperated, .testCounts]) }
    for name in lost.sorted() {
      guard let fact = facts.facts[name], fact.state != .notSearched else { continue }
      facts.facts[name] = fact.without(missing)
      facts.searched.removeAll { $0.fact == name.rawValue }
      facts.searched.append(
        Searched(
          fact: name.rawValue, state: .notSearchable,
          sections: Set(fact.evidence.map(\.section)).sorted { $0.rawValue < $1.rawValue },
          pages: first...last, rules: []))
    }
    facts.searched.sort { $0.fact < $1.fact }
    for name in facts.signals.keys {
      facts.signals[name] = facts.signals[name]?.map { $0.stripped(of: missing) }
    }
    facts.derived = facts.derived.mapValues { $0.stripped(of: missing) }
    entries = entries.mapValues { $0.stripped(of: missing) }
    diagnostics += pages.map {
      Diagnostic(
        code: "quoteNotProven",
        message:
          "a quote from page \($0) was not found again in its place; facts that rest on it count as not readable",
        page: $0)
    }
    let list = pages.prefix(12).map(String.init).joined(separator: ", ")
    partialReason =
      partialReason
      ?? "Words on \(pages.count == 1 ? "page" : "pages") \(list)\(pages.count > 12 ? " and more" : "") could not be read for sure."
  }
}

extension Fact {
  fileprivate func rests(onAnyOf missing: Set<Evidence>) -> Bool {
    value.rests(onAnyOf: missing) || evidence.contains(where: missing.contains)
      || readings.contains { $0.rests(onAnyOf: missing) }
  }

  /// Nothing is found for sure; what is proven of it stays as readings.
  fileprivate func without(_ missing: Set<Evidence>) -> Fact {
    let section = evidence.first?.section ?? .unknown
    let stated = value == .null ? [] : [Reading(value: value, evidence: evidence, section: section)]
    let kept = (readings.isEmpty ? stated : readings).compactMap { reading -> Reading? in
      guard case .list(let list) = reading.value else {
        return reading.rests(onAnyOf: missing) ? nil : reading
      }
      var part = reading
      part.value = .list(list.filter { !$0.rests(onAnyOf: missing) })
      part.evidence.removeAll(where: missing.contains)
      return part.evidence.isEmpty && part.value == .list([]) ? nil : part
    }
    return Fact(state: .notSearchable, confidence: .low, readings: kept)
  }
}

extension Value {
  fileprivate func rests(onAnyOf missing: Set<Evidence>) -> Bool {
    allEvidence.contains(where: missing.contains)
  }

  fileprivate func stripped(of missing: Set<Evidence>) -> Value {
    switch self {
    case .evidence(let pieces): .evidence(pieces.filter { !missing.contains($0) })
    case .list(let list): .list(list.map { $0.stripped(of: missing) })
    case .object(let object): .object(object.mapValues { $0.stripped(of: missing) })
    case .null, .bool, .number, .text: self
    }
  }
}

extension Reading {
  fileprivate func rests(onAnyOf missing: Set<Evidence>) -> Bool {
    value.rests(onAnyOf: missing) || evidence.contains(where: missing.contains)
  }

  fileprivate func stripped(of missing: Set<Evidence>) -> Reading {
    Reading(
      value: value.stripped(of: missing), evidence: evidence.filter { !missing.contains($0) },
      section: section)
  }
}

extension FactTable.Entry {
  fileprivate func stripped(of missing: Set<Evidence>) -> Self {
    .init(
      state: state, value: value.stripped(of: missing),
      evidence: evidence.filter { !missing.contains($0) },
      readings: readings.map { $0.stripped(of: missing) })
  }
}
