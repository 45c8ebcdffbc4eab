import Crypto

/// A file by its bytes: how records name it.
public struct FileIdentity: Sendable, Hashable {
  /// Empty when the bytes were not read.
  public var sha256: String
  public var bytes: Int
  /// Whether the bytes were there to be named.
  public var isRead: Bool { !sha256.isEmpty }

  init(sha256: String, bytes: Int) {
    self.sha256 = sha256
    self.bytes = bytes
  }

  /// A file whose bytes were not read.
  public static func unread(bytes: Int) -> FileIdentity { FileIdentity(sha256: "", bytes: bytes) }
}

/// Makes a file's identity of its bytes, piece by piece.
public struct FileHasher {
  private var hash = SHA256()
  public private(set) var bytes = 0

  public init() {}

  public mutating func take(_ piece: UnsafeRawBufferPointer) {
    hash.update(bufferPointer: piece)
    bytes += piece.count
  }

  public func identity() -> FileIdentity {
    FileIdentity(sha256: hexadecimal(hash.finalize()), bytes: bytes)
  }
}

/// The SHA-256 of bytes, in hexadecimal digits.
public func digest(_ bytes: [UInt8]) -> String { hexadecimal(SHA256.hash(data: bytes)) }

private func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
  let digits = Array("0123456789abcdef")
  var out = ""
  for byte in bytes {
    out.append(digits[Int(byte >> 4)])
    out.append(digits[Int(byte & 15)])
  }
  return out
}
