import ReportStructure
import RuleEngine
import SOC2Vocabulary
import TextMatching

/// A print of a system description by which another report can be told to have the same words: the smallest
/// hashes of all runs of eight words, names of the organization and system left out. Words cannot be had
/// back from it.
func descriptionPrint(of document: ReadDocument) -> Value {
  let text = document.report.text
  let own = [FactName.serviceOrganization, .system].compactMap {
    document.facts.facts[$0]?.found?.text
  }.flatMap(plainWords)
  let names = Set(own)
  var words: [String] = []
  for block in document.report.blocks.indices
  where document.report.zones[block] == .systemDescription {
    words += plainWords(text.verbatim(text.blocks[block])).filter { !names.contains($0) }
  }
  guard words.count >= SimilarText.fewestWords else { return .null }
  var hashes: Set<Int> = []
  for start in 0...(words.count - SimilarText.run) {
    hashes.insert(hash(words[start..<(start + SimilarText.run)]))
  }
  return .list(hashes.sorted().prefix(SimilarText.kept).map(Value.number))
}

private func plainWords(_ text: String) -> [String] {
  text.lowercased().split { !($0.isLetter || $0.isNumber) }.map(String.init)
}

/// FNV-1a, of the words' letters; without the sign, which a record's numbers need not have.
private func hash(_ words: ArraySlice<String>) -> Int {
  var hash: UInt64 = 0xCBF2_9CE4_8422_2325
  for word in words {
    for byte in word.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    hash = (hash ^ 0x20) &* 0x100_0000_01B3
  }
  return Int(hash >> 1)
}

/// How like each other two reports of unrelated organizations are.
enum SimilarText {
  /// A run that two writers hardly choose by chance.
  static let run = 8
  /// Shorter descriptions are mostly headings.
  static let fewestWords = 300
  /// So many hashes estimate a share to within some seven percent.
  static let kept = 200
  /// Ninety percent: what is left are names, dates and places.
  static let percent = 90
  /// Shorter lists of controls may be alike by chance.
  static let fewestControls = 20

  /// Whether nine of ten runs of words stand in both descriptions.
  static func haveOneDescription(_ a: DocumentExtract, _ b: DocumentExtract) -> Bool {
    func hashes(_ extract: DocumentExtract) -> Set<Int> {
      Set((extract.entries["document.descriptionPrint"]?.value.list ?? []).compactMap(\.number))
    }
    let (x, y) = (hashes(a), hashes(b))
    guard !x.isEmpty, !y.isEmpty else { return false }
    let smallest = x.union(y).sorted().prefix(kept)
    let shared = smallest.count { x.contains($0) && y.contains($0) }
    return shared * 100 >= smallest.count * percent
  }

  /// Whether nine of ten controls of the shorter list stand in the other in the same words.
  static func haveOneControlList(_ a: DocumentExtract, _ b: DocumentExtract) -> Bool {
    func controls(_ extract: DocumentExtract) -> Set<String> {
      let fact = extract.facts.facts[.controls]
      let entries = fact?.value.list ?? fact?.readings.flatMap { $0.value.list ?? [] } ?? []
      let names = Set(
        plainWords(extract.facts.facts[.serviceOrganization]?.found?.text ?? ""))
      return Set(
        entries.compactMap { $0["text"]?.text }.map { text in
          plainWords(text).filter { !names.contains($0) }.joined(separator: " ")
        })
    }
    let (x, y) = (controls(a), controls(b))
    let fewest = min(x.count, y.count)
    return fewest >= fewestControls && x.intersection(y).count * 100 >= fewest * percent
  }
}
