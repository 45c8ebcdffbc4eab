import PageText
public import SOC2Vocabulary

/// The review as a text to paste into a ticket: facts with page and quote, findings, questions to
/// tick off, and what is not established.
public func markdown(_ review: Review) -> String {
  var writer = MarkdownWriter()
  writer.review(review)
  return writer.text
}

/// Several documents, one after the other.
public func markdown(_ packet: Packet) -> String {
  var writer = MarkdownWriter()
  writer.paragraph("# " + escaped(packet.title))
  writer.block(verdictLines(packet.verdict))
  writer.section("Who speaks for which time", packet.coverageLines.map { "- " + escaped($0) })
  if !packet.findings.isEmpty { writer.section("Findings", findingLines(packet.findings)) }
  writer.section(
    "Documents without a part in it", packet.diagnostics.map { "- " + escaped($0.message) })
  writer.section("Questions", questionLines(packet.questions))
  writer.section(AnsweredQuestion.heading, answeredLines(packet.answered))
  for review in packet.reviews { writer.review(review, inPacket: true) }
  return writer.text
}

/// Paragraphs and lists with one blank line between.
private struct MarkdownWriter {
  private(set) var text = ""

  mutating func paragraph(_ line: String) { block([line]) }

  mutating func block(_ lines: [String]) {
    guard !lines.isEmpty else { return }
    if !text.isEmpty { text += "\n" }
    for line in lines { text += line + "\n" }
  }

  mutating func section(_ title: String, _ lines: [String]) {
    guard !lines.isEmpty else { return }
    paragraph("### " + title)
    block(lines)
  }

  mutating func review(_ review: Review, inPacket: Bool = false) {
    paragraph("## " + escaped("\(review.title) – \(review.document.name)"))
    paragraph(escaped(review.occasion))
    if !inPacket { block(verdictLines(review.verdict)) }
    for warning in review.warnings {
      paragraph("> **\(warning.mark)** – " + escaped(warning.text))
    }
    block(statusLines(review.document) + requestLines(review.document))
    section("Facts", factLines(review.factRows()))
    if review.document.status.isRead || !review.findings.isEmpty {
      section("Findings", findingLines(review.findings))
    }
    section("Points", pointLines(review.assessment))
    if !inPacket {
      section("Questions", questionLines(review.questions))
      section(AnsweredQuestion.heading, answeredLines(review.answered))
    }
    section("Not established", openLines(review))
    section(
      "Notes on reading the file",
      review.notes.map { "- " + escaped($0.message) + ($0.page.map { " (p. \($0))" } ?? "") })
    block([escaped(review.readingWords), "", escaped(review.provenance)])
  }
}

private func statusLines(_ document: DocumentRecord) -> [String] {
  guard !document.status.isRead else { return [] }
  var lines = [
    "- **\(document.status.title)**: nothing in this file was reviewed.",
    "- Reason: " + escaped(document.reason ?? "not given"),
  ]
  if let step = document.status.nextStep { lines.append("- Next step: " + escaped(step)) }
  return lines
}

private func requestLines(_ document: DocumentRecord) -> [String] {
  guard document.status.isRead, let request = document.kind?.whatToAskFor else { return [] }
  return ["- Ask for: " + escaped(request) + "."]
    + document.kindReasons.map { "- Known by: " + quote([$0]) + pages([$0]) }
}

private func factLines(_ rows: [FactRow]) -> [String] {
  guard !rows.isEmpty else { return [] }
  var lines = ["| Fact | What the document says | Page | Quote |", "| --- | --- | --- | --- |"]
  for row in rows {
    let mark = row.mark.map { "**\($0)**" + (row.text.isEmpty ? "" : " – ") } ?? ""
    lines.append(
      cells([
        row.label, mark + escaped(shortened(row.text, to: textLength)),
        escaped(pageWords(row.evidence)), quote(row.evidence),
      ]))
    for reading in row.readings {
      lines.append(
        cells([
          "– \(reading.place)", escaped(shortened(reading.text, to: textLength)),
          escaped(pageWords(reading.evidence)), quote(reading.evidence),
        ]))
    }
  }
  return lines
}

private func verdictLines(_ verdict: VerdictWords?) -> [String] {
  guard let verdict else { return [] }
  var lines = [
    "- **Decision: \(verdict.mark)** – " + escaped("\(verdict.words). Score: \(verdict.score).")
  ]
  lines += verdict.reasons.map { "  - because of: " + escaped($0) }
  lines += verdict.dates.map { escaped("- \($0.label): \($0.day)") }
  lines.append("- Time since the report: " + escaped(verdict.bridge))
  return lines
}

/// The sum behind the score, for those who want to do it again.
private func pointLines(_ assessment: Assessment?) -> [String] {
  guard let assessment, let score = assessment.score else { return [] }
  return assessment.points.filter { $0.points > 0 }.map {
    "- \($0.points) for " + escaped("\($0.finding): \($0.why)")
  } + ["- 100 less \(assessment.points.reduce(0) { $0 + $1.points }), at least 0: \(score)"]
}

private func findingLines(_ findings: [Finding]) -> [String] {
  if findings.isEmpty { return ["No rule made a finding of what was read."] }
  return findings.map { finding in
    let quoted = quote(finding.evidence)
    return "- **\(finding.severity.word)** " + escaped(finding.code + ": " + finding.message)
      + pages(finding.evidence) + (quoted.isEmpty ? "" : " " + quoted)
  }
}

private func questionLines(_ questions: [FollowUpQuestion]) -> [String] {
  questions.enumerated().flatMap { index, question in
    var lines = [
      "- [ ] \(index + 1). To \(question.to.words): " + escaped(question.text)
        + pages(question.evidence),
      "  Why: " + escaped(question.why),
    ]
    if let asked = question.evidenceAsked { lines.append("  Asks for: " + escaped(asked)) }
    return lines
  }
}

private func answeredLines(_ all: [AnsweredQuestion]) -> [String] {
  all.flatMap { one in
    let quoted = quote(one.evidence)
    return [
      "- " + escaped(one.question.text),
      "  Answer: " + escaped(one.words) + (quoted.isEmpty ? "" : " " + quoted),
    ]
  }
}

private func openLines(_ review: Review) -> [String] {
  review.openPoints().flatMap { group in
    group.points.map { point in
      "- **\(group.mark)**: " + escaped(point.label)
        + (point.text.isEmpty ? "" : " – " + escaped(point.text)) + pages(point.evidence)
    }
  }
}

private func cells(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }

private func pages(_ evidence: [Evidence]) -> String {
  evidence.isEmpty ? "" : " (\(escaped(pageWords(evidence))))"
}

/// The beginning of the first piece of evidence; the others are found by their pages.
private func quote(_ evidence: [Evidence]) -> String {
  guard let first = evidence.first, !first.quote.isEmpty else { return "" }
  return "“\(escaped(shortened(first.quote, to: quoteLength)))”"
}

/// What a cell of a table bears; the whole text is in the JSON record.
private let textLength = 400
private let quoteLength = 140
