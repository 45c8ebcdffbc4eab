import PageText
import SOC2Vocabulary

extension Packet {
  var hasExceptions: Bool { holds(.exceptions) }
  var hasSubservices: Bool { holds(.subserviceOrganizations) || holds(.subserviceControls) }
  var hasChecklist: Bool { holds(.userEntityControls) }

  private func holds(_ name: FactName) -> Bool { reviews.contains { !$0.entries(name).isEmpty } }
}

extension Review {
  /// The entries of a fact that is a list; none where it is something else.
  fileprivate func entries(_ name: FactName) -> [Value] { facts[name]?.value.list ?? [] }
}

extension HTMLWriter {
  /// A cell of what the document says, or a sign that it says nothing.
  private mutating func cell(_ value: Value?, otherwise: String = "not stated") {
    guard let value, value != .null else { return element("td", [("class", "quiet")], otherwise) }
    element("td", value.text ?? rawWords(value))
  }

  private mutating func pageCell(_ value: Value?) {
    element("td", pageWords(value?["evidence"]?.proof ?? []))
  }

  mutating func exceptions(_ packet: Packet) {
    guard packet.hasExceptions else { return }
    part("exceptions", "Exceptions")
    for review in packet.reviews where !review.entries(.exceptions).isEmpty {
      let heads = [
        "Control", "What the auditor found", "Failed", "Grade", "Management's answer", "Page",
      ]
      table(review.document.name, heads) { writer in
        for entry in review.entries(.exceptions) { writer.exception(entry) }
      }
      if let mark = review.facts[.exceptions]?.state.mark {
        element("p", [("class", "warning")], "\(mark): this list may not be whole.")
      }
    }
    endPart()
  }

  private mutating func exception(_ entry: Value) {
    guard entry["text"]?.text != nil else { return oddRow(entry, columns: 6) }
    open("tr")
    open("td")
    element("b", entry["controlId"]?.text ?? "no number")
    let criteria = (entry["criteria"]?.list ?? []).compactMap(\.text)
    if !criteria.isEmpty { element("div", [("class", "quiet")], criteria.joined(separator: ", ")) }
    if let control = entry["control"]?.text { element("div", control) }
    close("td")
    cell(entry["text"])
    open("td")
    if let failed = entry["deviations"]?.number, let sample = entry["sampleSize"]?.number {
      text("\(failed) of \(sample)")
    } else {
      element("span", [("class", "quiet")], "not stated")
    }
    if let bound = entry["upperBound"]?.text {
      element("div", [("class", "quiet")], "at most \(bound) of all")
    }
    close("td")
    open("td")
    if let severity = entry["severity"]?.text.flatMap(Severity.init(rawValue:)) {
      chip(severity.word, severity.rawValue)
    } else {
      element("span", [("class", "quiet")], "not graded")
    }
    for step in entry["grade"]?["steps"]?.list ?? [] {
      let points = step["points"]?.number ?? 0
      element(
        "div", [("class", "quiet")],
        "\(points < 0 ? "−" : "+")\(points.magnitude) \(step["what"]?.text ?? rawWords(step))")
    }
    close("td")
    open("td")
    if let answer = entry["managementResponse"], let words = answer["text"]?.text {
      text(words)
      if answer["unaudited"]?.bool == true {
        element("div", [("class", "quiet")], "not examined by the service auditor")
      }
      if let day = dayWords(answer["remediated"]) {
        element("div", [("class", "quiet")], "said to be corrected by \(day)")
      }
    } else {
      chip("NO ANSWER READ", "unknown")
    }
    close("td")
    pageCell(entry)
    close("tr")
  }

  /// A value that has not the shape it should have is written out as it is.
  private mutating func oddRow(_ entry: Value, columns: Int) {
    open("tr")
    element("td", [("colspan", "\(columns)")], rawWords(entry))
    close("tr")
  }

  /// Who does what for the service organization, how the report treats them, and what it assumes of them.
  mutating func subservices(_ packet: Packet) {
    guard packet.hasSubservices else { return }
    part("subservices", "Subservice organizations")
    for review in packet.reviews {
      let organizations = review.entries(.subserviceOrganizations)
      let controls = review.entries(.subserviceControls)
      guard !organizations.isEmpty || !controls.isEmpty else { continue }
      let heads = [
        "Organization", "Service", "Method", "Controls the report assumes there", "Page",
      ]
      table(review.document.name, heads) { writer in
        for entry in organizations {
          guard let name = entry["name"]?.text else {
            writer.oddRow(entry, columns: 5)
            continue
          }
          writer.open("tr")
          writer.element("th", [("scope", "row")], name)
          writer.cell(entry["service"])
          writer.method(entry["method"]?.text)
          writer.assumed(controls.filter { $0["organization"]?.text == name })
          writer.pageCell(entry)
          writer.close("tr")
        }
        let names = Set(organizations.compactMap { $0["name"]?.text })
        let others = controls.filter { !names.contains($0["organization"]?.text ?? "") }
        if !others.isEmpty {
          writer.open("tr")
          writer.element("th", [("scope", "row")], "of an organization not told, or not listed")
          writer.element("td", "")
          writer.element("td", "")
          writer.assumed(others)
          writer.element("td", pageWords(others.flatMap { $0["evidence"]?.proof ?? [] }))
          writer.close("tr")
        }
      }
    }
    endPart()
  }

  private mutating func method(_ method: String?) {
    open("td")
    switch method {
    case "carve-out":
      text("carve-out")
      element("div", [("class", "quiet")], "left out of the examination")
    case "inclusive":
      text("inclusive")
      element("div", [("class", "quiet")], "examined with the rest")
    default: chip("METHOD UNKNOWN", "unknown")
    }
    close("td")
  }

  private mutating func assumed(_ controls: [Value]) {
    open("td")
    if controls.isEmpty {
      element("span", [("class", "quiet")], "none read")
    } else {
      open("ul")
      for control in controls {
        let organization = control["organization"]?.text
        element(
          "li",
          (control["text"]?.text ?? rawWords(control))
            + (organization == nil ? " (organization not told)" : ""))
      }
      close("ul")
    }
    close("td")
  }

  /// What the report expects of us, to be printed and filled in.
  mutating func checklist(_ packet: Packet) {
    guard packet.hasChecklist else { return }
    part("checklist", "Checklist: what the report expects of us", style: "part checklist")
    for review in packet.reviews where !review.entries(.userEntityControls).isEmpty {
      let heads = ["", "Control", "Topic", "Page", "Owner", "Status", "Proof"]
      table(review.document.name, heads, style: "fill") { writer in
        for entry in review.entries(.userEntityControls) {
          guard let words = entry["text"]?.text else {
            writer.oddRow(entry, columns: 7)
            continue
          }
          writer.open("tr")
          writer.element("td", [("class", "box")], "☐")
          writer.element("td", (entry["id"]?.text.map { "\($0) " } ?? "") + words)
          writer.cell(entry["topic"], otherwise: "")
          writer.pageCell(entry)
          for _ in 0..<3 { writer.element("td", "") }
          writer.close("tr")
        }
      }
      if let mark = review.facts[.userEntityControls]?.state.mark {
        element("p", [("class", "warning")], "\(mark): this list may not be whole.")
      }
    }
    endPart()
  }
}
