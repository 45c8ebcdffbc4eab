import PageText

/// Tables whose columns are drawn.
struct RuledTables {
  /// From top to bottom.
  private(set) var tables: [PageTable] = []
  /// For each word of the page whether it stands in one of them; empty where there are none.
  private var isInside: [Bool] = []

  init(_ page: Page, among rows: [PrintedRow], grid: Grid) {
    for area in grid.areas {
      guard let made = Self.table(area, page, rows, grid, taken: self) else { continue }
      tables.append(made.table)
      if isInside.isEmpty { isInside = Array(repeating: false, count: page.words.count) }
      for i in made.words { isInside[i] = true }
    }
  }

  /// Whether a word of the page stands in one of the tables.
  func holds(_ word: Int) -> Bool { !isInside.isEmpty && isInside[word] }

  /// Where on the page drawn tables are, without their words: for telling text from running heads.
  static func boxes(_ grid: Grid) -> [Box] {
    grid.areas.filter { $0.columnEdges.count >= 3 }.map(\.box)
  }

  private static func table(
    _ area: GridArea, _ page: Page, _ rows: [PrintedRow], _ grid: Grid, taken: RuledTables
  ) -> (table: PageTable, words: [Int])? {
    let xs = area.columnEdges
    let ys = area.bandEdges
    guard xs.count >= 3, ys.count >= 2, area.reach(of: xs) >= 0.2 else { return nil }
    let box = area.box
    var owner = [[Int]](repeating: [Int](repeating: 0, count: xs.count - 1), count: ys.count - 1)
    var cells: [(columns: Range<Int>, bands: Range<Int>)] = []
    for b in 0..<ys.count - 1 {
      let middle = (ys[b] + ys[b + 1]) / 2
      var c = 0
      while c < xs.count - 1 {
        var end = c + 1
        while end < xs.count - 1, !area.parts(edge: xs[end], at: middle) { end += 1 }
        if b > 0 {
          let above = owner[b - 1][c]
          if cells[above].columns == c..<end, cells[above].bands.upperBound == b,
            !grid.parts(at: ys[b], from: xs[c], to: xs[end])
          {
            cells[above].bands = cells[above].bands.lowerBound..<b + 1
            for column in c..<end { owner[b][column] = above }
            c = end
            continue
          }
        }
        for column in c..<end { owner[b][column] = cells.count }
        cells.append((c..<end, b..<b + 1))
        c = end
      }
    }
    var held = [[Int]](repeating: [], count: cells.count)
    var all: [Int] = []
    for row in rows where row.box.y1 > box.y0 && row.box.y0 < box.y1 {
      for segment in row.segments {
        for i in segment.words where !taken.holds(i) {
          let word = page.words[i]
          let y = word.baseline - 0.3 * word.size
          guard y > ys[0], y < ys[ys.count - 1], word.box.centreX > xs[0],
            word.box.centreX < xs[xs.count - 1]
          else { continue }
          let b = band(at: y, among: ys)
          let c = (xs.firstIndex { $0 > word.box.centreX } ?? 1) - 1
          held[owner[b][c]].append(i)
          all.append(i)
        }
      }
    }
    let filled = cells.indices.filter { !held[$0].isEmpty }
    guard filled.count >= 2, Set(filled.map { cells[$0].columns.lowerBound }).count >= 2 else {
      return nil
    }
    // The shaded head or a shaded row of a table without other lines is no table of its own.
    if Set(filled.map { cells[$0].bands.lowerBound }).count == 1,
      goesOn(beside: box, xs, rows, Set(all))
    {
      return nil
    }
    var made: [[PageCell]] = []
    for b in 0..<ys.count - 1 {
      let row = filled.filter { cells[$0].bands.lowerBound == b }.map { i in
        PageCell(
          columns: cells[i].columns, rowSpan: cells[i].bands.count, lines: lines(held[i], page))
      }.sorted { $0.columns.lowerBound < $1.columns.lowerBound }
      made.append(row)
    }
    let table = PageTable(
      columns: (0..<xs.count - 1).map { xs[$0]...xs[$0 + 1] }, rows: withoutEmpty(made),
      isRuled: true, box: box)
    return (table, all)
  }

  /// The band in which a height between the first and the last edge lies.
  private static func band(at y: Float, among edges: [Float]) -> Int {
    var low = 0
    var high = edges.count
    while low < high {
      let middle = (low + high) / 2
      if edges[middle] <= y { low = middle + 1 } else { high = middle }
    }
    return low - 1
  }

  /// Bands without a word are dropped; cells that reach over them get shorter.
  private static func withoutEmpty(_ rows: [[PageCell]]) -> [[PageCell]] {
    var out = rows
    for b in rows.indices.reversed() where rows[b].isEmpty {
      for above in 0..<b {
        for c in out[above].indices where above + out[above][c].rowSpan > b {
          out[above][c].rowSpan -= 1
        }
      }
      out.remove(at: b)
    }
    return out
  }

  /// Whether rows of columns stand right above or below, outside of the drawn lines. Cells that are centred
  /// beside each other begin at different heights: then lines within two of the columns show it.
  private static func goesOn(
    beside box: Box, _ xs: [Float], _ rows: [PrintedRow], _ own: Set<Int>
  ) -> Bool {
    var columns: Set<Int> = []
    for row in rows {
      let distance = max(row.box.y0 - box.y1, box.y0 - row.box.y1)
      guard distance > -4, distance < 2.5 * row.size,
        !row.segments.contains(where: { $0.words.contains(where: own.contains) })
      else { continue }
      if row.segments.count > 1 { return true }
      let line = row.segments[0].box
      for c in 0..<xs.count - 1 where line.x0 >= xs[c] - 1 && line.x1 <= xs[c + 1] + 1 {
        columns.insert(c)
      }
    }
    return columns.count > 1
  }

  static func lines(_ words: [Int], _ page: Page) -> [Segment] {
    rows(of: page, among: words.sorted()).map { segment($0, page) }
  }
}
