import ReportStructure
import SOC2Vocabulary
import TextMatching

/// To what a stretch of time in a letter belongs.
enum LetterTimeRole: String { case report, letter, next, previous }

/// Every period in a letter, which way round its numeric dates are meant, and the words that tell
/// whose time is meant.
struct LetterCalendar {
  let spans: [(tokens: Range<Int>, period: ExaminationPeriod)]
  private let text: RunningText
  private let report: Report
  private let cues: [(tokens: Range<Int>, role: LetterTimeRole)]
  /// Dates after words such as "since", which open the letter's time.
  private let openings: [Range<Int>]
  private let taken: [Range<Int>]
  private let order: DateReading.Order?

  init(_ reader: FactReader) {
    text = reader.text
    report = reader.report
    let found = Self.read(reader.text)
    spans = found.spans
    order = found.order
    let all = reader.hits[.letterTimeCue].filter { !$0.isFurniture }.compactMap { hit in
      hit.value.text.flatMap(LetterTimeRole.init(rawValue:)).map { (tokens: hit.tokens, role: $0) }
    }
    // "After that report" is of the letter's time though it has the word "report" in it.
    cues = all.filter { cue in
      !all.contains { other in
        other.tokens.count > cue.tokens.count && other.tokens.lowerBound <= cue.tokens.lowerBound
          && other.tokens.upperBound >= cue.tokens.upperBound
      }
    }
    let dated = [SignalName.letterSince, .letterAfter, .letterFrom].flatMap { reader.hits[$0] }
    openings =
      (dated + reader.hits[.letterSinceEnd]).filter { !$0.isFurniture }.map(\.tokens)
    let slots = [
      SignalName.letterSince, .letterAfter, .letterTo, .letterReportEnd, .letterAsOf,
    ].flatMap { reader.hits[$0] }.filter { !$0.isFurniture }.compactMap(\.slot)
    taken = spans.map(\.tokens) + slots
  }

  private static func read(
    _ text: RunningText
  ) -> (spans: [(tokens: Range<Int>, period: ExaminationPeriod)], order: DateReading.Order?) {
    var spans: [(tokens: Range<Int>, period: ExaminationPeriod)] = []
    var orders: Set<DateReading.Order> = []
    for i in text.tokens.indices where text.tokens[i].flags.contains(.numeric) {
      if let order = text.date(at: i)?.order { orders.insert(order) }
    }
    for block in text.blocks {
      var i = block.lowerBound
      while i < block.upperBound {
        guard text.tokens[i].kind == .word else {
          i += 1
          continue
        }
        if let found = text.period(at: i), found.end > i {
          spans.append((i..<found.end, found.period))
          i = found.end
        } else {
          i += 1
        }
      }
    }
    return (spans, orders.count == 1 ? orders.first : nil)
  }

  /// The day that is printed at a token; two where it can be read two ways and no other date of the
  /// letter tells which.
  func days(at index: Int) -> [Day] {
    guard let reading = text.date(at: index), let day = reading.date else { return [] }
    guard let other = reading.swapped else { return [day] }
    switch order {
    case .monthFirst: return [day]
    case .dayFirst: return [other]
    case nil: return [day, other]
    }
  }

  func isInSpan(_ tokens: Range<Int>) -> Bool { spans.contains { $0.tokens.overlaps(tokens) } }

  /// Whether words say of a date that it bounds something.
  func isTaken(_ tokens: Range<Int>) -> Bool { taken.contains { $0.overlaps(tokens) } }

  /// Whether a word such as "since" stands right before.
  func isAfter(_ tokens: Range<Int>) -> Bool {
    guard tokens.lowerBound > 0 else { return false }
    let before = text.word(text.tokens[tokens.lowerBound - 1])
    return ["since", "after", "following", "beyond", "to"].contains(before)
  }

  // MARK: - Roles

  /// Whose time it is, by the nearest words before it in its sentence, else by those after it, else by
  /// the label beside it.
  func role(of tokens: Range<Int>) -> LetterTimeRole? {
    let own = cues(in: text.tokens[tokens.lowerBound].sentence)
    if let around = own.first(where: {
      $0.tokens.lowerBound < tokens.lowerBound && $0.tokens.upperBound > tokens.lowerBound
    }) {
      return around.role
    }
    // `(the “bridge period”)`
    if text.isMark(tokens.upperBound, 0x28, before: text.tokens.count),
      let name = own.first(where: {
        $0.tokens.lowerBound > tokens.upperBound && $0.tokens.lowerBound <= tokens.upperBound + 6
      }), name.role != .next
    {
      return name.role
    }
    let before = own.filter { $0.tokens.upperBound <= tokens.lowerBound }
    if let nearest = before.max(by: {
      ($0.tokens.upperBound, $0.tokens.count) < ($1.tokens.upperBound, $1.tokens.count)
    }) {
      return nearest.role
    }
    if let after = own.first(where: { $0.tokens.lowerBound >= tokens.upperBound }) {
      return after.role
    }
    return labelRole(of: text.block(of: tokens.lowerBound))
  }

  /// Whether the sentence speaks of the letter's own time.
  func speaksOfLetter(_ tokens: Range<Int>) -> Bool {
    cues(in: text.tokens[tokens.lowerBound].sentence).contains { $0.role == .letter }
  }

  /// Whether words such as "since the end of that period" stand before a date in its sentence.
  func opensLetterTime(before tokens: Range<Int>) -> Bool {
    let sentence = text.tokens[tokens.lowerBound].sentence
    return openings.contains {
      text.tokens[$0.lowerBound].sentence == sentence && $0.upperBound <= tokens.lowerBound
    }
  }

  /// What the short block before this one says of it: a label in the cell to the left, or above.
  func labelRole(of block: Int) -> LetterTimeRole? {
    guard block > 0, text.wordCount(text.blocks[block]) <= 12,
      report.blocks[block].kind == .cell, report.blocks[block - 1].kind == .cell,
      text.wordCount(text.blocks[block - 1]) <= 8
    else { return nil }
    let label = text.blocks[block - 1]
    return cues.last { label.contains($0.tokens.lowerBound) }?.role
  }

  /// Whether the label beside a block, where there is one, lets it be the letter's date.
  func mayBeDate(_ block: Int) -> Bool {
    guard let role = labelRole(of: block) else { return true }
    let words = Set(text.blocks[block - 1].map { text.word(text.tokens[$0]) })
    return role == .letter && words.contains("date")
      && words.isDisjoint(with: ["end", "start", "from", "to", "through", "period"])
  }

  private func cues(in sentence: Int32) -> [(tokens: Range<Int>, role: LetterTimeRole)] {
    cues.filter { text.tokens[$0.tokens.lowerBound].sentence == sentence }
  }
}
