public import SOC2Vocabulary

/// The portfolio as one self-contained file for a browser or a printer: how the decisions fall, when
/// reports become stale, what exceptions are about, on whom many vendors rely, each vendor, and what
/// could not be read. No script, nothing fetched from anywhere.
///
/// - Returns: UTF-8, well-formed as XML below the first line.
public func portfolioHTML(
  _ rows: [PortfolioRow], on reviewDate: Day, tool: ToolRecord
) -> [UInt8] {
  var writer = HTMLWriter(pictures: [:])
  writer.portfolio(PortfolioFigures(rows), reviewDate, tool)
  return Array(writer.page.utf8)
}

extension HTMLWriter {
  fileprivate mutating func portfolio(
    _ figures: PortfolioFigures, _ reviewDate: Day, _ tool: ToolRecord
  ) {
    head("Portfolio of \(counted(figures.rows.count, "vendor", "vendors"))")
    open("header", [("class", "top")])
    element("h1", counted(figures.rows.count, "vendor", "vendors"))
    element("p", [("class", "quiet")], "Reviewed as of \(reviewDate.spelled).")
    close("header")
    open("main")
    decisions(figures)
    expiries(figures, reviewDate)
    themes(figures)
    fourthParties(figures)
    vendors(figures)
    failures(figures)
    close("main")
    open("footer", [("id", "provenance")])
    element("h2", "What this was made from")
    element(
      "p",
      "Each vendor's record has the quotes and pages behind its row. A review helps to read a report. "
        + "It does not replace reading it.")
    element(
      "p", [("class", "hash")],
      "soclens \(ToolRecord.version), rules \(tool.rulesPack) \(tool.rulesVersion), sha256 "
        + "\(tool.rulesSHA256), policy \(tool.policyName), sha256 \(tool.policySHA256)")
    close("footer")
    markup("</body>\n</html>\n")
  }

  private mutating func decisions(_ figures: PortfolioFigures) {
    part("decisions", "Decisions")
    let shown = Decision.allCases.map(Optional.some) + [nil]
    let most = shown.map(figures.count).max() ?? 0
    table("How many vendors have which answer", ["Decision", "Meaning", "Vendors", ""]) { writer in
      for decision in shown {
        writer.open("tr", [("class", decision?.rawValue ?? "none")])
        writer.open("td")
        writer.element("span", [("class", "mark")], decision?.mark ?? NotAssessed.mark)
        writer.close("td")
        writer.element("td", decision?.words ?? NotAssessed.words)
        writer.element("td", [("class", "points")], "\(figures.count(decision))")
        writer.bar(figures.count(decision), of: most)
        writer.close("tr")
      }
    }
    endPart()
  }

  private mutating func expiries(_ figures: PortfolioFigures, _ reviewDate: Day) {
    part("expiry", "When reports become stale")
    let expiries = figures.expiries
    let months = Dictionary(grouping: expiries) { expiry in
      expiry.date.day < reviewDate
        ? "" : String(expiry.date.day.description.prefix(7))
    }
    let most = months.values.map(\.count).max() ?? 0
    if !expiries.isEmpty {
      table(
        "Vendors by the month after which their report is stale", ["Month", "Vendors", "", "Which"]
      ) { writer in
        for month in months.keys.sorted() {
          let those = months[month] ?? []
          writer.open("tr", month.isEmpty ? [("class", "span-none")] : [])
          writer.element(
            "td",
            month.isEmpty ? "STALE on the review date" : monthWords(those.first?.date.day))
          writer.element("td", [("class", "points")], "\(those.count)")
          writer.bar(those.count, of: most)
          writer.element(
            "td",
            those.map { "\($0.vendor) (\($0.date.day.spelled))" }.joined(separator: "; "))
          writer.close("tr")
        }
      }
    }
    if figures.withoutExpiry > 0 {
      element(
        "p", [("class", "warning")],
        "Of \(counted(figures.withoutExpiry, "vendor", "vendors")) no such day is known: there is no report, or its period could not be read."
      )
    }
    endPart()
  }

  private mutating func themes(_ figures: PortfolioFigures) {
    part("themes", "What exceptions are about")
    let themes = figures.themes
    if themes.isEmpty {
      element("p", "No exception was listed in a report that could be read.")
    } else {
      let most = themes.first?.exceptions ?? 0
      table(
        "Exceptions by family of criteria; one that stands under two families counts in both",
        ["Criteria", "Exceptions", "", "Vendors", "Gravest"]
      ) { writer in
        for theme in themes {
          writer.open("tr")
          writer.element("td", theme.family)
          writer.element("td", [("class", "points")], "\(theme.exceptions)")
          writer.bar(theme.exceptions, of: most)
          writer.element("td", [("class", "points")], "\(theme.vendors)")
          writer.open("td")
          writer.chip(theme.worst?.word ?? "NOT GRADED", theme.worst?.rawValue ?? "unknown")
          writer.close("td")
          writer.close("tr")
        }
      }
    }
    let partly = figures.rows.count { !$0.exceptionsAreWhole && !$0.isOfDesignOnly }
    if partly > 0 {
      element(
        "p", [("class", "warning")],
        "Of \(counted(partly, "vendor", "vendors")) not all test results are known; there may be more exceptions."
      )
    }
    endPart()
  }

  private mutating func fourthParties(_ figures: PortfolioFigures) {
    part("fourth-parties", "On whom many vendors rely")
    let parties = figures.fourthParties
    if parties.isEmpty {
      element("p", "No subservice organization was named in a report that could be read.")
    } else {
      let most = parties.first?.vendors.count ?? 0
      table(
        "Subservice organizations, by how the vendors' reports treat them",
        ["Organization", "Vendors", "", "Carve-out", "Inclusive", "Not told", "Which"]
      ) { writer in
        for party in parties {
          writer.open("tr")
          writer.element("td", party.name)
          writer.element("td", [("class", "points")], "\(party.vendors.count)")
          writer.bar(party.vendors.count, of: most)
          for count in [party.carvedOut, party.inclusive, party.unknown] {
            writer.element("td", [("class", "points")], "\(count)")
          }
          writer.element("td", party.vendors.joined(separator: "; "))
          writer.close("tr")
        }
      }
    }
    if figures.withoutSubservices > 0 {
      element(
        "p", [("class", "warning")],
        "Of \(counted(figures.withoutSubservices, "vendor", "vendors")) it is not known on whom they rely."
      )
    }
    endPart()
  }

  private mutating func vendors(_ figures: PortfolioFigures) {
    part("vendors", "Vendors")
    table(
      "Each vendor; the spreadsheet beside this page has more columns",
      [
        "Vendor", "Decision", "Score", "Opinion", "Type", "Period end", "Exceptions", "Bridge",
        "Questions", "Unread pages", "Because of",
      ]
    ) { writer in
      for row in figures.rows {
        writer.open("tr", [("class", row.decision?.rawValue ?? "none")])
        writer.element("td", row.vendor)
        writer.open("td")
        writer.element("span", [("class", "mark")], row.decision?.mark ?? NotAssessed.mark)
        writer.close("td")
        writer.element("td", [("class", "points")], row.score.map(String.init) ?? "none")
        writer.element("td", row.opinion ?? (row.hasReport ? "NOT FOUND" : ""))
        writer.element("td", row.typeWords ?? "")
        writer.element("td", row.periodEnd?.description ?? "")
        writer.element("td", row.exceptionWords)
        writer.element("td", row.bridge?.rawValue ?? "")
        writer.element("td", [("class", "points")], "\(row.openQuestions)")
        writer.element("td", [("class", "points")], "\(row.unreadPages)")
        writer.element("td", row.reasons.joined(separator: ", "))
        writer.close("tr")
      }
    }
    endPart()
  }

  private mutating func failures(_ figures: PortfolioFigures) {
    let failed = figures.rows.filter { !$0.failures.isEmpty }
    guard !failed.isEmpty else { return }
    part("failures", "What could not be read")
    table("Files without a review", ["Vendor", "File", "Reason", "Next step"]) { writer in
      for row in failed {
        for failure in row.failures {
          writer.open("tr")
          writer.element("td", row.vendor)
          writer.element("td", failure.file ?? "")
          writer.element("td", failure.reason)
          writer.element("td", failure.nextStep)
          writer.close("tr")
        }
      }
    }
    endPart()
  }

  /// A cell with a bar; the number stands in the cell before it.
  private mutating func bar(_ count: Int, of most: Int) {
    open("td", [("class", "bar")])
    open(
      "svg",
      [
        ("viewBox", "0 0 100 10"), ("width", "100"), ("height", "10"), ("role", "img"),
        ("aria-label", "\(count)"),
      ])
    void(
      "rect",
      [
        ("class", "t-bar"), ("x", "0"), ("y", "0"), ("height", "10"),
        ("width", "\(most > 0 ? count * 100 / most : 0)"),
      ])
    close("svg")
    close("td")
  }
}

private func monthWords(_ day: Day?) -> String {
  day.map { "\(Day.monthNames[$0.month - 1]) \($0.year)" } ?? ""
}

extension PortfolioRow {
  /// How many by severity, and whether there may be more.
  fileprivate var exceptionWords: String {
    guard hasReport else { return "" }
    if isOfDesignOnly { return "not tested" }
    guard let exceptions else { return "NOT READABLE" }
    var words = Severity.allCases.compactMap { severity in
      let count = exceptions.count { $0.severity == severity }
      return count > 0 ? "\(count) \(severity.rawValue)" : nil
    }
    let ungraded = exceptions.count { $0.severity == nil }
    if ungraded > 0 { words.append("\(ungraded) not graded") }
    if words.isEmpty { words = ["none"] }
    return words.joined(separator: ", ") + (exceptionsAreWhole ? "" : ", perhaps more")
  }
}
