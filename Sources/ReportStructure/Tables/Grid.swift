import PageText

/// A line that runs across or down a page, whatever number of strokes it was drawn with.
struct GridLine {
  /// Its y if it runs across, its x if it runs down.
  var at: Float
  var from: Float
  var to: Float
}

/// The drawn lines of a page, joined where they touch.
struct Grid {
  private(set) var across: [GridLine] = []
  private(set) var down: [GridLine] = []
  /// The areas that lines part into cells, from top to bottom.
  private(set) var areas: [GridArea] = []

  /// Lines of two cells are drawn up to this far apart and are meant as one, in points.
  static let tolerance: Float = 3
  /// More lines than this are a drawing, not a table.
  private static let most = 900

  init(_ page: Page) {
    across = Self.joined(
      page.rules.filter { $0.width >= $0.height }.map {
        GridLine(at: $0.centreY, from: $0.x0, to: $0.x1)
      })
    down = Self.joined(
      page.rules.filter { $0.height > $0.width }.map {
        GridLine(at: $0.centreX, from: $0.y0, to: $0.y1)
      })
    if across.count + down.count > Self.most {
      across = []
      down = []
    }
    areas = connected()
  }

  private static func joined(_ lines: [GridLine]) -> [GridLine] {
    var out: [GridLine] = []
    var group: [GridLine] = []
    func close() {
      var open: GridLine?
      for line in group.sorted(by: { $0.from < $1.from }) {
        if var last = open, line.from <= last.to + tolerance {
          last.to = max(last.to, line.to)
          open = last
        } else {
          if let last = open { out.append(last) }
          open = line
        }
      }
      if let last = open { out.append(last) }
    }
    for line in lines.sorted(by: { ($0.at, $0.from) < ($1.at, $1.from) }) {
      if let first = group.first, line.at - first.at > 1.2 {
        close()
        group = []
      }
      group.append(line)
    }
    close()
    return out
  }

  /// Whether lines at this height cover at least half of a stretch.
  func parts(at y: Float, from x0: Float, to x1: Float) -> Bool {
    var covered: Float = 0
    for line in across where abs(line.at - y) <= Self.tolerance {
      covered += max(0, min(line.to, x1) - max(line.from, x0))
    }
    return covered * 2 >= x1 - x0
  }

  /// Heights of the lines that run across most of a stretch, from top to bottom.
  func heights(from x0: Float, to x1: Float, between y0: Float, and y1: Float) -> [Float] {
    let inside = across.filter {
      $0.at > y0 && $0.at < y1 && min($0.to, x1) - max($0.from, x0) > 0.6 * (x1 - x0)
    }
    return Self.clustered(inside.map(\.at))
  }

  /// Values closer than the tolerance as one, ascending.
  static func clustered(_ values: [Float]) -> [Float] {
    var out: [Float] = []
    for value in values.sorted() where out.last.map({ value - $0 > tolerance }) ?? true {
      out.append(value)
    }
    return out
  }

  /// Lines down and lines across that touch make an area.
  private func connected() -> [GridArea] {
    let count = across.count + down.count
    guard !across.isEmpty, !down.isEmpty else { return [] }
    var parent = Array(0..<count)
    func root(_ i: Int) -> Int {
      var i = i
      while parent[i] != i {
        parent[i] = parent[parent[i]]
        i = parent[i]
      }
      return i
    }
    let t = Self.tolerance
    for (d, line) in down.enumerated() {
      for (a, other) in across.enumerated()
      where other.at >= line.from - t && other.at <= line.to + t && line.at >= other.from - t
        && line.at <= other.to + t
      {
        parent[root(across.count + d)] = root(a)
      }
    }
    var groups: [Int: GridArea] = [:]
    for (a, line) in across.enumerated() {
      groups[root(a), default: GridArea()].across.append(line)
    }
    for (d, line) in down.enumerated() {
      groups[root(across.count + d), default: GridArea()].down.append(line)
    }
    return groups.values.filter { !$0.across.isEmpty && !$0.down.isEmpty }
      .sorted { ($0.box.y0, $0.box.x0) < ($1.box.y0, $1.box.x0) }
  }
}

/// Lines that belong together, and the columns and bands that they make.
struct GridArea {
  var across: [GridLine] = []
  var down: [GridLine] = []

  var box: Box {
    var box = Box(.infinity, .infinity, -.infinity, -.infinity)
    for line in across { box = box.union(Box(line.from, line.at, line.to, line.at)) }
    for line in down { box = box.union(Box(line.at, line.from, line.at, line.to)) }
    return box
  }

  /// Lines down that are closer than this part no columns: a column is wider than a letter.
  private static let narrowest: Float = 6

  /// Edges of columns. A table without lines at its sides ends where its lines across end.
  var columnEdges: [Float] {
    let box = self.box
    var edges: [Float] = []
    for x in down.filter({ $0.to - $0.from >= 8 }).map(\.at).sorted()
    where edges.last.map({ x - $0 > Self.narrowest }) ?? true {
      edges.append(x)
    }
    if let first = edges.first, first - box.x0 > 8 { edges.insert(box.x0, at: 0) }
    if let last = edges.last, box.x1 - last > 8 { edges.append(box.x1) }
    return edges
  }

  /// Edges of bands between lines across.
  var bandEdges: [Float] {
    let box = self.box
    var edges = Grid.clustered(across.map(\.at))
    if let first = edges.first, first - box.y0 > 4 { edges.insert(box.y0, at: 0) }
    if let last = edges.last, box.y1 - last > 4 { edges.append(box.y1) }
    return edges
  }

  /// Whether a line down parts what is left and right of an edge at this height.
  func parts(edge x: Float, at y: Float) -> Bool {
    down.contains { abs($0.at - x) <= Self.narrowest && $0.from <= y + 1 && $0.to >= y - 1 }
  }

  /// How much of the area's height the lines at an inner edge run, at best.
  func reach(of edges: [Float]) -> Float {
    let height = max(1, box.height)
    return edges.dropFirst().dropLast().map { x in
      down.filter { abs($0.at - x) <= Self.narrowest }
        .reduce(Float(0)) { $0 + ($1.to - $1.from) } / height
    }.max() ?? 0
  }
}
