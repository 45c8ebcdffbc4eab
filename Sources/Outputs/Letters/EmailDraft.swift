extension RequestLetter {
  /// The letter as text, LF at the ends of lines.
  public var text: String {
    (["Subject: " + subject, ""] + lines).map { $0 + "\n" }.joined()
  }

  /// The letter as a draft of RFC 5322 that mail programs open for sending: no date, no sender. The
  /// recipient is left to be filled in.
  public var draft: [UInt8] {
    var bytes: [UInt8] = []
    for line in [
      "X-Unsent: 1", "Subject: " + encodedWords(subject), "MIME-Version: 1.0",
      "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64", "",
    ] { bytes += Array(line.utf8) + [0x0D, 0x0A] }
    let body = Array(lines.map { $0 + "\r\n" }.joined().utf8)
    var at = 0
    while at < body.count {
      let end = min(at + bytesOfLine, body.count)
      bytes += Array(base64(body[at..<end]).utf8) + [0x0D, 0x0A]
      at = end
    }
    return bytes
  }
}

/// Of these, base64 makes 76 letters, the most a line may have.
private let bytesOfLine = 57

/// A header's value: as it is where it is plain ASCII that looks like no encoded word, else as encoded
/// words of RFC 2047, each of at most 75 letters, folded. A line break in it is never one.
private func encodedWords(_ text: String) -> String {
  let isPlain = text.utf8.allSatisfy { (0x20...0x7E).contains($0) } && text.utf8.count <= 60
  if isPlain, !text.contains("=?") { return text }
  var words: [String] = []
  var part: [UInt8] = []
  for scalar in text.unicodeScalars {
    let letter = Array(String(scalar).utf8)
    // 42 bytes make 56 letters; with the frame and the header's name 77, and a line has at most 78.
    if part.count + letter.count > 42 {
      words.append("=?utf-8?B?\(base64(part[...]))?=")
      part = []
    }
    part += letter
  }
  words.append("=?utf-8?B?\(base64(part[...]))?=")
  return words.joined(separator: "\r\n ")
}

private func base64(_ bytes: ArraySlice<UInt8>) -> String {
  let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  var result: [UInt8] = []
  var rest = bytes
  while !rest.isEmpty {
    let group = Array(rest.prefix(3))
    rest = rest.dropFirst(3)
    var bits = UInt32(group[0]) << 16
    if group.count > 1 { bits |= UInt32(group[1]) << 8 }
    if group.count > 2 { bits |= UInt32(group[2]) }
    for place in 0..<4 {
      result.append(
        place <= group.count ? letters[Int(bits >> (18 - 6 * UInt32(place)) & 0x3F)] : 0x3D)
    }
  }
  return String(decoding: result, as: UTF8.self)
}
