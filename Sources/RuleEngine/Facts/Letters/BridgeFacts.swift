import ReportStructure
import SOC2Vocabulary
import TextMatching

/// What a bridge letter says: the fact `bridge`.
///
/// What the letter does not say is null, and so is what it says in two ways: then each way is a reading,
/// and where it is a period or a date, the fact is conflicting.
struct BridgeFacts {
  private(set) var bridge: Fact

  private let reader: FactReader
  private var text: RunningText { reader.text }
  private var value: [String: Value] = [:]
  private var proofs: [String: [Evidence]] = [:]
  private var readings: [(key: String, stated: Stated)] = []

  init(_ reader: FactReader, system: Fact) {
    self.reader = reader
    bridge = Fact(state: .absent, confidence: .low)
    let times = LetterTimes(reader, LetterCalendar(reader))
    let signature = LetterSignature(reader)
    let names = LetterNames(reader, signature)
    let changes = LetterChanges(reader)
    let days: [(String, Stated)] = [
      ("from", times.from), ("to", times.to), ("date", times.date),
      ("reportPeriodStart", times.reportStart), ("reportPeriodEnd", times.reportEnd),
    ]
    for (key, stated) in days { set(key, stated) }
    let isConflicting = !readings.isEmpty
    set("entity", names.entity)
    set("auditor", names.auditor)
    let home = times.reportEnd.places.first?.tokens ?? times.reportStart.places.first?.tokens
    set("reportKind", kind(near: home))
    set("reportType", agreed(.letterReportType, near: home))
    value["system"] = system.found ?? .null
    if system.state == .found { proofs["system"] = system.evidence }
    set(signature)
    set(changes)
    setParts(changes)
    value["defects"] = .list([])
    let proved = proofs.mapValues { Value.evidence($0) }.filter { $0.value != .evidence([]) }
    value["evidence"] = .object(proved)
    finish(times, isConflicting)
  }

  // MARK: - The fact

  private mutating func finish(_ times: LetterTimes, _ isConflicting: Bool) {
    let isDated = !times.reportEnd.isEmpty || !times.from.isEmpty || !times.to.isEmpty
    guard isDated || !times.date.isEmpty else {
      bridge = reader.missing(in: [.letter])
      return
    }
    let told = ["from", "to", "reportPeriodEnd", "date"].flatMap { proofs[$0] ?? [] }
    let evidence = told.reduce(into: [Evidence]()) { if !$0.contains($1) { $0.append($1) } }
    let all = readings.flatMap { reading in
      reading.stated.values.map { one in
        var whole = value
        whole[reading.key] = one
        return Reading(
          value: .object(whole), evidence: reading.stated.evidence(reader, of: one),
          section: .letter)
      }
    }
    let isPart = reader.hasUnreadPage(in: [.letter])
    let state: FactState =
      isConflicting ? .conflicting : isDated ? .found : isPart ? .notSearchable : .absent
    bridge = Fact(
      state: state, value: state == .absent || state == .notSearchable ? .null : .object(value),
      confidence: !all.isEmpty || isPart ? .low : isWhole(times) ? .high : .medium,
      evidence: evidence, readings: state == .absent || state == .notSearchable ? [] : all)
  }

  private func isWhole(_ times: LetterTimes) -> Bool {
    times.reportEnd.day != nil && times.from.day != nil && times.to.day != nil
  }

  // MARK: - Values

  private mutating func set(_ key: String, _ stated: Stated) {
    value[key] = stated.agreed ?? .null
    proofs[key] = stated.evidence(reader)
    if stated.isConflicting { readings.append((key, stated)) }
  }

  private mutating func set(_ key: String, _ tokens: Range<Int>?) {
    value[key] = tokens.map { .text(text.name($0)) } ?? .null
    if let tokens { proofs[key] = text.evidence(tokens, section: .letter) }
  }

  /// The kind of the report: as said where its period stands, else in the whole letter. A letter on
  /// both kinds is one on SOC 2.
  private func kind(near home: Range<Int>?) -> Stated {
    var stated = values(.letterReportKind, near: home)
    if stated.isEmpty { stated = values(.letterReportKind, near: nil) }
    guard stated.isConflicting else { return stated }
    var soc2 = Stated()
    for place in stated.places where place.value == .text("soc2") {
      soc2.add(place.value, place.tokens)
    }
    return soc2
  }

  private func agreed(_ signal: SignalName, near home: Range<Int>?) -> Stated {
    let near = values(signal, near: home)
    return near.agreed != nil ? near : values(signal, near: nil)
  }

  private func values(_ signal: SignalName, near home: Range<Int>?) -> Stated {
    var stated = Stated()
    let sentence = home.map { text.tokens[$0.lowerBound].sentence }
    for hit in reader.hits[signal] where !hit.isFurniture {
      if let sentence, text.tokens[hit.tokens.lowerBound].sentence != sentence { continue }
      stated.add(hit.value, hit.tokens)
    }
    return stated
  }

  private mutating func set(_ signature: LetterSignature) {
    set("signer", signature.signer)
    set("signerTitle", signature.title)
    let isPart = reader.hasUnreadPage(in: [.letter])
    let form = signature.form
    value["signature"] =
      form == .unsigned && isPart ? .null : form.map { .text($0.rawValue) } ?? .null
    value["signedBy"] = .text(signature.role.rawValue)
  }

  private mutating func set(_ changes: LetterChanges) {
    value["changes"] = changes.state.map { .text($0) } ?? .null
    proofs["changes"] = changes.statement.flatMap { text.evidence($0, section: .letter) }
    value["changeItems"] = .list(changes.items.map { entry($0) })
    let blanks = letterBlanks(reader)
    value["placeholders"] = .list(blanks.map { .text(text.verbatim($0)) })
    proofs["placeholders"] = blanks.flatMap { text.evidence($0, section: .letter) }
    let claims = reader.hits[.letterAssurance].filter { !$0.isFurniture }
    value["assurance"] = .bool(!claims.isEmpty)
    proofs["assurance"] = claims.prefix(2).flatMap(reader.evidence)
    let chain = reader.hits[.letterChain].filter { !$0.isFurniture }
    value["previousLetter"] = chain.first.map { previousLetter($0) } ?? .null
    proofs["previousLetter"] = chain.prefix(1).flatMap(reader.evidence)
    let next = reader.hits[.letterNext].filter { !$0.isFurniture }
    value["nextReport"] = nextReport(next)
    proofs["nextReport"] = next.prefix(1).flatMap(reader.evidence)
  }

  private func entry(_ tokens: Range<Int>) -> Value {
    .object([
      "text": .text(text.verbatim(tokens)),
      "evidence": .evidence(text.evidence(tokens, section: .letter)),
    ])
  }

  /// Date and last day of the earlier letter where its sentence tells them, else only that there is one.
  private func previousLetter(_ hit: Hit) -> Value {
    let calendar = LetterCalendar(reader)
    let sentence = text.sentenceWithin(block: hit.block, hit.tokens)
    var dated: Value = .null
    var to: Value = .null
    if let span = calendar.spans.first(where: { sentence.contains($0.tokens.lowerBound) }) {
      to = .day(span.period.end)
    }
    for i in sentence where text.tokens[i].kind == .word {
      guard !calendar.isInSpan(i..<i + 1), calendar.days(at: i).count == 1,
        let day = calendar.days(at: i).first
      else { continue }
      let before = i > sentence.lowerBound ? text.word(text.tokens[i - 1]) : ""
      if ["through", "to", "until", "thru"].contains(before) {
        if to == .null { to = .day(day) }
      } else if dated == .null, ["dated", "of", "on", "letter"].contains(before) {
        dated = .day(day)
      }
    }
    return dated == .null && to == .null ? .bool(true) : .object(["date": dated, "to": to])
  }

  /// The day on which the next report is promised, else the sentence.
  private func nextReport(_ hits: [Hit]) -> Value {
    guard let hit = hits.first else { return .null }
    let calendar = LetterCalendar(reader)
    let sentence = text.sentenceWithin(block: hit.block, hit.tokens)
    let days = sentence.filter { text.tokens[$0].kind == .word && !calendar.isInSpan($0..<$0 + 1) }
      .compactMap { i -> Day? in
        let days = calendar.days(at: i)
        let before = i > sentence.lowerBound ? text.word(text.tokens[i - 1]) : ""
        return days.count == 1 && ["by", "on", "before", "around", "about"].contains(before)
          ? days[0] : nil
      }
    if days.count == 1 { return .day(days[0]) }
    return .text(text.verbatim(sentence))
  }

  // MARK: - Parts

  /// Which of the ten parts of a bridge letter are there.
  private mutating func setParts(_ changes: LetterChanges) {
    func isThere(_ key: String) -> Bool { value[key].map { $0 != .null } ?? false }
    func places(_ part: String) -> [Hit] {
      reader.hits[.letterPart].filter { !$0.isFurniture && $0.value == .text(part) }
    }
    let reminders = [
      ("B5", places("user-entities")), ("B6", places("no-substitute")),
      ("B7", places("not-examined")), ("B10", places("follow-up")),
    ]
    for (part, hits) in reminders where !hits.isEmpty {
      proofs[part] = hits.prefix(1).flatMap(reader.evidence)
    }
    if proofs["B10"] == nil, let first = changes.incidents.first {
      proofs["B10"] = text.evidence(first, section: .letter)
    }
    let isSigned = value["signature"] == .text("signed") || value["signature"] == .text("typed")
    value["parts"] = .object([
      "B1": .bool(
        (isThere("reportKind") || isThere("reportType")) && isThere("reportPeriodEnd")),
      "B2": .bool(isThere("entity")),
      "B3": .bool(isThere("from") && isThere("to")),
      "B4": .bool(changes.state == "none" || changes.state == "some"),
      "B5": .bool(proofs["B5"] != nil), "B6": .bool(proofs["B6"] != nil),
      "B7": .bool(proofs["B7"] != nil),
      "B8": .bool(isSigned && isThere("signer") && isThere("signerTitle") && isThere("date")),
      "B9": .bool(isThere("nextReport")), "B10": .bool(proofs["B10"] != nil),
    ])
  }
}
