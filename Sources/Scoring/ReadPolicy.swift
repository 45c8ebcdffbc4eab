import Crypto
import SOC2Vocabulary
import XMLTree

/// Reads and checks a policy. `file` is the name that messages show; nothing is opened.
///
/// Throws everything that is wrong with it, each with its line: nothing is filled in from elsewhere.
public func readPolicy(_ bytes: [UInt8], file: String) throws(PolicyError) -> Policy {
  var log = ProblemLog(SourceFile(shown: file, bytes: bytes))
  let tree: ParsedXML
  do throws(XMLTreeError) {
    tree = try ParsedXML(bytes, file: file)
  } catch {
    log.report(error)
    throw PolicyError(problems: log.problems)
  }
  var checker = ShapeChecker(log.file, namespace: PolicyShapes.namespace, shape: PolicyShapes.shape)
  checker.check(tree.root, isNamed: "policy")
  guard checker.log.isEmpty else { throw PolicyError(problems: checker.log.problems) }
  var reader = PolicyReader(log: log)
  let policy = reader.policy(tree.root, sha256: digest(bytes))
  guard let policy, reader.log.isEmpty else { throw PolicyError(problems: reader.log.problems) }
  return policy
}

private func digest(_ bytes: [UInt8]) -> String {
  let digits = Array("0123456789abcdef".utf8)
  let hex = SHA256.hash(data: bytes).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
  return String(decoding: hex, as: UTF8.self)
}

/// Makes a policy of a tree that has the right shape, and reports what no schema can say.
private struct PolicyReader {
  var log: ProblemLog

  mutating func policy(_ root: Element, sha256: String) -> Policy? {
    let title = text("title", of: root)
    let why = text("why", of: root)
    guard let section = root.elements("exceptions").first,
      let exceptions = exceptionModel(section)
    else { return nil }
    return Policy(
      name: oneLine(root["name"] ?? ""), version: oneLine(root["version"] ?? ""), title: title,
      why: why, sha256: sha256, exceptions: exceptions)
  }

  private mutating func text(_ name: String, of element: Element) -> String {
    guard let child = element.elements(name).first else { return "" }
    let line = oneLine(child.text)
    if line.isEmpty { log.report("'\(name)' has no words", at: child) }
    return line
  }

  // MARK: - The exception model

  private mutating func exceptionModel(_ section: Element) -> ExceptionModel? {
    let natures = self.natures(section)
    let bands = rateBands(section)
    let cases = rateCases(section)
    let modifiers = self.modifiers(section)
    let levels = self.levels(section)
    let caps = section.elements("cap").map { bound($0) }
    let floors = section.elements("floor").map { bound($0) }
    guard let whole = cases[.whole], let design = cases[.design], let unknown = cases[.unknown]
    else { return nil }
    return ExceptionModel(
      natures: natures, rates: bands, wholeFailure: whole, designFailure: design,
      unknownRate: unknown, modifiers: modifiers, levels: levels, caps: caps, floors: floors)
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
        why: oneLine(element["why"] ?? ""))
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
      rateAbove: element["rate-above"].flatMap { Int($0) }, why: oneLine(element["why"] ?? ""))
  }

  // MARK: - Values, whose form the shapes have checked

  private func weight(_ element: Element) -> ExceptionModel.Weight {
    ExceptionModel.Weight(points: number(element, "points"), why: oneLine(element["why"] ?? ""))
  }

  private func natures(_ element: Element, _ attribute: String) -> Set<ExceptionNature> {
    Set(words(element[attribute] ?? "").compactMap(ExceptionNature.init(rawValue:)))
  }

  private func number(_ element: Element, _ attribute: String) -> Int {
    guard let number = element[attribute].flatMap({ Int($0) }) else {
      preconditionFailure("the shape of '\(element.name)' must be checked before it is read")
    }
    return number
  }

  private func choice<Choice: RawRepresentable<String>>(
    _ element: Element, _ attribute: String
  ) -> Choice {
    guard let value = element[attribute], let choice = Choice(rawValue: oneLine(value)) else {
      preconditionFailure("the shape of '\(element.name)' must be checked before it is read")
    }
    return choice
  }
}
