import PDFText
import PageText
import TestSupport
import Testing

@testable import PageOCR

struct SpellingTests {
  @Test(arguments: [
    ("2O25", "2025"), ("3l,", "31,"), ("l5", "15"), ("CC6.l", "CC6.1"), ("CCl.2", "CC1.2"),
    ("Al.2", "A1.2"), ("PI1.1", "PI1.1"), ("P11.1", "PI1.1"), ("Pl1.4", "PI1.4"), ("P8.l", "P8.1"),
    ("CC6.1.l", "CC6.1.1"), ("1O%", "10%"),
  ])
  func lettersInNumbersAreDigits(_ read: String, _ meant: String) {
    #expect(withDigits(read) == meant)
  }

  @Test(arguments: [
    "O365", "B2B", "Inc.", "S3", "I", "lO", "OAuth2", "CloudOps", "C.I.O.", "1st", "24x7", "PW-110",
    "SOC", "Al.", "v1.Il2x",
  ])
  func wordsStay(_ word: String) {
    #expect(withDigits(word) == word)
  }
}

struct RuledLinesTests {
  /// White paper of 300 by 300 pixels at 100 dpi with dark rectangles.
  private func sheet(_ dark: [(x: Range<Int>, y: Range<Int>)]) throws -> Bitmap {
    var pixels = [UInt8](repeating: 255, count: 300 * 300)
    for area in dark { for y in area.y { for x in area.x { pixels[y * 300 + x] = 40 } } }
    return try #require(Bitmap(width: 300, height: 300, channels: .grey, pixels: pixels))
  }

  @Test func linesAreFoundAndErased() throws {
    let picture = try sheet([(20..<280, 50..<52), (20..<22, 52..<150)])
    let lines = RuledLines(in: picture, dpi: 100)
    #expect(lines.boxes == [Box(20, 50, 280, 52), Box(20, 50, 22, 150)])
    #expect(lines.erased(from: picture).pixels.allSatisfy { $0 == 255 })
  }

  /// Strokes of letters are shorter than 0.4 inch across and 0.27 down.
  @Test func lettersAreNoLines() throws {
    let picture = try sheet([(20..<55, 50..<53), (20..<23, 50..<75)])
    #expect(RuledLines(in: picture, dpi: 100).boxes.isEmpty)
  }

  /// Of a shaded head of a table the edges part cells; it stays, as its letters may be white.
  @Test func areasHaveEdges() throws {
    let picture = try sheet([(20..<280, 50..<90)])
    let lines = RuledLines(in: picture, dpi: 100)
    #expect(
      lines.boxes == [
        Box(20, 50, 280, 51), Box(20, 89, 280, 90), Box(20, 50, 21, 90), Box(279, 50, 280, 90),
      ])
    #expect(lines.erased(from: picture) == picture)
  }
}

@Suite(.enabled(if: OCR.isInstalled, Comment(rawValue: OCR.reason)))
struct PageRecogniserTests {
  private static let report = "fixtures/reports/type2-qualified-operation/report.pdf"

  /// The share of the page's own words that were read, each as often as it stands there.
  private func shareRead(_ page: Page, _ scan: RecognisedPage) -> Double {
    var left: [String: Int] = [:]
    for word in scan.words { left[plain(word.text), default: 0] += 1 }
    let words = page.words.map { plain(page.text(of: $0)) }
    var found = 0
    for word in words where left[word, default: 0] > 0 {
      left[word, default: 0] -= 1
      found += 1
    }
    return Double(found) / Double(max(1, words.count))
  }

  private func plain(_ word: String) -> String {
    var out = word
    for (curly, straight) in [("’", "'"), ("‘", "'"), ("“", "\""), ("”", "\"")] {
      out = out.split(separator: curly, omittingEmptySubsequences: false).joined(
        separator: straight)
    }
    return out
  }

  private func drawn(_ page: Int) throws -> Bitmap {
    let renderer = try PDFRenderer(try bytes(of: Self.report), password: nil)
    return try renderer.render(page: page, dpi: 300, channels: .grey)
  }

  /// A letter and a page of test tables, against the words that the file itself gives.
  @Test(arguments: [4, 9])
  func wordsAreReadWhereTheyStand(_ number: Int) throws {
    let file = try bytes(of: Self.report)
    let page = try readPages(of: file, password: nil).pages[number - 1]
    let scan = try #require(OCR.read(file, [number])?.first)
    #expect(shareRead(page, scan) >= 0.95)
    #expect(scan.confidence > 85)
    #expect(scan.turn == .none)
    #expect(scan.tilt == 0)
    var own: [String: [Box]] = [:]
    for word in page.words { own[plain(page.text(of: word)), default: []].append(word.box) }
    let wide = scan.words.filter { $0.text.utf8.count > 3 && own[plain($0.text)] != nil }
    let placed = wide.count { word in
      own[plain(word.text), default: []].contains { box in
        abs(box.centreX - word.box.centreX) < 4 && box.contains(x: box.centreX, y: word.box.centreY)
      }
    }
    #expect(
      placed * 20 >= wide.count * 19, "\(placed) of \(wide.count) stand where they are printed")
    // Body text is set in sizes from 8 to 12 points.
    let sizes = scan.words.map(\.size).sorted()
    #expect((7.5...12.5).contains(sizes[sizes.count / 2]))
  }

  @Test func bordersOfTablesAreRules() throws {
    let file = try bytes(of: "fixtures/reports/tests-four-columns-bordered/report.pdf")
    let page = try #require(
      try readPages(of: file, password: nil).pages.first { $0.rules.count > 20 })
    let scan = try #require(OCR.read(file, [page.number])?.first)
    let across = page.rules.filter { $0.width > 60 }
    let found = across.count { rule in
      scan.rules.contains {
        abs($0.centreY - rule.centreY) < 2 && $0.x0 < rule.centreX && $0.x1 > rule.centreX
      }
    }
    #expect(found * 10 >= across.count * 9, "\(found) of \(across.count)")
  }

  @Test(arguments: [Turn.upwards, .upsideDown, .downwards])
  func aPageOnItsSideIsTurned(_ turn: Turn) throws {
    let upright = try drawn(5)
    // As it lies: the quarter turn that undoes `turn`.
    let back: Turn =
      switch turn {
      case .upwards: .downwards
      case .downwards: .upwards
      case .none, .upsideDown: turn
      }
    let recogniser = try #require(OCR.recogniser)
    let scan = try #require(recogniser.read(upright.turned(back), page: 1, dpi: 300))
    #expect(scan.turn == turn)
    #expect(scan.confidence > 85)
  }

  @Test func blankPaperHasNoInk() throws {
    let white = try #require(
      Bitmap(
        width: 850, height: 1100, channels: .grey,
        pixels: [UInt8](repeating: 250, count: 850 * 1100)))
    let scan = try #require(OCR.recogniser?.read(white, page: 7, dpi: 100))
    #expect(!scan.hasInk)
    #expect(scan.words.isEmpty)
    #expect(scan.number == 7)
  }

  /// Data that are none of Tesseract's give no page instead of a crash.
  @Test func otherDataReadNothing() throws {
    let recogniser = try #require(PageRecogniser(data: [UInt8](repeating: 7, count: 5000)))
    #expect(try recogniser.read(drawn(4), page: 4, dpi: 300) == nil)
  }
}
