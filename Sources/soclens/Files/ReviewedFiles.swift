import ArgumentParser
import Outputs
import SOC2Vocabulary

/// The files of a packet, to draw from and to copy.
struct ReviewedFiles: Sendable {
  /// The file of each review of the packet, in the same order.
  let files: [ReviewedFile]
  let reader: ConfinedReader
  /// Whether the reports themselves may go out: pictures and copies of pages show what was taken out of
  /// the packet.
  let isShown: Bool

  /// The strips of pages that the HTML page shows; none, with a message, where drawing fails.
  func pictures(for packet: Packet) -> [PageClip: PagePicture] {
    isShown ? pagePictures(of: packet, from: files, by: reader) : [:]
  }
}

/// Writes the outputs that are files; the place where another one is added to them.
func writeOutputs(_ packet: Packet, _ sources: ReviewedFiles, to folder: String) throws {
  guard let made = PacketFiles(packet) else { throw unmadeSpreadsheet() }
  var outputs = [
    OutputFile(name: "review.json", bytes: record(packet)),
    OutputFile(name: "review.html", bytes: html(packet, pictures: sources.pictures(for: packet))),
  ]
  outputs += made.files
  if sources.isShown { outputs += markedCopies(packet, sources) }
  let inputs = sources.files.map(\.path)
  let letters = folder + "/letters"
  do {
    try write(outputs, to: folder, sparing: inputs)
    if !made.letters.isEmpty { try write(made.letters, to: letters, sparing: inputs) }
  } catch {
    printError("\(error)")
    throw Exit.unwritten
  }
  warnOfLeftovers(in: letters, besides: made.letters)
}

/// A letter that an earlier run wrote and this one did not is no longer called for; whoever sends what
/// lies in the folder must know.
private func warnOfLeftovers(in folder: String, besides files: [OutputFile]) {
  guard isFolder(folder) else { return }
  let names = Set(files.map(\.name))
  for name in entries(of: folder) ?? [] where !names.contains(name) {
    printError("\(folder)/\(name): is not of this run")
  }
}

/// The record that other programs read: of the review where there is one, else of the packet.
func record(_ packet: Packet) -> [UInt8] {
  (packet.reviews.count == 1 ? json(packet.reviews[0]) : json(packet)) + [0x0A]
}

/// Says that there is no spreadsheet, and why.
func unmadeSpreadsheet() -> ExitCode {
  printError(
    "the spreadsheet could not be made: there is too little memory, or too much to write")
  return Exit.unwritten
}
