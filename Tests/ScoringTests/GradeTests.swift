import SOC2Vocabulary
import Testing

@testable import Scoring

/// The grades of exceptions under the default policy.
@Suite("Grades of exceptions")
struct GradeTests {
  private let model: ExceptionModel

  init() throws { model = try #require(Samples.policy).exceptions }

  private func grade(_ traits: ExceptionTraits) -> Grade {
    let grade = model.grade(traits)
    #expect(grade.score == grade.steps.reduce(0) { $0 + $1.points }, "the sum can be done again")
    #expect(grade.steps.allSatisfy { !$0.what.isEmpty && !$0.why.isEmpty })
    return grade
  }

  private func traits(
    _ nature: ExceptionNature, _ deviations: Int?, of size: Int?, hasResponse: Bool = true
  ) -> ExceptionTraits {
    ExceptionTraits(
      nature: nature, rate: ExceptionRate(deviations: deviations, sampleSize: size),
      hasResponse: hasResponse)
  }

  // MARK: - Worked by hand from published examples

  @Test("late removal for 2 of 25, and the same named in the basis")
  func deprovisioning() {
    var late = traits(.deprovisioning, 2, of: 25)
    #expect(grade(late).score == 6)
    #expect(grade(late).severity == .medium)
    #expect(grade(late).steps.map(\.points) == [5, 1])
    late.namedInBasis = true
    let named = grade(late)
    #expect(named.score == 6 && named.severityOfScore == .medium && named.severity == .high)
    #expect(named.bounds.map(\.isFloor) == [true])
  }

  @Test("a privileged review that was never done; spot checks that nobody tested earn nothing")
  func privilegedReview() {
    let grade = grade(
      ExceptionTraits(
        nature: .privilegedAccess, secondaryNatures: [.accessReview],
        rate: ExceptionRate(deviations: 2, sampleSize: 2), privilegedNamed: true,
        hasResponse: true))
    #expect(grade.score == 8 && grade.severity == .high)
    #expect(grade.steps.map(\.points) == [5, 3], "the words that chose the class count once")
  }

  @Test("one emergency change of 40")
  func change() {
    let grade = grade(traits(.changeApproval, 1, of: 40))
    #expect(grade.score == 4 && grade.severity == .low)
  }

  @Test("no risk assessment of a supplier")
  func vendor() {
    let grade = grade(
      ExceptionTraits(
        nature: .vendorManagement, rate: ExceptionRate(isWhole: true), hasResponse: true))
    #expect(grade.score == 7 && grade.severity == .high)
    #expect(!grade.rateIsUnknown)
  }

  // MARK: - Rates

  static let rates: [(Int, Int, Int)] = [
    (1, 1_000, 0), (5, 100, 0), (1, 20, 0), (501, 10_000, 1), (1, 19, 1), (1, 10, 1), (10, 100, 1),
    (1_001, 10_000, 2), (1, 9, 2), (1, 4, 2), (25, 100, 2), (2_501, 10_000, 3), (1, 3, 3),
    (25, 25, 3), (40, 25, 3), (.max, .max, 3), (1, .max, 0),
  ]

  @Test("the bands of the rate, both sides of each bound", arguments: rates)
  func bands(_ failed: Int, _ size: Int, _ points: Int) {
    #expect(grade(traits(.other, failed, of: size)).steps[1].points == points)
  }

  static let unknown: [(Int?, Int?)] = [
    (nil, nil), (2, nil), (nil, 25), (0, 25), (2, 0), (-1, 25), (3, -3),
  ]

  @Test("numbers that are no rate are unknown, and cost what is unknown", arguments: unknown)
  func unknownRate(_ failed: Int?, _ size: Int?) {
    let grade = grade(traits(.other, failed, of: size))
    #expect(grade.rateIsUnknown && grade.steps[1].points == 1)
  }

  @Test("a whole failure and a failure of design count fully, whatever the sample says")
  func whole() {
    var part = traits(.other, 1, of: 100)
    part.rate.isWhole = true
    #expect(grade(part).steps[1].points == 3)
    var design = traits(.other, nil, of: nil)
    design.isDesign = true
    #expect(grade(design).steps.map(\.points) == [2, 3, 2])
  }

  // MARK: - Modifiers

  static let modifiers: [(ExceptionTrait, Int)] = [
    (.repeat, 2), (.pervasive, 1), (.privileged, 1), (.late, 1), (.noResponse, 1), (.noMisuse, -1),
    (.remediated, -1), (.compensated, -1), (.unexaminedResponse, 0),
  ]

  @Test("each trait and its points", arguments: modifiers)
  func modifier(_ trait: ExceptionTrait, _ points: Int) {
    var traits = traits(.encryptionKeys, 1, of: 100)
    switch trait {
    case .repeat: traits.isRepeat = true
    case .pervasive: traits.isPervasive = true
    case .privileged: traits.privilegedNamed = true
    case .late: traits.isLate = true
    case .noResponse: traits.hasResponse = false
    case .noMisuse: traits.noMisuse = true
    case .remediated: traits.remediatedBeforeReport = true
    case .compensated: traits.compensated = true
    case .unexaminedResponse: traits.responseInOtherInformation = true
    case .design, .namedInBasis: return
    }
    let grade = grade(traits)
    #expect(grade.steps.count == 3 && grade.steps.last?.points == points)
    #expect(grade.score == 5 + points)
  }

  @Test("a remedy told where nobody examined it earns nothing, and is no silence either")
  func unexamined() {
    var traits = traits(.encryptionKeys, 1, of: 100)
    traits.remediatedBeforeReport = true
    traits.responseInOtherInformation = true
    #expect(grade(traits).score == 5)
    traits.hasResponse = false
    #expect(grade(traits).score == 5)
  }

  @Test("a remedy without a response is a contradiction and lowers nothing")
  func remedyWithoutResponse() {
    var traits = traits(.encryptionKeys, 1, of: 100, hasResponse: false)
    traits.remediatedBeforeReport = true
    #expect(grade(traits).score == 6)
  }

  // MARK: - Severity, caps, floors

  @Test("each sum has its severity")
  func levels() {
    var seen: [Int: Severity] = [:]
    for nature in ExceptionNature.allCases {
      for (failed, size) in [(1, 100), (1, 12), (1, 5), (1, 2)] {
        for (isRepeat, hasResponse) in [(false, true), (true, true), (true, false)] {
          var traits = traits(nature, failed, of: size, hasResponse: hasResponse)
          traits.isRepeat = isRepeat
          let grade = grade(traits)
          let known = seen.updateValue(grade.severityOfScore, forKey: grade.score)
          #expect(known == nil || known == grade.severityOfScore)
        }
      }
    }
    let wanted: [Int: Severity] = [
      1: .info, 2: .info, 3: .low, 4: .low, 5: .medium, 6: .medium, 7: .high, 8: .high,
      9: .critical, 10: .critical, 11: .critical,
    ]
    #expect(seen == wanted)
  }

  @Test("credits can bring a sum below nothing, which is still info")
  func belowNothing() {
    var traits = traits(.governance, 1, of: 100)
    traits.noMisuse = true
    traits.compensated = true
    #expect(grade(traits).score == -1 && grade(traits).severity == .info)
  }

  @Test(
    "indicators are medium at most",
    arguments: [
      ExceptionNature.trainingPolicy, .governance, .contractNda,
    ])
  func caps(_ nature: ExceptionNature) {
    var traits = ExceptionTraits(
      nature: nature, rate: ExceptionRate(isWhole: true), isDesign: true, isPervasive: true,
      hasResponse: false)
    #expect(grade(traits).severityOfScore >= .high)
    #expect(grade(traits).severity == .medium)
    #expect(grade(traits).bounds.map(\.isFloor) == [false])
    traits.secondaryNatures = [.assetInventory]
    #expect(grade(traits).severity >= .high, "something else is touched")
    traits.secondaryNatures = []
    traits.namedInBasis = true
    #expect(grade(traits).severity == .high, "the floor is above the cap")
    traits.namedInBasis = false
    traits.isRepeat = true
    #expect(grade(traits).severity >= .high, "unless it comes again")
  }

  @Test(
    "more than a quarter of leavers or administrators is high",
    arguments: [
      ExceptionNature.deprovisioning, .privilegedAccess,
    ])
  func floors(_ nature: ExceptionNature) {
    func credited(_ failed: Int, _ size: Int) -> ExceptionTraits {
      var traits = traits(nature, failed, of: size)
      traits.noMisuse = true
      traits.compensated = true
      return traits
    }
    #expect(grade(credited(26, 100)).severityOfScore == .medium)
    #expect(grade(credited(26, 100)).severity == .high)
    #expect(grade(credited(25, 100)).severity == .medium)
    #expect(grade(traits(nature, nil, of: nil)).severity == .medium)
    var second = credited(26, 100)
    second.nature = .backupRecovery
    #expect(grade(second).severity == .low || grade(second).severity == .medium)
    second.secondaryNatures = [nature]
    #expect(grade(second).severity == .high, "a class touched besides lifts too")
  }

  @Test("nothing that is known to be bad lowers a grade")
  func monotone() {
    for nature in ExceptionNature.allCases {
      for size in [nil, 100, 4, 1] {
        let base = traits(nature, 1, of: size)
        let changes: [(inout ExceptionTraits) -> Void] = [
          { $0.isDesign = true }, { $0.isRepeat = true }, { $0.isPervasive = true },
          { $0.privilegedNamed = true }, { $0.isLate = true }, { $0.hasResponse = false },
          { $0.namedInBasis = true }, { $0.rate.isWhole = true },
          { $0.secondaryNatures = [.deprovisioning] }, { $0.secondaryNatures = [.other] },
        ]
        for change in changes {
          var worse = base
          change(&worse)
          #expect(grade(worse).severity >= grade(base).severity)
        }
      }
    }
  }

  // MARK: - Together

  private func together(_ exceptions: (Severity, Set<String>)...) -> Together? {
    model.together(exceptions.map { (severity: $0.0, families: $0.1) })
  }

  @Test("three medium exceptions in one family weigh high, two or three apart do not")
  func cluster() {
    #expect(
      together((.medium, ["CC6"]), (.low, ["CC6"]), (.medium, ["CC6", "CC7"]), (.medium, ["CC6"]))
        == Together(severity: .high, families: ["CC6"], members: [0, 2, 3]))
    #expect(together((.medium, ["CC6"]), (.medium, ["CC6"]), (.low, ["CC6"])) == nil)
    #expect(together((.medium, ["CC6"]), (.medium, ["CC7"]), (.medium, ["CC8"])) == nil)
    #expect(together() == nil)
  }

  @Test("the gravest of all is raised, by one step, and never above critical")
  func raised() {
    let three: [(Severity, Set<String>)] = [
      (.medium, ["CC7"]), (.high, ["CC7"]), (.medium, ["CC7"]),
    ]
    #expect(together(three[0], three[1], three[2])?.severity == .critical)
    #expect(
      together(three[0], three[2], (.medium, ["CC7"]), (.high, ["A1"]))?.severity == .critical)
    #expect(together(three[0], three[1], three[2], (.critical, ["A1"]))?.severity == .critical)
    let two = together(
      (.medium, ["CC6", "CC7"]), (.medium, ["CC6", "CC7"]), (.medium, ["CC7", "CC6"]))
    #expect(two == Together(severity: .high, families: ["CC6", "CC7"], members: [0, 1, 2]))
  }

  @Test("a policy without clusters raises nothing")
  func withoutClusters() {
    var other = model
    other.clusters = []
    let exceptions = (1...5).map { _ in (severity: Severity.medium, families: Set(["CC6"])) }
    #expect(other.together(exceptions) == nil)
  }
}
