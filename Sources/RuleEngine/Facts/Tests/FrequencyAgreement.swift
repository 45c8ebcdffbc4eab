import PageText
import ReportStructure
import SOC2Vocabulary
import TextMatching

/// Controls that the description and the tests let run at different intervals: "each quarter" here,
/// "annually" there.
///
/// Both must name one interval and say nearly the same else: three of four telling words of the control
/// stand in the sentence of the description, and at least half of that sentence's in the control.
struct FrequencyAgreement {
  private(set) var entries: [String: FactTable.Entry] = [:]

  init(_ text: TestText, _ groups: [[ReadControl]]) {
    let hits = text.reader.hits[.frequency].filter { !$0.isFurniture }
    let told = Self.sentences(hits, text)
    guard !told.isEmpty else { return }
    // For each word the sentences that have it: both may be hundreds, and hardly two share a word.
    var having: [String: [Int]] = [:]
    for (i, sentence) in told.enumerated() {
      for word in sentence.words { having[word, default: []].append(i) }
    }
    var names: [Value] = []
    var proofs: [Evidence] = []
    for group in groups {
      guard let id = group[0].id else { continue }
      let own = group[0].words.flatMap { passage in
        hits.filter { passage.tokens.contains($0.tokens.lowerBound) }
      }
      guard let value = Self.only(own) else { continue }
      let words = Set(group[0].words.flatMap { Self.telling($0.tokens, text, without: own) })
      guard words.count >= Self.leastWords else { continue }
      var shared = [Int](repeating: 0, count: told.count)
      for i in words.flatMap({ having[$0] ?? [] }) { shared[i] += 1 }
      let same = zip(told, shared).filter { sentence, shared in
        shared * 4 >= words.count * 3 && shared * 2 >= sentence.words.count
      }.map(\.0)
      guard let other = same.first, !same.contains(where: { $0.value == value }) else { continue }
      names.append(.text(id.text))
      proofs += text.text.evidence(other.tokens, section: other.zone)
      proofs += text.evidence(group[0].words).prefix(1)
    }
    guard !names.isEmpty else { return }
    entries["document.otherFrequency"] = FactTable.Entry(
      state: .found, value: .list(names), evidence: proofs)
  }

  private static let leastWords = 5

  private struct Sentence {
    var value: Value
    var words: Set<String>
    var tokens: Range<Int>
    var zone: Zone
  }

  /// The sentences of the description that name one interval.
  private static func sentences(_ hits: [Hit], _ text: TestText) -> [Sentence] {
    var bySentence: [Int32: [Hit]] = [:]
    for hit in hits where hit.zone == .systemDescription {
      bySentence[text.text.tokens[hit.tokens.lowerBound].sentence, default: []].append(hit)
    }
    return bySentence.keys.sorted().compactMap { key in
      guard let own = bySentence[key], let value = only(own) else { return nil }
      let tokens = text.text.sentenceWithin(block: own[0].block, own[0].tokens)
      return Sentence(
        value: value, words: Set(telling(tokens, text, without: own)), tokens: tokens,
        zone: own[0].zone)
    }
  }

  private static func only(_ hits: [Hit]) -> Value? {
    let values = Set(hits.map(\.value))
    return values.count == 1 ? values.first : nil
  }

  private static func telling(
    _ tokens: Range<Int>, _ text: TestText, without hits: [Hit]
  ) -> [String] {
    tokens.compactMap { index in
      let token = text.text.tokens[index]
      guard token.isWord, !hits.contains(where: { $0.tokens.contains(index) }) else { return nil }
      let word = text.text.word(token)
      return word.utf8.count > 3 ? word : nil
    }
  }
}
