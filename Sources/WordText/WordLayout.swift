import PageText

/// Lays a document out on pages of our own: Letter paper, margins of an inch.
///
/// A DOCX has no pages until a program lays it out. This one keeps the order of the text, its lines,
/// columns of tables with drawn lines, sizes and weights, and breaks pages where the file does or
/// where Word did when it last saved it; a page that is full before ends there. Numbers of pages may
/// therefore differ from Word's. Left out are the numbers of automatic lists, two columns side by
/// side, and the places of floating shapes, whose text follows the paragraph they are tied to.
struct WordLayout {
  private static let width: Float = 612
  private static let height: Float = 792
  private static let margin: Float = 72
  /// Heads begin and feet end half an inch from the paper's edge.
  private static let edge: Float = 36
  /// Heads and feet that are higher are laid out as text.
  private static let highestStamp: Float = 216
  private static let bodyWidth = width - 2 * margin
  /// More columns than Word itself can make.
  private static let mostColumns = 63

  private let pageLimit: Int
  private(set) var pages: [Page] = []
  private var sheet = WordSheet()
  private var y = margin
  private var bottom = height - margin
  /// Something of the text stands on the page.
  private var hasBody = false
  /// Nil while a head, foot or cell is laid out, which has no pages.
  private var stamps: Stamps?
  private var sectionPages = 0
  /// Whether the document has feet and heads of their own for even pages.
  private let hasEvenPages: Bool
  /// Of the text, to tell what stands near the end.
  private var wordCount = 0
  private var lastPicture: (page: Int, words: Int)?

  private struct Stamps {
    var section: WordSection
    var headers: (first: Stamp?, even: Stamp?, other: Stamp)
    var footers: (first: Stamp?, even: Stamp?, other: Stamp)
  }

  private struct Stamp {
    var sheet: WordSheet
    var height: Float
  }

  init(pageLimit: Int, hasEvenPages: Bool) {
    self.pageLimit = pageLimit
    self.hasEvenPages = hasEvenPages
  }

  /// The page of the last picture in the text if it stands near the text's end, where signatures do:
  /// with at most 60 words after it, which a name, a title, an address and copies need.
  var pageOfPictureNearEnd: Int? {
    guard let lastPicture, wordCount > 0, wordCount - lastPicture.words <= 60 else { return nil }
    return lastPicture.page
  }

  // MARK: - Sections and pages

  mutating func add(_ section: WordSection) throws(WordTextError) {
    if section.startsPage, hasBody { try endPage() }
    var opening: [WordBlock] = []
    var closing: [WordBlock] = []
    let made = Stamps(
      section: section, headers: stamped(section.headers, &opening),
      footers: stamped(section.footers, &closing))
    sectionPages = 0
    stamps = made
    if !hasBody { startPage() }
    try flow(opening)
    try flow(section.blocks)
    try flow(closing)
    // A page of nothing but its head and foot.
    if section.startsPage, sectionPages == 0, !hasBody, !sheet.words.isEmpty { try endPage() }
  }

  mutating func finish() throws(WordTextError) {
    if hasBody || pages.isEmpty { try endPage() }
  }

  /// Lays out heads or feet; those too high for one go to the text, once.
  private func stamped(
    _ stories: WordSection.Stories, _ tooHigh: inout [WordBlock]
  ) -> (first: Stamp?, even: Stamp?, other: Stamp) {
    func stamp(_ blocks: [WordBlock]) -> Stamp {
      var scratch = WordLayout(pageLimit: 0, hasEvenPages: false)
      scratch.y = 0
      scratch.bottom = .infinity
      // Without stamps there are no pages to be too many.
      try? scratch.flow(blocks)
      guard scratch.y <= Self.highestStamp else {
        tooHigh += blocks
        return Stamp(sheet: WordSheet(), height: 0)
      }
      return Stamp(sheet: scratch.sheet, height: scratch.y)
    }
    return (
      stories.first.map(stamp), hasEvenPages ? stories.even.map(stamp) : nil, stamp(stories.other)
    )
  }

  private func current(_ choice: (first: Stamp?, even: Stamp?, other: Stamp)) -> Stamp {
    if sectionPages == 0, let first = choice.first { return first }
    if (pages.count + 1) % 2 == 0, let even = choice.even { return even }
    return choice.other
  }

  private mutating func startPage() {
    guard let stamps else { return }
    sheet = WordSheet()
    hasBody = false
    let head = current(stamps.headers)
    sheet.put(head.sheet, down: Self.edge)
    y = max(Self.margin, Self.edge + head.height + 12)
    bottom = min(
      Self.height - Self.margin, Self.height - Self.edge - current(stamps.footers).height - 12)
  }

  private mutating func endPage() throws(WordTextError) {
    guard let stamps else { return }
    let foot = current(stamps.footers)
    sheet.put(foot.sheet, down: Self.height - Self.edge - foot.height)
    guard pages.count < pageLimit else { throw .tooManyPages }
    pages.append(sheet.page(pages.count + 1, width: Self.width, height: Self.height))
    sectionPages += 1
    startPage()
  }

  /// A page for what could not be read, so that nothing is held to be missing there.
  private mutating func addUnreadPage() throws(WordTextError) {
    guard stamps != nil else { return }
    if hasBody { try endPage() }
    guard pages.count < pageLimit else { throw .tooManyPages }
    pages.append(
      Page(number: pages.count + 1, width: Self.width, height: Self.height, state: .missing))
  }

  // MARK: - Text

  private mutating func flow(_ blocks: [WordBlock]) throws(WordTextError) {
    for block in blocks {
      switch block {
      case .paragraph(let paragraph):
        if paragraph.startsPage, hasBody { try endPage() }
        let strips = WordLines.strips(of: paragraph, width: Self.bodyWidth)
        for strip in strips { try put(strip) }
        // Wide enough that no reader of lines takes two paragraphs for one.
        y += 0.8 * paragraph.size
      case .table(let table): try put(table)
      case .unread: try addUnreadPage()
      }
    }
  }

  private mutating func put(_ strip: WordStrip) throws(WordTextError) {
    switch strip {
    case .line(let line):
      if line.words.isEmpty {
        y += line.height
        return
      }
      if y + line.height > bottom, hasBody { try endPage() }
      sheet.put(line, x: Self.margin, y: y)
      y += line.height
      hasBody = true
      wordCount += line.words.count
    case .picture(let picture): try put(picture)
    case .pageBreak, .pageEnd: if hasBody { try endPage() }
    case .watermark(let words):
      let middle = Self.height / 2
      sheet.put(
        watermark: words,
        in: Box(Self.margin, middle - 100, Self.width - Self.margin, middle + 100))
    }
  }

  private mutating func put(_ picture: WordParagraph.Picture) throws(WordTextError) {
    let width = max(1, min(picture.width, Self.bodyWidth))
    let room = bottom.isFinite && !picture.floats ? max(1, bottom - Self.margin) : Self.height
    let height = max(1, min(picture.height, room))
    if !picture.floats, y + height > bottom, hasBody { try endPage() }
    let top = bottom.isFinite ? min(y, Self.height - height) : y
    sheet.put(picture: Box(Self.margin, top, Self.margin + width, top + height))
    if !picture.floats { y += height }
    hasBody = true
    if stamps != nil { lastPicture = (pages.count + 1, wordCount) }
  }

  // MARK: - Tables

  /// A cell with its lines, as far as they were not put on a page.
  private struct OpenCell {
    var left: Float
    var right: Float
    var lines: [WordLine]
    var goesOn: Bool
  }

  private static let padding: Float = 5

  private mutating func put(_ table: WordTable) throws(WordTextError) {
    let columns = table.columns
    guard !columns.isEmpty, columns.count <= Self.mostColumns else {
      for row in table.rows { for cell in row { try flow(cell.blocks) } }
      return
    }
    let total = columns.reduce(0, +)
    var edges: [Float] = [Self.margin]
    for column in columns { edges.append(edges[edges.count - 1] + column / total * Self.bodyWidth) }
    for (index, row) in table.rows.enumerated() {
      if Self.opensPage(row), hasBody { try endPage() }
      var cells: [OpenCell] = []
      var column = 0
      for cell in row {
        let end = min(column + cell.span, columns.count)
        let width = max(4, edges[end] - edges[column] - 2 * Self.padding)
        var lines: [WordLine] = []
        try collect(cell.blocks, width: width, &lines)
        // No space stands before a cell, only a gap.
        for index in lines.indices where !lines[index].words.isEmpty {
          lines[index].words[0].style.insert(.unspaced)
        }
        cells.append(
          OpenCell(left: edges[column], right: edges[end], lines: lines, goesOn: cell.goesOn))
        column = end
      }
      try put(&cells, isLast: index == table.rows.count - 1)
    }
    y += 0.8 * 10
  }

  /// Whether Word began a page with the row.
  private static func opensPage(_ row: [WordTable.Cell]) -> Bool {
    guard case .paragraph(let paragraph)? = row.first?.blocks.first else { return false }
    for piece in paragraph.pieces {
      switch piece {
      case .pageEnd, .pageBreak: return true
      case .text: return false
      default: continue
      }
    }
    return paragraph.startsPage
  }

  /// The lines of a cell; a table in it is read cell by cell, its pictures leave room.
  private mutating func collect(
    _ blocks: [WordBlock], width: Float, _ lines: inout [WordLine]
  ) throws(WordTextError) {
    for block in blocks {
      switch block {
      case .paragraph(let paragraph):
        for strip in WordLines.strips(of: paragraph, width: width) {
          switch strip {
          case .line(let line): lines.append(line)
          case .picture(let picture): try put(picture)
          case .watermark: try put(strip)
          case .pageBreak, .pageEnd: continue
          }
        }
      case .table(let table):
        for row in table.rows {
          for cell in row { try collect(cell.blocks, width: width, &lines) }
        }
      case .unread: continue
      }
    }
  }

  /// Puts a row on as many pages as it needs; a row that fits one page is not parted.
  private mutating func put(_ cells: inout [OpenCell], isLast: Bool) throws(WordTextError) {
    let padding = Self.padding
    let full = (cells.map { $0.lines.reduce(0) { $0 + $1.height } }.max() ?? 0) + padding
    if y + full > bottom, hasBody, full <= bottom - Self.margin { try endPage() }
    var isFirst = true
    repeat {
      if !isFirst { try endPage() }
      let top = y
      var end = y + padding
      for index in cells.indices {
        var at = y + padding / 2
        var taken = 0
        for line in cells[index].lines {
          guard at + line.height <= bottom || (taken == 0 && !hasBody) else { break }
          sheet.put(line, x: cells[index].left + padding, y: at)
          wordCount += line.words.count
          at += line.height
          taken += 1
        }
        cells[index].lines.removeFirst(taken)
        end = max(end, at + padding / 2)
      }
      hasBody = true
      for cell in cells {
        if !(cell.goesOn && isFirst) { sheet.rule(cell.left, top, cell.right, top) }
        sheet.rule(cell.left, top, cell.left, end)
        if isLast, cells.allSatisfy(\.lines.isEmpty) {
          sheet.rule(cell.left, end, cell.right, end)
        }
      }
      if let last = cells.last { sheet.rule(last.right, top, last.right, end) }
      y = end
      isFirst = false
    } while cells.contains { !$0.lines.isEmpty }
  }
}
