import PageText
import SOC2Vocabulary

extension HTMLWriter {
  /// What one document says, each point with its proof.
  mutating func facts(_ packet: Packet, _ place: Int) {
    let review = packet.reviews[place]
    part("document-\(place + 1)", "What it says: \(review.title) – \(review.document.name)")
    if !review.document.status.isRead {
      element("p", "Nothing in this file was reviewed. " + (review.document.reason ?? ""))
    }
    let rows = review.factRows()
    let isQuoted = rows.contains { !$0.evidence.isEmpty } || !review.document.kindReasons.isEmpty
    if isQuoted, !hasPictures(of: place) {
      element(
        "p", [("class", "quiet")],
        "Quotes stand without pictures: no page of this document was drawn, or it has no pages.")
    }
    if review.document.kind != .soc2Report, !review.document.kindReasons.isEmpty {
      open("article", [("class", "fact")])
      element("h3", "Known by")
      proof(review.document.kindReasons, document: place)
      close("article")
    }
    for row in rows {
      open("article", [("class", "fact")])
      element("h3", row.label)
      open("p", [("class", "value")])
      if let mark = row.mark {
        chip(mark, "unknown")
        text(" ")
      }
      text(row.text)
      close("p")
      if row.hasPictures {
        proof(row.evidence, document: place)
      } else {
        element("p", [("class", "quiet")], pageWords(row.evidence))
      }
      for reading in row.readings {
        element("p", [("class", "reading")], "\(reading.place): \(reading.text)")
        proof(reading.evidence, document: place)
      }
      close("article")
    }
    endPart()
  }

  mutating func openPoints(_ packet: Packet) {
    part("open", "Not established")
    var count = 0
    for review in packet.reviews {
      let groups = review.openPoints()
      guard !groups.isEmpty else { continue }
      if packet.reviews.count > 1 { element("h3", review.document.name) }
      open("ul")
      for group in groups {
        for point in group.points {
          count += 1
          open("li")
          chip(group.mark, "unknown")
          text(
            " \(point.label)" + (point.text.isEmpty ? "" : " – \(point.text)")
              + (point.evidence.isEmpty ? "" : " (\(pageWords(point.evidence)))"))
          close("li")
        }
      }
      close("ul")
    }
    if count == 0 { element("p", "Every point that was looked for has an answer above.") }
    endPart()
  }

  /// Where was looked for what, so that silence is information.
  mutating func ledger(_ packet: Packet) {
    guard packet.reviews.contains(where: { !$0.searched.isEmpty }) else { return }
    part("ledger", "Searched and not found")
    for review in packet.reviews where !review.searched.isEmpty {
      table(review.document.name, ["Point", "Outcome", "Where", "Pages", "Rules"]) { writer in
        for entry in review.searched {
          writer.open("tr")
          writer.element("td", FactName(rawValue: entry.fact)?.label ?? entry.fact)
          writer.element("td", entry.state.mark ?? "")
          writer.element("td", entry.sections.map(\.words).joined(separator: ", "))
          writer.element(
            "td",
            entry.pages.map {
              $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)–\($0.upperBound)"
            } ?? "none")
          writer.element("td", [("class", "hash")], entry.rules.joined(separator: ", "))
          writer.close("tr")
        }
      }
    }
    endPart()
  }

  mutating func notes(_ packet: Packet) {
    let notes =
      packet.diagnostics.map { ("", $0) }
      + packet.reviews.flatMap { review in review.notes.map { (review.document.name, $0) } }
    guard !notes.isEmpty else { return }
    part("notes", "Notes on reading the files")
    open("ul")
    for (name, note) in notes {
      element(
        "li",
        (name.isEmpty || packet.reviews.count == 1 ? "" : name + ": ") + note.message
          + (note.page.map { " (p. \($0))" } ?? ""))
    }
    close("ul")
    endPart()
  }
}
