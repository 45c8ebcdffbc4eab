public import PageText
public import TextMatching

/// A paragraph, heading, list item or table cell: words that are read in one go.
public struct Block: Sendable {
  public enum Kind: String, Sendable, CaseIterable {
    case heading, paragraph
    case listItem = "list-item"
    case cell
    /// A line of a table of contents.
    case contents
  }

  public var kind: Kind
  /// Its words, in `Layout.places`.
  public var places: Range<Int>
  /// Indices of the first and last page it is printed on.
  public var firstPage: Int
  public var lastPage: Int
  /// On its first page, in the reading frame.
  public var box: Box
  /// Size of most of its letters, in points.
  public var size: Float
  public var isBold: Bool
  public var isCapitals: Bool
  public var lines: Int

  public init(
    kind: Kind, places: Range<Int>, firstPage: Int, lastPage: Int, box: Box, size: Float,
    isBold: Bool, isCapitals: Bool, lines: Int
  ) {
    self.kind = kind
    self.places = places
    self.firstPage = firstPage
    self.lastPage = lastPage
    self.box = box
    self.size = size
    self.isBold = isBold
    self.isCapitals = isCapitals
    self.lines = lines
  }
}

/// A document's words in reading order, cut into blocks, with running heads and feet set apart.
public struct Layout: Sendable {
  public var places: [WordPlace] = []
  public var blocks: [Block] = []
  public var tables: [Table] = []
  /// Rows of running heads and feet, each once for each page.
  public var furniture: [[WordPlace]] = []
  /// The size in which most letters of the document are set.
  public var bodySize: Float = 10
}

/// Puts the words of the pages in reading order and joins them to blocks.
public func layout(_ pages: [Page]) -> Layout {
  var out = Layout()
  out.bodySize = commonSize(of: pages) ?? 10
  let printed = pages.map { segmented(rows(of: $0), on: $0) }
  let grids = pages.map(Grid.init)
  let furniture = FurnitureFinder.find(in: pages, rows: printed, grids: grids)
  var builder = BlockBuilder()
  var size = out.bodySize
  for (p, page) in pages.enumerated() {
    var body: [PrintedRow] = []
    for (r, row) in printed[p].enumerated() {
      if furniture[p].contains(r) {
        out.furniture.append(
          row.segments.flatMap { $0.words.map { WordPlace(page: p, word: $0) } })
      } else {
        body.append(row)
      }
    }
    // Narrative and tables are often set in different sizes; a page of little text says nothing.
    if page.words.count >= 120, let own = commonSize(of: [page]) { size = own }
    builder.add(
      pieces(of: body, on: page, grid: grids[p]), page, index: p, bodySize: size, grid: grids[p])
  }
  builder.finish()
  out.tables = builder.tables
  out.furniture += builder.repeatedHeads
  out.places = builder.places
  out.blocks = builder.blocks
  return out
}

/// What stands on a page, from top to bottom: drawn tables, and all between them.
enum PagePiece {
  case table(PageTable)
  /// Rows that are read together; several where they stand beside each other.
  case flow([[PrintedRow]])
}

private func pieces(of rows: [PrintedRow], on page: Page, grid: Grid) -> [PagePiece] {
  let ruled = RuledTables(page, among: rows, grid: grid)
  guard !ruled.tables.isEmpty else { return [.flow(panels(of: rows, on: page) ?? [rows])] }
  var out: [PagePiece] = []
  var rest: [[Int]] = rows.map { row in
    row.segments.flatMap(\.words).filter { !ruled.holds($0) }
  }.filter { !$0.isEmpty }
  func flow(above y: Float) {
    let part = rest.prefix { words in page.words[words[0]].baseline < y }
    rest.removeFirst(part.count)
    guard !part.isEmpty else { return }
    let cut = segmented(Array(part), on: page)
    out.append(.flow(panels(of: cut, on: page) ?? [cut]))
  }
  for table in ruled.tables {
    flow(above: table.box.y0)
    out.append(.table(table))
  }
  flow(above: .infinity)
  return out
}

/// The size in which most letters are set, to a quarter of a point.
private func commonSize(of pages: [Page]) -> Float? {
  var letters = [Int](repeating: 0, count: 400)
  for page in pages {
    for word in page.words {
      let slot = min(max(Int((word.size * 4).rounded()), 0), 399)
      letters[slot] += Int(word.end - word.start)
    }
  }
  guard let best = letters.indices.max(by: { letters[$0] < letters[$1] }), letters[best] > 0 else {
    return nil
  }
  return Float(best) / 4
}
