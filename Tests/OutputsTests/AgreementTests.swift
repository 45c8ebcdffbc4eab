import Foundation
import PageText
import SOC2Vocabulary
import Testing

@testable import Outputs

/// One packet in every form: what is decided, counted and said is the same everywhere.
struct AgreementTests {
  static let packet = Samples.judged
  static let review = packet.reviews[0]

  private func record() throws -> [String: Any] {
    try #require(
      try JSONSerialization.jsonObject(with: Data(json(Self.packet))) as? [String: Any])
  }

  private func cells(_ table: SheetTable) -> [[String]] {
    table.rows.map { row in
      row.map { cell in
        switch cell.content {
        case .text(let text): text
        case .number(let number): "\(number)"
        case .empty: ""
        }
      }
    }
  }

  /// Text without the marks and line ends of its form.
  private func plain(_ text: String) -> String {
    text.replacing("\\", with: "").split { $0 == "\n" || $0 == " " || $0 == "\r\n" }
      .joined(separator: " ")
  }

  @Test func decisionAndScore() throws {
    let record = try #require(try record()["assessment"] as? [String: Any])
    let sheet = cells(summaryTable(Self.packet))
    #expect(record["decision"] as? String == "conditions")
    #expect(sheet[1][1].hasPrefix("CONDITIONS – "))
    #expect(record["score"] as? Int == 61)
    #expect(sheet[2][1] == "61 of 100")
    for page in [plain(terminalPage(Self.packet, width: 100)), plain(markdown(Self.packet))] {
      #expect(page.contains("CONDITIONS") && page.contains("Score: 61 of 100."))
    }
    let points = try #require(record["points"] as? [[String: Any]])
    let named = cells(findingsTable(Self.packet))
    for one in points {
      let row = named.first { $0[9] == one["finding"] as? String }
      #expect(row?[6] == (one["points"] as? Int).map(String.init))
      #expect(row?[7] == one["why"] as? String)
    }
    #expect(points.compactMap { $0["points"] as? Int }.reduce(100, -) == 61)
  }

  @Test func dates() throws {
    let record = try #require(try record()["assessment"] as? [String: Any])
    let days = try #require(record["dates"] as? [[String: String]]).compactMap { $0["date"] }
    let file = String(decoding: try #require(calendar(Self.packet)), as: UTF8.self)
    let events = file.components(separatedBy: "DTSTART;VALUE=DATE:").dropFirst().map {
      String($0.prefix(8))
    }
    #expect(events == days.map { $0.replacing("-", with: "") } && days.count == 2)
  }

  @Test func findings() throws {
    let record = try record()
    let own = try #require(record["findings"] as? [[String: Any]])
    let first = try #require((record["reviews"] as? [[String: Any]])?.first)
    let inside = try #require(first["findings"] as? [[String: Any]])
    let rows = cells(findingsTable(Self.packet))
    #expect(rows.count == 4 && own.count + inside.count == 4)
    let lists = String(decoding: csv(findingsTable(Self.packet)), as: UTF8.self)
    let sheet = cells(summaryTable(Self.packet))
    #expect(sheet.contains { $0[0] == "Findings" && $0[1] == "3" && $0[4].hasPrefix("northwind") })
    let page = plain(terminalPage(Self.review, width: 100))
    #expect(page.contains("Findings (3)"))
    let text = plain(markdown(Self.review))
    for (finding, row) in zip(own + inside, rows) {
      let message = try #require(finding["message"] as? String)
      let severity = try #require(finding["severity"] as? String).uppercased()
      #expect(row[1] == severity && row[3] == message && lists.contains("\"\(message)\""))
    }
    for finding in inside {
      let message = try #require(finding["message"] as? String)
      let severity = try #require(finding["severity"] as? String).uppercased()
      let code = try #require(finding["code"] as? String)
      let title = try #require(finding["title"] as? String)
      #expect(page.contains("\(severity) \(title) (\(code))"))
      #expect(text.contains("**\(severity)** \(code): \(message)"))
    }
  }

  @Test func questions() throws {
    let asked = try #require(try record()["questions"] as? [[String: Any]])
    let rows = cells(questionsTable(Self.packet))
    #expect(rows.map { $0[2] } == asked.compactMap { $0["text"] as? String } && rows.count == 3)
    let page = plain(terminalPage(Self.review, width: 100))
    let text = plain(markdown(Self.review))
    #expect(page.contains("Questions (2)"))
    for question in Self.review.questions {
      #expect(page.contains("To the vendor: \(question.text)"))
      #expect(text.contains("To the vendor: \(question.text)"))
      #expect(
        rows.contains { $0[1] == "the vendor" && $0[2] == question.text } || question.id == "q1")
    }
  }

  /// Each row of the summary is said in the same words on the page and in the text.
  @Test func facts() {
    let page = plain(terminalPage(Self.review, width: 100))
    let text = plain(markdown(Self.review))
    let sheet = cells(summaryTable(Self.packet))
    let rows = Self.review.factRows()
    #expect(rows.count > 15)
    for row in rows {
      let cell = sheet.first { $0[0] == row.label && $0[4].hasPrefix("northwind") }?[1]
      let words = [row.mark, row.text.isEmpty ? nil : row.text].compactMap(\.self)
        .joined(separator: " – ")
      #expect(cell == words, "\(row.label)")
      if row.label != FactName.sections.label { #expect(page.contains(plain(words)), "\(words)") }
      #expect(text.contains(plain(escaped(row.text))), "\(row.text)")
    }
  }

  /// HTML without its tags and entities.
  private func words(_ page: [UInt8]) -> String {
    var text = ""
    var isTag = false
    for character in String(decoding: page, as: UTF8.self) {
      if character == "<" { isTag = true }
      if !isTag { text.append(character) }
      if character == ">" {
        isTag = false
        text += " "
      }
    }
    for (entity, letter) in [
      ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&"),
    ] {
      text = text.replacing(entity, with: letter)
    }
    return plain(text)
  }

  /// Everything that a person may be handed, as text.
  private func outputs() throws -> [String: String] {
    func list(_ table: SheetTable) -> String { plain(cells(table).joined().joined(separator: " ")) }
    let dates = String(decoding: try #require(calendar(Self.packet)), as: UTF8.self)
    return [
      "terminal": plain(terminalPage(Self.packet, width: 120)),
      "markdown": plain(markdown(Self.packet)), "html": words(html(Self.packet)),
      "json": String(decoding: json(Self.packet), as: UTF8.self),
      "summary": list(summaryTable(Self.packet)), "findings": list(findingsTable(Self.packet)),
      "questions": list(questionsTable(Self.packet)),
      "jira": list(jiraTable(Self.packet)), "servicenow": list(serviceNowTable(Self.packet)),
      "dates": plain(dates.replacing("\r\n ", with: "")),
      "pdf": plain(pdfMarks(Self.packet, document: 0).map(\.text).joined(separator: " ")),
      "letter": plain(try #require(requestLetters(Self.packet).first).text),
    ]
  }

  /// Decision, score, dates, findings and questions in the same words wherever they are said.
  @Test func everyOutputSaysTheSame() throws {
    let all = try outputs()
    func expect(_ words: String, in names: [String]) {
      for name in names {
        #expect(all[name]?.contains(plain(words)) == true, "\(name) lacks: \(words)")
      }
    }
    let pages = ["terminal", "markdown", "html", "summary"]
    expect("CONDITIONS", in: pages)
    expect("61 of 100", in: pages)
    let answer = try #require(Self.packet.assessment)
    for date in answer.dates { expect(date.day.spelled, in: pages + ["dates"]) }
    for span in Self.packet.coverage { expect(span.by.words, in: pages) }
    let lists = ["markdown", "html", "json", "findings", "servicenow"]
    for finding in Self.packet.findings + Self.review.findings {
      expect(finding.message, in: lists)
    }
    for finding in Self.review.findings { expect(finding.message, in: ["pdf"]) }
    for question in Self.packet.questions {
      expect(question.text, in: ["terminal", "markdown", "html", "json", "questions"])
    }
  }

  /// Rules and policy are named with their hashes in whatever leaves the house.
  @Test func everyOutputNamesRulesAndPolicy() throws {
    for (name, text) in try outputs() {
      #expect(text.contains("abababababab"), "\(name) lacks the hash of the rules")
      #expect(text.contains("cdcdcdcdcdcd"), "\(name) lacks the hash of the policy")
      #expect(text.contains("soc2") && text.contains("default"), "\(name)")
    }
    let checklist = cells(userEntityTable(Packet(vendor: nil, reviews: [Samples.report])))
    #expect(
      !checklist.isEmpty && checklist.allSatisfy { $0.last?.contains("cdcdcdcdcdcd") == true })
  }

  @Test func theSameBytesTwice() {
    func all() -> [[UInt8]] {
      let packet = Self.packet
      return [json(packet), Array(markdown(packet).utf8), calendar(packet) ?? [], html(packet)]
        + [Array(terminalPage(packet).utf8)]
        + [Array(pdfMarks(packet, document: 0).map { "\($0)" }.joined().utf8)]
        + tables(packet).map(csv) + [csv(jiraTable(packet)), csv(serviceNowTable(packet))]
        + requestLetters(packet).map(\.draft)
    }
    #expect(all() == all())
  }
}
