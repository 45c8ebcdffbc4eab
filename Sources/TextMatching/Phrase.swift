import PageText

/// What a rule's author wrote as one phrase: words and slots in order.
///
/// Words match whatever the case, line break, hyphenation, quotation mark, ligature or punctuation;
/// slots stand for typed things. There are no regular expressions: a match is always a run of whole
/// words, and its cost is bounded.
public struct Phrase: Hashable, Sendable {
  public indirect enum Part: Hashable, Sendable {
    /// One word, as written; an apostrophe is dropped, a hyphen makes two that also match when they
    /// are printed as one.
    case word(String)
    /// Up to this many words of any kind.
    case gap(Int)
    /// One of several wordings, each a run of parts.
    case any([[Part]])
    /// May be there or not.
    case maybe([Part])
    /// A typed thing that is read and named.
    case slot(SlotKind, name: String, limit: Int)
  }

  public enum SlotKind: String, Hashable, Sendable, CaseIterable {
    /// One calendar date.
    case date
    /// A stretch of time: two dates with a joining word, or `twelve months ended` a date.
    case period
    /// The name of an organization, a person or a system: a run of capitalised words.
    case name
    /// Any words up to the next word of the phrase, at most `limit`; at the end of a phrase as many
    /// as the sentence has, at most `limit`.
    case text
    /// Trust services categories in a list.
    case categories
    /// Criterion numbers in a list: CC6.1, A1.2 and CC7.3.
    case criteria
    /// A count in digits or words: 25, two, `two (2)`, none.
    case number
    /// A count of a count in one word: 2/25. Its name is that of both, with a slash between them:
    /// `deviations/sample`.
    case fraction

    /// Whether a phrase may begin with it: it is told from other words at a glance.
    public var mayLead: Bool {
      switch self {
      case .name, .number, .fraction: true
      case .date, .period, .text, .categories, .criteria: false
      }
    }
  }

  public var parts: [Part]
  /// Only matches where every word of it is printed in capitals.
  public var inCapitals: Bool

  public init(_ parts: [Part], inCapitals: Bool = false) {
    self.parts = parts
    self.inCapitals = inCapitals
  }

  /// How many flat wordings one phrase may stand for; a guard against `any` inside `any`.
  public static let wordingLimit = 512
}

/// One edge-free wording of a phrase: what the automaton is built from.
enum FlatPart: Hashable {
  case literal(UInt32)
  case gap(Int)
  case slot(Phrase.SlotKind, name: Int, limit: Int)
}

extension Phrase {
  /// All flat wordings, or nil when there are more than `wordingLimit`.
  func flattened(_ vocabulary: inout Vocabulary, slotName: (String) -> Int) -> [[FlatPart]]? {
    Self.expand(parts[...], &vocabulary, slotName)
  }

  private static func expand(
    _ parts: ArraySlice<Part>, _ vocabulary: inout Vocabulary, _ slotName: (String) -> Int
  ) -> [[FlatPart]]? {
    guard let first = parts.first else { return [[]] }
    // Most phrases are a run of words and slots with nothing to choose from.
    if let plain = plainRun(parts, &vocabulary, slotName) { return [plain] }
    guard let rest = expand(parts.dropFirst(), &vocabulary, slotName) else { return nil }
    var heads: [[FlatPart]] = []
    switch first {
    case .word(let word):
      heads = [normalisedWords(word).map { .literal(vocabulary.intern($0)) }]
    case .gap(let words):
      heads = [[.gap(words)]]
    case .slot(let kind, let name, let limit):
      heads = [[.slot(kind, name: slotName(name), limit: limit)]]
    case .maybe(let inner):
      guard let wordings = expand(inner[...], &vocabulary, slotName) else { return nil }
      heads = wordings + [[]]
    case .any(let options):
      for option in options {
        guard let wordings = expand(option[...], &vocabulary, slotName) else { return nil }
        heads += wordings
      }
    }
    guard heads.count * rest.count <= wordingLimit else { return nil }
    return heads.flatMap { head in rest.map { head + $0 } }
  }

  /// The words that are written with hyphens, each as its parts.
  var compounds: [[[UInt8]]] { Self.compounds(parts) }

  private static func compounds(_ parts: [Part]) -> [[[UInt8]]] {
    parts.flatMap { part -> [[[UInt8]]] in
      switch part {
      case .word(let word):
        guard word.utf8.contains(where: { $0 == 0x2D || $0 >= 0x80 }) else { return [] }
        return hyphenatedWords(word)
      case .any(let options): return options.flatMap { compounds($0) }
      case .maybe(let inner): return compounds(inner)
      case .gap, .slot: return []
      }
    }
  }

  private static func hyphenatedWords(_ text: String) -> [[[UInt8]]] {
    let running = tokenized(text)
    var out: [[[UInt8]]] = []
    var run: [[UInt8]] = []
    for token in running.tokens {
      if token.kind == .word {
        run.append(Array(running.normalised(token)))
        if token.flags.contains(.hyphenated) { continue }
      }
      if run.count > 1 { out.append(run) }
      run = []
    }
    if run.count > 1 { out.append(run) }
    return out
  }

  private static func plainRun(
    _ parts: ArraySlice<Part>, _ vocabulary: inout Vocabulary, _ slotName: (String) -> Int
  ) -> [FlatPart]? {
    for part in parts {
      switch part {
      case .any, .maybe: return nil
      case .word, .gap, .slot: continue
      }
    }
    var out: [FlatPart] = []
    out.reserveCapacity(parts.count)
    for part in parts {
      switch part {
      case .word(let word):
        for plain in normalisedWords(word) { out.append(.literal(vocabulary.intern(plain))) }
      case .gap(let words): out.append(.gap(words))
      case .slot(let kind, let name, let limit):
        out.append(.slot(kind, name: slotName(name), limit: limit))
      case .any, .maybe: break
      }
    }
    return out
  }

  /// The words of a rule's text as a report's words are normalised: `auditor's` is `auditors`,
  /// `third-party` is two words.
  public static func normalisedWords(_ text: String) -> [[UInt8]] {
    if let plain = plainWord(text) { return [plain] }
    let running = tokenized(text)
    return running.tokens.filter { $0.kind != .mark && !running.normalised($0).isEmpty }
      .map { Array(running.normalised($0)) }
  }
}

extension Phrase {
  /// Nearly all words of rules are plain letters and need no page to be cut on; nil for the others.
  private static func plainWord(_ text: String) -> [UInt8]? {
    var out: [UInt8] = []
    for c in text.utf8 {
      if c >= 0x61 && c <= 0x7A {
        out.append(c)
      } else if c >= 0x41 && c <= 0x5A {
        out.append(c | 0x20)
      } else {
        return nil
      }
    }
    return out.isEmpty ? nil : out
  }

  private static func tokenized(_ text: String) -> RunningText {
    let page = Self.page(of: text)
    var running = RunningText(
      pages: [page], places: page.words.indices.map { WordPlace(page: 0, word: $0) },
      blockPlaces: [0..<page.words.count])
    running.tokenize(with: Vocabulary(), standalone: [true])
    return running
  }

  private static func page(of text: String) -> Page {
    var page = Page(number: 1, width: 612, height: 792, state: .text)
    for word in text.split(whereSeparator: \.isWhitespace) {
      let start = Int32(page.utf8.count)
      page.utf8 += word.utf8
      page.words.append(
        Word(
          start: start, end: Int32(page.utf8.count), box: Box(0, 0, 0, 0), baseline: 0, size: 10,
          style: []))
      page.utf8.append(0x20)
    }
    return page
  }
}
