import SOC2Vocabulary
import TextMatching

/// How deep the tests go, in numbers: by kind of test, stated sample sizes, distinct wording.
struct TestDepth {
  let fact: Fact

  init(_ text: TestText, _ groups: [[ReadControl]]) {
    var whole = Tally()
    var byCriterion: [String: Tally] = [:]
    // Wordings are long and each is told of several times.
    var numbers: [String: Int] = [:]
    for group in groups {
      for test in group.flatMap(\.tests) where !test.procedure.isEmpty {
        let kinds = Set(
          test.procedure.flatMap { text.hits(.testKind, in: $0).compactMap(\.value.text) })
        let isSampled = test.procedure.contains {
          !text.hits(.sampleSize, in: $0).isEmpty
        }
        let key = text.key(test.procedure)
        let number = numbers[key] ?? numbers.count
        if number == numbers.count { numbers[key] = number }
        whole.add(kinds, isSampled, number)
        for id in Set(test.criteria) {
          byCriterion[id, default: Tally()].add(kinds, isSampled, number)
        }
      }
    }
    guard whole.tests > 0 else {
      fact = Fact(state: .absent, confidence: .low)
      return
    }
    var value = whole.members
    value["criteria"] = .list(
      Criteria.all.compactMap { id in
        byCriterion[id].map { tally in
          var members = tally.members
          members["criterion"] = .text(id)
          return .object(members)
        }
      })
    fact = Fact(state: .found, value: .object(value))
  }

  private struct Tally {
    var tests = 0
    var kinds: [String: Int] = [:]
    var inquiryOnly = 0
    var sampled = 0
    /// The wordings, by their numbers.
    var distinct: Set<Int> = []

    mutating func add(_ found: Set<String>, _ isSampled: Bool, _ wording: Int) {
      tests += 1
      for kind in found { kinds[kind, default: 0] += 1 }
      if found.count == 1, found.contains("inquiry") { inquiryOnly += 1 }
      if isSampled { sampled += 1 }
      distinct.insert(wording)
    }

    var members: [String: Value] {
      var out: [String: Value] = [
        "tests": .number(tests), "inquiryOnly": .number(inquiryOnly),
        "sampleSizesStated": .number(sampled), "distinctProcedures": .number(distinct.count),
      ]
      for kind in ["inquiry", "observation", "inspection", "reperformance"] {
        out[kind] = .number(kinds[kind] ?? 0)
      }
      return out
    }
  }
}
