import PageText
import ReportStructure
import SOC2Vocabulary
import TextMatching

/// Words that are read as one: those of a cell, or of the part of a paragraph behind a label.
struct Passage: Hashable {
  /// Tokens of the running text.
  var tokens: Range<Int>
  var block: Int

  /// What stands from a token on; nothing where that lies behind it.
  func from(_ token: Int) -> Passage {
    Passage(tokens: min(token, tokens.upperBound)..<tokens.upperBound, block: block)
  }

  /// What stands before a token of it.
  func upTo(_ token: Int) -> Passage {
    Passage(tokens: tokens.lowerBound..<max(token, tokens.lowerBound), block: block)
  }
}

/// A report's words with what rules found in them, for looking up by place.
struct TestText {
  let reader: FactReader
  /// Those of each signal by which tests are read, at its `place`, in the order of the text.
  private let hits: [[Hit]]
  private let overprinted: Set<WordPlace>

  init(_ reader: FactReader) {
    self.reader = reader
    overprinted = Self.overprinted(in: reader.report)
    var hits: [[Hit]] = []
    for name in SignalName.allCases {
      guard let place = Self.place(name) else { continue }
      hits += Array(repeating: [], count: max(0, place + 1 - hits.count))
      // What stands in the running heads comes last, all else in the order of the text.
      hits[place] = Array(reader.hits[name].prefix { !$0.isFurniture })
    }
    self.hits = hits
  }

  /// Where a signal's hits stand; nil for those by which no test is read. It is asked several times for each
  /// cell, where a dictionary would hash the letters of the name.
  private static func place(_ name: SignalName) -> Int? {
    switch name {
    case .columnHeader: 0
    case .resultWording: 1
    case .resultReference: 2
    case .testKind: 3
    case .toldInTest: 4
    case .responseLead: 5
    case .exceptionsHeading: 6
    case .exceptionNature: 7
    case .exceptionTrait: 8
    case .responseTrait: 9
    case .criterionReason: 10
    case .deviationRate: 11
    case .compliantRate: 12
    case .wholeFailure: 13
    case .sampleSize: 14
    case .populationSize: 15
    case .responseUnexamined: 16
    default: nil
    }
  }

  var report: Report { reader.report }
  var text: RunningText { reader.text }

  func hits(_ name: SignalName, in passage: Passage) -> ArraySlice<Hit> {
    hits(name, in: passage.tokens)
  }

  /// Whether a passage says what came of a test, in whatever words.
  func tellsResult(_ passage: Passage) -> Bool {
    hits(.resultWording, in: passage).contains {
      $0.value != .text("beside") && $0.value != .text("limited")
    }
  }

  /// Whether the tests say of management's responses among them that nobody examined them.
  var responsesAreUnexamined: Bool {
    !hits(.responseUnexamined, in: text.tokens.indices).isEmpty
  }

  /// Hits that begin within a run of tokens.
  func hits(_ name: SignalName, in tokens: Range<Int>) -> ArraySlice<Hit> {
    guard let place = Self.place(name), !hits[place].isEmpty else { return [] }
    var low = 0
    var high = hits[place].count
    while low < high {
      let middle = (low + high) / 2
      if hits[place][middle].tokens.lowerBound < tokens.lowerBound {
        low = middle + 1
      } else {
        high = middle
      }
    }
    while high < hits[place].count, hits[place][high].tokens.lowerBound < tokens.upperBound {
      high += 1
    }
    return hits[place][low..<high]
  }

  /// What is counted in some passages.
  func rates(in passages: [Passage]) -> RateHits {
    RateHits(in: text) { signal in
      passages.count == 1
        ? hits(signal, in: passages[0]) : passages.flatMap { hits(signal, in: $0) }[...]
    }
  }

  func passage(_ block: Int) -> Passage { Passage(tokens: text.blocks[block], block: block) }

  func verbatim(_ passage: Passage) -> String {
    passage.tokens.isEmpty ? "" : text.verbatim(passage.tokens)
  }

  func verbatim(_ passages: [Passage]) -> String {
    passages.map(verbatim).filter { !$0.isEmpty }.joined(separator: " ")
  }

  func evidence(_ passages: [Passage]) -> [Evidence] {
    passages.filter { !$0.tokens.isEmpty }.flatMap {
      text.evidence($0.tokens, section: report.zones[$0.block])
    }
  }

  /// The letters of the words, for telling whether two passages say the same.
  func key(_ passages: [Passage]) -> String { text.words(passages.map(\.tokens)) }

  func words(_ passage: Passage) -> Int { text.tokens[passage.tokens].count(where: \.isWord) }

  /// The number of the page on which a passage begins.
  func page(_ passage: Passage) -> Int? {
    passage.tokens.first.map { text.page(of: text.tokens[$0]).number }
  }

  /// The printed words of a passage.
  func printedWords(_ passage: Passage) -> [String] {
    guard let first = passage.tokens.first, let last = passage.tokens.last else { return [] }
    let places = Int(text.tokens[first].place)...Int(text.tokens[last].place)
    return places.map { place in
      let spot = text.places[place]
      let page = Int(spot.page)
      return text.pages[page].text(of: text.pages[page].words[Int(spot.word)])
    }
  }

  /// The first and the last printed word of a block, also where they are marks and no words.
  func outerWords(of block: Int) -> (first: String, last: String)? {
    let places = report.blocks[block].places
    guard let first = places.first, let last = places.last else { return nil }
    func word(_ place: Int) -> String {
      let spot = text.places[place]
      let page = text.pages[Int(spot.page)]
      return page.text(of: page.words[Int(spot.word)])
    }
    return (word(first), word(last))
  }

  func firstPrintedWord(_ passage: Passage) -> String? {
    passage.tokens.first.flatMap {
      printedWords(Passage(tokens: $0..<$0 + 1, block: passage.block)).first
    }
  }

  /// The words of a passage as the numbers of controls are compared.
  func keys(_ passage: Passage) -> [String] { printedWords(passage).map(ControlID.key) }

  /// The criteria with which a passage begins, as `CC6.1 The entity …` or `Criteria CC6.1, CC6.2:` do;
  /// and how many tokens they take.
  func leadingCriteria(_ passage: Passage) -> (found: [String], end: Int)? {
    var start = passage.tokens.lowerBound
    var skipped = 0
    while start < passage.tokens.upperBound, skipped < 4 {
      if let list = text.criteria(at: start), list.end <= passage.tokens.upperBound {
        return list
      }
      let token = text.tokens[start]
      let word = text.word(token)
      guard
        !token.isWord
          || ["criteria", "criterion", "tsc", "trust", "services", "ref", "no", "the", "common"]
            .contains(word)
      else { return nil }
      start += 1
      if token.isWord { skipped += 1 }
    }
    return nil
  }

  /// All criteria named in a passage, in the order of the print.
  func criteria(in passage: Passage) -> [String] {
    var out: [String] = []
    var i = passage.tokens.lowerBound
    while i < passage.tokens.upperBound {
      if let list = text.criteria(at: i), list.end <= passage.tokens.upperBound {
        for id in list.found where !out.contains(id) { out.append(id) }
        i = max(list.end, i + 1)
      } else {
        i += 1
      }
    }
    return out
  }

  /// Where a response begins: behind the mark after its lead-in, or with the lead-in itself where that is
  /// the beginning of a sentence (`Management acknowledges the exception`).
  func responseStart(_ lead: Hit) -> Int {
    var i = afterAddress(lead.tokens.upperBound)
    guard i < text.tokens.count, isClosing(text.tokens[i]) else {
      let isSentence =
        i < text.tokens.count && i == lead.tokens.upperBound
        && text.tokens[i].sentence == text.tokens[lead.tokens.lowerBound].sentence
      return isSentence ? lead.tokens.lowerBound : i
    }
    while i < text.tokens.count, isClosing(text.tokens[i]) { i += 1 }
    return i
  }

  /// A colon, dash or full stop behind a label.
  private func isClosing(_ token: Token) -> Bool {
    token.kind == .mark && [0x3A, 0x2D, 0x2E].contains(token.mark)
  }

  /// Whether a word is all that its sentence says within a passage.
  func isWholeSentence(_ tokens: Range<Int>, of passage: Passage) -> Bool {
    guard let sentence = tokens.first.map({ text.tokens[$0].sentence }) else { return false }
    return passage.tokens.count {
      text.tokens[$0].sentence == sentence && text.tokens[$0].isWord
    } == words(Passage(tokens: tokens, block: passage.block))
  }

  /// Behind the few words between the lead-in of a response and its colon: `to exception 2:`, `on LQ-14:`.
  func afterAddress(_ token: Int) -> Int {
    guard token < text.tokens.count, text.tokens[token].isWord else { return token }
    for i in token..<min(token + 8, text.tokens.count) {
      if text.tokens[i].sentence != text.tokens[token].sentence { break }
      if text.tokens[i].kind == .mark, text.tokens[i].mark == 0x3A { return i }
    }
    return token
  }

  /// Whether words are printed over each other in a passage, or beside blacked out ones: then nobody can
  /// read all that it says.
  func isOverprinted(_ passage: Passage) -> Bool {
    guard !overprinted.isEmpty, let first = passage.tokens.first, let last = passage.tokens.last
    else { return false }
    return (text.tokens[first].place...text.tokens[last].place).contains {
      overprinted.contains(text.places[Int($0)])
    }
  }

  /// The words of the tests that are printed over another word of their page, or beside a black area: in
  /// its line and close to it, or in the line above or below.
  private static func overprinted(in report: Report) -> Set<WordPlace> {
    var out: Set<WordPlace> = []
    for section in report.sections(in: .testsOfControls) {
      for p in section.firstPage...section.lastPage {
        let words = report.pages[p].words
        for blot in report.pages[p].blots {
          for (i, word) in words.enumerated() {
            let box = report.pages[p].displayed(word.box)
            let across = max(blot.x0 - box.x1, box.x0 - blot.x1)
            let down = max(blot.y0 - box.y1, box.y0 - blot.y1)
            if across < 3 * word.size, down < -0.3 * word.size || (across < 0 && down < word.size) {
              out.insert(WordPlace(page: p, word: i))
            }
          }
        }
        let order = words.indices.sorted { words[$0].baseline < words[$1].baseline }
        let sorted = order.map { words[$0] }
        for (k, word) in sorted.enumerated() {
          let a = word.box
          let lowest = word.baseline + 0.4 * word.size
          for next in k + 1..<sorted.count {
            if sorted[next].baseline > lowest { break }
            let b = sorted[next].box
            // Nearly all stand beside each other.
            guard a.x0 < b.x1, b.x0 < a.x1 else { continue }
            let overlap = min(a.x1, b.x1) - max(a.x0, b.x0)
            guard overlap > 0.3 * min(a.width, b.width), overlap > 0.3 * word.size else {
              continue
            }
            out.insert(WordPlace(page: p, word: order[k]))
            out.insert(WordPlace(page: p, word: order[next]))
          }
        }
      }
    }
    return out
  }
}
