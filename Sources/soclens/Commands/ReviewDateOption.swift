import ArgumentParser
import Glibc
import SOC2Vocabulary

/// The option that every command with a review date has.
struct ReviewDateOption: ParsableArguments {
  @Option(help: "The review date, YYYY-MM-DD: what \"today\" is. Left out: today's date.")
  var asOf: String?

  func day() throws -> Day { try asOf.map(Self.read) ?? today() }

  static func read(_ text: String) throws -> Day {
    guard let day = Day(iso: text) else {
      throw ValidationError("'\(text)' is not a date: write --as-of YYYY-MM-DD, a day that exists.")
    }
    return day
  }
}

/// Today's date in the machine's time zone: the one place where the date is read.
private func today() -> Day {
  var now = time(nil)
  var parts = tm()
  localtime_r(&now, &parts)
  return Day(Int(parts.tm_year) + 1900, Int(parts.tm_mon) + 1, Int(parts.tm_mday))
    ?? Day(number: Int(now) / 86_400)
}
