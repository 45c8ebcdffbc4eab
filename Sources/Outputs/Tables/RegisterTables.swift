public import SOC2Vocabulary

/// The exceptions with rate, grade and response, one a row.
func exceptionsTable(_ packet: Packet) -> SheetTable {
  SheetTable(
    title: "Exceptions",
    columns: [
      .init("Document", width: 24), .init("Control", width: 12), .init("Criteria", width: 14),
      .init("Exception", width: 60), .severity, .init("Failed", width: 8),
      .init("Tested", width: 8), .init("Population", width: 11),
      .init("At most (90% confidence)", width: 14), .init("Nature", width: 20),
      .init("Grade", width: 40), .init("The control", width: 44),
      .init("Management's answer", width: 50), .init("Answer examined", width: 12),
      .init("Pages", width: 12),
    ],
    rows: packet.rows(.exceptions, textColumn: 3, columns: 15) { entry in
      let answer = entry["managementResponse"]
      return [
        .text(entry["controlId"]?.text ?? "no number"), .text(list(entry["criteria"])),
        .text(entry["text"]?.text),
        .text(entry["severity"]?.text.flatMap(Severity.init(rawValue:))?.word ?? "NOT GRADED"),
        .number(entry["deviations"]?.number), .number(entry["sampleSize"]?.number),
        .number(entry["population"]?.number), .text(entry["upperBound"]?.text),
        .text(entry["nature"]?.text), .lines(gradeLines(entry["grade"])),
        .text(entry["control"]?.text), .text(answer?["text"]?.text ?? "none found"),
        .text(answer?["unaudited"]?.bool.map { $0 ? "no" : "with the report" }),
        .text(pageWords(proof(entry) + (answer.map(proof) ?? []))),
      ]
    })
}

/// Every test of every control with its result, one a row.
func controlsTable(_ packet: Packet) -> SheetTable {
  SheetTable(
    title: "Controls",
    columns: [
      .init("Document", width: 24), .init("Control", width: 12), .init("Criteria", width: 14),
      .init("The control", width: 50), .init("Test", width: 50), .init("Result", width: 50),
      .init(
        "Outcome", width: 14,
        tones: [
          .init(word: outcomeWords("exception"), tone: .alarm),
          .init(word: outcomeWords("unknown"), tone: .alarm),
          .init(word: outcomeWords("not-tested"), tone: .alarm),
          .init(word: outcomeWords("not-operated"), tone: .caution),
          .init(word: outcomeWords("design-only"), tone: .caution),
        ]), .init("Pages", width: 12),
    ],
    rows: packet.manyRows(.controls, textColumn: 3, columns: 8) { entry in
      let head: [SheetTable.Cell] = [
        .text(entry["id"]?.text ?? "no number"), .text(list(entry["criteria"])),
        .text(entry["text"]?.text),
      ]
      let tests = entry["tests"]?.list ?? []
      if tests.isEmpty {
        return [head + [.text("no test read"), .empty, .empty, .text(pageWords(proof(entry)))]]
      }
      return tests.map { test in
        head + [
          .text(test["procedure"]?.text), .text(test["result"]?.text),
          .text(outcomeWords(test["outcome"]?.text)),
          .text(pageWords(proof(entry) + proof(test))),
        ]
      }
    })
}

/// What the reports assume that we do: a checklist with a suggested owner and columns to fill in.
public func userEntityTable(_ packet: Packet) -> SheetTable {
  SheetTable(
    title: "CUECs",
    columns: [
      .init("Document", width: 24), .init("No.", width: 8), .init("What we are to do", width: 60),
      .init("Criteria", width: 14), .init("Kind", width: 9), .init("Topic", width: 30),
      .init("Suggested owner", width: 26), .init("Pages", width: 10),
      .init("Owner", width: 18, isForReader: true),
      .init(
        "Status", width: 16,
        choices: ["unknown", "implemented", "not implemented", "not applicable"],
        isForReader: true),
      .init("Evidence", width: 36, isForReader: true),
      .init("Confirmed on", width: 14, isForReader: true), .madeWith,
    ],
    rows: packet.rows(.userEntityControls, textColumn: 2, columns: 13) { entry in
      let topic = entry["topic"]?.text
      let known = topic.flatMap(UserEntityTopic.init(rawValue:))
      return [
        .text(entry["id"]?.text), .text(entry["text"]?.text), .text(list(entry["criteria"])),
        .text(entry["label"]?.text),
        .text(known?.words ?? topic ?? UserEntityTopic.unknownWords),
        .text(known?.owner ?? UserEntityTopic.unknownOwner), .text(pageWords(proof(entry))),
        .empty, .text("unknown"), .empty, .empty, .empty,
      ]
    }.map { $0.dropLast() + [packet.madeWith] })
}

/// The subservice organizations, and the controls that the reports expect of them.
func subserviceTable(_ packet: Packet) -> SheetTable {
  let organizations = packet.rows(.subserviceOrganizations, textColumn: 3, columns: 7) { entry in
    [
      .text("organization"), .text(entry["name"]?.text),
      .text(entry["service"]?.text ?? "service not told"), .text(entry["method"]?.text),
      .text(list(entry["criteria"])), .text(pageWords(proof(entry))),
    ]
  }
  let controls = packet.rows(.subserviceControls, textColumn: 3, columns: 7) { entry in
    [
      .text("expected control"), .text(entry["organization"]?.text ?? "not told of whom"),
      .text(entry["text"]?.text), .empty, .text(list(entry["criteria"])),
      .text(pageWords(proof(entry))),
    ]
  }
  return SheetTable(
    title: "Subservice",
    columns: [
      .init("Document", width: 24), .init("Entry", width: 18), .init("Organization", width: 30),
      .init("Service or control", width: 70), .init("Method", width: 12),
      .init("Criteria", width: 18), .init("Pages", width: 12),
    ], rows: organizations + controls)
}

extension Packet {
  fileprivate func rows(
    _ name: FactName, textColumn: Int, columns: Int, _ cells: (Value) -> [SheetTable.Cell]
  ) -> [[SheetTable.Cell]] {
    manyRows(name, textColumn: textColumn, columns: columns) { [cells($0)] }
  }

  /// The rows of a list. Where a document has no such list, or it is not whole, a row says so: an empty
  /// sheet would read as "none". Entries of a list that is not whole stand among its readings.
  fileprivate func manyRows(
    _ name: FactName, textColumn: Int, columns: Int, _ cells: (Value) -> [[SheetTable.Cell]]
  ) -> [[SheetTable.Cell]] {
    let names = documentNames
    return reviews.enumerated().flatMap { index, review -> [[SheetTable.Cell]] in
      guard let fact = review.shown(name) else { return [] }
      let document = SheetTable.Cell.text(names[index])
      let lists = fact.value.list.map { [$0] } ?? fact.readings.compactMap(\.value.list)
      let entries = lists.flatMap(\.self)
      var rows = entries.flatMap(cells).map { [document] + $0 }
      if entries.isEmpty || fact.state != .found || fact.confidence != .high {
        let said = review.row(name, fact)
        let words = [name.label, said.mark, said.text.isEmpty ? nil : said.text]
        var row = [SheetTable.Cell](repeating: .empty, count: columns)
        row[0] = document
        row[textColumn] = .text(words.compactMap(\.self).joined(separator: " – "))
        rows.insert(row, at: 0)
      }
      return rows
    }
  }
}

private func list(_ value: Value?) -> String {
  (value?.list ?? []).map(rawWords).joined(separator: ", ")
}

private func proof(_ entry: Value) -> [Evidence] { entry["evidence"]?.proof ?? [] }

/// The grade as a sum: its points, each with what they are for.
private func gradeLines(_ grade: Value?) -> [String] {
  guard let grade, let score = grade["score"]?.number else { return [] }
  return (grade["steps"]?.list ?? []).map { step in
    "\(step["points"]?.number ?? 0) \(step["what"]?.text ?? "")"
  } + ["= \(score)"]
}
