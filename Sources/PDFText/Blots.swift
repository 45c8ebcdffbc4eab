import CPoppler
import PageText

extension PageBuilder {
  /// Black areas where words would stand: what a redaction leaves behind.
  ///
  /// Rows of table heads, rules and borders are black too. What tells a redaction: no word is seen on
  /// it, it is as high as a line of print at least, and either words lie hidden under it, or it stands
  /// in a line of print or in the place of one, and is not a bar across the whole of the print.
  func blots(among paints: UnsafeBufferPointer<SLPaint>, on page: Page) -> [Box] {
    guard !page.words.isEmpty, page.state == .text else { return [] }
    let dark = paints.filter {
      $0.kind == UInt8(SL_PAINT_FILL) && $0.opaque != 0 && Self.isBlack($0.colour)
        && $0.y1 - $0.y0 >= Self.leastHeight && $0.x1 - $0.x0 >= Self.leastWidth
    }
    // More than these are a drawing.
    guard !dark.isEmpty, dark.count <= 2_000 else { return [] }
    let words = page.words.map { page.displayed($0.box) }
    guard let left = words.map(\.x0).min(), let right = words.map(\.x1).max() else { return [] }
    let hidden = page.setAside.filter { $0.reason == .covered }.map(\.box)
    var out: [Box] = []
    for paint in dark {
      let box = Box(
        max(0, paint.x0), max(0, paint.y0), min(page.width, paint.x1), min(page.height, paint.y1))
      guard box.width >= Self.leastWidth, box.height >= Self.leastHeight,
        !words.contains(where: { box.holdsCentre(of: $0) })
      else { continue }
      let coversWords = hidden.contains { $0.overlaps(box) }
      let isBar = box.width > 0.95 * (right - left)
      if coversWords || (!isBar && words.contains { box.standsInPrint(beside: $0) }),
        !out.contains(box)
      {
        out.append(box)
      }
    }
    return out
  }

  /// A line of the smallest print that reports use is 7 points high; a rule is thinner.
  private static let leastHeight: Float = 6.5
  /// Two letters; bullets and boxes to tick are smaller.
  private static let leastWidth: Float = 14

  /// Redactions are black; the dark colours of a house style have some colour left.
  private static func isBlack(_ colour: UInt32) -> Bool {
    [16, 8, 0].allSatisfy { (colour >> UInt32($0)) & 0xFF <= 24 }
  }
}

extension Box {
  fileprivate func holdsCentre(of word: Box) -> Bool {
    word.centreX >= x0 && word.centreX <= x1 && word.centreY >= y0 && word.centreY <= y1
  }

  fileprivate func overlaps(_ other: Box) -> Bool {
    min(x1, other.x1) - max(x0, other.x0) > 2 && min(y1, other.y1) - max(y0, other.y0) > 2
  }

  /// In the word's own line and close to it, or in the place of the line above or below it.
  fileprivate func standsInPrint(beside word: Box) -> Bool {
    let isOneLine = min(y1, word.y1) - max(y0, word.y0) > 0.5 * word.height
    let gap = max(word.x0 - x1, x0 - word.x1)
    if isOneLine { return gap < 3 * word.height }
    let leading = max(word.y0 - y1, y0 - word.y1)
    return leading < 0.8 * word.height && min(x1, word.x1) - max(x0, word.x0) > 0
  }
}
