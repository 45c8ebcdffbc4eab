import PageText

/// The rows of dots that lead to page numbers in a table of contents. OCR takes them for letters, and misreads
/// the words before them as well; without them it reads such a page as any other.
struct DotLeaders {
  /// In pixels.
  private(set) var boxes: [Box] = []
  private var dots: [Dot] = []

  /// So many dots, equally far apart on one line: no text has them.
  private static let least = 6

  /// - Parameter dpi: pixels per inch; a dot is at most 2.4 points wide.
  init(in picture: Bitmap, dpi: Double) {
    let largest = max(2, Int(dpi / 30))
    let found = Self.specks(in: picture, upTo: largest)
    var rows: [[Dot]] = []
    for dot in found.sorted(by: { ($0.y1, $0.x0) < ($1.y1, $1.x0) }) {
      // Feet of dots on one line differ by the noise of a scan.
      if let first = rows.last?.first, dot.y1 - first.y1 <= max(1, largest / 4) {
        rows[rows.count - 1].append(dot)
      } else {
        rows.append([dot])
      }
    }
    for row in rows where row.count >= Self.least {
      add(row.sorted { $0.x0 < $1.x0 }, widest: Int(dpi / 6))
    }
  }

  private mutating func add(_ row: [Dot], widest: Int) {
    var start = 0
    while start + 1 < row.count {
      let pitch = row[start + 1].middle - row[start].middle
      var end = start + 1
      while end + 1 < row.count,
        abs(row[end + 1].middle - row[end].middle - pitch) <= max(3, pitch / 5)
      {
        end += 1
      }
      if end - start + 1 >= Self.least, pitch <= 2 * widest {
        let run = row[start...end]
        dots += run
        boxes.append(
          Box(
            Float(row[start].x0), Float(run.map(\.y0).min() ?? 0), Float(row[end].x1),
            Float(run.map(\.y1).max() ?? 0)))
        start = end
      } else {
        start += 1
      }
    }
  }

  /// The picture without them.
  func erased(from picture: Bitmap) -> Bitmap {
    guard !dots.isEmpty else { return picture }
    var out = picture
    out.pixels.withUnsafeMutableBufferPointer { pixels in
      for dot in dots {
        // The grey rim of a dot is lighter than what counts as dark.
        for y in max(0, dot.y0 - 2)..<min(picture.height, dot.y1 + 2) {
          for x in max(0, dot.x0 - 2)..<min(picture.width, dot.x1 + 2) {
            pixels[y * picture.width + x] = 0xFF
          }
        }
      }
    }
    return out
  }

  // MARK: - Dots

  private struct Dot {
    var x0: Int
    var x1: Int
    var y0: Int
    var y1: Int
    /// Twice the middle, so that it is whole.
    var middle: Int { x0 + x1 }
  }

  /// Small dark spots with nothing dark beside them.
  private static func specks(in picture: Bitmap, upTo largest: Int) -> [Dot] {
    struct Spot {
      var dot: Dot
      /// Where its last row runs.
      var from: Int
      var to: Int
      /// It goes on below.
      var goesOn = false
    }
    var out: [Dot] = []
    var open: [Spot] = []
    func close(_ spot: Spot) {
      guard !spot.goesOn else { return }
      let (width, height) = (spot.dot.x1 - spot.dot.x0, spot.dot.y1 - spot.dot.y0)
      if width >= 2, height >= 2, width <= largest, height <= largest { out.append(spot.dot) }
    }
    picture.pixels.withUnsafeBufferPointer { pixels in
      for y in 0..<picture.height {
        let row = y * picture.width
        var next: [Spot] = []
        // Spots of the row above, from left to right; those left of the run at hand have ended.
        var above = open[...]
        var x = 0
        while x < picture.width {
          guard pixels[row + x] < 160 else {
            x += 1
            continue
          }
          let start = x
          while x < picture.width, pixels[row + x] < 160 { x += 1 }
          while let spot = above.first, spot.to < start {
            close(spot)
            above.removeFirst()
          }
          var spot = Spot(dot: Dot(x0: start, x1: x, y0: y, y1: y + 1), from: start, to: x)
          while let upper = above.first, upper.from <= x {
            spot.dot.x0 = min(spot.dot.x0, upper.dot.x0)
            spot.dot.x1 = max(spot.dot.x1, upper.dot.x1)
            spot.dot.y0 = min(spot.dot.y0, upper.dot.y0)
            // It may stand on two feet.
            guard upper.to <= x else {
              above[above.startIndex].goesOn = true
              break
            }
            above.removeFirst()
          }
          next.append(spot)
        }
        for spot in above { close(spot) }
        open = next
      }
      for spot in open { close(spot) }
    }
    return out
  }
}
