import PageText

/// A stretch of a page that is read in one way.
enum Region {
  /// Rows one after the other.
  case rows([Segment])
  /// Columns of prose, each from top to bottom.
  case columns([[Segment]])
  /// Cells of a table, row by row; each cell is its segments from top to bottom.
  case cells([[Segment]])
}

/// Cuts the rows of a page body into regions.
func regions(of rows: [PrintedRow], on page: Page) -> [Region] {
  var out: [Region] = []
  var single: [Segment] = []
  var i = 0
  while i < rows.count {
    guard rows[i].segments.count > 1 else {
      single.append(rows[i].segments[0])
      i += 1
      continue
    }
    let end = endOfMulti(rows, from: i)
    let block = Array(rows[i..<end])
    let columns = columnIntervals(of: block)
    if columns.count < 2 {
      for row in block {
        single.append(contentsOf: row.segments)
      }
    } else {
      if !single.isEmpty { out.append(.rows(single)) }
      single = []
      out.append(region(block, columns, page))
    }
    i = end
  }
  if !single.isEmpty { out.append(.rows(single)) }
  return out
}

/// Where the rows that belong to columns end: a row of one segment stays in as long as it fits into one
/// of the columns so far and stands close.
private func endOfMulti(_ rows: [PrintedRow], from start: Int) -> Int {
  var columns = rows[start].segments.map { ($0.box.x0, $0.box.x1) }
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
    guard touching == 1, merged.count > 1, gap < 1.6 * row.size else { break }
    // A full line of prose after a table that has only one column left of it is not part of it.
    guard let last = merged.last, box.x1 <= last.1 + 2 else { break }
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

/// The x-ranges of columns: what stays apart when all segments are laid over each other. A row that
/// bridges columns (a merged cell) is left out while it would join them all.
private func columnIntervals(of rows: [PrintedRow]) -> [(Float, Float)] {
  let most = rows.map(\.segments.count).max() ?? 1
  let full = rows.filter { $0.segments.count >= max(2, most - 1) }
  return mergedIntervals(full.flatMap { $0.segments.map { ($0.box.x0, $0.box.x1) } })
}

private func region(_ rows: [PrintedRow], _ columns: [(Float, Float)], _ page: Page) -> Region {
  var byColumn = [[Segment]](repeating: [], count: columns.count)
  var rowsWithAll = 0
  for row in rows {
    var seen: Set<Int> = []
    for segment in row.segments {
      let c = column(of: segment.box, columns)
      byColumn[c].append(segment)
      seen.insert(c)
    }
    if seen.count == columns.count { rowsWithAll += 1 }
  }
  if isNarrative(byColumn, columns, rows: rows.count, rowsWithAll: rowsWithAll, page) {
    return .columns(byColumn)
  }
  return .cells(cells(byColumn))
}

private func column(of box: Box, _ columns: [(Float, Float)]) -> Int {
  var best = 0
  var bestOverlap: Float = -.infinity
  for (c, interval) in columns.enumerated() {
    let overlap = min(box.x1, interval.1) - max(box.x0, interval.0)
    if overlap > bestOverlap {
      bestOverlap = overlap
      best = c
    }
  }
  return best
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
  if columnByColumn { return fill > 0.35 }
  return fill > 0.7 && sideBySide > 0.8 && rows >= 6
}

/// The cells of a table: lines of one column that follow each other closely, in the order of their tops.
private func cells(_ byColumn: [[Segment]]) -> [[Segment]] {
  var out: [[Segment]] = []
  for segments in byColumn {
    var cell: [Segment] = []
    for segment in segments.sorted(by: { $0.baseline < $1.baseline }) {
      if let last = cell.last {
        let leading = segment.baseline - last.baseline
        let sameRow = leading < 0.3 * segment.size
        if !sameRow, leading > 1.55 * max(segment.size, last.size) || segment.isBold != last.isBold
        {
          out.append(cell)
          cell = []
        }
      }
      cell.append(segment)
    }
    if !cell.isEmpty { out.append(cell) }
  }
  return out.sorted {
    let (a, b) = ($0[0], $1[0])
    if abs(a.baseline - b.baseline) > 0.5 * min(a.size, b.size) { return a.baseline < b.baseline }
    return a.box.x0 < b.box.x0
  }
}
