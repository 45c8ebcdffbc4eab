import SOC2Vocabulary
import Scoring

/// A list of vendors to review, read from CSV.
///
/// Columns `vendor` and `files` must be there, `tier`, `products` and `required` (the categories that a
/// report must cover) may be; several values of one cell are parted by semicolons. A row with a fault
/// is kept with its problem, so that each row has an answer.
public struct Manifest: Hashable, Sendable {
  public var vendors: [VendorRequest]
  /// What is wrong, each with its line; no faulty row is without one.
  public var problems: [ManifestProblem]

  /// The most bytes that a manifest has; ten thousand vendors take one megabyte.
  public static let byteLimit = 50_000_000
}

/// What is wrong in a line of a manifest.
public struct ManifestProblem: Error, Hashable, Sendable {
  public var line: Int
  public var message: String
}

private enum Column: String, CaseIterable {
  case vendor, tier, products, required, files

  var isNeeded: Bool { self == .vendor || self == .files }
}

/// Reads a manifest.
///
/// - Throws: what makes the whole of it useless: it has not the columns, or no rows.
public func readManifest(_ bytes: [UInt8]) throws(ManifestProblem) -> Manifest {
  // With a mark of its order, or by the empty half of its first letter.
  guard ![[0xFF, 0xFE], [0xFE, 0xFF]].contains(Array(bytes.prefix(2))),
    bytes.count < 2 || (bytes[0] == 0) == (bytes[1] == 0)
  else {
    throw ManifestProblem(
      line: 1, message: "the manifest is written in UTF-16; save it as CSV in UTF-8")
  }
  let (rows, broken) = readCSV(bytes)
  guard let head = rows.first else {
    throw broken.map { ManifestProblem(line: $0.line, message: $0.message) }
      ?? ManifestProblem(line: 1, message: "the manifest is empty; \(wantedColumns)")
  }
  let columns = try columns(head)
  var reader = RowReader(columns: columns, width: head.cells.count)
  for row in rows.dropFirst() { reader.read(row) }
  if let broken { reader.end(broken) }
  guard !reader.vendors.isEmpty else {
    throw ManifestProblem(line: head.line, message: "the manifest names no vendor")
  }
  return Manifest(vendors: reader.vendors, problems: reader.problems)
}

private let wantedColumns =
  "its first line names the columns: vendor, files and, as wanted, tier, products, required"

private func columns(_ head: CSVRow) throws(ManifestProblem) -> [Column: Int] {
  var columns: [Column: Int] = [:]
  for (place, cell) in head.cells.enumerated() {
    let name = String(decoding: cell, as: UTF8.self).lowercased().trimmed
    guard let column = Column(rawValue: name) else {
      throw ManifestProblem(
        line: head.line, message: "'\(name)' is no column of a manifest; \(wantedColumns)")
    }
    guard columns[column] == nil else {
      throw ManifestProblem(line: head.line, message: "the column '\(name)' is there twice")
    }
    columns[column] = place
  }
  for column in Column.allCases where column.isNeeded && columns[column] == nil {
    throw ManifestProblem(
      line: head.line, message: "there is no column '\(column.rawValue)'; \(wantedColumns)")
  }
  return columns
}

private struct RowReader {
  let columns: [Column: Int]
  let width: Int
  var vendors: [VendorRequest] = []
  var problems: [ManifestProblem] = []
  /// The line of each vendor's first row.
  private var lines: [String: Int] = [:]

  init(columns: [Column: Int], width: Int) {
    self.columns = columns
    self.width = width
  }

  mutating func read(_ row: CSVRow) {
    var vendor = VendorRequest(name: "line \(row.line)", files: [], line: row.line)
    do throws(ManifestProblem) {
      guard row.cells.count == width else {
        throw ManifestProblem(
          line: row.line,
          message: "has \(row.cells.count) cells where the first line has \(width) columns")
      }
      let name = try text(.vendor, row).trimmed
      guard !name.isEmpty else {
        throw ManifestProblem(line: row.line, message: "names no vendor")
      }
      vendor.name = name
      if let first = lines[name] {
        throw ManifestProblem(
          line: row.line,
          message:
            "'\(name)' stands in line \(first) already; put all files of a vendor into one row")
      }
      lines[name] = row.line
      let tiers: [VendorTier] = try word(.tier, row)
      vendor.tier = tiers.first
      vendor.products = try parts(.products, row)
      let required: [TrustServicesCategory] = try word(.required, row)
      vendor.required = TrustServicesCategory.allCases.filter(required.contains)
      vendor.files = try parts(.files, row)
      guard !vendor.files.isEmpty else {
        throw ManifestProblem(line: row.line, message: "'\(name)' has no files")
      }
    } catch {
      problems.append(error)
      vendor.problem = "Line \(error.line) of the manifest: \(error.message)."
    }
    vendors.append(vendor)
  }

  /// A row that cannot be told from what follows ends the manifest.
  mutating func end(_ broken: CSVProblem) {
    let message = "\(broken.message); this row and all after it were not read"
    problems.append(ManifestProblem(line: broken.line, message: message))
    vendors.append(
      VendorRequest(
        name: "line \(broken.line)", isNamed: false, files: [], line: broken.line,
        problem: "Line \(broken.line) of the manifest: \(message)."))
  }

  private func text(_ column: Column, _ row: CSVRow) throws(ManifestProblem) -> String {
    guard let place = columns[column] else { return "" }
    guard let text = String(validating: row.cells[place], as: UTF8.self) else {
      throw ManifestProblem(
        line: row.line,
        message: "the cell '\(column.rawValue)' is not UTF-8; save the list as CSV UTF-8")
    }
    guard !text.utf8.contains(0) else {
      throw ManifestProblem(
        line: row.line, message: "the cell '\(column.rawValue)' has a NUL character")
    }
    return text
  }

  private func parts(_ column: Column, _ row: CSVRow) throws(ManifestProblem) -> [String] {
    try text(column, row).split(separator: ";").map(\.trimmed).filter { !$0.isEmpty }
  }

  private func word<Word: RawRepresentable<String> & CaseIterable>(
    _ column: Column, _ row: CSVRow
  ) throws(ManifestProblem) -> [Word] {
    var words: [Word] = []
    for part in try parts(column, row) {
      guard let word = Word(rawValue: part.lowercased()) else {
        throw ManifestProblem(
          line: row.line,
          message:
            "'\(part)' is no \(column == .tier ? "tier" : "category"); write \(Word.allCases.map(\.rawValue).joined(separator: ", "))"
        )
      }
      words.append(word)
    }
    guard column != .tier || words.count < 2 else {
      throw ManifestProblem(line: row.line, message: "a vendor has one tier")
    }
    return words
  }
}

extension StringProtocol {
  /// Without blanks at its ends.
  var trimmed: String {
    var rest = Substring(self)
    while let first = rest.unicodeScalars.first, first.properties.isWhitespace {
      rest = Substring(rest.unicodeScalars.dropFirst())
    }
    while let last = rest.unicodeScalars.last, last.properties.isWhitespace {
      rest = Substring(rest.unicodeScalars.dropLast())
    }
    return String(rest)
  }
}
