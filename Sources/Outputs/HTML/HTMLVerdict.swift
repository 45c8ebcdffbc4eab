import SOC2Vocabulary

extension HTMLWriter {
  /// The first screen: may we rely on it, until when, what to ask, what is not known.
  mutating func verdict(_ packet: Packet) {
    let answer = packet.answer
    part(
      "verdict", "May we rely on this?", style: "verdict " + (answer?.decision.rawValue ?? "none"))
    open("div", [("class", "answer")])
    element("p", [("class", "mark")], answer?.decision.mark ?? NotAssessed.mark)
    element("p", [("class", "words")], (answer?.decision.words ?? NotAssessed.words) + ".")
    if let answer {
      element("p", [("class", "scoreline")], "Score: " + answer.scoreWords)
      reasons(answer, packet)
    }
    for review in packet.reviews { status(review, packet) }
    inBrief(packet)
    close("div")
    open("div", [("class", "cards")])
    untilWhen(packet)
    topQuestions(packet)
    unknowns(packet)
    close("div")
    endPart()
  }

  private mutating func reasons(_ answer: Assessment, _ packet: Packet) {
    guard !answer.reasons.isEmpty else { return }
    open("ul", [("class", "reasons")])
    for name in answer.reasons.prefix(Self.topLimit) {
      open("li")
      if let placed = packet.finding(named: name) {
        link(placed)
        text(placed.finding.evidence.isEmpty ? "" : " (\(pageWords(placed.finding.evidence)))")
      } else {
        text(name)
      }
      close("li")
    }
    let rest = answer.reasons.count - Self.topLimit
    if rest > 0 { element("li", [("class", "quiet")], "and \(rest) more, in the score below") }
    close("ul")
  }

  /// What a buyer asks of a report first, in the words of the facts below.
  private mutating func inBrief(_ packet: Packet) {
    for review in packet.reviews where review.namesEveryFact {
      let labels = [FactName.reportType, .system, .serviceAuditor, .opinion, .exceptions].map(
        \.label)
      let rows = review.factRows()
      open("dl", [("class", "brief")])
      for label in labels {
        guard let row = rows.first(where: { $0.label == label }) else { continue }
        element("dt", label)
        open("dd")
        if let mark = row.mark {
          chip(mark, "unknown")
          text(" ")
        }
        text(shortened(row.text, to: Self.questionLength))
        close("dd")
      }
      close("dl")
    }
  }

  /// The finding's weight and title, leading to it.
  mutating func link(_ placed: PlacedFinding) {
    chip(placed.finding.severity.word, placed.finding.severity.rawValue)
    text(" ")
    open("a", [("href", "#" + placed.anchor)])
    text(placed.finding.title)
    close("a")
  }

  /// What one document comes to, where it was not read or where there are several.
  private mutating func status(_ review: Review, _ packet: Packet) {
    // Beside its report a letter is what it should be.
    let isBeside =
      review.document.kind == .bridgeLetter
      && packet.reviews.contains { $0.document.kind == .soc2Report }
    for warning in review.warnings where !(isBeside && warning.mark == Review.otherKind) {
      open("p", [("class", "warning")])
      element("strong", warning.mark)
      text(
        (packet.reviews.count > 1 ? " (\(review.document.name))" : "")
          + (warning.text.isEmpty ? "" : " – " + warning.text))
      close("p")
    }
    if !review.document.status.isRead {
      open("p", [("class", "warning")])
      element("strong", "NOT REVIEWED: " + review.document.status.title)
      text(
        " – \(review.document.name): " + (review.document.reason ?? "no reason given") + " "
          + (review.document.status.nextStep ?? ""))
      close("p")
    } else if packet.reviews.count(where: \.namesEveryFact) > 1, !isBeside,
      let answer = review.assessment
    {
      element(
        "p", [("class", "each")],
        "\(review.document.name): \(answer.decision.words)"
          + (answer.score.map { " (\($0) of 100)" } ?? ""))
    }
  }

  private mutating func untilWhen(_ packet: Packet) {
    open("div", [("class", "card")])
    element("h3", "Until when?")
    open("dl", [("class", "dates")])
    for review in packet.reviews where review.document.kind == .soc2Report {
      for name in [FactName.period, .asOf] {
        guard let fact = review.facts[name], fact.state == .found else { continue }
        element(
          "dt", packet.reviews.count > 1 ? "\(name.label), \(review.document.name)" : name.label)
        element("dd", valueWords(name, fact.value, on: review.reviewDate))
      }
    }
    for (index, date) in (packet.answer?.dates ?? []).enumerated() {
      open("dt")
      element("span", [("class", "number")], "\(index + 1)")
      text(" " + date.kind.words)
      close("dt")
      open("dd")
      element("b", date.day.spelled)
      element("span", [("class", "quiet")], " " + date.why)
      close("dd")
    }
    if let bridge = packet.answer?.bridge {
      element("dt", "Time since")
      element("dd", bridge.words)
    }
    close("dl")
    if packet.answer == nil {
      element(
        "p", [("class", "quiet")], NotAssessed.words + ", so no further dates were worked out.")
    } else if packet.answer?.dates.isEmpty == true {
      element("p", [("class", "quiet")], "No date could be worked out.")
    }
    close("div")
  }

  private mutating func topQuestions(_ packet: Packet) {
    open("div", [("class", "card")])
    element("h3", "What must we ask?")
    let questions = packet.allQuestions
    if questions.isEmpty {
      element("p", [("class", "quiet")], "No rule asks a question.")
    } else {
      open("ol")
      for question in questions.prefix(Self.topLimit) {
        open("li")
        text(shortened(question.text, to: Self.questionLength))
        if question.to != .vendor {
          element("span", [("class", "quiet")], " To \(question.to.words).")
        }
        close("li")
      }
      close("ol")
      let rest = questions.count - Self.topLimit
      if rest > 0 {
        open("p")
        element("a", [("href", "#questions")], "All \(questions.count) questions")
        close("p")
      }
    }
    let hasReport = packet.reviews.contains(where: \.namesEveryFact)
    for review in packet.reviews where review.document.kind != .bridgeLetter || !hasReport {
      if review.document.status.isRead, let request = review.document.kind?.whatToAskFor {
        element("p", "Ask for: \(request).")
      }
    }
    close("div")
  }

  /// What is open, loudly: what a buyer looks for first and what could not be read.
  private mutating func unknowns(_ packet: Packet) {
    open("div", [("class", "card")])
    element("h3", "What is not known?")
    var count = 0
    open("ul", [("class", "unknowns")])
    for review in packet.reviews {
      let name = packet.reviews.count > 1 ? ", \(review.document.name)" : ""
      var points = review.factRows().filter { $0.mark != nil }
      for group in review.openPoints() where group.mark == FactState.notSearchable.mark {
        points += group.points
      }
      for point in points {
        count += 1
        open("li")
        chip(point.mark ?? "", "unknown")
        text(" \(point.label)\(name)" + (point.text.isEmpty ? "" : ": \(point.text)"))
        close("li")
      }
    }
    if count == 0 {
      element(
        "li", [("class", "quiet")],
        packet.reviews.contains { $0.document.status.isRead }
          ? "Nothing that a summary must name; see what was not established below."
          : "Everything: no document was read.")
    }
    close("ul")
    close("div")
  }

  /// What half a minute of reading bears.
  private static let topLimit = 5
  private static let questionLength = 230
}

extension PlacedFinding {
  /// Where it stands on the page.
  var anchor: String { "finding-\(review.map { "\($0 + 1)" } ?? "all")-\(index + 1)" }
}
