/// Appends the inside of a JSON string. Beyond what JSON demands, line and paragraph separators,
/// C1 controls and bidi controls are written as \u escapes: the value is the same, and a record
/// printed on a terminal or pasted into a script does nothing there.
func appendEscaped(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
  var clean = 0
  var index = 0
  while index < text.count {
    let length = lengthToEscape(text, at: index)
    if length == 0 {
      index += 1
      continue
    }
    bytes.append(contentsOf: text[clean..<index])
    appendEscape(text, at: index, length: length, to: &bytes)
    index += length
    clean = index
  }
  bytes.append(contentsOf: text[clean..<text.count])
}

/// How many bytes from here make one character that must not stand as it is; 0 when it may.
private func lengthToEscape(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
  let byte = text[index]
  switch byte {
  case 0x20, 0x21, 0x23...0x5B, 0x5D...0x7E: return 0
  case 0..<0x20, 0x22, 0x5C, 0x7F: return 1
  case 0xC2 where index + 1 < text.count:
    return text[index + 1] < 0xA0 ? 2 : 0  // U+0080…U+009F
  case 0xD8 where index + 1 < text.count:
    return text[index + 1] == 0x9C ? 2 : 0  // U+061C
  case 0xE2 where index + 2 < text.count:
    switch (text[index + 1], text[index + 2]) {
    case (0x80, 0x8E...0x8F), (0x80, 0xA8...0xAE), (0x81, 0xA6...0xA9):
      return 3  // U+200E…F, U+2028…E, U+2066…9
    default: return 0
    }
  case 0xEF where index + 2 < text.count:
    return text[index + 1] == 0xBB && text[index + 2] == 0xBF ? 3 : 0  // U+FEFF
  default: return 0
  }
}

private func appendEscape(
  _ text: UnsafeBufferPointer<UInt8>, at index: Int, length: Int, to bytes: inout [UInt8]
) {
  bytes.append(0x5C)
  let first = text[index]
  switch first {
  case 0x22, 0x5C: bytes.append(first)
  case 0x08: bytes.append(0x62)
  case 0x09: bytes.append(0x74)
  case 0x0A: bytes.append(0x6E)
  case 0x0C: bytes.append(0x66)
  case 0x0D: bytes.append(0x72)
  default:
    let scalar: UInt32
    switch length {
    case 1: scalar = UInt32(first)
    case 2: scalar = UInt32(first & 0x1F) << 6 | UInt32(text[index + 1] & 0x3F)
    default:
      scalar =
        UInt32(first & 0x0F) << 12 | UInt32(text[index + 1] & 0x3F) << 6
        | UInt32(text[index + 2] & 0x3F)
    }
    bytes.append(0x75)
    for shift in [UInt32(12), 8, 4, 0] {
      let digit = UInt8(scalar >> shift & 0xF)
      bytes.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
    }
  }
}
