public import ReportStructure
public import RulePacks
import SOC2Vocabulary
public import TextMatching

/// A rule pack made ready to run: every phrase of every rule in one automaton.
public struct CompiledRules: Sendable {
  /// What a phrase of the automaton belongs to.
  enum Owner: Sendable {
    case fact(rule: Int, fact: Int, option: Int)
    case unless(rule: Int, fact: Int, option: Int)
    case under(rule: Int, fact: Int)
    case zoneHeading(Zone)
    case wholeHeading(Zone)
    case zoneDenial(Zone)
    case zoneOpening(Zone)
  }

  public let pack: RulePack
  let automaton: PhraseAutomaton
  let owners: [Owner]
  /// The rules that are used, by their place in `pack.rules`.
  let rules: [Rule]
  /// For each fact of each rule the number of its first case, counted through all rules.
  private let firstCases: [[Int]]
  /// For each case, by its number, the zones in which its rule looks; none: in all.
  let zones: [[Zone]]
  /// How many cases all rules have together.
  let caseCount: Int

  /// The words that rules know; a report is tokenized with it.
  public var vocabulary: Vocabulary { automaton.vocabulary }

  public init(_ pack: RulePack) {
    self.pack = pack
    var automaton = PhraseAutomaton()
    var owners: [Owner] = []
    func add(_ phrases: [Phrase], _ owner: Owner) {
      for phrase in phrases {
        // The reader has refused phrases that cannot be used; here each takes its number.
        automaton.addChecked(phrase)
        owners.append(owner)
      }
    }
    let used = pack.rules.filter { $0.status != .retired }
    for (r, rule) in used.enumerated() {
      for (f, fact) in rule.facts.enumerated() {
        add(fact.scope.under, .under(rule: r, fact: f))
        for (c, option) in fact.cases.enumerated() {
          add(option.phrases, .fact(rule: r, fact: f, option: c))
          add(option.unless, .unless(rule: r, fact: f, option: c))
        }
      }
      for zone in rule.zones {
        add(zone.headings, .zoneHeading(zone.zone))
        add(zone.wholeHeadings, .wholeHeading(zone.zone))
        add(zone.unless, .zoneDenial(zone.zone))
        add(zone.openings, .zoneOpening(zone.zone))
      }
    }
    automaton.seal()
    self.automaton = automaton
    self.owners = owners
    rules = used
    var cases = 0
    firstCases = used.map { rule in
      rule.facts.map { fact in
        defer { cases += fact.cases.count }
        return cases
      }
    }
    caseCount = cases
    zones = used.flatMap { rule in
      rule.facts.flatMap { fact in fact.cases.map { _ in Array(fact.scope.zones) } }
    }
  }

  /// The number of a fact's case among all cases of all rules; without a case, that of its first.
  func number(rule: Int, fact: Int, option: Int = 0) -> Int { firstCases[rule][fact] + option }

  /// Every phrase found in a text, in order.
  public func matches(in text: RunningText) -> [PhraseMatch] {
    automaton.matches(in: text, range: 0..<text.tokens.count)
  }

  /// What the matches say about zones.
  public func zoneMarks(_ matches: [PhraseMatch], in text: RunningText) -> [ZoneMark] {
    matches.compactMap { match in
      switch owners[match.phrase] {
      case .zoneHeading(let zone): ZoneMark(zone: zone, role: .heading, tokens: match.tokens)
      case .wholeHeading(let zone):
        text.isAllBesideANumber(match.tokens)
          ? ZoneMark(zone: zone, role: .wholeHeading, tokens: match.tokens) : nil
      case .zoneDenial(let zone): ZoneMark(zone: zone, role: .denial, tokens: match.tokens)
      case .zoneOpening(let zone): ZoneMark(zone: zone, role: .opening, tokens: match.tokens)
      case .fact, .unless, .under: nil
      }
    }
  }
}

extension RunningText {
  /// Whether these words are all that their block says, but for a number before them: `IV. Tests of Controls`.
  fileprivate func isAllBesideANumber(_ words: Range<Int>) -> Bool {
    let block = blocks[self.block(of: words.lowerBound)]
    let others = block.filter { !words.contains($0) && tokens[$0].isWord }
    return others.isEmpty
      || others.count == 1 && others[0] < words.lowerBound && isNumeral(tokens[others[0]])
  }

  /// `4` or `iv`.
  private func isNumeral(_ token: Token) -> Bool {
    token.flags.contains(.numeric) || word(token).allSatisfy { "ivxlc".contains($0) }
  }
}
