import PageText
import ReportStructure
import SOC2Vocabulary
import TextMatching

/// The controls that user entities are to have: lists under their headings, columns of tables, boxes
/// among the tests, or sentences.
struct UserEntityFacts {
  var controls: Fact
  /// What findings may judge by besides the fact.
  var derived: [String: FactTable.Entry] = [:]

  init(_ reader: FactReader) {
    var finder = UserEntityFinder(reader)
    finder.find()
    let entries = finder.entries
    let said = reader.hits[.userEntityWording].filter { !$0.isFurniture }
    let none = said.filter { $0.value == .text("none") }
    let inside = entries.filter { $0.zone != .otherInformation }
    let counted = inside.isEmpty ? entries : inside
    if !counted.isEmpty {
      controls = Fact(
        state: .found, value: .list(counted.map { $0.value(reader) }),
        confidence: inside.isEmpty || none.contains { $0.zone != .auditorReport }
          ? .low : finder.isSure ? .high : .medium,
        evidence: counted.prefix(4).flatMap { $0.evidence(reader).prefix(1) })
    } else if !none.isEmpty {
      controls = Fact(
        state: .found, value: .list([]), confidence: .high, evidence: reader.proofs(none))
    } else {
      controls = reader.missing(in: [.systemDescription])
    }
    if !counted.isEmpty {
      derived["document.userEntityCount"] = FactTable.Entry(
        state: .found, value: .number(counted.count), evidence: controls.evidence)
    }
    if inside.isEmpty, let first = entries.first {
      derived["document.userEntityList"] = FactTable.Entry(
        state: .found, value: .text("other-information"), evidence: first.evidence(reader))
    }
  }
}

/// One control of user entities, as found.
private struct UserEntityEntry {
  var item: ListedItem
  var label: String
  var zone: Zone
  var topic: String?

  func evidence(_ reader: FactReader) -> [Evidence] {
    reader.text.evidence(item.tokens, section: zone)
  }

  func value(_ reader: FactReader) -> Value {
    .object([
      "id": item.marker.map(Value.text) ?? .null,
      "text": .text(reader.text.verbatim(item.tokens)),
      "criteria": .list(item.criteria.map(Value.text)),
      "label": .text(label),
      "topic": topic.map(Value.text) ?? .null,
      "evidence": .evidence(evidence(reader)),
    ])
  }
}

private struct UserEntityFinder {
  let reader: FactReader
  var entries: [UserEntityEntry] = []
  /// Whether all entries come from lists and tables, none from prose.
  var isSure = true
  private let tables: TablePlaces
  private let headings: HitsByBlock
  private let openings: HitsByBlock
  private let duties: HitsByBlock
  private let topics: HitsByBlock
  private let heads: HitsByBlock
  private let denials: HitsByBlock
  private var seenBlocks: Set<Int> = []
  private var seenTables: Set<Int> = []

  private var text: RunningText { reader.text }
  private var report: Report { reader.report }

  /// Where such lists stand. The letter, the assertion and the table of contents only speak of them.
  private static let zones: Set<Zone> = [
    .systemDescription, .testsOfControls, .otherInformation, .appendix, .unknown,
  ]

  init(_ reader: FactReader) {
    self.reader = reader
    tables = TablePlaces(reader.report)
    headings = HitsByBlock(reader.hits[.userEntityHeading])
    openings = HitsByBlock(reader.hits[.userEntityOpening])
    duties = HitsByBlock(reader.hits[.userEntityDuty])
    topics = HitsByBlock(reader.hits[.userEntityTopic])
    heads = HitsByBlock(reader.hits[.columnHeader])
    denials = HitsByBlock(reader.hits[.userEntityWording])
  }

  mutating func find() {
    for block in headings.blocks where Self.zones.contains(report.zones[block]) {
      guard !seenBlocks.contains(block) else { continue }
      for hit in headings[block] {
        guard let place = reader.headingPlace(hit) else { continue }
        let label = hit.value == .text("uer") ? "UER" : "CUEC"
        if tables.byBlock[block] != nil {
          // Elsewhere such a cell may explain the term in a glossary.
          if report.zones[block] == .testsOfControls { readCell(block, place, label) }
        } else {
          readRegion(block, place, label)
        }
        break
      }
    }
    for (t, table) in report.tables.enumerated() where !seenTables.contains(t) {
      guard let zone = table.blocks.first.map({ report.zones[$0] }), Self.zones.contains(zone),
        let found = reader.column("user-entity-control", of: table, heads)
      else { continue }
      seenTables.insert(t)
      for (item, _) in reader.items(in: found.column, of: table, from: found.firstRow) {
        add(item, "CUEC")
      }
    }
    for block in duties.blocks where report.zones[block] == .systemDescription {
      readList(after: block)
    }
  }

  // MARK: - Under a heading

  private mutating func readRegion(_ heading: Int, _ place: HeadingPlace, _ label: String) {
    let zone = report.zones[heading]
    var flow: [Range<Int>] = []
    if case .runIn(let start) = place {
      flow.append(start..<text.blocks[heading].upperBound)
    }
    let isAmongTests = zone == .testsOfControls
    let region = reader.blocks(
      under: heading,
      stops: { block in
        if report.blocks[block].kind == .heading, isUserEntityHeading(block) { return true }
        // A box among the tests ends with its list.
        return isAmongTests && report.blocks[block].kind != .listItem
          && !(report.blocks[block].kind == .cell && block == heading + 1)
          && !continues(block) && !(block == heading + 1 && text.endsWithColon(text.blocks[block]))
      })
    seenBlocks.formUnion(region)
    var items: [ListedItem] = []
    var levels = Levels()
    var prose = flow
    var criteria: [String] = text.criteriaNamed(in: text.blocks[heading])
    func note(_ item: ListedItem) {
      var item = item
      if item.criteria.isEmpty { item.criteria = criteria }
      items.append(item)
    }
    for run in flow {
      let parts = text.pieces(of: run)
      if parts.count > 1 {
        prose = []
        for part in parts {
          note(ListedItem(tokens: part.tokens, marker: part.marker, block: heading))
        }
      }
    }
    for block in region {
      let range = text.blocks[block]
      guard !range.isEmpty else { continue }
      if let cell = tables.byBlock[block], !reader.isFlow(report.tables[cell.table], heads) {
        guard seenTables.insert(cell.table).inserted else { continue }
        readTable(report.tables[cell.table], label)
        continue
      }
      if report.blocks[block].kind == .heading {
        criteria = text.criteriaNamed(in: range)
        continue
      }
      if report.blocks[block].kind == .listItem
        || text.marker(at: range.lowerBound, before: range.upperBound) != nil
      {
        for part in text.pieces(of: range) {
          let item = ListedItem(tokens: part.tokens, marker: part.marker, block: block)
          switch levels.step(item, at: report.blocks[block].box.x0, in: items, text) {
          case .append: note(item)
          case .replace(let parent):
            items.remove(at: parent)
            note(item)
          case .join(let parent):
            items[parent].tokens = items[parent].tokens.lowerBound..<item.tokens.upperBound
          }
        }
        continue
      }
      if let last = items.last, last.tokens.upperBound + 3 >= range.lowerBound, continues(block) {
        items[items.count - 1].tokens =
          last.tokens.lowerBound..<text.trimmed(range).upperBound
        continue
      }
      var parts = text.enumerated(range)
      if parts.count < 2 { parts = reader.unmarkedItems(block) }
      if parts.count > 1 {
        for part in parts {
          note(ListedItem(tokens: part.tokens, marker: part.marker, block: block))
        }
      } else {
        prose.append(range)
      }
    }
    if items.isEmpty,
      !seenTables.contains(where: { region.contains(report.tables[$0].blocks.first ?? -1) })
    {
      items = sentences(prose, heading)
      if !items.isEmpty { isSure = false }
    }
    for item in items { add(item, label) }
  }

  /// A list item that a page broke goes on in the next block: the sentence is not at its end.
  private func continues(_ block: Int) -> Bool {
    let range = text.blocks[block]
    guard let first = range.first, first > 0 else { return false }
    let token = text.tokens[first]
    guard token.kind == .word, text.tokens[first - 1].sentence == token.sentence else {
      return false
    }
    return !text.endsWithColon(first - 1..<first)
  }

  private func isUserEntityHeading(_ block: Int) -> Bool {
    headings[block].contains { reader.headingPlace($0) != nil }
  }

  // MARK: - Tables and cells

  private mutating func readTable(_ table: Table, _ label: String) {
    let named = reader.column("user-entity-control", of: table, heads)
    let control = named ?? reader.column("control", of: table, heads)
    let firstRow = control?.firstRow ?? (reader.hasHeads(table, heads) ? 1 : 0)
    guard let column = control?.column ?? reader.widestColumn(of: table, from: firstRow) else {
      return
    }
    for (item, _) in reader.items(in: column, of: table, from: firstRow) { add(item, label) }
  }

  /// A heading inside a table: its list follows in the same cell, beside it or below.
  private mutating func readCell(_ block: Int, _ place: HeadingPlace, _ label: String) {
    guard let at = tables.byBlock[block] else { return }
    let table = report.tables[at.table]
    let row = table.rows[at.row]
    let cell = row.cells[at.cell]
    var blocks: [(Int, Range<Int>)] = []
    if case .runIn(let start) = place {
      blocks.append((block, start..<text.blocks[block].upperBound))
    } else if at.row == 0 {
      // A head of a column is read with its table.
      return
    } else if isRowOfHeads(row) {
      // Heads in the middle of a table: another table stands right below the first.
      for next in table.rows.dropFirst(at.row + 1) {
        guard let below = next.cells.first(where: { $0.columns == cell.columns }),
          !isRowOfHeads(next)
        else { break }
        blocks.append((below.block, text.blocks[below.block]))
      }
    } else if row.cells.count > 1 {
      for other in row.cells where other.columns.lowerBound > cell.columns.lowerBound {
        blocks.append((other.block, text.blocks[other.block]))
      }
    } else {
      for next in table.rows.dropFirst(at.row + 1) {
        guard next.cells.count == 1, let only = next.cells.first else { break }
        let range = text.blocks[only.block]
        guard text.marker(at: range.lowerBound, before: range.upperBound) != nil else { break }
        blocks.append((only.block, range))
      }
    }
    let criteria = nearestCriteria(above: block)
    for (source, range) in blocks {
      seenBlocks.insert(source)
      for part in text.pieces(of: range) where text.wordCount(part.tokens) >= 3 {
        let opening = openings.within(part.tokens, block: source)
        if !opening.isEmpty, text.endsWithColon(range) { continue }
        let own = text.criteriaNamed(in: part.tokens)
        add(
          ListedItem(
            tokens: part.tokens, marker: part.marker, block: source,
            criteria: own.isEmpty ? criteria : own), label)
      }
    }
  }

  private func isRowOfHeads(_ row: TableRow) -> Bool {
    row.cells.count(where: { !heads[$0.block].isEmpty }) > 1
  }

  /// The criterion a box among the tests stands under.
  private func nearestCriteria(above block: Int) -> [String] {
    guard report.zones[block] == .testsOfControls else { return [] }
    for above in stride(from: block - 1, through: max(0, block - 40), by: -1) {
      guard let first = text.blocks[above].first, let list = text.criteria(at: first) else {
        continue
      }
      return list.found
    }
    return []
  }

  // MARK: - Prose

  /// Sentences that each say what user entities must do; or the paragraphs of a list whose bullets
  /// the file does not tell.
  private func sentences(_ prose: [Range<Int>], _ heading: Int) -> [ListedItem] {
    var items: [ListedItem] = []
    for range in prose {
      let block = text.block(of: range.lowerBound)
      guard denials[block].allSatisfy({ $0.value != .text("none") }) else { continue }
      for sentence in text.sentences(in: range) {
        let parts = pieces(of: sentence, block)
        let isOpening = !openings.within(sentence, block: block).isEmpty
        guard
          parts.count > 1
            || !isOpening && !text.endsWithColon(sentence)
              && !duties.within(sentence, block: block).isEmpty
        else { continue }
        items += parts
      }
    }
    let paragraphs = prose.filter { range in
      let block = text.block(of: range.lowerBound)
      return !text.endsWithColon(range) && openings[block].isEmpty
        && denials[block].allSatisfy { $0.value != .text("none") }
        && text.sentences(in: range).count <= 2 && text.wordCount(range) >= 3
    }
    // Set in from the heading: the text of bullets.
    let indented = paragraphs.filter { range in
      let block = text.block(of: range.lowerBound)
      return report.blocks[block].box.x0 > report.blocks[heading].box.x0 + 4
        || report.blocks[block].firstPage != report.blocks[heading].firstPage
        || !text.criteriaNamed(in: range).isEmpty
    }
    if indented.count > items.count, indented.count > 1 || items.isEmpty {
      return indented.flatMap { pieces(of: $0, text.block(of: $0.lowerBound)) }
    }
    return items
  }

  private func pieces(of sentence: Range<Int>, _ block: Int) -> [ListedItem] {
    text.pieces(of: sentence).map { part in
      ListedItem(
        tokens: part.tokens, marker: part.marker, block: block,
        criteria: text.criteriaNamed(in: part.tokens))
    }
  }

  /// A list without a heading of its own: `Customers are responsible for:` and what follows.
  private mutating func readList(after block: Int) {
    guard !seenBlocks.contains(block), text.endsWithColon(text.blocks[block]),
      report.blocks[block].kind == .paragraph,
      duties[block].contains(where: { $0.value == .text("duty") })
    else { return }
    var next = block + 1
    while next < report.blocks.count, report.blocks[next].kind == .listItem {
      seenBlocks.insert(next)
      for part in text.pieces(of: text.blocks[next]) {
        add(ListedItem(tokens: part.tokens, marker: part.marker, block: next), "unclear")
      }
      next += 1
    }
  }

  // MARK: - Entries

  private mutating func add(_ item: ListedItem, _ label: String) {
    var item = item
    guard text.wordCount(item.tokens) >= 2 else { return }
    if item.criteria.isEmpty { item.criteria = text.criteriaNamed(in: item.tokens) }
    let key = plain(item)
    if let known = entries.firstIndex(where: { plain($0.item) == key }) {
      let both = Set(entries[known].item.criteria + item.criteria)
      entries[known].item.criteria = Criteria.all.filter(both.contains)
      return
    }
    let topic = topics.within(item.tokens, block: item.block).min { $0.option < $1.option }
    entries.append(
      UserEntityEntry(
        item: item, label: label, zone: report.zones[item.block], topic: topic?.value.text))
  }

  /// What two printings of one control are compared by: its words, without criteria and marks.
  private func plain(_ item: ListedItem) -> [String] {
    item.tokens.filter { text.tokens[$0].kind == .word }.map { text.word(text.tokens[$0]) }
      .filter { word in !Criteria.isKnown(word.uppercased()) }
  }
}

/// Lists within lists: what is set in further under an item, with another marker, belongs to it.
private struct Levels {
  enum Step {
    case append
    /// The parent only names what its items have in common.
    case replace(parent: Int)
    case join(parent: Int)
  }
  private var edge: Float = 0
  private var isBullet = false
  private var parent: Int?
  private var isTitle = false

  mutating func step(
    _ item: ListedItem, at x: Float, in items: [ListedItem], _ text: RunningText
  ) -> Step {
    let bullet = item.marker == nil
    guard let parent = self.parent, x > edge + 8, bullet != isBullet, parent < items.count else {
      edge = self.parent == nil ? x : min(edge, x)
      isBullet = bullet
      self.parent = items.count
      isTitle = false
      return .append
    }
    if isTitle { return .append }
    let above = items[parent].tokens
    if text.isMark(above.upperBound, 0x3A, before: text.tokens.count), text.wordCount(above) <= 7 {
      isTitle = true
      return .replace(parent: parent)
    }
    return .join(parent: parent)
  }
}
