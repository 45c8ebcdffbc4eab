/// One printed word: a run of glyphs with no gap between them.
public struct Word: Sendable {
  /// Where its characters stand in `Page.utf8`.
  public var start: Int32
  public var end: Int32
  /// Ascent to descent of its font, in the page's reading frame (see `Page.turn`).
  public var box: Box
  /// The y of its baseline, in the reading frame.
  public var baseline: Float
  /// Largest font size in it, in points.
  public var size: Float
  public var style: WordStyle

  public init(start: Int32, end: Int32, box: Box, baseline: Float, size: Float, style: WordStyle) {
    self.start = start
    self.end = end
    self.box = box
    self.baseline = baseline
    self.size = size
    self.style = style
  }

  public var range: Range<Int> { Int(start)..<Int(end) }
}

public struct WordStyle: OptionSet, Sendable {
  public let rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  public static let bold = WordStyle(rawValue: 1)
  public static let italic = WordStyle(rawValue: 2)
  /// Stands above the baseline of the word before it and is smaller: a footnote mark or an ordinal.
  public static let raised = WordStyle(rawValue: 4)
  /// Invisible text over a picture of the page: somebody's OCR, not the document's own words.
  public static let recognised = WordStyle(rawValue: 8)
  /// Some glyph of it has no known character.
  public static let garbled = WordStyle(rawValue: 16)
  /// No space character stands before it in the file, only a gap: a hint at cells that touch.
  public static let unspaced = WordStyle(rawValue: 32)
}
