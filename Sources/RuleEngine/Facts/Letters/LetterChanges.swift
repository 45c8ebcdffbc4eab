import ReportStructure
import SOC2Vocabulary
import TextMatching

/// What a letter says on changes and incidents.
///
/// "Nothing changed" counts only where nothing anywhere in the letter takes it back: no "other than",
/// no change told, no incident told, and no page that could not be read.
struct LetterChanges {
  /// `none`, `some`, `silent`; nil where a page that could not be read may say more.
  private(set) var state: String?
  /// The sentences that tell what changed, or what is excepted.
  private(set) var items: [Range<Int>] = []
  /// The places of the statement, for evidence.
  private(set) var statement: [Range<Int>] = []
  /// Whether incidents are spoken of at all.
  private(set) var speaksOfIncidents: Bool
  private(set) var incidents: [Range<Int>] = []

  init(_ reader: FactReader) {
    let changes = reader.hits[.letterChange].filter { !$0.isFurniture }
    let told = reader.hits[.letterIncident].filter { !$0.isFurniture }
    func hits(_ list: [Hit], _ value: String) -> [Hit] { list.filter { $0.value == .text(value) } }
    let none = hits(changes, "none")
    let some = hits(changes, "some")
    let exceptions = hits(changes, "except")
    let incidentsTold = hits(told, "some")
    incidents = told.map(\.tokens)
    speaksOfIncidents = !told.isEmpty
    var found: [Range<Int>] = []
    for hit in (some + exceptions + incidentsTold).sorted(by: {
      $0.tokens.lowerBound < $1.tokens.lowerBound
    }) {
      found += Self.items(of: hit, in: reader)
    }
    items = found.reduce(into: []) { list, item in
      if !list.contains(where: { $0.overlaps(item) }) { list.append(item) }
    }
    statement = (some + exceptions + incidentsTold).prefix(2).map(\.tokens)
    if !some.isEmpty || !exceptions.isEmpty || !incidentsTold.isEmpty {
      state = "some"
    } else if reader.hasUnreadPage(in: [.letter]) {
      state = nil
    } else {
      state = none.isEmpty ? "silent" : "none"
    }
    if statement.isEmpty { statement = none.prefix(2).map(\.tokens) }
  }

  /// The sentence of a hit; where it opens a list, the entries of that list.
  private static func items(of hit: Hit, in reader: FactReader) -> [Range<Int>] {
    let text = reader.text
    let blocks = reader.report.blocks
    let sentence = text.sentenceWithin(block: hit.block, hit.tokens)
    let opensList = text.endsWithColon(text.blocks[hit.block]) || text.endsWithColon(sentence)
    var list: [Range<Int>] = []
    if opensList || blocks[hit.block].kind != .listItem {
      var next = hit.block + 1
      while opensList, next < blocks.count, blocks[next].kind == .listItem || isMarked(next, reader)
      {
        list.append(text.trimmed(text.blocks[next]))
        next += 1
      }
    }
    if list.isEmpty, opensList, hit.block + 1 < blocks.count {
      list = [text.blocks[hit.block + 1]]
    }
    if !list.isEmpty { return list.filter { !$0.isEmpty } }
    return [sentence]
  }

  private static func isMarked(_ block: Int, _ reader: FactReader) -> Bool {
    let range = reader.text.blocks[block]
    return reader.text.marker(at: range.lowerBound, before: range.upperBound) != nil
  }
}
