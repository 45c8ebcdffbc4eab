public import PDFText
public import PageText

/// A part of a page over its whole width, in points from the top of the page as displayed.
public struct PageStrip: Sendable, Hashable {
  /// Physical page, from 1.
  public var page: Int
  public var top: Float
  /// May lie below the end of the page.
  public var bottom: Float

  public init(page: Int, top: Float, bottom: Float) {
    self.page = page
    self.top = top
    self.bottom = bottom
  }
}

/// A strip as it was drawn, in grey.
public struct DrawnStrip: Sendable, Hashable {
  public var picture: Bitmap
  /// What of the page it shows, in points of the page as displayed.
  public var part: Box

  public init(picture: Bitmap, part: Box) {
    self.picture = picture
    self.part = part
  }
}

/// What a process that draws answers.
public enum Drawing: Sendable {
  /// The page as OCR read it; nil where it could not be drawn or read.
  case page(RecognisedPage?)
  /// OCR is not installed.
  case noRecogniser
  /// In the order in which they were asked for; nil where one could not be drawn.
  case strips([DrawnStrip?])
  /// What stands behind the file's own bytes in the marked copy.
  case marks(Result<[UInt8], AnnotationError>)
}

private enum Kind: UInt8 {
  case page = 1
  case noPage, noRecogniser, strips, marks, noMarks
}

// MARK: - Answers

extension WireWriter {
  mutating func drawing(_ drawing: Drawing) {
    switch drawing {
    case .page(let page?):
      byte(Kind.page.rawValue)
      self.page(page)
    case .page(nil): byte(Kind.noPage.rawValue)
    case .noRecogniser: byte(Kind.noRecogniser.rawValue)
    case .strips(let strips):
      byte(Kind.strips.rawValue)
      count(strips.count)
      for strip in strips {
        bool(strip != nil)
        if let strip { self.strip(strip) }
      }
    case .marks(.success(let bytes)):
      byte(Kind.marks.rawValue)
      raw(bytes)
    case .marks(.failure(let error)):
      byte(Kind.noMarks.rawValue)
      self.error(error)
    }
  }

  private mutating func strip(_ strip: DrawnStrip) {
    count(strip.picture.width)
    count(strip.picture.height)
    raw(strip.picture.pixels)
    box(strip.part)
  }

  private mutating func page(_ page: RecognisedPage) {
    count(page.number)
    byte(UInt8(clamping: page.turn.rawValue / 90))
    bool(page.hasInk)
    float(page.tilt)
    boxes(page.rules)
    count(page.words.count)
    for word in page.words {
      text(word.text)
      box(word.box)
      float(word.baseline)
      float(word.size)
      bool(word.isBold)
      float(word.confidence)
    }
  }

  private mutating func error(_ error: AnnotationError) {
    switch error {
    case .unreadable(.encrypted(let given)):
      byte(0)
      bool(given)
    case .unreadable: byte(1)
    case .forbidden: byte(2)
    case .damaged: byte(3)
    case .missingPage: byte(4)
    case .failed: byte(5)
    }
  }
}

/// The least that one of them can take.
private enum LeastSize {
  static let strip = 1
  static let word = 27
  static let mark = 8
}

extension WireReader {
  mutating func drawing() throws(Malformed) -> Drawing {
    switch Kind(rawValue: try byte()) {
    case .page: return .page(try recognisedPage())
    case .noPage: return .page(nil)
    case .noRecogniser: return .noRecogniser
    case .strips:
      var strips: [DrawnStrip?] = []
      for _ in 0..<(try count(ofAtLeast: LeastSize.strip)) {
        strips.append(try bool() ? try strip() : nil)
      }
      return .strips(strips)
    case .marks: return .marks(.success(try raw()))
    case .noMarks: return .marks(.failure(try annotationError()))
    case nil: throw Malformed()
    }
  }

  private mutating func strip() throws(Malformed) -> DrawnStrip {
    let width = try count()
    let height = try count()
    let pixels = try raw()
    // So that the product of the two is a number.
    guard max(width, height) < 1 << 24,
      let picture = Bitmap(width: width, height: height, channels: .grey, pixels: pixels)
    else { throw Malformed() }
    return DrawnStrip(picture: picture, part: try box())
  }

  private mutating func recognisedPage() throws(Malformed) -> RecognisedPage {
    let number = try count()
    guard let turn = Turn(rawValue: Int(try byte()) * 90) else { throw Malformed() }
    var page = RecognisedPage(number: number, turn: turn, words: [])
    page.hasInk = try bool()
    page.tilt = try float()
    page.rules = try boxes()
    for _ in 0..<(try count(ofAtLeast: LeastSize.word)) {
      let text = try text()
      let box = try box()
      let word = RecognisedWord(
        text: text, box: box, baseline: try float(), size: try float(), isBold: try bool(),
        confidence: try float())
      guard !text.isEmpty, (0...100).contains(word.confidence) else { throw Malformed() }
      page.words.append(word)
    }
    return page
  }

  private mutating func annotationError() throws(Malformed) -> AnnotationError {
    switch try byte() {
    case 0: return .unreadable(.encrypted(passwordGiven: try bool()))
    case 1: return .unreadable(.damaged)
    case 2: return .forbidden
    case 3: return .damaged
    case 4: return .missingPage
    case 5: return .failed
    default: throw Malformed()
    }
  }
}

// MARK: - Requests

private enum TaskKind: UInt8 {
  case readPages = 1
  case tryWalls, recognise, draw, mark
}

extension WireWriter {
  mutating func task(_ task: ReaderRequest.Task) {
    switch task {
    case .readPages: byte(TaskKind.readPages.rawValue)
    case .tryWalls: byte(TaskKind.tryWalls.rawValue)
    case .recognise(let page, let data):
      byte(TaskKind.recognise.rawValue)
      count(page)
      text(data)
    case .draw(let strips):
      byte(TaskKind.draw.rawValue)
      count(strips.count)
      for strip in strips {
        count(strip.page)
        float(strip.top)
        float(strip.bottom)
      }
    case .mark(let marks):
      byte(TaskKind.mark.rawValue)
      count(marks.count)
      for mark in marks { self.mark(mark) }
    }
  }

  private mutating func mark(_ mark: PageMark) {
    count(mark.page)
    word(mark.colour)
    text(mark.text)
    switch mark.shape {
    case .highlight(let areas):
      bool(true)
      boxes(areas)
    case .note(let x, let y):
      bool(false)
      float(x)
      float(y)
    }
  }
}

extension WireReader {
  mutating func task() throws(Malformed) -> ReaderRequest.Task {
    switch TaskKind(rawValue: try byte()) {
    case .readPages: return .readPages
    case .tryWalls: return .tryWalls
    case .recognise: return .recognise(page: try count(), data: try text())
    case .draw:
      var strips: [PageStrip] = []
      for _ in 0..<(try count(ofAtLeast: LeastSize.mark)) {
        strips.append(PageStrip(page: try count(), top: try float(), bottom: try float()))
      }
      return .draw(strips)
    case .mark:
      var marks: [PageMark] = []
      for _ in 0..<(try count(ofAtLeast: LeastSize.mark)) { marks.append(try mark()) }
      return .mark(marks)
    case nil: throw Malformed()
    }
  }

  private mutating func mark() throws(Malformed) -> PageMark {
    let page = try count()
    let colour = try word()
    let text = try text()
    let shape: PageMark.Shape =
      try bool() ? .highlight(try boxes()) : .note(x: try float(), y: try float())
    return PageMark(page: page, shape: shape, colour: colour, text: text)
  }
}
