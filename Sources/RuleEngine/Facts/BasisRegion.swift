import ReportStructure
import SOC2Vocabulary
import TextMatching

/// The paragraphs that explain a modified opinion.
struct BasisRegion {
  /// Block indices, in order; empty when none were found.
  var blocks: [Int]

  init(_ reader: FactReader, _ conclusion: Conclusion?, _ headings: [Hit]) {
    let report = reader.report
    var found: [Int] = []
    // Under its own heading.
    for heading in headings {
      guard case .text(let value) = heading.value, value.hasPrefix("basis-") else { continue }
      var block = heading.block + 1
      while block < report.blocks.count, report.blocks[block].kind != .heading,
        report.zones[block] == .auditorReport,
        !(conclusion?.tokens.contains(reader.text.blocks[block].lowerBound) ?? false)
      {
        found.append(block)
        block += 1
      }
    }
    // Or by its words, before or after the conclusion.
    if found.isEmpty {
      let words = (reader.hits[.basisOpening] + reader.hits[.limbFailed]).filter {
        $0.zone == .auditorReport && !reader.isNotModifying($0.block)
          && !(conclusion?.states($0) ?? false)
      }
      found = Set(words.map(\.block)).sorted()
    }
    blocks = found
  }

  func tokens(_ reader: FactReader) -> [Range<Int>] { blocks.map { reader.text.blocks[$0] } }

  /// The paragraph, verbatim.
  func basisFact(_ reader: FactReader) -> Fact? {
    let ranges = tokens(reader).filter { !$0.isEmpty }
    guard !ranges.isEmpty else { return nil }
    return Fact(
      state: .found, value: .text(ranges.map(reader.text.verbatim).joined(separator: "\n")),
      evidence: ranges.flatMap { reader.text.evidence($0, section: .auditorReport) })
  }

  /// The criteria that the basis names.
  func criteriaFact(_ reader: FactReader) -> Fact? { Self.criteria(in: tokens(reader), reader) }

  /// The criteria named in some runs of tokens.
  static func criteria(in ranges: [Range<Int>], _ reader: FactReader) -> Fact? {
    var found: [String] = []
    var evidence: [Evidence] = []
    for range in ranges {
      var i = range.lowerBound
      while i < range.upperBound {
        guard reader.text.tokens[i].kind == .word, let list = reader.text.criteria(at: i) else {
          i += 1
          continue
        }
        for id in list.found where !found.contains(id) { found.append(id) }
        evidence += reader.text.evidence(i..<list.end, section: .auditorReport)
        i = list.end
      }
    }
    guard !found.isEmpty else { return nil }
    let sorted = Criteria.all.filter(found.contains)
    return Fact(state: .found, value: .list(sorted.map { .text($0) }), evidence: evidence)
  }
}

/// What the concluding sentence itself says of the reason: `except that controls relevant to CC6.2 did not
/// operate`. Nothing where it names no criterion.
struct StatedBasis {
  private(set) var basis: Fact?
  private(set) var criteria: Fact?

  init(_ conclusion: Conclusion, _ reader: FactReader) {
    let text = reader.text
    let modifying = conclusion.clauses.filter { $0.value != .text("material") } + conclusion.failed
    var ranges: [Range<Int>] = []
    for hit in modifying.sorted(by: { $0.tokens.lowerBound < $1.tokens.lowerBound }) {
      let sentence = text.sentence(around: hit.tokens.lowerBound)
      // To the end of its clause, or to the words `it is our opinion that` behind it.
      let end =
        (hit.tokens.upperBound..<max(hit.tokens.upperBound, sentence.upperBound)).first { i in
          text.isMark(i, 0x3B, before: sentence.upperBound)
            || i == conclusion.opening.tokens.lowerBound
        } ?? sentence.upperBound
      // A reason may stand before the words of failure: `controls relevant to CC6.2 did not operate`.
      let start =
        conclusion.failed.contains { $0.tokens == hit.tokens }
        ? Self.clauseStart(hit.tokens.lowerBound, sentence, text) : hit.tokens.lowerBound
      let range = start..<max(end, hit.tokens.upperBound)
      if let last = ranges.last, last.overlaps(range) {
        ranges[ranges.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        ranges.append(range)
      }
    }
    guard let criteria = BasisRegion.criteria(in: ranges, reader) else { return }
    self.criteria = criteria
    basis = Fact(
      state: .found, value: .text(ranges.map(text.verbatim).joined(separator: "\n")),
      evidence: ranges.flatMap { text.evidence($0, section: .auditorReport) })
  }

  private static func clauseStart(_ token: Int, _ sentence: Range<Int>, _ text: RunningText) -> Int
  {
    let mark = (sentence.lowerBound..<max(token, sentence.lowerBound)).last {
      text.isMark($0, 0x3B, before: token)
    }
    return mark.map { $0 + 1 } ?? sentence.lowerBound
  }
}

/// Which limbs of the opinion a modification touches.
struct LimbDecision {
  private var values: [OpinionLimb: Opinion] = [:]
  private var evidence: [Evidence] = []
  private var confidence: Confidence = .high

  init(_ verdict: Verdict, _ opinion: Opinion, _ region: BasisRegion, _ reader: FactReader) {
    guard let conclusion = verdict.conclusion, opinion != .disclaimer else {
      // A refusal is one of all limbs that the letter would have concluded on.
      for limb in OpinionLimb.allCases { values[limb] = opinion }
      evidence = verdict.witnesses.prefix(1).flatMap(reader.evidence)
      return
    }
    var stated = Set(conclusion.limbs.compactMap(\.limb))
    if opinion == .adverse {
      let negated = Set(conclusion.denied.compactMap(\.limb))
      stated.formUnion(negated)
      for limb in stated {
        values[limb] = negated.isEmpty || negated.contains(limb) ? .adverse : .unqualified
      }
      evidence = (conclusion.failed + conclusion.limbs).prefix(3).flatMap(reader.evidence)
      return
    }
    for limb in stated { values[limb] = .unqualified }
    evidence = conclusion.limbs.reduce(into: [Hit]()) { list, hit in
      if !list.contains(where: { $0.limb == hit.limb }) { list.append(hit) }
    }.flatMap(reader.evidence)
    guard opinion == .qualified else { return }
    let touched = Self.touched(conclusion, region, reader)
    if touched.isEmpty {
      // The words do not say which; a reader must not believe that any limb is clean.
      for limb in stated { values[limb] = nil }
      confidence = .low
    }
    for limb in touched { values[limb] = .qualified }
  }

  /// The limbs that the basis names; a control that is not suitably designed cannot be concluded to
  /// operate either. Without a basis, the limb in whose clause the exception stands.
  private static func touched(
    _ conclusion: Conclusion, _ region: BasisRegion, _ reader: FactReader
  ) -> Set<OpinionLimb> {
    let failed = reader.hits[.limbFailed].filter { region.blocks.contains($0.block) }
    var limbs = Set(failed.compactMap(\.limb))
    if limbs.isEmpty {
      // Inside one limb's clause: `(c) except for the matter described, the controls operated…`
      for clause in conclusion.clauses("qualified") {
        let before = conclusion.limbs.last { $0.tokens.lowerBound < clause.tokens.lowerBound }
        let after = conclusion.limbs.first { $0.tokens.lowerBound > clause.tokens.lowerBound }
        if before != nil, let limb = after?.limb { limbs.insert(limb) }
        if before != nil, after == nil, let limb = before?.limb { limbs.insert(limb) }
      }
    }
    if limbs.contains(.design), conclusion.limbs.contains(where: { $0.limb == .operation }) {
      limbs.insert(.operation)
    }
    return limbs
  }

  func fact(_ reader: FactReader) -> Fact {
    var object: [String: Value] = [:]
    for limb in OpinionLimb.allCases {
      object[limb.rawValue] = values[limb].map { .text($0.rawValue) }
    }
    return Fact(state: .found, value: .object(object), confidence: confidence, evidence: evidence)
  }
}

extension Hit {
  fileprivate var limb: OpinionLimb? { value.text.flatMap(OpinionLimb.init(rawValue:)) }
}
