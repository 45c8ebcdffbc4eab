/// Appends JSON to a byte buffer: the caller gives the keys in order, the writer does the commas,
/// the layout and the escaping. It makes no intermediate strings, because a record can be 1 MB.
struct JSONWriter {
  private(set) var bytes: [UInt8] = []
  private let style: JSONStyle
  private var depth = 0
  /// Whether nothing stands yet in the innermost open object or list.
  private var isFresh = true

  init(_ style: JSONStyle) { self.style = style }

  // MARK: Structure

  mutating func openObject() { open(0x7B) }
  mutating func closeObject() { close(0x7D) }
  mutating func openList() { open(0x5B) }
  mutating func closeList() { close(0x5D) }

  /// Starts a member; its value must follow.
  mutating func key(_ name: StaticString) {
    element()
    bytes.append(0x22)
    name.withUTF8Buffer { bytes.append(contentsOf: $0) }
    bytes.append(0x22)
    colon()
  }

  /// Starts a member whose name comes from data.
  mutating func key(_ name: String) {
    element()
    string(name)
    colon()
  }

  /// Starts an element of a list; its value must follow.
  mutating func element() {
    if !isFresh { bytes.append(0x2C) }
    isFresh = false
    newline()
  }

  /// Ends the document.
  mutating func finish() {
    if style == .pretty { bytes.append(0x0A) }
  }

  private mutating func open(_ bracket: UInt8) {
    bytes.append(bracket)
    depth += 1
    isFresh = true
  }

  private mutating func close(_ bracket: UInt8) {
    depth -= 1
    if !isFresh { newline() }
    isFresh = false
    bytes.append(bracket)
  }

  private mutating func colon() {
    bytes.append(0x3A)
    if style == .pretty { bytes.append(0x20) }
  }

  private mutating func newline() {
    guard style == .pretty else { return }
    bytes.append(0x0A)
    for _ in 0..<depth {
      bytes.append(0x20)
      bytes.append(0x20)
    }
  }

  // MARK: Values

  mutating func null() { literal("null") }
  mutating func bool(_ value: Bool) { literal(value ? "true" : "false") }

  mutating func number(_ value: Int) {
    if value < 0 { bytes.append(0x2D) }
    digits(value.magnitude)
  }

  /// A number that was read as JSON.
  mutating func number(asWritten digits: String) { bytes.append(contentsOf: digits.utf8) }

  /// A coordinate to 0.1 point: no exponent, no trailing zero, no negative zero.
  mutating func coordinate(_ value: Float) {
    // A tenth of a point is finer than print; no page is a million points wide, so clamping loses
    // nothing that is on a page, and what is no number at all becomes the origin.
    let tenths =
      value.isFinite
      ? Int((Double(min(max(value, -1_000_000), 1_000_000)) * 10).rounded()) : 0
    if tenths < 0 { bytes.append(0x2D) }
    digits(tenths.magnitude / 10)
    let rest = UInt8(tenths.magnitude % 10)
    if rest > 0 {
      bytes.append(0x2E)
      bytes.append(0x30 + rest)
    }
  }

  /// Four coordinates on one line, so that a record stays readable.
  mutating func box(_ x0: Float, _ y0: Float, _ x1: Float, _ y1: Float) {
    bytes.append(0x5B)
    coordinate(x0)
    comma()
    coordinate(y0)
    comma()
    coordinate(x1)
    comma()
    coordinate(y1)
    bytes.append(0x5D)
  }

  /// Whole numbers on one line.
  mutating func numbers(_ values: [Int]) {
    bytes.append(0x5B)
    for (index, value) in values.enumerated() {
      if index > 0 { comma() }
      number(value)
    }
    bytes.append(0x5D)
  }

  mutating func string(_ text: String) {
    bytes.append(0x22)
    var text = text
    text.withUTF8 { appendEscaped($0, to: &bytes) }
    bytes.append(0x22)
  }

  private mutating func comma() {
    bytes.append(0x2C)
    if style == .pretty { bytes.append(0x20) }
  }

  private mutating func literal(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  private mutating func digits(_ value: UInt) {
    if value >= 10 { digits(value / 10) }
    bytes.append(0x30 + UInt8(value % 10))
  }
}
