import PageText
import ReportStructure
import SOC2Vocabulary
import TextMatching

/// The facts that the tests of controls give: controls, counts, exceptions, what had no occasion to
/// operate, coverage of the criteria, depth of the tests.
struct ControlFacts {
  var facts: [FactName: Fact] = [:]
  var diagnostics: [Diagnostic] = []
  /// What findings judge by besides, by the names they use.
  var derived: [String: FactTable.Entry] = [:]

  private let text: TestText
  private let read: ControlReader
  private let isType1: Bool
  /// Printed controls that are one control, in the order of the print.
  private var groups: [[ReadControl]] = []

  /// What the rest of the report says that bears on the tests.
  struct Context {
    var reportType: Fact
    var categories: Fact
    var edition: Fact
    /// What carved-out organizations are expected to do, by the entries of the fact `subserviceControls`.
    var subserviceControls: [Value]
    /// Of a Type 2 report.
    var period: ExaminationPeriod?
    var exceptions: ExceptionReader.Context

    var isType1: Bool { reportType.found == .text(ReportType.type1.rawValue) }
  }

  init(_ reader: FactReader, _ context: Context) {
    text = TestText(reader)
    var read = ControlReader(text)
    // What stands at the end of a file that was cut off may go on on the next page.
    let isCutOff = missingPages(of: reader.report) != nil
    if isCutOff { read.doubtLast() }
    self.read = read
    isType1 = context.isType1
    groups = Self.grouped(read.controls, text)
    let results = read.controls.flatMap(\.tests)
    let pagesAreRead = !isCutOff && !reader.hasUnreadPage(in: [.testsOfControls])
    let isThere = !results.isEmpty || (isType1 && !groups.isEmpty)
    facts[.controls] = controls(isThere: !groups.isEmpty, pagesAreRead)
    let exceptions = ExceptionReader(text, groups, context.exceptions)
    let lost = isType1 || results.isEmpty ? [] : groups.filter(isLost)
    let stray = LostResults(text, read).passages
    let isEach = pagesAreRead && lost.isEmpty && stray.isEmpty
    let isWhole = isEach && !results.contains { $0.outcome == .unknown }
    facts[.testCounts] = counts(results, isThere: isThere, isWhole: isEach)
    if !lost.isEmpty || !stray.isEmpty { facts[.controls]?.confidence = .low }
    facts[.exceptions] = fact(
      of: exceptions.found.map(\.value), isThere: !results.isEmpty, isWhole: isWhole,
      evidence: exceptions.found.flatMap { $0.evidence.prefix(1) })
    let orphans = OrphanFinder(text, read.outcomes, groups)
    if !orphans.controls.isEmpty, let told = facts[.exceptions], told.state == .found {
      // The document says two things: what the tests have stands among the readings.
      facts[.exceptions] = Fact(
        state: .conflicting, confidence: .low, evidence: told.evidence + orphans.evidence,
        readings: [Reading(value: told.value, evidence: [], section: .testsOfControls)])
    }
    if isType1 && exceptions.found.isEmpty {
      facts[.exceptions] = Fact(state: .absent)
    }
    facts[.notOperated] = notOperated(isWhole: isWhole, isThere: !results.isEmpty)
    facts[.testDepth] = TestDepth(text, groups).fact
    facts[.criteriaCoverage] =
      CriteriaCoverage(
        text, read.controls, categories: context.categories, edition: context.edition,
        carvedOut: context.subserviceControls, pagesAreRead: pagesAreRead
      ).fact
    diagnostics = unread() + lost.map(told) + told(stray)
    diagnostics += orphans.controls.map {
      Diagnostic(
        code: "exceptionElsewhere",
        message: "an exception in control \($0) is told beside the tests, whose results have none")
    }
    derived = TestRegisters(text, groups, exceptions.found, context).entries
    derived.merge(FrequencyAgreement(text, groups).entries) { _, made in made }
    if !orphans.controls.isEmpty {
      derived["document.exceptionsElsewhere"] = FactTable.Entry(
        state: .found, value: .list(orphans.controls.map(Value.text)), evidence: orphans.evidence)
    }
  }

  /// A control that serves several criteria is printed under each.
  private static func grouped(_ controls: [ReadControl], _ text: TestText) -> [[ReadControl]] {
    var places: [String: Int] = [:]
    var out: [[ReadControl]] = []
    for control in controls {
      let key = control.id?.key ?? "\u{1}" + text.key(control.words)
      if let place = places[key] {
        out[place].append(control)
      } else {
        places[key] = out.count
        out.append([control])
      }
    }
    return out
  }

  /// A list that is only found where all of it was read; else what was found stands among the readings.
  private func fact(
    of values: [Value], isThere: Bool, isWhole: Bool, evidence: [Evidence]
  ) -> Fact {
    if isThere && isWhole {
      return Fact(state: .found, value: .list(values), evidence: evidence)
    }
    var fact = Fact(state: .notSearchable, confidence: .low)
    if !values.isEmpty {
      fact.readings = [
        Reading(value: .list(values), evidence: evidence, section: .testsOfControls)
      ]
    }
    return fact
  }

  // MARK: - Controls and counts

  private func controls(isThere: Bool, _ pagesAreRead: Bool) -> Fact {
    guard isThere else { return text.reader.missing(in: [.testsOfControls]) }
    let values = groups.map { group in
      var seen: Set<String> = []
      let tests = group.flatMap(\.tests).filter { test -> Bool in
        group.count == 1
          || seen.insert(text.key(test.procedure) + "\u{1}" + text.key(test.result)).inserted
      }
      return Value.object([
        "id": group[0].id.map { .text($0.text) } ?? .null,
        "text": .text(text.verbatim(group[0].words)),
        "criteria": .list(Self.criteria(of: group).map(Value.text)),
        "tests": .list(tests.map(value)),
        "evidence": .evidence(evidence(of: group[0])),
      ])
    }
    return fact(of: values, isThere: true, isWhole: pagesAreRead, evidence: [])
  }

  private func evidence(of control: ReadControl) -> [Evidence] {
    if !control.words.isEmpty { return text.evidence(control.words) }
    return text.evidence(control.idPassage.map { [$0] } ?? [])
  }

  private func value(_ test: ReadTest) -> Value {
    .object([
      "procedure": test.procedure.isEmpty ? .null : .text(text.verbatim(test.procedure)),
      "result": test.result.isEmpty ? .null : .text(text.verbatim(test.result)),
      "outcome": .text(test.outcome.rawValue),
      "evidence": .evidence(proof(of: test)),
    ])
  }

  /// Words under other words cannot be quoted: what could be read beside them must do.
  private func proof(of test: ReadTest) -> [Evidence] {
    for passages in [test.result, test.procedure] where !passages.isEmpty {
      if test.outcome == .unknown, passages.contains(where: text.isOverprinted) { continue }
      let found = text.evidence(passages)
      if !found.isEmpty { return found }
    }
    return []
  }

  /// In the order of the standard.
  static func criteria(of group: [ReadControl]) -> [String] {
    ordered(group.flatMap { $0.criteria + $0.tests.flatMap(\.criteria) })
  }

  static func ordered(_ criteria: [String]) -> [String] {
    Set(criteria.compactMap(Criteria.place)).sorted().map { Criteria.all[$0] }
  }

  private func counts(_ results: [ReadTest], isThere: Bool, isWhole: Bool) -> Fact {
    guard isThere else { return Fact(state: .notSearchable, confidence: .low) }
    func count(_ outcome: Outcome) -> Value { .number(results.count { $0.outcome == outcome }) }
    let value = Value.object([
      "controls": .number(groups.count), "results": .number(results.count),
      "noException": count(.noException), "exception": count(.exception),
      "notOperated": count(.notOperated), "notTested": count(.notTested),
      "unknown": count(.unknown), "designOnly": count(.designOnly),
      "inquiryOnly": .number(
        results.count { $0.outcome == .noException && $0.isInquiryOnly }),
    ])
    guard isWhole else {
      return Fact(
        state: .notSearchable, confidence: .low,
        readings: [Reading(value: value, evidence: [], section: .testsOfControls)])
    }
    return Fact(
      state: .found, value: value,
      confidence: results.contains { $0.outcome == .unknown } ? .medium : .high)
  }

  // MARK: - What got lost

  /// Whether a control has no result and stands on a page that was read by OCR: its result may be one of those
  /// that got lost there, or went to the control beside it.
  private func isLost(_ group: [ReadControl]) -> Bool {
    guard group.allSatisfy(\.tests.isEmpty), let page = place(of: group) else { return false }
    return text.reader.report.pages.contains { scan in
      scan.number == page
        && scan.words.count { $0.style.contains(.recognised) } * 2 > scan.words.count
    }
  }

  /// The page on which a control stands.
  private func place(of group: [ReadControl]) -> Int? {
    (group[0].words.first ?? group[0].idPassage).flatMap(text.page)
  }

  private func told(lost group: [ReadControl]) -> Diagnostic {
    let name = group[0].id.map { "control \($0.text)" } ?? "a control without a number"
    return Diagnostic(
      code: "resultNotRead",
      message: "\(name) has no result on a page read by OCR, which may have lost it",
      page: place(of: group))
  }

  /// One line for each page on which results belong to no control.
  private func told(_ stray: [Passage]) -> [Diagnostic] {
    let pages = stray.compactMap(text.page)
    return Set(pages).sorted().map { page in
      let count = pages.count { $0 == page }
      return Diagnostic(
        code: "resultNotRead",
        message:
          "\(count) \(count == 1 ? "result belongs" : "results belong") to no control that could be read, and others may be lost beside",
        page: page)
    }
  }

  // MARK: - Registers

  /// Controls that had no occasion to operate: nobody has seen them work.
  private func notOperated(isWhole: Bool, isThere: Bool) -> Fact {
    var seen: Set<String> = []
    var values: [Value] = []
    var proofs: [Evidence] = []
    for group in groups {
      for test in group.flatMap(\.tests) where test.outcome == .notOperated {
        let key = (group[0].id?.key ?? text.key(group[0].words)) + "\u{1}" + text.key(test.result)
        guard seen.insert(key).inserted else { continue }
        let evidence = text.evidence(test.result)
        proofs += evidence.prefix(1)
        values.append(
          .object([
            "controlId": group[0].id.map { .text($0.text) } ?? .null,
            "control": .text(text.verbatim(group[0].words)),
            "criteria": .list(Self.criteria(of: group).map(Value.text)),
            "text": .text(text.verbatim(test.result)), "evidence": .evidence(evidence),
          ]))
      }
    }
    if isType1 && values.isEmpty { return Fact(state: .absent) }
    return fact(of: values, isThere: isThere, isWhole: isWhole, evidence: proofs)
  }

  /// One line for each result that could not be read.
  private func unread() -> [Diagnostic] {
    var out: [Diagnostic] = []
    for control in read.controls {
      for test in control.tests where test.outcome == .unknown {
        let place = test.result.first ?? test.procedure.first ?? control.words.first
        let page = place.flatMap(text.page)
        let name = control.id.map { "control \($0.text)" } ?? "a control without a number"
        let isOverprinted = test.result.contains(where: text.isOverprinted)
        let what =
          isOverprinted
          ? "is printed over other words or beside blacked out ones"
          : test.result.allSatisfy({ $0.tokens.isEmpty })
            ? "is blank or a picture" : "is in words that no rule knows"
        out.append(
          Diagnostic(
            code: "resultNotRead", message: "the result of \(name) \(what); it counts as unknown",
            page: page))
      }
    }
    return out
  }
}
