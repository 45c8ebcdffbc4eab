import CLibXML2

/// An XML file, read: its tree as a value, and libxml2's own copy for validation.
///
/// Owns the copy and frees it. Not sendable, as libxml2 marks documents while it validates them;
/// `root` is.
public final class ParsedXML {
  /// The name given by the caller, for messages.
  public let file: String
  public let root: Element
  private let bytes: [UInt8]
  private var copy: xmlDocPtr?

  /// Reads `bytes` with nothing but what they hold: no network, no other file, no entities, and no
  /// `<!DOCTYPE`.
  ///
  /// `leavingOut` names elements that stand in `root` without what they hold, which must be well-formed all
  /// the same; nil: none.
  /// `file` is a name for messages; nothing is opened. Throws when the bytes are not UTF-8, not
  /// well-formed, or beyond `limits`.
  public init(
    _ bytes: [UInt8], file: String, within limits: XMLLimits = .handwritten,
    leavingOut leftOut: String? = nil
  ) throws(XMLTreeError) {
    self.file = file
    self.bytes = bytes
    root = try tree(of: bytes, file: file, limits, leavingOut: leftOut)
  }

  /// What schemas look at. Made when one asks, by reading the bytes again: hardly any file is held against
  /// a schema, and the nodes cost more than the reading.
  var document: xmlDocPtr? {
    if copy == nil { copy = libxml2Document(bytes) }
    return copy
  }

  deinit { xmlFreeDoc(copy) }
}

/// NONET: nothing is fetched, whatever the file says. NOCDATA: CDATA is text like other text.
/// IGNORE_ENC: the bytes are UTF-8, we looked; a declared encoding would only mislead.
/// Never NOENT (replaces entities), DTDLOAD (reads other files) or HUGE (lifts libxml2's limits).
private let options =
  Int32(bitPattern: XML_PARSE_NONET.rawValue | XML_PARSE_NOCDATA.rawValue)
  | Int32(bitPattern: XML_PARSE_IGNORE_ENC.rawValue | XML_PARSE_NOWARNING.rawValue)

private func tree(
  of bytes: [UInt8], file: String, _ limits: XMLLimits, leavingOut leftOut: String?
) throws(XMLTreeError) -> Element {
  guard bytes.count <= limits.bytes else {
    throw XMLTreeError(file: file, reason: .tooLarge(bytes: bytes.count), limits: limits)
  }
  guard isUTF8(bytes) else { throw XMLTreeError(file: file, reason: .notUTF8) }
  // Rules are too small to hold too many, and they are read at every start.
  guard limits.attributes >= limits.bytes || mostAttributes(in: bytes) <= limits.attributes else {
    throw XMLTreeError(file: file, reason: .tooManyNodes)
  }
  LibXML2.start()
  guard let context = xmlNewParserCtxt() else {
    throw XMLTreeError(file: file, reason: .outOfMemory)
  }
  defer { xmlFreeParserCtxt(context) }
  let (complaints, root) = bytes.withUnsafeBufferPointer { bytes in
    var builder = TreeBuilder(bytes, within: limits, leavingOut: leftOut)
    withUnsafeMutablePointer(to: &builder) {
      context.pointee._private = UnsafeMutableRawPointer($0)
      hook(context)
      xmlFreeDoc(read(bytes, context))
    }
    return (builder.complaints, builder.root)
  }
  if let problem = problem(in: complaints, file: file) { throw problem }
  guard let root else {
    throw XMLTreeError(file: file, reason: .malformed("the file is empty"))
  }
  return root
}

/// The document as libxml2 makes it of bytes that were read without a complaint; nil when memory is short.
private func libxml2Document(_ bytes: [UInt8]) -> xmlDocPtr? {
  guard let context = xmlNewParserCtxt() else { return nil }
  defer { xmlFreeParserCtxt(context) }
  context.pointee.sax?.pointee.comment = nil
  context.pointee.sax?.pointee.processingInstruction = nil
  return bytes.withUnsafeBufferPointer { read($0, context) }
}

private func read(
  _ bytes: UnsafeBufferPointer<UInt8>, _ context: xmlParserCtxtPtr
) -> xmlDocPtr? {
  bytes.withMemoryRebound(to: CChar.self) {
    xmlCtxtReadMemory(context, $0.baseAddress, Int32($0.count), nil, nil, options)
  }
}

/// Without NUL, too: one would let libxml2 take the bytes for UTF-16.
private func isUTF8(_ bytes: [UInt8]) -> Bool {
  var bits: UInt8 = 0
  var least = UInt8.max
  // Most rules are ASCII; without a branch the compiler looks at many bytes at once.
  for byte in bytes {
    bits |= byte
    least = min(least, byte)
  }
  if least == 0 { return false }
  return bits < 0x80 || String(validating: bytes, as: UTF8.self) != nil
}

/// The most equals signs in one tag, outside of values. Counted before libxml2 sees the bytes, as it
/// compares the attributes of a tag before it tells anybody of the tag.
///
/// No value holds a raw `<`, so each one begins a tag anew, whatever a comment before it held.
private func mostAttributes(in bytes: [UInt8]) -> Int {
  var most = 0
  var count = 0
  var isTag = false
  var quote: UInt8 = 0
  for byte in bytes {
    if byte == UInt8(ascii: "<") {
      isTag = true
      quote = 0
      count = 0
    } else if !isTag {
      continue
    } else if quote != 0 {
      if byte == quote { quote = 0 }
    } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
      quote = byte
    } else if byte == UInt8(ascii: "=") {
      count += 1
      most = max(most, count)
    } else if byte == UInt8(ascii: ">") {
      isTag = false
    }
  }
  return most
}

/// Puts our functions where libxml2 reports errors, document types, elements and text.
private func hook(_ context: xmlParserCtxtPtr) {
  let sax = context.pointee.sax
  sax?.pointee.serror = { context, error in
    TreeBuilder.of(parser(context))?.pointee.complaints.add(error)
  }
  // Called before anything inside the document type is read, so nothing of it takes effect.
  sax?.pointee.internalSubset = { context, _, _, _ in
    guard let context = parser(context) else { return }
    TreeBuilder.of(context)?.pointee.complaints.documentTypeLine = currentLine(context)
    xmlStopParser(context)
  }
  // Neither says anything here, and a file may hold millions.
  sax?.pointee.comment = nil
  sax?.pointee.processingInstruction = nil
  sax?.pointee.startElementNs = {
    guard let context = parser($0) else { return }
    let tag = TreeBuilder.Tag(
      name: $1, namespace: $3, declarations: $4, attributes: $8, attributeCount: $6)
    if TreeBuilder.of(context)?.pointee.begin(tag, context) == false { xmlStopParser(context) }
  }
  sax?.pointee.endElementNs = { context, _, _, _ in
    TreeBuilder.of(parser(context))?.pointee.end()
  }
  let text: charactersSAXFunc = { context, characters, count in
    TreeBuilder.of(parser(context))?.pointee.take(
      UnsafeBufferPointer(start: characters, count: Int(count)))
  }
  // One function for both: libxml2 would else guess which white space may be ignored.
  sax?.pointee.characters = text
  sax?.pointee.ignorableWhitespace = text
}

private func parser(_ context: UnsafeMutableRawPointer?) -> xmlParserCtxtPtr? {
  context?.assumingMemoryBound(to: xmlParserCtxt.self)
}

/// What the parser met, the gravest first.
private func problem(in complaints: Complaints, file: String) -> XMLTreeError? {
  if let line = complaints.documentTypeLine {
    return XMLTreeError(file: file, line: line, reason: .documentType)
  }
  if let line = complaints.tooDeepLine {
    return XMLTreeError(file: file, line: line, reason: .tooDeep, limits: complaints.limits)
  }
  if let line = complaints.tooManyLine {
    return XMLTreeError(file: file, line: line, reason: .tooManyNodes)
  }
  return complaints.all.first.map {
    XMLTreeError(file: file, line: $0.line, column: $0.column, reason: .malformed($0.words))
  }
}
