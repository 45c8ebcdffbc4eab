/// Holds a tree against its shapes and says in words what differs.
package struct ShapeChecker {
  package var log: ProblemLog
  private let namespace: String
  private let shape: @Sendable (Element) -> Shape?
  private let leftOut: String?

  /// - Parameters:
  ///   - shape: the shape an element is held to; nil for a name that no file knows.
  ///   - leftOut: the elements whose content was left out of the tree (`ParsedXML`).
  package init(
    _ file: SourceFile, namespace: String, leftOut: String? = nil,
    shape: @escaping @Sendable (Element) -> Shape?
  ) {
    log = ProblemLog(file)
    self.leftOut = leftOut
    self.namespace = namespace
    self.shape = shape
  }

  /// Checks a file whose outermost element must be `name`.
  package mutating func check(_ root: Element, isNamed name: String) {
    guard root.name == name else {
      log.report("the file holds '\(root.name)' and not '\(name)'", at: root)
      return
    }
    check(root, shape(root))
  }

  private mutating func check(_ element: Element, _ shape: Shape?) {
    guard element.namespace == namespace else {
      let found = element.namespace.isEmpty ? "no namespace" : quoted(element.namespace)
      log.report(
        "'\(element.name)' is in \(found) and not in '\(namespace)', which xmlns= gives",
        at: element)
      return
    }
    guard let shape else { return }
    checkAttributes(element, shape)
    if element.name != leftOut { checkChildren(element, shape) }
  }

  private mutating func checkAttributes(_ element: Element, _ shape: Shape) {
    for attribute in element.attributes {
      guard let known = shape.attributes.first(where: { $0.name == attribute.name }) else {
        if let names = shape.otherNames {
          if let problem = names.problem(in: attribute.name) {
            log.report("attribute '\(attribute.name)' \(problem)", at: element, attribute.name)
          }
          continue
        }
        let names = shape.attributes.map(\.name)
        log.report(
          "attribute '\(attribute.name)' is not allowed in \(shape.label)\(choices(names))"
            + suggestion(attribute.name, names), at: element, attribute.name)
        continue
      }
      if let problem = known.values.problem(in: attribute.value) {
        log.report(
          "\(attribute.name) \(quoted(attribute.value)) \(problem)", at: element, attribute.name)
      }
    }
    for attribute in shape.attributes where attribute.isRequired && element[attribute.name] == nil {
      log.report("\(shape.label) has no attribute '\(attribute.name)'", at: element)
    }
    checkAlternatives(element, shape)
  }

  private mutating func checkAlternatives(_ element: Element, _ shape: Shape) {
    guard !shape.alternatives.isEmpty else { return }
    let present = shape.alternatives.compactMap { set in set.first { element[$0] != nil } }
    if present.isEmpty {
      let names = shape.alternatives.compactMap(\.first).joined(separator: ", ")
      log.report("\(shape.label) has none of \(names)", at: element)
    } else if present.count > 1 {
      log.report(
        "\(shape.label) has both '\(present[0])' and '\(present[1])'; write one", at: element,
        present[1])
    }
    for companion in shape.companions
    where element[companion.name] != nil && !companion.oneOf.contains(where: { element[$0] != nil })
    {
      log.report(
        "'\(companion.name)' needs \(companion.oneOf.map { "'\($0)'" }.joined(separator: " or "))"
          + " beside it", at: element, companion.name)
    }
  }

  private mutating func checkChildren(_ element: Element, _ shape: Shape) {
    if element.children.isEmpty, shape.groups.isEmpty { return }
    var counts = Array(repeating: 0, count: shape.groups.count)
    var current = 0
    var saidText = false
    for child in element.children {
      switch child {
      case .text(let text):
        guard !shape.hasText, !saidText, !isBlank(text) else { continue }
        saidText = true
        log.report(
          "\(shape.label) holds words where none are allowed: \(quoted(text))", at: element)
      case .element(let child):
        let name = child.name
        guard let group = shape.groups.firstIndex(where: { $0.names.contains(name) }) else {
          reportUnknown(child, in: shape)
          continue
        }
        counts[group] += 1
        if counts[group] > shape.groups[group].atMost {
          log.report("\(shape.label) has more than one '\(name)'", at: child)
        } else if group < current {
          let order = shape.groups.flatMap(\.names).joined(separator: ", ")
          log.report(
            "'\(name)' stands too late in \(shape.label); the order is \(order)", at: child)
        }
        current = max(current, group)
        check(child, self.shape(child))
      }
    }
    for (group, count) in zip(shape.groups, counts) where count < group.atLeast {
      let names = group.names.map { "'\($0)'" }.joined(separator: " or ")
      log.report("\(shape.label) has no \(names)", at: element)
    }
  }

  private mutating func reportUnknown(_ child: Element, in shape: Shape) {
    let names = shape.groups.flatMap(\.names)
    log.report(
      "element '\(child.name)' is not allowed in \(shape.label)\(choices(names))"
        + suggestion(child.name, names), at: child)
  }

  private func choices(_ names: [String]) -> String {
    names.isEmpty ? ", which has none" : "; allowed: " + names.joined(separator: ", ")
  }

  private func suggestion(_ word: String, _ names: [String]) -> String {
    Spelling.nearest(to: word, among: names).map { "; did you mean '\($0)'?" } ?? ""
  }
}
