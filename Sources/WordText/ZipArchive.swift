import CLibArchive
import PageText

/// Why the parts of a ZIP archive cannot be had.
enum ZipError: Error {
  /// Not whole, or two parts of one name: then nobody can say which one a program would show.
  case damaged
  case encrypted
  /// More parts or bytes than the limits allow.
  case tooLarge
}

/// A ZIP archive held in memory, read by its directory as office programs do. Nothing is written
/// anywhere, so names are only names.
struct ZipArchive {
  private let bytes: [UInt8]
  private let limits: ReadingLimits
  /// All names, in small letters: parts are found without regard to case.
  let names: Set<String>
  /// Unpacked so far, by all calls.
  private var unpacked = 0

  init(_ bytes: [UInt8], within limits: ReadingLimits) throws(ZipError) {
    self.bytes = bytes
    self.limits = limits
    // The library reads the whole directory at once, so its length is looked at before.
    guard Self.directoryEntries(in: bytes, upTo: limits.parts) <= limits.parts else {
      throw .tooLarge
    }
    var names: Set<String> = []
    try Self.walk(bytes) { _, _, name throws(ZipError) in
      guard names.insert(name).inserted else { throw .damaged }
    }
    self.names = names
  }

  /// The parts of these names (small letters) that are there, unpacked.
  mutating func parts(_ wanted: Set<String>) throws(ZipError) -> [String: [UInt8]] {
    var found: [String: [UInt8]] = [:]
    var total = unpacked
    let limits = limits
    let whole = bytes.count
    try Self.walk(bytes) { archive, entry, name throws(ZipError) in
      guard wanted.contains(name) else { return }
      guard archive_entry_is_encrypted(entry) == 0 else { throw .encrypted }
      var part: [UInt8] = []
      var chunk = [UInt8](repeating: 0, count: 64 << 10)
      while true {
        let count = chunk.withUnsafeMutableBytes {
          archive_read_data(archive, $0.baseAddress, $0.count)
        }
        guard count >= 0 else { throw .damaged }
        if count == 0 { break }
        total += count
        part += chunk[..<count]
        let isBomb = part.count > 1 << 20 && part.count / limits.unpackedRatio > whole
        guard part.count <= limits.unpackedPartBytes, total <= limits.unpackedBytes, !isBomb else {
          throw .tooLarge
        }
      }
      found[name] = part
    }
    unpacked = total
    return found
  }

  /// Goes through the archive's entries in order.
  private static func walk(
    _ bytes: [UInt8],
    _ visit: (_ archive: OpaquePointer, _ entry: OpaquePointer, _ name: String) throws(ZipError) ->
      Void
  ) throws(ZipError) {
    guard let archive = archive_read_new() else { throw .damaged }
    defer { archive_read_free(archive) }
    archive_read_support_format_zip_seekable(archive)
    let result: Result<Void, ZipError> = bytes.withUnsafeBytes { buffer in
      guard archive_read_open_memory(archive, buffer.baseAddress, buffer.count) == ARCHIVE_OK else {
        return .failure(.damaged)
      }
      var entry: OpaquePointer?
      while true {
        let state = archive_read_next_header(archive, &entry)
        if state == ARCHIVE_EOF { return .success(()) }
        guard state == ARCHIVE_OK || state == ARCHIVE_WARN, let entry else {
          return .failure(.damaged)
        }
        let name = archive_entry_pathname(entry).map { String(cString: $0).lowercased() } ?? ""
        do throws(ZipError) { try visit(archive, entry, name) } catch { return .failure(error) }
      }
    }
    try result.get()
  }

  /// How many entries the archive's directory may have, by their mark; stops counting beyond `most`.
  /// The mark is four bytes, so packed data holds it by chance once in four billion bytes.
  private static func directoryEntries(in bytes: [UInt8], upTo most: Int) -> Int {
    bytes.withUnsafeBufferPointer { buffer in
      var count = 0
      var i = 0
      while i + 3 < buffer.count, count <= most {
        // "PK\u{1}\u{2}": the third byte tells most places apart at one look.
        let c = buffer[i + 2]
        if c == 1, buffer[i] == 0x50, buffer[i + 1] == 0x4B, buffer[i + 3] == 2 { count += 1 }
        i += 1
      }
      return count
    }
  }
}
