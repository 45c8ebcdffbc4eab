/// Text of a document as Markdown that shows it and does nothing: no table cell, code, emphasis,
/// HTML, picture, link or bare address comes of it.
func escaped(_ text: String) -> String {
  let text = inert(text)
  var result = ""
  result.reserveCapacity(text.utf8.count + 16)
  var rest = text.unicodeScalars[...]
  while let scalar = rest.popFirst() {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\\", "`", "*", "_", "{", "}", "[", "]", "#", "!", "|", "~", "^", "$":
      result += "\\"
      result.unicodeScalars.append(scalar)
    case ":" where rest.first == "/":
      // Addresses become links by themselves unless their colon or dot is escaped.
      result += "\\:"
    case "." where isAfterWWW(result):
      result += "\\."
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}

private func isAfterWWW(_ text: String) -> Bool {
  text.utf8.suffix(3).elementsEqual("www".utf8) || text.utf8.suffix(3).elementsEqual("WWW".utf8)
}
