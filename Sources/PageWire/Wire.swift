/// Why bytes from another process are not what they should be. There is no more to say: what sent them
/// cannot be trusted, so nothing of them is used.
public struct Malformed: Error, Sendable, Hashable {
  public init() {}
}

/// Values to bytes: little end first, counts and lengths before what they count.
struct WireWriter {
  private(set) var bytes: [UInt8] = []

  mutating func byte(_ value: UInt8) { bytes.append(value) }

  mutating func bool(_ value: Bool) { bytes.append(value ? 1 : 0) }

  mutating func word(_ value: UInt32) {
    // One after another: appending a run of bytes costs more than four of them.
    for shift in stride(from: UInt32(0), to: 32, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }

  /// Seven bits a byte, the low ones first; a last byte has no high bit. Negative numbers are not sent.
  mutating func count(_ value: Int) {
    var rest = UInt64(max(0, value))
    while rest > 0x7F {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  /// A number that a file names and that may be anything.
  mutating func integer(_ value: Int) {
    withUnsafeBytes(of: Int64(value).littleEndian) { bytes.append(contentsOf: $0) }
  }

  /// A place or size in points. Files can name sizes that no page has and arithmetic cannot carry.
  mutating func float(_ value: Float) {
    word((value.isNaN ? 0 : min(max(value, -WireLimits.points), WireLimits.points)).bitPattern)
  }

  mutating func raw(_ value: [UInt8]) {
    count(value.count)
    bytes.append(contentsOf: value)
  }

  mutating func text(_ value: String) {
    count(value.utf8.count)
    bytes.append(contentsOf: value.utf8)
  }

  mutating func optionalText(_ value: String?) {
    bool(value != nil)
    if let value { text(value) }
  }

  mutating func mark(_ value: StaticString) {
    value.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }
}

enum WireLimits {
  /// A hundred times the largest page that our reader lets glyphs stand on.
  static let points: Float = 1e10
}

/// Bytes of another process to values: whatever they are, it ends in values or in `Malformed`, and takes no
/// more memory than a small multiple of the bytes.
struct WireReader {
  private let bytes: UnsafeRawBufferPointer
  private var at = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// Bytes not read yet.
  var left: Int { bytes.count - at }

  private mutating func take(_ count: Int) throws(Malformed) -> UnsafeRawBufferPointer {
    guard count >= 0, count <= left else { throw Malformed() }
    defer { at += count }
    return UnsafeRawBufferPointer(rebasing: bytes[at..<at + count])
  }

  mutating func byte() throws(Malformed) -> UInt8 { try take(1)[0] }

  mutating func bool() throws(Malformed) -> Bool {
    let value = try byte()
    guard value <= 1 else { throw Malformed() }
    return value == 1
  }

  mutating func word() throws(Malformed) -> UInt32 {
    UInt32(littleEndian: try take(4).loadUnaligned(as: UInt32.self))
  }

  mutating func count() throws(Malformed) -> Int {
    var value: UInt64 = 0
    // Eight bytes are 56 bits: more than any count, and far from overflow.
    for shift in stride(from: UInt64(0), to: 56, by: 7) {
      let next = try byte()
      value |= UInt64(next & 0x7F) << shift
      if next & 0x80 == 0 { return Int(value) }
    }
    throw Malformed()
  }

  mutating func integer() throws(Malformed) -> Int64 {
    Int64(littleEndian: try take(8).loadUnaligned(as: Int64.self))
  }

  /// A count of things that take at least `size` bytes each: never more than there are bytes for.
  mutating func count(ofAtLeast size: Int) throws(Malformed) -> Int {
    let value = try count()
    guard value <= left / size else { throw Malformed() }
    return value
  }

  mutating func float() throws(Malformed) -> Float {
    let value = Float(bitPattern: try word())
    // A NaN fails too.
    guard abs(value) <= WireLimits.points else { throw Malformed() }
    return value
  }

  mutating func raw() throws(Malformed) -> [UInt8] { [UInt8](try take(try count())) }

  mutating func text() throws(Malformed) -> String {
    guard let value = String(validating: try take(try count()), as: UTF8.self) else {
      throw Malformed()
    }
    return value
  }

  mutating func optionalText() throws(Malformed) -> String? { try bool() ? try text() : nil }

  mutating func mark(_ value: StaticString) throws(Malformed) {
    let found = try take(value.utf8CodeUnitCount)
    guard value.withUTF8Buffer({ $0.elementsEqual(found) }) else { throw Malformed() }
  }

  func end() throws(Malformed) {
    guard left == 0 else { throw Malformed() }
  }
}
