import SOC2Vocabulary

extension JSONWriter {
  /// All facts the record must name, in the order of their names.
  mutating func facts(of review: Review) {
    key("facts")
    openObject()
    for name in FactName.allCases.sorted(by: { inByteOrder($0.rawValue, $1.rawValue) }) {
      if let fact = review.facts[name] {
        key(name.rawValue)
        self.fact(fact)
      } else if review.namesEveryFact {
        // Saying nothing would read as "nothing there": what nobody looked for says so.
        key(name.rawValue)
        self.fact(.notSearched)
      }
    }
    closeObject()
  }

  mutating func fact(_ fact: Fact) {
    openObject()
    if fact.state != .notSearched {
      member("confidence", fact.confidence.rawValue)
      member("evidence", fact.evidence)
      list("readings", fact.readings) { $0.reading($1) }
    }
    member("state", fact.state.rawValue)
    if fact.state != .notSearched {
      key("value")
      value(fact.value)
    }
    closeObject()
  }

  private mutating func reading(_ reading: Reading) {
    openObject()
    member("evidence", reading.evidence)
    member("section", reading.section.rawValue)
    key("value")
    value(reading.value)
    closeObject()
  }

  mutating func value(_ value: Value) {
    switch value {
    case .null: null()
    case .bool(let bool): self.bool(bool)
    case .number(let number): self.number(number)
    case .text(let text): string(text)
    case .evidence(let pieces): list(pieces) { $0.evidence($1) }
    case .list(let items): list(items) { $0.value($1) }
    case .object(let members):
      openObject()
      for (name, member) in members.sorted(by: { inByteOrder($0.key, $1.key) }) {
        key(name)
        self.value(member)
      }
      closeObject()
    }
  }
}

/// Order of UTF-8 bytes: the same in every language, unlike the order of canonical equivalence.
func inByteOrder(_ a: String, _ b: String) -> Bool {
  a.utf8.lexicographicallyPrecedes(b.utf8)
}
