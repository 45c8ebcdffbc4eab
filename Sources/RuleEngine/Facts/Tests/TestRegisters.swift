import PageText
import ReportStructure
import SOC2Vocabulary
import TextMatching

/// What findings on the tests judge by: lists of controls and criteria that share something to ask about.
struct TestRegisters {
  private(set) var entries: [String: FactTable.Entry] = [:]
  private let text: TestText
  private let groups: [[ReadControl]]

  init(
    _ text: TestText, _ groups: [[ReadControl]], _ exceptions: [ReadException],
    _ context: ControlFacts.Context
  ) {
    self.text = text
    self.groups = groups
    set("notTestedControls") { test, _ in test.outcome == .notTested }
    set("blankResults") { test, _ in test.outcome == .unknown && test.result.isEmpty }
    set("conclusionWithoutTest") { test, _ in
      !context.isType1 && test.procedure.isEmpty && test.outcome == .noException
    }
    set("notOperatedControls") { test, _ in test.outcome == .notOperated }
    set("inquiryOnlyControls") { _, group in Self.isInquiryOnly(group) }
    set("inquiryOnlyGrave") { _, group in
      Self.isInquiryOnly(group)
        && ControlFacts.criteria(of: group).contains(where: Criteria.frontLine.contains)
    }
    if groups.count >= 20 {
      add("inquiryShare", .number(groups.count(where: Self.isInquiryOnly) * 100 / groups.count))
    }
    // A year without joiners, leavers or changes is seldom; that nothing broke is not.
    let isYear = (context.period?.months ?? 0) >= 12
    set("notOperatedImplausible") { test, group in
      isYear && test.outcome == .notOperated && Self.isRoutine(group, text)
    }
    set("inconsistentRates") { test, _ in
      test.outcome == .exception
        && Self.isOff(
          FailureRate(
            result: text.rates(in: test.result), test: text.rates(in: test.procedure)))
    }
    setCategories(context)
    setUnknownCriteria()
    setBasis(exceptions, context)
    setSummary(exceptions)
  }

  private mutating func add(_ name: String, _ value: Value, evidence: [Evidence] = []) {
    entries["document." + name] = FactTable.Entry(state: .found, value: value, evidence: evidence)
  }

  /// Whether the samples of test and result differ and may be meant as one: thirty and twenty-five are,
  /// five weeks and three hundred devices are not.
  private static func isOff(_ rate: FailureRate) -> Bool {
    guard rate.isInconsistent, let a = rate.sampleSize, let b = rate.sampleSizeInTest else {
      return false
    }
    return max(a, b) <= 2 * min(a, b)
  }

  /// The controls of which a test has something, by number, with the place of each result.
  private mutating func set(_ name: String, _ test: (ReadTest, [ReadControl]) -> Bool) {
    var names: [Value] = []
    var proofs: [Evidence] = []
    for group in groups {
      let tests = group.lazy.flatMap { $0.tests }
      guard let hit = tests.first(where: { test($0, group) }) else { continue }
      names.append(.text(Self.name(of: group, text)))
      proofs += text.evidence(hit.result.isEmpty ? hit.procedure : hit.result).prefix(1)
    }
    if !names.isEmpty { add(name, .list(names), evidence: proofs) }
  }

  /// A control's number; where it has none, its first words.
  private static func name(of group: [ReadControl], _ text: TestText) -> String {
    if let id = group[0].id { return id.text }
    let words = text.verbatim(group[0].words).split(separator: " ")
    return "\"" + words.prefix(7).joined(separator: " ") + (words.count > 7 ? " …\"" : "\"")
  }

  /// Whether all tests of a control are inquiry alone, and passed.
  private static func isInquiryOnly(_ group: [ReadControl]) -> Bool {
    group.contains { !$0.tests.isEmpty }
      && group.allSatisfy { control in
        control.tests.allSatisfy { $0.isInquiryOnly && $0.outcome == .noException }
      }
  }

  private static func isRoutine(_ group: [ReadControl], _ text: TestText) -> Bool {
    let natures = group[0].words.flatMap { text.hits(.exceptionNature, in: $0) }
      .compactMap(\.value.text)
    let routine: Set<String> = [
      "deprovisioning", "accessProvisioning", "changeApproval", "backgroundCheck",
      "trainingPolicy",
    ]
    return natures.contains(where: routine.contains)
  }

  // MARK: - Scope

  private mutating func setCategories(_ context: ControlFacts.Context) {
    guard let stated = context.categories.found?.list, !groups.isEmpty else { return }
    let scope = Set(stated.compactMap { $0.text.flatMap(TrustServicesCategory.init(rawValue:)) })
    let tested = Set(
      groups.flatMap { ControlFacts.criteria(of: $0) }.compactMap(Criteria.category(of:)))
    guard !tested.isEmpty else { return }
    func names(_ set: Set<TrustServicesCategory>) -> Value {
      .list(TrustServicesCategory.allCases.filter(set.contains).map { .text($0.rawValue) })
    }
    let bare = scope.subtracting(tested)
    if !bare.isEmpty {
      add(
        "categoriesWithoutTests",
        names(bare), evidence: Array(context.categories.evidence.prefix(1)))
    }
    let silent = tested.subtracting(scope)
    if !silent.isEmpty { add("testsWithoutCategory", names(silent)) }
  }

  /// Numbers that look like criteria and are none: `CC8.8`.
  private mutating func setUnknownCriteria() {
    let ids = Set(groups.compactMap { $0[0].id?.key })
    var found: [String] = []
    var proofs: [Evidence] = []
    for block in text.report.blocks.indices
    where text.report.zones[block] == .testsOfControls {
      for i in text.text.blocks[block].prefix(3) {
        let token = text.text.tokens[i]
        guard token.isWord else { continue }
        let word = text.text.word(token).uppercased()
        guard word.hasPrefix("CC"), word.count == 5,
          word.dropFirst(2).first?.isNumber ?? false, word.dropFirst(3).first == ".",
          word.last?.isNumber ?? false, !Criteria.isKnown(word),
          !ids.contains(word.lowercased().filter { $0 != "." }), !found.contains(word)
        else { continue }
        found.append(word)
        proofs += text.text.evidence(i..<i + 1, section: .testsOfControls)
      }
    }
    if !found.isEmpty {
      add("unknownCriteria", .list(found.map(Value.text)), evidence: proofs)
    }
  }

  // MARK: - Exceptions

  /// Criteria that the opinion is modified for, although no exception is printed under them.
  private mutating func setBasis(_ exceptions: [ReadException], _ context: ControlFacts.Context) {
    guard !groups.isEmpty else { return }
    let failed = Set(exceptions.flatMap(\.criteria))
    let bare = ControlFacts.ordered(Array(context.exceptions.qualified)).filter {
      !failed.contains($0)
    }
    if !bare.isEmpty { add("basisNotInTests", .list(bare.map(Value.text))) }
  }

  /// A table or list under a heading such as "Summary of exceptions" that names another number of
  /// controls than the tests show.
  private mutating func setSummary(_ exceptions: [ReadException]) {
    let known = Set(exceptions.compactMap { $0.control.id?.key })
    let all = Set(groups.compactMap { $0[0].id?.key })
    guard !all.isEmpty else { return }
    var listed: Set<String> = []
    var proofs: [Evidence] = []
    var isUnder = false
    for block in text.report.blocks.indices {
      let passage = text.passage(block)
      guard !passage.tokens.isEmpty else { continue }
      let heads = text.hits(.exceptionsHeading, in: passage)
      if text.report.blocks[block].kind == .heading || !heads.isEmpty {
        let isSummary =
          heads.contains { $0.value == .text("summary") }
          && !heads.contains { $0.value == .text("responses") }
        if isSummary {
          isUnder = true
          proofs += text.evidence([passage]).prefix(1)
        } else if text.report.blocks[block].kind == .heading {
          isUnder = false
        }
      }
      guard isUnder, let id = ControlID(cell: passage, text) ?? ControlID(leading: passage, text),
        all.contains(id.key)
      else { continue }
      listed.insert(id.key)
    }
    guard !listed.isEmpty, listed != known else { return }
    add("exceptionSummary", .number(listed.count), evidence: proofs)
    add("exceptionsInTests", .number(known.count))
  }
}
