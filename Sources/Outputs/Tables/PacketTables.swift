import PageText
public import SOC2Vocabulary

/// The tables of a packet, in the order of the sheets.
public func tables(_ packet: Packet) -> [SheetTable] {
  [
    summaryTable(packet), findingsTable(packet), questionsTable(packet), exceptionsTable(packet),
    controlsTable(packet), userEntityTable(packet), subserviceTable(packet),
    evidenceTable(packet), notFoundTable(packet), diagnosticsTable(packet),
  ]
}

/// The findings, one a row: those on the documents together first.
public func findingsTable(_ packet: Packet) -> SheetTable {
  let names = packet.documentNames
  let found = packet.namedFindings
  let ids = unique(found.map { packet.externalID($0.finding.id, of: $0.document) })
  let points = Dictionary(
    (packet.answer?.points ?? []).map { (packet.fullName($0.finding), $0) },
    uniquingKeysWith: { a, _ in a })
  let deciding = packet.answer?.reasons.map(packet.fullName) ?? []
  return SheetTable(
    title: "Findings",
    columns: [
      .init("Document", width: 24), .severity, .init("Code", width: 22),
      .init("Finding", width: 70), .init("Pages", width: 12), .init("Quote", width: 50),
      .init("Points", width: 8), .init("Why so many", width: 30),
      .init("Reason of decision", width: 12), .init("Finding id", width: 24),
      .init("External id", width: 34), .madeWith,
    ],
    rows: zip(found, ids).map { named, id in
      let finding = named.finding
      return [
        .text(named.document.map { names[$0] } ?? everyDocument), .text(finding.severity.word),
        .text(finding.code), .text(finding.message), .text(pageWords(finding.evidence)),
        .lines(quotes(finding.evidence)), .number(points[named.name]?.points),
        .text(points[named.name]?.why),
        .number(deciding.firstIndex(of: named.name).map { $0 + 1 }), .text(named.name), .text(id),
        packet.madeWith,
      ]
    })
}

/// The questions in their order, with columns for who sees to them; behind them those that the documents
/// answer, with the answer.
public func questionsTable(_ packet: Packet) -> SheetTable {
  let names = packet.documentNames
  let asked = packet.namedQuestions.map { ($0, AnsweredQuestion?.none) }
  let answered = packet.namedAnswered.map { ($0.question, AnsweredQuestion?.some($0)) }
  let questions = asked + answered
  let ids = unique(
    questions.map { packet.externalID($0.0.id, of: packet.document(of: $0.0)) })
  return SheetTable(
    title: "Questions",
    columns: [
      .init("No.", width: 6), .init("To", width: 18), .init("Question", width: 70),
      .init("Why", width: 44), .init("Evidence asked for", width: 34),
      .init("Document", width: 24), .init("Pages", width: 12), .init("Findings", width: 24),
      .init("Owner", width: 18, isForReader: true),
      .init(
        "Status", width: 14, choices: ["open", "asked", "answered", "closed", "not needed"],
        isForReader: true),
      .init("Answer", width: 40, isForReader: true), .init("External id", width: 34), .madeWith,
    ],
    rows: zip(questions, ids).enumerated().map { index, entry in
      let ((question, answer), id) = entry
      return [
        .number(index + 1), .text(question.to.words), .text(question.text), .text(question.why),
        .text(question.evidenceAsked),
        .text(packet.document(of: question).map { names[$0] } ?? everyDocument),
        .text(pageWords(question.evidence)), .lines(question.findings), .empty,
        .text(answer == nil ? "open" : "answered"),
        .lines(answer.map { [$0.words] + quotes($0.evidence) } ?? []), .text(id), packet.madeWith,
      ]
    })
}

/// Everything that facts, findings and kinds of document rest on.
private func evidenceTable(_ packet: Packet) -> SheetTable {
  let names = packet.documentNames
  var rows: [[SheetTable.Cell]] = []
  func add(_ document: Int, _ point: String, _ evidence: [Evidence]) {
    for piece in evidence {
      rows.append([
        .text(names[document]), .text(point), .number(piece.page), .text(piece.pageLabel),
        .text(piece.section.words), .text(piece.quote),
        .text(piece.source == .ocr ? "OCR" : "text"),
      ])
    }
  }
  for (index, review) in packet.reviews.enumerated() {
    add(index, "Kind of document", review.document.kindReasons)
    for name in FactName.readingOrder {
      guard let fact = review.facts[name] else { continue }
      add(index, name.label, fact.evidence)
      for reading in fact.readings {
        add(index, "\(name.label): \(reading.section.words)", reading.evidence)
      }
    }
    for finding in review.findings {
      add(index, "Finding \(index + 1)/\(finding.id)", finding.evidence)
    }
  }
  return SheetTable(
    title: "Evidence",
    columns: [
      .init("Document", width: 24), .init("For", width: 30), .init("Page", width: 8),
      .init("Printed page", width: 12), .init("Part", width: 24), .init("Quote", width: 90),
      .init("Read from", width: 10),
    ], rows: rows)
}

/// What was looked for and is not established, and where was looked.
private func notFoundTable(_ packet: Packet) -> SheetTable {
  let names = packet.documentNames
  var rows: [[SheetTable.Cell]] = []
  for (index, review) in packet.reviews.enumerated() {
    for name in FactName.readingOrder {
      guard let fact = review.shown(name), let mark = fact.state.mark,
        !review.isMoot(name, fact)
      else { continue }
      rows.append([
        .text(names[index]), .text(name.label), .text(mark), .text(review.row(name, fact).text),
        .lines(review.ledger(name).flatMap(\.rules)),
      ])
    }
  }
  return SheetTable(
    title: "Not found",
    columns: [
      .init("Document", width: 24), .init("Point", width: 30), .marks,
      .init("Where was looked, or why not", width: 80), .init("Rules", width: 36),
    ], rows: rows)
}

/// Trouble in reading, and documents that could not be reviewed or fit nowhere.
private func diagnosticsTable(_ packet: Packet) -> SheetTable {
  let names = packet.documentNames
  var rows: [[SheetTable.Cell]] = packet.diagnostics.map {
    [.text(everyDocument), .text($0.code), .number($0.page), .text($0.message)]
  }
  for (index, review) in packet.reviews.enumerated() {
    if review.document.status != .ok {
      rows.append([
        .text(names[index]), .text(review.document.status.rawValue), .empty,
        .lines(
          [review.document.reason ?? review.document.status.title]
            + (review.document.status.nextStep.map { [$0] } ?? [])),
      ])
    }
    rows += review.diagnostics.map {
      [.text(names[index]), .text($0.code), .number($0.page), .text($0.message)]
    }
  }
  return SheetTable(
    title: "Diagnostics",
    columns: [
      .init("Document", width: 24), .init("Code", width: 26), .init("Page", width: 8),
      .init("Message", width: 90),
    ], rows: rows)
}

extension SheetTable.Column {
  /// The last column of the lists that leave the workbook, so that a row still tells what made it.
  static let madeWith = SheetTable.Column("Made with", width: 30)
  static let severity = SheetTable.Column(
    "Severity", width: 11,
    tones: [
      .init(word: Severity.critical.word, tone: .alarm),
      .init(word: Severity.high.word, tone: .alarm),
      .init(word: Severity.medium.word, tone: .caution),
    ])
  static let marks = SheetTable.Column(
    "State", width: 16,
    tones: FactState.allCases.compactMap { state in
      state.mark.map { .init(word: $0, tone: state == .notSearched ? .caution : .alarm) }
    })
}

extension Packet {
  /// Program, rules and policy; the same for all documents of a packet.
  var madeWith: SheetTable.Cell { .text(reviews.first?.tool.words) }
}

/// What stands for a document where something is about all of them.
let everyDocument = "all documents"

/// The quotes, each once.
func quotes(_ evidence: [Evidence]) -> [String] {
  var seen: Set<String> = []
  return evidence.map(\.quote).filter { !$0.isEmpty && seen.insert($0).inserted }.map { "“\($0)”" }
}
