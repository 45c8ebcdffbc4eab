import PageText
import XMLTree

/// The parts of a DOCX and how they refer to each other (Open Packaging Conventions).
struct WordPackage {
  private var archive: ZipArchive
  private var parts: [String: [UInt8]] = [:]
  private var trouble = WordTrouble()

  private static let types = "[content_types].xml"

  init(_ bytes: [UInt8], within limits: ReadingLimits) throws(WordTextError) {
    do throws(ZipError) { archive = try ZipArchive(bytes, within: limits) } catch {
      throw Self.told(error)
    }
    guard archive.names.contains(Self.types) else { throw .other(Self.kind(of: archive.names)) }
  }

  private static func told(_ error: ZipError) -> WordTextError {
    switch error {
    case .damaged: .damaged
    case .encrypted: .encrypted
    case .tooLarge: .tooLarge
    }
  }

  private static func kind(of names: Set<String>) -> WordTextError.OtherFile {
    if names.contains("xl/workbook.xml") || names.contains("xl/workbook.bin") { return .workbook }
    if names.contains("ppt/presentation.xml") { return .presentation }
    if names.contains("content.xml"), names.contains("meta-inf/manifest.xml") {
      return .openDocument
    }
    return .archive(documents: names.count { $0.hasSuffix(".pdf") || $0.hasSuffix(".docx") })
  }

  // MARK: - Parts

  private mutating func load(_ names: [String]) throws(WordTextError) {
    let wanted = Set(names.map { $0.lowercased() }).subtracting(parts.keys)
    do throws(ZipError) { parts.merge(try archive.parts(wanted)) { old, _ in old } } catch {
      throw Self.told(error)
    }
  }

  /// The root of a loaded part; nil when there is no such part.
  private func root(of name: String) throws(WordTextError) -> Element? {
    guard let bytes = parts[name.lowercased()] else { return nil }
    do throws(XMLTreeError) {
      return try ParsedXML(bytes, file: name, within: .packaged).root
    } catch {
      switch error.reason {
      case .tooLarge, .tooDeep, .tooManyNodes, .outOfMemory: throw .tooLarge
      case .notUTF8, .documentType, .malformed, .schema, .schemaReadsFiles: throw .damaged
      }
    }
  }

  private struct Relation {
    var id: String
    /// The last part of its type: `header`, `styles`.
    var type: String
    /// Name of the part, or nil when it is outside the file.
    var target: String?
  }

  /// What a part refers to, in the order of the file.
  private func relations(of part: String) throws(WordTextError) -> [Relation] {
    guard let root = try root(of: Self.relationsName(of: part)) else { return [] }
    var relations: [Relation] = []
    for element in root.elements("Relationship") {
      guard let id = element["Id"], let type = element["Type"], let target = element["Target"]
      else { continue }
      let isOutside = element["TargetMode"] == "External"
      relations.append(
        Relation(
          id: id, type: type.split(separator: "/").last.map(String.init) ?? "",
          target: isOutside ? nil : Self.resolved(target, from: part)))
    }
    return relations
  }

  private static func relationsName(of part: String) -> String {
    let (folder, name) = split(part)
    return folder + "_rels/" + name + ".rels"
  }

  private static func split(_ part: String) -> (folder: String, name: String) {
    guard let slash = part.lastIndex(of: "/") else { return ("", part) }
    let after = part.index(after: slash)
    return (String(part[..<after]), String(part[after...]))
  }

  private static func resolved(_ target: String, from part: String) -> String {
    var steps: [Substring] =
      target.hasPrefix("/") ? [] : split(part).folder.split(separator: "/")
    for step in target.split(separator: "/") where step != "." {
      if step == ".." { _ = steps.popLast() } else { steps.append(step) }
    }
    return steps.joined(separator: "/")
  }

  // MARK: - Reading

  mutating func read(pageLimit: Int) throws(WordTextError) -> DocumentReading {
    try load(["_rels/.rels", "docProps/core.xml", "docProps/app.xml"])
    let top = try relations(of: "")
    let main = top.first { $0.type == "officeDocument" }?.target ?? "word/document.xml"
    try load([main, Self.relationsName(of: main)])
    guard let document = try root(of: main), document.name == "document" else {
      let kind = Self.kind(of: archive.names)
      if case .archive = kind { throw .damaged }
      throw .other(kind)
    }
    guard let body = document.first("body") else { throw .damaged }
    let relations = try relations(of: main)
    let told = ["styles", "settings", "header", "footer", "footnotes", "endnotes"]
    try load(relations.filter { told.contains($0.type) }.compactMap(\.target))
    func only(_ type: String) throws(WordTextError) -> Element? {
      guard let part = relations.first(where: { $0.type == type })?.target else { return nil }
      return try root(of: part)
    }
    // Links that a reader may click are outside too, but nothing shown comes from them.
    trouble.outside = relations.contains { $0.target == nil && $0.type != "hyperlink" }
    // The template that Word would take in when it opens the file.
    if let settings = relations.first(where: { $0.type == "settings" })?.target {
      try load([Self.relationsName(of: settings)])
      if try self.relations(of: settings).contains(where: { $0.target == nil }) {
        trouble.outside = true
      }
    }
    trouble.macros = archive.names.contains { $0.hasSuffix("vbaproject.bin") }
    let settings = try only("settings")
    let hasEvenPages = settings?.isOn("evenAndOddHeaders") ?? false
    var reader = WordReader(styles: WordStyles(try only("styles")), trouble: trouble)
    var ground = WordReader.Ground()
    if document.first("background") != nil, settings?.isOn("displayBackgroundShape") == true {
      ground.colour = "unknown"
    }
    var sections = try self.sections(of: body, relations, on: ground, &reader)
    sections[sections.count - 1].blocks += notes(
      try only("footnotes"), "footnote", reader.footnotes, on: ground, &reader)
    sections[sections.count - 1].blocks += notes(
      try only("endnotes"), "endnote", reader.endnotes, on: ground, &reader)
    var layout = WordLayout(pageLimit: pageLimit, hasEvenPages: hasEvenPages)
    for section in sections { try layout.add(section) }
    try layout.finish()
    return DocumentReading(
      pages: layout.pages, metadata: try metadata(),
      diagnostics: diagnostics(of: layout, reader.trouble))
  }

  /// Cuts the body where sections end; each end names the heads and feet of what stands before it.
  private func sections(
    of body: Element, _ relations: [Relation], on ground: WordReader.Ground,
    _ reader: inout WordReader
  ) throws(WordTextError) -> [WordSection] {
    let (blocks, ends) = reader.body(body, on: ground)
    var sections: [WordSection] = []
    var heads: [String: [WordBlock]] = [:]
    var feet: [String: [WordBlock]] = [:]
    let known = reader.trouble.foreignParts
    var start = 0
    for (end, properties) in ends {
      var section = WordSection(blocks: Array(blocks[start..<end]))
      start = end
      section.startsPage = properties.first("type")?.value("val") != "continuous"
      // A section without heads of its own goes on with those of the one before.
      for reference in properties.elements {
        guard reference.name == "headerReference" || reference.name == "footerReference",
          let id = reference.value("id"),
          let part = relations.first(where: { $0.id == id })?.target,
          let root = try root(of: part)
        else { continue }
        let story = reader.story(root, on: ground)
        let kind = reference.value("type") ?? "default"
        if reference.name == "headerReference" { heads[kind] = story } else { feet[kind] = story }
      }
      let hasTitlePage = properties.isOn("titlePg") ?? false
      section.headers = Self.stories(heads, hasTitlePage)
      section.footers = Self.stories(feet, hasTitlePage)
      sections.append(section)
    }
    if start < blocks.count || sections.isEmpty {
      sections.append(WordSection(blocks: Array(blocks[start...])))
    }
    if reader.trouble.foreignParts > known { sections[sections.count - 1].blocks.append(.unread) }
    return sections
  }

  private static func stories(
    _ blocks: [String: [WordBlock]], _ hasTitlePage: Bool
  ) -> WordSection.Stories {
    WordSection.Stories(
      first: hasTitlePage ? blocks["first"] ?? [] : nil, even: blocks["even"],
      other: blocks["default"] ?? [])
  }

  /// The notes that were pointed at, in that order, and then any others but the lines between text
  /// and notes.
  private func notes(
    _ root: Element?, _ name: String, _ called: [String], on ground: WordReader.Ground,
    _ reader: inout WordReader
  ) -> [WordBlock] {
    guard let root else { return [] }
    var byID: [String: Element] = [:]
    var order = called
    for note in root.elements(name) {
      guard let id = note.value("id"), (note.value("type") ?? "normal") == "normal" else {
        continue
      }
      byID[id] = note
      if !called.contains(id) { order.append(id) }
    }
    var blocks: [WordBlock] = []
    for (index, id) in order.enumerated() {
      guard let note = byID.removeValue(forKey: id) else { continue }
      blocks += reader.note(note, mark: String(index + 1), on: ground)
    }
    return blocks
  }

  // MARK: - What the file says of itself

  private func metadata() throws(WordTextError) -> FileMetadata {
    let core = try root(of: "docProps/core.xml")
    func value(_ name: String) -> String? {
      guard let text = core?.first(name)?.text, !text.isEmpty else { return nil }
      return text
    }
    let program = try root(of: "docProps/app.xml")?.first("Application")?.text
    return FileMetadata(
      producer: program?.isEmpty == false ? program : nil, creator: value("creator"),
      created: value("created"), modified: value("modified"),
      signed: archive.names.contains { $0.hasPrefix("_xmlsignatures/sig") })
  }

  private func diagnostics(of layout: WordLayout, _ trouble: WordTrouble) -> [Diagnostic] {
    var told = [
      Diagnostic(
        code: "docxLayout",
        message:
          "DOCX: pages and places are of our own layout; numbers of pages may differ from Word's")
    ]
    func tell(_ happened: Bool, _ code: String, _ message: String, page: Int? = nil) {
      if happened { told.append(Diagnostic(code: code, message: message, page: page)) }
    }
    tell(
      trouble.insertions || trouble.deletions, "trackedChanges",
      "the document has tracked changes that nobody accepted or refused; what was put in is read, what was struck out is not"
    )
    tell(
      trouble.comments, "commentsUnread",
      "the document has comments in its margin; they were not read")
    tell(
      trouble.pictures + trouble.drawings > 0, "picturesUnread",
      "the document has \(trouble.pictures) pictures and \(trouble.drawings) charts or embedded files; what they show was not read"
    )
    tell(
      layout.pageOfPictureNearEnd != nil, "pictureNearEnd",
      "a picture stands near the end, where a signature would; it was not read",
      page: layout.pageOfPictureNearEnd)
    tell(
      trouble.livingDate, "livingDate",
      "a date in the document is a field that Word writes anew when the file is opened")
    tell(
      trouble.outside, "outsideParts",
      "the document refers to things outside the file; they were not fetched")
    tell(trouble.macros, "macros", "the document has macros; they were not run")
    for page in layout.pages where page.state == .missing {
      tell(
        true, "pageUnreadable",
        "a part of the document is in another form and was not read; it is counted as page \(page.number)",
        page: page.number)
    }
    for page in layout.pages where page.state == .picture {
      tell(
        true, "pageIsPicture",
        page.words.isEmpty
          ? "page \(page.number) is a picture without text; it was not read"
          : "page \(page.number) is a picture with few words on it; only the words were read",
        page: page.number)
    }
    return told
  }
}
