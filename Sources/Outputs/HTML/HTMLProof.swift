import PageText
import SOC2Vocabulary

extension HTMLWriter {
  /// Quotes, each beside a picture of its place with the words boxed.
  mutating func proof(_ evidence: [Evidence], document: Int, tint: String = "fact") {
    let proof = Proof(evidence)
    for place in proof.places { figure(place, document, tint) }
    if !proof.rest.isEmpty {
      element(
        "p", [("class", "more")],
        "and \(counted(proof.rest.count, "more place", "more places")): \(pageWords(proof.rest))")
    }
  }

  private mutating func figure(_ place: [Evidence], _ document: Int, _ tint: String) {
    open("figure", [("class", "proof")])
    open("figcaption")
    element(
      "span", [("class", "place")],
      pageWords(place) + ", " + (place.first?.section.words ?? ""))
    for piece in place where !piece.quote.isEmpty {
      element("blockquote", "“" + shortened(piece.quote, to: Self.quoteLength) + "”")
    }
    close("figcaption")
    if let clip = PageClip(place, document: document), let picture = pictures[clip] {
      draw(picture, clip, place.flatMap(\.boxes), tint)
    } else if hasPictures(of: document) {
      element("p", [("class", "nopicture")], "No picture of this place could be made.")
    }
    close("figure")
  }

  /// Whether any page of the document was drawn; else one note stands for all.
  func hasPictures(of document: Int) -> Bool { pictures.keys.contains { $0.document == document } }

  private mutating func draw(
    _ picture: PagePicture, _ clip: PageClip, _ boxes: [Box], _ tint: String
  ) {
    let part = picture.part
    let size = [part.x0, part.y0, part.width, part.height].map(tenths)
    let isWhole = boxes.allSatisfy { $0.y1 <= part.y1 + 1 }
    open(
      "svg",
      [
        ("class", "page \(tint)"), ("viewBox", size.joined(separator: " ")), ("role", "img"),
        ("aria-label", "Part of page \(clip.page) with the quoted words boxed"),
      ])
    let frame: [(StaticString, String)] = [
      ("x", size[0]), ("y", size[1]), ("width", size[2]), ("height", size[3]),
    ]
    if let number = drawn[clip] {
      void("use", [("href", "#picture\(number)")])
    } else {
      let number = drawn.count + 1
      drawn[clip] = number
      void(
        "image",
        [("id", "picture\(number)")] + frame
          + [("href", "data:image/png;base64," + base64(picture.png))])
    }
    for box in boxes where box.y0 < part.y1 {
      void(
        "rect",
        [
          ("x", tenths(box.x0 - 1.5)), ("y", tenths(box.y0 - 1)),
          ("width", tenths(box.width + 3)), ("height", tenths(box.height + 2)), ("rx", "1.5"),
        ])
    }
    close("svg")
    if !isWhole { element("p", [("class", "more")], "The quote goes on below what is shown.") }
  }

  /// A paragraph of a report is read in the report.
  private static let quoteLength = 700
}
