import SOC2Vocabulary

/// A policy in words, for `soclens policy explain`.
public func policyInWords(_ policy: Policy) -> String {
  """
  \(policy.name) \(policy.version)
  \(policy.title)

  \(policy.why)
  sha256 \(policy.sha256)

  \(policy.decisions.inWords)
  \(policy.measuresInWords)
  \(policy.listsInWords)
  \(policy.exceptions.inWords)
  """
}

extension DecisionTable {
  fileprivate var inWords: String {
    var out = "What is proposed: the gravest decision that any finding leads to.\n"
    for decision in Decision.allCases.reversed() where decision != .accept {
      out += "\n\(decision.rawValue)\n"
      for line in lines where line.decision == decision {
        let least = line.atLeast.map { " (\($0.rawValue) and graver)" } ?? ""
        out += "  \(line.code)\(least): \(line.why)\n"
      }
      if decision == .insufficient {
        out += "  unknown \(needs.map(\.rawValue).joined(separator: ", ")): \(needsWhy)\n"
      }
    }
    out += "\naccept\n  whatever is left.\n\nThe score: 100, less these points, at least 0.\n"
    for severity in Severity.allCases {
      if let weight = weights[severity] {
        out += "  \(weight.points) for \(severity.rawValue): \(weight.why)\n"
      }
    }
    out += "  \(hardFail.points) for what rejects: \(hardFail.why)\n"
    for (code, limit) in limits.sorted(by: { $0.key < $1.key }) {
      out += "  at most \(limit.points) for all \(code): \(limit.why)\n"
    }
    return out
  }
}

extension Policy {
  fileprivate var measuresInWords: String {
    var out = "Measures, limits included; a type 2 report's age counts from its "
    out += ageFrom == .periodEnd ? "period's end.\n" : "report date.\n"
    for measure in measures {
      out += "\n\(measure.name.rawValue)"
      out += measure.tier.map { " of vendors of tier \($0.rawValue)" } ?? ""
      out += "\n"
      for band in measure.bands {
        let limit = band.limit.map { "up to \($0.words)" } ?? "more"
        let unless = band.unlessMonths.map { ", unless \(TimeLimit.months($0).words)" } ?? ""
        let severity = band.severity.map { " is \($0.rawValue)" } ?? ""
        out += "  \(limit)\(unless): \(band.name)\(severity). \(band.why)\n"
      }
    }
    return out
  }

  fileprivate var listsInWords: String {
    var out = ""
    for requirement in requirements {
      let categories = requirement.categories.map(\.rawValue).joined(separator: ", ")
      out += "\(requirement.data) data asks for \(categories): \(requirement.why)\n"
    }
    for override in overrides {
      let tier = override.tier.map { " at vendors of tier \($0.rawValue)" } ?? ""
      out += "\(override.code)\(tier) is \(override.severity.rawValue): \(override.why)\n"
    }
    for firm in auditFirms {
      let from = firm.from.map { " from \($0)" } ?? ""
      let until = firm.until.map { " until \($0)" } ?? ""
      out += "\(firm.name): \(firm.list.rawValue) list\(from)\(until): \(firm.why)\n"
    }
    return out
  }
}

extension ExceptionModel {
  /// The model as a person would do the sum.
  fileprivate var inWords: String {
    var out = "The grade of an exception is a sum of points.\n\n1. What it is about\n"
    for nature in ExceptionNature.allCases {
      if let weight = natures[nature] { out += line(weight, nature.rawValue) }
    }
    out += "\n2. How much failed: the most that holds\n"
    var lower = "up to"
    for band in rates {
      out += line(band.weight, "\(lower) \(band.atMost)%")
      lower = "more than \(band.atMost)%, up to"
    }
    out += line(wholeFailure, "everything failed")
    out += line(designFailure, "not able to work as designed")
    out += line(unknownRate, "not told")
    out += "\n3. What else is known\n"
    for modifier in modifiers {
      let except = modifier.notFor.inWords
      out += line(
        modifier.weight,
        modifier.trait.words + (except.isEmpty ? "" : " (not counted for \(except))"))
    }
    out += "\nSeverity of the sum\n"
    for level in levels {
      out += "  \(level.atLeast) and more: \(level.severity.rawValue). \(level.why)\n"
    }
    out += "  less: info.\n"
    if !caps.isEmpty { out += "\nNever graver than\n" }
    for cap in caps { out += "  \(cap.inWords)\n" }
    if !floors.isEmpty { out += "\nNever lighter than, whatever the sum and the caps say\n" }
    for floor in floors { out += "  \(floor.inWords)\n" }
    if !clusters.isEmpty { out += "\nTogether a step more than the gravest of them\n" }
    for cluster in clusters {
      out += "  \(cluster.atLeast) and more in one family of criteria that are"
      out += " \(cluster.severity.rawValue) or graver. \(cluster.why)\n"
    }
    return out
  }

  private func line(_ weight: Weight, _ what: String) -> String {
    let points = (weight.points > 0 ? "+" : "") + String(weight.points)
    return "  " + String(repeating: " ", count: max(0, 2 - points.count)) + points
      + "  \(what): \(weight.why)\n"
  }
}

extension ExceptionModel.Bound {
  fileprivate var inWords: String {
    var parts: [String] = []
    if !natures.isEmpty { parts.append("about \(natures.inWords)") }
    if let when { parts.append(when.words) }
    if let rateAbove { parts.append("more than \(rateAbove)% failed") }
    if let unless { parts.append("unless \(unless.words)") }
    return "\(severity.rawValue): \(parts.joined(separator: ", ")). \(why)"
  }
}

extension Set<ExceptionNature> {
  fileprivate var inWords: String {
    ExceptionNature.allCases.filter(contains).map(\.rawValue).joined(separator: ", ")
  }
}
