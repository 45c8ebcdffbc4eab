import PageText
public import SOC2Vocabulary

/// How much of a document's words may leave the house.
public enum QuoteLength: String, Sendable, CaseIterable {
  case none, short, full
}

/// The packet with quotes cut to what may leave, and with them the facts that are whole sentences of the
/// document, such as what a control or an exception says. Pages and boxes stay, so that every point can
/// be looked up by whoever has the document. Each review says that it was done.
public func withQuotes(_ length: QuoteLength, _ packet: Packet) -> Packet {
  switch length {
  case .full: packet
  case .short:
    packet.rewritten(
      Rewriting(
        text: { $0 }, quote: { shortened($0, to: shortQuote) },
        passage: { shortened($0, to: shortQuote) }),
      note: Diagnostic(
        code: "quotesShortened",
        message: "quotes and passages were cut to \(shortQuote) letters; they are not verbatim"))
  case .none:
    packet.rewritten(
      Rewriting(text: { $0 }, quote: { _ in "" }, passage: { _ in notQuoted }),
      note: Diagnostic(
        code: "quotesRemoved",
        message: "quotes and passages were taken out; pages and boxes say where they stand"))
  }
}

/// A line of print.
private let shortQuote = 80
/// What stands in the place of a passage.
let notQuoted = "[not quoted]"
