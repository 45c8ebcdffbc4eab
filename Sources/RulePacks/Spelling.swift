/// Finds what somebody meant who misspelled a word of a closed vocabulary.
enum Spelling {
  /// Longer lists are not printed whole; a message is to be read.
  static let listLimit = 40

  /// `'medum' is not one of critical, high; did you mean 'high'?`, without the word in front.
  static func advice(for word: String, among allowed: [String]) -> String {
    let list = allowed.count <= listLimit ? " one of " + allowed.joined(separator: ", ") : " known"
    guard let near = nearest(to: word, among: allowed) else { return "is not\(list)" }
    return "is not\(list); did you mean '\(near)'?"
  }

  /// The nearest word, when it is as near as a slip of the hand: one letter in three, at most three.
  static func nearest(to word: String, among allowed: [String]) -> String? {
    let word = Array(word.lowercased().unicodeScalars.prefix(64))
    let limit = min(3, max(1, word.count / 3))
    var best: (word: String, distance: Int)?
    for candidate in allowed {
      let distance = distance(word, Array(candidate.lowercased().unicodeScalars))
      if distance <= limit, distance < (best?.distance ?? Int.max) { best = (candidate, distance) }
    }
    return best?.word
  }

  /// Letters to add, drop or change, to make one word of the other (Levenshtein).
  private static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var row = Array(0...b.count)
    for i in a.indices {
      var diagonal = row[0]
      row[0] = i + 1
      for j in b.indices {
        let above = row[j + 1]
        row[j + 1] = min(above + 1, row[j] + 1, diagonal + (a[i] == b[j] ? 0 : 1))
        diagonal = above
      }
    }
    return row[b.count]
  }
}
