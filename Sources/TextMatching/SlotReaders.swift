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
    case .number: number(at: start).map { [$0.end] } ?? []
    case .fraction: fraction(at: start).map { [$0.end] } ?? []
    case .text: []
    }
  }

  /// A quick look whether a slot might begin at a word: most do not, and reading one costs much more.
  func mayBegin(_ kind: Phrase.SlotKind, at index: Int) -> Bool {
    switch kind {
    case .date, .period, .text: true
    case .name: tokens[index].flags.contains(.capital)
    case .number: mayBeginNumber(index)
    case .fraction: mayBeginFraction(index)
    case .categories: mayBeginCategory(tokens[index])
    case .criteria: mayBeginCriterion(tokens[index])
    }
  }

  private func mayBeginCategory(_ token: Token) -> Bool {
    guard let first = normalised(token).first, "tsacp".utf8.contains(first) else { return false }
    return mayBegin(token, Self.categoryPairs)
  }

  /// `The`, and the names of the categories.
  private static let categoryPairs = LeadingPairs([
    "the", "security", "availability", "confidentiality", "privacy", "processing",
  ])

  /// `a 1.2 million` and `p. 4.1` are no criteria; `cc6.1` is what some fonts' small capitals give.
  private func mayBeginCriterion(_ token: Token) -> Bool {
    token.flags.contains(.capital)
      || token.length >= 2 && bytes[Int(token.start)] == 0x63 && bytes[Int(token.start) + 1] == 0x63
  }

  // MARK: - Categories

  /// A list of trust services categories: `security, availability, and confidentiality`,
  /// `Security (Common Criteria) & Privacy`, `the Security Category and the Availability Category`.
  public func categories(at start: Int) -> (found: Set<TrustServicesCategory>, end: Int)? {
    var found: Set<TrustServicesCategory> = []
    var reader = TokenReader(self, start, tokens.count)
    _ = reader.takesMark([0x22])
    _ = reader.takes(["the"])
    var end = start
    while let category = takeCategory(&reader) {
      found.insert(category)
      end = reader.positionOfLastTaken
      takeAsideOfCategory(&reader)
      var next = reader
      let hasNoun = takeCategoryNoun(&next)
      let isListed = takeSeparators(&next)
      // `security category` goes on with `, availability category` but not with any next word.
      if hasNoun, !isListed { break }
      reader = next
      _ = reader.takes(["the"])
      takeEnumerator(&reader)
    }
    return found.isEmpty ? nil : (found, end)
  }

  private func takeCategory(_ reader: inout TokenReader) -> TrustServicesCategory? {
    if reader.takes(["security"]) != nil { return .security }
    if reader.takes(["availability"]) != nil { return .availability }
    if reader.takes(["confidentiality"]) != nil { return .confidentiality }
    if reader.takes(["privacy"]) != nil { return .privacy }
    var pair = reader
    guard pair.takes(["processing"]) != nil, pair.takes(["integrity"]) != nil else { return nil }
    reader = pair
    return .processingIntegrity
  }

  /// `(Common Criteria)`, `("Security")` after a category.
  private func takeAsideOfCategory(_ reader: inout TokenReader) {
    _ = reader.takesMark([0x22])
    var trial = reader
    guard trial.takesMark([0x28]) else { return }
    _ = trial.takesMark([0x22])
    for _ in 0..<4 {
      if trial.takesMark([0x22, 0x29]) {
        _ = trial.takesMark([0x29])
        reader = trial
        return
      }
      guard trial.peek != nil else { return }
      trial.take()
    }
  }

  /// `category`, `Trust Services Category`, `principle`, after a category's name.
  private func takeCategoryNoun(_ reader: inout TokenReader) -> Bool {
    var trial = reader
    if trial.takes(["trust"]) != nil, trial.takes(["services", "service"]) == nil { return false }
    guard
      trial.takes([
        "category", "categories", "principle", "principles", "criteria", "criterion",
      ]) != nil
    else { return false }
    reader = trial
    return true
  }

  private func takeSeparators(_ reader: inout TokenReader) -> Bool {
    var any = false
    while true {
      if reader.takesMark([0x2C, 0x3B, 0x26, 0x2F, 0x22, 0x2A]) || reader.takesListMarker() {
        any = true
        continue
      }
      if reader.takes(["and", "or", "plus"]) != nil {
        any = true
        continue
      }
      var trial = reader
      if trial.takes(["as"]) != nil, trial.takes(["well"]) != nil, trial.takes(["as"]) != nil {
        reader = trial
        any = true
        continue
      }
      return any
    }
  }

  /// `(ii)` before an item of a list within a sentence.
  private func takeEnumerator(_ reader: inout TokenReader) {
    var trial = reader
    guard trial.takesMark([0x28]), let token = trial.peek, token.length <= 3 else { return }
    trial.take()
    guard trial.takesMark([0x29]) else { return }
    reader = trial
  }

  // MARK: - Criteria

  /// A list of criterion numbers: `CC6.1, CC6.2 and CC7.3`, `CC6.1 to CC6.3`, `CC6.1, .2, .3`,
  /// `CC 6.1`, `CC06.1`. A range is filled from the closed list.
  public func criteria(at start: Int) -> (found: [String], end: Int)? {
    if start < tokens.count, tokens[start].kind == .word, !tokens[start].flags.contains(.raised),
      !mayBeginCriterion(tokens[start])
    {
      return nil
    }
    var found: [String] = []
    var reader = TokenReader(self, start, tokens.count)
    guard var id = takeCriterion(&reader) else { return nil }
    found.append(id)
    var end = reader.positionOfLastTaken
    while true {
      var next = reader
      var isRange = next.isTied
      var isListed = isRange
      while next.takesMark([0x2C, 0x3B, 0x26, 0x2F]) { isListed = true }
      if next.takesMark([0x2D]) { isRange = true }
      if let word = next.takes(["and", "or", "to", "through", "thru"]) {
        isListed = true
        if word != "and", word != "or" { isRange = true }
      }
      if next.takes(["criterion", "criteria"]) != nil { isListed = true }
      guard
        let following = takeCriterion(&next)
          ?? (isListed || isRange ? takeShortCriterion(&next, after: id) : nil)
      else { break }
      if isRange {
        found += Criteria.between(id, following).filter { !found.contains($0) }
      }
      if !found.contains(following) { found.append(following) }
      id = following
      reader = next
      end = reader.positionOfLastTaken
    }
    return (found, end)
  }

  /// One criterion number of the closed list, printed with or without a space, hyphen or zero inside.
  private func takeCriterion(_ reader: inout TokenReader) -> String? {
    guard let token = reader.peek, mayBeginCriterion(token) else { return nil }
    let first = word(token)
    if let id = Self.criterion(first) {
      reader.take()
      return id
    }
    var trial = reader
    trial.take()
    if first.last?.isNumber == true {
      // `CC6 .1`
      guard trial.takesMark([0x2E]) else { return nil }
      guard let rest = trial.peek, rest.flags.contains(.numeric),
        let id = Self.criterion(first + "." + word(rest))
      else { return nil }
      trial.take()
      reader = trial
      return id
    }
    // `CC 6.1`, `CC-6.1`
    guard let rest = trial.peek, rest.flags.contains(.numeric),
      let id = Self.criterion(first + word(rest))
    else { return nil }
    trial.take()
    reader = trial
    return id
  }

  /// `.2` or `6.2` after `CC6.1`.
  private func takeShortCriterion(_ reader: inout TokenReader, after id: String) -> String? {
    var trial = reader
    let group = String(id.prefix { $0 != "." })
    let hasPoint = trial.takesMark([0x2E])
    guard let token = trial.peek, token.flags.contains(.numeric), !hasPoint || trial.isGlued else {
      return nil
    }
    let text = word(token)
    let digits = group.drop { !$0.isNumber }
    let whole =
      hasPoint
      ? group + "." + text
      : text.hasPrefix(digits + ".") ? group + text.dropFirst(digits.count) : ""
    guard Criteria.isKnown(whole) else { return nil }
    trial.take()
    reader = trial
    return whole
  }

  /// The number as the standard writes it: `cc06.1` is `CC6.1`.
  private static func criterion(_ word: String) -> String? {
    let letters = word.prefix { !$0.isNumber }
    let parts = word.dropFirst(letters.count).split(
      separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(letters.utf8.count), parts.count == 2, let group = Int(parts[0]),
      let number = Int(parts[1]), parts.allSatisfy({ $0.utf8.count <= 2 })
    else { return nil }
    let id = "\(letters.uppercased())\(group).\(number)"
    return Criteria.isKnown(id) ? id : nil
  }
}
