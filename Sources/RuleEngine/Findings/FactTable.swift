import RulePacks
public import SOC2Vocabulary

/// What conditions and messages can name: facts, their parts, building blocks, and what is known of
/// the document and the call.
public struct FactTable: Sendable {
  /// A named thing: its state, value, proof and how often it is stated.
  public struct Entry: Hashable, Sendable {
    public var state: FactState
    public var value: Value
    public var evidence: [Evidence]
    /// Distinct values stated, for facts; places, for building blocks.
    public var readings: [Reading]
    /// The document in which the evidence stands, where it is not the one that is judged.
    public var document: String?

    public init(state: FactState, value: Value, evidence: [Evidence] = [], readings: [Reading] = [])
    {
      self.state = state
      self.value = value
      self.evidence = evidence
      self.readings = readings
    }

    /// What is known for sure: found, or absent where the value is nothing.
    public init(_ value: Value, evidence: [Evidence] = []) {
      let isNothing = value == .null || value == .list([])
      self.init(state: isNothing ? .absent : .found, value: value, evidence: evidence)
    }
  }

  private var entries: [String: Entry] = [:]
  public let reviewDate: Day

  public init(reviewDate: Day) {
    self.reviewDate = reviewDate
    set("review.date", .day(reviewDate))
  }

  public mutating func set(_ name: String, _ entry: Entry) { entries[name] = entry }

  public mutating func set(_ name: String, _ value: Value, evidence: [Evidence] = []) {
    entries[name] = Entry(value, evidence: evidence)
  }

  public mutating func set(_ name: FactName, _ fact: Fact) {
    entries[name.rawValue] = Entry(
      state: fact.state, value: fact.value, evidence: fact.evidence, readings: fact.readings)
  }

  /// The named thing; a part such as `period.end` has the state and proof of its fact, or of the
  /// innermost part that carries its own. A thing that nobody set is absent.
  public subscript(_ path: String) -> Entry {
    if let entry = entries[path] { return entry }
    var parts = path.split(separator: ".").map(String.init)
    var rest: [String] = []
    while !parts.isEmpty {
      if let entry = entries[parts.joined(separator: ".")] {
        var value = entry.value
        var evidence = entry.evidence
        for key in rest {
          // Some entries have one proof for each part.
          let proof = value["evidence"]?[key]?.proof ?? []
          if !proof.isEmpty { evidence = proof }
          value = value[key] ?? .null
          if let own = value["evidence"]?.proof, !own.isEmpty { evidence = own }
        }
        let missing = entry.state == .found && value == .null
        return Entry(
          state: missing ? .absent : entry.state, value: value, evidence: evidence,
          readings: entry.readings)
      }
      rest.insert(parts.removeLast(), at: 0)
    }
    return Entry(state: .absent, value: .null)
  }

  /// The table once for each entry of a list, with the entry as `item`. Of a list that could be read
  /// only in part, the entries are those that were read: they are no less true.
  func entries(of path: String) -> [FactTable] {
    let whole = self[path]
    let items: [(value: Value, evidence: [Evidence])] =
      whole.state == .found
      ? (whole.value.list ?? []).map { ($0, whole.evidence) }
      : whole.state == .notSearchable
        ? whole.readings.flatMap { reading in
          (reading.value.list ?? [reading.value]).map { ($0, reading.evidence) }
        } : []
    return items.map { item in
      var table = self
      var evidence = item.evidence
      if let own = item.value["evidence"]?.proof, !own.isEmpty { evidence = own }
      table.set(
        FindingRule.entry, Entry(state: .found, value: item.value, evidence: evidence))
      return table
    }
  }
}
