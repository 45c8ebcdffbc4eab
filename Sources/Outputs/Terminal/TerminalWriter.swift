/// Lays out a page for a terminal. Every text goes through `inert` here, in one place, so that no
/// caller can forget it.
struct TerminalWriter {
  private(set) var page = ""
  private let style: TerminalStyle
  private let width: Int

  /// Narrower than this no line holds a label and a few words.
  private static let narrowest = 24
  /// A hanging text narrower than this goes below its label.
  private static let narrowestColumn = 30
  /// What is left of an indent on a page that is too narrow for columns.
  private static let narrowIndent = 4

  init(_ style: TerminalStyle, width: Int) {
    self.style = style
    self.width = max(width, Self.narrowest)
  }

  mutating func blank() { page += "\n" }

  mutating func heading(_ text: String) { lines(text, indent: 0, tint: .strong) }

  mutating func paragraph(_ text: String, indent: Int = 0, tint: Tint? = nil) {
    lines(text, indent: indent, tint: tint)
  }

  mutating func rule() {
    page += String(repeating: "-", count: width) + "\n"
  }

  /// A label and a text that hangs in the column right of it; `mark` begins the text and is tinted,
  /// `tail` ends it.
  mutating func item(
    _ label: String, labelTint: Tint? = .quiet, mark: String? = nil, markTint: Tint = .alarm,
    _ text: String, tail: String = "", indent: Int = 0, column: Int
  ) {
    let label = inert(label)
    let body = [mark, text.isEmpty ? nil : text].compactMap(\.self).joined(separator: " – ") + tail
    let isNarrow = width - column < Self.narrowestColumn
    let indent = isNarrow ? min(indent, Self.narrowIndent) : indent
    let hanging = isNarrow ? indent + 2 : column
    let taken = indent + columns(label)
    if isNarrow || taken >= column {
      if !label.isEmpty { lines(label, indent: indent, tint: labelTint) }
    } else {
      page += String(repeating: " ", count: indent) + style.tinted(label, labelTint)
      page += String(repeating: " ", count: column - taken)
    }
    let startsHere = page.isEmpty || page.utf8.last == 0x0A
    for (index, line) in wrapped(inert(body), width: width - hanging).enumerated() {
      if index > 0 || startsHere { page += String(repeating: " ", count: hanging) }
      if index == 0, let mark, line.hasPrefix(mark) {
        page += style.tinted(mark, markTint) + line.dropFirst(mark.count) + "\n"
      } else {
        page += line + "\n"
      }
    }
  }

  private mutating func lines(_ text: String, indent: Int, tint: Tint?) {
    let spaces = String(repeating: " ", count: indent)
    for line in wrapped(inert(text), width: width - indent) {
      page += spaces + style.tinted(line, tint) + "\n"
    }
  }
}
