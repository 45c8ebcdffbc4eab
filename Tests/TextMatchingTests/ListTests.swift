import SOC2Vocabulary
import Testing

@testable import TextMatching

/// S, A, PI, C, P of the categories that the list at the first word names.
private func categories(_ text: String) -> String? {
  let letters: [(TrustServicesCategory, String)] = [
    (.security, "S"), (.availability, "A"), (.processingIntegrity, "PI"), (.confidentiality, "C"),
    (.privacy, "P"),
  ]
  guard let found = print(text).categories(at: 0)?.found else { return nil }
  return letters.filter { found.contains($0.0) }.map(\.1).joined(separator: " ")
}

/// Domain 5.2.
@Suite("A list of categories")
struct CategoryTests {
  @Test(
    "is read in all ways of writing",
    arguments: [
      ("security", "S"),
      ("Security, Availability, and Confidentiality", "S A C"),
      ("Security, Confidentiality, and Availability", "S A C"),
      ("security and availability", "S A"),
      ("Security (Common Criteria), Availability & Confidentiality", "S A C"),
      ("Security (Common Criteria)", "S"),
      ("the security, availability and processing integrity categories", "S A PI"),
      ("the security, availability and processing integrity principles", "S A PI"),
      ("the Security Category", "S"),
      ("the Security Category, the Availability Category and the Privacy Category", "S A P"),
      ("Security Trust Services Category and Availability Trust Services Category", "S A"),
      ("security principle, confidentiality principle", "S C"),
      ("Security, Availability, Processing Integrity, Confidentiality, and Privacy", "S A PI C P"),
      ("Security, Availability, Processing Integrity, Confidentiality, or Privacy", "S A PI C P"),
      ("security; availability; and privacy", "S A P"),
      ("Security / Availability / Confidentiality", "S A C"),
      ("security as well as availability", "S A"),
      ("SECURITY, AVAILABILITY AND PRIVACY", "S A P"),
      ("“Security,” “Availability,” and “Privacy”", "S A P"),
      ("security, availabil-\nity, and process-\ning integrity", "S A PI"),
      ("security,\n\nconfidentiality, and\n\nPrivacy", "S C P"),
      ("Security • Availability • Privacy", "S A P"),
      ("processing integrity", "PI"),
      ("security category availability monitoring", "S"),
      ("security policies and privacy notices", "S"),
      ("security. Availability", "S"),
    ])
  func lists(_ text: String, _ expected: String) {
    #expect(categories(text) == expected)
  }

  @Test(
    "is not seen in other words",
    arguments: ["processing", "processing of integrity", "secure", "the system", "Common Criteria"])
  func none(_ text: String) {
    #expect(categories(text) == nil)
  }
}

/// Domain 12.2.
@Suite("A list of criteria")
struct CriterionListTests {
  @Test(
    "is read in all ways of writing",
    arguments: [
      ("CC6.1", "CC6.1"),
      ("CC 6.1", "CC6.1"),
      ("CC6 .1", "CC6.1"),
      ("CC-6.1", "CC6.1"),
      ("CC06.1", "CC6.1"),
      ("CC6.01", "CC6.1"),
      ("cc6.1", "CC6.1"),
      ("A 1.2", "A1.2"),
      ("A1.2", "A1.2"),
      ("PI1.5", "PI1.5"),
      ("P6.7", "P6.7"),
      ("C1.1 and C1.2", "C1.1 C1.2"),
      ("CC6.1, CC6.2 and CC7.3", "CC6.1 CC6.2 CC7.3"),
      ("CC6.1; CC6.2; CC7.3", "CC6.1 CC6.2 CC7.3"),
      ("CC6.1 / A1.2", "CC6.1 A1.2"),
      ("CC6.1 CC6.2 CC6.3", "CC6.1 CC6.2 CC6.3"),
      ("CC6.1 to CC6.3", "CC6.1 CC6.2 CC6.3"),
      ("CC6.1 through CC6.3", "CC6.1 CC6.2 CC6.3"),
      ("CC6.1-CC6.3", "CC6.1 CC6.2 CC6.3"),
      ("CC6.1–CC6.3", "CC6.1 CC6.2 CC6.3"),
      ("CC6.1 - CC6.3", "CC6.1 CC6.2 CC6.3"),
      ("CC6.1 – CC6.3 and CC8.1", "CC6.1 CC6.2 CC6.3 CC8.1"),
      ("CC6.1-CC6.8", "CC6.1 CC6.2 CC6.3 CC6.4 CC6.5 CC6.6 CC6.7 CC6.8"),
      ("CC6.7 to CC7.2", "CC6.7 CC6.8 CC7.1 CC7.2"),
      ("CC6.1, .2, .3", "CC6.1 CC6.2 CC6.3"),
      ("CC6.1, .2 and .3", "CC6.1 CC6.2 CC6.3"),
      ("CC6.1, 6.2, 6.3", "CC6.1 CC6.2 CC6.3"),
      ("CC6.1-6.3", "CC6.1 CC6.2 CC6.3"),
      ("CC6.1, CC6.1", "CC6.1"),
      ("CC6.1 and criterion CC6.2", "CC6.1 CC6.2"),
      ("CC6.1, 3.2% of users", "CC6.1"),
      ("CC6.1 and 6.9", "CC6.1"),
      ("CC6.1. CC6.2 is next", "CC6.1"),
      ("CC6.1, CC8.8", "CC6.1"),
    ])
  func lists(_ text: String, _ expected: String) {
    #expect(print(text).criteria(at: 0)?.found.joined(separator: " ") == expected)
  }

  @Test(
    "has only criteria of the standard",
    arguments: [
      "C1.10", "CC8.8", "CC6.x", "CC6", "CC6.1.1", "P11.1", "P9.1", "A1.4", "AC1.1", "CC66.1",
      "A.1.2",
      "a 1.2 million", "p. 4.1", "page 4.1", "CC6 1 of 25", "CC6 . x", "6.1", "C 1",
      "C1. 1 exception",
      "1.2", "CC", "", "the CC6.1",
    ])
  func none(_ text: String) {
    let running = print(text)
    #expect(running.tokens.isEmpty || running.criteria(at: 0) == nil)
  }
}
