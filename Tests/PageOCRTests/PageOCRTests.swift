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
  fileprivate func sheet(_ dark: [(x: Range<Int>, y: Range<Int>)]) throws -> Bitmap {
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

extension RuledLinesTests {
  /// The border of a row of one line is as short as a letter, but runs from one line to the next.
  @Test func shortBordersPartTheCellsOfAHead() throws {
    let lines: [(x: Range<Int>, y: Range<Int>)] = [(20..<280, 50..<52), (20..<280, 80..<82)]
    let found = RuledLines(in: try sheet(lines + [(150..<152, 52..<80)]), dpi: 150)
    #expect(found.boxes.contains { $0.height > $0.width && $0.x0 == 150 })
    // As high, but it hangs in the air: a letter.
    let letter = RuledLines(in: try sheet(lines + [(150..<152, 58..<78)]), dpi: 150)
    #expect(letter.boxes.count == 2)
  }

  /// On grey ground the feet of bold letters touch: what stands on them tells that they are no line.
  @Test func feetOfLettersAreNoLine() throws {
    let stems = stride(from: 40, to: 120, by: 6).map { (x: $0..<$0 + 2, y: 52..<62) }
    let feet: (x: Range<Int>, y: Range<Int>) = (38..<122, 62..<63)
    #expect(RuledLines(in: try sheet(stems + [feet]), dpi: 100).boxes.isEmpty)
    // Two lines close to each other stay.
    let double = RuledLines(in: try sheet([(20..<280, 50..<51), (20..<280, 54..<55)]), dpi: 100)
    #expect(double.boxes.count == 2)
  }
}

struct DotLeaderTests {
  /// White paper of 400 by 100 pixels at 200 dpi with dark rectangles.
  private func sheet(_ dark: [(x: Range<Int>, y: Range<Int>)]) throws -> Bitmap {
    var pixels = [UInt8](repeating: 255, count: 400 * 100)
    for area in dark { for y in area.y { for x in area.x { pixels[y * 400 + x] = 40 } } }
    return try #require(Bitmap(width: 400, height: 100, channels: .grey, pixels: pixels))
  }
  private let word = stride(from: 20, to: 80, by: 10).map { (x: $0..<$0 + 4, y: 40..<60) }
  private func dots(_ count: Int) -> [(x: Range<Int>, y: Range<Int>)] {
    (0..<count).map { (x: 100 + 12 * $0..<103 + 12 * $0, y: 57..<60) }
  }

  @Test func dotsAreErasedAndTold() throws {
    let leaders = DotLeaders(in: try sheet(word + dots(10)), dpi: 200)
    #expect(leaders.boxes == [Box(100, 57, 211, 60)])
    #expect(leaders.erased(from: try sheet(word + dots(10))) == (try sheet(word)))
  }

  /// Three points are an ellipsis; points between figures are not equally far apart; and what has an arch
  /// above its feet is a letter.
  @Test func pointsOfATextStay() throws {
    let arches = (0..<8).map { (x: 100 + 12 * $0..<115 + 12 * $0, y: 50..<57) }
    let uneven = [0, 12, 31, 37, 60, 69, 91, 97].map { (x: 100 + $0..<103 + $0, y: 57..<60) }
    for dark in [dots(3), uneven, dots(8) + arches] {
      #expect(DotLeaders(in: try sheet(word + dark), dpi: 200).boxes.isEmpty)
    }
  }
}

struct ListMarkerTests {
  /// White paper of 400 by 200 pixels with dark rectangles.
  private func sheet(_ dark: [(x: Range<Int>, y: Range<Int>)]) throws -> Bitmap {
    var pixels = [UInt8](repeating: 255, count: 400 * 200)
    for area in dark { for y in area.y { for x in area.x { pixels[y * 400 + x] = 40 } } }
    return try #require(Bitmap(width: 400, height: 200, channels: .grey, pixels: pixels))
  }
  private func word(_ text: String, _ x: Float, _ baseline: Float, _ line: Int) -> RawWord {
    RawWord(
      text: text, box: Box(x, baseline - 14, x + 10, baseline), baseline: baseline, line: line,
      confidence: 90)
  }
  /// A bullet of 6 by 6 pixels beside a line with this baseline.
  private func bullet(_ baseline: Int) -> (x: Range<Int>, y: Range<Int>) {
    (20..<26, baseline - 10..<baseline - 4)
  }

  /// Of three items the second lost its bullet and the third's was read as a letter; the line between has
  /// none, and goes on with its item.
  @Test func bulletsAreFoundByTheirLooks() throws {
    var first = word("•", 20, 40, 0)
    first.box = Box(20, 30, 26, 36)
    var misread = word("e", 20, 130, 3)
    misread.box = Box(19, 119, 27, 127)
    var lines = [
      [first, word("One", 50, 40, 0)], [word("goes", 50, 70, 1)], [word("Two", 50, 100, 2)],
      [misread, word("Three", 50, 130, 3)],
    ]
    let picture = try sheet([bullet(40), bullet(100), bullet(130)])
    addLostMarkers(to: &lines, sizes: [20, 20, 20, 20], on: picture)
    #expect(
      lines.map { $0.map(\.text) } == [["•", "One"], ["goes"], ["•", "Two"], ["•", "Three"]])
    #expect(lines[2][0].baseline == 100)
  }

  /// Numbers that were read as one tall word of nonsense, or not at all: each item begins with a bullet. Two
  /// such marks may be anything.
  @Test(arguments: [(3, ["•", "•", "•"]), (2, [])]) func unreadNumbersBeginItems(
    _ count: Int, _ found: [String]
  ) throws {
    let baselines = (0..<count).map { 40 + 40 * $0 }
    var lines = baselines.enumerated().map { n, y in [word("Item", 60, Float(y), n)] }
    var nonsense = word("FWN", 22, 80, 9)
    nonsense.box = Box(22, 30, 34, 80)
    nonsense.confidence = 10
    lines.append([nonsense])
    let digits = baselines.map { (x: 22..<32, y: $0 - 14..<$0) }
    addLostMarkers(to: &lines, sizes: lines.map { _ in 20 }, on: try sheet(digits))
    #expect(lines.flatMap { $0.map(\.text) }.filter { $0 == "•" } == found)
    #expect(lines[count].isEmpty == !found.isEmpty)
  }

  /// Dust is smaller, a letter higher, and what runs into the words is part of them.
  @Test(arguments: [
    (22..<23, 92..<94), (20..<24, 84..<100), (20..<50, 90..<96),
  ])
  func otherMarksAreNone(_ x: Range<Int>, _ y: Range<Int>) throws {
    var first = word("•", 20, 40, 0)
    first.box = Box(20, 30, 26, 36)
    var lines = [[first, word("One", 50, 40, 0)], [word("Two", 50, 100, 1)]]
    addLostMarkers(to: &lines, sizes: [20, 20], on: try sheet([bullet(40), (x, y)]))
    #expect(lines[1].map(\.text) == ["Two"])
  }
}

struct LeftOverTests {
  private func word(_ text: String, _ x: Float, _ confidence: Float = 95) -> RawWord {
    RawWord(
      text: text, box: Box(x, 26, x + 30, 40), baseline: 40, line: 0, confidence: confidence)
  }

  /// What is level with the words that were read is looked at again; what they cover and what stands elsewhere
  /// is not.
  @Test func onlyWhatWasPassedOverIsLeft() throws {
    var pixels = [UInt8](repeating: 255, count: 400 * 100)
    let read = [
      word("these", 100), word("five", 140), word("words", 180), word("were", 220),
      word("read", 260),
    ]
    func darken(_ x: Range<Int>, _ y: Range<Int>) {
      for row in y { for column in x { pixels[row * 400 + column] = 0 } }
    }
    darken(40..<60, 28..<38)
    let wanted = pixels
    for one in read { darken(Int(one.box.x0)..<Int(one.box.x1), 28..<38) }
    darken(40..<60, 70..<90)
    let picture = try #require(
      Bitmap(width: 400, height: 100, channels: .grey, pixels: pixels))
    #expect(leftOver(picture, by: read)?.pixels == wanted)
    #expect(leftOver(picture, by: Array(read.dropLast())) == nil, "too little was read")
  }

  /// A word found at the second look stands in its line, in place of what was read badly there.
  @Test func wordsGoWhereTheyStand() {
    var words = [word("exceptions", 100), word("noted.", 140), word("x", 60, 20)]
    add([word("No", 60), word("?", 300), word("faint", 340, 40)], to: &words)
    #expect(words.map(\.text) == ["No", "exceptions", "noted."])
  }
}

struct DarkAreaTests {
  /// White paper of 400 by 300 pixels at 100 dpi with rectangles of one tone each, the later over the earlier.
  private func sheet(_ tones: [(x: Range<Int>, y: Range<Int>, tone: UInt8)]) throws -> Bitmap {
    var pixels = [UInt8](repeating: 255, count: 400 * 300)
    for area in tones { for y in area.y { for x in area.x { pixels[y * 400 + x] = area.tone } } }
    return try #require(Bitmap(width: 400, height: 300, channels: .grey, pixels: pixels))
  }

  /// White letters on a dark head become black on white; its edges stay known.
  @Test func whiteOnDarkIsTurned() throws {
    let letters = stride(from: 60, to: 200, by: 12).map {
      (x: $0..<$0 + 5, y: 62..<72, tone: UInt8(240))
    }
    let head: (x: Range<Int>, y: Range<Int>, tone: UInt8) = (40..<360, 53..<83, 50)
    let dark = DarkAreas(in: try sheet([head] + letters), dpi: 100)
    #expect(dark.boxes == [Box(40, 53, 360, 83)])
    let turned = try sheet(
      letters.map { (x: $0.x, y: $0.y, tone: 255 - 240 + 50) })
    #expect(dark.picture == turned)
    let lines = RuledLines(in: dark.picture, dpi: 100, around: dark.boxes)
    #expect(
      lines.boxes == [
        Box(40, 53, 360, 54), Box(40, 82, 360, 83), Box(40, 53, 41, 83), Box(359, 53, 360, 83),
      ])
  }

  /// The small letters of a large bold heading fill most of a band, but leave its edges open.
  @Test func aBoldHeadingIsNoDarkArea() throws {
    let stems = stride(from: 60, to: 300, by: 7).map {
      (x: $0..<$0 + 5, y: 60..<75, tone: UInt8(10))
    }
    let heading = try sheet(stems + [(60..<302, 66..<69, 10)])
    let dark = DarkAreas(in: heading, dpi: 100)
    #expect(dark.boxes.isEmpty && dark.picture == heading)
  }

  /// Neither a shaded head with black letters, nor bold letters, nor lines are dark areas.
  @Test func darkOnLightStays() throws {
    let letters = stride(from: 60, to: 300, by: 12).map {
      (x: $0..<$0 + 5, y: 62..<72, tone: UInt8(10))
    }
    let shaded = try sheet([(40..<360, 53..<83, 150)] + letters)
    #expect(DarkAreas(in: shaded, dpi: 100).picture == shaded)
    let lines = try sheet([(40..<360, 100..<103, 0), (40..<43, 100..<250, 0)] + letters)
    #expect(DarkAreas(in: lines, dpi: 100).boxes.isEmpty)
  }
}

struct LeaderTests {
  /// A word of doubtful reading, 400 pixels wide on a baseline at 60, of dark rectangles; the type has 40.
  private func isLeader(_ dark: [(x: Range<Int>, y: Range<Int>)]) throws -> Bool {
    var pixels = [UInt8](repeating: 255, count: 400 * 80)
    for area in dark { for y in area.y { for x in area.x { pixels[y * 400 + x] = 40 } } }
    let picture = try #require(
      Bitmap(width: 400, height: 80, channels: .grey, pixels: pixels))
    let word = RawWord(
      text: "ee", box: Box(0, 30, 400, 60), baseline: 60, line: 0, confidence: 50)
    return word.isLeader(in: picture, 40)
  }

  private let dots = stride(from: 0, to: 400, by: 20).map { (x: $0..<$0 + 5, y: 55..<60) }

  @Test func dotsAreALeader() throws {
    #expect(try isLeader(dots))
    #expect(try isLeader(dots + [(x: 380..<386, y: 32..<60)]), "with the figure it leads to")
  }

  /// Thin figures with dots between them, as in CC1.1.1: much of the width is free, but never for long.
  @Test func aNumberIsNone() throws {
    #expect(try !isLeader(dots + stride(from: 0, to: 400, by: 40).map { ($0..<$0 + 6, 32..<60) }))
  }

  @Test func aWordBeforeALeaderIsKept() throws {
    #expect(try !isLeader(dots + stride(from: 0, to: 250, by: 10).map { ($0..<$0 + 8, 32..<60) }))
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

  /// Part of a page is not taken for the page.
  @Test func aPageThatTakesTooLongIsGivenUp() throws {
    var limits = OCRLimits()
    limits.secondsPerPage = 0
    let data = try bytes(of: "/usr/share/tesseract-ocr/5/tessdata/eng.traineddata")
    let hasty = try #require(PageRecogniser(data: data, within: limits))
    #expect(hasty.read(try drawn(5), page: 5, dpi: 300) == nil)
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
