/// Building blocks: what rules read from the text for the engine's algorithms to work on. They are no
/// facts of the record; a rule may also judge by them.
public enum SignalName: String, Sendable, CaseIterable {
  /// Words that speak for a kind of document, with points (may be negative). Value: a `DocumentKind`.
  case documentKind
  /// Words with which a document of its own opens (title page, letterhead form). Value: a `DocumentKind`.
  case documentOpening
  /// A heading in the auditor's report over the conclusion or its basis: `opinion`, `qualified`,
  /// `adverse`, `disclaimer`, `basis-qualified`, `basis-adverse`, `basis-disclaimer`, `basis-modified`.
  case opinionHeading
  /// Where the conclusion begins: `opinion` ("in our opinion"), `no-opinion` (a refusal of it).
  case opinionOpening
  /// Inside the conclusion: `qualified`, `adverse`, `disclaimer` for what modifies it, `material` for
  /// the words "in all material respects".
  case opinionClause
  /// Words that have no place in a conclusion without reservation: `doubt`.
  case opinionDoubt
  /// A limb of the conclusion, stated: `description`, `design`, `operation`.
  case limbConcluded
  /// A limb said to fail: `description`, `design`, `operation`.
  case limbFailed
  /// A paragraph that explains a modification opens or says so.
  case basisOpening
  /// A paragraph that does not modify the opinion: `emphasis`, `other-matter`, `non-occurrence`, `prior-period`.
  case notModifying
  /// What the service auditor did: `examined`, or `engaged` to examine (a disclaimer follows).
  case examination
  /// Words that tell design only (`type1`) from design and operation (`type2`).
  case typeWording
  /// The type as titles claim it: `type1`, `type2`.
  case typeTitle
  /// The service organization's name as stated.
  case organizationName
  /// The system's name as stated.
  case systemName
  /// The service auditor's name, where words say that it is that.
  case auditorName
  /// Words that stand in an audit firm's name: `strong`, `possible`.
  case firmWord
  /// A firm's licence number.
  case licence
  /// The whole title of a standard, which names all five categories and says nothing of scope.
  case categoriesMask
  /// An additional framework; the value is its name.
  case framework
  /// How additional frameworks are treated in a sentence: `examined`, `mapped`.
  case frameworkTreatment
  /// In the incidents part: `none`, `some`.
  case incidentWording
  /// In the changes part: `none`, `some`.
  case changeWording
  /// A mark that the document is a draft.
  case draftMark
  /// A blank that was never filled in.
  case placeholder
  /// How subservice organizations are presented: `carve-out`, `inclusive`, `none`; `use` where it is only
  /// said that one is used.
  case subserviceWording
  /// The paragraph that restricts the report's use.
  case restrictedUse
  /// A standard cited: `at-101`, `at-c-205`, `at-c-320`, `isae-3000`, `isae-3402`, `csae-3000`, `csae-3416`, `sas-70`.
  case standard
  /// Words of certification in the auditor's own report.
  case certificationWording
  /// Words in management's assertion that admit a failure: `modified`.
  case assertionModified
  /// Words of a signature: `signed`; or of one still to come: `unsigned`.
  case signature
  /// The head of a table's column: `id`, `criterion`, `control`, `test`, `result`, `response`,
  /// `organization`, `service`, `method`, `subservice-control`, `user-entity-control`, `monitoring`,
  /// `reason`, `deviation`, `topic`; `exceptions-asked` and `effective-asked` are results that may be answered
  /// with yes or no.
  case columnHeader
  /// What a result says, in the order in which it counts: `exception`, `not-operated`, `not-tested`,
  /// `design-only`, `no-exception`. Two values say no outcome: `limited` for words that hold a result to
  /// part of the period or of the items, `beside` for a sentence that tells nothing of the outcome.
  case resultWording
  /// A result that is printed elsewhere: `note` (below the table, a footnote), `other-information`.
  case resultReference
  /// What the service auditor did: `inquiry`, `observation`, `inspection`, `reperformance`.
  case testKind
  /// Words of a test that say how what follows is meant: `statement` (what was seen), `purpose` (what was to
  /// be learned), `attempt` (what was tried, to see it refused).
  case toldInTest
  /// Deviations of a sample, in words or figures. Value: `deviations`, `sample`.
  case deviationRate
  /// Compliant items of a sample. Value: `compliant`, `sample`.
  case compliantRate
  /// A result that failed as a whole: `all`.
  case wholeFailure
  /// Items that a test looked at. Value: `sample`, and `population` where it is told.
  case sampleSize
  /// The items of which a sample was taken. Value: `population`.
  case populationSize
  /// What an exception is about: the classes of the exception model.
  case exceptionNature
  /// Words in an exception that weigh in its severity: `privileged`, `late`, `no-misuse`, `prior-period`,
  /// `design`; and in its result or response: `compensating`, beside the number of another control.
  case exceptionTrait
  /// Words in a management response: `root-cause`, `corrected`, `planned`, `weak`.
  case responseTrait
  /// Where management answers an exception: `response`.
  case responseLead
  /// Among the tests: management's responses there were not examined: `unexamined`.
  case responseUnexamined
  /// Over a summary of exceptions, or over the responses to them: `summary`, `responses`.
  case exceptionsHeading
  /// Why a criterion has no control of the service organization: `carved-out`, `not-relevant`.
  case criterionReason
  /// Over a list of complementary user entity controls: `cuec`, `uer`.
  case userEntityHeading
  /// The sentence that opens such a list: `cuec`, `uer`.
  case userEntityOpening
  /// That no complementary user entity controls are needed: `none`; or that the service auditor names
  /// them as necessary: `necessary`.
  case userEntityWording
  /// Over a list of complementary subservice organization controls: `csoc`; the words that open one under
  /// such a heading: `lead`.
  case subserviceControlHeading
  /// Over a part on subservice organizations: `subservice`.
  case subserviceHeading
  /// The name of a subservice organization, where words say that it is one.
  case subserviceName
  /// What a subservice organization does for the service organization.
  case subserviceService
  /// How a subservice organization is watched: `monitoring`.
  case subserviceMonitoring
  /// Words that say that some subservice organization is used and left out, named or not: `used`.
  case subserviceUse
  /// What a subservice organization is said to have to do, in a sentence of its own: `duty`.
  case subserviceDuty
  /// A well-known host of servers, by its usual name. Value: one name for all its names.
  case knownHost
  /// A well-known database, identity, mail or model provider, by its usual name.
  case knownProvider
  /// What user entities are said to have to do, in a sentence of its own: `duty`; `modal` where the
  /// sentence does not say whose duty it is.
  case userEntityDuty
  /// Where a sentence of exclusion turns: what stands `before` it is left out, what stands `after` it is,
  /// or what follows is not (`but`).
  case exclusionTurn
  /// That something was taken out of the document before it was handed over: `redacted`; `word` for the
  /// bare word, which only counts in brackets or alone.
  case redactionMark
  /// That the description states service commitments and system requirements: `stated`.
  case commitmentsWording
  /// A word that is printed as a name in every report and names nothing of this one.
  case generalName
  /// How often something is done: `daily`, `weekly`, `monthly`, `quarterly`, `semiannually`, `annually`.
  case frequency
  /// What a user entity control is about: the topics of the user-entity checklist.
  case userEntityTopic
  /// The kind of report that a letter names: `soc1`, `soc2`.
  case letterReportKind
  /// The type of the report that a letter names: `type1`, `type2`.
  case letterReportType
  /// To what a stretch of time in a letter belongs: `report`, `letter`, `next` (report), `previous` (letter).
  case letterTimeCue
  /// The day since which a letter speaks: that day, or the next one where the report ends on it.
  case letterSince
  /// The day after which a letter speaks.
  case letterAfter
  /// The first day of which a letter speaks.
  case letterFrom
  /// A letter speaks from the day after the report's period: `report-end`.
  case letterSinceEnd
  /// The last day of which a letter speaks.
  case letterTo
  /// A letter speaks to its own date: `letter-date`.
  case letterToDate
  /// The day on which the report's period ends, where its beginning is not told.
  case letterReportEnd
  /// A day as of which a letter, or a type 1 report, speaks.
  case letterAsOf
  /// The date of a letter, where words say that it is that.
  case letterDated
  /// What a letter says on changes: `none`, `some`, `except` for words that take back a part.
  case letterChange
  /// What a letter says on incidents: `none`, `some`.
  case letterIncident
  /// A letter claims assurance that nobody gave: `claimed`.
  case letterAssurance
  /// What a letter reminds of: `user-entities`, `no-substitute`, `not-examined`, `follow-up`.
  case letterPart
  /// In what function a letter is signed: `management`, `sales`, `auditor`.
  case signerTitle
  /// Words that close a letter: `closing`.
  case letterClosing
  /// Words before the parts of a signature: `electronic`, `name`, `title`, `by`, `line`, `company`,
  /// `date`; `unsigned` where it is said that the signature is missing.
  case signatureLabel
  /// The company for which a letter speaks.
  case letterEntity
  /// The firm that examined the report that a letter names.
  case letterAuditor
  /// Words with which only an auditor speaks: `auditor`.
  case letterAuditorVoice
  /// An earlier letter that this one goes on from: `extends`.
  case letterChain
  /// The report to come: `next`.
  case letterNext

  /// Whether it is read cell by cell and no rule judges by it: there are hundreds in a report.
  public var isReadInTables: Bool {
    switch self {
    case .columnHeader, .resultWording, .resultReference, .testKind, .toldInTest, .deviationRate,
      .compliantRate, .wholeFailure, .sampleSize, .populationSize, .exceptionNature,
      .exceptionTrait, .responseTrait, .responseLead, .responseUnexamined, .userEntityTopic,
      .generalName, .frequency:
      true
    default: false
    }
  }
}
