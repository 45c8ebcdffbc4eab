import CLibXML2

/// A RELAX NG schema, compiled once, that many files are held against.
///
/// Owns libxml2's handle and frees it. Not sendable: libxml2 validates one document at a time.
public final class RelaxNGSchema {
  private let schema: xmlRelaxNGPtr

  /// What the schema says against a file, in libxml2's words, which are often poor.
  public struct Problem: Hashable, Sendable {
    /// Where the tag ends, or nil when libxml2 does not say.
    public let line: Int?
    public let message: String
  }

  /// Compiles a schema in RELAX NG's XML syntax; libxml2 does not read the compact one.
  ///
  /// Throws when it is no schema, or one that would read other files.
  public init(_ source: ParsedXML) throws(XMLTreeError) {
    LibXML2.start()
    try Self.refuseOtherFiles(source.root, file: source.file)
    guard let document = source.document, let parser = xmlRelaxNGNewDocParserCtxt(document) else {
      throw XMLTreeError(file: source.file, reason: .outOfMemory)
    }
    defer { xmlRelaxNGFreeParserCtxt(parser) }
    let complaints = Complaints()
    xmlRelaxNGSetParserStructuredErrors(
      parser, { Complaints.from($0)?.add($1) }, complaints.pointer)
    let schema = withExtendedLifetime(complaints) { xmlRelaxNGParse(parser) }
    guard let schema else {
      let first = complaints.all.first
      throw XMLTreeError(
        file: source.file, line: first?.line, reason: .schema(first?.words ?? "no reason given"))
    }
    self.schema = schema
  }

  deinit { xmlRelaxNGFree(schema) }

  /// What the schema has against the file; empty when it is valid. At most
  /// `XMLLimits.schemaProblems`.
  public func problems(in document: ParsedXML) -> [Problem] {
    // A context of its own for each file: after one that it refused, libxml2 2.9 sometimes takes what
    // it should refuse.
    guard let copy = document.document, let validation = xmlRelaxNGNewValidCtxt(schema) else {
      return [Problem(line: nil, message: "no memory left")]
    }
    defer { xmlRelaxNGFreeValidCtxt(validation) }
    let complaints = Complaints()
    xmlRelaxNGSetValidStructuredErrors(
      validation, { Complaints.from($0)?.add($1) }, complaints.pointer)
    let verdict = withExtendedLifetime(complaints) {
      xmlRelaxNGValidateDoc(validation, copy)
    }
    guard verdict != 0 else { return [] }
    guard !complaints.all.isEmpty else { return [Problem(line: nil, message: "not valid")] }
    return complaints.all.map { Problem(line: $0.line, message: $0.words) }
  }

  private static func refuseOtherFiles(_ element: Element, file: String) throws(XMLTreeError) {
    if element.name == "include" || element.name == "externalRef" {
      throw XMLTreeError(
        file: file, line: element.line, reason: .schemaReadsFiles(element: element.name))
    }
    for child in element.elements { try refuseOtherFiles(child, file: file) }
  }
}
