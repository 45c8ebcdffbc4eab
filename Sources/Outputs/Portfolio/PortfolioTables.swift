public import SOC2Vocabulary

/// The sheets of a portfolio: vendors, failures, exceptions by theme, fourth parties, dates.
public func portfolioTables(_ rows: [PortfolioRow], tool: ToolRecord) -> [SheetTable] {
  let figures = PortfolioFigures(rows)
  return [
    portfolioTable(rows, tool: tool), failuresTable(rows), themesTable(figures),
    partiesTable(figures),
    datesTable(rows),
  ]
}

/// One row a vendor, in the order of the vendors.
public func portfolioTable(_ rows: [PortfolioRow], tool: ToolRecord) -> SheetTable {
  SheetTable(
    title: "Vendors",
    columns: [
      .init("Vendor", width: 28), .init("Tier", width: 10),
      .init(
        "Decision", width: 16,
        tones: Decision.allCases.map { .init(word: $0.mark, tone: $0.tone) }
          + [.init(word: NotAssessed.mark, tone: .alarm)]),
      .init("Score", width: 8), .init("Opinion", width: 14), .init("Type", width: 9),
      .init("Period end", width: 12), .init("Days covered", width: 10),
      .init("Critical exceptions", width: 10), .init("High", width: 7), .init("Medium", width: 9),
      .init("Low", width: 7), .init("Info", width: 7), .init("Not graded", width: 10),
      .init("All results read", width: 12), .init("Carve-outs", width: 12),
      .init("Bridge", width: 16), .init("Stale after", width: 12),
      .init("Open questions", width: 10), .init("Unread pages", width: 10),
      .init("Documents", width: 10), .init("Failures", width: 9), .init("Reasons", width: 36),
      .init("Next step", width: 60), .init("Notes", width: 50), .init("Record", width: 34),
      .madeWith,
    ],
    rows: rows.map { row in
      func exceptions(_ severity: Severity?) -> SheetTable.Cell {
        .number(row.exceptions.map { all in all.count { $0.severity == severity } })
      }
      return [
        .text(row.vendor), .text(row.tier), .text(row.decision?.mark ?? NotAssessed.mark),
        .number(row.score), .text(row.opinion ?? (row.hasReport ? "NOT FOUND" : nil)),
        .text(row.typeWords), .text(row.periodEnd?.description), .number(row.daysCovered),
        exceptions(.critical), exceptions(.high), exceptions(.medium), exceptions(.low),
        exceptions(.info), exceptions(nil),
        .text(row.resultsWords),
        row.hasReport && row.subservices == nil ? .text("NOT KNOWN") : .number(row.carveOuts),
        .text(row.bridge?.rawValue), .text(row.staleAfter?.description),
        .number(row.openQuestions), .number(row.unreadPages), .number(row.documents),
        .number(row.failures.count), .text(row.reasons.joined(separator: ", ")),
        .lines(row.nextSteps), .lines(row.notes), .text(row.record),
        .text(tool.words),
      ]
    })
}

private func failuresTable(_ rows: [PortfolioRow]) -> SheetTable {
  SheetTable(
    title: "Failures",
    columns: [
      .init("Vendor", width: 28), .init("File", width: 36), .init("Status", width: 16),
      .init("Reason", width: 70), .init("Next step", width: 60),
    ],
    rows: rows.flatMap { row in
      row.failures.map { failure in
        [
          .text(row.vendor), .text(failure.file),
          .text(failure.status?.rawValue ?? "not reviewed"), .text(failure.reason),
          .text(failure.nextStep),
        ]
      }
    })
}

private func themesTable(_ figures: PortfolioFigures) -> SheetTable {
  SheetTable(
    title: "Exception themes",
    columns: [
      .init("Criteria", width: 16), .init("Exceptions", width: 11), .init("Vendors", width: 9),
      .init("Gravest", width: 11),
    ],
    rows: figures.themes.map { theme in
      [
        .text(theme.family), .number(theme.exceptions), .number(theme.vendors),
        .text(theme.worst?.word ?? "NOT GRADED"),
      ]
    })
}

private func partiesTable(_ figures: PortfolioFigures) -> SheetTable {
  SheetTable(
    title: "Fourth parties",
    columns: [
      .init("Subservice organization", width: 36), .init("Vendors", width: 9),
      .init("Carve-out", width: 10), .init("Inclusive", width: 10),
      .init("Method not told", width: 12), .init("Which", width: 80),
    ],
    rows: figures.fourthParties.map { party in
      [
        .text(party.name), .number(party.vendors.count), .number(party.carvedOut),
        .number(party.inclusive), .number(party.unknown), .lines(party.vendors),
      ]
    })
}

private func datesTable(_ rows: [PortfolioRow]) -> SheetTable {
  let dated = rows.flatMap { row in row.dates.map { (row.vendor, $0) } }
    .sorted { ($0.1.day.number, $0.0) < ($1.1.day.number, $1.0) }
  return SheetTable(
    title: "Dates",
    columns: [
      .init("Day", width: 12), .init("Vendor", width: 28), .init("What", width: 28),
      .init("Why", width: 80),
    ],
    rows: dated.map { vendor, date in
      [
        .text(date.day.description), .text(vendor), .text(date.kind.words), .text(date.why),
      ]
    })
}

extension PortfolioRow {
  /// Whether there is a SOC 2 report that could be judged.
  var hasReport: Bool { exceptions != nil || opinion != nil || type != nil || periodEnd != nil }

  var typeWords: String? {
    switch type {
    case ReportType.type1.rawValue: "type 1"
    case ReportType.type2.rawValue: "type 2"
    default: hasReport ? "NOT FOUND" : nil
    }
  }

  /// A report of type 1 has no tests of operation, so no exceptions either.
  var isOfDesignOnly: Bool { type == ReportType.type1.rawValue && exceptions == nil }

  /// Whether the number of exceptions is all of them.
  var resultsWords: String? {
    guard hasReport else { return nil }
    return isOfDesignOnly ? "not tested" : exceptionsAreWhole ? "yes" : "NO"
  }

  var carveOuts: Int? { subservices.map { all in all.count { $0.method == "carve-out" } } }

  var staleAfter: Day? { dates.first { $0.kind == .staleAfter }?.day }

  /// Of each failure, none twice.
  var nextSteps: [String] {
    var seen: Set<String> = []
    return failures.map { failure in
      (failure.file.map { "\($0): " } ?? "") + failure.reason + " " + failure.nextStep
    }.filter { seen.insert($0).inserted }
  }
}
