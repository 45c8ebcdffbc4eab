import Foundation
import Outputs
import PDFText
import PageText
import Pipeline
import RuleEngine
import RulePacks
import SOC2Vocabulary
import TestSupport
import Testing

/// Every report of fixtures/reports against what a person wrote down before the code ran.
struct ReportFixtureTests {
  static let day = Day(2026, 1, 15)
  static let rules = (try? Repository.rulePack()).map(CompiledRules.init)

  static let yardstick = rules.flatMap { rules in
    (try? Repository.policy()).map { Yardstick(rules: rules, policy: $0) }
  }

  static func reviews(_ name: String) throws -> [Review] {
    let yardstick = try #require(Self.yardstick)
    let bytes = try bytes(of: "fixtures/reports/\(name)/report.pdf")
    return review(
      bytes, ReviewRequest(file: "report.pdf", reviewDate: try #require(day)), with: yardstick)
  }

  @Test(arguments: Expected.all)
  func factsAreAsWrittenDown(_ name: String) throws {
    let expected = try Expected(name)
    let all = try Self.reviews(name)
    let review = try #require(all.first)
    #expect(review.document.kind?.rawValue == expected.kind)
    #expect(all.count == expected.documents)
    guard review.document.kind == .soc2Report || review.document.kind == .soc3Report else { return }
    for fact in FactName.allCases where fact != .bridge {
      guard let wanted = expected.facts[fact.rawValue], let got = review[fact] else { continue }
      if expected.open.contains(fact.rawValue) {
        #expect(
          got.state != .found || Self.difference(fact, got.value, wanted) != nil,
          "\(fact.rawValue) is right now: take it off the list")
        continue
      }
      if let states = expected.states(fact.rawValue) {
        #expect(states.contains(got.state.rawValue), "\(fact.rawValue) is \(got.state.rawValue)")
        continue
      }
      #expect(got.state == .found, "\(fact.rawValue) is \(got.state.rawValue)")
      let problem = Self.difference(fact, got.value, wanted)
      #expect(problem == nil, "\(fact.rawValue): \(problem ?? "")")
    }
  }

  /// Subservice organizations, what is assumed of them and of user entities, by number and name.
  @Test(arguments: Expected.all)
  func subservicePartsAreAsWrittenDown(_ name: String) throws {
    let expected = try Expected(name)
    let review = try #require(try Self.reviews(name).first)
    guard review.document.kind == .soc2Report || review.document.kind == .soc3Report else { return }
    func list(_ fact: FactName) -> [Value] { review[fact]?.found?.list ?? [] }
    if let wanted = expected.subservice {
      let got = list(.subserviceOrganizations).map {
        "\($0["name"]?.text ?? "") \($0["method"]?.text ?? "")"
      }
      #expect(got.sorted() == wanted.sorted())
    }
    let counts: [(FactName, String)] = [
      (.subserviceOrganizations, "subserviceOrganizations"),
      (.subserviceControls, "subserviceControls"), (.userEntityControls, "userEntityControls"),
    ]
    for (fact, key) in counts {
      guard let wanted = expected.count(key) else { continue }
      #expect(list(fact).count == wanted, "\(key)")
    }
  }

  /// The evidence stands on a page where a person found the fact.
  @Test(arguments: Expected.all)
  func evidenceIsOnTheRightPages(_ name: String) throws {
    let expected = try Expected(name)
    let review = try #require(try Self.reviews(name).first)
    let checked: [FactName] = [.opinion, .period, .asOf, .reportDate, .serviceOrganization]
    for fact in checked {
      guard let pages = expected.factPages(fact.rawValue), let got = review[fact],
        got.state == .found
      else { continue }
      let found = Set(got.evidence.map(\.page))
      #expect(
        !found.isDisjoint(with: pages),
        "\(fact.rawValue): evidence on \(found), a person found it on \(pages)")
    }
  }

  /// Codes of parts that later versions read.
  static let later: Set<String> = ["repeatException", "multipleDocuments", "csocGeneric"]

  @Test(arguments: Expected.all)
  func findingsAreAsWrittenDown(_ name: String) throws {
    let expected = try Expected(name)
    guard expected.kind == "soc2-report" || expected.kind == "soc3-report" else { return }
    let review = try #require(try Self.reviews(name).first)
    let codes = Set(review.findings.map(\.code))
    for code in expected.findingCodes where !Self.later.contains(code) {
      #expect(codes.contains(code) != expected.open.contains(code), "missing \(code)")
    }
    for code in expected.neverCodes {
      #expect(codes.contains(code) == expected.open.contains(code), "must not be raised: \(code)")
    }
  }

  @Test(arguments: Expected.all)
  func recordsFitTheSchemaAndComeOutTwiceTheSame(_ name: String) throws {
    let reviews = try Self.reviews(name)
    let again = try Self.reviews(name)
    for (a, b) in zip(reviews, again) { #expect(json(a) == json(b)) }
    let validator = try SchemaValidator(reviewSchema())
    for review in reviews {
      let problems = try validator.errors(in: json(review))
      #expect(problems.isEmpty, "\(problems.prefix(3))")
    }
  }

  /// The law above all others: every quote is found again on its page inside its boxes.
  @Test(arguments: Expected.all)
  func everyQuoteIsOnItsPage(_ name: String) throws {
    let bytes = try bytes(of: "fixtures/reports/\(name)/report.pdf")
    let pages = try readPages(of: bytes, password: nil).pages
    let evidence = try Self.reviews(name).flatMap(\.allEvidence)
    let missing = unproven(evidence, on: pages)
    #expect(missing.isEmpty, "\(missing.prefix(3).map(\.quote))")
    if try Expected(name).kind == "soc2-report" { #expect(evidence.count > 10) }
  }

  /// A quote that was made up is noticed: the proof can fail.
  @Test func aMadeUpQuoteIsNoticed() throws {
    let name = try #require(Expected.all.first { $0 == "type2-unqualified" })
    let pages = try readPages(
      of: bytes(of: "fixtures/reports/\(name)/report.pdf"), password: nil
    ).pages
    var piece = try #require(try Self.reviews(name).first?.allEvidence.first)
    piece.quote += " and nothing else"
    #expect(unproven([piece], on: pages).count == 1)
  }

  // MARK: - Comparing

  /// What differs between a value and what was written down; nil when nothing does.
  static func difference(_ fact: FactName, _ value: Value, _ wanted: Any) -> String? {
    func told(_ ok: Bool) -> String? { ok ? nil : "got \(value), wanted \(wanted)" }
    switch fact {
    case .serviceOrganization:
      return told(plain(value.text ?? "") == plain(wanted as? String ?? ""))
    case .system:
      // Whether "system" or "service" after a name is part of it, people write down both ways.
      return told(bare(value.text ?? "") == bare(wanted as? String ?? ""))
    case .serviceAuditor:
      let object = wanted as? [String: Any] ?? [:]
      let location = object["location"] as? String
      return told(
        plain(value["name"]?.text ?? "") == plain(object["name"] as? String ?? "")
          && (location == nil || plain(value["location"]?.text ?? "") == plain(location ?? "")))
    case .exclusions:
      let count = (wanted as? [String: Any])?["count"] as? Int
      return told(value.list?.count == count)
    case .incidents, .changes:
      return told(value["disclosed"]?.text == (wanted as? [String: Any])?["disclosed"] as? String)
    case .basisForModification, .sections:
      return nil
    case .additionalFrameworks:
      let pairs = (wanted as? [[String: Any]] ?? []).map {
        "\($0["name"] as? String ?? "") \($0["examined"] as? Bool ?? false)"
      }
      let got = (value.list ?? []).map {
        "\($0["name"]?.text ?? "") \($0["examined"]?.bool ?? false)"
      }
      return told(pairs.sorted() == got.sorted())
    default:
      return told(canonical(value) == canonical(wanted))
    }
  }

  private static func bare(_ name: String) -> String {
    var words = plain(name).split(separator: " ")
    while let last = words.last, ["system", "service", "services"].contains(last) {
      words.removeLast()
    }
    return words.joined(separator: " ")
  }

  private static func plain(_ text: String) -> String {
    text.lowercased().filter { $0.isLetter || $0.isNumber || $0 == " " || $0 == "&" }
      .split(separator: " ").joined(separator: " ")
  }

  private static func canonical(_ value: Value) -> String {
    switch value {
    case .null: "null"
    case .bool(let bool): "\(bool)"
    case .number(let number): "\(number)"
    case .text(let text): text
    case .list(let list): "[" + list.map(canonical).joined(separator: ",") + "]"
    case .object(let object):
      "{"
        + object.keys.sorted().map { "\($0)=\(canonical(object[$0] ?? .null))" }.joined(
          separator: ",") + "}"
    case .evidence: ""
    }
  }

  private static func canonical(_ any: Any) -> String {
    switch any {
    case let text as String: text
    case let list as [Any]: "[" + list.map(canonical).joined(separator: ",") + "]"
    case let object as [String: Any]:
      "{"
        + object.keys.sorted().map { "\($0)=\(canonical(object[$0] ?? NSNull()))" }.joined(
          separator: ",") + "}"
    case let number as NSNumber: "\(number)"
    default: "null"
    }
  }
}
