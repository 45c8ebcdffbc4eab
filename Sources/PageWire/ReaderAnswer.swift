import PDFText
public import PageText
public import Pipeline
import WordText

/// What the process that opens one document answers.
public struct ReaderAnswer: Sendable {
  /// The layers that stood before the document was opened, as `Layers.rawValue`; for `tryWalls` those that
  /// held.
  public var layers: UInt8
  public var landlockVersion: UInt8
  /// Nil where no document was to be read, or not with these layers.
  public var reading: Result<DocumentReading, FileProblem>?
  /// Nil where nothing was to be drawn.
  public var drawing: Drawing?

  public init(
    layers: UInt8, landlockVersion: UInt8, reading: Result<DocumentReading, FileProblem>? = nil,
    drawing: Drawing? = nil
  ) {
    self.layers = layers
    self.landlockVersion = landlockVersion
    self.reading = reading
    self.drawing = drawing
  }

  private static let begin: StaticString = "soclens pages 1\n"
  /// Only a whole answer has it.
  private static let end: StaticString = "\nend\n"

  public var encoded: [UInt8] {
    var out = WireWriter()
    out.mark(Self.begin)
    out.byte(layers)
    out.byte(landlockVersion)
    switch (reading, drawing) {
    case (.success(let reading), _):
      out.byte(Content.pages.rawValue)
      out.reading(reading)
    case (.failure(let error), _):
      out.byte(Content.error.rawValue)
      out.error(error)
    case (nil, let drawing?):
      out.byte(Content.drawing.rawValue)
      out.drawing(drawing)
    case (nil, nil): out.byte(Content.nothing.rawValue)
    }
    out.mark(Self.end)
    return out.bytes
  }

  /// - Parameter pageLimit: pages that were allowed; more of them were never asked for.
  public init(decoding bytes: [UInt8], pageLimit: Int) throws(Malformed) {
    self = try decoded(bytes) { reader throws(Malformed) in
      try reader.mark(Self.begin)
      var answer = ReaderAnswer(
        layers: try reader.byte(), landlockVersion: try reader.byte())
      switch Content(rawValue: try reader.byte()) {
      case .nothing: break
      case .pages: answer.reading = .success(try reader.reading(pageLimit: pageLimit))
      case .error: answer.reading = .failure(try reader.error())
      case .drawing: answer.drawing = try reader.drawing()
      case nil: throw Malformed()
      }
      try reader.mark(Self.end)
      return answer
    }
  }
}

private enum Content: UInt8 {
  case nothing = 0
  case pages, error, drawing
}

// MARK: - Values that have no number of their own

private let pageStates = PageState.allCases
private let asideReasons = SetAsideText.Reason.allCases
private let activeContents: [ActiveContent] = [
  .script, .launch, .attachment, .submission, .media,
]

extension WireWriter {
  /// The place of a value in a list that both sides have.
  fileprivate mutating func index<Value: Equatable>(of value: Value, in list: [Value]) {
    byte(UInt8(clamping: list.firstIndex(of: value) ?? Int(UInt8.max)))
  }
}

extension WireReader {
  fileprivate mutating func value<Value>(of list: [Value]) throws(Malformed) -> Value {
    let index = Int(try byte())
    guard list.indices.contains(index) else { throw Malformed() }
    return list[index]
  }
}

// MARK: - Errors

extension WireWriter {
  fileprivate mutating func error(_ error: FileProblem) {
    switch error {
    case .pdf(let error): self.error(error)
    case .word(let error): self.error(error)
    case .richText: byte(20)
    }
  }

  private mutating func error(_ error: PDFTextError) {
    switch error {
    case .notPDF: byte(0)
    case .damaged: byte(1)
    case .encrypted(let given):
      byte(2)
      bool(given)
    case .zeroPages: byte(3)
    case .tooManyPages(let pages):
      byte(4)
      count(pages)
    case .tooLarge(let bytes):
      byte(5)
      count(bytes)
    }
  }

  private mutating func error(_ error: WordTextError) {
    switch error {
    case .damaged: byte(10)
    case .encrypted: byte(11)
    case .tooLarge: byte(12)
    case .tooManyPages: byte(13)
    case .other(.workbook): byte(14)
    case .other(.presentation): byte(15)
    case .other(.openDocument): byte(16)
    case .other(.oldWord): byte(17)
    case .other(.oldOffice): byte(18)
    case .other(.archive(let documents)):
      byte(19)
      count(documents)
    }
  }
}

extension WireReader {
  fileprivate mutating func error() throws(Malformed) -> FileProblem {
    switch try byte() {
    case 0: return .pdf(.notPDF)
    case 1: return .pdf(.damaged)
    case 2: return .pdf(.encrypted(passwordGiven: try bool()))
    case 3: return .pdf(.zeroPages)
    case 4: return .pdf(.tooManyPages(try count()))
    case 5: return .pdf(.tooLarge(try count()))
    case 10: return .word(.damaged)
    case 11: return .word(.encrypted)
    case 12: return .word(.tooLarge)
    case 13: return .word(.tooManyPages)
    case 14: return .word(.other(.workbook))
    case 15: return .word(.other(.presentation))
    case 16: return .word(.other(.openDocument))
    case 17: return .word(.other(.oldWord))
    case 18: return .word(.other(.oldOffice))
    case 19: return .word(.other(.archive(documents: try count())))
    case 20: return .richText
    default: throw Malformed()
    }
  }
}

// MARK: - Pages

extension WireWriter {
  fileprivate mutating func reading(_ reading: DocumentReading) {
    optionalText(reading.metadata.producer)
    optionalText(reading.metadata.creator)
    optionalText(reading.metadata.created)
    optionalText(reading.metadata.modified)
    bool(reading.metadata.encrypted)
    bool(reading.metadata.signed)
    count(reading.metadata.incrementalUpdates)
    marks(reading.marks)
    optionalText(reading.incomplete)
    count(reading.diagnostics.count)
    for diagnostic in reading.diagnostics {
      text(diagnostic.code)
      text(diagnostic.message)
      // 0 stands for none; pages count from 1.
      count(diagnostic.page ?? 0)
    }
    count(reading.pages.count)
    for page in reading.pages { self.page(page) }
  }

  private mutating func marks(_ marks: FileMarks) {
    count(marks.active.count)
    for content in marks.active { index(of: content, in: activeContents) }
    count(marks.signatures.count)
    for signature in marks.signatures {
      text(signature.subFilter)
      bool(signature.ranges != nil)
      if let ranges = signature.ranges {
        integer(ranges.first)
        integer(ranges.firstLength)
        integer(ranges.second)
        integer(ranges.secondLength)
      }
    }
    bool(marks.laterChange != nil)
    if let change = marks.laterChange {
      bool(change.isAfterSigning)
      bool(change.pages != nil)
      if let pages = change.pages {
        count(pages.count)
        for page in pages { count(page) }
      }
    }
  }

  private mutating func page(_ page: Page) {
    optionalText(page.label)
    float(page.width)
    float(page.height)
    index(of: page.state, in: pageStates)
    byte(UInt8(clamping: page.turn.rawValue / 90))
    raw(page.utf8)
    count(page.words.count)
    var last: Word?
    for word in page.words {
      self.word(word, after: last)
      last = word
    }
    count(page.setAside.count)
    for aside in page.setAside {
      index(of: aside.reason, in: asideReasons)
      text(aside.text)
      box(aside.box)
    }
    boxes(page.pictures)
    boxes(page.stamps)
    boxes(page.rules)
    boxes(page.blots)
    count(page.pendingRedactions)
    count(page.fonts.count)
    // A set has another order each time.
    for font in page.fonts.sorted() { text(font) }
  }

  /// Words of one line share all but their ends: four in five take a dozen bytes instead of thirty.
  private mutating func word(_ word: Word, after last: Word?) {
    let goesOn =
      last.map {
        $0.box.y0 == word.box.y0 && $0.box.y1 == word.box.y1 && $0.baseline == word.baseline
          && $0.size == word.size
      } ?? false
    precondition(word.start >= last?.end ?? 0, "words stand one after another in a page")
    byte(word.style.rawValue | (goesOn ? goesOnMark : 0))
    count(Int(word.start) - Int(last?.end ?? 0))
    count(Int(word.end) - Int(word.start))
    float(word.box.x0)
    float(word.box.x1)
    if goesOn { return }
    float(word.box.y0)
    float(word.box.y1)
    float(word.baseline)
    float(word.size)
  }

  mutating func boxes(_ boxes: [Box]) {
    count(boxes.count)
    for box in boxes { self.box(box) }
  }

  mutating func box(_ box: Box) {
    float(box.x0)
    float(box.y0)
    float(box.x1)
    float(box.y1)
  }
}

/// Stands above all styles of a word.
private let goesOnMark: UInt8 = 0x80
private let wordStyles: UInt8 = 0x3F

/// The least that one of them can take.
private enum LeastSize {
  static let diagnostic = 3
  static let active = 1
  static let signature = 2
  static let changedPage = 1
  static let font = 1
  static let page = 20
  static let word = 11
  static let aside = 18
  static let box = 16
}

extension WireReader {
  fileprivate mutating func reading(pageLimit: Int) throws(Malformed) -> DocumentReading {
    let metadata = FileMetadata(
      producer: try optionalText(), creator: try optionalText(), created: try optionalText(),
      modified: try optionalText(), encrypted: try bool(), signed: try bool(),
      incrementalUpdates: try count())
    let marks = try marks(pageLimit: pageLimit)
    let incomplete = try optionalText()
    var diagnostics: [Diagnostic] = []
    for _ in 0..<(try count(ofAtLeast: LeastSize.diagnostic)) {
      let code = try text()
      let message = try text()
      let page = try count()
      guard page <= pageLimit else { throw Malformed() }
      diagnostics.append(Diagnostic(code: code, message: message, page: page == 0 ? nil : page))
    }
    let pageCount = try count(ofAtLeast: LeastSize.page)
    guard pageCount > 0, pageCount <= pageLimit else { throw Malformed() }
    var pages: [Page] = []
    pages.reserveCapacity(pageCount)
    for number in 1...pageCount { pages.append(try page(number)) }
    return DocumentReading(
      pages: pages, metadata: metadata, marks: marks, incomplete: incomplete,
      diagnostics: diagnostics)
  }

  private mutating func marks(pageLimit: Int) throws(Malformed) -> FileMarks {
    var marks = FileMarks()
    for _ in 0..<(try count(ofAtLeast: LeastSize.active)) {
      marks.active.append(try value(of: activeContents))
    }
    for _ in 0..<(try count(ofAtLeast: LeastSize.signature)) {
      let subFilter = try text()
      var ranges: PDFSignature.Ranges?
      if try bool() {
        ranges = PDFSignature.Ranges(
          try integer(), try integer(), try integer(), try integer())
      }
      marks.signatures.append(PDFSignature(subFilter: subFilter, ranges: ranges))
    }
    if try bool() {
      var change = LaterChange(isAfterSigning: try bool(), pages: nil)
      if try bool() {
        var pages: [Int] = []
        for _ in 0..<(try count(ofAtLeast: LeastSize.changedPage)) {
          let page = try count()
          guard (1...max(1, pageLimit)).contains(page) else { throw Malformed() }
          pages.append(page)
        }
        change.pages = pages
      }
      marks.laterChange = change
    }
    return marks
  }

  private mutating func page(_ number: Int) throws(Malformed) -> Page {
    var page = Page(
      number: number, label: try optionalText(), width: try float(), height: try float(),
      state: try value(of: pageStates))
    guard let turn = Turn(rawValue: Int(try byte()) * 90) else { throw Malformed() }
    page.turn = turn
    page.utf8 = try raw()
    guard page.utf8.count <= Int(Int32.max), String(validating: page.utf8, as: UTF8.self) != nil
    else { throw Malformed() }
    page.words = try words(of: page.utf8)
    for _ in 0..<(try count(ofAtLeast: LeastSize.aside)) {
      page.setAside.append(
        SetAsideText(reason: try value(of: asideReasons), text: try text(), box: try box()))
    }
    page.pictures = try boxes()
    page.stamps = try boxes()
    page.rules = try boxes()
    page.blots = try boxes()
    // Each takes some bytes of a file; callers add them up.
    page.pendingRedactions = try count()
    guard page.pendingRedactions <= ReadingLimits.standard.bytes else { throw Malformed() }
    for _ in 0..<(try count(ofAtLeast: LeastSize.font)) { page.fonts.insert(try text()) }
    return page
  }

  /// Words stand one after another in the page's characters, and each is whole characters.
  private mutating func words(of utf8: [UInt8]) throws(Malformed) -> [Word] {
    let number = try count(ofAtLeast: LeastSize.word)
    var words: [Word] = []
    words.reserveCapacity(number)
    var last: Word?
    for _ in 0..<number {
      let marks = try byte()
      let start = Int(last?.end ?? 0) + (try count())
      let end = start + (try count())
      guard marks & ~(goesOnMark | wordStyles) == 0, start < end, end <= utf8.count,
        isBoundary(start, in: utf8), isBoundary(end, in: utf8)
      else { throw Malformed() }
      let style = WordStyle(rawValue: marks & wordStyles)
      let x0 = try float()
      let x1 = try float()
      let word: Word
      if marks & goesOnMark != 0 {
        guard let last else { throw Malformed() }
        word = Word(
          start: Int32(start), end: Int32(end), box: Box(x0, last.box.y0, x1, last.box.y1),
          baseline: last.baseline, size: last.size, style: style)
      } else {
        let y0 = try float()
        let y1 = try float()
        word = Word(
          start: Int32(start), end: Int32(end), box: Box(x0, y0, x1, y1), baseline: try float(),
          size: try float(), style: style)
      }
      words.append(word)
      last = word
    }
    return words
  }

  private func isBoundary(_ index: Int, in utf8: [UInt8]) -> Bool {
    index == utf8.count || utf8[index] & 0xC0 != 0x80
  }

  mutating func boxes() throws(Malformed) -> [Box] {
    var boxes: [Box] = []
    for _ in 0..<(try count(ofAtLeast: LeastSize.box)) { boxes.append(try box()) }
    return boxes
  }

  mutating func box() throws(Malformed) -> Box {
    Box(try float(), try float(), try float(), try float())
  }
}
