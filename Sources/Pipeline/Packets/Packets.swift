import PageText
import RuleEngine
public import SOC2Vocabulary
import Scoring

/// Judges the documents of one call together: the latest report, what came before it, and what
/// management says of the time since.
///
/// There is a review for every document, and one for every file that could not be read, in the order of
/// the files. A packet of one document says the same as its review.
public func packet(
  _ files: [SubmittedFile], on reviewDate: Day, _ context: ReviewContext,
  with yardstick: Yardstick
) -> Packet {
  packet(files, recorded: nil, on: reviewDate, context, with: yardstick)
}

/// `recorded` are the findings on the documents together where only the record of them is at hand.
func packet(
  _ files: [SubmittedFile], recorded: [Finding]?, on reviewDate: Day, _ context: ReviewContext,
  with yardstick: Yardstick
) -> Packet {
  var judgement = PacketJudgement(files, reviewDate, context, yardstick)
  judgement.recorded = recorded
  return judgement.packet()
}

/// Everything that is known while the documents of a packet are judged.
private struct PacketJudgement {
  let files: [SubmittedFile]
  let reviewDate: Day
  let context: ReviewContext
  let yardstick: Yardstick
  let tier: VendorTier?
  /// The findings on the documents together, where they were made before.
  var recorded: [Finding]?
  /// Without those of a file that was given twice.
  var documents: [SubmittedDocument] = []
  var arrangement: Arrangement
  /// The names of files whose bytes came before.
  var duplicates: [Int: String] = [:]
  /// Of each letter that belongs to the main report, whether it is sound.
  var letters: [Bool] = []
  /// The last day that letters beside the main report cover.
  var letterEnd: Day?

  var policy: Policy { yardstick.policy }

  init(
    _ files: [SubmittedFile], _ reviewDate: Day, _ context: ReviewContext, _ yardstick: Yardstick
  ) {
    self.files = files
    self.reviewDate = reviewDate
    self.context = context
    self.yardstick = yardstick
    tier = context.tier.flatMap(VendorTier.init(rawValue:))
    var seen: [String: String] = [:]
    for (f, file) in files.enumerated() {
      // Files whose bytes nobody saw are not the same file.
      if file.identity.isRead {
        if let name = seen[file.identity.sha256] {
          duplicates[f] = name
          continue
        }
        seen[file.identity.sha256] = file.record.name
      }
      guard case .read(let extract) = file.content else { continue }
      for document in extract.documents {
        documents.append(
          SubmittedDocument(
            document: document, extract: extract,
            name: file.record.name(of: document, among: extract.documents), file: f))
      }
    }
    arrangement = Arrangement(documents, vendor: context.vendor)
    gradeReports()
    judgeLetters()
  }

  // MARK: - Facts that need other documents, or the policy

  private mutating func gradeReports() {
    if let main = arrangement.main, let before = arrangement.earlier.first {
      documents[main].document = withRepeats(documents[main].document, after: documents[before])
    }
    for i in documents.indices { documents[i].document = graded(documents[i].document, by: policy) }
  }

  private mutating func judgeLetters() {
    for (i, place) in arrangement.letters {
      guard let letter = documents[i].letter else {
        letters.append(false)
        continue
      }
      let measures = measures(of: letter, place)
      let codes = letter.defects(place, measures)
      documents[i].document.setDefects(codes)
      let isOfMain =
        arrangement.main != nil && !place.isOfOtherReport
        && place.report == arrangement.main.map { documents[$0].bridged }
      guard isOfMain else { continue }
      letters.append(letter.isSound(codes, place, measures))
      if letters.last == true, let to = letter.to {
        letterEnd = max(letterEnd ?? to, to)
      }
    }
  }

  private func measures(
    of letter: BridgeLetter, _ place: BridgeLetter.Place
  ) -> [MeasureName: Measure.Place] {
    letter.measures(place, on: reviewDate, by: policy, tier: tier)
  }

  // MARK: - Reviews

  mutating func packet() -> Packet {
    var reviews: [Review] = []
    var reviewOf: [Int: Int] = [:]
    for (f, file) in files.enumerated() {
      if let name = duplicates[f] {
        for twin in reviews
        where twin.document.sha256 == file.identity.sha256 && twin.document.file == name {
          var copy = twin
          copy.document.file = file.record.name
          reviews.append(copy)
        }
        continue
      }
      if case .unreadable(let why) = file.content {
        reviews.append(file.record.review(why))
        continue
      }
      for i in documents.indices where documents[i].file == f {
        reviewOf[i] = reviews.count
        reviews.append(review(i))
      }
    }
    return together(reviews, reviewOf)
  }

  private func review(_ i: Int) -> Review {
    let submitted = documents[i]
    let siblings = documents.indices.filter { documents[$0].file == submitted.file }
    let record = files[submitted.file].record
    let table = table(i, siblings.filter { $0 != i }.map { documents[$0].kind })
    let severity = { (code: String) in policy.severity(of: code, for: tier) }
    let pack = yardstick.rules.pack
    let judgement =
      submitted.document.recorded.map {
        judgedAgain($0, table, with: pack, severity: severity)
      } ?? judge(table, with: pack, severity: severity)
    let review = record.review(
      submitted.document, of: submitted.extract, judgement, assessment(i, judgement.findings))
    return proven(review, by: submitted.extract.proof)
  }

  private func table(_ i: Int, _ companions: [DocumentKind]) -> FactTable {
    let submitted = documents[i]
    var table = factTable(
      of: submitted.document, companions, submitted.extract.metadata, context, reviewDate)
    let role = arrangement.roles[i]
    table.set("document.role", .text(role.rawValue))
    if submitted.isReport {
      let before = role == .main ? arrangement.earlier.first.map { documents[$0] } : nil
      table.setMeasures(
        of: submitted.bridged, previousEnd: before?.bridged.period?.end, by: policy, tier: tier)
      table.set("document.bridge", .text(bridge(i).rawValue))
      table.set("document.previousEnd", before?.bridged.end.map(Value.day) ?? .null)
      table.set(
        "document.previousType", before?.bridged.type.map { .text($0.rawValue) } ?? .null)
      table.setDemands(
        of: submitted.document, context, unknown(i), policy.auditFirms(on: reviewDate))
      if role == .main, let next = promisedReport { table.set("document.letterNext", next) }
    }
    if let n = arrangement.letters.firstIndex(where: { $0.document == i }) {
      let place = arrangement.letters[n].place
      table.set("document.pairedReport", .text(arrangement.main == nil ? "missing" : "there"))
      if let letter = submitted.letter {
        for (name, at) in measures(of: letter, place) { table.set(name, at) }
        table.set(
          "document.reportEnd",
          (place.report?.end ?? letter.reportPeriodEnd).map(Value.day) ?? .null)
        if let before = lettersBefore(n) { table.set("document.earlierLetters", before) }
      }
    }
    return table
  }

  // MARK: - What one document says to a question on another

  /// The day on which the last letter beside the main report promises the next report; nil where none
  /// names a day to come.
  private var promisedReport: FactTable.Entry? {
    for (i, place) in arrangement.letters.reversed()
    where place.isOfEntity != false && !place.isOfOtherReport {
      guard let value = documents[i].document.facts.facts[.bridge]?.found,
        let day = value["nextReport"]?.text.flatMap(Day.init(iso:)), day > reviewDate
      else { continue }
      return told(.day(day), value["evidence"]?["nextReport"]?.proof ?? [], by: i)
    }
    return nil
  }

  /// The letters that reach from the report to the beginning of a letter which goes on from another; nil
  /// where they are not at hand.
  private func lettersBefore(_ n: Int) -> FactTable.Entry? {
    let (i, place) = arrangement.letters[n]
    guard let letter = documents[i].letter, let from = letter.from, let covered = place.coveredTo,
      covered >= from.adding(days: -1)
    else { return nil }
    let before = arrangement.letters[..<n].filter {
      $0.place.report == place.report && $0.place.isOfEntity != false && !$0.place.isOfOtherReport
    }.map(\.document)
    guard let last = before.last else { return nil }
    let proof =
      documents[last].document.facts.facts[.bridge]?.found?["evidence"]?["to"]?.proof ?? []
    return told(.list(before.map { .text(documents[$0].name) }), proof, by: last)
  }

  /// What a document says, with its proof there; nil where that cannot be shown.
  private func told(
    _ value: Value, _ evidence: [Evidence], by i: Int
  ) -> FactTable.Entry? {
    guard !evidence.isEmpty, documents[i].extract.proof.missing(evidence).isEmpty else {
      return nil
    }
    var entry = FactTable.Entry(value, evidence: evidence)
    entry.document = documents[i].name
    return entry
  }

  // MARK: - Assessments

  private func bridge(_ i: Int) -> BridgeState {
    guard arrangement.roles[i] == .main else { return .notApplicable }
    return bridgeState(
      of: documents[i].bridged, letters: letters, on: reviewDate, by: policy, tier: tier)
  }

  /// The facts that a decision rests on and that are not found; those that the type does not have are
  /// not missed.
  private func unknown(_ i: Int) -> [FactName] {
    guard documents[i].isReport else { return [] }
    let type = documents[i].bridged.type
    return policy.decisions.needs.filter { name in
      switch (name, type) {
      case (.period, .type1), (.exceptions, .type1), (.asOf, .type2): return false
      case (.period, nil): return documents[i].bridged.asOf == nil
      case (.asOf, nil): return documents[i].bridged.period == nil
      default: return documents[i].document.facts.facts[name]?.state != .found
      }
    }
  }

  private func assessment(_ i: Int, _ findings: [Finding]) -> Assessment {
    let submitted = documents[i]
    let verdict = policy.decisions.verdict(
      findings.map { WeighedFinding(id: $0.id, code: $0.code, severity: $0.severity) },
      unknown: unknown(i), hasOpinion: hasOpinion(submitted))
    let isMain = arrangement.roles[i] == .main
    return Assessment(
      decision: submitted.isReport ? verdict.decision : .insufficient, score: verdict.score,
      reasons: verdict.reasons, points: verdict.points, bridge: bridge(i),
      dates: isMain
        ? keyDates(of: submitted.bridged, letterEnd: letterEnd, by: policy, tier: tier) : [])
  }

  private func hasOpinion(_ submitted: SubmittedDocument) -> Bool {
    submitted.isReport && submitted.document.facts.facts[.opinion]?.state == .found
  }

  // MARK: - Together

  private func together(_ reviews: [Review], _ reviewOf: [Int: Int]) -> Packet {
    var packet = Packet(vendor: context.vendor, reviews: reviews)
    packet.diagnostics = oddDocuments(reviews)
    var table = FactTable(reviewDate: reviewDate)
    if reviews.count > 1 { setPacket(&table, reviews) }
    let severity = { (code: String) in policy.severity(of: code, for: tier) }
    let pack = yardstick.rules.pack
    let judgement =
      recorded.map { judgedAgain($0, table, with: pack, isPacket: true, severity: severity) }
      ?? judge(table, with: pack, isPacket: true, severity: severity)
    let findings = judgement.findings
    packet.findings = findings
    packet.coverage = timeline(coveringDocuments(), to: reviewDate)
    // The main report and its letters count; of an earlier report its findings are history.
    let counted = documents.indices.filter { [.main, .letter].contains(arrangement.roles[$0]) }
      .compactMap { reviewOf[$0] }
    let main = arrangement.main.flatMap { reviewOf[$0] }
    packet.main = main
    let shown = counted.isEmpty ? Array(reviews.indices) : counted
    var weighed = findings.map { WeighedFinding(id: $0.id, code: $0.code, severity: $0.severity) }
    for r in shown {
      weighed += reviews[r].findings.map {
        WeighedFinding(id: "\(r + 1)/\($0.id)", code: $0.code, severity: $0.severity)
      }
    }
    // Of one severity in the order in which they were found.
    weighed = weighed.enumerated().sorted {
      ($1.element.severity, $0.offset) < ($0.element.severity, $1.offset)
    }.map(\.element)
    packet.questions = merged(
      [(judgement.questions, findings, "")]
        + shown.map { (reviews[$0].questions, reviews[$0].findings, "\($0 + 1)/") })
    packet.answered = judgement.answered
    for r in shown {
      for var answered in reviews[r].answered {
        answered.question.findings = answered.question.findings.map { "\(r + 1)/\($0)" }
        packet.answered.append(answered)
      }
    }
    guard reviews.contains(where: { $0.assessment != nil }) else { return packet }
    let verdict = policy.decisions.verdict(
      weighed, unknown: arrangement.main.map(unknown) ?? [],
      hasOpinion: arrangement.main.map { hasOpinion(documents[$0]) } ?? false)
    // A review that failed its own proof has no assessment, and none is made up for it here.
    let isSound = main.map { reviews[$0].assessment != nil } ?? false
    packet.assessment = Assessment(
      decision: isSound ? verdict.decision : .insufficient, score: isSound ? verdict.score : nil,
      reasons: verdict.reasons, points: verdict.points,
      bridge: main.flatMap { reviews[$0].assessment?.bridge } ?? .notApplicable,
      dates: main.flatMap { reviews[$0].assessment?.dates } ?? [])
    return packet
  }

  private func setPacket(_ table: inout FactTable, _ reviews: [Review]) {
    func names(_ role: Arrangement.Role) -> Value {
      .list(
        documents.indices.filter { arrangement.roles[$0] == role }.map { .text(documents[$0].name) }
      )
    }
    table.set("packet.foreign", names(.foreign))
    table.set("packet.again", names(.again))
    if let main = arrangement.main {
      let ours = documents[main].document
      func names(_ areAlike: (DocumentExtract, DocumentExtract) -> Bool) -> Value {
        .list(
          documents.indices.filter {
            arrangement.roles[$0] == .foreign && documents[$0].isReport
              && areAlike(ours, documents[$0].document)
          }.map { .text(documents[$0].name) })
      }
      table.set("packet.sameDescription", names(SimilarText.haveOneDescription))
      table.set("packet.sameControls", names(SimilarText.haveOneControlList))
    }
    table.set("packet.main", arrangement.main.map { .text(documents[$0].name) } ?? .null)
    table.set(
      "packet.entity", arrangement.main.flatMap { documents[$0].entity }.map(Value.text) ?? .null)
    table.set(
      "packet.unreadable",
      .list(reviews.filter { !$0.document.status.isRead }.map { .text($0.document.file) }))
  }

  /// Documents that take no part, each with the reason.
  private func oddDocuments(_ reviews: [Review]) -> [Diagnostic] {
    guard reviews.count > 1 else { return [] }
    var notes: [Diagnostic] = []
    for (f, name) in duplicates.sorted(by: { $0.key < $1.key }) {
      notes.append(
        Diagnostic(
          code: "duplicateFile",
          message: "\(files[f].record.name) is the same file as \(name); it counts once"))
    }
    for (i, document) in documents.enumerated() {
      let subject = arrangement.main.flatMap { documents[$0].entity } ?? context.vendor ?? ""
      switch arrangement.roles[i] {
      case .foreign:
        notes.append(
          Diagnostic(
            code: "otherVendor",
            message:
              "\(document.name) is on \(document.entity ?? "another organization"), not on \(subject); it takes no part in the assessment"
          ))
      case .again:
        notes.append(
          Diagnostic(
            code: "samePeriod",
            message:
              "\(document.name) is another report that ends on the same day as the one reviewed; it takes no part in the assessment"
          ))
      case .other:
        notes.append(
          Diagnostic(
            code: "noPlace",
            message:
              "\(document.name) is of the kind \(document.kind.rawValue), which neither covers nor bridges time; it takes no part in the assessment"
          ))
      case .main, .earlier, .letter: break
      }
    }
    for review in reviews where !review.document.status.isRead {
      notes.append(
        Diagnostic(
          code: "unread",
          message: "\(review.document.file) was not read: \(review.document.reason ?? "")"))
    }
    return notes
  }

  private func coveringDocuments() -> [CoveringDocument] {
    var out: [CoveringDocument] = []
    for i in (arrangement.main.map { [$0] } ?? []) + arrangement.earlier {
      let report = documents[i].bridged
      let days = report.period.map { $0.start...$0.end } ?? report.asOf.map { $0...$0 }
      if let days {
        out.append(CoveringDocument(name: documents[i].name, source: .report, days: days))
      }
    }
    for (i, place) in arrangement.letters {
      guard let letter = documents[i].letter, let from = letter.from, let to = letter.to,
        place.isOfEntity != false, !place.isOfOtherReport, letter.reportKind != "soc1"
      else { continue }
      // No one can state the future.
      let last = min(to, letter.date ?? to)
      if from <= last {
        out.append(
          CoveringDocument(name: documents[i].name, source: .bridgeLetter, days: from...last))
      }
    }
    return out
  }
}

/// All questions in one list, those of graver findings first; one that says the same is asked once.
private func merged(
  _ lists: [(questions: [FollowUpQuestion], findings: [Finding], prefix: String)]
) -> [FollowUpQuestion] {
  var out: [(weight: Int, question: FollowUpQuestion)] = []
  for (questions, findings, prefix) in lists {
    for question in questions {
      let weight =
        question.findings.compactMap { id in findings.first { $0.id == id }?.severity.weight }
        .max() ?? 0
      var named = question
      named.findings = question.findings.map { prefix + $0 }
      if let known = out.firstIndex(where: {
        $0.question.text == question.text && $0.question.to == question.to
      }) {
        out[known].question.findings += named.findings
        out[known].weight = max(out[known].weight, weight)
      } else {
        out.append((weight, named))
      }
    }
  }
  return out.enumerated().sorted { ($1.element.weight, $0.offset) < ($0.element.weight, $1.offset) }
    .map(\.element.question)
}

extension DocumentExtract {
  /// With what is wrong with it as a letter.
  fileprivate mutating func setDefects(_ codes: [String]) {
    guard var fact = facts.facts[.bridge], case .object(var members) = fact.value else { return }
    members["defects"] = .list(codes.map(Value.text))
    fact.value = .object(members)
    facts.facts[.bridge] = fact
  }
}
