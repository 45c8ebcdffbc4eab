import PageText
public import ReportStructure
import SOC2Vocabulary
import TextMatching

/// The part of a sentence that names what the report leaves out.
public struct ExclusionSpan: Sendable {
  var tokens: Range<Int>
  var sentence: Range<Int>
  var zone: Zone

  /// Of each sentence that excludes something, what it excludes: what stands before "is not included" and
  /// after "excluding", but not what stands after "other than". Where no rule knows the turn of the
  /// sentence, all of it.
  static func all(_ reader: FactReader) -> [ExclusionSpan] {
    let cues = reader.hits[.exclusionTurn].filter { !$0.isFurniture }
    var seen: Set<Int> = []
    return reader.hits[.exclusions].filter { !$0.isFurniture }.flatMap { hit -> [ExclusionSpan] in
      let sentence = reader.text.sentenceWithin(block: hit.block, hit.tokens)
      guard seen.insert(sentence.lowerBound).inserted else { return [] }
      func span(_ tokens: Range<Int>) -> ExclusionSpan {
        ExclusionSpan(tokens: tokens, sentence: sentence, zone: hit.zone)
      }
      let own = cues.filter { sentence.contains($0.tokens.lowerBound) }
      guard let turn = own.first(where: { $0.value != .text("but") }) else {
        return [span(sentence)]
      }
      let isBefore = turn.value == .text("before")
      let part =
        isBefore
        ? sentence.lowerBound..<turn.tokens.lowerBound
        : min(turn.tokens.upperBound, sentence.upperBound)..<sentence.upperBound
      guard
        let but = own.first(where: {
          $0.value == .text("but") && part.contains($0.tokens.lowerBound)
        })
      else { return [span(part)] }
      return [span(part.lowerBound..<but.tokens.lowerBound)]
    }
  }
}

/// Whether the products that somebody buys are in a report, by name: a list of name, status, evidence.
///
/// The status is `excluded` where the report leaves the product out; `partly-excluded` where it leaves out
/// something whose name begins or ends with the product's; `in-scope` where cover, letters or description
/// name it; `elsewhere` where only other parts do; `not-mentioned`; and `unknown` where those parts could
/// not be read. Exclusion wins over inclusion.
public func productScope(
  _ products: [String], in report: Report, _ facts: DocumentFacts
) -> FactTable.Entry {
  let finder = ProductFinder(report, facts)
  let entries = products.map(finder.entry)
  return FactTable.Entry(
    state: entries.isEmpty ? .absent : .found, value: .list(entries))
}

private struct ProductFinder {
  let report: Report
  let exclusions: [ExclusionSpan]
  let organization: [String]
  let system: String?
  let isReadable: Bool

  init(_ report: Report, _ facts: DocumentFacts) {
    self.report = report
    exclusions = facts.exclusionSpans
    organization = facts.facts[.serviceOrganization]?.found?.text.map(RunningText.plainWords) ?? []
    system = facts.facts[.system]?.found?.text
    isReadable =
      !report.sections(in: .systemDescription).isEmpty
      && !report.sections(in: .auditorReport).isEmpty && report.unreadPages.isEmpty
  }

  func entry(_ product: String) -> Value {
    let forms = forms(of: product)
    let places = forms.isEmpty ? [] : report.text.tokens.indices.compactMap { place($0, forms) }
    func value(_ status: String, _ proof: [Evidence]) -> Value {
      .object(["name": .text(product), "status": .text(status), "evidence": .evidence(proof)])
    }
    var part: [Evidence]?
    for exclusion in exclusions {
      for place in places where exclusion.tokens.contains(place.lowerBound) {
        let proof = report.text.evidence(exclusion.sentence, section: exclusion.zone)
        if isWhole(place, in: exclusion.tokens) { return value("excluded", proof) }
        if part == nil { part = proof }
      }
    }
    // What is left out of the scope is no mention of what is in it.
    let mentions = places.filter { place in
      isName(place) && !exclusions.contains { $0.sentence.contains(place.lowerBound) }
    }
    let scope: [Zone] = [
      .auditorReport, .systemDescription, .managementAssertion, .cover, .executiveSummary,
    ]
    let isNamed = mentions.contains { scope.contains(report.zone(of: $0.lowerBound)) }
    // Named in sentences of exclusion alone, nothing of it is inside.
    if let part { return value(isNamed ? "partly-excluded" : "excluded", part) }
    for zone in scope {
      if let place = mentions.first(where: { report.zone(of: $0.lowerBound) == zone }) {
        return value("in-scope", proof(of: place))
      }
    }
    if !isReadable { return value("unknown", []) }
    // A part that was not recognised may be the description.
    let known = mentions.filter { report.zone(of: $0.lowerBound) != .toc }
    if known.contains(where: { report.zone(of: $0.lowerBound) == .unknown }) {
      return value("unknown", [])
    }
    guard let place = known.first else { return value("not-mentioned", []) }
    return value("elsewhere", proof(of: place))
  }

  private func proof(of place: Range<Int>) -> [Evidence] {
    let block = report.text.block(of: place.lowerBound)
    return report.text.evidence(
      report.text.sentenceWithin(block: block, place), section: report.zones[block])
  }

  // MARK: - Names

  /// The name as given; without the company's own name before it; without a general word behind it.
  private func forms(of product: String) -> [[String]] {
    let words = RunningText.plainWords(product)
    var out = [words]
    func add(_ form: [String]) {
      if !form.isEmpty, !out.contains(form) { out.append(form) }
    }
    let own = organization.filter { !RunningText.legalWords.contains($0) }
    let shared = zip(words, own).prefix { $0 == $1 }.count
    if shared > 0, shared < words.count { add(Array(words.dropFirst(shared))) }
    for form in out {
      var form = form
      while form.count > 1, let last = form.last, Self.generalWords.contains(last) {
        form.removeLast()
        add(form)
      }
    }
    // A name that is nothing but general words says nothing.
    return out.filter { !$0.allSatisfy(Self.generalWords.contains) && !$0.isEmpty }
  }

  private static let generalWords: Set<String> = [
    "platform", "service", "services", "software", "system", "systems", "application",
    "applications", "app", "solution", "solutions", "suite", "product", "products", "cloud", "the",
  ]

  private func place(_ start: Int, _ forms: [[String]]) -> Range<Int>? {
    let text = report.text
    guard text.tokens[start].isWord else { return nil }
    for form in forms where text.word(text.tokens[start]) == form[0] {
      var i = start + 1
      var n = 1
      while n < form.count, i < text.tokens.count, text.tokens[i].isWord,
        text.tokens[i].sentence == text.tokens[start].sentence,
        text.word(text.tokens[i]) == form[n]
      {
        i += 1
        n += 1
      }
      if n == form.count { return start..<i }
    }
    return nil
  }

  /// Whether the words stand as a name: "to connect" is not the product Connect. Of several words one
  /// with a capital is enough; a single one may not only have it as the first word of a sentence.
  private func isName(_ place: Range<Int>) -> Bool {
    let text = report.text
    guard place.contains(where: { text.isCapital($0) }) else { return false }
    guard place.count == 1 else { return true }
    let kind = report.blocks[text.block(of: place.lowerBound)].kind
    let isFirst = text.sentence(around: place.lowerBound).lowerBound == place.lowerBound
    return kind != .paragraph || !isFirst
  }

  /// Whether the product itself is meant, not something named after it: "the Harbour mobile application"
  /// is not Harbour.
  private func isWhole(_ place: Range<Int>, in part: Range<Int>) -> Bool {
    let text = report.text
    var after = place.upperBound
    while after < part.upperBound, text.tokens[after].isWord,
      Self.generalWords.contains(text.word(text.tokens[after]))
    {
      after += 1
    }
    if after < part.upperBound, text.tokens[after].isWord,
      !Self.links.contains(text.word(text.tokens[after]))
    {
      return false
    }
    let before = place.lowerBound - 1
    guard before >= part.lowerBound, text.tokens[before].isWord, text.isCapital(before) else {
      return true
    }
    let word = text.word(text.tokens[before])
    return before == part.lowerBound || organization.contains(word) || Self.links.contains(word)
  }

  private static let links: Set<String> = [
    "is", "are", "was", "were", "has", "have", "and", "or", "nor", "in", "which", "that", "as",
    "for", "from", "to", "of", "by", "on", "at", "with", "module", "modules", "the", "its", "also",
    "will", "does", "do", "did", "because", "since", "while", "until",
  ]
}

extension RunningText {
  fileprivate func isCapital(_ index: Int) -> Bool {
    tokens[index].flags.contains(.capital) || tokens[index].flags.contains(.allCapitals)
  }
}
