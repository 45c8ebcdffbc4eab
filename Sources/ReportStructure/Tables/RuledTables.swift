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
    let below = rows.lazy.filter { $0.box.y1 > box.y1 }.flatMap { $0.segments.map(\.words) }
      .filter { !$0.contains(where: taken.holds) }
    takeOverflow(&held, &all, cells, xs, page, below: Array(below))
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

  /// Some programs break a cell over pages without cutting its words: its last lines stand below the line that
  /// closes it, in an area without lines or below the table. They are the cell's.
  private static func takeOverflow(
    _ held: inout [[Int]], _ all: inout [Int],
    _ cells: [(columns: Range<Int>, bands: Range<Int>)], _ xs: [Float], _ page: Page,
    below rows: [[Int]]
  ) {
    /// Whether a line stands right below the last one of a cell, and within it.
    func isBelow(_ cell: Int, _ line: [Int]) -> Bool {
      guard let above = held[cell].last.map({ page.words[$0] }),
        let first = line.first.map({ page.words[$0] })
      else { return false }
      let gap = (first.baseline - above.baseline) / above.size
      let left = xs[cells[cell].columns.lowerBound] - 1
      let right = xs[cells[cell].columns.upperBound] + 1
      return gap > 0.5 && gap < 1.35 && abs(first.size - above.size) < 0.5
        && line.allSatisfy { page.words[$0].box.x0 >= left && page.words[$0].box.x1 <= right }
    }
    func goesOn(_ line: [Int]) -> Bool {
      line.first.flatMap { page.utf8[page.words[$0].range].first }
        .map { (0x61...0x7A).contains($0) } ?? false
    }
    // What no line parts from its neighbours reaches over more columns than the cell above.
    for wide in cells.indices where cells[wide].columns.count > 1 && goesOn(held[wide]) {
      let above = cells.indices.first {
        cells[$0].bands.upperBound == cells[wide].bands.lowerBound
          && cells[$0].columns.count < cells[wide].columns.count
          && cells[wide].columns.contains(cells[$0].columns.lowerBound) && isBelow($0, held[wide])
      }
      guard let above else { continue }
      held[above] += held[wide]
      held[wide] = []
    }
    let end = cells.map(\.bands.upperBound).max()
    for cell in cells.indices where cells[cell].bands.upperBound == end {
      var isOver = false
      for line in rows where isBelow(cell, line) && (isOver || goesOn(line)) {
        held[cell] += line
        all += line
        isOver = true
      }
    }
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

  /// Whether rows of columns stand right above or below, outside of the drawn lines: in the first lines that
  /// way, as far as they follow each other closely, two of the columns have words. Cells that are centred
  /// beside each other begin at different heights, and the longest ends alone.
  private static func goesOn(
    beside box: Box, _ xs: [Float], _ rows: [PrintedRow], _ own: Set<Int>
  ) -> Bool {
    let others = rows.filter { !$0.segments.contains { $0.words.contains(where: own.contains) } }
    let above = others.filter { $0.box.y1 < box.y0 + 4 }.reversed()
    let below = others.filter { $0.box.y0 > box.y1 - 4 }
    return isParted(above.prefix(farthest), from: box, xs)
      || isParted(below.prefix(farthest), from: box, xs)
  }

  /// A cell beside the shaded row may be this many lines longer than those beside it.
  private static let farthest = 24

  /// Whether lines that follow each other from a box on stand in two columns or more.
  private static func isParted(
    _ rows: some Sequence<PrintedRow>, from box: Box, _ xs: [Float]
  ) -> Bool {
    var last = box
    var columns: Set<Int> = []
    for row in rows {
      guard max(row.box.y0 - last.y1, last.y0 - row.box.y1) < 2.5 * row.size else { return false }
      if row.segments.count > 1 { return true }
      let line = row.segments[0].box
      let column = (0..<xs.count - 1).first { line.x0 >= xs[$0] - 1 && line.x1 <= xs[$0 + 1] + 1 }
      guard let column else { return false }
      columns.insert(column)
      if columns.count > 1 { return true }
      last = row.box
    }
    return false
  }

  static func lines(_ words: [Int], _ page: Page) -> [Segment] {
    rows(of: page, among: words.sorted()).map { segment($0, page) }
  }
}
