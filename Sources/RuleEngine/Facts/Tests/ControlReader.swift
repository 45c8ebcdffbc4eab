import PageText
import ReportStructure
import SOC2Vocabulary
import TextMatching

/// One test of a control with what came of it.
struct ReadTest {
  var procedure: [Passage] = []
  var result: [Passage] = []
  /// What management answered in the same place.
  var response: [Passage] = []
  var outcome: Outcome = .unknown
  /// The criteria under which it is printed here.
  var criteria: [String] = []
  var isInquiryOnly = false
}

/// One control as it is printed in one place.
struct ReadControl {
  var id: ControlID?
  var idPassage: Passage?
  var words: [Passage] = []
  var criteria: [String] = []
  var tests: [ReadTest] = []
  /// Its criteria come from a matrix, not from where it is printed.
  var isPaired = false
}

/// Reads the tests of controls from top to bottom: tables of any of the usual forms, and labelled blocks.
struct ControlReader {
  private let text: TestText
  let outcomes: OutcomeReader
  private(set) var controls: [ReadControl] = []
  /// Rows of other tables that pair controls with criteria, to be looked at when all ids are known.
  private var pairs: [[Passage]] = []
  /// The criteria that the last heading named.
  private var underCriteria: [String] = []
  private var criteriaAreOfColumn = false
  private var roles = ColumnRoles()
  private var open: ReadControl?

  init(_ text: TestText) {
    self.text = text
    outcomes = OutcomeReader(text)
    read()
    assignPairs()
  }

  private var report: Report { text.report }

  // MARK: - Order

  private mutating func read() {
    var rowOf: [Int: (table: Int, row: Int)] = [:]
    for (t, table) in report.tables.enumerated() {
      for (r, row) in table.rows.enumerated() {
        if let first = row.cells.first { rowOf[first.block] = (t, r) }
      }
    }
    let inTables = Set(report.tables.flatMap(\.blocks))
    var seen: [Int: TableReader] = [:]
    for block in report.blocks.indices {
      if let place = rowOf[block] {
        if seen[place.table] == nil { seen[place.table] = TableReader(report.tables[place.table]) }
        if var table = seen[place.table] {
          read(row: place.row, of: &table)
          seen[place.table] = table
        }
      } else if !inTables.contains(block), report.zones[block] == .testsOfControls {
        readBlock(block)
      }
    }
    close()
  }

  private mutating func close() {
    guard let control = open else { return }
    open = nil
    guard !control.words.isEmpty || !control.tests.isEmpty else { return }
    controls.append(control)
  }

  /// The last result of the tests is no longer known where it stands on the last page of the file.
  mutating func doubtLast() {
    guard let c = controls.indices.last, let t = controls[c].tests.indices.last,
      let passage = controls[c].tests[t].result.last,
      report.blocks[passage.block].lastPage == report.pages.count - 1,
      controls[c].tests[t].outcome == .noException
    else { return }
    controls[c].tests[t].outcome = .unknown
  }

  // MARK: - Tables

  /// What is known of one table while its rows are read.
  private struct TableReader {
    let table: Table
    var roles: ColumnRoles?
    var isDecided = false
    /// The row up to which the last result reaches down, and the test it belongs to.
    var resultReach = 0
    var result: Passage?
    init(_ table: Table) { self.table = table }
  }

  private mutating func read(row r: Int, of reader: inout TableReader) {
    let row = reader.table.rows[r]
    let isTests = row.cells.first.map { report.zones[$0.block] == .testsOfControls } ?? false
    if let head = ColumnRoles.head(row, text) {
      take(head, reader.table, &reader)
      return
    }
    if !reader.isDecided, isTests {
      reader.isDecided = true
      reader.roles = roles.carried(to: reader.table) ?? ColumnRoles.guessed(reader.table, text)
      if let known = reader.roles { roles = known }
    }
    // Tables outside the tests are read only where their own head says that they hold tests.
    let zone = row.cells.first.map { report.zones[$0.block] } ?? .unknown
    let isOurs = isTests || (reader.roles?.hasTests ?? false && zone != .otherInformation)
    guard let known = reader.roles, isOurs else {
      pairs.append(row.cells.map { text.passage($0.block) })
      if isTests { readHeading(row) }
      return
    }
    if isVertical(row, reader.table) {
      readLabelled(row)
      return
    }
    if readHeading(row, of: reader.table) { return }
    guard known.isControls || known.hasTests, !isPair(row, known) else {
      pairs.append(row.cells.map { text.passage($0.block) })
      return
    }
    read(row, r, known, &reader)
  }

  /// A row of a matrix: a criterion, and controls by their numbers alone.
  private func isPair(_ row: TableRow, _ known: ColumnRoles) -> Bool {
    guard known.column(of: .criterion) != nil, known.column(of: .test) == nil,
      known.column(of: .result) == nil,
      let c = known.column(of: .control) ?? known.column(of: .id), let cell = row.cell(in: c)
    else { return false }
    let words = text.printedWords(text.passage(cell.block))
    return words.allSatisfy { $0.contains(where: \.isNumber) || $0.count <= 3 }
  }

  private mutating func take(
    _ head: [(columns: Range<Int>, role: ColumnRole)], _ table: Table, _ reader: inout TableReader
  ) {
    var made = ColumnRoles(columns: table.columns)
    if let before = reader.roles, reader.isDecided { made.byColumn = before.byColumn }
    made.take(head)
    made.complete(table, text)
    // Criteria of another table's column do not reach into a table that has none.
    if criteriaAreOfColumn, made.column(of: .criterion) == nil {
      underCriteria = []
      criteriaAreOfColumn = false
    }
    reader.roles = made
    reader.isDecided = true
    roles = made
  }

  /// A row of a form: the label of a part in the first cell, its words in the second.
  private func isVertical(_ row: TableRow, _ table: Table) -> Bool {
    row.cells.count == 2 && table.columns.count <= 3
      && ColumnRoles.headRole(text.passage(row.cells[0].block), text) != nil
      && ColumnRoles.headRole(text.passage(row.cells[1].block), text) == nil
      && text.words(text.passage(row.cells[0].block)) <= 4
  }

  private mutating func readLabelled(_ row: TableRow) {
    guard let role = ColumnRoles.headRole(text.passage(row.cells[0].block), text) else { return }
    take(role, text.passage(row.cells[1].block))
  }

  /// A row across the whole table: a criterion, a response, a note. Tells whether it was one.
  private mutating func readHeading(_ row: TableRow, of table: Table) -> Bool {
    guard let cell = row.cells.first, row.cells.count == 1 else { return false }
    let passage = text.passage(cell.block)
    let isWide = cell.columns.count >= max(2, table.columns.count - 1)
    if let found = text.leadingCriteria(passage), isWide || cell.columns.lowerBound == 0 {
      // A criterion alone in the first of the columns also heads what follows.
      let isAlone = isWide || found.end == passage.tokens.upperBound || text.words(passage) > 6
      if isAlone {
        close()
        underCriteria = found.found
        return true
      }
    }
    guard isWide else { return false }
    takeResponse(passage)
    return true
  }

  private mutating func readHeading(_ row: TableRow) {
    guard row.cells.count == 1, let cell = row.cells.first,
      let found = text.leadingCriteria(text.passage(cell.block))
    else { return }
    close()
    underCriteria = found.found
  }

  private mutating func read(
    _ row: TableRow, _ r: Int, _ known: ColumnRoles, _ reader: inout TableReader
  ) {
    func passage(_ role: ColumnRole) -> Passage? {
      // Two columns may have one role: then the first with words counts here.
      for (c, _) in known.byColumn.filter({ $0.value == role }).sorted(by: { $0.key < $1.key }) {
        if let cell = row.cell(in: c) { return text.passage(cell.block) }
      }
      return nil
    }
    let resultColumns = known.columns(of: .result)
    let resultCell = resultColumns.compactMap { row.cell(in: $0) }.first
    let testCell = known.column(of: .test).flatMap { row.cell(in: $0) }
    var result = resultCell.map { text.passage($0.block) }
    // A result that spans the column of tests is a result. A test that does has a result that is a
    // picture, or none.
    let isMerged = resultCell != nil && testCell?.block == resultCell?.block
    let isTest =
      isMerged
      && (result.map { cell in
        !text.tellsResult(cell)
          || text.hits(.testKind, in: cell).contains {
            $0.tokens.lowerBound == cell.tokens.lowerBound
          }
      } ?? false)
    let test = isMerged && !isTest ? nil : testCell.map { text.passage($0.block) }
    if isTest { result = nil }
    var control = passage(.control)
    if control?.block == test?.block || control?.block == result?.block { control = nil }
    // A running number may stand beside the control's own.
    let numbers = known.columns(of: .id).compactMap { row.cell(in: $0) }.map {
      text.passage($0.block)
    }
    var id =
      numbers.first { text.printedWords($0).contains { $0.contains(where: \.isLetter) } }
      ?? numbers.first
    var criterion = passage(.criterion)
    if id?.block == criterion?.block { criterion = nil }
    // Criteria in the column of ids are criteria where the control has no other number.
    if let cell = id, let found = text.leadingCriteria(cell),
      found.end == cell.tokens.upperBound, criterion == nil
    {
      criterion = cell
      id = nil
    }
    if let criterion {
      let found = text.criteria(in: criterion)
      if !found.isEmpty, found != underCriteria {
        underCriteria = found
        criteriaAreOfColumn = true
        if id == nil, control == nil { close() }
      }
    }
    var number = id.flatMap { ControlID(cell: $0, text) }
    var words = control
    if number == nil, let cell = control, let leading = ControlID(leading: cell, text) {
      // "CC6.1 The entity restricts access" in the column of controls is a criterion, not a control.
      if let found = text.leadingCriteria(cell), test == nil, result == nil {
        close()
        underCriteria = found.found
        return
      }
      number = leading
      words = Passage(
        tokens: min(
          cell.tokens.lowerBound + leading.count, cell.tokens.upperBound)..<cell.tokens.upperBound,
        block: cell.block)
    }
    if number == nil, known.column(of: .id) == nil, let cell = words,
      let trailing = ControlID(trailing: cell, text)
    {
      number = trailing
      words = Passage(
        tokens: cell.tokens
          .lowerBound..<max(
            cell.tokens.lowerBound, cell.tokens.upperBound - trailing.count), block: cell.block)
    }
    let own = ownCriteria(id, words)
    let goesOn = number == nil && (control == nil || (test == nil && result == nil && open != nil))
    if let id, number == open?.id, text.printedWords(id).contains(where: ControlID.isContinuation),
      let last = open?.tests.indices.last
    {
      // "AC-04 (continued)": the rest of the row above.
      open?.words += words.map { [$0] } ?? []
      open?.tests[last].procedure += test.map { [$0] } ?? []
      if let result { goOn(last, result) }
      return
    }
    if let number, number == open?.id {
      if let words, !(open?.words.contains { text.key([$0]) == text.key([words]) } ?? false) {
        open?.words.append(words)
      }
    } else if goesOn, open != nil {
      if let words { open?.words.append(words) }
    } else if number != nil || words != nil || test != nil || result != nil {
      close()
      open = ReadControl(
        id: number, idPassage: id, words: words.map { [$0] } ?? [],
        criteria: own.isEmpty ? underCriteria : own)
    }
    if let criterion, open?.id == number || goesOn {
      for id in text.criteria(in: criterion) where !(open?.criteria.contains(id) ?? true) {
        open?.criteria.append(id)
      }
    }
    var more = resultColumns.compactMap { row.cell(in: $0) }.filter {
      $0.block != resultCell?.block && $0.block != testCell?.block
    }.map { text.passage($0.block) }
    // What deviated may stand beside the verdict.
    if let c = known.column(of: .deviation), !resultColumns.isEmpty, let cell = row.cell(in: c) {
      more.append(text.passage(cell.block))
    }
    addTest(test, result, more, resultCell, r, known, &reader)
    if let response = passage(.response), response.block != result?.block, text.words(response) > 1,
      let last = open?.tests.indices.last
    {
      open?.tests[last].response.append(response)
    }
  }

  /// Criteria that stand with the control itself: below its number, or at the end of its words.
  private func ownCriteria(_ id: Passage?, _ words: Passage?) -> [String] {
    if let id {
      let found = text.criteria(in: id)
      if !found.isEmpty, text.printedWords(id).count > 1 { return found }
    }
    guard let words else { return [] }
    var found: [String] = []
    var i = words.tokens.lowerBound
    while i < words.tokens.upperBound {
      if i > words.tokens.lowerBound, let list = text.text.criteria(at: i) {
        for id in list.found where !found.contains(id) { found.append(id) }
        i = max(list.end, i + 1)
      } else {
        // Other words after them: they stand in the sentence, not at its end.
        if text.text.tokens[i].isWord { found = [] }
        i += 1
      }
    }
    return found
  }

  private mutating func addTest(
    _ test: Passage?, _ result: Passage?, _ more: [Passage], _ cell: TableCell?, _ r: Int,
    _ known: ColumnRoles, _ reader: inout TableReader
  ) {
    guard test != nil || result != nil, open != nil else { return }
    if let result {
      if test == nil, takeResponse(result) { return }
      reader.resultReach = r + (cell?.rowSpan ?? 1)
      reader.result = result
      add(ReadTest(procedure: test.map { [$0] } ?? [], criteria: criteriaHere), result)
      for part in more where text.words(part) > 0 { addPart(part) }
      return
    }
    guard let test else { return }
    if r < reader.resultReach {
      if let last = open?.tests.indices.last {
        open?.tests[last].procedure.append(test)
      } else if let shared = reader.result {
        // One result beside several controls is the result of each.
        add(ReadTest(procedure: [test], criteria: criteriaHere), shared)
      }
      return
    }
    guard known.column(of: .result) != nil else { return }
    let blank = ReadTest(procedure: [test], criteria: criteriaHere)
    open?.tests.append(blank)
  }

  /// A second column of results, or the words beside a verdict: the gravest counts, and what nobody
  /// understands takes a pass away.
  private mutating func addPart(_ part: Passage) {
    guard var test = open?.tests.popLast() else { return }
    let outcome = outcomes.outcome([part])
    switch (test.outcome, outcome) {
    case (_, .exception): test.outcome = .exception
    case (.noException, .unknown): test.outcome = text.words(part) > 2 ? .unknown : .noException
    case (.noException, _), (.unknown, .notOperated), (.unknown, .notTested):
      test.outcome = outcome
    default: break
    }
    if outcome != .noException || test.outcome == .noException { test.result.append(part) }
    open?.tests.append(test)
  }

  /// The criteria under which the open control is printed here.
  private var criteriaHere: [String] { open?.criteria ?? underCriteria }

  /// Adds a test, its response cut off from its result.
  private mutating func add(_ test: ReadTest, _ result: Passage) {
    var test = test
    var rest = result
    if let lead = text.hits(.responseLead, in: result).first {
      rest = Passage(tokens: result.tokens.lowerBound..<lead.tokens.lowerBound, block: result.block)
      let answer = Passage(
        tokens: min(text.responseStart(lead), result.tokens.upperBound)..<result.tokens.upperBound,
        block: result.block)
      if !answer.tokens.isEmpty { test.response.append(answer) }
    }
    test.outcome = outcomes.outcome([rest])
    test.result.append(outcomes.withoutCode(rest))
    test.isInquiryOnly = isInquiryOnly(test.procedure)
    // Some reports tell the exception with the test and only point there from the result.
    if test.outcome != .exception, !text.hits(.resultReference, in: rest).isEmpty,
      let told = test.procedure.compactMap(outcomes.toldException).first
    {
      test.outcome = .exception
      test.result = [told]
    }
    // A test that tells of an exception itself, beside a result that has none, is read by nobody.
    if test.outcome == .noException, test.procedure.contains(where: outcomes.tellsOfException) {
      test.outcome = .unknown
    }
    if test.outcome == .exception || test.outcome == .unknown, let note = note(for: rest) {
      test.result += note
      if test.outcome == .unknown { test.outcome = outcomes.outcome(note) }
    }
    open?.tests.append(test)
  }

  /// A result that goes on in another row.
  private mutating func goOn(_ last: Int, _ result: Passage) {
    guard var test = open?.tests[last] else { return }
    let before = test.result
    open?.tests.remove(at: last)
    test.result = []
    add(test, result)
    guard var made = open?.tests.popLast() else { return }
    made.result = before + made.result
    made.outcome = outcomes.outcome(made.result)
    open?.tests.append(made)
  }

  private func isInquiryOnly(_ procedure: [Passage]) -> Bool {
    let kinds = procedure.flatMap { text.hits(.testKind, in: $0).compactMap(\.value.text) }
    return !kinds.isEmpty && kinds.allSatisfy { $0 == "inquiry" }
  }

  /// Where words begin with the lead-in of a response, they answer the last test.
  @discardableResult
  private mutating func takeResponse(_ passage: Passage) -> Bool {
    guard let lead = text.hits(.responseLead, in: passage).first,
      lead.tokens.lowerBound <= passage.tokens.lowerBound + 2
    else { return false }
    let start = text.responseStart(lead)
    guard start < passage.tokens.upperBound else { return false }
    let answer = Passage(tokens: start..<passage.tokens.upperBound, block: passage.block)
    if let last = open?.tests.indices.last {
      open?.tests[last].response.append(answer)
    } else if let control = controls.indices.last, let last = controls[control].tests.indices.last {
      controls[control].tests[last].response.append(answer)
    } else {
      return false
    }
    return true
  }

  // MARK: - Notes

  /// The words below a table to which a result points: those that begin with the same label, such as
  /// `Note 1` or `Exception 2`.
  private func note(for result: Passage) -> [Passage]? {
    guard
      let reference = text.hits(.resultReference, in: result).first(where: {
        $0.value == .text("note")
      })
    else { return nil }
    let words = text.text.tokens[reference.tokens.lowerBound..<result.tokens.upperBound]
      .filter(\.isWord).map { text.text.word($0) }
    guard let n = words.lastIndex(where: { $0.allSatisfy(\.isNumber) && $0.count <= 2 }), n > 0
    else { return nil }
    let label = [words[n - 1], words[n]]
    for block in report.blocks.indices
    where block != result.block
      && [.testsOfControls, .otherInformation, .appendix].contains(report.zones[block])
    {
      let passage = text.passage(block)
      let head = text.text.tokens[passage.tokens].filter(\.isWord).prefix(3)
        .map { text.text.word($0) }
      guard head.count >= 3 || head.count == 2, Array(head.prefix(2)) == label else { continue }
      if text.words(passage) > 4 { return [passage] }
      // The label stands alone; the words follow.
      if block + 1 < report.blocks.count { return [text.passage(block + 1)] }
    }
    return nil
  }

  // MARK: - Blocks without tables

  private mutating func readBlock(_ block: Int) {
    let passage = text.passage(block)
    guard !passage.tokens.isEmpty else { return }
    let labels = labels(in: passage)
    if !labels.isEmpty {
      for (n, label) in labels.enumerated() {
        let end = n + 1 < labels.count ? labels[n + 1].start : passage.tokens.upperBound
        take(label.role, Passage(tokens: min(label.end, end)..<end, block: block))
      }
      return
    }
    if let found = text.leadingCriteria(passage),
      report.blocks[block].kind == .heading
        || found.end <= passage.tokens.lowerBound + 4 * found.found.count + 3
    {
      // A sentence about a criterion is no heading over what follows: "CC6.4 is met by the host".
      if report.blocks[block].kind == .heading || text.hits(.criterionReason, in: passage).isEmpty {
        close()
        underCriteria = found.found
      }
      return
    }
    if report.blocks[block].kind == .heading { close() }
    takeResponse(passage)
  }

  /// Labels such as `Test performed:` at the beginning of a block or of a line in it.
  private func labels(in passage: Passage) -> [(role: ColumnRole, start: Int, end: Int)] {
    var out: [(role: ColumnRole, start: Int, end: Int)] = []
    for hit in text.hits(.columnHeader, in: passage) {
      guard let role = hit.value.text.flatMap(ColumnRole.init) else { continue }
      let start = hit.tokens.lowerBound
      let isFirst =
        start == passage.tokens.lowerBound || text.text.tokens[start].flags.contains(.lineStart)
        || isAfterSentence(start)
      guard isFirst else { continue }
      // Up to an id of three tokens may stand between label and colon.
      var end = hit.tokens.upperBound
      var passed = 0
      while end < passage.tokens.upperBound, passed < 4,
        !(text.text.tokens[end].kind == .mark && text.text.tokens[end].mark == 0x3A)
      {
        end += 1
        passed += 1
      }
      guard end < passage.tokens.upperBound, text.text.tokens[end].mark == 0x3A,
        out.last.map({ $0.end <= start }) ?? true
      else { continue }
      if role == .control, passed > 0 {
        // "Control CH-3: …" names the control's id before its words.
        out.append((.id, hit.tokens.upperBound, hit.tokens.upperBound))
        out[out.count - 1].end = hit.tokens.upperBound
        out.append((.control, end, end + 1))
      } else {
        out.append((role, start, end + 1))
      }
    }
    return out
  }

  private func isAfterSentence(_ token: Int) -> Bool {
    token > 0 && text.text.tokens[token - 1].sentence != text.text.tokens[token].sentence
  }

  /// Takes one labelled part.
  private mutating func take(_ role: ColumnRole, _ passage: Passage) {
    switch role {
    case .id:
      close()
      open = ReadControl(
        id: ControlID(cell: passage, text), idPassage: passage, criteria: underCriteria)
    case .control:
      if open == nil || open?.words.isEmpty == false {
        close()
        open = ReadControl(criteria: underCriteria)
      }
      var words = passage
      if open?.id == nil, let id = ControlID(leading: passage, text) {
        open?.id = id
        words = Passage(
          tokens: min(
            passage.tokens.lowerBound + id.count, passage.tokens.upperBound)..<passage.tokens
            .upperBound, block: passage.block)
      }
      open?.words.append(words)
    case .criterion:
      let found = text.criteria(in: passage)
      guard !found.isEmpty else { return }
      underCriteria = found
      open?.criteria = found
    case .test:
      if open == nil { open = ReadControl(criteria: underCriteria) }
      let blank = ReadTest(procedure: [passage], criteria: criteriaHere)
      open?.tests.append(blank)
    case .result:
      // A legend also says what results mean; there is no control before it.
      guard open != nil else { return }
      var procedure: [Passage] = []
      if let last = open?.tests.last, last.result.isEmpty {
        procedure = last.procedure
        open?.tests.removeLast()
      }
      if passage.tokens.isEmpty || text.words(passage) == 0 {
        let blank = ReadTest(procedure: procedure, criteria: criteriaHere)
        open?.tests.append(blank)
      } else {
        add(ReadTest(procedure: procedure, criteria: criteriaHere), passage)
      }
    case .response:
      if let last = open?.tests.indices.last { open?.tests[last].response.append(passage) }
    default:
      break
    }
  }

  // MARK: - Matrices

  /// Tables that pair criteria with control ids give the criteria of controls that are listed elsewhere.
  private mutating func assignPairs() {
    var byKey: [String: [Int]] = [:]
    for (c, control) in controls.enumerated() {
      if let key = control.id?.key { byKey[key, default: []].append(c) }
    }
    guard !byKey.isEmpty else { return }
    for row in pairs {
      let criteria = row.flatMap { text.criteria(in: $0) }
      guard !criteria.isEmpty, criteria.count <= 40 else { continue }
      let named = Set(
        row.flatMap { text.printedWords($0) }.map {
          $0.lowercased().filter { $0.isLetter || $0.isNumber }
        })
      for (key, places) in byKey where named.contains(key) {
        for c in places where controls[c].criteria.isEmpty || controls[c].isPaired {
          controls[c].isPaired = true
          for id in criteria where !controls[c].criteria.contains(id) {
            controls[c].criteria.append(id)
          }
        }
      }
    }
    for c in controls.indices where controls[c].isPaired {
      for t in controls[c].tests.indices { controls[c].tests[t].criteria = controls[c].criteria }
    }
  }
}
