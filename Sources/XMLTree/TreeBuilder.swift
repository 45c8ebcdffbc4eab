import CLibXML2

/// Makes the tree of a file from what libxml2 tells while it reads it, so that libxml2's own nodes need
/// not be made.
///
/// Handed through C as a pointer that is good for the call only.
struct TreeBuilder {
  let complaints: Complaints
  /// The outermost element, once it has ended.
  private(set) var root: Element?

  private let bytes: UnsafeBufferPointer<UInt8>
  /// Elements of this name are made without what they hold.
  private let leftOut: String?
  /// The elements that have begun and not ended.
  private var open: [OpenElement] = []
  /// How many more there are within one that is left out.
  private var skipped = 0
  /// The text since the last tag.
  private var text: [UInt8] = []
  /// Elements come in the order of the file, so lines are counted on from the last one.
  private var counted = 0
  private var line = 1
  /// The namespace of the last element, which is nearly always that of the next: libxml2 keeps each once.
  private var lastNamespace: (UnsafePointer<xmlChar>, String)?

  private struct OpenElement {
    var name: String
    var namespace: String
    var attributes: [Element.Attribute]
    var children: [Element.Child] = []
    var line: Int
    var offset: Int
    var isLeftOut: Bool
  }

  /// A tag that begins an element, in libxml2's memory.
  struct Tag {
    var name: UnsafePointer<xmlChar>?
    var namespace: UnsafePointer<xmlChar>?
    /// How many declarations of namespaces it holds.
    var declarations: Int32
    /// Five for each attribute: name, prefix, namespace, and where its value begins and ends.
    var attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
    var attributeCount: Int32
  }

  /// `bytes` must outlive the builder.
  init(
    _ bytes: UnsafeBufferPointer<UInt8>, within limits: XMLLimits, leavingOut leftOut: String?
  ) {
    complaints = Complaints(limits)
    self.bytes = bytes
    self.leftOut = leftOut
  }

  /// Where the builder of a parser stands.
  static func of(_ context: xmlParserCtxtPtr?) -> UnsafeMutablePointer<TreeBuilder>? {
    context?.pointee._private?.assumingMemoryBound(to: TreeBuilder.self)
  }

  // MARK: - What libxml2 tells

  /// An element begins; the parser stands at the end of its tag. Tells whether reading may go on.
  mutating func begin(_ tag: Tag, _ context: xmlParserCtxtPtr) -> Bool {
    guard isWithinLimits(tag, context) else { return false }
    if open.last?.isLeftOut == true {
      skipped += 1
      return true
    }
    endText()
    // No attribute holds a raw `<`, so the last one before the end of the tag is its beginning.
    var offset = min(Int(xmlByteConsumed(context)), bytes.count) - 1
    while offset > 0, bytes[offset] != UInt8(ascii: "<") { offset -= 1 }
    if counted < offset {
      line += Self.lineEnds(in: UnsafeBufferPointer(rebasing: bytes[counted..<offset]))
      counted = offset
    }
    let name = string(tag.name)
    open.append(
      OpenElement(
        name: name, namespace: namespace(tag.namespace), attributes: attributes(of: tag),
        line: line, offset: max(offset, 0), isLeftOut: name == leftOut))
    return true
  }

  /// The element that began last ends.
  mutating func end() {
    if skipped > 0 {
      skipped -= 1
      return
    }
    endText()
    guard let ended = open.popLast() else { return }
    let element = Element(
      name: ended.name, namespace: ended.namespace, attributes: ended.attributes,
      children: ended.children, line: ended.line, offset: ended.offset)
    if open.isEmpty {
      root = element
    } else {
      open[open.count - 1].children.append(.element(element))
    }
  }

  /// A piece of text: libxml2 cuts it at references, comments and where it likes.
  mutating func take(_ characters: UnsafeBufferPointer<xmlChar>) {
    if open.last?.isLeftOut != true { text.append(contentsOf: characters) }
  }

  // MARK: - Parts

  private static func lineEnds(in bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var count = 0
    // Without a branch the compiler looks at many bytes at once.
    for byte in bytes { count += byte == UInt8(ascii: "\n") ? 1 : 0 }
    return count
  }

  private func isWithinLimits(_ tag: Tag, _ context: xmlParserCtxtPtr) -> Bool {
    if open.count + skipped >= complaints.limits.depth {
      complaints.tooDeepLine = currentLine(context)
      return false
    }
    complaints.nodes += 1 + Int(tag.declarations) + Int(tag.attributeCount)
    if complaints.nodes > complaints.limits.nodes {
      complaints.tooManyLine = currentLine(context)
      return false
    }
    return true
  }

  private mutating func endText() {
    guard !text.isEmpty else { return }
    if complaints.limits.keepsBlankText || !text.allSatisfy(Self.isSpace) {
      open[open.count - 1].children.append(.text(String(decoding: text, as: UTF8.self)))
    }
    text.removeAll(keepingCapacity: true)
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }

  private func attributes(of tag: Tag) -> [Element.Attribute] {
    (0..<Int(tag.attributeCount)).compactMap { i in
      guard let parts = tag.attributes.map({ $0 + i * 5 }) else { return nil }
      let name = string(parts[0])
      return Element.Attribute(
        name: parts[1].map { string($0) + ":" + name } ?? name, value: value(parts[3], parts[4]))
    }
  }

  /// libxml2 hands on an ampersand as the reference `&#38;`, and all else as what it stands for.
  private func value(_ start: UnsafePointer<xmlChar>?, _ end: UnsafePointer<xmlChar>?) -> String {
    guard let start, let end else { return "" }
    let raw = UnsafeBufferPointer(start: start, count: end - start)
    guard raw.contains(UInt8(ascii: "&")) else { return String(decoding: raw, as: UTF8.self) }
    let reference = Array("&#38;".utf8)
    var value: [UInt8] = []
    var rest = raw[...]
    while let first = rest.first {
      value.append(first)
      rest = rest.dropFirst(rest.starts(with: reference) ? reference.count : 1)
    }
    return String(decoding: value, as: UTF8.self)
  }

  private mutating func namespace(_ namespace: UnsafePointer<xmlChar>?) -> String {
    guard let namespace else { return "" }
    if let (known, uri) = lastNamespace, known == namespace { return uri }
    let uri = string(namespace)
    lastNamespace = (namespace, uri)
    return uri
  }

  private func string(_ characters: UnsafePointer<xmlChar>?) -> String {
    characters.map { String(cString: $0) } ?? ""
  }
}

/// The line at which a parser stands.
func currentLine(_ context: xmlParserCtxtPtr) -> Int? {
  context.pointee.input.map { Int($0.pointee.line) }
}
