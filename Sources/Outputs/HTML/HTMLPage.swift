import PageText
public import SOC2Vocabulary

/// The review as one self-contained file for a browser or a printer: what it comes to on the first
/// screen, then the timeline, the documents with quotes and pictures of their places, questions,
/// checklist and what was not established. No script, nothing fetched from anywhere.
///
/// - Parameter pictures: strips of pages as `wantedPictures` names them; a quote whose strip is
///   missing stands without.
/// - Returns: UTF-8, well-formed as XML below the first line.
public func html(_ packet: Packet, pictures: [PageClip: PagePicture] = [:]) -> [UInt8] {
  var writer = HTMLWriter(pictures: pictures)
  writer.page(packet)
  return Array(writer.page.utf8)
}

extension HTMLWriter {
  fileprivate mutating func page(_ packet: Packet) {
    head("Review: " + packet.headline)
    header(packet)
    open("main")
    verdict(packet)
    contents(packet)
    timeline(packet)
    findings(packet)
    exceptions(packet)
    for index in packet.reviews.indices { facts(packet, index) }
    subservices(packet)
    score(packet)
    questions(packet)
    checklist(packet)
    openPoints(packet)
    ledger(packet)
    notes(packet)
    close("main")
    footer(packet)
    markup("</body>\n</html>\n")
  }

  /// Everything before what is seen, with the title of the page.
  mutating func head(_ title: String) {
    markup("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n")
    // Even if text of a report found a way to be markup, the browser would fetch and run nothing.
    markup(
      """
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; \
      style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"/>
      <meta name="referrer" content="no-referrer"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>

      """)
    element("title", title)
    markup("<style>\n")
    markup(htmlStyle)
    markup("</style>\n</head>\n<body>\n")
  }

  private mutating func header(_ packet: Packet) {
    open("header", [("class", "top")])
    element("h1", packet.headline)
    for review in packet.reviews.prefix(6) {
      element("p", [("class", "what")], "\(review.title) – \(review.document.name)")
    }
    if packet.reviews.count > 6 {
      element("p", [("class", "what")], "and \(packet.reviews.count - 6) more documents")
    }
    if let review = packet.reviews.first { element("p", [("class", "quiet")], review.occasion) }
    close("header")
  }

  private mutating func contents(_ packet: Packet) {
    open("nav", [("aria-label", "Contents"), ("class", "contents")])
    for (anchor, words) in packet.parts { element("a", [("href", "#" + anchor)], words) }
    close("nav")
  }

  /// Opens a part of the page that the contents point to.
  mutating func part(_ anchor: String, _ title: String, style: String = "part") {
    open("section", [("id", anchor), ("class", style), ("aria-labelledby", anchor + "-title")])
    element("h2", [("id", anchor + "-title")], title)
  }

  mutating func endPart() { close("section") }

  private mutating func footer(_ packet: Packet) {
    open("footer", [("id", "provenance")])
    element("h2", "What this was made from")
    element(
      "p",
      "A review helps to read a report. It does not replace reading it. It quotes the report: treat "
        + "it as you treat the report.")
    table("Files", ["File", "Pages read", "Bytes", "SHA-256 of the file"]) { writer in
      for review in packet.reviews {
        writer.open("tr")
        writer.element("td", review.document.name)
        writer.element("td", review.readingWords)
        writer.element("td", "\(review.document.bytes)")
        writer.element("td", [("class", "hash")], review.document.sha256)
        writer.close("tr")
      }
    }
    for tool in packet.tools {
      open("dl", [("class", "facts")])
      for (label, value) in [
        ("Program", "soclens \(ToolRecord.version)"),
        ("Rules", "\(tool.rulesPack) \(tool.rulesVersion), sha256 \(tool.rulesSHA256)"),
        ("Policy", "\(tool.policyName), sha256 \(tool.policySHA256)"),
      ] {
        element("dt", label)
        element("dd", [("class", "hash")], value)
      }
      close("dl")
    }
    for review in packet.reviews where review.document.metadata != nil {
      element("p", [("class", "quiet")], review.document.name + ": " + review.fileWords)
    }
    close("footer")
  }
}

extension Packet {
  /// Whom it is about: as the first SOC 2 report names it, else as the caller does.
  var headline: String {
    let names = reviews.filter(\.namesEveryFact).compactMap {
      $0.facts[.serviceOrganization]?.found?.text
    }
    return names.first ?? vendor ?? reviews.first.map(\.title) ?? "No document"
  }

  /// The parts of the page, by their anchors.
  fileprivate var parts: [(String, String)] {
    var parts = [("timeline", "Timeline"), ("findings", "Findings")]
    if hasExceptions { parts.append(("exceptions", "Exceptions")) }
    for (index, review) in reviews.enumerated() {
      parts.append(("document-\(index + 1)", reviews.count == 1 ? "Facts" : review.document.name))
    }
    if hasSubservices { parts.append(("subservices", "Subservice organizations")) }
    if answer != nil { parts.append(("score", "Score")) }
    parts.append(("questions", "Questions"))
    if hasChecklist { parts.append(("checklist", "Checklist")) }
    parts += [("open", "Not established"), ("provenance", "Made from")]
    return parts
  }
}

extension Review {
  /// What the file says of itself: a hint, never proof.
  fileprivate var fileWords: String {
    guard let metadata = document.metadata else { return "" }
    var words = [metadata.producer.map { "made by \($0)" } ?? "producer not told"]
    if let created = metadata.created { words.append("created \(created)") }
    if let modified = metadata.modified { words.append("modified \(modified)") }
    if metadata.encrypted { words.append("encrypted") }
    if metadata.signed { words.append("carries a digital signature, which was not checked") }
    if metadata.incrementalUpdates > 0 {
      words.append(
        "added to \(counted(metadata.incrementalUpdates, "time", "times")) after it was saved")
    }
    return "as the file says of itself, which proves nothing: " + words.joined(separator: ", ")
  }
}
