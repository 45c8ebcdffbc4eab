import CLibArchive

/// A ZIP archive with these parts, in this order, packed by libarchive; names may come twice.
public func zip(_ parts: [(name: String, bytes: [UInt8])]) -> [UInt8] {
  let room = parts.reduce(64 << 10) { $0 + $1.bytes.count + 2 * $1.name.utf8.count + 512 }
  var out = [UInt8](repeating: 0, count: room)
  var used = 0
  out.withUnsafeMutableBytes { buffer in
    let archive = archive_write_new()
    archive_write_set_format_zip(archive)
    archive_write_open_memory(archive, buffer.baseAddress, buffer.count, &used)
    for part in parts {
      let entry = archive_entry_new()
      archive_entry_set_pathname(entry, part.name)
      archive_entry_set_size(entry, la_int64_t(part.bytes.count))
      archive_entry_set_filetype(entry, 0o100000)
      archive_write_header(archive, entry)
      _ = part.bytes.withUnsafeBytes { archive_write_data(archive, $0.baseAddress, $0.count) }
      archive_entry_free(entry)
    }
    archive_write_close(archive)
    archive_write_free(archive)
  }
  return Array(out[..<used])
}

/// A small Word document made of pieces of XML.
public struct Docx {
  /// What stands between the tags of `w:body`.
  public var body: String
  /// What stands between those of `w:styles`.
  public var styles = ""
  /// Further parts of the folder `word`: file, kind of relation, XML or other text.
  public var parts: [(file: String, kind: String, text: String)] = []
  /// Further relations of the document as XML.
  public var relations = ""
  /// Further files, which nothing refers to.
  public var files: [(name: String, bytes: [UInt8])] = []
  /// Stands before the document's root.
  public var prologue = ""
  public var core: String?

  public init(_ body: String) { self.body = body }

  /// The names that the XML may use.
  public static let names =
    "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "
    + "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" "
    + "xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" "
    + "xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" "
    + "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" "
    + "xmlns:v=\"urn:schemas-microsoft-com:vml\" "
    + "xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\""

  public var bytes: [UInt8] {
    let kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    let list = "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\""
    var told = relations
    for (index, part) in parts.enumerated() {
      told +=
        "<Relationship Id=\"p\(index)\" Type=\"\(kinds)/\(part.kind)\" Target=\"\(part.file)\"/>"
    }
    told += "<Relationship Id=\"styles\" Type=\"\(kinds)/styles\" Target=\"styles.xml\"/>"
    var all: [(name: String, text: String)] = [
      (
        "[Content_Types].xml",
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"
      ),
      (
        "_rels/.rels",
        "<Relationships \(list)><Relationship Id=\"d\" Type=\"\(kinds)/officeDocument\" Target=\"word/document.xml\"/></Relationships>"
      ),
      (
        "word/document.xml",
        prologue + "<w:document \(Self.names)><w:body>\(body)</w:body></w:document>"
      ),
      ("word/_rels/document.xml.rels", "<Relationships \(list)>\(told)</Relationships>"),
      ("word/styles.xml", "<w:styles \(Self.names)>\(styles)</w:styles>"),
    ]
    if let core { all.append(("docProps/core.xml", core)) }
    for part in parts { all.append(("word/" + part.file, part.text)) }
    return zip(all.map { ($0.name, Array($0.text.utf8)) } + files)
  }

  /// A paragraph with one run of text.
  public static func paragraph(_ text: String, run: String = "", properties: String = "") -> String
  {
    "<w:p><w:pPr>\(properties)</w:pPr><w:r><w:rPr>\(run)</w:rPr><w:t xml:space=\"preserve\">\(text)</w:t></w:r></w:p>"
  }
}
