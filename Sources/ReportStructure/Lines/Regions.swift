import PageText

/// A stretch of a page that is read in one way.
enum Region {
  /// Rows one after the other.
  case rows([Segment])
  /// Columns of prose, each from top to bottom.
  case columns([[Segment]])
  case table(PageTable)
}

/// Cuts the rows of a page body into regions.
///
/// - Parameter known: the columns of the table before, which a table without lines may go on with.
func regions(
  of rows: [PrintedRow], on page: Page, grid: Grid, known: inout [ClosedRange<Float>]
) -> [Region] {
  var out: [Region] = []
  var single: [Segment] = []
  var i = 0
  while i < rows.count {
    guard rows[i].segments.count > 1 || beginsRow(rows, i, known) else {
      single.append(rows[i].segments[0])
      i += 1
      continue
    }
    let end = endOfMulti(rows, from: i, known)
    let block = recut(Array(rows[i..<end]), known, page)
    let columns = goingOn(block, known) ?? columnIntervals(of: block)
    if columns.count < 2 {
      for row in block {
        single.append(contentsOf: row.segments)
      }
    } else {
      if !single.isEmpty { out.append(.rows(single)) }
      single = []
      let made = region(block, columns, page, grid)
      if case .table(let table) = made { known = table.columns }
      out.append(made)
    }
    i = end
  }
  if !single.isEmpty { out.append(.rows(single)) }
  return out
}

/// Whether a line within an inner column of the table before is the first of a row of it, whose other cells
/// begin further down because they are centred or stand at the bottom.
private func beginsRow(_ rows: [PrintedRow], _ start: Int, _ known: [ClosedRange<Float>]) -> Bool {
  guard known.count >= 3 else { return false }
  /// The column that a line begins and ends in.
  func column(_ box: Box) -> Int? {
    guard let c = known.firstIndex(where: { abs($0.lowerBound - box.x0) < 1.5 }) else { return nil }
    return c + 1 == known.count || box.x1 < known[c + 1].lowerBound ? c : nil
  }
  guard let first = column(rows[start].segments[0].box), first > 0 else { return false }
  /// A cell that is centred beside a longer one begins some lines below it. At the head of a page the rest of
  /// a cell may be of any length, and the next row follows.
  let most = start == 0 ? rows.count : 16
  let gap: Float = start == 0 ? 2 : 1
  for i in start + 1..<min(start + most, rows.count) where i < rows.count {
    guard rows[i].box.y0 - rows[i - 1].box.y1 < gap * rows[i].size,
      rows[i].segments.allSatisfy({ column($0.box) != nil })
    else { return false }
    if rows[i].segments.count > 1 { return true }
  }
  return false
}

/// Where the rows that belong to columns end: a row of one segment stays in as long as it fits into one
/// of the columns so far and stands close.
private func endOfMulti(
  _ rows: [PrintedRow], from start: Int, _ known: [ClosedRange<Float>]
) -> Int {
  var columns =
    rows[start].segments.count > 1
    ? rows[start].segments.map { ($0.box.x0, $0.box.x1) }
    : known.map { ($0.lowerBound, $0.upperBound) }
  var end = start + 1
  while end < rows.count {
    let row = rows[end]
    let gap = row.box.y0 - rows[end - 1].box.y1
    if row.segments.count > 1 {
      if gap > 6 * row.size { break }
      for segment in row.segments { columns.append((segment.box.x0, segment.box.x1)) }
      end += 1
      continue
    }
    let box = row.segments[0].box
    let merged = mergedIntervals(columns)
    let touching = merged.count { box.x0 < $0.1 && box.x1 > $0.0 }
    // A row across two columns is a heading or the next paragraph.
    let isInner = merged.first.map { box.x0 > $0.1 } ?? false
    // A cell's next paragraph may stand further down; what stands at the left margin is the next text.
    // An id that is centred beside its row stands on a line of its own, in a column not yet seen.
    let isApart =
      touching == 0
      && zip(known, known.dropFirst()).contains {
        $0.lowerBound - 2 < box.x0 && box.x1 < $1.lowerBound - 2
      }
    guard touching == 1 || isApart, merged.count > 1, gap < (isInner ? 3 : 1.6) * row.size else {
      break
    }
    // A full line of prose after a table that has only one column left of it is not part of it.
    guard let last = merged.last, box.x1 <= last.1 + 2 || box.x0 >= last.0 - 2 else { break }
    columns.append((box.x0, box.x1))
    if mergedIntervals(columns).count < merged.count { break }
    end += 1
  }
  return end
}

private func mergedIntervals(_ intervals: [(Float, Float)]) -> [(Float, Float)] {
  var out: [(Float, Float)] = []
  for interval in intervals.sorted(by: { $0.0 < $1.0 }) {
    if let last = out.last, interval.0 < last.1 + 1 {
      out[out.count - 1].1 = max(last.1, interval.1)
    } else {
      out.append(interval)
    }
  }
  return out
}

/// Cuts lines where a column of the table before begins, if a word begins there and the line has words
/// in another of its columns: a few rows alone do not show all their columns.
private func recut(
  _ rows: [PrintedRow], _ known: [ClosedRange<Float>], _ page: Page
) -> [PrintedRow] {
  guard known.count >= 3 else { return rows }
  func column(at x: Float) -> Int? { known.firstIndex { abs($0.lowerBound - x) < 0.75 } }
  return rows.map { row in
    let own = Set(row.segments.compactMap { column(at: $0.box.x0) })
    guard own.count >= 2 else { return row }
    var row = row
    row.segments = row.segments.flatMap { line -> [Segment] in
      var parts: [[Int]] = [[]]
      for (k, i) in line.words.enumerated() {
        let word = page.words[i]
        if k > 0, column(at: word.box.x0) != nil,
          word.box.x0 - page.words[line.words[k - 1]].box.x1 > 0.3 * word.size
        {
          parts.append([])
        }
        parts[parts.count - 1].append(i)
      }
      return parts.count == 1 ? [line] : parts.map { segment($0, page) }
    }
    return row
  }
}

/// The columns of the table before, if these rows stand in them: every line begins in one and ends before
/// the next, and most begin where a column does. A few rows alone tell their columns badly.
private func goingOn(_ rows: [PrintedRow], _ known: [ClosedRange<Float>]) -> [(Float, Float)]? {
  guard known.count >= 2 else { return nil }
  var aligned = 0
  var total = 0
  var used: Set<Int> = []
  for segment in rows.flatMap(\.segments) {
    total += 1
    let c = known.lastIndex { $0.lowerBound <= segment.box.x0 + 3 } ?? 0
    let end = c + 1 < known.count ? known[c + 1].lowerBound : .infinity
    if segment.box.x1 > end - 1 {
      // A merged cell begins where a column does, too.
      if abs(known[c].lowerBound - segment.box.x0) > 3 { return nil }
      continue
    }
    used.insert(c)
    if abs(known[c].lowerBound - segment.box.x0) <= 3 { aligned += 1 }
  }
  guard used.count >= 2, aligned * 10 >= total * 6 else { return nil }
  return known.map { ($0.lowerBound, $0.upperBound) }
}

/// The x-ranges of columns: what stays apart when all segments are laid over each other. Segments that
/// bridge what most rows keep apart (a merged cell, a head set too close) do not count.
private func columnIntervals(of rows: [PrintedRow]) -> [(Float, Float)] {
  let segments = rows.flatMap { $0.segments.map { ($0.box.x0, $0.box.x1) } }
  let strong = strongIntervals(segments, most: max(1, rows.count / 8))
  guard strong.count >= 2 else { return mergedIntervals(segments) }
  return mergedIntervals(
    segments.filter { segment in
      strong.count { segment.0 < $0.1 - 1 && segment.1 > $0.0 + 1 } < 2
    })
}

/// Where more than `most` segments lie over each other.
private func strongIntervals(_ segments: [(Float, Float)], most: Int) -> [(Float, Float)] {
  let edges = (segments.map { ($0.0, 1) } + segments.map { ($0.1, -1) }).sorted {
    ($0.0, $0.1) < ($1.0, $1.1)
  }
  var out: [(Float, Float)] = []
  var depth = 0
  var start: Float = 0
  for (x, step) in edges {
    if depth <= most, depth + step > most { start = x }
    if depth > most, depth + step <= most { out.append((start, x)) }
    depth += step
  }
  // Stretches that all but touch are one column whose lines end unevenly.
  return out.reduce(into: []) { kept, interval in
    if let last = kept.last, interval.0 - last.1 < 2 {
      kept[kept.count - 1].1 = interval.1
    } else {
      kept.append(interval)
    }
  }
}

private func region(
  _ rows: [PrintedRow], _ columns: [(Float, Float)], _ page: Page, _ grid: Grid
) -> Region {
  var byColumn = [[Segment]](repeating: [], count: columns.count)
  var rowsWithAll = 0
  for row in rows {
    var seen: Set<Int> = []
    for segment in row.segments {
      let c = bestColumn(for: segment.box, columns)
      byColumn[c].append(segment)
      seen.insert(c)
    }
    if seen.count == columns.count { rowsWithAll += 1 }
  }
  if isNarrative(byColumn, columns, rows: rows.count, rowsWithAll: rowsWithAll, page) {
    return .columns(byColumn)
  }
  let box = rows.dropFirst().reduce(rows[0].box) { $0.union($1.box) }
  return .table(
    AlignedTable.make(
      rows.flatMap(\.segments), columns: columns, page: page,
      heights: grid.heights(from: box.x0, to: box.x1, between: box.y0, and: box.y1), box: box))
}

/// The column that a box covers most of; the first of equals.
func bestColumn(for box: Box, _ columns: [(Float, Float)]) -> Int {
  var best = 0
  for c in columns.indices where overlap(box, columns[c]) > overlap(box, columns[best]) { best = c }
  return best
}

/// How far a box and a column lie over each other; negative where they lie apart.
func overlap(_ box: Box, _ column: (Float, Float)) -> Float {
  min(box.x1, column.1) - max(box.x0, column.0)
}

/// Whether columns are prose to be read one after the other: both are wide, lines fill them and stand
/// side by side all the way; or the file itself writes them one after the other.
private func isNarrative(
  _ byColumn: [[Segment]], _ columns: [(Float, Float)], rows: Int, rowsWithAll: Int, _ page: Page
) -> Bool {
  guard (2...3).contains(columns.count), rows >= 4 else { return false }
  let wide = columns.allSatisfy { $0.1 - $0.0 > page.readingWidth * 0.2 }
  guard wide else { return false }
  var fill: Float = 1
  for (c, segments) in byColumn.enumerated() {
    guard segments.count >= 3 else { return false }
    let width = columns[c].1 - columns[c].0
    let mean = segments.reduce(Float(0)) { $0 + $1.box.width / width } / Float(segments.count)
    fill = min(fill, mean)
  }
  let labels = byColumn.enumerated().flatMap { c, segments in
    segments.map { (order: $0.fileOrder, column: c) }
  }.sorted { $0.order < $1.order }
  let changes = zip(labels, labels.dropFirst()).count { $0.column != $1.column }
  let columnByColumn = changes < columns.count
  let sideBySide = Float(rowsWithAll) / Float(rows)
  // OCR reads cells column by column, too.
  let isRead =
    byColumn[0].first.map { page.words[$0.words[0]].style.contains(.recognised) } ?? false
  if columnByColumn, !isRead { return fill > 0.35 }
  return fill > 0.7 && sideBySide > 0.8 && rows >= 6
}
