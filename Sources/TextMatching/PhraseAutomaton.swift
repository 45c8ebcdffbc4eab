/// All phrases of a rule pack as one automaton over tokens: each word of a report is looked up once,
/// however many phrases there are.
public struct PhraseAutomaton: Sendable {
  /// The place of a phrase in the list the automaton was built from.
  public typealias PhraseIndex = Int

  private struct Node: Sendable {
    /// Sorted by id.
    var words: [(id: UInt32, node: Int32)] = []
    var slots: [SlotEdge] = []
    var ends: [Int32] = []
  }
  private struct SlotEdge: Sendable {
    var kind: EdgeKind
    var name: Int
    var limit: Int
    var node: Int32
  }
  private enum EdgeKind: Hashable, Sendable {
    case gap
    case slot(Phrase.SlotKind)
  }
  /// With which slots phrases begin.
  private struct Leads: Sendable {
    var names = false
    var counts = false
    var isEmpty: Bool { !names && !counts }

    func contains(_ kind: Phrase.SlotKind) -> Bool { kind == .name ? names : counts }
  }

  public private(set) var vocabulary = Vocabulary()
  private var nodes: [Node] = [Node()]
  /// For each word number, whether a phrase may begin with it.
  private var starts: [Bool] = []
  /// For each word number, whether a count may begin with it and a phrase with a count.
  private var countStarts: [Bool] = []
  private var leads = Leads()
  /// For each word number, whether it is a key of `compounds`.
  private var isCompound: [Bool] = []
  private var slotNames: [String] = []
  private var slotNumbers: [String: Int] = [:]
  private var inCapitals: [Bool] = []
  /// For a word that a phrase writes with hyphens, its parts by the number of the word written together:
  /// `subservice` in a report matches `sub-service` in a phrase.
  private var compounds: [UInt32: [[UInt32]]] = [:]

  public init() {}

  /// Adds a phrase; returns nil when it was taken, else why not.
  public mutating func add(_ phrase: Phrase) -> PhraseProblem? {
    // Words of a phrase that is then refused stay in the vocabulary; they do no harm there.
    let wordings = phrase.flattened(&vocabulary) { _ in 0 }
    guard let wordings else { return .tooManyWordings }
    if wordings.isEmpty { return .empty }
    for wording in wordings {
      if wording.isEmpty { return .empty }
      guard wording.contains(where: { if case .literal = $0 { true } else { false } }) else {
        return .noWords
      }
      if case .gap? = wording.first { return .gapAtEdge }
      if case .gap? = wording.last { return .gapAtEdge }
      let gaps = wording.count { if case .gap = $0 { true } else { false } }
      if gaps > 4 { return .tooManyGaps }
      if let first = wording.first, case .slot(let kind, _, _) = first, !kind.mayLead {
        return .slotFirst
      }
    }
    addChecked(phrase)
    return nil
  }

  /// Adds a phrase that `add` has taken before, as the phrases of a pack that was checked; wordings are
  /// put into the automaton as they branch, none is written out first.
  public mutating func addChecked(_ phrase: Phrase) {
    let index = Int32(inCapitals.count)
    inCapitals.append(phrase.inCapitals)
    for parts in phrase.compounds { note(compound: parts) }
    insert(numbered(phrase.parts)[...], then: nil, at: 0, index)
  }

  /// A part with its words as numbers.
  private indirect enum NumberedPart {
    case words([UInt32])
    case gap(Int)
    case slot(Phrase.SlotKind, name: Int, limit: Int)
    case any([[NumberedPart]])
  }

  private mutating func numbered(_ parts: [Phrase.Part]) -> [NumberedPart] {
    parts.map { part in
      switch part {
      case .word(let word): .words(Phrase.normalisedWords(word).map { vocabulary.intern($0) })
      case .gap(let limit): .gap(limit)
      case .slot(let kind, let name, let limit):
        .slot(kind, name: slotNumber(name), limit: limit)
      case .any(let options): .any(options.map { numbered($0) })
      case .maybe(let inner): .any([numbered(inner), []])
      }
    }
  }

  private mutating func slotNumber(_ name: String) -> Int {
    if let known = slotNumbers[name] { return known }
    slotNumbers[name] = slotNames.count
    slotNames.append(name)
    return slotNames.count - 1
  }

  /// What follows a branch.
  private final class Rest {
    let parts: ArraySlice<NumberedPart>
    let then: Rest?
    init(_ parts: ArraySlice<NumberedPart>, then: Rest?) {
      self.parts = parts
      self.then = then
    }
  }

  private mutating func insert(
    _ parts: ArraySlice<NumberedPart>, then rest: Rest?, at start: Int, _ index: Int32
  ) {
    var node = start
    for (i, part) in zip(parts.indices, parts) {
      switch part {
      case .words(let ids): for id in ids { node = wordEdge(node, id) }
      case .gap(let limit): node = slotEdge(node, .gap, 0, limit)
      case .slot(let kind, let name, let limit): node = slotEdge(node, .slot(kind), name, limit)
      case .any(let options):
        let after = Rest(parts[(i + 1)...], then: rest)
        for option in options { insert(option[...], then: after, at: node, index) }
        return
      }
    }
    if let rest { return insert(rest.parts, then: rest.then, at: node, index) }
    if !nodes[node].ends.contains(index) { nodes[node].ends.append(index) }
  }

  private mutating func wordEdge(_ node: Int, _ id: UInt32) -> Int {
    let place = wordPlace(node, id)
    if place < nodes[node].words.count, nodes[node].words[place].id == id {
      return Int(nodes[node].words[place].node)
    }
    nodes.append(Node())
    nodes[node].words.insert((id, Int32(nodes.count - 1)), at: place)
    return nodes.count - 1
  }

  private mutating func note(compound parts: [[UInt8]]) {
    let whole = vocabulary.intern(parts.flatMap { $0 })
    let ids = parts.map { vocabulary.intern($0) }
    // Sorted, so that the order in which phrases come changes nothing.
    if compounds[whole]?.contains(ids) != true {
      compounds[whole, default: []].append(ids)
      let words = vocabulary
      func lengths(_ ids: [UInt32]) -> [Int] { ids.map { words.word($0).utf8.count } }
      compounds[whole]?.sort { lengths($0).lexicographicallyPrecedes(lengths($1)) }
    }
  }

  /// Where an edge for the word is, or belongs, among the sorted edges of a node.
  private func wordPlace(_ node: Int, _ id: UInt32) -> Int {
    var low = 0
    var high = nodes[node].words.count
    while low < high {
      let middle = (low + high) / 2
      if nodes[node].words[middle].id < id { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private mutating func slotEdge(_ node: Int, _ kind: EdgeKind, _ name: Int, _ limit: Int) -> Int {
    if let edge = nodes[node].slots.first(where: {
      $0.kind == kind && $0.name == name && $0.limit == limit
    }) {
      return Int(edge.node)
    }
    nodes.append(Node())
    let edge = SlotEdge(kind: kind, name: name, limit: limit, node: Int32(nodes.count - 1))
    // Sorted, so that the order in which phrases are added changes nothing.
    let key = sortKey(edge)
    let place = nodes[node].slots.firstIndex { key < sortKey($0) } ?? nodes[node].slots.count
    nodes[node].slots.insert(edge, at: place)
    return Int(edge.node)
  }

  private func sortKey(_ edge: SlotEdge) -> (String, Int, String) {
    switch edge.kind {
    case .gap: ("", edge.limit, "")
    case .slot(let kind): (kind.rawValue, edge.limit, slotNames[edge.name])
    }
  }

  /// To be called once after the last `add`.
  public mutating func seal() {
    starts = Array(repeating: false, count: vocabulary.count + 1)
    for edge in nodes[0].words { starts[Int(edge.id)] = true }
    for (whole, parts) in compounds {
      for ids in parts where target(0, ids[0]) != nil { starts[Int(whole)] = true }
    }
    leads = Leads()
    for edge in nodes[0].slots {
      if edge.kind == .slot(.name) { leads.names = true } else { leads.counts = true }
    }
    if leads.counts {
      let ids = NumberWords.leading.map { Int(vocabulary.intern($0.utf8)) }
      starts += Array(repeating: false, count: vocabulary.count + 1 - starts.count)
      countStarts = Array(repeating: false, count: vocabulary.count + 1)
      for id in ids { countStarts[id] = true }
    }
    isCompound = Array(repeating: false, count: vocabulary.count + 1)
    for whole in compounds.keys { isCompound[Int(whole)] = true }
  }

  // MARK: - Matching

  /// Steps that one starting word may take over all phrases. Each step reaches a place of the automaton
  /// at a word where it was not before, so that real reports take a few dozen and hostile ones some
  /// hundred for each gap; the bound is for what nobody thought of.
  public static let stepLimit = 20_000

  /// Finds every phrase in the tokens of `range`. A phrase is reported once for each starting word: with
  /// the fewest words in its gaps and the longest names. Matches never leave a sentence.
  public func matches(in text: RunningText, range: Range<Int>) -> [PhraseMatch] {
    counted(in: text, range: range).found
  }

  /// The matches, and how many steps finding them took: the measure of work, the same on every machine.
  func counted(in text: RunningText, range: Range<Int>) -> (found: [PhraseMatch], steps: Int) {
    var search = Search(automaton: self, text: text)
    for index in range {
      let token = text.tokens[index]
      guard token.kind == .word else { continue }
      let known = token.id != 0 && starts[Int(token.id)]
      let joined = token.joinID != 0 && starts[Int(token.joinID)]
      let here = leads.isEmpty ? leads : leads(at: index, in: text)
      if known || joined || !here.isEmpty { search.run(from: index, leads: here) }
    }
    return (search.found, search.allSteps)
  }

  /// Which of the slots that phrases begin with may begin at a word.
  private func leads(at index: Int, in text: RunningText) -> Leads {
    let token = text.tokens[index]
    var here = Leads()
    here.names = leads.names && token.flags.contains(.capital) && text.mayLeadName(index)
    here.counts =
      leads.counts
      && (token.flags.contains(.numeric) || countStarts[Int(token.id)]
        || countStarts[Int(token.joinID)])
    return here
  }

  /// Walks the automaton from one starting word.
  private struct Search {
    let automaton: PhraseAutomaton
    let text: RunningText
    var found: [PhraseMatch] = []
    var allSteps = 0
    private var steps = 0
    private var first = 0
    private var sentence: Int32 = 0
    private var captures: [Capture] = []
    private var reported: [Int32] = []
    /// For each node behind a gap, the words at which it was entered in this run: from the first to
    /// one past the last. A second way to the same node and word finds nothing new.
    private var entered: [Int: Range<Int>] = [:]
    /// The same for nodes behind other slots.
    private var read: Set<Place> = []

    /// Where names end that were read already, over all runs.
    private var names: [Place: [Int]] = [:]

    private struct Place: Hashable {
      var node: Int
      var index: Int
    }

    init(automaton: PhraseAutomaton, text: RunningText) {
      self.automaton = automaton
      self.text = text
    }

    mutating func run(from index: Int, leads: Leads) {
      steps = 0
      first = index
      sentence = text.tokens[index].sentence
      captures.removeAll(keepingCapacity: true)
      reported.removeAll(keepingCapacity: true)
      if !entered.isEmpty { entered.removeAll(keepingCapacity: true) }
      if !read.isEmpty { read.removeAll(keepingCapacity: true) }
      takeWord(0, index)
      if !leads.isEmpty { takeSlots(0, index, leads) }
      allSteps += steps
    }

    /// The next word at or after `index` in the sentence; marks are passed over.
    @inline(__always)
    private func nextWord(_ index: Int) -> Int? {
      var i = index
      while i < text.tokens.count {
        let token = text.tokens[i]
        if token.sentence != sentence { return nil }
        if token.kind == .word, !token.flags.contains(.raised) { return i }
        i += 1
      }
      return nil
    }

    private mutating func walk(_ node: Int, _ index: Int) {
      guard steps < PhraseAutomaton.stepLimit else { return }
      steps += 1
      report(node, index)
      goOn(node, index)
    }

    /// Reports the phrases that end here.
    private mutating func report(_ node: Int, _ index: Int) {
      for end in automaton.nodes[node].ends where !reported.contains(end) {
        if automaton.inCapitals[Int(end)], !isInCapitals(first..<index) { continue }
        reported.append(end)
        found.append(
          PhraseMatch(phrase: Int(end), tokens: first..<index, captures: captures))
      }
    }

    private mutating func goOn(_ node: Int, _ index: Int) {
      if !automaton.nodes[node].words.isEmpty, let next = nextWord(index) {
        takeWord(node, next)
      }
      if !automaton.nodes[node].slots.isEmpty { takeSlots(node, index) }
    }

    private mutating func takeWord(_ node: Int, _ index: Int) {
      let token = text.tokens[index]
      if token.id != 0 { take(token.id, node, index + 1) }
      if token.joinID != 0 { take(token.joinID, node, index + 2) }
    }

    /// Takes a word by its number, or the words that a phrase parts by hyphens where it stands for them.
    private mutating func take(_ id: UInt32, _ node: Int, _ end: Int) {
      if let target = automaton.target(node, id) { walk(target, end) }
      guard automaton.isCompound[Int(id)] else { return }
      for parts in automaton.compounds[id] ?? [] {
        var target: Int? = node
        for part in parts { target = target.flatMap { automaton.target($0, part) } }
        if let target { walk(target, end) }
      }
    }

    /// At the start of a phrase only the slots of `leads` are read.
    private mutating func takeSlots(_ node: Int, _ index: Int, _ leads: Leads? = nil) {
      for edge in automaton.nodes[node].slots {
        if let leads, case .slot(let kind) = edge.kind, !leads.contains(kind) { continue }
        let target = Int(edge.node)
        switch edge.kind {
        case .gap: takeGap(target, index, limit: edge.limit)
        case .slot(.text): takeText(target, index, edge)
        case .slot(let kind):
          guard let start = nextWord(index) else { continue }
          for end in ends(kind, start, edge.limit)
          where read.insert(Place(node: target, index: end)).inserted {
            captures.append(
              Capture(name: automaton.slotNames[edge.name], kind: kind, tokens: start..<end))
            walk(target, end)
            captures.removeLast()
          }
        }
      }
    }

    private mutating func ends(_ kind: Phrase.SlotKind, _ start: Int, _ limit: Int) -> [Int] {
      guard kind == .name else { return singleEnd(kind, start).map { [$0] } ?? [] }
      let place = Place(node: limit, index: start)
      if let known = names[place] { return known }
      let ends = text.slotEnds(kind, from: start, limit: limit)
      names[place] = ends
      return ends
    }

    /// Where a slot that can be read in one way only ends; each place is read once for all phrases.
    private mutating func singleEnd(_ kind: Phrase.SlotKind, _ start: Int) -> Int? {
      var known = single[kind] ?? []
      if known.isEmpty { known = [Int32](repeating: Self.unread, count: text.tokens.count) }
      if known[start] == Self.unread {
        single[kind] = nil
        known[start] = text.slotEnds(kind, from: start, limit: 0).first.map(Int32.init) ?? Self.none
        single[kind] = known
      }
      return known[start] == Self.none ? nil : Int(known[start])
    }

    private static let unread: Int32 = -2
    private static let none: Int32 = -1
    private var single: [Phrase.SlotKind: [Int32]] = [:]

    /// Passes over up to `limit` words, the fewest first.
    private mutating func takeGap(_ target: Int, _ index: Int, limit: Int) {
      guard var i = nextWord(index) else { return }
      let known = entered[target] ?? 0..<0
      let start = i
      var passed = 0
      while steps < PhraseAutomaton.stepLimit {
        if !known.contains(i) { walk(target, i) }
        guard passed < limit, let next = nextWord(i + 1) else { break }
        i = next
        passed += 1
      }
      // Two stretches that do not touch are not one; the later is kept.
      let touches = !known.isEmpty && start <= known.upperBound && i + 1 >= known.lowerBound
      entered[target] =
        touches ? min(start, known.lowerBound)..<max(i + 1, known.upperBound) : start..<i + 1
    }

    /// Reads up to `limit` words: the fewest where the phrase goes on, the most where it ends.
    private mutating func takeText(_ target: Int, _ index: Int, _ edge: SlotEdge) {
      guard let start = nextWord(index) else { return }
      let name = automaton.slotNames[edge.name]
      var last = start
      var passed = 1
      while steps < PhraseAutomaton.stepLimit {
        if read.insert(Place(node: target, index: last)).inserted {
          steps += 1
          captures.append(Capture(name: name, kind: .text, tokens: start..<textEnd(last)))
          goOn(target, textEnd(last))
          captures.removeLast()
        }
        guard passed < edge.limit, let next = nextWord(last + 1) else { break }
        last = next
        passed += 1
      }
      captures.append(Capture(name: name, kind: .text, tokens: start..<textEnd(last)))
      report(target, textEnd(last))
      captures.removeLast()
    }

    /// One past a text's last word; the full stop of `Inc.` and `P.C.` is part of it.
    private func textEnd(_ last: Int) -> Int {
      let next = last + 1
      guard next < text.tokens.count, text.tokens[next].sentence == sentence,
        text.tokens[next].kind == .mark, text.tokens[next].mark == 0x2E,
        text.tokens[next].flags.contains(.glued), text.isLegalSuffix(text.tokens[last])
      else { return next }
      return next + 1
    }

    private func isInCapitals(_ range: Range<Int>) -> Bool {
      range.allSatisfy {
        let token = text.tokens[$0]
        return token.kind != .word || token.flags.contains(.allCapitals)
          || token.flags.contains(.numeric) || (token.flags.contains(.capital) && token.length == 1)
      }
    }
  }

  @inline(__always)
  private func target(_ node: Int, _ id: UInt32) -> Int? {
    let edges = nodes[node].words
    if edges.count < 8 {
      for edge in edges where edge.id == id { return Int(edge.node) }
      return nil
    }
    var low = 0
    var high = edges.count - 1
    while low <= high {
      let middle = (low + high) / 2
      if edges[middle].id == id { return Int(edges[middle].node) }
      if edges[middle].id < id { low = middle + 1 } else { high = middle - 1 }
    }
    return nil
  }
}

/// Why a phrase cannot be used.
public enum PhraseProblem: String, Error, Sendable {
  /// Nothing at all, or nothing in one of its wordings.
  case empty = "has no words"
  /// A wording is made of slots and gaps only.
  case noWords = "has slots but no word to find it by"
  /// What stands before the first word or after the last cannot be told from anything else.
  case gapAtEdge = "begins or ends with a gap"
  /// Each gap multiplies the ways to read a sentence.
  case tooManyGaps = "has more than four gaps"
  /// See `Phrase.wordingLimit`.
  case tooManyWordings = "stands for more than 512 wordings; split it"
  /// Every word of a report would have to be tried as its beginning.
  case slotFirst = "begins with a slot that is neither a name nor a number; begin with a word"
}

/// A phrase found: which, where, and what its slots hold.
public struct PhraseMatch: Sendable, Hashable {
  public var phrase: PhraseAutomaton.PhraseIndex
  public var tokens: Range<Int>
  public var captures: [Capture]
}

/// What a slot holds.
public struct Capture: Sendable, Hashable {
  public var name: String
  public var kind: Phrase.SlotKind
  public var tokens: Range<Int>
}
