import PageText
public import SOC2Vocabulary

/// The review record: the form in which other programs read a review. Keys are sorted and nothing
/// depends on time or machine, so the same review gives the same bytes.
public func json(_ review: Review, style: JSONStyle = .pretty) -> [UInt8] {
  var writer = JSONWriter(style)
  writer.review(review)
  writer.finish()
  return writer.bytes
}

/// The record of several documents.
public func json(_ packet: Packet, style: JSONStyle = .pretty) -> [UInt8] {
  var writer = JSONWriter(style)
  writer.packet(packet)
  writer.finish()
  return writer.bytes
}

extension JSONWriter {
  mutating func packet(_ packet: Packet) {
    openObject()
    list("answered", packet.answered) { $0.answered($1) }
    key("assessment")
    assessment(packet.assessment)
    list("coverage", packet.coverage) { $0.span($1) }
    list("diagnostics", packet.diagnostics) { $0.diagnostic($1) }
    list("findings", packet.findings) { $0.finding($1) }
    list("questions", packet.questions) { $0.question($1) }
    list("reviews", packet.reviews) { $0.review($1) }
    member("schema", Packet.schema)
    member("vendor", packet.vendor)
    closeObject()
  }

  mutating func review(_ review: Review) {
    openObject()
    list("answered", review.answered) { $0.answered($1) }
    key("assessment")
    assessment(review.assessment)
    key("context")
    context(review.context)
    list("diagnostics", review.diagnostics) { $0.diagnostic($1) }
    key("document")
    document(review.document)
    facts(of: review)
    list("findings", review.findings) { $0.finding($1) }
    list("questions", review.questions) { $0.question($1) }
    member("reviewDate", review.reviewDate.description)
    member("schema", Review.schema)
    list("searched", review.searched) { $0.searched($1) }
    key("tool")
    tool(review.tool)
    closeObject()
  }

  private mutating func assessment(_ assessment: Assessment?) {
    guard let assessment else { return null() }
    openObject()
    member("bridge", assessment.bridge.rawValue)
    list("dates", assessment.dates) { writer, date in
      writer.openObject()
      writer.member("date", date.day.description)
      writer.member("kind", date.kind.rawValue)
      writer.member("why", date.why)
      writer.closeObject()
    }
    member("decision", assessment.decision.rawValue)
    list("points", assessment.points) { writer, points in
      writer.openObject()
      writer.member("finding", points.finding)
      writer.member("points", points.points)
      writer.member("why", points.why)
      writer.closeObject()
    }
    member("reasons", assessment.reasons)
    if let score = assessment.score { member("score", score) } else { nullMember("score") }
    closeObject()
  }

  private mutating func span(_ span: CoverageSpan) {
    openObject()
    member("by", span.by.rawValue)
    member("document", span.document)
    member("from", span.from.description)
    member("to", span.to.description)
    closeObject()
  }

  private mutating func context(_ context: ReviewContext) {
    openObject()
    member("incidents", context.incidents.map(\.description))
    member("products", context.products)
    member("requiredCategories", context.requiredCategories.map(\.rawValue))
    member("tier", context.tier)
    member("vendor", context.vendor)
    closeObject()
  }

  private mutating func diagnostic(_ diagnostic: Diagnostic) {
    openObject()
    member("code", diagnostic.code)
    member("message", diagnostic.message)
    if let page = diagnostic.page { member("page", page) }
    closeObject()
  }

  private mutating func finding(_ finding: Finding) {
    openObject()
    member("code", finding.code)
    member("evidence", finding.evidence)
    member("facts", finding.facts)
    member("id", finding.id)
    member("message", finding.message)
    member("rule", finding.rule)
    if let severity = finding.ruleSeverity { member("ruleSeverity", severity.rawValue) }
    member("severity", finding.severity.rawValue)
    member("title", finding.title)
    closeObject()
  }

  private mutating func answered(_ answered: AnsweredQuestion) {
    openObject()
    key("answer")
    openObject()
    member("document", answered.document)
    member("evidence", answered.evidence)
    member("text", answered.answer)
    closeObject()
    members(of: answered.question)
    closeObject()
  }

  private mutating func question(_ question: FollowUpQuestion) {
    openObject()
    members(of: question)
    closeObject()
  }

  private mutating func members(of question: FollowUpQuestion) {
    member("evidence", question.evidence)
    member("evidenceAsked", question.evidenceAsked)
    member("findings", question.findings)
    member("id", question.id)
    member("text", question.text)
    member("to", question.to.rawValue)
    member("why", question.why)
  }

  private mutating func searched(_ searched: Searched) {
    openObject()
    member("fact", searched.fact)
    member("pages", searched.pages)
    member("rules", searched.rules)
    member("sections", searched.sections.map(\.rawValue))
    member("state", searched.state.rawValue)
    closeObject()
  }

  mutating func tool(_ tool: ToolRecord) {
    openObject()
    key("policy")
    openObject()
    member("name", tool.policyName)
    member("sha256", tool.policySHA256)
    closeObject()
    key("rules")
    openObject()
    member("pack", tool.rulesPack)
    member("sha256", tool.rulesSHA256)
    member("version", tool.rulesVersion)
    closeObject()
    member("version", ToolRecord.version)
    closeObject()
  }
}
