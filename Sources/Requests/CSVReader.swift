/// One line of a CSV file, which a quoted cell may stretch over several.
struct CSVRow: Hashable {
  /// Where it begins, from 1.
  var line: Int
  var cells: [[UInt8]]
}

/// What is wrong with a CSV file as such.
struct CSVProblem: Error, Hashable {
  var line: Int
  var message: String
}

/// Reads CSV by RFC 4180 as people's programs write it: a byte order mark is skipped, lines end with CR,
/// LF or both, cells are parted by commas, or by semicolons where the first line has those and no comma
/// outside of quotes. Empty lines are left out.
///
/// Rows before a problem are given; after one nobody knows where a row begins.
func readCSV(_ bytes: [UInt8]) -> (rows: [CSVRow], problem: CSVProblem?) {
  var reader = CSVScanner(bytes)
  return reader.rows()
}

private struct CSVScanner {
  private let bytes: ArraySlice<UInt8>
  private let separator: UInt8
  private var at: Int
  private var line = 1

  init(_ all: [UInt8]) {
    bytes = all.starts(with: [0xEF, 0xBB, 0xBF]) ? all[3...] : all[...]
    at = bytes.startIndex
    separator = Self.separator(of: bytes)
  }

  private static func separator(of bytes: ArraySlice<UInt8>) -> UInt8 {
    var isQuoted = false
    var semicolons = false
    for byte in bytes {
      switch byte {
      case 0x22: isQuoted.toggle()
      case 0x2C where !isQuoted: return 0x2C
      case 0x3B where !isQuoted: semicolons = true
      case 0x0A where !isQuoted, 0x0D where !isQuoted: return semicolons ? 0x3B : 0x2C
      default: break
      }
    }
    return semicolons ? 0x3B : 0x2C
  }

  mutating func rows() -> (rows: [CSVRow], problem: CSVProblem?) {
    var rows: [CSVRow] = []
    while at < bytes.endIndex {
      do throws(CSVProblem) {
        let row = try row()
        if row.cells != [[]] { rows.append(row) }
      } catch {
        return (rows, error)
      }
    }
    return (rows, nil)
  }

  private mutating func row() throws(CSVProblem) -> CSVRow {
    var row = CSVRow(line: line, cells: [])
    while true {
      row.cells.append(try cell())
      guard at < bytes.endIndex else { return row }
      if bytes[at] == separator {
        at += 1
        // A separator at the very end has an empty cell behind it.
        if at == bytes.endIndex {
          row.cells.append([])
          return row
        }
        continue
      }
      endLine()
      return row
    }
  }

  private mutating func endLine() {
    if bytes[at] == 0x0D, at + 1 < bytes.endIndex, bytes[at + 1] == 0x0A { at += 1 }
    at += 1
    line += 1
  }

  private func isEnd(_ byte: UInt8) -> Bool { byte == separator || byte == 0x0A || byte == 0x0D }

  private mutating func cell() throws(CSVProblem) -> [UInt8] {
    guard at < bytes.endIndex, bytes[at] == 0x22 else {
      let start = at
      while at < bytes.endIndex, !isEnd(bytes[at]) { at += 1 }
      return Array(bytes[start..<at])
    }
    let opened = line
    at += 1
    var cell: [UInt8] = []
    while at < bytes.endIndex {
      let byte = bytes[at]
      at += 1
      if byte == 0x22 {
        guard at < bytes.endIndex, bytes[at] == 0x22 else {
          guard at == bytes.endIndex || isEnd(bytes[at]) else {
            throw CSVProblem(
              line: line, message: "a quoted cell goes on behind its closing quote")
          }
          return cell
        }
        at += 1
      } else if byte == 0x0A || (byte == 0x0D && (at == bytes.endIndex || bytes[at] != 0x0A)) {
        line += 1
      }
      cell.append(byte)
    }
    throw CSVProblem(line: opened, message: "a quoted cell that begins here is never closed")
  }
}
