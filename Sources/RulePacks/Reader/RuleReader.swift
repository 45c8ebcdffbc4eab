import SOC2Vocabulary
import TextMatching
import XMLTree

/// Makes a rule of a tree that has the right shape, and reports what no schema can say.
///
/// Its functions are spread over this folder: facts and zones here, then phrases, findings, examples.
struct RuleReader {
  var log: ProblemLog
  /// The id that the file's path gives.
  let id: String
  /// Whether the examples are read, which prove a rule but play no part in a review.
  let withExamples: Bool
  /// While a finding for each entry is read: the parts of the entry that it names.
  var namedParts: Set<String>?
  /// The same of every finding that was read, in order.
  var partsOfFindings: [Set<String>] = []

  init(_ file: SourceFile, id: String, withExamples: Bool = true) {
    log = ProblemLog(file)
    self.id = id
    self.withExamples = withExamples
  }

  mutating func rule(_ root: Element) -> Rule {
    let status: Rule.Status = choice(root, "status")
    if let id = root["id"], id != self.id {
      log.report("id \(quoted(id)) is not the path of the file, '\(self.id)'", at: root, "id")
    }
    var rule = Rule(
      id: id, status: status, since: root["since"] ?? "", title: child("title", of: root),
      why: child("why", of: root), references: root.elements("reference").map { text($0) },
      facts: [], zones: [], findings: [], examples: [], file: log.file.shown)
    // A retired rule keeps its file and its name. What it once said may use words that are gone.
    guard status != .retired else { return rule }
    rule.facts = root.elements("fact").compactMap { fact($0) }
    rule.zones = root.elements("zone").map { zone($0) }
    rule.findings = root.elements("finding").map { finding($0) }
    guard withExamples else { return rule }
    for list in root.elements("examples") {
      rule.examples = list.elements.compactMap { example($0, of: rule) }
    }
    checkCoverage(of: rule, root)
    return rule
  }

  // MARK: - Facts and zones

  private mutating func fact(_ element: Element) -> FactRule? {
    let name = element["name"] ?? ""
    let kind: FactRule.Kind = choice(element, "kind")
    let scope = element.elements("scope").map { self.scope($0) }.first ?? Scope()
    var cases: [FactRule.Case] = []
    if kind == .choice {
      cases = element.elements("case").map { self.case($0) }
    } else {
      for phrase in element.elements("phrase") { checkValueSlot(phrase, kind) }
      cases = [matchers(element, value: "", points: 1)]
    }
    guard let target = FactTarget(name: name) else {
      let advice = Spelling.advice(for: name, among: FactPaths.names)
      log.report("fact \(quoted(name)) \(advice)", at: element, "name")
      return nil
    }
    return FactRule(target: target, kind: kind, scope: scope, cases: cases, line: element.line)
  }

  private mutating func scope(_ element: Element) -> Scope {
    let zones = words(element["zone"] ?? "").compactMap(Zone.init(rawValue:))
    return Scope(
      zones: Set(zones), place: element["place"] == nil ? .body : choice(element, "place"),
      under: phrases("under", of: element), firstPages: element["first-pages"].flatMap { Int($0) })
  }

  private mutating func `case`(_ element: Element) -> FactRule.Case {
    let value = filled(element, "value")
    return matchers(element, value: value, points: element["points"].flatMap { Int($0) } ?? 1)
  }

  private mutating func matchers(_ element: Element, value: String, points: Int) -> FactRule.Case {
    FactRule.Case(
      value: value, points: points, phrases: phrases("phrase", of: element),
      unless: phrases("unless", of: element), line: element.line)
  }

  private mutating func zone(_ element: Element) -> ZoneRule {
    ZoneRule(
      zone: choice(element, "name"), headings: phrases("heading", of: element),
      wholeHeadings: phrases("whole-heading", of: element),
      unless: phrases("unless", of: element), openings: phrases("opening", of: element),
      line: element.line)
  }

  // MARK: - Words and values

  /// The text of an element in one line; empty text is reported.
  mutating func text(_ element: Element) -> String {
    // Elements within have their own words.
    let line = oneLine(
      element.children.map { if case .text(let part) = $0 { part } else { " " } }.joined())
    if line.isEmpty { log.report("'\(element.name)' has no words", at: element) }
    return line
  }

  private mutating func child(_ name: String, of element: Element) -> String {
    for child in element.elements(name) { return text(child) }
    return ""
  }

  /// The value of an attribute that must not be empty.
  mutating func filled(_ element: Element, _ attribute: String) -> String {
    let value = oneLine(element[attribute] ?? "")
    if value.isEmpty { log.report("\(attribute) is empty", at: element, attribute) }
    return value
  }

  /// The value of a closed vocabulary, whose spelling the shape has checked.
  func choice<Choice: RawRepresentable<String>>(_ element: Element, _ attribute: String) -> Choice {
    guard let value = element[attribute], let choice = Choice(rawValue: oneLine(value)) else {
      preconditionFailure("the shape of '\(element.name)' must be checked before it is read")
    }
    return choice
  }
}
