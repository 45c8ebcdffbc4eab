import PageText

/// Pages from what `soclens dump pages` prints, so that fixtures are inputs to begin with: `page …` begins a
/// page, `x0,y0,x1,y1 words` is a run of words on a baseline, `x0,y0,x1,y1` alone a line of a table. Anything
/// else is left out.
func drawn(_ bytes: [UInt8]) -> [Page] {
  var pages: [Page] = []
  for line in bytes.split(separator: 0x0A) {
    let parts = line.split(separator: 0x20)
    guard let first = parts.first else { continue }
    if first.elementsEqual("page".utf8), pages.count < 40 {
      pages.append(Page(number: pages.count + 1, width: 612, height: 792, state: .text))
    } else if !pages.isEmpty, let box = box(first) {
      if parts.count == 1 {
        pages[pages.count - 1].rules.append(box)
      } else {
        pages[pages.count - 1].add(parts.dropFirst().map { Array($0) }, in: box)
      }
    }
  }
  return pages
}

/// Numbers as a reader of files gives them: finite, and not further away than a reader looks.
private func box(_ text: ArraySlice<UInt8>) -> Box? {
  let numbers = text.split(separator: 0x2C).compactMap {
    Float(String(decoding: $0, as: UTF8.self))
  }
  guard numbers.count == 4, numbers.allSatisfy({ abs($0) < 20_000 }), numbers[0] <= numbers[2],
    numbers[1] <= numbers[3]
  else { return nil }
  return Box(numbers[0], numbers[1], numbers[2], numbers[3])
}

extension Page {
  /// Words of letters of one width, parted by one letter's width.
  fileprivate mutating func add(_ texts: [[UInt8]], in box: Box) {
    let letters = texts.reduce(texts.count - 1) { $0 + $1.count }
    let width = box.width / Float(max(1, letters))
    var x = box.x0
    for text in texts {
      // What is no UTF-8 never comes from a reader.
      let text = Array(String(decoding: text, as: UTF8.self).utf8)
      let start = utf8.count
      utf8 += text
      let right = x + width * Float(text.count)
      words.append(
        Word(
          start: Int32(start), end: Int32(utf8.count), box: Box(x, box.y0, right, box.y1),
          baseline: box.y1 - 0.24 * box.height, size: max(1, box.height), style: []))
      utf8.append(0x20)
      x = right + width
    }
  }
}
