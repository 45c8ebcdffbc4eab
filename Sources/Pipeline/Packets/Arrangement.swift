import PageText
import RuleEngine
import SOC2Vocabulary
import Scoring

/// One document of a call, with the file that it stands in.
struct SubmittedDocument {
  var document: DocumentExtract
  /// All of its file.
  var extract: FileExtract
  /// As other documents and messages name it.
  var name: String
  /// The place of its file among the files.
  var file: Int

  var kind: DocumentKind { document.facts.kind }
  var isReport: Bool { kind == .soc2Report }

  func text(_ name: FactName) -> String? { document.facts.facts[name]?.found?.text }
  func day(_ name: FactName) -> Day? { text(name).flatMap(Day.init(iso:)) }

  /// Its dates, as far as they are found.
  var bridged: BridgedReport {
    BridgedReport(
      type: text(.reportType).flatMap(ReportType.init(rawValue:)),
      period: document.facts.facts[.period]?.found?.period, asOf: day(.asOf),
      reportDate: day(.reportDate))
  }

  var letter: BridgeLetter? {
    kind == .bridgeLetter ? BridgeLetter(document.facts.facts[.bridge]?.found) : nil
  }

  /// The organization that it speaks of; nil where that is not known.
  var entity: String? { letter?.entity ?? text(.serviceOrganization) }
}

/// Which documents of a call belong together, and how.
struct Arrangement {
  enum Role: String {
    /// The report that the packet is about.
    case main
    /// A report of the same organization on earlier time.
    case earlier
    /// The same report again, or another on the same period.
    case again
    case letter
    /// Of another organization.
    case foreign
    /// Of a kind that has no place on the timeline.
    case other
  }

  private(set) var roles: [Role]
  /// The main report's place; nil where there is none.
  private(set) var main: Int?
  /// Earlier reports, the latest first.
  private(set) var earlier: [Int] = []
  /// Letters in the order of the time they cover, with their place.
  private(set) var letters: [(document: Int, place: BridgeLetter.Place)] = []

  init(_ documents: [SubmittedDocument], vendor: String?) {
    roles = documents.map { _ in .other }
    main = Self.mainReport(documents, vendor)
    let subject = main.flatMap { documents[$0].entity } ?? vendor
    for (i, document) in documents.enumerated() where i != main {
      let isForeign = subject.flatMap { ours in document.entity.map { !namesAgree(ours, $0) } }
      if document.kind == .bridgeLetter {
        roles[i] = .letter
      } else if document.isReport {
        roles[i] = isForeign == true ? .foreign : .earlier
      } else if isForeign == true {
        roles[i] = .foreign
      }
    }
    guard let main else {
      placeLetters(documents)
      return
    }
    roles[main] = .main
    earlier = documents.indices.filter { roles[$0] == .earlier }
      .sorted { (documents[$0].bridged.end, $1) > (documents[$1].bridged.end, $0) }
    for i in earlier
    where documents[i].bridged.end == documents[main].bridged.end
      && documents[i].bridged.type == documents[main].bridged.type
    {
      roles[i] = .again
    }
    earlier.removeAll { roles[$0] == .again || documents[$0].bridged.end == nil }
    placeLetters(documents)
  }

  /// The report on the latest time; one of the vendor that the caller names comes first, and of two on
  /// the same time the one of type 2, then the one that was issued later.
  private static func mainReport(_ documents: [SubmittedDocument], _ vendor: String?) -> Int? {
    let reports = documents.indices.filter { documents[$0].isReport }
    return reports.max { a, b in
      func rank(_ i: Int) -> [Int] {
        let document = documents[i]
        let isVendor = vendor.flatMap { name in document.entity.map { namesAgree(name, $0) } }
        return [
          isVendor == true ? 1 : 0, document.bridged.end?.number ?? .min,
          document.bridged.type == .type2 ? 1 : 0, document.bridged.reportDate?.number ?? .min,
          -i,
        ]
      }
      return rank(a).lexicographicallyPrecedes(rank(b))
    }
  }

  /// Each letter beside the report whose end it names, else beside the main report.
  private mutating func placeLetters(_ documents: [SubmittedDocument]) {
    let order = documents.indices.filter { roles[$0] == .letter }
      .sorted { (documents[$0].letter?.from, $0) < (documents[$1].letter?.from, $1) }
    var coveredTo: [Int: Day] = [:]
    let reports = (main.map { [$0] } ?? []) + earlier
    for i in order {
      guard let letter = documents[i].letter else {
        letters.append(
          (
            i,
            BridgeLetter.Place(
              report: nil, isOfEntity: nil, isOfOtherReport: false, coveredTo: nil)
          ))
        continue
      }
      let named = letter.reportPeriodEnd.flatMap { end in
        reports.first { documents[$0].bridged.end == end }
      }
      let report = named ?? main
      let isOfEntity = report.flatMap { report in
        letter.entity.flatMap { name in documents[report].entity.map { namesAgree(name, $0) } }
      }
      let place = BridgeLetter.Place(
        report: report.map { documents[$0].bridged }, isOfEntity: isOfEntity,
        isOfOtherReport: report != nil && named == nil && letter.reportPeriodEnd != nil,
        coveredTo: report.flatMap { coveredTo[$0] })
      letters.append((i, place))
      if let report, isOfEntity != false, !place.isOfOtherReport, let to = letter.to {
        coveredTo[report] = max(coveredTo[report] ?? to, to)
      }
    }
    chainLetters(documents)
  }

  /// Tells each letter how far those after it go on without a gap.
  private mutating func chainLetters(_ documents: [SubmittedDocument]) {
    for (n, entry) in letters.enumerated() {
      guard var reached = documents[entry.document].letter?.to else { continue }
      for later in letters[(n + 1)...]
      where later.place.report == entry.place.report && later.place.isOfEntity != false
        && !later.place.isOfOtherReport
      {
        guard let next = documents[later.document].letter, let from = next.from, let to = next.to,
          from <= reached.adding(days: 1)
        else { continue }
        reached = max(reached, to)
      }
      letters[n].place.continuedTo = reached
    }
  }
}

private func > (a: (Day?, Int), b: (Day?, Int)) -> Bool { b < a }

/// Days that are not known come first.
private func < (a: (Day?, Int), b: (Day?, Int)) -> Bool {
  (a.0?.number ?? .min, a.1) < (b.0?.number ?? .min, b.1)
}
