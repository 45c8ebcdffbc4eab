import SOC2Vocabulary
import TextMatching

/// What the places of a letter say on one point.
struct Stated {
  struct Place {
    var value: Value
    var tokens: Range<Int>
  }

  private(set) var places: [Place] = []

  mutating func add(_ value: Value, _ tokens: Range<Int>) {
    places.append(Place(value: value, tokens: tokens))
  }

  var isEmpty: Bool { places.isEmpty }

  /// Each value once, in the order in which they are stated.
  var values: [Value] {
    places.reduce(into: []) { if !$0.contains($1.value) { $0.append($1.value) } }
  }

  /// The value on which all places agree.
  var agreed: Value? { values.count == 1 ? values[0] : nil }
  var day: Day? { agreed?.text.flatMap(Day.init(iso:)) }
  var isConflicting: Bool { values.count > 1 }

  /// The first place of each value, or of one.
  func evidence(_ reader: FactReader, of value: Value? = nil) -> [Evidence] {
    let wanted = value.map { [$0] } ?? values
    return wanted.flatMap { value -> [Evidence] in
      guard let place = places.first(where: { $0.value == value }) else { return [] }
      return reader.text.evidence(place.tokens, section: .letter)
    }
  }
}
