import Crypto

/// A file by its bytes: how records name it.
public struct FileIdentity: Sendable, Hashable {
  /// Of no bytes where the file could not be read.
  public var sha256: String
  public var bytes: Int
  /// Whether the bytes were there to be named.
  public var isRead: Bool

  public init(of bytes: [UInt8]) {
    sha256 = digest(bytes)
    self.bytes = bytes.count
    isRead = true
  }

  init(sha256: String, bytes: Int) {
    self.sha256 = sha256
    self.bytes = bytes
    isRead = true
  }

  /// A file whose bytes could not be had.
  public static let unread: FileIdentity = {
    var none = FileIdentity(of: [])
    none.isRead = false
    return none
  }()
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
