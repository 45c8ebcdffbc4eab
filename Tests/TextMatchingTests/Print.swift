import PageText

@testable import TextMatching

/// A printed text for tests, set as a PDF gives it: words with places, lines, raised marks.
///
/// A line feed starts a new line, two start a new block, and `^` before a word raises it.
func print(_ text: String, _ vocabulary: Vocabulary = Vocabulary(), heads: [Int] = [])
  -> RunningText
{
  var page = Page(number: 1, width: 612, height: 792, state: .text)
  var places: [WordPlace] = []
  var blocks: [Range<Int>] = []
  var baseline: Float = 100
  var first = 0
  func endBlock() {
    if places.count > first { blocks.append(first..<places.count) }
    first = places.count
  }
  for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
    baseline += 14
    if line.isEmpty { endBlock() }
    for word in line.split(separator: " ") {
      let isRaised = word.first == "^"
      let characters = isRaised ? word.dropFirst() : word
      let start = Int32(page.utf8.count)
      page.utf8 += characters.utf8
      page.words.append(
        Word(
          start: start, end: Int32(page.utf8.count), box: Box(0, baseline - 10, 10, baseline),
          baseline: baseline, size: 10, style: isRaised ? .raised : []))
      places.append(WordPlace(page: 0, word: page.words.count - 1))
      page.utf8.append(0x20)
    }
  }
  endBlock()
  var running = RunningText(pages: [page], places: places, blockPlaces: blocks)
  running.tokenize(with: vocabulary, standalone: blocks.indices.map(heads.contains))
  return running
}

extension RunningText {
  /// All normalised words, one space between them.
  var words: String {
    tokens.filter { $0.kind == .word }.map { word($0) }.joined(separator: " ")
  }

  /// Each sentence as printed.
  var sentences: [String] {
    var out: [String] = []
    var i = 0
    while i < tokens.count {
      let range = sentence(around: i)
      out.append(verbatim(range))
      i = range.upperBound
    }
    return out
  }

  /// The page's words joined by spaces.
  var print: String { String(decoding: pages[0].utf8.dropLast(), as: UTF8.self) }
}
