import Testing
import TextMatching

@testable import RulePacks

/// The short way to see that a phrase is good must never say more than the automaton.
@Suite("The quick look at a phrase agrees with the automaton")
struct PhraseCheckTests {
  private static let parts: [Phrase.Part] = [
    .word("except"), .word("—"), .gap(3), .any([[.word("a"), .word("b")], [.word("c")]]),
    .maybe([.word("d")]), .slot(.date, name: "value", limit: 12),
    .slot(.name, name: "other", limit: 12), .slot(.number, name: "count", limit: 12),
    .any([[.word("–")], [.word("e")]]),
  ]

  @Test("on all phrases of up to four parts")
  func short() {
    var phrases: [[Phrase.Part]] = [[]]
    for _ in 1...4 {
      phrases += phrases.flatMap { phrase in Self.parts.map { phrase + [$0] } }
      for phrase in phrases { compare(phrase) }
    }
  }

  @Test("on many gaps and many wordings", arguments: 0...10)
  func long(_ count: Int) {
    let pair = Phrase.Part.any([[.word("a")], [.word("b")]])
    compare([.word("x")] + (0..<count).flatMap { _ in [pair] } + [.word("y")])
    compare([.word("x")] + (0..<count).flatMap { _ in [.gap(2), Phrase.Part.word("z")] })
  }

  private func compare(_ parts: [Phrase.Part]) {
    var automaton = PhraseAutomaton()
    let expected = automaton.add(Phrase(parts))
    if problem(in: Phrase(parts)) != expected {
      Issue.record("\(parts): \(String(describing: expected))")
    }
  }
}
