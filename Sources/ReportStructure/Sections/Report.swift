public import PageText
public import SOC2Vocabulary
public import TextMatching

/// A stretch of a report that one author wrote to one end.
public struct Section: Sendable {
  public var zone: Zone
  /// Its heading as printed; empty where it has none.
  public var title: String
  public var blocks: Range<Int>
  /// Indices of its first and last page.
  public var firstPage: Int
  public var lastPage: Int

  public init(zone: Zone, title: String, blocks: Range<Int>, firstPage: Int, lastPage: Int) {
    self.zone = zone
    self.title = title
    self.blocks = blocks
    self.firstPage = firstPage
    self.lastPage = lastPage
  }
}

/// One document with its words in reading order, its blocks, and whose words they are.
public struct Report: Sendable {
  public var text: RunningText
  public var blocks: [Block]
  /// The zone of each block.
  public var zones: [Zone]
  /// For each block, the heading block it stands under, or -1.
  public var headings: [Int]
  public var sections: [Section]
  /// Its tables in reading order; their cells are among `blocks`.
  public var tables: [Table]
  /// Running heads and feet and stamps, each distinct wording once, as a text of its own.
  public var furniture: RunningText
  /// Page numbers that running heads or feet leap over within it; nil where they count on or are not printed.
  public var missingNumbers: ClosedRange<Int>?

  public init(
    text: RunningText, blocks: [Block], zones: [Zone], headings: [Int], sections: [Section],
    tables: [Table] = [], furniture: RunningText, missingNumbers: ClosedRange<Int>? = nil
  ) {
    self.text = text
    self.blocks = blocks
    self.zones = zones
    self.headings = headings
    self.sections = sections
    self.tables = tables
    self.furniture = furniture
    self.missingNumbers = missingNumbers
  }

  public var pages: [Page] { text.pages }

  /// The zone in which a token stands.
  public func zone(of token: Int) -> Zone { zones[text.block(of: token)] }

  public func sections(in zone: Zone) -> [Section] { sections.filter { $0.zone == zone } }

  /// Pages that could not be searched, by number.
  public var unreadPages: [Int] { pages.filter { !$0.isSearchable }.map(\.number) }
}

/// Where words that rules give for zones stand in the text.
public struct ZoneMark: Sendable {
  public enum Role: Sendable {
    case heading, opening
    /// Words that are a heading by themselves, but may head a part of a letter as well.
    case wholeHeading
    /// Words that tell that a heading is another one.
    case denial
  }
  public var zone: Zone
  public var role: Role
  public var tokens: Range<Int>

  public init(zone: Zone, role: Role, tokens: Range<Int>) {
    self.zone = zone
    self.role = role
    self.tokens = tokens
  }
}

extension Layout {
  /// The words as running text, ready for matching.
  public func runningText(of pages: [Page], with vocabulary: Vocabulary) -> RunningText {
    var text = RunningText(pages: pages, places: places, blockPlaces: blocks.map(\.places))
    text.tokenize(
      with: vocabulary, standalone: blocks.map { $0.kind != .paragraph && $0.kind != .listItem },
      undivided: Set(blocks.indices.filter { blocks[$0].kind == .heading }))
    return text
  }

  /// Running heads, feet and stamps as a text of its own: each distinct wording once.
  public func furnitureText(of pages: [Page], with vocabulary: Vocabulary) -> RunningText {
    var stamped = pages
    for p in stamped.indices {
      for aside in stamped[p].setAside where !aside.reason.isHidden {
        for word in aside.text.split(separator: " ") {
          let start = Int32(stamped[p].utf8.count)
          stamped[p].utf8 += word.utf8
          stamped[p].words.append(
            Word(
              start: start, end: Int32(stamped[p].utf8.count),
              box: stamped[p].turn.reading(
                aside.box, width: stamped[p].width, height: stamped[p].height),
              baseline: aside.box.y1, size: aside.box.height, style: []))
          stamped[p].utf8.append(0x20)
        }
      }
    }
    var seen: Set<[UInt8]> = []
    var places: [WordPlace] = []
    var blocks: [Range<Int>] = []
    func take(_ row: [WordPlace]) {
      var letters: [UInt8] = []
      for place in row {
        let page = stamped[Int(place.page)]
        letters += page.utf8[page.words[Int(place.word)].range].filter {
          !(0x30...0x39).contains($0)
        }
      }
      guard seen.insert(letters).inserted else { return }
      blocks.append(places.count..<places.count + row.count)
      places += row
    }
    for row in furniture { take(row) }
    for p in pages.indices where stamped[p].words.count > pages[p].words.count {
      take((pages[p].words.count..<stamped[p].words.count).map { WordPlace(page: p, word: $0) })
    }
    var text = RunningText(pages: stamped, places: places, blockPlaces: blocks)
    text.tokenize(with: vocabulary, standalone: Array(repeating: true, count: blocks.count))
    return text
  }
}
