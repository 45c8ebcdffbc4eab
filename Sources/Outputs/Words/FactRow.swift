import SOC2Vocabulary

/// One line of a summary: what the document says on a point, or why that is not known.
struct FactRow {
  var label: String
  /// Stands before the text where there is no plain value, e.g. `NOT FOUND`.
  var mark: String?
  var text: String
  var evidence: [Evidence]
  /// What the document says in different places, where it disagrees with itself.
  var readings: [ReadingRow]
}

/// One of several readings of a fact, with where it stands.
struct ReadingRow {
  var place: String
  var text: String
  var evidence: [Evidence]
}

extension Review {
  /// The rows of the summary: what a buyer looks for first is always there, the rest when it has a
  /// value. What has none is in `openPoints`.
  func factRows() -> [FactRow] {
    FactName.readingOrder.compactMap { name in
      guard let fact = shown(name), isRow(name, fact) else { return nil }
      return row(name, fact)
    }
  }

  /// The facts without a value that are no rows, by state.
  func openPoints() -> [(mark: String, points: [FactRow])] {
    let states: [FactState] = [.notSearchable, .absent, .notSearched]
    return states.compactMap { state in
      let points = FactName.readingOrder.compactMap { name -> FactRow? in
        guard let fact = shown(name), fact.state == state, !isRow(name, fact),
          !isMoot(name, fact)
        else { return nil }
        return row(name, fact)
      }
      guard let mark = state.mark, !points.isEmpty else { return nil }
      return (mark, points)
    }
  }

  private func isRow(_ name: FactName, _ fact: Fact) -> Bool {
    if fact.state == .found || fact.state == .conflicting || !fact.readings.isEmpty {
      return true
    }
    return namesEveryFact && FactName.always.contains(name) && !isMoot(name, fact)
  }

  /// Whether a document of this kind has nothing to say on it: a type 2 report no as-of date,
  /// an unqualified opinion no basis for modification, a report no bridge. A value, evidence, an
  /// unread page or a contradiction is shown all the same.
  func isMoot(_ name: FactName, _ fact: Fact) -> Bool {
    guard fact.state == .absent || fact.state == .notSearched, fact.evidence.isEmpty else {
      return false
    }
    switch name {
    case .period: return facts[.reportType]?.found == .text(ReportType.type1.rawValue)
    case .asOf: return facts[.reportType]?.found == .text(ReportType.type2.rawValue)
    case .qualifiedCriteria, .basisForModification:
      return facts[.opinion]?.found == .text(Opinion.unqualified.rawValue)
    case .bridge: return document.kind != .bridgeLetter
    default: return false
    }
  }

  func row(_ name: FactName, _ fact: Fact) -> FactRow {
    FactRow(
      label: name.label, mark: fact.state.mark, text: words(name, fact),
      evidence: fact.evidence,
      readings: fact.readings.map { reading in
        ReadingRow(
          place: reading.section.words, text: valueWords(name, reading.value, on: reviewDate),
          evidence: reading.evidence)
      })
  }

  private func words(_ name: FactName, _ fact: Fact) -> String {
    switch fact.state {
    case .found:
      let words = valueWords(name, fact.value, on: reviewDate)
      return fact.confidence == .high
        ? words : words + " (\(fact.confidence.rawValue) confidence)"
    case .conflicting:
      return "the document says different things"
    case .absent:
      return searchedWords(name) ?? ""
    case .notSearchable:
      return unreadableWords(name)
    case .notSearched:
      return "this version does not look for it"
    }
  }

  func ledger(_ name: FactName) -> [Searched] {
    searched.filter { $0.fact == name.rawValue }
  }

  /// What kept the fact from being read: the unread pages of the place where it was looked for; or,
  /// where none lies there, that place as such and the unread pages of the file beside it.
  private func unreadableWords(_ name: FactName) -> String {
    let ranges = ledger(name).compactMap(\.pages)
    let within = document.unreadPages.filter { page in ranges.contains { $0.contains(page) } }
    if !within.isEmpty { return unreadWords(of: within).joined(separator: ", ") }
    let place = "the place where it should stand could not be read"
    let unread = unreadWords(of: document.unreadPages)
    return unread.isEmpty ? place : place + "; in this file " + unread.joined(separator: ", ")
  }

  /// `searched pp. 4–6 (service auditor's report)`.
  private func searchedWords(_ name: FactName) -> String? {
    let places = ledger(name).compactMap { entry -> String? in
      let sections = entry.sections.map(\.words).joined(separator: ", ")
      guard let pages = entry.pages else { return sections.isEmpty ? nil : sections }
      let range =
        pages.count == 1 ? "p. \(pages.lowerBound)" : "pp. \(pages.lowerBound)–\(pages.upperBound)"
      return sections.isEmpty ? range : "\(range) (\(sections))"
    }
    return places.isEmpty ? nil : "searched " + places.joined(separator: ", ")
  }
}

extension FactName {
  /// The order in which a buyer reads: what it is, whose, by whom, what they conclude, for when,
  /// about what; then the rest.
  static let readingOrder: [FactName] = [
    .reportType, .serviceOrganization, .system, .serviceAuditor, .opinion, .opinionLimbs,
    .qualifiedCriteria, .basisForModification, .period, .asOf, .reportDate, .assertionDate,
    .categories, .criteriaEdition, .additionalFrameworks, .exceptions, .testCounts, .controls,
    .notOperated, .criteriaCoverage, .testDepth, .subserviceOrganizations, .subserviceControls,
    .userEntityControls, .incidents, .changes,
    .exclusions, .bridge, .sections,
  ]

  /// What the summary of a SOC 2 report shows whatever became of it.
  static let always: Set<FactName> = [
    .reportType, .serviceOrganization, .system, .serviceAuditor, .opinion, .period, .asOf,
    .reportDate, .categories,
  ]
}
