public import PageText

/// Something a rule makes of the facts, for the reader of the review.
public struct Finding: Hashable, Sendable {
  /// Stable within a review: the code, and a number where a code comes up again.
  public var id: String
  /// The rule that made it.
  public var rule: String
  /// One of the finding catalogue, e.g. `opinionQualified`.
  public var code: String
  public var severity: Severity
  /// What the rule says; nil where the policy says no other.
  public var ruleSeverity: Severity?
  public var title: String
  /// Full sentences: first the fact, then the measure.
  public var message: String
  public var evidence: [Evidence]
  /// The facts it rests on.
  public var facts: [String]

  public init(
    id: String, rule: String, code: String, severity: Severity, ruleSeverity: Severity? = nil,
    title: String, message: String, evidence: [Evidence], facts: [String]
  ) {
    self.id = id
    self.rule = rule
    self.code = code
    self.severity = severity
    self.ruleSeverity = ruleSeverity
    self.title = title
    self.message = message
    self.evidence = evidence
    self.facts = facts
  }
}

/// What to ask, whom, and why.
public struct FollowUpQuestion: Hashable, Sendable {
  public enum Addressee: String, Sendable, CaseIterable { case vendor, auditor, `internal` }

  public var id: String
  public var to: Addressee
  public var text: String
  public var why: String
  /// What would answer it, or nil.
  public var evidenceAsked: String?
  public var findings: [String]
  public var evidence: [Evidence]

  public init(
    id: String, to: Addressee, text: String, why: String, evidenceAsked: String?,
    findings: [String], evidence: [Evidence]
  ) {
    self.id = id
    self.to = to
    self.text = text
    self.why = why
    self.evidenceAsked = evidenceAsked
    self.findings = findings
    self.evidence = evidence
  }
}

/// A question that nobody need ask, as a document answers it.
public struct AnsweredQuestion: Hashable, Sendable {
  /// As it would be asked.
  public var question: FollowUpQuestion
  /// What the document says to it.
  public var answer: String
  /// Where it says so.
  public var evidence: [Evidence]
  /// The document that says so, by its name; nil where it is the one that the question is about.
  public var document: String?

  public init(
    question: FollowUpQuestion, answer: String, evidence: [Evidence], document: String?
  ) {
    self.question = question
    self.answer = answer
    self.evidence = evidence
    self.document = document
  }
}

/// A line of the searched-and-not-found ledger: turns silence into information.
public struct Searched: Hashable, Sendable {
  public var fact: String
  public var state: FactState
  public var sections: [Zone]
  /// First and last physical page that was searched; nil when there was none.
  public var pages: ClosedRange<Int>?
  public var rules: [String]

  public init(
    fact: String, state: FactState, sections: [Zone], pages: ClosedRange<Int>?, rules: [String]
  ) {
    self.fact = fact
    self.state = state
    self.sections = sections
    self.pages = pages
    self.rules = rules
  }
}

/// The file that was read, by its bytes; never by its path.
public struct DocumentRecord: Hashable, Sendable {
  public var file: String
  public var sha256: String
  public var bytes: Int
  public var pages: Int
  /// Set when the file holds several documents: the pages of this one.
  public var partOf: ClosedRange<Int>?
  /// Nil when nothing could be read.
  public var kind: DocumentKind?
  public var kindReasons: [Evidence]
  public var status: DocumentStatus
  /// One sentence, when the status is not ok.
  public var reason: String?
  public var pagesWithText: Int
  public var pagesByOCR: Int
  public var unreadPages: [Int]
  public var metadata: DocumentMetadata?
  /// What reading it was allowed to take; nil where nobody said.
  public var limits: DocumentLimits?

  public init(
    file: String, sha256: String, bytes: Int, pages: Int, partOf: ClosedRange<Int>?,
    kind: DocumentKind?, kindReasons: [Evidence], status: DocumentStatus, reason: String?,
    pagesWithText: Int, pagesByOCR: Int, unreadPages: [Int], metadata: DocumentMetadata?,
    limits: DocumentLimits? = nil
  ) {
    self.file = file
    self.sha256 = sha256
    self.bytes = bytes
    self.pages = pages
    self.partOf = partOf
    self.kind = kind
    self.kindReasons = kindReasons
    self.status = status
    self.reason = reason
    self.pagesWithText = pagesWithText
    self.pagesByOCR = pagesByOCR
    self.unreadPages = unreadPages
    self.metadata = metadata
    self.limits = limits
  }
}

/// What reading one file may take. A record with a status such as `timeout` means nothing without them.
public struct DocumentLimits: Hashable, Sendable {
  public var bytes: Int
  public var pages: Int
  /// By the clock.
  public var seconds: Int
  public var memoryBytes: Int
  public var outputBytes: Int

  public init(bytes: Int, pages: Int, seconds: Int, memoryBytes: Int, outputBytes: Int) {
    self.bytes = bytes
    self.pages = pages
    self.seconds = seconds
    self.memoryBytes = memoryBytes
    self.outputBytes = outputBytes
  }
}

/// What the file says of itself: a hint, never proof.
public struct DocumentMetadata: Hashable, Sendable {
  public var producer: String?
  public var creator: String?
  public var created: String?
  public var modified: String?
  public var encrypted: Bool
  public var signed: Bool
  public var incrementalUpdates: Int

  public init(
    producer: String?, creator: String?, created: String?, modified: String?, encrypted: Bool,
    signed: Bool, incrementalUpdates: Int
  ) {
    self.producer = producer
    self.creator = creator
    self.created = created
    self.modified = modified
    self.encrypted = encrypted
    self.signed = signed
    self.incrementalUpdates = incrementalUpdates
  }
}

/// What the caller told us; echoed, so that a record explains itself.
public struct ReviewContext: Hashable, Sendable {
  public var vendor: String?
  public var products: [String]
  public var tier: String?
  public var requiredCategories: [TrustServicesCategory]
  /// Days of incidents that became known elsewhere.
  public var incidents: [Day]

  public init(
    vendor: String? = nil, products: [String] = [], tier: String? = nil,
    requiredCategories: [TrustServicesCategory] = [], incidents: [Day] = []
  ) {
    self.vendor = vendor
    self.products = products
    self.tier = tier
    self.requiredCategories = requiredCategories
    self.incidents = incidents
  }
}

/// Which program, which rules and which policy made a review.
public struct ToolRecord: Hashable, Sendable {
  public static let version = "0.1.0"
  public var rulesPack: String
  public var rulesVersion: String
  public var rulesSHA256: String
  public var policyName: String
  public var policySHA256: String

  public init(
    rulesPack: String, rulesVersion: String, rulesSHA256: String, policyName: String,
    policySHA256: String
  ) {
    self.rulesPack = rulesPack
    self.rulesVersion = rulesVersion
    self.rulesSHA256 = rulesSHA256
    self.policyName = policyName
    self.policySHA256 = policySHA256
  }
}

/// One document, read and judged. The value that every output is made from.
public struct Review: Hashable, Sendable {
  public static let schema = "soclens.review/1"
  public var tool: ToolRecord
  public var reviewDate: Day
  public var context: ReviewContext
  public var document: DocumentRecord
  /// Empty when the document could not be read, or is of a kind without facts.
  public var facts: [FactName: Fact]
  /// Gravest first.
  public var findings: [Finding]
  /// Nil where the file could not be read.
  public var assessment: Assessment?
  public var questions: [FollowUpQuestion]
  /// Questions that the documents answer already.
  public var answered: [AnsweredQuestion]
  public var searched: [Searched]
  public var diagnostics: [Diagnostic]

  public init(
    tool: ToolRecord, reviewDate: Day, context: ReviewContext, document: DocumentRecord,
    facts: [FactName: Fact] = [:], findings: [Finding] = [], assessment: Assessment? = nil,
    questions: [FollowUpQuestion] = [], answered: [AnsweredQuestion] = [],
    searched: [Searched] = [], diagnostics: [Diagnostic] = []
  ) {
    self.tool = tool
    self.reviewDate = reviewDate
    self.context = context
    self.document = document
    self.facts = facts
    self.findings = findings
    self.assessment = assessment
    self.questions = questions
    self.answered = answered
    self.searched = searched
    self.diagnostics = diagnostics
  }

  public subscript(_ name: FactName) -> Fact? { facts[name] }
}

/// The documents of one vendor, reviewed together: those of one file, or of one call; also a single one.
/// The value that outputs for people are made from.
public struct Packet: Hashable, Sendable {
  public static let schema = "soclens.packet/1"
  public var vendor: String?
  /// One for each document, in the order in which they were given. Findings and questions on one
  /// document stand in its review, with evidence of that document.
  public var reviews: [Review]
  /// Who speaks for which time, without holes, earliest first; empty where no report was read.
  public var coverage: [CoverageSpan]
  /// On the documents together, without evidence; they name the documents.
  public var findings: [Finding]
  /// Of everything together; nil where no document could be read. A finding of a review is named by the
  /// place of the review, from 1, and its id: `2/bridgeUnsigned`.
  public var assessment: Assessment?
  /// Of all reviews and of the packet, the most urgent first, none twice; findings named as in the
  /// assessment.
  public var questions: [FollowUpQuestion]
  /// Questions that the documents answer already, named as the others.
  public var answered: [AnsweredQuestion]
  /// Documents that fit nowhere, with the reason.
  public var diagnostics: [Diagnostic]
  /// The place of the report that the assessment is about, from 0; nil where there is none.
  public var main: Int?

  public init(
    vendor: String?, reviews: [Review], coverage: [CoverageSpan] = [], findings: [Finding] = [],
    assessment: Assessment? = nil, questions: [FollowUpQuestion] = [],
    answered: [AnsweredQuestion] = [], diagnostics: [Diagnostic] = [], main: Int? = nil
  ) {
    self.vendor = vendor
    self.reviews = reviews
    self.coverage = coverage
    self.findings = findings
    self.assessment = assessment
    self.questions = questions
    self.answered = answered
    self.diagnostics = diagnostics
    self.main = main
  }
}
