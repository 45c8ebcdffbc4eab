import SOC2Vocabulary
import Testing

@testable import Outputs

struct MarkdownTests {
  @Test(arguments: [
    ("a|b", "a\\|b"), ("`x`", "\\`x\\`"), ("<b>&amp;", "&lt;b&gt;&amp;amp;"),
    ("[t](http://e.example)", "\\[t\\](http\\://e.example)"), ("![i](j)", "\\!\\[i\\](j)"),
    ("www.e.example", "www\\.e.example"), ("*a* _b_ ~c~", "\\*a\\* \\_b\\_ \\~c\\~"),
    ("{code}", "\\{code\\}"), ("a\nb", "a b"), ("\u{1B}", "\\\\u\\{1B\\}"),
    ("8:30, CC6.1 – e.g. this", "8:30, CC6.1 – e.g. this"), ("C:\\x", "C:\\\\x"),
  ])
  func textIsInert(_ text: String, _ expected: String) {
    #expect(escaped(text) == expected)
  }

  @Test func aReportIsATableAListAndAChecklist() {
    let text = markdown(Samples.report)
    for line in [
      "## SOC 2 report, type 2 – northwind-soc2-2025.pdf",
      "| Fact | What the document says | Page | Quote |",
      "| Report date | 14 November 2025 | p. 6 | “November 14, 2025” |",
      "| Examination period | **CONFLICTING** – the document says different things |  |  |",
      "- **HIGH** opinionQualified: The opinion is qualified: criterion CC6.3 was not met. (p. 5) "
        + "“except for the matter described above”",
      "- [ ] 1. To the vendor: Which customers and dates were affected by the late removal of "
        + "leavers' access? (p. 5)",
      "- **NOT FOUND**: Assertion date – searched pp. 8–9 (management's assertion)",
      "- **NOT SEARCHED**: Exceptions – this version does not look for it",
      "Read 96 of 96 pages.",
    ] {
      #expect(text.contains(line + "\n"), "\(line)")
    }
  }

  @Test(arguments: Sample.allCases)
  func everyTableRowHasFourCells(_ sample: Sample) {
    let review = sample.review
    for line in markdown(review).split(separator: "\n") where line.hasPrefix("|") {
      var bars = 0
      var isEscaped = false
      for character in line {
        if character == "|", !isEscaped { bars += 1 }
        isEscaped = character == "\\" && !isEscaped
      }
      #expect(bars == 5, "\(line)")
    }
  }

  @Test func hostileTextDoesNothing() {
    let text = markdown(Samples.hostile)
    #expect(!text.contains("<script"))
    #expect(!text.contains("http://"))
    #expect(!text.replacing("\\](", with: "").contains("]("))
    #expect(!text.contains(" www.e"))
    #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    #expect(!text.unicodeScalars.contains("\u{202E}"))
    for line in text.split(separator: "\n") {
      #expect(!line.hasPrefix("- #") && !line.hasPrefix("\\-"), "\(line)")
    }
  }

  @Test func otherDocumentsAndUnreadableFilesAreShort() {
    let soc1 = markdown(Samples.soc1)
    #expect(soc1.contains("> **NOT A SOC 2 REPORT** – An auditor's report on controls"))
    #expect(soc1.contains("- Ask for: the vendor's most recent SOC 2 type 2 report"))
    #expect(!soc1.contains("### Facts"))
    let locked = markdown(Samples.encrypted)
    #expect(locked.contains("## NOT REVIEWED: encrypted – locked.pdf"))
    #expect(locked.contains("- Next step: Open the file with its password"))
  }

  @Test func aPacketHasEveryDocument() {
    let text = markdown(Samples.packet)
    #expect(text.hasPrefix("# 3 documents of Northwind\n"))
    #expect(text.split(separator: "\n").count { $0.hasPrefix("## ") } == 3)
  }
}
