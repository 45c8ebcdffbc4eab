import PageText

/// Cuts a page of two columns of prose into what stands above them, the left, the right, and what
/// stands below, each with rows of its own: the lines of the two sides need not be level.
///
/// The file must write one side after the other, or this says nothing and rows are told apart by their
/// gaps: cells of a table also leave a free strip, but they are written row by row.
///
/// - Returns: the rows of each panel in reading order; nil when the page has no two columns.
func panels(of rows: [PrintedRow], on page: Page) -> [[PrintedRow]]? {
  let words = page.words
  let wordRows = rows.map { $0.segments.flatMap(\.words) }
  guard let gutter = Gutter(wordRows, words, width: page.readingWidth) else { return nil }
  let above = Array(rows[..<gutter.rows.lowerBound])
  let below = Array(rows[gutter.rows.upperBound...])
  let inside = wordRows[gutter.rows].flatMap(\.self).sorted()
  let left = inside.filter { words[$0].box.centreX < gutter.x }
  let right = inside.filter { words[$0].box.centreX >= gutter.x }
  let sides = [left, right].map {
    segmented(ReportStructure.rows(of: page, among: $0), on: page)
  }
  return ([above] + sides + [below]).filter { !$0.isEmpty }
}

/// A strip that no word crosses over many rows, with prose on both sides.
private struct Gutter {
  var x: Float
  /// The rows beside it.
  var rows: Range<Int>

  /// Columns of prose have at least this many words a side, in lines of at least four words.
  private static let leastWords = 40

  init?(_ rows: [[Int]], _ words: [Word], width: Float) {
    var best: (x: Float, rows: Range<Int>, weight: Int)?
    var x = width * 0.36
    while x < width * 0.64 {
      for run in Self.runs(rows, words, x) {
        var left = 0
        var right = 0
        for i in rows[run].joined() {
          if words[i].box.centreX < x { left += 1 } else { right += 1 }
        }
        let weight = min(left, right)
        if weight >= Self.leastWords, weight > best?.weight ?? 0 { best = (x, run, weight) }
      }
      x += 3
    }
    guard let best, Self.isWrittenSideBySide(rows[best.rows].flatMap(\.self), words, best.x),
      Self.isProse(rows[best.rows], words, best.x),
      !Self.isRead(rows[best.rows], words) || Self.isUnbroken(rows[best.rows], words, best.x)
    else { return nil }
    self.x = best.x
    self.rows = best.rows
  }

  /// Stretches of rows that leave the strip free.
  private static func runs(_ rows: [[Int]], _ words: [Word], _ x: Float) -> [Range<Int>] {
    var out: [Range<Int>] = []
    var start = 0
    for (r, row) in rows.enumerated() {
      let crosses = row.contains { words[$0].box.x0 < x + 2 && words[$0].box.x1 > x - 2 }
      if crosses {
        if r - start >= 6 { out.append(start..<r) }
        start = r + 1
      }
    }
    if rows.count - start >= 6 { out.append(start..<rows.count) }
    return out
  }

  /// Whether the file writes all of one side before the other; a footnote or two may be out of order.
  private static func isWrittenSideBySide(_ indices: [Int], _ words: [Word], _ x: Float) -> Bool {
    let sides = indices.sorted().map { words[$0].box.centreX < x }
    return zip(sides, sides.dropFirst()).count { $0 != $1 } <= 3
  }

  /// Whether the order of the words is that in which OCR read them: it takes one column of a table after the
  /// other.
  private static func isRead(_ rows: ArraySlice<[Int]>, _ words: [Word]) -> Bool {
    let all = rows.joined()
    return all.count { words[$0].style.contains(.recognised) } * 2 > all.count
  }

  /// Whether hardly a line of either side has a gap in it, as rows of several cells have, and most fill it.
  private static func isUnbroken(_ rows: ArraySlice<[Int]>, _ words: [Word], _ x: Float) -> Bool {
    for side in [true, false] {
      let lines = rows.map { row in row.filter { (words[$0].box.centreX < x) == side } }
        .filter { $0.count > 1 }
      let broken = lines.count { line in
        zip(line, line.dropFirst()).contains {
          words[$1].box.x0 - words[$0].box.x1 > 0.9 * words[$1].size
        }
      }
      let widths = lines.map { words[$0[$0.count - 1]].box.x1 - words[$0[0]].box.x0 }
      guard let widest = widths.max(), broken * 10 <= lines.count,
        widths.reduce(0, +) > 0.7 * widest * Float(widths.count)
      else { return false }
    }
    return true
  }

  /// Lines of prose have several words; the ids and dates of a list or form have one or two.
  private static func isProse(_ rows: ArraySlice<[Int]>, _ words: [Word], _ x: Float) -> Bool {
    for side in [true, false] {
      let counts = rows.map { row in row.count { (words[$0].box.centreX < x) == side } }
        .filter { $0 > 0 }
      guard counts.count >= 6,
        Double(counts.reduce(0, +)) / Double(counts.count) >= 3.5
      else { return false }
    }
    return true
  }
}
