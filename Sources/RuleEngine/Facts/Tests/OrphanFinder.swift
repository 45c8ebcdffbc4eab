import PageText
import ReportStructure
import SOC2Vocabulary
import TextMatching

/// Controls that the report treats as having an exception somewhere, although no result says so: in a
/// list of exceptions, in a paragraph beside the tables, in a response. The report then says two things.
struct OrphanFinder {
  /// The controls' numbers, as printed with the tests.
  private(set) var controls: [String] = []
  private(set) var evidence: [Evidence] = []

  init(_ text: TestText, _ outcomes: OutcomeReader, _ groups: [[ReadControl]]) {
    var clean: [String: String] = [:]
    for group in groups {
      guard let id = group[0].id, id.key.count >= 3 else { continue }
      let failed = group.flatMap(\.tests).contains {
        $0.outcome == .exception || $0.outcome == .unknown
      }
      if !failed { clean[id.key] = id.text }
    }
    guard !clean.isEmpty else { return }
    // Where a control and its tests are printed themselves, nothing is told besides.
    let printed = groups.flatMap(\.self)
    let own = printed.flatMap { $0.words + ($0.idPassage.map { [$0] } ?? []) }
    let tested = printed.flatMap(\.tests).flatMap { $0.result + $0.procedure }
    let inTests = Set((own + tested).map(\.block))
    for (key, block) in Self.named(text, outcomes, known: Set(clean.keys), besides: inTests) {
      guard let id = clean.removeValue(forKey: key) else { continue }
      controls.append(id)
      evidence += text.evidence([text.passage(block)]).prefix(1)
    }
  }

  /// Controls that lists, paragraphs and responses on exceptions name, with the block that does.
  private static func named(
    _ text: TestText, _ outcomes: OutcomeReader, known: Set<String>, besides inTests: Set<Int>
  ) -> [(String, Int)] {
    var out: [(String, Int)] = []
    var isUnder = false
    let inTables = Set(text.report.tables.filter { $0.columns.count > 1 }.flatMap(\.blocks))
    for block in text.report.blocks.indices where !inTests.contains(block) {
      let zone = text.report.zones[block]
      guard [.testsOfControls, .otherInformation, .appendix, .unknown].contains(zone) else {
        continue
      }
      let passage = text.passage(block)
      guard !passage.tokens.isEmpty else { continue }
      let isHead = !text.hits(.exceptionsHeading, in: passage).isEmpty
      if text.report.blocks[block].kind == .heading { isUnder = isHead }
      if isHead { isUnder = true }
      if inTables.contains(block) {
        // A row of a list of exceptions, by its number.
        if isUnder, let id = ControlID(cell: passage, text), known.contains(id.key) {
          out.append((id.key, block))
        }
        continue
      }
      let keys = text.printedWords(passage).prefix(10).lazy.map(ControlID.key)
      guard let key = keys.first(where: known.contains) else { continue }
      let answers = !text.hits(.responseLead, in: passage).isEmpty
      if isUnder || isHead || answers || outcomes.toldException(in: passage) != nil {
        out.append((key, block))
      }
    }
    return out
  }
}
