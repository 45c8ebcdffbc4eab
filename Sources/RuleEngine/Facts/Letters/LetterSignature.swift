import PageText
import ReportStructure
import SOC2Vocabulary
import TextMatching

/// Who signs a letter, in what function, and how.
struct LetterSignature {
  enum Form: String {
    /// A picture stands there, an electronic signature, or the name in a hand and in type.
    case signed
    /// A name in type or after `/s/`.
    case typed
    case unsigned
  }
  enum Role: String { case management, auditor, sales, unclear }

  private(set) var form: Form?
  private(set) var role: Role = .unclear
  private(set) var signer: Range<Int>?
  private(set) var title: Range<Int>?
  /// The lines below the letter's last sentence, as printed.
  private(set) var lines: [Range<Int>] = []
  /// The name of the company that is printed among them.
  private(set) var company: Range<Int>?

  private let reader: FactReader
  private var text: RunningText { reader.text }

  init(_ reader: FactReader) {
    self.reader = reader
    lines = closingLines()
    var plain: [Range<Int>] = []
    var labelled: [String: Range<Int>] = [:]
    var isElectronic = false
    var isDenied = false
    for line in lines {
      for (label, rest) in labels(in: line) {
        switch label {
        case "electronic": isElectronic = true
        case "unsigned": isDenied = true
        default: break
        }
        if label != "date", text.wordCount(rest) > 0, labelled[label] == nil {
          labelled[label] = rest
        }
      }
      if labels(in: line).isEmpty, text.wordCount(line) > 0 { plain.append(line) }
    }
    readNames(plain, labelled)
    readCompany(plain, labelled)
    let isManagement = plain.contains { isGroup($0) }
    role = readRole(plain, isManagement)
    let isTyped = signer != nil || isManagement || (role == .auditor && company != nil)
    if isDenied || reader.hits[.signature].contains(where: { $0.value == .text("unsigned") }) {
      form = .unsigned
    } else if isElectronic && isTyped || hasPicture || isWrittenTwice(plain) {
      form = .signed
    } else {
      form = isTyped ? .typed : .unsigned
    }
  }

  // MARK: - Where it stands

  /// The lines after "Sincerely" and the like; without such words the short lines at the end.
  private func closingLines() -> [Range<Int>] {
    let all = text.blocks.indices.flatMap { text.lines(of: $0) }
    let closings = reader.hits[.letterClosing].filter { hit in
      guard !hit.isFurniture,
        let line = all.first(where: { $0.contains(hit.tokens.lowerBound) })
      else { return false }
      return text.wordCount(line) <= text.wordCount(hit.tokens) + 3
        && text.wordCount(line.lowerBound..<hit.tokens.lowerBound) <= 1
    }
    if let closing = closings.last {
      return Array(all.filter { $0.lowerBound >= closing.tokens.upperBound }.prefix(16))
    }
    var tail: [Range<Int>] = []
    for line in all.reversed() {
      guard isNameLike(line) || !labels(in: line).isEmpty else {
        // One line of a footer may stand below the names.
        if tail.isEmpty { continue }
        break
      }
      tail.insert(line, at: 0)
      if tail.count == 12 { break }
    }
    return tail
  }

  /// Short and of capitalised words: a name, a function, a company, a place.
  private func isNameLike(_ line: Range<Int>) -> Bool {
    let words = line.filter { text.tokens[$0].kind == .word }
    guard words.count <= 12 else { return false }
    if words.isEmpty { return true }
    let capital = words.count {
      text.tokens[$0].flags.contains(.capital) || text.tokens[$0].flags.contains(.numeric)
    }
    return capital * 3 >= words.count * 2 && text.tokens[words[0]].flags.contains(.capital)
      && !text.isMark(line.upperBound - 1, 0x3A, before: line.upperBound)
  }

  /// Labels that begin a line, or a part of it, and what stands after each.
  private func labels(in line: Range<Int>) -> [(label: String, rest: Range<Int>)] {
    let hits = reader.hits[.signatureLabel].filter { hit in
      guard !hit.isFurniture, line.contains(hit.tokens.lowerBound), let label = hit.value.text
      else { return false }
      if label == "unsigned" { return true }
      let next = hit.tokens.upperBound
      let hasColon = text.isMark(next, 0x3A, before: line.upperBound)
      let isFirst = text.wordCount(line.lowerBound..<hit.tokens.lowerBound) == 0
      switch label {
      case "electronic": return isFirst
      case "company":
        // `For and on behalf of`; `Company Secretary` is no label.
        let lead = text.word(text.tokens[hit.tokens.lowerBound])
        return isFirst && (hasColon || ["for", "on"].contains(lead))
      case "by": return isFirst && (hasColon || isFilled(next, line))
      default: return hasColon || (isFirst && text.wordCount(next..<line.upperBound) == 0)
      }
    }
    var out: [(label: String, rest: Range<Int>)] = []
    for hit in hits {
      // `Electronically signed by` holds `signed by` and `by`.
      if hits.contains(where: {
        $0.tokens.count > hit.tokens.count && $0.tokens.overlaps(hit.tokens)
      }) {
        continue
      }
      if let last = out.last, hit.tokens.lowerBound < last.rest.lowerBound { continue }
      let next = hits.first { $0.tokens.lowerBound >= hit.tokens.upperBound }
      var start = hit.tokens.upperBound
      let end = next?.tokens.lowerBound ?? line.upperBound
      while start < end, text.tokens[start].kind != .word || text.word(text.tokens[start]) == "by" {
        start += 1
      }
      out.append((hit.value.text ?? "", start..<max(start, end)))
    }
    return out
  }

  /// `By Ines Varga`: a name follows, nothing else.
  private func isFilled(_ start: Int, _ line: Range<Int>) -> Bool {
    start < line.upperBound && personEnd(start, line.upperBound) != nil
  }

  // MARK: - Name and function

  private mutating func readNames(_ plain: [Range<Int>], _ labelled: [String: Range<Int>]) {
    for key in ["name", "electronic", "by", "line"] where signer == nil {
      if let rest = labelled[key], let person = person(in: rest) { signer = person.name }
    }
    if let rest = labelled["title"] { title = rest.isEmpty ? nil : trimmed(rest) }
    let titled = plain.firstIndex { holdsTitle($0) }
    if signer == nil, let titled {
      // `Ines Varga, Chief Risk Officer` on one line, else the name above, else below.
      if let own = person(in: plain[titled]), let rest = own.rest {
        signer = own.name
        title = title ?? withoutCompany(rest)
      } else {
        signer =
          plain[..<titled].reversed().compactMap { self.person(in: $0)?.name }.first
          ?? plain[(titled + 1)...].compactMap { self.person(in: $0)?.name }.first
      }
    }
    if signer == nil {
      signer = plain.compactMap { self.person(in: $0)?.name }.first
    }
    if title == nil, let titled {
      title = person(in: plain[titled])?.rest ?? withoutCompany(plain[titled])
    }
    // A function that no rule knows stands below the name.
    if title == nil, let signer,
      let place = plain.firstIndex(where: { $0.contains(signer.lowerBound) }),
      place + 1 < plain.count, isUnknownTitle(plain[place + 1])
    {
      title = trimmed(plain[place + 1])
    }
  }

  private func holdsTitle(_ line: Range<Int>) -> Bool {
    reader.hits[.signerTitle].contains {
      !$0.isFurniture && line.contains($0.tokens.lowerBound) && !isCompany(line)
    }
  }

  private func isUnknownTitle(_ line: Range<Int>) -> Bool {
    let words = line.filter { text.tokens[$0].kind == .word }
    return (1...8).contains(words.count) && !isCompany(line) && person(in: line) == nil
      && words.allSatisfy { !text.tokens[$0].flags.contains(.numeric) }
  }

  /// The name of a person that a line begins with, and what stands behind a mark after it.
  private func person(in line: Range<Int>) -> (name: Range<Int>, rest: Range<Int>?)? {
    var start = line.lowerBound
    // `/s/` before a name.
    while start < line.upperBound,
      text.tokens[start].kind != .word
        || ["s", "mr", "ms", "mrs", "dr"].contains(text.word(text.tokens[start]))
          && start + 1 < line.upperBound
          && !(text.word(text.tokens[start]) == "s" && text.tokens[start].flags.contains(.capital))
    {
      start += 1
    }
    guard start < line.upperBound, !isGroup(line),
      let end = personEnd(start, line.upperBound)
    else { return nil }
    if reader.hits[.signerTitle].contains(where: {
      $0.tokens.lowerBound >= start && $0.tokens.lowerBound < end
    }) {
      return nil
    }
    var rest = end
    while rest < line.upperBound, text.tokens[rest].kind != .word { rest += 1 }
    let isPlain = rest == line.upperBound
    // Degrees after a comma are part of no function.
    let behind = trimmed(rest..<line.upperBound)
    let isTitle = reader.hits[.signerTitle].contains { behind.contains($0.tokens.lowerBound) }
    let isDegree = behind.allSatisfy {
      text.tokens[$0].kind != .word || text.tokens[$0].flags.contains(.allCapitals)
    }
    guard isPlain || isTitle || isDegree else { return nil }
    return (start..<end, isTitle ? afterDegrees(behind) : nil)
  }

  private func afterDegrees(_ range: Range<Int>) -> Range<Int> {
    guard
      let first = reader.hits[.signerTitle].filter({ range.contains($0.tokens.lowerBound) })
        .map(\.tokens.lowerBound).min()
    else { return range }
    var start = range.lowerBound
    var i = start
    while i < first {
      if text.isMark(i, 0x2C, before: first),
        (start..<i).allSatisfy({
          text.tokens[$0].kind != .word || text.tokens[$0].flags.contains(.allCapitals)
        })
      {
        start = i + 1
      }
      i += 1
    }
    return withoutCompany(start..<range.upperBound)
  }

  /// One past two to five words that may be a person's name; nil where they are a company's.
  private func personEnd(_ start: Int, _ limit: Int) -> Int? {
    let links = ["von", "van", "de", "der", "den", "da", "di", "du", "la", "le", "bin", "al", "el"]
    var words = 0
    var end = start
    var i = start
    while i < limit {
      let token = text.tokens[i]
      if token.kind == .word {
        let isLink = words > 0 && links.contains(text.word(token))
        guard token.flags.contains(.capital) && !token.flags.contains(.numeric) || isLink,
          !text.isLegalSuffix(token) || text.word(token).utf8.count == 1
        else { return nil }
        words += isLink ? 0 : 1
        end = i + 1
      } else if [0x2E, 0x27, 0x2D].contains(token.mark) {
        // `R.` and hyphens; a dash with spaces around it parts name and function.
        if token.mark == 0x2D, !token.flags.contains(.glued) { break }
      } else {
        break
      }
      i += 1
    }
    guard (2...5).contains(words) else { return nil }
    let plain = (start..<end).map { text.word(text.tokens[$0]) }
    let others: Set<String> = [
      "the", "of", "for", "and", "page", "letter", "report", "soc", "type", "services", "systems",
      "technologies", "group", "holdings", "street", "avenue", "road", "lane", "drive", "suite",
      "management", "team", "department", "office", "software", "solutions", "data", "cloud",
      "bridge", "confidential", "dear", "customer", "attachment", "enclosure", "signature",
      "company", "security", "compliance", "on", "behalf", "board", "directors", "united",
    ]
    return plain.contains(where: others.contains) ? nil : end
  }

  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    var low = range.lowerBound
    var high = range.upperBound
    while low < high, text.tokens[low].kind != .word { low += 1 }
    while low < high, text.tokens[high - 1].kind != .word,
      text.tokens[high - 1].mark != 0x29
    {
      high -= 1
    }
    return low..<high
  }

  // MARK: - Company

  private func isCompany(_ line: Range<Int>) -> Bool {
    let words = line.filter { text.tokens[$0].kind == .word }
    guard let last = words.last, words.count > 1 else { return false }
    let name = text.nameEnds(at: words[0], limit: 10).first ?? 0
    return text.isLegalSuffix(text.tokens[last]) && name >= last
  }

  private mutating func readCompany(_ plain: [Range<Int>], _ labelled: [String: Range<Int>]) {
    if let rest = labelled["company"], !rest.isEmpty,
      let end = text.nameEnds(at: rest.lowerBound, limit: 10).first
    {
      company = rest.lowerBound..<end
      return
    }
    for line in plain {
      let line = trimmed(line)
      if isCompany(line) {
        company =
          line.lowerBound..<(text.nameEnds(at: line.lowerBound, limit: 10).first ?? line.upperBound)
        return
      }
      // `Chief Risk Officer, Kelmar Freight, Inc.`
      if let part = companyBehindComma(line) {
        company = part
        return
      }
    }
    // Without a legal suffix: the one line of capitals below the function.
    guard let place = plain.lastIndex(where: { holdsTitle($0) }), place + 1 < plain.count else {
      return
    }
    let line = trimmed(plain[place + 1])
    guard let end = text.nameEnds(at: line.lowerBound, limit: 6).first, end >= line.upperBound,
      person(in: line) == nil || text.wordCount(line) < 2, !holdsTitle(line), !isGroup(line)
    else { return }
    company = line
  }

  private func companyBehindComma(_ line: Range<Int>) -> Range<Int>? {
    for i in line where text.isMark(i, 0x2C, before: line.upperBound) {
      let rest = trimmed(i..<line.upperBound)
      guard !rest.isEmpty, rest.lowerBound > i, isCompany(rest),
        text.nameEnds(at: rest.lowerBound, limit: 10).first ?? 0 >= rest.upperBound - 1
      else { continue }
      let plain = rest.filter { text.tokens[$0].kind == .word }
      guard plain.count > 1 else { continue }
      return rest
        .lowerBound..<(text.nameEnds(at: rest.lowerBound, limit: 10).first ?? rest.upperBound)
    }
    return nil
  }

  private func withoutCompany(_ range: Range<Int>) -> Range<Int> {
    if let bar = range.first(where: { text.isMark($0, 0x7C, before: range.upperBound) }) {
      return withoutCompany(range.lowerBound..<bar)
    }
    if let part = companyBehindComma(range) {
      return trimmed(range.lowerBound..<part.lowerBound - 1)
    }
    return trimmed(range)
  }

  // MARK: - Role and form

  /// `Kelmar Management`, `The Compliance Team`: signed by a group.
  private func isGroup(_ line: Range<Int>) -> Bool {
    let words = line.filter { text.tokens[$0].kind == .word }.map { text.word(text.tokens[$0]) }
    guard let last = words.last, words.count <= 8 else { return false }
    return ["management", "team", "department", "office", "directors"].contains(last)
      || words.first == "management" && words.count > 1
  }

  private func readRole(_ plain: [Range<Int>], _ isManagement: Bool) -> Role {
    let titles = reader.hits[.signerTitle].filter { hit in
      !hit.isFurniture
        && (title.map { $0.overlaps(hit.tokens) } ?? false
          || title == nil && plain.contains { $0.contains(hit.tokens.lowerBound) })
    }.compactMap { $0.value.text.flatMap(Role.init(rawValue:)) }
    let firms = Set(
      reader.hits[.firmWord].filter { $0.value != .text("possible") && !$0.isFurniture }
        .map(\.tokens.lowerBound))
    let isFirm = lines.contains { line in
      text.wordCount(line) <= 10 && line.contains(where: firms.contains) && isNameLike(line)
        && person(in: line) == nil
    }
    let letterhead = text.blocks.prefix(4).contains { block in
      text.wordCount(block) <= 14 && block.contains(where: firms.contains)
    }
    let speaks = !reader.hits[.letterAuditorVoice].isEmpty
    if titles.contains(.auditor) || isFirm || (letterhead && speaks) { return .auditor }
    if titles.contains(.sales) { return .sales }
    if titles.contains(.management) || isManagement { return .management }
    return .unclear
  }

  /// A picture among the closing lines, or between them and the words above.
  private var hasPicture: Bool {
    guard let first = lines.first, let last = lines.last, !first.isEmpty, !last.isEmpty else {
      return false
    }
    let start = text.tokens[first.lowerBound]
    let page = text.page(of: start)
    let top = page.displayed(text.printed(start).box).y0
    let end = text.tokens[last.lowerBound]
    let bottom =
      text.page(of: end).number == page.number
      ? page.displayed(text.printed(end).box).y1 : page.height
    return (page.pictures + page.stamps).contains {
      $0.centreY > top - 110 && $0.centreY < bottom + 20 && $0.height < 150
    }
  }

  /// The name in a hand's letters, and again in type below it.
  private func isWrittenTwice(_ plain: [Range<Int>]) -> Bool {
    guard let signer else { return false }
    let key = nameKey(text.name(signer))
    let places = plain.filter { line in
      guard let person = person(in: line) else { return false }
      return nameKey(text.name(person.name)) == key && !line.contains { isTypedMark($0, line) }
    }
    return places.count > 1
  }

  /// The `s` of `/s/`.
  private func isTypedMark(_ index: Int, _ line: Range<Int>) -> Bool {
    text.isMark(index, 0x2F, before: line.upperBound)
  }
}
