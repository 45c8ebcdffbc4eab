/// What an element of our files may hold: the grammar as a value, from which the messages are made.
///
/// It says what the file's RELAX NG schema says. Both exist because libxml2 does not tell an author what is
/// wrong, and because a schema gives editors completion.
package final class Shape: Sendable {
  package struct Attribute: Sendable {
    package let name: String
    package let values: ValueShape
    let isRequired: Bool
  }

  /// Elements that may stand in one place of the order.
  package struct Group: Sendable {
    package let names: [String]
    package let atLeast: Int
    package let atMost: Int

    package init(names: [String], atLeast: Int, atMost: Int) {
      self.names = names
      self.atLeast = atLeast
      self.atMost = atMost
    }

    package static func one(_ name: String) -> Group { Group(names: [name], atLeast: 1, atMost: 1) }
    package static func some(_ names: String...) -> Group {
      Group(names: names, atLeast: 1, atMost: .max)
    }
    package static func any(_ names: String...) -> Group {
      Group(names: names, atLeast: 0, atMost: .max)
    }
  }

  /// How messages call it: `'hit' with words`.
  let label: String
  package let attributes: [Attribute]
  /// The form of names that other attributes may have; nil: there are no others.
  package let otherNames: ValueShape?
  /// Exactly one of these sets of attributes must be there; empty: no such rule.
  let alternatives: [[String]]
  /// An attribute and those of which at least one must stand beside it.
  let companions: [(name: String, oneOf: [String])]
  /// Whether words may stand between the elements.
  let hasText: Bool
  /// In order.
  let groups: [Group]

  package init(
    _ label: String, _ attributes: [Attribute] = [], text: Bool = false, _ groups: Group...,
    otherNames: ValueShape? = nil, alternatives: [[String]] = [],
    companions: [(name: String, oneOf: [String])] = []
  ) {
    self.label = label
    self.attributes = attributes
    self.otherNames = otherNames
    self.alternatives = alternatives
    self.companions = companions
    hasText = text
    self.groups = groups
  }
}

/// An attribute that must be there.
package func required(_ name: String, _ values: ValueShape) -> Shape.Attribute {
  Shape.Attribute(name: name, values: values, isRequired: true)
}

/// An attribute that may be there.
package func optional(_ name: String, _ values: ValueShape) -> Shape.Attribute {
  Shape.Attribute(name: name, values: values, isRequired: false)
}
