public import SOC2Vocabulary

/// What conditions and messages can name: facts, their parts, building blocks, and what is known of
/// the document and the call.
public struct FactTable: Sendable {
  /// A named thing: its state, value, proof and how often it is stated.
  public struct Entry: Sendable {
    public var state: FactState
    public var value: Value
    public var evidence: [Evidence]
    /// Distinct values stated, for facts; places, for building blocks.
    public var readings: [Reading]

    public init(state: FactState, value: Value, evidence: [Evidence] = [], readings: [Reading] = [])
    {
      self.state = state
      self.value = value
      self.evidence = evidence
      self.readings = readings
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
    let isNothing = value == .null || value == .list([])
    entries[name] = Entry(
      state: isNothing ? .absent : .found, value: value, evidence: evidence)
  }

  public mutating func set(_ name: FactName, _ fact: Fact) {
    entries[name.rawValue] = Entry(
      state: fact.state, value: fact.value, evidence: fact.evidence, readings: fact.readings)
  }

  /// The named thing; a part such as `period.end` has the state and proof of its fact. A thing that
  /// nobody set is absent.
  public subscript(_ path: String) -> Entry {
    if let entry = entries[path] { return entry }
    var parts = path.split(separator: ".").map(String.init)
    var rest: [String] = []
    while !parts.isEmpty {
      if let entry = entries[parts.joined(separator: ".")] {
        var value = entry.value
        for key in rest { value = value[key] ?? .null }
        let missing = entry.state == .found && value == .null
        return Entry(
          state: missing ? .absent : entry.state, value: value, evidence: entry.evidence,
          readings: entry.readings)
      }
      rest.insert(parts.removeLast(), at: 0)
    }
    return Entry(state: .absent, value: .null)
  }
}
