import PageText
import ReportStructure
import SOC2Vocabulary
import TextMatching

/// Who was examined, which system, by whom. Names come from the words around them, never from a list.
struct NameFacts {
  var organization: Fact
  var system: Fact
  var auditor: Fact
  var auditorSignature: SignatureState
  var assertionSignature: SignatureState

  init(_ reader: FactReader, reportDate: Fact) {
    let legal = LegalNames(reader)
    organization = Self.organization(reader, legal)
    let name = organization.found?.text
    system = Self.system(reader, organization: name, legal)
    let firm = AuditorName(reader, organization: name)
    auditor = firm.fact
    auditorSignature = firm.signature
    assertionSignature = Self.assertionSignature(reader)
  }

  // MARK: - Service organization

  /// The name that the scope paragraph, the assertion and the cover agree on, in its fullest form.
  private static func organization(_ reader: FactReader, _ legal: LegalNames) -> Fact {
    let hits = reader.hits[.organizationName].compactMap { hit -> Hit? in
      guard let name = hit.value.text, isPlausible(name) else { return nil }
      var hit = hit
      hit.value = .text(legal.cut(name))
      return hit
    }
    var groups: [(key: String, weight: Int, hits: [Hit])] = []
    for hit in hits {
      let stated = nameKey(hit.value.text ?? "")
      // A defined short name counts for the name it stands for.
      let key = legal.fullName(of: stated)?.key ?? stated
      guard !key.isEmpty else { continue }
      if let i = groups.firstIndex(where: { $0.key == key }) {
        groups[i].weight += weight(hit)
        groups[i].hits.append(hit)
      } else {
        groups.append((key, weight(hit), [hit]))
      }
    }
    // "Orrery" is said of Orrery Health Technologies, Inc.: a short name adds to the long one it begins.
    for i in groups.indices {
      for j in groups.indices
      where i != j && groups[j].key.hasPrefix(groups[i].key + " ") && groups[j].weight >= 4 {
        groups[j].weight += groups[i].weight
        groups[i].weight = 0
        break
      }
    }
    guard
      let best = groups.enumerated().max(by: {
        ($0.element.weight, -$0.offset) < ($1.element.weight, -$1.offset)
      })?.element, best.weight > 0
    else {
      if let only = mostNamed(reader, legal) { return only }
      return reader.missing(in: [.auditorReport, .cover, .managementAssertion])
    }
    let full = legal.names.first { $0.key == best.key }
    let name = fullest(
      best.hits.compactMap(\.value.text).filter { nameKey($0) == best.key }
        + (full.map { [$0.text] } ?? []))
    let exact = best.hits.filter { $0.value.text == name }
    let zones = Set(best.hits.map(\.zone))
    var evidence = reader.proofs(exact)
    // Where the auditor's report itself has the name in full, that is what a reader wants to see first.
    if !evidence.contains(where: { $0.section == .auditorReport }),
      let place = full?.places.first(where: { $0.zone == .auditorReport })
    {
      evidence.insert(
        contentsOf: reader.text.evidence(place.tokens, section: place.zone), at: 0)
    }
    if evidence.isEmpty {
      // Stated by its short name only: where it stands in full, and where the short one counts for it.
      evidence =
        full?.places.first.map { reader.text.evidence($0.tokens, section: $0.zone) } ?? []
      evidence += reader.proofs(best.hits).prefix(2)
    }
    return Fact(
      state: .found, value: .text(name),
      confidence: zones.contains(.auditorReport) || zones.contains(.letter)
        ? .high : zones.count > 1 ? .medium : .low,
      evidence: evidence)
  }

  /// Where no words say whose document it is: the company that it names most, by far.
  private static func mostNamed(_ reader: FactReader, _ legal: LegalNames) -> Fact? {
    let ranked = legal.names.map { ($0, $0.places.count + $0.inFurniture) }.sorted { $0.1 > $1.1 }
    guard let first = ranked.first, !first.0.places.isEmpty,
      ranked.count == 1 || first.1 >= 2 * ranked[1].1
    else { return nil }
    return Fact(
      state: .found, value: .text(first.0.text), confidence: .low,
      evidence: reader.text.evidence(first.0.places[0].tokens, section: first.0.places[0].zone))
  }

  private static func weight(_ hit: Hit) -> Int {
    switch hit.zone {
    case .auditorReport: 6
    case .managementAssertion, .letter: 4
    case .cover: 4
    case .executiveSummary: 2
    case .unknown: hit.isFurniture ? 2 : 1
    case .systemDescription, .testsOfControls: 1
    case .toc, .otherInformation, .appendix: 0
    }
  }

  /// Not an addressee such as "Board of Directors and Management", nor a blank of a template.
  private static func isPlausible(_ name: String) -> Bool {
    let words = nameKey(name).split(separator: " ").map(String.init)
    let addressees: Set<String> = [
      "management", "managements", "board", "directors", "of", "and", "the", "members",
      "shareholders",
      "stockholders", "partners", "owners", "trustees", "executive", "committee", "audit",
      "company",
      "service", "organization", "user", "entities", "system", "report", "description", "director",
      "control", "controls", "2", "1", "3", "type", "section", "team", "leadership", "name",
      "client",
      "vendor", "insert", "customer", "to", "for",
    ]
    return words.contains { !addressees.contains($0) } && name.utf8.count < 90
  }

  /// The form with the most of a legal name; among equals the commonest, then the first.
  private static func fullest(_ names: [String]) -> String {
    var counts: [String: Int] = [:]
    for name in names { counts[name, default: 0] += 1 }
    func rank(_ name: String) -> (Int, Int, Int) {
      let hasSuffix = legalEndings.contains { name.lowercased().hasSuffix($0) } ? 1 : 0
      let isShouted = name == name.uppercased() && name.utf8.count > 6 ? 0 : 1
      return (isShouted, hasSuffix, counts[name] ?? 0)
    }
    guard var best = names.first else { return "" }
    for name in names where rank(name) > rank(best) { best = name }
    return best
  }

  private static let legalEndings = [
    "inc.", "inc", "llc", "ltd.", "ltd", "limited", "corporation", "corp.", "corp", "co.", "plc",
    "gmbh", "b.v.", "n.v.", "ab", "a/s", "llp", "l.p.", "lp", "s.a.", "ag", "incorporated",
    "company",
  ]

  // MARK: - System

  private static func system(
    _ reader: FactReader, organization: String?, _ legal: LegalNames
  ) -> Fact {
    var groups: [(key: String, name: String, weight: Int, hits: [Hit])] = []
    for hit in reader.hits[.systemName] {
      guard var name = hit.value.text else { continue }
      name = legal.withoutOwner(cleaned(name, organization))
      let key = nameKey(name)
      guard key.utf8.count > 2, name.utf8.count < 120 else { continue }
      if [
        "system", "the system", "its system", "services", "service", "description", "system name",
        "name of system",
      ].contains(key) {
        continue
      }
      // The full-blown title of a description is not the name of the system.
      if key.contains("description of") || key.contains("controls relevant") { continue }
      if let i = groups.firstIndex(where: { $0.key == key }) {
        groups[i].weight += weight(hit)
        groups[i].hits.append(hit)
      } else {
        groups.append((key, name, weight(hit), [hit]))
      }
    }
    guard
      var best = groups.enumerated().max(by: {
        ($0.element.weight, -$0.offset) < ($1.element.weight, -$1.offset)
      })?.element
    else {
      return reader.missing(in: [.auditorReport, .cover, .managementAssertion])
    }
    // A name that holds the winner whole, and is stated too, is the fuller form of it.
    for group in groups
    where group.weight * 4 >= best.weight && isFuller(group.name, than: best.name) {
      best = group
    }
    return Fact(
      state: .found, value: .text(best.name),
      confidence: best.hits.contains { $0.zone == .auditorReport } ? .high : .medium,
      evidence: reader.proofs(best.hits))
  }

  private static let links: Set<String> = [
    "of", "for", "and", "to", "on", "during", "as", "titled", "the", "in", "at", "by", "is", "was",
  ]

  /// Holds the other's words in one run and at most three more: "system" in small letters after a
  /// name is not part of it, "recruiting system" is.
  private static func isFuller(_ name: String, than other: String) -> Bool {
    let (key, shorter) = (nameKey(name), nameKey(other))
    guard key != shorter, (" " + key + " ").contains(" " + shorter + " ") else { return false }
    let words = name.split(separator: " ")
    guard words.count - other.split(separator: " ").count <= 3,
      !words.contains(where: { links.contains($0.lowercased()) })
    else { return false }
    let generic = [
      "system", "service", "services", "platform", "software", "application", "solution",
    ]
    let small = words.filter { !($0.first?.isUppercase ?? false) }.map { $0.lowercased() }
    return small.isEmpty || small.contains { !generic.contains($0) }
  }

  /// Without articles, quotation marks and the organization's own possessive before it.
  private static func cleaned(_ name: String, _ organization: String?) -> String {
    var words = name.split(separator: " ").map(String.init)
    while let first = words.first?.lowercased(), ["the", "its", "a", "an", "their"].contains(first)
    {
      words.removeFirst()
    }
    if let cut = words.firstIndex(where: { $0.hasPrefix("(") || $0.hasPrefix("“(") }), cut > 0 {
      words = Array(words[..<cut])
    }
    var out = words.joined(separator: " ")
    let edges: Set<Character> = ["“", "”", "\"", ",", "’", "'", "(", ")", ";", ":"]
    while let first = out.first, edges.contains(first) { out.removeFirst() }
    while let last = out.last, edges.contains(last) { out.removeLast() }
    return out
  }

  // MARK: - Signature of the assertion

  /// A typed "X Management", a person's name with a title, or a drawn signature closes a signed assertion.
  private static func assertionSignature(_ reader: FactReader) -> SignatureState {
    let sections = reader.report.sections(in: .managementAssertion)
    guard let section = sections.last else { return .unknown }
    let pages = section.firstPage...section.lastPage
    if pages.contains(where: { !reader.report.pages[$0].pictures.isEmpty }) { return .signed }
    if reader.hasUnreadPage(in: [.managementAssertion]) { return .unknown }
    if reader.hits[.signature].contains(where: { $0.zone == .managementAssertion }) {
      return .signed
    }
    // What stands after the last sentence of prose: short lines of capitalised words.
    var lines = 0
    for (place, block) in section.blocks.reversed().enumerated() {
      let words = reader.text.blocks[block].filter { reader.text.tokens[$0].kind == .word }
      // The title of the next part may be counted to this one.
      if place == 0, words.count > 14, words.count <= 40 { continue }
      guard words.count <= 14 else { break }
      let capital = words.count { reader.text.tokens[$0].flags.contains(.capital) }
      let numeric = words.count { reader.text.tokens[$0].flags.contains(.numeric) }
      if capital * 3 >= (words.count - numeric) * 2, words.count > numeric + 1 { lines += 1 }
    }
    return lines > 0 ? .signed : .unsigned
  }
}

/// Whether two names are of one organization as far as names tell: the same but for legal suffixes and
/// marks, or one goes on where the other ends.
public func namesAgree(_ a: String, _ b: String) -> Bool {
  let (x, y) = (nameKey(a), nameKey(b))
  return x == y || x.hasPrefix(y + " ") || y.hasPrefix(x + " ")
}

/// What names are compared by: lower case, without marks, legal suffixes and "the".
func nameKey(_ name: String) -> String {
  var words: [String] = []
  for word in RunningText.plainWords(name) {
    if word == "the" || RunningText.legalWords.contains(word) { continue }
    words.append(word)
  }
  return words.joined(separator: " ")
}

extension RunningText {
  static let legalWords: Set<String> = [
    "inc", "incorporated", "llc", "llp", "ltd", "limited", "plc", "corp", "corporation", "co",
    "company", "pllc", "lp", "gmbh", "ag", "bv", "nv", "ab", "pc", "pa", "cpas", "cpa", "p", "c",
    "l",
    "b", "v", "n", "s", "a", "kg", "aps",
  ]

  /// The words of a text as matching sees them.
  static func plainWords(_ text: String) -> [String] {
    Phrase.normalisedWords(text).map { String(decoding: $0, as: UTF8.self) }
  }
}
