import SOC2Vocabulary

/// Who speaks for which time, drawn to scale. The same is said in a table beside it.
struct Timeline {
  private let first: Day
  private let last: Day
  private let packet: Packet
  private let reviewDate: Day

  /// Spans that lie further from the review date are cut off: a date read wrong must not
  /// squeeze everything else to nothing.
  private static let daysBefore = 366 * 5
  private static let daysAfter = 366 * 3
  private static let left = 12
  private static let width = 976

  /// Nil where nothing is known of any time.
  init?(_ packet: Packet) {
    guard let reviewDate = packet.reviews.first?.reviewDate, !packet.coverage.isEmpty else {
      return nil
    }
    let days =
      packet.coverage.flatMap { [$0.from, $0.to] } + (packet.answer?.dates.map(\.day) ?? [])
      + [reviewDate]
    let near = days.filter {
      (-Self.daysBefore...Self.daysAfter).contains(reviewDate.days(to: $0))
    }
    guard let first = near.min(), let last = near.max(), first < last else { return nil }
    // A little air beside the first and the last day.
    let air = max(5, first.days(to: last) / 40)
    self.first = first.adding(days: -air)
    self.last = last.adding(days: air)
    self.packet = packet
    self.reviewDate = reviewDate
  }

  private func x(_ day: Day) -> Int {
    let place = first.days(to: day) * Self.width / max(1, first.days(to: last))
    return Self.left + min(max(place, 0), Self.width)
  }

  /// The first days of months, so many that their names do not touch.
  private var ticks: [Day] {
    let months = (last.year - first.year) * 12 + last.month - first.month
    let step = [1, 2, 3, 6, 12, 24].first { months / $0 <= 13 } ?? 60
    return (0...months + 1).compactMap { offset in
      let month = first.month - 1 + offset
      guard month % step == 0 else { return nil }
      return Day(first.year + month / 12, month % 12 + 1, 1)
    }.filter { first < $0 && $0 < last }
  }

  private static let monthNames = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  func draw(_ writer: inout HTMLWriter) {
    writer.open(
      "svg",
      [
        ("class", "timeline"), ("viewBox", "0 0 1000 122"), ("role", "img"),
        ("aria-label", "Timeline: who speaks for which time; the table below says the same"),
      ])
    writer.markup(
      """
      <defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" \
      patternTransform="rotate(45)"><rect width="6" height="6" class="t-ground"/>\
      <line x1="0" y1="0" x2="0" y2="6" class="t-stripe"/></pattern></defs>
      """)
    for span in packet.coverage where x(span.to) > x(span.from) || span.from == span.to {
      let from = x(span.from)
      let wide = max(2, x(span.to.adding(days: 1)) - from)
      writer.open(
        "rect",
        [
          ("class", "t-" + span.by.style), ("x", "\(from)"), ("y", "34"), ("width", "\(wide)"),
          ("height", "30"),
        ])
      writer.element(
        "title", "\(span.from.spelled) to \(span.to.spelled): \(span.by.words)")
      writer.close("rect")
      // About 7 units a letter at this size: a name that does not fit stands in the table only.
      if wide > span.by.short.utf8.count * 7 {
        writer.element(
          "text",
          [
            ("class", "t-name t-on-" + span.by.style), ("x", "\(from + wide / 2)"), ("y", "54"),
            ("text-anchor", "middle"),
          ], span.by.short)
      }
    }
    for day in ticks {
      writer.void(
        "line",
        [
          ("class", "t-tick"), ("x1", "\(x(day))"), ("x2", "\(x(day))"), ("y1", "64"),
          ("y2", "72"),
        ])
      writer.element(
        "text",
        [("class", "t-month"), ("x", "\(x(day))"), ("y", "85"), ("text-anchor", "middle")],
        Self.monthNames[day.month - 1] + (day.month == 1 ? " \(day.year)" : ""))
    }
    for (index, date) in (packet.answer?.dates ?? []).enumerated() where isIn(date.day) {
      writer.void(
        "line",
        [
          ("class", "t-date"), ("x1", "\(x(date.day))"), ("x2", "\(x(date.day))"), ("y1", "34"),
          ("y2", "96"),
        ])
      writer.void(
        "circle",
        [("class", "t-dot"), ("cx", "\(x(date.day))"), ("cy", "105"), ("r", "9")])
      writer.element(
        "text",
        [("class", "t-number"), ("x", "\(x(date.day))"), ("y", "109"), ("text-anchor", "middle")],
        "\(index + 1)")
    }
    writer.void(
      "line",
      [
        ("class", "t-today"), ("x1", "\(x(reviewDate))"), ("x2", "\(x(reviewDate))"),
        ("y1", "22"), ("y2", "72"),
      ])
    let anchor = x(reviewDate) > 850 ? "end" : x(reviewDate) < 150 ? "start" : "middle"
    writer.element(
      "text",
      [("class", "t-review"), ("x", "\(x(reviewDate))"), ("y", "16"), ("text-anchor", anchor)],
      "review date, \(reviewDate.spelled)")
    writer.close("svg")
  }

  private func isIn(_ day: Day) -> Bool { first <= day && day <= last }
}

extension CoverageSpan.Source {
  /// Name of its style.
  var style: String {
    switch self {
    case .report: "report"
    case .bridgeLetter: "letter"
    case .none: "none"
    }
  }

  /// What fits on a bar.
  fileprivate var short: String {
    switch self {
    case .report: "examined"
    case .bridgeLetter: "letter only"
    case .none: "nothing"
    }
  }
}
