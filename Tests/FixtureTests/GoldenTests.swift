import Outputs
import PDFText
import PageText
import Pipeline
import RuleEngine
import SOC2Vocabulary
import TestSupport
import Testing

/// Each stage's text for every fixture, so that a difference names the stage that changed.
struct GoldenTests {
  @Test func recordingIsOff() { #expect(!Golden.isRecording) }

  @Test(arguments: Expected.all)
  func stages(_ name: String) throws {
    let folder = "fixtures/reports/\(name)"
    let bytes = try bytes(of: "\(folder)/report.pdf")
    let rules = try #require(ReportFixtureTests.rules)
    let reading = try readPages(of: bytes, password: nil)
    let documents = readDocuments(reading.pages, with: rules)
    let reviews = try ReportFixtureTests.reviews(name)
    let review = try #require(reviews.first)
    let texts: [(String, String)] = [
      ("pages.txt", reading.pages.map(dumped).joined()),
      ("structure.txt", documents.map { dumped($0.report) }.joined(separator: "\n")),
      ("facts.txt", documents.map { dumped($0.facts) }.joined(separator: "\n")),
      (
        "findings.txt",
        review.findings.map { finding in
          "\(finding.severity.rawValue) \(finding.rule) \(finding.code) p\(finding.evidence.map { String($0.page) }.joined(separator: ",")) \(finding.message)\n"
        }.joined()
          + review.questions.map { "ask \($0.to.rawValue) \($0.id): \($0.text)\n" }.joined()
      ),
      ("review.md", markdown(review)),
      ("review.txt", terminalPage(review, width: 100)),
    ]
    for (file, text) in texts {
      let difference = Golden.difference(withoutTool(text), from: "\(folder)/\(file)")
      #expect(difference == nil, "\(difference ?? "")")
    }
  }

  /// Lines that name the program's version and the rules' hash change with every rule.
  private func withoutTool(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.contains("soclens \(ToolRecord.version)") && !$0.contains("sha256") }
      .joined(separator: "\n")
  }
}
