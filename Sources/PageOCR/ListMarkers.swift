import PageText

/// The bullets of lists that OCR left out or took for a letter: a small mark is the first thing it loses. What
/// stands on the picture where the list's other bullets stand, and looks like them, is one of them.
///
/// - Parameter lines: the words of each line, as spelt; the bullets that were found are added.
func addLostMarkers(to lines: inout [[RawWord]], sizes: [Float], on picture: Bitmap) {
  struct Known {
    var marker: RawWord
    var ink: Ink
    /// Where the text beside it begins.
    var text: Float
    var size: Float
  }
  var known: [Known] = []
  for (line, size) in zip(lines, sizes) {
    guard line.count > 1, line[0].isListMarker, line[1].box.x0 - line[0].box.x1 > 0.25 * size,
      let ink = Ink(around: line[0].box, beside: line[1].box.x0, line[0].baseline, size, picture)
    else { continue }
    known.append(Known(marker: line[0], ink: ink, text: line[1].box.x0, size: size))
  }
  defer { addUnreadMarkers(to: &lines, sizes: sizes, on: picture) }
  guard !known.isEmpty else { return }
  for l in lines.indices {
    guard let first = lines[l].first, !first.isListMarker else { continue }
    let size = sizes[l]
    let isLetter = first.text.unicodeScalars.count == 1 && lines[l].count > 1
    for text in isLetter ? [first, lines[l][1]] : [first] {
      let like = known.first { known in
        abs(known.text - text.box.x0) < 0.3 * size && abs(known.size - size) < 0.15 * size
          && Ink(around: known.marker.box, beside: text.box.x0, text.baseline, size, picture)?
            .isLike(known.ink, size) ?? false
      }
      guard let like else { continue }
      var marker = like.marker
      let drop = text.baseline - marker.baseline
      marker.box = Box(
        marker.box.x0, marker.box.y0 + drop, marker.box.x1, marker.box.y1 + drop)
      marker.baseline = text.baseline
      marker.line = text.line
      if text.box == first.box {
        lines[l].insert(marker, at: 0)
      } else {
        lines[l][0] = marker
      }
      break
    }
  }
}

/// Where three lines or more hang from marks that stand under each other and were not read, such as the numbers
/// of a list, each of them gets a bullet: that an item begins there is known, its number is not.
private func addUnreadMarkers(to lines: inout [[RawWord]], sizes: [Float], on picture: Bitmap) {
  struct Mark {
    var line: Int
    var box: Box
    var text: Float
    var size: Float
  }
  let words = lines.joined().filter { $0.confidence >= 60 }.map(\.box)
  var marks: [Mark] = []
  for (l, size) in zip(lines.indices, sizes) {
    // What stands before a gap may be a mark that was misread.
    let isLed =
      lines[l].count > 1 && lines[l][0].confidence < 60
      && lines[l][1].box.x0 - lines[l][0].box.x1 > 0.4 * size
    guard let first = isLed ? lines[l][1] : lines[l].first, first.confidence >= 60 else { continue }
    let place = Box(
      first.box.x0 - 2.6 * size, first.baseline - 0.8 * size, first.box.x0 - 0.35 * size,
      first.baseline + 0.1 * size)
    guard !words.contains(where: { $0.x1 > place.x0 && $0.x0 < place.x1 && $0.contains(y: place) }),
      let ink = Ink(in: place, first.baseline, picture), ink.height > 0.35 * size,
      ink.width < 1.7 * size
    else { continue }
    marks.append(
      Mark(
        line: l, box: Box(ink.x0, first.baseline - ink.height, ink.x0 + ink.width, first.baseline),
        text: first.box.x0, size: size))
  }
  var found: [Box] = []
  for mark in marks {
    let like = marks.count {
      abs($0.box.x0 - mark.box.x0) < 0.4 * mark.size && abs($0.text - mark.text) < 0.3 * mark.size
    }
    guard like >= 3, let first = lines[mark.line].first else { continue }
    if first.confidence < 60 { lines[mark.line].removeFirst() }
    found.append(mark.box)
    lines[mark.line].insert(
      RawWord(
        text: "•", box: mark.box, baseline: mark.box.y1, line: first.line, confidence: 60), at: 0)
  }
  // Numbers under each other are also read as one word, or as words of a line of their own.
  for l in lines.indices {
    lines[l].removeAll { word in
      word.confidence < 60
        && found.contains {
          word.box.x0 < $0.x1 && word.box.x1 > $0.x0 && word.box.y0 < $0.y1 && word.box.y1 > $0.y0
        }
    }
  }
}

extension Box {
  /// Whether both have some height in common.
  fileprivate func contains(y other: Box) -> Bool { y1 > other.y0 && y0 < other.y1 }
}

extension RawWord {
  /// A mark that begins items of a list. Dashes stand in sentences too, but not at the head of a line with a
  /// gap behind.
  fileprivate var isListMarker: Bool { ["•", "-", "–", "—", "*", "o"].contains(text) }
}

/// What is dark where a bullet would stand beside a line.
private struct Ink {
  var x0: Float
  var width: Float
  var height: Float
  /// How far its middle is above the baseline.
  var rise: Float
  /// How many pixels are dark.
  var count: Int

  /// Nil where nothing is dark, or what is there runs on to the sides.
  init?(
    around marker: Box, beside text: Float, _ baseline: Float, _ size: Float, _ picture: Bitmap
  ) {
    let right = min(marker.x1 + 0.3 * size, text - 1)
    guard marker.x0 - 0.3 * size < right else { return nil }
    self.init(
      in: Box(marker.x0 - 0.3 * size, baseline - 0.8 * size, right, baseline + 0.1 * size),
      baseline, picture)
  }

  init?(in place: Box, _ baseline: Float, _ picture: Bitmap) {
    let columns = (Int(place.x0)..<Int(place.x1)).clamped(to: 0..<picture.width)
    let rows = (Int(place.y0)..<Int(place.y1)).clamped(to: 0..<picture.height)
    var (x0, x1, y0, y1, count) = (Int.max, Int.min, Int.max, Int.min, 0)
    picture.pixels.withUnsafeBufferPointer { pixels in
      for y in rows {
        for x in columns where pixels[y * picture.width + x] < 128 {
          (x0, x1) = (min(x0, x), max(x1, x))
          (y0, y1) = (min(y0, y), max(y1, y))
          count += 1
        }
      }
    }
    guard count > 0, x0 > columns.lowerBound, x1 + 1 < columns.upperBound else { return nil }
    self.x0 = Float(x0)
    width = Float(x1 + 1 - x0)
    height = Float(y1 + 1 - y0)
    rise = baseline - Float(y0 + y1 + 1) / 2
    self.count = count
  }

  /// Of one shape at one height, but for what a scan blurs.
  func isLike(_ other: Ink, _ size: Float) -> Bool {
    func near(_ a: Float, _ b: Float) -> Bool { abs(a - b) <= max(2, 0.35 * max(a, b)) }
    return near(width, other.width) && near(height, other.height)
      && abs(rise - other.rise) < 0.12 * size && count * 2 > other.count
      && other.count * 2 > count
  }
}
