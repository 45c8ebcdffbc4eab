import PageText
import TextMatching

/// Joins segments to blocks, over lines and pages.
struct BlockBuilder {
  private(set) var places: [WordPlace] = []
  private(set) var blocks: [Block] = []
  private(set) var tables: [Table] = []
  /// Heads of tables that are printed again on a later page.
  private(set) var repeatedHeads: [[WordPlace]] = []
  /// The columns of the last table.
  private var known: [ClosedRange<Float>] = []
  private var openTable: TableDraft?
  /// Of the page at hand.
  private var bodySize: Float = 10
  private var open: Draft?
  /// No line of the current page was taken yet.
  private var pageStart = false

  private struct Draft {
    var segments: [Segment]
    var pages: [Int]
    var kind: Block.Kind
    /// Right edge of the column it stands in, for telling a short last line.
    var right: Float
    var left: Float
    /// Of the page it begins on.
    var bodySize: Float
  }

  /// Takes what stands on one page, from top to bottom.
  mutating func add(
    _ pieces: [PagePiece], _ page: Page, index: Int, bodySize: Float, grid: Grid
  ) {
    self.bodySize = bodySize
    pageStart = true
    for piece in pieces {
      switch piece {
      case .table(let table):
        known = table.columns
        add(table, page, index)
      case .flow(let panels):
        for panel in panels {
          for region in regions(of: panel, on: page, grid: grid, known: &known) {
            switch region {
            case .rows(let segments): addColumn(segments, page, index)
            case .columns(let columns):
              for column in columns { addColumn(column, page, index) }
            case .table(let table): add(table, page, index)
            }
          }
        }
      }
    }
  }

  mutating func finish() {
    closeOpen()
    closeTable()
  }

  private mutating func add(_ table: PageTable, _ page: Page, _ index: Int) {
    closeOpen()
    self.page[index] = page
    if var draft = openTable, pageStart, draft.lastPage == index - 1,
      let before = self.page[index - 1], draft.isContinued(by: table)
    {
      let heads = draft.goOn(with: table, before, page, index: index)
      for head in heads { repeatedHeads.append(head.map { WordPlace(page: index, word: $0) }) }
      openTable = draft
    } else {
      closeTable()
      openTable = TableDraft(table, page, index: index, bodySize: bodySize)
    }
    pageStart = false
  }

  private mutating func closeTable() {
    guard let draft = openTable else { return }
    openTable = nil
    var rows: [TableRow] = []
    for row in draft.rows {
      var cells: [TableCell] = []
      for cell in row {
        open = Draft(
          segments: cell.lines, pages: cell.pages, kind: .cell, right: 0, left: 0,
          bodySize: draft.bodySize)
        closeOpen()
        // The head of a column is no heading over what follows.
        if draft.columns.count > 1, draft.rows.count > 1 { blocks[blocks.count - 1].kind = .cell }
        cells.append(
          TableCell(columns: cell.columns, rowSpan: cell.rowSpan, block: blocks.count - 1))
      }
      rows.append(TableRow(cells: cells))
    }
    tables.append(
      Table(
        columns: draft.columns, rows: rows, firstPage: draft.firstPage, lastPage: draft.lastPage,
        isRuled: draft.isRuled))
  }

  private var page: [Int: Page] = [:]

  private mutating func addColumn(_ segments: [Segment], _ page: Page, _ index: Int) {
    guard !segments.isEmpty else { return }
    closeTable()
    self.page[index] = page
    let right = segments.map(\.box.x1).max() ?? 0
    let left = segments.map(\.box.x0).min() ?? 0
    for segment in segments {
      let kind = lineKind(segment, page, index)
      if var draft = open, joins(segment, kind, to: draft, page, index, right: right) {
        draft.segments.append(segment)
        draft.pages.append(index)
        draft.right = max(right, draft.right)
        open = draft
      } else {
        closeOpen()
        open = Draft(
          segments: [segment], pages: [index], kind: kind, right: right, left: left,
          bodySize: bodySize)
      }
      pageStart = false
    }
  }

  private func lineKind(_ segment: Segment, _ page: Page, _ index: Int) -> Block.Kind {
    if hasDotLeader(segment.words, page) || isNextEntry(segment, page, index) { return .contents }
    if isListMarker(segment.words.prefix(1), page), segment.words.count > 1,
      !isDashBeforeNumber(segment, page)
    {
      return .listItem
    }
    return .paragraph
  }

  /// `(With Revised Points of Focus` / `- 2022)`: a dash that a line break put first.
  private func isDashBeforeNumber(_ segment: Segment, _ page: Page) -> Bool {
    let first = page.utf8[page.words[segment.words[0]].range]
    let isDash = first.elementsEqual([0x2D]) || first.elementsEqual(Array("–".utf8))
    guard isDash, let digit = page.utf8[page.words[segment.words[1]].range].first else {
      return false
    }
    return digit >= 0x30 && digit <= 0x39
  }

  /// Entries of a table of contents do not all have a leader: a line right below one that ends in a
  /// number is another.
  private func isNextEntry(_ segment: Segment, _ page: Page, _ index: Int) -> Bool {
    guard let open, open.kind == .contents, open.pages.last == index,
      let last = open.segments.last, segment.words.count > 1, let number = segment.words.last
    else { return false }
    let leading = segment.baseline - last.baseline
    let text = page.utf8[page.words[number].range]
    return leading > 0 && leading < 2.5 * max(segment.size, last.size) && text.count <= 3
      && text.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
  }

  /// Whether a line goes on with the block before it.
  private func joins(
    _ segment: Segment, _ kind: Block.Kind, to draft: Draft, _ page: Page, _ index: Int,
    right: Float
  ) -> Bool {
    guard let last = draft.segments.last, let lastPage = draft.pages.last,
      let lastPageValue = self.page[lastPage]
    else { return false }
    if draft.kind == .cell || kind == .contents || draft.kind == .contents || kind == .listItem {
      return false
    }
    let size = max(segment.size, last.size)
    if abs(segment.size - last.size) > 0.12 * size { return false }
    if segment.isBold != last.isBold { return false }
    // A line of capitals above ordinary print is a heading without any other mark.
    if segment.isCapitals != last.isCapitals, segment.words.count > 1 || last.words.count > 1 {
      return false
    }
    let ended = endsSentence(last, lastPageValue)
    if lastPage != index {
      // Over a page: prose goes on when its sentence has no end yet.
      guard pageStart, !segment.isBold, segment.size < bodySize * 1.15 else { return false }
      if ended { return false }
      let text = firstCharacter(segment, page)
      let startsLow = text.map { !(0x41...0x5A).contains($0) } ?? false
      // Prose breaks at the foot of a page; a line high up on it, like a cover's title, has ended.
      let isFull =
        last.box.x1 > draft.right - 0.25 * (draft.right - draft.left)
        && last.box.y1 > lastPageValue.readingHeight * 0.5
      return startsLow || isFull
    }
    let leading = segment.baseline - last.baseline
    if leading < 0 {
      // The next column goes on with the sentence of the last one.
      return !ended && !segment.isBold
    }
    if leading > 1.75 * size { return false }
    if draft.segments.count >= 2 {
      let usual = draft.segments[1].baseline - draft.segments[0].baseline
      if usual > 0, draft.pages[0] == draft.pages[1], leading > usual * 1.25 + 1 { return false }
    }
    let isPlain = !segment.isBold && segment.size < bodySize * 1.1
    if isPlain {
      let short = last.box.x1 < right - 0.22 * (right - draft.left)
      // A short line that ends a sentence ends its paragraph; a short line in a letter's address or
      // signature stands alone, but never goes on with a small letter.
      let goesOn = firstCharacter(segment, page).map { (0x61...0x7A).contains($0) } ?? false
      if short,
        ended || endsItem(last, lastPageValue) || (isStandalone(last, lastPageValue) && !goesOn)
      {
        return false
      }
      let indent = segment.box.x0 - last.box.x0
      if ended, indent > 0.8 * size, draft.segments.count > 1, draft.kind == .paragraph {
        return false
      }
    }
    return true
  }

  /// Less than half a line of prose with no comma at its end: an address, a name, a date.
  private func isStandalone(_ segment: Segment, _ page: Page) -> Bool {
    guard let last = segment.words.last else { return false }
    let text = page.utf8[page.words[last].range]
    return segment.words.count <= 7 && text.last != 0x2C
  }

  private func endsItem(_ segment: Segment, _ page: Page) -> Bool {
    segment.words.last.map { page.utf8[page.words[$0].range].last == 0x3B } ?? false
  }

  private func firstCharacter(_ segment: Segment, _ page: Page) -> UInt8? {
    segment.words.first.flatMap { page.utf8[page.words[$0].range].first }
  }

  private mutating func closeOpen() {
    guard let draft = open, let firstPage = draft.pages.first, let lastPage = draft.pages.last
    else {
      return
    }
    open = nil
    let start = places.count
    var box = draft.segments[0].box
    var letters: Float = 0
    var weighted: Float = 0
    var bold = 0
    for (segment, p) in zip(draft.segments, draft.pages) {
      for word in segment.words { places.append(WordPlace(page: p, word: word)) }
      if p == firstPage { box = box.union(segment.box) }
      letters += Float(segment.words.count)
      weighted += segment.size * Float(segment.words.count)
      if segment.isBold { bold += segment.words.count }
    }
    var block = Block(
      kind: draft.kind, places: start..<places.count, firstPage: firstPage, lastPage: lastPage,
      box: box, size: weighted / max(1, letters), isBold: bold * 2 > places.count - start,
      isCapitals: isCapitals(start..<places.count), lines: draft.segments.count)
    if block.kind == .paragraph || block.kind == .listItem || block.kind == .cell,
      isHeading(block, bodySize: draft.bodySize)
    {
      block.kind = .heading
    }
    blocks.append(block)
  }

  private func isCapitals(_ range: Range<Int>) -> Bool {
    var upper = 0
    var lower = 0
    var last: (number: Int32, page: Page)?
    for place in places[range] {
      // Looked up for each page, not for each word.
      if last?.number != place.page { last = page[Int(place.page)].map { (place.page, $0) } }
      guard let page = last?.page else { continue }
      for c in page.utf8[page.words[Int(place.word)].range] {
        if c >= 0x41 && c <= 0x5A { upper += 1 }
        if c >= 0x61 && c <= 0x7A { lower += 1 }
      }
    }
    return upper >= 3 && lower * 8 < upper
  }

  /// Set apart by weight, size or capitals, short, and not a sentence.
  private func isHeading(_ block: Block, bodySize: Float) -> Bool {
    let count = block.places.count
    guard count <= 40, block.lines <= 5, let lastPlace = places[block.places].last,
      let page = page[Int(lastPlace.page)]
    else { return false }
    let text = page.utf8[page.words[Int(lastPlace.word)].range]
    if block.kind == .cell { return block.isBold && block.size > bodySize * 1.15 && count <= 20 }
    var isSet = block.isBold || (block.isCapitals && count <= 25)
    // Size alone makes no heading of a list item: lists are often set larger than the tables around.
    if block.kind == .paragraph, block.size > bodySize * 1.09 { isSet = true }
    guard isSet else { return false }
    // Bold sentences are emphasis; abbreviations such as `Inc.` end headings too.
    if text.last == 0x2E, count > 12,
      !RunningText.isAbbreviatedForm(String(decoding: text, as: UTF8.self))
    {
      return false
    }
    if text.last == 0x3B || text.last == 0x2C { return false }
    return true
  }
}
