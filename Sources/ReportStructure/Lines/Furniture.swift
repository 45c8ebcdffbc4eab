import PageText

/// Running heads and feet: what a page prints because it is a page. They are kept apart from the text,
/// for they tear its sentences, but not thrown away: they hold draft and confidentiality marks.
struct FurnitureFinder {
  /// How many rows from the top and from the bottom may be furniture.
  private static let depth = 4
  /// A head or foot comes back on this share of the pages, or on three pages running.
  private static let share = 0.4

  /// For each page, the indices of its rows that are furniture.
  static func find(in pages: [Page], rows: [[PrintedRow]], grids: [Grid]) -> [Set<Int>] {
    var keys: [[(row: Int, key: Key)]] = []
    let isScan = pages.contains { $0.words.contains { $0.style.contains(.recognised) } }
    for (p, page) in pages.enumerated() {
      var own: [(Int, Key)] = []
      // A large drawn table is text, however often its last lines come back.
      let tables = RuledTables.boxes(grids[p]).filter { $0.height > page.readingHeight / 5 }
      for (row, isTop) in edgeRows(rows[p], height: page.readingHeight) {
        let printed = rows[p][row]
        if isTableHead(printed, page) { continue }
        if tables.contains(where: { $0.contains(x: printed.box.centreX, y: printed.box.centreY) }) {
          continue
        }
        let key = Key(
          text: isScan ? letters(printed, page) : mask(printed, page), isTop: isTop,
          page.readingWidth > page.readingHeight)
        own.append((row, key))
      }
      keys.append(own)
    }
    if isScan { joinMisread(&keys) }
    var places: [Key: [Int]] = [:]
    for (p, own) in keys.enumerated() {
      // Lines that are alike on one page are a list, not a head.
      for (_, key) in own where places[key]?.last != p { places[key, default: []].append(p) }
    }
    var out: [Set<Int>] = []
    for (p, page) in pages.enumerated() {
      var found: Set<Int> = []
      for (row, key) in keys[p] {
        let seen = places[key] ?? []
        let often = seen.count >= 3 && Double(seen.count) >= share * Double(pages.count)
        if often || hasRun(seen, at: p) { found.insert(row) }
      }
      keepParagraphs(rows[p], &found)
      // A page number alone at the very edge needs no repetition.
      for row in [rows[p].indices.first, rows[p].indices.last].compactMap({ $0 })
      where isPageNumber(rows[p][row], page) {
        found.insert(row)
      }
      out.append(found)
    }
    return out
  }

  private struct Key: Hashable {
    var text: [UInt8]
    var isTop: Bool
    var isLandscape: Bool
    init(text: [UInt8], isTop: Bool, _ isLandscape: Bool) {
      self.text = text
      self.isTop = isTop
      self.isLandscape = isLandscape
    }
  }

  /// Rows in the upper or lower sixth of the page, at most `depth` from its edge.
  private static func edgeRows(_ rows: [PrintedRow], height: Float) -> [(Int, Bool)] {
    var out: [(Int, Bool)] = []
    for (i, row) in rows.enumerated().prefix(depth) where row.box.y1 < height / 6 {
      out.append((i, true))
    }
    for (i, row) in rows.enumerated().suffix(depth) where row.box.y0 > height * 5 / 6 {
      out.append((i, false))
    }
    return out
  }

  /// Three pages among five that print the same: a head of one section only.
  private static func hasRun(_ pages: [Int], at page: Int) -> Bool {
    pages.count { abs($0 - page) <= 2 } >= 3
  }

  /// A row that stands in a paragraph with a row of the body is text, however often it comes back:
  /// what a page prints because it is a page stands apart.
  private static func keepParagraphs(_ rows: [PrintedRow], _ found: inout Set<Int>) {
    guard !found.isEmpty else { return }
    for i in rows.indices.reversed() where found.contains(i) {
      if rows.indices.contains(i + 1), !found.contains(i + 1), isParagraph(rows[i], rows[i + 1]) {
        found.remove(i)
      }
    }
    for i in rows.indices where found.contains(i) {
      if i > 0, !found.contains(i - 1), isParagraph(rows[i - 1], rows[i]) { found.remove(i) }
    }
  }

  private static func isParagraph(_ upper: PrintedRow, _ lower: PrintedRow) -> Bool {
    let size = max(upper.size, lower.size)
    return upper.segments.count == 1 && lower.segments.count == 1
      && abs(upper.size - lower.size) < 0.05 * size
      && upper.segments[0].isBold == lower.segments[0].isBold
      && abs(upper.box.x0 - lower.box.x0) < 1 && lower.baseline - upper.baseline < 1.45 * size
  }

  /// The row's letters with digits and roman page numbers masked, so that numbered pages agree.
  private static func mask(_ row: PrintedRow, _ page: Page) -> [UInt8] {
    var out: [UInt8] = []
    for segment in row.segments {
      for i in segment.words {
        let text = page.utf8[page.words[i].range]
        if isRoman(text) {
          out.append(0x23)
        } else {
          for c in text {
            if c >= 0x30 && c <= 0x39 {
              if out.last != 0x23 { out.append(0x23) }
            } else {
              out.append(c >= 0x41 && c <= 0x5A ? c | 0x20 : c)
            }
          }
        }
        out.append(0x20)
      }
    }
    return out
  }

  // MARK: - Scans

  /// The row's letters only, with numbers masked: OCR adds and loses signs and spaces.
  private static func letters(_ row: PrintedRow, _ page: Page) -> [UInt8] {
    mask(row, page).filter { (0x61...0x7A).contains($0) || $0 == 0x23 }
  }

  /// A row that differs by a letter or two from one that comes back is the same row, misread.
  private static func joinMisread(_ keys: inout [[(row: Int, key: Key)]]) {
    var counts: [Key: Int] = [:]
    for own in keys { for (_, key) in own { counts[key, default: 0] += 1 } }
    let common = counts.filter { $0.value >= 3 }.keys.sorted {
      $0.text.lexicographicallyPrecedes($1.text)
    }
    guard !common.isEmpty else { return }
    for p in keys.indices {
      for i in keys[p].indices where counts[keys[p][i].key] ?? 0 < 3 {
        let own = keys[p][i].key
        let meant = common.first {
          $0.isTop == own.isTop && $0.isLandscape == own.isLandscape
            && isMisread(own.text, of: $0.text)
        }
        if let meant { keys[p][i].key = meant }
      }
    }
  }

  /// Whether at most one letter in ten is another, lost or added.
  private static func isMisread(_ a: [UInt8], of b: [UInt8]) -> Bool {
    let allowed = b.count / 10
    guard allowed > 0, abs(a.count - b.count) <= allowed else { return false }
    var row = Array(0...b.count)
    for i in 1...a.count {
      // Further from the middle more than what is allowed was lost or added.
      let band = max(1, i - allowed)...min(b.count, i + allowed)
      var corner = row[band.lowerBound - 1]
      row[band.lowerBound - 1] = i
      for j in band {
        let above = j == i + allowed ? allowed + 1 : row[j]
        let changed = corner + (a[i - 1] == b[j - 1] ? 0 : 1)
        corner = row[j]
        row[j] = min(changed, above + 1, row[j - 1] + 1)
      }
    }
    return row[b.count] <= allowed
  }

  private static func isRoman(_ text: ArraySlice<UInt8>) -> Bool {
    !text.isEmpty && text.count <= 6
      && text.allSatisfy { [0x69, 0x76, 0x78, 0x6C].contains($0) }
  }

  /// `12`, `- 12 -`, `Page 12 of 96`, `iii`.
  private static func isPageNumber(_ row: PrintedRow, _ page: Page) -> Bool {
    guard row.segments.count == 1, row.segments[0].words.count <= 5 else { return false }
    var hasNumber = false
    for i in row.segments[0].words {
      let text = page.utf8[page.words[i].range]
      let bare = text.filter { $0 != 0x2D && $0 != 0x7C && $0 < 0x80 }
      if bare.isEmpty { continue }
      if bare.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), bare.count <= 4 {
        hasNumber = true
      } else if isRoman(bare[...]) {
        hasNumber = true
      } else if !["page", "of", "p.", "/"].contains(where: { word in
        bare.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }.elementsEqual(word.utf8)
      }) {
        return false
      }
    }
    return hasNumber
  }

  /// The head row of a table also comes back at the top of pages, but belongs to the text.
  private static func isTableHead(_ row: PrintedRow, _ page: Page) -> Bool {
    guard row.segments.count >= 2 else { return false }
    var hits = 0
    for segment in row.segments {
      let text = segment.words.map { page.text(of: page.words[$0]).lowercased() }
      if text.contains(where: { word in
        [
          "control", "controls", "criteria", "criterion", "test", "tests", "result", "results",
          "procedure", "procedures", "testing", "activity",
        ].contains { word.hasPrefix($0) }
      }) {
        hits += 1
      }
    }
    return hits >= 2
  }
}
