/// Collects what is wrong with one file.
package struct ProblemLog {
  package let file: SourceFile
  package private(set) var problems: [FileProblem] = []

  package init(_ file: SourceFile) { self.file = file }

  package var isEmpty: Bool { problems.isEmpty }

  package mutating func report(_ message: String, at element: Element) {
    report(message, file.place(of: element))
  }

  package mutating func report(_ message: String, at element: Element, _ attribute: String) {
    report(message, file.place(of: attribute, in: element))
  }

  /// Of the whole file.
  package mutating func report(_ message: String) {
    problems.append(
      FileProblem(file: file.shown, line: nil, column: nil, message: message, excerpt: ""))
  }

  package mutating func report(_ message: String, line: Int?, byteColumn: Int? = nil) {
    guard let line else { return report(message) }
    report(message, file.place(line: line, byteColumn: byteColumn))
  }

  package mutating func report(_ error: XMLTreeError) {
    report(error.message, line: error.line, byteColumn: error.column)
  }

  private mutating func report(_ message: String, _ place: SourceFile.Place) {
    // Past the limit nothing is shown, so nothing is drawn either.
    guard problems.count < FileProblem.limit else { return }
    problems.append(
      FileProblem(
        file: file.shown, line: place.line, column: place.column, message: message,
        excerpt: file.excerpt(place)))
  }
}
