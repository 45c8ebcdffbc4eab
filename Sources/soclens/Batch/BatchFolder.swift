import Glibc
import Synchronization

/// The folder that a batch writes: records of vendors and documents, what was read of each document, and
/// the summary. Each file is there whole or not at all, whenever the machine stops.
final class BatchFolder: Sendable {
  let path: String
  /// Begins the names of files that are being written by this run.
  private let mark: String
  /// Held while files are written, so that a run that is told to stop does not stop half way.
  private let writing = Mutex(0)

  /// - Parameter shard: nil where no other run writes into the folder at the same time.
  init(_ path: String, shard: Shard?) throws(OutputProblem) {
    self.path = path
    mark = shard.map { "\($0.number)of\($0.count)-" } ?? ""
    for folder in ["", "/" + Self.unfinished] where !isFolder(path + folder) {
      // Another shard may have made it in the meantime.
      if mkdir(path + folder, 0o700) != 0, !isFolder(path + folder) {
        throw OutputProblem(path: path + folder, reason: writingReason())
      }
    }
    for name in entries(of: path + "/" + Self.unfinished) ?? [] where name.hasPrefix(mark) {
      unlink(path + "/" + Self.unfinished + "/" + name)
    }
  }

  /// Where files are written before they get their names; what a killed run left here is taken away by
  /// the next one.
  private static let unfinished = ".unfinished"

  func write(_ bytes: [UInt8], to name: String) throws(OutputProblem) {
    let target = path + "/" + name
    let unfinished = path + "/" + Self.unfinished + "/" + mark
    let written = writing.withLock { _ in
      Result { () throws(OutputProblem) in
        try replace(target, by: bytes, unfinished: unfinished) { makeFolders(of: name) }
      }
    }
    try written.get()
  }

  /// Ends the program where no file is half written.
  func exit(_ code: Int32) -> Never { writing.withLock { _ in _exit(code) } }

  private func makeFolders(of name: String) {
    var folder = path
    for part in name.split(separator: "/").dropLast() {
      folder += "/" + part
      mkdir(folder, 0o700)
    }
  }

  /// Nil where there is no such file.
  func read(_ name: String, limit: Int) -> [UInt8]? {
    try? readFile(path + "/" + name, limit: limit)
  }

  /// Names of the files in a folder of it, sorted.
  func names(in folder: String) -> [String] { entries(of: path + "/" + folder) ?? [] }
}

/// The part of a batch that one of several runs does.
struct Shard: Hashable, Sendable {
  /// From 1.
  let number: Int
  let count: Int

  /// Reads `2/8`.
  init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let number = Int(parts[0]), let count = Int(parts[1]),
      (1...10_000).contains(count), (1...count).contains(number)
    else { return nil }
    self.number = number
    self.count = count
  }

  /// Whether a vendor belongs to it, by its key: the same on every machine, whatever else is in the batch.
  func holds(_ key: String) -> Bool {
    (Int(key.prefix(12), radix: 16) ?? 0) % count == number - 1
  }
}

/// Names of files in the folder of a batch.
enum BatchName {
  static let vendors = "vendors"
  static let packets = "facts/vendors"

  /// The record of a document.
  static func document(_ sha256: String, rules: String) -> String {
    "documents/\(sha256.prefix(2))/\(sha256)-\(rules.prefix(8)).json"
  }

  /// What was read of a document.
  static func facts(_ sha256: String, rules: String) -> String {
    "facts/\(sha256.prefix(2))/\(sha256)-\(rules.prefix(8)).facts"
  }

  static func record(_ vendor: BatchVendor) -> String { "\(vendors)/\(vendor.recordName).json" }

  static func packet(_ vendor: BatchVendor) -> String { "\(packets)/\(vendor.recordName).vendor" }

  /// More than any document's facts take.
  static let factsLimit = 512 << 20
}
