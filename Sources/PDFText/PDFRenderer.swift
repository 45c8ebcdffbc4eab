import CPoppler
public import PageText

/// Why there is no picture of a page.
public enum RenderError: Error, Sendable, Hashable {
  /// There is no such page, or it cannot be loaded.
  case missing
  /// The picture would have more pixels than the limit.
  case tooManyPixels
  /// The part asked for lies outside the page.
  case outside
  /// The library gave up on the page.
  case failed
}

/// Bounds on one picture of a page.
public struct RenderLimits: Sendable, Hashable {
  /// An A3 page at 300 dpi has 17 million pixels; in colour this many take 120 MB.
  public var pixels = 40_000_000
  public init() {}
  public static let standard = RenderLimits()
}

/// Draws pages of one PDF as a screen shows them, annotations and filled forms included, on white.
/// The file is opened once. What a page looks like depends on its embedded fonts alone where it has
/// them; letters of fonts that are not embedded are drawn with those of the machine.
///
/// Pages with much drawing can take long; the caller bounds the time.
public final class PDFRenderer {
  private let document: OpaquePointer
  /// The library reads from it as long as the document is open.
  private let storage: UnsafeMutableBufferPointer<UInt8>
  private let limits: RenderLimits

  /// - Parameter password: the user password as UTF-8, when the file needs one.
  /// - Throws: why the file cannot be opened.
  public init(
    _ bytes: [UInt8], password: String?, reading: ReadingLimits = .standard,
    within limits: RenderLimits = .standard
  ) throws(PDFTextError) {
    guard bytes.count <= reading.bytes else { throw .tooLarge(bytes.count) }
    let storage = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count)
    _ = storage.initialize(from: bytes)
    var state: Int32 = 0
    guard let document = sl_open(storage.baseAddress, storage.count, password, &state) else {
      storage.deallocate()
      throw state == Int32(SL_ENCRYPTED)
        ? .encrypted(passwordGiven: password != nil) : .damaged
    }
    self.document = document
    self.storage = storage
    self.limits = limits
  }

  deinit {
    sl_close(document)
    storage.deallocate()
  }

  public var pageCount: Int { Int(sl_page_count(document)) }

  /// Width and height of a page as displayed, in points; nil when it cannot be loaded.
  ///
  /// - Parameter number: physical page, from 1.
  public func size(ofPage number: Int) -> (width: Float, height: Float)? {
    var width = 0.0
    var height = 0.0
    guard sl_page_size(document, Int32(clamping: number), &width, &height) != 0 else { return nil }
    return (Float(width), Float(height))
  }

  /// Draws a page, or a part of it.
  ///
  /// - Parameters:
  ///   - number: physical page, from 1.
  ///   - part: in points on the page as displayed; cut off at its edges. Nil: the whole page.
  ///   - dpi: pixels per inch of the page.
  public func render(
    page number: Int, part: Box? = nil, dpi: Double, channels: Bitmap.Channels
  ) throws(RenderError) -> Bitmap {
    guard let size = size(ofPage: number) else { throw .missing }
    var x = 0
    var y = 0
    var width = 0
    var height = 0
    if let part {
      let scale = dpi / 72
      guard
        let left = pixel(max(part.x0, 0), scale, .down),
        let top = pixel(max(part.y0, 0), scale, .down),
        let right = pixel(min(part.x1, size.width), scale, .up),
        let bottom = pixel(min(part.y1, size.height), scale, .up),
        right > left, bottom > top
      else { throw .outside }
      (x, y, width, height) = (left, top, right - left, bottom - top)
    }
    let picture = sl_render(
      document, Int32(clamping: number), dpi, Int32(channels.rawValue), Int32(clamping: x),
      Int32(clamping: y), Int32(clamping: width), Int32(clamping: height), limits.pixels)
    defer { sl_free_picture(picture) }
    switch Int(picture.state) {
    case SL_RENDERED: break
    case SL_RENDER_TOO_MUCH: throw .tooManyPixels
    case SL_RENDER_MISSING: throw .missing
    default: throw .failed
    }
    let count = Int(picture.bytesPerRow) * Int(picture.height)
    guard
      let bitmap = Bitmap(
        width: Int(picture.width), height: Int(picture.height), channels: channels,
        pixels: Array(UnsafeBufferPointer(start: picture.pixels, count: count)))
    else { throw .failed }
    return bitmap
  }

  /// A place in points as a pixel; nil where no page reaches.
  private func pixel(_ point: Float, _ scale: Double, _ rule: FloatingPointRoundingRule) -> Int? {
    let value = (Double(point) * scale).rounded(rule)
    return value.magnitude < 1e6 ? Int(value) : nil
  }
}
