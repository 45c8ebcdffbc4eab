import CPoppler
import PageText

/// A word being put together from glyphs that follow each other in the file.
struct WordDraft {
  let firstGlyph: Int
  private(set) var endGlyph: Int
  private(set) var glyphCount = 1
  /// In the reading frame.
  private(set) var box: Box
  let baseline: Float
  private(set) var size: Float
  let flags: UInt16
  let colour: UInt32
  let directionX: Float
  let directionY: Float
  /// Runs along the lines of the page.
  let isUpright: Bool
  /// A space stood before it in the file.
  let spaced: Bool
  var isStruckTwice = false
  /// Where its last glyph stands, on the displayed page.
  private(set) var lastBaseX: Float
  private(set) var lastBaseY: Float

  init(
    _ index: Int, _ glyph: SLGlyph, _ box: Box, baseline: Float, isUpright: Bool, spaced: Bool
  ) {
    firstGlyph = index
    endGlyph = index + 1
    self.box = box
    self.baseline = baseline
    size = glyph.size
    flags = glyph.flags
    colour = glyph.colour
    directionX = glyph.directionX
    directionY = glyph.directionY
    self.isUpright = isUpright
    self.spaced = spaced
    lastBaseX = glyph.baseX
    lastBaseY = glyph.baseY
  }

  mutating func take(_ index: Int, _ glyph: SLGlyph, _ box: Box) {
    endGlyph = index + 1
    glyphCount += 1
    self.box = self.box.union(box)
    size = max(size, glyph.size)
    lastBaseX = glyph.baseX
    lastBaseY = glyph.baseY
  }

  /// Takes in the draft that follows it in the file.
  mutating func append(_ other: WordDraft) {
    endGlyph = other.endGlyph
    glyphCount += other.glyphCount
    box = box.union(other.box)
    size = max(size, other.size)
  }
}
