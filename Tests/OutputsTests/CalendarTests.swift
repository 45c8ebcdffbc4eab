import SOC2Vocabulary
import Testing

@testable import Outputs

struct CalendarTests {
  private func lines(_ packet: Packet) throws -> [String] {
    let text = String(decoding: try #require(calendar(packet)), as: UTF8.self)
    #expect(text.hasSuffix("\r\n"))
    return text.replacing("\r\n", with: "\u{1}").split(
      separator: "\u{1}", omittingEmptySubsequences: false
    ).dropLast().map(String.init)
  }

  /// The lines as a reader joins them again.
  private func unfolded(_ packet: Packet) throws -> [String] {
    try lines(packet).reduce(into: []) { whole, line in
      if line.hasPrefix(" ") {
        whole[whole.count - 1] += line.dropFirst()
      } else {
        whole.append(line)
      }
    }
  }

  @Test func aDateIsAWholeDayWithTwoAlarms() throws {
    let lines = try unfolded(Samples.judged)
    #expect(lines.prefix(2) == ["BEGIN:VCALENDAR", "VERSION:2.0"] && lines.last == "END:VCALENDAR")
    let first = try #require(lines.firstIndex(of: "BEGIN:VEVENT"))
    #expect(
      Array(lines[first..<(first + 19)]) == [
        "BEGIN:VEVENT", "UID:soclens-5f2a5f2a5f2a-packet-bridge-ends@soclens",
        "DTSTAMP:20260115T000000Z", "DTSTART;VALUE=DATE:20251231", "DTEND;VALUE=DATE:20260101",
        "SUMMARY:Northwind: SOC 2 – bridge letter covers until 31 December 2025",
        "DESCRIPTION:bridge.pdf\\, signed by nobody\\; covers to here\\nsoclens "
          + "\(ToolRecord.version)\\, rules soc2 1.0.0 (sha256 abababababab)\\, policy default "
          + "(sha256 cdcdcdcdcdcd)\\, file northwind-soc2-2025.pdf (sha256 5f2a5f2a5f2a)",
        "TRANSP:TRANSPARENT", "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-P90D",
        "DESCRIPTION:In 90 days: Northwind: SOC 2 – bridge letter covers until 31 December 2025",
        "END:VALARM", "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-P30D",
        "DESCRIPTION:In 30 days: Northwind: SOC 2 – bridge letter covers until 31 December 2025",
        "END:VALARM", "END:VEVENT",
      ])
    #expect(lines.count { $0 == "BEGIN:VEVENT" } == 2)
    #expect(lines.contains("DTSTART;VALUE=DATE:20260930"))
  }

  @Test func withoutDatesThereIsNoCalendar() {
    #expect(calendar(Samples.packet) == nil)
    var packet = Samples.judged
    packet.assessment?.dates = []
    #expect(calendar(packet) == nil)
  }

  @Test func twoDatesOfOneKindAreTwoEvents() throws {
    var packet = Samples.judged
    packet.assessment?.dates[1].kind = .bridgeEnds
    let ids = try unfolded(packet).filter { $0.hasPrefix("UID:") }
    #expect(Set(ids).count == 2)
  }

  @Test(arguments: Samples.attacks + [String(repeating: "漢字 é", count: 1_000)])
  func attacksAddNoLineAndNoLineIsLong(_ attack: String) throws {
    let packet = Samples.attacked(attack)
    for line in try lines(packet) {
      #expect(line.utf8.count <= 75)
      #expect(!line.unicodeScalars.contains { $0.properties.generalCategory == .control })
    }
    let known = try unfolded(Samples.judged).map { $0.prefix { $0 != ":" } }
    #expect(try unfolded(packet).map { $0.prefix { $0 != ":" } } == known)
  }
}
