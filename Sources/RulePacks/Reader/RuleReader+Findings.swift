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
    var each: String?
    if element["each"] != nil {
      each = factPath(element, "each")
      namedParts = []
    }
    let path = oneLine(element["severity"] ?? "")
    let severity: FindingRule.Grading
    if path == RuleShapes.entrySeverity || RuleShapes.measuredSeverities.contains(path) {
      severity = .by(path)
      if path == RuleShapes.entrySeverity { namedParts?.insert("severity") }
    } else {
      severity = .always(choice(element, "severity"))
    }
    var title = ""
    var message = ""
    for child in element.elements("title") { title = template(child) }
    for child in element.elements("message") { message = template(child) }
    let conditions = element.elements("when").map { condition($0) }
    let questions = element.elements("question").map { question($0) }
    partsOfFindings.append(namedParts ?? [])
    namedParts = nil
    return FindingRule(
      code: code, each: each, severity: severity, conditions: conditions, title: title,
      message: message, questions: questions, line: element.line)
  }

  private mutating func question(_ element: Element) -> FindingRule.Question {
    let conditions = element.elements("when").map { condition($0) }
    var answers: [FindingRule.Answer] = []
    for child in element.elements("answer") {
      let tests = [condition(child)] + child.elements("when").map { condition($0) }
      answers.append(
        FindingRule.Answer(fact: tests[0].fact, conditions: tests, text: template(child)))
    }
    let text = template(element)
    var evidence: String?
    if element["evidence"] != nil {
      evidence = filled(element, "evidence")
      checkTemplate(evidence ?? "", at: element)
    }
    return FindingRule.Question(
      id: element["id"] ?? "", to: choice(element, "to"), conditions: conditions, answers: answers,
      text: text,
      evidenceAsked: evidence)
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
    if case .number(let least?, let most?) = test, least > most {
      log.report("at-least is more than at-most", at: element, "at-least")
    }
    let fact = factPath(element, "fact")
    if case .isPresent = test, !fact.hasPrefix(FindingRule.entry + ".") {
      // What could not be read is not there either, and must not be taken for absent.
      log.report(
        "present is for parts of an entry; test a fact by its state", at: element, "present")
    }
    return Condition(fact: fact, test: test, line: element.line)
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
    if element["at-least"] != nil || element["at-most"] != nil {
      return .number(atLeast: number("at-least"), atMost: number("at-most"))
    }
    if let runs = element["says"] { return .says(wordRuns(runs)) }
    if let runs = element["says-none"] { return .saysNone(wordRuns(runs)) }
    if let present = element["present"] { return .isPresent(oneLine(present) == "yes") }
    if element["count-at-least"] != nil || element["count-at-most"] != nil {
      return .count(atLeast: number("count-at-least"), atMost: number("count-at-most"))
    }
    return .days(atLeast: number("days-at-least"), atMost: number("days-at-most"))
  }

  /// The path of a fact in an attribute; an unknown one is reported.
  mutating func factPath(_ element: Element, _ attribute: String) -> String {
    let path = element[attribute] ?? ""
    if let problem = problem(in: path) {
      log.report("\(attribute) \(quoted(path)) \(problem)", at: element, attribute)
    }
    return path
  }

  /// What is wrong with a path where it stands; parts of an entry are taken down.
  private mutating func problem(in path: String) -> String? {
    let problem = FactPaths.problem(in: path, hasEntry: namedParts != nil)
    if problem == nil, path.hasPrefix(FindingRule.entry + ".") {
      namedParts?.insert(String(path.dropFirst(FindingRule.entry.count + 1)))
    }
    return problem
  }

  // MARK: - Texts with facts in braces

  private mutating func template(_ element: Element) -> String {
    let text = text(element)
    checkTemplate(text, at: element)
    return text
  }

  /// Whether each `{` and `[` has its partner, each fact exists, and each part in brackets names one.
  private mutating func checkTemplate(_ text: String, at element: Element) {
    var path: [UInt8]?
    var factsInBrackets: Int?
    // By bytes: brackets are ASCII, and cutting a text into characters costs much more than looking at them.
    for byte in text.utf8 {
      switch (UnicodeScalar(byte), path) {
      case ("{", nil): path = []
      case ("}", let bytes?):
        let name = String(decoding: bytes, as: UTF8.self)
        if let problem = problem(in: name) {
          log.report("placeholder \(quoted("{\(name)}")) \(problem)", at: element)
        }
        factsInBrackets? += 1
        path = nil
      case ("{", _), ("}", _), ("[", _?), ("]", _?):
        log.report(
          "'\(path == nil ? "}" : "{")' has no partner; a fact stands between { and }", at: element)
        return
      case ("[", nil):
        guard factsInBrackets == nil else {
          log.report("'[' stands inside another; brackets do not nest", at: element)
          return
        }
        factsInBrackets = 0
      case ("]", nil):
        guard let count = factsInBrackets else {
          log.report("']' has no partner; what may be left out stands between [ and ]", at: element)
          return
        }
        if count == 0 {
          log.report(
            "what stands between [ and ] names no fact, so it would never be left out", at: element)
        }
        factsInBrackets = nil
      case (_, .some): path?.append(byte)
      case (_, nil): break
      }
    }
    if path != nil {
      log.report("'{' has no partner; a fact stands between { and }", at: element)
    } else if factsInBrackets != nil {
      log.report("'[' has no partner; what may be left out stands between [ and ]", at: element)
    }
  }
}
