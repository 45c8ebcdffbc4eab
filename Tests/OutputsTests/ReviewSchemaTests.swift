import Foundation
import SOC2Vocabulary
import TestSupport
import Testing

@testable import Outputs

struct ReviewSchemaTests {
  let validator: SchemaValidator

  init() throws { validator = try SchemaValidator(reviewSchema()) }

  @Test(arguments: Sample.allCases)
  func everyReviewIsValid(_ sample: Sample) throws {
    let review = sample.review
    #expect(try validator.errors(in: json(review)) == [])
    #expect(try validator.errors(in: json(review, style: .line)) == [])
  }

  @Test func everyPacketIsValid() throws {
    #expect(try validator.errors(in: json(Samples.packet)) == [])
    #expect(try validator.errors(in: json(Packet(vendor: nil, reviews: []))) == [])
  }

  @Test(arguments: DocumentStatus.allCases.filter { $0 != .ok && $0 != .partial })
  func everyStatusOfAnUnreadableFileIsValid(_ status: DocumentStatus) throws {
    var review = Samples.encrypted
    review.document.status = status
    #expect(try validator.errors(in: json(review)) == [])
  }

  @Test(arguments: DocumentKind.allCases)
  func everyKindIsValid(_ kind: DocumentKind) throws {
    var review = Samples.soc1
    review.document.kind = kind
    #expect(try validator.errors(in: json(review)) == [])
  }

  /// One change to a valid record, each of which the schema must refuse.
  @Test(arguments: [
    (#""schema": "soclens.review/1""#, #""schema": "soclens.review/2""#),
    (#""reviewDate": "2026-01-15","#, ""),
    (#""assessment": null"#, #""assessment": "accept""#),
    (#""kind": "soc2-report""#, #""kind": "soc-2""#),
    (#""kind": "soc2-report""#, #""kind": null"#),
    (#""status": "ok""#, #""status": "encrypted""#),
    (#""status": "ok""#, #""status": "fine""#),
    (#""severity": "high""#, #""severity": "severe""#),
    (#""value": "qualified""#, #""value": "clean""#),
    (#""value": "qualified""#, #""value": null"#),
    (#""value": "type2""#, #""value": ["type2"]"#),
    (#""section": "auditor-report""#, #""section": "letterhead""#),
    (#""page": 4,"#, #""page": 0,"#),
    (#""source": "text""#, #""source": "text", "x": 1"#),
    (#""confidence": "high","#, ""),
    (#""state": "conflicting""#, #""state": "unsure""#),
    (#""state": "not-searched""#, #""state": "not-searched", "value": null"#),
    (#""bridge": {"#, #""bridges": {"#),
    (#"[72, 96.5, 540.3, 110]"#, #"[72, 96.5, 540.3]"#),
    (#""to": "vendor""#, #""to": "ceo""#),
    (#""pages": null"#, #""pages": [3]"#),
    (#""signed": true"#, #""signed": "yes""#),
    (#""end": "2025-06-30","#, ""),
  ])
  func aWrongRecordIsRefused(_ change: (right: String, wrong: String)) throws {
    let right = String(decoding: json(Samples.report), as: UTF8.self)
    let place = try #require(right.range(of: change.right), "not in the record: \(change.right)")
    let wrong = right.replacingCharacters(in: place, with: change.wrong)
    #expect(try validator.errors(in: Array(wrong.utf8)) != [])
  }

  @Test func anUnreadableFileWithFactsIsRefused() throws {
    var review = Samples.encrypted
    review.facts[.opinion] = Fact(state: .found, value: .text("unqualified"))
    #expect(try validator.errors(in: json(review)) != [])
  }

  @Test func theSchemaNamesEveryTermOfTheVocabulary() throws {
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(reviewSchema())) as? [String: Any])
    let definitions = try #require(object["$defs"] as? [String: Any])
    func choices(_ name: String) throws -> Set<String> {
      let definition = try #require(definitions[name] as? [String: Any])
      return Set(try #require(definition["enum"] as? [String]))
    }
    #expect(try choices("zone") == Set(Zone.allCases.map(\.rawValue)))
    #expect(try choices("category") == Set(TrustServicesCategory.allCases.map(\.rawValue)))
    #expect(try choices("state") == Set(FactState.allCases.map(\.rawValue)))
    #expect(try choices("opinionKind") == Set(Opinion.allCases.map(\.rawValue)))
    let facts = try #require(definitions["facts"] as? [String: Any])
    let members = try #require(facts["properties"] as? [String: Any])
    #expect(Set(members.keys) == Set(FactName.allCases.map(\.rawValue)))
    let every = try #require(definitions["everyFact"] as? [String: Any])
    #expect(Set(try #require(every["required"] as? [String])) == Set(members.keys))
  }
}
