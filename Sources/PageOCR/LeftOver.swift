import PageText

/// Words that are read with less are looked at once more.
private let sure: Float = 60

/// The picture without the words that were read surely, to be read again: OCR passes over short words that stand
/// alone, such as the numbers of a list or the `No` before `exceptions noted.`
///
/// Only what stands level with words that were read is left: dust and drawings elsewhere would take long.
///
/// - Returns: nil where nothing is left that could be a word, or where the page reads badly as a whole.
func leftOver(_ picture: Bitmap, by words: [RawWord]) -> Bitmap? {
  let read = words.filter { $0.confidence >= sure }
  guard read.count >= 5, read.count * 2 > words.count else { return nil }
  var isLevel = [Bool](repeating: false, count: picture.height)
  for word in read {
    guard let size = word.emSize else { continue }
    let rows = Int(word.baseline - 0.85 * size)..<Int(word.baseline + 0.3 * size)
    for y in rows.clamped(to: 0..<picture.height) { isLevel[y] = true }
  }
  var out = picture
  var left = 0
  out.pixels.withUnsafeMutableBufferPointer { pixels in
    for word in read {
      let columns = (Int(word.box.x0) - 2..<Int(word.box.x1) + 3).clamped(to: 0..<picture.width)
      let rows = (Int(word.box.y0) - 2..<Int(word.box.y1) + 3).clamped(to: 0..<picture.height)
      for y in rows { for x in columns { pixels[y * picture.width + x] = 0xFF } }
    }
    for y in 0..<picture.height {
      for x in y * picture.width..<(y + 1) * picture.width where pixels[x] < 0xFF {
        if !isLevel[y] { pixels[x] = 0xFF } else if pixels[x] < 128 { left += 1 }
      }
    }
  }
  // The dots of an i, and dust.
  return left > 60 ? out : nil
}

/// Puts words that were read at the second look beside the words of their lines, in place of what stood there
/// and was read badly.
func add(_ more: [RawWord], to words: inout [RawWord]) {
  let sizes = words.filter { $0.confidence >= sure }.compactMap(\.emSize).sorted()
  guard !sizes.isEmpty else { return }
  let size = sizes[sizes.count / 2]
  for word in more where word.confidence >= sure && word.isShortWord(size) {
    if words.contains(where: { $0.confidence >= word.confidence && $0.box.covers(word.box) }) {
      continue
    }
    words.removeAll { $0.confidence < sure && ($0.box.covers(word.box) || word.box.covers($0.box)) }
    func isBeside(_ other: RawWord) -> Bool {
      abs(other.baseline - word.baseline) < 0.3 * size
    }
    let right = words.indices.filter { isBeside(words[$0]) && words[$0].box.x0 >= word.box.x1 - 1 }
      .min { words[$0].box.x0 < words[$1].box.x0 }
    let left = words.indices.filter { isBeside(words[$0]) && words[$0].box.x1 <= word.box.x0 + 1 }
      .max { words[$0].box.x1 < words[$1].box.x1 }
    var word = word
    if let right, words[right].box.x0 - word.box.x1 < 3 * size {
      word.line = words[right].line
      words.insert(word, at: right)
    } else if let left, word.box.x0 - words[left].box.x1 < 3 * size {
      word.line = words[left].line
      words.insert(word, at: left + 1)
    } else {
      word.line = (words.map(\.line).max() ?? 0) + 1
      words.append(word)
    }
  }
}

extension RawWord {
  /// Of the height of a line, with a letter or digit: no speck, stroke or ornament.
  fileprivate func isShortWord(_ size: Float) -> Bool {
    box.height > 0.35 * size && box.height < 1.5 * size
      && text.unicodeScalars.contains {
        $0.properties.isAlphabetic || $0.properties.numericType != nil
      }
  }
}

extension Box {
  /// Whether most of another box lies in it.
  fileprivate func covers(_ other: Box) -> Bool {
    let width = min(x1, other.x1) - max(x0, other.x0)
    let height = min(y1, other.y1) - max(y0, other.y0)
    return width > 0 && height > 0 && width * height * 2 > other.width * other.height
  }
}
