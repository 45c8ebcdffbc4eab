import Glibc

/// A path as the system has it: any bytes but NUL. Names of files need not be text, and one that is not
/// must still open.
struct FilePath: Hashable, Sendable {
  let bytes: [UInt8]

  init(_ text: String) { bytes = Array(text.utf8) }

  init(bytes: [UInt8]) { self.bytes = bytes }

  /// What was typed on the command line: arguments come with bytes that are no text replaced, so the bytes
  /// are looked for among what the system handed over.
  init(argument text: String) {
    bytes =
      text.unicodeScalars.contains("\u{FFFD}")
      ? (0..<Int(CommandLine.argc)).lazy.compactMap { CommandLine.unsafeArgv[$0] }
        .map {
          Array(UnsafeBufferPointer(start: $0, count: strlen($0))).map(UInt8.init(bitPattern:))
        }
        .first { String(decoding: $0, as: UTF8.self) == text } ?? Array(text.utf8)
      : Array(text.utf8)
  }

  /// With a name behind it; the name alone where this is empty.
  func appending(_ name: [UInt8]) -> FilePath {
    if bytes.isEmpty { return FilePath(bytes: name) }
    return FilePath(bytes: bytes + (bytes.last == 0x2F ? [] : [0x2F]) + name)
  }

  /// The path of a file that a list in this folder names.
  func resolving(_ path: String) -> FilePath {
    path.utf8.first == 0x2F || bytes.isEmpty ? FilePath(path) : appending(Array(path.utf8))
  }

  /// The folder it lies in; empty where the path is a bare name.
  var folder: FilePath {
    guard let slash = bytes.lastIndex(of: 0x2F) else { return FilePath(bytes: []) }
    return FilePath(bytes: Array(bytes[..<max(slash, 1)]))
  }

  /// The last part.
  var name: [UInt8] { bytes.split(separator: 0x2F).last.map(Array.init) ?? bytes }

  /// As text; each byte that is none is spelled `\xFF`.
  var shown: String { text(of: bytes) }

  /// The last part as text: what records and pages call a file.
  var shownName: String { text(of: name) }

  func withCString<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
    (bytes.map { CChar(bitPattern: $0) } + [0]).withUnsafeBufferPointer { buffer in
      // The buffer holds the closing zero at least, so it has an address.
      guard let address = buffer.baseAddress else { return "".withCString(body) }
      return body(address)
    }
  }

  /// Names of what lies in the folder, sorted by bytes; nil when it cannot be listed.
  var entries: [[UInt8]]? {
    guard let handle = withCString({ opendir($0) }) else { return nil }
    defer { closedir(handle) }
    var names: [[UInt8]] = []
    while let entry = readdir(handle) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { field in
        field.withMemoryRebound(to: UInt8.self, capacity: 256) { start in
          Array(UnsafeBufferPointer(start: start, count: 256).prefix { $0 != 0 })
        }
      }
      if name != [0x2E], name != [0x2E, 0x2E] { names.append(name) }
    }
    return names.sorted { $0.lexicographicallyPrecedes($1) }
  }
}

/// A file by where it lies on its disk, whatever it is called.
struct FilePlace: Equatable {
  let device: dev_t
  let node: ino_t
}

extension FilePath {
  var exists: Bool { place != nil }

  /// Links are followed; nil where there is nothing.
  var place: FilePlace? {
    var status = stat()
    guard withCString({ stat($0, &status) }) == 0 else { return nil }
    return FilePlace(device: status.st_dev, node: status.st_ino)
  }

  /// Links are followed.
  var isFolder: Bool {
    var status = stat()
    return withCString { stat($0, &status) } == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// A folder, not a link to one.
  var isPlainFolder: Bool {
    var status = stat()
    return withCString({ lstat($0, &status) }) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}

/// Bytes as text; each byte that is none is spelled `\xFF`.
func text(of bytes: [UInt8]) -> String {
  if let text = String(validating: bytes, as: UTF8.self) { return text }
  var out = ""
  var rest = bytes[...]
  while let byte = rest.first {
    // The longest of one to four bytes that are one character.
    let length = (1...4).first {
      rest.count >= $0 && String(validating: rest.prefix($0), as: UTF8.self) != nil
    }
    if let length {
      out += String(decoding: rest.prefix(length), as: UTF8.self)
      rest = rest.dropFirst(length)
    } else {
      let digits = String(byte, radix: 16, uppercase: true)
      out += "\\x" + (digits.utf8.count == 1 ? "0" : "") + digits
      rest = rest.dropFirst()
    }
  }
  return out
}
