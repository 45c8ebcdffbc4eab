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
    let hits = reader.hits[.subserviceWording].filter {
      !$0.isFurniture && $0.value != .text("none")
    }
    var general: [Hit] = []
    for hit in hits {
      let sentence = reader.text.sentenceWithin(block: hit.block, hit.tokens)
      let block = reader.text.blocks[hit.block]
      var meant = names.named(in: sentence)
      var weight = 4
      let isContested = hits.contains { other in
        other.value != hit.value && sentence.contains(other.tokens.lowerBound)
      }
      if meant.count > 1, isContested {
        meant = [Self.nearest(to: hit.tokens, in: sentence, names)].compactMap { $0 }
      }
      if meant.isEmpty {
        weight = 3
        let before = names.named(in: block.lowerBound..<hit.tokens.lowerBound)
        meant = before.last.map { [$0] } ?? []
        if before.count > 1 {
          meant = [
            Self.nearest(to: hit.tokens, in: block.lowerBound..<hit.tokens.lowerBound, names)
          ]
          .compactMap { $0 }
        }
      }
      if meant.isEmpty, let rowMates = parts.rowMates(of: hit.block) {
        weight = 5
        meant = rowMates
      }
      if meant.isEmpty, let context = parts.context[hit.block] {
        weight = 2
        meant = [context]
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

  private static func nearest(
    to tokens: Range<Int>, in range: Range<Int>, _ names: SubserviceNames
  ) -> Int? {
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

  private func weight(_ value: String, _ n: Int) -> Int {
    // The strongest sentence counts, not the number of weak ones.
    votes[n].filter { $0.value == value }.map(\.weight).max() ?? 0
  }

  func value(of n: Int) -> String {
    let (carved, included) = (weight("carve-out", n), weight("inclusive", n))
    if carved == 0, included == 0 { return "unknown" }
    if carved == included {
      let first = votes[n].filter { $0.weight == carved }.min {
        $0.tokens.lowerBound < $1.tokens.lowerBound
      }
      return first?.value ?? "unknown"
    }
    return carved > included ? "carve-out" : "inclusive"
  }

  var values: [String] { votes.indices.map(value) }

  /// Whether both are said of it in so many words.
  func isTorn(_ n: Int) -> Bool {
    weight("carve-out", n) >= 4 && weight("inclusive", n) >= 4
  }

  func proof(of n: Int) -> Range<Int>? {
    let value = value(of: n)
    return votes[n].filter { $0.value == value }.max {
      ($0.weight, -$0.tokens.lowerBound) < ($1.weight, -$1.tokens.lowerBound)
    }?.tokens
  }
}
