import TextMatching
import XMLTree

/// Phrases: words, gaps and slots in order.
extension RuleReader {
  /// Used where a slot says nothing of its length: a name or a title has seldom more words.
  static let slotWords = 12

  mutating func phrases(_ name: String, of element: Element) -> [Phrase] {
    element.elements(name).map { phrase($0) }
  }

  mutating func phrase(_ element: Element) -> Phrase {
    var parts: [Phrase.Part] = []
    for child in element.children {
      switch child {
      case .text(let text):
        if text.utf8.contains(UInt8(ascii: "|")) {
          log.report("'|' stands between wordings in <any> only", at: element)
        }
        parts += words(text).map { .word($0) }
      case .element(let child): parts.append(part(child))
      }
    }
    let phrase = Phrase(parts, inCapitals: element["capitals"] != nil)
    if let problem = problem(in: phrase) {
      log.report("'\(element.name)' \(problem.rawValue)", at: element)
    }
    // Most phrases have no slot, and few have two names.
    let names = phrase.parts.reduce(0) {
      if case .slot(let kind, _, _) = $1 { $0 + (kind == .fraction ? 2 : 1) } else { $0 }
    }
    if names > 1 { checkSlotNames(element) }
    return phrase
  }

  private mutating func part(_ element: Element) -> Phrase.Part {
    switch element.name {
    case "gap": return .gap(element["words"].flatMap { Int($0) } ?? 1)
    case "maybe":
      let inner = words(element.text)
      if inner.isEmpty { log.report("'maybe' has no words", at: element) }
      return .maybe(inner.map { .word($0) })
    case "any":
      let options = wordings(element.text)
      if options.contains(where: { $0.isEmpty }) {
        log.report("'any' has a wording without words", at: element)
      } else if options.count < 2 {
        log.report("'any' has one wording only; put | between wordings", at: element)
      }
      return .any(options)
    default:
      guard let kind = Phrase.SlotKind(rawValue: element.name) else {
        preconditionFailure("the shape of '\(element.name)' must be checked before it is read")
      }
      let limit = element["words"].flatMap { Int($0) } ?? Self.slotWords
      return .slot(kind, name: slotNames(element).joined(separator: "/"), limit: limit)
    }
  }

  /// The words between the strokes of an `any`.
  private func wordings(_ text: String) -> [[Phrase.Part]] {
    var out: [[Phrase.Part]] = []
    var words: [Phrase.Part] = []
    var text = text
    text.withUTF8 { bytes in
      var start = 0
      out.reserveCapacity(1 + bytes.count { $0 == UInt8(ascii: "|") })
      for i in 0...bytes.count {
        let isEnd = i == bytes.count || bytes[i] == UInt8(ascii: "|")
        guard isEnd || isXMLSpace(bytes[i]) else { continue }
        if start < i { words.append(.word(String(decoding: bytes[start..<i], as: UTF8.self))) }
        start = i + 1
        if isEnd {
          out.append(words)
          words = []
        }
      }
    }
    return out
  }

  private mutating func checkSlotNames(_ phrase: Element) {
    var seen: Set<String> = []
    for slot in phrase.elements where Phrase.SlotKind(rawValue: slot.name) != nil {
      for name in slotNames(slot) where !seen.insert(name).inserted {
        log.report("two slots of one phrase are named '\(name)'", at: slot)
      }
    }
  }

  /// The name of what a slot holds; a fraction holds two things.
  private func slotNames(_ slot: Element) -> [String] {
    let name = slot["as"] ?? "value"
    return slot.name == "fraction" ? [name, slot["of"] ?? "whole"] : [name]
  }

  /// A fact whose value is read from the text needs, in each phrase, the slot that reads it.
  mutating func checkValueSlot(_ phrase: Element, _ kind: FactRule.Kind) {
    let slots: [String]
    switch kind {
    case .choice, .sentence: return
    case .numbers: return checkNumberSlots(phrase)
    case .name: slots = ["name", "text"]
    case .date, .period, .text, .categories, .criteria: slots = [kind.rawValue]
    }
    let values = phrase.elements.filter {
      Phrase.SlotKind(rawValue: $0.name) != nil && ($0["as"] ?? "value") == "value"
    }
    let wanted = slots.map { "<\($0)/>" }.joined(separator: " or ")
    if values.isEmpty {
      log.report("a phrase of a fact of kind \(kind.rawValue) needs \(wanted)", at: phrase)
    }
    for slot in values where !slots.contains(slot.name) {
      log.report(
        "<\(slot.name)/> cannot be the value of a fact of kind \(kind.rawValue); use \(wanted)",
        at: slot)
    }
  }

  /// A fact of kind numbers needs a number in each phrase, and a name for each of them.
  private mutating func checkNumberSlots(_ phrase: Element) {
    let slots = phrase.elements.filter { $0.name == "number" || $0.name == "fraction" }
    if slots.isEmpty {
      log.report("a phrase of a fact of kind numbers needs <number/> or <fraction/>", at: phrase)
    }
    for slot in slots {
      if slot["as"] == nil {
        log.report("<\(slot.name)/> has no name; add as= with what it counts", at: slot)
      } else if slot.name == "fraction", slot["of"] == nil {
        log.report("<fraction/> has one name only; add of= with what it is a part of", at: slot)
      }
    }
  }
}
