import PageText
import SOC2Vocabulary
import Testing

@testable import Outputs

struct TerminalPageTests {
  /// The page as one line, so that expectations do not depend on where it wraps.
  private func flat(_ page: String) -> String {
    page.split { $0 == "\n" || $0 == " " }.joined(separator: " ")
  }

  @Test func aReportSaysWhatItIsAndWhoseAndWhatTheAuditorConcludes() {
    let page = flat(terminalPage(Samples.unqualified, width: 100))
    for words in [
      "SOC 2 report, type 2 – northwind-soc2-2025.pdf", "Vendor: Northwind.",
      "Reviewed as of 15 January 2026.",
      "Service organization Northwind Ledger, Inc. [p. 4 (printed 2)]",
      "System Northwind Ledger Platform [p. 4 (printed 2)]",
      "Service auditor Harrow & Pike LLP, Denver, Colorado [p. 6]",
      "Opinion Unqualified: the service auditor's opinion is given without reservation [p. 5]",
      "Examination period 1 October 2024 to 30 September 2025 (12 months); ended 3 months before "
        + "the review date [p. 4]",
      "Report date 14 November 2025 [p. 6]",
      "Categories in scope Security, Availability, Confidentiality [p. 1]",
      "HIPAA Security Rule (mapped only, NOT examined) [p. 90]", "(medium confidence)",
    ] {
      #expect(page.contains(words), "\(words)")
    }
    // An unqualified type 2 report has no as-of date and no basis for modification to miss.
    for words in ["As-of date", "Basis for modification", "Criteria qualified", "Bridge letter"] {
      #expect(!page.contains(words), "\(words)")
    }
    #expect(page.hasSuffix("Read 96 of 96 pages."))
  }

  @Test func bothReadingsOfAContradictionAreShown() {
    let page = flat(terminalPage(Samples.report, width: 100))
    #expect(page.contains("Examination period CONFLICTING – the document says different things"))
    #expect(page.contains("- service auditor's report [p. 4]: 1 October 2024 to 30 September 2025"))
    #expect(page.contains("- management's assertion [p. 8]: 1 October 2024 to 30 June 2025"))
  }

  @Test func whatIsNotKnownIsLoud() {
    let page = flat(terminalPage(Samples.notSearchable, width: 100))
    #expect(
      page.contains(
        "! UNREAD PAGES – pages 2, 3 are pictures, page 50 could not be read. What stands there is "
          + "unknown."))
    #expect(page.contains("Opinion NOT READABLE – pages 2, 3 are pictures"))
    #expect(
      page.contains(
        "Examination period NOT READABLE – the place where it should stand could not be read; in "
          + "this file pages 2, 3 are pictures, page 50 could not be read"))
    #expect(page.hasSuffix("Read 93 of 96 pages; not read: pages 2, 3, 50."))
  }

  @Test func factsThatAreNotThereAreListedByState() {
    let page = flat(terminalPage(Samples.report, width: 100))
    #expect(page.contains("NOT FOUND Assertion date (searched pp. 8–9 (management's assertion))"))
    #expect(page.contains("NOT SEARCHED Exceptions, Test results, Controls,"))
  }

  @Test func aReportWithoutFactsLooksUnknownNotFine() {
    var review = Samples.report
    review.facts = [:]
    let page = flat(terminalPage(review, width: 100))
    #expect(page.contains("SOC 2 report, TYPE UNKNOWN"))
    #expect(page.contains("Opinion NOT SEARCHED – this version does not look for it"))
  }

  @Test func findingsComeInTheOrderGivenWithSeverityCodeAndPages() throws {
    let page = flat(terminalPage(Samples.report, width: 100))
    let first = try #require(
      page.firstRange(of: "HIGH Qualified opinion (opinionQualified)"))
    let second = try #require(page.firstRange(of: "MEDIUM Two periods (periodMismatch)"))
    #expect(first.upperBound < second.lowerBound)
    #expect(page.contains("(periodMismatch) [pp. 4, 8]"))
    #expect(page.contains("1. To the vendor: Which customers"))
    #expect(page.contains("Asks for: a list of the accounts, with dates"))
  }

  @Test func aSOC1ReportIsNamedAndTheRightDocumentAskedFor() {
    let page = flat(terminalPage(Samples.soc1))
    #expect(page.contains("SOC 1 report – payroll-soc1.pdf"))
    #expect(page.contains("! NOT A SOC 2 REPORT – An auditor's report on controls"))
    #expect(page.contains("Ask for the vendor's most recent SOC 2 type 2 report"))
    #expect(
      page.contains("Known by “relevant to internal control over financial reporting” [p. 3]"))
    #expect(!page.contains("Opinion "))
  }

  @Test func aBridgeLetterSaysWhatItCoversAndWhatItDoesNotState() {
    let page = flat(terminalPage(Samples.bridge))
    #expect(page.contains("Bridge letter – bridge.pdf, page 1 "))
    #expect(page.contains("from 1 October 2025 to 31 December 2025; dated 5 January 2026"))
    #expect(page.contains("signature UNKNOWN: NOBODY NAMED; SILENT on changes"))
    #expect(page.contains("defects: letterUnsigned"))
    #expect(page.hasSuffix("Read 1 of 1 page."))
  }

  @Test(arguments: DocumentStatus.allCases.filter { $0 != .ok && $0 != .partial })
  func anUnreadableFileSaysWhyAndWhatToDo(_ status: DocumentStatus) {
    var review = Samples.encrypted
    review.document.status = status
    let page = flat(terminalPage(review))
    #expect(page.contains("NOT REVIEWED: \(status.title.lowercased()) – locked.pdf"))
    #expect(page.contains("Reason The file asks for a password."))
    #expect(page.contains("Next step "))
    #expect(!page.contains("Findings"))
  }

  @Test func aPacketListsItsDocumentsThenShowsEach() {
    let page = flat(terminalPage(Samples.packet))
    #expect(page.hasPrefix("3 documents of Northwind 1. SOC 2 report, type 2"))
    #expect(page.contains("3. NOT REVIEWED: encrypted – locked.pdf"))
    #expect(page.contains("signature UNKNOWN: NOBODY NAMED"))
  }

  /// Every page on which evidence stands is on the page, whatever fact or finding it is for.
  @Test(arguments: [20, 60, 80, 100, 200])
  func everyEvidencePageIsShown(_ width: Int) {
    var review = Samples.report
    var pages: [Int] = []
    for (index, name) in FactName.allCases.enumerated() where name != .sections {
      let page = 1000 + 2 * index
      let state = FactState.allCases[index % 4]
      review.facts[name] = Fact(
        state: state, value: .text("v"), evidence: [Samples.evidence(page, "q")],
        readings: state == .conflicting
          ? [
            Reading(value: .text("r"), evidence: [Samples.evidence(page + 100, "q")], section: .toc)
          ]
          : [])
      pages.append(page)
      if state == .conflicting { pages.append(page + 100) }
    }
    let page = flat(terminalPage(review, width: width))
    for number in pages { #expect(page.contains("[p. \(number)]"), "\(number)") }
    let written = markdown(review)
    for number in pages { #expect(written.contains("p. \(number)"), "\(number)") }
  }

  @Test(arguments: Sample.allCases)
  func aPlainPageHasNoControlCharacterAndKeepsItsWidth(_ sample: Sample) {
    let review = sample.review
    for width in [24, 40, 80, 132] {
      let page = terminalPage(review, style: .plain, width: width)
      for scalar in page.unicodeScalars where scalar != "\n" {
        #expect(!isDangerous(scalar), "\(scalar.value)")
      }
      for line in page.split(separator: "\n") {
        #expect(columns(line) <= width, "\(line)")
      }
    }
  }

  @Test(arguments: Sample.allCases)
  func colourIsOnlyOurOwnAndCarriesNothingAlone(_ sample: Sample) {
    let review = sample.review
    let plain = terminalPage(review, style: .plain, width: 80)
    var coloured = terminalPage(review, style: .coloured, width: 80)
    #expect(coloured != plain)
    for code in ["0", "1", "1;31", "33", "2"] {
      coloured = coloured.split(separator: "\u{1B}[\(code)m", omittingEmptySubsequences: false)
        .joined()
    }
    #expect(coloured == plain)
  }

  @Test func theSameReviewGivesTheSamePage() {
    #expect(terminalPage(Samples.hostile) == terminalPage(Samples.hostile))
  }

  private func isDangerous(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F...0x9F, 0x200B, 0x200E...0x200F, 0x2028...0x202E, 0x2060...0x2069, 0x61C,
      0xFEFF, 0xE0000...0xE007F:
      true
    default: false
    }
  }
}
