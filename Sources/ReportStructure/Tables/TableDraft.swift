import PageText

/// A table that may go on on the next page.
struct TableDraft {
  private(set) var columns: [ClosedRange<Float>]
  private(set) var rows: [[Cell]] = []
  private(set) var isRuled: Bool
  private(set) var firstPage: Int
  private(set) var lastPage: Int
  /// Of the page it begins on.
  private(set) var bodySize: Float
  /// The columns as they stand on its last page.
  private var lastColumns: [ClosedRange<Float>]
  /// The page on which its first rows stand.
  private let headPage: Page

  struct Cell {
    var columns: Range<Int>
    var rowSpan: Int
    var lines: [Segment]
    /// For each line, the index of its page.
    var pages: [Int]
  }

  init(_ table: PageTable, _ page: Page, index: Int, bodySize: Float) {
    columns = table.columns
    lastColumns = table.columns
    isRuled = table.isRuled
    firstPage = index
    lastPage = index
    headPage = page
    self.bodySize = bodySize
    rows = table.rows.map { row in row.map { Self.cell($0, index) } }
  }

  private static func cell(_ cell: PageCell, _ page: Int) -> Cell {
    Cell(
      columns: cell.columns, rowSpan: cell.rowSpan, lines: cell.lines,
      pages: cell.lines.map { _ in page })
  }

  /// Whether a table at the top of the next page has the same columns. Left and right pages may have
  /// other margins, so only the distances of the columns count.
  func isContinued(by table: PageTable) -> Bool {
    guard table.columns.count == lastColumns.count, table.isRuled == isRuled,
      let first = lastColumns.first, let other = table.columns.first
    else { return false }
    let shift = other.lowerBound - first.lowerBound
    /// Text begins up to this far from where its column does, where no lines tell it.
    let tolerance: Float = isRuled ? 3.5 : 6
    return zip(lastColumns, table.columns).allSatisfy {
      abs($1.lowerBound - $0.lowerBound - shift) <= tolerance
    }
  }

  /// Adds the rows of the next page.
  ///
  /// - Returns: the words of heads that are printed again and were left out.
  mutating func goOn(
    with table: PageTable, _ before: Page, _ page: Page, index: Int
  ) -> [[Int]] {
    var fresh = table.rows
    var heads: [[Int]] = []
    while heads.count < 3, heads.count < rows.count, let row = fresh.first,
      isSame(row, rows[heads.count], page)
    {
      heads.append(row.flatMap { $0.lines.flatMap(\.words) })
      fresh.removeFirst()
    }
    if let row = fresh.first, rows.count > heads.count,
      goesOn(rows[rows.count - 1], row, before, page)
    {
      // A further test with a result of its own, beside the rest of the control's words, is a row of its own.
      let further = furtherTest(rows[rows.count - 1], row, before, page)
      for cell in row where !further.contains(cell.columns) {
        let lines = cell.lines
        if let c = rows[rows.count - 1].firstIndex(where: { $0.columns == cell.columns }) {
          rows[rows.count - 1][c].lines += lines
          rows[rows.count - 1][c].pages += lines.map { _ in index }
        } else {
          rows[rows.count - 1].append(Self.cell(cell, index))
          rows[rows.count - 1].sort { $0.columns.lowerBound < $1.columns.lowerBound }
        }
      }
      fresh[0] = row.filter { further.contains($0.columns) }
      if fresh[0].isEmpty { fresh.removeFirst() }
    }
    rows += fresh.map { row in row.map { Self.cell($0, index) } }
    lastPage = index
    lastColumns = table.columns
    return heads
  }

  private func isSame(_ row: [PageCell], _ head: [Cell], _ page: Page) -> Bool {
    guard row.count == head.count else { return false }
    return zip(row, head).allSatisfy { a, b in
      a.columns == b.columns && a.lines.count == b.lines.count
        && zip(a.lines, b.lines).allSatisfy { x, y in
          x.words.count == y.words.count
            && zip(x.words, y.words).allSatisfy {
              page.utf8[page.words[$0].range] == headPage.utf8[headPage.words[$1].range]
            }
        }
    }
  }

  /// Whether the first row of a page is the rest of the last row of the page before.
  ///
  /// A cell whose sentence goes on decides; then a row that has words in one inner column only, or
  /// nothing in the first and the last, is a rest as well. A new id is a new row in any case.
  private func goesOn(
    _ last: [Cell], _ row: [PageCell], _ before: Page, _ page: Page
  ) -> Bool {
    guard let leading = row.first, row.allSatisfy({ $0.columns.count < columns.count }) else {
      return false
    }
    if leading.columns.lowerBound == 0, startsWithID(leading, page) { return false }
    // The number of a control is the last line of a page, its words begin the next, where numbers and words
    // share a column.
    if leading.columns.lowerBound == 0, sharesFirstColumn, let above = last.first,
      above.columns == leading.columns, above.lines.count == 1,
      above.lines[0].words.count <= 2, isID(above.lines[0], before)
    {
      return true
    }
    var goes = false
    var isFresh = false
    for cell in row {
      guard let above = last.first(where: { $0.columns == cell.columns }),
        let line = above.lines.last, let first = cell.lines.first
      else { continue }
      let isOpen = !endsSentence(line, before) && !endsWithTag(line, before)
      if isOpen && startsLow(first, page, withDigits: cell.columns.lowerBound > 0) {
        if cell.columns.lowerBound == 0 { return true }
        goes = true
      }
      if !isOpen && !startsLow(first, page, withDigits: false) {
        // A new control beside one that has ended.
        if cell.columns.lowerBound == 0 { return false }
        isFresh = true
      }
    }
    // Its words may go on with a capital letter; a new control would come with a result.
    if leading.columns.lowerBound == 0 {
      return (goes && !isFresh) || !row.contains { $0.columns.upperBound == columns.count }
    }
    if goes { return true }
    let isInner = row.allSatisfy { $0.columns.upperBound < columns.count }
    return row.count == 1 || isInner
  }

  /// The last two columns of a row that goes on, if both had come to an end and begin anew.
  private func furtherTest(
    _ last: [Cell], _ row: [PageCell], _ before: Page, _ page: Page
  ) -> [Range<Int>] {
    let ends = row.suffix(2).map(\.columns)
    guard row.count > 2,
      ends == [columns.count - 2..<columns.count - 1, columns.count - 1..<columns.count],
      row.suffix(2).allSatisfy({ cell in
        guard let above = last.first(where: { $0.columns == cell.columns }),
          let line = above.lines.last, let first = cell.lines.first
        else { return false }
        return endsSentence(line, before) && !startsLow(first, page, withDigits: true)
      })
    else { return [] }
    return ends
  }

  /// Whether most cells of the first column hold more than a number.
  private var sharesFirstColumn: Bool {
    let cells = rows.compactMap { row in row.first { $0.columns == 0..<1 } }
    let long = cells.count { $0.lines.reduce(0) { $0 + $1.words.count } > 4 }
    return long * 2 > cells.count
  }

  /// A number in brackets closes a control's words: `(A1.3.23)`, `[CC6.1]`.
  private func endsWithTag(_ line: Segment, _ page: Page) -> Bool {
    guard let word = line.words.last else { return false }
    let text = page.utf8[page.words[word].range]
    return (text.last == 0x29 || text.last == 0x5D)
      && text.contains { (0x30...0x39).contains($0) }
  }

  private func isID(_ line: Segment, _ page: Page) -> Bool {
    line.words.first.map { i in
      page.utf8[page.words[i].range].contains { (0x30...0x39).contains($0) }
    } ?? false
  }

  private func startsWithID(_ cell: PageCell, _ page: Page) -> Bool {
    guard let word = cell.lines.first?.words.first else { return false }
    let text = page.utf8[page.words[word].range]
    return text.count <= 14 && text.contains { $0 >= 0x30 && $0 <= 0x39 }
      && (text.contains(0x2E) || text.contains(0x2D) || (text.first ?? 0) >= 0x41
        || (cell.lines[0].words.count == 1 && cell.lines.count == 1))
  }

  private func startsLow(_ line: Segment, _ page: Page, withDigits: Bool) -> Bool {
    guard let word = line.words.first, let c = page.utf8[page.words[word].range].first else {
      return false
    }
    return (0x61...0x7A).contains(c) || (withDigits && (0x30...0x39).contains(c)) || c == 0x28
  }
}
