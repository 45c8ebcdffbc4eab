import Crypto

/// SHA-256 over files in the order of their paths, so that any byte of a pack that changes shows.
///
/// Each path and each file has its length in front (8 bytes, big-endian): no two packs can run
/// together to the same bytes.
func packHash(_ files: [(path: String, bytes: [UInt8])]) -> String {
  var hash = SHA256()
  func add(_ bytes: [UInt8]) {
    withUnsafeBytes(of: UInt64(bytes.count).bigEndian) { hash.update(bufferPointer: $0) }
    bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
  }
  for file in files {
    add(Array(file.path.utf8))
    add(file.bytes)
  }
  let digits = Array("0123456789abcdef".utf8)
  let hex = hash.finalize().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
  return String(decoding: hex, as: UTF8.self)
}
