import PageText
import RuleEngine
import SOC2Vocabulary
import TestSupport
import Testing

@testable import Pipeline

/// What OCR read, put in place of pages, by hand.
struct JoinedPagesTests {
  private func scan(
    _ number: Int, _ text: String, confidence: Float = 95, turn: Turn = .none
  ) -> RecognisedPage {
    let words = text.split(separator: " ").enumerated().map { i, word in
      RecognisedWord(
        text: String(word), box: Box(Float(50 * i), 92, Float(50 * i + 40), 102), baseline: 100,
        size: 10, confidence: confidence)
    }
    return RecognisedPage(number: number, turn: turn, words: words)
  }

  private func reading(_ page: Page) -> DocumentReading {
    DocumentReading(
      pages: [page], metadata: FileMetadata(),
      diagnostics: [Diagnostic(code: "pageIsPicture", message: "", page: page.number)])
  }

  private let picture = Page(number: 1, width: 612, height: 792, state: .picture)

  @Test func aPageThatIsReadIsText() throws {
    let out = joined(reading(picture), [scan(1, "No exceptions noted.")], asked: [1])
    let page = try #require(out.pages.first)
    #expect(page.state == .text)
    #expect(page.words.map(page.text(of:)) == ["No", "exceptions", "noted."])
    #expect(page.words.allSatisfy { $0.style.contains(.recognised) })
    #expect(page.isByOCR)
    #expect(out.diagnostics.map(\.code) == ["pageByOCR"])
  }

  /// Unknown is never fine: what was read badly is not searched.
  @Test func aPageReadPoorlyStaysUnread() throws {
    let out = joined(
      reading(picture), [scan(1, "No exceptions noted.", confidence: 79)], asked: [1])
    #expect(!out.pages[0].isSearchable)
    #expect(out.pages[0].words.isEmpty)
    #expect(out.diagnostics.map(\.code) == ["pageIsIllegible"])
  }

  @Test func aPictureWithoutWordsStaysUnread() {
    let out = joined(reading(picture), [scan(1, "")], asked: [1])
    #expect(!out.pages[0].isSearchable)
  }

  @Test func aPageThatDidNotComeBackStaysUnread() {
    let out = joined(reading(picture), [], asked: [1])
    #expect(!out.pages[0].isSearchable)
    #expect(out.diagnostics.map(\.code) == ["ocrFailed"])
  }

  @Test func aBlankSheetIsBlank() {
    let out = joined(
      reading(picture), [RecognisedPage(number: 1, words: [], hasInk: false)], asked: [1])
    #expect(out.pages[0].state == .empty)
    #expect(out.diagnostics.isEmpty)
  }

  /// Words that the file prints on a picture are exact and stand where OCR reads them again.
  @Test func printedWordsStay() throws {
    var printed = page { $0.line(50, 100, "exceptions") }
    printed.state = .picture
    let out = joined(reading(printed), [scan(1, "No exeptions noted.")], asked: [1])
    let words = out.pages[0].words.map(out.pages[0].text(of:))
    #expect(words.sorted() == ["No", "exceptions", "noted."])
  }

  /// With `only`, the file's own text is not used, and a page that OCR cannot read is unread.
  @Test func onlyForgetsTheText() throws {
    let printed = page { $0.line(50, 100, "exceptions") }
    func only(_ pages: [RecognisedPage]) -> Page {
      withOCR(reading(printed), OCRRequest(mode: .only, pageLimit: 9)) { _ in pages }.pages[0]
    }
    #expect(only([scan(1, "No exeptions noted.")]).words.count == 3)
    for unread in [only([scan(1, "N0", confidence: 20)]), only([])] {
      #expect(!unread.isSearchable)
      #expect(unread.words.isEmpty)
    }
  }

  @Test func onlyPagesWithoutUsableTextAreAskedFor() {
    var pages = PageState.allCases.map { Page(number: 0, width: 10, height: 10, state: $0) }
    for i in pages.indices { pages[i].number = i + 1 }
    let reading = DocumentReading(pages: pages, metadata: FileMetadata(), diagnostics: [])
    func states(_ mode: OCRMode) -> [PageState] {
      pagesForOCR(reading, mode).map { PageState.allCases[$0 - 1] }
    }
    #expect(states(.auto) == [.empty, .picture, .garbled])
    #expect(states(.off).isEmpty)
    #expect(states(.only) == [.text, .empty, .picture, .garbled, .tooMuch])
  }

  @Test func theLimitAndWhatIsMissingAreTold() {
    var pages = (1...3).map { Page(number: $0, width: 10, height: 10, state: .picture) }
    pages.append(Page(number: 4, width: 10, height: 10, state: .text))
    let reading = DocumentReading(pages: pages, metadata: FileMetadata(), diagnostics: [])
    let request = OCRRequest(mode: .auto, pageLimit: 2)
    let limited = withOCR(reading, request) { pages in pages.map { scan($0, "Some words") } }
    #expect(limited.pages.map(\.state) == [.text, .text, .picture, .text])
    #expect(limited.diagnostics.map(\.code) == ["pageByOCR", "pageByOCR", "ocrPageLimit"])
    let without = withOCR(reading, request) { _ in nil }
    #expect(without.pages.map(\.state) == pages.map(\.state))
    #expect(without.diagnostics.map(\.code) == ["ocrMissing"])
  }
}

/// Reports read by OCR against what a person wrote down.
@Suite(.enabled(if: OCR.isInstalled, Comment(rawValue: OCR.reason)))
struct OCRTests {
  private func reviewed(_ path: String, _ mode: OCRMode) throws -> Review {
    let yardstick = try #require(ReportFixtureTests.yardstick)
    let file = try bytes(of: path)
    let request = ReviewRequest(
      file: "report.pdf", reviewDate: try #require(ReportFixtureTests.day),
      ocr: OCRRequest(mode: mode, pageLimit: 300))
    let reviews = review(file, request, with: yardstick) { OCR.read(file, $0) }
    return try #require(reviews.first)
  }

  /// The auditor's letter is pictures in a report of text; what it says is in the fixture's notes.
  @Test func aLetterInPicturesIsRead() throws {
    let path = "fixtures/reports/type2-opinion-image/report.pdf"
    let review = try reviewed(path, .auto)
    #expect(review.document.status == .ok)
    #expect(review.document.pagesByOCR == 2)
    #expect(review.document.pagesWithText == 8)
    #expect(review.document.unreadPages.isEmpty)
    #expect(review[.opinion]?.found == .text("qualified"))
    #expect(review[.opinion]?.confidence == .medium)
    #expect(review[.opinion]?.evidence.allSatisfy { $0.source == .ocr && $0.page < 5 } == true)
    #expect(review[.qualifiedCriteria]?.found?.list == [.text("CC8.1")])
    #expect(review[.reportDate]?.found == .text("2025-09-19"))
    #expect(review[.assertionDate]?.confidence == .high, "rests on text")
    let off = try reviewed(path, .off)
    #expect(off[.opinion]?.state == .notSearchable)
    #expect(off.document.unreadPages == [3, 4])
    #expect(off.document.pagesByOCR == 0)
  }

  /// Pictures of all pages of a report say what its text says.
  @Test func aScanSaysWhatItsTextTwinSays() throws {
    let path = "fixtures/reports/type2-adverse/report.pdf"
    let scan = try reviewed(path, .only)
    let text = try reviewed(path, .off)
    #expect(scan.document.kind == .soc2Report)
    #expect(scan.document.pagesByOCR == 8)
    let same: [FactName] = [
      .reportType, .opinion, .opinionLimbs, .period, .reportDate, .serviceOrganization, .categories,
    ]
    for fact in same {
      #expect(text[fact]?.state == .found)
      #expect(scan[fact]?.found == text[fact]?.found, "\(fact.rawValue)")
      #expect(scan[fact]?.confidence != .high, "\(fact.rawValue)")
    }
    func failed(_ review: Review) -> Set<String> {
      let fact = review[.exceptions]
      let entries = fact?.value.list ?? fact?.readings.first?.value.list ?? []
      return Set(entries.compactMap { $0["controlId"]?.text })
    }
    #expect(failed(text).count == 4)
    #expect(failed(scan).isSuperset(of: failed(text)))
    #expect(scan.allEvidence.allSatisfy { $0.source == .ocr })
  }

  /// A text layer that says other letters than are seen is not used; the page is read as it looks.
  @Test func rubbishLayersAreReadAnew() throws {
    let file = try bytes(of: "fixtures/text/no-tounicode-gibberish/page.pdf")
    let before = try readPages(ofFile: file, password: nil)
    let garbled = before.pages.filter { $0.state == .garbled }.map(\.number)
    try #require(!garbled.isEmpty)
    let request = OCRRequest(mode: .auto, pageLimit: 300)
    let after = withOCR(before, request) { OCR.read(file, $0) }
    for number in garbled {
      #expect(after.pages[number - 1].state == .text)
      #expect(!after.pages[number - 1].words.isEmpty)
    }
  }
}

/// Pages that could not be read may hold what lists do not have.
struct UnreadListTests {
  private func facts(of report: String, unread number: Int? = nil) throws -> DocumentFacts {
    var pages = try readPages(
      ofFile: try bytes(of: "fixtures/reports/\(report)/report.pdf"), password: nil,
      within: .standard
    ).pages
    if let number {
      let page = pages[number - 1]
      pages[number - 1] = Page(
        number: number, width: page.width, height: page.height, state: .picture)
    }
    return readDocument(pages, with: try #require(ReportFixtureTests.rules)).facts
  }

  /// Page 5, before the description, may be of it; the list stands on page 7.
  @Test func aListBesideAnUnreadPageMayNotBeAll() throws {
    let whole = try facts(of: "type2-unqualified")
    let part = try facts(of: "type2-unqualified", unread: 5)
    #expect(whole.facts[.userEntityControls]?.confidence == .high)
    #expect(!whole.diagnostics.contains { $0.code == "listMayGoOn" })
    let list = try #require(part.facts[.userEntityControls])
    #expect(list.state == .found && list.value.list?.count == 5)
    #expect(list.confidence == .low)
    let told = try #require(
      part.diagnostics.first { $0.message.contains("user entity controls may not be all: page 5") })
    // A note on an unread page would be left out of the notes, as that page is named already.
    #expect(told.page == nil)
  }

  /// Organizations' controls stand in tables among the tests, too: page 9 might have them.
  @Test func noListBesideAnUnreadPageMayBeOne() throws {
    #expect(try facts(of: "tests-tex-blank-results").facts[.subserviceControls]?.state == .absent)
    let part = try facts(of: "tests-tex-blank-results", unread: 9)
    #expect(part.facts[.subserviceControls]?.state == .notSearchable)
  }

  /// A control whose result OCR lost leaves neither the exceptions nor the counts complete; in a file's own
  /// text an empty cell is read as one.
  @Test func aLostResultLeavesNoListWhole() throws {
    var pages = try readPages(
      ofFile: bytes(of: "fixtures/reports/type2-unqualified/report.pdf"), password: nil,
      within: .standard
    ).pages
    for p in pages.indices {
      for w in pages[p].words.indices { pages[p].words[w].style.insert(.recognised) }
    }
    let rules = try #require(ReportFixtureTests.rules)
    let whole = readDocument(pages, with: rules).facts
    #expect(whole.facts[.exceptions]?.state == .found)
    // The first page of the tests loses everything right of the controls' own words but its heads.
    let right: Float = 300
    let heads: Float = 200
    pages[7].words.removeAll { (word: Word) -> Bool in
      word.box.x0 > right && word.baseline > heads
    }
    let part = readDocument(pages, with: rules).facts
    #expect(part.facts[.exceptions]?.state == .notSearchable)
  }
}
