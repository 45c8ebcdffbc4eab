import Outputs
import PageText
import Pipeline
import SOC2Vocabulary
import Scoring
import TestSupport
import Testing

/// What is stored of a file says as much as the file.
struct StoredTests {
  static func request(_ name: String) throws -> ReviewRequest {
    ReviewRequest(file: name, reviewDate: try #require(Day(iso: "2026-01-15")))
  }

  /// Judged again from what was stored, each report gives the same record, byte for byte.
  @Test(
    arguments: Expected.all.map { "fixtures/reports/\($0)/report.pdf" } + [
      "fixtures/word/gap-letter/letter.docx", "fixtures/text/encrypted-password/page.pdf",
      "fixtures/hostile/empty.pdf", "fixtures/text/hidden-white/page.pdf",
    ])
  func judgedAgainItIsTheSame(_ path: String) throws {
    let yardstick = try #require(ReportFixtureTests.yardstick)
    let request = try Self.request("report.pdf")
    let read = readFile(try bytes(of: path), request, with: yardstick)
    let stored = try #require(read.stored(yardstick, request))
    let again = try #require(
      SubmittedFile(
        stored: stored, sha256: read.identity.sha256, request, with: yardstick))
    func record(_ file: SubmittedFile) -> [UInt8] {
      json(packet([file], on: request.reviewDate, request.context, with: yardstick))
    }
    let first = record(read)
    #expect(record(again) == first)
    #expect(again.stored(yardstick, request) == stored)
  }

  /// Whatever was done to the bytes, they are refused: a flipped bit could turn an opinion.
  @Test func whatIsNotWholeIsNotUsed() throws {
    let yardstick = try #require(ReportFixtureTests.yardstick)
    let request = try Self.request("report.pdf")
    let read = readFile(
      try bytes(of: "fixtures/reports/bridge-letter/report.pdf"), request, with: yardstick)
    let stored = try #require(read.stored(yardstick, request))
    let name = read.identity.sha256
    func opens(_ bytes: [UInt8], _ request: ReviewRequest, as name: String) -> Bool {
      SubmittedFile(stored: bytes, sha256: name, request, with: yardstick) != nil
    }
    #expect(opens(stored, request, as: name))
    for length in [0, 1, 31, 32, 33, stored.count / 2, stored.count - 1] {
      #expect(!opens(Array(stored[..<length]), request, as: name), "\(length)")
    }
    for place in stride(from: 0, to: stored.count, by: 97) {
      var flipped = stored
      flipped[place] ^= 1
      #expect(!opens(flipped, request, as: name), "\(place)")
    }
    #expect(!opens(stored, request, as: String(repeating: "0", count: 64)), "another file")
    var narrow = request
    narrow.limits.pages = 1
    #expect(!opens(stored, narrow, as: name), "read under other limits")
  }

  /// A lack of time says nothing of the file; the next run tries it again.
  @Test func whatMayNotHappenAgainIsNotStored() throws {
    let yardstick = try #require(ReportFixtureTests.yardstick)
    let request = try Self.request("report.pdf")
    var hasher = FileHasher()
    [1, 2, 3].withUnsafeBytes { hasher.take($0) }
    let file = hasher.identity()
    func isStored(_ status: DocumentStatus) -> Bool {
      SubmittedFile(unreadable: .noAnswer(status, "Why."), file, request, with: yardstick)
        .stored(yardstick, request) != nil
    }
    #expect(!isStored(.timeout) && !isStored(.memory) && !isStored(.crash) && !isStored(.internal))
    #expect(isStored(.encrypted) && isStored(.notPDF))
  }
}
