public import SOC2Vocabulary

/// Several documents on one page: first what there is, then each in full.
public func terminalPage(
  _ packet: Packet, style: TerminalStyle = .plain, width: Int = 80
) -> String {
  var writer = TerminalWriter(style, width: width)
  writer.heading(packet.title)
  for (index, review) in packet.reviews.enumerated() {
    writer.item("\(index + 1).", "\(review.title) – \(review.document.name)", indent: 2, column: 6)
  }
  for review in packet.reviews {
    writer.blank()
    writer.rule()
    writer.review(review)
  }
  return writer.page
}
