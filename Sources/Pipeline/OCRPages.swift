public import PageText

/// Which pages are read by OCR.
public enum OCRMode: String, Sendable, CaseIterable {
  /// Those without text that can be used.
  case auto
  case off
  /// All of them, whatever text the file gives.
  case only
}

/// What is asked of OCR in one run.
public struct OCRRequest: Sendable, Hashable {
  public var mode: OCRMode
  /// No more pages of a file are read.
  public var pageLimit: Int

  public init(mode: OCRMode, pageLimit: Int) {
    self.mode = mode
    self.pageLimit = pageLimit
  }

  /// No page is read by OCR.
  public static let off = OCRRequest(mode: .off, pageLimit: 0)
}

/// The reading of a PDF with the pages that OCR could read put in.
///
/// - Parameter read: draws and reads pages of the document; pages that could not be drawn or read are left
///   out. Nil where OCR is not installed. Not called where no page needs it.
public func withOCR(
  _ reading: DocumentReading, _ request: OCRRequest, by read: (_ pages: [Int]) -> [RecognisedPage]?
) -> DocumentReading {
  guard request.mode != .off else { return reading }
  let wanted = pagesForOCR(reading, request.mode)
  guard !wanted.isEmpty else { return reading }
  let reading = request.mode == .only ? withoutText(reading, on: Set(wanted)) : reading
  let pages = wanted.prefix(request.pageLimit)
  guard let read = read(Array(pages)) else {
    var out = reading
    if reading.pages.contains(where: { !$0.isSearchable }) {
      out.diagnostics.append(
        Diagnostic(
          code: ocrMissing,
          message: "OCR is not installed, so pages without usable text were not read"))
    }
    return out
  }
  var out = joined(reading, read, asked: Set(pages))
  if pages.count < wanted.count {
    out.diagnostics.append(
      Diagnostic(
        code: "ocrPageLimit",
        message:
          "\(wanted.count - pages.count) more pages would need OCR than the limit of \(request.pageLimit) allows; they were not read"
      ))
  }
  return out
}

/// The pages that OCR is to read, in order: a page that is blank as far as its text goes may still be a
/// drawing of letters.
func pagesForOCR(_ reading: DocumentReading, _ mode: OCRMode) -> [Int] {
  reading.pages.filter { page in
    switch mode {
    case .off: false
    case .only: page.state != .missing
    case .auto: page.state == .picture || page.state == .garbled || page.state == .empty
    }
  }.map(\.number)
}

/// Pages below this mean confidence (of 100) stay unread. One letter and one page of tables, Tesseract 5.3:
/// 94 to 96 when scanned at 100 dpi or more, aslant or with grain; 91 and 83 blurred; 84 and 66 as a black
/// and white fax of 100 dpi; 85 and 76 at 72 dpi; 46 and 15 at 50 dpi. The page with 76 was seen to have
/// many wrong words; the bound is a judgement between the two groups.
let leastConfidence: Float = 80

/// The reading with each page that OCR could read in place of what the file gave for it.
///
/// - Parameter asked: the pages that were handed to OCR; those that did not come back stay as they are.
func joined(
  _ reading: DocumentReading, _ recognised: [RecognisedPage], asked: Set<Int>
) -> DocumentReading {
  var out = reading
  let byNumber = Dictionary(
    recognised.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
  for i in out.pages.indices where asked.contains(out.pages[i].number) {
    let page = out.pages[i]
    guard let scan = byNumber[page.number] else {
      out.note(
        ocrFailed, "page \(page.number) could not be drawn or read in time by OCR",
        on: page,
        when: !page.isSearchable)
      continue
    }
    if !scan.hasInk {
      // A scanned sheet with nothing on it.
      if page.words.isEmpty { out.replace(i, with: blank(page)) }
      continue
    }
    let confidence = Int(scan.confidence.rounded(.down))
    if page.state == .empty && scan.words.count(where: \.isPlain) < 3 { continue }
    guard !scan.words.isEmpty, scan.confidence >= leastConfidence else {
      out.replaceDiagnostics(
        of: page.number, code: "pageIsIllegible",
        scan.words.isEmpty
          ? "page \(page.number) is a picture in which OCR found no words; it was not read"
          : "page \(page.number) is too hard to read: OCR gave its words a confidence of \(confidence) of 100; it was not read"
      )
      continue
    }
    out.pages[i] = page.reread(scan)
    var message =
      "page \(page.number) was read by OCR, mean confidence \(confidence) of 100"
    if scan.tilt != 0 {
      message += "; it lay aslant, so places on it are off by up to \(scan.drift(of: page)) points"
    }
    out.replaceDiagnostics(of: page.number, code: "pageByOCR", message)
  }
  return out
}

extension RecognisedWord {
  /// At least two letters or digits and read with some confidence: no speck or ornament.
  fileprivate var isPlain: Bool {
    confidence >= 60
      && text.unicodeScalars.count(where: { $0.properties.isAlphabetic || ("0"..."9").contains($0) }
      ) >= 2
  }
}

extension RecognisedPage {
  /// How far straightening moved the corners, in whole points.
  fileprivate func drift(of page: Page) -> Int {
    let radians = abs(tilt) * 0.01745
    return Int((radians * max(page.width, page.height) / 2).rounded(.up))
  }
}

extension DocumentReading {
  fileprivate mutating func note(
    _ code: String, _ message: String, on page: Page, when isNeeded: Bool
  ) {
    if isNeeded { replaceDiagnostics(of: page.number, code: code, message) }
  }

  fileprivate mutating func replace(_ index: Int, with page: Page) {
    pages[index] = page
    diagnostics.removeAll { $0.page == page.number && unreadCodes.contains($0.code) }
  }

  /// What was said of the page when only its text was known no longer holds.
  fileprivate mutating func replaceDiagnostics(of page: Int, code: String, _ message: String) {
    diagnostics.removeAll { $0.page == page && unreadCodes.contains($0.code) }
    diagnostics.append(Diagnostic(code: code, message: message, page: page))
  }
}

/// The codes that say of a page why it was not read.
private let unreadCodes: Set<String> = [
  "pageIsPicture", "pageIsGarbled", "pageUnreadable", "pageTooMuch",
]

/// The code of a page that OCR gave up: the next time it may get through.
let ocrFailed = "ocrFailed"
/// The code that says that there is no OCR on the machine.
let ocrMissing = "ocrMissing"

private func blank(_ page: Page) -> Page { page.bare(.empty) }

/// The reading as if its pages were pictures only.
private func withoutText(_ reading: DocumentReading, on pages: Set<Int>) -> DocumentReading {
  var out = reading
  for i in out.pages.indices where pages.contains(out.pages[i].number) {
    out.pages[i] = out.pages[i].bare(.picture)
  }
  return out
}

extension Page {
  fileprivate func bare(_ state: PageState) -> Page {
    var out = self
    out.state = state
    out.words = []
    out.utf8 = []
    out.rules = []
    out.turn = .none
    return out
  }
}

extension Page {
  /// The page with the words that OCR read. Words that the file itself prints on a picture are exact and
  /// stay, in place of what OCR read there.
  fileprivate func reread(_ scan: RecognisedPage) -> Page {
    var out = self
    out.state = .text
    if turn != scan.turn {
      out.words = []
      out.utf8 = []
      out.rules = []
    }
    out.turn = scan.turn
    let kept = out.words.map(\.box)
    out.rules += scan.rules
    for word in scan.words {
      let y = word.baseline - 0.3 * word.size
      if kept.contains(where: { $0.contains(x: word.box.centreX, y: y) }) { continue }
      let start = out.utf8.count
      out.utf8 += word.text.utf8
      out.words.append(
        Word(
          start: Int32(start), end: Int32(out.utf8.count), box: word.box, baseline: word.baseline,
          size: word.size, style: word.isBold ? [.recognised, .bold] : .recognised))
      out.utf8.append(0x20)
    }
    return out
  }
}
