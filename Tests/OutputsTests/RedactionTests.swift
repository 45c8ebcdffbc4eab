import Foundation
import PageText
import SOC2Vocabulary
import TestSupport
import Testing

@testable import Outputs

struct RedactionTests {
  @Test(arguments: [
    ("Write to jane.doe@vendor.example today.", "Write to [redacted] today."),
    ("<ops+soc@mail.vendor.example>", "[redacted]"),
    ("mailto:a@b.example", "[redacted]"),
    ("Call +1 (617) 555-0134 now", "Call [redacted] now"),
    ("Call (617) 555-0134, please", "Call [redacted] please"),
    ("Phone: 617-555-0134.", "Phone: [redacted]"),
    ("Tel. +44 20 7946 0958", "Tel. [redacted]"),
    ("at 400 Beacon Street, Suite 9, Boston, MA 02108 since", "at [redacted] since"),
    ("12 Long Acre Road", "[redacted]"),
    ("/s/ Jane Q. Doe", "/s/ [redacted]"),
    ("signed by Ann Harrow, CFO", "signed by [redacted], CFO"),
    ("ANN HARROW", "[redacted]"),
  ])
  func whatPointsAtPersonsGoes(_ text: String, _ expected: String) {
    #expect(Redactor(names: ["Ann Harrow"]).redacted(text) == expected)
  }

  @Test(arguments: [
    "6 of 25 items failed; CC6.1, CC6.3 (p. 40)", "October 1, 2024 to September 30, 2025",
    "2024-10-01/2025-09-30", "TSP section 100, 2017 Trust Services Criteria",
    "/s/ Harrow & Pike LLP", "25 of 61 terminations in 2024 2025 2026", "May 2025",
    "1,204,332 records @ rest", "within 30 days by the Way of change",
  ])
  func theRestStays(_ text: String) {
    #expect(Redactor(names: ["Ann Harrow", "May"]).redacted(text) == text)
  }

  /// A packet whose every text names the signer and an address.
  private var personal: Packet {
    let secret = "Ann Harrow, ann@northwind.example"
    var packet = Samples.attacked(secret)
    packet.vendor = "Northwind"
    for index in packet.reviews.indices {
      packet.reviews[index].context = ReviewContext(vendor: "Northwind")
      packet.reviews[index].document.file = "file.pdf"
      packet.reviews[index].diagnostics = [Diagnostic(code: "c", message: secret)]
    }
    packet.coverage = []
    var letter = packet.reviews[1].facts[.bridge]!
    letter.value = .object(["signer": .text("Ann Harrow"), "changes": .text("silent")])
    packet.reviews[1].facts[.bridge] = letter
    return packet
  }

  @Test func noOutputHasWhatWasTakenOut() {
    let packet = redacted(personal)
    #expect(everything(personal).contains("Ann Harrow"), "the test has something to find")
    let text = everything(packet)
    #expect(!text.contains("Ann Harrow") && !text.contains("ann@"))
    #expect(text.contains("[redacted]"))
    for review in packet.reviews {
      #expect(review.diagnostics.last?.code == "redacted")
    }
    #expect(packet.reviews[0].facts[.exceptions]?.evidence[0].boxes.isEmpty == false)
  }

  @Test func shortQuotesAreCutAtAWord() {
    let words = "access was removed late for a number of workers who had left the company before "
    let packet = withQuotes(.short, quoted(words + words))
    let quote = packet.reviews[0].findings[0].evidence[0].quote
    #expect(
      quote == "access was removed late for a number of workers who had left the company before […]"
    )
    #expect(packet.reviews[0].diagnostics.last?.code == "quotesShortened")
    #expect(packet.reviews[0].findings[0].evidence[0].page == 5)
  }

  @Test func withoutQuotesNoPassageIsLeft() throws {
    let secret = "zebra crossing"
    let packet = withQuotes(.none, quoted(secret))
    let text = everything(packet)
    #expect(everything(quoted(secret)).contains(secret))
    #expect(!text.contains(secret))
    #expect(text.contains("[not quoted]"))
    let proof = try #require(packet.reviews[0].facts[.exceptions]?.evidence.first)
    #expect(proof.page == 40 && !proof.boxes.isEmpty && proof.quote.isEmpty)
    #expect(packet.reviews[0].facts[.serviceOrganization]?.value == .text("Northwind Ledger, Inc."))
    #expect(packet.reviews[0].facts[.opinion]?.value == .text("qualified"))
    #expect(packet.reviews.allSatisfy { $0.diagnostics.last?.code == "quotesRemoved" })
  }

  @Test func fullQuotesChangeNothing() {
    #expect(withQuotes(.full, Samples.judged) == Samples.judged)
  }

  @Test func aPoorerRecordStillFitsItsSchema() throws {
    let schema = try SchemaValidator(reviewSchema())
    for packet in [
      redacted(Samples.judged), withQuotes(.short, Samples.judged),
      withQuotes(.none, Samples.judged),
    ] {
      #expect(try schema.errors(in: json(packet)) == [])
    }
  }

  /// The judged packet in which every quote and passage is one text.
  private func quoted(_ text: String) -> Packet {
    Samples.judged.rewritten(
      Rewriting(text: { $0 }, quote: { _ in text }, passage: { _ in text }),
      note: Diagnostic(code: "c", message: "m"))
  }

  /// All that goes out, as one text.
  private func everything(_ packet: Packet) -> String {
    let letters = requestLetters(packet)
    return String(decoding: json(packet), as: UTF8.self) + markdown(packet)
      + terminalPage(packet, width: 10_000)
      + tables(packet).map { String(decoding: csv($0), as: UTF8.self) }.joined()
      + String(decoding: csv(jiraTable(packet)), as: UTF8.self)
      + String(decoding: csv(serviceNowTable(packet)), as: UTF8.self)
      + String(decoding: calendar(packet) ?? [], as: UTF8.self)
      .replacingOccurrences(of: "\r\n ", with: "")
      + letters.map(\.text).joined()
  }
}
