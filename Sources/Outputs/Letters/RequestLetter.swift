public import SOC2Vocabulary

/// A letter to the vendor, ready to send but for the names that only the sender knows.
public struct RequestLetter: Hashable, Sendable {
  /// For a file, without its ending: `exception-detail`, `2-bridge-letter` for the second document.
  public let name: String
  /// Inert and without line breaks.
  public let subject: String
  /// Inert lines; what is to be filled in stands in brackets.
  public let lines: [String]
}

/// The letters that the findings call for. One letter speaks of one document only, so that nothing of
/// one report is sent to whoever wrote another.
public func requestLetters(_ packet: Packet) -> [RequestLetter] {
  let latest = packet.latestReport
  return packet.reviews.indices.flatMap { index in
    LetterKind.allCases.compactMap { kind -> RequestLetter? in
      // What was superseded by a newer report in the same packet needs no successor.
      if kind == .newerReport || kind == .bridgeLetter, let latest, latest != index,
        packet.reviews[index].document.kind == .soc2Report
      {
        return nil
      }
      let findings = packet.namedFindings.filter { named in
        kind.codes.contains(named.finding.code)
          && (named.document == index || named.document == nil && index == (latest ?? 0))
      }
      return findings.isEmpty ? nil : letter(kind, findings, of: index, in: packet)
    }
  }
}

private func letter(
  _ kind: LetterKind, _ findings: [NamedFinding], of index: Int, in packet: Packet
) -> RequestLetter {
  let review = packet.reviews[index]
  let names = Set(findings.map(\.name))
  let asked = packet.namedQuestions.filter { question in
    question.to == .vendor && !names.isDisjoint(with: question.findings)
  }
  var lines = ["Dear [FILL IN: name of the recipient],", ""]
  lines += [opening(review), ""]
  lines += [request(kind, review, on: review.reviewDate), ""]
  if kind == .exceptionDetail, let list = exceptionLines(review), !list.isEmpty {
    lines += ["The report lists:", ""] + list + [""]
  }
  if kind == .subserviceReport, let list = subserviceLines(review), !list.isEmpty {
    lines += ["The report names:", ""] + list + [""]
  }
  if !asked.isEmpty {
    lines += ["In detail we ask:", ""]
    for (number, question) in asked.enumerated() {
      let pages = pageWords(question.evidence)
      lines.append("\(number + 1). \(question.text)" + (pages.isEmpty ? "" : " (\(pages))"))
      if let evidence = question.evidenceAsked {
        lines.append("   What would answer it: \(evidence)")
      }
    }
    lines.append("")
  }
  lines += [
    "We will treat what you send as confidential. Page numbers are those of the file that we have.",
    "", "Kind regards,", "[FILL IN: name and role of the sender]",
    "[FILL IN: company of the sender]", "",
    "Our reference: \(review.provenance)",
  ]
  let whose = review.organizationName.map { " (\($0))" } ?? ""
  return RequestLetter(
    name: (packet.reviews.count > 1 ? "\(index + 1)-" : "") + kind.rawValue,
    subject: inert(shortened(kind.subject + whose, to: 200)), lines: lines.map(inert))
}

/// What we have: `We have reviewed your SOC 2 report, type 2, on …`.
private func opening(_ review: Review) -> String {
  var words = "We have reviewed the document \(review.document.name): "
  words += review.plainTitle
  if let name = review.facts[.serviceOrganization]?.found?.text { words += " of \(name)" }
  if let system = review.facts[.system]?.found?.text { words += " on \(system)" }
  if let period = review.facts[.period]?.found?.period {
    words += ", for the period \(period.start.spelled) to \(period.end.spelled)"
  } else if let day = review.facts[.asOf]?.found?.text.flatMap(Day.init(iso:)) {
    words += ", as of \(day.spelled)"
  }
  if let date = review.facts[.reportDate]?.found?.text.flatMap(Day.init(iso:)) {
    words += ", dated \(date.spelled)"
  }
  let evidence = [FactName.serviceOrganization, .system, .period, .asOf, .reportDate].flatMap {
    review.facts[$0].map { $0.state == .found ? $0.evidence : [] } ?? []
  }
  let pages = pageWords(evidence)
  return words + (pages.isEmpty ? "" : " (\(pages))") + "."
}

/// The one thing the letter is for, with the dates that are known.
private func request(_ kind: LetterKind, _ review: Review, on reviewDate: Day) -> String {
  let end = review.endOfReport
  switch kind {
  case .newerReport:
    let since = end.map { " for the time after \($0.spelled)" } ?? ""
    return
      "Please send us your current SOC 2 type 2 report\(since), complete, as a PDF file. If it "
      + "is not issued yet, please tell us its period and the date on which it will be issued."
  case .signedCopy:
    return "Please send us the final copy of this document as the service auditor issued it: "
      + "complete, signed and dated, without draft marks, blanks or removed pages."
  case .bridgeLetter:
    let from = review.bridgeStart ?? end.map { $0.adding(days: 1) }
    let time =
      from.map { " for the time from \($0.spelled) to the day on which it is signed" } ?? ""
    return "Please send us a bridge letter\(time). It should name the report it follows, state "
      + "changes, incidents and exceptions in that time or that there were none, be dated, and be "
      + "signed by an officer of your company with name and title."
  case .exceptionDetail:
    return "Please tell us of each exception what happened, whom it affected, what was done, by "
      + "when, and what shows that the control works now."
  case .subserviceReport:
    return "Please send us the current assurance reports of these organizations, or tell us what "
      + "period and opinion they have and how you judged their exceptions, and tell us how you "
      + "watch over the controls that your report expects of them."
  }
}

/// `- PW-110 (CC6.2, CC6.3): 6 of 25 failed. … (pp. 9, 10)`.
private func exceptionLines(_ review: Review) -> [String]? {
  review.entries(.exceptions)?.map { entry in
    let criteria = (entry["criteria"]?.list ?? []).compactMap(\.text).joined(separator: ", ")
    var words = "- Control " + (entry["controlId"]?.text ?? "without number")
    if !criteria.isEmpty { words += " (\(criteria))" }
    if let failed = entry["deviations"]?.number, let tested = entry["sampleSize"]?.number {
      words += ": \(failed) of \(tested) failed"
    } else {
      words += ": how many were tested and failed is not told"
    }
    if let text = entry["text"]?.text, text != notQuoted {
      words += ". “\(shortened(text, to: 400))”"
    }
    let pages = pageWords(entry["evidence"]?.proof ?? [])
    if !pages.isEmpty { words += " (\(pages))" }
    return words
  }
}

private func subserviceLines(_ review: Review) -> [String]? {
  review.entries(.subserviceOrganizations)?.map { entry in
    var words = "- " + (entry["name"]?.text ?? rawWords(entry))
    if let method = entry["method"]?.text, method != "unknown" { words += " (\(method))" }
    if let service = entry["service"]?.text { words += ": " + shortened(service, to: 200) }
    let pages = pageWords(entry["evidence"]?.proof ?? [])
    return words + (pages.isEmpty ? "" : " (\(pages))")
  }
}

extension Review {
  /// The entries of a list, also where it is not whole.
  fileprivate func entries(_ name: FactName) -> [Value]? {
    facts[name].map { $0.value.list ?? $0.readings.flatMap { $0.value.list ?? [] } }
  }

  /// What the document is; what we could not tell is not held against the vendor.
  fileprivate var plainTitle: String {
    guard let kind = document.kind else { return "a document" }
    let type = facts[.reportType]?.found?.text.flatMap(ReportType.init(rawValue:))
    guard kind == .soc2Report, let type else { return kind.title }
    return kind.title + (type == .type1 ? ", type 1" : ", type 2") + ","
  }

  /// The last day a report speaks of.
  var endOfReport: Day? {
    facts[.period]?.found?.period?.end
      ?? facts[.asOf]?.found?.text.flatMap(Day.init(iso:))
  }

  /// The day after the report that a letter names.
  fileprivate var bridgeStart: Day? {
    facts[.bridge]?.found?["reportPeriodEnd"]?.text.flatMap(Day.init(iso:))?.adding(days: 1)
  }

  fileprivate var organizationName: String? {
    facts[.serviceOrganization]?.found?.text ?? facts[.bridge]?.found?["entity"]?.text
  }
}

extension Packet {
  /// The report that ends last; nil where no end is known.
  fileprivate var latestReport: Int? {
    let ends = reviews.indices.compactMap { index in
      reviews[index].document.kind == .soc2Report
        ? reviews[index].endOfReport.map { (index, $0) } : nil
    }
    return ends.max { $0.1 < $1.1 }?.0
  }
}
