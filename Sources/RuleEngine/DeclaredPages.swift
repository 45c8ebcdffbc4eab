public import ReportStructure
import TextMatching

/// The pages, by printed number, that running heads or feet say are missing: at the end (`Page 7 of 24` where
/// there are fewer), or within, where the numbers leap. Nil where nothing is said or nothing is missing.
public func missingPages(of report: Report) -> ClosedRange<Int>? {
  if let all = declaredPages(report) { return report.pages.count + 1...all }
  return report.missingNumbers
}

/// How many pages there should be, where that is more than there are.
private func declaredPages(_ report: Report) -> Int? {
  let text = report.furniture
  var most = 0
  for i in text.tokens.indices.dropFirst().dropLast() {
    guard text.word(text.tokens[i]) == "of", text.tokens[i - 1].flags.contains(.numeric),
      text.tokens[i + 1].flags.contains(.numeric),
      let number = Int(text.word(text.tokens[i - 1])), let all = Int(text.word(text.tokens[i + 1])),
      number <= all, all < 2000, isPageNumber(i, in: text)
    else { continue }
    most = max(most, all)
  }
  return most > report.pages.count ? most : nil
}

/// `Page 7 of 24`, or a line that has little else; `10 of 722 alerts` in a cell at the foot of a page is none.
private func isPageNumber(_ of: Int, in text: RunningText) -> Bool {
  if of >= 2, ["page", "pages", "p", "pg"].contains(text.word(text.tokens[of - 2])) { return true }
  return text.tokens[text.blocks[text.block(of: of)]].count(where: \.isWord) <= 3
}
