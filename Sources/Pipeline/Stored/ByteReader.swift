import PageText
import SOC2Vocabulary

/// Why stored bytes are not used: they are not what a `ByteWriter` wrote. There is nothing more to say,
/// as the document is then read again.
struct NotStored: Error {}

/// Bytes to values. Whatever the bytes are, it ends in values or in `NotStored`.
struct ByteReader {
  private var rest: ArraySlice<UInt8>
  private var texts: [String] = []
  private var places: [Evidence] = []
  private var depth = 0

  /// Values nest as deep as facts do, some six levels.
  private static let deepest = 64

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  mutating func raw(_ text: StaticString) throws(NotStored) {
    let found = try take(text.utf8CodeUnitCount)
    guard text.withUTF8Buffer({ $0.elementsEqual(found) }) else { throw NotStored() }
  }

  private mutating func take(_ count: Int) throws(NotStored) -> ArraySlice<UInt8> {
    guard count >= 0, count <= rest.count else { throw NotStored() }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }

  private mutating func byte() throws(NotStored) -> UInt8 {
    guard let byte = rest.popFirst() else { throw NotStored() }
    return byte
  }

  mutating func number() throws(NotStored) -> Int {
    var value: UInt = 0
    for shift in stride(from: 0, to: 70, by: 7) {
      let next = try byte()
      value |= UInt(next & 0x7F) << UInt(shift)
      if next & 0x80 == 0 {
        return Int(bitPattern: value >> 1) ^ -Int(bitPattern: value & 1)
      }
    }
    throw NotStored()
  }

  mutating func bool() throws(NotStored) -> Bool {
    let value = try byte()
    guard value <= 1 else { throw NotStored() }
    return value == 1
  }

  mutating func float() throws(NotStored) -> Float {
    var bits: UInt32 = 0
    for (place, byte) in try take(4).enumerated() { bits |= UInt32(byte) << UInt32(8 * place) }
    return Float(bitPattern: bits)
  }

  mutating func text() throws(NotStored) -> String {
    let known = try number()
    if known > 0 {
      guard known <= texts.count else { throw NotStored() }
      return texts[known - 1]
    }
    guard let text = String(validating: try take(try number()), as: UTF8.self) else {
      throw NotStored()
    }
    texts.append(text)
    return text
  }

  mutating func word<Word: RawRepresentable<String>>() throws(NotStored) -> Word {
    guard let word = Word(rawValue: try text()) else { throw NotStored() }
    return word
  }

  mutating func optional<Item>(
    _ read: (inout ByteReader) throws(NotStored) -> Item
  ) throws(NotStored) -> Item? {
    try bool() ? try read(&self) : nil
  }

  mutating func list<Item>(
    _ read: (inout ByteReader) throws(NotStored) -> Item
  ) throws(NotStored) -> [Item] {
    let count = try number()
    // Each takes a byte at least, so no count can ask for more than there is.
    guard count >= 0, count <= rest.count else { throw NotStored() }
    var items: [Item] = []
    for _ in 0..<count { items.append(try read(&self)) }
    return items
  }

  mutating func members<Item>(
    _ read: (inout ByteReader) throws(NotStored) -> Item
  ) throws(NotStored) -> [String: Item] {
    let pairs = try list { (reader) throws(NotStored) -> (String, Item) in
      (try reader.text(), try read(&reader))
    }
    return Dictionary(pairs, uniquingKeysWith: { a, _ in a })
  }

  mutating func evidence() throws(NotStored) -> Evidence {
    let known = try number()
    if known > 0 {
      guard known <= places.count else { throw NotStored() }
      return places[known - 1]
    }
    let evidence = Evidence(
      page: try number(),
      pageLabel: try optional { (reader) throws(NotStored) in try reader.text() },
      section: try word(), quote: try text(),
      boxes: try list { (reader) throws(NotStored) in
        Box(
          try reader.float(), try reader.float(), try reader.float(), try reader.float())
      },
      source: try word())
    places.append(evidence)
    return evidence
  }

  mutating func evidences() throws(NotStored) -> [Evidence] {
    try list { (reader) throws(NotStored) in try reader.evidence() }
  }

  mutating func value() throws(NotStored) -> Value {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else { throw NotStored() }
    switch try number() {
    case 0: return .null
    case 1: return .bool(try bool())
    case 2: return .number(try number())
    case 3: return .evidence(try evidences())
    case 4: return .text(try text())
    case 5: return .list(try list { (reader) throws(NotStored) in try reader.value() })
    case 6: return .object(try members { (reader) throws(NotStored) in try reader.value() })
    default: throw NotStored()
    }
  }

  func end() throws(NotStored) {
    guard rest.isEmpty else { throw NotStored() }
  }
}
