import SOC2Vocabulary

/// A fact's value in plain words. A value that has not the shape its fact should have is written
/// out as it is: a surprise must be seen, not smoothed over.
func valueWords(_ name: FactName, _ value: Value, on reviewDate: Day) -> String {
  knownWords(name, value, on: reviewDate) ?? rawWords(value)
}

private func knownWords(_ name: FactName, _ value: Value, on reviewDate: Day) -> String? {
  switch name {
  case .reportType: value.text.flatMap(ReportType.init(rawValue:))?.words
  case .opinion: value.text.flatMap(Opinion.init(rawValue:))?.words
  case .opinionLimbs: limbWords(value)
  case .period: value.period.map { periodWords($0, on: reviewDate) }
  case .asOf: value.text.flatMap(Day.init(iso:)).map { asOfWords($0, on: reviewDate) }
  case .reportDate, .assertionDate: dayWords(value)
  case .serviceOrganization, .system, .criteriaEdition, .basisForModification: value.text
  case .serviceAuditor: auditorWords(value)
  case .qualifiedCriteria: textsWords(value, none: "none")
  case .categories: categoryWords(value)
  case .additionalFrameworks: frameworkWords(value)
  case .subserviceOrganizations: subserviceWords(value)
  case .userEntityControls: countWords(value, none: "none: the report says none are needed")
  case .subserviceControls: subserviceControlWords(value)
  case .controls: countWords(value, none: "none")
  case .exceptions: countWords(value, none: "none: every row of results was read")
  case .testCounts: testCountWords(value)
  case .notOperated: countWords(value, none: "none")
  case .criteriaCoverage: coverageWords(value)
  case .testDepth: depthWords(value)
  case .incidents, .changes: disclosureWords(value)
  case .exclusions: exclusionWords(value)
  case .sections: sectionWords(value)
  case .bridge: bridgeWords(value)
  }
}

private func periodWords(_ period: ExaminationPeriod, on reviewDate: Day) -> String {
  "\(period.start.spelled) to \(period.end.spelled) (\(lengthWords(period))); "
    + ageWords(.ends, period.end, on: reviewDate)
}

private func asOfWords(_ day: Day, on reviewDate: Day) -> String {
  day.spelled + "; " + ageWords(.none, day, on: reviewDate)
}

private func limbWords(_ value: Value) -> String? {
  let words = OpinionLimb.allCases.compactMap { limb in
    value[limb.rawValue]?.text.map { "\(limb.words) \($0)" }
  }
  return words.isEmpty ? nil : words.joined(separator: ", ")
}

private func auditorWords(_ value: Value) -> String? {
  guard let name = value["name"]?.text else { return nil }
  var words = name + ", " + (value["location"]?.text ?? "place not stated")
  if let licence = value["licence"]?.text { words += " (licence \(licence))" }
  return words
}

private func textsWords(_ value: Value, none: String) -> String? {
  guard let list = value.list else { return nil }
  let texts = list.compactMap(\.text)
  guard texts.count == list.count else { return nil }
  return texts.isEmpty ? none : texts.joined(separator: ", ")
}

private func categoryWords(_ value: Value) -> String? {
  guard let list = value.list, !list.isEmpty else { return nil }
  return list.map { item in
    item.text.flatMap(TrustServicesCategory.init(rawValue:))?.words ?? rawWords(item)
  }.joined(separator: ", ")
}

private func frameworkWords(_ value: Value) -> String? {
  guard let list = value.list else { return nil }
  if list.isEmpty { return "none" }
  return list.map { item in
    guard let name = item["name"]?.text, let examined = item["examined"]?.bool else {
      return rawWords(item)
    }
    return name + (examined ? " (examined)" : " (mapped only, NOT examined)")
  }.joined(separator: ", ")
}

private func subserviceWords(_ value: Value) -> String? {
  guard let list = value.list else { return nil }
  if list.isEmpty { return "none: the report says there are none" }
  return list.map { item in
    guard let name = item["name"]?.text, let method = item["method"]?.text else {
      return rawWords(item)
    }
    return "\(name) (\(method == "unknown" ? "method unknown" : method))"
  }.joined(separator: ", ")
}

/// How many are expected, and of whom: `5 listed: Halyard Halls, Inc. 3, Brindle Desk LLP 2`.
private func subserviceControlWords(_ value: Value) -> String? {
  guard let list = value.list else { return nil }
  if list.isEmpty { return "none" }
  var owners: [(name: String, count: Int)] = []
  for item in list {
    let name = item["organization"]?.text ?? "organization not told"
    if let known = owners.firstIndex(where: { $0.name == name }) {
      owners[known].count += 1
    } else {
      owners.append((name, 1))
    }
  }
  return "\(list.count) listed: "
    + owners.map { "\($0.name) \($0.count)" }.joined(separator: ", ")
}

private func countWords(_ value: Value, none: String) -> String? {
  value.list.map { $0.isEmpty ? none : "\($0.count) listed" }
}

private func testCountWords(_ value: Value) -> String? {
  guard let results = value["results"]?.number else { return nil }
  let parts: [(key: String, words: String)] = [
    ("noException", "without exception"), ("exception", "with exception"),
    ("notOperated", "not operated"), ("notTested", "not tested"), ("unknown", "UNKNOWN"),
    ("inquiryOnly", "by inquiry only"), ("designOnly", "design only"),
  ]
  let words = parts.compactMap { part in
    value[part.key]?.number.flatMap { $0 > 0 ? "\($0) \(part.words)" : nil }
  }
  return ([counted(results, "result", "results")] + words).joined(separator: ", ")
}

private func disclosureWords(_ value: Value) -> String? {
  switch value["disclosed"]?.text {
  case "none": "none: the document says there were none"
  case "silent": "the document says nothing about them"
  case "some":
    (["disclosed"] + (value["items"]?.list ?? []).map { $0["text"]?.text ?? rawWords($0) })
      .joined(separator: "; ")
  default: nil
  }
}

private func exclusionWords(_ value: Value) -> String? {
  guard let list = value.list else { return nil }
  if list.isEmpty { return "none" }
  return list.map { $0["text"]?.text ?? rawWords($0) }.joined(separator: "; ")
}

private func sectionWords(_ value: Value) -> String? {
  value.list?.map { item in
    guard let zone = item["zone"]?.text.flatMap(Zone.init(rawValue:)),
      let pages = item["pages"]?.list?.compactMap(\.number), pages.count == 2
    else { return rawWords(item) }
    let isOne = pages[0] == pages[1]
    return zone.words + (isOne ? " (p. \(pages[0]))" : " (pp. \(pages[0])–\(pages[1]))")
  }.joined(separator: ", ")
}

/// A letter in the order in which a buyer asks: which time, beside which report, by whom, and what it
/// says.
private func bridgeWords(_ value: Value) -> String? {
  guard case .object = value else { return nil }
  func stated(_ key: String) -> String { dayWords(value[key]) ?? "NOT STATED" }
  var words = [
    "from \(stated("from")) to \(stated("to"))", "dated \(stated("date"))",
    "for \(value["entity"]?.text ?? "NOT STATED")", bridgedReportWords(value),
    bridgeSignatureWords(value),
  ]
  let items = (value["changeItems"]?.list ?? []).compactMap { $0["text"]?.text }
  switch value["changes"]?.text {
  case "none": words.append("says nothing changed")
  case "some": words.append((["TELLS OF CHANGES"] + items).joined(separator: ": "))
  case "silent": words.append("SILENT on changes")
  default: words.append("changes UNKNOWN")
  }
  if value["assurance"]?.bool == true { words.append("CLAIMS ASSURANCE that no letter can give") }
  if let blanks = value["placeholders"]?.list?.compactMap(\.text), !blanks.isEmpty {
    words.append("BLANKS never filled in: " + blanks.joined(separator: ", "))
  }
  switch value["previousLetter"] {
  case nil, .null?: break
  default: words.append("goes on from an earlier letter")
  }
  if let next = value["nextReport"]?.text {
    words.append("next report: " + (dayWords(value["nextReport"]) ?? next))
  }
  if let defects = value["defects"]?.list, !defects.isEmpty {
    words.append("defects: " + defects.map { $0.text ?? rawWords($0) }.joined(separator: ", "))
  }
  return words.joined(separator: "; ")
}

/// `after the SOC 2 type 2 report for 1 October 2024 to 30 September 2025 by Holt LLP`.
private func bridgedReportWords(_ value: Value) -> String {
  let kinds = ["soc1": "SOC 1", "soc2": "SOC 2"]
  let types = ["type1": "type 1", "type2": "type 2"]
  let kind = [
    value["reportKind"]?.text.flatMap { kinds[$0] },
    value["reportType"]?.text.flatMap { types[$0] },
  ].compactMap { $0 }.joined(separator: " ")
  let start = dayWords(value["reportPeriodStart"]).map { "from \($0) " } ?? ""
  let end = dayWords(value["reportPeriodEnd"]) ?? "NOT STATED"
  return "after the \(kind.isEmpty ? "" : kind + " ")report \(start)to \(end)"
    + (value["auditor"]?.text.map { " by \($0)" } ?? "")
}

private func bridgeSignatureWords(_ value: Value) -> String {
  let who =
    (value["signer"]?.text ?? "NOBODY NAMED") + (value["signerTitle"]?.text.map { ", \($0)" } ?? "")
  let voice =
    switch value["signedBy"]?.text {
    case "auditor": " (THE AUDITOR, who must not)"
    case "sales": " (sales, not those who answer for the controls)"
    default: ""
    }
  switch value["signature"]?.text {
  case "unsigned": return "UNSIGNED" + (value["signer"]?.text == nil ? "" : ": \(who)")
  case "signed": return "signed by \(who)\(voice)"
  case "typed": return "name in type: \(who)\(voice)"
  default: return "signature UNKNOWN: \(who)\(voice)"
  }
}

/// A value as it is, in the record's own words.
func rawWords(_ value: Value) -> String {
  switch value {
  case .null: "UNKNOWN"
  case .bool(let bool): bool ? "true" : "false"
  case .number(let number): "\(number)"
  case .text(let text): text
  case .evidence(let pieces): pieces.map(\.quote).joined(separator: " ")
  case .list(let items):
    items.isEmpty ? "UNKNOWN (empty)" : items.map(rawWords).joined(separator: ", ")
  case .object(let members):
    members.sorted { inByteOrder($0.key, $1.key) }
      .map { "\($0.key): \(rawWords($0.value))" }.joined(separator: ", ")
  }
}

/// The criteria without a control, by what the report says of them.
private func coverageWords(_ value: Value) -> String? {
  guard let list = value.list else { return nil }
  func names(_ state: String) -> [String] {
    list.filter { $0["state"]?.text == state }.compactMap { $0["criterion"]?.text }
  }
  var parts: [String] = []
  for (state, words) in [
    ("missing", "no control and no reason"), ("carved-out", "left to a subservice organization"),
    ("not-applicable", "said not to apply"),
  ] {
    let found = names(state)
    if !found.isEmpty { parts.append(found.joined(separator: ", ") + ": " + words) }
  }
  let all = "none of \(list.count): each has a control"
  return parts.isEmpty ? all : parts.joined(separator: "; ")
}

/// Counts of tests by kind, without a verdict.
private func depthWords(_ value: Value) -> String? {
  guard let tests = value["tests"]?.number else { return nil }
  func count(_ key: String) -> Int { value[key]?.number ?? 0 }
  return
    "\(tests) tests: inspection in \(count("inspection")), inquiry in \(count("inquiry")) (alone in \(count("inquiryOnly"))), observation in \(count("observation")), reperformance in \(count("reperformance")); \(count("sampleSizesStated")) state a sample size; \(count("distinctProcedures")) different wordings"
}
