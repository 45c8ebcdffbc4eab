import XMLTree

/// Collects what is wrong with one file.
struct ProblemLog {
  let file: SourceFile
  private(set) var problems: [RuleProblem] = []

  init(_ file: SourceFile) { self.file = file }

  var isEmpty: Bool { problems.isEmpty }

  mutating func report(_ message: String, at element: Element) {
    report(message, file.place(of: element))
  }

  mutating func report(_ message: String, at element: Element, _ attribute: String) {
    report(message, file.place(of: attribute, in: element))
  }

  /// Of the whole file.
  mutating func report(_ message: String) {
    problems.append(
      RuleProblem(file: file.shown, line: nil, column: nil, message: message, excerpt: ""))
  }

  mutating func report(_ message: String, line: Int?, byteColumn: Int? = nil) {
    guard let line else { return report(message) }
    report(message, file.place(line: line, byteColumn: byteColumn))
  }

  mutating func report(_ error: XMLTreeError) {
    report(error.message, line: error.line, byteColumn: error.column)
  }

  private mutating func report(_ message: String, _ place: SourceFile.Place) {
    // Past the limit nothing is shown, so nothing is drawn either.
    guard problems.count < RulePackError.problemLimit else { return }
    problems.append(
      RuleProblem(
        file: file.shown, line: place.line, column: place.column, message: message,
        excerpt: file.excerpt(place)))
  }
}
