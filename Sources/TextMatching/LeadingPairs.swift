/// A list of words in small letters, to look a word of a report up in.
struct WordList: Sendable {
  let words: [String]
  private let pairs: LeadingPairs

  init(_ words: [String]) {
    self.words = words
    pairs = LeadingPairs(words)
  }

  func holds(_ word: ArraySlice<UInt8>) -> Bool {
    // A word of one letter has no second one to look at.
    if word.count > 1, !pairs.hold(word[word.startIndex], word[word.startIndex + 1]) {
      return false
    }
    return words.contains { word.spells($0) }
  }
}

/// The first two letters of some words: a look at two letters tells of most words of a report that they are
/// none of these, and reading further costs much more.
struct LeadingPairs {
  private var pairs = [Bool](repeating: false, count: 26 * 26)

  /// Of words in small letters; those that do not begin with two of them are left out.
  init(_ words: [String]) {
    for word in words {
      let letters = Array(word.utf8.prefix(2))
      if letters.count == 2, let pair = Self.pair(letters[0], letters[1]) { pairs[pair] = true }
    }
  }

  /// Whether one of the words may begin with these two.
  func hold(_ first: UInt8, _ second: UInt8) -> Bool {
    Self.pair(first, second).map { pairs[$0] } ?? false
  }

  private static func pair(_ first: UInt8, _ second: UInt8) -> Int? {
    guard first >= 0x61, first <= 0x7A, second >= 0x61, second <= 0x7A else { return nil }
    return Int(first - 0x61) * 26 + Int(second - 0x61)
  }
}
