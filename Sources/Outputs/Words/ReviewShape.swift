import SOC2Vocabulary

extension Review {
  /// The record of a SOC 2 report that was read names every fact, whatever became of it.
  var namesEveryFact: Bool { document.kind == .soc2Report && document.status.isRead }

  /// The fact as every output must show it: what nobody looked for is not searched, never absent.
  func shown(_ name: FactName) -> Fact? {
    facts[name] ?? (namesEveryFact ? .notSearched : nil)
  }
}
