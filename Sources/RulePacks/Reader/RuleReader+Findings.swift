import SOC2Vocabulary
import XMLTree

/// Findings: conditions, messages, questions.
extension RuleReader {
  mutating func finding(_ element: Element) -> FindingRule {
    let code = filled(element, "code")
    if !code.isEmpty, !FindingCode.isKnown(code) {
      let advice = Spelling.advice(for: code, among: FindingCode.all)
      log.report("code \(quoted(code)) \(advice)", at: element, "code")
    }
    var title = ""
    var message = ""
    for child in element.elements("title") { title = template(child) }
    for child in element.elements("message") { message = template(child) }
    return FindingRule(
      code: code, severity: choice(element, "severity"),
      conditions: element.elements("when").map { condition($0) }, title: title, message: message,
      questions: element.elements("question").map { question($0) }, line: element.line)
  }

  private mutating func question(_ element: Element) -> FindingRule.Question {
    FindingRule.Question(
      id: element["id"] ?? "", to: choice(element, "to"), text: template(element),
      evidenceAsked: element["evidence"] == nil ? nil : filled(element, "evidence"))
  }

  // MARK: - Conditions

  private mutating func condition(_ element: Element) -> Condition {
    let test = test(element)
    if case .daysAfter(_, let least?, let most?) = test, least > most {
      log.report("at-least is more than at-most", at: element, "at-least")
    }
    if case .days(let least?, let most?) = test, least > most {
      log.report("days-at-least is more than days-at-most", at: element, "days-at-least")
    }
    if case .count(let least?, let most?) = test, least > most {
      log.report("count-at-least is more than count-at-most", at: element, "count-at-least")
    }
    return Condition(fact: factPath(element, "fact"), test: test, line: element.line)
  }

  private mutating func test(_ element: Element) -> Condition.Test {
    func number(_ name: String) -> Int? { element[name].flatMap { Int($0) } }
    func span(_ name: String) -> Int? { element[name].flatMap { monthCount($0) } }
    if let values = element["is"] { return .isOneOf(words(values)) }
    if let values = element["is-not"] { return .isNoneOf(words(values)) }
    if let states = element["state"] {
      return .state(words(states).compactMap(FactState.init(rawValue:)))
    }
    if let months = span("older-than") { return .olderThan(months: months) }
    if let months = span("within-last") { return .withinLast(months: months) }
    if let months = span("shorter-than") { return .shorterThan(months: months) }
    if let months = span("longer-than") { return .longerThan(months: months) }
    if element["after-review"] != nil { return .afterReview }
    if element["several-readings"] != nil { return .hasSeveralReadings }
    if element["differs-from"] != nil {
      return .differsFrom(fact: factPath(element, "differs-from"))
    }
    if element["days-after"] != nil {
      return .daysAfter(
        fact: factPath(element, "days-after"), atLeast: number("at-least"),
        atMost: number("at-most"))
    }
    if element["count-at-least"] != nil || element["count-at-most"] != nil {
      return .count(atLeast: number("count-at-least"), atMost: number("count-at-most"))
    }
    return .days(atLeast: number("days-at-least"), atMost: number("days-at-most"))
  }

  /// The path of a fact in an attribute; an unknown one is reported.
  mutating func factPath(_ element: Element, _ attribute: String) -> String {
    let path = element[attribute] ?? ""
    if let problem = FactPaths.problem(in: path) {
      log.report("\(attribute) \(quoted(path)) \(problem)", at: element, attribute)
    }
    return path
  }

  // MARK: - Texts with facts in braces

  private mutating func template(_ element: Element) -> String {
    let text = text(element)
    let open = UInt8(ascii: "{")
    let close = UInt8(ascii: "}")
    var rest = text.utf8[...]
    while let brace = rest.firstIndex(where: { $0 == open || $0 == close }) {
      guard rest[brace] == open, let end = rest[brace...].firstIndex(of: close) else {
        log.report(
          "'\(rest[brace] == open ? "{" : "}")' has no partner; a fact stands between { and }",
          at: element)
        return text
      }
      let path = String(text[text.utf8.index(after: brace)..<end])
      if let problem = FactPaths.problem(in: path) {
        log.report("placeholder \(quoted("{\(path)}")) \(problem)", at: element)
      }
      rest = rest[rest.index(after: end)...]
    }
    return text
  }
}
