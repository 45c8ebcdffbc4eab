import PageText

/// A word with its place in its line.
struct WordDraft {
  var text: [UInt8] = []
  var size: Float
  var style: WordStyle
  var hidden: SetAsideText.Reason?
  /// From the left edge of the column, in points.
  var x0: Float = 0
  var x1: Float = 0
  /// Nothing stands between it and the word before it, as with the mark of a note.
  var isAttached = false
  var followsTab = false
}

/// One line of a column, ready to be put on a page.
struct WordLine {
  var words: [WordDraft] = []
  /// The largest size in it.
  var size: Float
  /// The usual leading of office programs, some 1.2 of the size.
  var height: Float { 1.2 * size }
}

/// What stands on a page, or on a part of one that is put on many.
struct WordSheet {
  private(set) var utf8: [UInt8] = []
  private(set) var words: [Word] = []
  private(set) var setAside: [SetAsideText] = []
  private(set) var pictures: [Box] = []
  private(set) var rules: [Box] = []

  /// Puts a line with its top left corner at a place.
  mutating func put(_ line: WordLine, x: Float, y: Float) {
    let baseline = y + 0.95 * line.size
    var hidden: (reason: SetAsideText.Reason, text: [UInt8], box: Box)?
    func close() {
      guard let piece = hidden else { return }
      setAside.append(
        SetAsideText(
          reason: piece.reason, text: String(decoding: piece.text, as: UTF8.self), box: piece.box))
      hidden = nil
    }
    for word in line.words {
      let lift = word.style.contains(.raised) ? 0.35 * line.size : 0
      let box = Box(
        x + word.x0, baseline - lift - 0.76 * word.size, x + word.x1,
        baseline - lift + 0.24 * word.size)
      if let reason = word.hidden {
        if var piece = hidden, piece.reason == reason, piece.text.count < 2_000 {
          if !word.isAttached { piece.text.append(0x20) }
          piece.text += word.text
          piece.box = piece.box.union(box)
          hidden = piece
        } else {
          close()
          hidden = (reason, word.text, box)
        }
        continue
      }
      close()
      let start = utf8.count
      utf8 += word.text
      words.append(
        Word(
          start: Int32(start), end: Int32(utf8.count), box: box, baseline: baseline - lift,
          size: word.size, style: word.style))
      utf8.append(0x20)
    }
    close()
  }

  mutating func put(watermark: String, in box: Box) {
    setAside.append(SetAsideText(reason: .diagonal, text: watermark, box: box))
  }

  mutating func put(picture box: Box) { pictures.append(box) }

  mutating func rule(_ x0: Float, _ y0: Float, _ x1: Float, _ y1: Float) {
    rules.append(Box(x0 - 0.25, y0 - 0.25, x1 + 0.25, y1 + 0.25))
  }

  /// Puts another sheet on this one, moved down.
  mutating func put(_ other: WordSheet, down: Float) {
    func moved(_ box: Box) -> Box { Box(box.x0, box.y0 + down, box.x1, box.y1 + down) }
    let shift = Int32(utf8.count)
    utf8 += other.utf8
    words += other.words.map { word in
      Word(
        start: word.start + shift, end: word.end + shift, box: moved(word.box),
        baseline: word.baseline + down, size: word.size, style: word.style)
    }
    setAside += other.setAside.map {
      SetAsideText(reason: $0.reason, text: $0.text, box: moved($0.box))
    }
    pictures += other.pictures.map(moved)
    rules += other.rules.map(moved)
  }

  /// The page that has this on it.
  func page(_ number: Int, width: Float, height: Float) -> Page {
    // As in PDFs: pictures of less than one fiftieth of the page are logos, and a page whose pictures
    // cover a third of it and that has fewer than 25 words is a picture.
    let area = width * height
    let large = pictures.filter { $0.width * $0.height > area / 50 }
    let share = large.reduce(Float(0)) { $0 + $1.width * $1.height } / area
    let state: PageState =
      if share > 0.33, words.count < 25 {
        .picture
      } else if words.isEmpty {
        large.isEmpty ? .empty : .picture
      } else {
        .text
      }
    return Page(
      number: number, width: width, height: height, state: state, utf8: utf8, words: words,
      setAside: setAside, pictures: large, rules: rules)
  }
}
