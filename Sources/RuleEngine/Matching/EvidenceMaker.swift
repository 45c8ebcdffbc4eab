public import PageText
import ReportStructure
public import SOC2Vocabulary
import TextMatching

extension RunningText {
  /// The proof of a run of tokens: one piece a page, each with the words as printed and a box a line.
  func evidence(_ tokens: Range<Int>, section: Zone) -> [Evidence] {
    guard let first = tokens.first, let last = tokens.last else { return [] }
    let range = Int(self.tokens[first].place)...Int(self.tokens[last].place)
    var out: [Evidence] = []
    var page = -1
    var words: [Word] = []
    words.reserveCapacity(range.count)
    func close() {
      guard page >= 0, !words.isEmpty else { return }
      out.append(pages[page].evidence(words, section: section))
    }
    for place in range {
      let spot = places[place]
      if Int(spot.page) != page {
        close()
        page = Int(spot.page)
        words = []
      }
      words.append(pages[page].words[Int(spot.word)])
    }
    close()
    return out
  }
}

extension Page {
  /// The proof of some words that follow each other on this page.
  fileprivate func evidence(_ words: [Word], section: Zone) -> Evidence {
    var boxes: [Box] = []
    var quote: [UInt8] = []
    quote.reserveCapacity(words.reduce(0) { $0 + $1.range.count + 1 })
    var line: Box?
    var baseline: Float = 0
    var recognised = false
    for word in words {
      if !quote.isEmpty { quote.append(0x20) }
      quote += utf8[word.range]
      if word.style.contains(.recognised) { recognised = true }
      // A raised mark stays in its line; a new line, or a jump back to the left, opens a new box.
      if let open = line,
        abs(word.baseline - baseline) < 0.6 * word.size || word.style.contains(.raised),
        word.box.x0 > open.x1 - 0.5 * word.size, word.box.x0 < open.x1 + 4 * word.size
      {
        line = open.union(word.box)
      } else {
        if let open = line { boxes.append(displayed(open)) }
        line = word.box
        baseline = word.baseline
      }
    }
    if let open = line { boxes.append(displayed(open)) }
    return Evidence(
      page: number, pageLabel: label, section: section,
      quote: String(decoding: quote, as: UTF8.self),
      boxes: boxes, source: recognised ? .ocr : .text)
  }
}

/// Looks every quote up again on its page, inside its boxes.
///
/// This is the proof that nothing was made up on the way: it uses only the pages as read, not the
/// matching. Returns the pieces that are not there; any one is a failure of the run.
public func unproven(_ evidence: [Evidence], on pages: [Page]) -> [Evidence] {
  var byNumber = Dictionary(
    pages.map { ($0.number, PrintedPage($0)) }, uniquingKeysWith: { a, _ in a })
  return evidence.filter { piece in
    guard !piece.boxes.isEmpty, !piece.quote.isEmpty else { return true }
    return !(byNumber[piece.page]?.prints(piece) ?? false)
  }
}

/// A page whose words can be found by place.
private struct PrintedPage {
  private let page: Page
  /// The words' middles on the displayed page, from top to bottom; made when first asked for.
  private lazy var words: [(x: Float, y: Float, index: Int)] =
    page.words.enumerated().map { i, word in
      let shown = page.displayed(word.box)
      return (shown.centreX, shown.centreY, i)
    }.sorted { ($0.y, $0.index) < ($1.y, $1.index) }

  init(_ page: Page) { self.page = page }

  mutating func prints(_ piece: Evidence) -> Bool {
    if page.setAside.contains(where: { aside in
      aside.text.contains(piece.quote)
        && piece.boxes.allSatisfy { aside.box.contains($0, tolerance: 1) }
    }) {
      return true
    }
    // The words whose middle lies in each box, from left to right, box after box, must hold the quote.
    var printed: [UInt8] = []
    for box in piece.boxes {
      let inside = inside(box).sorted { page.words[$0].box.x0 < page.words[$1].box.x0 }
      for i in inside {
        if !printed.isEmpty { printed.append(0x20) }
        printed += page.utf8[page.words[i].range]
      }
    }
    return printed.holds(Array(piece.quote.utf8)) || printsOverlapping(piece)
  }

  /// Words that are printed over each other lie in each other's boxes, and their order from left to right
  /// is not the line's. There each word of the quote must stand in the boxes, box after box, none wholly
  /// to the left of the one before it, and what is left over must lie over words of the quote.
  private mutating func printsOverlapping(_ piece: Evidence) -> Bool {
    let wanted = piece.quote.utf8.split(separator: 0x20)
    var next = 0
    var used: Set<Int> = []
    var left: Set<Int> = []
    for box in piece.boxes {
      let inside = inside(box).sorted { page.words[$0].box.x0 < page.words[$1].box.x0 }
      var last: Box?
      while next < wanted.count,
        let i = inside.first(where: { i in
          let word = page.words[i]
          return !used.contains(i) && last.map { word.box.x1 > $0.x0 } ?? true
            && page.utf8[word.range].elementsEqual(wanted[next])
        })
      {
        used.insert(i)
        last = page.words[i].box
        next += 1
      }
      left.formUnion(inside)
    }
    guard next == wanted.count else { return false }
    return left.subtracting(used).allSatisfy { i in
      used.contains { page.words[$0].box.isPrintedOver(page.words[i].box) }
    }
  }

  private mutating func inside(_ box: Box) -> [Int] {
    let words = words
    var low = 0
    var high = words.count
    while low < high {
      let middle = (low + high) / 2
      if words[middle].y < box.y0 { low = middle + 1 } else { high = middle }
    }
    var inside: [Int] = []
    while low < words.count, words[low].y <= box.y1 {
      if words[low].x >= box.x0, words[low].x <= box.x1 { inside.append(words[low].index) }
      low += 1
    }
    return inside
  }
}

extension Box {
  /// Whether more than a tenth of the narrower one's width lies on the other.
  fileprivate func isPrintedOver(_ other: Box) -> Bool {
    min(x1, other.x1) - max(x0, other.x0) > min(width, other.width) / 10
      && min(y1, other.y1) > max(y0, other.y0)
  }
}

extension [UInt8] {
  /// Whether the bytes stand in a row somewhere.
  fileprivate func holds(_ other: [UInt8]) -> Bool {
    guard let first = other.first, other.count <= count else { return other.isEmpty }
    for start in 0...(count - other.count) where self[start] == first {
      var i = 1
      while i < other.count, self[start + i] == other[i] { i += 1 }
      if i == other.count { return true }
    }
    return false
  }
}
