import PageText
import XMLTree

/// Turns a document's XML into text with looks: what a reader sees, in the order of the file.
///
/// Elements that are not known are gone through for text, so that new kinds of containers do not
/// swallow any.
struct WordReader {
  private(set) var styles: WordStyles
  private(set) var trouble: WordTrouble
  /// Notes that were pointed at, in order, with the words of their marks.
  private(set) var footnotes: [String] = []
  private(set) var endnotes: [String] = []
  private var fields: [Field] = []
  /// Of the note that is being read.
  private var noteMark = ""

  init(styles: WordStyles, trouble: WordTrouble) {
    self.styles = styles
    self.trouble = trouble
  }

  /// Where a text stands: on which colour, in a hidden row or shape.
  struct Ground {
    var colour = "FFFFFF"
    var isHidden = false
  }

  private struct Field {
    var instruction = ""
    var isResult = false
    /// Its result is the number of a page in Word's layout, which is not ours.
    var isPageNumber = false
  }

  // MARK: - Blocks

  /// The blocks within an element, and where sections end (by the index of the block after).
  mutating func body(
    _ element: Element, on ground: Ground
  ) -> (blocks: [WordBlock], ends: [(Int, Element)]) {
    var blocks: [WordBlock] = []
    var ends: [(Int, Element)] = []
    collect(element, on: ground, &blocks, &ends)
    fields = []
    return (blocks, ends)
  }

  /// The blocks of a head, foot, cell or text box, which have no sections.
  mutating func story(_ element: Element, on ground: Ground) -> [WordBlock] {
    let outer = fields
    fields = []
    defer { fields = outer }
    var blocks: [WordBlock] = []
    var ends: [(Int, Element)] = []
    collect(element, on: ground, &blocks, &ends)
    return blocks
  }

  mutating func note(_ element: Element, mark: String, on ground: Ground) -> [WordBlock] {
    noteMark = mark
    defer { noteMark = "" }
    return story(element, on: ground)
  }

  private mutating func collect(
    _ element: Element, on ground: Ground, _ blocks: inout [WordBlock],
    _ ends: inout [(Int, Element)]
  ) {
    for child in element.elements {
      switch child.name {
      case "p":
        blocks += paragraph(child, on: ground)
        if let section = child.first("pPr")?.first("sectPr") {
          ends.append((blocks.count, section))
        }
      case "tbl":
        let before = trouble.foreignParts
        blocks.append(.table(table(child, on: ground)))
        if trouble.foreignParts > before { blocks.append(.unread) }
      case "sectPr": ends.append((blocks.count, child))
      case "altChunk", "subDoc":
        trouble.foreignParts += 1
        blocks.append(.unread)
      case "del", "moveFrom": trouble.deletions = true
      case "ins", "moveTo":
        trouble.insertions = true
        collect(child, on: ground, &blocks, &ends)
      case "AlternateContent":
        if let branch = branch(of: child) { collect(branch, on: ground, &blocks, &ends) }
      default: collect(child, on: ground, &blocks, &ends)
      }
    }
  }

  /// A text box or shape is written twice, for new programs and for old ones; one is shown.
  private func branch(of alternatives: Element) -> Element? {
    let known = [
      "wps", "wpc", "wpg", "wpi", "wp14", "w14", "w15", "w16", "a14", "v", "aink", "am3d",
    ]
    let shown = alternatives.elements("Choice").first { choice in
      (choice.value("Requires") ?? "?").split(separator: " ").allSatisfy { needed in
        known.contains { needed == $0 || ($0 == "w16" && needed.hasPrefix($0)) }
      }
    }
    return shown ?? alternatives.first("Fallback")
  }

  // MARK: - Paragraphs

  private mutating func paragraph(_ element: Element, on ground: Ground) -> [WordBlock] {
    let properties = element.first("pPr")
    var look = styles.paragraph(properties?.first("pStyle")?.value("val"))
    if let shade = properties?.ground { look.ground = shade }
    var paragraph = WordParagraph(size: bounded(look.size))
    if let level = properties?.first("outlineLvl")?.value("val"), level != "9" { look.bold = true }
    if let margin = properties?.first("ind"),
      let twips = (margin.value("left") ?? margin.value("start")).flatMap(Float.init)
    {
      paragraph.indent = max(0, min(216, twips / 20))
    } else if let level = properties?.first("numPr")?.first("ilvl")?.value("val") {
      paragraph.indent = 18 * max(1, min(9, (Float(level) ?? 0) + 1))
    }
    paragraph.startsPage = properties?.isOn("pageBreakBefore") ?? false
    var boxes: [WordBlock] = []
    inline(element, look, ground, &paragraph, &boxes)
    // A field whose end is missing must not swallow what follows.
    fields.removeAll { !$0.isResult || $0.isPageNumber }
    return [.paragraph(paragraph)] + boxes
  }

  private mutating func inline(
    _ element: Element, _ look: RunLook, _ ground: Ground, _ paragraph: inout WordParagraph,
    _ boxes: inout [WordBlock]
  ) {
    for child in element.elements {
      switch child.name {
      case "pPr", "rPr": continue
      case "r": run(child, look, ground, &paragraph, &boxes)
      case "del", "moveFrom": trouble.deletions = true
      case "ins", "moveTo":
        trouble.insertions = true
        inline(child, look, ground, &paragraph, &boxes)
      case "fldSimple":
        var field = Field(instruction: child.value("instr") ?? "", isResult: true)
        judge(&field)
        if !field.isPageNumber { inline(child, look, ground, &paragraph, &boxes) }
      case "altChunk", "subDoc":
        trouble.foreignParts += 1
        boxes.append(.unread)
      case "AlternateContent":
        if let branch = branch(of: child) { inline(branch, look, ground, &paragraph, &boxes) }
      default: inline(child, look, ground, &paragraph, &boxes)
      }
    }
  }

  private mutating func run(
    _ element: Element, _ around: RunLook, _ ground: Ground, _ paragraph: inout WordParagraph,
    _ boxes: inout [WordBlock]
  ) {
    var look = around
    let properties = element.elements("rPr")
    for part in properties {
      if let id = part.first("rStyle")?.value("val") { look.apply(styles.characters(id)) }
      look.apply(part)
    }
    pieces(of: element, look, ground, &paragraph, &boxes)
  }

  private mutating func pieces(
    of element: Element, _ look: RunLook, _ ground: Ground, _ paragraph: inout WordParagraph,
    _ boxes: inout [WordBlock]
  ) {
    func add(_ text: String, raised: Bool = false) {
      guard isShown, !text.isEmpty else { return }
      var look = look
      if raised { look.raised = true }
      let shown = look.capitals == true ? text.uppercased() : text
      paragraph.pieces.append(.text(shown, printed(look, on: ground)))
    }
    for child in element.elements {
      switch child.name {
      case "rPr", "delInstrText": continue
      case "t": add(Self.text(of: child))
      case "delText": trouble.deletions = true
      case "tab", "ptab": if isShown { paragraph.pieces.append(.tab) }
      case "br":
        let isPage = child.value("type") == "page"
        if isShown { paragraph.pieces.append(isPage ? .pageBreak : .lineBreak) }
      case "cr": if isShown { paragraph.pieces.append(.lineBreak) }
      case "lastRenderedPageBreak": paragraph.pieces.append(.pageEnd)
      case "noBreakHyphen": add("\u{2011}")
      case "sym":
        if let code = child.value("char").flatMap({ UInt32($0, radix: 16) }),
          let scalar = Unicode.Scalar(code)
        {
          add(String(Character(scalar)))
        }
      case "fldChar": field(child.value("fldCharType"))
      case "instrText":
        if !fields.isEmpty { fields[fields.count - 1].instruction += child.text }
      case "footnoteReference", "endnoteReference":
        guard let id = child.value("id") else { continue }
        if child.name == "footnoteReference" {
          footnotes.append(id)
          if child.isMarkedByText == false { add(String(footnotes.count), raised: true) }
        } else {
          endnotes.append(id)
          if child.isMarkedByText == false { add(String(endnotes.count), raised: true) }
        }
      case "footnoteRef", "endnoteRef": add(noteMark, raised: true)
      case "commentReference": trouble.comments = true
      case "drawing", "pict", "object": draw(child, ground, &paragraph, &boxes)
      case "AlternateContent":
        if let branch = branch(of: child) { pieces(of: branch, look, ground, &paragraph, &boxes) }
      default: inline(child, look, ground, &paragraph, &boxes)
      }
    }
  }

  /// White space at the ends is shown only where the file says so.
  private static func text(of element: Element) -> String {
    let text = element.text
    if element.value("space") == "preserve" { return text }
    func isBlank(_ c: Unicode.Scalar) -> Bool { c == " " || c == "\t" || c == "\n" || c == "\r" }
    let scalars = text.unicodeScalars
    guard let start = scalars.firstIndex(where: { !isBlank($0) }),
      let end = scalars.lastIndex(where: { !isBlank($0) })
    else { return "" }
    return String(scalars[start...end])
  }

  // MARK: - Looks

  /// Sizes beyond what fits a page are brought down to it; no place is true anyway.
  private func bounded(_ size: Float?) -> Float { max(6, min(48, size ?? 10)) }

  private func printed(_ look: RunLook, on ground: Ground) -> WordParagraph.Look {
    var style: WordStyle = []
    if look.bold == true { style.insert(.bold) }
    if look.italic == true { style.insert(.italic) }
    if look.raised == true { style.insert(.raised) }
    var made = WordParagraph.Look(size: bounded(look.size), style: style)
    if look.raised == true { made.size = max(6, made.size * 0.65) }
    if look.hidden == true || ground.isHidden {
      made.hidden = .invisible
    } else if let size = look.size, size < 3 {
      made.hidden = .tiny
    } else if Self.isNear(look.colour, look.ground ?? ground.colour) {
      made.hidden = .sameColour
    }
    return made
  }

  /// Colours closer than 20 of 255 in each channel cannot be told apart, as in PDFs. Unknown ones
  /// and `auto`, by which Word picks one that can be seen, are near to none.
  private static func isNear(_ colour: String?, _ ground: String) -> Bool {
    guard let colour, colour.utf8.count == 6, ground.utf8.count == 6,
      let a = UInt32(colour, radix: 16), let b = UInt32(ground, radix: 16)
    else { return false }
    return stride(from: UInt32(0), through: 16, by: 8).allSatisfy { shift in
      abs(Int((a >> shift) & 0xFF) - Int((b >> shift) & 0xFF)) <= 20
    }
  }

  // MARK: - Fields

  /// Whether text here is shown: the instructions of a field are not, its result is.
  private var isShown: Bool { fields.allSatisfy { $0.isResult && !$0.isPageNumber } }

  private mutating func field(_ kind: String?) {
    switch kind {
    case "begin": fields.append(Field())
    case "separate":
      guard var last = fields.popLast() else { return }
      last.isResult = true
      judge(&last)
      fields.append(last)
    case "end":
      guard var last = fields.popLast(), !last.isResult else { return }
      judge(&last)
    default: return
    }
  }

  private mutating func judge(_ field: inout Field) {
    let words = field.instruction.split(whereSeparator: \.isWhitespace)
    switch words.first?.uppercased() {
    case "PAGE", "NUMPAGES", "SECTIONPAGES": field.isPageNumber = true
    case "DATE", "TIME": trouble.livingDate = true
    case "INCLUDETEXT", "INCLUDEPICTURE", "LINK", "DDE", "DDEAUTO", "DATABASE", "RD":
      trouble.outside = true
    default: return
    }
  }

  // MARK: - Shapes and pictures

  private mutating func draw(
    _ element: Element, _ ground: Ground, _ paragraph: inout WordParagraph,
    _ boxes: inout [WordBlock]
  ) {
    var drawing = Drawing()
    examine(element, ground, &drawing)
    boxes += drawing.boxes
    for words in drawing.watermarks { paragraph.pieces.append(.watermark(words)) }
    trouble.drawings += drawing.others
    guard drawing.hasPicture else { return }
    trouble.pictures += 1
    // A picture whose size is not told may be a scan of a page: it counts as large.
    paragraph.pieces.append(
      .picture(
        WordParagraph.Picture(
          width: drawing.width ?? 468, height: drawing.height ?? 400, floats: drawing.floats)))
  }

  private struct Drawing {
    var boxes: [WordBlock] = []
    var watermarks: [String] = []
    var hasPicture = false
    var others = 0
    var width: Float?
    var height: Float?
    var floats = false
  }

  private mutating func examine(_ element: Element, _ ground: Ground, _ drawing: inout Drawing) {
    var ground = ground
    if element.isPainted { ground.colour = "unknown" }
    if let properties = element.first("docPr"),
      ["1", "true", "on"].contains(properties.value("hidden"))
    {
      ground.isHidden = true
    }
    for child in element.elements {
      switch child.name {
      case "txbxContent": drawing.boxes += story(child, on: ground)
      case "blip", "imagedata": drawing.hasPicture = true
      case "chart", "relIds", "OLEObject", "lockedCanvas": drawing.others += 1
      case "textpath":
        if let words = child.value("string"), !words.isEmpty { drawing.watermarks.append(words) }
      case "AlternateContent":
        if let branch = branch(of: child) { examine(branch, ground, &drawing) }
      case "extent" where drawing.width == nil:
        // In English Metric Units, 12,700 to the point.
        drawing.width = child.value("cx").flatMap(Float.init).map { $0 / 12_700 }
        drawing.height = child.value("cy").flatMap(Float.init).map { $0 / 12_700 }
      default:
        if child.name == "anchor" { drawing.floats = true }
        if let style = child.value("style"), drawing.width == nil {
          drawing.width = Self.length("width", in: style)
          drawing.height = Self.length("height", in: style)
        }
        examine(child, ground, &drawing)
      }
    }
  }

  /// A length of a VML style such as `width:120pt;height:1.5in`, in points.
  private static func length(_ name: String, in style: String) -> Float? {
    for item in style.split(separator: ";") {
      let pair = item.split(separator: ":", maxSplits: 1)
      guard pair.count == 2, pair[0].filter({ $0 != " " }) == name else { continue }
      let number = pair[1].filter { $0.isNumber || $0 == "." }
      let unit = pair[1].filter(\.isLetter)
      guard let value = Float(number) else { return nil }
      switch unit {
      case "pt": return value
      case "in": return value * 72
      case "px": return value * 0.75
      case "mm": return value * 72 / 25.4
      case "cm": return value * 72 / 2.54
      default: return nil
      }
    }
    return nil
  }

  // MARK: - Tables

  private mutating func table(_ element: Element, on ground: Ground) -> WordTable {
    let properties = element.first("tblPr")
    var ground = ground
    if styles.isShaded(properties?.first("tblStyle")?.value("val")) { ground.colour = "unknown" }
    if let shade = properties?.ground { ground.colour = shade }
    let columns = (element.first("tblGrid")?.elements("gridCol") ?? []).map {
      max(1, $0.value("w").flatMap(Float.init) ?? 1)
    }
    var rows: [[WordTable.Cell]] = []
    collectRows(element, ground, &rows)
    let widest = rows.map { $0.reduce(0) { $0 + $1.span } }.max() ?? 0
    let usual = columns.isEmpty ? 1 : columns.reduce(0, +) / Float(columns.count)
    return WordTable(
      columns: columns + Array(repeating: usual, count: max(0, widest - columns.count)), rows: rows)
  }

  private mutating func collectRows(
    _ element: Element, _ ground: Ground, _ rows: inout [[WordTable.Cell]]
  ) {
    for child in element.elements {
      switch child.name {
      case "tblPr", "tblGrid": continue
      case "tr":
        let properties = child.elements("trPr")
        if properties.contains(where: { $0.first("del") != nil }) {
          trouble.deletions = true
          continue
        }
        if properties.contains(where: { $0.first("ins") != nil }) { trouble.insertions = true }
        var ground = ground
        if properties.contains(where: { $0.isOn("hidden") == true }) { ground.isHidden = true }
        var cells: [WordTable.Cell] = []
        let before = properties.compactMap { $0.first("gridBefore")?.value("val") }.first
        if let count = before.flatMap(Int.init), count > 0 {
          cells.append(WordTable.Cell(span: min(count, 64), goesOn: false, blocks: []))
        }
        collectCells(child, ground, &cells)
        rows.append(cells)
      case "del", "moveFrom": trouble.deletions = true
      case "AlternateContent":
        if let branch = branch(of: child) { collectRows(branch, ground, &rows) }
      default: collectRows(child, ground, &rows)
      }
    }
  }

  private mutating func collectCells(
    _ element: Element, _ ground: Ground, _ cells: inout [WordTable.Cell]
  ) {
    for child in element.elements {
      switch child.name {
      case "trPr", "tblPrEx": continue
      case "tc":
        let properties = child.first("tcPr")
        if properties?.first("cellDel") != nil {
          trouble.deletions = true
          continue
        }
        var ground = ground
        if let shade = properties?.ground { ground.colour = shade }
        let span = properties?.first("gridSpan")?.value("val").flatMap(Int.init) ?? 1
        let merge = properties?.first("vMerge")
        cells.append(
          WordTable.Cell(
            span: max(1, min(64, span)),
            goesOn: merge != nil && (merge?.value("val") ?? "continue") == "continue",
            blocks: story(child, on: ground)))
      case "AlternateContent":
        if let branch = branch(of: child) { collectCells(branch, ground, &cells) }
      default: collectCells(child, ground, &cells)
      }
    }
  }
}

extension Element {
  /// Whether the mark of a note is given as text beside the reference.
  fileprivate var isMarkedByText: Bool {
    ["1", "true", "on"].contains(value("customMarkFollows"))
  }

  /// Whether it is a shape with a colour of its own, on which white letters can be seen.
  fileprivate var isPainted: Bool {
    if let fill = value("fillcolor") {
      return !["white", "#ffffff", "#fff"].contains(fill.lowercased())
    }
    if let reference = first("style")?.first("fillRef")?.value("idx"), reference != "0" {
      return true
    }
    return first("spPr")?.elements.contains { $0.name.hasSuffix("Fill") && $0.name != "noFill" }
      ?? false
  }
}
