import PageText
import SOC2Vocabulary
public import TextMatching

/// Finds the zones of a document by the words of its headings, never by section numbers.
///
/// - Parameter letter: the document is a letter as a whole, so all of it is one zone.
public func structured(
  _ layout: Layout, text: RunningText, furniture: RunningText, marks: [ZoneMark], isLetter: Bool
) -> Report {
  var finder = ZoneFinder(layout: layout, text: text)
  let starts = isLetter ? [] : finder.starts(marks)
  var zones: [Zone] = []
  var sections: [Section] = []
  zones.reserveCapacity(layout.blocks.count)
  var current: Zone = isLetter ? .letter : .cover
  var open: (zone: Zone, title: String, first: Int)?
  func close(at block: Int) {
    guard let section = open, section.first < block else { return }
    let range = section.first..<block
    sections.append(
      Section(
        zone: section.zone, title: section.title, blocks: range,
        firstPage: layout.blocks[section.first].firstPage,
        lastPage: layout.blocks[range].map(\.lastPage).max() ?? 0))
  }
  var next = 0
  for block in layout.blocks.indices {
    var start: ZoneStart?
    // Two may begin at one block: the later is the one that was found by its words.
    while next < starts.count, starts[next].block <= block {
      start = starts[next]
      next += 1
    }
    if let start {
      if start.zone != current || open == nil {
        close(at: block)
        open = (start.zone, start.title, block)
        current = start.zone
      } else if open?.title.isEmpty == true {
        open?.title = start.title
      }
    } else if open == nil {
      open = (current, "", block)
    }
    zones.append(current)
  }
  close(at: layout.blocks.count)
  return Report(
    text: text, blocks: layout.blocks, zones: zones,
    headings: finder.headingsAbove(), sections: sections, tables: layout.tables,
    furniture: furniture, missingNumbers: layout.leapInPageNumbers(on: text.pages))
}

struct ZoneStart {
  var block: Int
  var zone: Zone
  var title: String
}

struct ZoneFinder {
  let layout: Layout
  let text: RunningText
  /// The cells of rows with three cells or more: heads of columns there are no headings of sections.
  private let inWideRows: Set<Int>

  init(layout: Layout, text: RunningText) {
    self.layout = layout
    self.text = text
    inWideRows = Set(
      layout.tables.flatMap {
        $0.rows.filter { $0.cells.count >= 3 }.flatMap { $0.cells.map(\.block) }
      })
  }

  /// For each block, the nearest heading block above it.
  func headingsAbove() -> [Int] {
    var last = -1
    return layout.blocks.enumerated().map { i, block in
      if block.kind == .heading { last = i }
      return last
    }
  }

  mutating func starts(_ marks: [ZoneMark]) -> [ZoneStart] {
    var byBlock: [Int: [ZoneMark]] = [:]
    for mark in marks { byBlock[text.block(of: mark.tokens.lowerBound), default: []].append(mark) }
    let contents = contentsBlocks(byBlock)
    var out: [ZoneStart] = []
    var current: Zone = .cover
    var series: SectionSeries?
    for block in layout.blocks.indices {
      if contents.contains(block) {
        if current != .toc {
          current = .toc
          out.append(ZoneStart(block: block, zone: .toc, title: title(block)))
        }
        continue
      }
      let own = byBlock[block] ?? []
      if let zone = headingZone(block, own, in: current) {
        series = SectionSeries(block, layout, text) ?? series
        if zone != current {
          current = zone
          out.append(
            ZoneStart(block: startOfHeading(block, zone), zone: zone, title: title(block)))
        }
      } else if let next = SectionSeries(block, layout, text), series?.goesOn(with: next) == true {
        // The next section of the same numbering, under a title that no rule knows: it ends the one
        // before. After both letters, what comes before the tests is the description.
        series = next
        let seen = Set(out.map(\.zone))
        let both = seen.contains(.auditorReport) && seen.contains(.managementAssertion)
        let zone: Zone = both && !seen.contains(.systemDescription) ? .systemDescription : .unknown
        current = zone
        out.append(ZoneStart(block: block, zone: zone, title: title(block)))
      } else if let opening = own.first(where: { $0.role == .opening && opens($0, block) }),
        opening.zone != current
      {
        let start = sectionStart(before: block, out)
        current = opening.zone
        let heading = layout.blocks[start].kind == .heading ? title(start) : ""
        out.append(ZoneStart(block: start, zone: current, title: heading))
      } else if current == .toc {
        // After the contents nothing is known until a heading says what comes.
        current = .unknown
        out.append(ZoneStart(block: block, zone: .unknown, title: ""))
      }
    }
    return out.enumerated().sorted { ($0.element.block, $0.offset) < ($1.element.block, $1.offset) }
      .map(\.element)
  }

  /// A sentence opens its zone only near the beginning of a paragraph; the tests of controls open with
  /// the head of their table.
  private func opens(_ mark: ZoneMark, _ block: Int) -> Bool {
    if layout.blocks[block].kind == .cell {
      return mark.zone == .testsOfControls && text.blocks[block].count <= 12
    }
    if mark.zone == .testsOfControls { return false }
    return mark.tokens.lowerBound - text.blocks[block].lowerBound < 12
  }

  /// The heading under which a block stands, else the block itself. Between them may be an address or
  /// a salutation; headings of an earlier zone are not taken.
  private func sectionStart(before block: Int, _ starts: [ZoneStart]) -> Int {
    let floor = (starts.last?.block ?? -1) + 1
    var i = block - 1
    var passed = 0
    while i >= floor, layout.blocks[i].kind != .heading {
      passed += 1
      if passed > 6 || layout.blocks[i].places.count > 15 { return block }
      i -= 1
    }
    guard i >= floor, layout.blocks[i].firstPage >= layout.blocks[block].firstPage - 1 else {
      return block
    }
    while i - 1 >= floor, layout.blocks[i - 1].kind == .heading,
      layout.blocks[i - 1].firstPage == layout.blocks[i].firstPage
    { i -= 1 }
    return i
  }

  /// `SECTION 2` on a line of its own belongs to the heading under it, and a letterhead to its letter.
  private func startOfHeading(_ block: Int, _ zone: Zone) -> Int {
    let page = layout.blocks[block].firstPage
    var start = block
    if start > 0, layout.blocks[start - 1].kind == .heading,
      layout.blocks[start - 1].firstPage == page, text.blocks[start - 1].count <= 4
    {
      start -= 1
    }
    guard zone == .auditorReport || zone == .managementAssertion else { return start }
    var top = start
    while top > 0, layout.blocks[top - 1].firstPage == page,
      layout.blocks[top - 1].lastPage == page,
      layout.blocks[top - 1].places.count <= 15, start - top < 12
    { top -= 1 }
    let isTopOfPage = top == 0 || layout.blocks[top - 1].lastPage < page
    return isTopOfPage ? top : start
  }

  private func title(_ block: Int) -> String {
    let range = text.blocks[block]
    return range.isEmpty ? "" : text.verbatim(range)
  }

  // MARK: - Headings

  /// The zone that a block is the heading of, or nil.
  private func headingZone(_ block: Int, _ marks: [ZoneMark], in current: Zone) -> Zone? {
    let tokens = text.blocks[block]
    guard !tokens.isEmpty, !marks.isEmpty else { return nil }
    // The auditor's letter has parts of its own: "5. Tests of controls".
    let isLetter = current == .auditorReport || current == .managementAssertion
    let candidates = marks.filter {
      ($0.role == .heading || $0.role == .wholeHeading && !isLetter) && $0.zone != .toc
    }
    guard !candidates.isEmpty else { return nil }
    let denied = Set(marks.filter { $0.role == .denial }.map(\.zone))
    let words = tokens.count { text.tokens[$0].kind == .word }
    guard words <= 45 else { return nil }
    let isHeading = layout.blocks[block].kind == .heading
    if isCover(block) { return nil }
    var best: (zone: Zone, length: Int)?
    for mark in candidates where !denied.contains(mark.zone) {
      let lead = (tokens.lowerBound..<mark.tokens.lowerBound).count {
        text.tokens[$0].kind == .word
      }
      let length = mark.tokens.count { text.tokens[$0].kind == .word }
      // A name in quotation marks is a mention of a section, not its heading.
      if mark.tokens.lowerBound > tokens.lowerBound,
        text.tokens[mark.tokens.lowerBound - 1].mark == 0x22
      {
        continue
      }
      let covers = Double(length) >= 0.6 * Double(words)
      let leads = lead <= 12
      guard isHeading ? (leads || covers) : (covers && lead <= 4 && !endsLikeSentence(block)) else {
        continue
      }
      // "Description of Controls" over a column.
      if mark.zone != .testsOfControls, inWideRows.contains(block) { continue }
      if best.map({ length > $0.length }) ?? true { best = (mark.zone, length) }
    }
    return best?.zone
  }

  private func endsLikeSentence(_ block: Int) -> Bool {
    guard let last = text.blocks[block].last else { return false }
    return text.tokens[last].kind == .mark && text.tokens[last].mark == 0x2E
      && text.blocks[block].count > 8
  }

  /// The first page of a document is its cover when hardly any prose stands on it: its lines name the
  /// report's parts without beginning them.
  private func isCover(_ block: Int) -> Bool {
    let page = layout.blocks[block].firstPage
    guard page == layout.blocks[0].firstPage else { return false }
    let prose = layout.blocks.enumerated().filter {
      $0.element.firstPage == page && $0.element.kind != .heading
    }.reduce(0) { $0 + ($1.element.places.count >= 25 ? $1.element.places.count : 0) }
    return prose < 120
  }

  // MARK: - Table of contents

  /// The blocks of tables of contents: lines with leaders, and what stands under the heading
  /// `Contents` on pages where most lines end in a number.
  private func contentsBlocks(_ marks: [Int: [ZoneMark]]) -> Set<Int> {
    var out: Set<Int> = []
    var leaders: [Int: Int] = [:]
    var lines: [Int: Int] = [:]
    var numbered: [Int: Int] = [:]
    for (i, block) in layout.blocks.enumerated() {
      // A page number set apart from its line is not a line of its own.
      if !isNumber(i) { lines[block.firstPage, default: 0] += 1 }
      if block.kind == .contents { leaders[block.firstPage, default: 0] += 1 }
      if endsInNumber(i) { numbered[block.firstPage, default: 0] += 1 }
    }
    var tocPages: Set<Int> = []
    for (page, count) in leaders where count >= 3 { tocPages.insert(page) }
    for (block, own) in marks
    where own.contains(where: { $0.zone == .toc && $0.role == .heading })
      && text.blocks[block].count <= 6
    {
      let page = layout.blocks[block].firstPage
      tocPages.insert(page)
    }
    for page in tocPages.sorted() {
      // It may go on over the next pages as long as most of their lines end in a number.
      var next = page + 1
      while numbered[next, default: 0] * 5 >= max(5, lines[next, default: 0]) * 3 {
        tocPages.insert(next)
        next += 1
      }
    }
    for (i, block) in layout.blocks.enumerated() where tocPages.contains(block.firstPage) {
      // A page that ends its contents and begins its text keeps its prose.
      if block.places.count > 40, block.kind != .contents,
        leaders[block.firstPage, default: 0] < 12,
        !endsInNumber(i)
      {
        continue
      }
      out.insert(i)
    }
    return out
  }

  private func isNumber(_ block: Int) -> Bool {
    guard let only = text.blocks[block].first, text.blocks[block].count == 1 else { return false }
    return text.tokens[only].flags.contains(.numeric)
  }

  private func endsInNumber(_ block: Int) -> Bool {
    guard let last = text.blocks[block].last else { return false }
    let token = text.tokens[last]
    return token.kind == .word && token.flags.contains(.numeric)
      && token.rawEnd - token.rawStart <= 3
  }
}

/// A section heading's place in a numbering: `Part C`, `Section Three`, `4.`, `IV`.
struct SectionSeries {
  /// The word before the number, or nothing.
  private let prefix: String
  private let ordinal: Int
  private let size: Float
  private let isBold: Bool

  init?(_ block: Int, _ layout: Layout, _ text: RunningText) {
    guard layout.blocks[block].kind == .heading else { return nil }
    let tokens = text.blocks[block].map { text.tokens[$0] }
    guard let first = tokens.first(where: { $0.kind != .mark }) else { return nil }
    let words = tokens.filter { $0.kind == .word || $0.kind == .listMarker }.map(text.word)
      .filter { !$0.isEmpty }
    guard words.count >= 2 else { return nil }
    let named = ["section", "part", "tab", "chapter"].contains(words[0]) && first.kind == .word
    guard let number = Self.number(named ? words[1] : words[0], named: named) else { return nil }
    // A bare number needs a mark behind it: "2 Factor Authentication" is a heading of its own.
    if !named {
      let second = tokens.count > 1 ? tokens[1] : first
      guard
        first.kind == .listMarker || (second.kind == .mark && second.flags.contains(.glued))
          || words[0].hasSuffix(".0")
      else { return nil }
    }
    prefix = named ? words[0] : ""
    ordinal = number
    size = layout.blocks[block].size
    isBold = layout.blocks[block].isBold
  }

  /// Whether the other is the next section of the same numbering, set in the same type.
  func goesOn(with next: SectionSeries) -> Bool {
    next.prefix == prefix && next.ordinal == ordinal + 1 && abs(next.size - size) < 0.6
      && next.isBold == isBold
  }

  private static func number(_ word: String, named: Bool) -> Int? {
    let plain = word.hasSuffix(".0") ? String(word.dropLast(2)) : word
    if let n = Int(plain), (1...12).contains(n) { return n }
    let romans = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"]
    if let n = romans.firstIndex(of: plain) { return n + 1 }
    guard named else { return nil }
    let names = ["one", "two", "three", "four", "five", "six", "seven", "eight"]
    if let n = names.firstIndex(of: plain) { return n + 1 }
    if plain.utf8.count == 1, let letter = plain.utf8.first, (0x61...0x68).contains(letter) {
      return Int(letter) - 0x60
    }
    return nil
  }
}
