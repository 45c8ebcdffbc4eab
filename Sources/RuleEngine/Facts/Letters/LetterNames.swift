import ReportStructure
import SOC2Vocabulary
import TextMatching

/// For which company a letter speaks, and which firm examined the report.
struct LetterNames {
  private(set) var entity = Stated()
  private(set) var auditor = Stated()

  private let reader: FactReader
  private let legal: LegalNames
  private var text: RunningText { reader.text }

  init(_ reader: FactReader, _ signature: LetterSignature) {
    self.reader = reader
    legal = LegalNames(reader)
    readAuditor(signature)
    readEntity(signature)
  }

  // MARK: - The auditor

  private mutating func readAuditor(_ signature: LetterSignature) {
    let firms = Set(
      reader.hits[.firmWord].filter { $0.value == .text("strong") && !$0.isFurniture }
        .flatMap { Array($0.tokens) })
    var found: [(name: String, tokens: Range<Int>, weight: Int)] = []
    for hit in reader.hits[.letterAuditor] where !hit.isFurniture {
      guard let slot = hit.slot, let name = hit.value.text, isFirm(slot, name) else { continue }
      if signature.signer.map({ $0.overlaps(slot) }) ?? false { continue }
      let isStrong = slot.contains(where: firms.contains)
      // Without a firm's word only where the words say that it is the auditor.
      let lead = text.word(text.tokens[hit.tokens.lowerBound])
      let isSaid = ["auditor", "auditors", "accountant", "accountants"].contains(lead)
      guard isStrong || isSaid || (hasSuffix(slot) && !Self.ofAnyone.contains(lead)) else {
        continue
      }
      found.append((legal.cut(name), slot, isStrong ? 3 : 1))
    }
    // A firm's own word says it all where no phrase does.
    if found.isEmpty {
      for block in text.blocks {
        var i = block.lowerBound
        while i < block.upperBound {
          let token = text.tokens[i]
          guard token.kind == .word, token.flags.contains(.capital),
            let line = text.lines(of: text.block(of: i)).first(where: { $0.contains(i) }),
            let end = text.nameEnds(at: i, limit: 8).first(where: { $0 <= line.upperBound }),
            (i..<end).contains(where: firms.contains), text.wordCount(i..<end) > 1
          else {
            i += 1
            continue
          }
          found.append((text.name(i..<end), i..<end, 2))
          i = end
        }
      }
    }
    guard let best = found.map(\.weight).max() else { return }
    for firm in found where firm.weight == best {
      let known = found.first { nameKey($0.name) == nameKey(firm.name) }
      auditor.add(.text(tidied(known?.name ?? firm.name)), firm.tokens)
    }
  }

  /// Words that stand before the name of a company as well as of a firm.
  private static let ofAnyone: Set<String> = [
    "by", "from", "report", "opinion", "examination", "audit", "attestation", "assurance",
  ]

  /// The full stop of a sentence is no part of `LLP`.
  private func tidied(_ name: String) -> String {
    let whole = ["llp.", "llc.", "pllc.", "cpas.", "cpa.", "plc.", "gmbh.", "limited."]
    let low = name.lowercased()
    return whole.contains(where: low.hasSuffix) ? String(name.dropLast()) : name
  }

  private func isFirm(_ slot: Range<Int>, _ name: String) -> Bool {
    let words = nameKey(name).split(separator: " ")
    let others: Set<Substring> = ["management", "soc", "our", "report", "letter", "type", "trust"]
    return !words.isEmpty && !words.contains(where: others.contains)
  }

  private func hasSuffix(_ slot: Range<Int>) -> Bool {
    slot.contains { text.tokens[$0].kind == .word && text.isLegalSuffix(text.tokens[$0]) }
  }

  // MARK: - The entity

  private mutating func readEntity(_ signature: LetterSignature) {
    let auditors = Set(auditor.values.compactMap(\.text).map(nameKey))
    let taken = Set(
      ([signature.signer, signature.title].compactMap { $0 }).flatMap { Array($0) })
    struct Group {
      var key: String
      var weight: Int
      var name: String
      var tokens: Range<Int>
      var isSigning: Bool
    }
    var groups: [Group] = []
    func add(_ name: String, _ tokens: Range<Int>, _ weight: Int, isSigning: Bool = false) {
      let stated = nameKey(name)
      guard !stated.isEmpty, isCompany(stated) else { return }
      let full = legal.fullName(of: stated)
      let key = full?.key ?? stated
      guard !auditors.contains(key), !auditors.contains(stated) else { return }
      if let i = groups.firstIndex(where: { $0.key == key }) {
        groups[i].weight += weight
        groups[i].isSigning = groups[i].isSigning || isSigning
      } else {
        let place = full?.places.first
        groups.append(
          Group(
            key: key, weight: weight, name: full?.text ?? name, tokens: place?.tokens ?? tokens,
            isSigning: isSigning))
      }
    }
    for hit in reader.hits[.letterEntity] where !hit.isFurniture {
      guard let slot = hit.slot, !slot.contains(where: taken.contains) else { continue }
      add(text.name(slot), slot, 3)
    }
    if let company = signature.company { add(text.name(company), company, 4, isSigning: true) }
    for name in legal.names {
      for place in name.places.prefix(3) { add(name.text, place.tokens, 1) }
    }
    if let first = text.blocks.first(where: { text.wordCount($0) > 0 }),
      let start = first.first(where: { text.tokens[$0].kind == .word }),
      let line = text.lines(of: text.block(of: start)).first, text.wordCount(line) <= 7,
      let end = text.nameEnds(at: start, limit: 7).first(where: { $0 <= line.upperBound }),
      text.wordCount(end..<line.upperBound) == 0,
      text.date(at: start) == nil
    {
      add(text.name(start..<end), start..<end, 1)
    }
    // "Orrery" adds to "Orrery Health Technologies, Inc.", which begins with it.
    for i in groups.indices {
      for j in groups.indices where i != j && groups[j].key.hasPrefix(groups[i].key + " ") {
        groups[j].weight += groups[i].weight
        groups[j].isSigning = groups[j].isSigning || groups[i].isSigning
        groups[i].weight = 0
        break
      }
    }
    guard
      let best = groups.enumerated().max(by: {
        ($0.element.weight, -$0.offset) < ($1.element.weight, -$1.offset)
      })?.element, best.weight > 1
    else { return }
    let isLegal = legal.names.contains { $0.key == best.key }
    let other = groups.first { $0.isSigning && $0.weight >= 4 && $0.key != best.key }
    guard let other, signature.role != .auditor else {
      entity.add(.text(tidied(best.name)), best.tokens)
      return
    }
    // A brand is told beside the company that signs; but of two companies neither is chosen.
    if isLegal { entity.add(.text(tidied(best.name)), best.tokens) }
    entity.add(.text(tidied(other.name)), other.tokens)
  }

  private func isCompany(_ key: String) -> Bool {
    let words = Set(key.split(separator: " ").map(String.init))
    let others: Set<String> = [
      "soc", "type", "letter", "bridge", "gap", "management", "report", "subject", "re", "dear",
      "date", "customers", "clients", "trust", "services", "criteria", "section", "auditor",
      "confidential", "whom", "statement", "memorandum", "controls", "control", "period",
      "security",
      "availability", "confidentiality", "aicpa", "system", "organization", "service", "january",
      "february", "march", "april", "may", "june", "july", "august", "september", "october",
      "november", "december", "officer", "name", "confirmation", "memorandum", "chief", "director",
      "president", "i", "our", "board",
    ]
    return words.contains { !others.contains($0) && $0.first?.isNumber != true }
      && words.isDisjoint(with: ["soc", "letter", "dear", "subject", "chief", "whom", "officer"])
  }
}
