import Foundation
import PageText
import SOC2Vocabulary
import TestSupport
import Testing

@testable import Outputs

/// A question that a document answers is not among those to ask; the answer stands with page and quote in
/// every output that lists questions.
struct AnsweredTests {
  static let packet: Packet = {
    var packet = Samples.judged
    let question = FollowUpQuestion(
      id: "watching", to: .vendor, text: "How is the host watched?", why: "It is carved out.",
      evidenceAsked: "the last review", findings: ["2/carveOut"], evidence: [])
    packet.answered = [
      AnsweredQuestion(
        question: question, answer: "The report tells how.",
        evidence: [Samples.evidence(12, "Ada reads their report each May.")], document: nil)
    ]
    let first = packet.reviews[0].findings[0].id
    packet.answered[0].question.findings = ["1/" + first]
    return packet
  }()

  private func plain(_ text: String) -> String {
    text.replacing("\\", with: "").split { $0 == "\n" || $0 == " " || $0 == "\r\n" }
      .joined(separator: " ")
  }

  private func cells(_ table: SheetTable) -> [String] {
    table.rows.flatMap { row in
      row.compactMap { if case .text(let text) = $0.content { text } else { nil } }
    }
  }

  @Test func itIsCitedInEveryOutputThatListsQuestions() throws {
    let texts: [(String, String)] = [
      ("terminal", plain(terminalPage(Self.packet, width: 100))),
      ("markdown", plain(markdown(Self.packet))),
      ("html", plain(String(decoding: html(Self.packet), as: UTF8.self))),
      ("json", String(decoding: json(Self.packet), as: UTF8.self)),
      ("questions", cells(questionsTable(Self.packet)).joined(separator: "\n")),
      ("jira", cells(jiraTable(Self.packet)).joined(separator: "\n")),
    ]
    for (name, text) in texts {
      #expect(text.contains("How is the host watched?"), "\(name)")
      #expect(text.contains("The report tells how."), "\(name)")
      #expect(text.contains("Ada reads their report each May."), "\(name)")
      if name != "json" { #expect(text.contains("p. 12"), "\(name)") }
    }
    let marks = pdfMarks(Self.packet, document: 0).map(\.text)
    #expect(marks.contains { $0.contains("Not asked: How is the host watched?") })
    for letter in requestLetters(Self.packet) { #expect(!letter.text.contains("host watched")) }
  }

  @Test func itIsMarkedAsAnsweredAndNotCountedAsAsked() throws {
    let table = questionsTable(Self.packet)
    let status = try #require(table.columns.firstIndex { $0.name == "Status" })
    #expect(
      table.rows.map { $0[status].content }
        == [.text("open"), .text("open"), .text("open"), .text("answered")])
    #expect(terminalPage(Self.packet).contains("Questions (3)"))
    #expect(terminalPage(Self.packet).contains("Not asked, because the documents say it (1)"))
  }

  @Test func theRecordFitsTheSchema() throws {
    let problems = try SchemaValidator(reviewSchema()).errors(in: json(Self.packet))
    #expect(problems.isEmpty, "\(problems.prefix(3))")
  }

  @Test func withoutQuotesItsQuoteIsGone() {
    let text = String(decoding: json(withQuotes(.none, Self.packet)), as: UTF8.self)
    #expect(text.contains("The report tells how.") && !text.contains("Ada reads"))
  }
}
