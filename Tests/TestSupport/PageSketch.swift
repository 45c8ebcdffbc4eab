public import PageText

/// Draws a page for layout tests: words where a typesetter would put them, without a PDF.
///
/// Every letter is half an em wide and a space a quarter of an em, so that places can be reckoned.
public struct PageSketch {
  public private(set) var page: Page

  public init(_ number: Int = 1, width: Float = 612, height: Float = 792) {
    page = Page(number: number, width: width, height: height, state: .text)
  }

  /// One printed line; words are parted by spaces, which are no wider than between words.
  public mutating func line(
    _ x: Float, _ baseline: Float, _ text: String, size: Float = 10, style: WordStyle = [],
    space: Float = 0.25
  ) {
    var at = x
    for (k, word) in text.split(separator: " ").enumerated() {
      at = add(word, at, baseline, size, style.subtracting(k == 0 ? [] : .unspaced)) + space * size
    }
  }

  /// Lines of one leading under each other.
  public mutating func lines(
    _ x: Float, _ baseline: Float, _ texts: [String], size: Float = 10, leading: Float = 1.2,
    style: WordStyle = []
  ) {
    for (k, text) in texts.enumerated() {
      line(x, baseline + Float(k) * leading * size, text, size: size, style: style)
    }
  }

  /// A line set to full width: its spaces are all alike and as wide as needed.
  public mutating func justified(
    _ x: Float, _ baseline: Float, _ text: String, to right: Float, size: Float = 10
  ) {
    let words = text.split(separator: " ")
    let letters = words.reduce(Float(0)) { $0 + Float($1.count) * size / 2 }
    let space = (right - x - letters) / Float(max(1, words.count - 1))
    line(x, baseline, text, size: size, space: space / size)
  }

  private mutating func add(
    _ word: Substring, _ x: Float, _ baseline: Float, _ size: Float, _ style: WordStyle
  ) -> Float {
    let start = page.utf8.count
    page.utf8 += Array(word.utf8)
    let end = page.utf8.count
    page.utf8.append(0x20)
    let right = x + Float(word.count) * size / 2
    page.words.append(
      Word(
        start: Int32(start), end: Int32(end),
        box: Box(x, baseline - 0.76 * size, right, baseline + 0.24 * size), baseline: baseline,
        size: size, style: style))
    return right
  }
}

/// A page drawn by the closure.
public func page(_ number: Int = 1, _ draw: (inout PageSketch) -> Void) -> Page {
  var sketch = PageSketch(number)
  draw(&sketch)
  return sketch.page
}
