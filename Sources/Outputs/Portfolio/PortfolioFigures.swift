import SOC2Vocabulary

/// What the rows of a portfolio come to together.
struct PortfolioFigures {
  /// Exceptions of all reports under one family of criteria.
  struct Theme: Hashable {
    var family: String
    var exceptions: Int
    var vendors: Int
    /// Of those that were graded.
    var worst: Severity?
  }

  /// An organization that vendors rely on.
  struct FourthParty: Hashable {
    var name: String
    /// Vendors by how their reports treat it.
    var carvedOut: Int
    var inclusive: Int
    var unknown: Int
    /// All of them, each once.
    var vendors: [String]
  }

  /// What falls on a day.
  struct Expiry: Hashable {
    var vendor: String
    var date: KeyDate
  }

  let rows: [PortfolioRow]

  init(_ rows: [PortfolioRow]) { self.rows = rows }

  func count(_ decision: Decision?) -> Int { rows.count { $0.decision == decision } }

  /// Most exceptions first.
  var themes: [Theme] {
    var themes: [String: Theme] = [:]
    for row in rows {
      var seen: Set<String> = []
      for exception in row.exceptions ?? [] {
        for family in exception.families.isEmpty ? ["no criterion"] : exception.families {
          var theme =
            themes[family] ?? Theme(family: family, exceptions: 0, vendors: 0, worst: nil)
          theme.exceptions += 1
          if seen.insert(family).inserted { theme.vendors += 1 }
          if let severity = exception.severity {
            theme.worst = theme.worst.map { max($0, severity) } ?? severity
          }
          themes[family] = theme
        }
      }
    }
    return themes.values.sorted { ($1.exceptions, $0.family) < ($0.exceptions, $1.family) }
  }

  /// The organization that most vendors rely on first. Two spellings count as one where they differ in
  /// capitals, marks and the words for a company only.
  var fourthParties: [FourthParty] {
    var parties: [String: FourthParty] = [:]
    for row in rows {
      var seen: Set<String> = []
      for subservice in row.subservices ?? [] {
        let key = companyKey(subservice.name)
        guard seen.insert(key).inserted else { continue }
        var party =
          parties[key]
          ?? FourthParty(
            name: subservice.name, carvedOut: 0, inclusive: 0, unknown: 0, vendors: [])
        switch subservice.method {
        case "carve-out": party.carvedOut += 1
        case "inclusive": party.inclusive += 1
        default: party.unknown += 1
        }
        party.vendors.append(row.vendor)
        parties[key] = party
      }
    }
    return parties.sorted { ($1.value.vendors.count, $0.key) < ($0.value.vendors.count, $1.key) }
      .map(\.value)
  }

  /// Vendors of whose report it is not known whom they rely on.
  var withoutSubservices: Int { rows.count { $0.subservices == nil } }

  /// The day from which each report is stale, the next one first; reports without dates are not here.
  var expiries: [Expiry] {
    rows.flatMap { row in
      row.dates.filter { $0.kind == .staleAfter }.map { Expiry(vendor: row.vendor, date: $0) }
    }.sorted { ($0.date.day.number, $0.vendor) < ($1.date.day.number, $1.vendor) }
  }

  /// Vendors without a day on which their report becomes stale.
  var withoutExpiry: Int { rows.count { row in !row.dates.contains { $0.kind == .staleAfter } } }
}

/// A company's name for comparing: letters and digits, small, without the words for its form.
private func companyKey(_ name: String) -> String {
  let forms: Set<Substring> = [
    "inc", "incorporated", "llc", "ltd", "limited", "corp", "corporation", "co", "company", "gmbh",
    "plc", "lp", "llp", "ag", "sa", "bv",
  ]
  let words = name.lowercased().split { !$0.isLetter && !$0.isNumber }
  let key = words.filter { !forms.contains($0) }.joined(separator: " ")
  return key.isEmpty ? name.lowercased() : key
}
