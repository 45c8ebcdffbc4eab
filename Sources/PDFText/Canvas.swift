import CPoppler
import PageText

/// What was painted on a page besides text, to decide whether text can be seen.
struct Canvas {
  enum Sight {
    case visible
    case sameColour
    case covered
    /// Under a picture of the whole page: the text that a scanner put beneath its scan.
    case underScan
  }

  private let opaque: [SLPaint]
  private let pictures: [SLPaint]
  private let pageArea: Float
  private static let image = UInt8(SL_PAINT_IMAGE)

  init(paints: UnsafeBufferPointer<SLPaint>, width: Float, height: Float) {
    opaque = paints.filter { $0.opaque != 0 }
    pictures = paints.filter { $0.kind == Self.image }
    pageArea = max(1, width * height)
  }

  /// Whether a picture stands where the text is: invisible text over it is its OCR layer.
  func hasPicture(under box: Box) -> Bool {
    pictures.contains { Self.covers($0, box) }
  }

  /// Colours closer than this in each channel cannot be told apart by a reader (of 255).
  private static let sameColourBound = 20
  /// A stamp across the page is meant to be pale and is still seen: its letters are large.
  private static let stampBound = 5

  func sight(of box: Box, order: UInt32, colour: UInt32, isStamp: Bool) -> Sight {
    let bound = isStamp ? Self.stampBound : Self.sameColourBound
    if opaque.isEmpty {
      return Self.isNear(colour, 0xFFFFFF, bound) ? .sameColour : .visible
    }
    // The paper is white; the last opaque paint before the text is what lies behind it.
    var background: UInt32? = 0xFFFFFF
    for paint in opaque where Self.covers(paint, box) {
      if paint.order < order {
        background = paint.kind == Self.image ? nil : paint.colour
      } else {
        let area = (paint.x1 - paint.x0) * (paint.y1 - paint.y0)
        return paint.kind == Self.image && area > 0.7 * pageArea ? .underScan : .covered
      }
    }
    guard let background, Self.isNear(colour, background, bound) else { return .visible }
    // A translucent picture may lie behind it: then nobody can say that it is hidden.
    if pictures.contains(where: { $0.order < order && Self.covers($0, box) }) { return .visible }
    return .sameColour
  }

  private static func covers(_ paint: SLPaint, _ box: Box) -> Bool {
    let x = box.centreX
    let y = box.centreY
    return x >= paint.x0 && x <= paint.x1 && y >= paint.y0 && y <= paint.y1
  }

  private static func isNear(_ a: UInt32, _ b: UInt32, _ bound: Int) -> Bool {
    for shift in stride(from: UInt32(0), through: 16, by: 8) {
      let difference = Int((a >> shift) & 0xFF) - Int((b >> shift) & 0xFF)
      if abs(difference) > bound { return false }
    }
    return true
  }
}
