import Outputs
import SOC2Vocabulary

/// The files of a packet, to draw from and to copy.
struct ReviewedFiles: Sendable {
  /// The file of each review of the packet, in the same order.
  let files: [ReviewedFile]
  let password: String?
  /// After so long drawing is given up.
  let seconds: Int

  /// The strips of pages that the HTML page shows; none, with a message, where drawing does not end.
  func pictures(for packet: Packet) -> [PageClip: PagePicture] {
    let files = files
    let password = password
    let drawn = guarded(seconds: seconds) {
      pagePictures(of: packet, from: files, password: password)
    }
    if drawn == nil {
      printError(
        "drawing pages did not end within \(seconds) seconds; the quotes stand without pictures")
    }
    return drawn ?? [:]
  }
}

/// Writes the outputs that are files; the place where another one is added to them.
func writeOutputs(_ packet: Packet, _ sources: ReviewedFiles, to folder: String) throws {
  var outputs = [
    OutputFile(name: "review.html", bytes: html(packet, pictures: sources.pictures(for: packet)))
  ]
  outputs += markedCopies(packet, sources)
  do {
    try write(outputs, to: folder, sparing: sources.files.map(\.path))
  } catch {
    printError("\(error)")
    throw Exit.unwritten
  }
}
