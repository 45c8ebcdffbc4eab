import ReportStructure
import SOC2Vocabulary
import TextMatching

/// The organizations that a report names as subservice organizations, each once, whatever short
/// names it goes by.
struct SubserviceNames {
  struct Organization {
    /// The fullest form that is printed.
    var name: String
    /// What its names are compared by.
    var keys: Set<String>
    /// The usual name of a well-known provider that it is.
    var provider: String?
    /// Where words or a table say that it is one, in the order of the text.
    var declared: [Range<Int>]
    /// Whether it is declared anywhere but in the tests.
    var isSure: Bool
    /// Every place where it is named.
    var mentions: [Range<Int>] = []
  }

  private let reader: FactReader
  /// The service organization, its system and its auditor: never subservice organizations.
  private let own: [String]
  private let organizationKey: String
  /// The well-known provider that begins at a token.
  private let providers: [Int: String]
  private(set) var organizations: [Organization] = []

  private var text: RunningText { reader.text }

  init(_ reader: FactReader, _ names: NameFacts) {
    self.reader = reader
    organizationKey = nameKey(names.organization.value.text ?? "")
    own = [
      organizationKey, nameKey(names.system.value.text ?? ""),
      nameKey(names.auditor.value["name"]?.text ?? ""),
    ].filter { !$0.isEmpty }
    var providers: [Int: String] = [:]
    for hit in reader.hits[.knownHost] + reader.hits[.knownProvider] where !hit.isFurniture {
      guard reader.text.tokens[hit.tokens.lowerBound].flags.contains(.capital) else { continue }
      if providers[hit.tokens.lowerBound] == nil {
        providers[hit.tokens.lowerBound] = hit.value.text
      }
    }
    self.providers = providers
  }

  // MARK: - Names in the text

  /// The name that begins at a token, without an article; nil where it is no organization's.
  func name(at start: Int, before limit: Int) -> Range<Int>? {
    var start = start
    while start < limit,
      text.tokens[start].kind == .word && text.word(text.tokens[start]) == "the"
        || text.isMark(start, 0x22, before: limit)
    {
      start += 1
    }
    // `Mail, LLC` after `Print &` is the end of a name.
    if start > 0, text.isMark(start - 1, 0x26, before: limit) { return nil }
    guard start < limit, text.tokens[start].kind == .word,
      let end = text.nameEnds(at: start, limit: 9).first, end <= limit
    else { return nil }
    let range = cut(start..<end)
    return isOrganization(range) ? range : nil
  }

  /// `Halyard and Brindle` are two, but not where one legal form closes both.
  private func cut(_ range: Range<Int>) -> Range<Int> {
    guard
      let joint = range.dropFirst().first(where: {
        text.tokens[$0].kind == .word && text.word(text.tokens[$0]) == "and"
      })
    else { return range }
    let isTwo =
      providers[range.lowerBound] != nil || providers[joint + 1] != nil
      || hasLegalForm(range.lowerBound..<joint)
    return isTwo || !hasLegalForm(range) ? range.lowerBound..<joint : range
  }

  func hasLegalForm(_ range: Range<Int>) -> Bool {
    guard let last = range.last(where: { text.tokens[$0].kind == .word }), last > range.lowerBound
    else { return false }
    return text.isLegalSuffix(text.tokens[last]) && text.word(text.tokens[last]).utf8.count > 1
  }

  private static let generic: Set<String> = [
    "subservice", "sub", "service", "services", "organization", "organizations", "organisation",
    "organisations", "provider", "providers", "company", "management", "control", "controls",
    "complementary", "user", "users", "entity", "entities", "system", "systems", "description",
    "report", "reports", "section", "criteria", "trust", "carve", "carved", "out", "inclusive",
    "method", "customer", "customers", "vendor", "vendors", "third", "party", "parties", "data",
    "center", "centers", "centre", "cloud", "hosting", "none", "not", "applicable", "n", "a",
    "type",
    "soc", "and", "of", "for", "name", "scope", "csoc", "csocs", "cuec", "cuecs", "monitoring",
    "related", "category", "common", "auditor", "independent", "in", "iii", "ii", "iv", "part",
    "board", "directors", "our", "we", "its", "physical", "security", "access", "infrastructure",
    "environmental", "operations", "team", "responsible", "responsibilities", "annual", "process",
    "risk", "change", "types", "all", "each", "any", "no", "these", "those", "this", "both",
    "clients", "client", "tsc", "aicpa", "application", "platform",
    // Words that stand for a name told before, and numbers in words.
    "they", "it", "them", "their", "both", "either", "neither", "one", "two", "three", "four",
    "five",
    "six", "several", "some", "certain", "various", "such", "other", "others", "another", "who",
    "which",
    "what", "where", "when", "while", "here", "there", "that", "he", "she", "you", "your", "most",
    "many",
    "few", "none", "nothing", "also", "further", "if", "as", "at", "by", "on", "with", "from", "to",
  ]

  func isOrganization(_ range: Range<Int>) -> Bool {
    let name = text.name(range)
    let key = nameKey(name)
    guard !key.isEmpty, name.utf8.count < 90 else { return false }
    let words = key.split(separator: " ").map(String.init)
    let telling = words.filter { !Self.generic.contains($0) && !$0.allSatisfy(\.isNumber) }
    if telling.isEmpty, providers[range.lowerBound] == nil { return false }
    if words.allSatisfy({ Criteria.isKnown($0.uppercased()) }) { return false }
    return !isOwn(key, hasLegalForm(range))
  }

  private func isOwn(_ key: String, _ hasLegalForm: Bool) -> Bool {
    for name in own where name == key || name.hasPrefix(key + " ") { return true }
    guard !hasLegalForm, let first = key.split(separator: " ").first,
      let ours = organizationKey.split(separator: " ").first
    else { return false }
    // `Quillmark Archive` is a product of Quillmark; a company of that name is another.
    return first == ours || own.contains { (" " + $0 + " ").contains(" " + key + " ") }
  }

  /// Short names in the bracket right after a name.
  private func shortNames(after end: Int) -> [String] {
    let limit = min(text.tokens.count, end + 18)
    guard text.isMark(end, 0x28, before: limit) else { return [] }
    let method = reader.hits[.subserviceWording]
    var out: [String] = []
    var i = end + 1
    while i < limit, !text.isMark(i, 0x29, before: limit) {
      let token = text.tokens[i]
      if token.kind == .word, token.flags.contains(.capital),
        let stop = text.nameEnds(at: i, limit: 5).first, stop <= limit,
        isOrganization(i..<stop), !method.contains(where: { $0.tokens.contains(i) })
      {
        out.append(nameKey(text.name(i..<stop)))
        i = stop
      } else {
        i += 1
      }
    }
    return out
  }

  // MARK: - Collecting

  /// Notes a name as that of a subservice organization.
  mutating func declare(_ range: Range<Int>, isSure: Bool) {
    let key = nameKey(text.name(range))
    let provider = providers[range.lowerBound]
    var keys = Set(shortNames(after: range.upperBound))
    keys.insert(key)
    let known = organizations.firstIndex { organization in
      if let provider, organization.provider == provider { return true }
      if !organization.keys.isDisjoint(with: keys) { return true }
      return organization.keys.contains { other in
        keys.contains { $0.hasPrefix(other + " ") || other.hasPrefix($0 + " ") }
      }
    }
    guard let known else {
      organizations.append(
        Organization(
          name: text.name(range), keys: keys, provider: provider, declared: [range],
          isSure: isSure))
      return
    }
    organizations[known].keys.formUnion(keys)
    if organizations[known].provider == nil { organizations[known].provider = provider }
    organizations[known].declared.append(range)
    if isSure { organizations[known].isSure = true }
  }

  /// Notes the name at a token, and those that go on in a list with it: `A Ltd. for racks, and B LLP`.
  mutating func declareList(at start: Int, isSure: Bool) {
    let sentence = text.tokens[start].sentence
    var limit = start
    while limit < text.tokens.count, text.tokens[limit].sentence == sentence { limit += 1 }
    guard let first = name(at: start, before: limit) else { return }
    declare(first, isSure: isSure)
    guard isSure else { return }
    var i = first.upperBound
    while i < limit {
      defer { i += 1 }
      guard i > 0, text.tokens[i].kind == .word, text.tokens[i].flags.contains(.capital) else {
        continue
      }
      let before = text.tokens[i - 1]
      // After a comma, `and`, a bullet, or the `(b)` of a list.
      let isJoined =
        switch before.kind {
        case .word: text.word(before) == "and"
        case .listMarker: true
        case .mark: [0x2C, 0x3B, 0x29].contains(before.mark)
        }
      guard isJoined, let next = name(at: i, before: limit),
        hasLegalForm(next) || providers[next.lowerBound] != nil
          || i - first.upperBound <= 2 && text.isMark(next.upperBound, 0x28, before: limit)
          || i == first.upperBound + 1 && isRole(next.upperBound, before: limit)
      else { continue }
      declare(next, isSure: isSure)
      i = next.upperBound - 1
    }
  }

  /// `A and B as subservice organizations`: what goes on to say what the two are used for.
  private func isRole(_ index: Int, before limit: Int) -> Bool {
    index < limit && text.tokens[index].kind == .word
      && ["as", "for", "to"].contains(text.word(text.tokens[index]))
  }

  /// One printed as `A and B` where B is another of these is A alone.
  private mutating func partJoined() {
    for n in organizations.indices {
      let others = Set(organizations.indices.filter { $0 != n }.flatMap { organizations[$0].keys })
      let joined = organizations[n].keys.filter { key in
        others.contains { key.hasSuffix(" and " + $0) }
      }
      guard !joined.isEmpty else { continue }
      organizations[n].keys.subtract(joined)
      organizations[n].declared = organizations[n].declared.map { range in
        guard joined.contains(nameKey(text.name(range))),
          let joint = range.dropFirst().first(where: {
            text.tokens[$0].kind == .word && text.word(text.tokens[$0]) == "and"
          })
        else { return range }
        return range.lowerBound..<joint
      }
      for range in organizations[n].declared {
        organizations[n].keys.insert(nameKey(text.name(range)))
      }
    }
  }

  /// Drops what is only guessed, finds every place where the others are named, and gives each the
  /// fullest form of its name.
  mutating func settle() {
    organizations.removeAll { !$0.isSure }
    partJoined()
    // Two that turned out to be one.
    var i = 0
    while i < organizations.count {
      let twin = organizations[..<i].firstIndex {
        !$0.keys.isDisjoint(with: organizations[i].keys)
          || $0.provider != nil && $0.provider == organizations[i].provider
      }
      if let twin {
        organizations[twin].keys.formUnion(organizations[i].keys)
        organizations[twin].declared += organizations[i].declared
        organizations.remove(at: i)
      } else {
        i += 1
      }
    }
    organizations.sort {
      ($0.declared.map(\.lowerBound).min() ?? 0) < ($1.declared.map(\.lowerBound).min() ?? 0)
    }
    var forms: [String: [(words: [String], organization: Int)]] = [:]
    for (n, organization) in organizations.enumerated() {
      for key in organization.keys {
        let words = key.split(separator: " ").map(String.init)
        guard let first = words.first else { continue }
        forms[first, default: []].append((words, n))
      }
    }
    var t = 0
    while t < text.tokens.count {
      guard let found = mention(at: t, forms) else {
        t += 1
        continue
      }
      organizations[found.organization].mentions.append(t..<found.end)
      t = found.end
    }
    for n in organizations.indices { organizations[n].name = fullest(organizations[n]) }
  }

  private func mention(
    at start: Int, _ forms: [String: [(words: [String], organization: Int)]]
  ) -> (organization: Int, end: Int)? {
    let token = text.tokens[start]
    guard token.kind == .word, token.flags.contains(.capital) || providers[start] != nil else {
      return nil
    }
    var best: (organization: Int, end: Int)?
    for word in spellings(of: token) {
      for form in forms[word] ?? [] {
        var end = start + 1
        var matched = 1
        while matched < form.words.count, end < text.tokens.count {
          if text.tokens[end].kind == .mark {
            end += 1
            continue
          }
          guard spellings(of: text.tokens[end]).contains(form.words[matched]) else { break }
          matched += 1
          end += 1
        }
        guard matched == form.words.count, end > best?.end ?? 0 else { continue }
        best = (form.organization, end)
      }
    }
    if best == nil, let provider = providers[start],
      let n = organizations.firstIndex(where: { $0.provider == provider })
    {
      return (n, start + 1)
    }
    return best
  }

  /// A token's word, also without the `s` of a possessive.
  private func spellings(of token: Token) -> [String] {
    let word = text.word(token)
    return token.flags.contains(.possessive) && word.hasSuffix("s")
      ? [String(word.dropLast()), word] : [word]
  }

  /// The fullest legal form among all printed; the form most printed where none has one.
  private func fullest(_ organization: Organization) -> String {
    var counts: [String: Int] = [:]
    var legal: Set<String> = []
    func note(_ range: Range<Int>) {
      let name = text.name(range)
      counts[name, default: 0] += 1
      if hasLegalForm(range) { legal.insert(name) }
    }
    for range in organization.declared { note(range) }
    for mention in organization.mentions {
      guard let end = text.nameEnds(at: mention.lowerBound, limit: 9).first else { continue }
      let range = cut(mention.lowerBound..<end)
      guard hasLegalForm(range) else { continue }
      let key = nameKey(text.name(range))
      guard
        organization.keys.contains(key)
          || providers[mention.lowerBound] == organization.provider && organization.provider != nil
      else { continue }
      note(range)
    }
    func rank(_ name: String) -> (Int, Int, Int, Int) {
      (
        legal.contains(name) ? 1 : 0,
        name == name.uppercased() && name.utf8.count > 6 ? 0 : 1,
        legal.contains(name) ? 0 : name.split(separator: " ").count, counts[name] ?? 0
      )
    }
    return counts.keys.sorted().max { rank($0) < rank($1) } ?? organization.name
  }

  // MARK: - Asking

  /// The organizations named within some tokens, in order.
  func named(in range: Range<Int>) -> [Int] {
    var out: [(Int, Int)] = []
    for (n, organization) in organizations.enumerated() {
      if let first = organization.mentions.first(where: { range.contains($0.lowerBound) }) {
        out.append((first.lowerBound, n))
      }
    }
    return out.sorted { $0.0 < $1.0 }.map(\.1)
  }

  /// The well-known providers that are named in a part of the report and are none of these.
  func undeclared(_ signal: SignalName, in zone: Zone) -> [(name: String, hit: Hit)] {
    var out: [(name: String, hit: Hit)] = []
    let declared = Set(organizations.compactMap(\.provider))
    for hit in reader.hits[signal] where hit.zone == zone && !hit.isFurniture {
      guard let name = hit.value.text, !declared.contains(name),
        text.tokens[hit.tokens.lowerBound].flags.contains(.capital),
        !out.contains(where: { $0.name == name }),
        !organizations.contains(where: { organization in
          organization.mentions.contains { $0.overlaps(hit.tokens) }
        }), !isOwn(nameKey(name), false)
      else { continue }
      out.append((name, hit))
    }
    return out
  }
}
