import PageText
import ReportStructure
import SOC2Vocabulary
import TextMatching

/// Report type, period or as-of date, and the dates under the two signatures.
struct DateFacts {
  var reportType: Fact
  var period: Fact
  var asOf: Fact
  var reportDate: Fact
  var assertionDate: Fact

  init(_ reader: FactReader, limbs: Fact) {
    reportType = Self.type(reader, limbs: limbs)
    let periods = Self.stated(reader, .period)
    let dates = Self.stated(reader, .asOf)
    // A SOC 3 states no type; where a period stands, it covers one.
    let isType1 = reportType.found == .text(ReportType.type1.rawValue)
    let isType2 = reportType.found == .text(ReportType.type2.rawValue)
    let needed: [Zone] = [.auditorReport, .cover, .managementAssertion]
    if isType1 {
      asOf = dates ?? reader.missing(in: needed)
      period = Fact(state: .absent)
    } else if isType2 || periods != nil {
      period = periods ?? reader.missing(in: needed)
      asOf = Fact(state: .absent)
    } else {
      period = reader.missing(in: needed)
      asOf = dates ?? reader.missing(in: needed)
    }
    reportDate = Self.signed(reader, .auditorReport, reader.hits[.reportDate])
    assertionDate = Self.signed(reader, .managementAssertion, reader.hits[.assertionDate])
  }

  // MARK: - Type

  /// The order of evidence: the limbs of the conclusion, the words of the letter, the titles.
  private static func type(_ reader: FactReader, limbs: Fact) -> Fact {
    guard reader.kind == .soc2Report || reader.kind == .soc1Report else {
      return Fact(state: .absent)
    }
    let letter = reader.hits[.typeWording].filter { $0.zone == .auditorReport }
    let titles = reader.hits[.typeTitle]
    var votes: [(type: ReportType, hits: [Hit], weight: Int)] = []
    func vote(_ type: ReportType, _ hits: [Hit], _ weight: Int) {
      guard !hits.isEmpty else { return }
      if let i = votes.firstIndex(where: { $0.type == type }) {
        votes[i].hits += hits
        votes[i].weight += weight
      } else {
        votes.append((type, hits, weight))
      }
    }
    let operation = reader.hits[.limbConcluded].filter {
      $0.zone == .auditorReport && $0.value == .text(OpinionLimb.operation.rawValue)
        && !reader.isConditional($0)
    }
    let hasLimbs = limbs.state == .found
    if hasLimbs, case .object(let object) = limbs.value,
      object[OpinionLimb.operation.rawValue] != nil
    {
      vote(.type2, operation.isEmpty ? letter.filter { $0.value == .text("type2") } : operation, 8)
    }
    vote(.type1, letter.filter { $0.value == .text("type1") }, hasLimbs ? 4 : 5)
    vote(.type2, letter.filter { $0.value == .text("type2") }, hasLimbs ? 3 : 4)
    let title1 = titles.filter { $0.value == .text("type1") }
    let title2 = titles.filter { $0.value == .text("type2") }
    vote(.type1, title1, 1)
    vote(.type2, title2, 1)
    guard let best = votes.max(by: { $0.weight < $1.weight }) else {
      return reader.missing(in: [.auditorReport, .cover])
    }
    let others = votes.filter { $0.type != best.type }
    let readings =
      others.isEmpty
      ? []
      : ([best] + others).map { vote in
        Reading(
          value: .text(vote.type.rawValue), evidence: reader.proofs(vote.hits),
          section: vote.hits[0].zone)
      }
    return Fact(
      state: .found, value: .text(best.type.rawValue),
      confidence: best.weight >= 4 ? .high : best.weight > 1 ? .medium : .low,
      evidence: reader.proofs(best.hits), readings: readings)
  }

  // MARK: - Period and as-of date

  /// The value that the auditor's report states most often; other places only where it states none.
  private static func stated(_ reader: FactReader, _ name: FactName) -> Fact? {
    let all = reader.hits[name]
    guard !all.isEmpty else { return nil }
    func weight(_ hit: Hit) -> Int {
      switch hit.zone {
      case .auditorReport: hit.confidence == .high ? 40 : 20
      case .managementAssertion: 8
      case .letter: 8
      case .cover, .executiveSummary: 5
      case .systemDescription, .testsOfControls: 1
      case .unknown: hit.isFurniture ? 2 : 1
      case .toc, .otherInformation, .appendix: 0
      }
    }
    // A whole book of evidence for one reading is one reading: weights of a zone count to five times.
    guard let (_, votes) = reader.voted(all, weight: weight) else { return nil }
    let winner = votes[0]
    let sure = winner.hits.map(\.confidence)
    var confidence: Confidence = .high
    if !winner.hits.contains(where: { $0.zone == .auditorReport }) { confidence = .medium }
    if !sure.contains(.high) { confidence = sure.contains(.medium) ? .medium : .low }
    // Single mentions in the description may be of anything; differing ones count where the report
    // states its scope.
    let scope: Set<Zone> = [.auditorReport, .managementAssertion, .cover, .executiveSummary]
    let telling =
      [winner]
      + votes.dropFirst().filter { vote in
        vote.hits.contains { scope.contains($0.zone) }
      }
    return reader.fact(telling, confidence: confidence)
  }

  // MARK: - Dates of signatures

  /// The date under (or over) a signature: a line of its own in its part of the report, with at most a
  /// place or "Dated" beside it. The last one in the zone is taken, as signatures close it.
  private static func signed(_ reader: FactReader, _ zone: Zone, _ worded: [Hit]) -> Fact {
    let text = reader.text
    var candidates: [(Day, Range<Int>, Confidence)] = []
    for block in reader.blocks(in: zone) {
      let kind = reader.report.blocks[block].kind
      guard kind != .contents else { continue }
      for line in text.lines(of: block) {
        guard let found = text.standaloneDate(in: line) else { continue }
        candidates.append(found)
      }
    }
    let words = worded.filter { $0.zone == zone }
    for hit in words {
      if case .text(let iso) = hit.value, let day = Day(iso: iso) {
        candidates.append((day, hit.tokens, hit.confidence))
      }
    }
    // The scope's own dates, set out on a line, are not signatures.
    let stated = Set((reader.hits[.period] + reader.hits[.asOf]).flatMap { Array($0.tokens) })
    candidates.removeAll { stated.contains($0.1.lowerBound) }
    guard let last = candidates.max(by: { $0.1.lowerBound < $1.1.lowerBound }) else {
      return missingDate(reader, zone)
    }
    var readings: [Reading] = []
    let others = candidates.filter { $0.0 != last.0 }
    if !others.isEmpty {
      for candidate in [last] + others {
        let value = Value.day(candidate.0)
        if readings.contains(where: { $0.value == value }) { continue }
        readings.append(
          Reading(
            value: value, evidence: text.evidence(candidate.1, section: zone), section: zone))
      }
    }
    // Two dates in the letter and no assertion: one of them may be management's, whose part was not
    // recognised as its own.
    if zone == .auditorReport, !others.isEmpty,
      reader.report.sections(in: .managementAssertion).isEmpty
    {
      return Fact(
        state: .conflicting, confidence: .low,
        evidence: readings.flatMap(\.evidence), readings: readings)
    }
    return Fact(
      state: .found, value: .day(last.0), confidence: others.isEmpty ? last.2 : .medium,
      evidence: text.evidence(last.1, section: zone), readings: readings)
  }

  /// Without a date in the text, it may be part of a signature that is a picture.
  private static func missingDate(_ reader: FactReader, _ zone: Zone) -> Fact {
    let sections = reader.report.sections(in: zone)
    let pictured = sections.contains { section in
      (section.firstPage...section.lastPage).contains {
        !reader.report.pages[$0].pictures.isEmpty
      }
    }
    if pictured { return Fact(state: .notSearchable, confidence: .low) }
    return reader.missing(in: [zone])
  }
}

extension RunningText {
  /// The date of a line that holds nothing else but a place, a name of two words, or "Dated".
  func standaloneDate(in line: Range<Int>) -> (Day, Range<Int>, Confidence)? {
    let words = line.filter { tokens[$0].kind == .word }
    guard words.count <= 14 else { return nil }
    for index in words {
      guard let reading = date(at: index, until: line.upperBound), let day = reading.date
      else {
        continue
      }
      let rest = words.filter { $0 < index || $0 >= reading.end }
      guard rest.count <= 7 else { return nil }
      let small = ["date", "dated", "on", "the", "this", "of", "day", "at", "in", "signed", "by"]
      let fits = rest.allSatisfy {
        tokens[$0].flags.contains(.capital) || small.contains(word(tokens[$0]))
      }
      guard fits else { return nil }
      // "For the Period … to …" set on a line is not a signature's date.
      let notDates = ["period", "throughout", "through", "to", "from", "ended", "as", "report"]
      if rest.contains(where: { notDates.contains(word(tokens[$0])) }) { return nil }
      return (day, index..<reading.end, reading.confidence)
    }
    return nil
  }

  /// The printed lines of a block, as runs of tokens.
  func lines(of block: Int) -> [Range<Int>] {
    let range = blocks[block]
    guard !range.isEmpty else { return [] }
    var out: [Range<Int>] = []
    var start = range.lowerBound
    for i in range.dropFirst() where tokens[i].flags.contains(.lineStart) {
      out.append(start..<i)
      start = i
    }
    out.append(start..<range.upperBound)
    return out
  }
}
