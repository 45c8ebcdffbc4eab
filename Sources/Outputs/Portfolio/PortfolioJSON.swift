public import SOC2Vocabulary

/// The summary of a portfolio for other programs: one entry a vendor, and what they come to together.
/// Keys are sorted; the same rows give the same bytes.
public func portfolioJSON(
  _ rows: [PortfolioRow], on reviewDate: Day, tool: ToolRecord
) -> [UInt8] {
  var writer = JSONWriter(.pretty)
  let figures = PortfolioFigures(rows)
  writer.openObject()
  writer.key("decisions")
  writer.openObject()
  for decision in Decision.allCases.sorted(by: { $0.rawValue < $1.rawValue }) {
    writer.key(decision.rawValue)
    writer.number(figures.count(decision))
  }
  writer.key("none" as String)
  writer.number(figures.count(nil))
  writer.closeObject()
  writer.list("fourthParties", figures.fourthParties) { writer, party in
    writer.openObject()
    writer.member("carveOut", party.carvedOut)
    writer.member("inclusive", party.inclusive)
    writer.member("name", party.name)
    writer.member("unknown", party.unknown)
    writer.member("vendors", party.vendors)
    writer.closeObject()
  }
  writer.member("reviewDate", reviewDate.description)
  writer.member("schema", "soclens.portfolio/1")
  writer.list("themes", figures.themes) { writer, theme in
    writer.openObject()
    writer.member("exceptions", theme.exceptions)
    writer.member("family", theme.family)
    writer.member("vendors", theme.vendors)
    writer.member("worst", theme.worst?.rawValue)
    writer.closeObject()
  }
  writer.key("tool")
  writer.tool(tool)
  writer.list("vendors", rows) { $0.row($1) }
  writer.closeObject()
  writer.finish()
  return writer.bytes
}

extension JSONWriter {
  private mutating func member(_ name: StaticString, _ number: Int?) {
    if let number { member(name, number) } else { nullMember(name) }
  }

  fileprivate mutating func row(_ row: PortfolioRow) {
    openObject()
    member("bridge", row.bridge?.rawValue)
    member("carveOuts", row.carveOuts)
    list("dates", row.dates) { writer, date in
      writer.openObject()
      writer.member("date", date.day.description)
      writer.member("kind", date.kind.rawValue)
      writer.closeObject()
    }
    member("daysCovered", row.daysCovered)
    member("decision", row.decision?.rawValue)
    member("documents", row.documents)
    key("exceptions")
    if let exceptions = row.exceptions { counts(exceptions) } else { null() }
    member("exceptionsAreWhole", row.exceptionsAreWhole)
    list("failures", row.failures) { writer, failure in
      writer.openObject()
      writer.member("file", failure.file)
      writer.member("nextStep", failure.nextStep)
      writer.member("reason", failure.reason)
      writer.member("status", failure.status?.rawValue)
      writer.closeObject()
    }
    member("notes", row.notes)
    member("openQuestions", row.openQuestions)
    member("opinion", row.opinion)
    member("periodEnd", row.periodEnd?.description)
    member("reasons", row.reasons)
    member("record", row.record)
    member("score", row.score)
    key("subservices")
    if let subservices = row.subservices {
      list(subservices) { writer, subservice in
        writer.openObject()
        writer.member("method", subservice.method)
        writer.member("name", subservice.name)
        writer.closeObject()
      }
    } else {
      null()
    }
    member("tier", row.tier)
    member("type", row.type)
    member("unreadPages", row.unreadPages)
    member("vendor", row.vendor)
    closeObject()
  }

  private mutating func counts(_ exceptions: [PortfolioRow.Exception]) {
    openObject()
    for severity in Severity.allCases.sorted(by: { $0.rawValue < $1.rawValue }) {
      key(severity.rawValue)
      number(exceptions.count { $0.severity == severity })
    }
    key("notGraded" as String)
    number(exceptions.count { $0.severity == nil })
    closeObject()
  }
}
