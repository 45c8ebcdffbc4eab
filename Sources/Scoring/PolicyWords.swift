import SOC2Vocabulary

/// A policy in words, for `soclens policy explain`.
public func policyInWords(_ policy: Policy) -> String {
  """
  \(policy.name) \(policy.version)
  \(policy.title)

  \(policy.why)
  sha256 \(policy.sha256)

  \(policy.exceptions.inWords)
  """
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
