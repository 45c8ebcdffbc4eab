import ReportStructure
import SOC2Vocabulary
import TextMatching

/// Rows of tables: heads, criteria, and rows of controls with their tests.
extension ControlReader {
  /// What is known of one table while its rows are read.
  struct TableReader {
    let table: Table
    var roles: ColumnRoles?
    var isDecided = false
    /// Its first column holds labels, one part of a control beside each.
    var isForm = false
    /// The row up to which the last result reaches down, and the test it belongs to.
    var resultReach = 0
    var result: Passage?
    var isNumberedByCriteria: Bool?
    init(_ table: Table) { self.table = table }
  }

  mutating func read(row r: Int, of reader: inout TableReader) {
    let row = reader.table.rows[r]
    let isTests = row.cells.first.map { report.zones[$0.block] == .testsOfControls } ?? false
    if r == 0, isTests { reader.isForm = isForm(reader.table) }
    if reader.isForm {
      readForm(row)
      return
    }
    if let head = ColumnRoles.head(row, of: reader.table, text) {
      take(head, row, &reader)
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
    if readHeading(row, of: reader.table) { return }
    guard known.isControls || known.hasTests, !isPair(row, known) else {
      pairs.append(row.cells.map { text.passage($0.block) })
      return
    }
    read(row, r, known, &reader)
  }

  /// A row of a matrix: a criterion, and controls by their numbers alone.
  func isPair(_ row: TableRow, _ known: ColumnRoles) -> Bool {
    guard known.column(of: .criterion) != nil, known.column(of: .test) == nil,
      known.column(of: .result) == nil,
      let c = known.column(of: .control) ?? known.column(of: .id), let cell = row.cell(in: c)
    else { return false }
    let words = text.printedWords(text.passage(cell.block))
    return words.allSatisfy { $0.contains(where: \.isNumber) || $0.count <= 3 }
  }

  mutating func take(
    _ head: [(columns: Range<Int>, role: ColumnRole)], _ row: TableRow, _ reader: inout TableReader
  ) {
    let table = reader.table
    var made = ColumnRoles(columns: table.columns)
    if let before = reader.roles, reader.isDecided { made.byColumn = before.byColumn }
    made.take(head)
    if row.cells.count == 1, let guessed = ColumnRoles.guessed(table, text) {
      for c in table.columns.indices where made.byColumn[c] == nil {
        made.byColumn[c] = guessed.byColumn[c]
      }
    }
    for cell in row.cells where row.cells.count > 1 {
      made.asked[cell.columns.lowerBound] = ColumnRoles.question(text.passage(cell.block), text)
    }
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

  /// Whether a table sets a label beside each part of a control: most rows begin with one, and tests or
  /// results are among them.
  func isForm(_ table: Table) -> Bool {
    guard (2...3).contains(table.columns.count) else { return false }
    let rows = table.rows.filter { $0.cells.count == 2 && $0.cells[0].columns.lowerBound == 0 }
    guard rows.count >= 2, rows.count * 2 > table.rows.count else { return false }
    let labels = rows.prefix(24).map { label(text.passage($0.cells[0].block))?.role }
    return labels.count { $0 != nil } * 10 >= labels.count * 7
      && labels.contains(.result) && Set(labels.compactMap { $0 }).count >= 2
      && !rows.prefix(24).contains { row in
        ColumnRoles.headRole(text.passage(row.cells[1].block), text) != nil
          && text.words(text.passage(row.cells[1].block)) <= 4
          && label(text.passage(row.cells[0].block))?.role == .control
      }
  }

  /// A cell that names a part of a control; a control's number may stand behind the word.
  func label(_ passage: Passage) -> (role: ColumnRole, number: Passage?)? {
    guard text.words(passage) <= 6 else { return nil }
    if let hit = text.hits(.columnHeader, in: passage).first(where: {
      $0.value == .text(ColumnRole.control.rawValue) || $0.value == .text(ColumnRole.id.rawValue)
    }), hit.tokens.lowerBound == passage.tokens.lowerBound,
      let number = ControlID.place(behind: hit, passage, text)
    {
      return (.control, number)
    }
    return ColumnRoles.headRole(passage, text).map { ($0, nil) }
  }

  mutating func readForm(_ row: TableRow) {
    guard row.cells.count == 2, let label = label(text.passage(row.cells[0].block)) else {
      for cell in row.cells {
        if cell.columns.lowerBound == 0 {
          readBlock(cell.block)
        } else {
          goOn(text.passage(cell.block))
        }
      }
      return
    }
    if let number = label.number { take(.id, number) }
    take(
      label.role, text.passage(row.cells[1].block),
      asked: ColumnRoles.question(text.passage(row.cells[0].block), text))
  }

  /// The rest of a part, whose label stands further up.
  mutating func goOn(_ passage: Passage) {
    guard let last = open?.tests.indices.last else {
      open?.words.append(passage)
      return
    }
    if open?.tests[last].result.isEmpty == true {
      open?.tests[last].procedure.append(passage)
    } else if open?.tests[last].response.isEmpty == true {
      goOn(last, passage)
    } else {
      open?.tests[last].response.append(passage)
    }
  }

  /// A row across the whole table: a criterion, a response, a note. Tells whether it was one.
  mutating func readHeading(_ row: TableRow, of table: Table) -> Bool {
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
    if !takeDeviation(passage) { takeResponse(passage) }
    return true
  }

  mutating func readHeading(_ row: TableRow) {
    guard row.cells.count == 1, let cell = row.cells.first,
      let found = text.leadingCriteria(text.passage(cell.block))
    else { return }
    close()
    underCriteria = found.found
  }

  mutating func read(
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
    let isNumbered = id.map { _ in isNumberedByCriteria(&reader, known) } ?? false
    if let cell = id, let found = text.leadingCriteria(cell),
      found.end == cell.tokens.upperBound, criterion == nil, !isNumbered
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
    if number == nil, let cell = control,
      let leading = ControlID(leading: cell, text, isNumbered: known.isNumbered)
    {
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
    var own = ownCriteria(id, words)
    // `CC6.2.b` names its criterion where nothing else does.
    if own.isEmpty, underCriteria.isEmpty, criterion == nil,
      let found = number.flatMap({ ControlID.criterion(in: $0.text) })
    {
      own = [found]
    }
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

  /// Whether the column of numbers has such as `CC6.2-14`, which are controls' and no criteria.
  private func isNumberedByCriteria(_ reader: inout TableReader, _ known: ColumnRoles) -> Bool {
    if let told = reader.isNumberedByCriteria { return told }
    let found = known.columns(of: .id).contains { c in
      reader.table.rows.contains { row in
        guard let cell = row.cell(in: c), cell.columns.count == 1 else { return false }
        let words = text.printedWords(text.passage(cell.block))
        return words.count == 1 && ControlID.criterion(in: words[0]) != nil
      }
    }
    reader.isNumberedByCriteria = found
    return found
  }

  /// Criteria that stand with the control itself: below its number, or at the end of its words.
  func ownCriteria(_ id: Passage?, _ words: Passage?) -> [String] {
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
}
