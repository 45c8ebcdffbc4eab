/// A file with what is needed to point at a place in it.
package struct SourceFile {
  /// The folder as given and the path: what messages show.
  package let shown: String
  let bytes: [UInt8]

  package init(shown: String, bytes: [UInt8]) {
    self.shown = shown
    self.bytes = bytes
  }

  /// Where something stands and how many characters of it to underline.
  struct Place {
    var line: Int
    var column: Int?
    var width: Int
  }

  /// The name in an element's start tag.
  func place(of element: Element) -> Place {
    place(from: element.offset + 1, to: endOfName(element.offset + 1))
  }

  /// The value of an attribute, or the element's name when the tag cannot be followed.
  func place(of attribute: String, in element: Element) -> Place {
    let wanted = Array(attribute.utf8)
    var i = endOfName(element.offset + 1)
    while i < bytes.count, bytes[i] != UInt8(ascii: ">") {
      guard Self.isNameByte(bytes[i]) else {
        i += 1
        continue
      }
      let end = endOfName(i)
      let isWanted = bytes[i..<end].elementsEqual(wanted)
      guard let open = bytes[end...].firstIndex(where: { $0 == 0x22 || $0 == 0x27 }),
        let close = bytes[(open + 1)...].firstIndex(of: bytes[open])
      else { break }
      if isWanted {
        // An empty value is pointed at by its quotation mark.
        return place(from: open == close - 1 ? open : open + 1, to: close)
      }
      i = close + 1
    }
    return place(of: element)
  }

  /// A place given by a line and a byte of it, as libxml2 tells them.
  func place(line: Int, byteColumn: Int?) -> Place {
    guard let byteColumn, let range = range(ofLine: line) else {
      return Place(line: line, column: nil, width: 0)
    }
    return place(
      from: min(range.lowerBound + byteColumn - 1, range.upperBound), to: range.upperBound)
  }

  private func place(from start: Int, to end: Int) -> Place {
    let start = min(start, bytes.count)
    let line = 1 + bytes[..<start].count { $0 == 0x0A }
    let lineStart = (bytes[..<start].lastIndex(of: 0x0A) ?? -1) + 1
    let lineEnd = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
    let width = characters(start..<max(start, min(end, lineEnd))).count
    return Place(
      line: line, column: characters(lineStart..<start).count + 1, width: max(1, width))
  }

  private func endOfName(_ start: Int) -> Int {
    var i = start
    while i < bytes.count, Self.isNameByte(bytes[i]) { i += 1 }
    return i
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x09, 0x0A, 0x0D, 0x20, 0x22, 0x27, 0x2F, 0x3C, 0x3D, 0x3E: false
    default: true
    }
  }

  private func characters(_ range: Range<Int>) -> [Character] {
    Array(String(decoding: bytes[range], as: UTF8.self))
  }

  private func range(ofLine line: Int) -> Range<Int>? {
    var start = 0
    for _ in 1..<max(1, line) {
      guard let end = bytes[start...].firstIndex(of: 0x0A) else { return nil }
      start = end + 1
    }
    return start..<(bytes[start...].firstIndex(of: 0x0A) ?? bytes.count)
  }

  /// Wide enough for a line of code; a longer line is shown from a little before the place.
  private static let excerptWidth = 100

  /// The line with its number, and below it a mark under the place.
  func excerpt(_ place: Place) -> String {
    guard let range = range(ofLine: place.line) else { return "" }
    var text = characters(range).map(inert)
    var column = (place.column ?? 1) - 1
    if text.count > Self.excerptWidth {
      let start = max(0, column - 40)
      text = (start > 0 ? ["…"] : []) + text[start...].prefix(Self.excerptWidth)
      column -= start > 0 ? start - 1 : 0
    }
    while text.last?.isWhitespace == true { text.removeLast() }
    let number = String(place.line)
    let margin = String(repeating: " ", count: max(0, 4 - number.count))
    let first = "\(margin)\(number) | \(String(text))"
    guard place.column != nil else { return first }
    let blank = text.prefix(column).map { $0 == "\t" ? "\t" : " " }.joined()
    let mark =
      "^" + String(repeating: "~", count: max(0, min(place.width, text.count - column) - 1))
    return first + "\n" + String(repeating: " ", count: max(4, number.count)) + " | " + blank + mark
  }
}

/// A character that neither moves the cursor nor turns the direction of writing.
func inert(_ character: Character) -> Character {
  let isHarmless = character.unicodeScalars.allSatisfy {
    switch $0.value {
    case 0x09: true
    case 0..<0x20, 0x7F..<0xA0, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x2069, 0xFEFF: false
    default: true
    }
  }
  return isHarmless ? character : "\u{FFFD}"
}

/// A value of the file as messages quote it: one line, short, inert.
package func quoted(_ text: String) -> String {
  let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  let short = line.count > 60 ? line.prefix(59) + "…" : line[...]
  return "'" + String(short.map(inert)) + "'"
}
