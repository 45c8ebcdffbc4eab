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

  /// What a result says; of several parts the gravest counts.
  func outcome(_ passages: [Passage]) -> Outcome {
    let outcomes = passages.map(outcome)
    let order: [Outcome] = [.exception, .notOperated, .notTested, .designOnly, .noException]
    return order.first(where: outcomes.contains) ?? .unknown
  }

  private func outcome(_ passage: Passage) -> Outcome {
    guard !passage.tokens.isEmpty, !text.isOverprinted(passage) else { return .unknown }
    guard !isTorn(passage) else { return .unknown }
    let said = Self.said(text, passage) ?? coded(passage) ?? .unknown
    // A pass that goes on in words that no rule knows may tell of a failure in them.
    if said == .noException, !isWhole(passage) { return .unknown }
    return said
  }

  /// `noted.¹`
  private static func hasNoteMark(_ word: String) -> Bool {
    word.unicodeScalars.contains { "¹²³⁴⁵⁶⁷⁸⁹*†‡".unicodeScalars.contains($0) }
  }

  /// A result that begins in the middle of a sentence belongs to another row.
  private func isTorn(_ passage: Passage) -> Bool {
    guard let first = text.printedWords(passage).first?.utf8.first,
      (0x61...0x7A).contains(first), text.words(passage) > 1
    else { return false }
    // Results are also noted in small letters throughout.
    return text.hits(.resultWording, in: passage).allSatisfy {
      $0.tokens.lowerBound > passage.tokens.lowerBound + 1
    }
  }

  /// Whether each sentence of a pass says something that rules know, nothing limits it, and no mark
  /// points to a note.
  private func isWhole(_ passage: Passage) -> Bool {
    let known = Self.worded(text, passage)
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
    told.formUnion(text.rates(in: [passage]).rates.map(\.sentence))
    // A pass that points elsewhere is only one when what stands there is read with it.
    if !text.hits(.resultReference, in: passage).isEmpty { return false }
    var counts: [Int32: Int] = [:]
    for i in passage.tokens where tokens[i].isWord { counts[tokens[i].sentence, default: 0] += 1 }
    return counts.allSatisfy { told.contains($0.key) || $0.value < 3 }
  }

  /// Whether a test itself says that there was an exception. Other words of failure tell what was tried:
  /// `and noted that the sign-on was refused`.
  func tellsOfException(_ passage: Passage) -> Bool {
    guard let told = toldException(in: passage) else { return false }
    let words = text.text.tokens[told.tokens].filter(\.isWord).map { text.text.word($0) }
    for (a, b) in zip(words, words.dropFirst())
    where ["exception", "exceptions", "deviation", "deviations"].contains(a)
      && ["noted", "identified", "found"].contains(b)
    {
      return true
    }
    return false
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
  private static func outstanding(_ hits: [Hit]) -> [Hit] {
    hits.filter { hit in
      !hits.contains { other in
        other.value != hit.value && other.tokens.count > hit.tokens.count
          && other.tokens.overlaps(hit.tokens) && other.value.text.flatMap(Outcome.init) != nil
      }
    }
  }

  private static func worded(_ text: TestText, _ passage: Passage) -> [Hit] {
    // "Pass", "None", "N/A" are verdicts only where they are all that is said.
    outstanding(
      text.hits(.resultWording, in: passage).filter { hit in
        text.words(Passage(tokens: hit.tokens, block: hit.block)) > 1
          || text.isWholeSentence(hit.tokens, of: passage) || isTelling(hit, text)
      })
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

  /// By the words themselves; nil where no rule knows them.
  private static func said(_ text: TestText, _ passage: Passage) -> Outcome? {
    let hits = worded(text, passage)
    // "0 of 25 devices were late" tells of no failure, whatever its words.
    let rates = text.rates(in: [passage]).rates
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

  // MARK: - Letters and marks

  /// A result that is one letter or mark, with the legend that explains it; words may follow.
  private func coded(_ passage: Passage) -> Outcome? {
    guard !legend.isEmpty, let first = text.printedWords(passage).first else { return nil }
    return legend[Self.code(first)]
  }

  /// A result without the letter that stands for it, where words follow.
  func withoutCode(_ passage: Passage) -> Passage {
    guard let first = passage.tokens.first, passage.tokens.count > 3,
      let word = text.printedWords(passage).first, legend[Self.code(word)] != nil
    else { return passage }
    let place = text.text.tokens[first].place
    let rest = passage.tokens.drop { text.text.tokens[$0].place == place }
    return rest.isEmpty ? passage : passage.from(rest.startIndex)
  }

  private static func code(_ word: String) -> String {
    String(word.filter { !".:=)(-–—".contains($0) })
  }

  /// What single letters and marks mean, where the tests say so: `A = No exceptions noted`, or a table
  /// of two columns.
  private static func legend(_ text: TestText) -> [String: Outcome] {
    var out: [String: Outcome] = [:]
    var doubtful: Set<String> = []
    func learn(_ code: String, _ passage: Passage) {
      guard (1...2).contains(code.count), let outcome = said(text, passage) else { return }
      if let known = out[code], known != outcome { doubtful.insert(code) }
      out[code] = outcome
    }
    for table in text.report.tables {
      for row in table.rows where row.cells.count == 2 {
        let cells = row.cells.map { text.passage($0.block) }
        guard isTests(cells[0].block, text) else { continue }
        let words = text.printedWords(cells[0])
        if words.count == 1 { learn(code(words[0]), cells[1]) }
      }
    }
    for block in text.report.blocks.indices where isTests(block, text) {
      let tokens = text.text.blocks[block]
      guard tokens.count >= 3, text.report.blocks[block].kind != .cell else { continue }
      var marks: [(code: String, start: Int)] = []
      for i in tokens.dropLast() {
        let token = text.text.tokens[i]
        let next = text.text.tokens[i + 1]
        guard token.isWord, next.kind == .mark, [0x3D, 0x3A, 0x2D].contains(next.mark) else {
          continue
        }
        let printed = text.printedWords(Passage(tokens: i..<i + 1, block: block)).first ?? ""
        let bare = code(printed)
        if bare.count == 1 { marks.append((bare, i + 2)) }
      }
      for (m, mark) in marks.enumerated() {
        let end = m + 1 < marks.count ? marks[m + 1].start - 2 : tokens.upperBound
        if mark.start < end {
          learn(mark.code, Passage(tokens: mark.start..<end, block: block))
        }
      }
    }
    return out.filter { !doubtful.contains($0.key) }
  }

  private static func isTests(_ block: Int, _ text: TestText) -> Bool {
    text.report.zones[block] == .testsOfControls
  }
}
