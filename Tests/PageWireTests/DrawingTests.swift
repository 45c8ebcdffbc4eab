import PDFText
import PageText
import PageWire
import Testing

/// What a process that draws is asked and answers.
struct DrawingTests {
  static let page = RecognisedPage(
    number: 7, turn: .upsideDown,
    words: [
      RecognisedWord(
        text: "Prüfung", box: Box(1, 2, 30.5, 12), baseline: 10, size: 9.5, isBold: true,
        confidence: 96.5),
      RecognisedWord(text: "no", box: Box(33, 2, 40, 12), baseline: 10, size: 9.5, confidence: 0),
    ], rules: [Box(0, 20, 100, 21)], hasInk: true, tilt: -0.5)

  private static func answer(_ drawing: Drawing) -> ReaderAnswer {
    ReaderAnswer(layers: 15, landlockVersion: 4, drawing: drawing)
  }

  private static func sent(_ drawing: Drawing) throws -> Drawing? {
    try ReaderAnswer(decoding: answer(drawing).encoded, pageLimit: 9).drawing
  }

  @Test func aPageByOCRComesOverWhole() throws {
    guard case .page(let read?) = try Self.sent(.page(Self.page)) else {
      Issue.record("no page")
      return
    }
    #expect(read.number == 7 && read.turn == .upsideDown && read.hasInk && read.tilt == -0.5)
    #expect(read.words == Self.page.words && read.rules == Self.page.rules)
  }

  @Test func picturesComeOverInTheirOrder() throws {
    let picture = try #require(
      Bitmap(width: 3, height: 2, channels: .grey, pixels: [0, 1, 2, 253, 254, 255]))
    let strip = DrawnStrip(picture: picture, part: Box(10, 20, 100, 40))
    guard case .strips(let strips) = try Self.sent(.strips([nil, strip, nil])) else {
      Issue.record("no strips")
      return
    }
    #expect(strips == [nil, strip, nil])
  }

  @Test(arguments: [
    AnnotationError.unreadable(.encrypted(passwordGiven: true)), .unreadable(.damaged), .forbidden,
    .damaged, .missingPage, .failed,
  ])
  func whyThereIsNoCopyComesOver(_ error: AnnotationError) throws {
    guard case .marks(.failure(let told)) = try Self.sent(.marks(.failure(error))) else {
      Issue.record("no error")
      return
    }
    #expect(told == error)
  }

  /// A process that a document took over may answer anything: cut off or changed, it is values or nothing.
  @Test func brokenAnswersAreRefusedOrHarmless() throws {
    let picture = try #require(Bitmap(width: 2, height: 2, channels: .grey, pixels: [0, 1, 2, 3]))
    let drawings: [Drawing] = [
      .page(Self.page), .strips([DrawnStrip(picture: picture, part: Box(0, 0, 1, 1)), nil]),
      .marks(.success([1, 2, 3])),
    ]
    for drawing in drawings {
      let whole = Self.answer(drawing).encoded
      for length in 0..<whole.count {
        #expect(throws: Malformed.self) {
          try ReaderAnswer(decoding: Array(whole.prefix(length)), pageLimit: 9)
        }
      }
      for index in whole.indices {
        var changed = whole
        changed[index] ^= 0xFF
        guard case .strips(let strips)? = try? ReaderAnswer(decoding: changed, pageLimit: 9).drawing
        else { continue }
        for case let strip? in strips {
          #expect(strip.picture.pixels.count == strip.picture.width * strip.picture.height)
        }
      }
    }
  }

  @Test func aPictureHasAsManyPixelsAsItSays() throws {
    let picture = try #require(Bitmap(width: 2, height: 2, channels: .grey, pixels: [9, 9, 9, 9]))
    var bytes = Self.answer(.strips([DrawnStrip(picture: picture, part: Box(0, 0, 1, 1))])).encoded
    // Width, height and number of pixels stand before the pixels.
    let at = try #require(bytes.indices.first { bytes[$0...].starts(with: [2, 2, 4, 9, 9, 9, 9]) })
    bytes[at] = 3
    #expect(throws: Malformed.self) { try ReaderAnswer(decoding: bytes, pageLimit: 9) }
  }

  @Test(arguments: [
    ReaderRequest.Task.readPages, .tryWalls, .recognise(page: 12, data: "/data/eng.traineddata"),
    .draw([PageStrip(page: 3, top: 10.5, bottom: 90), PageStrip(page: 1, top: 0, bottom: 20)]),
    .mark([
      PageMark(page: 2, shape: .note(x: 5, y: 6.5), colour: 0xFF_C0_00, text: "Fünf"),
      PageMark(page: 1, shape: .highlight([Box(1, 2, 3, 4)]), colour: 1, text: ""),
    ]),
  ])
  func eachTaskComesOver(_ task: ReaderRequest.Task) throws {
    let request = ReaderRequest(task: task, memoryBytes: 1 << 29, seconds: 20)
    #expect(try ReaderRequest(decoding: request.encoded) == request)
    for length in 0..<request.encoded.count {
      #expect(throws: Malformed.self) {
        try ReaderRequest(decoding: Array(request.encoded.prefix(length)))
      }
    }
  }
}
