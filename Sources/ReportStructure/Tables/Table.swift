import PageText

/// A table as it is printed: columns from left to right, rows from top to bottom, over as many pages as
/// it runs. A head that is printed again on each page stands here once.
public struct Table: Sendable {
  /// Left and right edge of each column on the first page, in points of the reading frame.
  public var columns: [ClosedRange<Float>]
  public var rows: [TableRow]
  /// Indices of its first and last page.
  public var firstPage: Int
  public var lastPage: Int
  /// Whether drawn lines told its columns, or only the alignment of its words.
  public var isRuled: Bool

  public init(
    columns: [ClosedRange<Float>], rows: [TableRow], firstPage: Int, lastPage: Int, isRuled: Bool
  ) {
    self.columns = columns
    self.rows = rows
    self.firstPage = firstPage
    self.lastPage = lastPage
    self.isRuled = isRuled
  }

  /// Its blocks, in reading order.
  public var blocks: [Int] { rows.flatMap { $0.cells.map(\.block) } }
}

/// One row: the cells that begin in it and have words. What is missing is an empty cell, or one that
/// reaches down from a row above.
public struct TableRow: Sendable {
  public var cells: [TableCell]

  public init(cells: [TableCell]) { self.cells = cells }

  /// The cell that covers a column, if one begins in this row.
  public func cell(in column: Int) -> TableCell? { cells.first { $0.columns.contains(column) } }
}

/// One cell with words.
public struct TableCell: Sendable {
  /// The columns it covers; more than one for a merged cell.
  public var columns: Range<Int>
  /// How many rows it covers.
  public var rowSpan: Int
  /// Its words, as a block of the report.
  public var block: Int

  public init(columns: Range<Int>, rowSpan: Int, block: Int) {
    self.columns = columns
    self.rowSpan = rowSpan
    self.block = block
  }
}

/// The part of a table that stands on one page, before parts are joined.
struct PageTable {
  var columns: [ClosedRange<Float>]
  var rows: [[PageCell]]
  var isRuled: Bool
  var box: Box
}

struct PageCell {
  var columns: Range<Int>
  var rowSpan: Int
  /// Its lines from top to bottom.
  var lines: [Segment]
}
