import CLibXML2

/// Copies libxml2's nodes to values. Recursion is bounded: the parser refused deeper files.
struct TreeBuilder {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let keepsBlankText: Bool
  /// Elements come in the order of the file, so lines are counted on from the last one.
  private var counted = 0
  private var line = 1
  /// The namespace of the last element, which is nearly always that of the next.
  private var lastNamespace: (xmlNsPtr, String)?

  /// Elements of this name are made without what they hold.
  private let leftOut: String?

  static func tree(
    of root: xmlNodePtr, in bytes: [UInt8], keepsBlankText: Bool, leavingOut leftOut: String?
  ) -> Element {
    bytes.withUnsafeBufferPointer {
      var builder = TreeBuilder(bytes: $0, keepsBlankText: keepsBlankText, leftOut: leftOut)
      return builder.element(root)
    }
  }

  private init(bytes: UnsafeBufferPointer<UInt8>, keepsBlankText: Bool, leftOut: String?) {
    self.bytes = bytes
    self.keepsBlankText = keepsBlankText
    self.leftOut = leftOut
  }

  private mutating func element(_ node: xmlNodePtr) -> Element {
    // No attribute holds a raw `<`, so the last one before the end of the tag is its beginning.
    var offset = min(Int(bitPattern: node.pointee._private), bytes.count) - 1
    while offset > 0, bytes[offset] != UInt8(ascii: "<") { offset -= 1 }
    while counted < offset {
      if bytes[counted] == UInt8(ascii: "\n") { line += 1 }
      counted += 1
    }
    let line = line
    let name = string(node.pointee.name)
    var children: [Element.Child] = []
    children.reserveCapacity(Int(xmlChildElementCount(node)))
    var child = name == leftOut ? nil : node.pointee.children
    while let current = child {
      if current.pointee.type == XML_ELEMENT_NODE {
        children.append(.element(element(current)))
      } else if current.pointee.type == XML_TEXT_NODE {
        append(current.pointee.content, to: &children)
      }
      child = current.pointee.next
    }
    return Element(
      name: name, namespace: namespace(node.pointee.ns),
      attributes: attributes(of: node), children: children, line: line, offset: max(offset, 0))
  }

  private func append(_ content: UnsafePointer<xmlChar>?, to children: inout [Element.Child]) {
    guard let content, keepsBlankText || !isBlank(content) else { return }
    let text = String(cString: content)
    if case .text(let before)? = children.last {
      children[children.count - 1] = .text(before + text)
    } else {
      children.append(.text(text))
    }
  }

  private func isBlank(_ content: UnsafePointer<xmlChar>) -> Bool {
    var next = content
    while next.pointee == 0x20 || (0x09...0x0D).contains(next.pointee) { next += 1 }
    return next.pointee == 0
  }

  private func attributes(of node: xmlNodePtr) -> [Element.Attribute] {
    var attributes: [Element.Attribute] = []
    var next = node.pointee.properties
    while let attribute = next {
      var name = string(attribute.pointee.name)
      if let prefix = attribute.pointee.ns?.pointee.prefix { name = string(prefix) + ":" + name }
      // Without entities an attribute's value is one text node, or none when empty.
      let value = string(attribute.pointee.children?.pointee.content)
      attributes.append(Element.Attribute(name: name, value: value))
      next = attribute.pointee.next
    }
    return attributes
  }

  private mutating func namespace(_ namespace: xmlNsPtr?) -> String {
    guard let namespace else { return "" }
    if let (known, uri) = lastNamespace, known == namespace { return uri }
    let uri = string(namespace.pointee.href)
    lastNamespace = (namespace, uri)
    return uri
  }

  private func string(_ characters: UnsafePointer<xmlChar>?) -> String {
    characters.map { String(cString: $0) } ?? ""
  }

  private func string(_ characters: UnsafeMutablePointer<xmlChar>?) -> String {
    characters.map { String(cString: $0) } ?? ""
  }
}
