import PageText
import SOC2Vocabulary

/// Values to bytes: counts before what they count, and texts and evidence once, then by number, as the
/// same quotes prove many things.
struct ByteWriter {
  private(set) var bytes: [UInt8] = []
  private var texts: [String: Int] = [:]
  private var places: [Evidence: Int] = [:]

  mutating func raw(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  mutating func raw(_ more: [UInt8]) { bytes += more }

  /// Seven bits a byte, the low ones first; the sign goes into the lowest bit.
  mutating func number(_ value: Int) {
    var rest = UInt(bitPattern: value << 1) ^ UInt(bitPattern: value >> (Int.bitWidth - 1))
    while rest > 0x7F {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  mutating func bool(_ value: Bool) { bytes.append(value ? 1 : 0) }

  mutating func float(_ value: Float) {
    for shift in [UInt32(0), 8, 16, 24] {
      bytes.append(UInt8(truncatingIfNeeded: value.bitPattern >> shift))
    }
  }

  mutating func text(_ value: String) {
    if let known = texts[value] { return number(known) }
    texts[value] = texts.count + 1
    number(0)
    number(value.utf8.count)
    bytes.append(contentsOf: value.utf8)
  }

  mutating func word<Word: RawRepresentable<String>>(_ value: Word) { text(value.rawValue) }

  mutating func optional<Item>(_ value: Item?, _ write: (inout ByteWriter, Item) -> Void) {
    bool(value != nil)
    if let value { write(&self, value) }
  }

  mutating func list<Item>(_ items: [Item], _ write: (inout ByteWriter, Item) -> Void) {
    number(items.count)
    for item in items { write(&self, item) }
  }

  /// In the order of the keys, so that the same values give the same bytes.
  mutating func members<Item>(
    _ items: [String: Item], _ write: (inout ByteWriter, Item) -> Void
  ) {
    list(items.keys.sorted()) { writer, key in
      writer.text(key)
      if let item = items[key] { write(&writer, item) }
    }
  }

  mutating func evidence(_ value: Evidence) {
    if let known = places[value] { return number(known) }
    places[value] = places.count + 1
    number(0)
    number(value.page)
    optional(value.pageLabel) { $0.text($1) }
    word(value.section)
    text(value.quote)
    list(value.boxes) { writer, box in
      for edge in [box.x0, box.y0, box.x1, box.y1] { writer.float(edge) }
    }
    word(value.source)
  }

  mutating func value(_ value: Value) {
    switch value {
    case .null: number(0)
    case .bool(let bool):
      number(1)
      self.bool(bool)
    case .number(let number):
      self.number(2)
      self.number(number)
    case .evidence(let pieces):
      number(3)
      list(pieces) { $0.evidence($1) }
    case .text(let text):
      number(4)
      self.text(text)
    case .list(let items):
      number(5)
      list(items) { $0.value($1) }
    case .object(let members):
      number(6)
      self.members(members) { $0.value($1) }
    }
  }
}
