import ReportStructure
import SOC2Vocabulary
import TextMatching

/// What came of one test. The raw values are those of the review record.
enum Outcome: String {
  case noException = "no-exception"
  case exception
  case notOperated = "not-operated"
  case notTested = "not-tested"
  case designOnly = "design-only"
  case unknown
}

/// Reads results by the words of rules: an exception outweighs all else, and what no rule knows is unknown.
struct OutcomeReader {
  private let text: TestText
  private let legend: [String: Outcome]

  init(_ text: TestText) {
    self.text = text
    legend = Self.legend(text)
  }

  /// What an answer says in a column whose head asks: "No" under "Exceptions?".
  func outcome(_ passage: Passage, asked: ColumnRoles.Question) -> Outcome {
    guard let answer = answer(passage, asked) else { return outcome([passage]) }
    if answer != (asked == .failed) {
      // "No" with more words may take it back.
      return text.words(passage) == 1 ? .noException : outcome([passage])
    }
    return .exception
  }

  /// Whether a cell begins with yes or no, and a mark or nothing behind it.
  private func answer(_ passage: Passage, _ asked: ColumnRoles.Question) -> Bool? {
    guard let first = passage.tokens.first, text.text.tokens[first].isWord else { return nil }
    let next = first + 1
    guard next >= passage.tokens.upperBound || text.text.tokens[next].kind == .mark else {
      return nil
    }
    switch text.printedWords(passage).first?.lowercased().filter(\.isLetter) {
    case "yes", "y": return true
    case "no", "n": return false
    case "none" where asked == .failed: return false
    default: return nil
    }
  }

  /// What a result says; of several parts the gravest counts.
  func outcome(_ passages: [Passage]) -> Outcome {
    let outcomes = passages.map(outcome)
    let order: [Outcome] = [.exception, .notOperated, .notTested, .designOnly, .noException]
    return order.first(where: outcomes.contains) ?? .unknown
  }

  private func outcome(_ passage: Passage) -> Outcome {
    guard !passage.tokens.isEmpty, !text.isOverprinted(passage) else { return .unknown }
    guard !isTorn(passage) else { return .unknown }
    let worded = Self.worded(text, passage)
    let rates = text.rates(in: [passage]).rates
    let said = Self.said(text, passage, worded, rates) ?? coded(passage) ?? .unknown
    // A pass that goes on in words that no rule knows may tell of a failure in them.
    if said == .noException, !isWhole(passage, worded, rates) { return .unknown }
    return said
  }

  /// `noted.¹`
  private static func hasNoteMark(_ word: String) -> Bool {
    // Hardly a word has anything but plain letters, and those are no marks.
    word.utf8.contains { $0 == 0x2A || $0 >= 0x80 } && word.unicodeScalars.contains(where: isMark)
  }

  private static func isMark(_ letter: Unicode.Scalar) -> Bool {
    "¹²³⁴⁵⁶⁷⁸⁹*†‡".unicodeScalars.contains(letter)
  }

  /// The mark at the end of a cell that points to a note: `noted.¹`, `noted. *`, a raised letter.
  func noteMark(of passage: Passage) -> String? {
    guard let word = text.outerWords(of: passage.block)?.last, !passage.tokens.isEmpty,
      passage.tokens.upperBound == text.passage(passage.block).tokens.upperBound
    else { return nil }
    if let last = passage.tokens.last, text.text.tokens[last].flags.contains(.raised) {
      return word
    }
    let mark = String(
      String.UnicodeScalarView(word.unicodeScalars.reversed().prefix(while: Self.isMark).reversed())
    )
    return mark.isEmpty ? nil : mark
  }

  /// A result that begins in the middle of a sentence belongs to another row.
  private func isTorn(_ passage: Passage) -> Bool {
    // `a) No exceptions noted`; an item of a cell may begin small.
    guard passage.tokens.lowerBound == text.passage(passage.block).tokens.lowerBound,
      let word = text.firstPrintedWord(passage)?.utf8, word.last != 0x29,
      let first = word.first, (0x61...0x7A).contains(first), text.words(passage) > 1
    else { return false }
    // Results are also noted in small letters throughout.
    return text.hits(.resultWording, in: passage).allSatisfy {
      $0.tokens.lowerBound > passage.tokens.lowerBound + 1
    }
  }

  /// Whether each sentence of a pass says something that rules know, nothing limits it, and no mark
  /// points to a note.
  private func isWhole(
    _ passage: Passage, _ known: ArraySlice<Hit>, _ rates: [RateHits.Rate]
  ) -> Bool {
    if text.hits(.resultWording, in: passage).contains(where: { $0.value == .text("limited") }) {
      return false
    }
    let tokens = text.text.tokens
    if passage.tokens.contains(where: { tokens[$0].flags.contains(.raised) })
      || text.printedWords(passage).contains(where: Self.hasNoteMark)
    {
      return false
    }
    var told = Set(known.map { tokens[$0.tokens.lowerBound].sentence })
    // A sentence that begins with what the auditor did, or with a response's lead-in.
    for signal in [SignalName.testKind, .responseLead] {
      for hit in text.hits(signal, in: passage) {
        let sentence = tokens[hit.tokens.lowerBound].sentence
        let start = hit.tokens.lowerBound
        if start == passage.tokens.lowerBound || tokens[start - 1].sentence != sentence {
          told.insert(sentence)
        }
      }
    }
    told.formUnion(rates.map(\.sentence))
    if goesOn(passage, behind: known) { return false }
    // A pass that points elsewhere is only one when what stands there is read with it.
    if !text.hits(.resultReference, in: passage).isEmpty { return false }
    var counts: [Int32: Int] = [:]
    for i in passage.tokens where tokens[i].isWord { counts[tokens[i].sentence, default: 0] += 1 }
    return counts.allSatisfy { told.contains($0.key) || $0.value < 3 }
  }

  /// Whether the sentence of a pass goes on with something else that no rule knows: `No exceptions noted in the
  /// register, and one leaver kept a key`. `The register and the log` is no more than what was looked at.
  private func goesOn(_ passage: Passage, behind known: ArraySlice<Hit>) -> Bool {
    let tokens = text.text.tokens
    for i in passage.tokens.dropFirst() {
      let isTurn =
        tokens[i].mark == 0x3B
        || (tokens[i].isWord && Self.turns.contains(text.text.word(tokens[i])))
      let isJoint =
        isTurn || tokens[i].kind == .mark
        || (tokens[i].isWord && Self.joints.contains(text.text.word(tokens[i])))
      let clause = passage.tokens.suffix(from: i + 1).prefix {
        tokens[$0].sentence == tokens[i].sentence
      }
      guard isJoint, let first = clause.first(where: { tokens[$0].isWord }),
        isTurn || tokens[first].flags.contains(.numeric)
          || Self.subjects.contains(text.text.word(tokens[first])),
        clause.count(where: { tokens[$0].isWord }) > 3,
        known.contains(where: {
          $0.tokens.lowerBound < i && tokens[$0.tokens.lowerBound].sentence == tokens[i].sentence
        }), !known.contains(where: { $0.tokens.upperBound > i + 1 })
      else { continue }
      return true
    }
    return false
  }

  /// Words that take back what was said before them.
  private static let turns: Set<String> = [
    "but", "however", "although", "though", "except", "save", "apart", "yet", "whereas",
  ]
  private static let joints: Set<String> = ["and", "while"]
  /// How a statement begins after a joint.
  private static let subjects: Set<String> = [
    "a", "an", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "some", "several", "many", "few", "it", "they", "he", "she", "we", "there", "this",
    "these", "another",
  ]

  /// Whether a test itself tells of a failure: `and noted that the review of May had not been done`. What a
  /// test set out to learn, and what it tried to see refused, is no failure.
  func tellsOfFailure(_ passage: Passage) -> Bool {
    let tokens = text.text.tokens
    let frames = text.hits(.toldInTest, in: passage)
    func frame(_ sentence: Int32, before token: Int) -> String? {
      frames.last {
        $0.tokens.lowerBound < token && tokens[$0.tokens.lowerBound].sentence == sentence
          && $0.value != .text("attempt")
      }?.value.text
    }
    func isAttempt(_ sentence: Int32) -> Bool {
      frames.contains {
        $0.value == .text("attempt")
          && (sentence - 1...sentence).contains(tokens[$0.tokens.lowerBound].sentence)
      }
    }
    let told = Self.outstanding(text.hits(.resultWording, in: passage)).filter {
      $0.value == .text(Outcome.exception.rawValue)
    }
    for hit in told {
      let sentence = tokens[hit.tokens.lowerBound].sentence
      switch frame(sentence, before: hit.tokens.lowerBound) {
      case "statement": if !isAttempt(sentence) { return true }
      case "purpose": if isVerdict(hit), begins(hit) { return true }
      default: if isVerdict(hit) { return true }
      }
    }
    return false
  }

  /// Whether words begin anew, with a capital letter or behind a mark: "; exceptions noted for two".
  private func begins(_ hit: Hit) -> Bool {
    guard let first = hit.tokens.first else { return false }
    let word = text.printedWords(Passage(tokens: first..<first + 1, block: hit.block)).first
    return word?.first?.isUppercase == true
      || (first > 0 && text.text.tokens[first - 1].kind == .mark)
  }

  /// "Exceptions noted": a verdict that needs no statement before it.
  private func isVerdict(_ hit: Hit) -> Bool {
    let words = text.text.tokens[hit.tokens].filter(\.isWord).map { text.text.word($0) }
    return zip(words, words.dropFirst()).contains {
      ["exception", "exceptions", "deviation", "deviations"].contains($0)
        && ["noted", "identified", "found"].contains($1)
    }
  }

  /// Where an exception is told in a passage, from the beginning of its sentence; for tests that tell it
  /// themselves. Numbers alone do not count here: tests count what they look at.
  func toldException(in passage: Passage) -> Passage? {
    let told = Self.outstanding(text.hits(.resultWording, in: passage)).filter {
      $0.value == .text(Outcome.exception.rawValue)
    }
    guard let first = told.map(\.tokens.lowerBound).min() else { return nil }
    let sentence = text.text.tokens[first].sentence
    var start = first
    while start > passage.tokens.lowerBound, text.text.tokens[start - 1].sentence == sentence {
      start -= 1
    }
    return passage.from(start)
  }

  /// "No exceptions noted" has "exceptions noted" in it: words within a longer reading do not count.
  private static func outstanding(_ hits: ArraySlice<Hit>) -> ArraySlice<Hit> {
    // Nearly always there is one.
    hits.count < 2
      ? hits
      : hits.filter { hit in
        !hits.contains { other in
          other.value != hit.value && other.tokens.count > hit.tokens.count
            && other.tokens.overlaps(hit.tokens) && other.value.text.flatMap(Outcome.init) != nil
        }
      }[...]
  }

  private static func worded(_ text: TestText, _ passage: Passage) -> ArraySlice<Hit> {
    // "Pass", "None", "N/A" are verdicts only where they are all that is said.
    outstanding(
      text.hits(.resultWording, in: passage).filter { hit in
        // What reaches into the next passage says nothing of this one.
        hit.tokens.upperBound <= passage.tokens.upperBound
          && (text.words(Passage(tokens: hit.tokens, block: hit.block)) > 1
            || text.isWholeSentence(hit.tokens, of: passage) || isTelling(hit, text))
      }[...])
  }

  /// A single word that tells of a failure: "lacked", "overdue". The words for exceptions as such do not:
  /// policies have exceptions, too.
  private static func isTelling(_ hit: Hit, _ text: TestText) -> Bool {
    guard hit.value == .text(Outcome.exception.rawValue), let first = hit.tokens.first else {
      return false
    }
    return ![
      "exception", "exceptions", "deviation", "deviations", "finding", "findings", "fail",
      "adverse", "yes",
    ]
    .contains(text.text.word(text.text.tokens[first]))
  }

  /// By the words themselves, `hits`, and by what is counted; nil where no rule knows them.
  private static func said(
    _ text: TestText, _ passage: Passage, _ hits: ArraySlice<Hit>, _ rates: [RateHits.Rate]
  ) -> Outcome? {
    // "0 of 25 devices were late" tells of no failure, whatever its words.
    let spotless = Set(rates.filter { $0.deviations == 0 }.map(\.sentence))
    // "5 of 5 rosters were full" counts what was well, unless other words say that it was not.
    let failed = rates.contains {
      $0.deviations > 0 && $0.deviations != $0.sample && !spotless.contains($0.sentence)
    }
    let values = Set(
      hits.filter { hit in
        hit.value.text != Outcome.exception.rawValue
          || !spotless.contains(text.text.tokens[hit.tokens.lowerBound].sentence)
      }.compactMap(\.value.text))
    // "Not tested. Records were not kept": what was not tested is no exception for the reason told.
    let isNotTested = hits.first.map {
      $0.tokens.lowerBound <= passage.tokens.lowerBound + 1
        && $0.value == .text(Outcome.notTested.rawValue)
    }
    if failed || (values.contains(Outcome.exception.rawValue) && isNotTested != true) {
      return .exception
    }
    for outcome in [Outcome.notOperated, .notTested, .designOnly, .noException]
    where values.contains(outcome.rawValue) {
      return outcome
    }
    // "25 of 25 were compliant", "0 of 25 late"
    return rates.contains { $0.deviations == 0 } ? .noException : nil
  }

  // MARK: - Several results in a cell

  /// The results of a cell that holds several, each with the test it belongs to: items of a list, or a line
  /// or sentence for each item of the tests. Else the cell as it is.
  func pairs(_ test: Passage?, _ result: Passage) -> [(test: Passage?, result: Passage)] {
    let tests = test.map(items) ?? []
    var results = items(result)
    if results.count < 2 {
      guard tests.count >= 2 else { return [(test, result)] }
      results = parts(of: result, onLines: true)
      if results.count != tests.count { results = parts(of: result, onLines: false) }
      guard results.count == tests.count,
        results.allSatisfy({ outcome([$0]) != .unknown })
      else { return [(test, result)] }
    }
    let isPaired = results.count == tests.count
    return results.enumerated().map { (isPaired ? tests[$0] : test, $1) }
  }

  /// The items of a list, without their markers; none where a cell is no list from its beginning.
  private func items(_ passage: Passage) -> [Passage] {
    let tokens = text.text.tokens
    var starts: [(marker: Int, words: Int)] = []
    for i in passage.tokens {
      guard let words = afterMarker(at: i, in: passage),
        starts.last.map({ $0.words <= i }) ?? (i == passage.tokens.lowerBound)
      else { continue }
      starts.append((i, words))
    }
    guard starts.count >= 2 else { return [] }
    let ends = starts.dropFirst().map(\.marker) + [passage.tokens.upperBound]
    let out = zip(starts, ends).map { Passage(tokens: $0.words..<$1, block: passage.block) }
    return out.allSatisfy { $0.tokens.contains { tokens[$0].isWord } } ? out : []
  }

  /// Where the words begin behind a list marker that stands at the beginning of a line: `•`, `-`, `a.`, `(2)`.
  private func afterMarker(at i: Int, in passage: Passage) -> Int? {
    let tokens = text.text.tokens
    guard tokens[i].flags.contains(.lineStart) || i == passage.tokens.lowerBound else { return nil }
    var end = i
    if tokens[i].kind == .listMarker {
      while end < passage.tokens.upperBound, tokens[end].kind == .listMarker { end += 1 }
    } else if tokens[i].kind == .mark, tokens[i].mark == 0x2D {
      end = i + 1
    } else {
      if tokens[i].mark == 0x28, tokens[i].kind == .mark { end += 1 }
      guard end + 1 < passage.tokens.upperBound, tokens[end].isWord,
        tokens[end].rawEnd - tokens[end].rawStart <= 2, tokens[end + 1].kind == .mark,
        tokens[end + 1].mark == 0x2E || tokens[end + 1].mark == 0x29,
        tokens[end + 1].flags.contains(.glued)
      else { return nil }
      end += 2
      if end < passage.tokens.upperBound, tokens[end].flags.contains(.glued) { return nil }
    }
    return end < passage.tokens.upperBound ? end : nil
  }

  /// The sentences of a passage, or what begins with a sentence at the beginning of a line.
  private func parts(of passage: Passage, onLines: Bool) -> [Passage] {
    let tokens = text.text.tokens
    let starts = passage.tokens.filter { i in
      i == passage.tokens.lowerBound
        || (tokens[i - 1].sentence != tokens[i].sentence
          && (!onLines || tokens[i].flags.contains(.lineStart)))
    }
    return zip(starts, starts.dropFirst() + [passage.tokens.upperBound]).map {
      Passage(tokens: $0..<$1, block: passage.block)
    }
  }

  // MARK: - Letters and marks

  /// A result that is one letter or mark, with the legend that explains it; words may follow.
  private func coded(_ passage: Passage) -> Outcome? {
    guard !legend.isEmpty, let first = text.firstPrintedWord(passage) else { return nil }
    return legend[Self.code(first)]
  }

  /// A result without the letter that stands for it, where words follow.
  func withoutCode(_ passage: Passage) -> Passage {
    guard !legend.isEmpty, let first = passage.tokens.first, passage.tokens.count > 3,
      let word = text.firstPrintedWord(passage), legend[Self.code(word)] != nil
    else { return passage }
    let place = text.text.tokens[first].place
    let rest = passage.tokens.drop { text.text.tokens[$0].place == place }
    return rest.isEmpty ? passage : passage.from(rest.startIndex)
  }

  private static func code(_ word: String) -> String {
    String(word.filter { !".:=)(-–—".contains($0) })
  }

  /// What letters and marks mean, where the tests say so: `A = No exceptions noted`, `✓ - Pass`, or a
  /// table of two columns.
  private static func legend(_ text: TestText) -> [String: Outcome] {
    var out: [String: Outcome] = [:]
    var doubtful: Set<String> = []
    func learn(_ code: String, _ passage: Passage) {
      let rates = text.rates(in: [passage]).rates
      guard let outcome = said(text, passage, worded(text, passage), rates) else { return }
      if let known = out[code], known != outcome { doubtful.insert(code) }
      out[code] = outcome
    }
    for table in text.report.tables {
      for row in table.rows where row.cells.count == 2 {
        let cells = row.cells.map { text.passage($0.block) }
        guard isTests(cells[0].block, text), cells[0].tokens.count <= 4 else { continue }
        let words = text.printedWords(cells[0])
        if words.count == 1, isCode(code(words[0])) { learn(code(words[0]), cells[1]) }
      }
    }
    for block in text.report.blocks.indices where isTests(block, text) {
      let tokens = text.text.blocks[block]
      guard tokens.count >= 3, text.report.blocks[block].kind != .cell else { continue }
      var marks: [(code: String, first: Int, start: Int)] = []
      for i in tokens.dropFirst() {
        let mark = text.text.tokens[i]
        guard mark.kind == .mark, [0x3D, 0x3A, 0x2D].contains(mark.mark) else { continue }
        let before = text.text.tokens[i - 1]
        let printed = text.printedWords(Passage(tokens: i - 1..<i, block: block)).first ?? ""
        guard isCode(code(printed)), printed.utf8.count <= 6 else { continue }
        var first = i - 1
        while first > tokens.lowerBound, text.text.tokens[first - 1].place == before.place {
          first -= 1
        }
        marks.append((code(printed), first, i + 1))
      }
      for (m, mark) in marks.enumerated() {
        let end = m + 1 < marks.count ? marks[m + 1].first : tokens.upperBound
        if mark.start < end {
          learn(mark.code, Passage(tokens: mark.start..<end, block: block))
        }
      }
    }
    return out.filter { !doubtful.contains($0.key) }
  }

  /// One letter or sign, or up to three in capitals: `✓`, `NE`, `N/T`.
  private static func isCode(_ code: String) -> Bool {
    code.count == 1 || ((2...3).contains(code.count) && !code.contains(where: \.isLowercase))
  }

  private static func isTests(_ block: Int, _ text: TestText) -> Bool {
    text.report.zones[block] == .testsOfControls
  }
}
