import PageText
import ReportStructure
import SOC2Vocabulary
import TextMatching

/// The firm that signs the auditor's report: its signature line first, then its letterhead, then the cover.
struct AuditorName {
  private(set) var fact: Fact
  private(set) var signature: SignatureState

  /// A printed line that may be a firm's name.
  private struct Line {
    var tokens: Range<Int>
    var name: String
    var weight: Int
    var zone: Zone
    var isSignature: Bool
  }

  init(_ reader: FactReader, organization: String?) {
    let organizationKey = organization.map(nameKey) ?? ""
    var lines: [Line] = []
    // A phrase may take in the name before the firm's word (`… & Co`); the word itself stands last.
    let firmTokens = Set(
      reader.hits[.firmWord].filter { !$0.isFurniture }.flatMap { Array($0.tokens.suffix(3)) })
    let strong = Set(
      reader.hits[.firmWord].filter { $0.value == .text("strong") && !$0.isFurniture }
        .flatMap { Array($0.tokens) })
    let signed = Set(
      reader.hits[.signature].filter { $0.zone == .auditorReport && $0.value == .text("signed") }
        .map(\.block))
    let letter = reader.blocks(in: .auditorReport)
    // Signatures close the letter: after its conclusion, or in its second half where none was found.
    let middle = letter.isEmpty ? 0 : reader.text.blocks[letter[letter.count / 2]].lowerBound
    let conclusion =
      reader.hits[.opinionOpening].filter { $0.zone == .auditorReport }
      .map(\.tokens.lowerBound).max() ?? middle
    func consider(_ block: Int, zone: Zone, base: Int, isSignature: Bool) {
      for line in reader.text.lines(of: block) {
        guard let found = Self.firmLine(line, reader.text, firmTokens, strong) else { continue }
        let key = nameKey(found.name)
        if key.isEmpty || key == organizationKey { continue }
        lines.append(
          Line(
            tokens: found.tokens, name: found.name, weight: base + found.weight, zone: zone,
            isSignature: isSignature))
      }
    }
    for line in Self.aboveProfession(letter, after: conclusion, reader) {
      let key = nameKey(line.name)
      if key.isEmpty || key == organizationKey { continue }
      lines.append(
        Line(
          tokens: line.tokens, name: line.name, weight: 18, zone: .auditorReport, isSignature: true)
      )
    }
    for block in letter {
      let kind = reader.report.blocks[block].kind
      guard kind != .contents, reader.report.blocks[block].places.count <= 40 else { continue }
      let afterConclusion = reader.text.blocks[block].lowerBound > conclusion
      consider(
        block, zone: .auditorReport, base: afterConclusion ? 12 : 5, isSignature: afterConclusion)
    }
    for block in reader.blocks(in: .cover) where reader.report.blocks[block].places.count <= 40 {
      consider(block, zone: .cover, base: 4, isSignature: false)
    }
    for block in reader.blocks(in: .unknown).prefix(30)
    where reader.report.blocks[block].places.count <= 20 {
      consider(block, zone: .unknown, base: 1, isSignature: false)
    }
    for hit in reader.hits[.auditorName] {
      guard let name = hit.value.text, nameKey(name) != organizationKey, !nameKey(name).isEmpty
      else {
        continue
      }
      let tokens = hit.slot ?? hit.tokens
      if hit.isFurniture { continue }
      let near: Set<Zone> = [
        .auditorReport, .cover, .letter, .executiveSummary, .managementAssertion,
      ]
      lines.append(
        Line(
          tokens: tokens, name: name, weight: near.contains(hit.zone) ? 6 : 1, zone: hit.zone,
          isSignature: false))
    }
    var groups: [(key: String, weight: Int, lines: [Line])] = []
    for line in lines {
      let key = nameKey(line.name)
      if let i = groups.firstIndex(where: { $0.key == key }) {
        // The best place counts; that a name comes up often only breaks ties.
        groups[i].weight = max(groups[i].weight, line.weight) + (groups[i].lines.count < 4 ? 1 : 0)
        groups[i].lines.append(line)
      } else {
        groups.append((key, line.weight, [line]))
      }
    }
    let best = groups.enumerated().max {
      ($0.element.weight, -$0.offset) < ($1.element.weight, -$1.offset)
    }?.element
    signature = Self.signature(
      reader, hasLine: best?.lines.contains(where: \.isSignature) ?? false, signed)
    guard let best else {
      fact = reader.missing(in: [.auditorReport, .cover])
      return
    }
    // Of several prints of one name take one that is not all capitals.
    let chosen =
      best.lines.first { $0.isSignature && $0.name != $0.name.uppercased() }
      ?? best.lines.first { $0.name != $0.name.uppercased() } ?? best.lines[0]
    let proof = best.lines.first(where: \.isSignature) ?? chosen
    var value: [String: Value] = ["name": .text(chosen.name), "location": .null, "licence": .null]
    var evidence = reader.text.evidence(chosen.tokens, section: chosen.zone)
    if proof.tokens != chosen.tokens {
      evidence += reader.text.evidence(proof.tokens, section: proof.zone)
    }
    if let place = Self.location(near: proof.tokens, reader) {
      value["location"] = .text(reader.text.name(place))
      evidence += reader.text.evidence(place, section: proof.zone)
    }
    if let licence = reader.hits[.licence].first(where: { $0.zone == .auditorReport }) {
      value["licence"] = licence.value
      evidence += reader.evidence(of: licence)
    }
    fact = Fact(
      state: .found, value: .object(value),
      confidence: proof.isSignature ? .high : best.lines.count > 1 ? .medium : .low,
      evidence: evidence)
  }

  /// The lines right above "Certified Public Accountants" and the like: the firm, whatever its suffix.
  private static func aboveProfession(
    _ letter: [Int], after conclusion: Int, _ reader: FactReader
  ) -> [(name: String, tokens: Range<Int>)] {
    let text = reader.text
    let profession = Set(
      reader.hits[.firmWord].filter { $0.value == .text("profession") && !$0.isFurniture }
        .flatMap { Array($0.tokens) })
    guard !profession.isEmpty else { return [] }
    var out: [(name: String, tokens: Range<Int>)] = []
    let lines = letter.filter { reader.report.blocks[$0].places.count <= 40 }
      .flatMap { text.lines(of: $0) }.filter { $0.lowerBound > conclusion }
    for (above, line) in zip(lines, lines.dropFirst()) {
      let words = line.filter { text.tokens[$0].kind == .word }
      guard !words.isEmpty, words.contains(where: profession.contains), words.count <= 7,
        words.count(where: profession.contains) * 2 >= words.count
      else { continue }
      var start = above.lowerBound
      while start < above.upperBound, !isNameStart(text, start) { start += 1 }
      guard start < above.upperBound,
        let end = text.nameEnds(at: start, limit: 9).first(where: { $0 <= above.upperBound }),
        text.date(at: start) == nil
      else { continue }
      let name = text.name(start..<end)
      guard name.utf8.count >= 4 else { continue }
      out.append((name, start..<end))
    }
    return out
  }

  /// `/s/`, "By", "For" and "To" stand before names, not in them.
  private static func isNameStart(_ text: RunningText, _ index: Int) -> Bool {
    let token = text.tokens[index]
    guard token.kind == .word, token.flags.contains(.capital) || token.flags.contains(.numeric)
    else {
      return false
    }
    return !["by", "for", "to", "s", "signed", "and", "on", "behalf", "of"].contains(
      text.word(token))
  }

  private static func signature(
    _ reader: FactReader, hasLine: Bool, _ signed: Set<Int>
  ) -> SignatureState {
    let words = reader.hits[.signature].filter { $0.zone == .auditorReport }
    if words.contains(where: { $0.value == .text("unsigned") }) { return .unsigned }
    if hasLine || !signed.isEmpty { return .signed }
    let sections = reader.report.sections(in: .auditorReport)
    guard let last = sections.last else { return .unknown }
    let pages = (sections[0].firstPage...last.lastPage)
    if reader.hasUnreadPage(in: [.auditorReport]) { return .unknown }
    // A drawn signature is a picture in the letter.
    if pages.contains(where: { !reader.report.pages[$0].pictures.isEmpty }) { return .signed }
    return .unsigned
  }

  /// A line that is a firm's name and nothing else: capitalised words with a word of audit firms among
  /// them; `/s/` before it is passed over.
  private static func firmLine(
    _ line: Range<Int>, _ text: RunningText, _ firm: Set<Int>, _ strong: Set<Int>
  ) -> (name: String, tokens: Range<Int>, weight: Int)? {
    var start = line.lowerBound
    // An addressee may be a company too: "To the Directors of X Ltd."
    let opening = line.first { text.tokens[$0].kind == .word }.map { text.word(text.tokens[$0]) }
    if ["to", "attn", "attention", "dear"].contains(opening) { return nil }
    while start < line.upperBound, !isNameStart(text, start) { start += 1 }
    guard start < line.upperBound else { return nil }
    let ends = text.nameEnds(at: start, limit: 12).filter { $0 <= line.upperBound }
    // A letterhead runs on behind the name ("… LLP Tel: …"): the firm's own word closes it.
    func closes(_ end: Int) -> Bool {
      let last = (start..<end).last { text.tokens[$0].kind == .word }
      return last.map { firm.contains($0) || text.isLegalSuffix(text.tokens[$0]) } ?? false
    }
    guard let end = ends.first(where: closes) ?? ends.first else { return nil }
    let name = start..<end
    let words = name.filter { text.tokens[$0].kind == .word }
    guard words.count >= 2, words.contains(where: firm.contains) else { return nil }
    // "Certified Public Accountants" on a line of its own says what the firm is, not who.
    guard words.contains(where: { !firm.contains($0) && !text.isLegalSuffix(text.tokens[$0]) })
    else {
      return nil
    }
    let rest = (end..<line.upperBound).filter { text.tokens[$0].kind == .word }
    // A place or date may stand on the same line; a sentence may not.
    guard rest.count <= 8,
      rest.allSatisfy({
        text.tokens[$0].flags.contains(.capital) || text.tokens[$0].flags.contains(.numeric)
      })
    else { return nil }
    let plain = words.map { text.word(text.tokens[$0]) }
    let notFirms = [
      "report", "management", "section", "assertion", "description", "system", "page",
    ]
    if plain.contains(where: notFirms.contains) { return nil }
    return (text.name(name), name, words.contains(where: strong.contains) ? 4 : 1)
  }

  /// `Tampa, Florida` within four lines of the signature.
  private static func location(near tokens: Range<Int>, _ reader: FactReader) -> Range<Int>? {
    let text = reader.text
    let block = text.block(of: tokens.lowerBound)
    var lines: [(distance: Int, range: Range<Int>)] = []
    let own = text.lines(of: block)
    for other in max(0, block - 3)...min(reader.report.blocks.count - 1, block + 4)
    where reader.report.zones[other] == reader.report.zones[block] {
      guard reader.report.blocks[other].places.count <= 30 else { continue }
      for line in other == block ? own : text.lines(of: other) {
        lines.append((abs(line.lowerBound - tokens.upperBound), line))
      }
    }
    for line in lines.sorted(by: { $0.distance < $1.distance }).map(\.range) {
      if let place = place(in: line, text, after: tokens) { return place }
    }
    return nil
  }

  /// Capitalised words, a comma, capitalised words; a date may follow, a firm's suffix may not stand in it.
  private static func place(
    in line: Range<Int>, _ text: RunningText, after name: Range<Int>
  ) -> Range<Int>? {
    var start = line.lowerBound
    if name.overlaps(line) { start = max(start, name.upperBound) }
    while start < line.upperBound, text.tokens[start].kind != .word { start += 1 }
    var i = start
    var commas = 0
    var words = 0
    var end = start
    while i < line.upperBound {
      let token = text.tokens[i]
      if token.kind == .word {
        guard token.flags.contains(.capital), !text.isLegalSuffix(token),
          text.date(at: i, until: line.upperBound) == nil
        else { break }
        words += 1
        end = i + 1
      } else if token.mark == 0x2C {
        commas += 1
      } else if token.mark != 0x2E && token.mark != 0x2D {
        break
      }
      i += 1
    }
    // What remains of the line may only be a date.
    if i < line.upperBound, text.tokens[i].kind == .word,
      text.date(at: i, until: line.upperBound) == nil
    {
      return nil
    }
    let inner = (start..<end).contains {
      text.tokens[$0].kind == .mark && text.tokens[$0].mark == 0x2C
    }
    // `Utrecht, 12 September 2025`: a place of one name is known by the date behind it.
    let isDated = i < line.upperBound && commas == 1 && (1...3).contains(words)
    guard commas >= 1, (inner && (2...6).contains(words)) || isDated else { return nil }
    return start..<end
  }
}
