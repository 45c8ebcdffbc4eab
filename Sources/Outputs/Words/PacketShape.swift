import SOC2Vocabulary

/// A finding with the name by which decision and questions call it.
struct NamedFinding {
  /// `2/bridgeUnsigned` for one of the second document, the id alone for one of all documents.
  var name: String
  /// The place of its document in the packet, from 0; nil where it is about all of them.
  var document: Int?
  var finding: Finding
}

extension Packet {
  /// Those on the documents together first, then those of each document.
  var namedFindings: [NamedFinding] {
    findings.map { NamedFinding(name: $0.id, document: nil, finding: $0) }
      + reviews.enumerated().flatMap { index, review in
        review.findings.map {
          NamedFinding(name: "\(index + 1)/\($0.id)", document: index, finding: $0)
        }
      }
  }

  /// The name of a finding as `namedFindings` has it; a review of its own calls it by its id alone.
  func fullName(_ name: String) -> String {
    guard reviews.count == 1, !name.contains("/"), !findings.contains(where: { $0.id == name })
    else { return name }
    return "1/" + name
  }

  /// All questions with the full names of their findings, in the order in which they were ranked; those
  /// of the documents, one after the other, where nobody ranked them together.
  var namedQuestions: [FollowUpQuestion] {
    let all =
      questions.isEmpty
      ? reviews.enumerated().flatMap { index, review in
        review.questions.map { question in
          var question = question
          question.findings = question.findings.map { "\(index + 1)/\($0)" }
          return question
        }
      } : questions
    return all.map { question in
      var question = question
      question.findings = question.findings.map(fullName)
      return question
    }
  }

  /// The answered questions, named as `namedQuestions`.
  var namedAnswered: [AnsweredQuestion] {
    let all =
      questions.isEmpty && answered.isEmpty
      ? reviews.enumerated().flatMap { index, review in
        review.answered.map { one in
          var one = one
          one.question.findings = one.question.findings.map { "\(index + 1)/\($0)" }
          return one
        }
      } : answered
    return all.map { one in
      var one = one
      one.question.findings = one.question.findings.map(fullName)
      return one
    }
  }

  /// The document a question is about, by the first of its findings that is about one.
  func document(of question: FollowUpQuestion) -> Int? {
    for name in question.findings {
      if let slash = name.firstIndex(of: "/"), let place = Int(name[..<slash]),
        reviews.indices.contains(place - 1)
      {
        return place - 1
      }
    }
    return reviews.count == 1 ? 0 : nil
  }

  /// What to call each document; told apart where two have one name.
  var documentNames: [String] {
    let names = reviews.map(\.document.name)
    return names.enumerated().map { index, name in
      names.count { $0 == name } == 1 ? name : "\(name) [document \(index + 1)]"
    }
  }

  /// The decision for people: `ACCEPT – Rely on it`.
  var decisionWords: String {
    guard let answer else { return "\(NotAssessed.mark) – \(NotAssessed.words)" }
    return "\(answer.decision.mark) – \(answer.decision.words)"
  }

  /// With what the reviews were made, each once.
  var tools: [ToolRecord] {
    reviews.map(\.tool).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// The review date; the same in all documents of a packet. Nil where there is none.
  var reviewDate: Day? { reviews.first?.reviewDate }

  /// Whose documents they are: as the caller says, else as the first report that says so.
  var vendorName: String? {
    vendor
      ?? reviews.lazy.compactMap {
        $0.context.vendor ?? $0.facts[.serviceOrganization]?.found?.text
      }
      .first
  }
}
