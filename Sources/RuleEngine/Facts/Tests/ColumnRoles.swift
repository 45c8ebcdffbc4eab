import PageText
import ReportStructure
import SOC2Vocabulary
import TextMatching

/// What a column of a table holds.
enum ColumnRole: String {
  case id, criterion, control, test, result, response, organization, service, method
  case subserviceControl = "subservice-control"
  case userEntityControl = "user-entity-control"
  case monitoring, reason, deviation, topic

  /// The role that the words of a head name; what asks for a result is one.
  init?(head: String) {
    guard ColumnRoles.Question(rawValue: head) == nil else {
      self = .result
      return
    }
    self.init(rawValue: head)
  }
}

/// What each column of a table holds, by the words of its head.
struct ColumnRoles {
  var byColumn: [Int: ColumnRole] = [:]
  /// What the head of a column of results asks, to be answered with yes or no.
  enum Question: String {
    case failed = "exceptions-asked"
    case worked = "effective-asked"
  }

  /// The columns whose heads ask something.
  var asked: [Int: Question] = [:]
  /// The words of each control begin with its number: `7 Backups are kept`.
  var isNumbered = false
  /// Where the columns stand, for tables that go on without a head of their own.
  var columns: [ClosedRange<Float>] = []

  init(columns: [ClosedRange<Float>] = []) { self.columns = columns }

  /// Where the cells of a head name them.
  mutating func take(_ head: [(columns: Range<Int>, role: ColumnRole)]) {
    for cell in head { for c in cell.columns { byColumn[c] = cell.role } }
  }

  /// What a head asks, if it does.
  static func question(_ passage: Passage, _ text: TestText) -> Question? {
    text.hits(.columnHeader, in: passage).lazy.compactMap { hit in
      hit.value.text.flatMap(Question.init)
    }.first
  }

  func column(of role: ColumnRole) -> Int? { columns(of: role).first }

  func columns(of role: ColumnRole) -> [Int] {
    byColumn.filter { $0.value == role }.keys.sorted()
  }

  var hasTests: Bool {
    column(of: .result) != nil && (column(of: .test) != nil || column(of: .control) != nil)
  }

  /// A list of exceptions with what management answers has neither of these.
  var isControls: Bool {
    column(of: .control) != nil || (column(of: .id) != nil && column(of: .test) != nil)
  }

  /// The roles of a row's cells if it is a head: two cells or more that are the words of heads and little
  /// else, and not the same.
  static func head(
    _ row: TableRow, of table: Table, _ text: TestText
  ) -> [(columns: Range<Int>, role: ColumnRole)]? {
    var found: [(Range<Int>, ColumnRole)] = []
    var others = 0
    let cells = parted(row, of: table, text)
    for (columns, passage) in cells {
      if let role = headRole(passage, text) {
        found.append((columns, role))
      } else if cells.count == row.cells.count {
        others += 1
      }
    }
    guard Set(found.map(\.1)).count >= 2, found.count > others else { return nil }
    return found
  }

  /// The cells of a row; where no lines part a head, its words by the columns they stand over.
  private static func parted(
    _ row: TableRow, of table: Table, _ text: TestText
  ) -> [(columns: Range<Int>, passage: Passage)] {
    let whole = row.cells.map { ($0.columns, text.passage($0.block)) }
    guard row.cells.count == 1, let cell = row.cells.first, cell.columns.count > 1,
      text.words(text.passage(cell.block)) <= 20,
      text.leadingCriteria(text.passage(cell.block)) == nil
    else { return whole }
    var parts: [(columns: Range<Int>, passage: Passage)] = []
    let passage = text.passage(cell.block)
    for i in passage.tokens {
      let box = text.text.box(of: i)
      let x = box.x0 + 1
      guard let column = cell.columns.first(where: { table.columns[$0].contains(x) }) else {
        return whole
      }
      if let last = parts.last, last.columns.lowerBound == column {
        parts[parts.count - 1].passage.tokens = last.passage.tokens.lowerBound..<i + 1
      } else {
        // Heads of several lines run through each other.
        guard !parts.contains(where: { $0.columns.lowerBound >= column }) else { return whole }
        // A sentence over all columns has no gaps between them.
        if let last = parts.last?.passage.tokens.last {
          let before = text.text.box(of: last)
          if before.y0 < box.y1, box.y0 < before.y1, box.x0 - before.x1 < box.height * 0.7 {
            return whole
          }
        }
        parts.append((column..<column + 1, Passage(tokens: i..<i + 1, block: cell.block)))
      }
    }
    // Two heads beside each other may be read as one, `Control` and `Test`: such are short at least.
    let isHead = parts.allSatisfy {
      headRole($0.passage, text) != nil || text.words($0.passage) <= 3
    }
    return parts.count > 1 && isHead ? parts : whole
  }

  /// Fills in what the head leaves open, by what the columns hold: a column of numbers under "Control #" is
  /// no column of controls, results may stand under "What we found".
  mutating func complete(_ table: Table, _ text: TestText) {
    // A dozen rows show what a column holds.
    func cells(_ c: Int) -> [Passage] { Self.cells(of: table.rows.prefix(14), c, text) }
    func most(_ c: Int, _ test: (Passage) -> Bool) -> Bool {
      let all = cells(c).filter { Self.headRole($0, text) == nil }
      return !all.isEmpty && Self.isMost(of: all, test)
    }
    for c in table.columns.indices
    where byColumn[c] == .control && most(c, { ControlID(cell: $0, text) != nil }) {
      byColumn[c] = .id
    }
    let open = table.columns.indices.filter { byColumn[$0] == nil }
    // Numbers may stand under a head without words: `#`.
    let first = byColumn.filter { $0.value != .criterion }.keys.min() ?? 0
    if column(of: .id) == nil,
      let numbers = open.first(where: { c in
        c < first
          && most(c) { text.leadingCriteria($0) == nil && ControlID(cell: $0, text) != nil }
      })
    {
      byColumn[numbers] = .id
    }
    if column(of: .id) == nil, let c = column(of: .control) {
      isNumbered = Self.isNumbered(
        cells(c).compactMap { text.printedWords($0).first }.filter { $0.utf8.count <= 5 })
    }
    // "Finding", "Deviation": a column of what deviated holds the results where there is no other.
    if column(of: .result) == nil, let told = column(of: .deviation),
      column(of: .id) != nil
        || column(of: .test) != nil || column(of: .control) != nil,
      column(of: .response) == nil
        || column(of: .test) != nil
    {
      byColumn[told] = .result
    }
    // Results may stand under any head, and in more than one column.
    if column(of: .test) != nil || column(of: .control) != nil {
      for c in open where byColumn[c] == nil {
        if most(c, { text.tellsResult($0) && text.hits(.testKind, in: $0).isEmpty }) {
          byColumn[c] = .result
        }
      }
    }
    if column(of: .control) == nil, column(of: .result) != nil || column(of: .id) != nil {
      let widest = open.filter { byColumn[$0] == nil }.map { c in
        (c, cells(c).reduce(0) { $0 + text.words($1) })
      }.max { ($0.1, -$0.0) < ($1.1, -$1.0) }
      if let widest, widest.1 > 2 * table.rows.count { byColumn[widest.0] = .control }
    }
  }

  /// The cells of a column that are in no other.
  private static func cells(
    of rows: ArraySlice<TableRow>, _ c: Int, _ text: TestText
  ) -> [Passage] {
    rows.flatMap { row in
      row.cells.filter { $0.columns == c..<c + 1 }.map { text.passage($0.block) }
    }
  }

  /// Whether words are numbers that go up, but for a few.
  private static func isNumbered(_ words: [String]) -> Bool {
    let numbers = words.compactMap { Int($0.filter { $0 != "." && $0 != ")" }) }
    return numbers.count >= 3 && zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 }
  }

  private static func isMost(of cells: [Passage], _ test: (Passage) -> Bool) -> Bool {
    cells.count(where: test) * 10 >= cells.count * 6
  }

  /// The role a cell names, if it is the words of a head and little else.
  static func headRole(_ passage: Passage, _ text: TestText) -> ColumnRole? {
    let words = text.words(passage)
    guard (1...14).contains(words) else { return nil }
    let best = text.hits(.columnHeader, in: passage).filter {
      $0.tokens.upperBound <= passage.tokens.upperBound
    }.max {
      let (a, b) = (starts($0, passage), starts($1, passage))
      return a != b ? b : coverage($0, text) < coverage($1, text)
    }
    guard let best, let role = best.value.text.flatMap(ColumnRole.init(head:)) else { return nil }
    let covered = coverage(best, text)
    // "No exceptions noted" has the words of a head in it.
    if text.hits(.resultWording, in: passage).contains(where: { coverage($0, text) > covered }) {
      return nil
    }
    // "Controls specified by Orrery Health Technologies": a head goes on with a name.
    let begins = best.tokens.lowerBound <= passage.tokens.lowerBound + 3
    let isNamed = begins && (covered >= 2 ? words <= 12 : role == .response && words <= 6)
    return covered * 2 >= words || isNamed ? role : nil
  }

  /// "Control activity specified by the service organization" is about controls, not organizations.
  private static func starts(_ hit: Hit, _ passage: Passage) -> Bool {
    hit.tokens.lowerBound <= passage.tokens.lowerBound + 1
  }

  private static func coverage(_ hit: Hit, _ text: TestText) -> Int {
    text.words(Passage(tokens: hit.tokens, block: hit.block))
  }

  /// The roles for a table without a head, from the table before that stood in the same columns.
  func carried(to table: Table) -> ColumnRoles? {
    guard !columns.isEmpty else { return nil }
    var out = ColumnRoles(columns: table.columns)
    var used: Set<Int> = []
    for (c, column) in table.columns.enumerated() {
      let best = columns.indices.map { ($0, Self.overlap(column, columns[$0])) }
        .max { $0.1 < $1.1 }
      guard let best, best.1 > 0.6, used.insert(best.0).inserted else { return nil }
      out.byColumn[c] = byColumn[best.0]
      out.asked[c] = asked[best.0]
    }
    out.isNumbered = isNumbered
    return out.byColumn.isEmpty ? nil : out
  }

  private static func overlap(_ a: ClosedRange<Float>, _ b: ClosedRange<Float>) -> Float {
    let shared = min(a.upperBound, b.upperBound) - max(a.lowerBound, b.lowerBound)
    let smaller = min(a.upperBound - a.lowerBound, b.upperBound - b.lowerBound)
    return shared / max(1, smaller)
  }

  /// The roles for a table whose head nobody knows, by what most of its cells say.
  static func guessed(_ table: Table, _ text: TestText) -> ColumnRoles? {
    guard table.columns.count >= 2, table.rows.count >= 3 else { return nil }
    var out = ColumnRoles(columns: table.columns)
    var open: [Int: Int] = [:]
    for c in table.columns.indices {
      let cells = cells(of: table.rows[...], c, text)
      guard cells.count >= 3 else { continue }
      func most(_ test: (Passage) -> Bool) -> Bool { isMost(of: cells, test) }
      if most({ text.tellsResult($0) && text.words($0) < 60 }) {
        out.byColumn[c] = .result
      } else if most({ !text.hits(.testKind, in: $0).isEmpty }) {
        out.byColumn[c] = .test
      } else if most({ text.leadingCriteria($0) != nil && text.words($0) < 12 }) {
        out.byColumn[c] = .criterion
      } else if most({ ControlID(cell: $0, text) != nil }) {
        out.byColumn[c] = .id
      } else {
        open[c] = cells.reduce(0) { $0 + text.words($1) }
      }
    }
    guard out.column(of: .result) != nil else { return nil }
    if let widest = open.max(by: { ($0.value, -$0.key) < ($1.value, -$1.key) }) {
      out.byColumn[widest.key] = .control
    }
    return out.isControls || out.column(of: .test) != nil ? out : nil
  }
}

/// The number or name by which a report calls a control.
struct ControlID: Hashable {
  var text: String

  /// Letters and digits only, for telling whether two are the same.
  var key: String { Self.key(text) }

  static func key(_ word: String) -> String { kept(word.lowercased()) }

  /// A word's letters and numbers, and the marks that are told. Nearly all words are ASCII, where that
  /// need not be looked up.
  private static func kept(_ word: String, _ marks: String = "") -> String {
    guard word.utf8.allSatisfy({ $0 < 0x80 }) else {
      return word.filter { $0.isLetter || $0.isNumber || marks.contains($0) }
    }
    return String(
      decoding: word.utf8.filter {
        $0 >= 0x30 && $0 <= 0x39 || ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A
          || marks.utf8.contains($0)
      }, as: UTF8.self)
  }

  /// From a cell of ids: the whole cell, without a note that the row goes on.
  init?(cell: Passage, _ text: TestText) {
    guard cell.tokens.count <= 24 else { return nil }
    var words = text.printedWords(cell).filter { !Self.isContinuation($0) }
    // Criteria may stand below the number.
    if words.count > 1, let first = words.first {
      words = [first] + words.dropFirst().filter { !Self.isCriterion($0) }
    }
    guard (1...3).contains(words.count) else { return nil }
    // A number that a line end broke at its hyphen: `ITGC-` `04`.
    let joined = words.reduce(into: "") { out, word in
      out += out.isEmpty || out.last == "-" ? word : " " + word
    }
    guard joined.count <= 24, joined.contains(where: \.isNumber) else { return nil }
    self.text = Self.trimmed(joined)
  }

  /// From the first words of a control's own cell: printed on a line of its own, or followed by a mark.
  ///
  /// - Parameter isNumbered: a bare number counts as well.
  init?(leading passage: Passage, _ text: TestText, isNumbered: Bool = false) {
    guard let place = passage.tokens.first.map({ text.text.tokens[$0].place }),
      let first = text.printedWords(passage).first, first.count <= 16,
      first.contains(where: \.isNumber)
    else { return nil }
    let rest = passage.tokens.drop { text.text.tokens[$0].place == place }
    let isAlone = rest.first.map { text.text.tokens[$0].flags.contains(.lineStart) } ?? true
    let next = rest.first.map { text.text.tokens[$0] }
    let isFollowed = next.map { $0.kind == .mark && [0x3A, 0x2D].contains($0.mark) } ?? false
    let isCompound =
      first.contains(where: \.isLetter) && first.contains { $0 == "." || $0 == "-" }
      || first.filter({ $0 == "." }).count >= 2
    let isBare = isNumbered && first.allSatisfy { $0.isNumber || $0 == "." || $0 == ")" }
    guard isAlone || isFollowed || isCompound || isBare else { return nil }
    self.text = Self.trimmed(first)
    count = passage.tokens.count - rest.count
  }

  /// From the word behind a label: `Control AC-4`.
  ///
  /// - Returns: the tokens of the number, nil where another word stands there.
  static func place(behind label: Hit, _ passage: Passage, _ text: TestText) -> Passage? {
    let rest = passage.from(label.tokens.upperBound)
    guard let place = rest.tokens.first.map({ text.text.tokens[$0].place }),
      let word = text.printedWords(rest).first, word.count <= 16,
      word.contains(where: \.isNumber), word.last != ":" || word.count > 1
    else { return nil }
    let end = rest.tokens.first { text.text.tokens[$0].place != place }
    return rest.upTo(end ?? rest.tokens.upperBound)
  }

  /// From the end of a control's own cell, in brackets: `Backups are kept (BK-02)`.
  init?(trailing passage: Passage, _ text: TestText) {
    guard let last = text.printedWords(passage).last, last.first == "(", last.last == ")",
      last.contains(where: \.isNumber), last.contains(where: \.isLetter), last.count <= 16,
      let place = passage.tokens.last.map({ text.text.tokens[$0].place }),
      !Self.isCriterion(last)
    else { return nil }
    self.text = String(last.dropFirst().dropLast())
    count = passage.tokens.count { text.text.tokens[$0].place == place }
  }

  /// The criterion in the number of a control: CC6.2 in `CC6.2.b`, `CC6.2-14`, `CC8.1.39`. A single figure
  /// behind a hyphen may be the end of a range.
  static func criterion(in word: String) -> String? {
    let trimmed = trimmed(word)
    guard let mark = trimmed.lastIndex(where: { $0 == "-" || $0 == "." || $0 == "_" }) else {
      return nil
    }
    let prefix = String(trimmed[..<mark]).uppercased()
    let tail = trimmed[trimmed.index(after: mark)...]
    guard (1...3).contains(tail.count), Criteria.isKnown(prefix) else { return nil }
    let isNumber = tail.allSatisfy { $0.isASCII && $0.isNumber }
    let isLetter = tail.count == 1 && tail.allSatisfy { $0.isASCII && $0.isLetter }
    let isRange = trimmed[mark] == "-" && isNumber && tail.count == 1
    return (isNumber || isLetter) && !isRange ? prefix : nil
  }

  /// How many tokens it takes at the head of a control's cell.
  private(set) var count = 0

  private static func trimmed(_ text: String) -> String {
    var out = text[...]
    while let last = out.last, ":.;,–—-".contains(last) { out = out.dropLast() }
    // Hyphens that do not break are hyphens.
    return String(out.map { $0 == "\u{2010}" || $0 == "\u{2011}" ? "-" : $0 })
  }

  private static func isCriterion(_ word: String) -> Bool {
    Criteria.isKnown(kept(word, "."))
  }

  static func isContinuation(_ word: String) -> Bool {
    guard word.utf8.count >= 4 else { return false }
    return word.lowercased().lazy.filter(\.isLetter).starts(with: "cont")
  }

  static func == (a: ControlID, b: ControlID) -> Bool { a.key == b.key }
  func hash(into hasher: inout Hasher) { hasher.combine(key) }
}
