public import PageText
public import SOC2Vocabulary

/// What is marked in a copy of a report: the evidence of each fact in one colour, that of each finding in
/// the colour of its severity, and beside the first place of a finding a note with what it says and
/// what is asked. Findings without a place have their notes on the document's first page,
/// and so has what the marks were made with.
///
/// - Parameter document: place of the review in the packet, from 0.
public func pdfMarks(_ packet: Packet, document: Int) -> [PageMark] {
  guard packet.reviews.indices.contains(document) else { return [] }
  let review = packet.reviews[document]
  var marks: [PageMark] = []
  var known: Set<Evidence> = []
  for finding in review.findings {
    for piece in finding.evidence where known.insert(piece).inserted && !piece.boxes.isEmpty {
      marks.append(
        PageMark(
          page: piece.page, shape: .highlight(piece.boxes), colour: finding.severity.markColour,
          text: inert("\(finding.severity.word): \(finding.title)")))
    }
  }
  for row in review.factRows() where row.hasPictures {
    for piece in row.evidence + row.readings.flatMap(\.evidence)
    where known.insert(piece).inserted && !piece.boxes.isEmpty {
      marks.append(
        PageMark(
          page: piece.page, shape: .highlight(piece.boxes), colour: 0xBFD7FF,
          text: inert("Fact: \(row.label)")))
    }
  }
  var places = NotePlaces()
  let firstPage = review.document.partOf?.lowerBound ?? 1
  for finding in review.findings {
    let first = finding.evidence.first { !$0.boxes.isEmpty }
    let page = first?.page ?? firstPage
    let spot = places.take(page, near: first?.boxes.first)
    marks.append(
      PageMark(
        page: page, shape: .note(x: spot.x, y: spot.y), colour: finding.severity.markColour,
        text: noteText(finding, in: packet, document)))
  }
  if !marks.isEmpty {
    let spot = places.take(firstPage, near: nil)
    marks.append(
      PageMark(
        page: firstPage, shape: .note(x: spot.x, y: spot.y), colour: Severity.info.markColour,
        text: inert("Made with \(review.provenance). \(review.occasion)")))
  }
  return marks
}

private func noteText(_ finding: Finding, in packet: Packet, _ document: Int) -> String {
  let name = "\(document + 1)/\(finding.id)"
  // Questions of the packet name findings as the packet does, those of a review by their bare id.
  let asked =
    packet.questions.isEmpty
    ? packet.reviews[document].questions.filter { $0.findings.contains(finding.id) }
    : packet.questions.filter {
      $0.findings.contains(name) || packet.reviews.count == 1 && $0.findings.contains(finding.id)
    }
  let lines =
    ["\(finding.severity.word): \(finding.title)", finding.message]
    + asked.map { "Ask \($0.to.words): \($0.text)" }
    + packet.namedAnswered.filter { $0.question.findings.contains(name) }.map {
      "Not asked: \($0.question.text) Answer: \($0.words)"
    }
  return lines.map(inert).joined(separator: "\n")
}

/// Where icons of notes stand: left of the words, each on a place of its own.
private struct NotePlaces {
  private struct Spot: Hashable {
    var page: Int
    var row: Int
    var column = 0
  }

  private var taken: Set<Spot> = []
  /// Points from one icon to the next.
  private static let step: Float = 20
  /// Beside the text of most pages, in the margin.
  private static let left: Float = 8
  /// As many as fit on the lowest usual page, a letter on its side.
  private static let rows = 30

  mutating func take(_ page: Int, near box: Box?) -> (x: Float, y: Float) {
    var spot = Spot(page: page, row: Int(max(0, min(box?.y0 ?? 0, 10_000)) / Self.step))
    while !taken.insert(spot).inserted {
      spot.row += 1
      if spot.row >= Self.rows { spot = Spot(page: page, row: 0, column: spot.column + 1) }
    }
    return (Self.left + Float(spot.column) * Self.step, Float(spot.row) * Self.step)
  }
}

extension Severity {
  /// A light colour that print shows through: red, orange, yellow, then paler.
  fileprivate var markColour: UInt32 {
    switch self {
    case .critical: 0xFF8FA0
    case .high: 0xFFB199
    case .medium: 0xFFE08A
    case .low: 0xCDEBC8
    case .info: 0xDDDDE8
    }
  }
}
