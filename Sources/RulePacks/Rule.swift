public import SOC2Vocabulary
public import TextMatching

/// One rule: one file of `rules/`, written and read by security reviewers.
public struct Rule: Sendable {
  public enum Status: String, Sendable, CaseIterable { case draft, stable, retired }

  /// Its path without `.xml`, e.g. `opinion/modified`.
  public var id: String
  public var status: Status
  public var since: String
  public var title: String
  public var why: String
  public var references: [String]
  public var facts: [FactRule]
  public var zones: [ZoneRule]
  public var findings: [FindingRule]
  public var examples: [Example]
  /// As given to the reader, for messages.
  public var file: String

  public init(
    id: String, status: Status, since: String, title: String, why: String, references: [String],
    facts: [FactRule], zones: [ZoneRule], findings: [FindingRule], examples: [Example],
    file: String
  ) {
    self.id = id
    self.status = status
    self.since = since
    self.title = title
    self.why = why
    self.references = references
    self.facts = facts
    self.zones = zones
    self.findings = findings
    self.examples = examples
    self.file = file
  }
}

/// What a rule reads from: a fact of the record, or a building block.
public enum FactTarget: Hashable, Sendable {
  case fact(FactName)
  case signal(SignalName)

  public var name: String {
    switch self {
    case .fact(let name): name.rawValue
    case .signal(let name): name.rawValue
    }
  }

  public init?(name: String) {
    if let fact = FactName(rawValue: name) {
      self = .fact(fact)
    } else if let signal = SignalName(rawValue: name) {
      self = .signal(signal)
    } else {
      return nil
    }
  }
}

/// Which words state a fact, where, and what value they give.
public struct FactRule: Sendable {
  public enum Kind: String, Sendable, CaseIterable {
    /// The value is the case's.
    case choice
    /// The value is what the slot named `value` holds.
    case date, period, name, text, categories, criteria
    /// The value is what all slots `number` and `fraction` of the phrase hold, each by its name.
    case numbers
    /// The value is the whole sentence around the match, verbatim.
    case sentence
  }

  public var target: FactTarget
  public var kind: Kind
  public var scope: Scope
  /// In order, the first that matches a place wins there. Kinds other than `choice` have one, with no value.
  public var cases: [Case]
  public var line: Int

  public struct Case: Sendable {
    /// Empty for kinds other than `choice`.
    public var value: String
    /// How much a match speaks for the value; 1 unless given. Only `documentKind` weighs it.
    public var points: Int
    public var phrases: [Phrase]
    /// A match of one of these in the same sentence cancels the case's matches there.
    public var unless: [Phrase]
    public var line: Int

    public init(value: String, points: Int, phrases: [Phrase], unless: [Phrase], line: Int) {
      self.value = value
      self.points = points
      self.phrases = phrases
      self.unless = unless
      self.line = line
    }
  }

  public init(target: FactTarget, kind: Kind, scope: Scope, cases: [Case], line: Int) {
    self.target = target
    self.kind = kind
    self.scope = scope
    self.cases = cases
    self.line = line
  }
}

/// Where a fact rule looks.
public struct Scope: Sendable {
  public enum Place: String, Sendable, CaseIterable {
    /// Sentences: paragraphs, list items, table cells.
    case body
    case heading
    case anywhere
    /// Running heads and foots, watermarks: what is printed on every page.
    case furniture
  }

  /// Empty: every zone.
  public var zones: Set<Zone>
  public var place: Place
  /// Only below a heading that has one of these phrases.
  public var under: [Phrase]
  /// Only on the first so many pages of the document; nil: all.
  public var firstPages: Int?

  public init(
    zones: Set<Zone> = [], place: Place = .body, under: [Phrase] = [], firstPages: Int? = nil
  ) {
    self.zones = zones
    self.place = place
    self.under = under
    self.firstPages = firstPages
  }
}

/// By which words a zone of the report is known.
public struct ZoneRule: Sendable {
  public var zone: Zone
  /// Wordings of its heading.
  public var headings: [Phrase]
  /// Words that are its heading where a number at most stands beside them.
  public var wholeHeadings: [Phrase]
  /// A heading that has one of these is not it, though it has the words.
  public var unless: [Phrase]
  /// Sentences that only stand at its beginning: they open the zone where no heading was recognised.
  public var openings: [Phrase]
  public var line: Int

  public init(
    zone: Zone, headings: [Phrase], wholeHeadings: [Phrase] = [], unless: [Phrase],
    openings: [Phrase],
    line: Int
  ) {
    self.zone = zone
    self.headings = headings
    self.wholeHeadings = wholeHeadings
    self.unless = unless
    self.openings = openings
    self.line = line
  }
}

/// What follows from facts: a message, and what to ask.
public struct FindingRule: Sendable {
  /// Where the severity comes from.
  public enum Grading: Hashable, Sendable {
    case always(Severity)
    /// What stands at a path: the entry's own `item.severity`, or a measure's such as
    /// `measure.age.severity`.
    case by(String)
  }

  /// What conditions and texts call the entry that is being judged.
  public static let entry = "item"

  public var code: String
  /// The list whose entries are judged one by one, e.g. `exceptions`; nil: the finding is made once.
  public var each: String?
  public var severity: Grading
  /// All must hold.
  public var conditions: [Condition]
  public var title: String
  /// May hold `{period.end}` and the like, and parts in brackets that are left out where a thing named
  /// in them is not there.
  public var message: String
  public var questions: [Question]
  public var line: Int

  public struct Question: Sendable {
    public var id: String
    public var to: FollowUpQuestion.Addressee
    /// All must hold, or it is not asked.
    public var conditions: [Condition]
    /// The first that holds is cited, and the question is not asked.
    public var answers: [Answer]
    public var text: String
    public var evidenceAsked: String?

    public init(
      id: String, to: FollowUpQuestion.Addressee, conditions: [Condition] = [],
      answers: [Answer] = [], text: String, evidenceAsked: String?
    ) {
      self.id = id
      self.to = to
      self.conditions = conditions
      self.answers = answers
      self.text = text
      self.evidenceAsked = evidenceAsked
    }
  }

  /// What a document says to a question already.
  public struct Answer: Sendable {
    /// The place of this fact is cited.
    public var fact: String
    /// All must hold; the first is on `fact`.
    public var conditions: [Condition]
    /// In words, with facts in braces.
    public var text: String

    public init(fact: String, conditions: [Condition], text: String) {
      self.fact = fact
      self.conditions = conditions
      self.text = text
    }
  }

  public init(
    code: String, each: String? = nil, severity: Grading, conditions: [Condition], title: String,
    message: String, questions: [Question], line: Int
  ) {
    self.code = code
    self.each = each
    self.severity = severity
    self.conditions = conditions
    self.title = title
    self.message = message
    self.questions = questions
    self.line = line
  }
}

/// One test on one fact.
public struct Condition: Sendable {
  /// `period.end`, `opinion`, `incidents.disclosed`, `document.kind`, a signal's name …
  public var fact: String
  public var test: Test
  public var line: Int

  public enum Test: Hashable, Sendable {
    /// The value is one of these (a list: holds one of these).
    case isOneOf([String])
    /// The fact is found and its value is none of these.
    case isNoneOf([String])
    /// The fact's state is one of these.
    case state([FactState])
    /// A date more than so many calendar months before the review date.
    case olderThan(months: Int)
    /// A date not more than so many calendar months before the review date, and not after it.
    case withinLast(months: Int)
    /// A date after the review date.
    case afterReview
    /// A period shorter than so many whole months.
    case shorterThan(months: Int)
    /// A period longer than so many whole months.
    case longerThan(months: Int)
    /// Days in a period, both bounds included; nil is open.
    case days(atLeast: Int?, atMost: Int?)
    /// Days from another date to this one, both bounds included; nil is open.
    case daysAfter(fact: String, atLeast: Int?, atMost: Int?)
    /// A whole number, both bounds included; nil is open.
    case number(atLeast: Int?, atMost: Int?)
    /// A part of an entry that is there, or one that is null, empty or missing.
    case isPresent(Bool)
    /// So many entries in a list (or, for signals, places in the text), both bounds included.
    case count(atLeast: Int?, atMost: Int?)
    /// Names that differ after legal suffixes and marks are dropped.
    case differsFrom(fact: String)
    /// The document states it in more than one way.
    case hasSeveralReadings
    /// A text in which one of these runs of words stands; case and marks do not count.
    case says([String])
    /// A text in which none of these runs of words stands.
    case saysNone([String])
  }

  public init(fact: String, test: Test, line: Int) {
    self.fact = fact
    self.test = test
    self.line = line
  }
}

/// The proof of a rule: runs as a test.
public struct Example: Sendable {
  public enum Kind: Sendable {
    /// The text gives the value, and the evidence is exactly the marked words.
    case hit(fact: String, value: String, marked: Range<Int>)
    /// The text gives nothing by this rule.
    case miss(because: String)
    /// The facts raise the finding on that day.
    case raises(Expected, on: Day, given: [Given])
    /// The facts do not raise any finding of this rule on that day.
    case silent(because: String, on: Day, given: [Given])
  }

  /// What comes of an example of judgement.
  public struct Expected: Sendable {
    public var code: String
    /// How many findings have the code.
    public var findings: Int
    /// One for all of them, or one for each, gravest first; empty: not looked at.
    public var severities: [Severity]
    /// The questions that these findings ask, by id; nil: not looked at.
    public var questions: [String]?
    /// The questions that the facts answer, by id; nil: not looked at.
    public var answered: [String]?

    public init(
      code: String, findings: Int = 1, severities: [Severity] = [], questions: [String]? = nil,
      answered: [String]? = nil
    ) {
      self.code = code
      self.findings = findings
      self.severities = severities
      self.questions = questions
      self.answered = answered
    }
  }

  /// A fact as an example sets it: its value in the short form of `Value`, only a state, or a list of
  /// entries (which of a fact that is not found are its readings).
  public struct Given: Sendable {
    public var fact: String
    public var value: String?
    public var state: FactState
    public var entries: [Value]

    public init(fact: String, value: String?, state: FactState, entries: [Value] = []) {
      self.fact = fact
      self.value = value
      self.state = state
      self.entries = entries
    }
  }

  public var kind: Kind
  /// The words, one space between them; empty for examples of judgement. `marked` counts in words.
  public var words: [String]
  /// Where the text stands; nil: the first zone of the rule's scope.
  public var zone: Zone?
  /// The heading it stands under, if the scope asks for one.
  public var under: String?
  public var line: Int

  public init(kind: Kind, words: [String], zone: Zone?, under: String?, line: Int) {
    self.kind = kind
    self.words = words
    self.zone = zone
    self.under = under
    self.line = line
  }
}

/// A rules folder, read and checked.
public struct RulePack: Sendable {
  public var name: String
  public var version: String
  /// Over all files of the pack, names and bytes, in the order of their paths.
  public var sha256: String
  /// By id.
  public var rules: [Rule]

  public init(name: String, version: String, sha256: String, rules: [Rule]) {
    self.name = name
    self.version = version
    self.sha256 = sha256
    self.rules = rules
  }
}
