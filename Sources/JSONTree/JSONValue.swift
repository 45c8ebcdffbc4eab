/// What a text of JSON says. Numbers stay as they were written: nothing here reckons with them, and what
/// is echoed must not change.
public indirect enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  case number(String)
  case text(String)
  case list([JSONValue])
  /// In the order of the text; no name twice.
  case object([Member])

  public struct Member: Hashable, Sendable {
    public var name: String
    public var value: JSONValue

    public init(name: String, value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  public subscript(_ name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  public var text: String? { if case .text(let text) = self { text } else { nil } }
}

/// Why a text is not JSON, and at which byte, from 1.
public struct JSONProblem: Error, Hashable, Sendable {
  public var byte: Int
  public var message: String
}

/// Reads one JSON value as RFC 8259 has it, and nothing beside it.
public func readJSON(_ bytes: some Collection<UInt8>) throws(JSONProblem) -> JSONValue {
  var reader = JSONReader(Array(bytes))
  return try reader.whole()
}

private struct JSONReader {
  private let bytes: [UInt8]
  private var at = 0
  private var depth = 0

  /// Requests nest two or three levels; each level costs stack.
  private static let deepest = 64

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  private func problem(_ message: String) -> JSONProblem {
    JSONProblem(byte: at + 1, message: message)
  }

  private var next: UInt8? { at < bytes.count ? bytes[at] : nil }

  private mutating func skipBlanks() {
    while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { at += 1 }
  }

  mutating func whole() throws(JSONProblem) -> JSONValue {
    let value = try value()
    skipBlanks()
    guard next == nil else { throw problem("something stands behind the value") }
    return value
  }

  private mutating func value() throws(JSONProblem) -> JSONValue {
    skipBlanks()
    guard let byte = next else { throw problem("the text ends where a value should stand") }
    switch byte {
    case 0x22: return .text(try string())
    case 0x5B: return try nested { (reader) throws(JSONProblem) in .list(try reader.list()) }
    case 0x7B: return try nested { (reader) throws(JSONProblem) in .object(try reader.members()) }
    case 0x2D, 0x30...0x39: return .number(try number())
    default:
      for (word, value) in [
        ("true", JSONValue.bool(true)), ("false", .bool(false)), ("null", .null),
      ]
      where bytes[at...].starts(with: word.utf8) {
        at += word.utf8.count
        return value
      }
      throw problem("this is no value")
    }
  }

  private mutating func nested(
    _ read: (inout JSONReader) throws(JSONProblem) -> JSONValue
  ) throws(JSONProblem) -> JSONValue {
    guard depth < Self.deepest else { throw problem("values nest too deep") }
    depth += 1
    defer { depth -= 1 }
    at += 1
    return try read(&self)
  }

  /// Whether another item follows; the closing bracket is passed.
  private mutating func goesOn(
    isFirst: Bool, until close: UInt8
  ) throws(JSONProblem) -> Bool {
    skipBlanks()
    if next == close {
      at += 1
      return false
    }
    if isFirst { return true }
    guard next == 0x2C else { throw problem("a comma or a closing bracket is missing") }
    at += 1
    return true
  }

  private mutating func list() throws(JSONProblem) -> [JSONValue] {
    var items: [JSONValue] = []
    while try goesOn(isFirst: items.isEmpty, until: 0x5D) { items.append(try value()) }
    return items
  }

  private mutating func members() throws(JSONProblem) -> [JSONValue.Member] {
    var members: [JSONValue.Member] = []
    var names: Set<String> = []
    while try goesOn(isFirst: members.isEmpty, until: 0x7D) {
      skipBlanks()
      guard next == 0x22 else { throw problem("a name in quotes is missing") }
      let name = try string()
      guard names.insert(name).inserted else { throw problem("a name stands twice") }
      skipBlanks()
      guard next == 0x3A else { throw problem("a colon is missing") }
      at += 1
      members.append(JSONValue.Member(name: name, value: try value()))
    }
    return members
  }

  private mutating func digits() throws(JSONProblem) {
    let start = at
    while let byte = next, (0x30...0x39).contains(byte) { at += 1 }
    guard at > start else { throw problem("a digit is missing") }
  }

  private mutating func number() throws(JSONProblem) -> String {
    let start = at
    if next == 0x2D { at += 1 }
    if next == 0x30 { at += 1 } else { try digits() }
    if next == 0x2E {
      at += 1
      try digits()
    }
    if next == 0x65 || next == 0x45 {
      at += 1
      if next == 0x2B || next == 0x2D { at += 1 }
      try digits()
    }
    return String(decoding: bytes[start..<at], as: UTF8.self)
  }

  private mutating func string() throws(JSONProblem) -> String {
    at += 1
    var out: [UInt8] = []
    let start = at
    while let byte = next {
      switch byte {
      case 0x22:
        at += 1
        guard let text = String(validating: out, as: UTF8.self) else {
          at = start
          throw problem("a text is not UTF-8")
        }
        return text
      case 0x5C: try escape(into: &out)
      case 0..<0x20: throw problem("a control character stands in a text")
      default:
        out.append(byte)
        at += 1
      }
    }
    throw problem("a text is never closed")
  }

  private mutating func escape(into out: inout [UInt8]) throws(JSONProblem) {
    at += 1
    let plain: [UInt8: UInt8] = [
      0x22: 0x22, 0x5C: 0x5C, 0x2F: 0x2F, 0x62: 0x08, 0x66: 0x0C, 0x6E: 0x0A, 0x72: 0x0D,
      0x74: 0x09,
    ]
    guard let letter = next else { throw problem("a text is never closed") }
    if let byte = plain[letter] {
      out.append(byte)
      at += 1
      return
    }
    guard letter == 0x75 else { throw problem("there is no such escape") }
    let high = try unit()
    var number = UInt32(high)
    if (0xD800..<0xDC00).contains(high) {
      guard next == 0x5C, at + 1 < bytes.count, bytes[at + 1] == 0x75 else {
        throw problem("half a character is escaped")
      }
      at += 1
      let low = try unit()
      guard (0xDC00..<0xE000).contains(low) else { throw problem("half a character is escaped") }
      number = 0x10000 + (UInt32(high) - 0xD800) << 10 + (UInt32(low) - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(number) else {
      throw problem("half a character is escaped")
    }
    out.append(contentsOf: String(Character(scalar)).utf8)
  }

  /// Four digits behind the `u` of an escape.
  private mutating func unit() throws(JSONProblem) -> UInt16 {
    at += 1
    var value: UInt16 = 0
    for _ in 0..<4 {
      guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw problem("an escape has four digits")
      }
      value = value << 4 | UInt16(digit)
      at += 1
    }
    return value
  }
}
