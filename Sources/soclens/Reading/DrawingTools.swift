import PDFText
import PageOCR
import PageText
import PageWire

/// What draws a document, in the process that is confined for it. It opens what it needs itself before the
/// walls stand: the OCR library and its data.
struct DrawingTools {
  private let recogniser: PageRecogniser?

  init(for task: ReaderRequest.Task) {
    guard case .recognise(_, let path) = task else {
      recogniser = nil
      return
    }
    recogniser = (try? readFile(path, limit: 100_000_000)).flatMap { PageRecogniser(data: $0) }
  }

  /// Nil where nothing was to be drawn.
  func drawing(
    _ task: ReaderRequest.Task, of document: [UInt8], password: String?
  ) -> Drawing? {
    switch task {
    case .readPages, .tryWalls: nil
    case .recognise(let page, _): recognised(page, of: document, password)
    case .draw(let strips): .strips(drawn(strips, of: document, password))
    case .mark(let marks):
      .marks(
        Result { () throws(AnnotationError) in
          let copy = try annotatedPDF(document, password: password, marks: marks)
          guard copy.starts(with: document) else { throw .failed }
          return Array(copy[document.count...])
        })
    }
  }

  private func recognised(_ page: Int, of document: [UInt8], _ password: String?) -> Drawing {
    guard let recogniser else { return .noRecogniser }
    guard let renderer = try? PDFRenderer(document, password: password),
      let (picture, dpi) = sheet(page, renderer)
    else { return .page(nil) }
    return .page(recogniser.read(picture, page: page, dpi: dpi))
  }

  /// A page in grey: at 300 dots an inch, which letters of 8 points need; larger pages with fewer.
  private func sheet(_ page: Int, _ renderer: PDFRenderer) -> (picture: Bitmap, dpi: Double)? {
    for dpi in [300.0, 200, 120] {
      do throws(RenderError) {
        return (try renderer.render(page: page, dpi: dpi, channels: .grey), dpi)
      } catch {
        guard error == .tooManyPixels else { return nil }
      }
    }
    return nil
  }

  private func drawn(
    _ strips: [PageStrip], of document: [UInt8], _ password: String?
  ) -> [DrawnStrip?] {
    guard let renderer = try? PDFRenderer(document, password: password) else {
      return strips.map { _ in nil }
    }
    return strips.map { drawn($0, by: renderer) }
  }

  /// Printed letters of 8 points can just be read.
  private static let stripDPI = 110.0

  private func drawn(_ strip: PageStrip, by renderer: PDFRenderer) -> DrawnStrip? {
    guard let page = renderer.size(ofPage: strip.page) else { return nil }
    let part = Box(0, strip.top, page.width, min(strip.bottom, page.height))
    guard
      let picture = try? renderer.render(
        page: strip.page, part: part, dpi: Self.stripDPI, channels: .grey)
    else { return nil }
    let columns = withoutMargins(picture)
    let scale = Float(72 / Self.stripDPI)
    let left = Float(columns.lowerBound) * scale
    let right = min(Float(columns.upperBound) * scale, page.width)
    return DrawnStrip(
      picture: picture.cropped(to: columns), part: Box(left, part.y0, right, part.y1))
  }

  /// The strip without the empty margins at its sides. No more than a tenth of the page goes on each
  /// side, so that all pictures have nearly one scale.
  private func withoutMargins(_ strip: Bitmap) -> Range<Int> {
    guard let ink = strip.inkColumns else { return 0..<strip.width }
    let most = strip.width / 10
    let air = 8
    let left = min(max(ink.lowerBound - air, 0), most)
    let right = max(min(ink.upperBound + air, strip.width), strip.width - most)
    return left..<right
  }
}
