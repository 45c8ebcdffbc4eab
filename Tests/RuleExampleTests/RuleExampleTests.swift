import RuleEngine
import RulePacks
import SOC2Vocabulary
import TestSupport
import Testing

/// Every example of every rule, under every disturbance that applies to it.
struct RuleExampleTests {
  static let rules: [Rule] = (try? Repository.rulePack().rules) ?? []

  @Test func thePackLoads() throws {
    let pack = try Repository.rulePack()
    #expect(pack.rules.count > 50)
  }

  @Test(arguments: rules.map(\.id))
  func examplesHold(_ id: String) throws {
    let rule = try #require(Self.rules.first { $0.id == id })
    for failure in runExamples(of: rule) { Issue.record("\(failure)") }
  }

  /// All examples run through all rules: what else fires is written down and read in review.
  @Test func crosstalk() {
    var text = ""
    let compiled = CompiledRules(
      RulePack(name: "", version: "", sha256: "", rules: Self.rules))
    for rule in Self.rules {
      for (i, others) in otherRulesFiring(on: rule, in: compiled) where !others.isEmpty {
        text += "\(rule.id) example \(i + 1): \(others.joined(separator: ", "))\n"
      }
    }
    let difference = Golden.difference(text, from: "Tests/RuleExampleTests/crosstalk.txt")
    #expect(difference == nil, "\(difference ?? "")")
  }

  /// An example that is spoilt must fail: the runner is no rubber stamp.
  @Test func aWrongMarkFails() throws {
    var rule = try #require(
      Self.rules.first { $0.facts.first?.kind == .choice && !$0.examples.isEmpty })
    let index = try #require(
      rule.examples.firstIndex {
        if case .hit = $0.kind { $0.words.count > 3 } else { false }
      })
    guard case .hit(let fact, let value, let marked) = rule.examples[index].kind else { return }
    let moved =
      marked.lowerBound > 0
      ? (marked.lowerBound - 1)..<marked.upperBound : marked.lowerBound..<(marked.upperBound - 1)
    rule.examples[index].kind = .hit(fact: fact, value: value, marked: moved)
    #expect(!runExamples(of: rule, disturbed: false).isEmpty)
  }

  /// So must one that expects another number, another severity or other questions.
  @Test func aWrongExpectationFails() throws {
    let rule = try #require(Self.rules.first { $0.findings.contains { $0.each != nil } })
    let index = try #require(
      rule.examples.firstIndex {
        if case .raises(let expected, _, _) = $0.kind {
          return expected.questions != nil && expected.severities.count == 1
        }
        return false
      })
    guard case .raises(let expected, let day, let given) = rule.examples[index].kind else { return }
    let changes: [(inout Example.Expected) -> Void] = [
      { $0.findings += 1 }, { $0.severities = [$0.severities[0] == .info ? .low : .info] },
      { $0.questions?.removeFirst() }, { $0.questions?.append("not-asked") },
    ]
    for change in changes {
      var wrong = expected
      change(&wrong)
      var spoilt = rule
      spoilt.examples = [rule.examples[index]]
      #expect(runExamples(of: spoilt).isEmpty)
      spoilt.examples[0].kind = .raises(wrong, on: day, given: given)
      #expect(runExamples(of: spoilt).count == 1)
    }
  }
}
