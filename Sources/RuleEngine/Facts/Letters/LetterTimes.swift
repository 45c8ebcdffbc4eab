import ReportStructure
import SOC2Vocabulary
import TextMatching

/// The periods and dates of a letter: the report's, its own, and the day on which it was written.
struct LetterTimes {
  private(set) var reportStart = Stated()
  private(set) var reportEnd = Stated()
  private(set) var from = Stated()
  private(set) var to = Stated()
  private(set) var date = Stated()

  /// A stretch of time as printed.
  private struct Span {
    var tokens: Range<Int>
    var period: ExaminationPeriod
    var role: LetterTimeRole?
  }

  private let reader: FactReader
  private let calendar: LetterCalendar
  private var spans: [Span] = []
  private var text: RunningText { reader.text }

  init(_ reader: FactReader, _ calendar: LetterCalendar) {
    self.reader = reader
    self.calendar = calendar
    spans = calendar.spans.map {
      Span(tokens: $0.tokens, period: $0.period, role: calendar.role(of: $0.tokens))
    }
    settleRoles()
    readLetterDay()
    readReport()
    readStart()
    readEnd()
  }

  // MARK: - Which period is which

  /// Where the words beside them leave it open, the order of the periods tells: a letter goes on where
  /// its report ends.
  private mutating func settleRoles() {
    let report = spans.filter { $0.role == .report }
    let own = spans.filter { $0.role == .letter }
    if own.isEmpty, let first = report.min(by: { $0.period.start < $1.period.start }) {
      for i in spans.indices
      where spans[i].role == .report && spans[i].period.start > first.period.end {
        let isNext = spans[i].period.start == first.period.end.adding(days: 1)
        let isShort = spans[i].period.months < 12
        if isShort, isNext || calendar.speaksOfLetter(spans[i].tokens) { spans[i].role = .letter }
      }
    } else if report.isEmpty, let first = own.min(by: { $0.period.start < $1.period.start }),
      own.contains(where: { $0.period.start == first.period.end.adding(days: 1) })
    {
      for i in spans.indices where spans[i].period == first.period { spans[i].role = .report }
    }
    guard let end = spans.first(where: { $0.role == .report })?.period.end else {
      let open = spans.indices.filter { spans[$0].role == nil }
      // One period that nothing tells apart, and the letter's own beside it: it is the report's.
      if let own = spans.first(where: { $0.role == .letter }) {
        for i in open where spans[i].period.end < own.period.start { spans[i].role = .report }
      }
      return
    }
    for i in spans.indices where spans[i].role == nil {
      if spans[i].period.end == end {
        spans[i].role = .report
      } else if spans[i].period.start > end, !spans.contains(where: { $0.role == .letter }) {
        spans[i].role = .letter
      }
    }
  }

  // MARK: - The letter's date

  private mutating func readLetterDay() {
    for hit in reader.hits[.letterDated] where !hit.isFurniture {
      guard let slot = hit.slot else { continue }
      add(slot, hit.tokens, to: \.date)
    }
    for block in reader.report.blocks.indices {
      let isShort = text.wordCount(text.blocks[block]) <= 25
      for line in text.lines(of: block) {
        guard isShort || line.lowerBound == text.blocks[block].lowerBound,
          let found = text.standaloneDate(in: line), !calendar.isTaken(found.1),
          calendar.mayBeDate(block)
        else { continue }
        // The end of a sentence that was broken before its date is no date of the letter.
        if line.lowerBound > text.blocks[block].lowerBound {
          let before = text.tokens[line.lowerBound - 1]
          if before.kind == .word, before.flags.isDisjoint(with: [.capital, .numeric]) { continue }
        }
        // A line of a paragraph is none of its own.
        let sentence = text.sentence(around: found.1.lowerBound)
        guard text.wordCount(sentence) <= text.wordCount(text.blocks[block]),
          isShort || text.wordCount(line) <= 4
        else { continue }
        add(found.1, found.1, to: \.date)
      }
    }
  }

  /// Adds a date; one that can be read two ways as both.
  private mutating func add(
    _ slot: Range<Int>, _ tokens: Range<Int>, to path: WritableKeyPath<LetterTimes, Stated>,
    shifted: Int = 0
  ) {
    for day in calendar.days(at: slot.lowerBound) {
      self[keyPath: path].add(.day(day.adding(days: shifted)), tokens)
    }
  }

  // MARK: - The report's period

  private mutating func readReport() {
    var own = spans.filter { $0.role == .report }
    // The one period that nothing tells apart is the report's where the letter's dates go on from it.
    let open = spans.filter { $0.role == nil }
    if own.isEmpty, Set(open.map(\.period)).count == 1, let end = open.first?.period.end,
      [SignalName.letterFrom, .letterSince, .letterAfter].contains(where: { signal in
        reader.hits[signal].contains { hit in
          guard !hit.isFurniture, let slot = hit.slot else { return false }
          return calendar.days(at: slot.lowerBound).contains {
            $0 == end || $0 == end.adding(days: 1)
          }
        }
      })
    {
      own = open
    }
    // Two reports in one letter: the one on the trust services criteria is ours.
    if Set(own.map(\.period)).count > 1 {
      let named = own.filter { span in
        let kinds = kinds(in: span.tokens)
        return kinds.contains("soc2") && !kinds.contains("soc1")
      }
      if !named.isEmpty { own = named }
    }
    for span in own {
      reportStart.add(.day(span.period.start), span.tokens)
      reportEnd.add(.day(span.period.end), span.tokens)
    }
    for hit in reader.hits[.letterReportEnd] where !hit.isFurniture {
      guard let slot = hit.slot, !calendar.isInSpan(slot) else { continue }
      let role = calendar.role(of: slot)
      if role == .next || role == .previous { continue }
      add(slot, hit.tokens, to: \.reportEnd)
    }
    if reportEnd.isEmpty {
      for hit in reader.hits[.letterTo] + reader.hits[.letterAsOf] where !hit.isFurniture {
        guard let slot = hit.slot, !calendar.isInSpan(slot), calendar.role(of: slot) == .report
        else { continue }
        add(slot, hit.tokens, to: \.reportEnd)
      }
    }
  }

  private func kinds(in tokens: Range<Int>) -> Set<String> {
    let sentence = text.tokens[tokens.lowerBound].sentence
    return Set(
      reader.hits[.letterReportKind].filter {
        !$0.isFurniture && text.tokens[$0.tokens.lowerBound].sentence == sentence
      }.compactMap(\.value.text))
  }

  // MARK: - The letter's period

  private mutating func readStart() {
    for span in spans where span.role == .letter {
      // "Since 30 June 2025 up to …" begins the day after the report's last day.
      let isAfterEnd = span.period.start == reportEnd.day && calendar.isAfter(span.tokens)
      let first = span.period.start.adding(days: isAfterEnd ? 1 : 0)
      from.add(.day(first), span.tokens)
    }
    // Where a whole period is stated, a "since" beside it is of something that happened in it.
    guard from.isEmpty else { return }
    for (hit, slot) in dates(.letterFrom) where hasEnd(after: slot) {
      add(slot, hit.tokens, to: \.from)
    }
    let end = reportEnd.day
    for (hit, slot) in dates(.letterSince) {
      let isEnd = calendar.days(at: slot.lowerBound) == end.map { [$0] }
      add(slot, hit.tokens, to: \.from, shifted: isEnd ? 1 : 0)
    }
    for (hit, slot) in dates(.letterAfter) { add(slot, hit.tokens, to: \.from, shifted: 1) }
    guard from.isEmpty, let end else { return }
    for hit in reader.hits[.letterSinceEnd] where !hit.isFurniture {
      guard calendar.role(of: hit.tokens) != .next else { continue }
      from.add(.day(end.adding(days: 1)), hit.tokens)
    }
  }

  /// Dates after words such as "since", where the sentence speaks of the letter's time.
  private func dates(_ signal: SignalName) -> [(Hit, Range<Int>)] {
    reader.hits[signal].compactMap { hit in
      guard !hit.isFurniture, let slot = hit.slot, !calendar.isInSpan(slot) else { return nil }
      let role = calendar.role(of: slot)
      if role == .next || role == .previous { return nil }
      let end = reportEnd.day
      let days = calendar.days(at: slot.lowerBound)
      let isNext = end.map { end in
        days.contains { $0 == end || $0 == end.adding(days: 1) }
      }
      guard isNext ?? false || calendar.speaksOfLetter(slot) else { return nil }
      // A day in the report's own period is of something else.
      if let end, let day = days.first, day < end.adding(days: -31) { return nil }
      return (hit, slot)
    }
  }

  /// Whether the sentence goes on with a last day: "beginning December 1" alone is of an event.
  private func hasEnd(after slot: Range<Int>) -> Bool {
    let sentence = text.tokens[slot.lowerBound].sentence
    return (reader.hits[.letterTo] + reader.hits[.letterToDate]).contains {
      !$0.isFurniture && $0.tokens.lowerBound >= slot.upperBound
        && text.tokens[$0.tokens.lowerBound].sentence == sentence
    }
  }

  private mutating func readEnd() {
    for span in spans where span.role == .letter { to.add(.day(span.period.end), span.tokens) }
    if to.isEmpty {
      for hit in reader.hits[.letterTo] where !hit.isFurniture {
        guard let slot = hit.slot, !calendar.isInSpan(slot),
          calendar.role(of: slot) == .letter || calendar.opensLetterTime(before: slot),
          !isReportEnd(slot)
        else { continue }
        add(slot, hit.tokens, to: \.to)
      }
    }
    if to.isEmpty, let day = date.day, !from.isEmpty {
      for hit in reader.hits[.letterToDate] where !hit.isFurniture {
        to.add(.day(day), hit.tokens)
      }
    }
    if to.isEmpty, !from.isEmpty {
      for hit in reader.hits[.letterAsOf] where !hit.isFurniture {
        guard let slot = hit.slot, calendar.role(of: slot) == .letter, !isReportEnd(slot) else {
          continue
        }
        add(slot, hit.tokens, to: \.to)
      }
    }
  }

  private func isReportEnd(_ slot: Range<Int>) -> Bool {
    guard let end = reportEnd.day else { return false }
    return calendar.days(at: slot.lowerBound).contains { $0 <= end }
  }
}
