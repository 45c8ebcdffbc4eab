import ReportStructure
import SOC2Vocabulary
import TextMatching

/// Carved out or included, for each organization by the sentences that speak of it.
struct SubserviceMethods {
  private var votes: [[(value: String, weight: Int, tokens: Range<Int>)]]

  init(_ reader: FactReader, _ parts: SubserviceParts) {
    let names = parts.names
    votes = Array(repeating: [], count: names.organizations.count)
    guard !votes.isEmpty else { return }
    let hits = reader.hits[.subserviceWording].compactMap { hit in
      hit.isFurniture || hit.value == .text("none") ? nil : Self.told(hit, reader, parts)
    }
    let about = SubserviceReferents(reader, names)
    var general: [Hit] = []
    for hit in hits {
      var meant: [Int] = []
      var weight = 4
      switch about.meant(by: hit, among: hits) {
      case .named(let members): meant = members
      case .before(let members):
        meant = members
        weight = 3
      case .another: continue
      case .nobody:
        if let rowMates = parts.rowMates(of: hit.block) {
          weight = 5
          meant = rowMates
        } else if let context = parts.context[hit.block] {
          weight = 2
          meant = [context]
        }
      }
      guard !meant.isEmpty, var value = hit.value.text else {
        if hit.value != .text("use") { general.append(hit) }
        continue
      }
      if value == "use" {
        // Most that are used are carved out; any other word on it counts for more.
        value = "carve-out"
        weight = 0
      }
      if hit.zone == .auditorReport { weight += 1 }
      for n in meant { votes[n].append((value, weight, hit.tokens)) }
    }
    // What is said of all is meant of those of whom nothing else is said.
    for n in votes.indices where votes[n].allSatisfy({ $0.weight <= 1 }) {
      for hit in general {
        guard let value = hit.value.text else { continue }
        votes[n].append((value, 2, hit.tokens))
      }
    }
  }

  /// What a word says of the method: single words count where they are all that a cell says.
  private static func told(_ hit: Hit, _ reader: FactReader, _ parts: SubserviceParts) -> Hit? {
    let method: String
    switch hit.value.text {
    case "taken-in": method = "inclusive"
    case "left-out": method = "carve-out"
    default: return hit
    }
    let block = reader.text.blocks[hit.block]
    guard parts.rowMates(of: hit.block) != nil,
      reader.text.wordCount(block) == reader.text.wordCount(hit.tokens)
    else { return nil }
    var hit = hit
    hit.value = .text(method)
    return hit
  }

  private func weight(_ value: String, _ n: Int) -> Int {
    // The strongest sentence counts, not the number of weak ones.
    votes[n].filter { $0.value == value }.map(\.weight).max() ?? 0
  }

  /// The method that more is said for; `unknown` where nothing is, or as much for either.
  func value(of n: Int) -> String {
    let (carved, included) = (weight("carve-out", n), weight("inclusive", n))
    if carved == included { return "unknown" }
    return carved > included ? "carve-out" : "inclusive"
  }

  var values: [String] { votes.indices.map(value) }

  /// Whether both are said of it in so many words.
  func isTorn(_ n: Int) -> Bool {
    let (carved, included) = (weight("carve-out", n), weight("inclusive", n))
    return carved >= 4 && included >= 4 || carved == included && carved > 0
  }

  func proof(of n: Int) -> Range<Int>? {
    let value = value(of: n)
    return votes[n].filter { $0.value == value }.max {
      ($0.weight, -$0.tokens.lowerBound) < ($1.weight, -$1.tokens.lowerBound)
    }?.tokens
  }
}

/// Of whom a word on the method speaks.
private struct SubserviceReferents {
  enum Referent {
    /// Named in the same clause or sentence.
    case named([Int])
    /// Named in the sentence before, or the nearest that names one.
    case before([Int])
    /// Of a company that is none of the organizations known.
    case another
    case nobody
  }

  private let reader: FactReader
  private let names: SubserviceNames
  private var text: RunningText { reader.text }

  init(_ reader: FactReader, _ names: SubserviceNames) {
    self.reader = reader
    self.names = names
  }

  func meant(by hit: Hit, among hits: [Hit]) -> Referent {
    let sentence = text.sentenceWithin(block: hit.block, hit.tokens)
    let clauses = clauses(of: sentence)
    guard let own = clauses.lastIndex(where: { $0.lowerBound <= hit.tokens.lowerBound }) else {
      return .nobody
    }
    // Its own clause, or the nearest one before it in the sentence that names somebody, or the rest.
    for place in clauses[...own].reversed() {
      let named = names.named(in: place)
      if named.isEmpty {
        if place == clauses[own], hasOther(place) { return .another }
        continue
      }
      return .named(chosen(named, by: hit, in: place, hits))
    }
    let all = names.named(in: sentence)
    if !all.isEmpty { return .named(chosen(all, by: hit, in: sentence, hits)) }
    if hasOther(sentence) { return .another }
    let block = text.blocks[hit.block]
    for earlier in text.sentences(in: block.lowerBound..<sentence.lowerBound).reversed() {
      let named = names.named(in: earlier)
      if named.isEmpty {
        if hasOther(earlier) { return .another }
        continue
      }
      if named.count > 1, !isOfSeveral(sentence) {
        return .before([nearest(to: hit.tokens, in: earlier)].compactMap { $0 })
      }
      return .before(named)
    }
    return .nobody
  }

  /// All that a clause names, or the nearest where it says both methods.
  private func chosen(_ named: [Int], by hit: Hit, in place: Range<Int>, _ hits: [Hit]) -> [Int] {
    let isContested = hits.contains { other in
      other.value != hit.value && other.value != .text("use")
        && place.contains(other.tokens.lowerBound)
    }
    guard named.count > 1, isContested else { return named }
    return [nearest(to: hit.tokens, in: place)].compactMap { $0 }
  }

  /// The parts of a sentence between its semicolons.
  private func clauses(of sentence: Range<Int>) -> [Range<Int>] {
    var out: [Range<Int>] = []
    var start = sentence.lowerBound
    for i in sentence where text.isMark(i, 0x3B, before: sentence.upperBound) {
      out.append(start..<i + 1)
      start = i + 1
    }
    if start < sentence.upperBound { out.append(start..<sentence.upperBound) }
    return out
  }

  /// Whether words speak of more than one: `Their controls`, `both`.
  private func isOfSeveral(_ range: Range<Int>) -> Bool {
    range.contains {
      text.tokens[$0].kind == .word && Self.plurals.contains(text.word(text.tokens[$0]))
    }
  }

  private static let plurals: Set<String> = [
    "they", "them", "their", "both", "these", "those", "all", "each", "organizations",
    "organisations",
  ]

  /// Whether a company in its legal form is named that is none of the organizations.
  private func hasOther(_ range: Range<Int>) -> Bool {
    range.contains { i in
      text.tokens[i].kind == .word && text.tokens[i].flags.contains(.capital)
        && names.name(at: i, before: range.upperBound).map(names.hasLegalForm) ?? false
    }
  }

  private func nearest(to tokens: Range<Int>, in range: Range<Int>) -> Int? {
    var best: (distance: Int, organization: Int)?
    for (n, organization) in names.organizations.enumerated() {
      for mention in organization.mentions where range.contains(mention.lowerBound) {
        let distance =
          mention.lowerBound >= tokens.lowerBound
          ? max(0, mention.lowerBound - tokens.upperBound)
          : max(0, tokens.lowerBound - mention.upperBound)
        if distance < best?.distance ?? .max { best = (distance, n) }
      }
    }
    return best?.organization
  }
}
