/// A table as CSV of RFC 4180: UTF-8, CRLF, every cell in quotes. No cell starts a formula in a
/// spreadsheet: one that would has an apostrophe before it.
public func csv(_ table: SheetTable) -> [UInt8] {
  var bytes: [UInt8] = []
  func line(_ cells: [String]) {
    for (index, cell) in cells.enumerated() {
      if index > 0 { bytes.append(0x2C) }
      bytes.append(0x22)
      for byte in cell.utf8 {
        if byte == 0x22 { bytes.append(0x22) }
        bytes.append(byte)
      }
      bytes.append(0x22)
    }
    bytes += [0x0D, 0x0A]
  }
  line(table.columns.map(\.name))
  for row in table.rows {
    line(
      row.map { cell in
        switch cell.content {
        case .text(let text): formulaSafe(text)
        case .number(let number): "\(number)"
        case .empty: ""
        }
      })
  }
  return bytes
}

/// The text with an apostrophe before each character that would start a formula: at the beginning of
/// the cell, and after a line break or a semicolon, where a spreadsheet that takes the semicolon for
/// its separator begins a cell of its own.
func formulaSafe(_ text: String) -> String {
  var result = ""
  result.reserveCapacity(text.utf8.count + 4)
  var isAtStart = true
  for scalar in text.unicodeScalars {
    switch scalar {
    case "=", "+", "-", "@", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}":
      if isAtStart { result += "'" }
      isAtStart = false
    case "\t", "\r":
      if isAtStart { result += "'" }
      isAtStart = true
    case ";", "\n": isAtStart = true
    case " ", "\"", "\u{A0}": break
    default: isAtStart = false
    }
    result.unicodeScalars.append(scalar)
  }
  return result
}
