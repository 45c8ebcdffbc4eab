import PageText

/// What a paragraph is made of once its lines are filled.
enum WordStrip {
  case line(WordLine)
  case picture(WordParagraph.Picture)
  case pageBreak
  case pageEnd
  case watermark(String)
}

/// Fills lines with a paragraph's words.
///
/// Every character is half its size wide and a space 0.28 of it, which is about what Calibri, Arial
/// and Times have: nobody can say more without the fonts. A word that is wider than its column is
/// printed narrower rather than over its neighbours.
struct WordLines {
  private let width: Float
  private let indent: Float
  private let paragraph: WordParagraph
  private var strips: [WordStrip] = []
  private var line: WordLine
  /// Where the next word may begin.
  private var x: Float
  private var word: WordDraft?
  private var isSpaced = false
  private var isTabbed = false
  /// Nothing has been put on the line, not even a tab.
  private var isLineBlank = true

  private static let advance: Float = 0.5
  private static let space: Float = 0.28
  /// Tab stops are half an inch apart, as in a new document.
  private static let tabStop: Float = 36

  static func strips(of paragraph: WordParagraph, width: Float) -> [WordStrip] {
    var filler = WordLines(paragraph, width: width)
    for piece in paragraph.pieces { filler.take(piece) }
    filler.endWord()
    if !filler.line.words.isEmpty || filler.strips.isEmpty { filler.endLine() }
    return filler.strips
  }

  private init(_ paragraph: WordParagraph, width: Float) {
    self.paragraph = paragraph
    self.width = width
    // Half of a narrow column is left for words.
    indent = min(paragraph.indent, width / 2)
    line = WordLine(size: paragraph.size)
    x = indent
  }

  private mutating func take(_ piece: WordParagraph.Piece) {
    switch piece {
    case .text(let text, let look): take(text, look)
    case .tab:
      endWord()
      isTabbed = true
    case .lineBreak:
      endWord()
      endLine()
    case .pageBreak: interrupt(with: .pageBreak)
    case .pageEnd: interrupt(with: .pageEnd)
    case .picture(let picture) where picture.floats: strips.append(.picture(picture))
    case .picture(let picture): interrupt(with: .picture(picture))
    case .watermark(let words): strips.append(.watermark(words))
    }
  }

  private mutating func interrupt(with strip: WordStrip) {
    endWord()
    if !line.words.isEmpty { endLine() }
    strips.append(strip)
  }

  private mutating func take(_ text: String, _ look: WordParagraph.Look) {
    for scalar in text.unicodeScalars {
      if Characters.isSpace(scalar.value) {
        endWord()
        isSpaced = true
        continue
      }
      // A soft hyphen shows only where a word is broken, and none is broken here.
      if Characters.isShapeless(scalar.value) || scalar.value == 0xAD { continue }
      if let open = word, !open.continues(with: look) { endWord() }
      var open =
        word
        ?? WordDraft(
          size: look.size, style: look.style, hidden: look.hidden,
          isAttached: !isSpaced && !isTabbed && !isLineBlank, followsTab: isTabbed)
      open.text += Array(String(Character(scalar)).utf8)
      open.size = max(open.size, look.size)
      open.x1 += Self.advance * look.size
      word = open
    }
  }

  /// Puts the open word on the line, or on the next one where it does not fit.
  private mutating func endWord() {
    guard var made = word else { return }
    word = nil
    defer {
      isSpaced = false
      isTabbed = false
      isLineBlank = false
    }
    // Hidden words take no room but need a place.
    let natural = made.hidden == nil ? made.x1 : min(made.x1, 4)
    var start = x
    if made.followsTab {
      start = ((x + Self.space * made.size) / Self.tabStop).rounded(.up) * Self.tabStop
    } else if !made.isAttached, !isLineBlank {
      start += Self.space * made.size
    }
    let isFull = made.isAttached ? start >= width : start + natural > width
    if isFull {
      if !isLineBlank { endLine() }
      start = indent
      made.isAttached = false
    }
    if made.followsTab { made.style.insert(.unspaced) }
    start = min(start, width - 1)
    made.x0 = start
    made.x1 = start + max(1, min(natural, width - start))
    if made.hidden == nil { x = made.x1 }
    line.size = max(line.size, made.size)
    line.words.append(made)
  }

  private mutating func endLine() {
    strips.append(.line(line))
    line = WordLine(size: paragraph.size)
    x = indent
    isLineBlank = true
    isSpaced = false
    isTabbed = false
  }
}

extension WordDraft {
  /// Whether characters that look like this belong to it when nothing parts them: office programs
  /// cut words wherever somebody once edited them.
  fileprivate func continues(with look: WordParagraph.Look) -> Bool {
    hidden == look.hidden && style.contains(.raised) == look.style.contains(.raised)
  }
}
