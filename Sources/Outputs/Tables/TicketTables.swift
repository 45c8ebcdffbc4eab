public import SOC2Vocabulary

/// The findings as Jira's CSV import takes them: one issue each, with the questions that settle it. The
/// column `External issue ID` lets an import be repeated.
public func jiraTable(_ packet: Packet) -> SheetTable {
  SheetTable(
    title: "Jira",
    columns: [
      "Summary", "Issue Type", "Priority", "Labels", "Description", "External issue ID",
    ].map { .init($0, width: 20) },
    rows: packet.tickets.map { ticket in
      [
        .text(shortened(ticket.title, to: jiraSummary)), .text("Task"),
        .text(ticket.severity.jiraPriority), .text("soc2 soclens \(ticket.code)"),
        .lines(ticket.lines.map { jiraText(inert($0)) }), .text(ticket.id),
      ]
    })
}

/// The findings as a ServiceNow import set; `u_external_id` is the column to coalesce on.
public func serviceNowTable(_ packet: Packet) -> SheetTable {
  SheetTable(
    title: "ServiceNow",
    columns: [
      "u_external_id", "u_short_description", "u_description", "u_severity", "u_category",
      "u_vendor", "u_document", "u_pages", "u_review_date",
    ].map { .init($0, width: 20) },
    rows: packet.tickets.map { ticket in
      [
        .text(ticket.id), .text(shortened(ticket.title, to: serviceNowTitle)),
        .lines(ticket.lines), .text(ticket.severity.serviceNowSeverity), .text(ticket.code),
        .text(packet.vendorName), .text(ticket.document), .text(ticket.pages),
        .text(packet.reviewDate?.description),
      ]
    })
}

/// A summary in Jira has at most 255 letters, a short description in ServiceNow 160; both leave room for
/// the sign that it was cut.
private let jiraSummary = 240
private let serviceNowTitle = 150

/// One piece of work in another system.
private struct Ticket {
  var id: String
  var code: String
  var severity: Severity
  var title: String
  var document: String
  var pages: String
  var lines: [String]
}

extension Packet {
  /// One for each finding, with its questions; then one for each question that rests on none.
  fileprivate var tickets: [Ticket] {
    let names = documentNames
    let found = namedFindings
    let questions = namedQuestions
    let answered = namedAnswered
    var tickets = found.map { named in
      let finding = named.finding
      let document = named.document.map { names[$0] } ?? everyDocument
      let pages = pageWords(finding.evidence)
      return Ticket(
        id: externalID(finding.id, of: named.document), code: finding.code,
        severity: finding.severity,
        title: (vendorName.map { $0 + ": " } ?? "") + finding.title, document: document,
        pages: pages,
        lines: [finding.message, "Document: " + document + (pages.isEmpty ? "" : ", " + pages)]
          + quotes(finding.evidence)
          + questions.filter { $0.findings.contains(named.name) }.flatMap(questionLines)
          + answered.filter { $0.question.findings.contains(named.name) }.flatMap(answeredLines)
          + reviews.prefix(1).map(\.provenance))
    }
    let known = Set(found.map(\.name))
    for question in questions where known.isDisjoint(with: question.findings) {
      let document = self.document(of: question)
      tickets.append(
        Ticket(
          id: externalID(question.id, of: document), code: "question", severity: .info,
          title: (vendorName.map { $0 + ": " } ?? "") + question.text,
          document: document.map { names[$0] } ?? everyDocument,
          pages: pageWords(question.evidence), lines: questionLines(question)))
    }
    let ids = unique(tickets.map(\.id))
    for index in tickets.indices { tickets[index].id = ids[index] }
    return tickets
  }
}

private func questionLines(_ question: FollowUpQuestion) -> [String] {
  ["Question to \(question.to.words): \(question.text)"]
    + (question.evidenceAsked.map { ["Asks for: " + $0] } ?? [])
}

private func answeredLines(_ one: AnsweredQuestion) -> [String] {
  ["Not asked: \(one.question.text)", "Answer: \(one.words)"] + quotes(one.evidence)
}

/// Text in which Jira finds no macro, link, picture or mention.
func jiraText(_ text: String) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "{", "[", "!", "|", "\\":
      result += "\\"
      result.unicodeScalars.append(scalar)
    case "/" where result.hasSuffix(":"):
      // A bare address becomes a link unless it is torn.
      result += " /"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}

extension Severity {
  /// The names of Jira's default priorities.
  fileprivate var jiraPriority: String {
    switch self {
    case .critical: "Highest"
    case .high: "High"
    case .medium: "Medium"
    case .low: "Low"
    case .info: "Lowest"
    }
  }

  /// ServiceNow's choices, by number and name.
  fileprivate var serviceNowSeverity: String {
    switch self {
    case .critical, .high: "1 - High"
    case .medium: "2 - Medium"
    case .low, .info: "3 - Low"
    }
  }
}
