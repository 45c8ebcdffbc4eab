import PageText
import ReportStructure
import RulePacks
import SOC2Vocabulary
import TextMatching

/// A report that holds nothing but the words of an example, set on a page as print would have them.
struct ExampleReport {
  let report: Report
  /// The marked words, in `report.text.places` (or the furniture's).
  let marked: Range<Int>

  init(
    _ text: DisturbedText, zone: Zone, under: String?, place: Scope.Place, _ vocabulary: Vocabulary
  ) {
    var setter = Setter()
    if let under { setter.set(under.split(separator: " ").map(String.init), lineEnds: []) }
    let headingWords = setter.words
    setter.set(text.words, lineEnds: text.lineEnds, pageBreak: text.pageBreak)
    marked = (text.marked.lowerBound + headingWords)..<(text.marked.upperBound + headingWords)
    let kind: Block.Kind = place == .heading ? .heading : text.isCell ? .cell : .paragraph
    var blocks: [Block] = []
    if headingWords > 0 { blocks.append(setter.block(.heading, 0..<headingWords)) }
    blocks.append(setter.block(kind, headingWords..<setter.words))
    var running = RunningText(
      pages: setter.pages, places: setter.places, blockPlaces: blocks.map(\.places))
    running.tokenize(with: vocabulary, standalone: blocks.map { $0.kind != .paragraph })
    var furniture = RunningText(pages: setter.pages, places: [], blockPlaces: [])
    if place == .furniture { furniture = running }
    if place == .furniture {
      running = RunningText(pages: setter.pages, places: [], blockPlaces: [])
      blocks = []
    }
    report = Report(
      text: running, blocks: blocks, zones: blocks.map { _ in zone },
      headings: blocks.indices.map { $0 > 0 ? 0 : (blocks[$0].kind == .heading ? 0 : -1) },
      sections: blocks.isEmpty
        ? []
        : [
          Section(
            zone: zone, title: "", blocks: blocks.indices, firstPage: 0,
            lastPage: setter.pages.count - 1)
        ], furniture: furniture)
  }

  /// Sets words in lines, 12 points apart, and begins a new page where asked.
  private struct Setter {
    private(set) var pages = [Page(number: 1, width: 612, height: 792, state: .text)]
    private(set) var places: [WordPlace] = []
    private var x: Float = 72
    private var y: Float = 100

    var words: Int { places.count }

    mutating func set(_ text: [String], lineEnds: Set<Int>, pageBreak: Int? = nil) {
      for (i, word) in text.enumerated() {
        if i == pageBreak {
          pages.append(Page(number: pages.count + 1, width: 612, height: 792, state: .text))
          x = 72
          y = 100
        }
        let p = pages.count - 1
        let start = Int32(pages[p].utf8.count)
        pages[p].utf8 += word.utf8
        let width = Float(word.count) * 5
        pages[p].words.append(
          Word(
            start: start, end: Int32(pages[p].utf8.count), box: Box(x, y - 8, x + width, y + 2),
            baseline: y, size: 10, style: []))
        pages[p].utf8.append(0x20)
        places.append(WordPlace(page: p, word: pages[p].words.count - 1))
        x += width + 3
        if lineEnds.contains(i) || x > 540 {
          x = 72
          y += 12
        }
      }
      x = 72
      y += 24
    }

    func block(_ kind: Block.Kind, _ range: Range<Int>) -> Block {
      Block(
        kind: kind, places: range, firstPage: Int(places[range.lowerBound].page),
        lastPage: Int(places[range.upperBound - 1].page), box: Box(72, 90, 540, 700), size: 10,
        isBold: kind == .heading, isCapitals: false, lines: 1)
    }
  }
}
