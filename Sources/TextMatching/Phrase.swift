import PageText

/// What a rule's author wrote as one phrase: words and slots in order.
///
/// Words match whatever the case, line break, hyphenation, quotation mark, ligature or punctuation;
/// slots stand for typed things. There are no regular expressions: a match is always a run of whole
/// words, and its cost is bounded.
public struct Phrase: Hashable, Sendable {
  public enum Part: Hashable, Sendable {
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

/// One edge-free wording of a phrase, to see what is wrong with it.
enum FlatPart: Hashable {
  case literal
  case gap
  case slot(Phrase.SlotKind)
}

extension Phrase {
  /// All flat wordings, or nil when there are more than `wordingLimit`.
  func flattened() -> [[FlatPart]]? { Self.expand(parts[...]) }

  private static func expand(_ parts: ArraySlice<Part>) -> [[FlatPart]]? {
    guard let first = parts.first else { return [[]] }
    guard let rest = expand(parts.dropFirst()) else { return nil }
    var heads: [[FlatPart]] = []
    switch first {
    case .word(let word): heads = [normalisedWords(word).map { _ in .literal }]
    case .gap: heads = [[.gap]]
    case .slot(let kind, _, _): heads = [[.slot(kind)]]
    case .maybe(let inner):
      guard let wordings = expand(inner[...]) else { return nil }
      heads = wordings + [[]]
    case .any(let options):
      for option in options {
        guard let wordings = expand(option[...]) else { return nil }
        heads += wordings
      }
    }
    guard heads.count * rest.count <= wordingLimit else { return nil }
    return heads.flatMap { head in rest.map { head + $0 } }
  }

  /// The words of a rule's text as a report's words are normalised: `auditor's` is `auditors`,
  /// `third-party` is two words.
  public static func normalisedWords(_ text: String) -> [[UInt8]] { normalised(text).words }

  /// The same, and those of the words that are written with hyphens, each as its parts.
  static func normalised(_ text: String) -> (words: [[UInt8]], compounds: [[[UInt8]]]) {
    if let plain = plainWords(text) { return (plain, plain.count > 1 ? [plain] : []) }
    let running = tokenized(text)
    var words: [[UInt8]] = []
    var compounds: [[[UInt8]]] = []
    var run: [[UInt8]] = []
    for token in running.tokens {
      let word = Array(running.normalised(token))
      if token.kind != .mark, !word.isEmpty { words.append(word) }
      if token.kind == .word {
        run.append(word)
        if token.flags.contains(.hyphenated) { continue }
      }
      if run.count > 1 { compounds.append(run) }
      run = []
    }
    if run.count > 1 { compounds.append(run) }
    return (words, compounds)
  }

  /// Nearly all words of rules are plain letters and digits, or letters tied by hyphens, and need no page to
  /// be cut on; nil for the others. Hyphens between digits may be a date's.
  private static func plainWords(_ text: String) -> [[UInt8]]? {
    var words: [[UInt8]] = [[]]
    var hasDigits = false
    for c in text.utf8 {
      if c >= 0x61 && c <= 0x7A {
        words[words.count - 1].append(c)
      } else if c >= 0x41 && c <= 0x5A {
        words[words.count - 1].append(c | 0x20)
      } else if c >= 0x30 && c <= 0x39 {
        words[words.count - 1].append(c)
        hasDigits = true
      } else if c == 0x2D {
        words.append([])
      } else {
        return nil
      }
    }
    return words.contains([]) || (hasDigits && words.count > 1) ? nil : words
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
