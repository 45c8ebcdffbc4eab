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
  /// Of several failures that one result tells, its own.
  var rate: FailureRate?
  var value: Value = .null
}

/// Gathers exceptions: each distinct failure once, with its rate, its nature and management's response
/// from wherever it stands.
struct ExceptionReader {
  private let text: TestText
  private(set) var found: [ReadException] = []

  private let context: Context
  /// The numbers of controls all of whose tests were passed.
  private let sound: Set<String>

  /// What the rest of the report says that bears on exceptions.
  struct Context {
    /// When the service auditor signed.
    var reportDate: Day?
    /// The criteria that the basis for a modified opinion names.
    var qualified: Set<String>
  }

  init(_ text: TestText, _ groups: [[ReadControl]], _ context: Context) {
    self.text = text
    self.context = context
    sound = Set(
      groups.filter { group in
        let outcomes = group.flatMap(\.tests).map(\.outcome)
        return !outcomes.isEmpty && outcomes.allSatisfy { $0 == .noException }
      }.compactMap { $0[0].id?.key })
    for group in groups { gather(group) }
    for i in found.indices where text.key(found[i].result).count < 12 { addNarrative(to: i) }
    let responses = ResponseFinder(text, found)
    for i in found.indices {
      if found[i].response.isEmpty { found[i].response = responses.response(to: i) }
    }
    found = found.flatMap(parted)
    let natures = found.map { nature(of: $0) }
    for i in found.indices { found[i].value = value(of: found[i], natures, i) }
  }

  private mutating func gather(_ group: [ReadControl]) {
    var places: [String: Int] = [:]
    for control in group {
      for test in control.tests where test.outcome == .exception {
        let key = text.key(test.result)
        let pages = test.result.flatMap { passage -> [Int] in
          // The whole cell, with the response in it; a note stands elsewhere.
          let block = text.report.blocks[passage.block]
          guard block.kind == .cell || passage == test.result.first else { return [] }
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
    if let cell = narrativeCell(key, besides: found[i].result) {
      found[i].result = [cell]
      found[i].evidence += text.evidence([cell])
      return
    }
    let inTables = Set(text.report.tables.flatMap(\.blocks))
    for block in text.report.blocks.indices
    where text.report.zones[block] == .testsOfControls && !inTables.contains(block) {
      let passage = text.passage(block)
      guard text.keys(passage).prefix(4).contains(key), text.words(passage) > 6 else { continue }
      var own = passage
      if let id = ControlID(leading: passage, text) {
        var start = passage.tokens.lowerBound + id.count
        while start < passage.tokens.upperBound, text.text.tokens[start].kind == .mark {
          start += 1
        }
        own = passage.from(start)
      }
      if let lead = text.hits(.responseLead, in: own).first {
        let start = text.responseStart(lead)
        if found[i].response.isEmpty, start < own.tokens.upperBound {
          found[i].response = [own.from(start)]
        }
        own = own.upTo(lead.tokens.lowerBound)
      }
      found[i].result = [own]
      found[i].evidence += text.evidence([own])
      return
    }
  }

  /// The longest cell of a row that has the control's number, in a table without tests.
  private func narrativeCell(_ key: String, besides known: [Passage]) -> Passage? {
    for table in text.report.tables {
      let heads = table.rows.compactMap { ColumnRoles.head($0, of: table, text) }
      let roles = heads.first ?? []
      guard !roles.contains(where: { $0.role == .test || $0.role == .result }),
        roles.contains(where: { $0.role == .response || $0.role == .deviation })
      else { continue }
      for row in table.rows {
        let cells = row.cells.filter { cell in
          !roles.contains { $0.role == .response && $0.columns == cell.columns }
        }.map { text.passage($0.block) }
        guard cells.contains(where: { ControlID(cell: $0, text)?.key == key }) else { continue }
        let longest = cells.filter { !known.contains($0) }.max { text.words($0) < text.words($1) }
        if let longest, text.words(longest) > 4 { return longest }
      }
    }
    return nil
  }

  /// A result that tells of several failures, each with numbers of its own, as one exception for each: `for 2
  /// of 25 … and for 1 of 25 …`. Where each stands in a sentence of its own, with those words only.
  private func parted(_ exception: ReadException) -> [ReadException] {
    let hits = text.rates(in: exception.result)
    let rates = FailureRate.splits(result: hits, test: text.rates(in: exception.procedure))
    guard rates.count > 1 else { return [exception] }
    let starts = rates.map { rate in
      hits.rates.first { $0.deviations == rate.deviations && $0.sample == rate.sampleSize }?
        .sentence
    }
    var out = rates.map { rate in
      var part = exception
      part.rate = rate
      return part
    }
    guard exception.result.count == 1, Set(starts).count == rates.count,
      let whole = exception.result.first
    else { return out }
    let cuts = starts.map { sentence in
      whole.tokens.first { text.text.tokens[$0].sentence == sentence } ?? whole.tokens.lowerBound
    }
    let bounds = [whole.tokens.lowerBound] + cuts.dropFirst() + [whole.tokens.upperBound]
    guard zip(bounds, bounds.dropFirst()).allSatisfy({ $0 < $1 }) else { return out }
    for i in out.indices {
      out[i].result = [whole.from(bounds[i]).upTo(bounds[i + 1])]
      out[i].evidence = text.evidence(out[i].result)
    }
    return out
  }

  // MARK: - Values

  private func value(of exception: ReadException, _ natures: [String], _ i: Int) -> Value {
    let rate =
      exception.rate
      ?? FailureRate(
        result: text.rates(in: exception.result), test: text.rates(in: exception.procedure))
    let response = exception.response.filter { !$0.tokens.isEmpty }
    let traits = traits(of: exception, rate, natures, i)
    return .object([
      "controlId": exception.control.id.map { .text($0.text) } ?? .null,
      "criteria": .list(exception.criteria.map(Value.text)),
      "control": exception.control.words.isEmpty
        ? .null : .text(text.verbatim(exception.control.words)),
      "text": .text(text.verbatim(exception.result)),
      "deviations": rate.deviations.map(Value.number) ?? .null,
      "sampleSize": rate.sampleSize.map(Value.number) ?? .null,
      "population": rate.population.map(Value.number) ?? .null,
      "nature": .text(natures[i]), "severity": .null,
      "otherNatures": .list(otherNatures(of: exception, besides: natures[i]).map(Value.text)),
      "traits": .list(traits.map(Value.text)),
      "repeated": .bool(traits.contains("repeat")),
      "named": .bool(traits.contains("named-in-basis")),
      "rateUnknown": .bool(!rate.isWhole && (rate.deviations == nil || rate.sampleSize == nil)),
      "upperBound": bound(of: rate).map(Value.text) ?? .null,
      "managementResponse": response.isEmpty ? .null : self.response(response),
      "printedAt": .list(exception.pages.map(Value.number)),
      "evidence": .evidence(exception.evidence),
    ])
  }

  private func response(_ passages: [Passage]) -> Value {
    let zone = text.report.zones[passages[0].block]
    return .object([
      "text": .text(text.verbatim(passages)), "section": .text(zone.rawValue),
      "unaudited": .bool(zone == .otherInformation || text.responsesAreUnexamined),
      "remediated": remediation(in: passages).map(Value.day) ?? .null,
      "evidence": .evidence(text.evidence(passages)),
    ])
  }

  /// The most that may have failed of all cases, in percent: see `FailureRate.upperBound`.
  private func bound(of rate: FailureRate) -> String? {
    guard let deviations = rate.deviations, let size = rate.sampleSize, size > 0,
      deviations <= size
    else { return nil }
    let tenths = Int(
      (FailureRate.upperBound(deviations: deviations, sampleSize: size) * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }

  /// What makes it graver or lighter, as far as the report's own words show it. Nothing that management
  /// alone says counts in its favour but a remedy with cause and date.
  private func traits(
    of exception: ReadException, _ rate: FailureRate, _ natures: [String], _ i: Int
  ) -> [String] {
    var out: [String] = []
    let said = Set(
      exception.result.flatMap { text.hits(.exceptionTrait, in: $0) }.compactMap(\.value.text))
    if rate.isWhole { out.append("whole") }
    for (word, name) in [
      ("design", "design"), ("prior-period", "repeat"), ("privileged", "privileged"),
      ("late", "late"), ("no-misuse", "no-misuse"),
    ] where said.contains(word) {
      out.append(name)
    }
    let family = Set(exception.criteria.compactMap { $0.split(separator: ".").first })
    let others = found.indices.filter { $0 != i }
    let sameNature = others.contains {
      natures[$0] == natures[i] && natures[i] != "other"
        && found[$0].control.id?.key != exception.control.id?.key
    }
    let sameFamily = others.count { other in
      found[other].criteria.contains { id in
        id.split(separator: ".").first.map(family.contains) ?? false
      }
    }
    if sameNature || sameFamily >= 2 { out.append("pervasive") }
    let response = exception.response.filter { !$0.tokens.isEmpty }
    let answers = Set(
      response.flatMap { text.hits(.responseTrait, in: $0) }.compactMap(\.value.text))
    if answers.contains("root-cause"), answers.contains("corrected"),
      let date = remediation(in: response), let signed = context.reportDate, date <= signed
    {
      out.append("remediated")
    }
    if answers.contains("weak"), !answers.contains("corrected") { out.append("weak-response") }
    if isCompensated(exception) { out.append("compensated") }
    if exception.criteria.contains(where: context.qualified.contains) {
      out.append("named-in-basis")
    }
    return out
  }

  /// Whether the result, or a response that was examined, names another control that covers it, and that one
  /// was tested without exception. Without its number nobody can look it up.
  private func isCompensated(_ exception: ReadException) -> Bool {
    let answers = exception.response.filter {
      text.report.zones[$0.block] == .testsOfControls && !text.responsesAreUnexamined
    }
    let own = exception.control.id?.key
    return (exception.result + answers).contains { passage in
      text.hits(.exceptionTrait, in: passage).contains { $0.value == .text("compensating") }
        && text.keys(passage).contains { $0 != own && sound.contains($0) }
    }
  }

  /// The last date that a response names: when the correction was or will be done.
  private func remediation(in passages: [Passage]) -> Day? {
    var last: Day?
    for passage in passages {
      for i in passage.tokens {
        if let day = text.text.date(at: i)?.date { last = max(last ?? day, day) }
      }
    }
    return last
  }

  private func otherNatures(of exception: ReadException, besides nature: String) -> [String] {
    exception.result.flatMap { text.hits(.exceptionNature, in: $0) }.compactMap(\.value.text)
      .reduce(into: []) { if $1 != nature, !$0.contains($1) { $0.append($1) } }
  }

  /// The first class whose words stand in the exception, else in the control; the order of classes is the
  /// rule's.
  private func nature(of exception: ReadException) -> String {
    for passages in [exception.result, exception.control.words, exception.procedure] {
      let hits = passages.flatMap { text.hits(.exceptionNature, in: $0) }
      if let first = hits.min(by: { ($0.rule, $0.fact, $0.option) < ($1.rule, $1.fact, $1.option) }
      ),
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
    readLed(ids)
    readCommon(ids)
  }

  /// Blocks of the part that nobody examined, without those of tables.
  private var unexamined: [Int] {
    let inTables = Set(text.report.tables.filter { $0.columns.count > 1 }.flatMap(\.blocks))
    return text.report.blocks.indices.filter {
      text.report.zones[$0] == .otherInformation && !inTables.contains($0)
        && !text.passage($0).tokens.isEmpty
    }
  }

  /// `Control G-40. The company has …`, `• SV-23: The queue …`: the number that leads the words, behind a
  /// bullet or one word.
  private func leading(_ block: Int) -> (id: ControlID, rest: Passage)? {
    let passage = text.passage(block)
    var start = passage.tokens.lowerBound
    if let marker = text.text.marker(at: start, before: passage.tokens.upperBound),
      marker.text == nil
    {
      start = marker.end
    }
    for own in [passage.from(start), passage.from(start + 1)] {
      guard let id = ControlID(leading: own, text), id.text.contains(where: \.isLetter) else {
        continue
      }
      let rest = own.from(afterMark(own.tokens.lowerBound + id.count, own))
      if text.words(rest) > 3 { return (id, rest) }
    }
    return nil
  }

  /// Paragraphs that begin with the numbers of exceptions, where no other control is listed beside them: what
  /// management says of each.
  private mutating func readLed(_ ids: [String?]) {
    let known = Set(ids.compactMap { $0 })
    let led = unexamined.compactMap(leading)
    guard led.allSatisfy({ known.contains($0.id.key) }) else { return }
    for (id, rest) in led { take(id.key, ids, [withoutLead(rest)]) }
  }

  /// Words under a heading on responses to exceptions that name none of them answer all, where none has an
  /// answer of its own.
  private mutating func readCommon(_ ids: [String?]) {
    guard byException.isEmpty else { return }
    let known = Set(ids.compactMap { $0 })
    var isOnExceptions = false
    var told: [Passage] = []
    for block in unexamined {
      let passage = text.passage(block)
      if text.report.blocks[block].kind == .heading {
        if !keys(in: passage, known).isEmpty { return }
        isOnExceptions = text.hits(.exceptionsHeading, in: passage).contains {
          $0.value == .text("responses")
        }
        continue
      }
      guard isOnExceptions else { continue }
      if !keys(in: passage, known).isEmpty || leading(block) != nil { return }
      if text.words(passage) > 8 { told.append(passage) }
    }
    guard !told.isEmpty else { return }
    for i in ids.indices where byException[i] == nil { byException[i] = told }
  }

  func response(to exception: Int) -> [Passage] { byException[exception] ?? [] }

  /// Where responses may stand apart: never in the auditor's report or the description.
  private static let zones: Set<Zone> = [.otherInformation, .appendix, .testsOfControls, .unknown]

  private mutating func take(_ key: String, _ ids: [String?], _ passages: [Passage]) {
    // A dash in the column of responses is none.
    let words = passages.filter { text.words($0) > 0 }
    guard !words.isEmpty else { return }
    for (i, id) in ids.enumerated() where id == key && byException[i] == nil {
      byException[i] = words
    }
  }

  private func keys(in passage: Passage, _ ids: Set<String>) -> [String] {
    text.keys(passage).reduce(into: []) { out, key in
      if ids.contains(key), !out.contains(key) { out.append(key) }
    }
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
        if let head = ColumnRoles.head(row, of: table, text) {
          var made = ColumnRoles(columns: table.columns)
          made.take(head)
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
        let start = text.responseStart(lead)
        let isHead =
          text.report.blocks[block].kind == .heading || passage.tokens.upperBound - start < 8
        if start < passage.tokens.upperBound, !isHead {
          for key in current {
            take(key, ids, [passage.from(start)])
          }
        } else if block + 1 < text.report.blocks.count {
          for key in current { take(key, ids, [withoutLead(text.passage(block + 1))]) }
        }
      } else if underResponses, zone == .otherInformation, text.words(passage) > 5,
        text.report.blocks[block].kind != .heading
      {
        if named.isEmpty {
          for key in current { take(key, ids, [passage]) }
        } else if let own = ControlID(leading: passage, text), known.contains(own.key) {
          // "HP-11. The console …": the number leads its response.
          let start = afterMark(passage.tokens.lowerBound + own.count, passage)
          take(own.key, ids, [passage.from(start)])
        }
      }
    }
  }

  private func withoutLead(_ passage: Passage) -> Passage {
    guard let lead = text.hits(.responseLead, in: passage).first,
      lead.tokens.lowerBound <= passage.tokens.lowerBound + 2
    else { return passage }
    return passage.from(text.responseStart(lead))
  }

  private func afterMark(_ token: Int, _ passage: Passage) -> Int {
    var i = text.afterAddress(token)
    while i < passage.tokens.upperBound, text.text.tokens[i].kind == .mark { i += 1 }
    return i
  }
}
