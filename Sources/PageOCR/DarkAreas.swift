import PageText

/// A picture whose dark areas, such as heads of tables with white letters, are turned to dark letters on
/// white: OCR reads white on black as rubbish.
struct DarkAreas {
  /// The areas that were turned, in pixels.
  private(set) var boxes: [Box] = []
  private(set) var picture: Bitmap

  /// Letters, however bold, leave most of the paper around them white.
  private static let leastShare = 0.55
  /// Darker than this is dark: the grey of shaded heads with black letters is lighter.
  private static let dark: UInt8 = 120

  /// - Parameter dpi: pixels per inch; an area is at least 8 points high and 29 wide.
  init(in picture: Bitmap, dpi: Double) {
    self.picture = picture
    let side = max(2, Int(dpi / 18))
    let cells = DarkCells(of: picture, side: side, darker: Self.dark)
    for area in cells.areas where area.width >= 7 && area.height >= 2 {
      let box = edges(
        of: Box(
          Float(area.x0 * side), Float(area.y0 * side), Float((area.x1 + 1) * side),
          Float((area.y1 + 1) * side)), side)
      // Of lines that cross only a thin one is left.
      guard box.width >= Float(7 * side), box.height >= Float(2 * side),
        share(of: box) >= Self.leastShare, hasDarkRim(box)
      else { continue }
      turn(box)
      boxes.append(box)
    }
  }

  /// Cells end where they end; the area ends, somewhere in the cell beyond, with its last dark row or column.
  private func edges(of cells: Box, _ side: Int) -> Box {
    var (x0, y0, x1, y1) = (Int(cells.x0), Int(cells.y0), Int(cells.x1), Int(cells.y1))
    (x1, y1) = (min(x1, picture.width), min(y1, picture.height))
    func isDark(_ columns: Range<Int>, _ rows: Range<Int>) -> Bool {
      var count = 0
      for y in rows { for x in columns where value(x, y) < Self.dark { count += 1 } }
      return count * 2 > columns.count * rows.count
    }
    for _ in 0..<side {
      if y0 > 0, isDark(x0..<x1, y0 - 1..<y0) { y0 -= 1 }
      if y1 < picture.height, isDark(x0..<x1, y1..<y1 + 1) { y1 += 1 }
      if x0 > 0, isDark(x0 - 1..<x0, y0..<y1) { x0 -= 1 }
      if x1 < picture.width, isDark(x1..<x1 + 1, y0..<y1) { x1 += 1 }
    }
    while y0 + 1 < y1, !isDark(x0..<x1, y0..<y0 + 1) { y0 += 1 }
    while y0 + 1 < y1, !isDark(x0..<x1, y1 - 1..<y1) { y1 -= 1 }
    while x0 + 1 < x1, !isDark(x0..<x0 + 1, y0..<y1) { x0 += 1 }
    while x0 + 1 < x1, !isDark(x1 - 1..<x1, y0..<y1) { x1 -= 1 }
    return Box(Float(x0), Float(y0), Float(x1), Float(y1))
  }

  private func value(_ x: Int, _ y: Int) -> UInt8 { picture.pixels[y * picture.width + x] }

  private func share(of box: Box) -> Double {
    var count = 0
    for y in Int(box.y0)..<Int(box.y1) {
      for x in Int(box.x0)..<Int(box.x1) where value(x, y) < Self.dark { count += 1 }
    }
    return Double(count) / Double(max(1, Int(box.width) * Int(box.height)))
  }

  /// Whether it is dark all along its upper and lower edge: the small letters of a large bold heading fill a
  /// band almost as well, but not there.
  private func hasDarkRim(_ box: Box) -> Bool {
    [Int(box.y0) + 1, Int(box.y1) - 2].allSatisfy { y in
      let columns = Int(box.x0)..<Int(box.x1)
      return columns.count { value($0, y) < Self.dark } * 20 >= columns.count * 17
    }
  }

  /// Its usual tone becomes white, and what is lighter than that the darker the lighter it was.
  private mutating func turn(_ box: Box) {
    let width = picture.width
    let (rows, columns) = (Int(box.y0)..<Int(box.y1), Int(box.x0)..<Int(box.x1))
    var counts = [Int](repeating: 0, count: 256)
    for y in rows { for x in columns { counts[Int(value(x, y))] += 1 } }
    var ground = 0
    var seen = counts[0]
    while seen * 2 < rows.count * columns.count, ground < 255 {
      ground += 1
      seen += counts[ground]
    }
    picture.pixels.withUnsafeMutableBufferPointer { pixels in
      for y in rows {
        for x in columns {
          let at = y * width + x
          pixels[at] = UInt8(min(255, 255 - Int(pixels[at]) + ground))
        }
      }
    }
  }
}

/// The picture in square cells, each dark or not, and the rectangles that dark cells fill.
private struct DarkCells {
  struct Area {
    var x0: Int
    var y0: Int
    var x1: Int
    var y1: Int
    var width: Int { x1 - x0 + 1 }
    var height: Int { y1 - y0 + 1 }
  }
  private(set) var areas: [Area] = []

  init(of picture: Bitmap, side: Int, darker limit: UInt8) {
    let (across, down) = (picture.width / side, picture.height / side)
    var isDark = [Bool](repeating: false, count: across * down)
    picture.pixels.withUnsafeBufferPointer { pixels in
      for row in 0..<down {
        var counts = [Int](repeating: 0, count: across)
        for y in row * side..<(row + 1) * side {
          for x in 0..<across * side where pixels[y * picture.width + x] < limit {
            counts[x / side] += 1
          }
        }
        for column in 0..<across {
          isDark[row * across + column] = counts[column] * 20 > side * side * 9
        }
      }
    }
    // Cells that touch, one after the other.
    for start in isDark.indices where isDark[start] {
      var area = Area(x0: across, y0: down, x1: 0, y1: 0)
      var open = [start]
      isDark[start] = false
      while let cell = open.popLast() {
        let (x, y) = (cell % across, cell / across)
        area.x0 = min(area.x0, x)
        area.x1 = max(area.x1, x)
        area.y0 = min(area.y0, y)
        area.y1 = max(area.y1, y)
        for (nx, ny) in [(x - 1, y), (x + 1, y), (x, y - 1), (x, y + 1)]
        where nx >= 0 && nx < across && ny >= 0 && ny < down && isDark[ny * across + nx] {
          isDark[ny * across + nx] = false
          open.append(ny * across + nx)
        }
      }
      areas.append(area)
    }
  }
}
