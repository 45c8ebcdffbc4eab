public import PageText
import ReportStructure
public import RulePacks
public import SOC2Vocabulary
import TextMatching

/// What one rule does on one document, for its author.
public struct RuleTrial: Sendable {
  public struct Place: Sendable {
    public var fact: String
    public var value: String
    public var evidence: [Evidence]
    /// Why the words do not count; nil: they count.
    public var rejected: String?
  }
  /// A place that has most of a phrase's words in order, but not all.
  public struct NearMiss: Sendable {
    public var phrase: String
    public var found: Int
    public var of: Int
    public var evidence: [Evidence]
  }
  public var places: [Place]
  public var nearMisses: [NearMiss]
}

/// Runs one rule on pages, with the zones that the whole pack finds in them.
public func tryRule(_ rule: Rule, on pages: [Page], with pack: CompiledRules) -> RuleTrial {
  let (report, _) = readDocument(pages, with: pack)
  let alone = CompiledRules(RulePack(name: "", version: "", sha256: "", rules: [rule]))
  let arranged = layout(pages)
  let text = arranged.runningText(of: pages, with: alone.vocabulary)
  let furniture = arranged.furnitureText(of: pages, with: alone.vocabulary)
  let own = Report(
    text: text, blocks: report.blocks, zones: report.zones, headings: report.headings,
    sections: report.sections, furniture: furniture)
  let matches = alone.matches(in: text)
  let hits = Hits(alone, body: matches, furniture: alone.matches(in: furniture), in: own)
  var places: [RuleTrial.Place] = []
  for (f, fact) in rule.facts.enumerated() {
    let counted = hits[fact.target].filter { $0.fact == f }
    for hit in counted {
      places.append(
        RuleTrial.Place(
          fact: fact.target.name, value: hit.value.short,
          evidence: (hit.isFurniture ? furniture : text).evidence(hit.tokens, section: hit.zone),
          rejected: nil))
    }
    for match in matches {
      guard case .fact(_, f, let option) = alone.owners[match.phrase],
        !counted.contains(where: { $0.tokens.lowerBound == match.tokens.lowerBound })
      else { continue }
      let block = text.block(of: match.tokens.lowerBound)
      let zone = own.zones[block]
      let reason: String
      if !fact.scope.zones.isEmpty, !fact.scope.zones.contains(zone) {
        reason = "stands in \(zone.rawValue)"
      } else if alone.isCancelled(match, rule: 0, fact: f, option: option, matches, text) {
        reason = "an 'unless' stands in the sentence"
      } else if fact.scope.place == .body, own.blocks[block].kind == .heading {
        reason = "stands in a heading"
      } else if fact.scope.place == .heading, own.blocks[block].kind != .heading {
        reason = "does not stand in a heading"
      } else {
        reason = "is outside the rule's scope, or its slot could not be read"
      }
      places.append(
        RuleTrial.Place(
          fact: fact.target.name, value: fact.cases[option].value,
          evidence: text.evidence(match.tokens, section: zone), rejected: reason))
    }
  }
  for match in matches {
    let role: String
    let zone: Zone
    switch alone.owners[match.phrase] {
    case .zoneHeading(let z): (zone, role) = (z, "heading words")
    case .wholeHeading(let z): (zone, role) = (z, "a heading's words alone")
    case .zoneOpening(let z): (zone, role) = (z, "opening words")
    case .zoneDenial(let z): (zone, role) = (z, "words of denial")
    case .fact, .unless, .under: continue
    }
    let block = text.block(of: match.tokens.lowerBound)
    places.append(
      RuleTrial.Place(
        fact: "zone", value: zone.rawValue,
        evidence: text.evidence(match.tokens, section: own.zones[block]),
        rejected: own.zones[block] == zone
          ? nil : "\(role), but the place is \(own.zones[block].rawValue)"))
  }
  return RuleTrial(places: places, nearMisses: nearMisses(of: rule, in: text, own))
}

/// The best places for phrases that nearly stand there: at least two thirds of the words, in order,
/// within twice their number.
private func nearMisses(
  of rule: Rule, in text: RunningText, _ report: Report
) -> [RuleTrial.NearMiss] {
  var out: [RuleTrial.NearMiss] = []
  let words = text.tokens.map { $0.kind == .word ? text.word($0) : "" }
  for phrase in rule.facts.flatMap({ $0.cases.flatMap(\.phrases) }) {
    let wanted = phrase.plainWords
    guard wanted.count >= 3 else { continue }
    var best: (found: Int, range: Range<Int>)?
    for start in words.indices where words[start] == wanted[0] {
      var found = 1
      var last = start
      var i = start + 1
      let end = min(words.count, start + wanted.count * 2 + 6)
      for word in wanted.dropFirst() {
        if let at = (i..<end).first(where: { words[$0] == word }) {
          found += 1
          last = at
          i = at + 1
        }
      }
      if found < wanted.count, best.map({ found > $0.found }) ?? true {
        best = (found, start..<last + 1)
      }
    }
    if let best, best.found * 3 >= wanted.count * 2 {
      out.append(
        RuleTrial.NearMiss(
          phrase: wanted.joined(separator: " "), found: best.found, of: wanted.count,
          evidence: text.evidence(best.range, section: report.zone(of: best.range.lowerBound))))
    }
  }
  return out.sorted { Double($0.found) / Double($0.of) > Double($1.found) / Double($1.of) }
}

extension Phrase {
  /// The words of a phrase's first wording, without slots and gaps.
  fileprivate var plainWords: [String] {
    func words(_ parts: [Part]) -> [String] {
      parts.flatMap { part -> [String] in
        switch part {
        case .word(let word): RunningText.plainWords(word)
        case .any(let options): options.first.map(words) ?? []
        case .maybe(let inner): words(inner)
        case .gap, .slot: []
        }
      }
    }
    return words(parts)
  }
}
