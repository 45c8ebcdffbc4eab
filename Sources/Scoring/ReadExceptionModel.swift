import SOC2Vocabulary
import XMLTree

/// The exception model: points, bands and bounds.
extension PolicyReader {
  mutating func exceptionModel(_ section: Element) -> ExceptionModel? {
    let natures = self.natures(section)
    let bands = rateBands(section)
    let cases = rateCases(section)
    let modifiers = self.modifiers(section)
    let levels = self.levels(section)
    let caps = section.elements("cap").map { bound($0) }
    let floors = section.elements("floor").map { bound($0) }
    let clusters = section.elements("cluster").map { element in
      ExceptionModel.Cluster(
        severity: choice(element, "severity"), atLeast: number(element, "at-least"),
        why: why(element))
    }
    guard let whole = cases[.whole], let design = cases[.design], let unknown = cases[.unknown]
    else { return nil }
    return ExceptionModel(
      natures: natures, rates: bands, wholeFailure: whole, designFailure: design,
      unknownRate: unknown, modifiers: modifiers, levels: levels, caps: caps, floors: floors,
      clusters: clusters)
  }

  private mutating func natures(_ section: Element) -> [ExceptionNature: ExceptionModel.Weight] {
    var natures: [ExceptionNature: ExceptionModel.Weight] = [:]
    for element in section.elements("nature") {
      let nature: ExceptionNature = choice(element, "name")
      if natures.updateValue(weight(element), forKey: nature) != nil {
        log.report("nature '\(nature.rawValue)' has its weight already", at: element, "name")
      }
    }
    let missing = ExceptionNature.allCases.filter { natures[$0] == nil }.map { "'\($0.rawValue)'" }
    if !missing.isEmpty {
      log.report(
        "no nature \(missing.joined(separator: ", ")); an exception of that class would have no"
          + " weight", at: section)
    }
    return natures
  }

  private mutating func rateBands(_ section: Element) -> [ExceptionModel.RateBand] {
    var bands: [ExceptionModel.RateBand] = []
    for element in section.elements("rate") {
      guard let atMost = element["at-most"].flatMap({ Int($0) }) else { continue }
      let band = ExceptionModel.RateBand(atMost: atMost, weight: weight(element))
      if let last = bands.last, last.atMost >= atMost {
        log.report(
          "at-most '\(atMost)' is not above the '\(last.atMost)' before it", at: element, "at-most")
      } else if let last = bands.last, last.weight.points > band.weight.points {
        log.report(
          "points '\(band.weight.points)' are fewer than those of a lower rate", at: element,
          "points")
      }
      bands.append(band)
    }
    if bands.last?.atMost != 100 {
      log.report(
        "the last 'rate' with at-most is not 100 percent; higher rates have no weight", at: section)
    }
    return bands
  }

  private mutating func rateCases(_ section: Element) -> [RateCase: ExceptionModel.Weight] {
    var cases: [RateCase: ExceptionModel.Weight] = [:]
    for element in section.elements("rate") where element["when"] != nil {
      let rate: RateCase = choice(element, "when")
      if cases.updateValue(weight(element), forKey: rate) != nil {
        log.report("rate '\(rate.rawValue)' has its weight already", at: element, "when")
      }
    }
    for rate in RateCase.allCases where cases[rate] == nil {
      log.report("no rate with when '\(rate.rawValue)'", at: section)
    }
    return cases
  }

  private mutating func modifiers(_ section: Element) -> [ExceptionModel.Modifier] {
    var modifiers: [ExceptionModel.Modifier] = []
    for element in section.elements("modifier") {
      let trait: ExceptionTrait = choice(element, "when")
      let weight = weight(element)
      if modifiers.contains(where: { $0.trait == trait }) {
        log.report("modifier '\(trait.rawValue)' has its points already", at: element, "when")
      }
      if trait.isCredit, weight.points > 0 {
        log.report(
          "points '\(weight.points)' of '\(trait.rawValue)' are above 0; it speaks for the service"
            + " organization", at: element, "points")
      } else if !trait.isCredit, weight.points < 0 {
        log.report(
          "points '\(weight.points)' of '\(trait.rawValue)' are below 0; it makes an exception"
            + " graver", at: element, "points")
      }
      modifiers.append(
        ExceptionModel.Modifier(trait: trait, notFor: natures(element, "not-for"), weight: weight))
    }
    let missing = ExceptionTrait.modifiers.filter { trait in
      !modifiers.contains { $0.trait == trait }
    }
    if !missing.isEmpty {
      let names = missing.map { "'\($0.rawValue)'" }.joined(separator: ", ")
      log.report("no modifier \(names); write points=\"0\" for what shall not count", at: section)
    }
    return modifiers
  }

  private mutating func levels(_ section: Element) -> [ExceptionModel.Level] {
    var levels: [ExceptionModel.Level] = []
    let order = Severity.allCases.filter { $0 != .info }
    for element in section.elements("level") {
      let level = ExceptionModel.Level(
        severity: choice(element, "severity"), atLeast: number(element, "at-least"),
        why: why(element))
      if let last = levels.last, last.severity <= level.severity {
        log.report(
          "level '\(level.severity.rawValue)' stands after '\(last.severity.rawValue)'; the order is "
            + order.map(\.rawValue).joined(separator: ", "), at: element, "severity")
      } else if let last = levels.last, last.atLeast <= level.atLeast {
        log.report(
          "at-least '\(level.atLeast)' is not below the '\(last.atLeast)' of a graver level",
          at: element, "at-least")
      }
      levels.append(level)
    }
    for severity in order where !levels.contains(where: { $0.severity == severity }) {
      log.report("no level '\(severity.rawValue)'", at: section)
    }
    return levels
  }

  private mutating func bound(_ element: Element) -> ExceptionModel.Bound {
    if ["natures", "when", "rate-above"].allSatisfy({ element[$0] == nil }) {
      log.report("'\(element.name)' has none of natures, when, rate-above", at: element)
    }
    return ExceptionModel.Bound(
      severity: choice(element, "severity"), natures: natures(element, "natures"),
      when: element["when"].map { _ in choice(element, "when") },
      unless: element["unless"].map { _ in choice(element, "unless") },
      rateAbove: element["rate-above"].flatMap { Int($0) }, why: why(element))
  }

  private func weight(_ element: Element) -> ExceptionModel.Weight {
    ExceptionModel.Weight(points: number(element, "points"), why: why(element))
  }

  private func natures(_ element: Element, _ attribute: String) -> Set<ExceptionNature> {
    Set(words(element[attribute] ?? "").compactMap(ExceptionNature.init(rawValue:)))
  }
}
