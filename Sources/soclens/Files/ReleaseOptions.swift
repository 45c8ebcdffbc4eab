import ArgumentParser
import Outputs
import SOC2Vocabulary

/// How much of a report may leave the house.
struct ReleaseOptions: ParsableArguments {
  @Flag(help: "Take out signers, e-mail, telephone and postal addresses as far as recognised.")
  var redact = false

  @Option(
    help: "How much of the report's own words goes out: none, short or full.",
    transform: { word in
      guard let length = QuoteLength(rawValue: word) else {
        throw ValidationError("--quotes is none, short or full.")
      }
      return length
    })
  var quotes: QuoteLength = .full

  /// Whether the reports themselves may go out.
  var isWhole: Bool { !redact && quotes == .full }

  /// What may leave the house. Addresses are looked for in whole quotes, so they go before the cut.
  func released(_ packet: Packet) -> Packet {
    withQuotes(quotes, redact ? redacted(packet) : packet)
  }
}
