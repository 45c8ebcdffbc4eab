/// The words that rules know, each with a number; every other word of a report is 0.
///
/// Comparing numbers instead of letters is what makes matching cheap: a report has some 80,000 words,
/// the rules know about two thousand.
public struct Vocabulary: Sendable {
  private var slots: [UInt32]
  private var starts: [Int32] = [0]
  private var bytes: [UInt8] = []

  public init() { slots = Array(repeating: 0, count: 1024) }

  public var count: Int { starts.count - 1 }

  /// The number of a normalised word, given a new one if need be.
  public mutating func intern(_ word: some Collection<UInt8>) -> UInt32 {
    Array(word).withUnsafeBufferPointer { intern($0) }
  }

  /// The same, for letters that stand in memory already.
  mutating func intern(_ word: UnsafeBufferPointer<UInt8>) -> UInt32 {
    if let known = lookup(word) { return known }
    bytes.append(contentsOf: word)
    starts.append(Int32(bytes.count))
    let id = UInt32(starts.count - 1)
    if count * 2 > slots.count {
      grow()
    } else {
      insert(id)
    }
    return id
  }

  /// The number of a normalised word, or 0.
  @inline(__always)
  func id(of word: UnsafeBufferPointer<UInt8>) -> UInt32 { lookup(word) ?? 0 }

  /// How many bytes the word of a number has.
  func length(of id: UInt32) -> Int { Int(starts[Int(id)] - starts[Int(id) - 1]) }

  /// The normalised word of a number.
  public func word(_ id: UInt32) -> String {
    guard id > 0, Int(id) < starts.count else { return "" }
    return String(decoding: bytes[Int(starts[Int(id) - 1])..<Int(starts[Int(id)])], as: UTF8.self)
  }

  private static func hash(_ word: UnsafeBufferPointer<UInt8>) -> Int {
    // FNV-1a: short keys, no seed, so the same on every machine.
    var h: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in word { h = (h ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return Int(truncatingIfNeeded: h ^ (h >> 32))
  }

  private func lookup(_ word: UnsafeBufferPointer<UInt8>) -> UInt32? {
    let mask = slots.count - 1
    var slot = Self.hash(word) & mask
    while slots[slot] != 0 {
      let id = Int(slots[slot])
      let start = Int(starts[id - 1])
      if Int(starts[id]) - start == word.count {
        var same = true
        for i in 0..<word.count where bytes[start + i] != word[i] {
          same = false
          break
        }
        if same { return slots[slot] }
      }
      slot = (slot + 1) & mask
    }
    return nil
  }

  private mutating func insert(_ id: UInt32) {
    let mask = slots.count - 1
    let range = Int(starts[Int(id) - 1])..<Int(starts[Int(id)])
    var slot = bytes.withUnsafeBufferPointer {
      Self.hash(UnsafeBufferPointer(rebasing: $0[range])) & mask
    }
    while slots[slot] != 0 { slot = (slot + 1) & mask }
    slots[slot] = id
  }

  private mutating func grow() {
    slots = Array(repeating: 0, count: slots.count * 4)
    for id in 1..<starts.count { insert(UInt32(id)) }
  }
}
