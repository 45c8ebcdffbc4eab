import PageText
import SOC2Vocabulary

/// Lists that pages which could not be read may go on: what was found of them stands, but nobody should take
/// it for all there is, and an empty one for none.
struct UnreadLists {
  private(set) var facts: [FactName: Fact]
  private(set) var diagnostics: [Diagnostic] = []

  /// Where each may stand, and its name in a sentence.
  private static let lists: [(name: FactName, zones: Set<Zone>, words: String)] = [
    (
      .subserviceOrganizations, [.auditorReport, .managementAssertion, .systemDescription],
      "subservice organizations"
    ),
    (
      .subserviceControls, [.systemDescription, .testsOfControls, .otherInformation, .appendix],
      "complementary subservice organization controls"
    ),
    (
      .userEntityControls, [.systemDescription, .testsOfControls, .otherInformation, .appendix],
      "complementary user entity controls"
    ),
    (.exclusions, [.auditorReport, .systemDescription], "exclusions"),
  ]

  init(_ facts: [FactName: Fact], _ reader: FactReader) {
    self.facts = facts
    for list in Self.lists {
      guard let fact = facts[list.name] else { continue }
      let unread = reader.unreadPages(in: list.zones)
      guard !unread.isEmpty else { continue }
      switch fact.state {
      case .absent: self.facts[list.name]?.state = .notSearchable
      case .found where !(fact.value.list ?? []).isEmpty:
        self.facts[list.name]?.confidence = .low
        let pages = unread.prefix(12).map(String.init).joined(separator: ", ")
        let more = unread.count > 12 ? " and \(unread.count - 12) more" : ""
        diagnostics.append(
          Diagnostic(
            code: "listMayGoOn",
            message:
              "the list of \(list.words) may not be all: \(unread.count == 1 ? "page" : "pages") \(pages)\(more) could not be read"
          ))
      default: break
      }
    }
  }
}
