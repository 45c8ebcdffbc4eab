import Foundation
import Outputs
import PDFText
import Pipeline
import RuleEngine
import SOC2Vocabulary
import TestSupport
import Testing

/// Every letter of fixtures/letters against what a person wrote down before the code ran.
struct LetterFixtureTests {
  static let all = Repository.folders(in: "fixtures/letters").sorted()

  private func truth(_ name: String) throws -> [String: Any] {
    let bytes = try bytes(of: "fixtures/letters/\(name)/expected.json")
    return try #require(JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
  }

  private func reviewed(_ name: String) throws -> Review {
    let yardstick = try #require(ReportFixtureTests.yardstick)
    let bytes = try bytes(of: "fixtures/letters/\(name)/letter.pdf")
    let request = ReviewRequest(
      file: "letter.pdf", reviewDate: try #require(ReportFixtureTests.day))
    return try #require(review(bytes, request, with: yardstick).first)
  }

  @Test func thereAreLetters() { #expect(Self.all.count >= 14) }

  @Test(arguments: all)
  func everyPartIsAsWrittenDown(_ name: String) throws {
    let truth = try truth(name)
    let review = try reviewed(name)
    #expect(review.document.kind?.rawValue == truth["kind"] as? String)
    guard let wanted = truth["bridge"] as? [String: Any] else {
      #expect(review[.bridge] == nil)
      return
    }
    let fact = try #require(review[.bridge])
    #expect(fact.state.rawValue == truth["state"] as? String)
    for (key, value) in wanted {
      let got = key == "parts" ? parts(fact.value["parts"]) : written(fact.value[key])
      #expect(got == written(value), "\(key)")
    }
    #expect(wanted["defects"] != nil)
  }

  @Test(arguments: all)
  func recordsFitTheSchemaAndEveryQuoteIsOnItsPage(_ name: String) throws {
    let review = try reviewed(name)
    #expect(review.document.status == .ok)
    let problems = try SchemaValidator(reviewSchema()).errors(in: json(review))
    #expect(problems.isEmpty, "\(problems.prefix(3))")
  }

  // MARK: - Comparing

  private func parts(_ value: Value?) -> String {
    (1...10).filter { value?["B\($0)"]?.bool == true }.map { "B\($0)" }.joined(separator: " ")
  }

  private func written(_ value: Value?) -> String {
    switch value {
    case nil, .null?: "null"
    case .bool(let bool)?: "\(bool)"
    case .number(let number)?: "\(number)"
    case .text(let text)?: text
    case .list(let list)?:
      list.map { item -> String in
        let text: Value? = item["text"] ?? item
        return written(text)
      }.joined(separator: " + ")
    case .object(let object)?:
      object.keys.sorted().map { "\($0)=\(written(object[$0]))" }.joined(separator: " ")
    case .evidence?: "evidence"
    }
  }

  private func written(_ any: Any) -> String {
    switch any {
    case let text as String: text
    case let bool as Bool: "\(bool)"
    case let list as [Any]: list.map { written($0) }.joined(separator: " + ")
    case let object as [String: Any]:
      object.keys.sorted().map { "\($0)=\(written(object[$0] ?? NSNull()))" }
        .joined(separator: " ")
    default: "null"
    }
  }
}
