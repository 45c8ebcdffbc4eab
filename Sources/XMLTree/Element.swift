/// An element of an XML file as a plain value: what it is called, what it holds, where it stands.
///
/// Comments and processing instructions are left out, text on both sides of one is joined. Text of
/// white space alone is left out too, unless the limits ask for it: it lays the file out and says
/// nothing. A class, so that a tree is handed about without copying; nothing in it changes.
public final class Element: Sendable {
  /// An attribute as written, with character references resolved.
  public struct Attribute: Sendable, Hashable {
    /// With its prefix, where it has one: `xml:lang`.
    public let name: String
    public let value: String

    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// What stands between the tags, in order.
  public enum Child: Sendable {
    case element(Element)
    case text(String)
  }

  /// Without prefix.
  public let name: String
  /// The URI of its namespace; empty for none.
  public let namespace: String
  /// In the order of the file; declarations of namespaces are not among them.
  public let attributes: [Attribute]
  public let children: [Child]
  /// The line of its `<`, from 1.
  public let line: Int
  /// The place of its `<` in the file, in bytes from 0: with it a message can point at the tag.
  public let offset: Int

  public init(
    name: String, namespace: String, attributes: [Attribute], children: [Child], line: Int,
    offset: Int
  ) {
    self.name = name
    self.namespace = namespace
    self.attributes = attributes
    self.children = children
    self.line = line
    self.offset = offset
  }

  /// The value of an attribute, or nil when it is not there.
  public subscript(_ attribute: String) -> String? {
    for known in attributes where known.name == attribute { return known.value }
    return nil
  }

  /// The elements among the children.
  public var elements: [Element] {
    children.compactMap { if case .element(let element) = $0 { element } else { nil } }
  }

  /// The elements among the children that have this name.
  public func elements(_ name: String) -> [Element] {
    var found: [Element] = []
    for case .element(let element) in children where element.name == name { found.append(element) }
    return found
  }

  /// All text within, at any depth, as it stands in the file.
  public var text: String {
    if children.count == 1, case .text(let only) = children[0] { return only }
    var text = ""
    for child in children {
      switch child {
      case .text(let part): text += part
      case .element(let element): text += element.text
      }
    }
    return text
  }
}
