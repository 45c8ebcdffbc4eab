import ReportStructure
import RulePacks
import SOC2Vocabulary
import TestSupport
import Testing

@testable import RuleEngine

/// The rules that count, as they stand in the repository.
private let counting: CompiledRules? = {
  guard var pack = try? Repository.rulePack() else { return nil }
  let signals = [
    "deviationRate", "compliantRate", "wholeFailure", "sampleSize", "populationSize",
  ]
  pack.rules = pack.rules.filter { rule in
    rule.facts.contains { signals.contains($0.target.name) }
  }
  return CompiledRules(pack)
}()

/// What the rules count in the text of one cell.
private func counts(_ cell: String) throws -> RateHits {
  let rules = try #require(counting)
  guard !cell.isEmpty else { return RateHits() }
  let words = cell.split(whereSeparator: \.isWhitespace).map { String($0) }
  let made = ExampleReport(
    DisturbedText(words, marked: 0..<0, .cell), zone: .testsOfControls, under: nil, place: .body,
    rules.vocabulary)
  let text = made.report.text
  let hits = Hits(rules, body: rules.matches(in: text), furniture: [], in: made.report)
  return RateHits(hits, blocks: 0..<1, in: text)
}

/// `2/25 of 61`; `all` before it when the result failed as a whole; `?` for what nothing tells.
private func shown(_ rate: FailureRate) -> String {
  func number(_ value: Int?) -> String { value.map { String($0) } ?? "?" }
  return (rate.isWhole ? "all " : "") + "\(number(rate.deviations))/\(number(rate.sampleSize))"
    + (rate.population.map { " of \($0)" } ?? "") + (rate.isInconsistent ? " !" : "")
}

/// Domain 2.6 and 8.3, edge cases 73 to 75 and 91 to 93.
@Suite("The rate of a failure")
struct FailureRateTests {
  @Test(
    "is read from the result",
    arguments: [
      ("For 2 of 25 leavers sampled, access was not revoked within 24 hours.", "2/25"),
      ("Two (2) of a sample of twenty-five (25) laptops lacked a lock.", "2/25"),
      ("Exception noted. 2 out of 25 (8%) tickets had no approver.", "2/25"),
      ("For 2/25 accounts, no ticket was found.", "2/25"),
      ("One of the 40 changes selected had no test.", "1/40"),
      ("The list was not read in one of four quarterly reviews.", "1/4"),
      ("One exception was noted: for two of twenty-five sampled, training was late.", "2/25"),
      ("1 of 5 (20%) restores failed.", "1/5"),
      ("For 3 of the 25 selected, the form was blank.", "3/25"),
      ("0 of 25 exceptions", "0/25"),
      ("25 of 25 were compliant.", "0/25"),
      ("23 of 25 were compliant.", "2/25"),
      ("23 of 25 were compliant and 2 of 25 were not.", "2/25"),
      (
        "A sample of 25 of 61 terminations. Exceptions noted. For 2 of 25, access was removed "
          + "after 5 and 9 days.", "2/25 of 61"
      ),
      ("2 of a sample of 25 of 61 leavers kept a key.", "2/25 of 61"),
      ("For the changes selected, 2 of 25 were approved late.", "2/25"),
      ("For a sample of 25 leavers, 2 were not removed.", "2/25"),
      ("For a sample of 25, 2 of 25 were late.", "2/25"),
      ("In a sample of 25 of 61 leavers, 2 of 25 were late.", "2/25 of 61"),
      ("Of 61 changes in the period, 25 were selected; 2 of 25 failed.", "2/25"),
      ("For two of the twenty-five users sampled (8%), no form was found.", "2/25"),
      ("We examined 25 of the 61 leavers. For 2 of those, access was late.", "?/25 of 61"),
      ("Access was not removed within 24 hours for 2 out of 25 leavers.", "2/25"),
      ("Of the 25 leavers tested, 2 did not return a key.", "2/25"),
      ("0 of 25 had no owner; 3 of 25 had no date.", "3/25"),
      ("No exceptions noted, except: 1 of 25 forms was unsigned.", "1/25"),
      ("Exceptions were found in 7.5% of the orders inspected (3 out of 40).", "3/40"),
      ("No deviation in 24 of 25 orders.", "1/25"),
      ("24 of the 25 orders selected were approved.", "1/25"),
      ("2 of the 25 orders selected were approved by their author.", "2/25"),
      ("6 findings (sample: 30)", "6/30"),
      ("Deviation rate: 2/25.", "2/25"),
      ("Keys were missing for one guard (1/8).", "1/8"),
      ("Of the 40 orders inspected, four had been signed late.", "4/40"),
      ("Of the 40 orders inspected, 38 were approved.", "2/40"),
      ("One new guard (of 15 tested) had no badge.", "1/15"),
      ("Half of the ten laptops lacked a lock.", "5/10"),
      ("Half of the nine laptops lacked a lock.", "?/?"),
      ("Neither of the two reviews was signed.", "all 2/2"),
      ("8% of leavers (2 people) kept a key.", "2/?"),
      ("Three employees (12%) had no badge.", "3/?"),
      ("Exceptions noted: 2.", "2/?"),
      // No rate.
      ("Exception 2 of 3: the list was late.", "?/?"),
      ("Certain former users kept their accounts.", "?/?"),
      ("See page 3 of 40 and CC6.1 of 33; the desk works 24 of 7.", "?/?"),
      ("Staffed 25 of 7 times.", "?/?"),
      ("For a sample of 25 leavers, exceptions were noted.", "?/25"),
    ])
  func result(_ text: String, _ expected: String) throws {
    #expect(shown(FailureRate(result: try counts(text), test: RateHits())) == expected)
  }

  @Test(
    "takes from the test what the result does not tell",
    arguments: [
      ("For a sample of 25 leavers, compared dates.", "No exceptions noted.", "?/25"),
      ("For a sample of 25 quarters, read the list.", "For one sampled quarter, no list.", "1/25"),
      ("Inspected a sample of 25 of 61 leavers.", "For 2 of 25, access was late.", "2/25 of 61"),
      ("25 of 61 changes selected were read.", "Two of the changes selected failed.", "2/25 of 61"),
      ("Compared 25 of 61 leavers.", "Two of the sampled leavers kept a key.", "2/25 of 61"),
      ("25 of 61 changes were selected.", "For one sampled change, no test.", "1/25 of 61"),
      (
        "Selected 25 tickets from a population of 517 and read them.",
        "For 2 of the selected tickets, no owner.", "2/25 of 517"
      ),
      ("Inspected a sample of 30 users.", "2 of 25 (8%) were late.", "2/25 !"),
      ("Inspected a sample of 25 users and 30 of 90 hosts.", "2 of 25 were late.", "2/25"),
      (
        "Inspected a sample of 25 users and a sample of 30 hosts.", "For one sampled user, no.",
        "1/?"
      ),
      ("Inspected a sample of one alert.", "Two of the sampled alerts were late.", "2/?"),
      ("Selected 25 joiners from a population of 5.", "2 of 25 were late.", "2/25"),
      ("Inspected the list of users.", "2 of 25 were late.", "2/25"),
    ])
  func both(_ test: String, _ result: String, _ expected: String) throws {
    let rate = FailureRate(result: try counts(result), test: try counts(test))
    #expect(shown(rate) == expected)
  }

  @Test(
    "is all of the sample where the words say so and no number does",
    arguments: [
      ("", "The restore test was not performed during the period.", "all ?/?"),
      ("Selected 4 quarters.", "For all sampled quarters, the review was not kept.", "all 4/4"),
      ("", "None of the 25 changes had an approval.", "all 25/25"),
      ("Selected 25 leavers.", "There was no evidence of removal.", "?/25"),
      ("Selected 25 leavers.", "There was no evidence for any of the leavers.", "all 25/25"),
      ("", "Evidence was not retained for the March count.", "?/?"),
      ("", "Operating from May 2025 onward; before that it was not in place.", "?/?"),
      ("", "For 2 of 25 leavers, there was no evidence of removal.", "2/25"),
      ("", "None of the 25 accounts had inappropriate rights.", "0/25"),
    ])
  func whole(_ test: String, _ result: String, _ expected: String) throws {
    let rate = FailureRate(result: try counts(result), test: try counts(test))
    #expect(shown(rate) == expected)
  }

  @Test(
    "is given for each of several failures",
    arguments: [
      (
        "We noted two of 25 workstations without encryption and 4 of 25 without a firewall.",
        ["2/25", "4/25"]
      ),
      ("2 of 25 had no owner. In addition, 3 of 40 had no date.", ["2/25", "3/40"]),
      ("2 of 25 had no owner and 2 of 25 had no date.", ["2/25", "2/25"]),
      // What goes back to the first.
      ("2 of 25 were late. Of the 2, one was late by a year.", ["2/25"]),
      ("2 of 25 were late. One of the 2 was late by a year.", ["2/25"]),
      ("4 of 25 were late. Of these, 1 of 3 was not removed.", ["4/25"]),
      ("2 of 25 were late. The 2 of 25 were closed since.", ["2/25"]),
      ("2 of 25 were late. Management says that 2 of 25 were known.", ["2/25"]),
      ("2 of 25 were late and 0 of 25 were lost.", ["2/25"]),
      ("23 of 25 were compliant. 2 of 25 were late.", ["2/25"]),
      ("Of the 25 users selected, 2 of 25 had no owner; 4 of 25 had no date.", ["2/25", "4/25"]),
      ("Certain users were late.", ["?/?"]),
    ] as [(String, [String])])
  func splits(_ result: String, _ expected: [String]) throws {
    let rates = FailureRate.splits(result: try counts(result), test: RateHits())
    #expect(rates.map(shown) == expected)
  }
}

@Suite("The bound of a rate")
struct RateBoundTests {
  /// Domain 8.3.
  @Test(
    "is the exact one",
    arguments: [
      (25, [8.8, 14.7, 19.9, 24.8]), (40, [5.6, 9.4, 12.8, 15.9]), (10, [20.6, 33.7, 45.0, 55.2]),
      (5, [36.9, 58.4, 75.3, 88.8]),
    ] as [(Int, [Double])])
  func table(_ size: Int, _ expected: [Double]) {
    let bounds = (0...3).map { FailureRate.upperBound(deviations: $0, sampleSize: size) }
    #expect(bounds == expected)
  }

  @Test("is everything where all failed or nothing can be said")
  func edges() {
    for (failed, size) in [(1, 1), (25, 25), (0, 0), (3, 2), (-1, 5)] {
      #expect(FailureRate.upperBound(deviations: failed, sampleSize: size) == 100)
    }
    #expect(FailureRate.upperBound(deviations: 0, sampleSize: 1) == 90)
  }

  @Test("holds for samples of any size, rises with failures and falls with the sample")
  func large() {
    // 1 - 0.1^(1/n) is about 2.3026/n where nothing failed.
    #expect(FailureRate.upperBound(deviations: 0, sampleSize: 1_000) == 0.2)
    #expect(FailureRate.upperBound(deviations: 0, sampleSize: 9_999_999) == 0)
    // The normal approximation: 0.5 + 1.2816 * sqrt(0.25 / n).
    #expect(FailureRate.upperBound(deviations: 5_000, sampleSize: 10_000) == 50.6)
    #expect(FailureRate.upperBound(deviations: 5_000_000, sampleSize: 9_999_999) == 50)
    #expect(FailureRate.upperBound(deviations: 9_999_998, sampleSize: 9_999_999) == 100)
    for size in [2, 3, 10, 60, 250] {
      let bounds = (0...size).map { FailureRate.upperBound(deviations: $0, sampleSize: size) }
      #expect(bounds == bounds.sorted() && Set(bounds).count > size / 2)
      for (failed, bound) in bounds.enumerated() {
        #expect(bound >= Double(failed) / Double(size) * 100 - 0.05)
        #expect(FailureRate.upperBound(deviations: failed, sampleSize: size * 2) <= bound)
      }
    }
  }
}
