import PageText

/// The long straight lines of a picture: the borders of tables, and the edges of dark areas.
struct RuledLines {
  /// In pixels, each once.
  private(set) var boxes: [Box] = []
  /// The thin lines' own dark stretches.
  private var across: [Run] = []
  private var down: [Run] = []

  /// - Parameters:
  ///   - dpi: pixels per inch; lines are told from letters by their length.
  ///   - areas: dark areas that the picture no longer shows; their edges part cells too.
  init(in picture: Bitmap, dpi: Double, around areas: [Box] = []) {
    for area in areas { addEdges(of: area) }
    let across = runs(in: picture, least: Int(0.4 * dpi))
    // 3 points: thicker ones are areas, of which only the edges part cells.
    let thickest = Float(dpi) / 24
    for area in joined(across) {
      let box = Box(Float(area.from), Float(area.first), Float(area.to), Float(area.last + 1))
      if box.height <= thickest {
        // On grey ground the feet of letters run together.
        if isPartOfLetters(area, in: picture) { continue }
        boxes.append(box)
        self.across += area.runs
      } else {
        addEdges(across: box)
      }
    }
    for area in joined(columnRuns(in: picture, least: Int(0.11 * dpi))) {
      // No stroke of a letter is longer than this, but the border of a row of one line may be shorter.
      guard area.to - area.from >= Int(0.27 * dpi) || runsBetweenLines(area) else { continue }
      let box = Box(Float(area.first), Float(area.from), Float(area.last + 1), Float(area.to))
      if box.width <= thickest {
        boxes.append(box)
        self.down += area.runs
      } else {
        addEdges(down: box)
      }
    }
  }

  /// Whether what runs down begins at one line across and ends at another, as no letter does.
  private func runsBetweenLines(_ area: Area) -> Bool {
    func touches(_ y: Int) -> Bool {
      boxes.contains { line in
        line.width > line.height && line.x0 <= Float(area.first) + 3
          && line.x1 >= Float(area.last) - 3 && Float(y) >= line.y0 - 3 && Float(y) <= line.y1 + 3
      }
    }
    return touches(area.from) && touches(area.to)
  }

  private mutating func addEdges(across box: Box) {
    boxes.append(Box(box.x0, box.y0, box.x1, box.y0 + 1))
    boxes.append(Box(box.x0, box.y1 - 1, box.x1, box.y1))
  }

  private mutating func addEdges(down box: Box) {
    boxes.append(Box(box.x0, box.y0, box.x0 + 1, box.y1))
    boxes.append(Box(box.x1 - 1, box.y0, box.x1, box.y1))
  }

  private mutating func addEdges(of box: Box) {
    addEdges(across: box)
    addEdges(down: box)
  }

  /// The picture without its thin lines, which OCR takes for letters or for the edges of a text.
  func erased(from picture: Bitmap) -> Bitmap {
    var out = picture
    let (width, height) = (picture.width, picture.height)
    out.pixels.withUnsafeMutableBufferPointer { pixels in
      for run in across {
        for x in run.from..<min(run.to, width) { pixels[run.at * width + x] = 0xFF }
      }
      for run in down {
        for y in run.from..<min(run.to, height) { pixels[y * width + run.at] = 0xFF }
      }
    }
    return out
  }

  /// Whether a box lies on a line, as what OCR took for a word often does.
  func holds(_ box: Box) -> Bool {
    boxes.contains { line in
      let width = min(box.x1, line.x1 + 2) - max(box.x0, line.x0 - 2)
      let height = min(box.y1, line.y1 + 2) - max(box.y0, line.y0 - 2)
      return width > 0 && height > 0 && width * height > 0.5 * max(1, box.width * box.height)
    }
  }
}

/// Whether much of what runs across goes on above or below: strokes of letters that stand on it or hang from it.
private func isPartOfLetters(_ area: Area, in picture: Bitmap) -> Bool {
  picture.pixels.withUnsafeBufferPointer { pixels in
    [area.first - 4, area.last + 4].contains { y in
      guard y >= 0, y < picture.height else { return false }
      let dark = (area.from..<area.to).count { pixels[y * picture.width + $0] < 130 }
      // Of a double line all of it does.
      return dark * 5 > area.to - area.from && dark * 5 < 4 * (area.to - area.from)
    }
  }
}

/// Grey borders are lighter than letters.
private let lightest: UInt8 = 190
/// A line may be broken by so many pixels: noise of the scan.
private let gap = 2

/// A dark stretch of one row (or column) of the picture.
private struct Run {
  var at: Int
  var from: Int
  var to: Int
}

/// Runs in rows next to each other that touch.
private struct Area {
  var first: Int
  var last: Int
  var from: Int
  var to: Int
  var runs: [Run]
}

private func runs(in picture: Bitmap, least: Int) -> [Run] {
  var out: [Run] = []
  picture.pixels.withUnsafeBufferPointer { pixels in
    for y in 0..<picture.height {
      let row = y * picture.width
      var start = -1
      var last = -1
      for x in 0..<picture.width where pixels[row + x] < lightest {
        if start < 0 || x - last > gap + 1 {
          if start >= 0, last + 1 - start >= least {
            out.append(Run(at: y, from: start, to: last + 1))
          }
          start = x
        }
        last = x
      }
      if start >= 0, last + 1 - start >= least { out.append(Run(at: y, from: start, to: last + 1)) }
    }
  }
  return out
}

/// The same for columns, going over the picture row by row as it lies in memory.
private func columnRuns(in picture: Bitmap, least: Int) -> [Run] {
  var out: [Run] = []
  var start = [Int](repeating: -1, count: picture.width)
  var last = [Int](repeating: -1, count: picture.width)
  picture.pixels.withUnsafeBufferPointer { pixels in
    for y in 0..<picture.height {
      let row = y * picture.width
      for x in 0..<picture.width where pixels[row + x] < lightest {
        if start[x] < 0 || y - last[x] > gap + 1 {
          if start[x] >= 0, last[x] + 1 - start[x] >= least {
            out.append(Run(at: x, from: start[x], to: last[x] + 1))
          }
          start[x] = y
        }
        last[x] = y
      }
    }
  }
  for x in start.indices where start[x] >= 0 && last[x] + 1 - start[x] >= least {
    out.append(Run(at: x, from: start[x], to: last[x] + 1))
  }
  return out.sorted { ($0.at, $0.from) < ($1.at, $1.from) }
}

/// Joins runs of neighbouring rows that touch; a line that is not quite level has many.
private func joined(_ runs: [Run]) -> [Area] {
  var done: [Area] = []
  var open: [Area] = []
  for run in runs {
    done += open.filter { run.at - $0.last > 1 + gap }
    open.removeAll { run.at - $0.last > 1 + gap }
    if let i = open.firstIndex(where: { run.from <= $0.to + 3 && run.to >= $0.from - 3 }) {
      open[i].last = run.at
      open[i].from = min(open[i].from, run.from)
      open[i].to = max(open[i].to, run.to)
      open[i].runs.append(run)
    } else {
      open.append(Area(first: run.at, last: run.at, from: run.from, to: run.to, runs: [run]))
    }
  }
  return (done + open).sorted { ($0.first, $0.from) < ($1.first, $1.from) }
}
