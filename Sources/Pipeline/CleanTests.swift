import RuleEngine
import SOC2Vocabulary

extension FactTable {
  /// The number of tests, where all were read, none found an exception, every control operated, and none
  /// names the size of its sample. Findings judge by it together with silence on incidents and changes.
  mutating func setCleanTests(of facts: DocumentFacts) {
    guard facts.facts[.exceptions]?.found?.list == [], facts.facts[.notOperated]?.found?.list == [],
      let counts = facts.facts[.testCounts]?.found, counts["unknown"]?.number == 0,
      counts["notTested"]?.number == 0,
      let depth = facts.facts[.testDepth]?.found, depth["sampleSizesStated"]?.number == 0,
      let tests = depth["tests"]
    else { return }
    set("document.testsWithoutASample", tests)
  }
}
