import Foundation
import TestSupport

/// What a person wrote down about a fixture before the code ran; see fixtures/reports/README.md.
struct Expected: @unchecked Sendable {
  let name: String
  private let root: [String: Any]

  init(_ name: String) throws {
    self.name = name
    let bytes = try bytes(of: "fixtures/reports/\(name)/expected.json")
    root = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any] ?? [:]
  }

  static let all: [String] = Repository.folders(in: "fixtures/reports").filter {
    FileManager.default.fileExists(
      atPath: repository.appending(path: "fixtures/reports/\($0)/expected.json").path)
  }

  var kind: String { root["kind"] as? String ?? "" }
  var pages: Int? { root["pages"] as? Int }
  var facts: [String: Any] { root["facts"] as? [String: Any] ?? [:] }
  var documents: Int { (root["documents"] as? [Any])?.count ?? 1 }
  var findingCodes: [String] { codes("findingCodes") }
  var neverCodes: [String] { codes("neverCodes") }

  func factPages(_ fact: String) -> [Int]? {
    (root["factPages"] as? [String: Any])?[fact] as? [Int]
  }

  /// Name and method of each subservice organization, where they are written down.
  var subservice: [String]? {
    (root["subservice"] as? [[String: Any]])?.map {
      "\($0["name"] as? String ?? "") \($0["method"] as? String ?? "")"
    }
  }

  /// How many of something there are; `none` is a way to write nought.
  func count(_ key: String) -> Int? {
    let value = (root["counts"] as? [String: Any])?[key] ?? root[key]
    return value as? Int ?? (value as? [Any])?.count ?? (value as? String == "none" ? 0 : nil)
  }

  private func codes(_ key: String) -> [String] {
    (root[key] as? [Any] ?? []).compactMap { entry in
      entry as? String ?? (entry as? [String: Any])?["code"] as? String
    }
  }

  /// States that are right for a fact that is rightly not found; nil when a value is expected.
  func states(_ fact: String) -> [String]? {
    guard let object = facts[fact] as? [String: Any], let state = object["state"] as? String else {
      return nil
    }
    return [state] + (object["or"] as? [String] ?? [])
  }

  /// Facts and codes that are not yet as they should be. The tests pass over them, and fail when one has
  /// become right and is still listed.
  var open: Set<String> { Set(root["open"] as? [String] ?? []) }

  // MARK: - Tests of controls

  /// Results by class; nil where nobody counted them.
  var tests: [String: Int]? { root["tests"] as? [String: Int] }
  var exceptionsState: String? { root["exceptionsState"] as? String }

  var exceptions: [ExpectedException] {
    (root["exceptions"] as? [[String: Any]] ?? []).map { entry in
      ExpectedException(
        controlID: entry["controlId"] as? String, criteria: entry["criteria"] as? [String] ?? [],
        page: entry["page"] as? Int ?? 0, textStarts: start(entry["textStarts"]),
        deviations: entry["deviations"] as? Int, sampleSize: entry["sampleSize"] as? Int,
        population: entry["population"] as? Int,
        response: (entry["response"] as? String).map(start),
        unaudited: entry["unaudited"] as? Bool ?? false)
    }
  }

  var controlSamples: [ExpectedControl] {
    (root["controlSamples"] as? [[String: Any]] ?? []).map { entry in
      ExpectedControl(
        id: entry["id"] as? String, criteria: entry["criteria"] as? [String] ?? [],
        textStarts: start(entry["textStarts"]), outcomes: entry["outcomes"] as? [String] ?? [])
    }
  }

  /// First words, without the marks that say that more follow.
  private func start(_ value: Any?) -> String {
    var text = (value as? String ?? "")[...]
    while let last = text.last, last == "…" || last == "." || last == " " { text.removeLast() }
    return String(text)
  }
}
