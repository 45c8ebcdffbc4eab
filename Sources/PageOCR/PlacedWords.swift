import PageText

/// A word as the library gives it, in pixels.
struct RawWord {
  var text: String
  var box: Box
  var baseline: Float
  var line: Int
  var confidence: Float
}

/// The words with the boxes, sizes and weights that a typesetter would have given them, in points; specks
/// and pieces of lines are left out.
func placed(
  _ raw: [RawWord], on picture: Bitmap, _ lines: RuledLines, _ leaders: DotLeaders, _ scale: Float
) -> [RecognisedWord] {
  var words = raw.filter { !$0.isNoise(beside: lines) }
  guard let body = median(words.compactMap(\.emSize)) else { return [] }
  words.removeAll { $0.isLeader(in: picture, body) }
  let thin = median(words.compactMap { $0.stroke(in: picture) }) ?? 0
  var read: [[RawWord]] = []
  for word in words {
    if let last = read.last?.last, last.line == word.line {
      read[read.count - 1].append(word)
    } else {
      read.append([word])
    }
  }
  var sizes: [Float] = []
  for l in read.indices {
    // Sizes are reckoned to some percent only; a line of about the usual size has that.
    let own = median(read[l].compactMap(\.emSize)) ?? body
    let size = abs(own - body) < 0.08 * body ? body : own
    sizes.append(size)
    for i in read[l].indices {
      let isFirst = i == 0 || read[l][i].isBehindGap(read[l][i - 1], size)
      read[l][i].straightenSpelling(isFirst: isFirst, size)
    }
  }
  addLostMarkers(to: &read, sizes: sizes, on: picture)
  var out: [RecognisedWord] = []
  for (line, size) in zip(read, sizes) where !line.isEmpty {
    let level = median(line.map(\.baseline)) ?? line[0].baseline
    let weights = line.compactMap { $0.stroke(in: picture) }
    let isBold = thin > 0 && (median(weights) ?? 0) > 1.35 * thin * (size / body)
    for word in line {
      let isInLine = abs(word.baseline - level) < 0.15 * size
      let baseline = isInLine ? level : word.baseline
      out.append(
        RecognisedWord(
          text: word.text,
          box: Box(
            word.box.x0, baseline - 0.76 * size, max(word.box.x1, word.box.x0 + 1),
            baseline + 0.24 * size
          ).scaled(by: scale),
          baseline: baseline * scale, size: rounded(size * scale), isBold: isBold,
          confidence: word.confidence))
    }
  }
  return apart(out + leaders.boxes.map { leader(in: $0, body, scale) })
}

/// The dots that lead to a page number as a word: they tell a line of a table of contents.
private func leader(in box: Box, _ size: Float, _ scale: Float) -> RecognisedWord {
  RecognisedWord(
    text: ".....",
    box: Box(box.x0, box.y1 - 0.76 * size, box.x1, box.y1 + 0.24 * size).scaled(by: scale),
    baseline: box.y1 * scale, size: rounded(size * scale), confidence: 100)
}

/// The words so that each stands in a place of its own: what OCR read twice stays once, as it was read more
/// surely, and no word's middle lies in the box of another line.
private func apart(_ words: [RecognisedWord]) -> [RecognisedWord] {
  var out: [RecognisedWord] = []
  for word in words {
    let rival = out.firstIndex { other in
      other.box.contains(x: word.box.centreX, y: word.box.centreY)
        || word.box.contains(x: other.box.centreX, y: other.box.centreY)
    }
    guard let rival, abs(out[rival].baseline - word.baseline) < 0.5 * word.size else {
      out.append(word)
      continue
    }
    if out[rival].confidence < word.confidence { out[rival] = word }
  }
  let middles = Set(out.map(\.box.centreY)).sorted()
  for i in out.indices {
    let middle = out[i].box.centreY
    // Up to a third of the size apart words count as one row.
    let next = middles.lazy.map { abs($0 - middle) }.filter { $0 > 0.35 * out[i].size }.min()
    guard let next, next < out[i].box.height / 2 + 0.1 else { continue }
    out[i].box.y0 = middle - 0.7 * next
    out[i].box.y1 = middle + 0.7 * next
  }
  return out
}

/// To quarters of a point.
private func rounded(_ size: Float) -> Float { (size * 4).rounded() / 4 }

private func median(_ values: [Float]) -> Float? {
  values.isEmpty ? nil : values.sorted()[values.count / 2]
}

extension RawWord {
  /// Specks, and pieces of lines taken for letters.
  func isNoise(beside lines: RuledLines) -> Bool {
    if text.unicodeScalars.allSatisfy(\.properties.isWhitespace) { return true }
    let says = text.unicodeScalars.contains {
      $0.properties.isAlphabetic || $0.properties.numericType != nil
    }
    if says { return false }
    return confidence < 30 || lines.holds(box)
  }

  /// A row of dots that leads to a page number, taken for letters: for longer than any gap in a word nothing
  /// stands higher than a dot, nor does in most of it.
  func isLeader(in picture: Bitmap, _ size: Float) -> Bool {
    guard confidence < 70, size > 0, box.width > 3 * size else { return false }
    let columns = (Int(box.x0)..<Int(box.x1)).clamped(to: 0..<picture.width)
    let rows = (Int(baseline - 0.75 * size)..<Int(baseline - 0.22 * size)).clamped(
      to: 0..<picture.height)
    guard !rows.isEmpty, !columns.isEmpty else { return false }
    var low = 0
    var run = 0
    var longest = 0
    picture.pixels.withUnsafeBufferPointer { pixels in
      for x in columns {
        if rows.allSatisfy({ pixels[$0 * picture.width + x] >= 128 }) {
          low += 1
          run += 1
          longest = max(longest, run)
        } else {
          run = 0
        }
      }
    }
    // Of numbers such as CC1.1.1 almost half the width is free too, but in pieces.
    return low * 5 > columns.count * 3 && Float(longest) > 1.5 * size
  }

  /// The type size in pixels, from the height of letters that reach to the height of capitals: 0.7 of the
  /// size in common types. Nil for words without such letters.
  var emSize: Float? {
    let tall = text.unicodeScalars.contains {
      $0.properties.isUppercase || "bdfhkl0123456789".unicodeScalars.contains($0)
    }
    guard tall, box.height > 4, baseline > box.y0 else { return nil }
    return (baseline - box.y0) / 0.7
  }

  /// How wide its strokes are: the median of dark runs across the lower half of its small letters, in
  /// pixels. Nil for words of few letters.
  func stroke(in picture: Bitmap) -> Float? {
    guard text.utf8.count >= 3, let size = emSize else { return nil }
    var runs: [Float] = []
    let from = max(0, Int(box.x0))
    let to = min(picture.width, Int(box.x1))
    picture.pixels.withUnsafeBufferPointer { pixels in
      for share in [Float(0.12), 0.2, 0.28] {
        let y = Int(baseline - share * size)
        guard y >= 0, y < picture.height, from < to else { continue }
        var run: Float = 0
        for x in from..<to {
          if pixels[y * picture.width + x] < 128 {
            run += 1
          } else if run > 0 {
            runs.append(run)
            run = 0
          }
        }
        if run > 0 { runs.append(run) }
      }
    }
    return median(runs)
  }

  func isBehindGap(_ other: RawWord, _ size: Float) -> Bool { box.x0 - other.box.x1 > size }
}
