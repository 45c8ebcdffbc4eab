import SOC2Vocabulary
import XMLTree

/// Measures, decisions, weights and lists: what no schema can say of them.
extension PolicyReader {
  // MARK: - Measures

  mutating func measures(_ root: Element) -> [Measure] {
    var measures: [Measure] = []
    for element in root.elements("measure") {
      let name: MeasureName = choice(element, "name")
      let tier: VendorTier? = element["tier"].map { _ in choice(element, "tier") }
      if measures.contains(where: { $0.name == name && $0.tier == tier }) {
        log.report("measure '\(name.rawValue)' has its bands already", at: element, "name")
      }
      measures.append(Measure(name: name, tier: tier, bands: bands(element, of: name)))
    }
    for name in MeasureName.allCases
    where !measures.contains(where: { $0.name == name && $0.tier == nil }) {
      log.report("no measure '\(name.rawValue)' for all vendors", at: root)
    }
    return measures
  }

  private mutating func bands(_ measure: Element, of name: MeasureName) -> [Measure.Band] {
    let elements = measure.elements("band")
    let names = elements.map { oneLine($0["name"] ?? "") }
    if names != name.bands {
      log.report(
        "the bands of '\(name.rawValue)' are not \(name.bands.joined(separator: ", ")), in this order",
        at: measure)
    }
    var bands: [Measure.Band] = []
    for element in elements {
      let band = Measure.Band(
        name: oneLine(element["name"] ?? ""), limit: limit(element),
        unlessMonths: element["unless-months"].flatMap { Int($0) },
        severity: element["severity"].map { _ in choice(element, "severity") }, why: why(element))
      let isLast = bands.count == elements.count - 1
      if isLast != (band.limit == nil) {
        log.report(
          isLast
            ? "the last band has a limit; what is above it falls nowhere"
            : "the band has no limit, so none after it is ever reached", at: element)
      }
      if let last = bands.last?.limit, let limit = band.limit, !isBelow(last, limit) {
        log.report(
          "\(limit.words) is not above the \(last.words) of the band before", at: element)
      }
      if case .months? = band.limit, !name.hasMonths {
        log.report("'\(name.rawValue)' is counted in days only", at: element, "months")
      }
      bands.append(band)
    }
    return bands
  }

  private func limit(_ element: Element) -> TimeLimit? {
    if let days = element["days"].flatMap({ Int($0) }) { return .days(days) }
    return element["months"].flatMap { Int($0) }.map(TimeLimit.months)
  }

  /// Days and months compare where no month's length matters: at its shortest and its longest.
  private func isBelow(_ a: TimeLimit, _ b: TimeLimit) -> Bool {
    switch (a, b) {
    case (.days(let x), .days(let y)), (.months(let x), .months(let y)): x < y
    case (.days(let x), .months(let y)): x < y * 31
    case (.months(let x), .days(let y)): x * 28 < y
    }
  }

  // MARK: - Decisions and score

  mutating func decisions(_ section: Element) -> DecisionTable? {
    var lines: [DecisionTable.Line] = []
    for element in section.elements("decide") {
      let line = DecisionTable.Line(
        decision: choice(element, "decision"), code: code(element),
        atLeast: element["at-least"].map { _ in choice(element, "at-least") }, why: why(element))
      if lines.contains(where: { $0.decision == line.decision && $0.code == line.code }) {
        log.report(
          "code '\(line.code)' leads to '\(line.decision.rawValue)' already", at: element, "code")
      }
      lines.append(line)
    }
    var weights: [Severity: DecisionTable.Weight] = [:]
    for element in section.elements("weight") {
      let severity: Severity = choice(element, "severity")
      if weights.updateValue(points(element), forKey: severity) != nil {
        log.report(
          "severity '\(severity.rawValue)' has its points already", at: element, "severity")
      }
    }
    for severity in Severity.allCases where weights[severity] == nil {
      log.report("no weight for '\(severity.rawValue)'", at: section)
    }
    let rising = Severity.allCases.sorted().compactMap { weights[$0]?.points }
    if rising != rising.sorted() {
      log.report("a graver severity has fewer points than a lighter one", at: section)
    }
    var limits: [String: DecisionTable.Weight] = [:]
    for element in section.elements("limit") {
      let code = code(element)
      if limits.updateValue(points(element), forKey: code) != nil {
        log.report("code '\(code)' has its limit already", at: element, "code")
      }
    }
    guard let fail = section.elements("hard-fail").first else { return nil }
    return DecisionTable(
      needs: words(section["needs"] ?? "").compactMap(FactName.init(rawValue:)),
      needsWhy: why(section), lines: lines, weights: weights, limits: limits,
      hardFail: points(fail))
  }

  private func points(_ element: Element) -> DecisionTable.Weight {
    DecisionTable.Weight(points: number(element, "points"), why: why(element))
  }

  private func code(_ element: Element) -> String { oneLine(element["code"] ?? "") }

  // MARK: - Lists

  mutating func requirements(_ root: Element) -> [Policy.Requirement] {
    var requirements: [Policy.Requirement] = []
    for element in root.elements("data") {
      let name = oneLine(element["class"] ?? "")
      if requirements.contains(where: { $0.data == name }) {
        log.report("data class '\(name)' stands here already", at: element, "class")
      }
      requirements.append(
        Policy.Requirement(
          data: name,
          categories: words(element["requires"] ?? "").compactMap(
            TrustServicesCategory.init(rawValue:)), why: why(element)))
    }
    return requirements
  }

  mutating func overrides(_ root: Element) -> [Policy.Override] {
    var overrides: [Policy.Override] = []
    for element in root.elements("override") {
      let override = Policy.Override(
        code: code(element), tier: element["tier"].map { _ in choice(element, "tier") },
        severity: choice(element, "severity"), why: why(element))
      if overrides.contains(where: { $0.code == override.code && $0.tier == override.tier }) {
        log.report("code '\(override.code)' has its severity already", at: element, "code")
      }
      overrides.append(override)
    }
    return overrides
  }

  mutating func firms(_ root: Element) -> [Policy.ListedFirm] {
    var firms: [Policy.ListedFirm] = []
    for element in root.elements("firm") {
      let firm = Policy.ListedFirm(
        name: oneLine(element["name"] ?? ""), list: choice(element, "list"),
        from: element["from"].flatMap { Day(iso: oneLine($0)) },
        until: element["until"].flatMap { Day(iso: oneLine($0)) }, why: why(element))
      if let from = firm.from, let until = firm.until, until < from {
        log.report("until is before from", at: element, "until")
      }
      if firms.contains(where: { $0.name == firm.name && $0.list == firm.list }) {
        log.report("firm '\(firm.name)' is on the list already", at: element, "name")
      }
      firms.append(firm)
    }
    return firms
  }
}

extension MeasureName {
  /// Whether it lies between two days, so that calendar months can be counted.
  fileprivate var hasMonths: Bool {
    switch self {
    case .age, .type1Age, .bridge, .issueLag, .letterLength, .letterAge: true
    case .periodLength, .coverageGap, .letterGap: false
    }
  }
}
