import PageText

/// A run of words on one baseline with no column gap in it.
struct Segment {
  /// Indices into the page's words, from left to right.
  var words: [Int]
  var box: Box
  var baseline: Float
  /// The size of most of its letters.
  var size: Float
  /// More than half of its letters are bold.
  var isBold: Bool
  /// Has no small letters, and more than three capital ones.
  var isCapitals: Bool
  /// The first of its words in the order of the file.
  var fileOrder: Int
}

/// All segments on one baseline of a page.
struct PrintedRow {
  var segments: [Segment]
  var baseline: Float
  var size: Float
  var box: Box
}

/// Groups the words of a page into rows by their baselines, top to bottom.
///
/// - Parameter chosen: only these words, in the order of the file; all of the page's when left out.
func rows(of page: Page, among chosen: [Int]? = nil) -> [[Int]] {
  let words = page.words
  let indices = chosen ?? Array(words.indices)
  guard !indices.isEmpty else { return [] }
  // Raised marks go with the word before them; everything else is sorted by baseline.
  var anchors: [Int] = []
  anchors.reserveCapacity(indices.count)
  var raised: [Int] = []
  for (k, i) in indices.enumerated() {
    if words[i].style.contains(.raised), k > 0 { raised.append(i) } else { anchors.append(i) }
  }
  anchors.sort {
    words[$0].baseline != words[$1].baseline
      ? words[$0].baseline < words[$1].baseline : words[$0].box.x0 < words[$1].box.x0
  }
  var out: [[Int]] = []
  var start = 0
  for k in anchors.indices.dropFirst() {
    let first = words[anchors[start]]
    let word = words[anchors[k]]
    if word.baseline - first.baseline > 0.35 * min(word.size, first.size) {
      out.append(Array(anchors[start..<k]))
      start = k
    }
  }
  if start < anchors.count { out.append(Array(anchors[start...])) }
  for i in raised {
    let before = anchors.lazy.filter { $0 < i }.max()
    let row = before.flatMap { before in out.firstIndex { $0.contains(before) } }
    if let row { out[row].append(i) } else { out.append([i]) }
  }
  for r in out.indices { out[r].sort { words[$0].box.x0 < words[$1].box.x0 } }
  return out
}

/// Cuts the rows of a page into segments at column gaps.
///
/// A gap of more than 0.9 em counts as a column gap when the rows around it leave it free too, when
/// words under each other begin behind it, or when it is wider than 4.5 em: justified prose has wide
/// gaps, but they are all alike and do not stand under each other. Cells that touch are told by the
/// space that the file does not write between them.
func segmented(_ rows: [[Int]], on page: Page) -> [PrintedRow] {
  let words = page.words
  let touchingCounts = writesSpaces(rows, page)
  let gapsOfRow = rows.map { columnGaps(in: $0, touchingCounts: touchingCounts, page) }
  let baselines = rows.map { words[$0[0]].baseline }
  let sizes = rows.map { $0.reduce(Float(0)) { max($0, words[$1].size) } }
  let gapEdges = gapsOfRow.flatMap { $0.filter { !$0.isNarrow }.map(\.x1) }.sorted()
  let starts = WordStarts(rows, page)
  let narrow = starts.columnStarts()
  var out: [PrintedRow] = []
  for r in rows.indices {
    let isJustified = hasEvenGaps(rows[r], page)
    var cuts: [Int] = []
    for gap in gapsOfRow[r] {
      let width = gap.x1 - gap.x0
      let bySupport =
        !gap.isNarrow && !isJustified
        && (width > 4.5 * sizes[r]
          || support(gap.x0, gap.x1, row: r, rows, baselines, sizes, page) >= 1.5)
      if bySupport || isAligned(gap.x1, row: r, rows, gapsOfRow, page)
        || (!gap.isNarrow && isCommon(gap.x1, row: r, rows, gapsOfRow, gapEdges, page))
      {
        cuts.append(gap.left)
      }
    }
    for k in narrow[r] where !cuts.contains(k - 1) { cuts.append(k - 1) }
    cuts.sort()
    out.append(printedRow(rows[r], cuts: cuts, page))
  }
  return out
}

/// A gap between two words of a row that may part columns.
private struct ColumnGap {
  /// Index in the row of the word left of it.
  var left: Int
  var x0: Float
  var x1: Float
  /// No wider than between words, but without a space character.
  var isNarrow: Bool
}

/// Where words begin on a page: columns that stand closer than a column gap are known by many words
/// that begin under each other while none runs across.
private struct WordStarts {
  private let rows: [[Int]]
  private let page: Page
  /// How many words begin at each half point.
  private var counts: [Int]

  /// So many rows nearby must begin a word at one place. Chance lines up three in running prose.
  private static let least = 4

  init(_ rows: [[Int]], _ page: Page) {
    self.rows = rows
    self.page = page
    counts = [Int](repeating: 0, count: Int(page.readingWidth.clamped(1, 5000)) * 2 + 4)
    for row in rows {
      for i in row.dropFirst() { counts[slot(page.words[i].box.x0)] += 1 }
    }
  }

  private func slot(_ x: Float) -> Int { min(max(Int(x * 2), 1), counts.count - 2) }

  /// For each row, the words that begin a column so. A row of prose that has a word there by chance runs
  /// across the other columns of its neighbours.
  func columnStarts() -> [[Int]] {
    let found = rows.indices.map { columnStarts(in: $0) }
    return found.indices.map { r in
      guard !found[r].isEmpty else { return [] }
      let own = found[r].map { page.words[rows[r][$0]].box.x0 }
      var edges: [(x: Float, rows: Int)] = []
      for other in max(0, r - 4)...min(rows.count - 1, r + 4) where other != r {
        for k in found[other] {
          let x = page.words[rows[other][k]].box.x0
          if let i = edges.firstIndex(where: { abs($0.x - x) < 0.75 }) {
            edges[i].rows += 1
          } else {
            edges.append((x, 1))
          }
        }
      }
      let crosses = edges.contains { edge in
        edge.rows >= 3 && !own.contains { abs($0 - edge.x) < 0.75 }
          && rows[r].contains { i in
            page.words[i].box.x0 < edge.x - 1 && page.words[i].box.x1 > edge.x
          }
      }
      return crosses ? [] : found[r]
    }
  }

  /// The words of a row, but its first, that begin a column although they stand close to the word before.
  private func columnStarts(in r: Int) -> [Int] {
    let row = rows[r]
    var out: [Int] = []
    var start = 0
    for k in row.indices.dropFirst() {
      let word = page.words[row[k]]
      let gap = word.box.x0 - page.words[row[k - 1]].box.x1
      let s = slot(word.box.x0)
      guard gap > 0.45 * word.size, counts[s - 1] + counts[s] + counts[s + 1] >= Self.least,
        !isListMarker(row[start..<k], page), isColumn(word.box.x0, at: r)
      else { continue }
      out.append(k)
      start = k
    }
    return out
  }

  /// Looks at the rows from this one on and at those up to it: prose may end just above a table.
  private func isColumn(_ x: Float, at r: Int) -> Bool {
    isColumn(x, among: r...min(rows.count - 1, r + 10)) || isColumn(x, among: max(0, r - 10)...r)
  }

  private func isColumn(_ x: Float, among range: ClosedRange<Int>) -> Bool {
    var aligned = 0
    var crossed = 0
    // Lines of justified prose that end in the same short word.
    var tails = 0
    var before: [Int] = []
    before.reserveCapacity(range.count)
    var alone = 0
    for other in range {
      var last: Int?
      var isAlone = true
      for i in rows[other] {
        let box = page.words[i].box
        if abs(box.x0 - x) < 0.75 {
          if let last {
            if isAlone { alone += 1 }
            aligned += 1
            before.append(last)
            if i == rows[other].last { tails += 1 }
          }
          break
        }
        if box.x0 > x { break }
        if box.x1 > x - 0.5 {
          crossed += 1
          break
        }
        if let last { isAlone = box.x0 - page.words[last].box.x1 > 0.9 * page.words[i].size }
        last = i
      }
    }
    guard aligned >= Self.least, crossed * 5 <= aligned, tails * 2 <= aligned else { return false }
    // The same words under each other also begin at one place: what stands before must differ.
    guard differ(before, { page.utf8[page.words[$0].range] }) else { return false }
    // Where it begins must differ, too: lines that are equal but for a figure are a list in prose.
    // Unless it stands alone in a column of its own, as a number does.
    return alone * 2 >= aligned || differ(before, { Int(page.words[$0].box.x0) })
  }

  /// Whether some words have something in three ways at least.
  private func differ<Part: Equatable>(_ words: [Int], _ part: (Int) -> Part) -> Bool {
    guard let first = words.first.map(part) else { return false }
    var second: Part?
    for word in words {
      let part = part(word)
      if part == first || part == second { continue }
      if second != nil { return true }
      second = part
    }
    return false
  }
}

private func columnGaps(in row: [Int], touchingCounts: Bool, _ page: Page) -> [ColumnGap] {
  let words = page.words
  // The gap before the page number of a contents line belongs to its leader.
  if hasDotLeader(row, page) { return [] }
  var gaps: [ColumnGap] = []
  let size = row.reduce(Float(0)) { max($0, words[$1].size) }
  var right: Float = -.infinity
  // Where the words since the last gap begin.
  var start = 0
  for (k, i) in row.enumerated() {
    let width = words[i].box.x0 - right
    let isWide = width > 0.9 * size
    if k > 0, isWide || (touchingCounts && width > 0.1 * size && isTouching(row[k - 1], i, page)),
      // The text of a list item hangs beside its marker, at any distance.
      !isListMarker(row[start..<k], page)
    {
      gaps.append(ColumnGap(left: k - 1, x0: right, x1: words[i].box.x0, isNarrow: !isWide))
      start = k
    }
    right = max(right, words[i].box.x1)
  }
  return gaps
}

private func isTouching(_ left: Int, _ right: Int, _ page: Page) -> Bool {
  let (a, b) = (page.words[left].style, page.words[right].style)
  return b.contains(.unspaced) && !b.contains(.raised) && !a.contains(.raised)
}

/// Whether the file writes a space between most words of a row: then a gap without one means something.
private func writesSpaces(_ rows: [[Int]], _ page: Page) -> Bool {
  var inner = 0
  var unspaced = 0
  for row in rows {
    for i in row.dropFirst() {
      inner += 1
      if page.words[i].style.contains(.unspaced) { unspaced += 1 }
    }
  }
  return unspaced > 0 && unspaced * 10 < inner * 3
}

/// Whether all gaps of a row are alike, as where a line is set to full width.
private func hasEvenGaps(_ row: [Int], _ page: Page) -> Bool {
  guard row.count >= 3 else { return false }
  var least: Float = .infinity
  var most: Float = -.infinity
  for (a, b) in zip(row, row.dropFirst()) {
    let gap = page.words[b].box.x0 - page.words[a].box.x1
    least = min(least, gap)
    most = max(most, gap)
  }
  return least > 0 && most - least <= 0.06 * most
}

/// Whether words of at least two rows nearby begin at this x, behind a column gap or as the first of
/// their row, and hardly a row has a word across it: the left edge of a column.
private func isAligned(
  _ x: Float, row: Int, _ rows: [[Int]], _ gaps: [[ColumnGap]], _ page: Page
) -> Bool {
  /// Producers round places to a tenth of a point at worst; letters have side bearings.
  let tolerance: Float = 0.75
  var aligned = 0
  var crossed = 0
  for other in max(0, row - 14)...min(rows.count - 1, row + 14) where other != row {
    let first = page.words[rows[other][0]].box.x0
    if abs(first - x) < tolerance || gaps[other].contains(where: { abs($0.x1 - x) < tolerance }) {
      aligned += 1
    } else if rows[other].contains(where: {
      page.words[$0].box.x0 < x - 1 && page.words[$0].box.x1 > x + 1
    }) {
      crossed += 1
    }
  }
  return aligned >= 2 && crossed * 3 <= aligned
}

/// Whether at least three column gaps of the page end at this x, and no row of columns close by runs
/// across it; the heading above a table may.
private func isCommon(
  _ x: Float, row: Int, _ rows: [[Int]], _ gaps: [[ColumnGap]], _ edges: [Float], _ page: Page
) -> Bool {
  var low = 0
  var high = edges.count
  while low < high {
    let middle = (low + high) / 2
    if edges[middle] < x - 0.75 { low = middle + 1 } else { high = middle }
  }
  guard edges[low...].prefix(while: { $0 <= x + 0.75 }).count >= 3 else { return false }
  return !(max(0, row - 2)...min(rows.count - 1, row + 2)).contains { other in
    !gaps[other].isEmpty
      && rows[other].contains {
        page.words[$0].box.x0 < x - 1 && page.words[$0].box.x1 > x + 1
      }
  }
}

/// How much the neighbouring rows speak for a column gap.
private func support(
  _ x0: Float, _ x1: Float, row: Int, _ rows: [[Int]], _ baselines: [Float], _ sizes: [Float],
  _ page: Page
) -> Float {
  let middle0 = x0 + 0.3 * (x1 - x0)
  let middle1 = x1 - 0.3 * (x1 - x0)
  var total: Float = 0
  for step in [-3, -2, -1, 1, 2, 3] {
    let other = row + step
    guard rows.indices.contains(other),
      abs(baselines[other] - baselines[row]) < 2.2 * sizes[row] * Float(abs(step))
    else { continue }
    var left = false
    var right = false
    var crossed = false
    for i in rows[other] {
      let box = page.words[i].box
      if box.x1 <= middle0 {
        left = true
      } else if box.x0 >= middle1 {
        right = true
      } else {
        crossed = true
        break
      }
    }
    if crossed { continue }
    if left && right {
      // Two words of a sentence also leave a gap free; only a real one counts.
      var edge0: Float = -.infinity
      var edge1: Float = .infinity
      for i in rows[other] {
        let box = page.words[i].box
        if box.x1 <= middle0 { edge0 = max(edge0, box.x1) }
        if box.x0 >= middle1 { edge1 = min(edge1, box.x0) }
      }
      total += edge1 - edge0 > 0.8 * sizes[row] ? 1 : 0.25
    } else if right {
      total += 0.75
    } else {
      total += 0.35
    }
  }
  return total
}

private func printedRow(_ row: [Int], cuts: [Int], _ page: Page) -> PrintedRow {
  var segments: [Segment] = []
  var start = 0
  for end in cuts.map({ $0 + 1 }) + [row.count] {
    segments.append(segment(Array(row[start..<end]), page))
    start = end
  }
  let box = segments.dropFirst().reduce(segments[0].box) { $0.union($1.box) }
  return PrintedRow(
    segments: segments, baseline: segments[0].baseline,
    size: segments.map(\.size).max() ?? segments[0].size, box: box)
}

func segment(_ indices: [Int], _ page: Page) -> Segment {
  let words = page.words
  var upper = 0
  var lower = 0
  var box = words[indices[0]].box
  var bold = 0
  var letters = 0
  var weighted: Float = 0
  var order = Int.max
  for i in indices {
    let word = words[i]
    let count = Int(word.end - word.start)
    box = box.union(word.box)
    letters += count
    if word.style.contains(.bold) { bold += count }
    weighted += word.size * Float(count)
    order = min(order, i)
    for c in page.utf8[word.range] {
      if c >= 0x41 && c <= 0x5A { upper += 1 }
      if c >= 0x61 && c <= 0x7A { lower += 1 }
    }
  }
  return Segment(
    words: indices, box: box, baseline: words[indices[0]].baseline,
    size: weighted / Float(max(1, letters)), isBold: bold * 2 > letters,
    isCapitals: upper > 3 && lower == 0, fileOrder: order)
}

/// Whether a line ends with the mark of a sentence's end.
func endsSentence(_ segment: Segment, _ page: Page) -> Bool {
  guard let last = segment.words.last else { return false }
  var text = page.utf8[page.words[last].range]
  while let c = text.last, c == 0x22 || c == 0x29 || c == 0x27 || c >= 0x80 {
    text = text.dropLast()
  }
  return text.last == 0x2E || text.last == 0x3A || text.last == 0x3F || text.last == 0x21
}

/// Whether four points or more stand in a row: the line of a table of contents.
func hasDotLeader(_ indices: [Int], _ page: Page) -> Bool {
  var run = 0
  for i in indices {
    let text = page.utf8[page.words[i].range]
    // A leader is one word of points or one point a word; points within words are not counted on.
    if text.first != 0x2E { run = 0 }
    for c in text {
      run = c == 0x2E ? run + 1 : 0
      if run >= 4 { return true }
    }
  }
  return false
}

/// Whether the words are one list marker: `•`, `1.`, `(a)`, `iii)`.
func isListMarker(_ indices: ArraySlice<Int>, _ page: Page) -> Bool {
  guard indices.count == 1, let only = indices.first else { return false }
  let text = page.utf8[page.words[only].range]
  guard text.count <= 6, let first = text.first, let last = text.last else { return false }
  if first >= 0x80 { return text.count <= 4 }
  if text.count == 1 { return first == 0x6F || first == 0x2A || first == 0x2D || first == 0xB7 }
  guard last == 0x2E || last == 0x29 else { return false }
  let inner = text.dropLast().drop { $0 == 0x28 }
  return !inner.isEmpty && inner.count <= 4
    && (inner.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
      || inner.count == 1
      || inner.allSatisfy { [0x69, 0x76, 0x78, 0x49, 0x56, 0x58].contains($0) })
}

extension Float {
  fileprivate func clamped(_ low: Float, _ high: Float) -> Float {
    Swift.min(Swift.max(self, low), high)
  }
}
