import SOC2Vocabulary
import TextMatching

/// How many of how many items failed, as one result and the test before it say.
struct FailureRate: Hashable, Sendable {
  /// How many failed; nil when no number is told. With `isWhole` all of the sample.
  var deviations: Int?
  /// How many were looked at.
  var sampleSize: Int?
  /// Of how many the sample was taken.
  var population: Int?
  /// The words say that every item failed, and no number says otherwise.
  var isWhole = false
  /// The sample as the test tells it. Where it differs from `sampleSize`, the report contradicts
  /// itself.
  var sampleSizeInTest: Int?

  /// Whether result and test name different samples.
  var isInconsistent: Bool {
    guard let sampleSize, let sampleSizeInTest else { return false }
    return sampleSize != sampleSizeInTest
  }

  /// The rate of the first failure that a result tells.
  ///
  /// The result's numbers come first; the test gives the sample and the population where the result
  /// does not. A rate with more deviations than items is none.
  init(result: RateHits, test: RateHits) {
    let failed = result.rates.first { $0.deviations > 0 }
    self.init(failed ?? (result.isWhole ? nil : result.rates.first), result, test)
  }

  /// The rates of all failures that a result tells, each with its own numbers: `two of 25 … and 4 of
  /// 25` are two failures of one control. One at least, which may be without numbers.
  ///
  /// What goes back to a failure already told is none of its own: `one of the 2`, `the 2 of 25`, `of
  /// these, 1 of 2`, and the same numbers in a later sentence.
  static func splits(result: RateHits, test: RateHits) -> [FailureRate] {
    var told: [RateHits.Rate] = []
    for rate in result.rates where rate.deviations > 0 && rate.sample != nil {
      let isKnown = told.contains { earlier in
        earlier.deviations == rate.sample
          || (earlier.deviations == rate.deviations && earlier.sample == rate.sample
            && (earlier.sentence != rate.sentence || rate.isComplement || earlier.isComplement))
      }
      if isKnown || (!told.isEmpty && rate.goesBack) { continue }
      told.append(rate)
    }
    guard told.count > 1 else { return [FailureRate(result: result, test: test)] }
    return told.map { FailureRate($0, result, test) }
  }

  private init(_ rate: RateHits.Rate?, _ result: RateHits, _ test: RateHits) {
    let own = result.ownSamples
    let tested = test.testSamples
    let size = rate?.sample ?? Self.only(own.map(\.size)) ?? Self.only(tested.map(\.size))
    // A sample that is smaller than what failed of it is another one.
    sampleSize = rate.map { $0.deviations > size ?? .max } == true ? nil : size
    if let rate {
      deviations = rate.deviations
    } else if result.isWhole {
      isWhole = true
      deviations = sampleSize
    }
    population =
      Self.population(own, result, of: sampleSize) ?? Self.population(tested, test, of: sampleSize)
    let sizes = tested.map(\.size)
    sampleSizeInTest = sizes.contains { $0 == sampleSize } ? sampleSize : Self.only(sizes)
  }

  /// The population told with the sample or for itself; one that is smaller than the sample is
  /// another one.
  private static func population(
    _ samples: [RateHits.Sample], _ hits: RateHits, of size: Int?
  ) -> Int? {
    let matching = samples.filter { $0.size == size || size == nil }.compactMap(\.population)
    return (only(matching) ?? only(hits.populations)).flatMap { $0 < size ?? 0 ? nil : $0 }
  }

  /// The only value of a list, however often it stands there.
  private static func only(_ values: [Int]) -> Int? {
    values.allSatisfy { $0 == values[0] } ? values.first : nil
  }
}

/// What one range of a report counts: the hits of the counting signals, without those that another
/// explains.
struct RateHits: Sendable {
  /// Deviations as told.
  struct Rate: Hashable, Sendable {
    var deviations: Int
    var sample: Int?
    var tokens: Range<Int>
    var sentence: Int32
    /// Made from what was compliant.
    var isComplement: Bool
    /// The words before it go back to items already told.
    var goesBack: Bool
  }
  /// A sample, and of how many it was taken.
  struct Sample: Hashable, Sendable {
    var size: Int
    var population: Int?
    var tokens: Range<Int>
  }

  /// In the order of the text.
  private(set) var rates: [Rate] = []
  private(set) var samples: [Sample] = []
  private(set) var populations: [Int] = []
  /// Whether a result failed as a whole by its words.
  private(set) var isWhole = false

  /// Nothing was counted.
  init() {}

  /// What is counted in some blocks.
  init(_ hits: Hits, blocks: Range<Int>, in text: RunningText) {
    self.init(hits, in: text) { blocks.contains($0.block) }
  }

  /// What is counted where `isInside` holds; in the running heads and feet nothing is.
  init(_ hits: Hits, in text: RunningText, where isInside: (Hit) -> Bool = { _ in true }) {
    self.init(in: text) { signal in hits[signal].filter { !$0.isFurniture && isInside($0) }[...] }
  }

  /// What is counted among the hits that `inside` gives for each signal.
  init(in text: RunningText, _ inside: (SignalName) -> ArraySlice<Hit>) {
    func rate(_ hit: Hit, _ deviations: Int, of sample: Int?, isComplement: Bool) -> Rate? {
      if let sample, deviations < 0 || deviations > sample || sample == 0 { return nil }
      return Rate(
        deviations: deviations, sample: sample, tokens: hit.tokens,
        sentence: text.tokens[hit.tokens.lowerBound].sentence, isComplement: isComplement,
        goesBack: text.goesBack(from: hit.tokens.lowerBound))
    }
    samples = inside(.sampleSize).compactMap { hit in
      guard let size = hit.value["sample"]?.number else { return nil }
      // `8% of the changes inspected (2 of 25)` says again what failed.
      if hit.value["population"] != nil, text.restatesShare(in: hit.tokens) { return nil }
      var sample = Sample(
        size: size, population: hit.value["population"]?.number, tokens: hit.tokens)
      if let comma = text.comma(in: hit.tokens) {
        // `the changes selected, 2 of 25`; `a sample of 25, 2 of which`
        guard text.firstNumber(in: hit.tokens) < comma else { return nil }
        sample.population = nil
        sample.tokens = hit.tokens.lowerBound..<comma
      }
      if let all = sample.population, all < size { sample.population = nil }
      return sample
    }
    populations = inside(.populationSize).compactMap { $0.value["population"]?.number }
    let compliant = inside(.compliantRate).compactMap { hit -> Rate? in
      guard let good = hit.value["compliant"]?.number, let size = hit.value["sample"]?.number
      else { return nil }
      return rate(hit, size - good, of: size, isComplement: true)
    }
    let told = inside(.deviationRate).compactMap { hit -> Rate? in
      let sample = hit.value["sample"]?.number
      if let failed = hit.value["deviations"]?.number {
        return rate(hit, failed, of: sample, isComplement: false)
      }
      // `Half of the ten`: a share that makes a count.
      guard let sample, sample.isMultiple(of: 2) else { return nil }
      return rate(hit, sample / 2, of: sample, isComplement: false)
    }
    choose(told, compliant: compliant, wholes: inside(.wholeFailure).map(\.tokens))
  }

  /// Each place counts once: words that say what else a number is win over the bare `n of N`.
  private mutating func choose(_ told: [Rate], compliant: [Rate], wholes: [Range<Int>]) {
    // The longest words first: `25 of 61 were selected` is not `61 were selected`.
    samples = samples.reduce(into: []) { kept, sample in
      if !kept.contains(where: { $0.tokens.overlaps(sample.tokens) }) { kept.append(sample) }
    }
    var plain: [Rate] = []
    for rate in told {
      // `None of the 25 changes had` counts none, and means all.
      if rate.deviations == 0, let size = rate.sample,
        wholes.contains(where: { $0.lowerBound == rate.tokens.lowerBound })
      {
        samples.append(Sample(size: size, population: nil, tokens: rate.tokens))
        continue
      }
      // `23 of 25 were compliant`; `25 of 61` of `a sample of 25 of 61`. But `2 of 25 selected`
      // begins with the rate and is one.
      let isOther =
        compliant.contains { $0.tokens.overlaps(rate.tokens) }
        || samples.contains {
          $0.tokens.lowerBound < rate.tokens.lowerBound && $0.tokens.overlaps(rate.tokens)
        }
      if !isOther { plain.append(rate) }
    }
    let full = plain.filter { $0.sample != nil }
    let rest = plain.filter { rate in
      rate.sample == nil && !full.contains { $0.tokens.overlaps(rate.tokens) }
    }
    // The tightest words first: `24 hours for 2 out of 25` is `2 out of 25`.
    let order = (full + rest + compliant).sorted {
      ($0.tokens.upperBound, $1.tokens.lowerBound) < ($1.tokens.upperBound, $0.tokens.lowerBound)
    }
    for rate in order where !rates.contains(where: { $0.tokens.overlaps(rate.tokens) }) {
      rates.append(rate)
    }
    rates.sort { $0.tokens.lowerBound < $1.tokens.lowerBound }
    isWhole = !wholes.isEmpty
  }

  /// The samples of a result: `2 selected` of `for 2 selected changes` are deviations, but `a sample of
  /// 25 of 61` is one also after `2 of`.
  fileprivate var ownSamples: [Sample] {
    samples.filter { sample in
      let rate = rates.first { $0.tokens.overlaps(sample.tokens) }
      return rate == nil || rate?.sample == sample.size
    }
  }

  /// The samples of a test: there `25 of 61 leavers` are 25 that were looked at.
  fileprivate var testSamples: [Sample] {
    samples
      + rates.compactMap { rate in
        guard let all = rate.sample, !rate.isComplement, rate.deviations > 0,
          !samples.contains(where: { $0.tokens.overlaps(rate.tokens) })
        else { return nil }
        return Sample(size: rate.deviations, population: all, tokens: rate.tokens)
      }
  }
}

extension RunningText {
  /// Whether the words before a number go back to items already told: `the 2 of 25`, `of these, 1 of`.
  fileprivate func goesBack(from index: Int) -> Bool {
    let start = sentence(around: index).lowerBound
    var clause: [String] = []
    for i in stride(from: index - 1, through: start, by: -1) {
      let token = tokens[i]
      if token.kind == .mark, [0x3A, 0x3B].contains(token.mark) { break }
      guard token.kind == .word else { continue }
      let word = word(token)
      if ["and", "but", "while"].contains(word) { break }
      clause.insert(word, at: 0)
    }
    if let last = clause.last, ["the", "these", "those", "said", "same"].contains(last) {
      return true
    }
    return clause.count > 1 && clause[0] == "of"
      && ["these", "those", "the", "them", "which"].contains(clause[1])
  }

  /// The first comma or semicolon of a range that is not within a number.
  fileprivate func comma(in range: Range<Int>) -> Int? {
    range.dropLast().first {
      tokens[$0].kind == .mark && [0x2C, 0x3B].contains(tokens[$0].mark)
        && !tokens[$0 + 1].flags.contains(.glued)
    }
  }

  /// Whether the first number of a range stands in brackets after a percentage of the same sentence.
  fileprivate func restatesShare(in range: Range<Int>) -> Bool {
    let number = firstNumber(in: range)
    guard number < range.upperBound, number > range.lowerBound, tokens[number - 1].kind == .mark,
      tokens[number - 1].mark == 0x28
    else { return false }
    return tokens[sentence(around: number).lowerBound..<number].contains { token in
      token.kind == .mark ? token.mark == 0x25 : token.kind == .word && word(token) == "percent"
    }
  }

  fileprivate func firstNumber(in range: Range<Int>) -> Int {
    range.first { number(at: $0) != nil } ?? range.upperBound
  }
}

extension FailureRate {
  /// What the true rate is at most, in percent with one decimal: the exact one-sided 90 % bound of
  /// Clopper and Pearson. Of a hundred samples so bad, ten at most come from a control that is worse.
  static func upperBound(deviations: Int, sampleSize: Int) -> Double {
    guard sampleSize > 0, deviations >= 0, deviations < sampleSize else { return 100 }
    var low = Double(deviations) / Double(sampleSize)
    var high = 1.0
    // The bound is the rate at which so few deviations have a chance of one in ten.
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if chance(ofAtMost: deviations, in: sampleSize, rate: middle) > 0.1 {
        low = middle
      } else {
        high = middle
      }
    }
    return (low * 1000).rounded() / 10
  }

  /// The chance of at most `count` deviations in a sample.
  ///
  /// Every term of the binomial sum is taken as a multiple of the last one that counts. The terms
  /// themselves are too small to be written for large samples.
  private static func chance(ofAtMost count: Int, in size: Int, rate: Double) -> Double {
    guard rate < 1 else { return 0 }
    let odds = rate / (1 - rate)
    let n = Double(size)
    var atMost = 0.0
    var term = 1.0
    for k in stride(from: Double(count), through: 0, by: -1) {
      atMost += term
      term *= k / ((n - k + 1) * odds)
      if term < atMost * 1e-16 { break }
    }
    var above = 0.0
    term = 1
    for k in stride(from: Double(count) + 1, through: n, by: 1) {
      term *= (n - k + 1) / k * odds
      above += term
      // Beyond one in a hundred nobody asks how small the chance is.
      if term < above * 1e-16 || above > atMost * 100 { break }
    }
    return atMost / (atMost + above)
  }
}
