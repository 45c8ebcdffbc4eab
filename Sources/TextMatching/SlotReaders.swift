public import SOC2Vocabulary

extension RunningText {
  /// One past the last token of each way to read a slot at `start`, the likeliest first.
  func slotEnds(_ kind: Phrase.SlotKind, from start: Int, limit: Int) -> [Int] {
    switch kind {
    case .date: date(at: start).map { [$0.end] } ?? []
    case .period: period(at: start).map { [$0.end] } ?? []
    case .name: nameEnds(at: start, limit: limit)
    case .categories: categories(at: start).map { [$0.end] } ?? []
    case .criteria: criteria(at: start).map { [$0.end] } ?? []
    case .text: []
    }
  }

  // MARK: - Names

  /// Where the name that begins at a token may end: a run of capitalised words with the small words that names hold between them. The full run comes
  /// first; where it could stop earlier (before a comma or a small word), the shorter ones follow.
  public func nameEnds(at start: Int, limit: Int) -> [Int] {
    var ends: [Int] = []
    var i = start
    var words = 0
    let sentence = tokens[start].sentence
    while i < tokens.count, tokens[i].sentence == sentence, words < limit {
      let token = tokens[i]
      guard token.kind == .word, !token.flags.contains(.raised) else { break }
      guard isNameWord(token) || (words > 0 && token.flags.contains(.numeric)) else { break }
      words += 1
      i += 1
      ends.append(i)
      if token.flags.contains(.possessive) { break }
      // What may stand between two words of a name.
      var next = i
      if next < tokens.count, tokens[next].kind == .mark {
        let mark = tokens[next].mark
        if mark == 0x2E, tokens[next].flags.contains(.glued) {
          next += 1
          ends[ends.count - 1] = next
          // `Inc.,` and `P.C.,` go on only with another suffix
          if next < tokens.count, tokens[next].kind == .mark, tokens[next].mark == 0x2C { next += 1 }
        } else if mark == 0x2C {
          next += 1
          guard next < tokens.count, tokens[next].kind == .word, isLegalSuffix(tokens[next]) else {
            break
          }
        } else if mark == 0x26 || mark == 0x2B || (mark == 0x2D && words > 0) {
          next += 1
        } else {
          break
        }
      }
      while next < tokens.count, tokens[next].kind == .word, isNameLink(tokens[next]),
        next + 1 < tokens.count, tokens[next + 1].kind == .word, isNameWord(tokens[next + 1])
      { next += 1 }
      if next < tokens.count, tokens[next].kind == .mark, tokens[next].mark == 0x26 { next += 1 }
      i = next
    }
    return ends.reversed()
  }

  func isNameWord(_ token: Token) -> Bool { token.flags.contains(.capital) }

  private func isNameLink(_ token: Token) -> Bool {
    ["of", "the", "and", "for", "de", "von", "van", "der", "du", "la", "og", "und"].contains {
      normalised(token).elementsEqual($0.utf8)
    }
  }

  /// The short words that close a company's legal name.
  public func isLegalSuffix(_ token: Token) -> Bool {
    Self.legalSuffixes.contains { normalised(token).elementsEqual($0.utf8) }
  }

  static let legalSuffixes = [
    "inc", "incorporated", "llc", "llp", "ltd", "limited", "plc", "corp", "corporation", "co",
    "company", "pllc", "lp", "gmbh", "ag", "se", "sa", "sas", "bv", "nv", "ab", "as", "aps", "oy",
    "pbc", "cpa", "cpas", "pa", "pc", "p", "l", "c", "a", "b", "v", "n", "kg", "pty", "pte", "srl",
    "spa", "sarl",
  ]

  /// The verbatim text of a name, without a possessive or marks at its edges.
  public func name(_ range: Range<Int>) -> String {
    var range = range
    while let last = range.last, tokens[last].kind != .word, range.count > 1 {
      // The point of `Inc.` and `P.C.` belongs to the name.
      if tokens[last].mark == 0x2E, last > range.lowerBound, isLegalSuffix(tokens[last - 1]) { break }
      range = range.lowerBound..<last
    }
    return verbatim(range)
  }

  // MARK: - Categories

  /// A list of trust services categories: `security, availability, and confidentiality`.
  public func categories(at start: Int) -> (found: Set<TrustServicesCategory>, end: Int)? {
    var found: Set<TrustServicesCategory> = []
    var reader = TokenReader(self, start, tokens.count)
    _ = reader.takes(["the"])
    var end = start
    while let token = reader.peek {
      let word = normalised(token)
      var category: TrustServicesCategory?
      if word.elementsEqual("security".utf8) {
        category = .security
      } else if word.elementsEqual("availability".utf8) {
        category = .availability
      } else if word.elementsEqual("confidentiality".utf8) {
        category = .confidentiality
      } else if word.elementsEqual("privacy".utf8) {
        category = .privacy
      } else if word.elementsEqual("processing".utf8), reader.position + 1 < tokens.count,
        tokens[reader.position + 1].kind == .word,
        normalised(tokens[reader.position + 1]).elementsEqual("integrity".utf8)
      {
        category = .processingIntegrity
        reader.take()
      }
      guard let category else { break }
      reader.take()
      found.insert(category)
      end = reader.positionOfLastTaken
      // Security (Common Criteria), the Security Category
      if reader.takesMark([0x28]) {
        while reader.peek != nil, reader.takes(["common", "criteria", "category", "cc"]) != nil {}
        _ = reader.takesMark([0x29])
      }
      while reader.takesMark([0x2C, 0x3B, 0x26, 0x2F]) {}
      _ = reader.takes(["and", "or"])
      _ = reader.takes(["the"])
    }
    return found.isEmpty ? nil : (found, end)
  }

  // MARK: - Criteria

  /// A list of criterion numbers: `CC6.1, CC6.2 and CC7.3`, `CC6.1 to CC6.3`, `CC 6.1`.
  public func criteria(at start: Int) -> (found: [String], end: Int)? {
    var found: [String] = []
    var reader = TokenReader(self, start, tokens.count)
    var end = start
    var rangeFrom: String?
    while let (id, taken) = criterion(reader) {
      reader = taken
      if let from = rangeFrom { found += Criteria.between(from, id) }
      if !found.contains(id) { found.append(id) }
      rangeFrom = nil
      end = reader.positionOfLastTaken
      var joined = false
      while reader.takesMark([0x2C, 0x3B, 0x26, 0x2F]) { joined = true }
      if reader.takesMark([0x2D]) {
        rangeFrom = id
        joined = true
      }
      if let word = reader.takes(["and", "or", "to", "through"]) {
        joined = true
        if word == "to" || word == "through" { rangeFrom = id }
      }
      _ = reader.takes(["criterion", "criteria"])
      if !joined { break }
    }
    return found.isEmpty ? nil : (found, end)
  }

  /// One criterion number of the closed list, printed with or without a space or hyphen inside.
  private func criterion(_ reader: TokenReader) -> (String, TokenReader)? {
    var reader = reader
    guard let token = reader.peek else { return nil }
    let first = word(token).uppercased()
    if Criteria.isKnown(first) {
      reader.take()
      return (first, reader)
    }
    reader.take()
    reader.takeMark(0x2E)
    if let next = reader.peek {
      let joined = first + (first.last?.isNumber == true ? "." : "") + word(next)
      if Criteria.isKnown(joined) {
        reader.take()
        return (joined, reader)
      }
    }
    return nil
  }
}
