import PageText
import ReportStructure
import SOC2Vocabulary
import TextMatching

/// How much the description of the system names: products, places, teams and tools of its own, by
/// thousand words. Names are words with a capital inside a sentence that no rule calls general.
struct DescriptionDetail {
  private(set) var entries: [String: FactTable.Entry] = [:]

  init(_ reader: FactReader, organization: Fact, system: Fact) {
    let isWhole =
      !reader.report.sections(in: .systemDescription).isEmpty
      && !reader.hasUnreadPage(in: [.systemDescription])
    guard isWhole else { return }
    entries["document.descriptionIsRead"] = FactTable.Entry(state: .found, value: .text("yes"))
    let text = reader.text
    let general = Set(reader.hits[.generalName].flatMap { Array($0.tokens) })
    let own = Set(
      [organization, system].compactMap(\.found?.text).flatMap(RunningText.plainWords))
    var words = 0
    var names: Set<String> = []
    for block in reader.blocks(in: .systemDescription) {
      let kind = reader.report.blocks[block].kind
      guard kind != .heading, kind != .contents else { continue }
      var sentence: Int32 = -1
      for index in text.blocks[block] {
        let token = text.tokens[index]
        guard token.isWord, !token.flags.contains(.numeric) else { continue }
        words += 1
        let isFirst = token.sentence != sentence
        sentence = token.sentence
        let word = text.word(token)
        if !isFirst, token.flags.contains(.capital), word.utf8.count > 2, !general.contains(index),
          !own.contains(word)
        {
          names.insert(word)
        }
      }
    }
    guard words >= Self.leastWords else { return }
    entries["document.descriptionNamesPerThousand"] = FactTable.Entry(
      state: .found, value: .number(names.count * 1_000 / words))
  }

  /// A description of fewer words (two pages) is too short to speak of a share.
  private static let leastWords = 800
}
