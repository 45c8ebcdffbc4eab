import ReportStructure
import RulePacks
import SOC2Vocabulary
import TextMatching

/// What kind of document the words speak for, by points; each phrase of a rule counts once.
struct KindDecision {
  /// A kind needs this many points; below it a document is something else.
  static let bar = 6

  var kind: DocumentKind
  var reasons: [Hit]

  init(_ compiled: CompiledRules, _ matches: [PhraseMatch], in text: RunningText, layout: Layout) {
    var points: [DocumentKind: Int] = [:]
    var deciding: [DocumentKind: [(points: Int, hit: Hit)]] = [:]
    var counted: Set<Int> = []
    for match in matches {
      // Most matches are of other facts: these are not even copied.
      guard case .fact(let r, let f, let option) = compiled.owners[match.phrase],
        compiled.rules[r].facts[f].target == .signal(.documentKind)
      else { continue }
      let fact = compiled.rules[r].facts[f]
      guard !counted.contains(match.phrase),
        let kind = DocumentKind(rawValue: fact.cases[option].value)
      else { continue }
      let block = text.block(of: match.tokens.lowerBound)
      if let limit = fact.scope.firstPages,
        layout.blocks[block].firstPage - layout.blocks[0].firstPage >= limit
      {
        continue
      }
      if fact.scope.place == .heading, layout.blocks[block].kind != .heading { continue }
      if compiled.isCancelled(match, rule: r, fact: f, option: option, matches, text) { continue }
      counted.insert(match.phrase)
      let value = fact.cases[option].points
      points[kind, default: 0] += value
      deciding[kind, default: []].append(
        (
          value,
          Hit(
            rule: r, fact: f, option: option, value: .text(kind.rawValue), confidence: .high,
            tokens: match.tokens, slot: nil, zone: .unknown, block: block, isFurniture: false)
        ))
    }
    let ranked = DocumentKind.allCases.map { ($0, points[$0] ?? 0) }
    var best = ranked[0]
    for candidate in ranked where candidate.1 > best.1 { best = candidate }
    if best.1 >= Self.bar {
      kind = best.0
      reasons =
        (deciding[kind] ?? []).sorted {
          ($0.points, -$0.hit.tokens.lowerBound) > ($1.points, -$1.hit.tokens.lowerBound)
        }
        .filter { $0.points > 0 }.prefix(4).map(\.hit)
    } else {
      kind = .other
      reasons = []
    }
  }
}

extension CompiledRules {
  /// Whether an `unless` of the same case stands in the sentence of a match.
  func isCancelled(
    _ match: PhraseMatch, rule: Int, fact: Int, option: Int, _ matches: [PhraseMatch],
    _ text: RunningText
  ) -> Bool {
    guard !rules[rule].facts[fact].cases[option].unless.isEmpty else { return false }
    let sentence = text.tokens[match.tokens.lowerBound].sentence
    return matches.contains { other in
      guard case .unless(rule, fact, option) = owners[other.phrase] else { return false }
      return text.tokens[other.tokens.lowerBound].sentence == sentence
    }
  }
}
