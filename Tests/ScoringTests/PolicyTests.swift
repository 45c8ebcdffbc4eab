import Foundation
import SOC2Vocabulary
import TestSupport
import Testing
import XMLTree

@testable import Scoring

@Suite("Policies")
struct PolicyTests {
  @Test("the default policy is read whole")
  func whole() throws {
    let policy = try #require(Samples.policy)
    #expect(policy.name == "default" && policy.version == "1.0")
    #expect(policy.sha256.count == 64)
    #expect(policy.exceptions.natures.count == ExceptionNature.allCases.count)
    #expect(policy.exceptions.natures[.processingIntegrity]?.points == 4)
    #expect(policy.exceptions.rates.map(\.atMost) == [5, 10, 25, 100])
    #expect(policy.exceptions.levels.map(\.atLeast) == [9, 7, 5, 3])
    #expect(policy.exceptions.modifiers.count == ExceptionTrait.modifiers.count)
  }

  @Test("the hash names the file, byte for byte")
  func hash() throws {
    let policy = try #require(Samples.policy)
    #expect(try readPolicy(Array(Samples.text.utf8), file: "other").sha256 == policy.sha256)
    let longer = try readPolicy(Array((Samples.text + "\n").utf8), file: Samples.path)
    #expect(longer.sha256 != policy.sha256)
  }

  @Test("in words it says every number and every reason")
  func words() throws {
    let policy = try #require(Samples.policy)
    let text = policyInWords(policy)
    for nature in ExceptionNature.allCases { #expect(text.contains(nature.rawValue)) }
    for weight in policy.exceptions.natures.values { #expect(text.contains(weight.why)) }
    for modifier in policy.exceptions.modifiers { #expect(text.contains(modifier.weight.why)) }
    for bound in policy.exceptions.caps + policy.exceptions.floors {
      #expect(text.contains(bound.why))
    }
    for cluster in policy.exceptions.clusters { #expect(text.contains(cluster.why)) }
    #expect(text.contains("3 and more in one family of criteria that are medium or graver"))
    #expect(text.contains("more than 10%, up to 25%"))
    #expect(text.contains("9 and more: critical"))
  }

  static let broken: [(String, String, String, String)] = [
    (
      "name=\"capacity\"", "name=\"capasity\"", "name=\"capacity\"",
      "name 'capasity' is not one of deprovisioning, "
    ),
    (
      "name=\"capacity\"", "name=\"drTest\"", "name=\"capacity\"",
      "nature 'drTest' has its weight already"
    ),
    (
      "name=\"capacity\"", "name=\"drTest\"", "<exceptions>",
      "no nature 'capacity'; an exception of that class would have no weight"
    ),
    (
      "name=\"capacity\" points=\"2\"", "name=\"capacity\" points=\"-2\"", "name=\"capacity\"",
      "points '-2' is not a whole number from 0 to 9"
    ),
    (
      "name=\"capacity\" points=\"2\"", "name=\"capacity\"", "name=\"capacity\"",
      "'nature' has no attribute 'points'"
    ),
    (
      " why=\"The control fails regularly.\"", "", "at-most=\"25\"",
      "'rate' has no attribute 'why'"
    ),
    (
      "why=\"The control fails regularly.\"", "why=\" \"", "at-most=\"25\"",
      "why '' gives no reason; every number has one"
    ),
    (
      "at-most=\"25\" points=\"2\"", "at-most=\"9\" points=\"2\"", "at-most=\"25\"",
      "at-most '9' is not above the '10' before it"
    ),
    (
      "at-most=\"25\" points=\"2\"", "at-most=\"25\" points=\"0\"", "at-most=\"25\"",
      "points '0' are fewer than those of a lower rate"
    ),
    (
      "at-most=\"100\"", "at-most=\"99\"", "<exceptions>",
      "the last 'rate' with at-most is not 100 percent; higher rates have no weight"
    ),
    ("rate when=\"whole\"", "rate when=\"unknown\"", "<exceptions>", "no rate with when 'whole'"),
    (
      "rate when=\"whole\"", "rate when=\"unknown\"", "rate when=\"unknown\"",
      "rate 'unknown' has its weight already"
    ),
    (
      "when=\"late\" points=\"1\"", "when=\"late\" points=\"-1\"", "when=\"late\"",
      "points '-1' of 'late' are below 0; it makes an exception graver"
    ),
    (
      "when=\"no-misuse\" points=\"-1\"", "when=\"no-misuse\" points=\"1\"", "when=\"no-misuse\"",
      "points '1' of 'no-misuse' are above 0; it speaks for the service organization"
    ),
    (
      "modifier when=\"late\"", "modifier when=\"pervasive\"", "<exceptions>",
      "no modifier 'late'; write points=\"0\" for what shall not count"
    ),
    (
      "modifier when=\"late\"", "modifier when=\"pervasive\"", "when=\"late\"",
      "modifier 'pervasive' has its points already"
    ),
    (
      "not-for=\"privilegedAccess\"", "not-for=\"privileged\"", "not-for=\"privilegedAccess\"",
      "not-for 'privileged' is not one of deprovisioning, "
    ),
    (
      "severity=\"high\" at-least=\"7\"", "severity=\"high\" at-least=\"9\"",
      "severity=\"high\" at-least",
      "at-least '9' is not below the '9' of a graver level"
    ),
    (
      "level severity=\"low\"", "level severity=\"high\"", "level severity=\"low\"",
      "level 'high' stands after 'medium'; the order is critical, high, medium, low"
    ),
    (
      "code=\"draft\"", "code=\"drafts\"", "code=\"draft\"",
      "code 'drafts' is not known; did you mean 'draft'?"
    ),
    (
      "name=\"current\" months=\"12\"", "name=\"current\" months=\"-12\"",
      "name=\"current\" months=\"12\"", "months '-12' is not a whole number from 1 to 120"
    ),
    (
      "name=\"stale\" months=\"15\"", "name=\"stale\" months=\"12\"",
      "name=\"stale\" months=\"15\"",
      "12 months is not above the 12 months of the band before"
    ),
    (
      "name=\"long\" days=\"92\" severity=\"medium\"", "name=\"long\" severity=\"medium\"",
      "name=\"long\" days=\"92\" severity=\"medium\"",
      "the band has no limit, so none after it is ever reached"
    ),
    (
      "measure name=\"letterAge\"", "measure name=\"letterGap\"", "measure name=\"letterAge\"",
      "measure 'letterGap' has its bands already"
    ),
    (
      "measure name=\"letterAge\"", "measure name=\"letterGap\"", "<policy",
      "no measure 'letterAge' for all vendors"
    ),
    (
      "decision=\"reject\" code=\"opinionAdverse\"", "decision=\"reject\" code=\"draft\"",
      "decision=\"reject\" code=\"opinionAdverse\"", "code 'draft' leads to 'reject' already"
    ),
    (
      "weight severity=\"low\" points=\"2\"", "weight severity=\"low\" points=\"7\"", "<decisions",
      "a graver severity has fewer points than a lighter one"
    ),
    (
      "requires=\"security availability\"", "requires=\"security uptime\"",
      "requires=\"security availability\"",
      "requires 'security uptime' holds 'uptime', which is not one of security, "
    ),
    ("level severity=\"low\"", "level severity=\"high\"", "<exceptions>", "no level 'low'"),
    (
      " when=\"named-in-basis\"", "", "when=\"named-in-basis\"",
      "'floor' has none of natures, when, rate-above"
    ),
    ("<title>The default policy", "<title> ", "<title>", "'title' has no words"),
    (
      "urn:soclens:policy:1", "urn:soclens:rule:1", "<policy",
      "'policy' is in 'urn:soclens:rule:1' and not in 'urn:soclens:policy:1', which xmlns= gives"
    ),
  ]

  @Test("what is wrong is said with its line", arguments: broken)
  func problems(_ old: String, _ new: String, _ at: String, _ message: String) {
    let line = Samples.line(of: at)
    let problems = Samples.problems(old, new)
    #expect(problems.contains { $0.hasPrefix("\(line): \(message)") }, "\(line): \(problems)")
  }

  @Test("the whole message points at the place")
  func excerpt() {
    let text = Samples.text.replacingOccurrences(of: "\"drTest\"", with: "\"drtest\"")
    #expect {
      try readPolicy(Array(text.utf8), file: "my/policy.xml")
    } throws: { error in
      let line = Samples.line(of: "\"drTest\"")
      let words = "\(error)"
      return words.hasPrefix("my/policy.xml:\(line):19: error: name 'drtest' is not one of ")
        && words.contains("did you mean 'drTest'?") && words.contains("^~~~~~")
    }
  }

  @Test(
    "what is no policy ends in a message",
    arguments: [
      ("", "is not well-formed XML"), ("<policy", "is not well-formed XML"),
      ("<!DOCTYPE policy><policy/>", "has a document type"),
      ("<rule xmlns='urn:soclens:policy:1'/>", "the file holds 'rule' and not 'policy'"),
      ("\u{0}", "is not written in UTF-8"),
    ])
  func noPolicy(_ text: String, _ message: String) {
    #expect {
      try readPolicy(Array(text.utf8), file: "p.xml")
    } throws: { ($0 as? PolicyError)?.problems.first?.message.hasPrefix(message) == true }
  }

  // MARK: - Reader and schema

  private struct Gate {
    let schema: RelaxNGSchema

    init() throws {
      schema = try RelaxNGSchema(
        ParsedXML(bytes(of: "rules/schema/policy.rng"), file: "policy.rng"))
    }

    /// Both take it, or both refuse it; the schema draws numbers and names wider.
    func disagreement(_ mutant: Mutant, mayBeStricter: Bool = false) throws -> String? {
      let text = Array(mutant.text(namespace: PolicyShapes.namespace).utf8)
      let tree = try ParsedXML(text, file: "p.xml")
      var checker = ShapeChecker(
        SourceFile(shown: "p.xml", bytes: text), namespace: PolicyShapes.namespace,
        shape: PolicyShapes.shape)
      checker.check(tree.root, isNamed: "policy")
      let said = checker.log.problems.map(\.message)
      let refused = schema.problems(in: tree).map(\.message)
      if said.isEmpty == refused.isEmpty || (mayBeStricter && refused.isEmpty) { return nil }
      return "reader: \(said), schema: \(refused)"
    }
  }

  private static let names = [
    "policy", "title", "why", "exceptions", "nature", "rate", "modifier", "level", "cap", "floor",
    "cluster", "rule",
  ]
  private static let attributes = [
    ("name", "capacity"), ("points", "1"), ("at-most", "5"), ("when", "late"), ("when", "whole"),
    ("not-for", "drTest capacity"), ("severity", "high"), ("severity", "info"), ("at-least", "2"),
    ("natures", "other"), ("unless", "repeat"), ("rate-above", "25"), ("why", "x"), ("colour", "x"),
  ]

  @Test("the schema takes what the reader takes, on every change of an element")
  func agreement() throws {
    let gate = try Gate()
    let shipped = Mutant(try ParsedXML(Array(Samples.text.utf8), file: "a.xml").root)
    #expect(try gate.disagreement(shipped) == nil)
    let whole = Mutant(try ParsedXML(Array(Samples.short.utf8), file: "a.xml").root)
    #expect(try gate.disagreement(whole) == nil)
    var seen: Set<[String]> = []
    for path in whole.paths {
      let node = whole[path]
      guard seen.insert([node.name] + node.attributes.map(\.name)).inserted else { continue }
      for mutant in whole.broken(at: path, names: Self.names, attributes: Self.attributes) {
        let problem = try gate.disagreement(mutant)
        #expect(problem == nil, "\(node.name): \(problem ?? "")")
      }
      for attribute in node.attributes {
        for value in Mutant.values {
          let changed = whole.setting(path, attribute.name, value)
          let problem = try gate.disagreement(changed, mayBeStricter: true)
          #expect(problem == nil, "\(node.name) \(attribute.name)='\(value)': \(problem ?? "")")
        }
      }
    }
  }
}
