import Foundation
import Outputs
import Pipeline
import SOC2Vocabulary
import TestSupport
import Testing

/// Broken and lying files: each gives one record with its status, and never a fact too many.
struct HostileTests {
  struct Entry: Sendable {
    var file: String
    var statuses: [String]
  }

  static let entries: [Entry] = {
    guard let bytes = try? bytes(of: "fixtures/hostile/expected.json"),
      let root = try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
    else { return [] }
    let files = root["files"] as? [String: Any] ?? root
    return files.compactMap { name, value in
      guard let object = value as? [String: Any] else { return nil }
      let statuses =
        object["status"] as? [String] ?? (object["status"] as? String).map { [$0] } ?? []
      // These may need the limits of a confined process; ConfinementTests reviews all of them in one.
      if statuses.contains("timeout") { return nil }
      return Entry(file: name, statuses: statuses)
    }.sorted { $0.file < $1.file }
  }()

  @Test func thereAreSome() { #expect(Self.entries.count > 20) }

  @Test(arguments: entries)
  func givesOneRecordWithItsStatus(_ entry: Entry) throws {
    let yardstick = try #require(ReportFixtureTests.yardstick)
    let name = entry.file.hasSuffix(".pdf") ? entry.file : entry.file + ".pdf"
    let bytes = try bytes(of: "fixtures/hostile/\(name)")
    let reviews = review(
      bytes, ReviewRequest(file: name, reviewDate: try #require(Day(2026, 1, 15))), with: yardstick)
    #expect(reviews.count == 1)
    let made = try #require(reviews.first)
    #expect(
      entry.statuses.contains(made.document.status.rawValue),
      "\(made.document.status.rawValue): \(made.document.reason ?? "")")
    if made.document.status != .ok { #expect(made.document.reason?.isEmpty == false) }
    if made.document.status != .ok && made.document.status != .partial {
      #expect(made.facts.isEmpty && made.findings.isEmpty)
    }
    let problems = try SchemaValidator(reviewSchema()).errors(in: json(made))
    #expect(problems.isEmpty, "\(problems.prefix(3))")
    #expect(made.facts[.opinion]?.state != .found)
  }
}
