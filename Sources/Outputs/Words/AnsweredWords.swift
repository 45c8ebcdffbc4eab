import SOC2Vocabulary

extension AnsweredQuestion {
  /// What the document says, and where: `The report … [letter.pdf, p. 2]`.
  var words: String {
    let place = [document, evidence.isEmpty ? nil : pageWords(evidence)].compactMap(\.self)
    return answer + (place.isEmpty ? "" : " [\(place.joined(separator: ", "))]")
  }

  /// What stands over such questions in every output.
  static let heading = "Not asked, because the documents say it"
}
