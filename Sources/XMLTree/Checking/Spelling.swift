/// Finds what somebody meant who misspelled a word of a closed vocabulary.
package enum Spelling {
  /// Longer lists are not printed whole; a message is to be read.
  package static let listLimit = 40

  /// `'medum' is not one of critical, high; did you mean 'high'?`, without the word in front.
  package static func advice(for word: String, among allowed: [String]) -> String {
    let list = allowed.count <= listLimit ? " one of " + allowed.joined(separator: ", ") : " known"
    guard let near = nearest(to: word, among: allowed) else { return "is not\(list)" }
    return "is not\(list); did you mean '\(near)'?"
  }

  /// The nearest word, when it is as near as a slip of the hand: one letter in three, at most three.
  package static func nearest(to word: String, among allowed: [String]) -> String? {
    let word = Array(word.lowercased().unicodeScalars.prefix(64))
    let limit = min(3, max(1, word.count / 3))
    var best: (word: String, distance: Int)?
    for candidate in allowed {
      let distance = distance(word, Array(candidate.lowercased().unicodeScalars))
      if distance <= limit, distance < (best?.distance ?? Int.max) { best = (candidate, distance) }
    }
    return best?.word
  }

  /// Letters to add, drop, change or swap with the next, to make one word of the other.
  private static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var before: [Int] = []
    var row = Array(0...b.count)
    for i in a.indices {
      var next = [i + 1]
      for j in b.indices {
        var best = min(row[j + 1] + 1, next[j] + 1, row[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, before[j - 1] + 1) }
        next.append(best)
      }
      before = row
      row = next
    }
    return row[b.count]
  }
}
