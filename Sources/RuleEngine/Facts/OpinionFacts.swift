import ReportStructure
import SOC2Vocabulary
import TextMatching

/// What the service auditor concludes: decided inside the conclusion of the auditor's report, with its
/// headings and the basis paragraph as second witness. Never defaults to unqualified.
struct OpinionFacts {
  var opinion: Fact
  var limbs: Fact
  var criteria: Fact
  var basis: Fact

  init(_ reader: FactReader) {
    let zones: [Zone] = [.auditorReport]
    let conclusions = Conclusion.all(reader)
    let headings = reader.hits[.opinionHeading].filter { $0.zone == .auditorReport }
    let engaged = reader.hits[.examination].filter {
      $0.zone == .auditorReport && $0.value == .text("engaged")
    }
    let refusals = reader.hits[.opinionOpening].filter {
      $0.zone == .auditorReport && $0.value == .text("no-opinion")
    }
    var verdicts = conclusions.map { Verdict($0, headings, engaged, refusals, reader) }
    if verdicts.isEmpty, !refusals.isEmpty || !engaged.isEmpty {
      verdicts = [Verdict(refusedBy: refusals, engaged, headings)]
    }
    guard let worst = verdicts.max(by: { $0.rank < $1.rank }) else {
      opinion = reader.missing(in: zones)
      limbs = opinion
      criteria = opinion
      basis = opinion
      return
    }
    let region = BasisRegion(reader, conclusions.first, headings)
    opinion = worst.fact(reader, others: verdicts)
    guard let value = worst.opinion, opinion.state == .found else {
      limbs = Fact(state: opinion.state, confidence: .low)
      criteria = Fact(state: opinion.state, confidence: .low)
      basis = region.basisFact(reader) ?? Fact(state: opinion.state, confidence: .low)
      return
    }
    limbs = LimbDecision(worst, value, region, reader).fact(reader)
    if value == .unqualified {
      criteria = Fact(state: .absent)
      basis = Fact(state: .absent)
    } else {
      let inSentence = worst.conclusion.map { StatedBasis($0, reader) }
      basis = region.basisFact(reader) ?? inSentence?.basis ?? reader.missing(in: zones)
      criteria = region.criteriaFact(reader) ?? inSentence?.criteria ?? reader.missing(in: zones)
    }
  }
}

/// A conclusion of the auditor's report: from "in our opinion" to the next heading.
struct Conclusion {
  var opening: Hit
  /// Its tokens: the opening's sentence, and what follows it in the same part of the letter.
  var tokens: Range<Int>
  /// The opening's sentence alone.
  var sentence: Range<Int>
  /// Every sentence of it that begins with "in our opinion": some letters conclude on each limb apart.
  var stated: [Range<Int>]
  var clauses: [Hit]
  var limbs: [Hit]
  var failed: [Hit]

  static func all(_ reader: FactReader) -> [Conclusion] {
    let openings = reader.hits[.opinionOpening].filter {
      $0.zone == .auditorReport && $0.value == .text("opinion")
    }
    var out: [Conclusion] = []
    for opening in openings {
      if let last = out.last, last.tokens.contains(opening.tokens.lowerBound) { continue }
      let conclusion = Conclusion(opening, reader)
      // Management may say "in our opinion" of anything; a conclusion says on what it concludes.
      if conclusion.limbs.isEmpty, conclusion.failed.isEmpty,
        !conclusion.clauses.contains(where: { $0.value != .text("material") })
      {
        continue
      }
      out.append(conclusion)
    }
    return out
  }

  init(_ opening: Hit, _ reader: FactReader) {
    self.opening = opening
    let text = reader.text
    sentence = text.sentence(around: opening.tokens.lowerBound)
    // On to the end of the part: the next heading, or the paragraph on restricted use.
    var end = sentence.upperBound
    let restricted = reader.hits[.restrictedUse].map(\.block)
    var block = text.block(of: opening.tokens.lowerBound) + 1
    while block < reader.report.blocks.count, reader.report.blocks[block].kind != .heading,
      reader.report.zones[block] == .auditorReport, !restricted.contains(block)
    {
      end = max(end, text.blocks[block].upperBound)
      block += 1
    }
    let range = sentence.lowerBound..<end
    tokens = range
    stated = [sentence]
    for other in reader.hits[.opinionOpening]
    where range.contains(other.tokens.lowerBound) && other.value == .text("opinion")
      && !stated.contains(where: { $0.contains(other.tokens.lowerBound) })
    {
      stated.append(text.sentence(around: other.tokens.lowerBound))
    }
    func inside(_ signal: SignalName) -> [Hit] {
      reader.hits[signal].filter { !$0.isFurniture && range.contains($0.tokens.lowerBound) }
    }
    let notModifying = reader.hits[.notModifying].map(\.block)
    // An emphasis paragraph may follow without a heading; what stands in the conclusion's own sentence
    // counts whatever else is said in its block.
    let own = sentence
    func counts(_ hit: Hit) -> Bool {
      own.contains(hit.tokens.lowerBound) || !notModifying.contains(hit.block)
    }
    clauses = inside(.opinionClause).filter(counts)
    limbs = inside(.limbConcluded).filter { !reader.isConditional($0) }
    failed = inside(.limbFailed).filter(counts)
  }

  func clauses(_ value: String) -> [Hit] { clauses.filter { $0.value == .text(value) } }

  /// Whether a hit stands in a sentence that concludes, not only near one.
  func states(_ hit: Hit) -> Bool { stated.contains { $0.contains(hit.tokens.lowerBound) } }

  /// The limbs that the letter should conclude on and was not seen to: description and design in every
  /// SOC 2 report, operation where the letter speaks of operating effectiveness.
  func missingLimbs(_ reader: FactReader) -> Bool {
    guard reader.kind == .soc2Report else { return false }
    let wording = reader.hits[.typeWording].filter { $0.zone == .auditorReport }
    let isType2 =
      wording.contains { $0.value == .text(ReportType.type2.rawValue) }
      && !wording.contains { $0.value == .text(ReportType.type1.rawValue) }
    let needed: [OpinionLimb] =
      isType2 ? [.description, .design, .operation] : [.description, .design]
    return !needed.allSatisfy { limb in
      (limbs + failed).contains { $0.value == .text(limb.rawValue) }
    }
  }

  /// Limbs that the conclusion denies.
  var denied: [Hit] { failed.filter(states) }
}

/// What one conclusion amounts to, and on which witnesses.
struct Verdict {
  var opinion: Opinion?
  var confidence: Confidence
  /// The words that decided.
  var witnesses: [Hit]
  /// Words that say something else, so that the document contradicts itself.
  var against: [Hit] = []
  var conclusion: Conclusion?

  /// Conflicts rank above what they hide: they must not be lost behind a clean second letter.
  var rank: Int { against.isEmpty ? (opinion?.gravity ?? 0) : 10 }

  init(
    _ conclusion: Conclusion, _ headings: [Hit], _ engaged: [Hit], _ refusals: [Hit],
    _ reader: FactReader
  ) {
    self.conclusion = conclusion
    func heading(_ values: [String]) -> [Hit] {
      headings.filter { hit in values.contains { hit.value == .text($0) } }
    }
    let disclaimerClauses = conclusion.clauses("disclaimer")
    let disclaimed =
      disclaimerClauses + refusals + engaged + heading(["disclaimer", "basis-disclaimer"])
    let adverse =
      conclusion.clauses("adverse") + conclusion.denied
      + heading(["adverse", "basis-adverse"])
    let qualified =
      conclusion.clauses("qualified") + heading(["qualified", "basis-qualified", "basis-modified"])
    let opening = conclusion.opening
    let textual = disclaimerClauses + refusals
    if !textual.isEmpty || engaged.count + heading(["disclaimer"]).count >= 2 {
      opinion = .disclaimer
      witnesses = disclaimed
      confidence = disclaimed.count >= 2 ? .high : .medium
      // A clause of a conclusion that is stated in the same breath contradicts the refusal.
      return
    }
    let adverseText = conclusion.clauses("adverse") + conclusion.denied
    let saysAdverse =
      !conclusion.clauses("adverse").isEmpty || !heading(["adverse", "basis-adverse"]).isEmpty
    if !adverseText.isEmpty, saysAdverse || conclusion.clauses("qualified").isEmpty {
      opinion = .adverse
      witnesses = adverse
      confidence = adverse.count >= 2 ? .high : .medium
      return
    }
    if !conclusion.clauses("qualified").isEmpty {
      opinion = .qualified
      witnesses = qualified
      let basis = reader.hits[.basisOpening] + reader.hits[.limbFailed]
      confidence =
        qualified.count >= 2 || basis.contains { $0.zone == .auditorReport } ? .high : .medium
      return
    }
    // No modifying words in the conclusion: clean, unless something else in the letter says otherwise.
    let contradicting =
      heading([
        "qualified", "adverse", "disclaimer", "basis-qualified", "basis-adverse",
        "basis-disclaimer", "basis-modified",
      ]) + engaged
      + reader.hits[.opinionClause].filter {
        // Negated limbs stand in the auditor's own risk paragraph too, so only words of modification count.
        $0.zone == .auditorReport && !reader.isNotModifying($0.block)
          && ($0.value == .text("qualified") || $0.value == .text("disclaimer"))
      }
      + reader.hits[.basisOpening].filter {
        $0.zone == .auditorReport && !reader.isNotModifying($0.block)
      }
    // A word of reservation that no known wording explains, and a limb that should be concluded on and
    // is not, are no proof of a modification, but they rule out that the conclusion is clean.
    let unexplained =
      reader.hits[.opinionDoubt].filter {
        $0.zone == .auditorReport
          && ($0.value == .text("elsewhere")
            ? !reader.isNotModifying($0.block) : conclusion.states($0))
      } + conclusion.failed + (conclusion.missingLimbs(reader) ? [opening] : [])
    witnesses = [opening] + conclusion.clauses("material").prefix(1) + conclusion.limbs
    if contradicting.isEmpty, !unexplained.isEmpty {
      opinion = nil
      against = unexplained
      confidence = .low
      return
    }
    if !contradicting.isEmpty {
      opinion = nil
      against = contradicting
      confidence = .low
      return
    }
    guard !conclusion.limbs.isEmpty else {
      opinion = nil
      confidence = .low
      return
    }
    opinion = .unqualified
    confidence = conclusion.clauses("material").isEmpty ? .medium : .high
  }

  /// A letter without a conclusion that refuses to give one.
  init(refusedBy refusals: [Hit], _ engaged: [Hit], _ headings: [Hit]) {
    let heading = headings.filter {
      $0.value == .text("disclaimer") || $0.value == .text("basis-disclaimer")
    }
    witnesses = refusals + engaged + heading
    conclusion = nil
    // "We were engaged" alone, without the refusal, is not enough to name it.
    opinion = refusals.isEmpty && heading.isEmpty ? nil : .disclaimer
    confidence = witnesses.count >= 2 ? .high : .medium
  }

  func fact(_ reader: FactReader, others: [Verdict]) -> Fact {
    if !against.isEmpty {
      return Fact(
        state: .conflicting, confidence: .low,
        evidence: witnesses.prefix(1).flatMap(reader.evidence)
          + against.prefix(2).flatMap(reader.evidence),
        readings: [
          Reading(
            value: .text(Opinion.unqualified.rawValue),
            evidence: witnesses.prefix(2).flatMap(reader.evidence), section: .auditorReport),
          Reading(
            value: .null, evidence: against.prefix(3).flatMap(reader.evidence),
            section: .auditorReport),
        ])
    }
    guard let opinion else { return reader.missing(in: [.auditorReport]) }
    var proof: [Evidence] = []
    // The conclusion's first sentence is what a reader wants to see first.
    if let conclusion {
      let lead =
        conclusion.sentence
        .lowerBound..<min(
          conclusion.sentence.upperBound, leadEnd(conclusion, reader))
      proof += reader.text.evidence(lead, section: .auditorReport)
    }
    for hit in witnesses
    where !(conclusion?.sentence.contains(hit.tokens.lowerBound) ?? false) {
      proof += reader.evidence(of: hit)
    }
    var fact = Fact(
      state: .found, value: .text(opinion.rawValue), confidence: confidence,
      evidence: Array(proof.prefix(5)))
    let distinct = Set(others.compactMap(\.opinion))
    if distinct.count > 1 {
      fact.readings = others.compactMap { other in
        other.opinion.map {
          Reading(
            value: .text($0.rawValue), evidence: other.witnesses.prefix(2).flatMap(reader.evidence),
            section: .auditorReport)
        }
      }
    }
    return fact
  }

  /// The opening words up to the last clause or the first limb: the part that decides.
  private func leadEnd(_ conclusion: Conclusion, _ reader: FactReader) -> Int {
    let marks = conclusion.clauses.filter { conclusion.sentence.contains($0.tokens.lowerBound) }
    let limb = conclusion.limbs.first?.tokens.upperBound ?? conclusion.opening.tokens.upperBound
    let modifying = marks.filter { $0.value != .text("material") }.map(\.tokens.upperBound).max()
    return max(
      modifying ?? limb, marks.first?.tokens.upperBound ?? 0, conclusion.opening.tokens.upperBound)
  }
}

extension FactReader {
  /// Whether the words stand under an "if": `… if its controls operated effectively throughout that
  /// period`. The clause ends at a semicolon or at the marker of a list item.
  func isConditional(_ hit: Hit) -> Bool {
    var words = 0
    var i = hit.tokens.lowerBound - 1
    let sentence = text.tokens[hit.tokens.lowerBound].sentence
    while i >= 0, words < 40, text.tokens[i].sentence == sentence {
      let token = text.tokens[i]
      switch token.kind {
      case .listMarker: return false
      case .mark:
        // `(3)` and `c.` inside a line also open an item.
        if token.mark == 0x3B || token.mark == 0x29 { return false }
        if token.mark == 0x2E, i > 0, text.tokens[i - 1].rawEnd - text.tokens[i - 1].rawStart <= 2 {
          return false
        }
      case .word:
        let word = text.word(token)
        if word == "if" || word == "provided" || word == "assuming" { return true }
        words += 1
      }
      i -= 1
    }
    return false
  }

  /// Emphasis of matter and the like: its words do not touch the opinion.
  func isNotModifying(_ block: Int) -> Bool {
    hits[.notModifying].contains { $0.block == block }
  }
}
