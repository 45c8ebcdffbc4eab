import Outputs
import PDFText
import PNGImage
import PageText
import SOC2Vocabulary

/// A file that was reviewed, with what it held then.
struct ReviewedFile: Sendable {
  let path: String
  let bytes: [UInt8]
}

/// Draws the strips of pages that the HTML page shows.
///
/// - Parameters:
///   - files: the file of each review of the packet, in the same order.
/// - Returns: what could be drawn, in the order in which strips matter, up to `sizeLimit`; none of a
///   file that is no PDF or cannot be opened.
func pagePictures(
  of packet: Packet, from files: [ReviewedFile], password: String?
) -> [PageClip: PagePicture] {
  var pictures: [PageClip: PagePicture] = [:]
  var size = 0
  var renderers: [String: PDFRenderer] = [:]
  for clip in wantedPictures(packet) where files.indices.contains(clip.document) {
    let file = files[clip.document]
    if renderers[file.path] == nil {
      guard let renderer = try? PDFRenderer(file.bytes, password: password) else { continue }
      renderers[file.path] = renderer
    }
    guard let picture = renderers[file.path].flatMap({ picture(of: clip, by: $0) }) else {
      continue
    }
    size += picture.png.count
    if size > sizeLimit { break }
    pictures[clip] = picture
  }
  return pictures
}

/// Text gains a third as `data:` address: a page stays below 6 MB.
private let sizeLimit = 4_000_000
/// Printed letters of 8 points can just be read.
private let dpi = 110.0

private func picture(of clip: PageClip, by renderer: PDFRenderer) -> PagePicture? {
  guard let page = renderer.size(ofPage: clip.page) else { return nil }
  let part = Box(0, Float(clip.top), page.width, min(Float(clip.bottom), page.height))
  guard
    let strip = try? renderer.render(page: clip.page, part: part, dpi: dpi, channels: .grey)
  else { return nil }
  let columns = withoutMargins(strip)
  guard let bytes = png(strip.cropped(to: columns), greys: .four) else { return nil }
  let scale = Float(72 / dpi)
  let left = Float(columns.lowerBound) * scale
  let right = min(Float(columns.upperBound) * scale, page.width)
  return PagePicture(png: bytes, part: Box(left, part.y0, right, part.y1))
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
