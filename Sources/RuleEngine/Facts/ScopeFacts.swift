import PageText
import ReportStructure
import SOC2Vocabulary
import TextMatching

/// Categories, edition, frameworks, exclusions, incidents, changes, sections.
struct ScopeFacts {
  var categories: Fact
  var edition: Fact
  var frameworks: Fact
  var exclusions: Fact
  var incidents: Fact
  var changes: Fact
  var sections: Fact

  init(_ reader: FactReader) {
    categories = Self.categories(reader)
    edition = Self.edition(reader)
    frameworks = Self.frameworks(reader)
    exclusions = Self.exclusions(reader)
    incidents = Self.disclosure(reader, .incidentWording)
    changes = Self.disclosure(reader, .changeWording)
    sections = Self.sections(reader)
  }

  // MARK: - Categories

  /// The list that the auditor's scope states. The title of the standard names all five and is masked.
  private static func categories(_ reader: FactReader) -> Fact {
    let masks = reader.hits[.categoriesMask].map(\.tokens)
    let hits = reader.hits[.categories].filter { hit in
      guard let slot = hit.slot, !hit.isFurniture else { return true }
      return !masks.contains { $0.overlaps(slot) }
    }
    func weight(_ hit: Hit) -> Int {
      switch hit.zone {
      case .auditorReport: 20
      case .managementAssertion: 6
      case .cover: 4
      case .executiveSummary, .systemDescription: 1
      case .testsOfControls, .unknown, .letter: 1
      case .toc, .otherInformation, .appendix: 0
      }
    }
    let united = withSecurity(unitedBySentence(hits, reader), reader)
    guard let (_, votes) = reader.voted(united, weight: weight), votes[0].weight > 0 else {
      return reader.missing(in: [.auditorReport, .cover, .managementAssertion])
    }
    let scope: Set<Zone> = [.auditorReport, .managementAssertion, .cover]
    let telling =
      [votes[0]]
      + votes.dropFirst().filter { vote in
        vote.hits.contains { scope.contains($0.zone) }
      }
    let inLetter = votes[0].hits.contains { $0.zone == .auditorReport }
    return reader.fact(telling, confidence: inLetter ? .high : .medium)
  }

  /// One sentence may name its categories in several lists: "the security category and the
  /// availability category". All that stand in one sentence are one reading.
  private static func unitedBySentence(_ hits: [Hit], _ reader: FactReader) -> [Hit] {
    var out: [Hit] = []
    for hit in hits {
      guard !hit.isFurniture, let last = out.last, !last.isFurniture,
        reader.text.tokens[last.tokens.lowerBound].sentence
          == reader.text.tokens[hit.tokens.lowerBound].sentence
      else {
        out.append(hit)
        continue
      }
      let both = Set((last.value.list ?? []) + (hit.value.list ?? []))
      out[out.count - 1].value = .categories(
        Set(both.compactMap { $0.text.flatMap(TrustServicesCategory.init(rawValue:)) }))
      if both.count > (last.value.list ?? []).count {
        out[out.count - 1].tokens =
          last.tokens
          .lowerBound..<max(
            last.tokens.upperBound, hit.tokens.upperBound)
      }
    }
    return out
  }

  /// The common criteria are security: a report whose tests go by CC numbers covers it, also where the
  /// sentence names only what comes on top of it.
  private static func withSecurity(_ hits: [Hit], _ reader: FactReader) -> [Hit] {
    let security = Value.text(TrustServicesCategory.security.rawValue)
    guard hits.contains(where: { !($0.value.list ?? []).contains(security) }) else { return hits }
    let common = reader.blocks(in: .testsOfControls).contains { block in
      reader.text.blocks[block].contains { index in
        let token = reader.text.tokens[index]
        return token.kind == .word
          && Criteria.category(of: reader.text.word(token).uppercased()) == .security
      }
    }
    guard common else { return hits }
    return hits.map { hit in
      guard let list = hit.value.list, !list.contains(security) else { return hit }
      var hit = hit
      hit.value = .list([security] + list)
      return hit
    }
  }

  // MARK: - Edition and frameworks

  /// The first case of the rule that the auditor's report has; other places only where it has none.
  private static func edition(_ reader: FactReader) -> Fact {
    let all = reader.hits[.criteriaEdition]
    let letter = all.filter { $0.zone == .auditorReport }
    let assertion = all.filter { $0.zone == .managementAssertion }
    let hits = !letter.isEmpty ? letter : !assertion.isEmpty ? assertion : all
    guard
      let best = hits.min(by: {
        ($0.option, $0.tokens.lowerBound) < ($1.option, $1.tokens.lowerBound)
      })
    else { return reader.missing(in: [.auditorReport, .managementAssertion]) }
    return Fact(
      state: .found, value: best.value, confidence: letter.isEmpty ? .medium : .high,
      evidence: reader.evidence(of: best))
  }

  /// A framework counts as examined only where the auditor's report says so in the same sentence.
  private static func frameworks(_ reader: FactReader) -> Fact {
    var found: [(name: String, examined: Bool, hit: Hit)] = []
    for hit in reader.hits[.framework] where !hit.isFurniture {
      guard let name = hit.value.text else { continue }
      let sentence = reader.text.tokens[hit.tokens.lowerBound].sentence
      let treatments = reader.hits[.frameworkTreatment].filter {
        !$0.isFurniture && reader.text.tokens[$0.tokens.lowerBound].sentence == sentence
      }
      let examined =
        hit.zone == .auditorReport && treatments.contains { $0.value == .text("examined") }
      let mapped =
        treatments.contains { $0.value == .text("mapped") }
        || (hit.zone == .otherInformation || hit.zone == .appendix)
      guard examined || mapped else { continue }
      if let i = found.firstIndex(where: { $0.name == name }) {
        if examined, !found[i].examined { found[i] = (name, true, hit) }
      } else {
        found.append((name, examined, hit))
      }
    }
    guard !found.isEmpty else { return reader.missing(in: [.auditorReport]) }
    // "ISO 27001" in a table's head says no more than "ISO/IEC 27001:2022" elsewhere.
    let names = found.map { " " + nameKey($0.name) + " " }
    found = found.enumerated().filter { i, entry in
      !names.enumerated().contains { j, other in
        j != i && other != names[i] && other.contains(names[i].dropLast()) && !entry.examined
      }
    }.map(\.element)
    return Fact(
      state: .found,
      value: .list(
        found.map { .object(["name": .text($0.name), "examined": .bool($0.examined)]) }),
      evidence: found.flatMap { reader.evidence(of: $0.hit) })
  }

  // MARK: - Exclusions, incidents, changes

  private static func exclusions(_ reader: FactReader) -> Fact {
    var seen: Set<String> = []
    var items: [Value] = []
    var evidence: [Evidence] = []
    for hit in reader.hits[.exclusions] where !hit.isFurniture {
      guard let text = hit.value.text, seen.insert(text).inserted else { continue }
      let proof = reader.evidence(of: hit)
      items.append(.object(["text": .text(text), "evidence": .evidence(proof)]))
      evidence += proof
    }
    guard !items.isEmpty else { return reader.missing(in: [.systemDescription, .auditorReport]) }
    return Fact(state: .found, value: .list(items), evidence: evidence)
  }

  /// What the description says of incidents or changes; silence is a value of its own, and only where
  /// the whole description could be read.
  private static func disclosure(_ reader: FactReader, _ signal: SignalName) -> Fact {
    let hits = reader.hits[signal].filter { !$0.isFurniture }
    let some = hits.filter { $0.value == .text("some") }
    let none = hits.filter { $0.value == .text("none") }
    func fact(_ disclosed: String, _ hits: [Hit], items: [Hit]) -> Fact {
      Fact(
        state: .found,
        value: .object([
          "disclosed": .text(disclosed),
          "items": .list(
            items.map { hit in
              let sentence = reader.text.sentenceWithin(block: hit.block, hit.tokens)
              let proof = reader.text.evidence(sentence, section: hit.zone)
              return .object([
                "text": .text(reader.text.verbatim(sentence)),
                "evidence": .evidence(proof),
              ])
            }),
        ]),
        confidence: !some.isEmpty && !none.isEmpty ? .medium : .high,
        evidence: hits.prefix(4).flatMap(reader.evidence))
    }
    if !some.isEmpty {
      var sentences: Set<Int32> = []
      let distinct = some.filter {
        sentences.insert(reader.text.tokens[$0.tokens.lowerBound].sentence).inserted
      }
      return fact("some", distinct, items: distinct)
    }
    if !none.isEmpty { return fact("none", none, items: []) }
    let zones: Set<Zone> = [.systemDescription]
    if reader.report.sections(in: .systemDescription).isEmpty || reader.hasUnreadPage(in: zones) {
      return Fact(state: .notSearchable, confidence: .low)
    }
    return Fact(
      state: .found, value: .object(["disclosed": .text("silent"), "items": .list([])]),
      confidence: .medium)
  }

  // MARK: - Sections

  private static func sections(_ reader: FactReader) -> Fact {
    let report = reader.report
    guard !report.sections.isEmpty else { return Fact(state: .absent, confidence: .low) }
    let values: [Value] = report.sections.map { section in
      .object([
        "zone": .text(section.zone.rawValue), "title": .text(section.title),
        "pages": .list([
          .number(report.pages[section.firstPage].number),
          .number(report.pages[section.lastPage].number),
        ]),
        "author": .text(section.zone.author),
      ])
    }
    let evidence = report.sections.filter { !$0.title.isEmpty }.flatMap { section -> [Evidence] in
      let block = section.blocks.first {
        reader.text.blocks[$0].isEmpty == false
          && reader.text.verbatim(reader.text.blocks[$0]) == section.title
      }
      guard let block else { return [] }
      return reader.text.evidence(reader.text.blocks[block], section: section.zone)
    }
    return Fact(state: .found, value: .list(values), evidence: evidence)
  }
}
