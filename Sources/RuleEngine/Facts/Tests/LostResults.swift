import ReportStructure
import SOC2Vocabulary

/// Results that stand among the tests of controls and belong to no control that was read. A table that could not
/// be followed everywhere leaves them behind, and beside each there may be one that tells an exception.
struct LostResults {
  /// Where each stands, in the order of the print.
  private(set) var passages: [Passage] = []

  /// More words than these are a sentence about results.
  private static let mostWords = 8

  init(_ text: TestText, _ read: ControlReader) {
    let printed = read.controls
    let own = printed.flatMap { $0.words + ($0.idPassage.map { [$0] } ?? []) }
    let tested = printed.flatMap(\.tests).flatMap { $0.result + $0.procedure + $0.response }
    let used = Set((own + tested).map(\.block))
    var stray: [String: [Passage]] = [:]
    for block in text.report.blocks.indices
    where text.report.zones[block] == .testsOfControls && !used.contains(block) {
      let passage = text.passage(block)
      guard (2...Self.mostWords).contains(text.words(passage)), text.tellsResult(passage),
        read.outcomes.outcome([passage]) == .noException
      else { continue }
      stray[text.key([passage]), default: []].append(passage)
    }
    // A legend explains each result once.
    passages = stray.values.filter { $0.count > 1 }.flatMap(\.self).sorted { $0.block < $1.block }
  }
}
