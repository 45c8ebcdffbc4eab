package import XMLTree

/// A tree that can be broken and written out again.
package struct Mutant {
  package struct Node {
    package var name: String
    package var attributes: [(name: String, value: String)]
    package var children: [Child]

    package init(name: String, attributes: [(name: String, value: String)], children: [Child]) {
      self.name = name
      self.attributes = attributes
      self.children = children
    }
  }
  package indirect enum Child {
    case node(Node)
    case text(String)
  }

  package var root: Node

  package init(_ element: Element) { root = Self.node(element) }

  private static func node(_ element: Element) -> Node {
    Node(
      name: element.name, attributes: element.attributes.map { ($0.name, $0.value) },
      children: element.children.map {
        switch $0 {
        case .element(let child): .node(node(child))
        case .text(let text): .text(text)
        }
      })
  }

  /// The way to each element: places among the children, from the root on.
  package var paths: [[Int]] {
    func paths(_ node: Node, _ path: [Int]) -> [[Int]] {
      [path]
        + node.children.enumerated().flatMap { index, child -> [[Int]] in
          if case .node(let node) = child { return paths(node, path + [index]) }
          return []
        }
    }
    return paths(root, [])
  }

  package subscript(_ path: [Int]) -> Node {
    var node = root
    for step in path { if case .node(let child) = node.children[step] { node = child } }
    return node
  }

  /// The same with one element changed.
  package func changing(_ path: [Int], _ change: (inout Node) -> Void) -> Mutant {
    func changed(_ node: Node, _ rest: ArraySlice<Int>) -> Node {
      var node = node
      guard let step = rest.first else {
        change(&node)
        return node
      }
      if case .node(let child) = node.children[step] {
        node.children[step] = .node(changed(child, rest.dropFirst()))
      }
      return node
    }
    var copy = self
    copy.root = changed(root, path[...])
    return copy
  }

  /// The same with one attribute set; nil takes it away.
  package func setting(_ path: [Int], _ attribute: String, _ value: String?) -> Mutant {
    changing(path) { node in
      if let index = node.attributes.firstIndex(where: { $0.name == attribute }) {
        if let value {
          node.attributes[index].value = value
        } else {
          node.attributes.remove(at: index)
        }
      } else if let value {
        node.attributes.append((attribute, value))
      }
    }
  }

  package func text(namespace: String) -> String {
    func escaped(_ text: String) -> String {
      var bytes: [UInt8] = []
      for byte in text.utf8 {
        switch byte {
        case UInt8(ascii: "&"): bytes += "&amp;".utf8
        case UInt8(ascii: "<"): bytes += "&lt;".utf8
        case UInt8(ascii: "\""): bytes += "&quot;".utf8
        default: bytes.append(byte)
        }
      }
      return String(decoding: bytes, as: UTF8.self)
    }
    func write(_ node: Node, _ declaration: String) -> String {
      let attributes = node.attributes.map { " \($0.name)=\"\(escaped($0.value))\"" }.joined()
      let children = node.children.map {
        switch $0 {
        case .node(let child): write(child, "")
        case .text(let text): escaped(text)
        }
      }.joined()
      return "<\(node.name)\(declaration)\(attributes)>\(children)</\(node.name)>"
    }
    return write(root, " xmlns=\"\(namespace)\"")
  }
}

extension Mutant {
  /// The element taken away, doubled, moved, renamed to each of `names`, filled with them; attributes
  /// taken away, and each of `attributes` added.
  package func broken(
    at path: [Int], names: [String], attributes: [(String, String)]
  ) -> [Mutant] {
    var all: [Mutant] = []
    if let last = path.last {
      let parent = Array(path.dropLast())
      all.append(changing(parent) { $0.children.remove(at: last) })
      all.append(changing(parent) { $0.children.insert($0.children[last], at: last) })
      all.append(changing(parent) { $0.children.append($0.children.remove(at: last)) })
      all.append(changing(parent) { $0.children.insert($0.children.remove(at: last), at: 0) })
    }
    for name in names {
      all.append(changing(path) { $0.name = name })
      all.append(
        changing(path) {
          $0.children.append(.node(Node(name: name, attributes: [], children: [])))
        })
    }
    all.append(changing(path) { $0.children = [] })
    all.append(changing(path) { $0.children.insert(.text("words"), at: 0) })
    all.append(changing(path) { $0.children.append(.text("words")) })
    all.append(changing(path) { $0.children.insert(.text(" \n\t"), at: 0) })
    for attribute in self[path].attributes { all.append(setting(path, attribute.name, nil)) }
    for (name, value) in attributes { all.append(setting(path, name, value)) }
    return all
  }

  /// Values of many forms, right and wrong.
  package static let values = [
    "", " ", "0", "1", "+5", "007", "-0", "-1", "20", "21", "40", "41", "99", "100", "999", "1000",
    "9999", "10000", "-9999", "99999999999999999999", "1.5", " 5 ", "P6M", "P0M", "P1Y", "P1W",
    "P1D", "P1Y2M", "P", "P1000M", "2026-01-15", "2026-02-30", "2026-13-01", "1800-01-01",
    "2026-01-15Z", "26-1-5", "a", "A", "aB1", "a.b", "a..b", ".a", "a.", "1a", "a-b", "a--b", "-a",
    "a/b", "a/b/c", "a/", "a_b", "ü", "x y", "1.0", "1", "1.", "1.0.0", "yes", "no", "YES",
    " yes ", "anywhere", "cover anywhere", "cover letter", " cover\n letter ", "absent found",
    "absent  lost", "choice", " choice ", "draft", "Draft", "vendor", "high", "HIGH",
  ]
}
