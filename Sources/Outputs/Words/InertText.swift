/// Text of a document, made harmless for people and terminals: line breaks and tabs become a space,
/// every other control and every invisible format character (ESC, C1, bidi controls, tags) is
/// spelled out as `\u{1B}`, so that a report can neither drive a terminal nor hide or turn words.
public func inert(_ text: String) -> String {
  if text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) { return text }
  var result = ""
  result.unicodeScalars.reserveCapacity(text.utf8.count)
  for scalar in text.unicodeScalars {
    if scalar == "\n" || scalar == "\t" {
      result.unicodeScalars.append(" ")
    } else if isActive(scalar) {
      result += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
    } else {
      result.unicodeScalars.append(scalar)
    }
  }
  return result
}

private func isActive(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .control, .lineSeparator, .paragraphSeparator: true
  // Joiners shape letters of many scripts and do nothing else.
  case .format: scalar.value != 0x200C && scalar.value != 0x200D
  default: false
  }
}

/// The beginning of a text, cut between words, with a sign that it was cut.
func shortened(_ text: String, to limit: Int) -> String {
  guard text.count > limit else { return text }
  let head = text.prefix(limit)
  let cut = head.lastIndex(of: " ") ?? head.endIndex
  return head[..<cut] + " […]"
}
