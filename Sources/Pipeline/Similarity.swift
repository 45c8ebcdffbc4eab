import ReportStructure
import RuleEngine
import SOC2Vocabulary
import TextMatching

/// A print of a system description by which another report can be told to have the same words: the smallest
/// hashes of all runs of eight words, names of the organization and system left out. Words cannot be had
/// back from it.
func descriptionPrint(of document: ReadDocument) -> Value {
  let text = document.report.text
  let names = [FactName.serviceOrganization, .system].compactMap {
    document.facts.facts[$0]?.found?.text
  }.flatMap(plainWords)
  // The words one after another, each with a space behind it, and where each begins.
  var letters: [UInt8] = []
  var starts: [Int] = []
  for block in document.report.blocks.indices
  where document.report.zones[block] == .systemDescription {
    for word in plainWords(text.verbatim(text.blocks[block])) where !names.contains(word) {
      starts.append(letters.count)
      letters += word
      letters.append(0x20)
    }
  }
  guard starts.count >= SimilarText.fewestWords else { return .null }
  starts.append(letters.count)
  var smallest: [Int] = []
  for (start, end) in zip(starts, starts.dropFirst(SimilarText.run)) {
    let hash = hash(letters[start..<end])
    // Nearly all are larger than those that are kept already.
    if smallest.count == SimilarText.kept, hash >= smallest[SimilarText.kept - 1] { continue }
    let place = smallest.firstIndex { $0 >= hash } ?? smallest.count
    if place < smallest.count, smallest[place] == hash { continue }
    smallest.insert(hash, at: place)
    if smallest.count > SimilarText.kept { smallest.removeLast() }
  }
  return .list(smallest.map(Value.number))
}

/// The words of a text in small letters, without marks.
private func plainWords(_ text: String) -> [[UInt8]] {
  let bytes = Array(text.utf8)
  // Most texts are of ASCII, where no character has to be looked up in Unicode's tables.
  guard bytes.allSatisfy({ $0 < 0x80 }) else {
    return text.lowercased().split { !($0.isLetter || $0.isNumber) }.map { Array($0.utf8) }
  }
  return bytes.split { byte in
    !(byte >= 0x61 && byte <= 0x7A || byte >= 0x41 && byte <= 0x5A || byte >= 0x30 && byte <= 0x39)
  }
  // Of letters this makes small ones, and digits have the bit.
  .map { word in word.map { $0 | 0x20 } }
}

/// FNV-1a; without the sign, which a record's numbers need not have.
private func hash(_ bytes: ArraySlice<UInt8>) -> Int {
  var hash: UInt64 = 0xCBF2_9CE4_8422_2325
  for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
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
    func controls(_ extract: DocumentExtract) -> Set<[[UInt8]]> {
      let fact = extract.facts.facts[.controls]
      let entries = fact?.value.list ?? fact?.readings.flatMap { $0.value.list ?? [] } ?? []
      let names = plainWords(extract.facts.facts[.serviceOrganization]?.found?.text ?? "")
      return Set(
        entries.compactMap { $0["text"]?.text }.map { text in
          plainWords(text).filter { !names.contains($0) }
        })
    }
    let (x, y) = (controls(a), controls(b))
    let fewest = min(x.count, y.count)
    return fewest >= fewestControls && x.intersection(y).count * 100 >= fewest * percent
  }
}
