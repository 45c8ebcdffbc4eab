import PageText
import ReportStructure
import SOC2Vocabulary
import TextMatching

/// The subservice organizations, how each is presented, and the controls that are assumed of them.
struct SubserviceFacts {
  var organizations: Fact
  var controls: Fact
  /// What findings may judge by besides the facts.
  var derived: [String: FactTable.Entry] = [:]

  init(_ reader: FactReader, _ names: NameFacts) {
    var parts = SubserviceParts(reader, names)
    parts.collectNames()
    parts.names.settle()
    parts.readControls()
    let methods = SubserviceMethods(reader, parts)
    let said = SubserviceStatements(reader)
    organizations = Self.organizations(reader, parts, methods, said)
    controls = Self.controls(reader, parts)
    derive(reader, parts, methods, said)
  }

  // MARK: - Facts

  private static func organizations(
    _ reader: FactReader, _ parts: SubserviceParts, _ methods: SubserviceMethods,
    _ said: SubserviceStatements
  ) -> Fact {
    let list = parts.names.organizations.indices.map { n in
      let proof = evidence(n, reader, parts, methods)
      return Value.object([
        "name": .text(parts.names.organizations[n].name),
        "service": parts.service(of: n).map(Value.text) ?? .null,
        "method": .text(methods.value(of: n)),
        "criteria": .list(parts.criteria(of: n).map(Value.text)),
        "evidence": .evidence(proof),
      ])
    }
    guard list.isEmpty else {
      let proof = parts.names.organizations.indices.flatMap {
        evidence($0, reader, parts, methods).prefix(2)
      }
      // A sentence that there are none does not go with names and what is assumed of them.
      if let denial = said.none.first(where: { $0.zone != .testsOfControls }),
        said.isUsed || !parts.controls.isEmpty
      {
        return Fact(
          state: .conflicting, confidence: .low, evidence: proof + reader.evidence(of: denial),
          readings: [
            Reading(value: .list(list), evidence: proof, section: proof.first?.section ?? .unknown),
            Reading(
              value: .list([]), evidence: reader.evidence(of: denial), section: denial.zone),
          ])
      }
      let isSure = methods.values.allSatisfy { $0 != "unknown" }
      return Fact(
        state: .found, value: .list(list), confidence: isSure ? .high : .medium, evidence: proof)
    }
    if !said.none.isEmpty {
      guard said.uses.isEmpty else {
        return Fact(
          state: .conflicting, confidence: .low,
          evidence: reader.proofs(said.none) + reader.proofs(said.uses))
      }
      return Fact(
        state: .found, value: .list([]), confidence: .high, evidence: reader.proofs(said.none))
    }
    // One is used and left out, but not named: something is there that could not be read off.
    if !said.uses.isEmpty {
      return Fact(
        state: .notSearchable, confidence: .low, evidence: reader.proofs(said.uses))
    }
    let letter = reader.missing(in: [.auditorReport])
    let description = reader.missing(in: [.systemDescription])
    return letter.state == .absent ? description : letter
  }

  private static func evidence(
    _ n: Int, _ reader: FactReader, _ parts: SubserviceParts, _ methods: SubserviceMethods
  ) -> [Evidence] {
    let organization = parts.names.organizations[n]
    let order: [Zone] = [
      .auditorReport, .managementAssertion, .systemDescription, .testsOfControls,
    ]
    var ranges: [Range<Int>] = []
    for zone in order + Zone.allCases where ranges.count < 3 {
      let here = { (range: Range<Int>) in reader.report.zone(of: range.lowerBound) == zone }
      if let range = organization.declared.first(where: here), !ranges.contains(range) {
        ranges.append(range)
      }
    }
    if let method = methods.proof(of: n) { ranges.append(method) }
    var out: [Evidence] = []
    for range in ranges {
      for piece in reader.text.evidence(
        range, section: reader.report.zone(of: range.lowerBound)) where !out.contains(piece)
      {
        out.append(piece)
      }
    }
    return out
  }

  private static func controls(_ reader: FactReader, _ parts: SubserviceParts) -> Fact {
    guard !parts.controls.isEmpty else { return reader.missing(in: [.systemDescription]) }
    let list = parts.controls.map { control in
      let proof = control.evidence(reader)
      return Value.object([
        "organization": control.organization.map {
          .text(parts.names.organizations[$0].name)
        } ?? .null,
        "text": .text(reader.text.verbatim(control.item.tokens)),
        "criteria": .list(control.item.criteria.map(Value.text)),
        "evidence": .evidence(proof),
      ])
    }
    return Fact(
      state: .found, value: .list(list), confidence: parts.isSure ? .high : .medium,
      evidence: parts.controls.prefix(4).flatMap { $0.evidence(reader).prefix(1) })
  }

  // MARK: - For findings

  private mutating func derive(
    _ reader: FactReader, _ parts: SubserviceParts, _ methods: SubserviceMethods,
    _ said: SubserviceStatements
  ) {
    func set(_ name: String, _ values: [Value], _ evidence: [Evidence]) {
      guard !values.isEmpty else { return }
      derived[name] = FactTable.Entry(state: .found, value: .list(values), evidence: evidence)
    }
    let all = parts.names.organizations
    func list(_ members: [Int]) -> ([Value], [Evidence]) {
      (
        members.map { .text(all[$0].name) },
        members.flatMap { Self.evidence($0, reader, parts, methods).prefix(2) }
      )
    }
    let carved = all.indices.filter { methods.value(of: $0) == "carve-out" }
    let (names, proof) = list(carved)
    set("document.carvedOut", names, proof)
    if all.isEmpty, !said.uses.isEmpty, said.none.isEmpty {
      set("document.unnamedSubservice", [.text("used")], reader.proofs(said.uses))
      set(
        "document.carvedOut", [.text("an organization that is not named")], reader.proofs(said.uses)
      )
    }
    let torn = all.indices.filter { methods.isTorn($0) }
    if !torn.isEmpty {
      let (names, proof) = list(torn)
      set("document.subserviceConflict", names, proof)
    } else if organizations.state == .conflicting {
      set(
        "document.subserviceConflict", [.text("subservice organizations")], organizations.evidence)
    }
    let letter = reader.report.sections(in: .auditorReport)
    if !letter.isEmpty, !reader.hasUnreadPage(in: [.auditorReport]) {
      let omitted = all.indices.filter { n in
        !all[n].mentions.contains {
          reader.report.zone(of: $0.lowerBound) == .auditorReport
        }
      }
      // A letter that speaks of them without names has not left them out.
      if !omitted.isEmpty, omitted.count == all.count, !said.isInLetter(reader) {
        let (names, proof) = list(omitted)
        set("document.letterOmits", names, proof)
      }
    }
    let hosts = parts.names.undeclared(.knownHost, in: .systemDescription)
    let others = parts.names.undeclared(.knownProvider, in: .systemDescription)
    set(
      "document.undeclaredHosts", hosts.map { .text($0.name) },
      hosts.flatMap { reader.evidence(of: $0.hit).prefix(1) })
    set(
      "document.undeclaredProviders", (hosts + others).map { .text($0.name) },
      (hosts + others).flatMap { reader.evidence(of: $0.hit).prefix(1) })
  }
}

/// What the report says of subservice organizations as such, whether or not it names one.
struct SubserviceStatements {
  /// That there are none.
  var none: [Hit]
  /// That one is used and left out.
  var uses: [Hit]
  private var wording: [Hit]

  init(_ reader: FactReader) {
    wording = reader.hits[.subserviceWording].filter { !$0.isFurniture }
    none = wording.filter { $0.value == .text("none") }
    uses = reader.hits[.subserviceUse].filter { !$0.isFurniture }
  }

  var isUsed: Bool { !uses.isEmpty }

  /// Whether the letter says anything of them before it tells who may read it: that paragraph names
  /// them in every letter.
  func isInLetter(_ reader: FactReader) -> Bool {
    let restricted = reader.hits[.restrictedUse].filter { $0.zone == .auditorReport }
    let end = restricted.map(\.block).min() ?? .max
    return (wording + uses).contains { $0.zone == .auditorReport && $0.block < end }
  }
}

// MARK: - How each is presented

/// Carved out or included, for each organization by the sentences that speak of it.
struct SubserviceMethods {
  private var votes: [[(value: String, weight: Int, tokens: Range<Int>)]]

  init(_ reader: FactReader, _ parts: SubserviceParts) {
    let names = parts.names
    votes = Array(repeating: [], count: names.organizations.count)
    guard !votes.isEmpty else { return }
    let hits = reader.hits[.subserviceWording].filter {
      !$0.isFurniture && $0.value != .text("none")
    }
    var general: [Hit] = []
    for hit in hits {
      let sentence = reader.text.sentenceWithin(block: hit.block, hit.tokens)
      let block = reader.text.blocks[hit.block]
      var meant = names.named(in: sentence)
      var weight = 4
      let isContested = hits.contains { other in
        other.value != hit.value && sentence.contains(other.tokens.lowerBound)
      }
      if meant.count > 1, isContested {
        meant = [Self.nearest(to: hit.tokens, in: sentence, names)].compactMap { $0 }
      }
      if meant.isEmpty {
        weight = 3
        let before = names.named(in: block.lowerBound..<hit.tokens.lowerBound)
        meant = before.last.map { [$0] } ?? []
        if before.count > 1 {
          meant = [
            Self.nearest(to: hit.tokens, in: block.lowerBound..<hit.tokens.lowerBound, names)
          ]
          .compactMap { $0 }
        }
      }
      if meant.isEmpty, let rowMates = parts.rowMates(of: hit.block) {
        weight = 5
        meant = rowMates
      }
      if meant.isEmpty, let context = parts.context[hit.block] {
        weight = 2
        meant = [context]
      }
      guard !meant.isEmpty, var value = hit.value.text else {
        if hit.value != .text("use") { general.append(hit) }
        continue
      }
      if value == "use" {
        // Most that are used are carved out; any other word on it counts for more.
        value = "carve-out"
        weight = 0
      }
      if hit.zone == .auditorReport { weight += 1 }
      for n in meant { votes[n].append((value, weight, hit.tokens)) }
    }
    // What is said of all is meant of those of whom nothing else is said.
    for n in votes.indices where votes[n].allSatisfy({ $0.weight <= 1 }) {
      for hit in general {
        guard let value = hit.value.text else { continue }
        votes[n].append((value, 2, hit.tokens))
      }
    }
  }

  private static func nearest(
    to tokens: Range<Int>, in range: Range<Int>, _ names: SubserviceNames
  ) -> Int? {
    var best: (distance: Int, organization: Int)?
    for (n, organization) in names.organizations.enumerated() {
      for mention in organization.mentions where range.contains(mention.lowerBound) {
        let distance =
          mention.lowerBound >= tokens.lowerBound
          ? max(0, mention.lowerBound - tokens.upperBound)
          : max(0, tokens.lowerBound - mention.upperBound)
        if distance < best?.distance ?? .max { best = (distance, n) }
      }
    }
    return best?.organization
  }

  private func weight(_ value: String, _ n: Int) -> Int {
    // The strongest sentence counts, not the number of weak ones.
    votes[n].filter { $0.value == value }.map(\.weight).max() ?? 0
  }

  func value(of n: Int) -> String {
    let (carved, included) = (weight("carve-out", n), weight("inclusive", n))
    if carved == 0, included == 0 { return "unknown" }
    if carved == included {
      let first = votes[n].filter { $0.weight == carved }.min {
        $0.tokens.lowerBound < $1.tokens.lowerBound
      }
      return first?.value ?? "unknown"
    }
    return carved > included ? "carve-out" : "inclusive"
  }

  var values: [String] { votes.indices.map(value) }

  /// Whether both are said of it in so many words.
  func isTorn(_ n: Int) -> Bool {
    weight("carve-out", n) >= 4 && weight("inclusive", n) >= 4
  }

  func proof(of n: Int) -> Range<Int>? {
    let value = value(of: n)
    return votes[n].filter { $0.value == value }.max {
      ($0.weight, -$0.tokens.lowerBound) < ($1.weight, -$1.tokens.lowerBound)
    }?.tokens
  }
}

// MARK: - Parts of the description

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
    duties = HitsByBlock(reader.hits[.subserviceDuty])
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
        context[block] = current
      case .listItem:
        readItem(block, range, isLed, &current)
      case .paragraph, .cell, .contents:
        if let last = controls.last, controls.count > before, goesOn(block, last.item.tokens) {
          controls[controls.count - 1].item.tokens =
            last.item.tokens.lowerBound..<text.trimmed(range).upperBound
          continue
        }
        let lead = text.sentences(in: range).last.map(names.named) ?? []
        current = only(lead) ?? only(here) ?? (here.isEmpty ? current : nil)
        context[block] = current
        let parts = text.enumerated(range)
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
    guard controls.count == before else { return }
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
    _ block: Int, _ range: Range<Int>, _ isLed: Bool, _ current: inout Int?
  ) {
    let own = names.named(in: range)
    for part in text.pieces(of: range) {
      let named = names.named(in: part.tokens)
      let isTold = !duties.within(part.tokens, block: block).isEmpty
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
        guard meant != nil || !text.criteriaNamed(in: sentence).isEmpty else { continue }
        isSure = false
        for part in text.pieces(of: sentence) {
          add(ListedItem(tokens: part.tokens, marker: part.marker, block: block), meant)
        }
      }
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
    guard text.wordCount(item.tokens) >= 2 else { return }
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
