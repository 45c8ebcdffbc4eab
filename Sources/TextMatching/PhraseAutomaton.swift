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

  public private(set) var vocabulary = Vocabulary()
  private var nodes: [Node] = [Node()]
  /// For each word number, the node it leads to from the root, or 0.
  private var starts: [Int32] = []
  private var slotNames: [String] = []
  private var slotNumbers: [String: Int] = [:]
  private var inCapitals: [Bool] = []

  public init() {}

  /// Adds a phrase; returns nil when it was taken, else why not.
  public mutating func add(_ phrase: Phrase) -> PhraseProblem? {
    let index = inCapitals.count
    inCapitals.append(phrase.inCapitals)
    var numbers = slotNumbers
    var names = slotNames
    var words = vocabulary
    let wordings = phrase.flattened(&words) { name in
      if let known = numbers[name] { return known }
      numbers[name] = names.count
      names.append(name)
      return names.count - 1
    }
    guard let wordings else { return .tooManyWordings }
    for wording in wordings {
      if wording.isEmpty { return .empty }
      guard wording.contains(where: { if case .literal = $0 { true } else { false } }) else {
        return .noWords
      }
      if case .gap? = wording.first { return .gapAtEdge }
      if case .gap? = wording.last { return .gapAtEdge }
      let gaps = wording.count { if case .gap = $0 { true } else { false } }
      if gaps > 4 { return .tooManyGaps }
      if let first = wording.first, case .slot(let kind, _, _) = first, kind != .name {
        return .slotFirst
      }
    }
    slotNames = names
    slotNumbers = numbers
    vocabulary = words
    for wording in wordings { insert(wording, index) }
    return nil
  }

  private mutating func insert(_ wording: [FlatPart], _ index: Int) {
    var node = 0
    for part in wording {
      switch part {
      case .literal(let id):
        if let edge = nodes[node].words.first(where: { $0.id == id }) {
          node = Int(edge.node)
        } else {
          nodes.append(Node())
          nodes[node].words.append((id, Int32(nodes.count - 1)))
          nodes[node].words.sort { $0.id < $1.id }
          node = nodes.count - 1
        }
      case .gap(let limit): node = slotEdge(node, .gap, 0, limit)
      case .slot(let kind, let name, let limit): node = slotEdge(node, .slot(kind), name, limit)
      }
    }
    if !nodes[node].ends.contains(Int32(index)) { nodes[node].ends.append(Int32(index)) }
  }

  private mutating func slotEdge(_ node: Int, _ kind: EdgeKind, _ name: Int, _ limit: Int) -> Int {
    if let edge = nodes[node].slots.first(where: {
      $0.kind == kind && $0.name == name && $0.limit == limit
    }) {
      return Int(edge.node)
    }
    nodes.append(Node())
    nodes[node].slots.append(
      SlotEdge(kind: kind, name: name, limit: limit, node: Int32(nodes.count - 1)))
    return nodes.count - 1
  }

  /// To be called once after the last `add`.
  public mutating func seal() {
    starts = Array(repeating: 0, count: vocabulary.count + 1)
    for edge in nodes[0].words { starts[Int(edge.id)] = edge.node }
  }

  // MARK: - Matching

  /// Steps that one starting word may take over all phrases; a bound on hostile texts, some hundred
  /// times what real ones need.
  public static let stepLimit = 20_000

  /// Finds every phrase in the tokens of `range`. A phrase is reported once for each starting word,
  /// in its shortest form. Matches never leave a sentence.
  public func matches(in text: RunningText, range: Range<Int>) -> [PhraseMatch] {
    var search = Search(automaton: self, text: text)
    let hasLeadingSlots = !nodes[0].slots.isEmpty
    for index in range {
      let token = text.tokens[index]
      guard token.kind == .word else { continue }
      let known = token.id != 0 && starts[Int(token.id)] != 0
      let joined = token.joinID != 0 && starts[Int(token.joinID)] != 0
      let leading = hasLeadingSlots && token.flags.contains(.capital)
      if known || joined || leading {
        search.run(from: index, leading: leading)
      }
    }
    return search.found
  }

  /// Walks the automaton from one starting word.
  private struct Search {
    let automaton: PhraseAutomaton
    let text: RunningText
    var found: [PhraseMatch] = []
    private var steps = 0
    private var first = 0
    private var sentence: Int32 = 0
    private var captures: [Capture] = []
    private var reported: [Int32] = []

    init(automaton: PhraseAutomaton, text: RunningText) {
      self.automaton = automaton
      self.text = text
    }

    mutating func run(from index: Int, leading: Bool) {
      steps = 0
      first = index
      sentence = text.tokens[index].sentence
      captures.removeAll(keepingCapacity: true)
      reported.removeAll(keepingCapacity: true)
      let token = text.tokens[index]
      let starts = automaton.starts
      if token.id != 0, starts[Int(token.id)] != 0 { walk(Int(starts[Int(token.id)]), index + 1) }
      if token.joinID != 0, starts[Int(token.joinID)] != 0 {
        walk(Int(starts[Int(token.joinID)]), index + 2)
      }
      // A name that leads the phrase begins where no capital stands before it.
      if leading, index == 0 || !isNamePart(index - 1) || text.tokens[index - 1].sentence != sentence {
        takeSlots(0, index)
      }
    }

    private func isNamePart(_ index: Int) -> Bool {
      let token = text.tokens[index]
      return token.kind == .word && token.flags.contains(.capital)
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
      steps += 1
      guard steps < PhraseAutomaton.stepLimit else { return }
      for end in automaton.nodes[node].ends where !reported.contains(end) {
        if automaton.inCapitals[Int(end)], !isInCapitals(first..<index) { continue }
        reported.append(end)
        found.append(
          PhraseMatch(phrase: Int(end), tokens: first..<index, captures: captures))
      }
      if !automaton.nodes[node].words.isEmpty, let next = nextWord(index) {
        takeWord(node, next)
      }
      if !automaton.nodes[node].slots.isEmpty { takeSlots(node, index) }
    }

    private mutating func takeWord(_ node: Int, _ index: Int) {
      let token = text.tokens[index]
      if token.id != 0, let target = automaton.target(node, token.id) { walk(target, index + 1) }
      if token.joinID != 0, let target = automaton.target(node, token.joinID) {
        walk(target, index + 2)
      }
    }

    private mutating func takeSlots(_ node: Int, _ index: Int) {
      for edge in automaton.nodes[node].slots {
        let target = Int(edge.node)
        switch edge.kind {
        case .gap: takeGap(target, index, limit: edge.limit, capture: nil)
        case .slot(.text): takeGap(target, index, limit: edge.limit, capture: edge.name)
        case .slot(let kind):
          guard let start = nextWord(index) else { continue }
          for end in text.slotEnds(kind, from: start, limit: edge.limit) {
            captures.append(
              Capture(name: automaton.slotNames[edge.name], kind: kind, tokens: start..<end))
            walk(target, end)
            captures.removeLast()
            if steps >= PhraseAutomaton.stepLimit { return }
          }
        }
      }
    }

    /// Passes over up to `limit` words, the fewest first.
    private mutating func takeGap(_ target: Int, _ index: Int, limit: Int, capture: Int?) {
      guard let start = nextWord(index) else { return }
      var i = start
      var passed = 0
      while true {
        if let capture, passed > 0 {
          captures.append(
            Capture(name: automaton.slotNames[capture], kind: .text, tokens: start..<i))
          walk(target, i)
          captures.removeLast()
        } else if capture == nil {
          walk(target, i)
        }
        guard passed < limit, steps < PhraseAutomaton.stepLimit else { return }
        guard let word = nextWord(i), let following = nextWord(word + 1) else { return }
        i = following
        passed += 1
      }
    }

    private func isInCapitals(_ range: Range<Int>) -> Bool {
      range.allSatisfy {
        let token = text.tokens[$0]
        return token.kind != .word || token.flags.contains(.allCapitals)
          || token.flags.contains(.numeric)
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
  case empty = "has no words"
  case noWords = "has slots but no word to find it by"
  case gapAtEdge = "begins or ends with a gap"
  case tooManyGaps = "has more than four gaps"
  case tooManyWordings = "stands for more than 512 wordings; split it"
  case slotFirst = "begins with a slot that is not a name; begin with a word"
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
