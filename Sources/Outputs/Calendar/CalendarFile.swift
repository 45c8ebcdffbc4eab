public import SOC2Vocabulary

/// The days on which somebody should act, as a calendar of RFC 5545: whole-day events that stay the
/// same events when they are imported again, with alarms 90 and 30 days before.
///
/// - Returns: nil where the packet has no such days; a calendar must not be empty.
public func calendar(_ packet: Packet) -> [UInt8]? {
  guard let assessment = packet.answer, !assessment.dates.isEmpty,
    let reviewDate = packet.reviewDate
  else { return nil }
  let ids = unique(
    assessment.dates.map { packet.externalID("\($0.kind.rawValue)", of: nil) })
  var writer = CalendarWriter()
  writer.line("BEGIN", "VCALENDAR")
  writer.line("VERSION", "2.0")
  writer.line("PRODID", "-//soclens//soclens \(ToolRecord.version)//EN")
  writer.line("CALSCALE", "GREGORIAN")
  writer.line("METHOD", "PUBLISH")
  for (date, id) in zip(assessment.dates, ids) {
    let title =
      [packet.vendorName.map { $0 + ": SOC 2" } ?? "SOC 2", date.kind.words.lowercasedFirst]
      .joined(separator: " – ") + " \(date.day.spelled)"
    writer.line("BEGIN", "VEVENT")
    writer.line("UID", calendarText(id + "@soclens"))
    writer.line("DTSTAMP", compact(reviewDate) + "T000000Z")
    writer.line("DTSTART;VALUE=DATE", compact(date.day))
    writer.line("DTEND;VALUE=DATE", compact(date.day.adding(days: 1)))
    writer.line("SUMMARY", calendarText(title))
    writer.line(
      "DESCRIPTION",
      [date.why, packet.reviews.first?.provenance ?? ""].map(calendarText).joined(separator: "\\n"))
    writer.line("TRANSP", "TRANSPARENT")
    for days in [90, 30] {
      writer.line("BEGIN", "VALARM")
      writer.line("ACTION", "DISPLAY")
      writer.line("TRIGGER", "-P\(days)D")
      writer.line("DESCRIPTION", calendarText("In \(days) days: " + title))
      writer.line("END", "VALARM")
    }
    writer.line("END", "VEVENT")
  }
  writer.line("END", "VCALENDAR")
  return writer.bytes
}

private struct CalendarWriter {
  private(set) var bytes: [UInt8] = []

  /// One content line, folded so that no line has more than 75 octets and no letter is torn.
  mutating func line(_ name: String, _ value: String) {
    var used = 0
    for scalar in (name + ":" + value).unicodeScalars {
      let letter = Array(String(scalar).utf8)
      if used + letter.count > 75 {
        bytes += [0x0D, 0x0A, 0x20]
        used = 1
      }
      bytes += letter
      used += letter.count
    }
    bytes += [0x0D, 0x0A]
  }
}

/// Text as a calendar takes it; no line break of it ends a line.
func calendarText(_ text: String) -> String {
  var result = ""
  for scalar in inert(text).unicodeScalars {
    if scalar == "\\" || scalar == ";" || scalar == "," { result += "\\" }
    result.unicodeScalars.append(scalar)
  }
  return result
}

private func compact(_ day: Day) -> String { day.description.filter { $0 != "-" } }

extension String {
  fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
