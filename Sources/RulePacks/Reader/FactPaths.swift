import SOC2Vocabulary
import XMLTree

/// By which names rules speak of facts.
enum FactPaths {
  /// What a rule can read: facts of the record and building blocks.
  static let names = FactName.allCases.map(\.rawValue) + SignalName.allCases.map(\.rawValue)

  /// What is known without reading the text: `document.kind`, `context.vendor`, `measure.age.band`,
  /// and of several documents together `packet.duplicates`.
  static let records = ["document", "context", "review", "measure", "packet"]

  private static let known = Set(names)

  /// What is wrong with a path like `period.end`; nil when nothing is. Only the head is looked at:
  /// the parts of a fact depend on its value. An entry can be named where each is judged.
  static func problem(in path: String, hasEntry: Bool = false) -> String? {
    if known.contains(path) { return nil }
    let parts = path.split(separator: ".", omittingEmptySubsequences: false)
    let head = parts.first.map { String($0) } ?? ""
    if head == FindingRule.entry {
      guard hasEntry else { return "is a part of an entry; write each= in the finding to name one" }
      return parts.count > 1 && !parts.contains("")
        ? nil : "needs a part, like '\(head).controlId'"
    }
    if known.contains(head) {
      return parts.contains("") ? "has an empty part" : nil
    }
    if records.contains(head) {
      return parts.count > 1 && !parts.contains("") ? nil : "needs a part, like '\(head).kind'"
    }
    guard let near = Spelling.nearest(to: head, among: names + records) else {
      return "is not a fact; facts are " + FactName.allCases.map(\.rawValue).joined(separator: ", ")
        + ", the signals, document.…, context.…, measure.…, packet.… and review.date"
    }
    return "is not a fact; did you mean '\(near)'?"
  }
}
