/// Building blocks: what rules read from the text for the engine's algorithms to work on. They are no
/// facts of the record; a rule may also judge by them.
public enum SignalName: String, Sendable, CaseIterable {
  /// Words that speak for a kind of document, with points (may be negative).
  case documentKind
  /// A heading over the opinion that tells what it is: `opinion`, `qualified`, `adverse`, `disclaimer`.
  case opinionHeading
  /// Where the conclusion begins: "in our opinion".
  case opinionOpening
  /// In the conclusion: what modifies it (`qualified`, `adverse`, `disclaimer`), or `material` for the
  /// words "in all material respects".
  case opinionClause
  /// What is concluded on: `description`, `design`, `operation`.
  case limbConcluded
  /// A limb said to fail: `description`, `design`, `operation`.
  case limbFailed
  /// A paragraph that explains a modification.
  case basisOpening
  /// Paragraphs that do not modify: emphasis of matter, other matter, non-occurrence.
  case notModifying
  /// "We have examined": the letter is an examination report. Value `examined` or `engaged`.
  case examination
  /// Words that tell design only (`type1`) from design and operation (`type2`).
  case typeWording
  /// The type as titles claim it.
  case typeTitle
  /// Legal name of the service organization as stated; value is the name.
  case organizationName
  /// Name of the system as stated.
  case systemName
  /// Name of the firm that signs, where words say so.
  case auditorName
  /// The whole title of a standard, which names all five categories and says nothing of scope.
  case categoriesMask
  /// An additional framework, named; value is its name.
  case framework
  /// Words by which frameworks are examined or only mapped: `examined`, `mapped`.
  case frameworkTreatment
  /// A sentence that leaves something out of scope.
  case exclusion
  /// Words in the incidents section: `none`, `some`.
  case incidentWording
  /// Words in the changes section: `none`, `some`.
  case changeWording
  /// Draft marks, unfilled placeholders.
  case draftMark
  case placeholder
  /// How subservice organizations are presented: `carve-out`, `inclusive`, `none`.
  case subserviceWording
  /// Emphasis, other matter and non-occurrence as findings.
  case emphasis
  case nonOccurrence
  /// The paragraph that restricts the report's use.
  case restrictedUse
  /// A standard cited: `at101`, `at-c-205`, `at-c-320`, `isae3000`, `ssae18` …
  case standard
  /// What opens a document of its own: letterhead forms, title pages. Value is the kind.
  case documentOpening
  /// A reference to another section by number, e.g. "Section 5": value is the number.
  case certificationWording
}
