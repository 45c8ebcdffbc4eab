import RuleEngine
import SOC2Vocabulary
import Scoring

/// The document with each of its exceptions graded by the policy's model, the sum beside the grade.
func graded(_ document: DocumentExtract, by policy: Policy) -> DocumentExtract {
  guard var fact = document.facts.facts[.exceptions] else { return document }
  var out = document
  fact.value = graded(fact.value, by: policy.exceptions)
  for i in fact.readings.indices {
    fact.readings[i].value = graded(fact.readings[i].value, by: policy.exceptions)
  }
  out.facts.facts[.exceptions] = fact
  out.facts.setTogether(fact.value.list ?? fact.readings.first?.value.list ?? [], policy.exceptions)
  return out
}

extension DocumentFacts {
  /// What exceptions of one family weigh together, for findings.
  fileprivate mutating func setTogether(_ entries: [Value], _ model: ExceptionModel) {
    let graded = entries.map { entry in
      (
        severity: entry["severity"]?.text.flatMap(Severity.init(rawValue:)) ?? .medium,
        families: Set(
          (entry["criteria"]?.list ?? []).compactMap {
            $0.text?.split(separator: ".").first.map(String.init)
          })
      )
    }
    guard let together = model.together(graded) else { return }
    let members = together.members.map { entries[$0] }
    for (name, value) in [
      ("exceptionsTogether", Value.text(together.severity.rawValue)),
      ("crowdedFamilies", .list(together.families.map(Value.text))),
      (
        "crowdedControls",
        .list(
          members.map { $0["controlId"]?.text.map(Value.text) ?? .text("one without a number") })
      ),
    ] {
      derived["document." + name] = FactTable.Entry(
        state: .found, value: value,
        evidence: members.flatMap { $0["evidence"]?.proof.prefix(1) ?? [] })
    }
  }
}

private func graded(_ value: Value, by model: ExceptionModel) -> Value {
  guard case .list(let entries) = value else { return value }
  return .list(
    entries.map { entry in
      guard case .object(var members) = entry else { return entry }
      let grade = model.grade(ExceptionTraits(entry))
      members["severity"] = .text(grade.severity.rawValue)
      members["grade"] = .object([
        "score": .number(grade.score),
        "steps": .list(
          grade.steps.map { step in
            .object([
              "points": .number(step.points), "what": .text(step.what), "why": .text(step.why),
            ])
          }
            + grade.bounds.map { bound in
              .object([
                "points": .number(0),
                "what": .text(
                  "\(bound.isFloor ? "at least" : "at most") \(bound.severity.rawValue)"),
                "why": .text(bound.why),
              ])
            }),
      ])
      return .object(members)
    })
}

extension ExceptionTraits {
  /// From an entry of the fact `exceptions`.
  fileprivate init(_ entry: Value) {
    let traits = Set((entry["traits"]?.list ?? []).compactMap(\.text))
    let response = entry["managementResponse"]
    let isApart = response?["unaudited"]?.bool ?? false
    self.init(
      nature: entry["nature"]?.text.flatMap(ExceptionNature.init(rawValue:)) ?? .other,
      secondaryNatures: (entry["otherNatures"]?.list ?? []).compactMap {
        $0.text.flatMap(ExceptionNature.init(rawValue:))
      },
      rate: ExceptionRate(
        deviations: entry["deviations"]?.number, sampleSize: entry["sampleSize"]?.number,
        isWhole: traits.contains("whole")),
      isDesign: traits.contains("design"), isRepeat: traits.contains("repeat"),
      isPervasive: traits.contains("pervasive"), privilegedNamed: traits.contains("privileged"),
      isLate: traits.contains("late"), hasResponse: response != nil && response != .null,
      responseInOtherInformation: isApart, noMisuse: traits.contains("no-misuse"),
      remediatedBeforeReport: traits.contains("remediated"),
      compensated: traits.contains("compensated"),
      namedInBasis: traits.contains("named-in-basis"))
  }
}
