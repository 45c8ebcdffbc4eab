import PageText
import RuleEngine
import TestSupport
import Testing

/// What the numbers at the foot of pages say of pages that are not there.
struct MissingPagesTests {
  private func missing(_ feet: [String]) throws -> ClosedRange<Int>? {
    let rules = try #require(ReportFixtureTests.rules)
    let towns = ["Arden", "Brome", "Corley", "Dunmow", "Elstow", "Fenton"]
    let pages = feet.enumerated().map { n, foot in
      page(n + 1) {
        $0.lines(72, 200, ["The office in \(towns[n]) keeps letters of museums."])
        $0.line(500, 770, foot)
      }
    }
    return missingPages(of: readDocument(pages, with: rules).report)
  }

  @Test func aLeapWithinIsTold() throws {
    let numbers = [7, 8, 9, 12, 13, 14]
    #expect(try missing(numbers.map { "\($0)" }) == 10...11)
    #expect(try missing(numbers.map { "Lanternfold Archive - \($0) -" }) == 10...11)
  }

  @Test func whatIsCutOffIsTold() throws {
    #expect(try missing((1...6).map { "Page \($0) of 9" }) == 7...9)
  }

  /// Parts may count anew, or from a number of their own.
  @Test(arguments: [[1, 2, 3, 4, 5, 6], [1, 2, 3, 1, 2, 3], [7, 8, 9, 109, 110, 111]])
  func nothingIsMissing(_ numbers: [Int]) throws {
    #expect(try missing(numbers.map { "\($0)" }) == nil)
  }
}
