import PageText
import ReportStructure
import TestSupport
import Testing
import TextMatching

/// Rows of drawn tables that a page end breaks, or that only shading sets apart, on pages drawn by hand.
@Suite struct BrokenRowTests {
  private static let columns: [Float] = [50, 100, 250, 430, 560]

  /// Lines around cells: down at all edges of `columns`, across at the heights.
  private static func grid(_ heights: [Float], from first: Int = 0) -> [Box] {
    let xs = Array(columns[first...])
    let across = heights.map { Box(xs[0], $0, xs[xs.count - 1], $0) }
    return across + xs.map { Box($0, heights[0], $0, heights[heights.count - 1]) }
  }

  /// One row: the lines of each cell, from the top.
  private static func row(_ sketch: inout PageSketch, _ y: Float, _ cells: [[String]]) {
    for (x, lines) in zip(columns, cells) { sketch.lines(x + 3, y, lines) }
  }

  private static let head = [["Ref"], ["Control"], ["Test of the control"], ["Result"]]

  /// Every other row is shaded. The one at the foot of the page stands below a cell that ends alone.
  @Test func aShadedRowGoesOnWithTheTableAbove() {
    var page = page {
      Self.row(&$0, 100, Self.head)
      Self.row(
        &$0, 120,
        [
          ["AC-1"],
          [
            "Access is removed on the", "last day of work by the", "service desk of the site,",
            "and kept on file for all.",
          ],
          ["Inspected a list of leavers."], ["None noted."],
        ])
      Self.row(
        &$0, 176, [["AC-2"], ["Rights are reviewed."], ["Inspected reviews."], ["None noted."]])
    }
    page.rules = Self.grid([165, 182])
    let layout = layout([page])
    #expect(layout.tables.map(\.rows.count) == [3])
  }

  /// The control's words go on over the page, beside its second test, which has a result of its own.
  @Test func aFurtherTestBesideTheRestOfAControlIsARow() {
    var first = page(1) {
      Self.row(&$0, 700, Self.head)
      Self.row(
        &$0, 720, [["AC-1"], ["Access is removed on"], ["Inspected a list."], ["None noted."]])
    }
    first.rules = Self.grid([688, 708, 728])
    var second = page(2) {
      Self.row(&$0, 60, Self.head)
      Self.row(
        &$0, 80, [[], ["the last day of work."], ["Observed a removal."], ["One was late."]])
    }
    second.rules = Self.grid([48, 68, 88])
    #expect(
      cells(of: [first, second]) == [
        ["Ref", "Control", "Test of the control", "Result"],
        ["AC-1", "Access is removed on the last day of work.", "Inspected a list.", "None noted."],
        ["Observed a removal.", "One was late."],
      ])
  }

  /// A test whose sentence goes on over the page is one test, whatever stands beside it.
  @Test func aTestThatGoesOnIsOneTest() {
    var first = page(1) {
      Self.row(&$0, 700, Self.head)
      Self.row(
        &$0, 720, [["AC-1"], ["Access is removed on"], ["Inspected a list of"], ["None noted."]])
    }
    first.rules = Self.grid([688, 708, 728])
    var second = page(2) {
      Self.row(&$0, 60, Self.head)
      Self.row(&$0, 80, [[], ["the last day of work."], ["all leavers."], ["Two asked for."]])
    }
    second.rules = Self.grid([48, 68, 88])
    #expect(
      cells(of: [first, second])[1...] == [
        [
          "AC-1", "Access is removed on the last day of work.", "Inspected a list of all leavers.",
          "None noted. Two asked for.",
        ]
      ])
  }

  /// Words that run on below the line that closes their cell, in the table and at its end.
  @Test func wordsBelowTheirCellAreTheCells() {
    var page = page {
      Self.row(&$0, 100, Self.head)
      Self.row(
        &$0, 120,
        [
          ["AC-1"], ["Access is removed on", "the last day of work."], ["Inspected it."], ["None."],
        ])
      Self.row(&$0, 140, [[], [], ["Observed a removal of", "rights on the last day"], ["None."]])
      $0.line(253, 164, "of the week.")
    }
    page.rules =
      Self.grid([88, 108, 126]) + Self.grid([126, 156], from: 2)
    #expect(
      cells(of: [page])[1...] == [
        ["AC-1", "Access is removed on the last day of work.", "Inspected it.", "None."],
        ["Observed a removal of rights on the last day of the week.", "None."],
      ])
  }

  /// A note below the table begins a sentence of its own.
  @Test func aNoteBelowTheTableIsNone() {
    var page = page {
      Self.row(&$0, 100, Self.head)
      Self.row(&$0, 120, [["AC-1"], ["Access is removed"], ["Inspected it."], ["None."]])
      $0.line(103, 133, "Note 1 on leavers")
    }
    page.rules = Self.grid([88, 108, 126])
    #expect(cells(of: [page])[1...] == [["AC-1", "Access is removed", "Inspected it.", "None."]])
  }
}

/// The words of each cell of the first table, row by row.
private func cells(of pages: [Page]) -> [[String]] {
  let layout = layout(pages)
  return layout.tables.first?.rows.map { row in
    row.cells.map { cell in
      layout.places[layout.blocks[cell.block].places].map {
        pages[Int($0.page)].text(of: pages[Int($0.page)].words[Int($0.word)])
      }.joined(separator: " ")
    }
  } ?? []
}
