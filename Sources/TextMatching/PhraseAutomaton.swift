/// All phrases of a rule pack as one automaton over tokens: each word of a report is looked up once,
/// however many phrases there are.
///
/// A phrase is kept as a few steps of one program: take this word, read this slot, go on at two places,
/// end. The wordings of an `any` join again behind it, so a phrase costs the sum of its words, not their
/// product. Matching follows all phrases at once: a node is the set of steps to which the words taken so
/// far have led, in whatever phrases. It is made when the words of a report first lead there, and kept
/// for the rest of the text, so that only what a report reaches is ever made (a lazy subset
/// construction). `Nodes` makes them, `Search` walks them.
public struct PhraseAutomaton: Sendable {
  /// The place of a phrase in the list the automaton was built from.
  public typealias PhraseIndex = Int

  /// One step of the program. After it comes the next one, where it says nothing else.
  private enum Step: Sendable {
    case word(UInt32)
    /// A slot or gap, by its number.
    case slot(UInt32)
    /// Goes on with the next step and also with that one.
    case fork(Int32)
    case jump(Int32)
    case end(phrase: UInt32)
  }
  private struct Slot: Sendable, Hashable {
    /// Nil for a gap.
    var kind: Phrase.SlotKind?
    var name = ""
    var limit: Int
    /// Which of the readings of a text it shares with others; -1 for gaps and texts, which read nothing.
    var reading = -1
  }
  /// With which slots phrases begin.
  private struct Leads: Sendable {
    var names = false
    var counts = false
    var isEmpty: Bool { !names && !counts }

    func contains(_ kind: Phrase.SlotKind) -> Bool { kind == .name ? names : counts }
  }

  public private(set) var vocabulary = Vocabulary()
  private var program: [Step] = []
  private var slots: [Slot] = []
  private var slotNumbers: [Slot: UInt32] = [:]
  /// How many readings the slots share.
  private var readings = 0
  /// The first step of each phrase.
  private var beginnings: [Int32] = []
  /// The node before the first word, and with it those right behind that word.
  private var nodes = Nodes()
  /// For each word number, whether a phrase may begin with it.
  private var starts: [Bool] = []
  /// For each word number, whether a count may begin with it and a phrase with a count.
  private var countStarts: [Bool] = []
  private var leads = Leads()
  /// For each word number, whether it is a key of `compounds`.
  private var isCompound: [Bool] = []
  private var inCapitals: [Bool] = []
  /// For a word that a phrase writes with hyphens, its parts by the number of the word written together:
  /// `subservice` in a report matches `sub-service` in a phrase.
  private var compounds: [UInt32: [[UInt32]]] = [:]

  public init() {}

  /// Adds a phrase; returns nil when it was taken, else why not.
  public mutating func add(_ phrase: Phrase) -> PhraseProblem? {
    if let problem = problem(in: phrase) {
      // It keeps its number, without a step in the program.
      inCapitals.append(false)
      return problem
    }
    addChecked(phrase)
    return nil
  }

  private func problem(in phrase: Phrase) -> PhraseProblem? {
    guard let wordings = phrase.flattened() else { return .tooManyWordings }
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
      if let first = wording.first, case .slot(let kind) = first, !kind.mayLead {
        return .slotFirst
      }
    }
    return nil
  }

  /// Adds a phrase that `add` has taken before, as the phrases of a pack that was checked.
  public mutating func addChecked(_ phrase: Phrase) {
    beginnings.append(Int32(program.count))
    append(phrase.parts)
    program.append(.end(phrase: UInt32(inCapitals.count)))
    inCapitals.append(phrase.inCapitals)
  }

  private mutating func append(_ parts: [Phrase.Part]) {
    for part in parts {
      switch part {
      case .word(let word): append(word: word)
      case .gap(let limit): program.append(.slot(number(Slot(kind: nil, limit: limit))))
      case .slot(let kind, let name, let limit):
        program.append(.slot(number(Slot(kind: kind, name: name, limit: limit))))
      case .any(let options): append(options: options)
      case .maybe(let inner):
        let fork = program.count
        program.append(.fork(0))
        append(inner)
        program[fork] = .fork(Int32(program.count))
      }
    }
  }

  /// Each wording but the last begins with a fork to the next and ends with a jump behind them all.
  private mutating func append(options: [[Phrase.Part]]) {
    var jumps: [Int] = []
    for (i, option) in options.enumerated() {
      let fork = program.count
      let isLast = i == options.count - 1
      if !isLast { program.append(.fork(0)) }
      append(option)
      guard !isLast else { break }
      jumps.append(program.count)
      program.append(.jump(0))
      program[fork] = .fork(Int32(program.count))
    }
    for jump in jumps { program[jump] = .jump(Int32(program.count)) }
  }

  private mutating func append(word: String) {
    if let id = number(ofPlain: word) { return program.append(.word(id)) }
    let (words, compounds) = Phrase.normalised(word)
    for parts in compounds { note(compound: parts) }
    for word in words { program.append(.word(vocabulary.intern(word))) }
  }

  /// The number of a word of plain letters and digits, as nearly all words of rules are; nil for others.
  private mutating func number(ofPlain word: String) -> UInt32? {
    var word = word
    return word.withUTF8 { printed in
      guard !printed.isEmpty else { return nil }
      return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: printed.count) { letters in
        for i in printed.indices {
          let c = printed[i]
          let isDigit = c >= 0x30 && c <= 0x39
          guard c >= 0x61 && c <= 0x7A || c >= 0x41 && c <= 0x5A || isDigit else { return nil }
          letters[i] = isDigit ? c : c | 0x20
        }
        return vocabulary.intern(UnsafeBufferPointer(letters))
      }
    }
  }

  private mutating func number(_ slot: Slot) -> UInt32 {
    if let known = slotNumbers[slot] { return known }
    slotNumbers[slot] = UInt32(slots.count)
    slots.append(slot)
    return UInt32(slots.count - 1)
  }

  private mutating func note(compound parts: [[UInt8]]) {
    let whole = vocabulary.intern(parts.flatMap { $0 })
    let ids = parts.map { vocabulary.intern($0) }
    guard compounds[whole]?.contains(ids) != true else { return }
    // Sorted, so that the order in which phrases come changes nothing.
    let known = compounds[whole, default: []] + [ids]
    compounds[whole] = known.sorted {
      $0.map(vocabulary.length).lexicographicallyPrecedes($1.map(vocabulary.length))
    }
  }

  /// To be called once after the last `add`.
  public mutating func seal() {
    sortSlots()
    nodes = Nodes(beginnings)
    nodes.open(0, program)
    starts = Array(repeating: false, count: vocabulary.count + 1)
    for edge in nodes.edges[nodes[0].words] { starts[Int(edge.label)] = true }
    for (whole, parts) in compounds {
      for ids in parts where starts[Int(ids[0])] { starts[Int(whole)] = true }
    }
    leads = Leads()
    for edge in nodes.edges[nodes[0].slots] {
      if slots[Int(edge.label)].kind == .name {
        leads.names = true
      } else {
        leads.counts = true
      }
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

  /// Numbers the slots in the order in which they are tried, so that the order in which phrases are added
  /// changes nothing.
  private mutating func sortSlots() {
    let order = slots.indices.sorted { Self.sortKey(slots[$0]) < Self.sortKey(slots[$1]) }
    var places = [UInt32](repeating: 0, count: slots.count)
    for (place, slot) in order.enumerated() { places[slot] = UInt32(place) }
    slots = order.map { slots[$0] }
    for i in program.indices {
      if case .slot(let slot) = program[i] { program[i] = .slot(places[Int(slot)]) }
    }
    // Names of different lengths are read differently; all else ends in one place only.
    var numbers: [Slot: Int] = [:]
    for i in slots.indices {
      guard let kind = slots[i].kind, kind != .text else { continue }
      let reading = Slot(kind: kind, limit: kind == .name ? slots[i].limit : 0)
      slots[i].reading = numbers[reading] ?? numbers.count
      numbers[reading] = slots[i].reading
    }
    readings = numbers.count
  }

  private static func sortKey(_ slot: Slot) -> (String, Int, String) {
    (slot.kind?.rawValue ?? "", slot.limit, slot.name)
  }

  // MARK: - Nodes

  /// The nodes that were reached so far, and those one edge behind them.
  private struct Nodes: Sendable {
    struct Node: Sendable {
      /// The steps to which the edge before it leads, in `places`.
      var places: Range<Int>
      var isOpen = false
      /// Its edges in `edges`: for words by their numbers, for slots in the order in which they are tried.
      var words = 0..<0
      /// A bit for each of its words, by the last six bits of the number: of most words of a report a look
      /// at it tells that none of these is meant.
      var wordBits: UInt64 = 0
      var slots = 0..<0
      /// The phrases that end here, as edges to nowhere.
      var ends = 0..<0
      /// The words at which it was entered behind a gap, in the run of that number: from the first to one
      /// past the last.
      var entered = 0..<0
      var run = 0
    }
    struct Edge: Sendable {
      var label: UInt32
      var node: Int32
    }

    private var nodes: [Node]
    private(set) var edges: [Edge] = []
    private var places: [Int32]
    /// While a node is opened: its edges, each as what it takes above and the step behind that below.
    private var keys: [UInt64] = []
    private var forks: [Int32] = []

    init(_ beginnings: [Int32] = []) {
      nodes = [Node(places: 0..<beginnings.count)]
      places = beginnings
    }

    subscript(_ node: Int) -> Node {
      @inline(__always) get { nodes[node] }
      @inline(__always) _modify { yield &nodes[node] }
    }

    /// Makes the edges of a node and the nodes behind them.
    mutating func open(_ node: Int, _ program: [Step]) {
      keys.removeAll(keepingCapacity: true)
      for i in nodes[node].places { collect(places[i], program) }
      if keys.count > 1 { keys.sort() }
      var next = 0
      let words = append(Self.wordKey, &next)
      let slots = append(Self.slotKey, &next)
      let ends = append(Self.endKey, &next)
      nodes[node].words = words
      nodes[node].wordBits = edges[words].reduce(0) { $0 | 1 << UInt64($1.label & 63) }
      nodes[node].slots = slots
      nodes[node].ends = ends
      nodes[node].isOpen = true
    }

    private static let wordKey: UInt64 = 0
    private static let slotKey: UInt64 = 1
    private static let endKey: UInt64 = 2

    /// Follows forks and jumps to the words, slots and ends that a place stands for. A phrase has few
    /// wordings (`Phrase.wordingLimit`), so there are few ways through its forks.
    private mutating func collect(_ place: Int32, _ program: [Step]) {
      forks.append(place)
      while var place = forks.popLast() {
        var isOpen = true
        while isOpen {
          isOpen = false
          switch program[Int(place)] {
          case .word(let id): keys.append(key(Self.wordKey, id, place + 1))
          case .slot(let slot): keys.append(key(Self.slotKey, slot, place + 1))
          case .end(let phrase): keys.append(key(Self.endKey, phrase, 0))
          case .jump(let other):
            place = other
            isOpen = true
          case .fork(let other):
            forks.append(other)
            place += 1
            isOpen = true
          }
        }
      }
    }

    private func key(_ kind: UInt64, _ label: UInt32, _ place: Int32) -> UInt64 {
      kind << 62 | UInt64(label) << 32 | UInt64(place)
    }

    /// Makes one edge, and the node behind it, of all keys of a kind that take the same.
    private mutating func append(_ kind: UInt64, _ next: inout Int) -> Range<Int> {
      let first = edges.count
      while next < keys.count, keys[next] >> 62 == kind {
        let label = keys[next] >> 32
        let start = places.count
        while next < keys.count, keys[next] >> 32 == label {
          let place = Int32(truncatingIfNeeded: keys[next])
          if places.count == start || places.last != place { places.append(place) }
          next += 1
        }
        edges.append(
          Edge(label: UInt32(label & 0x3FFF_FFFF), node: Int32(nodes.count)))
        nodes.append(Node(places: start..<places.count))
      }
      return first..<edges.count
    }

    /// The node behind a word, or nil.
    @inline(__always)
    func target(_ node: Int, _ id: UInt32) -> Int? {
      guard nodes[node].wordBits >> UInt64(id & 63) & 1 != 0 else { return nil }
      let words = nodes[node].words
      var low = words.lowerBound
      var high = words.upperBound
      while high - low > 6 {
        let middle = (low + high) / 2
        if edges[middle].label <= id { low = middle } else { high = middle }
      }
      while low < high {
        if edges[low].label == id { return Int(edges[low].node) }
        low += 1
      }
      return nil
    }
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

  /// Walks the automaton from one starting word after another.
  private struct Search {
    let automaton: PhraseAutomaton
    let text: RunningText
    var found: [PhraseMatch] = []
    var allSteps = 0
    private var nodes: Nodes
    private var steps = 0
    private var run = 0
    private var first = 0
    private var sentence: Int32 = 0
    private var held: [Held] = []
    /// For each phrase the last run that reported it.
    private var reported: [Int]
    /// The nodes behind slots that were reached in this run, and where. A second way to the same node and
    /// word finds nothing new.
    private var read: Set<UInt64> = []
    /// For each reading and token where the slot ends, once it was looked for: `unread`, `none`, one past
    /// its last token, or for names their number in `names`.
    private var readEnds: [[Int32]]
    private var names: [[Int]] = []
    /// For each token, and one past the last, the first word from it on that is not raised, in any sentence.
    private let nextWords: [Int32]
    /// One past the last token of the sentence at hand.
    private var sentenceEnd = 0

    /// What a slot holds on the way at hand.
    private struct Held {
      var slot: Int
      var kind: Phrase.SlotKind
      var tokens: Range<Int>
    }

    /// A node and a word as one number, which is hashed faster than two.
    private static func place(_ node: Int, _ index: Int) -> UInt64 {
      UInt64(node) << 32 | UInt64(index)
    }

    private static let unread: Int32 = -2
    private static let none: Int32 = -1

    init(automaton: PhraseAutomaton, text: RunningText) {
      self.automaton = automaton
      self.text = text
      nodes = automaton.nodes
      reported = Array(repeating: 0, count: automaton.inCapitals.count)
      readEnds = Array(repeating: [], count: automaton.readings)
      var next = [Int32](repeating: Int32(text.tokens.count), count: text.tokens.count + 1)
      for i in text.tokens.indices.reversed() {
        let isWord = text.tokens[i].isWord && !text.tokens[i].flags.contains(.raised)
        next[i] = isWord ? Int32(i) : next[i + 1]
      }
      nextWords = next
    }

    mutating func run(from index: Int, leads: Leads) {
      steps = 0
      run += 1
      first = index
      if text.tokens[index].sentence != sentence || index >= sentenceEnd {
        sentence = text.tokens[index].sentence
        sentenceEnd = text.sentence(around: index).upperBound
      }
      if !read.isEmpty { read.removeAll(keepingCapacity: true) }
      takeWord(0, index)
      if !leads.isEmpty { takeSlots(0, index, leads) }
      allSteps += steps
    }

    /// The next word at or after `index` in the sentence; marks are passed over.
    @inline(__always)
    private func nextWord(_ index: Int) -> Int? {
      let next = Int(nextWords[index])
      return next < sentenceEnd ? next : nil
    }

    private mutating func walk(_ node: Int, _ index: Int) {
      guard steps < PhraseAutomaton.stepLimit else { return }
      steps += 1
      if !nodes[node].isOpen { nodes.open(node, automaton.program) }
      if !nodes[node].ends.isEmpty { report(node, index) }
      goOn(node, index)
    }

    /// Reports the phrases that end here.
    private mutating func report(_ node: Int, _ index: Int) {
      for edge in nodes[node].ends {
        let phrase = Int(nodes.edges[edge].label)
        if reported[phrase] == run { continue }
        if automaton.inCapitals[phrase], !isInCapitals(first..<index) { continue }
        reported[phrase] = run
        let captures = held.map {
          Capture(name: automaton.slots[$0.slot].name, kind: $0.kind, tokens: $0.tokens)
        }
        found.append(PhraseMatch(phrase: phrase, tokens: first..<index, captures: captures))
      }
    }

    private mutating func goOn(_ node: Int, _ index: Int) {
      if !nodes[node].words.isEmpty, let next = nextWord(index) { takeWord(node, next) }
      if !nodes[node].slots.isEmpty { takeSlots(node, index) }
    }

    @inline(__always)
    private mutating func takeWord(_ node: Int, _ index: Int) {
      let id = text.tokens[index].id
      let joined = text.tokens[index].joinID
      if id != 0 { take(id, node, index + 1) }
      if joined != 0 { take(joined, node, index + 2) }
    }

    /// Takes a word by its number, or the words that a phrase parts by hyphens where it stands for them.
    @inline(__always)
    private mutating func take(_ id: UInt32, _ node: Int, _ end: Int) {
      if let target = nodes.target(node, id) { walk(target, end) }
      if automaton.isCompound[Int(id)] { takeParts(of: id, node, end) }
    }

    private mutating func takeParts(of id: UInt32, _ node: Int, _ end: Int) {
      for parts in automaton.compounds[id] ?? [] {
        var target: Int? = node
        for part in parts {
          guard let node = target else { break }
          if !nodes[node].isOpen { nodes.open(node, automaton.program) }
          target = nodes.target(node, part)
        }
        if let target { walk(target, end) }
      }
    }

    /// At the start of a phrase only the slots of `leads` are read.
    private mutating func takeSlots(_ node: Int, _ index: Int, _ leads: Leads? = nil) {
      for edge in nodes[node].slots {
        let slot = Int(nodes.edges[edge].label)
        let target = Int(nodes.edges[edge].node)
        switch automaton.slots[slot].kind {
        case nil: takeGap(target, index, limit: automaton.slots[slot].limit)
        case .text: takeText(target, index, slot)
        case let kind?:
          if let leads, !leads.contains(kind) { continue }
          guard let start = nextWord(index) else { continue }
          take(slot, kind, target, start)
        }
      }
    }

    /// Reads a slot, in each way in which it can be read.
    private mutating func take(_ slot: Int, _ kind: Phrase.SlotKind, _ target: Int, _ start: Int) {
      let end = end(slot, kind, start)
      guard end != Self.none else { return }
      guard kind == .name else { return take(slot, kind, target, start..<Int(end)) }
      for end in names[Int(end)] { take(slot, kind, target, start..<end) }
    }

    private mutating func take(
      _ slot: Int, _ kind: Phrase.SlotKind, _ target: Int, _ tokens: Range<Int>
    ) {
      guard read.insert(Self.place(target, tokens.upperBound)).inserted else { return }
      held.append(Held(slot: slot, kind: kind, tokens: tokens))
      walk(target, tokens.upperBound)
      held.removeLast()
    }

    /// See `readEnds`; each place is read once for all phrases.
    private mutating func end(_ slot: Int, _ kind: Phrase.SlotKind, _ start: Int) -> Int32 {
      guard text.mayBegin(kind, at: start) else { return Self.none }
      let reading = automaton.slots[slot].reading
      if readEnds[reading].isEmpty {
        readEnds[reading] = Array(repeating: Self.unread, count: text.tokens.count)
      }
      let known = readEnds[reading][start]
      guard known == Self.unread else { return known }
      let ends = text.slotEnds(kind, from: start, limit: automaton.slots[slot].limit)
      var end = ends.first.map { Int32($0) } ?? Self.none
      if kind == .name, !ends.isEmpty {
        end = Int32(names.count)
        names.append(ends)
      }
      readEnds[reading][start] = end
      return end
    }

    /// Passes over up to `limit` words, the fewest first.
    private mutating func takeGap(_ target: Int, _ index: Int, limit: Int) {
      guard var i = nextWord(index) else { return }
      let known = nodes[target].run == run ? nodes[target].entered : 0..<0
      let start = i
      var passed = 0
      if !nodes[target].isOpen { nodes.open(target, automaton.program) }
      // Nearly always a word must follow, and most words of a report are not that one.
      let needsWord = nodes[target].ends.isEmpty && nodes[target].slots.isEmpty
      while steps < PhraseAutomaton.stepLimit {
        if !known.contains(i) {
          if needsWord {
            steps += 1
            takeWord(target, i)
          } else {
            walk(target, i)
          }
        }
        guard passed < limit, let next = nextWord(i + 1) else { break }
        i = next
        passed += 1
      }
      // Two stretches that do not touch are not one; the later is kept.
      let touches = !known.isEmpty && start <= known.upperBound && i + 1 >= known.lowerBound
      nodes[target].entered =
        touches ? min(start, known.lowerBound)..<max(i + 1, known.upperBound) : start..<i + 1
      nodes[target].run = run
    }

    /// Reads up to `limit` words: the fewest where the phrase goes on, the most where it ends.
    private mutating func takeText(_ target: Int, _ index: Int, _ slot: Int) {
      guard let start = nextWord(index) else { return }
      if !nodes[target].isOpen { nodes.open(target, automaton.program) }
      let limit = automaton.slots[slot].limit
      var last = start
      var passed = 1
      while steps < PhraseAutomaton.stepLimit {
        if read.insert(Self.place(target, last)).inserted {
          steps += 1
          held.append(Held(slot: slot, kind: .text, tokens: start..<textEnd(last)))
          goOn(target, textEnd(last))
          held.removeLast()
        }
        guard passed < limit, let next = nextWord(last + 1) else { break }
        last = next
        passed += 1
      }
      held.append(Held(slot: slot, kind: .text, tokens: start..<textEnd(last)))
      report(target, textEnd(last))
      held.removeLast()
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
