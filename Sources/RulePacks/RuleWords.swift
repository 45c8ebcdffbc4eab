import SOC2Vocabulary
public import TextMatching

/// A rule in words, for `soclens rules explain`.
public func ruleInWords(_ rule: Rule) -> String {
  var out =
    "\(rule.id) (\(rule.status.rawValue), since \(rule.since))\n\(rule.title)\n\n\(rule.why)\n"
  out += "Source: " + rule.references.joined(separator: "; ") + "\n"
  for zone in rule.zones {
    out += "\nFinds the zone \(zone.zone.rawValue)\n"
    for phrase in zone.headings { out += "  by the heading: \(phrase.words)\n" }
    for phrase in zone.wholeHeadings { out += "  by the heading alone: \(phrase.words)\n" }
    for phrase in zone.openings { out += "  by the sentence: \(phrase.words)\n" }
    for phrase in zone.unless { out += "  unless the heading has: \(phrase.words)\n" }
  }
  for fact in rule.facts {
    out += "\nReads \(fact.target.name) (\(fact.kind.rawValue)) \(fact.scope.inWords)\n"
    for option in fact.cases {
      if !option.value.isEmpty {
        out += "  \(option.value)" + (option.points == 1 ? "" : " (\(option.points) points)") + "\n"
      }
      for phrase in option.phrases { out += "    \(phrase.words)\n" }
      for phrase in option.unless { out += "    unless: \(phrase.words)\n" }
    }
  }
  for finding in rule.findings {
    out += "\nFinding \(finding.code) (\(finding.severity.words))"
    if let each = finding.each { out += ", once for each entry of \(each)" }
    out += ": \(finding.message)\n"
    for condition in finding.conditions { out += "  when \(condition.inWords)\n" }
    for question in finding.questions {
      out += "  asks the \(question.to.rawValue): \(question.text)\n"
      for condition in question.conditions { out += "    when \(condition.inWords)\n" }
      for answer in question.answers {
        let tests = answer.conditions.map(\.inWords).joined(separator: ", and ")
        out += "    answered when \(tests): \(answer.text)\n"
      }
    }
  }
  out += "\nExamples\n"
  for example in rule.examples { out += "  \(example.inWords)\n" }
  return out
}

/// The list of all rules as Markdown; a test holds the file in the repository against it.
public func ruleList(_ pack: RulePack) -> String {
  var out = """
    # The rules of the pack \(pack.name) \(pack.version)

    Written by `soclens rules docs`; do not edit. How to write a rule: README.md beside this file.

    | rule | what it is for | reads | findings | examples |
    | --- | --- | --- | --- | --- |

    """
  for rule in pack.rules {
    let reads = (rule.zones.map { "zone \($0.zone.rawValue)" } + rule.facts.map(\.target.name))
      .reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    let findings = rule.findings.map { "\($0.code) (\($0.severity.words))" }
      .reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    let status = rule.status == .stable ? "" : " (\(rule.status.rawValue))"
    out +=
      "| `\(rule.id)`\(status) | \(rule.title) | \(reads.joined(separator: ", ")) | \(findings.joined(separator: ", ")) | \(rule.examples.count) |\n"
  }
  return out
}

/// The file with which a new rule begins; it is right in form and says what to fill in.
public func ruleTemplate(_ id: String) -> String {
  """
  <?xml version="1.0" encoding="UTF-8"?>
  <rule xmlns="urn:soclens:rule:1" id="\(id)" status="draft" since="1.0">
    <title>What the rule says, in one line</title>
    <why>Why a reader of the report should care.</why>
    <reference>The standard or practice it rests on</reference>

    <fact name="placeholder" kind="choice">
      <scope zone="anywhere"/>
      <case value="unfilled">
        <phrase>words to look for</phrase>
        <unless>words that mean something else</unless>
      </case>
    </fact>

    <examples>
      <hit value="unfilled">A sentence with the <mark>words to look for</mark> in it.</hit>
      <miss because="say why this is not it">A sentence with other words.</miss>
    </examples>
  </rule>

  """
}

extension Scope {
  fileprivate var inWords: String {
    var out =
      zones.isEmpty
      ? "anywhere"
      : "in " + Zone.allCases.filter(zones.contains).map(\.rawValue).joined(separator: ", ")
    if place != .body { out += ", place \(place.rawValue)" }
    if let firstPages { out += ", on the first \(firstPages) pages" }
    if !under.isEmpty {
      out += ", under a heading with " + under.map(\.words).joined(separator: " / ")
    }
    return out
  }
}

extension Phrase {
  /// The phrase as its author wrote it, slots in braces.
  public var words: String { Self.words(parts) + (inCapitals ? " (in capitals)" : "") }

  private static func words(_ parts: [Part]) -> String {
    parts.map { part in
      switch part {
      case .word(let word): word
      case .gap(let limit): "…\(limit)…"
      case .any(let options): "(" + options.map(words).joined(separator: " | ") + ")"
      case .maybe(let inner): "[" + words(inner) + "]"
      case .slot(let kind, let name, _):
        name == "value" ? "{\(kind.rawValue)}" : "{\(kind.rawValue) \(name)}"
      }
    }.joined(separator: " ")
  }
}

extension Example {
  fileprivate var inWords: String {
    let text = words.joined(separator: " ")
    switch kind {
    case .hit(_, let value, let marked):
      let quote = marked.lowerBound < words.count ? words[marked].joined(separator: " ") : ""
      return "\(value): \(text)\n    evidence: \(quote)"
    case .miss(let because): return "not: \(text)\n    because: \(because)"
    case .raises(let expected, let day, let given):
      return "\(expected.inWords) on \(day) for " + given.map(\.inWords).joined(separator: ", ")
    case .silent(let because, let day, let given):
      return "nothing on \(day) for " + given.map(\.inWords).joined(separator: ", ")
        + "\n    because: \(because)"
    }
  }
}

extension FindingRule.Grading {
  fileprivate var words: String {
    switch self {
    case .always(let severity): severity.rawValue
    case .by(let path):
      path.hasPrefix(FindingRule.entry) ? "as the entry is graded" : "as the policy grades it"
    }
  }
}

extension Condition {
  fileprivate var inWords: String { "\(fact) \(test.inWords)" }
}

extension Condition.Test {
  fileprivate var inWords: String {
    switch self {
    case .isOneOf(let values): "is " + values.joined(separator: " or ")
    case .isNoneOf(let values): "is found and not " + values.joined(separator: " or ")
    case .state(let states): "is " + states.map(\.rawValue).joined(separator: " or ")
    case .olderThan(let months): "is more than \(months) months before the review"
    case .withinLast(let months): "is in the \(months) months before the review"
    case .afterReview: "is after the review"
    case .shorterThan(let months): "is shorter than \(months) months"
    case .longerThan(let months): "is longer than \(months) months"
    case .days(let least, let most): "has \(range(least, most)) days"
    case .daysAfter(let fact, let least, let most):
      "is \(range(least, most)) days after \(fact)"
    case .number(let least, let most): "is \(range(least, most))"
    case .isPresent(let isPresent): isPresent ? "is there" : "is not there"
    case .count(let least, let most): "has \(range(least, most)) entries"
    case .differsFrom(let fact): "differs from \(fact)"
    case .hasSeveralReadings: "is stated in more than one way"
    case .saysNone(let runs): "is found and says none of " + runs.joined(separator: ", ")
    case .says(let runs): "says " + runs.map { "\"\($0)\"" }.joined(separator: " or ")
    }
  }

  private func range(_ least: Int?, _ most: Int?) -> String {
    switch (least, most) {
    case (let least?, let most?): "\(least) to \(most)"
    case (let least?, nil): "\(least) or more"
    case (nil, let most?): "\(most) or less"
    case (nil, nil): "any number of"
    }
  }
}

extension Example.Expected {
  fileprivate var inWords: String {
    var out = findings == 1 ? code : "\(findings) × \(code)"
    if !severities.isEmpty {
      out += " (\(severities.map(\.rawValue).joined(separator: ", ")))"
    }
    if let questions { out += " asking " + questions.joined(separator: ", ") }
    if let answered { out += " answering " + answered.joined(separator: ", ") }
    return out
  }
}

extension Example.Given {
  fileprivate var inWords: String {
    var out = "\(fact) = \(value ?? state.rawValue)"
    for entry in entries { out += "; " + entry.inWords }
    return out
  }
}

extension Value {
  /// An entry of an example, its parts in the order of their names.
  fileprivate var inWords: String {
    switch self {
    case .null, .evidence: "nothing"
    case .bool(let bool): bool ? "true" : "false"
    case .number(let number): String(number)
    case .text(let text): text
    case .list(let list): list.map(\.inWords).joined(separator: " ")
    case .object(let parts):
      parts.keys.sorted().map { "\($0) \(parts[$0]?.inWords ?? "")" }.joined(separator: ", ")
    }
  }
}
