import SOC2Vocabulary

extension HTMLWriter {
  mutating func timeline(_ packet: Packet) {
    part("timeline", "Timeline")
    if let drawing = Timeline(packet) {
      drawing.draw(&self)
      table("Who speaks for which time", ["From", "To", "Days", "Who speaks", "Document"]) {
        writer in
        for span in packet.coverage {
          writer.open("tr", [("class", "span-" + span.by.style)])
          writer.element("td", span.from.spelled)
          writer.element("td", span.to.spelled)
          writer.element("td", "\(span.from.days(to: span.to) + 1)")
          writer.element("td", span.by.words)
          writer.element("td", span.document ?? "")
          writer.close("tr")
        }
      }
    } else {
      element(
        "p", [("class", "quiet")],
        "Not drawn: which time is covered by a report or a letter was not worked out.")
    }
    endPart()
  }

  mutating func findings(_ packet: Packet) {
    let count = packet.findings.count + packet.reviews.reduce(0) { $0 + $1.findings.count }
    part("findings", "Findings (\(count))")
    if count == 0 {
      element(
        "p",
        packet.reviews.contains { $0.document.status.isRead }
          ? "No rule made a finding of what was read." : "No document was read.")
    }
    if !packet.findings.isEmpty {
      element("h3", "On the documents together")
      for (index, finding) in packet.findings.enumerated() {
        self.finding(PlacedFinding(review: nil, index: index, finding: finding))
      }
    }
    for (place, review) in packet.reviews.enumerated() where !review.findings.isEmpty {
      if packet.reviews.count > 1 { element("h3", review.document.name) }
      for (index, finding) in review.findings.enumerated() {
        self.finding(PlacedFinding(review: place, index: index, finding: finding))
      }
    }
    endPart()
  }

  private mutating func finding(_ placed: PlacedFinding) {
    let finding = placed.finding
    open(
      "article", [("class", "finding \(finding.severity.rawValue)"), ("id", placed.anchor)])
    open("h4")
    chip(finding.severity.word, finding.severity.rawValue)
    text(" " + finding.title + " ")
    element("code", finding.code)
    close("h4")
    element("p", finding.message)
    if let review = placed.review {
      proof(finding.evidence, document: review, tint: finding.severity.rawValue)
    }
    close("article")
  }

  /// The score as a sum that anyone can do again.
  mutating func score(_ packet: Packet) {
    guard let answer = packet.answer else { return }
    part("score", "Score: " + answer.scoreWords)
    element(
      "p",
      "\(answer.decision.mark): \(answer.decision.words). The score begins at 100; each finding "
        + "takes off what the policy says. What decides stands first above, whatever the score.")
    table("The sum", ["Points", "Finding", "Why"], style: "sum") { writer in
      writer.row("100", "begins at", "")
      for points in answer.points {
        writer.open("tr")
        writer.element("td", [("class", "points")], "−\(points.points)")
        writer.open("td")
        if let placed = packet.finding(named: points.finding) {
          writer.link(placed)
        } else {
          writer.text(points.finding)
        }
        writer.close("td")
        writer.element("td", points.why)
        writer.close("tr")
      }
      writer.open("tr", [("class", "total")])
      writer.element("td", [("class", "points")], answer.score.map { "\($0)" } ?? "–")
      writer.element("td", "score")
      writer.element("td", answer.score == nil ? answer.scoreWords : "never below 0")
      writer.close("tr")
    }
    endPart()
  }

  private mutating func row(_ points: String, _ what: String, _ why: String) {
    open("tr")
    element("td", [("class", "points")], points)
    element("td", what)
    element("td", why)
    close("tr")
  }

  mutating func questions(_ packet: Packet) {
    let questions = packet.allQuestions
    part("questions", "Questions (\(questions.count))")
    if questions.isEmpty { element("p", "No rule asks a question.") }
    for addressee in FollowUpQuestion.Addressee.allCases {
      let asked = questions.enumerated().filter { $0.element.to == addressee }
      guard !asked.isEmpty else { continue }
      element("h3", "To \(addressee.words) (\(asked.count))")
      open("ol", [("class", "questions")])
      for (index, question) in asked {
        // Numbered as in every other output.
        open("li", [("value", "\(index + 1)")])
        element(
          "p", [("class", "ask")],
          question.text
            + (question.evidence.isEmpty ? "" : " (\(pageWords(question.evidence)))"))
        if let asked = question.evidenceAsked {
          element("p", "Asks for: " + asked)
        }
        element("p", [("class", "quiet")], "Why: " + question.why)
        close("li")
      }
      close("ol")
    }
    answered(packet)
    endPart()
  }

  private mutating func answered(_ packet: Packet) {
    let all = packet.namedAnswered
    guard !all.isEmpty else { return }
    element("h3", "\(AnsweredQuestion.heading) (\(all.count))")
    open("ul", [("class", "questions")])
    for one in all {
      open("li")
      element("p", [("class", "ask")], one.question.text)
      element("p", "Answer: " + one.words)
      for quote in quotes(one.evidence) { element("p", [("class", "quiet")], quote) }
      close("li")
    }
    close("ul")
  }
}
