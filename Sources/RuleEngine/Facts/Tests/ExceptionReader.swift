import PageText
import ReportStructure
import SOC2Vocabulary
import TextMatching

/// One failure of one control, however often it is printed.
struct ReadException {
  var control: ReadControl
  var criteria: [String]
  var result: [Passage]
  var procedure: [Passage]
  var response: [Passage]
  var pages: [Int]
  var evidence: [Evidence]
  var value: Value = .null
}

/// Gathers exceptions: each distinct failure once, with its rate, its nature and management's response
/// from wherever it stands.
struct ExceptionReader {
  private let text: TestText
  private(set) var found: [ReadException] = []

  init(_ text: TestText, _ groups: [[ReadControl]]) {
    self.text = text
    for group in groups { gather(group) }
    for i in found.indices where text.key(found[i].result).count < 12 { addNarrative(to: i) }
    let responses = ResponseFinder(text, found)
    for i in found.indices {
      if found[i].response.isEmpty { found[i].response = responses.response(to: i) }
      found[i].value = value(of: found[i])
    }
  }

  private mutating func gather(_ group: [ReadControl]) {
    var places: [String: Int] = [:]
    for control in group {
      for test in control.tests where test.outcome == .exception {
        let key = text.key(test.result)
        let pages = test.result.flatMap { passage -> [Int] in
          // The whole cell, with the response in it.
          let block = text.report.blocks[passage.block]
          return (block.firstPage...block.lastPage).map { text.report.pages[$0].number }
        }
        if let place = places[key] {
          found[place].criteria = ControlFacts.ordered(
            found[place].criteria + control.criteria + test.criteria)
          for page in pages where !found[place].pages.contains(page) {
            found[place].pages.append(page)
          }
          if found[place].response.isEmpty { found[place].response = test.response }
          continue
        }
        places[key] = found.count
        found.append(
          ReadException(
            control: group[0],
            criteria: ControlFacts.ordered(control.criteria + test.criteria),
            result: test.result, procedure: test.procedure, response: test.response,
            pages: pages.reduce(into: []) { if !$0.contains($1) { $0.append($1) } },
            evidence: text.evidence(test.result)))
      }
    }
  }

  /// Where a result is only a letter, what failed is told below the tables, in words that begin with the
  /// control's number.
  private mutating func addNarrative(to i: Int) {
    guard let key = found[i].control.id?.key else { return }
    let inTables = Set(text.report.tables.flatMap(\.blocks))
    for block in text.report.blocks.indices
    where text.report.zones[block] == .testsOfControls && !inTables.contains(block) {
      let passage = text.passage(block)
      let words = text.printedWords(passage).prefix(4)
        .map { $0.lowercased().filter { $0.isLetter || $0.isNumber } }
      guard words.contains(key), text.words(passage) > 6 else { continue }
      var own = passage
      if let id = ControlID(leading: passage, text) {
        var start = passage.tokens.lowerBound + id.count
        while start < passage.tokens.upperBound, text.text.tokens[start].kind == .mark { start += 1 }
        own = Passage(tokens: start..<passage.tokens.upperBound, block: block)
      }
      if let lead = text.hits(.responseLead, in: own).first {
        let start = text.afterAddress(lead.tokens.upperBound)
        if found[i].response.isEmpty, start < own.tokens.upperBound {
          found[i].response = [Passage(tokens: start..<own.tokens.upperBound, block: block)]
        }
        own = Passage(tokens: own.tokens.lowerBound..<lead.tokens.lowerBound, block: block)
      }
      found[i].result = [own]
      found[i].evidence += text.evidence([own])
      return
    }
  }

  // MARK: - Values

  private func value(of exception: ReadException) -> Value {
    let rate = FailureRate(
      result: text.rates(in: exception.result), test: text.rates(in: exception.procedure))
    let response = exception.response.filter { !$0.tokens.isEmpty }
    return .object([
      "controlId": exception.control.id.map { .text($0.text) } ?? .null,
      "criteria": .list(exception.criteria.map(Value.text)),
      "control": exception.control.words.isEmpty
        ? .null : .text(text.verbatim(exception.control.words)),
      "text": .text(text.verbatim(exception.result)),
      "deviations": rate.deviations.map(Value.number) ?? .null,
      "sampleSize": rate.sampleSize.map(Value.number) ?? .null,
      "population": rate.population.map(Value.number) ?? .null,
      "nature": .text(nature(of: exception)), "severity": .null,
      "managementResponse": response.isEmpty ? .null : self.response(response),
      "printedAt": .list(exception.pages.map(Value.number)),
      "evidence": .evidence(exception.evidence),
    ])
  }

  private func response(_ passages: [Passage]) -> Value {
    let zone = text.report.zones[passages[0].block]
    return .object([
      "text": .text(text.verbatim(passages)), "section": .text(zone.rawValue),
      "unaudited": .bool(zone == .otherInformation),
      "evidence": .evidence(text.evidence(passages)),
    ])
  }

  /// The first class whose words stand in the exception, else in the control; the order of classes is the
  /// rule's.
  private func nature(of exception: ReadException) -> String {
    for passages in [exception.result, exception.control.words, exception.procedure] {
      let hits = passages.flatMap { text.hits(.exceptionNature, in: $0) }
      if let first = hits.min(by: { ($0.rule, $0.fact, $0.option) < ($1.rule, $1.fact, $1.option) }),
        let nature = first.value.text
      {
        return nature
      }
    }
    return "other"
  }
}

/// Finds management's responses that stand apart from the exceptions they answer.
private struct ResponseFinder {
  private let text: TestText
  private var byException: [Int: [Passage]] = [:]

  init(_ text: TestText, _ exceptions: [ReadException]) {
    self.text = text
    guard !exceptions.isEmpty else { return }
    let ids = exceptions.map { $0.control.id?.key }
    readTables(ids)
    readBlocks(ids)
  }

  func response(to exception: Int) -> [Passage] { byException[exception] ?? [] }

  /// Where responses may stand apart: never in the auditor's report or the description.
  private static let zones: Set<Zone> = [.otherInformation, .appendix, .testsOfControls, .unknown]

  private mutating func take(_ key: String, _ ids: [String?], _ passages: [Passage]) {
    let words = passages.filter { !$0.tokens.isEmpty }
    guard !words.isEmpty else { return }
    for (i, id) in ids.enumerated() where id == key && byException[i] == nil {
      byException[i] = words
    }
  }

  private func keys(in passage: Passage, _ ids: Set<String>) -> [String] {
    var out: [String] = []
    for word in text.printedWords(passage) {
      let key = word.lowercased().filter { $0.isLetter || $0.isNumber }
      if ids.contains(key), !out.contains(key) { out.append(key) }
    }
    return out
  }

  /// Rows with the control's number and a column of responses.
  private mutating func readTables(_ ids: [String?]) {
    let known = Set(ids.compactMap { $0 })
    var roles = ColumnRoles()
    for table in text.report.tables {
      guard let first = table.blocks.first, Self.zones.contains(text.report.zones[first]) else {
        continue
      }
      var own = roles.carried(to: table)
      for row in table.rows {
        if let head = ColumnRoles.head(row, text) {
          var made = ColumnRoles(columns: table.columns)
          for cell in head { for c in cell.columns { made.byColumn[c] = cell.role } }
          own = made
          roles = made
          continue
        }
        guard let own, let column = own.column(of: .response), let cell = row.cell(in: column)
        else { continue }
        let others = row.cells.filter { $0.block != cell.block }
        for key in others.flatMap({ keys(in: text.passage($0.block), known) }) {
          take(key, ids, [withoutLead(text.passage(cell.block))])
        }
      }
    }
  }

  /// Paragraphs that name the control and go on to the response, or are followed by it.
  private mutating func readBlocks(_ ids: [String?]) {
    let known = Set(ids.compactMap { $0 })
    let inTables = Set(text.report.tables.filter { $0.columns.count > 1 }.flatMap(\.blocks))
    var current: [String] = []
    var underResponses = false
    for block in text.report.blocks.indices {
      let zone = text.report.zones[block]
      guard Self.zones.contains(zone), !inTables.contains(block) else { continue }
      let passage = text.passage(block)
      guard !passage.tokens.isEmpty else { continue }
      if !text.hits(.exceptionsHeading, in: passage).isEmpty { underResponses = true }
      let named = keys(in: passage, known)
      let lead = text.hits(.responseLead, in: passage).first
      if !named.isEmpty {
        current = named
      } else if text.report.blocks[block].kind == .heading, lead == nil,
        text.leadingCriteria(passage) == nil
      {
        current = []
      }
      guard !current.isEmpty else { continue }
      if let lead {
        let start = afterMark(lead.tokens.upperBound, passage)
        if start < passage.tokens.upperBound {
          for key in current {
            take(key, ids, [Passage(tokens: start..<passage.tokens.upperBound, block: block)])
          }
        } else if block + 1 < text.report.blocks.count {
          for key in current { take(key, ids, [text.passage(block + 1)]) }
        }
      } else if underResponses, zone == .otherInformation, text.words(passage) > 5,
        text.report.blocks[block].kind != .heading
      {
        if named.isEmpty {
          for key in current { take(key, ids, [passage]) }
        } else if let own = ControlID(leading: passage, text), known.contains(own.key) {
          // "HP-11. The console …": the number leads its response.
          let start = afterMark(passage.tokens.lowerBound + own.count, passage)
          take(
            own.key, ids,
            [Passage(tokens: min(start, passage.tokens.upperBound)..<passage.tokens.upperBound, block: block)])
        }
      }
    }
  }

  private func withoutLead(_ passage: Passage) -> Passage {
    guard let lead = text.hits(.responseLead, in: passage).first,
      lead.tokens.lowerBound <= passage.tokens.lowerBound + 2
    else { return passage }
    let start = afterMark(lead.tokens.upperBound, passage)
    return Passage(
      tokens: min(start, passage.tokens.upperBound)..<passage.tokens.upperBound,
      block: passage.block)
  }

  private func afterMark(_ token: Int, _ passage: Passage) -> Int {
    var i = text.afterAddress(token)
    while i < passage.tokens.upperBound, text.text.tokens[i].kind == .mark { i += 1 }
    return i
  }
}
