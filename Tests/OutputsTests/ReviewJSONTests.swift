import Foundation
import SOC2Vocabulary
import Testing

@testable import Outputs

struct ReviewJSONTests {
  private func object(_ bytes: [UInt8]) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
  }

  @Test(arguments: Sample.allCases)
  func theSameReviewGivesTheSameBytes(_ sample: Sample) {
    let review = sample.review
    var copy = review
    // Another dictionary with another order of insertion.
    copy.facts = [:]
    for name in review.facts.keys.sorted().reversed() { copy.facts[name] = review.facts[name] }
    #expect(json(review) == json(copy))
    #expect(json(review) == json(review))
  }

  /// Every key of a pretty record stands on a line of its own, so the lines show the order.
  @Test(arguments: Sample.allCases)
  func keysAreSortedEverywhere(_ sample: Sample) {
    let review = sample.review
    var last: [Int: String] = [:]
    for line in String(decoding: json(review), as: UTF8.self).split(separator: "\n") {
      let depth = line.prefix { $0 == " " }.count / 2
      // A line further out ends the objects that were open further in.
      last = last.filter { $0.key <= depth }
      let rest = line.dropFirst(2 * depth)
      guard rest.hasPrefix("\""), let end = rest.range(of: "\": ") else {
        if rest.hasPrefix("{") || rest.hasPrefix("}") { last[depth + 1] = nil }
        continue
      }
      let key = String(rest[rest.index(after: rest.startIndex)..<end.lowerBound])
      if let before = last[depth] { #expect(inByteOrder(before, key), "\(before) \(key)") }
      last[depth] = key
    }
  }

  @Test func oneLineFormHasNoLineBreakAndTheSameValues() throws {
    let line = json(Samples.hostile, style: .line)
    #expect(!line.contains(0x0A))
    #expect(try object(line) as NSDictionary == object(json(Samples.hostile)) as NSDictionary)
  }

  @Test func aRecordIsInertOnATerminal() {
    let text = String(decoding: json(Samples.hostile), as: UTF8.self)
    for scalar in text.unicodeScalars where scalar != "\n" {
      #expect(scalar.properties.generalCategory != .control)
    }
    #expect(!text.unicodeScalars.contains("\u{202E}"))
  }

  @Test func aReportNamesEveryFact() throws {
    let facts = try #require(try object(json(Samples.report))["facts"] as? [String: Any])
    #expect(Set(facts.keys) == Set(FactName.allCases.map(\.rawValue)))
    #expect(facts["exceptions"] as? [String: String] == ["state": "not-searched"])
  }

  @Test func otherDocumentsHaveOnlyTheirFacts() throws {
    #expect(try object(json(Samples.soc1))["facts"] as? [String: String] == [:])
    let letter = try #require(try object(json(Samples.bridge))["facts"] as? [String: Any])
    #expect(Array(letter.keys) == ["bridge"])
  }

  @Test func anUnreadableFileSaysWhy() throws {
    let record = try object(json(Samples.encrypted))
    let document = try #require(record["document"] as? [String: Any])
    #expect(record["facts"] as? [String: String] == [:])
    #expect(document["status"] as? String == "encrypted")
    #expect(document["reason"] as? String == "The file asks for a password.")
    #expect(document["kind"] is NSNull)
    #expect(document["metadata"] is NSNull)
  }

  @Test func keysThatNeedNotBeThereAreNotThere() throws {
    let report = try #require(try object(json(Samples.report))["document"] as? [String: Any])
    #expect(report["partOf"] == nil)
    let letter = try #require(try object(json(Samples.bridge))["document"] as? [String: Any])
    #expect(letter["partOf"] as? [String: [Int]] == ["pages": [1, 1]])
    let diagnostics = try #require(
      try object(json(Samples.report))["diagnostics"] as? [[String: Any]])
    #expect(diagnostics.map { $0["page"] as? Int } == [40, nil])
  }

  /// The whole form of one record, written by hand from contract.md.
  @Test func theSmallestRecordReadsAsTheContractSays() {
    #expect(
      String(decoding: json(Samples.encrypted), as: UTF8.self) == """
        {
          "answered": [],
          "assessment": null,
          "context": {
            "incidents": [],
            "products": [],
            "requiredCategories": [],
            "tier": null,
            "vendor": "Northwind"
          },
          "diagnostics": [
            {
              "code": "encrypted",
              "message": "the file asks for a password"
            }
          ],
          "document": {
            "bytes": 1204332,
            "file": "locked.pdf",
            "kind": null,
            "kindReasons": [],
            "metadata": null,
            "pages": 0,
            "pagesRead": {
              "ocr": 0,
              "text": 0,
              "unread": []
            },
            "reason": "The file asks for a password.",
            "sha256": "\(String(repeating: "5f2a", count: 16))",
            "status": "encrypted"
          },
          "facts": {},
          "findings": [],
          "questions": [],
          "reviewDate": "2026-01-15",
          "schema": "soclens.review/1",
          "searched": [],
          "tool": {
            "policy": {
              "name": "default",
              "sha256": "\(String(repeating: "cd", count: 32))"
            },
            "rules": {
              "pack": "soc2",
              "sha256": "\(String(repeating: "ab", count: 32))",
              "version": "1.0.0"
            },
            "version": "\(ToolRecord.version)"
          }
        }

        """)
  }

  @Test func aFactReadsAsTheContractSays() {
    var writer = JSONWriter(.line)
    writer.fact(Samples.found(.text("type2"), Samples.evidence(4, "Type 2", label: "ii")))
    #expect(
      String(decoding: writer.bytes, as: UTF8.self)
        == #"{"confidence":"high","evidence":[{"boxes":[[72,96.5,540.3,110]],"page":4,"#
        + #""pageLabel":"ii","quote":"Type 2","section":"auditor-report","source":"text"}],"#
        + #""readings":[],"state":"found","value":"type2"}"#)
  }

  @Test func aPacketReadsAsTheContractSays() {
    #expect(
      String(decoding: json(Packet(vendor: nil, reviews: []), style: .line), as: UTF8.self)
        == #"{"answered":[],"assessment":null,"coverage":[],"diagnostics":[],"findings":[],"questions":[],"reviews":[],"#
        + #""schema":"soclens.packet/1","vendor":null}"#)
  }
}
