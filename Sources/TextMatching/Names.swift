extension RunningText {
  /// Where the name that begins at a token may end: a run of capitalised words with the small words and
  /// marks that names hold between them. Where a legal suffix closes it, that end comes first, else the
  /// full run; the shorter ones follow.
  public func nameEnds(at start: Int, limit: Int) -> [Int] {
    guard start < tokens.count else { return [] }
    var run = NameRun(self, start, limit)
    run.read()
    var ends = Array(run.ends.reversed())
    if let closed = run.closed, let place = ends.firstIndex(of: closed) {
      ends.remove(at: place)
      ends.insert(closed, at: 0)
    }
    return ends
  }

  func isNameWord(_ token: Token) -> Bool { token.flags.contains(.capital) }

  /// Whether a name that leads a phrase may begin at this word: no other word of a name stands before
  /// it, and it is not only a sentence's first word.
  func mayLeadName(_ index: Int) -> Bool {
    if isOne(tokens[index], of: Self.smallWords) { return false }
    // `Acme, Inc.` does not begin with its suffix.
    if index > 0, tokens[index - 1].kind == .mark, isLegalSuffix(tokens[index]),
      tokens[index - 1].sentence == tokens[index].sentence
    {
      return false
    }
    guard index > 0, tokens[index - 1].sentence == tokens[index].sentence,
      tokens[index - 1].kind == .word, tokens[index - 1].flags.contains(.capital)
    else { return true }
    // In 2025 … `However Acme Corp`: the word before is capital because the sentence begins with it.
    guard isOne(tokens[index - 1], of: Self.smallWords) else { return false }
    return index < 2 || tokens[index - 2].sentence != tokens[index].sentence
      || tokens[index - 2].kind != .word || !tokens[index - 2].flags.contains(.capital)
  }

  private func isOne(_ token: Token, of words: WordList) -> Bool { words.holds(normalised(token)) }

  private static let smallWords = WordList([
    "in", "at", "by", "for", "from", "of", "to", "with", "our", "we", "this", "that", "these",
    "those", "as", "on", "during", "and", "but", "if", "when", "where", "while", "under", "however",
    "additionally", "also", "because", "since", "it", "its", "their", "there", "such", "each",
    "any",
    "an", "a", "accordingly", "after", "before", "although", "through", "throughout",
  ])

  /// The short words that close a company's legal name.
  public func isLegalSuffix(_ token: Token) -> Bool { isOne(token, of: Self.legalSuffixes) }

  /// Whether a printed word is the abbreviation of a legal form with its full stop: `Inc.`, `P.C.`. It may
  /// end a name, and then no sentence.
  public static func isAbbreviatedForm(_ printed: String) -> Bool {
    guard printed.utf8.last == 0x2E else { return false }
    let letters = printed.lowercased().filter { $0 != "." }
    return legalSuffixes.words.contains(letters) && letters.utf8.count <= 4
  }

  static let legalSuffixes = WordList([
    "inc", "incorporated", "llc", "llp", "ltd", "limited", "plc", "corp", "corporation", "co",
    "company", "pllc", "lp", "gmbh", "ag", "se", "sa", "sas", "bv", "nv", "ab", "as", "aps", "oy",
    "pbc", "cpa", "cpas", "pa", "pc", "p", "l", "c", "a", "b", "v", "n", "kg", "pty", "pte", "srl",
    "spa", "sarl",
  ])

  /// Suffixes that some companies print in small letters, and that are no words of English.
  static let smallSuffixes = WordList([
    "plc", "llc", "llp", "inc", "ltd", "gmbh", "pty", "bv", "nv", "aps", "oyj",
  ])

  static let nameLinks = WordList([
    "of", "the", "and", "for", "de", "von", "van", "der", "du", "la", "og", "und",
  ])
  fileprivate static let and = WordList(["and"])

  /// The verbatim text of a name, without a possessive or marks at its edges.
  public func name(_ range: Range<Int>) -> String {
    var range = range
    while let last = range.last, tokens[last].kind != .word, range.count > 1 {
      // The point of `Inc.` and `P.C.` belongs to the name.
      if tokens[last].mark == 0x2E, last > range.lowerBound, isLegalSuffix(tokens[last - 1]) {
        break
      }
      range = range.lowerBound..<last
    }
    return verbatim(range)
  }
}

/// Reads a name's words one after another and notes where it may end.
private struct NameRun {
  let text: RunningText
  let start: Int
  let limit: Int
  let sentence: Int32
  var ends: [Int] = []
  /// The end after a legal suffix that nothing of a name follows.
  var closed: Int?
  private var i: Int
  private var words = 0

  init(_ text: RunningText, _ start: Int, _ limit: Int) {
    self.text = text
    self.start = start
    self.limit = limit
    sentence = text.tokens[start].sentence
    i = start
  }

  private func token(_ index: Int) -> Token? {
    guard index < text.tokens.count, text.tokens[index].sentence == sentence else { return nil }
    return text.tokens[index]
  }

  private func mark(_ index: Int) -> UInt8? {
    token(index).flatMap { $0.kind == .mark ? $0.mark : nil }
  }

  private func isOne(_ index: Int, of words: WordList) -> Bool {
    guard let token = token(index), token.kind == .word else { return false }
    return words.holds(text.normalised(token))
  }

  private func isNameWord(_ index: Int) -> Bool {
    guard let token = token(index), token.kind == .word, !token.flags.contains(.raised) else {
      return false
    }
    return text.isNameWord(token)
  }

  private func isSuffix(_ index: Int) -> Bool {
    guard let token = token(index), token.kind == .word else { return false }
    return text.isNameWord(token) && text.isLegalSuffix(token)
      || isOne(index, of: RunningText.smallSuffixes)
  }

  mutating func read() {
    while words < limit, isPart(i) {
      // `Acme Corp October 1, 2025`: a date is not part of the name.
      if words > 0, beginsDate(i) { return }
      let isSuffix = isSuffix(i)
      let isPossessive = text.tokens[i].flags.contains(.possessive)
      words += 1
      i += 1
      ends.append(i)
      if isPossessive { return }
      guard step(over: isSuffix) else { return }
    }
  }

  /// Whether the token is a word of the name.
  private func isPart(_ index: Int) -> Bool {
    if isNameWord(index) { return true }
    guard words > 0, let token = token(index), token.kind == .word, !token.flags.contains(.raised)
    else { return false }
    return token.flags.contains(.numeric) || isOne(index, of: RunningText.smallSuffixes)
  }

  private func beginsDate(_ index: Int) -> Bool {
    // Most words of names are not months; a numeric date has a separator in it.
    guard let token = token(index),
      RunningText.month(named: text.normalised(token)) != nil
        || token.flags.contains(.numeric)
          && (token.length >= 8
            || self.token(index + 1).map {
              $0.kind == .word && RunningText.month(named: text.normalised($0)) != nil
            } ?? false)
    else { return false }
    guard let date = text.date(at: index) else { return false }
    return date.month != nil && (date.day != nil || date.year != nil)
  }

  /// Passes over what may stand between two words of a name; tells whether another may follow.
  private mutating func step(over isSuffix: Bool) -> Bool {
    // A/S
    if mark(i) == 0x2F, token(i)?.flags.contains(.glued) == true, isNameWord(i + 1),
      token(i + 1)?.length == 1, text.tokens[i - 1].length == 1
    {
      i += 2
      ends[ends.count - 1] = i
      close()
      return isSuffixAhead(i)
    }
    if mark(i) == 0x2E, token(i)?.flags.contains(.glued) == true {
      if let next = token(i + 1), next.kind == .word, next.flags.contains(.glued) {
        return stepInside()
      }
      i += 1
      ends[ends.count - 1] = i
      if let next = token(i), next.kind == .mark, next.flags.contains(.possessive) {
        if isSuffix { close() }
        return false
      }
      if isSuffix { close() }
      // `Inc.,` and `P.C.,` go on only with another suffix
      if mark(i) == 0x2C {
        i += 1
        return self.isSuffix(i)
      }
      return stepLinks()
    }
    switch mark(i) {
    case 0x2C:
      if isSuffix, !isSuffixAhead(i) { close() }
      if self.isSuffix(i + 1) {
        i += 1
        return true
      }
      guard isListOfPartners(i) else { return false }
      i += 1
      return true
    case 0x26, 0x2B:
      i += 1
      return isNameWord(i)
    case 0x2D:
      // Only `Rolls–Royce`; with spaces around it the dash parts two things.
      guard token(i)?.flags.contains(.glued) == true, token(i + 1)?.flags.contains(.glued) == true
      else { return false }
      i += 1
      return true
    case nil: break
    default:
      if isSuffix { close() }
      return false
    }
    if isSuffix, token(i).map({ $0.kind != .word }) ?? true { close() }
    return stepLinks()
  }

  /// After a full stop with no space behind it: `P.C.`, `S.p.A.`, `Amazon.com`.
  private mutating func stepInside() -> Bool {
    if isNameWord(i + 1) || token(i + 1)?.length == 1 {
      i += 1
      if isNameWord(i) { return true }
    } else {
      i += 1
    }
    // The small letters belong to the same printed word.
    i += 1
    ends[ends.count - 1] = i
    if text.tokens[i - 1].flags.contains(.possessive) { return false }
    return step(over: false)
  }

  /// Passes over small words, where a word of the name follows them, and `&`.
  private mutating func stepLinks() -> Bool {
    var next = i
    while isOne(next, of: RunningText.nameLinks),
      isNameWord(next + 1) || isOne(next + 1, of: RunningText.nameLinks)
    {
      next += 1
    }
    if next > i, !isNameWord(next) { return false }
    i = next
    if mark(i) == 0x26 { i += 1 }
    return true
  }

  private mutating func close() {
    if closed == nil || isSuffixAhead(ends[ends.count - 2 < 0 ? 0 : ends.count - 2]) {
      closed = ends.last
    }
  }

  private func isSuffixAhead(_ index: Int) -> Bool {
    var i = index
    while let mark = mark(i), mark == 0x2C || mark == 0x2E { i += 1 }
    return isSuffix(i)
  }

  /// `Quill, Tarrant & Co Limited`: a comma parts partners where an ampersand and a firm's suffix follow.
  private func isListOfPartners(_ comma: Int) -> Bool {
    var i = comma + 1
    var names = 0
    while isNameWord(i), !text.isLegalSuffix(text.tokens[i]), names < 6 {
      names += 1
      i += 1
      if mark(i) == 0x2C { i += 1 }
    }
    guard names > 0, mark(i) == 0x26 || isOne(i, of: RunningText.and) else { return false }
    i += 1
    for _ in 0..<4 {
      guard isNameWord(i) else { return false }
      if text.isLegalSuffix(text.tokens[i]) { return true }
      i += 1
      if mark(i) == 0x2C { i += 1 }
    }
    return false
  }
}
