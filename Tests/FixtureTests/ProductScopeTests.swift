import Pipeline
import SOC2Vocabulary
import TestSupport
import Testing

/// What the caller tells of products and incidents, against reports whose scope a person read.
struct ProductScopeTests {
  private func findings(
    _ name: String, products: [String] = [], incidents: [Day] = []
  ) throws -> [Finding] {
    let yardstick = try #require(ReportFixtureTests.yardstick)
    let bytes = try bytes(of: "fixtures/reports/\(name)/report.pdf")
    let request = ReviewRequest(
      file: "report.pdf", reviewDate: try #require(ReportFixtureTests.day),
      context: ReviewContext(products: products, incidents: incidents))
    return try #require(review(bytes, request, with: yardstick).first).findings
  }

  private func codes(_ name: String, _ product: String) throws -> [String] {
    try findings(name, products: [product]).filter { $0.code.hasPrefix("product") }.map {
      "\($0.code) \($0.severity.rawValue)"
    }
  }

  @Test(
    "the system by its name, in other case, with mark, general word or company's name",
    arguments: [
      "Pellworth Claims Hub", "CLAIMS HUB", "Claims Hub®", "Pellworth Claims Hub Platform",
    ])
  func isInScope(_ product: String) throws {
    #expect(try codes("type2-qualified-operation", product) == [])
  }

  @Test(
    "a product that stands in a sentence of exclusion alone",
    arguments: [
      ("type2-qualified-operation", "Fraud Lens"), ("type2-unqualified", "Northfell Yard"),
      ("type2-three-categories-landscape", "Oakmoor Door"),
    ])
  func isExcluded(_ name: String, _ product: String) throws {
    let made = try findings(name, products: [product]).filter { $0.code == "productExcluded" }
    #expect(made.map(\.severity) == [.high])
    #expect(made.first?.evidence.first?.quote.contains(product) == true)
  }

  @Test(
    "a name that stands nowhere, and one of which only a part does",
    arguments: [
      "Pellworth Pay", "Claims Hub Archive", "Hubble",
    ])
  func isNotMentioned(_ product: String) throws {
    #expect(try codes("type2-qualified-operation", product) == ["productNotInScope medium"])
  }

  @Test("where the description is missing, nothing is said of a name that was not met")
  func isUnknown() throws {
    #expect(try codes("opinion-letter-only", "Pellworth Pay") == [])
  }

  @Test("incidents inside the period: told by month, not told; outside it nothing is asked")
  func incidents() throws {
    func made(_ year: Int, _ month: Int, _ day: Int) throws -> [Severity] {
      try findings(
        "type2-qualified-operation", incidents: [try #require(Day(year, month, day))]
      ).filter { $0.code == "undisclosedIncident" }.map(\.severity)
    }
    // The report tells of one on 6 May 2025; its period is 1 November 2024 to 31 October 2025.
    #expect(try made(2025, 5, 7) == [])
    #expect(try made(2025, 8, 1) == [.medium])
    #expect(try made(2025, 10, 31) == [.medium])
    #expect(try made(2025, 11, 1) == [])
    let silent = try findings(
      "tests-tex-booktabs", incidents: [try #require(Day(2025, 8, 1))]
    ).filter { $0.code == "undisclosedIncident" }
    #expect(silent.map(\.severity) == [.high])
  }
}
