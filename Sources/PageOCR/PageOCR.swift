import CTesseract
public import PageText

/// The name and version of the library that reads pictures, for `doctor`; nil where it is not installed.
public var ocrLibraryVersion: String? {
  sl_ocr_version().map { "tesseract " + String(cString: $0) }
}

/// Bounds on reading one picture.
public struct OCRLimits: Sendable, Hashable {
  /// Of computing, not on the wall, so that the same pages are read on a busy machine. A dense page takes
  /// three to five.
  public var secondsPerPage = 40
  public init() {}
  public static let standard = OCRLimits()
}

/// Reads pictures of pages. What comes out depends on the picture and the language data alone.
public struct PageRecogniser: Sendable {
  /// The language data, as the file of Tesseract's has them.
  private let data: [UInt8]
  private let limits: OCRLimits

  /// - Parameter data: the bytes of Tesseract's file of English, `eng.traineddata`.
  /// - Returns: nil where the library is not installed.
  public init?(data: [UInt8], within limits: OCRLimits = .standard) {
    guard sl_ocr_version() != nil, !data.isEmpty, data.count < Int(Int32.max) else { return nil }
    self.data = data
    self.limits = limits
  }

  /// Reads one page.
  ///
  /// - Parameters:
  ///   - picture: the whole page as displayed, in grey.
  ///   - number: physical page, from 1.
  /// - Returns: nil where the library gave up or ran out of time.
  public func read(_ picture: Bitmap, page number: Int, dpi: Double) -> RecognisedPage? {
    guard picture.channels == .grey else { return nil }
    guard picture.hasMarks else {
      return RecognisedPage(number: number, words: [], hasInk: false)
    }
    var best = upright(picture, number, dpi)
    // A page that lies on its side reads as rubbish; the turn that reads best is its own.
    guard let first = best, first.isPoor else { return best }
    for turn in [Turn.upwards, .downwards, .upsideDown] {
      guard var other = upright(picture.turned(turn), number, dpi) else { continue }
      other.turn = turn
      if other.weight > (best?.weight ?? 0) * 1.5 { best = other }
      if !other.isPoor { break }
    }
    return best
  }

  /// Reads a picture as it lies, straightened.
  private func upright(_ picture: Bitmap, _ number: Int, _ dpi: Double) -> RecognisedPage? {
    var picture = picture
    let tilt = straighten(&picture)
    let scale = Float(72 / dpi)
    let dark = DarkAreas(in: picture, dpi: dpi)
    picture = dark.picture
    let lines = RuledLines(in: picture, dpi: dpi, around: dark.boxes)
    let leaders = DotLeaders(in: picture, dpi: dpi)
    let plain = leaders.erased(from: lines.erased(from: picture))
    guard var raw = rawWords(of: plain, dpi) else { return nil }
    // The library also reads lines that run up or down; ours must run across.
    guard !runUpOrDown(raw) else { return RecognisedPage(number: number, words: []) }
    if let rest = leftOver(plain, by: raw), let more = rawWords(of: rest, dpi, isSparse: true) {
      add(more, to: &raw)
    }
    let words = placed(raw, on: plain, lines, leaders, scale)
    return RecognisedPage(
      number: number, words: words, rules: lines.boxes.map { $0.scaled(by: scale) },
      tilt: Float(tilt))
  }

  private func runUpOrDown(_ words: [RawWord]) -> Bool {
    let long = words.filter { $0.text.unicodeScalars.count >= 4 }
    return long.count >= 3 && long.count { $0.box.height > $0.box.width } * 2 > long.count
  }

  /// Turns the picture so that its lines run level; returns by how many degrees.
  private func straighten(_ picture: inout Bitmap) -> Double {
    let (width, height) = (Int32(picture.width), Int32(picture.height))
    let angle = picture.pixels.withUnsafeBufferPointer {
      sl_ocr_skew($0.baseAddress, width, height)
    }
    // Less than a line's height over the width of a page does no harm, and turning blurs.
    guard abs(angle) >= 0.2 else { return 0 }
    let isTurned = picture.pixels.withUnsafeMutableBufferPointer {
      sl_ocr_turn($0.baseAddress, width, height, angle)
    }
    return isTurned == 0 ? 0 : angle
  }

  private func rawWords(
    of picture: Bitmap, _ dpi: Double, isSparse: Bool = false
  ) -> [RawWord]? {
    let page = data.withUnsafeBufferPointer { data in
      picture.pixels.withUnsafeBufferPointer { pixels in
        sl_ocr_read(
          data.baseAddress, data.count, pixels.baseAddress, Int32(picture.width),
          Int32(picture.height), Int32(dpi), isSparse ? 1 : 0,
          Int32(limits.secondsPerPage * (isSparse ? 200 : 1000)))
      }
    }
    defer { sl_ocr_free(page) }
    guard page.state == Int32(SL_OCR_READ) else { return nil }
    let text = UnsafeRawBufferPointer(
      start: page.text, count: page.count == 0 ? 0 : Int(page.words[page.count - 1].end))
    return UnsafeBufferPointer(start: page.words, count: page.count).map { word in
      RawWord(
        text: String(decoding: text[Int(word.start)..<Int(word.end)], as: UTF8.self),
        box: Box(Float(word.x0), Float(word.y0), Float(word.x1), Float(word.y1)),
        baseline: Float(word.baseline0 + word.baseline1) / 2, line: Int(word.line),
        confidence: word.confidence)
    }
  }
}

extension RecognisedPage {
  /// Reads like a page that lies on its side, or like no text at all.
  fileprivate var isPoor: Bool { confidence < 60 || words.count < 5 }

  /// How much was read, and how surely.
  fileprivate var weight: Float { confidence * Float(words.count) }
}

extension Box {
  func scaled(by factor: Float) -> Box { Box(x0 * factor, y0 * factor, x1 * factor, y1 * factor) }
}

extension Bitmap {
  /// Whether at least one pixel in 20,000 is dark: less is dust.
  fileprivate var hasMarks: Bool {
    pixels.withUnsafeBufferPointer { pixels in
      let needed = max(1, pixels.count / 20_000)
      var dark = 0
      for pixel in pixels where pixel < 160 {
        dark += 1
        if dark >= needed { return true }
      }
      return false
    }
  }

  /// The picture after a quarter turn, as `Turn.reading` turns boxes.
  func turned(_ turn: Turn) -> Bitmap {
    let (w, h) = turn.swapsAxes ? (height, width) : (width, height)
    let turned = [UInt8](unsafeUninitializedCapacity: w * h) { out, count in
      pixels.withUnsafeBufferPointer { pixels in
        for y in 0..<height {
          for x in 0..<width {
            let at =
              switch turn {
              case .none: y * w + x
              case .upwards: x * w + (height - 1 - y)
              case .upsideDown: (height - 1 - y) * w + (width - 1 - x)
              case .downwards: (width - 1 - x) * w + y
              }
            out[at] = pixels[y * width + x]
          }
        }
      }
      count = w * h
    }
    return Bitmap(width: w, height: h, channels: channels, pixels: turned) ?? self
  }
}
