import ReportStructure
import SOC2Vocabulary
import TextMatching

/// The legal names of companies in a report and the short names it defines for them:
/// `Orrery Health Technologies, Inc. (“Orrery” or the “Company”)`.
struct LegalNames {
  struct Name {
    var text: String
    var key: String
    /// Places, with the zone of each; only of the running text.
    var places: [(tokens: Range<Int>, zone: Zone)]
    /// Keys of the short names that are defined for it.
    var aliases: Set<String>
    /// In how many running heads and feet it stands.
    var inFurniture: Int
  }

  private(set) var names: [Name] = []

  init(_ reader: FactReader) {
    let zones: Set<Zone> = [
      .cover, .auditorReport, .managementAssertion, .letter, .executiveSummary, .unknown,
    ]
    for block in reader.report.blocks.indices
    where zones.contains(reader.report.zones[block])
      || (reader.report.zones[block] == .systemDescription && names.count < 40)
    {
      collect(reader.text, reader.text.blocks[block], reader.report.zones[block])
    }
    let furniture = reader.report.furniture
    for block in furniture.blocks { collect(furniture, block, nil) }
    splitOwners()
  }

  /// `Cinder Platform of Cinder Technologies LLC` is two names where the second also stands alone.
  private mutating func splitOwners() {
    for i in names.indices.reversed() {
      guard let tail = Self.owner(in: names[i].text),
        let owner = names.firstIndex(where: { $0.key == nameKey(tail) }), owner != i
      else { continue }
      names[owner].places += names[i].places
      names[owner].aliases.formUnion(names[i].aliases)
      names.remove(at: i)
    }
  }

  /// What follows the last "of".
  private static func owner(in name: String) -> String? {
    let words = name.split(separator: " ")
    guard let cut = words.lastIndex(of: "of"), cut > 0, cut + 1 < words.count else { return nil }
    return words[(cut + 1)...].joined(separator: " ")
  }

  /// A system's name without the company it is said to be of.
  func withoutOwner(_ name: String) -> String {
    guard let tail = Self.owner(in: name), fullName(of: nameKey(tail)) != nil else { return name }
    return name.split(separator: " ").dropLast(tail.split(separator: " ").count + 1)
      .joined(separator: " ")
  }

  /// Suffixes that only companies have; `P.C.` and the like are too short to tell.
  private static let suffixes: Set<String> = [
    "inc", "incorporated", "llc", "ltd", "limited", "plc", "corp", "corporation", "co", "gmbh",
    "pbc",
    "sa", "spa", "srl", "kg", "nv", "pte", "bv", "ab", "as", "aps", "ag", "company", "lp", "llp",
    "oy", "sas", "se", "pty",
  ]

  /// Words of titles and salutations that stand before a name and are printed with a capital.
  private static let leads: Set<String> = [
    "to", "report", "assertion", "management", "managements", "description", "section", "statement",
    "the", "for", "by", "of", "on", "board", "directors", "opinion", "prepared", "and", "in", "we",
    "system", "controls", "service", "organization", "a", "independent", "auditor", "auditors",
    "information", "provided", "our", "this", "from", "with", "at", "dear", "re", "i", "ii", "iii",
    "iv",
    "v", "soc", "type", "its",
  ]

  private mutating func collect(_ text: RunningText, _ range: Range<Int>, _ zone: Zone?) {
    var i = range.lowerBound
    while i < range.upperBound {
      let token = text.tokens[i]
      guard token.kind == .word, token.flags.contains(.capital) else {
        i += 1
        continue
      }
      // `To the Management of X, Inc.` and `Report on X, Inc.'s Description` begin with the name's setting.
      guard !Self.leads.contains(text.word(token)),
        let end = legalEnd(text, from: i, range.upperBound)
      else {
        i += 1
        continue
      }
      let name = text.name(i..<end)
      let key = nameKey(name)
      if !key.isEmpty, name.utf8.count < 90 {
        note(name, key, i..<end, zone, alias(text, after: end, range.upperBound))
      }
      i = end
    }
  }

  /// One past the legal suffix of the name that begins here; nil when it has none. A name does not
  /// begin with words of titles such as "Report on".
  private func legalEnd(_ text: RunningText, from start: Int, _ limit: Int) -> Int? {
    let ends = text.nameEnds(at: start, limit: 10).filter { $0 <= limit }.sorted()
    var found: Int?
    for end in ends {
      var last = end - 1
      while last > start, text.tokens[last].kind != .word { last -= 1 }
      let isSuffix = last > start && Self.suffixes.contains(text.word(text.tokens[last]))
      // `& Co. Limited`: one suffix may follow another, but not another name.
      if let first = found {
        let between = (first..<end).filter { text.tokens[$0].kind == .word }
        guard isSuffix, between.allSatisfy({ Self.suffixes.contains(text.word(text.tokens[$0])) })
        else { break }
        found = end
      } else if isSuffix {
        found = end
      }
    }
    return found
  }

  /// The short name in the bracket after a name.
  private func alias(_ text: RunningText, after end: Int, _ limit: Int) -> [String] {
    var i = end
    if let trading = tradingName(text, after: end, limit) { return [trading] }
    guard i < limit, text.tokens[i].kind == .mark, text.tokens[i].mark == 0x28 else { return [] }
    i += 1
    var out: [String] = []
    while i < min(limit, end + 16) {
      let token = text.tokens[i]
      if token.kind == .mark {
        if token.mark == 0x29 { break }
        i += 1
        continue
      }
      guard token.flags.contains(.capital), let stop = text.nameEnds(at: i, limit: 4).last else {
        i += 1
        continue
      }
      let longest = text.nameEnds(at: i, limit: 4).first ?? stop
      out.append(nameKey(text.name(i..<longest)))
      i = longest
    }
    let generic: Set<String> = ["company", "service organization", "organization", "entity", ""]
    return out.filter { !generic.contains($0) }
  }

  /// The name after `d/b/a`, `doing business as` or `trading as`.
  private func tradingName(_ text: RunningText, after end: Int, _ limit: Int) -> String? {
    let leads = [
      ["d", "b", "a"], ["dba"], ["t", "a"], ["doing", "business", "as"], ["trading", "as"],
    ]
    for lead in leads {
      var rest = lead[...]
      var i = end
      while i < min(limit, end + 8), let next = rest.first {
        if text.tokens[i].kind == .word {
          guard text.word(text.tokens[i]) == next else { break }
          rest.removeFirst()
        }
        i += 1
      }
      while i < limit, text.tokens[i].kind != .word { i += 1 }
      if rest.isEmpty, i < limit, let stop = text.nameEnds(at: i, limit: 4).first {
        return nameKey(text.name(i..<stop))
      }
    }
    return nil
  }

  private mutating func note(
    _ name: String, _ key: String, _ tokens: Range<Int>, _ zone: Zone?, _ aliases: [String]
  ) {
    let i: Int
    if let known = names.firstIndex(where: { $0.key == key }) {
      i = known
      // The form that is not all capitals is how the name is written.
      if names[i].text == names[i].text.uppercased(), name != name.uppercased() {
        names[i].text = name
      }
    } else {
      names.append(Name(text: name, key: key, places: [], aliases: [], inFurniture: 0))
      i = names.count - 1
    }
    if let zone { names[i].places.append((tokens, zone)) } else { names[i].inFurniture += 1 }
    names[i].aliases.formUnion(aliases)
  }

  /// A stated name without what runs on after its legal suffix: `Hazel Lanterns Ltd. Service`.
  func cut(_ name: String) -> String {
    let known = names.filter { name.hasPrefix($0.text + " ") }
    if let longest = known.max(by: { $0.text.utf8.count < $1.text.utf8.count }) {
      return longest.text
    }
    if let tail = Self.owner(in: name), let owner = names.first(where: { $0.key == nameKey(tail) })
    {
      return owner.text
    }
    return name
  }

  /// The legal name that a short one stands for: by its definition, else because it begins with it, or
  /// its initials are it.
  func fullName(of key: String) -> Name? {
    if let exact = names.first(where: { $0.key == key }) { return exact }
    if let defined = names.first(where: { $0.aliases.contains(key) }) { return defined }
    let longer = names.filter { $0.key.hasPrefix(key + " ") }
    if let best = longer.max(by: { $0.places.count < $1.places.count }) { return best }
    guard key.utf8.count <= 5, !key.contains(" ") else { return nil }
    return names.first { name in
      let initials = name.key.split(separator: " ").compactMap(\.first)
      return String(initials).hasPrefix(key) && initials.count >= 2
    }
  }
}
