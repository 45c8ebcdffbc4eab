import PageText

/// Lays out a page of HTML that is well-formed XML too. Every text and every attribute goes through
/// `markupText` here, in one place, so that no caller can forget it.
struct HTMLWriter {
  private(set) var page = ""
  /// Pictures that stand in the page already: they are drawn again by their number.
  var drawn: [PageClip: Int] = [:]
  let pictures: [PageClip: PagePicture]

  init(pictures: [PageClip: PagePicture]) { self.pictures = pictures }

  /// Only texts of our own, as they stand.
  mutating func markup(_ text: StaticString) { page += text.description }

  mutating func open(_ tag: StaticString, _ attributes: [(StaticString, String)] = []) {
    start(tag, attributes)
    page += ">"
  }

  mutating func close(_ tag: StaticString) { page += "</\(tag)>\n" }

  mutating func void(_ tag: StaticString, _ attributes: [(StaticString, String)] = []) {
    start(tag, attributes)
    page += "/>"
  }

  mutating func text(_ text: String) { page += markupText(text) }

  mutating func element(
    _ tag: StaticString, _ attributes: [(StaticString, String)] = [], _ content: String
  ) {
    open(tag, attributes)
    text(content)
    close(tag)
  }

  private mutating func start(_ tag: StaticString, _ attributes: [(StaticString, String)]) {
    page += "<\(tag)"
    for (name, value) in attributes { page += " \(name)=\"" + markupText(value) + "\"" }
  }

  /// A table with a head; the cells are written by the caller.
  mutating func table(
    _ caption: String, _ heads: [String], style: String = "",
    _ body: (inout HTMLWriter) -> Void
  ) {
    open("div", [("class", "scroll")])
    open("table", [("class", style)])
    element("caption", caption)
    open("thead")
    open("tr")
    for head in heads { element("th", [("scope", "col")], head) }
    close("tr")
    close("thead")
    open("tbody")
    body(&self)
    close("tbody")
    close("table")
    close("div")
  }

  /// A chip that says how grave something is, or what is wrong with it.
  mutating func chip(_ word: String, _ style: String) {
    element("span", [("class", "chip \(style)")], word)
  }
}

extension HTMLWriter {
  mutating func element(_ tag: StaticString, _ content: String) { element(tag, [], content) }
}

/// Text as HTML that shows it and does nothing: no tag, entity or attribute comes of it, and what
/// steers or hides text is spelled out.
func markupText(_ text: String) -> String {
  let text = inert(text)
  var result = ""
  result.reserveCapacity(text.utf8.count + 16)
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "'": result += "&#39;"
    // No characters, and not allowed in XML.
    case "\u{FFFE}", "\u{FFFF}": result += "\\u{" + String(scalar.value, radix: 16) + "}"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}

/// A length with one digit behind the point, the same on every machine.
func tenths(_ value: Float) -> String {
  guard value.magnitude < 1e6 else { return "0" }
  let tenths = Int((value * 10).rounded())
  let rest = tenths.magnitude % 10
  return (tenths < 0 ? "-" : "") + "\(tenths.magnitude / 10)" + (rest == 0 ? "" : ".\(rest)")
}

/// Bytes as text for a `data:` address (RFC 4648, section 4).
func base64(_ bytes: [UInt8]) -> String {
  let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  var out: [UInt8] = []
  out.reserveCapacity((bytes.count + 2) / 3 * 4)
  var index = 0
  while index < bytes.count {
    let rest = bytes.count - index
    let a = Int(bytes[index])
    let b = rest > 1 ? Int(bytes[index + 1]) : 0
    let c = rest > 2 ? Int(bytes[index + 2]) : 0
    out.append(letters[a >> 2])
    out.append(letters[(a & 3) << 4 | b >> 4])
    out.append(rest > 1 ? letters[(b & 15) << 2 | c >> 6] : 0x3D)
    out.append(rest > 2 ? letters[c & 63] : 0x3D)
    index += 3
  }
  return String(decoding: out, as: UTF8.self)
}
