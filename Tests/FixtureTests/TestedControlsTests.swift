import Foundation
import SOC2Vocabulary
import TestSupport
import Testing

/// Tests of controls in every layout of `fixtures/reports/tests-*`, against what a person counted in the
/// source before the code ran.
struct TestedControlsTests {
  static let names = Expected.all.filter { name in
    (try? Expected(name).tests) != nil
  }

  @Test func thereAreTenLayouts() { #expect(Self.names.count >= 10) }

  @Test(arguments: names)
  func resultsAreCountedAsPrinted(_ name: String) throws {
    let expected = try Expected(name)
    let fact = try #require(try review(name)[.testCounts])
    let value = fact.found ?? fact.readings.first?.value ?? .null
    for (key, count) in expected.tests ?? [:] {
      #expect(value[key]?.number == count, "\(key): \(value[key]?.number ?? -1), not \(count)")
    }
  }

  @Test(arguments: names)
  func eachExceptionIsFoundOnce(_ name: String) throws {
    let expected = try Expected(name)
    let fact = try #require(try review(name)[.exceptions])
    #expect(fact.state.rawValue == expected.exceptionsState)
    var found = fact.found?.list ?? fact.readings.first?.value.list ?? []
    for wanted in expected.exceptions {
      let place = found.firstIndex { entry in
        entry["controlId"]?.text == wanted.controlID
          && (entry["printedAt"]?.list ?? []).contains(.number(wanted.page))
      }
      guard let place else {
        Issue.record("missed: \(wanted.controlID ?? "no number") p\(wanted.page)")
        continue
      }
      check(found.remove(at: place), wanted)
    }
    #expect(
      found.isEmpty,
      "too many: \(found.map { "\($0["controlId"]?.text ?? "-") \($0["text"]?.text ?? "")" })")
  }

  private func check(_ entry: Value, _ wanted: ExpectedException) {
    let name = wanted.controlID ?? "p\(wanted.page)"
    #expect(entry["criteria"]?.list?.compactMap(\.text) == wanted.criteria, "\(name)")
    #expect(entry["deviations"]?.number == wanted.deviations, "\(name) deviations")
    #expect(entry["sampleSize"]?.number == wanted.sampleSize, "\(name) sample")
    #expect(entry["population"]?.number == wanted.population, "\(name) population")
    #expect(entry["text"]?.text?.hasPrefix(wanted.textStarts) == true, "\(name) text")
    let response = entry["managementResponse"]
    if let start = wanted.response {
      #expect(response?["text"]?.text?.hasPrefix(start) == true, "\(name) response")
    } else {
      #expect(response == .null, "\(name) has no response")
    }
  }

  @Test(arguments: names)
  func awkwardControlsAreRead(_ name: String) throws {
    let expected = try Expected(name)
    let fact = try #require(try review(name)[.controls])
    let controls = fact.found?.list ?? fact.readings.first?.value.list ?? []
    for sample in expected.controlSamples {
      let control = controls.first { control in
        control["id"]?.text == sample.id
          && control["text"]?.text?.hasPrefix(sample.textStarts) == true
      }
      let read = try #require(control, "\(sample.id ?? "-") \(sample.textStarts)")
      #expect(
        read["criteria"]?.list?.compactMap(\.text).sorted() == sample.criteria.sorted(),
        "\(sample.id ?? sample.textStarts)")
      // A control printed twice lists each of its tests once.
      let outcomes = Set((read["tests"]?.list ?? []).compactMap { $0["outcome"]?.text })
      #expect(outcomes == Set(sample.outcomes), "\(sample.id ?? sample.textStarts)")
    }
  }

  private func review(_ name: String) throws -> Review {
    try #require(try ReportFixtureTests.reviews(name).first)
  }
}

/// One exception as a person wrote it down.
struct ExpectedException {
  var controlID: String?
  var criteria: [String]
  var page: Int
  var textStarts: String
  var deviations: Int?
  var sampleSize: Int?
  var population: Int?
  var response: String?
  var unaudited: Bool
}

/// One control from an awkward place.
struct ExpectedControl {
  var id: String?
  var criteria: [String]
  var textStarts: String
  var outcomes: [String]
}
