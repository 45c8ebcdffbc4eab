import PageText
import SOC2Vocabulary
import Testing
import XMLTree

@testable import Outputs

struct HTMLTests {
  /// A report and its letter, judged: 100 less 25 and 8 is 67.
  static let judged: Packet = {
    var packet = Packet(vendor: "Northwind", reviews: [Samples.report, Samples.bridge])
    packet.coverage = [
      CoverageSpan(
        from: Samples.day("2024-10-01"), to: Samples.day("2025-09-30"), by: .report,
        document: "northwind-soc2-2025.pdf"),
      CoverageSpan(
        from: Samples.day("2025-10-01"), to: Samples.day("2025-12-31"), by: .bridgeLetter,
        document: "bridge.pdf"),
      CoverageSpan(
        from: Samples.day("2026-01-01"), to: Samples.day("2026-01-15"), by: .none, document: nil),
    ]
    packet.findings = [
      Finding(
        id: "bridgeUnsigned", rule: "bridge/unsigned", code: "bridgeUnsigned", severity: .medium,
        title: "The letter is not signed", message: "Nobody answers for the letter.", evidence: [],
        facts: [])
    ]
    packet.assessment = Assessment(
      decision: .conditions, score: 67, reasons: ["1/opinionQualified", "bridgeUnsigned"],
      points: [
        Assessment.Points(
          finding: "1/opinionQualified", points: 25, why: "A qualified opinion weighs 25."),
        Assessment.Points(finding: "bridgeUnsigned", points: 8, why: "Half a letter."),
      ],
      bridge: .defective,
      dates: [
        KeyDate(
          kind: .bridgeEnds, day: Samples.day("2025-12-31"), why: "the letter's last day"),
        KeyDate(
          kind: .staleAfter, day: Samples.day("2026-09-30"),
          why: "12 months after the period's end"),
      ])
    packet.questions = [
      FollowUpQuestion(
        id: "q2", to: .vendor, text: "Who signs the letter?", why: "It bears no name.",
        evidenceAsked: "a signed copy", findings: ["bridgeUnsigned"], evidence: []),
      FollowUpQuestion(
        id: "q9", to: .internal, text: "Who owns the review of leavers here?", why: "CC6.3.",
        evidenceAsked: nil, findings: ["1/opinionQualified"], evidence: []),
    ]
    return packet
  }()

  static let packets: [(String, Packet)] =
    Sample.allCases.map { ($0.rawValue, Packet(vendor: nil, reviews: [$0.review])) }
    + [("packet", Samples.packet), ("judged", judged), ("none", Packet(vendor: nil, reviews: []))]

  /// A picture for every strip that is wanted; the bytes tell which.
  static func pictures(_ packet: Packet) -> [PageClip: PagePicture] {
    var pictures: [PageClip: PagePicture] = [:]
    for (index, clip) in wantedPictures(packet).enumerated() {
      pictures[clip] = PagePicture(
        png: [UInt8(index & 255), 1, 2],
        part: Box(60, Float(clip.top), 552, Float(clip.bottom)))
    }
    return pictures
  }

  static func tree(_ packet: Packet) throws -> Element {
    let bytes = html(packet, pictures: pictures(packet))
    let line = Array("<!DOCTYPE html>\n".utf8)
    #expect(bytes.starts(with: line))
    return try ParsedXML(Array(bytes.dropFirst(line.count)), file: "review.html").root
  }

  static func all(_ root: Element) -> [Element] { [root] + root.elements.flatMap(all) }

  static let tags: Set<String> = [
    "html", "head", "meta", "title", "style", "body", "header", "main", "nav", "section", "article",
    "footer", "figure", "figcaption", "blockquote", "h1", "h2", "h3", "h4", "p", "a", "b", "strong",
    "span", "div", "code", "ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "thead", "tbody",
    "tr", "th", "td", "svg", "defs", "pattern", "rect", "line", "circle", "text", "image", "use",
  ]

  /// Whatever a report says: nothing but our own tags, nothing that runs, nothing that is fetched.
  @Test(arguments: packets.map(\.0))
  func onlyOurOwnMarkup(_ name: String) throws {
    let packet = try #require(Self.packets.first { $0.0 == name }).1
    let elements = Self.all(try Self.tree(packet))
    for element in elements {
      #expect(Self.tags.contains(element.name), "\(element.name)")
      for attribute in element.attributes {
        #expect(!attribute.name.hasPrefix("on") && attribute.name != "src", "\(attribute.name)")
        if attribute.name == "href" {
          #expect(
            attribute.value.hasPrefix("#") || attribute.value.hasPrefix("data:image/png;base64,"))
        }
      }
    }
    let ids = elements.compactMap { $0["id"] }
    #expect(Set(ids).count == ids.count, "an id comes twice")
    for link in elements.compactMap({ $0["href"] }) where link.hasPrefix("#") {
      #expect(ids.contains(String(link.dropFirst())), "\(link) leads nowhere")
    }
    let policy = elements.first { $0["http-equiv"] == "Content-Security-Policy" }
    #expect(policy?["content"]?.hasPrefix("default-src 'none'; img-src data:;") == true)
  }

  @Test(arguments: [
    ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
    ("\"><img onerror='x'>", "&quot;&gt;&lt;img onerror=&#39;x&#39;&gt;"),
    ("javascript:x", "javascript:x"), ("{{7*7}}", "{{7*7}}"), ("&amp;", "&amp;amp;"),
    ("a\u{202E}b\u{2066}", "a\\u{202E}b\\u{2066}"), ("a\0b", "a\\u{0}b"),
    ("a\u{FFFF}b", "a\\u{FFFF}b"), ("]]>\u{85}", "]]&gt;\\u{85}"), ("a\nb", "a b"),
  ])
  func textIsInert(_ text: String, _ expected: String) { #expect(markupText(text) == expected) }

  @Test func hostileTextIsReadableAndNothingElse() throws {
    let text = try Self.tree(Packet(vendor: nil, reviews: [Samples.hostile])).text
    #expect(text.contains("<script>x</script>"), "it can be read as what it is")
    #expect(!text.unicodeScalars.contains("\u{202E}"))
    let harmless = String(
      decoding: html(Self.judged, pictures: Self.pictures(Self.judged)), as: UTF8.self)
    #expect(!harmless.contains("http:") && !harmless.contains("https:"))
  }

  @Test func theAnswerStandsFirst() throws {
    let root = try Self.tree(Self.judged)
    let verdict = try #require(Self.all(root).first { $0["id"] == "verdict" }).text
    for words in [
      "CONDITIONS", "Rely on it once these points are settled.", "67 of 100",
      "Qualified opinion", "The letter is not signed", "30 September 2026",
      "12 months after the period's end", "31 December 2025", "Who signs the letter?",
      "To ourselves.", "CONFLICTING", "Examination period",
    ] {
      #expect(verdict.contains(words), "\(words)")
    }
    let main = try #require(Self.all(root).first { $0.name == "main" })
    #expect(main.elements.first?["id"] == "verdict")
  }

  @Test func theScoreIsASum() throws {
    let score = try #require(Self.all(try Self.tree(Self.judged)).first { $0["id"] == "score" })
    let points = Self.all(score).filter { $0["class"] == "points" }.map(\.text)
    #expect(points == ["100", "−25", "−8", "67"])
  }

  @Test func whatIsNotAssessedIsSaidToBe() throws {
    let text = try Self.tree(Packet(vendor: nil, reviews: [Samples.unqualified])).text
    #expect(text.contains("NOT ASSESSED"))
    for decision in Decision.allCases { #expect(!text.contains(decision.mark)) }
    #expect(!text.contains("of 100"))
  }

  @Test func aFileThatWasNotReadIsNoGoodNews() throws {
    let text = try Self.tree(Packet(vendor: nil, reviews: [Samples.encrypted])).text
    #expect(text.contains("NOT REVIEWED: Encrypted"))
    #expect(text.contains("The file asks for a password."))
    #expect(text.contains("Everything: no document was read."))
    #expect(!text.contains("Every point that was looked for has an answer"))
    #expect(!text.contains("No rule made a finding"))
  }

  /// What the page says is what the record says: every finding, question, quote and span.
  @Test func itAgreesWithTheRecord() throws {
    let packet = Self.judged
    let root = try Self.tree(packet)
    let text = root.text
    let record = String(decoding: json(packet), as: UTF8.self)
    let quotes = Self.all(root).filter { $0.name == "blockquote" }.map(\.text)
    #expect(quotes.count > 10)
    for quote in quotes { #expect(record.contains(quote.dropFirst().dropLast()), "\(quote)") }
    for review in packet.reviews {
      for finding in review.findings {
        #expect(text.contains(finding.message) && text.contains(finding.code))
        for piece in finding.evidence { #expect(text.contains("“\(piece.quote)”")) }
      }
    }
    let questions = Self.all(root).filter { $0["class"] == "questions" }.flatMap(\.elements)
    #expect(questions.compactMap { $0["value"] } == ["1", "2"])
    for span in packet.coverage { #expect(text.contains(span.by.words)) }
    #expect(text.contains(packet.reviews[0].document.sha256))
    #expect(text.contains(packet.reviews[0].tool.rulesSHA256))
  }

  /// Each strip stands in the page once, whoever shows it; each of its quotes is boxed.
  @Test func aPictureIsKeptOnce() throws {
    let packet = Packet(vendor: nil, reviews: [Samples.report])
    let wanted = wantedPictures(packet)
    #expect(Set(wanted).count == wanted.count)
    let elements = Self.all(try Self.tree(packet))
    #expect(elements.count { $0.name == "image" } == wanted.count)
    // The quote of the finding on the opinion is also that of the question and of the limbs.
    #expect(elements.contains { $0.name == "use" })
    for drawing in elements where drawing.name == "svg" && drawing["class"] != "timeline" {
      #expect(drawing.elements.contains { $0.name == "rect" })
      #expect(drawing["aria-label"]?.contains("page") == true)
    }
  }

  /// By hand: lines at 96.46 to 110 with 22 points around, rounded outwards.
  @Test func aStripLiesAroundItsWords() {
    let clips = wantedPictures(Packet(vendor: nil, reviews: [Samples.report]))
    #expect(clips.first == PageClip(document: 0, page: 5, top: 74, bottom: 132))
  }

  @Test func withoutPicturesTheQuotesStand() throws {
    let bytes = html(Packet(vendor: nil, reviews: [Samples.report]))
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains("Quotes stand without pictures"))
    #expect(text.contains("except for the matter described above"))
    #expect(!text.contains("<image"))
  }

  @Test func theSameReviewGivesTheSameBytes() {
    let pictures = Self.pictures(Self.judged)
    var other: [PageClip: PagePicture] = [:]
    for (clip, picture) in pictures.reversed() { other[clip] = picture }
    #expect(html(Self.judged, pictures: pictures) == html(Self.judged, pictures: other))
  }

  @Test(arguments: [
    ([UInt8]([]), ""), ([0x66], "Zg=="), ([0x66, 0x6F], "Zm8="), ([0x66, 0x6F, 0x6F], "Zm9v"),
    ([0xFF, 0xFE, 0xFD, 0xFC], "//79/A=="),
  ])
  func bytesAsText(_ bytes: [UInt8], _ expected: String) { #expect(base64(bytes) == expected) }

  @Test(arguments: [
    (Float(1.25), "1.3"), (-0.05, "-0.1"), (12, "12"), (.nan, "0"), (.infinity, "0"),
    (96.46, "96.5"),
  ])
  func lengths(_ value: Float, _ expected: String) { #expect(tenths(value) == expected) }
}

struct PDFMarksTests {
  @Test func everyFindingHasANoteAndItsEvidenceAColour() {
    let packet = Packet(vendor: nil, reviews: [Samples.report])
    let marks = pdfMarks(packet, document: 0)
    var notes: [PageMark] = []
    var highlights: [PageMark] = []
    for mark in marks {
      if case .note = mark.shape { notes.append(mark) } else { highlights.append(mark) }
    }
    // The last one tells what the marks were made with.
    #expect(notes.map(\.page) == [5, 4, 1])
    #expect(
      notes.last?.text.contains(
        "rules soc2 1.0.0 (sha256 abababababab), policy default (sha256 cdcdcdcdcdcd)") == true)
    #expect(
      notes.first?.text
        == "HIGH: Qualified opinion\nThe opinion is qualified: criterion CC6.3 was not met.\n"
        + "Ask the vendor: Which customers and dates were affected by the late removal of leavers' "
        + "access?")
    #expect(highlights.first?.page == 5)
    #expect(highlights.first?.shape == .highlight([Box(72, 96.46, 540.25, 110)]))
    let colours = Set(highlights.map(\.colour))
    #expect(colours.count == 3, "high, medium and facts")
    #expect(pdfMarks(packet, document: 1).isEmpty)
  }

  /// Two notes at one place would hide each other.
  @Test func notesDoNotLieOnEachOther() {
    var review = Samples.report
    review.findings = Array(repeating: review.findings[0], count: 40)
    let marks = pdfMarks(Packet(vendor: nil, reviews: [review]), document: 0)
    let spots = marks.compactMap { mark -> String? in
      if case .note(let x, let y) = mark.shape { "\(x) \(y)" } else { nil }
    }
    #expect(spots.count == 41, "one for each finding, and what the marks were made with")
    #expect(Set(spots).count == 41)
  }

  @Test func hostileTextIsSpelledOut() {
    for mark in pdfMarks(Packet(vendor: nil, reviews: [Samples.hostile]), document: 0) {
      #expect(!mark.text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
      #expect(!mark.text.unicodeScalars.contains("\u{202E}"))
    }
  }
}
