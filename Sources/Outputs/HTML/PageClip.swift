public import PageText
public import SOC2Vocabulary

/// A strip of a page, over its whole width, around a place that evidence names.
public struct PageClip: Hashable, Sendable {
  /// Place of the review in the packet, from 0.
  public var document: Int
  /// Physical page, from 1.
  public var page: Int
  /// Points from the top of the page as displayed.
  public var top: Int
  /// May lie below the end of the page.
  public var bottom: Int

  public init(document: Int, page: Int, top: Int, bottom: Int) {
    self.document = document
    self.page = page
    self.top = top
    self.bottom = bottom
  }
}

/// A picture of a strip.
public struct PagePicture: Hashable, Sendable {
  public var png: [UInt8]
  /// What it shows, in points on the page as displayed.
  public var part: Box

  public init(png: [UInt8], part: Box) {
    self.png = png
    self.part = part
  }
}

/// The strips of pages that `html` shows beside its quotes, each once, what matters most first: the
/// places of findings, then those of facts.
public func wantedPictures(_ packet: Packet) -> [PageClip] {
  var wanted: [PageClip] = []
  var known: Set<PageClip> = []
  func want(_ evidence: [Evidence], _ document: Int) {
    for place in Proof(evidence).places {
      if let clip = PageClip(place, document: document), known.insert(clip).inserted {
        wanted.append(clip)
      }
    }
  }
  for (index, review) in packet.reviews.enumerated() {
    for finding in review.findings { want(finding.evidence, index) }
  }
  for (index, review) in packet.reviews.enumerated() {
    for row in review.factRows() where row.hasPictures {
      want(row.evidence, index)
      for reading in row.readings { want(reading.evidence, index) }
    }
    want(review.document.kindReasons, index)
  }
  return wanted
}

/// Evidence as it is shown: pieces that stand near each other on a page together, and what is left.
struct Proof {
  /// Each has at least one piece, all of one page.
  var places: [[Evidence]] = []
  var rest: [Evidence] = []

  /// More than these prove no more; the pages of the others are named.
  private static let limit = 3
  private static let piecesLimit = 5

  init(_ evidence: [Evidence]) {
    var known: Set<Evidence> = []
    for piece in evidence where known.insert(piece).inserted {
      if let index = places.firstIndex(where: { Self.isNear(piece, $0) }) {
        places[index].append(piece)
      } else if places.count < Self.limit {
        places.append([piece])
      } else {
        rest.append(piece)
      }
    }
  }

  /// Points between the first and the last line of what one picture shows together: some eight lines.
  private static let reach: Float = 110

  private static func isNear(_ piece: Evidence, _ place: [Evidence]) -> Bool {
    guard piece.page == place.first?.page, place.count < piecesLimit else { return false }
    let boxes = (place + [piece]).flatMap(\.boxes)
    guard !piece.boxes.isEmpty, let top = boxes.map(\.y0).min(),
      let bottom = boxes.map(\.y1).max()
    else { return false }
    return bottom - top <= reach
  }
}

extension PageClip {
  /// A line or two above and below the words, so that the place is known again on the page.
  private static let margin: Float = 22
  /// A third of a page: a longer quote is shown by its beginning.
  private static let height: Float = 260

  /// Nil when the evidence has no place on a page.
  init?(_ place: [Evidence], document: Int) {
    let boxes = place.flatMap(\.boxes)
    guard let page = place.first?.page, let first = boxes.map(\.y0).min(),
      let last = boxes.map(\.y1).max(), first.magnitude < 1e6, last.magnitude < 1e6, last > first
    else { return nil }
    let top = max(0, first - Self.margin).rounded(.down)
    let bottom = min(last + Self.margin, top + Self.height).rounded(.up)
    self.init(document: document, page: page, top: Int(top), bottom: Int(bottom))
  }
}

extension FactRow {
  /// Where the parts of a report begin is shown by their pages alone.
  var hasPictures: Bool { label != FactName.sections.label }
}
