import PDFText
import PageText
import ReportStructure
import TestSupport
import Testing
import TextMatching

/// The PDFs of `fixtures/text` in reading order, cut into blocks.
@Suite struct LayoutTrapTests {
  @Test(arguments: Trap.names) func textRunsInReadingOrder(_ name: String) throws {
    let trap = try Trap.named(name)
    let pages = try trap.read(name).pages
    let layout = layout(pages)
    for (index, sheet) in trap.pages.enumerated() where sheet.table == nil {
      let words = layout.blocks.flatMap { layout.places[$0.places] }
        .filter { $0.page == Int32(index) }
        .map { asSeen(pages[index].text(of: pages[index].words[Int($0.word)])) }
      #expect(unspaced(words) == unspaced(sheet.readable.map(asSeen)))
    }
  }

  @Test(arguments: Trap.names) func furnitureIsKeptApart(_ name: String) throws {
    let trap = try Trap.named(name)
    let pages = try trap.read(name).pages
    let layout = layout(pages)
    for (index, sheet) in trap.pages.enumerated() {
      let rows = layout.furniture.filter { $0.first?.page == Int32(index) }
      let words = rows.joined().map { pages[index].text(of: pages[index].words[Int($0.word)]) }
      #expect(unspaced(words) == unspaced(sheet.furniture ?? []))
    }
  }

  @Test(arguments: Trap.names.filter { $0.hasPrefix("table-") })
  func cellsAreWhole(_ name: String) throws {
    let trap = try Trap.named(name)
    let sheet = try #require(trap.pages.first)
    let table = try #require(sheet.table)
    let pages = try trap.read(name).pages
    let layout = layout(pages)
    let cells = layout.blocks.filter { $0.kind == .cell }.map { text(of: $0, layout, pages) }
    #expect(cells == table.rows.flatMap { $0 })
  }

  @Test func contentsLinesAreTold() throws {
    let name = "toc-dot-leaders"
    let trap = try Trap.named(name)
    let pages = try trap.read(name).pages
    let layout = layout(pages)
    let lines = layout.blocks.filter { $0.kind == .contents }
      .map { text(of: $0, layout, pages).split(separator: " ") }
    let entries = try #require(trap.pages.first?.contents)
    #expect(lines.map { $0.last.flatMap { Int($0) } } == entries.map(\.page))
    #expect(
      lines.map { $0.dropLast().filter { $0.first != "." }.joined(separator: " ") }
        == entries.map(\.title))
  }

  /// A paragraph is one block, over line ends, columns and pages.
  @Test(arguments: [
    ("justified-wide-spaces", 1), ("line-end-hyphenation", 1), ("soft-hyphens", 1),
    ("two-columns-by-column", 4), ("two-columns-by-line", 4), ("running-header-footer", 1),
    ("page-labels", 6), ("watermark-diagonal-between", 2), ("watermark-shards", 1),
    ("private-use-bullets", 4),
  ])
  func blocks(_ name: String, _ count: Int) throws {
    let trap = try Trap.named(name)
    #expect(layout(try trap.read(name).pages).blocks.count == count)
  }

  /// What rules match: the letters of all tokens, as they are for the same text typed plainly.
  @Test(arguments: Trap.names) func rulesSeePlainText(_ name: String) throws {
    // A superscript digit is taken for a footnote mark: `400 m²` is matched as `400 m`. A mark of
    // full size on the line (`20201`) is no matter of letters: the date reader drops it.
    let known = ["nfkc", "superscript-footnote-glued"]
    let trap = try Trap.named(name)
    let normal = trap.pages.compactMap(\.normal).flatMap { $0 }
    guard !normal.isEmpty else { return }
    let typed = page { sketch in
      for (k, line) in normal.enumerated() {
        sketch.line(20, 40 + Float(k) * 60, line, size: 1, space: 0.5)
      }
    }
    let isSame = letters(try trap.read(name).pages) == letters([typed])
    #expect(isSame == !known.contains(name))
  }

  private func letters(_ pages: [Page]) -> String {
    let layout = layout(pages)
    var text = RunningText(
      pages: pages, places: layout.places, blockPlaces: layout.blocks.map(\.places))
    text.tokenize(with: Vocabulary(), standalone: layout.blocks.map { _ in false })
    return text.tokens.filter { $0.kind == .word && !$0.flags.contains(.raised) }
      .map { text.word($0) }.joined()
  }
}

private func text(of block: Block, _ layout: Layout, _ pages: [Page]) -> String {
  layout.places[block.places].map { place in
    let page = pages[Int(place.page)]
    return asSeen(page.text(of: page.words[Int(place.word)]))
  }.joined(separator: " ")
}
