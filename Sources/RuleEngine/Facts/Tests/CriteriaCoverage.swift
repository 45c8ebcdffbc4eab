import ReportStructure
import SOC2Vocabulary
import TextMatching

/// The criteria that the categories ask for, and what the report has for each.
struct CriteriaCoverage {
  let fact: Fact

  /// - Parameter pagesAreRead: whether all pages of the tests could be read; if not, nothing is missing.
  init(
    _ text: TestText, _ controls: [ReadControl], categories: Fact, edition: Fact,
    carvedOut: [Value], pagesAreRead: Bool
  ) {
    let inScope = Set(
      (categories.found?.list ?? []).compactMap {
        $0.text.flatMap(TrustServicesCategory.init(rawValue:))
      })
    // The numbers before 2017 mean other things, and their list is another.
    let isOld = edition.found?.text.map { $0.contains("2014") || $0.contains("2016") } ?? false
    guard !inScope.isEmpty, !isOld else {
      fact = Fact(state: .notSearchable, confidence: .low)
      return
    }
    var counts: [String: Int] = [:]
    for control in controls {
      for id in Set(control.criteria + control.tests.flatMap(\.criteria)) {
        counts[id, default: 0] += 1
      }
    }
    guard !counts.isEmpty, pagesAreRead else {
      fact = Fact(state: .notSearchable, confidence: .low)
      return
    }
    let reasons = Self.reasons(text)
    var evidence: [Evidence] = []
    let entries = Criteria.all.filter { id in
      Criteria.category(of: id).map(inScope.contains) ?? false
    }.map { id -> Value in
      var members: [String: Value] = [
        "criterion": .text(id), "controls": .number(counts[id] ?? 0), "reason": .null,
        "evidence": .evidence([]),
      ]
      if (counts[id] ?? 0) > 0 {
        members["state"] = .text("covered")
      } else if let reason = reasons[id] {
        members["state"] = .text(reason.state)
        members["reason"] = .text(text.verbatim(reason.passage))
        let proof = text.evidence([reason.passage])
        members["evidence"] = .evidence(proof)
        evidence += proof
      } else if let expected = carvedOut.first(where: { entry in
        entry["criteria"]?.list?.contains(.text(id)) ?? false
      }) {
        members["state"] = .text("carved-out")
        members["reason"] = expected["text"] ?? .null
        let proof = expected["evidence"]?.proof ?? []
        members["evidence"] = .evidence(proof)
        evidence += proof
      } else {
        members["state"] = .text("missing")
      }
      return .object(members)
    }
    fact = Fact(state: .found, value: .list(entries), evidence: evidence)
  }

  /// Why a criterion has no control, where the report says so in the same block or table row.
  private static func reasons(
    _ text: TestText
  ) -> [String: (state: String, passage: Passage)] {
    var out: [String: (state: String, passage: Passage)] = [:]
    func learn(_ criteria: [String], _ passage: Passage) {
      guard let hit = text.hits(.criterionReason, in: passage).first, let said = hit.value.text
      else { return }
      let state = said == "not-relevant" ? "not-applicable" : said
      for id in criteria where out[id] == nil { out[id] = (state, passage) }
    }
    for block in text.report.blocks.indices where text.report.blocks[block].kind != .cell {
      let passage = text.passage(block)
      guard !text.hits(.criterionReason, in: passage).isEmpty else { continue }
      // A paragraph may name the criterion itself, or stand under its heading.
      var criteria = text.criteria(in: passage)
      let heading = text.report.headings[block]
      if criteria.isEmpty, heading >= 0 {
        criteria = text.leadingCriteria(text.passage(heading))?.found ?? []
      }
      learn(criteria, passage)
    }
    for table in text.report.tables {
      for row in table.rows {
        let cells = row.cells.map { text.passage($0.block) }
        guard cells.contains(where: { !text.hits(.criterionReason, in: $0).isEmpty }) else {
          continue
        }
        let criteria = cells.flatMap { text.criteria(in: $0) }
        for cell in cells { learn(criteria, cell) }
      }
    }
    return out
  }
}
