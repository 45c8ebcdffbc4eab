import PageText
import SOC2Vocabulary

/// May we rely on it, until when, and what each document says.
func summaryTable(_ packet: Packet) -> SheetTable {
  var rows: [[SheetTable.Cell]] = []
  func add(
    _ point: String, _ text: String, _ evidence: [Evidence] = [], document: String? = nil
  ) {
    rows.append([
      .text(point), .text(text), .text(pageWords(evidence)), .lines(quotes(evidence)),
      .text(document),
    ])
  }
  let names = packet.documentNames
  add("Documents", packet.title)
  add("Decision", packet.decisionWords)
  if let assessment = packet.answer {
    add("Score", assessment.scoreWords)
    for name in assessment.reasons {
      guard let reason = packet.finding(named: name) else {
        add("Reason", name)
        continue
      }
      add(
        "Reason",
        "\(reason.finding.severity.word) – \(reason.finding.title). \(reason.finding.message)",
        reason.finding.evidence, document: reason.review.map { names[$0] } ?? everyDocument)
    }
    add("Time since the report", assessment.bridge.words)
    for date in assessment.dates { add(date.kind.words, "\(date.day.spelled): \(date.why)") }
  }
  for span in packet.coverage {
    add(
      "Time covered", "\(span.from.spelled) to \(span.to.spelled): \(span.by.words)",
      document: span.document)
  }
  if !packet.findings.isEmpty {
    add(
      "Findings", "\(packet.findings.count)", document: everyDocument)
  }
  add("Questions", "\(packet.namedQuestions.count)", document: everyDocument)
  let answered = packet.namedAnswered.count
  if answered > 0 { add(AnsweredQuestion.heading, "\(answered)", document: everyDocument) }
  for note in packet.diagnostics { add("Note", note.message, document: everyDocument) }
  for (index, review) in packet.reviews.enumerated() {
    let document = names[index]
    add("Document", review.title, review.document.kindReasons, document: document)
    add("Reviewed", review.occasion, document: document)
    if !review.document.status.isRead {
      add(
        review.document.status.title,
        [review.document.reason, review.document.status.nextStep].compactMap(\.self)
          .joined(separator: " "), document: document)
    }
    for warning in review.warnings { add(warning.mark, warning.text, document: document) }
    if review.document.status.isRead, let request = review.document.kind?.whatToAskFor {
      add("Ask for", request + ".", document: document)
    }
    for row in review.factRows() {
      add(
        row.label,
        [row.mark, row.text.isEmpty ? nil : row.text].compactMap(\.self)
          .joined(separator: " – "), row.evidence, document: document)
      for reading in row.readings {
        add("– \(reading.place)", reading.text, reading.evidence, document: document)
      }
    }
    if review.document.status.isRead {
      add("Findings", "\(review.findings.count)", document: document)
    }
    add("Read", review.readingWords, document: document)
    add("Made with", review.provenance, document: document)
  }
  for tool in packet.tools {
    add("Rules", "\(tool.rulesPack) \(tool.rulesVersion), sha256 \(tool.rulesSHA256)")
    add("Policy", "\(tool.policyName), sha256 \(tool.policySHA256)")
  }
  let decisions = Decision.allCases.map { decision in
    SheetTable.TonedWord(word: decision.mark, tone: decision.tone)
  }
  let states = FactState.allCases.compactMap { state in
    state.mark.map { SheetTable.TonedWord(word: $0, tone: .alarm) }
  }
  return SheetTable(
    title: "Summary",
    columns: [
      .init("Point", width: 28),
      .init(
        "What is known", width: 80,
        tones: decisions + [.init(word: NotAssessed.mark, tone: .alarm)] + states),
      .init("Pages", width: 14), .init("Quote", width: 60), .init("Document", width: 26),
    ], rows: rows)
}

extension Decision {
  var tone: SheetTable.Tone {
    switch self {
    case .accept: .good
    case .conditions: .caution
    case .insufficient, .reject: .alarm
    }
  }
}
