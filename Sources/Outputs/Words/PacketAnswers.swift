import SOC2Vocabulary

extension Packet {
  /// The decision on everything together; that of the one document where there is only one.
  var answer: Assessment? {
    assessment ?? (reviews.count == 1 ? reviews.first?.assessment : nil)
  }

  /// All questions, in the order in which they were ranked; those of the documents, one after the
  /// other, where nobody ranked them together.
  var allQuestions: [FollowUpQuestion] {
    questions.isEmpty ? reviews.flatMap(\.questions) : questions
  }

  /// A finding named as in `answer`: `2/bridgeUnsigned` in the second review, else one of the packet,
  /// else one of the only review. Nil where there is none of that name.
  func finding(named name: String) -> PlacedFinding? {
    if let index = findings.firstIndex(where: { $0.id == name }) {
      return PlacedFinding(review: nil, index: index, finding: findings[index])
    }
    if reviews.count == 1, let placed = finding(name, inReview: 0) { return placed }
    guard let slash = name.firstIndex(of: "/"), let number = Int(name[..<slash]) else { return nil }
    return finding(String(name[name.index(after: slash)...]), inReview: number - 1)
  }

  /// A finding of one review, by its id there.
  func finding(_ id: String, inReview place: Int) -> PlacedFinding? {
    guard reviews.indices.contains(place),
      let index = reviews[place].findings.firstIndex(where: { $0.id == id })
    else { return nil }
    return PlacedFinding(review: place, index: index, finding: reviews[place].findings[index])
  }
}

/// A finding and where it stands.
struct PlacedFinding {
  /// Place of its review in the packet, from 0; nil for one of the packet itself.
  var review: Int?
  /// Place among the findings there, from 0.
  var index: Int
  var finding: Finding
}
