import PageText

extension RunningText {
  /// Cuts the words into tokens and the tokens into sentences.
  ///
  /// - Parameters:
  ///   - standalone: for each block whether it never continues into the next: a heading or a table cell.
  ///   - undivided: the blocks that are one sentence whatever marks they have: headings such as
  ///     `Section 3. Description of the System`.
  public mutating func tokenize(
    with vocabulary: Vocabulary, standalone: [Bool], undivided: Set<Int> = []
  ) {
    tokens.reserveCapacity(places.count + places.count / 4)
    bytes.reserveCapacity(places.count * 6)
    var tokenizer = Tokenizer(vocabulary)
    var sentence: Int32 = 0
    for (block, range) in blockPlaces.enumerated() {
      let first = tokens.count
      tokenizer.openBlock()
      for place in range {
        tokenizer.read(pages, places[place], place: Int32(place), into: &tokens, &bytes)
      }
      tokenizer.closeBlock(from: first, &tokens, bytes)
      let stands = standalone[block]
      if first < tokens.count {
        let continues =
          !stands && block > 0 && !standalone[block - 1]
          && continuesSentence(first, after: blocks[block - 1])
        if !continues { sentence += 1 }
        // A word may be torn by the end of a page.
        if continues { tokenizer.tie(first - 1, &tokens, bytes) }
        if undivided.contains(block) {
          for i in first..<tokens.count { tokens[i].sentence = sentence }
        } else {
          markSentences(first, &sentence)
        }
      }
      blocks.append(first..<tokens.count)
    }
  }

  /// A block goes on with the sentence before it when that has no end: the items of a list, or a
  /// paragraph broken by a page.
  private func continuesSentence(_ first: Int, after previous: Range<Int>) -> Bool {
    var end = previous.upperBound
    // `…as follows.”` has ended.
    while end > previous.lowerBound, isClosingMark(tokens[end - 1]) { end -= 1 }
    guard end > previous.lowerBound else { return false }
    let last = tokens[end - 1]
    if last.kind == .mark, [0x2E, 0x21, 0x3F].contains(last.mark) { return false }
    let next = tokens[first]
    if next.kind == .listMarker { return true }
    guard next.kind == .word else { return false }
    if !next.flags.contains(.capital) && !next.flags.contains(.numeric) { return true }
    // No sentence ends with a comma or with one of these words.
    if last.kind == .mark { return last.mark == 0x2C }
    return last.kind == .word
      && Self.unfinished.contains { normalised(last).spells($0) }
  }

  private static let unfinished = [
    "to", "of", "the", "and", "or", "for", "by", "from", "through", "with", "between", "a", "an",
    "its", "our", "their", "at", "until", "including", "nor", "than",
  ]

  private func isClosingMark(_ token: Token) -> Bool {
    token.kind == .mark && token.flags.contains(.glued) && [0x22, 0x29, 0x5D].contains(token.mark)
  }

  private mutating func markSentences(_ first: Int, _ sentence: inout Int32) {
    var i = first
    while i < tokens.count {
      tokens[i].sentence = sentence
      if tokens[i].kind == .mark, endsSentence(i) {
        // The quotation mark or bracket that closes after the full stop belongs to it.
        while i + 1 < tokens.count, isClosingMark(tokens[i + 1]) {
          i += 1
          tokens[i].sentence = sentence
        }
        sentence += 1
      }
      i += 1
    }
  }

  /// Whether the mark ends a sentence: a full stop after an abbreviation does only when a word follows
  /// that commonly opens one.
  private func endsSentence(_ index: Int) -> Bool {
    let mark = tokens[index].mark
    guard mark == 0x2E || mark == 0x3F || mark == 0x21 else { return false }
    var next = index + 1
    while next < tokens.count, tokens[next].kind == .mark,
      tokens[next].mark == 0x22 || tokens[next].mark == 0x29 || tokens[next].mark == 0x2E
    {
      if tokens[next].flags.contains(.possessive) { return false }
      next += 1
    }
    guard next < tokens.count else { return true }
    if tokens[next].kind == .listMarker { return true }
    guard tokens[next].kind == .word else { return false }
    // `3.2` and `U.S.` have no space; a sentence's end has.
    if next == index + 1, tokens[next].flags.contains(.glued) { return false }
    guard tokens[next].flags.contains(.capital) || tokens[next].flags.contains(.numeric) else {
      return false
    }
    guard mark == 0x2E, index > 0 else { return true }
    let before = tokens[index - 1]
    guard before.kind == .word else { return true }
    // 31. Dezember 2025
    if before.flags.contains(.numeric), before.length <= 2,
      next == index + 1, Self.month(named: normalised(tokens[next])) != nil,
      next + 1 < tokens.count, tokens[next + 1].kind == .word,
      year(normalised(tokens[next + 1])) != nil
    {
      return false
    }
    let word = normalised(before)
    if word.count == 1 || Self.abbreviations.contains(where: { word.spells($0) }) {
      let opener = normalised(tokens[next])
      return Self.openers.contains { opener.spells($0) }
    }
    return true
  }

  private static let abbreviations = [
    "inc", "ltd", "co", "corp", "llc", "llp", "no", "nos", "mr", "ms", "mrs", "dr", "st", "jr",
    "sr",
    "us", "eg", "ie", "pc", "vs", "approx", "dept", "jan", "feb", "mar", "apr", "jun", "jul", "aug",
    "sep", "sept", "oct", "nov", "dec", "para", "sec", "vol", "pp", "ed", "etc", "gmbh", "ag", "bv",
  ]
  /// Words that open sentences; none of them goes on with a name after `Inc.` or `U.S.`.
  static let openers = [
    "the", "this", "these", "we", "our", "in", "it", "its", "as", "for", "an", "a", "management",
    "controls", "access", "no", "however", "user", "all", "at", "by", "on", "under", "with", "from",
    "to", "if", "when", "where", "while", "such", "there", "each", "since", "through", "throughout",
    "during", "based", "because", "they", "their", "additionally", "also", "although", "after",
    "before", "those", "that", "accordingly", "and", "but", "any",
  ]
}

/// Reads one word after another; knows whether it is at the start of a block.
struct Tokenizer {
  private let vocabulary: Vocabulary
  private var scratch: [UInt8] = []
  private var lastBaseline: Float = -1
  private var lastPage: Int32 = -1

  init(_ vocabulary: Vocabulary) { self.vocabulary = vocabulary }

  mutating func openBlock() {
    lastBaseline = -1
    lastPage = -1
  }

  mutating func read(
    _ pages: [Page], _ spot: WordPlace, place: Int32, into tokens: inout [Token],
    _ bytes: inout [UInt8]
  ) {
    // A page that is not copied is not counted either; this is done for each word.
    let number = Int32(pages[Int(spot.page)].number)
    let word = pages[Int(spot.page)].words[Int(spot.word)]
    var base: Token.Flags = word.style.contains(.raised) ? [.raised] : []
    let newLine =
      number != lastPage || abs(word.baseline - lastBaseline) > word.size * 0.5
    if newLine, !base.contains(.raised) {
      base.insert(.lineStart)
      lastBaseline = word.baseline
      lastPage = number
    }
    pages[Int(spot.page)].utf8.withUnsafeBufferPointer { utf8 in
      scan(utf8, Int(word.start), Int(word.end), place, base, &tokens, &bytes)
    }
  }

  /// After the last word of a block: list markers, and words tied by hyphens.
  mutating func closeBlock(from first: Int, _ tokens: inout [Token], _ bytes: [UInt8]) {
    guard first < tokens.count else { return }
    markListMarker(first, &tokens, bytes)
    for i in first..<tokens.count { tie(i, &tokens, bytes) }
  }

  /// Notes the word that a hyphenated token makes with the next one.
  mutating func tie(_ i: Int, _ tokens: inout [Token], _ bytes: [UInt8]) {
    guard i + 1 < tokens.count, tokens[i].flags.contains(.hyphenated), tokens[i + 1].kind == .word
    else { return }
    scratch.removeAll(keepingCapacity: true)
    scratch += bytes[Int(tokens[i].start)..<Int(tokens[i].start) + Int(tokens[i].length)]
    scratch +=
      bytes[Int(tokens[i + 1].start)..<Int(tokens[i + 1].start) + Int(tokens[i + 1].length)]
    tokens[i].joinID = scratch.withUnsafeBufferPointer { vocabulary.id(of: $0) }
  }

  /// `a.`, `(ii)`, `3)`, `•` before the first word of a block are not part of its sentence.
  private func markListMarker(_ first: Int, _ tokens: inout [Token], _ bytes: [UInt8]) {
    var i = first
    if tokens[i].kind == .mark, tokens[i].mark == 0x28 { i += 1 }
    guard i + 1 < tokens.count, tokens[i].kind == .word, tokens[i].length <= 4 else {
      return
    }
    let close = tokens[i + 1]
    guard close.kind == .mark, close.mark == 0x29 || (close.mark == 0x2E && i == first),
      close.flags.contains(.glued), i + 2 < tokens.count, !tokens[i + 2].flags.contains(.glued)
    else { return }
    let text = bytes[Int(tokens[i].start)..<Int(tokens[i].start) + Int(tokens[i].length)]
    let isNumber = tokens[i].flags.contains(.numeric) && tokens[i].length <= 2
    let isLetter = tokens[i].length == 1
    let isRoman = text.allSatisfy { $0 == 0x69 || $0 == 0x76 || $0 == 0x78 }
    guard isNumber || isLetter || isRoman else { return }
    // `1. Januar 2025` is a date.
    if isNumber, close.mark == 0x2E, i + 3 < tokens.count, tokens[i + 2].kind == .word,
      RunningText.month(named: normalised(tokens[i + 2], bytes)) != nil,
      tokens[i + 3].flags.contains(.numeric), tokens[i + 3].length >= 4
    {
      return
    }
    for k in first...i + 1 { tokens[k].kind = .listMarker }
  }

  private func normalised(_ token: Token, _ bytes: [UInt8]) -> ArraySlice<UInt8> {
    bytes[Int(token.start)..<Int(token.start) + Int(token.length)]
  }

  private mutating func scan(
    _ utf8: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int, _ place: Int32,
    _ base: Token.Flags, _ tokens: inout [Token], _ bytes: inout [UInt8]
  ) {
    var i = start
    var glued = false
    var rawStart = -1
    var normStart = 0
    var flags = base
    var capitals = 0
    var lettersSeen = 0
    var digits = 0
    var apostropheAt = -1
    var apostropheEnd = -1

    func isAlnum(_ c: UInt8) -> Bool {
      (c >= 0x30 && c <= 0x39) || (c | 0x20 >= 0x61 && c | 0x20 <= 0x7A) || c >= 0x80
    }
    func open(_ at: Int) {
      if rawStart < 0 {
        rawStart = at
        normStart = bytes.count
        flags = base
        capitals = 0
        lettersSeen = 0
        digits = 0
        apostropheAt = -1
        if glued {
          flags.insert(.glued)
          flags.remove(.lineStart)
        }
      }
    }
    func close(_ at: Int) {
      guard rawStart >= 0 else { return }
      var rawEnd = at
      if apostropheAt >= 0, bytes.count > normStart {
        // `company's` is the company's: the mark goes, the `s` stays in the letters that are matched.
        let tail = bytes[bytes.count - 1]
        if tail == 0x73, apostropheEnd == at || apostropheEnd == at - 1 {
          flags.insert(.possessive)
          rawEnd = apostropheAt
        }
      }
      if lettersSeen >= 2, capitals == lettersSeen { flags.insert(.allCapitals) }
      if digits > 0, lettersSeen == 0 { flags.insert(.numeric) }
      if capitals > 0, !flags.contains(.capital), isNameLike(at) { flags.insert(.capital) }
      let length = bytes.count - normStart
      let id = bytes.withUnsafeBufferPointer {
        vocabulary.id(of: UnsafeBufferPointer(rebasing: $0[normStart..<normStart + length]))
      }
      tokens.append(
        Token(
          id: id, joinID: 0, place: place, start: Int32(normStart),
          length: UInt16(min(length, 0xFFFF)), rawStart: Int32(rawStart), rawEnd: Int32(rawEnd),
          kind: .word, flags: flags, mark: 0, sentence: 0))
      rawStart = -1
      glued = true
    }
    /// `iManage`, `eFolder`, `3Degrees`; not `2O25`, where a scanner took the zero for a letter, nor `1ST`.
    func isNameLike(_ at: Int) -> Bool {
      lettersSeen > capitals || (digits > 0 && capitals == 1 && !isDigit(utf8[at - 1]))
    }
    func mark(_ c: UInt8, _ at: Int, _ to: Int, _ kind: Token.Kind = .mark) {
      close(at)
      var flags = base
      if glued {
        flags.insert(.glued)
        flags.remove(.lineStart)
      }
      tokens.append(
        Token(
          id: 0, joinID: 0, place: place, start: Int32(bytes.count), length: 0,
          rawStart: Int32(at), rawEnd: Int32(to), kind: kind, flags: flags, mark: c, sentence: 0))
      glued = true
    }
    func hyphen(_ at: Int, _ to: Int, soft: Bool) {
      if rawStart >= 0, !soft, digits > 0, lettersSeen == 0,
        isDateHyphen(utf8, rawStart, at, to, end)
      {
        // 2025-01-31: digits tied by hyphens as in a date are one token.
        bytes.append(0x2D)
        return
      }
      if rawStart >= 0 {
        if soft, to < end { return }
        close(at)
        tokens[tokens.count - 1].flags.insert(.hyphenated)
      } else if !soft {
        mark(0x2D, at, to)
      }
    }
    func isLetter(_ c: UInt8) -> Bool { isAlnum(c) && !isDigit(c) }

    func apostrophe(_ at: Int, _ to: Int) {
      guard rawStart >= 0 else {
        // `Inc.'s` and `(“Orrery”)'s`: the possessive is no word of its own.
        if to < end, utf8[to] | 0x20 == 0x73, to + 1 >= end || !isAlnum(utf8[to + 1]) {
          mark(0x22, at, to + 1)
          tokens[tokens.count - 1].flags.insert(.possessive)
          i = to + 1 - (to - at)
          return
        }
        return mark(0x22, at, to)
      }
      apostropheAt = at
      apostropheEnd = to
      // A closing quotation mark: nothing of a word follows it.
      if to >= end || !isAlnum(utf8[to]) {
        let possessive = bytes.last == 0x73
        if possessive {
          close(at)
          tokens[tokens.count - 1].flags.insert(.possessive)
        } else {
          mark(0x22, at, to)
        }
      }
    }

    while i < end {
      let c = utf8[i]
      if c < 0x80 {
        if c >= 0x61 && c <= 0x7A {
          open(i)
          // Nearly all words are small letters up to their end.
          let first = i
          while i + 1 < end, utf8[i + 1] >= 0x61, utf8[i + 1] <= 0x7A { i += 1 }
          lettersSeen += i + 1 - first
          bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[first...i]))
        } else if c >= 0x41 && c <= 0x5A {
          if rawStart < 0 {
            open(i)
            flags.insert(.capital)
          }
          capitals += 1
          lettersSeen += 1
          bytes.append(c | 0x20)
        } else if isDigit(c) {
          open(i)
          digits += 1
          bytes.append(c)
        } else if c == 0x27 || c == 0x60 {
          apostrophe(i, i + 1)
        } else if c == 0x2D {
          hyphen(i, i + 1, soft: false)
        } else if c == 0x2E || c == 0x2F || c == 0x2C, rawStart >= 0, i + 1 < end,
          isDigit(utf8[i - 1]), isDigit(utf8[i + 1]),
          c != 0x2C || isThousands(utf8, rawStart, i, end),
          c != 0x2F || !bytes[normStart...].contains(0x2D)
        {
          // 6.1, 01/02/2025 and 1,250 are one token each; the comma of a number is dropped.
          if c != 0x2C { bytes.append(c) }
        } else if c == 0x26, rawStart >= 0, i + 1 < end, isAlnum(utf8[i + 1]) {
          // AT&T, R&D
          bytes.append(c)
        } else {
          mark(c, i, i + 1)
        }
        i += 1
        continue
      }
      let (scalar, length) = decode(utf8, i, end)
      switch fold(scalar) {
      case .letters(let letters):
        open(i)
        if letters.first.map(isDigit) == true { digits += 1 } else { lettersSeen += 1 }
        bytes += letters
      case .capital(let letters):
        if rawStart < 0 {
          open(i)
          flags.insert(.capital)
        }
        capitals += 1
        lettersSeen += 1
        bytes += letters
      case .mark(let m): mark(m, i, i + length)
      case .apostrophe: apostrophe(i, i + length)
      case .hyphen: hyphen(i, i + length, soft: false)
      case .softHyphen: hyphen(i, i + length, soft: true)
      case .dash:
        // `sub–service` is written with a hyphen that a typesetter made longer.
        if rawStart >= 0, i + length < end, isLetter(utf8[i - 1]), isLetter(utf8[i + length]) {
          hyphen(i, i + length, soft: false)
        } else {
          mark(0x2D, i, i + length)
        }
      case .space:
        close(i)
        glued = false
      case .bullet: mark(0x2A, i, i + length, .listMarker)
      case .nothing: if rawStart >= 0, i + length == end { close(i) }
      }
      i += length
    }
    close(end)
  }

  /// Whether the comma parts thousands: `1,250`, not `31,2025`.
  private func isThousands(
    _ utf8: UnsafeBufferPointer<UInt8>, _ start: Int, _ comma: Int, _ end: Int
  ) -> Bool {
    let after = digits(utf8, comma + 1, end)
    guard after == 3 else { return false }
    var before = 0
    while comma - before > start, isDigit(utf8[comma - before - 1]) { before += 1 }
    return before <= 3
  }

  /// Whether the hyphen at `at` is one of the two in `2025-01-31` or `31-01-2025`; `6.1-6.8`,
  /// `1-31` and `01/01/2025-31/12/2025` are two numbers each.
  private func isDateHyphen(
    _ utf8: UnsafeBufferPointer<UInt8>, _ start: Int, _ at: Int, _ to: Int, _ end: Int
  ) -> Bool {
    var groups: [Int] = []
    var i = start
    while groups.count < 3 {
      let count = digits(utf8, i, end)
      guard count > 0 else { return false }
      groups.append(count)
      i += count
      guard groups.count < 3 else { break }
      // Hyphens come in several encodings; the one at hand is at `at`.
      if i == at {
        i = to
      } else if i < end, utf8[i] == 0x2D {
        i += 1
      } else if i + 2 < end, utf8[i] == 0xE2, utf8[i + 1] == 0x80,
        utf8[i + 2] == 0x90 || utf8[i + 2] == 0x91
      {
        i += 3
      } else {
        return false
      }
    }
    guard i > to else { return false }
    return groups[1] <= 2
      && (groups[0] == 4 && groups[2] <= 2 || groups[0] <= 2 && (4...5).contains(groups[2]))
  }

  private func digits(_ utf8: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Int {
    var n = 0
    while start + n < end, isDigit(utf8[start + n]) { n += 1 }
    return n
  }

  private func isDigit(_ c: UInt8) -> Bool { c >= 0x30 && c <= 0x39 }

  private func decode(
    _ utf8: UnsafeBufferPointer<UInt8>, _ i: Int, _ end: Int
  ) -> (UInt32, Int) {
    let c = UInt32(utf8[i])
    if c >= 0xF0, i + 3 < end {
      return (
        (c & 7) << 18 | UInt32(utf8[i + 1] & 0x3F) << 12 | UInt32(utf8[i + 2] & 0x3F) << 6
          | UInt32(utf8[i + 3] & 0x3F), 4
      )
    }
    if c >= 0xE0, i + 2 < end {
      return ((c & 15) << 12 | UInt32(utf8[i + 1] & 0x3F) << 6 | UInt32(utf8[i + 2] & 0x3F), 3)
    }
    if c >= 0xC0, i + 1 < end { return ((c & 31) << 6 | UInt32(utf8[i + 1] & 0x3F), 2) }
    return (0xFFFD, 1)
  }
}
