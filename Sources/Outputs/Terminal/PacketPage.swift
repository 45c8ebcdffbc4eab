import PageText
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
  writer.verdict(packet.verdict, packet.questions)
  if !packet.coverage.isEmpty {
    writer.blank()
    writer.heading("Who speaks for which time")
    for line in packet.coverageLines { writer.item("-", line, indent: 2, column: 4) }
  }
  if !packet.findings.isEmpty { writer.findings(packet.findings) }
  if !packet.diagnostics.isEmpty {
    writer.blank()
    writer.heading("Documents without a part in it")
    for note in packet.diagnostics { writer.item("-", note.message, indent: 2, column: 4) }
  }
  writer.questions(packet.questions)
  writer.answered(packet.answered)
  for review in packet.reviews {
    writer.blank()
    writer.rule()
    writer.review(review, inPacket: true)
  }
  return writer.page
}
