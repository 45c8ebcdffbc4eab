import SOC2Vocabulary
import Testing

/// TSP section 100 (2017): 33 + 3 + 2 + 5 + 18 = 61 criteria.
@Suite("The trust services criteria")
struct CriteriaTests {
  @Test(
    "number so many in each category",
    arguments: [
      (TrustServicesCategory.security, 33),
      (.availability, 3),
      (.confidentiality, 2),
      (.processingIntegrity, 5),
      (.privacy, 18),
    ])
  func counts(_ category: TrustServicesCategory, _ count: Int) {
    #expect(Criteria.all.count { Criteria.category(of: $0) == category } == count)
    #expect(Criteria.all.count == 61)
    #expect(Set(Criteria.all).count == 61)
  }

  @Test(
    "are a closed list",
    arguments: [
      ("CC1.5", true), ("CC1.6", false), ("CC2.3", true), ("CC2.4", false),
      ("CC3.4", true), ("CC3.5", false), ("CC4.2", true), ("CC4.3", false),
      ("CC5.3", true), ("CC5.4", false), ("CC6.8", true), ("CC6.9", false),
      ("CC7.5", true), ("CC7.6", false), ("CC8.1", true), ("CC8.2", false),
      ("CC9.2", true), ("CC9.3", false), ("A1.3", true), ("A1.4", false),
      ("C1.2", true), ("C1.3", false), ("C1.10", false), ("PI1.5", true),
      ("PI1.6", false), ("P1.1", true), ("P1.2", false), ("P4.3", true),
      ("P6.7", true), ("P6.8", false), ("P8.1", true), ("P9.1", false),
      ("CC8.8", false), ("P11.1", false), ("cc6.1", false), ("", false),
    ])
  func known(_ id: String, _ expected: Bool) {
    #expect(Criteria.isKnown(id) == expected)
    #expect((Criteria.category(of: id) != nil) == expected)
  }

  @Test(
    "stand between others of the same category",
    arguments: [
      ("CC6.1", "CC6.3", ["CC6.2"]),
      ("CC6.1", "CC6.2", []),
      ("CC6.3", "CC6.1", []),
      ("CC6.1", "CC6.1", []),
      ("CC6.7", "CC7.2", ["CC6.8", "CC7.1"]),
      ("A1.1", "A1.3", ["A1.2"]),
      ("CC9.2", "A1.3", []),
      ("C1.1", "CC1.3", []),
      ("P1.1", "P3.1", ["P2.1"]),
      ("CC6.0", "CC6.3", []),
    ])
  func between(_ first: String, _ last: String, _ expected: [String]) {
    #expect(Criteria.between(first, last) == expected)
  }
}
