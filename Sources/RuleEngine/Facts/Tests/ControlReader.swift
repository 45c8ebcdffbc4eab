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
  let text: TestText
  let outcomes: OutcomeReader
  var controls: [ReadControl] = []
  /// Rows of other tables that pair controls with criteria, to be looked at when all ids are known.
  var pairs: [[Passage]] = []
  /// The criteria that the last heading named.
  var underCriteria: [String] = []
  var criteriaAreOfColumn = false
  var roles = ColumnRoles()
  var open: ReadControl?

  init(_ text: TestText) {
    self.text = text
    outcomes = OutcomeReader(text)
    read()
    assignPairs()
  }

  var report: Report { text.report }

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

  mutating func close() {
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
