import PageText
import SOC2Vocabulary

extension Packet {
  /// The packet with its texts run through functions, and a note on it in each review. Names that
  /// programs select by (ids, codes, states) stay.
  func rewritten(_ rewriting: Rewriting, note: Diagnostic) -> Packet {
    var packet = self
    packet.reviews = reviews.map { rewriting.review($0, note) }
    packet.findings = findings.map(rewriting.finding)
    packet.questions = questions.map(rewriting.question)
    packet.answered = answered.map(rewriting.answered)
    packet.diagnostics = diagnostics.map(rewriting.diagnostic)
    packet.assessment = assessment.map(rewriting.assessment)
    return packet
  }
}

/// What becomes of the texts of a packet.
struct Rewriting {
  /// Of texts of ours and of short values such as names and dates.
  let text: (String) -> String
  /// Of the quotes of evidence.
  let quote: (String) -> String
  /// Of values that are sentences of the document: what a control, a test or an exception says.
  let passage: (String) -> String

  /// The members of entries that hold such sentences.
  private static let passages: Set<String> = [
    "text", "control", "procedure", "result", "reason", "service",
  ]

  func review(_ review: Review, _ note: Diagnostic) -> Review {
    var review = review
    review.document.kindReasons = review.document.kindReasons.map(evidence)
    review.facts = Dictionary(
      uniqueKeysWithValues: review.facts.map { ($0.key, fact($0.key, $0.value)) })
    review.findings = review.findings.map(finding)
    review.questions = review.questions.map(question)
    review.answered = review.answered.map(answered)
    review.diagnostics = review.diagnostics.map(diagnostic) + [note]
    review.assessment = review.assessment.map(assessment)
    return review
  }

  func evidence(_ evidence: Evidence) -> Evidence {
    var evidence = evidence
    evidence.quote = quote(evidence.quote)
    return evidence
  }

  private func fact(_ name: FactName, _ fact: Fact) -> Fact {
    let isPassage = name == .basisForModification
    var fact = fact
    fact.value = value(fact.value, isPassage)
    fact.evidence = fact.evidence.map(evidence)
    fact.readings = fact.readings.map { reading in
      var reading = reading
      reading.value = value(reading.value, isPassage)
      reading.evidence = reading.evidence.map(evidence)
      return reading
    }
    return fact
  }

  private func value(_ value: Value, _ isPassage: Bool) -> Value {
    switch value {
    case .null, .bool, .number: return value
    case .text(let words): return .text(isPassage ? passage(words) : text(words))
    case .evidence(let pieces): return .evidence(pieces.map(evidence))
    case .list(let items): return .list(items.map { self.value($0, isPassage) })
    case .object(let members):
      return .object(
        Dictionary(
          uniqueKeysWithValues: members.map {
            ($0.key, self.value($0.value, Self.passages.contains($0.key)))
          }))
    }
  }

  func finding(_ finding: Finding) -> Finding {
    var finding = finding
    finding.title = text(finding.title)
    finding.message = text(finding.message)
    finding.evidence = finding.evidence.map(evidence)
    return finding
  }

  func question(_ question: FollowUpQuestion) -> FollowUpQuestion {
    var question = question
    question.text = text(question.text)
    question.why = text(question.why)
    question.evidenceAsked = question.evidenceAsked.map(text)
    question.evidence = question.evidence.map(evidence)
    return question
  }

  func answered(_ answered: AnsweredQuestion) -> AnsweredQuestion {
    var answered = answered
    answered.question = question(answered.question)
    answered.answer = text(answered.answer)
    answered.evidence = answered.evidence.map(evidence)
    return answered
  }

  func diagnostic(_ diagnostic: Diagnostic) -> Diagnostic {
    var diagnostic = diagnostic
    diagnostic.message = text(diagnostic.message)
    return diagnostic
  }

  func assessment(_ assessment: Assessment) -> Assessment {
    var assessment = assessment
    for index in assessment.points.indices {
      assessment.points[index].why = text(assessment.points[index].why)
    }
    for index in assessment.dates.indices {
      assessment.dates[index].why = text(assessment.dates[index].why)
    }
    return assessment
  }
}
