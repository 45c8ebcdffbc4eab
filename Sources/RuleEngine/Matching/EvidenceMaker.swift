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
  let byNumber = Dictionary(pages.map { ($0.number, $0) }, uniquingKeysWith: { a, _ in a })
  return evidence.filter { piece in
    guard let page = byNumber[piece.page], !piece.boxes.isEmpty, !piece.quote.isEmpty else {
      return true
    }
    return !page.prints(piece)
  }
}

extension Page {
  fileprivate func prints(_ piece: Evidence) -> Bool {
    if setAside.contains(where: { aside in
      aside.text.contains(piece.quote)
        && piece.boxes.allSatisfy { aside.box.contains($0, tolerance: 1) }
    }) {
      return true
    }
    // The words whose middle lies in each box, from left to right, box after box, must hold the quote.
    var printed: [UInt8] = []
    for box in piece.boxes {
      let inside = words.filter {
        let shown = displayed($0.box)
        return box.contains(x: shown.centreX, y: shown.centreY)
      }.sorted { $0.box.x0 < $1.box.x0 }
      for word in inside {
        if !printed.isEmpty { printed.append(0x20) }
        printed += utf8[word.range]
      }
    }
    return String(decoding: printed, as: UTF8.self).contains(piece.quote)
  }
}
