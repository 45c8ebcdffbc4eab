import PDFText
import PageText
import TestSupport
import Testing

/// Each PDF of `fixtures/text` against what a person wrote down about its pages.
@Suite struct TrapTests {
  @Test(arguments: Trap.names) func sizesLabelsAndStates(_ name: String) throws {
    let trap = try Trap.named(name)
    let pages = try trap.read(name).pages
    try #require(pages.count == trap.pages.count)
    for (page, sheet) in zip(pages, trap.pages) {
      #expect(page.number == sheet.page)
      #expect(abs(page.width - sheet.width) < 0.5 && abs(page.height - sheet.height) < 0.5)
      #expect(page.label == sheet.label)
      let state: PageState =
        sheet.picture == true ? .picture : sheet.unusableLayer == true ? .garbled : .text
      #expect(page.state == state)
      #expect((sheet.picture == true || sheet.layerUnderPicture == true) <= !page.pictures.isEmpty)
    }
  }

  /// In the order of the file; columns and running heads are the layout's, see `LayoutTrapTests`.
  @Test(arguments: Trap.names.filter { !$0.hasPrefix("two-columns") })
  func lines(_ name: String) throws {
    let trap = try Trap.named(name)
    for (page, sheet) in zip(try trap.read(name).pages, trap.pages) where sheet.furniture == nil {
      #expect(printedLines(page) == sheet.readable.map(asSeen))
    }
  }

  @Test(arguments: Trap.names) func setAside(_ name: String) throws {
    let trap = try Trap.named(name)
    for (page, sheet) in zip(try trap.read(name).pages, trap.pages) {
      let hidden = page.setAside.filter(\.reason.isHidden)
      #expect(hidden.map(\.text).sorted() == (sheet.hidden ?? []).sorted())
      if let reason = Self.reasons[name] { #expect(hidden.allSatisfy { $0.reason == reason }) }
      let stamps = page.setAside.filter { $0.reason == .diagonal }.map(\.text)
      #expect(unspaced(stamps) == unspaced(sheet.watermark ?? []))
      let turned = page.setAside.filter { $0.reason == .sideways }.map(\.text)
      #expect(turned == sheet.turned ?? [])
    }
  }

  private static let reasons: [String: SetAsideText.Reason] = [
    "actual-text-lies": .replaced,
    "crop-box-offset": .outside,
    "hidden-behind-image": .covered,
    "hidden-behind-rectangle": .covered,
    "hidden-clipped": .outside,
    "hidden-optional-content": .layerOff,
    "hidden-render-mode": .invisible,
    "hidden-tiny": .tiny,
    "hidden-transparent": .invisible,
    "hidden-white": .sameColour,
  ]

  @Test(arguments: Trap.names) func boxes(_ name: String) throws {
    let trap = try Trap.named(name)
    for (page, sheet) in zip(try trap.read(name).pages, trap.pages) {
      for spot in sheet.boxes ?? [] {
        let near = page.words.filter { word in
          let box = page.displayed(word.box)
          return zip([box.x0, box.y0, box.x1, box.y1], spot.box).allSatisfy {
            abs($0 - $1) <= trap.tolerance
          }
        }
        #expect(near.contains { asSeen(page.text(of: $0)) == spot.word }, "\(spot.word)")
      }
    }
  }

  @Test(arguments: Trap.names) func footnoteMarks(_ name: String) throws {
    let trap = try Trap.named(name)
    for (page, sheet) in zip(try trap.read(name).pages, trap.pages) {
      let found = page.words.indices.filter { page.words[$0].style.contains(.raised) }
      #expect(found.map { page.text(of: page.words[$0]) } == (sheet.raised ?? []).map(\.text))
      #expect(found.map { page.text(of: page.words[$0 - 1]) } == (sheet.raised ?? []).map(\.after))
    }
  }

  /// Text that nobody painted, over or under a picture of the page, is somebody's OCR and says so.
  @Test(arguments: Trap.names) func textUnderPictures(_ name: String) throws {
    let trap = try Trap.named(name)
    for (page, sheet) in zip(try trap.read(name).pages, trap.pages) {
      let isLayer = sheet.layerUnderPicture == true
      #expect(page.words.allSatisfy { $0.style.contains(.recognised) == isLayer })
    }
  }

  @Test func strikingTwiceIsBold() throws {
    let name = "double-struck-bold"
    let page = try #require(try Trap.named(name).read(name).pages.first)
    let bold = page.words.filter { $0.style.contains(.bold) }.map { page.text(of: $0) }
    #expect(
      bold.joined(separator: " ") == "Basis for Qualified Opinion Exceptions noted: 3 of 25 tickets"
    )
  }

  @Test(arguments: [nil, "lamp"]) func passwordIsNeeded(_ password: String?) throws {
    let file = try bytes(of: "fixtures/text/encrypted-password/page.pdf")
    #expect(throws: PDFTextError.encrypted(passwordGiven: password != nil)) {
      try readPages(of: file, password: password)
    }
  }

  @Test(arguments: ["encrypted-empty-user-aes-256", "encrypted-empty-user-rc4-128"])
  func encryptionIsNoted(_ name: String) throws {
    #expect(try Trap.named(name).read(name).metadata.encrypted)
  }

  @Test(arguments: ["picture-page": "pageIsPicture", "no-tounicode-gibberish": "pageIsGarbled"])
  func unreadPagesAreReported(_ name: String, _ code: String) throws {
    let reading = try Trap.named(name).read(name)
    let unread = reading.pages.filter { !$0.isSearchable }.map(\.number)
    #expect(!unread.isEmpty)
    #expect(reading.diagnostics.filter { $0.code == code }.map(\.page) == unread)
  }
}

/// The words from left to right on each baseline, baselines from top to bottom.
private func printedLines(_ page: Page) -> [String] {
  var rows: [(baseline: Float, words: [Word])] = []
  for word in page.words {
    let isRaised = word.style.contains(.raised)
    if let row = rows.firstIndex(where: { abs($0.baseline - word.baseline) < word.size * 0.3 }) {
      rows[row].words.append(word)
    } else if isRaised, !rows.isEmpty {
      rows[rows.count - 1].words.append(word)
    } else {
      rows.append((word.baseline, [word]))
    }
  }
  return rows.sorted { $0.baseline < $1.baseline }.map { row in
    printed(row.words.sorted { $0.box.x0 < $1.box.x0 }, on: page)
  }
}

/// Implication: the left may hold only where the right does.
private func <= (left: Bool, right: Bool) -> Bool { !left || right }
