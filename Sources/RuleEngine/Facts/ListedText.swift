import PageText
import ReportStructure
import SOC2Vocabulary
import TextMatching

/// One entry of a list, a cell or a sentence that stands for one, without its marker.
struct ListedItem {
  var tokens: Range<Int>
  /// `1`, `a`, `CUEC-1`; nil for a bullet.
  var marker: String?
  /// The block it begins in.
  var block: Int
  /// Criteria that are not in its own words: of its row, or of the heading above.
  var criteria: [String] = []
}

/// Where the cells of a report's tables stand.
struct TablePlaces {
  struct Place {
    var table: Int
    var row: Int
    var cell: Int
  }
  private(set) var byBlock: [Int: Place] = [:]

  init(_ report: Report) {
    for (t, table) in report.tables.enumerated() {
      for (r, row) in table.rows.enumerated() {
        for (c, cell) in row.cells.enumerated() {
          byBlock[cell.block] = Place(table: t, row: r, cell: c)
        }
      }
    }
  }
}

extension RunningText {
  /// Where a token's word stands on its page.
  func box(of token: Int) -> Box {
    let spot = places[Int(tokens[token].place)]
    return pages[Int(spot.page)].words[Int(spot.word)].box
  }

  /// The index of the page that a token stands on.
  func page(of token: Int) -> Int { Int(places[Int(tokens[token].place)].page) }

  func wordCount(_ range: Range<Int>) -> Int { range.count { tokens[$0].kind == .word } }

  /// Without list markers and marks before it, and without marks and joining words behind.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var low = range.lowerBound
    var high = range.upperBound
    while low < high, isEdge(tokens[low]) { low += 1 }
    while low < high, isTail(tokens[high - 1]) { high -= 1 }
    return low..<high
  }

  private func isEdge(_ token: Token) -> Bool {
    switch token.kind {
    case .listMarker: true
    case .mark: token.mark != 0x28 && token.mark != 0x22
    case .word: false
    }
  }

  private func isTail(_ token: Token) -> Bool {
    switch token.kind {
    case .listMarker: true
    case .mark: [0x2C, 0x3B, 0x3A, 0x2D].contains(token.mark)
    case .word: ["and", "or"].contains(word(token))
    }
  }

  func isMark(_ index: Int, _ mark: UInt8, before limit: Int) -> Bool {
    index < limit && tokens[index].kind == .mark && tokens[index].mark == mark
  }

  // MARK: - Markers

  /// The marker that begins at a token: how it reads, and one past it. A bullet reads as nothing.
  func marker(at start: Int, before limit: Int) -> (text: String?, end: Int)? {
    guard start < limit else { return nil }
    let token = tokens[start]
    if token.kind == .listMarker {
      var end = start
      var text: String?
      while end < limit, tokens[end].kind == .listMarker {
        if tokens[end].mark == 0x2A, end > start { break }
        if !word(tokens[end]).isEmpty { text = verbatim(end..<end + 1) }
        end += 1
      }
      return (text, end)
    }
    if token.kind == .mark, token.mark == 0x2D { return (nil, start + 1) }
    if token.kind == .mark, token.mark == 0x28, isEnumerator(start + 1, before: limit),
      isMark(start + 2, 0x29, before: limit)
    {
      return (verbatim(start + 1..<start + 2), start + 3)
    }
    guard token.kind == .word else { return nil }
    // `1.` and `a)`; also the letter o that stands for a hollow bullet.
    if isEnumerator(start, before: limit), start + 2 < limit,
      tokens[start + 1].kind == .mark, [0x2E, 0x29].contains(tokens[start + 1].mark),
      tokens[start + 1].flags.contains(.glued), !tokens[start + 2].flags.contains(.glued)
    {
      return (verbatim(start..<start + 1), start + 2)
    }
    if word(token) == "o", !token.flags.contains(.capital), start + 1 < limit,
      tokens[start + 1].flags.contains(.capital)
    {
      return (nil, start + 1)
    }
    return labelled(at: start, before: limit)
  }

  /// `CUEC-1:`, `UER 3 –`: a short word, a number, and a mark that parts them from the text.
  private func labelled(at start: Int, before limit: Int) -> (text: String?, end: Int)? {
    guard start + 3 < limit, tokens[start].flags.contains(.allCapitals),
      word(tokens[start]).utf8.count <= 6, tokens[start + 1].flags.contains(.numeric),
      tokens[start + 2].kind == .mark, [0x3A, 0x2D, 0x2E, 0x29].contains(tokens[start + 2].mark)
    else { return nil }
    return (verbatim(start..<start + 2), start + 3)
  }

  /// A number of at most two digits, one letter, or a small Roman number.
  private func isEnumerator(_ index: Int, before limit: Int) -> Bool {
    guard index < limit, tokens[index].kind == .word else { return false }
    let word = word(tokens[index])
    if tokens[index].flags.contains(.numeric) { return word.utf8.count <= 2 }
    return word.utf8.count == 1 || Self.smallRomans.contains(word)
  }

  private static let smallRomans = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"]

  // MARK: - Pieces

  /// The entries that a block, a cell or a sentence holds: by bullets, by numbers in the line, or by
  /// the criteria in brackets that close each; one piece where nothing parts it.
  func pieces(of range: Range<Int>) -> [(tokens: Range<Int>, marker: String?)] {
    for parts in [
      lines(of: range), enumerated(range), numbered(range), closedByCriteria(range),
      closedBySemicolons(range),
    ] where parts.count > 1 {
      return parts
    }
    var range = range
    var text: String?
    if let marker = marker(at: range.lowerBound, before: range.upperBound) {
      text = marker.text
      range = marker.end..<range.upperBound
    }
    let whole = trimmed(range)
    return whole.isEmpty ? [] : [(whole, text)]
  }

  /// By the markers that begin printed lines, and by bullets anywhere.
  private func lines(of range: Range<Int>) -> [(tokens: Range<Int>, marker: String?)] {
    var starts: [(at: Int, text: String?, end: Int)] = []
    var i = range.lowerBound
    while i < range.upperBound {
      let token = tokens[i]
      let isBullet = token.kind == .listMarker && token.mark == 0x2A
      if isBullet || token.flags.contains(.lineStart) || i == range.lowerBound,
        let marker = marker(at: i, before: range.upperBound)
      {
        starts.append((i, marker.text, marker.end))
        i = marker.end
      } else {
        i += 1
      }
    }
    guard starts.count > 1 else { return [] }
    return starts.enumerated().compactMap { n, start in
      let end = n + 1 < starts.count ? starts[n + 1].at : range.upperBound
      let words = trimmed(start.end..<max(start.end, end))
      return words.isEmpty ? nil : (words, start.text)
    }
  }

  /// By `(a) …; (b) …` within the line; the numbers must follow each other from the first.
  func enumerated(_ range: Range<Int>) -> [(tokens: Range<Int>, marker: String?)] {
    var starts: [(at: Int, text: String, end: Int)] = []
    var i = range.lowerBound
    while i + 1 < range.upperBound {
      defer { i += 1 }
      guard isEnumerator(i, before: range.upperBound), isMark(i + 1, 0x29, before: range.upperBound)
      else { continue }
      let isOpened = i > range.lowerBound && isMark(i - 1, 0x28, before: range.upperBound)
      guard isOpened || (i > range.lowerBound && tokens[i - 1].kind == .mark) else { continue }
      let word = word(tokens[i])
      let wanted = starts.count
      let isNext =
        word == String(wanted + 1)
        || word.unicodeScalars.first?.value == UInt32(0x61 + wanted) && word.utf8.count == 1
        || wanted < Self.smallRomans.count && word == Self.smallRomans[wanted]
      guard isNext else { continue }
      starts.append((isOpened ? i - 1 : i, verbatim(i..<i + 1), i + 2))
    }
    guard starts.count > 1 else { return [] }
    return starts.enumerated().compactMap { n, start in
      var end = range.upperBound
      if n + 1 < starts.count {
        end = starts[n + 1].at
      } else if start.end < end {
        // The last one ends with its sentence.
        let own = tokens[start.end - 1].sentence
        end = (start.end..<end).first { tokens[$0].sentence != own } ?? end
      }
      let words = trimmed(start.end..<max(start.end, end))
      return words.isEmpty ? nil : (words, start.text)
    }
  }

  /// By `1. Guards at the doors. 2. Fire doors.` within the line, from the first number on.
  private func numbered(_ range: Range<Int>) -> [(tokens: Range<Int>, marker: String?)] {
    guard let first = marker(at: range.lowerBound, before: range.upperBound),
      first.text?.filter(\.isNumber) == "1"
    else { return [] }
    var starts = [(at: range.lowerBound, end: first.end)]
    for i in first.end..<max(first.end, range.upperBound - 2)
    where tokens[i].kind == .word && word(tokens[i]) == String(starts.count + 1)
      && tokens[i - 1].kind == .mark && isMark(i + 1, 0x2E, before: range.upperBound)
      && tokens[i + 2].kind == .word && tokens[i + 2].flags.contains(.capital)
    {
      starts.append((i, i + 2))
    }
    guard starts.count > 1 else { return [] }
    return starts.enumerated().compactMap { n, start in
      let end = n + 1 < starts.count ? starts[n + 1].at : range.upperBound
      let words = trimmed(start.end..<max(start.end, end))
      return words.isEmpty ? nil : (words, String(n + 1))
    }
  }

  /// By the brackets with criteria that close each: `guard the halls (CC6.4), shred disks (CC6.5)`.
  private func closedByCriteria(_ range: Range<Int>) -> [(tokens: Range<Int>, marker: String?)] {
    var out: [(tokens: Range<Int>, marker: String?)] = []
    var start = range.lowerBound
    var i = range.lowerBound
    while i < range.upperBound {
      guard let end = bracketOfCriteria(at: i, before: range.upperBound) else {
        i += 1
        continue
      }
      let words = trimmed(withoutJoin(start..<end))
      if wordCount(start..<i) > 0, !words.isEmpty { out.append((words, nil)) }
      start = end
      i = end
    }
    return out
  }

  /// By semicolons at the ends of printed lines: a list whose bullets the file does not tell.
  private func closedBySemicolons(
    _ range: Range<Int>
  ) -> [(tokens: Range<Int>, marker: String?)] {
    var out: [(tokens: Range<Int>, marker: String?)] = []
    var start = range.lowerBound
    for i in range.dropFirst() where tokens[i].flags.contains(.lineStart) {
      var last = i - 1
      if last > start, tokens[last].kind == .word, ["and", "or"].contains(word(tokens[last])) {
        last -= 1
      }
      guard isMark(last, 0x3B, before: range.upperBound) else { continue }
      out.append((trimmed(start..<i), nil))
      start = i
    }
    guard !out.isEmpty else { return [] }
    return (out + [(trimmed(start..<range.upperBound), nil)]).filter { !$0.tokens.isEmpty }
  }

  private func withoutJoin(_ range: Range<Int>) -> Range<Int> {
    var low = range.lowerBound
    while low < range.upperBound, tokens[low].kind == .mark && tokens[low].mark != 0x28 {
      low += 1
    }
    if low < range.upperBound, ["and", "or"].contains(word(tokens[low])) { low += 1 }
    return low..<range.upperBound
  }

  /// One past `(CC6.4, CC6.5)` or `[CC6.4]`.
  private func bracketOfCriteria(at i: Int, before limit: Int) -> Int? {
    guard i + 2 < limit, tokens[i].kind == .mark, tokens[i].mark == 0x28 || tokens[i].mark == 0x5B,
      let list = criteria(at: i + 1), list.end < limit, tokens[list.end].kind == .mark,
      tokens[list.end].mark == 0x29 || tokens[list.end].mark == 0x5D
    else { return nil }
    return list.end + 1
  }

  /// All criteria named in a run of tokens, in the order of the standard.
  func criteriaNamed(in range: Range<Int>) -> [String] {
    var found: Set<String> = []
    var i = range.lowerBound
    while i < range.upperBound {
      if tokens[i].kind == .word, let list = criteria(at: i) {
        found.formUnion(list.found)
        i = max(i + 1, list.end)
      } else {
        i += 1
      }
    }
    return found.isEmpty ? [] : Criteria.all.filter(found.contains)
  }

  /// The sentences of a run of tokens.
  func sentences(in range: Range<Int>) -> [Range<Int>] {
    var out: [Range<Int>] = []
    var start = range.lowerBound
    for i in range where tokens[i].sentence != tokens[start].sentence {
      out.append(start..<i)
      start = i
    }
    if start < range.upperBound { out.append(start..<range.upperBound) }
    return out
  }

  func endsWithColon(_ range: Range<Int>) -> Bool {
    range.last.map { tokens[$0].kind == .mark && tokens[$0].mark == 0x3A } ?? false
  }
}

/// Hits of one signal by the block they stand in.
struct HitsByBlock {
  private var byBlock: [Int: [Hit]] = [:]

  init(_ hits: [Hit]) {
    for hit in hits where !hit.isFurniture { byBlock[hit.block, default: []].append(hit) }
  }

  subscript(_ block: Int) -> [Hit] { byBlock[block] ?? [] }
  var blocks: [Int] { byBlock.keys.sorted() }

  func within(_ range: Range<Int>, block: Int) -> [Hit] {
    self[block].filter { range.contains($0.tokens.lowerBound) }
  }
}

/// How a hit of heading words stands in its block.
enum HeadingPlace {
  case heading
  /// At the start of a block that goes on with what it is a heading of, from this token.
  case runIn(Int)
}

extension FactReader {
  /// The entries of a paragraph below words that end with a colon, where the file does not tell the bullets:
  /// each begins in small letters on a line of its own, behind a line that ends well before the edge.
  func unmarkedItems(_ block: Int) -> [(tokens: Range<Int>, marker: String?)] {
    let range = text.blocks[block]
    guard let first = range.first, first > 0, text.endsWithColon(first - 1..<first) else {
      return []
    }
    let page = text.page(of: first)
    let neighbours = report.blocks.indices.filter { other in
      text.blocks[other].first.map { text.page(of: $0) == page } ?? false
    }
    let edge = neighbours.map { report.blocks[$0].box.x1 }.max() ?? 0
    func isSmall(_ i: Int) -> Bool {
      text.tokens[i].kind == .word
        && text.tokens[i].flags.isDisjoint(with: [.capital, .numeric])
    }
    // Entries that a mark parts need no edge to be told apart.
    guard isSmall(first), !range.contains(where: { text.tokens[$0].mark == 0x3B }) else {
      return []
    }
    // Eighty points are a long word and more: a line that wraps does not end so far from the edge.
    let starts = range.filter { i in
      i == first
        || text.tokens[i].flags.contains(.lineStart) && isSmall(i)
          && text.box(of: i - 1).x1 < edge - 80
    }
    guard starts.count > 1 else { return [] }
    return zip(starts, starts.dropFirst() + [range.upperBound]).map { start, end in
      (text.trimmed(start..<end), nil)
    }
  }

  /// Whether the words of a hit are a heading, also where no type sets it apart.
  func headingPlace(_ hit: Hit) -> HeadingPlace? {
    let block = report.blocks[hit.block]
    let range = text.blocks[hit.block]
    let before = text.wordCount(range.lowerBound..<hit.tokens.lowerBound)
    let all = text.wordCount(range)
    let own = text.wordCount(hit.tokens)
    let isSentence = range.last.map { text.tokens[$0].mark == 0x2E } ?? false
    switch block.kind {
    case .heading: return all <= 20 ? .heading : nil
    case .contents: return nil
    case .listItem:
      // `J. Complementary …` numbers a heading; a bullet is an item of some list.
      guard before == 0, all <= own + 3, !isSentence,
        text.marker(at: range.lowerBound, before: range.upperBound)?.text != nil,
        hit.block + 1 < report.blocks.count, report.blocks[hit.block + 1].kind != .listItem
      else { return nil }
      return .heading
    case .paragraph, .cell:
      if before <= 3, all <= own + before + 5, !isSentence || all <= own + 1 { return .heading }
      guard before <= 1 else { return nil }
      var next = hit.tokens.upperBound
      if text.isMark(next, 0x28, before: range.upperBound),
        let close = (next..<range.upperBound).first(where: {
          text.isMark($0, 0x29, before: range.upperBound)
        })
      {
        next = close + 1
      }
      guard next < range.upperBound, text.tokens[next].kind != .word,
        text.wordCount(next..<range.upperBound) >= 4
      else { return nil }
      let mark = text.tokens[next]
      guard mark.kind == .listMarker || [0x3A, 0x2E, 0x2D].contains(mark.mark) else { return nil }
      return .runIn(mark.kind == .listMarker ? next : next + 1)
    }
  }

  /// The blocks that stand under a heading: up to the next one of its rank, or the end of its zone.
  /// `isInner` tells headings that belong to it whatever they look like, `stops` those that never do.
  func blocks(
    under heading: Int, isInner: (Int) -> Bool = { _ in false }, stops: (Int) -> Bool
  ) -> [Int] {
    var out: [Int] = []
    var b = heading + 1
    while b < report.blocks.count, report.zones[b] == report.zones[heading],
      report.blocks[b].kind != .contents
    {
      if stops(b) { break }
      if report.blocks[b].kind == .heading, !isInner(b), !isLower(b, than: heading) { break }
      out.append(b)
      b += 1
    }
    return out
  }

  /// Whether a heading looks less than another: smaller, or plain where the other is bold or capitals.
  private func isLower(_ b: Int, than heading: Int) -> Bool {
    let (x, y) = (report.blocks[b], report.blocks[heading])
    guard y.kind == .heading else { return false }
    if x.size < y.size - 0.4 { return true }
    guard x.size <= y.size + 0.1 else { return false }
    return y.isCapitals && !x.isCapitals || y.isBold && !x.isBold
  }

  // MARK: - Tables

  /// The columns that a cell over several of them is a head of, by where its words stand; nil where they
  /// do not part.
  private func parted(
    _ cell: TableCell, of table: Table, _ heads: HitsByBlock
  ) -> [(column: Int, value: Value)]? {
    guard cell.columns.count > 1 else { return nil }
    var out: [(column: Int, value: Value)] = []
    for hit in heads[cell.block] {
      let x = text.box(of: hit.tokens.lowerBound).x0 + 1
      guard let column = cell.columns.first(where: { table.columns[$0].contains(x) }) else {
        return nil
      }
      // What a column's head says first is what it means.
      if out.last?.column != column { out.append((column, hit.value)) }
    }
    return Set(out.map(\.column)).count > 1 && Set(out.map(\.column)).count == out.count ? out : nil
  }

  /// The column under a head of this meaning, and the first row below the heads. Of two such columns,
  /// `CUEC #` and `CUEC`, the one with more words.
  func column(_ value: String, of table: Table, _ heads: HitsByBlock) -> (
    column: Int, firstRow: Int
  )? {
    // Below a title over all columns the heads are in the second row.
    let isTitled = table.rows.first.map { $0.cells.count == 1 } ?? false
    for (r, row) in table.rows.prefix(isTitled ? 2 : 1).enumerated() {
      var found: [Int] = []
      for cell in row.cells {
        let range = text.blocks[cell.block]
        if let parts = parted(cell, of: table, heads) {
          found += parts.filter { $0.value == .text(value) }.map(\.column)
          continue
        }
        guard text.wordCount(range) <= 14 else { continue }
        let hits = heads[cell.block].filter {
          text.wordCount(range.lowerBound..<$0.tokens.lowerBound) <= 3
        }
        // A head is what it says first; a merged one may name two columns.
        guard let n = hits.firstIndex(where: { $0.value == .text(value) }),
          n == 0 || cell.columns.count > 1
        else { continue }
        found.append(min(cell.columns.lowerBound + n, cell.columns.upperBound - 1))
      }
      guard !found.isEmpty else { continue }
      let others = table.columns.indices.filter { !found.contains($0) }
      return (widestColumn(of: table, from: r + 1, but: others) ?? found[0], r + 1)
    }
    return nil
  }

  /// Whether the first row is one of heads: short cells, most of which are known as heads.
  func hasHeads(_ table: Table, _ heads: HitsByBlock) -> Bool {
    guard let row = table.rows.first, table.rows.count > 1 else { return false }
    let known = row.cells.count { cell in
      let range = text.blocks[cell.block]
      return text.wordCount(range) <= 8
        && heads[cell.block].contains {
          text.wordCount(range.lowerBound..<$0.tokens.lowerBound) <= 2
        }
    }
    return known * 2 >= row.cells.count && known > 0
  }

  /// Cells that are no table: lists and paragraphs on a short page whose edges look like columns.
  func isFlow(_ table: Table, _ heads: HitsByBlock) -> Bool {
    guard !hasHeads(table, heads) else { return false }
    return table.rows.contains { row in
      row.cells.contains { cell in
        let range = text.blocks[cell.block]
        guard let marker = text.marker(at: range.lowerBound, before: range.upperBound) else {
          return false
        }
        return text.wordCount(marker.end..<range.upperBound) >= 3
      }
    }
  }

  /// The column with most of the words; rows of one cell are titles between the rows.
  func widestColumn(of table: Table, from firstRow: Int, but excluded: [Int] = []) -> Int? {
    var words = [Int](repeating: 0, count: table.columns.count)
    let rows = table.rows.dropFirst(firstRow)
    let hasFullRows = rows.contains { $0.cells.count > 1 }
    for row in rows where row.cells.count > 1 || !hasFullRows {
      for cell in row.cells where cell.columns.count == 1 {
        words[cell.columns.lowerBound] += text.wordCount(text.blocks[cell.block])
      }
    }
    for column in excluded where words.indices.contains(column) { words[column] = -1 }
    guard let best = words.indices.max(by: { (words[$0], -$0) < (words[$1], -$1) }),
      words[best] > 0
    else { return nil }
    return best
  }

  /// The entries in one column of a table, with the number and the criteria of their rows.
  func items(
    in column: Int, of table: Table, from firstRow: Int, but excluded: Int? = nil
  ) -> [(item: ListedItem, row: Int)] {
    var out: [(item: ListedItem, row: Int)] = []
    var carried: [String] = []
    for (r, row) in table.rows.enumerated().dropFirst(firstRow) {
      if let only = row.cells.first, row.cells.count == 1,
        only.columns.count == table.columns.count, table.columns.count > 1
      {
        carried = text.criteriaNamed(in: text.blocks[only.block])
        continue
      }
      guard let cell = row.cell(in: column) else {
        if row.cells.count == 1 {
          carried = text.criteriaNamed(in: text.blocks[row.cells[0].block])
        }
        continue
      }
      let range = text.blocks[cell.block]
      guard text.wordCount(range) >= 2 else { continue }
      let first = range.first { text.tokens[$0].kind == .word }
      let startsLow =
        first.map {
          !text.tokens[$0].flags.contains(.capital) && !text.tokens[$0].flags.contains(.numeric)
        } ?? false
      if row.cells.count == 1, startsLow, let last = out.last,
        last.item.tokens.upperBound + 2 >= range.lowerBound
      {
        out[out.count - 1].item.tokens =
          last.item.tokens.lowerBound..<text.trimmed(range).upperBound
        continue
      }
      var id: String?
      var criteria: [String] = []
      for other in row.cells where other.block != cell.block {
        let words = text.blocks[other.block]
        let named = text.criteriaNamed(in: words)
        criteria += named
        if named.isEmpty, other.columns.lowerBound < column,
          other.columns.lowerBound != excluded, (1...3).contains(text.wordCount(words)),
          words.contains(where: { text.verbatim($0..<$0 + 1).contains(where: \.isNumber) })
        {
          id = text.verbatim(words)
        }
      }
      if criteria.isEmpty { criteria = carried }
      let parts = text.pieces(of: range)
      for part in parts {
        let own = text.criteriaNamed(in: part.tokens)
        out.append(
          (
            ListedItem(
              tokens: part.tokens, marker: parts.count == 1 ? id ?? part.marker : part.marker,
              block: cell.block, criteria: own.isEmpty ? criteria : own), r
          ))
      }
    }
    return out
  }
}
