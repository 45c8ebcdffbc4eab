import TestSupport
import Testing
import XMLTree

@testable import RulePacks

/// Holds our reader and the schema against each other on thousands of broken rules. One that only
/// one of them refuses is a fault of the program.
@Suite("Reader and schema agree")
struct AgreementTests {
  private let schema: RelaxNGSchema

  init() throws {
    schema = try RelaxNGSchema(ParsedXML(Samples.ruleSchema, file: "rule.rng"))
  }

  private func verdicts(_ text: String) throws -> (reader: [FileProblem], schema: Bool) {
    let bytes = Array(text.utf8)
    let tree = try ParsedXML(bytes, file: "a.xml")
    var checker = ShapeChecker(
      SourceFile(shown: "a.xml", bytes: bytes), namespace: RuleShapes.ruleNamespace,
      shape: RuleShapes.shape)
    checker.check(tree.root, isNamed: "rule")
    return (checker.log.problems, schema.problems(in: tree).isEmpty)
  }

  /// True when both take the file.
  @discardableResult
  private func compare(_ text: String, readerMayBeStricter: Bool = false) throws -> Bool {
    let (problems, isValid) = try verdicts(text)
    if readerMayBeStricter, !problems.isEmpty { return false }
    if problems.isEmpty != isValid {
      Issue.record("reader: \(problems.map(\.message)), schema: \(isValid)\n\(text)")
    }
    return isValid
  }

  @discardableResult
  private func compare(_ mutant: Mutant) throws -> Bool {
    try compare(
      mutant.text(namespace: RuleShapes.ruleNamespace),
      readerMayBeStricter: hasWiderForm(mutant.root))
  }

  static let goodRules = [Samples.clauses, Samples.stated, Samples.counted, Samples.graded]

  @Test("the samples themselves are good", arguments: goodRules)
  func samples(_ text: String) throws {
    let (problems, isValid) = try verdicts(text)
    #expect(problems.isEmpty)
    #expect(isValid)
  }

  @Test("on every change of an element", arguments: goodRules)
  func structure(_ text: String) throws {
    let whole = Mutant(try ParsedXML(Array(text.utf8), file: "a.xml").root)
    var taken = 0
    var refused = 0
    // Elements that are alike, with the same attributes in the same place, break alike.
    var seen: Set<[String]> = []
    for path in whole.paths {
      let kind = path.dropLast().isEmpty ? [] : [whole[Array(path.dropLast())].name]
      let names = whole[path].attributes.map(\.name)
      guard seen.insert(kind + [whole[path].name] + names).inserted else { continue }
      for mutant in whole.broken(at: path) {
        if try compare(mutant) { taken += 1 } else { refused += 1 }
      }
    }
    // The changes are worth something only if they break much and not all.
    #expect(taken > 100)
    #expect(refused > 1_000)
  }

  /// Whether an attribute has a wrong form that the schema, which draws it wider, may let pass.
  private func hasWiderForm(_ node: Mutant.Node) -> Bool {
    let element = Element(
      name: node.name, namespace: "",
      attributes: node.attributes.map { Element.Attribute(name: $0.name, value: $0.value) },
      children: node.children.map {
        switch $0 {
        case .node(let child):
          .element(
            Element(
              name: child.name, namespace: "", attributes: [], children: [], line: 1, offset: 0))
        case .text(let text): .text(text)
        }
      }, line: 1, offset: 0)
    let shape = RuleShapes.shape(of: element)
    if let names = shape?.otherNames,
      element.attributes.contains(where: { names.problem(in: $0.name) != nil })
    {
      return true
    }
    let isWider = shape?.attributes.contains { attribute in
      guard !attribute.values.isSameInSchema, let value = element[attribute.name] else {
        return false
      }
      return attribute.values.problem(in: value) != nil
    }
    if isWider == true { return true }
    return node.children.contains {
      if case .node(let child) = $0 { hasWiderForm(child) } else { false }
    }
  }

  @Test("on every value of an attribute", arguments: goodRules)
  func values(_ text: String) throws {
    let whole = Mutant(try ParsedXML(Array(text.utf8), file: "a.xml").root)
    for path in whole.paths {
      for attribute in whole[path].attributes {
        for value in Mutant.values {
          try compare(whole.setting(path, attribute.name, value))
        }
      }
    }
  }

  @Test("on two changes at once")
  func pairs() throws {
    let whole = Mutant(try ParsedXML(Array(Samples.stated.utf8), file: "a.xml").root)
    // A fixed sequence (Knuth's MMIX constants), so that a failure comes again.
    var state: UInt64 = 7
    func next(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(count))
    }
    for _ in 0..<2_000 {
      var mutant = whole
      for _ in 0..<2 {
        let path = mutant.paths[next(mutant.paths.count)]
        let broken = mutant.broken(at: path)
        mutant = broken[next(broken.count)]
      }
      try compare(mutant)
    }
  }

  static let syntaxes = [
    "<rule/>", "<rule xmlns='urn:soclens:rule:2'/>",
    Samples.clauses.replacing("<why>", with: "<why xmlns=''>"),
    Samples.clauses.replacing("<gap ", with: "<gap xmlns='urn:other' "),
    Samples.clauses.replacing("rule:1\"", with: "rule:1\" xmlns:x=\"urn:x\" x:y=\"z\""),
    Samples.clauses.replacing("<why>", with: "<why><![CDATA[x]]><!-- y --><?z?>"),
  ]

  @Test("on namespaces, comments and CDATA", arguments: syntaxes)
  func syntax(_ text: String) throws { try compare(text) }
}

extension ValueShape {
  /// Closed vocabularies and free text; other forms the schema draws wider.
  fileprivate var isSameInSchema: Bool {
    switch self {
    case .anything, .oneOf, .listOf, .words: true
    default: false
    }
  }
}

extension String {
  func replacing(_ old: String, with new: String) -> String {
    guard let range = range(of: old) else { preconditionFailure("'\(old)' is not in the sample") }
    return replacingCharacters(range, with: new)
  }

  private func range(of part: String) -> Range<Index>? {
    indices.first { self[$0...].hasPrefix(part) }.map { $0..<index($0, offsetBy: part.count) }
  }

  private func replacingCharacters(_ range: Range<Index>, with new: String) -> String {
    self[..<range.lowerBound] + new + self[range.upperBound...]
  }
}

extension Mutant {
  /// Every element that any rule knows, and some that none does.
  fileprivate static let names = [
    "rule", "title", "why", "reference", "fact", "scope", "under", "case", "phrase", "unless",
    "gap", "any", "maybe", "date", "period", "name", "text", "categories", "criteria", "number",
    "fraction", "zone",
    "heading", "opening", "finding", "when", "message", "question", "examples", "hit", "mark",
    "miss", "given", "item", "pack", "description", "ask", "section",
  ]

  /// Attributes with a value that is right where they belong.
  fileprivate static let attributes: [(String, String)] = [
    ("id", "a-b"), ("status", "draft"), ("since", "1.0"), ("name", "cover"), ("kind", "choice"),
    ("kind", "period"), ("kind", "sentence"), ("kind", "numbers"), ("of", "all"), ("zone", "cover"),
    ("place", "heading"),
    ("first-pages", "3"), ("value", "x"), ("points", "-1"), ("capitals", "yes"), ("words", "5"),
    ("as", "rest"), ("code", "stale"), ("severity", "low"), ("fact", "period"), ("is", "a b"),
    ("is-not", "a"), ("state", "absent"), ("older-than", "P6M"), ("within-last", "P6M"),
    ("after-review", "yes"), ("shorter-than", "P1Y"), ("longer-than", "P1Y"),
    ("days-at-least", "1"), ("days-at-most", "2"), ("days-after", "period.end"),
    ("at-least", "1"), ("at-most", "2"), ("count-at-least", "1"), ("count-at-most", "2"),
    ("each", "exceptions"), ("severity", "item.severity"), ("severity", "high low"),
    ("present", "no"), ("findings", "2"), ("asks", "a-b"), ("differs-from", "context.vendor"),
    ("several-readings", "yes"), ("says", "a b|c"),
    ("says-none", "a"), ("to", "vendor"),
    ("evidence", "x"), ("on", "2026-01-15"), ("because", "x"), ("under", "x"),
    ("xml:lang", "en"), ("colour", "red"),
  ]

  fileprivate func broken(at path: [Int]) -> [Mutant] {
    broken(at: path, names: Self.names, attributes: Self.attributes)
  }
}
