import Outputs
import PNGImage
import PageText
import PageWire
import Pipeline
import SOC2Vocabulary

/// A file that was reviewed.
struct ReviewedFile: Sendable {
  let path: FilePath
  /// Nil where it has no pages that can be drawn.
  var document: DocumentFile?
}

/// Has the strips of pages drawn that the HTML page shows.
///
/// - Parameters:
///   - files: the file of each review of the packet, in the same order.
/// - Returns: what could be drawn, in the order in which strips matter, up to `sizeLimit`; none of a
///   file that is no PDF or cannot be drawn, which a message says.
func pagePictures(
  of packet: Packet, from files: [ReviewedFile], by reader: ConfinedReader
) -> [PageClip: PagePicture] {
  var pictures: [PageClip: PagePicture] = [:]
  var size = 0
  var failed: Set<FilePath> = []
  var rest = wantedPictures(packet)[...]
  while let first = rest.first {
    guard files.indices.contains(first.document), let document = files[first.document].document,
      !failed.contains(files[first.document].path)
    else {
      rest.removeFirst()
      continue
    }
    let path = files[first.document].path
    let clips = rest.prefix(clipsAtATime).prefix {
      files.indices.contains($0.document) && files[$0.document].path == path
    }
    rest.removeFirst(clips.count)
    let strips = clips.map {
      PageStrip(page: $0.page, top: Float($0.top), bottom: Float($0.bottom))
    }
    switch reader.draw(strips, of: document.bytes) {
    case .success(let drawn):
      for (clip, strip) in zip(clips, drawn) {
        guard let strip, let bytes = png(strip.picture, greys: .four) else { continue }
        size += bytes.count
        if size > sizeLimit { return pictures }
        pictures[clip] = PagePicture(png: bytes, part: strip.part)
      }
    case .failure(let failure):
      failed.insert(path)
      let reason = failure.reason(of: document.identity, within: reader.reading)
      printError("\(path.shownName): its quotes stand without pictures: \(reason)")
    }
  }
  return pictures
}

/// Text gains a third as `data:` address: a page stays below 6 MB.
private let sizeLimit = 4_000_000
/// What one process draws: far below what it may answer.
private let clipsAtATime = 60
