import ReportStructure
import RulePacks
import SOC2Vocabulary
import TextMatching

/// One place in a document where a rule's words stand and its scope holds.
struct Hit: Sendable {
  var rule: Int
  var fact: Int
  var option: Int
  var value: Value
  /// How sure the value itself is, before anything is compared.
  var confidence: Confidence
  /// The evidence: the whole phrase.
  var tokens: Range<Int>
  /// The slot's own words, for names and texts.
  var slot: Range<Int>?
  var zone: Zone
  var block: Int
  /// In the running heads and feet, not in the text.
  var isFurniture: Bool
}

/// Everything the rules found in one document, by what they were looking for.
struct Hits: Sendable {
  private(set) var byTarget: [FactTarget: [Hit]] = [:]

  subscript(_ signal: SignalName) -> [Hit] { byTarget[.signal(signal)] ?? [] }
  subscript(_ fact: FactName) -> [Hit] { byTarget[.fact(fact)] ?? [] }
  subscript(_ target: FactTarget) -> [Hit] { byTarget[target] ?? [] }

  /// Filters the matches of the automaton by the scope, order and exceptions of their rules.
  init(
    _ compiled: CompiledRules, body: [PhraseMatch], furniture: [PhraseMatch], in report: Report
  ) {
    // Matches come in the order of the text, and so do the sentences of each case here.
    var cancelled = [[Int32]](repeating: [], count: compiled.caseCount)
    var allowedBlocks = [Set<Int>](repeating: [], count: compiled.caseCount)
    for match in body {
      switch compiled.owners[match.phrase] {
      case .unless(let rule, let fact, let option):
        let number = compiled.number(rule: rule, fact: fact, option: option)
        let sentence = report.text.tokens[match.tokens.lowerBound].sentence
        if cancelled[number].last != sentence { cancelled[number].append(sentence) }
      case .under(let rule, let fact):
        allowedBlocks[compiled.number(rule: rule, fact: fact)].insert(
          report.text.block(of: match.tokens.lowerBound))
      case .fact, .zoneHeading, .wholeHeading, .zoneDenial, .zoneOpening: break
      }
    }
    // For each fact the last word at which it was found, and its place in `list`.
    var chosen = [(token: Int, place: Int)](repeating: (-1, -1), count: compiled.caseCount)
    var list: [Hit] = []
    list.reserveCapacity(body.count)
    var counts = CountReader(report.text)
    // Matches come in the order of the text, and so do their blocks.
    var block = 0
    for match in body {
      guard case .fact(let r, let f, let option) = compiled.owners[match.phrase] else { continue }
      let key = compiled.number(rule: r, fact: f)
      let sentence = report.text.tokens[match.tokens.lowerBound].sentence
      let number = compiled.number(rule: r, fact: f, option: option)
      if cancelled[number].holdsSorted(sentence) { continue }
      while report.text.blocks[block].upperBound <= match.tokens.lowerBound { block += 1 }
      guard
        compiled.rules[r].facts[f].scope.admits(
          block, in: report, zones: compiled.zones[key], headings: allowedBlocks[key]),
        let read = compiled.rules[r].facts[f].value(
          of: match, option: option, in: report.text, &counts)
      else { continue }
      let hit = Hit(
        rule: r, fact: f, option: option, value: read.value, confidence: read.confidence,
        tokens: read.tokens ?? match.tokens, slot: read.slot, zone: report.zones[block],
        block: block, isFurniture: false)
      // Where two cases of one fact begin at the same word, the earlier case wins.
      if chosen[key].token == match.tokens.lowerBound {
        let other = chosen[key].place
        let known = list[other]
        if option < known.option
          || (option == known.option && hit.tokens.count > known.tokens.count)
        {
          list[other] = hit
        }
        continue
      }
      chosen[key] = (match.tokens.lowerBound, list.count)
      list.append(hit)
    }
    var furnitureCounts = CountReader(report.furniture)
    for match in furniture {
      guard case .fact(let r, let f, let option) = compiled.owners[match.phrase] else { continue }
      let rule = compiled.rules[r].facts[f]
      guard rule.scope.place == .furniture || rule.scope.place == .anywhere,
        rule.scope.zones.isEmpty,
        let read = rule.value(of: match, option: option, in: report.furniture, &furnitureCounts)
      else { continue }
      list.append(
        Hit(
          rule: r, fact: f, option: option, value: read.value, confidence: read.confidence,
          tokens: match.tokens, slot: read.slot, zone: .unknown, block: -1, isFurniture: true))
    }
    // A target is looked up by its name once for each fact, and not for each of thousands of hits.
    var places = [Int?](repeating: nil, count: compiled.caseCount)
    var placeOf: [FactTarget: Int] = [:]
    var lists: [[Hit]] = []
    for hit in list {
      let key = compiled.number(rule: hit.rule, fact: hit.fact)
      let target = compiled.rules[hit.rule].facts[hit.fact].target
      let place = places[key] ?? placeOf[target] ?? lists.count
      if place == lists.count {
        placeOf[target] = place
        lists.append([])
      }
      places[key] = place
      lists[place].append(hit)
    }
    byTarget = placeOf.mapValues { place in
      lists[place].sorted {
        ($0.isFurniture ? 1 : 0, $0.tokens.lowerBound) < (
          $1.isFurniture ? 1 : 0, $1.tokens.lowerBound
        )
      }
    }
  }

}

extension [Int32] {
  /// Whether a number is among these, which are sorted.
  fileprivate func holdsSorted(_ number: Int32) -> Bool {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < number { low = middle + 1 } else { high = middle }
    }
    return low < count && self[low] == number
  }
}

extension Scope {
  /// Whether a block lies where the rule looks. `zones`: those of the scope, which are few and many times
  /// looked through; `headings`: the blocks in which the words of `under` stand.
  fileprivate func admits(
    _ block: Int, in report: Report, zones: [Zone], headings: Set<Int>
  ) -> Bool {
    if !zones.isEmpty, !zones.contains(report.zones[block]) { return false }
    let kind = report.blocks[block].kind
    if kind == .contents || report.zones[block] == .toc { return zones.contains(.toc) }
    switch place {
    case .body: if kind == .heading { return false }
    case .heading: if kind != .heading { return false }
    case .anywhere: break
    case .furniture: return false
    }
    if let firstPages, report.blocks[block].firstPage - report.blocks[0].firstPage >= firstPages {
      return false
    }
    if !under.isEmpty {
      guard isUnder(block, headings, report) else { return false }
    }
    return true
  }

  /// Under a heading with the words, or in a paragraph whose own first line has them.
  private func isUnder(_ block: Int, _ wanted: Set<Int>, _ report: Report) -> Bool {
    let heading = report.headings[block]
    if heading >= 0, wanted.contains(heading) { return true }
    // A run-in heading: the block just above is short and is the heading, though it does not look it.
    for above in stride(from: block - 1, through: max(0, block - 3), by: -1) {
      if report.blocks[above].kind == .heading { return false }
      if wanted.contains(above), report.blocks[above].places.count <= 8 { return true }
    }
    return false
  }
}

extension FactRule {
  struct Read {
    var value: Value
    var confidence: Confidence
    var slot: Range<Int>?
    /// When the evidence is not just the phrase.
    var tokens: Range<Int>?
  }

  /// What a match of one of the rule's phrases says; `counts` reads the same text.
  fileprivate func value(
    of match: PhraseMatch, option: Int, in text: RunningText, _ counts: inout CountReader
  ) -> Read? {
    switch kind {
    case .choice:
      return Read(value: .text(cases[option].value), confidence: .high)
    case .sentence:
      let sentence = text.sentenceWithin(
        block: text.block(of: match.tokens.lowerBound), match.tokens)
      return Read(
        value: .text(text.verbatim(sentence)), confidence: .high, slot: nil, tokens: sentence)
    case .date:
      guard let slot = capture(match, .date), let reading = text.date(at: slot.lowerBound) else {
        return nil
      }
      guard let day = reading.date else { return nil }
      return Read(value: .day(day), confidence: reading.confidence, slot: slot)
    case .period:
      guard let slot = capture(match, .period), let reading = text.period(at: slot.lowerBound)
      else { return nil }
      return Read(value: .period(reading.period), confidence: reading.confidence, slot: slot)
    case .name:
      guard let slot = capture(match, .name) ?? capture(match, .text) else { return nil }
      return Read(value: .text(text.name(slot)), confidence: .high, slot: slot)
    case .text:
      guard let slot = capture(match, .text) ?? capture(match, .name) else { return nil }
      return Read(value: .text(text.name(slot)), confidence: .high, slot: slot)
    case .categories:
      guard let slot = capture(match, .categories),
        let list = text.categories(at: slot.lowerBound)
      else { return nil }
      return Read(value: .categories(list.found), confidence: .high, slot: slot)
    case .criteria:
      guard let slot = capture(match, .criteria), let list = text.criteria(at: slot.lowerBound)
      else { return nil }
      return Read(value: .list(list.found.map { .text($0) }), confidence: .high, slot: slot)
    case .numbers:
      let numbers = counts.numbers(of: match)
      guard !numbers.isEmpty else { return nil }
      return Read(value: .object(numbers.mapValues { .number($0) }), confidence: .high)
    }
  }

  private func capture(_ match: PhraseMatch, _ kind: Phrase.SlotKind) -> Range<Int>? {
    match.captures.first { $0.kind == kind && $0.name == "value" }?.tokens
  }
}

/// Reads what matches count. Several phrases often count with the same word, which is read once.
private struct CountReader {
  private let text: RunningText
  /// By the word with which it begins.
  private var known: [Int: Int?] = [:]

  init(_ text: RunningText) { self.text = text }

  private mutating func number(at token: Int) -> Int? {
    if let number = known[token] { return number }
    let number = text.number(at: token)?.value
    known[token] = .some(number)
    return number
  }

  /// What the slots of a match count, by their names.
  mutating func numbers(of match: PhraseMatch) -> [String: Int] {
    var numbers: [String: Int] = [:]
    for capture in match.captures {
      switch capture.kind {
      case .number: numbers[capture.name] = number(at: capture.tokens.lowerBound)
      case .fraction:
        let name = capture.name
        guard let slash = name.utf8.firstIndex(of: UInt8(ascii: "/")),
          let fraction = text.fraction(at: capture.tokens.lowerBound)
        else { continue }
        numbers[String(name[..<slash])] = fraction.part
        numbers[String(name[name.utf8.index(after: slash)...])] = fraction.whole
      case .date, .period, .name, .text, .categories, .criteria: continue
      }
    }
    return numbers
  }
}

extension RunningText {
  /// The sentence around a match, within its block.
  func sentenceWithin(block: Int, _ match: Range<Int>) -> Range<Int> {
    let bounds = blocks[block]
    let whole = sentence(around: match.lowerBound)
    return max(whole.lowerBound, bounds.lowerBound)..<min(whole.upperBound, bounds.upperBound)
  }
}

extension Value {
  /// Categories in the order of the standard.
  static func categories(_ set: Set<TrustServicesCategory>) -> Value {
    .list(TrustServicesCategory.allCases.filter(set.contains).map { .text($0.rawValue) })
  }

  /// The short form in which rule examples and conditions write values.
  var short: String {
    switch self {
    case .null: ""
    case .bool(let bool): bool ? "true" : "false"
    case .number(let number): String(number)
    case .evidence(let pieces): pieces.map(\.quote).joined(separator: " ")
    case .text(let text): text
    case .list(let list): list.map(\.short).joined(separator: " ")
    case .object(let object):
      if let start = object["start"], let end = object["end"] {
        start.short + "/" + end.short
      } else {
        object.keys.sorted().map { $0 + "=" + (object[$0]?.short ?? "") }.joined(separator: " ")
      }
    }
  }
}
