public import RulePacks

extension RulePack {
  /// Only the findings that another policy could make or leave out: those that judge by one of these paths
  /// or something below it, or take their severity from one, and all others of the same rule and code.
  public func judging(by paths: Set<String>) -> RulePack {
    var pack = self
    for i in pack.rules.indices {
      let codes = Set(pack.rules[i].findings.filter { $0.judges(by: paths) }.map(\.code))
      pack.rules[i].findings.removeAll { !codes.contains($0.code) }
    }
    pack.rules.removeAll { $0.findings.isEmpty }
    return pack
  }

  /// Whether one of its findings has the code.
  public func makes(_ code: String, by rule: String) -> Bool {
    rules.contains { $0.id == rule && $0.findings.contains { $0.code == code } }
  }
}

extension FindingRule {
  fileprivate func judges(by paths: Set<String>) -> Bool {
    if case .by = severity { return true }
    return conditions.contains { condition in
      let parts = condition.fact.split(separator: ".").map(String.init)
      return parts.indices.contains { paths.contains(parts[...$0].joined(separator: ".")) }
    }
  }
}
