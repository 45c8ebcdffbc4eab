/// libFuzzer's own changes: of single bytes and runs of them.
@_silgen_name("LLVMFuzzerMutate")
private func mutateBytes(_ bytes: UnsafeMutablePointer<UInt8>, _ size: Int, _ limit: Int) -> Int

/// Changes an input for libFuzzer. Pages are mostly changed by whole words and lines: what reports differ in is
/// which words stand where, and changed bytes only make words that no rule knows.
@_cdecl("LLVMFuzzerCustomMutator")
func mutate(
  _ bytes: UnsafeMutablePointer<UInt8>, _ size: Int, _ limit: Int, _ seed: UInt32
) -> Int {
  var chance = Chance(state: UInt64(seed) + 1)
  guard changesLines, chance.below(4) > 0 else { return mutateBytes(bytes, size, limit) }
  var lines = DumpLines(Array(UnsafeBufferPointer(start: bytes, count: size)))
  for _ in 0...chance.below(6) { lines.change(&chance) }
  let changed = lines.joined.prefix(limit)
  for (i, byte) in changed.enumerated() { bytes[i] = byte }
  return changed.count
}

/// The same seed gives the same change, or a find could not be made again.
private struct Chance {
  var state: UInt64

  /// From none to one less than the limit; none where that is none.
  mutating func below(_ limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return limit > 0 ? Int(state >> 33) % limit : 0
  }
}

/// The lines of a dump of pages, each a box and words.
private struct DumpLines {
  private var lines: [[ArraySlice<UInt8>]]

  init(_ bytes: [UInt8]) {
    lines = bytes.split(separator: 0x0A).map { $0.split(separator: 0x20) }
  }

  var joined: [UInt8] {
    Array(lines.map { Array($0.joined(separator: [0x20])) }.joined(separator: [0x0A]))
  }

  mutating func change(_ chance: inout Chance) {
    guard !lines.isEmpty else { return }
    let a = chance.below(lines.count)
    let b = chance.below(lines.count)
    switch chance.below(8) {
    case 0: lines.remove(at: a)
    case 1: lines.insert(lines[b], at: a)
    case 2: lines.swapAt(a, b)
    case 3:
      // The words of two lines change places.
      let words = lines[a].dropFirst()
      lines[a] = Array(lines[a].prefix(1) + lines[b].dropFirst())
      lines[b] = Array(lines[b].prefix(1) + words)
    case 4: lines[a] += lines[b].dropFirst()
    case 5:
      guard lines[a].count > 1 else { return }
      lines[a].remove(at: 1 + chance.below(lines[a].count - 1))
    case 6:
      guard lines[b].count > 1, !lines[a].isEmpty else { return }
      let word = lines[b][1 + chance.below(lines[b].count - 1)]
      lines[a].insert(word, at: 1 + chance.below(lines[a].count))
    default:
      // A line ends sooner, and its last words begin the next.
      guard lines[a].count > 2, a + 1 < lines.count, !lines[a + 1].isEmpty else { return }
      let kept = 1 + chance.below(lines[a].count - 1)
      let moved = lines[a][kept...]
      lines[a].removeSubrange(kept...)
      lines[a + 1].insert(contentsOf: moved, at: 1)
    }
  }
}
