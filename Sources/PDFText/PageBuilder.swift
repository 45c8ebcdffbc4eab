import CPoppler
import PageText

/// Turns the glyphs of one page into words. Kept between pages only for its buffers and fonts.
struct PageBuilder {
  private var fontStyles: [WordStyle] = []
  private var fontNames: [String] = []
  private var drafts: [WordDraft] = []
  private var utf8: [UInt8] = []

  /// The C side numbers fonts as it meets them; styles are fetched once each.
  mutating func noteFonts(upTo count: Int, font: (Int) -> (style: WordStyle, name: String)) {
    while fontStyles.count < count {
      let (style, name) = font(fontStyles.count)
      fontStyles.append(style)
      fontNames.append(name)
    }
  }

  mutating func page(_ number: Int, label: String?, _ raw: SLPage) -> Page {
    var page = Page(
      number: number, label: label, width: Float(raw.width), height: Float(raw.height),
      state: .missing)
    if raw.state == SL_PAGE_MISSING.asInt32 { return page }
    if raw.state == SL_PAGE_TOO_MUCH.asInt32 {
      page.state = .tooMuch
      return page
    }
    let glyphs = UnsafeBufferPointer(start: raw.glyphs, count: raw.glyphCount)
    let paints = UnsafeBufferPointer(start: raw.paints, count: raw.paintCount)
    page.turn = Self.dominantTurn(of: glyphs)
    let area = page.width * page.height
    let drawn = pictures(among: paints, on: page)
    page.pictures = drawn.filter { $0.width * $0.height > area / 50 }
    page.stamps = drawn.filter {
      $0.width * $0.height <= area / 50 && $0.width > 30 && $0.height > 8
    }
    page.rules = Self.rules(UnsafeBufferPointer(start: raw.rules, count: raw.ruleCount), on: page)
    cutWords(glyphs, turn: page.turn, width: page.width, height: page.height)
    let canvas = Canvas(paints: paints, width: page.width, height: page.height)
    finish(&page, glyphs, canvas)
    for claim in UnsafeBufferPointer(start: raw.claims, count: raw.claimCount) {
      page.setAside.append(
        SetAsideText(
          reason: .replaced, text: String(cString: claim.text),
          box: Box(claim.x0, claim.y0, claim.x1, claim.y1)))
    }
    page.state = state(of: page, glyphs)
    page.blots = blots(among: paints, on: page)
    page.pendingRedactions = Int(raw.pendingRedactions)
    page.fonts = fonts(of: glyphs)
    if page.state == .garbled {
      page.words = []
      page.utf8 = []
    }
    return page
  }

  /// The names of the fonts on the page. Fonts are few and glyphs are many: they are ticked off.
  private func fonts(of glyphs: UnsafeBufferPointer<SLGlyph>) -> Set<String> {
    var isUsed = [Bool](repeating: false, count: fontNames.count)
    for glyph in glyphs where Int(glyph.font) < isUsed.count { isUsed[Int(glyph.font)] = true }
    return Set(zip(fontNames, isUsed).compactMap { $1 ? $0 : nil })
  }

  // MARK: - Direction

  /// The quarter turn in which most glyphs stand upright; side notes and stamps do not sway it.
  private static func dominantTurn(of glyphs: UnsafeBufferPointer<SLGlyph>) -> Turn {
    var right = 0
    var up = 0
    var down = 0
    var left = 0
    for glyph in glyphs {
      if glyph.directionX > 0.99 {
        right += 1
      } else if glyph.directionY < -0.99 {
        up += 1
      } else if glyph.directionY > 0.99 {
        down += 1
      } else if glyph.directionX < -0.99 {
        left += 1
      }
    }
    let other = max(up, down, left)
    guard other > right * 2, other > 20 else { return .none }
    return other == up ? .upwards : other == down ? .downwards : .upsideDown
  }

  // MARK: - Cutting

  /// Cuts the glyphs into words by geometry: table cells often touch without a space between them,
  /// and spaces are often only gaps.
  private mutating func cutWords(
    _ glyphs: UnsafeBufferPointer<SLGlyph>, turn: Turn, width: Float, height: Float
  ) {
    drafts.removeAll(keepingCapacity: true)
    var spaced = true
    var index = 0
    while index < glyphs.count {
      let first = glyphs[index]
      if Characters.isShapeless(first.unicode) {
        index += 1
        continue
      }
      if Characters.isSpace(first.unicode) {
        spaced = true
        index += 1
        continue
      }
      var previousBox = turn.reading(
        Box(first.x0, first.y0, first.x1, first.y1), width: width, height: height)
      let baseline = Self.baseline(of: first, turn: turn, width: width, height: height)
      var draft = WordDraft(
        index, first, previousBox, baseline: baseline, isUpright: Self.isUpright(first, turn),
        spaced: spaced)
      var previous = first.unicode
      spaced = false
      index += 1
      while index < glyphs.count, !Characters.isSpace(glyphs[index].unicode) {
        let glyph = glyphs[index]
        if Characters.isShapeless(glyph.unicode) {
          index += 1
          continue
        }
        let box = turn.reading(
          Box(glyph.x0, glyph.y0, glyph.x1, glyph.y1), width: width, height: height)
        // A glyph struck twice a hair apart is bold print, not two letters.
        if glyph.unicode == previous, glyph.flags & Self.continues == 0,
          abs(box.x0 - previousBox.x0) < 0.12 * glyph.size,
          abs(box.y0 - previousBox.y0) < 0.12 * glyph.size
        {
          draft.isStruckTwice = true
        } else {
          let baseline = Self.baseline(of: glyph, turn: turn, width: width, height: height)
          guard Self.belongs(glyph, box, baseline, to: draft, after: previousBox) else { break }
          draft.take(index, glyph, box)
          previous = glyph.unicode
          previousBox = box
        }
        index += 1
      }
      drafts.append(draft)
    }
    joinLetterSpaced()
  }

  private static let continues = UInt16(SL_GLYPH_CONTINUES)
  private static let visibility =
    UInt16(SL_GLYPH_INVISIBLE) | UInt16(SL_GLYPH_CLIPPED) | UInt16(SL_GLYPH_LAYER_OFF)

  private static func isUpright(_ glyph: SLGlyph, _ turn: Turn) -> Bool {
    switch turn {
    case .none: glyph.directionX > 0.99
    case .upwards: glyph.directionY < -0.99
    case .upsideDown: glyph.directionX < -0.99
    case .downwards: glyph.directionY > 0.99
    }
  }

  private static func baseline(
    of glyph: SLGlyph, turn: Turn, width: Float, height: Float
  ) -> Float {
    switch turn {
    case .none: glyph.baseY
    case .upwards: glyph.baseX
    case .upsideDown: height - glyph.baseY
    case .downwards: width - glyph.baseX
    }
  }

  /// Whether a glyph goes on with the word before it.
  ///
  /// A gap wider than 0.15 of the font size is a space (measured on three producers); small capitals
  /// change size on one baseline, footnote marks leave it.
  private static func belongs(
    _ glyph: SLGlyph, _ box: Box, _ baseline: Float, to word: WordDraft, after last: Box
  ) -> Bool {
    if glyph.flags & continues != 0 { return true }
    if glyph.flags & visibility != word.flags & visibility { return false }
    if abs(glyph.directionX - word.directionX) > 0.02
      || abs(glyph.directionY - word.directionY) > 0.02
    {
      return false
    }
    let size = min(glyph.size, word.size)
    if word.isUpright {
      if abs(baseline - word.baseline) > 0.14 * size { return false }
      let gap = box.x0 - last.x1
      if gap > 0.15 * size || gap < -0.4 * size { return false }
    } else {
      // Along a slanted line: the next glyph starts about where the last one ended.
      let dx = glyph.baseX - word.lastBaseX
      let dy = glyph.baseY - word.lastBaseY
      let along = dx * glyph.directionX + dy * glyph.directionY
      let across = abs(dy * glyph.directionX - dx * glyph.directionY)
      if across > 0.3 * size || along < -0.2 * size || along > 1.3 * size { return false }
    }
    if glyph.size > word.size * 1.7 || glyph.size < word.size * 0.55 { return false }
    if isLight(glyph.colour) != isLight(word.colour) { return false }
    return true
  }

  private static func isLight(_ colour: UInt32) -> Bool {
    (colour >> 16) & 0xFF > 0xE0 && (colour >> 8) & 0xFF > 0xE0 && colour & 0xFF > 0xE0
  }

  /// Headings printed with wide tracking fall apart into letters; five or more single capitals with
  /// even gaps are joined to words again, cut where a gap is clearly wider.
  private mutating func joinLetterSpaced() {
    var i = 0
    while i < drafts.count {
      guard drafts[i].glyphCount == 1, drafts[i].isUpright else {
        i += 1
        continue
      }
      var j = i + 1
      while j < drafts.count, drafts[j].glyphCount == 1, drafts[j].isUpright,
        abs(drafts[j].baseline - drafts[i].baseline) < 0.1 * drafts[i].size,
        drafts[j].box.x0 > drafts[j - 1].box.x0,
        drafts[j].box.x0 - drafts[j - 1].box.x1 < 1.8 * drafts[i].size
      { j += 1 }
      if j - i >= 5 {
        let gaps = (i + 1..<j).map { drafts[$0].box.x0 - drafts[$0 - 1].box.x1 }
        let usual = gaps.sorted()[gaps.count / 2]
        if usual < 0.9 * drafts[i].size {
          var joined: [WordDraft] = [drafts[i]]
          for k in i + 1..<j {
            if gaps[k - i - 1] > usual * 1.7 + 0.05 * drafts[i].size {
              joined.append(drafts[k])
            } else {
              joined[joined.count - 1].append(drafts[k])
            }
          }
          drafts.replaceSubrange(i..<j, with: joined)
          j = i + joined.count
        }
      }
      i = j
    }
  }

  // MARK: - Finishing

  /// Sorts the drafts into the page's words and the text set aside.
  private mutating func finish(
    _ page: inout Page, _ glyphs: UnsafeBufferPointer<SLGlyph>, _ canvas: Canvas
  ) {
    utf8.removeAll(keepingCapacity: true)
    var words: [Word] = []
    words.reserveCapacity(drafts.count)
    var aside: [AsideDraft] = []
    var lastBaseline: Float = 0
    var lastSize: Float = 0
    var lastEnd: Float = 0
    // Where a word stands, to drop a second print of it on the same spot.
    var seen: [UInt64: Int] = [:]
    seen.reserveCapacity(drafts.count)
    for draft in drafts {
      let first = glyphs[draft.firstGlyph]
      let displayed = page.displayed(draft.box)
      var style: WordStyle = Int(first.font) < fontStyles.count ? fontStyles[Int(first.font)] : []
      if draft.isStruckTwice { style.insert(.bold) }
      let reason = asideReason(draft, first, displayed, canvas, &style)
      let start = utf8.count
      let hasUnknown = append(draft, glyphs)
      if utf8.count == start { continue }
      if hasUnknown { style.insert(.garbled) }
      if !draft.spaced { style.insert(.unspaced) }
      if let reason {
        aside.append(
          AsideDraft(
            reason: reason, text: Array(utf8[start...]), box: displayed, baseline: draft.baseline,
            size: draft.size))
        utf8.removeSubrange(start...)
        continue
      }
      let spot =
        UInt64(UInt32(bitPattern: Int32(draft.box.x0 / 3))) << 32
        | UInt64(UInt32(bitPattern: Int32(draft.baseline / 3)))
      if let other = seen.updateValue(words.count, forKey: spot),
        words[other].box.x1 - draft.box.x1 < 2,
        draft.box.x1 - words[other].box.x1 < 2,
        utf8[words[other].range].elementsEqual(utf8[start...])
      {
        words[other].style.insert(.bold)
        utf8.removeSubrange(start...)
        seen[spot] = other
        continue
      }
      if draft.size < lastSize * 0.8, draft.baseline < lastBaseline - 0.12 * lastSize,
        draft.baseline > lastBaseline - 0.8 * lastSize, draft.box.x0 < lastEnd + 0.3 * lastSize,
        draft.box.x0 > lastEnd - 0.5 * lastSize
      {
        style.insert(.raised)
      } else {
        lastBaseline = draft.baseline
        lastSize = draft.size
      }
      lastEnd = draft.box.x1
      words.append(
        Word(
          start: Int32(start), end: Int32(utf8.count), box: draft.box, baseline: draft.baseline,
          size: draft.size, style: style))
      utf8.append(0x20)
    }
    page.words = words
    page.utf8 = utf8
    page.setAside = joined(aside)
  }

  /// Why a word is not part of what the page says, or nil when it is.
  private func asideReason(
    _ draft: WordDraft, _ first: SLGlyph, _ displayed: Box, _ canvas: Canvas,
    _ style: inout WordStyle
  ) -> SetAsideText.Reason? {
    if draft.flags & UInt16(SL_GLYPH_LAYER_OFF) != 0 { return .layerOff }
    if draft.flags & UInt16(SL_GLYPH_CLIPPED) != 0 { return .outside }
    if draft.flags & UInt16(SL_GLYPH_INVISIBLE) != 0 {
      guard canvas.hasPicture(under: displayed) else { return .invisible }
      style.insert(.recognised)
      return draft.isUpright ? nil : .sideways
    }
    if draft.size < 3 { return .tiny }
    let isStamp = !draft.isUpright && draft.size >= 20
    switch canvas.sight(
      of: displayed, order: first.order, colour: first.colour, isStamp: isStamp)
    {
    case .visible: break
    case .sameColour: return .sameColour
    case .covered: return .covered
    case .underScan: style.insert(.recognised)
    }
    if draft.isUpright { return nil }
    return abs(draft.directionX) > 0.99 || abs(draft.directionY) > 0.99 ? .sideways : .diagonal
  }

  /// Appends the word's characters; returns whether one of them is unknown.
  private mutating func append(_ draft: WordDraft, _ glyphs: UnsafeBufferPointer<SLGlyph>) -> Bool {
    var unknown = false
    var last: UInt32 = 0
    var lastX: Float = -1e9
    for i in draft.firstGlyph..<draft.endGlyph {
      let glyph = glyphs[i]
      let c = glyph.unicode
      if c == 0 || c == 0xFFFD {
        unknown = true
        continue
      }
      if Characters.isShapeless(c) || Characters.isSpace(c) { continue }
      if draft.isStruckTwice, c == last, glyph.flags & Self.continues == 0,
        abs(glyph.x0 - lastX) < 0.12 * glyph.size
      {
        continue
      }
      last = c
      lastX = glyph.x0
      if c < 0x80 {
        utf8.append(UInt8(c))
      } else if let scalar = Unicode.Scalar(c) {
        utf8.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      }
    }
    return unknown
  }

  /// Joins pieces of set-aside text to lines, and lines to the sentence that runs over them.
  private func joined(_ drafts: [AsideDraft]) -> [SetAsideText] {
    var out: [SetAsideText] = []
    var text: [UInt8] = []
    var box = Box(0, 0, 0, 0)
    var last: AsideDraft?
    func close() {
      guard let last, !text.isEmpty else { return }
      out.append(
        SetAsideText(reason: last.reason, text: String(decoding: text, as: UTF8.self), box: box))
    }
    for draft in drafts {
      if let last, draft.goesOn(after: last), text.count < 2_000 {
        text.append(0x20)
        text.append(contentsOf: draft.text)
        box = box.union(draft.box)
      } else {
        close()
        text = draft.text
        box = draft.box
      }
      last = draft
    }
    close()
    return out
  }

  // MARK: - The page as a whole

  /// The pictures on the page. Those under one fiftieth of it, logos and signatures, hide no text.
  private func pictures(among paints: UnsafeBufferPointer<SLPaint>, on page: Page) -> [Box] {
    paints.compactMap { paint in
      guard paint.kind == UInt8(SL_PAINT_IMAGE) else { return nil }
      let box = Box(
        max(0, paint.x0), max(0, paint.y0), min(page.width, paint.x1), min(page.height, paint.y1))
      return box.width > 0 && box.height > 0 ? box : nil
    }
  }

  /// The page's lines in its reading frame, each once: producers draw a border for each of two cells.
  private static func rules(_ raw: UnsafeBufferPointer<SLRule>, on page: Page) -> [Box] {
    var seen: Set<Box> = []
    return raw.compactMap { rule in
      let box = page.turn.reading(
        Box(rule.x0, rule.y0, rule.x1, rule.y1), width: page.width, height: page.height)
      return seen.insert(box).inserted ? box : nil
    }
  }

  /// Whether the page can be searched.
  ///
  /// A page whose picture covers a third of it and that has fewer than 25 words is a picture: the
  /// words are a stamp, a page number or the title of a cover. A page where most letters are unknown,
  /// that is nearly all symbols, or whose words cannot be spoken, is garbled.
  private func state(of page: Page, _ glyphs: UnsafeBufferPointer<SLGlyph>) -> PageState {
    var unknown = 0
    var letters = 0
    var odd = 0
    for glyph in glyphs {
      let c = glyph.unicode
      if c == 0 || c == 0xFFFD {
        unknown += 1
      } else if (c | 0x20) >= 0x61 && (c | 0x20) <= 0x7A || c >= 0xC0 && c < 0x2000 {
        letters += 1
      } else if c < 0x20 || (c >= 0xE000 && c < 0xF900) || (c >= 0x7F && c < 0xA0) {
        odd += 1
      }
    }
    let known = glyphs.count - unknown
    let covered = page.pictures.reduce(Float(0)) { $0 + $1.width * $1.height }
    let share = covered / max(1, page.width * page.height)
    let own = page.words.count { !$0.style.contains(.recognised) }
    if share > 0.33, page.words.count < 25 { return .picture }
    if share > 0.33, own < 25, page.words.count >= 25 { return .text }
    if glyphs.count > 40, unknown > known || odd > letters { return .garbled }
    if page.words.isEmpty { return page.pictures.isEmpty ? .empty : .picture }
    return isGibberish(page) ? .garbled : .text
  }

  /// Whether the letters are others than those that are seen: fonts without a table of characters
  /// often shift the alphabet.
  ///
  /// Hardly a word of four small letters is without a vowel in any language of Latin letters; in a
  /// shifted alphabet every tenth is at least. One in sixteen decides, over at least twenty words.
  private func isGibberish(_ page: Page) -> Bool {
    guard page.words.count >= 20 else { return false }
    var counted = 0
    var voiceless = 0
    page.utf8.withUnsafeBufferPointer { utf8 in
      for word in page.words where word.end - word.start >= 4 {
        var letters = 0
        var hasVowel = false
        for i in Int(word.start)..<Int(word.end) {
          let c = utf8[i]
          if c >= 0x61 && c <= 0x7A {
            letters += 1
            // a e i o u y
            if (0x1104111 as UInt32) >> UInt32(c - 0x61) & 1 != 0 { hasVowel = true }
          } else if i > Int(word.start), i < Int(word.end) - 1 {
            // Identifiers, accented letters and capitals say nothing.
            letters = -100
          } else if c < 0x80, Self.capitalVowels.contains(c) {
            hasVowel = true
          }
        }
        guard letters >= 3 else { continue }
        counted += 1
        if !hasVowel { voiceless += 1 }
      }
    }
    return counted >= 20 && voiceless >= 4 && voiceless * 16 > counted
  }

  private static let capitalVowels = Array("AEIOUY".utf8)
}

extension Int {
  fileprivate var asInt32: Int32 { Int32(truncatingIfNeeded: self) }
}
extension UInt32 {
  fileprivate var asInt32: Int32 { Int32(truncatingIfNeeded: self) }
}

/// A piece of text on its way to being set aside.
private struct AsideDraft {
  var reason: SetAsideText.Reason
  var text: [UInt8]
  /// On the displayed page.
  var box: Box
  /// In the reading frame.
  var baseline: Float
  var size: Float

  /// Whether it is read together with the piece before it in the file.
  func goesOn(after last: AsideDraft) -> Bool {
    guard reason == last.reason else { return false }
    switch reason {
    case .diagonal: return true
    case .sideways:
      let overlap = min(box.x1, last.box.x1) - max(box.x0, last.box.x0)
      let gap = max(box.y0, last.box.y0) - min(box.y1, last.box.y1)
      return overlap > 0.5 * size && gap < 2 * size
    default:
      let leading = baseline - last.baseline
      if abs(leading) < 0.5 * size { return true }
      let ends = last.text.last.map { [0x2E, 0x21, 0x3F].contains($0) } ?? false
      return !ends && leading > 0 && leading < 1.8 * max(size, last.size)
    }
  }
}
