import CLibXML2

/// An XML file, read: its tree as a value, and libxml2's own copy for validation.
///
/// Owns the copy and frees it. Not sendable, as libxml2 marks documents while it validates them;
/// `root` is.
public final class ParsedXML {
  /// The name given by the caller, for messages.
  public let file: String
  public let root: Element
  let document: xmlDocPtr

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
    let parsed = try parse(bytes, file: file, limits)
    self.file = file
    document = parsed
    guard let root = xmlDocGetRootElement(parsed) else {
      xmlFreeDoc(parsed)
      throw XMLTreeError(file: file, reason: .malformed("no element"))
    }
    self.root = TreeBuilder.tree(
      of: root, in: bytes, keepsBlankText: limits.keepsBlankText, leavingOut: leftOut)
  }

  deinit { xmlFreeDoc(document) }
}

/// NONET: nothing is fetched, whatever the file says. NOCDATA: CDATA is text like other text.
/// IGNORE_ENC: the bytes are UTF-8, we looked; a declared encoding would only mislead.
/// Never NOENT (replaces entities), DTDLOAD (reads other files) or HUGE (lifts libxml2's limits).
private let options =
  Int32(bitPattern: XML_PARSE_NONET.rawValue | XML_PARSE_NOCDATA.rawValue)
  | Int32(bitPattern: XML_PARSE_IGNORE_ENC.rawValue | XML_PARSE_NOWARNING.rawValue)

private func parse(
  _ bytes: [UInt8], file: String, _ limits: XMLLimits
) throws(XMLTreeError) -> xmlDocPtr {
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
  let complaints = Complaints(limits)
  hook(context, complaints)
  let document = withExtendedLifetime(complaints) {
    bytes.withUnsafeBytes {
      xmlCtxtReadMemory(
        context, $0.baseAddress?.assumingMemoryBound(to: CChar.self), Int32($0.count), nil, nil,
        options)
    }
  }
  if let problem = problem(in: complaints, file: file) {
    xmlFreeDoc(document)
    throw problem
  }
  guard let document else {
    throw XMLTreeError(file: file, reason: .malformed("the file is empty"))
  }
  return document
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

/// Puts our functions where libxml2 reports errors, document types and elements.
private func hook(_ context: xmlParserCtxtPtr, _ complaints: Complaints) {
  context.pointee._private = complaints.pointer
  let sax = context.pointee.sax
  sax?.pointee.serror = { context, error in
    let context = context?.assumingMemoryBound(to: xmlParserCtxt.self)
    Complaints.from(context?.pointee._private)?.add(error)
  }
  // Called before anything inside the document type is read, so nothing of it takes effect.
  sax?.pointee.internalSubset = { context, _, _, _ in
    guard let context = context?.assumingMemoryBound(to: xmlParserCtxt.self) else { return }
    Complaints.from(context.pointee._private)?.documentTypeLine = currentLine(context)
    xmlStopParser(context)
  }
  // Neither says anything here, and a file may hold millions.
  sax?.pointee.comment = nil
  sax?.pointee.processingInstruction = nil
  // The tree keeps only the line where a tag ends. Here the parser stands at that end, and the node
  // has a field that is ours.
  sax?.pointee.startElementNs = {
    xmlSAX2StartElementNs($0, $1, $2, $3, $4, $5, $6, $7, $8)
    guard let context = $0?.assumingMemoryBound(to: xmlParserCtxt.self) else { return }
    guard let complaints = Complaints.from(context.pointee._private) else { return }
    if Int(context.pointee.nodeNr) > complaints.limits.depth {
      complaints.tooDeepLine = currentLine(context)
      xmlStopParser(context)
      return
    }
    complaints.nodes += 1 + Int($4) + Int($6)
    if complaints.nodes > complaints.limits.nodes {
      complaints.tooManyLine = currentLine(context)
      xmlStopParser(context)
      return
    }
    context.pointee.node?.pointee._private =
      UnsafeMutableRawPointer(bitPattern: Int(xmlByteConsumed(context)))
  }
}

private func currentLine(_ context: xmlParserCtxtPtr) -> Int? {
  context.pointee.input.map { Int($0.pointee.line) }
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
