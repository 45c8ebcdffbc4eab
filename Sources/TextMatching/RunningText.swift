public import PageText

extension ArraySlice<UInt8> {
  /// Whether these are the letters of a word. Most words differ in length or first letter.
  @inline(__always)
  func spells(_ word: String) -> Bool {
    let letters = word.utf8
    return letters.count == count && letters.first == first && letters.elementsEqual(self)
  }
}

/// A document's words in reading order, cut into blocks and normalised for matching, with the way
/// back from every token to the verbatim print.
public struct RunningText: Sendable {
  public let pages: [Page]
  /// The words in reading order.
  public let places: [WordPlace]
  /// For each block, its words in `places`.
  public let blockPlaces: [Range<Int>]
  /// For each block, its tokens.
  public internal(set) var blocks: [Range<Int>] = []
  public internal(set) var tokens: [Token] = []
  /// Normalised letters of all tokens: lower case, folded, without apostrophes.
  var bytes: [UInt8] = []

  public init(pages: [Page], places: [WordPlace], blockPlaces: [Range<Int>]) {
    self.pages = pages
    self.places = places
    self.blockPlaces = blockPlaces
  }

  /// The normalised word of a token.
  public func word(_ token: Token) -> String {
    String(decoding: bytes[Int(token.start)..<Int(token.start) + Int(token.length)], as: UTF8.self)
  }

  /// The normalised words of some runs of tokens, one space between them.
  public func words(_ runs: [Range<Int>]) -> String {
    var out: [UInt8] = []
    // The letters of a run stand in a row.
    out.reserveCapacity(
      runs.reduce(0) { size, run in
        guard let first = run.first, let last = run.last else { return size }
        return size + run.count
          + Int(tokens[last].start - tokens[first].start) + Int(tokens[last].length)
      })
    for run in runs {
      for i in run where tokens[i].isWord {
        if !out.isEmpty { out.append(0x20) }
        out += normalised(tokens[i])
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  func normalised(_ token: Token) -> ArraySlice<UInt8> {
    bytes[Int(token.start)..<Int(token.start) + Int(token.length)]
  }

  public func page(of token: Token) -> Page { pages[Int(places[Int(token.place)].page)] }

  /// The index of the page on which a token stands.
  public func pageIndex(of token: Token) -> Int { Int(places[Int(token.place)].page) }

  public func printed(_ token: Token) -> Word {
    let place = places[Int(token.place)]
    return pages[Int(place.page)].words[Int(place.word)]
  }

  /// The characters of a run of tokens as printed, words joined by one space, nothing cut out.
  public func verbatim(_ range: Range<Int>) -> String {
    guard let first = range.first.map({ tokens[$0] }), let last = range.last.map({ tokens[$0] })
    else { return "" }
    var out: [UInt8] = []
    // Most words of a language are shorter.
    out.reserveCapacity((Int(last.place - first.place) + 1) * 8)
    for place in Int(first.place)...Int(last.place) {
      let spot = places[place]
      let word = pages[Int(spot.page)].words[Int(spot.word)]
      var start = Int(word.start)
      var end = Int(word.end)
      if place == Int(first.place) { start = Int(first.rawStart) }
      if place == Int(last.place) { end = Int(last.rawEnd) }
      if !out.isEmpty { out.append(0x20) }
      out += pages[Int(spot.page)].utf8[start..<end]
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// The tokens of the sentence in which a token stands.
  public func sentence(around index: Int) -> Range<Int> {
    let sentence = tokens[index].sentence
    var start = index
    while start > 0, tokens[start - 1].sentence == sentence { start -= 1 }
    var end = index + 1
    while end < tokens.count, tokens[end].sentence == sentence { end += 1 }
    return start..<end
  }

  /// The block in which a token stands.
  public func block(of index: Int) -> Int {
    var low = 0
    var high = blocks.count - 1
    while low < high {
      let middle = (low + high) / 2
      if blocks[middle].upperBound <= index { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
