/// What an element of a rule file may hold: the grammar as a value, from which the messages are made.
///
/// It says what `schema/rule.rng` says. Both exist because libxml2 does not tell an author what is
/// wrong, and because a schema gives editors completion.
final class Shape: Sendable {
  struct Attribute: Sendable {
    let name: String
    let values: ValueShape
    let isRequired: Bool
  }

  /// Elements that may stand in one place of the order.
  struct Group: Sendable {
    let names: [String]
    let atLeast: Int
    let atMost: Int

    static func one(_ name: String) -> Group { Group(names: [name], atLeast: 1, atMost: 1) }
    static func some(_ names: String...) -> Group {
      Group(names: names, atLeast: 1, atMost: .max)
    }
    static func any(_ names: String...) -> Group {
      Group(names: names, atLeast: 0, atMost: .max)
    }
  }

  /// How messages call it: `'hit' with words`.
  let label: String
  let attributes: [Attribute]
  /// Exactly one of these sets of attributes must be there; empty: no such rule.
  let alternatives: [[String]]
  /// An attribute and those of which at least one must stand beside it.
  let companions: [(name: String, oneOf: [String])]
  /// Whether words may stand between the elements.
  let hasText: Bool
  /// In order.
  let groups: [Group]

  init(
    _ label: String, _ attributes: [Attribute] = [], text: Bool = false, _ groups: Group...,
    alternatives: [[String]] = [], companions: [(name: String, oneOf: [String])] = []
  ) {
    self.label = label
    self.attributes = attributes
    self.alternatives = alternatives
    self.companions = companions
    hasText = text
    self.groups = groups
  }
}

func required(_ name: String, _ values: ValueShape) -> Shape.Attribute {
  Shape.Attribute(name: name, values: values, isRequired: true)
}

func optional(_ name: String, _ values: ValueShape) -> Shape.Attribute {
  Shape.Attribute(name: name, values: values, isRequired: false)
}
