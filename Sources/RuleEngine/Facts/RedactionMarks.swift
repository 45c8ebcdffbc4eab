import ReportStructure
import SOC2Vocabulary
import TextMatching

/// Words that say that something was taken out of the document: "redacted" counts in brackets or alone,
/// where it cannot be said of data in the system.
func redactionMarks(_ reader: FactReader) -> FactTable.Entry? {
  let text = reader.text
  let marks = reader.hits[.redactionMark].filter { hit in
    guard !hit.isFurniture, hit.value == .text("word") else { return true }
    let before = hit.tokens.lowerBound - 1
    let after = hit.tokens.upperBound
    if before >= 0, after < text.tokens.count, text.opens(before), text.closes(after) {
      return true
    }
    let block = text.blocks[hit.block]
    return block.count(where: { text.tokens[$0].isWord }) == hit.tokens.count
  }
  guard !marks.isEmpty else { return nil }
  return FactTable.Entry(
    state: .found, value: .number(marks.count), evidence: marks.prefix(5).flatMap(reader.evidence))
}

extension RunningText {
  fileprivate func opens(_ index: Int) -> Bool {
    tokens[index].kind == .mark && [0x5B, 0x28, 0x3C, 0x7B].contains(tokens[index].mark)
  }

  fileprivate func closes(_ index: Int) -> Bool {
    tokens[index].kind == .mark && [0x5D, 0x29, 0x3E, 0x7D].contains(tokens[index].mark)
  }
}
