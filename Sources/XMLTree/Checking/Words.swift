// Texts of our files are cut at XML's four spaces, byte by byte: a start of the program reads every
// rule, and cutting by characters took more time than all else.

/// Whether XML takes the byte for white space.
package func isXMLSpace(_ byte: UInt8) -> Bool {
  byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D
}

/// Whether a text holds nothing but white space.
package func isBlank(_ text: String) -> Bool { text.utf8.allSatisfy { isXMLSpace($0) } }

/// The words of a text.
package func words(_ text: String) -> [String] {
  var words: [String] = []
  eachWord(text) { words.append(String(decoding: $0, as: UTF8.self)) }
  return words
}

/// How many words a text has.
package func wordCount(_ text: String) -> Int {
  var count = 0
  eachWord(text) { _ in count += 1 }
  return count
}

/// A text with one space between its words.
package func oneLine(_ text: String) -> String {
  var line: [UInt8] = []
  line.reserveCapacity(text.utf8.count)
  eachWord(text) {
    if !line.isEmpty { line.append(0x20) }
    line += $0
  }
  return line.count == text.utf8.count ? text : String(decoding: line, as: UTF8.self)
}

private func eachWord(_ text: String, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
  var text = text
  text.withUTF8 { bytes in
    var i = 0
    while i < bytes.count {
      while i < bytes.count, isXMLSpace(bytes[i]) { i += 1 }
      let start = i
      while i < bytes.count, !isXMLSpace(bytes[i]) { i += 1 }
      if start < i { body(UnsafeBufferPointer(rebasing: bytes[start..<i])) }
    }
  }
}
