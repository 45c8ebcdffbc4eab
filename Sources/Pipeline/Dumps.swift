public import PageText
public import ReportStructure
public import RuleEngine
import SOC2Vocabulary
import TextMatching

/// One page as text: a line for each run of words on a baseline, with its box in points.
public func dumped(_ page: Page) -> String {
  var out = "page \(page.number)"
  if let label = page.label { out += " label \"\(label)\"" }
  out += " \(tenths(page.width)) x \(tenths(page.height)) \(page.state.rawValue)"
  if page.turn != .none { out += " turned \(page.turn.rawValue)" }
  if !page.pictures.isEmpty { out += " pictures \(page.pictures.count)" }
  out += "\n"
  var i = 0
  while i < page.words.count {
    var j = i + 1
    var box = page.words[i].box
    while j < page.words.count, page.words[j].baseline == page.words[i].baseline,
      page.words[j].box.x0 > page.words[j - 1].box.x0
    {
      box = box.union(page.words[j].box)
      j += 1
    }
    let text = page.words[i..<j].map { page.text(of: $0) }.joined(separator: " ")
    out += "  " + spelled(page.displayed(box)) + " " + text + "\n"
    i = j
  }
  for aside in page.setAside {
    out += "  " + spelled(aside.box) + " [\(aside.reason.rawValue)] " + aside.text + "\n"
  }
  return out
}

/// A document's zones and blocks as text.
public func dumped(_ report: Report) -> String {
  let pages = report.pages
  var out = "document pages \(pages.first?.number ?? 0)-\(pages.last?.number ?? 0)\n"
  for section in report.sections {
    out +=
      "section \(section.zone.rawValue) p\(pages[section.firstPage].number)-\(pages[section.lastPage].number) \"\(section.title)\"\n"
    for block in section.blocks {
      let kind = report.blocks[block].kind
      let text =
        report.text.blocks[block].isEmpty ? "" : report.text.verbatim(report.text.blocks[block])
      let words = text.split(separator: " ")
      let shown =
        words.count > 14
        ? words.prefix(9).joined(separator: " ") + " … " + words.suffix(3).joined(separator: " ")
        : text
      out += "  p\(pages[report.blocks[block].firstPage].number) \(kind.rawValue) \(shown)\n"
    }
  }
  return out
}

/// A document's tables as text: each row with its cells, the columns they cover, and their words.
public func dumpedTables(_ report: Report) -> String {
  var out = ""
  for (t, table) in report.tables.enumerated() {
    let pages = report.pages
    let edges = table.columns.map { "\(tenths($0.lowerBound))-\(tenths($0.upperBound))" }
    out +=
      "table \(t + 1) p\(pages[table.firstPage].number)-\(pages[table.lastPage].number) \(table.isRuled ? "ruled" : "aligned") columns \(edges.joined(separator: " "))\n"
    for (r, row) in table.rows.enumerated() {
      for (c, cell) in row.cells.enumerated() {
        let block = report.blocks[cell.block]
        let words = report.text.blocks[cell.block].isEmpty
          ? "" : report.text.verbatim(report.text.blocks[cell.block])
        let span =
          cell.columns.count > 1
          ? "\(cell.columns.lowerBound + 1)-\(cell.columns.upperBound)"
          : "\(cell.columns.lowerBound + 1)"
        let depth = cell.rowSpan > 1 ? " down \(cell.rowSpan)" : ""
        let place =
          block.firstPage == block.lastPage
          ? "p\(pages[block.firstPage].number)"
          : "p\(pages[block.firstPage].number)-\(pages[block.lastPage].number)"
        out += c == 0 ? "  row \(r + 1)\n" : ""
        out += "    [\(span)\(depth)] \(place) \(words)\n"
      }
    }
  }
  return out
}

/// A document's kind and facts as text: state, value, confidence, and each place.
public func dumped(_ facts: DocumentFacts) -> String {
  var out = "kind \(facts.kind.rawValue)\n"
  for evidence in facts.kindReasons { out += place(evidence) }
  for name in facts.facts.keys.sorted() {
    guard let fact = facts.facts[name], fact.state != .notSearched else { continue }
    out += "\(name.rawValue) \(fact.state.rawValue)"
    if fact.state == .found { out += " = \(plain(fact.value)) (\(fact.confidence.rawValue))" }
    out += "\n"
    for evidence in fact.evidence { out += place(evidence) }
    for reading in fact.readings {
      out += "  reading \(plain(reading.value)) in \(reading.section.rawValue)\n"
      for evidence in reading.evidence.prefix(1) { out += "  " + place(evidence) }
    }
  }
  return out
}

private func place(_ evidence: Evidence) -> String {
  "  p\(evidence.page) \(evidence.section.rawValue) \(evidence.boxes.first.map(spelled) ?? "") \"\(evidence.quote)\"\n"
}

private func plain(_ value: Value) -> String {
  switch value {
  case .null: "null"
  case .bool(let bool): bool ? "true" : "false"
  case .number(let number): String(number)
  case .text(let text): text
  case .list(let list): "[" + list.map(plain).joined(separator: ", ") + "]"
  case .object(let object):
    "{"
      + object.keys.sorted().filter { if case .evidence? = object[$0] { false } else { true } }
      .map { "\($0): \(plain(object[$0] ?? .null))" }.joined(separator: ", ") + "}"
  case .evidence(let pieces): pieces.map { "p\($0.page)" }.joined(separator: " ")
  }
}

private func spelled(_ box: Box) -> String {
  [box.x0, box.y0, box.x1, box.y1].map(tenths).joined(separator: ",")
}

/// A coordinate with one decimal.
private func tenths(_ value: Float) -> String {
  let n = Int((value * 10).rounded())
  return (n < 0 ? "-" : "") + "\(abs(n) / 10).\(abs(n) % 10)"
}
