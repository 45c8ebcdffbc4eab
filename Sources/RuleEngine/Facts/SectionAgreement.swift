import PageText
import ReportStructure
import SOC2Vocabulary
import TextMatching

/// Whether letter, assertion and cover speak of the same organization, system and categories.
///
/// A section differs only where it names another and the one of the auditor's report nowhere: short names
/// and former names are used side by side in sound reports.
struct SectionAgreement {
  private(set) var entries: [String: FactTable.Entry] = [:]

  init(_ reader: FactReader, organization: Fact, system: Fact) {
    setName("document.otherOrganization", reader, organization, .organizationName)
    setName("document.otherSystem", reader, system, .systemName)
    setCategories(reader)
  }

  private mutating func setName(
    _ path: String, _ reader: FactReader, _ fact: Fact, _ signal: SignalName
  ) {
    guard let name = fact.found?.text else { return }
    let own = Self.words(of: name)
    guard !own.isEmpty else { return }
    let hits = reader.hits[signal].filter { !$0.isFurniture }
    guard hits.contains(where: { $0.zone == .auditorReport && Self.shares(own, $0) }) else {
      return
    }
    for zone in [Zone.managementAssertion, .cover] {
      let others = hits.filter { $0.zone == zone && !Self.words(of: $0.value.text ?? "").isEmpty }
      guard let other = others.first, !others.contains(where: { Self.shares(own, $0) }),
        !reader.hasUnreadPage(in: [zone]), !Self.names(own, zone, reader)
      else { continue }
      entries[path] = FactTable.Entry(
        state: .found, value: other.value, evidence: reader.evidence(of: other))
    }
  }

  /// The words of a name that tell it from others.
  private static func words(of name: String) -> Set<String> {
    Set(nameKey(name).split(separator: " ").map(String.init))
      .subtracting([
        "system", "systems", "service", "services", "platform", "software", "application", "group",
        "technologies", "technology", "solutions", "cloud", "holdings", "organization",
        "management",
        "its", "of", "and", "for", "our", "description",
      ])
  }

  private static func shares(_ own: Set<String>, _ hit: Hit) -> Bool {
    !own.isDisjoint(with: words(of: hit.value.text ?? ""))
  }

  private static func names(_ own: Set<String>, _ zone: Zone, _ reader: FactReader) -> Bool {
    reader.blocks(in: zone).contains { block in
      reader.text.tokens[reader.text.blocks[block]].contains {
        $0.isWord && own.contains(reader.text.word($0))
      }
    }
  }

  /// The categories of letter and assertion, each as the union of all its lists.
  private mutating func setCategories(_ reader: FactReader) {
    let masks = reader.hits[.categoriesMask].map(\.tokens)
    func named(_ zone: Zone) -> (set: Set<String>, evidence: [Evidence]) {
      let hits = reader.hits[.categories].filter { hit in
        hit.zone == zone && !hit.isFurniture
          && !masks.contains { $0.overlaps(hit.slot ?? hit.tokens) }
      }
      return (
        Set(hits.flatMap { ($0.value.list ?? []).compactMap(\.text) }),
        hits.first.map(reader.evidence) ?? []
      )
    }
    let security = TrustServicesCategory.security.rawValue
    let letter = named(.auditorReport)
    let assertion = named(.managementAssertion)
    // Security goes without saying in many sentences.
    guard !letter.set.isEmpty, !assertion.set.isEmpty,
      letter.set.union([security]) != assertion.set.union([security])
    else { return }
    func spelled(_ set: Set<String>) -> Value {
      .list(
        TrustServicesCategory.allCases.filter { set.contains($0.rawValue) }.map {
          .text($0.rawValue)
        })
    }
    let proof = letter.evidence + assertion.evidence
    entries["document.letterCategories"] = FactTable.Entry(
      state: .found, value: spelled(letter.set), evidence: proof)
    entries["document.assertionCategories"] = FactTable.Entry(
      state: .found, value: spelled(assertion.set), evidence: proof)
  }
}
