import PageText
import TextMatching

extension Layout {
  /// Page numbers that the running heads or feet leap over: 11 and 12 where pages 9, 10, 13 and 14 follow each
  /// other. Nil where they count on, begin anew, or are not printed.
  func leapInPageNumbers(on pages: [Page]) -> ClosedRange<Int>? {
    // A number that counts the pages keeps its distance from their place in the file.
    var distances: [Set<Int>] = pages.map { _ in [] }
    for row in furniture {
      for place in row {
        let page = pages[Int(place.page)]
        guard let number = Int(page.text(of: page.words[Int(place.word)])), (1..<2000) ~= number
        else { continue }
        distances[Int(place.page)].insert(number - Int(place.page))
      }
    }
    // Two pages on each side must agree on how they count.
    for p in distances.indices.dropFirst().dropLast(2) {
      let before = distances[p].intersection(distances[p - 1])
      let after = distances[p + 1].intersection(distances[p + 2])
      guard !before.isEmpty, before.isDisjoint(with: after), let old = before.min(),
        let new = after.filter({ $0 > old && $0 - old <= Self.widestLeap }).min()
      else { continue }
      return (p + old + 1)...(p + new)
    }
    return nil
  }

  /// Parts of a file that count by themselves may be further apart than this.
  private static let widestLeap = 40
}
