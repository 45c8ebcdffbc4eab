import PageText
import ReportStructure
import SOC2Vocabulary
import TextMatching

/// The parts of a report that list subservice organizations and the controls assumed of them.
struct SubserviceParts {
  struct Control {
    var item: ListedItem
    var organization: Int?
    var zone: Zone

    func evidence(_ reader: FactReader) -> [Evidence] {
      reader.text.evidence(item.tokens, section: zone)
    }
  }

  let reader: FactReader
  var names: SubserviceNames
  private(set) var controls: [Control] = []
  /// Whether all controls come from lists and tables.
  private(set) var isSure = true
  /// The organization that a block is about, by the heading or paragraph above it.
  private(set) var context: [Int: Int] = [:]
  private var services: [Int: String] = [:]
  private var rowCriteria: [Int: Set<String>] = [:]
  private let tables: TablePlaces
  private let heads: HitsByBlock
  private let headings: HitsByBlock
  private let controlHeadings: HitsByBlock
  private let duties: HitsByBlock
  /// Words of duty that count where an item begins with them.
  private let acts: HitsByBlock
  private let customers: HitsByBlock
  private var regions: [(heading: Int, blocks: [Int], start: Int?)] = []

  private var text: RunningText { reader.text }
  private var report: Report { reader.report }

  private static let zones: Set<Zone> = [
    .systemDescription, .testsOfControls, .otherInformation, .appendix, .unknown,
  ]

  init(_ reader: FactReader, _ facts: NameFacts) {
    self.reader = reader
    names = SubserviceNames(reader, facts)
    tables = TablePlaces(reader.report)
    heads = HitsByBlock(reader.hits[.columnHeader])
    headings = HitsByBlock(reader.hits[.subserviceHeading])
    controlHeadings = HitsByBlock(reader.hits[.subserviceControlHeading])
    duties = HitsByBlock(reader.hits[.subserviceDuty].filter { $0.value != .text("act") })
    acts = HitsByBlock(reader.hits[.subserviceDuty].filter { $0.value == .text("act") })
    customers = HitsByBlock(reader.hits[.userEntityHeading])
    regions = findRegions()
  }

  private func findRegions() -> [(heading: Int, blocks: [Int], start: Int?)] {
    var out: [(heading: Int, blocks: [Int], start: Int?)] = []
    let candidates = Set(headings.blocks + controlHeadings.blocks).sorted()
    for block in candidates where Self.zones.contains(report.zones[block]) {
      guard tables.byBlock[block] == nil, !out.contains(where: { $0.blocks.contains(block) }),
        let place = placeOfHeading(block)
      else { continue }
      var start: Int?
      if case .runIn(let token) = place { start = token }
      let blocks = reader.blocks(
        under: block, isInner: isInner,
        stops: { other in
          customers[other].contains { reader.headingPlace($0) != nil }
            && report.blocks[other].kind != .cell
        })
      out.append((block, blocks, start))
    }
    return out
  }

  private func placeOfHeading(_ block: Int) -> HeadingPlace? {
    for hit in headings[block] + controlHeadings[block] where hit.value != .text("lead") {
      if let place = reader.headingPlace(hit) { return place }
    }
    return nil
  }

  /// Headings within such a part: one for each organization, or over the controls.
  private func isInner(_ block: Int) -> Bool {
    if !headings[block].isEmpty
      || controlHeadings[block].contains(where: { $0.value == .text("csoc") })
    {
      return customers[block].isEmpty
    }
    return nameOfHeading(block) != nil
  }

  private func nameOfHeading(_ block: Int) -> Range<Int>? {
    let range = text.blocks[block]
    var start = range.lowerBound
    if let marker = text.marker(at: start, before: range.upperBound) { start = marker.end }
    while start < range.upperBound, text.tokens[start].flags.contains(.numeric) { start += 1 }
    guard let name = names.name(at: start, before: range.upperBound) else { return nil }
    if names.hasLegalForm(name) { return name }
    // A heading may be any words in capitals: the text below must go on with the name.
    let key = nameKey(text.name(name))
    for below in block + 1..<min(block + 4, text.blocks.count) {
      guard let first = text.blocks[below].first(where: { text.tokens[$0].kind == .word }),
        let again = names.name(at: first, before: text.blocks[below].upperBound)
      else { continue }
      let other = nameKey(text.name(again))
      if other == key || key.hasPrefix(other + " ") || other.hasPrefix(key + " ") { return name }
    }
    return nil
  }

  // MARK: - Names

  mutating func collectNames() {
    for hit in reader.hits[.subserviceName] where !hit.isFurniture {
      guard let slot = hit.slot else { continue }
      names.declareList(at: slot.lowerBound, isSure: hit.zone != .testsOfControls)
    }
    let inRegions = Set(regions.flatMap { $0.blocks + [$0.heading] })
    for hit in reader.hits[.subserviceWording] where !hit.isFurniture {
      let isLetter = hit.zone == .auditorReport || hit.zone == .managementAssertion
      guard isLetter || inRegions.contains(hit.block), tables.byBlock[hit.block] == nil,
        let name = subject(of: hit)
      else { continue }
      names.declare(name, isSure: true)
    }
    for region in regions {
      var isLed = !controlHeadings[region.heading].isEmpty
      var seen: Set<Int> = []
      for block in region.blocks {
        if let cell = tables.byBlock[block] {
          if seen.insert(cell.table).inserted { collectNames(report.tables[cell.table]) }
          continue
        }
        if !controlHeadings[block].isEmpty { isLed = true }
        let range = text.blocks[block]
        switch report.blocks[block].kind {
        case .heading:
          if let name = nameOfHeading(block) { names.declare(name, isSure: true) }
        case .listItem: if !isLed { collectName(ofItem: range) }
        case .paragraph, .cell, .contents: break
        }
      }
    }
    for table in report.tables {
      guard let zone = table.blocks.first.map({ report.zones[$0] }), Self.zones.contains(zone),
        let head = table.rows.first?.cells.first(where: { !headings[$0.block].isEmpty }),
        reader.column("organization", of: table, heads) != nil,
        text.wordCount(text.blocks[head.block]) <= 8
      else { continue }
      collectNames(table)
    }
  }

  /// The company that `its controls` speaks of: `Halyard Halls, Inc. prints; the description excludes its
  /// controls`, or the one that begins the sentence before.
  private func subject(of hit: Hit) -> Range<Int>? {
    guard
      hit.tokens.contains(where: {
        text.tokens[$0].kind == .word && ["its", "whose"].contains(text.word(text.tokens[$0]))
      })
    else { return nil }
    let block = text.blocks[hit.block]
    let sentence = text.sentenceWithin(block: hit.block, hit.tokens)
    func company(at start: Int, before limit: Int) -> Range<Int>? {
      guard text.tokens[start].kind == .word,
        start == block.lowerBound || !text.isMark(start - 1, 0x26, before: limit),
        let name = names.name(at: start, before: limit), names.hasLegalForm(name)
      else { return nil }
      return name
    }
    if sentence.lowerBound < hit.tokens.lowerBound,
      let name = company(at: sentence.lowerBound, before: hit.tokens.lowerBound)
    {
      return name
    }
    guard sentence.lowerBound > block.lowerBound,
      let before = text.sentences(in: block.lowerBound..<sentence.lowerBound).last
    else { return nil }
    return company(at: before.lowerBound, before: before.upperBound)
  }

  /// `• Halyard Halls, Inc. – racks`: a list of organizations, not of controls.
  private mutating func collectName(ofItem range: Range<Int>) {
    var start = range.lowerBound
    if let marker = text.marker(at: start, before: range.upperBound) { start = marker.end }
    guard let name = names.name(at: start, before: range.upperBound) else { return }
    let next = name.upperBound
    let isClosed =
      next >= range.upperBound || text.tokens[next].kind == .mark && text.tokens[next].mark != 0x2E
    if names.hasLegalForm(name) || isClosed { names.declare(name, isSure: true) }
  }

  private mutating func collectNames(_ table: Table) {
    guard let head = reader.column("organization", of: table, heads) else { return }
    for row in table.rows.dropFirst(head.firstRow) {
      guard let cell = row.cell(in: head.column) else { continue }
      for name in namesOf(cell) { names.declare(name, isSure: true) }
    }
  }

  private func namesOf(_ cell: TableCell) -> [Range<Int>] {
    var out: [Range<Int>] = []
    let range = text.blocks[cell.block]
    for part in text.pieces(of: range) {
      guard let name = names.name(at: part.tokens.lowerBound, before: part.tokens.upperBound)
      else { continue }
      out.append(name)
      var i = name.upperBound
      while i < part.tokens.upperBound {
        let token = text.tokens[i]
        let joins =
          token.kind == .word ? text.word(token) == "and" : [0x2C, 0x2F, 0x3B].contains(token.mark)
        guard joins, let next = names.name(at: i + 1, before: part.tokens.upperBound) else { break }
        out.append(next)
        i = next.upperBound
      }
    }
    return out
  }

  // MARK: - Controls

  mutating func readControls() {
    var seen: Set<Int> = []
    for region in regions { read(region, &seen) }
    for (t, table) in report.tables.enumerated() where !seen.contains(t) {
      guard let zone = table.blocks.first.map({ report.zones[$0] }), Self.zones.contains(zone),
        reader.column("subservice-control", of: table, heads) != nil
      else { continue }
      seen.insert(t)
      read(table, isLed: true, nil)
    }
    readServices()
  }

  private mutating func read(
    _ region: (heading: Int, blocks: [Int], start: Int?), _ seen: inout Set<Int>
  ) {
    let before = controls.count
    var isLed = !controlHeadings[region.heading].isEmpty
    var current = only(names.named(in: text.blocks[region.heading]))
    var prose: [(range: Range<Int>, organization: Int?)] = []
    // Paragraphs after words that open a list: its bullets may be lost.
    var listed: [(range: Range<Int>, organization: Int?)] = []
    // Below a heading that is an organization's name, items that begin with a duty are its controls.
    var isNamed = false
    var edge = report.blocks[region.heading].box.x0
    if let start = region.start {
      let range = start..<text.blocks[region.heading].upperBound
      current = only(names.named(in: range)) ?? current
      prose.append((range, current))
    }
    for block in region.blocks {
      let range = text.blocks[block]
      guard !range.isEmpty else { continue }
      if let cell = tables.byBlock[block], !reader.isFlow(report.tables[cell.table], heads) {
        if seen.insert(cell.table).inserted {
          read(report.tables[cell.table], isLed: isLed, current)
        }
        continue
      }
      let here = names.named(in: range)
      if !controlHeadings[block].isEmpty { isLed = true }
      var kind = report.blocks[block].kind
      if kind == .cell, text.marker(at: range.lowerBound, before: range.upperBound) != nil {
        kind = .listItem
      }
      switch kind {
      case .heading:
        current = only(here) ?? (headings[block].isEmpty ? current : nil)
        isNamed = only(here) != nil && text.wordCount(range) <= 10
        context[block] = current
      case .listItem:
        readItem(block, range, isLed, isNamed: isNamed, &current)
      case .paragraph, .cell, .contents:
        if let last = controls.last, controls.count > before, goesOn(block, last.item.tokens) {
          controls[controls.count - 1].item.tokens =
            last.item.tokens.lowerBound..<text.trimmed(range).upperBound
          continue
        }
        let lead = text.sentences(in: range).last.map(names.named) ?? []
        current = only(lead) ?? only(here) ?? (here.isEmpty ? current : nil)
        context[block] = current
        var parts = text.enumerated(range)
        if parts.count < 2 { parts = reader.unmarkedItems(block) }
        if parts.count > 1, isLed {
          for part in parts {
            add(ListedItem(tokens: part.tokens, marker: part.marker, block: block), current)
          }
        } else {
          let isSetIn = report.blocks[block].box.x0 > edge + 4
          if isLed, controlHeadings[block].isEmpty, !text.endsWithColon(range),
            isSetIn
              || text.sentences(in: range).count == 1 && !text.criteriaNamed(in: range).isEmpty
          {
            listed.append((range, current))
          } else {
            edge = min(edge, report.blocks[block].box.x0)
          }
          prose.append((range, current))
        }
      }
    }
    guard controls.count == before else {
      // Others may be spoken of in prose, beside those whose controls are listed.
      let told = Set(controls[before...].compactMap(\.organization))
      readSentences(
        prose.filter { part in
          part.organization.map { !told.contains($0) } ?? false
        })
      return
    }
    if listed.count > 1 {
      for (range, organization) in listed {
        let block = text.block(of: range.lowerBound)
        for part in text.pieces(of: range) {
          add(ListedItem(tokens: part.tokens, marker: part.marker, block: block), organization)
        }
      }
    } else {
      readSentences(prose)
    }
  }

  private func only(_ members: [Int]) -> Int? { members.count == 1 ? members[0] : nil }

  private func goesOn(_ block: Int, _ last: Range<Int>) -> Bool {
    guard let first = text.blocks[block].first, first > 0, last.upperBound + 3 >= first,
      text.tokens[first].kind == .word
    else { return false }
    return text.tokens[first - 1].sentence == text.tokens[first].sentence
      && !text.endsWithColon(first - 1..<first)
  }

  private mutating func readItem(
    _ block: Int, _ range: Range<Int>, _ isLed: Bool, isNamed: Bool, _ current: inout Int?
  ) {
    let own = names.named(in: range)
    for part in text.pieces(of: range) {
      let named = names.named(in: part.tokens)
      let isAct =
        isNamed && current != nil
        && acts[block].contains { $0.tokens.lowerBound == part.tokens.lowerBound }
      let isTold = isAct || !duties.within(part.tokens, block: block).isEmpty
      let isName = named.count == 1 && text.wordCount(part.tokens) <= 8 && !isTold
      // `• Halyard:` over the items that are meant of it; `• Halyard Halls, Inc. – racks` where
      // organizations are listed.
      if isName, text.criteriaNamed(in: part.tokens).isEmpty {
        current = named[0]
        context[block] = current
        continue
      }
      guard isLed || isTold || !text.criteriaNamed(in: part.tokens).isEmpty else {
        current = only(own) ?? current
        context[block] = current
        continue
      }
      add(
        ListedItem(tokens: part.tokens, marker: part.marker, block: block), named.first ?? current)
    }
  }

  /// Prose that says what an organization must do.
  private mutating func readSentences(_ prose: [(range: Range<Int>, organization: Int?)]) {
    for (range, organization) in prose {
      let block = text.block(of: range.lowerBound)
      for sentence in text.sentences(in: range) {
        guard !text.endsWithColon(sentence), !duties.within(sentence, block: block).isEmpty else {
          continue
        }
        let meant = names.named(in: sentence).first ?? organization
        // `Both are carved out. They are expected to …` speaks of all that are named above.
        let isOfAll = sentence.contains {
          text.tokens[$0].kind == .word
            && ["they", "both", "them"].contains(text.word(text.tokens[$0]))
        }
        guard
          meant != nil || !text.criteriaNamed(in: sentence).isEmpty
            || isOfAll && !names.named(in: range).isEmpty
        else { continue }
        isSure = false
        for part in runOn(sentence, block) {
          add(ListedItem(tokens: part.tokens, marker: part.marker, block: block), meant)
        }
      }
    }
  }

  /// The controls that one sentence runs through: `expects it to guard its halls, to test its fuses and to
  /// wipe disks`, `controls expected of Halyard are: guards; fuses; and wiped disks`.
  private func runOn(
    _ sentence: Range<Int>, _ block: Int
  ) -> [(tokens: Range<Int>, marker: String?)] {
    let parts = text.pieces(of: sentence)
    guard parts.count == 1, let duty = duties.within(sentence, block: block).first else {
      return parts
    }
    var starts: [Int] = []
    for i in duty.tokens.upperBound - 1..<sentence.upperBound {
      let before = max(i - 1, duty.tokens.lowerBound)
      if text.tokens[i].kind == .word, text.word(text.tokens[i]) == "to" {
        let isFirst = i == duty.tokens.upperBound - 1
        let isNext =
          text.tokens[before].kind == .word
          ? text.word(text.tokens[before]) == "and"
          : [0x2C, 0x3B].contains(text.tokens[before].mark)
        if isFirst || !starts.isEmpty && isNext { starts.append(i + 1) }
      }
    }
    if starts.count < 2,
      let colon = sentence.first(where: { text.isMark($0, 0x3A, before: sentence.upperBound) }),
      colon >= duty.tokens.upperBound - 1
    {
      starts = [colon + 1]
      for i in colon + 1..<sentence.upperBound
      where text.isMark(i, 0x3B, before: sentence.upperBound) {
        starts.append(i + 1)
      }
    }
    guard starts.count > 1 else { return parts }
    let ends = starts.dropFirst() + [sentence.upperBound]
    return zip(starts, ends).compactMap { start, end in
      var low = start
      if low < end, text.tokens[low].kind == .word, text.word(text.tokens[low]) == "and" {
        low += 1
      }
      var high = end
      if end < sentence.upperBound, text.word(text.tokens[end - 1]) == "to" { high -= 1 }
      let words = text.trimmed(low..<high)
      return words.isEmpty ? nil : (words, nil)
    }
  }

  private mutating func read(_ table: Table, isLed: Bool, _ current: Int?) {
    let organization = reader.column("organization", of: table, heads)
    let named =
      reader.column("subservice-control", of: table, heads)
      ?? (isLed || organization != nil ? reader.column("control", of: table, heads) : nil)
    let service = reader.column("service", of: table, heads)
    let criteria = reader.column("criterion", of: table, heads)
    var firstRow = named?.firstRow ?? organization?.firstRow ?? 0
    var column = named?.column
    if column == nil, isLed {
      let isHeaded = reader.hasHeads(table, heads)
      firstRow = isHeaded ? 1 : 0
      // A column with a head of another meaning does not hold the controls.
      let others =
        isHeaded
        ? table.rows[0].cells.filter { !heads[$0.block].isEmpty }.map(\.columns.lowerBound) : []
      column = reader.widestColumn(
        of: table, from: firstRow, but: others + [organization?.column].compactMap { $0 })
    }
    var owner = current
    var owners: [Int: Int] = [:]
    for (r, row) in table.rows.enumerated().dropFirst(firstRow) {
      if let head = organization, let cell = row.cell(in: head.column) {
        let range = text.blocks[cell.block]
        if let n = names.named(in: range).first {
          owner = n
        } else if text.wordCount(range) > 1 {
          owner = nil
        }
      } else if organization == nil {
        owner = row.cells.compactMap { only(names.named(in: text.blocks[$0.block])) }.first ?? owner
      }
      guard let n = owner else { continue }
      owners[r] = n
      for cell in row.cells { context[cell.block] = n }
      if let service, let cell = row.cell(in: service.column), services[n] == nil,
        cell.columns.lowerBound == service.column, service.column != organization?.column
      {
        services[n] = text.verbatim(text.blocks[cell.block])
      }
      if let criteria, let cell = row.cell(in: criteria.column) {
        rowCriteria[n, default: []].formUnion(text.criteriaNamed(in: text.blocks[cell.block]))
      }
    }
    guard let column else { return }
    for (item, row) in reader.items(
      in: column, of: table, from: firstRow, but: organization?.column)
    {
      var item = item
      item.marker = nil
      add(item, owners[row] ?? names.named(in: item.tokens).first)
    }
  }

  private mutating func add(_ item: ListedItem, _ organization: Int?) {
    guard text.wordCount(item.tokens) >= 2, !saysNone(item.tokens) else { return }
    var item = item
    if item.criteria.isEmpty { item.criteria = text.criteriaNamed(in: item.tokens) }
    let owner = organization ?? (names.organizations.count == 1 ? 0 : nil)
    let key = plain(item)
    if let known = controls.firstIndex(where: { plain($0.item) == key && $0.organization == owner })
    {
      let both = Set(controls[known].item.criteria + item.criteria)
      controls[known].item.criteria = Criteria.all.filter(both.contains)
      return
    }
    controls.append(Control(item: item, organization: owner, zone: report.zones[item.block]))
  }

  /// `None, see Section III` in a cell for controls.
  private func saysNone(_ range: Range<Int>) -> Bool {
    let words = range.filter { text.tokens[$0].kind == .word }.prefix(2).map {
      text.word(text.tokens[$0])
    }
    return words.first == "none" || words == ["not", "applicable"]
  }

  private func plain(_ item: ListedItem) -> [String] {
    item.tokens.filter { text.tokens[$0].kind == .word }.map { text.word(text.tokens[$0]) }
  }

  // MARK: - What they do

  private mutating func readServices() {
    for hit in reader.hits[.subserviceService] where !hit.isFurniture {
      guard let slot = hit.slot else { continue }
      let sentence = text.sentenceWithin(block: hit.block, hit.tokens)
      let before = names.named(in: sentence.lowerBound..<slot.lowerBound)
      guard let n = before.last, services[n] == nil else { continue }
      let words = text.trimmed(slot)
      if !words.isEmpty { services[n] = text.verbatim(words) }
    }
  }

  func service(of n: Int) -> String? { services[n] }

  func criteria(of n: Int) -> [String] {
    var all = rowCriteria[n] ?? []
    for control in controls where control.organization == n { all.formUnion(control.item.criteria) }
    return Criteria.all.filter(all.contains)
  }

  /// The organizations named in the row of a table that a cell stands in.
  func rowMates(of block: Int) -> [Int]? {
    guard let place = tables.byBlock[block] else { return nil }
    let row = report.tables[place.table].rows[place.row]
    let found = row.cells.flatMap { names.named(in: text.blocks[$0.block]) }
    return found.isEmpty ? nil : Array(Set(found)).sorted()
  }
}
