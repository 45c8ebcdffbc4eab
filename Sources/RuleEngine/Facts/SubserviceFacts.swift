import ReportStructure
import SOC2Vocabulary
import TextMatching

/// The subservice organizations, how each is presented, and the controls that are assumed of them.
struct SubserviceFacts {
  var organizations: Fact
  var controls: Fact

  /// The controls that are expected of others, where at least one of them is carved out: what is
  /// inclusive was tested here.
  var carvedOutControls: [Value] {
    let isCarvedOut = (organizations.found?.list ?? []).contains {
      $0["method"]?.text == "carve-out"
    }
    return isCarvedOut ? controls.found?.list ?? [] : []
  }
  /// What findings may judge by besides the facts.
  var derived: [String: FactTable.Entry] = [:]

  init(_ reader: FactReader, _ names: NameFacts) {
    var parts = SubserviceParts(reader, names)
    parts.collectNames()
    parts.names.settle()
    parts.readControls()
    let methods = SubserviceMethods(reader, parts)
    let said = SubserviceStatements(reader)
    organizations = Self.organizations(reader, parts, methods, said)
    controls = Self.controls(reader, parts)
    derive(reader, parts, methods, said)
  }

  // MARK: - Facts

  private static func organizations(
    _ reader: FactReader, _ parts: SubserviceParts, _ methods: SubserviceMethods,
    _ said: SubserviceStatements
  ) -> Fact {
    let list = parts.names.organizations.indices.map { n in
      let proof = evidence(n, reader, parts, methods)
      return Value.object([
        "name": .text(parts.names.organizations[n].name),
        "service": parts.service(of: n).map(Value.text) ?? .null,
        "method": .text(methods.value(of: n)),
        "criteria": .list(parts.criteria(of: n).map(Value.text)),
        "evidence": .evidence(proof),
      ])
    }
    guard list.isEmpty else {
      let proof = parts.names.organizations.indices.flatMap {
        evidence($0, reader, parts, methods).prefix(2)
      }
      // A sentence that there are none does not go with names and what is assumed of them.
      if let denial = said.none.first(where: { $0.zone != .testsOfControls }),
        said.isUsed || !parts.controls.isEmpty
      {
        return Fact(
          state: .conflicting, confidence: .low, evidence: proof + reader.evidence(of: denial),
          readings: [
            Reading(value: .list(list), evidence: proof, section: proof.first?.section ?? .unknown),
            Reading(
              value: .list([]), evidence: reader.evidence(of: denial), section: denial.zone),
          ])
      }
      let isSure = methods.values.allSatisfy { $0 != "unknown" }
      return Fact(
        state: .found, value: .list(list), confidence: isSure ? .high : .medium, evidence: proof)
    }
    if !said.none.isEmpty {
      guard said.uses.isEmpty else {
        return Fact(
          state: .conflicting, confidence: .low,
          evidence: reader.proofs(said.none) + reader.proofs(said.uses))
      }
      return Fact(
        state: .found, value: .list([]), confidence: .high, evidence: reader.proofs(said.none))
    }
    // One is used, left out or taken in, but not named: something is there that could not be read off.
    let hints = said.uses.isEmpty ? said.methods : said.uses
    if !hints.isEmpty {
      return Fact(state: .notSearchable, confidence: .low, evidence: reader.proofs(hints))
    }
    let letter = reader.missing(in: [.auditorReport])
    let description = reader.missing(in: [.systemDescription])
    return letter.state == .absent ? description : letter
  }

  private static func evidence(
    _ n: Int, _ reader: FactReader, _ parts: SubserviceParts, _ methods: SubserviceMethods
  ) -> [Evidence] {
    let organization = parts.names.organizations[n]
    let order: [Zone] = [
      .auditorReport, .managementAssertion, .systemDescription, .testsOfControls,
    ]
    var ranges: [Range<Int>] = []
    for zone in order + Zone.allCases where ranges.count < 3 {
      let here = { (range: Range<Int>) in reader.report.zone(of: range.lowerBound) == zone }
      if let range = organization.declared.first(where: here), !ranges.contains(range) {
        ranges.append(range)
      }
    }
    if let method = methods.proof(of: n) { ranges.append(method) }
    var out: [Evidence] = []
    for range in ranges {
      for piece in reader.text.evidence(
        range, section: reader.report.zone(of: range.lowerBound)) where !out.contains(piece)
      {
        out.append(piece)
      }
    }
    return out
  }

  private static func controls(_ reader: FactReader, _ parts: SubserviceParts) -> Fact {
    guard !parts.controls.isEmpty else { return reader.missing(in: [.systemDescription]) }
    let list = parts.controls.map { control in
      let proof = control.evidence(reader)
      return Value.object([
        "organization": control.organization.map {
          .text(parts.names.organizations[$0].name)
        } ?? .null,
        "text": .text(reader.text.verbatim(control.item.tokens)),
        "criteria": .list(control.item.criteria.map(Value.text)),
        "evidence": .evidence(proof),
      ])
    }
    return Fact(
      state: .found, value: .list(list), confidence: parts.isSure ? .high : .medium,
      evidence: parts.controls.prefix(4).flatMap { $0.evidence(reader).prefix(1) })
  }

  // MARK: - For findings

  private mutating func derive(
    _ reader: FactReader, _ parts: SubserviceParts, _ methods: SubserviceMethods,
    _ said: SubserviceStatements
  ) {
    func set(_ name: String, _ values: [Value], _ evidence: [Evidence]) {
      guard !values.isEmpty else { return }
      derived[name] = FactTable.Entry(state: .found, value: .list(values), evidence: evidence)
    }
    let all = parts.names.organizations
    func list(_ members: [Int]) -> ([Value], [Evidence]) {
      (
        members.map { .text(all[$0].name) },
        members.flatMap { Self.evidence($0, reader, parts, methods).prefix(2) }
      )
    }
    let carved = all.indices.filter { methods.value(of: $0) == "carve-out" }
    let (names, proof) = list(carved)
    set("document.carvedOut", names, proof)
    let watched = monitoring(reader, of: carved.map { all[$0].mentions })
    set(
      "document.monitoringTold", watched.isEmpty ? [] : [.text("told")],
      watched.flatMap {
        reader.text.evidence($0, section: reader.report.zone(of: $0.lowerBound))
      })
    if all.isEmpty, !said.uses.isEmpty, said.none.isEmpty {
      set("document.unnamedSubservice", [.text("used")], reader.proofs(said.uses))
      set(
        "document.carvedOut", [.text("an organization that is not named")], reader.proofs(said.uses)
      )
    }
    let torn = all.indices.filter { methods.isTorn($0) }
    if !torn.isEmpty {
      let (names, proof) = list(torn)
      set("document.subserviceConflict", names, proof)
    } else if organizations.state == .conflicting {
      set(
        "document.subserviceConflict", [.text("subservice organizations")], organizations.evidence)
    }
    let letter = reader.report.sections(in: .auditorReport)
    if !letter.isEmpty, !reader.hasUnreadPage(in: [.auditorReport]) {
      let omitted = all.indices.filter { n in
        !all[n].mentions.contains {
          reader.report.zone(of: $0.lowerBound) == .auditorReport
        }
      }
      // A letter that speaks of them without names has not left them out.
      if !omitted.isEmpty, omitted.count == all.count, !said.isInLetter(reader) {
        let (names, proof) = list(omitted)
        set("document.letterOmits", names, proof)
      }
    }
    let hosts = parts.names.undeclared(.knownHost, in: .systemDescription)
    let others = parts.names.undeclared(.knownProvider, in: .systemDescription)
    set(
      "document.undeclaredHosts", hosts.map { .text($0.name) },
      hosts.flatMap { reader.evidence(of: $0.hit).prefix(1) })
    set(
      "document.undeclaredProviders", (hosts + others).map { .text($0.name) },
      (hosts + others).flatMap { reader.evidence(of: $0.hit).prefix(1) })
  }
}

/// Sentences on how organizations are watched: all of them, each in one that names it or says "its" behind
/// one that does, or subservice organizations as such. Oversight of vendors in general says nothing of these.
private func monitoring(_ reader: FactReader, of mentions: [[Range<Int>]]) -> [Range<Int>] {
  func says(_ range: Range<Int>, _ test: (String) -> Bool) -> Bool {
    range.contains { place in
      let token = reader.text.tokens[place]
      return token.kind == .word && test(reader.text.word(token))
    }
  }
  var sentences: [Range<Int>] = []
  var unwatched = Set(mentions.indices)
  for hit in reader.hits[.subserviceMonitoring]
  where !hit.isFurniture && hit.zone != .auditorReport {
    let sentence = reader.text.sentenceWithin(block: hit.block, hit.tokens)
    var about = sentence
    let first = reader.text.blocks[hit.block].lowerBound
    if sentence.lowerBound > first, says(sentence, pronouns.contains) {
      let before = sentence.lowerBound - 1
      about =
        reader.text.sentenceWithin(block: hit.block, before..<before + 1)
        .lowerBound..<sentence.upperBound
    }
    let named = mentions.indices.filter { mentions[$0].contains { about.overlaps($0) } }
    let isOnAll = says(sentence) { $0.hasPrefix("subservice") }
    guard isOnAll || !named.isEmpty else { continue }
    unwatched.subtract(isOnAll ? Array(mentions.indices) : named)
    if !sentences.contains(sentence) { sentences.append(sentence) }
  }
  return unwatched.isEmpty ? sentences : []
}

private let pronouns: Set<String> = ["it", "its", "them", "their", "they"]

/// What the report says of subservice organizations as such, whether or not it names one.
struct SubserviceStatements {
  /// That there are none.
  var none: [Hit]
  /// That one is used and left out.
  var uses: [Hit]
  /// That one is carved out or included, whoever it is.
  var methods: [Hit]
  private var wording: [Hit]

  init(_ reader: FactReader) {
    wording = reader.hits[.subserviceWording].filter { !$0.isFurniture }
    none = wording.filter { $0.value == .text("none") }
    methods = wording.filter { $0.value == .text("carve-out") || $0.value == .text("inclusive") }
    uses = reader.hits[.subserviceUse].filter { !$0.isFurniture }
  }

  var isUsed: Bool { !uses.isEmpty }

  /// Whether the letter says anything of them before it tells who may read it: that paragraph names
  /// them in every letter.
  func isInLetter(_ reader: FactReader) -> Bool {
    let restricted = reader.hits[.restrictedUse].filter { $0.zone == .auditorReport }
    let end = restricted.map(\.block).min() ?? .max
    return (wording + uses).contains { $0.zone == .auditorReport && $0.block < end }
  }
}
