import PDFText
import PageText
import PageWire
import Pipeline
import TestSupport
import Testing
import WordText

/// Pages come over whole, and bytes from a process that a document may have taken over do no harm.
struct AnswerTests {
  /// Two words of one line, one of the next, and everything else that a page can have.
  static let page = Page(
    number: 1, label: "iii", width: 612, height: 792.5, state: .text, turn: .downwards,
    utf8: Array("Geprüft no exceptions ".utf8),
    words: [
      Word(
        start: 0, end: 8, box: Box(72, 90.25, 110, 104), baseline: 101, size: 11.5, style: [.bold]),
      Word(
        start: 9, end: 11, box: Box(114, 90.25, 126, 104), baseline: 101, size: 11.5,
        style: [.italic, .unspaced]),
      Word(start: 12, end: 22, box: Box(72, 106, 140, 119), baseline: 116, size: 11.5, style: []),
    ],
    setAside: [SetAsideText(reason: .layerOff, text: "Entwurf", box: Box(1, 2, 3, 4))],
    pictures: [Box(0, 0, 600, 300)], stamps: [Box(72, 700, 172, 730)],
    rules: [Box(72, 120, 540, 120), Box(72, 120, 72, 300)], blots: [Box(80, 90, 120, 104)],
    pendingRedactions: 2, fonts: ["Lato-Bold", "Carlito", "DejaVuSans"])

  static let marks = FileMarks(
    active: [.media, .script],
    signatures: [
      PDFSignature(
        subFilter: "adbe.pkcs7.detached",
        ranges: PDFSignature.Ranges(0, 840, 17_226, 9_000_000_000)),
      PDFSignature(subFilter: "", ranges: PDFSignature.Ranges(-5, -1, .max, .min)),
      PDFSignature(subFilter: "adbe.x509.rsa_sha1", ranges: nil),
    ], laterChange: LaterChange(isAfterSigning: true, pages: [2]))

  static let reading = DocumentReading(
    pages: [page, Page(number: 2, width: 0, height: 0, state: .missing)],
    metadata: FileMetadata(
      producer: "LibreOffice", created: "D:2026", encrypted: true, incrementalUpdates: 300),
    marks: marks, incomplete: "Parts may be missing.",
    diagnostics: [
      Diagnostic(code: "pageUnreadable", message: "page 2 could not be loaded", page: 2),
      Diagnostic(code: "fileRebuilt", message: "the file was rebuilt"),
    ])

  static let answer = ReaderAnswer(layers: 13, landlockVersion: 7, reading: .success(reading))

  static func decode(_ bytes: [UInt8], pages: Int = 2000) throws -> DocumentReading {
    try #require(try ReaderAnswer(decoding: bytes, pageLimit: pages).reading).get()
  }

  @Test func pagesComeOverWhole() throws {
    let answer = try ReaderAnswer(decoding: Self.answer.encoded, pageLimit: 2)
    #expect(answer.layers == 13 && answer.landlockVersion == 7)
    let reading = try #require(answer.reading).get()
    #expect(
      reading.incomplete == "Parts may be missing." && reading.metadata.encrypted
        && !reading.metadata.signed)
    #expect(reading.metadata.producer == "LibreOffice" && reading.metadata.creator == nil)
    #expect(reading.metadata.incrementalUpdates == 300)
    #expect(reading.diagnostics == Self.reading.diagnostics)
    #expect(reading.marks == Self.marks)
    #expect(
      reading.pages.map(\.number) == [1, 2] && reading.pages.map(\.state) == [.text, .missing])
    let page = reading.pages[0]
    #expect(page.label == "iii" && page.width == 612 && page.height == 792.5)
    #expect(page.turn == .downwards)
    #expect(page.words.map { page.text(of: $0) } == ["Geprüft", "no", "exceptions"])
    #expect(page.words.map(\.style) == [[.bold], [.italic, .unspaced], []])
    #expect(page.words[1].box == Box(114, 90.25, 126, 104) && page.words[1].baseline == 101)
    #expect(page.words[2].box == Box(72, 106, 140, 119) && page.words[2].size == 11.5)
    #expect(page.setAside == Self.page.setAside)
    #expect(page.pictures == Self.page.pictures && page.rules == Self.page.rules)
    #expect(page.stamps == Self.page.stamps && page.blots == Self.page.blots)
    #expect(page.pendingRedactions == 2 && page.fonts == Self.page.fonts)
  }

  /// The states and reasons are sent by their place in a list; one that is added must be in it.
  @Test func everyStateAndReasonComesOver() throws {
    for state in PageState.allCases {
      for reason in SetAsideText.Reason.allCases {
        let page = Page(
          number: 1, width: 1, height: 1, state: state,
          setAside: [SetAsideText(reason: reason, text: "x", box: Box(0, 0, 1, 1))])
        let sent = ReaderAnswer(
          layers: 0, landlockVersion: 0,
          reading: .success(
            DocumentReading(pages: [page], metadata: FileMetadata(), diagnostics: [])))
        let got = try Self.decode(sent.encoded)
        #expect(got.pages[0].state == state && got.pages[0].setAside[0].reason == reason)
      }
    }
  }

  /// That nobody can say which pages changed is not the same as that none did.
  @Test(arguments: [
    LaterChange(isAfterSigning: false, pages: nil), LaterChange(isAfterSigning: true, pages: []),
    LaterChange(isAfterSigning: false, pages: [1, 2]),
  ])
  func laterChangesComeOver(_ change: LaterChange) throws {
    var reading = Self.reading
    reading.marks.laterChange = change
    let sent = ReaderAnswer(layers: 0, landlockVersion: 0, reading: .success(reading))
    #expect(try Self.decode(sent.encoded).marks.laterChange == change)
  }

  @Test(arguments: [
    ActiveContent.script, .launch, .attachment, .submission, .media,
  ])
  func activeContentComesOver(_ content: ActiveContent) throws {
    var reading = Self.reading
    reading.marks.active = [content]
    let sent = ReaderAnswer(layers: 0, landlockVersion: 0, reading: .success(reading))
    #expect(try Self.decode(sent.encoded).marks.active == [content])
  }

  @Test(arguments: [
    FileProblem.pdf(.notPDF), .pdf(.damaged), .pdf(.encrypted(passwordGiven: true)),
    .pdf(.encrypted(passwordGiven: false)), .pdf(.zeroPages), .pdf(.tooManyPages(2001)),
    .pdf(.tooLarge(200_000_001)), .richText, .word(.damaged), .word(.encrypted),
    .word(.tooLarge), .word(.tooManyPages), .word(.other(.workbook)),
    .word(.other(.presentation)), .word(.other(.openDocument)), .word(.other(.oldWord)),
    .word(.other(.oldOffice)), .word(.other(.archive(documents: 300))),
  ])
  func errorsComeOver(_ error: FileProblem) throws {
    let sent = ReaderAnswer(layers: 15, landlockVersion: 0, reading: .failure(error))
    #expect(throws: error) { try Self.decode(sent.encoded) }
  }

  @Test func realPagesComeOverTheSame() throws {
    for name in ["table-ruled", "bidi-controls", "hidden-white", "rotate-270", "page-labels"] {
      let trap = try Trap.named(name)
      let sent = ReaderAnswer(
        layers: 1, landlockVersion: 0, reading: .success(try trap.read(name))
      ).encoded
      let again = ReaderAnswer(
        layers: 1, landlockVersion: 0, reading: .success(try Self.decode(sent)))
      #expect(again.encoded == sent, "\(name)")
    }
  }

  @Test func sizesThatNoPageHasAreCut() throws {
    let page = Page(
      number: 1, width: .infinity, height: .nan, state: .empty,
      rules: [Box(-.infinity, 0, 1e30, 0)])
    let sent = ReaderAnswer(
      layers: 0, landlockVersion: 0,
      reading: .success(
        DocumentReading(pages: [page], metadata: FileMetadata(), diagnostics: [])))
    let got = try Self.decode(sent.encoded).pages[0]
    #expect(got.width == 1e10 && got.height == 0 && got.rules == [Box(-1e10, 0, 1e10, 0)])
  }

  // MARK: - Bytes that are no answer

  @Test func whatIsCutOffIsMalformed() {
    let whole = Self.answer.encoded
    for length in 0..<whole.count {
      #expect(throws: Malformed.self) { try Self.decode(Array(whole.prefix(length))) }
    }
    #expect(throws: Malformed.self) { try Self.decode(whole + [0]) }
  }

  @Test func morePagesThanAskedForAreMalformed() {
    #expect(throws: Malformed.self) { try Self.decode(Self.answer.encoded, pages: 1) }
  }

  /// Every byte set to the values that break counts, lengths and numbers: it ends, and what comes of it is
  /// within bounds.
  @Test func everyByteMayBeWrong() {
    let whole = Self.answer.encoded
    var accepted = 0
    for index in whole.indices {
      for value: UInt8 in [0, 1, 0x7F, 0x80, 0xC3, 0xFF] {
        var broken = whole
        broken[index] = value
        guard let reading = try? Self.decode(broken) else { continue }
        accepted += 1
        for page in reading.pages {
          #expect(page.width.isFinite && page.words.allSatisfy { $0.box.x0.isFinite })
          #expect(page.words.allSatisfy { $0.start < $0.end && $0.end <= page.utf8.count })
        }
      }
    }
    // Letters and places may be others and still be letters and places.
    #expect(accepted > 0 && accepted < whole.count * 6)
  }

  /// Counts of eight bytes, at the places where a count stands, must not reserve memory or overflow.
  @Test func hugeCountsAreMalformed() {
    let whole = Self.answer.encoded
    let huge: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F]
    for index in whole.indices {
      var broken = whole
      broken.replaceSubrange(index...index, with: huge)
      #expect(throws: Malformed.self, "at \(index)") { try Self.decode(broken) }
    }
  }

  @Test func aWordIsWholeCharacters() throws {
    var page = Self.page
    // Ends between the two bytes of ü.
    page.words = [
      Word(start: 0, end: 5, box: Box(0, 0, 1, 1), baseline: 1, size: 1, style: [])
    ]
    let sent = ReaderAnswer(
      layers: 0, landlockVersion: 0,
      reading: .success(
        DocumentReading(pages: [page], metadata: FileMetadata(), diagnostics: [])))
    #expect(throws: Malformed.self) { try Self.decode(sent.encoded) }
  }

  @Test func aRequestComesOver() throws {
    var limits = ReadingLimits.standard
    limits.pages = 7
    limits.unpackedBytes = 1
    limits.unpackedPartBytes = 2
    limits.parts = 3
    limits.unpackedRatio = 4
    let request = ReaderRequest(
      task: .readPages, limits: limits, password: "löwe", memoryBytes: 768 << 20, seconds: 30,
      requiredLayers: 15, fault: .slow)
    #expect(try ReaderRequest(decoding: request.encoded) == request)
    for length in 0..<request.encoded.count {
      #expect(throws: Malformed.self) {
        try ReaderRequest(decoding: Array(request.encoded.prefix(length)))
      }
    }
  }
}
