import PageText

/// Makes a table of rows whose words stand in columns without lines between them.
///
/// Rows are told by the free strips that run across the whole table; where rows follow each other as
/// closely as lines do, by the ids in the first column, or by every line being a row. Lines that run
/// across the table part rows for certain.
struct AlignedTable {
  private let columns: [(Float, Float)]
  private let page: Page
  private var lines: [Line]
  /// The distance of lines within a cell.
  private let leading: Float
  /// The distance that nearly all lines of cells have, if `isEven`.
  private let even: Float
  private let isEven: Bool
  private let size: Float

  private struct Line {
    var segment: Segment
    var columns: Range<Int>
  }

  /// A gap this much wider than between lines of a cell parts rows. Cell padding adds at least a third
  /// of a line in the producers measured.
  private static let rowGap: Float = 1.28

  /// Where lines of a cell are all but equally far apart, this much more parts rows: cells padded by one point.
  private static let fineGap: Float = 1.07
  /// How far lines of a cell may differ in distance to be called equal.
  private static let evenness: Float = 0.02

  /// - Parameter heights: where lines run across the table, from top to bottom.
  static func make(
    _ segments: [Segment], columns: [(Float, Float)], page: Page, heights: [Float], box: Box
  ) -> PageTable {
    let table = AlignedTable(segments, columns, page)
    var rows: [[PageCell]] = []
    // Many lines across part all rows; a few part the head and groups of rows.
    let isParted = heights.count >= 3
    var rest = table.lines[...]
    for limit in heights + [.infinity] {
      let band = rest.prefix { $0.segment.baseline - 0.3 * $0.segment.size < limit }
      rest = rest.dropFirst(band.count)
      if !band.isEmpty { rows += table.rows(Array(band), strict: isParted) }
    }
    return PageTable(
      columns: columns.map { $0.0...max($0.0, $0.1) }, rows: rows, isRuled: false, box: box)
  }

  private init(_ segments: [Segment], _ columns: [(Float, Float)], _ page: Page) {
    self.columns = columns
    self.page = page
    lines = segments.sorted { ($0.baseline, $0.box.x0) < ($1.baseline, $1.box.x0) }.map {
      Line(segment: $0, columns: Self.span(of: $0.box, columns))
    }
    size = Self.median(segments.map(\.size)) ?? 10
    var gaps: [Float] = []
    for c in columns.indices {
      let own = lines.filter { $0.columns == c..<c + 1 }
      for (a, b) in zip(own, own.dropFirst()) {
        let gap = b.segment.baseline - a.segment.baseline
        if gap > 0.5 * size, gap < 2.2 * size { gaps.append(gap) }
      }
    }
    gaps.sort()
    let common = gaps.isEmpty ? 1.2 * size : gaps[gaps.count / 4]
    leading = min(common, 1.35 * size)
    let close = gaps.filter { $0 < 1.6 * common }
    isEven =
      gaps.count >= 6
      && close.count { abs($0 - common) <= Self.evenness * common } * 10 >= close.count * 7
    even = common
  }

  private static func median(_ values: [Float]) -> Float? {
    values.isEmpty ? nil : values.sorted()[values.count / 2]
  }

  /// The columns that a line covers: its own, or several where it runs well into them.
  static func span(of box: Box, _ columns: [(Float, Float)]) -> Range<Int> {
    let well = columns.indices.filter { c in
      overlap(box, columns[c]) > min(12, 0.5 * (columns[c].1 - columns[c].0))
    }
    if let first = well.first, let last = well.last, first < last { return first..<last + 1 }
    let best = bestColumn(for: box, columns)
    return best..<best + 1
  }

  // MARK: - Rows

  private func rows(_ band: [Line], strict: Bool) -> [[PageCell]] {
    var starts = startsByStrips(band, gap: Self.rowGap * leading)
    if !strict {
      if isEven {
        let fine = startsByStrips(band, gap: Self.fineGap * even)
        if fine.count >= 3, fine.count >= 2 * starts.count, haveOneID(fine, band) { starts = fine }
      }
      let ids = startsByIDs(band)
      if Float(starts.count) < 0.7 * Float(ids.count) {
        starts = ids.union(starts).union(startsByResults(band))
      } else if ids.isEmpty, let told = startsBySentences(band), told.count >= 2 * starts.count {
        starts = told
      } else if starts.count <= 2, let ledger = startsByLines(band), ledger.count > starts.count {
        starts = ledger
      }
    } else {
      let bounds = starts.sorted() + [band.count]
      starts = starts.filter { start in
        start == 0
          || band[start...].prefix { isLevel($0, band[start]) }.contains {
            $0.columns.upperBound == columns.count
          } || partsWholeRows(start, band, bounds)
      }
    }
    // Further tests of a control stand beside the rest of its words.
    let fresh = startsByResults(band).subtracting(starts)
    let bounds = starts.union(fresh).union([0]).sorted() + [band.count]
    var rows = zip(bounds, bounds.dropFirst()).filter { $0 < $1 }.map { Array(band[$0..<$1]) }
    for r in rows.indices.dropFirst() where fresh.contains(bounds[r]) { moveUp(&rows, r) }
    return rows.filter { !$0.isEmpty }.map { cells($0[...]) }
  }

  /// Words of the first columns that go on beside a further test belong to the row above.
  private func moveUp(_ rows: inout [[Line]], _ r: Int) {
    for line in rows[r] where line.columns.upperBound <= columns.count - 2 {
      guard let above = rows[r - 1].last(where: { $0.columns == line.columns }),
        line.segment.baseline - above.segment.baseline <= Self.rowGap * leading,
        let i = rows[r].firstIndex(where: { $0.segment.words == line.segment.words })
      else { continue }
      rows[r - 1].append(rows[r].remove(at: i))
    }
  }

  /// Whether both sides of a strip have words in the first and in the last column: then it parts rows, also
  /// where cells are centred and nothing stands level with its edge.
  private func partsWholeRows(_ start: Int, _ band: [Line], _ bounds: [Int]) -> Bool {
    guard let b = bounds.firstIndex(of: start), b > 0, b + 1 < bounds.count else { return false }
    return [band[bounds[b - 1]..<start], band[start..<bounds[b + 1]]].allSatisfy { part in
      part.contains { $0.columns.contains(0) }
        && part.contains { $0.columns.contains(columns.count - 1) }
    }
  }

  /// Whether no row has two ids; one may be broken over lines.
  private func haveOneID(_ starts: Set<Int>, _ band: [Line]) -> Bool {
    let bounds = starts.sorted() + [band.count]
    return zip(bounds, bounds.dropFirst()).allSatisfy { from, to in
      let ids = band[from..<to].filter { $0.columns == 0..<1 && isID($0.segment) }
      return zip(ids, ids.dropFirst()).allSatisfy {
        $1.segment.baseline - $0.segment.baseline <= Self.fineGap * even
      }
    }
  }

  private func isLevel(_ a: Line, _ b: Line) -> Bool {
    abs(a.segment.baseline - b.segment.baseline) < 0.35 * size
  }

  /// Where a free strip ends. What follows must have words in the first column or in two columns, or it
  /// is the next paragraph of a cell.
  private func startsByStrips(_ band: [Line], gap limit: Float) -> Set<Int> {
    var starts: Set<Int> = [0]
    for i in band.indices.dropFirst() {
      let gap = band[i].segment.baseline - band[i - 1].segment.baseline
      if gap > limit { starts.insert(i) }
    }
    let bounds = starts.sorted() + [band.count]
    for (from, to) in zip(bounds, bounds.dropFirst()) where from > 0 {
      let covered = Set(band[from..<to].flatMap { Array($0.columns) })
      let spans = band[from..<to].contains { $0.columns.count > 1 }
      if covered.count < 2, !covered.contains(0), !spans { starts.remove(from) }
    }
    return starts
  }

  /// Lines whose first column has an id, with words beside it.
  private func startsByIDs(_ band: [Line]) -> Set<Int> {
    var out: Set<Int> = []
    for line in band where line.columns == 0..<1 && isID(line.segment) {
      let level = band.indices.filter { isLevel(band[$0], line) }
      guard level.count > 1, let first = level.first else { continue }
      // An id that a line end broke at its hyphen begins above.
      let above = band[..<first].last { $0.columns == 0..<1 }
      if let above, isBroken(above.segment),
        line.segment.baseline - above.segment.baseline <= Self.rowGap * leading,
        let start = band.indices.first(where: { isLevel(band[$0], above) })
      {
        out.insert(start)
      } else {
        out.insert(first)
      }
    }
    return out
  }

  /// Where rows are set as close as lines: a line that begins a result, while the test beside it begins
  /// a sentence.
  private func startsByResults(_ band: [Line]) -> Set<Int> {
    let last = columns.count - 1
    guard last >= 2 else { return [] }
    var out: Set<Int> = []
    func previous(_ column: Int, before i: Int) -> Line? {
      band[..<i].last { $0.columns == column..<column + 1 && !isLevel($0, band[i]) }
    }
    for (i, line) in band.enumerated() where line.columns == last..<last + 1 {
      guard isCapital(line.segment), let above = previous(last, before: i), hasEnded(above),
        line.segment.baseline - above.segment.baseline > Self.rowGap * leading,
        let test = band.first(where: { $0.columns == last - 1..<last && isLevel($0, line) }),
        let first = test.segment.words.first.flatMap({ page.utf8[page.words[$0].range].first }),
        (0x41...0x5A).contains(first), let before = previous(last - 1, before: i),
        endsSentence(before.segment, page),
        let start = band.indices.first(where: { isLevel(band[$0], line) })
      else { continue }
      out.insert(start)
    }
    return out
  }

  /// Where all columns begin a sentence beside each other, and all had ended one before.
  private func startsBySentences(_ band: [Line]) -> Set<Int>? {
    guard columns.count >= 3 else { return nil }
    var out: Set<Int> = [0]
    var last: [Int: Line] = [:]
    var i = 0
    while i < band.count {
      let group = band[i...].prefix { isLevel($0, band[i]) }
      let begins =
        group.count == columns.count && last.count == columns.count
        && group.allSatisfy { line in
          line.columns.count == 1 && isCapital(line.segment)
            && last[line.columns.lowerBound].map(hasEnded) ?? false
        }
      if begins { out.insert(i) }
      for line in group { last[line.columns.lowerBound] = line }
      i += max(1, group.count)
    }
    return out.count >= 3 ? out : nil
  }

  private func isCapital(_ segment: Segment) -> Bool {
    segment.words.first.flatMap { page.utf8[page.words[$0].range].first }
      .map { (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) } ?? false
  }

  private func startsLow(_ segment: Segment) -> Bool {
    segment.words.first.flatMap { page.utf8[page.words[$0].range].first }
      .map { (0x61...0x7A).contains($0) } ?? false
  }

  /// Ends with a full stop or a bracket, or is a verdict of a word or two.
  private func hasEnded(_ line: Line) -> Bool {
    guard let last = line.segment.words.last.flatMap({ page.utf8[page.words[$0].range].last })
    else { return false }
    return endsSentence(line.segment, page) || last == 0x29 || last == 0x5D
      || (line.columns.upperBound == columns.count && line.segment.words.count <= 2)
  }

  /// Every line is a row where nearly all have words in the first and in another column.
  private func startsByLines(_ band: [Line]) -> Set<Int>? {
    var groups: [(start: Int, columns: Set<Int>)] = []
    for (i, line) in band.enumerated() {
      if let last = groups.last, isLevel(band[last.start], line) {
        groups[groups.count - 1].columns.formUnion(line.columns)
      } else {
        groups.append((i, Set(line.columns)))
      }
    }
    // A line that goes on with a small letter is no row.
    let goesOn = groups.dropFirst().contains { group in
      band[group.start].columns == 0..<1 && startsLow(band[group.start].segment)
    }
    guard !goesOn else { return nil }
    let full = groups.count { $0.columns.contains(0) && $0.columns.count > 1 }
    guard groups.count >= 3, full * 10 >= groups.count * 9 else { return nil }
    return Set(groups.filter { $0.columns.contains(0) }.map(\.start))
  }

  /// A short word with a figure in it: `AC-01`, `6.1.3`, `CC6.1`, `24`.
  private func isID(_ segment: Segment) -> Bool {
    guard segment.words.count <= 2, let first = segment.words.first else { return false }
    let text = page.utf8[page.words[first].range]
    return text.count <= 14 && text.contains { $0 >= 0x30 && $0 <= 0x39 }
  }

  private func isBroken(_ segment: Segment) -> Bool {
    guard segment.words.count == 1, let word = segment.words.first else { return false }
    return page.utf8[page.words[word].range].last == 0x2D
  }

  // MARK: - Cells

  private func cells(_ lines: ArraySlice<Line>) -> [PageCell] {
    var out: [PageCell] = []
    for line in lines {
      if let i = out.firstIndex(where: { $0.columns == line.columns }) {
        out[i].lines.append(line.segment)
      } else if line.columns.count == 1,
        let i = out.firstIndex(where: {
          $0.columns.contains(line.columns.lowerBound) && $0.columns.count > 1
            && isBelow(line.segment, $0.lines, box: $0.lines[0].box)
        })
      {
        // The short last line of a merged cell stands in one column only.
        out[i].lines.append(line.segment)
      } else {
        out.append(PageCell(columns: line.columns, rowSpan: 1, lines: [line.segment]))
      }
    }
    return out.sorted {
      $0.columns.lowerBound != $1.columns.lowerBound
        ? $0.columns.lowerBound < $1.columns.lowerBound
        : $0.lines[0].baseline < $1.lines[0].baseline
    }
  }

  private func isBelow(_ segment: Segment, _ lines: [Segment], box: Box) -> Bool {
    guard let last = lines.last else { return false }
    let gap = segment.baseline - last.baseline
    return gap > 0 && gap <= Self.rowGap * leading && abs(segment.box.x0 - box.x0) < 3
  }
}
