import SOC2Vocabulary

/// `p. 4`, `pp. 2, 3, 5–9`: every page, in order, each once; runs of three and more joined.
func pageWords(_ pages: [Int]) -> String {
  let pages = Set(pages).sorted()
  guard !pages.isEmpty else { return "" }
  return (pages.count == 1 ? "p. " : "pp. ") + pageList(pages)
}

/// The pages of the evidence, with the printed label where it differs, and which of them were read by OCR:
/// `p. 4 (printed iii)`, `pp. 2, 3, of these 3 by OCR`.
func pageWords(_ evidence: [Evidence]) -> String {
  let read = Set(evidence.filter { $0.source == .ocr }.map(\.page))
  let words = printedPageWords(evidence)
  if read.isEmpty { return words }
  if read == Set(evidence.map(\.page)) { return words + ", by OCR" }
  return words + ", of these \(pageList(read.sorted())) by OCR"
}

private func printedPageWords(_ evidence: [Evidence]) -> String {
  guard evidence.contains(where: { $0.pageLabel != nil }) else {
    return pageWords(evidence.map(\.page))
  }
  var labels: [Int: String] = [:]
  for one in evidence where one.pageLabel != nil { labels[one.page] = one.pageLabel }
  let pages = Set(evidence.map(\.page)).sorted()
  let words = pages.map { page in
    labels[page].map { "\(page) (printed \(shortened($0, to: longestLabel)))" } ?? "\(page)"
  }
  return (pages.count == 1 ? "p. " : "pp. ") + words.joined(separator: ", ")
}

/// Longer than any page number that is printed; what is longer is no page number.
private let longestLabel = 12

/// `2, 3, 5–9`, of sorted pages.
func pageList(_ pages: [Int]) -> String {
  var words: [String] = []
  var rest = pages[...]
  while let first = rest.first {
    var run = 1
    while run < rest.count, rest[rest.startIndex + run] == first + run { run += 1 }
    if run >= 3 {
      words.append("\(first)–\(first + run - 1)")
    } else {
      words += rest.prefix(run).map(String.init)
    }
    rest = rest.dropFirst(run)
  }
  return words.joined(separator: ", ")
}

/// `1 page`, `3 pages`.
func counted(_ number: Int, _ one: String, _ many: String) -> String {
  number == 1 ? "1 \(one)" : "\(number) \(many)"
}
