import Foundation
import SOC2Vocabulary
import Testing

@testable import Outputs

struct LetterTests {
  private func letter(_ name: String, _ packet: Packet = Samples.judged) throws -> RequestLetter {
    try #require(requestLetters(packet).first { $0.name == name })
  }

  @Test func onlyWhatFindingsCallForIsAsked() {
    #expect(
      requestLetters(Samples.judged).map(\.name) == ["1-bridge-letter", "1-exception-detail"])
    #expect(requestLetters(Packet(vendor: nil, reviews: [Samples.unqualified])).isEmpty)
    #expect(requestLetters(Packet(vendor: nil, reviews: [Samples.encrypted])).isEmpty)
  }

  @Test(arguments: [
    ("expired", "newer-report"), ("type1Only", "newer-report"), ("notSoc2", "newer-report"),
    ("draft", "signed-copy"), ("letterUnsigned", "signed-copy"), ("bridgeMissing", "bridge-letter"),
    ("responseMissing", "exception-detail"), ("carveOut", "subservice-report"),
  ])
  func eachFindingCallsForOneLetter(_ code: String, _ name: String) {
    var review = Samples.unqualified
    review.findings = [
      Finding(
        id: code, rule: "r", code: code, severity: .low, title: "t", message: "m", evidence: [],
        facts: [])
    ]
    #expect(requestLetters(Packet(vendor: nil, reviews: [review])).map(\.name) == [name])
  }

  @Test func noCodeCallsForTwoLetters() {
    let codes = LetterKind.allCases.flatMap(\.codes)
    #expect(Set(codes).count == codes.count)
  }

  @Test func theLetterOnExceptionsHasTheirNumbersAndPages() throws {
    let letter = try letter("1-exception-detail")
    #expect(
      letter.subject == "Questions on exceptions in your SOC 2 report (Northwind Ledger, Inc.)")
    for line in [
      "Dear [FILL IN: name of the recipient],",
      "We have reviewed the document northwind-soc2-2025.pdf: SOC 2 report, type 2, of Northwind "
        + "Ledger, Inc. on Northwind Ledger Platform, for the period 1 October 2024 to 30 September "
        + "2025, dated 14 November 2025 (pp. 4 (printed 2), 6).",
      "- Control NW-12 (CC6.2, CC6.3): 6 of 25 failed. “\(Samples.exceptionText)” (p. 40)",
      "1. Which accounts were removed late? (p. 40)",
      "[FILL IN: name and role of the sender]",
    ] { #expect(letter.lines.contains(line), "\(line)") }
    #expect(!letter.lines.joined().contains("Who removes our leavers?"), "asked of ourselves")
    #expect(!letter.lines.joined().contains("signed?"), "belongs to another letter")
  }

  @Test func theBridgeLetterIsAskedForFromTheDayAfterTheReport() throws {
    let letter = try letter("1-bridge-letter")
    #expect(
      letter.lines.contains {
        $0.hasPrefix(
          "Please send us a bridge letter for the time from 1 October 2025 to the day on")
      })
    #expect(letter.lines.contains("1. May we have the letter signed?"))
    #expect(letter.lines.contains("   What would answer it: the signed letter"))
  }

  /// Exceptions of a list that is not whole are asked about too.
  @Test func exceptionsAmongTheReadingsAreAskedAbout() throws {
    var packet = Samples.judged
    let list = try #require(packet.reviews[0].facts[.exceptions]).value
    packet.reviews[0].facts[.exceptions] = Fact(
      state: .notSearchable,
      readings: [Reading(value: list, evidence: [], section: .testsOfControls)])
    #expect(
      try letter("1-exception-detail", packet).lines.contains { $0.contains("6 of 25 failed") })
  }

  /// A newer report is not asked for where it lies in the same packet.
  @Test func anEarlierReportNeedsNoSuccessor() {
    var earlier = Samples.unqualified
    earlier.facts[.period] = Samples.found(
      .period(
        ExaminationPeriod(start: Samples.day("2023-10-01"), end: Samples.day("2024-09-30"))!))
    let expired = Finding(
      id: "expired", rule: "r", code: "expired", severity: .high, title: "t", message: "m",
      evidence: [], facts: [])
    earlier.findings = [expired]
    #expect(requestLetters(Packet(vendor: nil, reviews: [Samples.unqualified, earlier])).isEmpty)
    var latest = Samples.unqualified
    latest.findings = [expired]
    #expect(
      requestLetters(Packet(vendor: nil, reviews: [earlier, latest])).map(\.name) == [
        "2-newer-report"
      ])
  }

  /// Nothing of one document is told in the letter on another.
  @Test func aLetterSpeaksOfOneDocument() throws {
    var other = Samples.tested
    other.document.file = "other.pdf"
    other.facts[.serviceOrganization] = Samples.found(.text("Quillmark GmbH"))
    var packet = Samples.judged
    packet.reviews[1] = other
    for letter in requestLetters(packet) {
      let text = letter.subject + letter.lines.joined()
      #expect(text.contains("Quillmark") == letter.name.hasPrefix("2-"), "\(letter.name)")
      #expect(text.contains("Northwind Ledger, Inc.") == letter.name.hasPrefix("1-"))
    }
  }

  @Test func theDraftIsAMessageThatWasNotSent() throws {
    let letter = try letter("1-exception-detail")
    let (headers, body) = try message(letter.draft)
    #expect(
      headers.map { $0.prefix { $0 != ":" } } == [
        "X-Unsent", "Subject", "MIME-Version", "Content-Type", "Content-Transfer-Encoding",
      ])
    #expect(headers[0] == "X-Unsent: 1")
    #expect(decoded(headers[1]) == "Subject: " + letter.subject)
    #expect(body == letter.lines.map { $0 + "\r\n" }.joined())
    #expect(letter.text.hasPrefix("Subject: Questions on exceptions"))
  }

  @Test(arguments: Samples.attacks + [String(repeating: "é漢", count: 1_000)])
  func attacksAddNoHeaderAndNoLine(_ attack: String) throws {
    let kinds = requestLetters(Samples.judged)
    let letters = requestLetters(Samples.attacked(attack))
    #expect(letters.map(\.name) == kinds.map(\.name))
    for letter in letters {
      let (headers, _) = try message(letter.draft)
      #expect(headers.count == 5)
      #expect(!headers.contains { $0.lowercased().hasPrefix("bcc") })
      for line in String(decoding: letter.draft, as: UTF8.self).split(separator: "\r\n") {
        #expect(line.utf8.count <= 78)
        #expect(line.utf8.allSatisfy { (0x20...0x7E).contains($0) })
      }
      for scalar in letter.text.unicodeScalars where scalar != "\n" {
        #expect(scalar.properties.generalCategory != .control)
        #expect(scalar.value != 0x202E && scalar.value != 0x2028)
      }
      #expect(letter.text.utf8.count { $0 == 0x0A } == letter.lines.count + 2)
    }
  }

  @Test func aLineOfAMegabyteIsALetterToo() throws {
    var packet = Samples.judged
    packet.reviews[0].facts[.system] = Samples.found(.text(String(repeating: "é ", count: 350_000)))
    for letter in requestLetters(packet) {
      let (headers, body) = try message(letter.draft)
      #expect(headers.count == 5 && body == letter.lines.map { $0 + "\r\n" }.joined())
    }
  }

  /// Headers, unfolded, and body of a message.
  private func message(_ bytes: [UInt8]) throws -> (headers: [String], body: String) {
    let text = String(decoding: bytes, as: UTF8.self)
    let end = try #require(text.range(of: "\r\n\r\n"))
    let head = text[..<end.lowerBound].replacingOccurrences(of: "\r\n ", with: " ")
    // Each line was encoded by itself.
    let lines = text[end.upperBound...].components(separatedBy: "\r\n").filter { !$0.isEmpty }
    let data = try lines.map { try #require(Data(base64Encoded: $0)) }
    return (
      head.components(separatedBy: "\r\n"),
      String(decoding: data.flatMap { Array($0) }, as: UTF8.self)
    )
  }

  /// A header with its encoded words read.
  private func decoded(_ header: String) -> String {
    var result = ""
    for (index, part) in header.components(separatedBy: "=?utf-8?B?").enumerated() {
      if index == 0 {
        result += part
      } else if let word = part.components(separatedBy: "?=").first,
        let data = Data(base64Encoded: word)
      {
        result += String(decoding: data, as: UTF8.self)
      }
    }
    return result
  }
}
