import PageText
public import SOC2Vocabulary

/// One page that tells a buyer in half a minute what a document is and what it says, and loudly
/// what is not known.
public func terminalPage(
  _ review: Review, style: TerminalStyle = .plain, width: Int = 80
) -> String {
  var writer = TerminalWriter(style, width: width)
  writer.review(review)
  return writer.page
}

extension TerminalWriter {
  /// A document; within a packet without what the packet says for all of them.
  mutating func review(_ review: Review, inPacket: Bool = false) {
    heading("\(review.title) – \(review.document.name)")
    if !inPacket { paragraph(review.occasion, tint: .quiet) }
    if !review.document.status.isRead { unreadable(review.document) }
    if !inPacket { verdict(review.verdict, review.questions) }
    if !review.warnings.isEmpty { blank() }
    for warning in review.warnings {
      item(
        "!", labelTint: .alarm, mark: warning.mark, warning.text, column: 2)
    }
    if review.document.status.isRead, let kind = review.document.kind { otherKind(kind, review) }
    facts(review.factRows())
    if review.document.status.isRead || !review.findings.isEmpty { findings(review.findings) }
    if !inPacket {
      questions(review.questions)
      answered(review.answered)
    }
    openPoints(review)
    notes(review.notes)
    blank()
    paragraph(review.provenance, tint: .quiet)
    paragraph(review.readingWords)
  }

  /// The answer first: may we rely on it, until when, what to ask.
  mutating func verdict(_ verdict: VerdictWords?, _ questions: [FollowUpQuestion]) {
    guard let verdict else { return }
    blank()
    item(
      "Decision", mark: verdict.mark, verdict.words + ". Score: \(verdict.score).",
      column: Self.labelColumn)
    for (index, reason) in verdict.reasons.prefix(Self.reasonLimit).enumerated() {
      let rest = verdict.reasons.count - Self.reasonLimit
      let more = index == Self.reasonLimit - 1 && rest > 0 ? " (and \(rest) more)" : ""
      item(index == 0 ? "because of" : "", reason + more, column: Self.labelColumn)
    }
    for date in verdict.dates { item(date.label, date.day, column: Self.labelColumn) }
    item("Time since the report", verdict.bridge, column: Self.labelColumn)
    if !questions.isEmpty {
      item(
        "To ask",
        counted(questions.count { $0.to != .internal }, "question", "questions") + " below, and "
          + counted(questions.count { $0.to == .internal }, "point", "points")
          + " to settle ourselves",
        column: Self.labelColumn)
    }
  }

  private mutating func unreadable(_ document: DocumentRecord) {
    blank()
    item("Status", mark: document.status.title, "nothing in this file was reviewed", column: 11)
    item("Reason", document.reason ?? "not given", column: 11)
    if let step = document.status.nextStep { item("Next step", step, column: 11) }
  }

  private mutating func otherKind(_ kind: DocumentKind, _ review: Review) {
    guard let request = kind.whatToAskFor else { return }
    blank()
    item("Ask for", request + ".", column: Self.labelColumn)
    for reason in review.document.kindReasons {
      item(
        "Known by", "“\(shortened(reason.quote, to: Self.quoteLength))”" + pages([reason]),
        column: Self.labelColumn)
    }
  }

  private mutating func facts(_ rows: [FactRow]) {
    // Where the parts stand is for those who open the file, not for half a minute.
    let rows = rows.filter { $0.label != FactName.sections.label || $0.mark != nil }
    if !rows.isEmpty { blank() }
    for row in rows {
      item(
        row.label, mark: row.mark, shortened(row.text, to: Self.textLength),
        tail: pages(row.evidence), column: Self.labelColumn)
      for reading in row.readings {
        item(
          "-",
          reading.place + pages(reading.evidence) + ": "
            + shortened(reading.text, to: Self.textLength),
          indent: Self.labelColumn, column: Self.labelColumn + 2)
      }
    }
  }

  mutating func findings(_ findings: [Finding]) {
    blank()
    if findings.isEmpty {
      heading("Findings")
      paragraph("No rule made a finding of what was read.", indent: 2)
      return
    }
    heading("Findings (\(findings.count))")
    for finding in findings {
      item(
        finding.severity.word, labelTint: finding.severity.tint,
        "\(finding.title) (\(finding.code))" + pages(finding.evidence), indent: 2, column: 12)
    }
  }

  mutating func questions(_ questions: [FollowUpQuestion]) {
    guard !questions.isEmpty else { return }
    blank()
    heading("Questions (\(questions.count))")
    for (index, question) in questions.prefix(Self.questionLimit).enumerated() {
      item(
        "\(index + 1).", "To \(question.to.words): \(question.text)" + pages(question.evidence),
        indent: 2, column: 6)
      if let asked = question.evidenceAsked {
        item("", "Asks for: " + asked, indent: 4, column: 6)
      }
    }
    if questions.count > Self.questionLimit {
      paragraph(
        "\(questions.count - Self.questionLimit) more: see --format markdown, html or json.",
        indent: 2)
    }
  }

  /// What need not be asked, with the words that answer it.
  mutating func answered(_ all: [AnsweredQuestion]) {
    guard !all.isEmpty else { return }
    blank()
    heading("\(AnsweredQuestion.heading) (\(all.count))")
    for one in all {
      item("-", one.question.text, indent: 2, column: 4)
      item("", one.words, indent: 4, column: 6)
      for quote in quotes(one.evidence).prefix(1) {
        item("", shortened(quote, to: Self.quoteLength), indent: 4, column: 6)
      }
    }
  }

  private mutating func openPoints(_ review: Review) {
    let groups = review.openPoints()
    guard !groups.isEmpty else { return }
    blank()
    heading("Not established")
    for group in groups {
      let points = group.points.map { point in
        let isWorthSaying = group.mark != FactState.notSearched.mark && !point.text.isEmpty
        return point.label + (isWorthSaying ? " (\(point.text))" : "") + pages(point.evidence)
      }
      item(
        group.mark, labelTint: .caution, points.joined(separator: ", "), indent: 2, column: 16)
    }
  }

  private mutating func notes(_ notes: [Diagnostic]) {
    guard !notes.isEmpty else { return }
    blank()
    heading("Notes on reading the file")
    for note in notes {
      item("-", note.message + (note.page.map { " [p. \($0)]" } ?? ""), indent: 2, column: 4)
    }
  }

  private func pages(_ evidence: [Evidence]) -> String {
    evidence.isEmpty ? "" : " [\(pageWords(evidence))]"
  }

  /// Wide enough for the labels, with two columns between.
  private static let labelColumn = 29
  /// A paragraph of a report is read in the report; here a few lines of it suffice.
  private static let textLength = 320
  private static let quoteLength = 120
  /// What fits beside a decision; the findings follow below.
  private static let reasonLimit = 5
  /// More than ten questions at once are answered by nobody.
  private static let questionLimit = 10
}

extension Severity {
  fileprivate var tint: Tint {
    switch self {
    case .critical, .high: .alarm
    case .medium: .caution
    case .low, .info: .quiet
    }
  }
}
