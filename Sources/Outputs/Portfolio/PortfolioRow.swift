import PageText
public import SOC2Vocabulary

/// One vendor of a portfolio: what its packet comes to. It is small, so that thousands can be held while
/// packets are not.
public struct PortfolioRow: Hashable, Sendable {
  /// A file that could not be read, and what to do about it.
  public struct Failure: Hashable, Sendable {
    /// Nil where the vendor as such could not be reviewed.
    public var file: String?
    /// Nil where there was no file to have one.
    public var status: DocumentStatus?
    public var reason: String

    public init(file: String?, status: DocumentStatus?, reason: String) {
      self.file = file
      self.status = status
      self.reason = reason
    }

    /// What the person who has the file can do.
    public var nextStep: String {
      guard let status else { return "Mend the list or the folder, and run again with --resume." }
      return status.nextStep ?? "Look at the record."
    }
  }

  public struct Subservice: Hashable, Sendable {
    public var name: String
    /// `carve-out`, `inclusive` or `unknown`.
    public var method: String

    public init(name: String, method: String) {
      self.name = name
      self.method = method
    }
  }

  /// An exception of the report.
  public struct Exception: Hashable, Sendable {
    /// Nil where it could not be graded.
    public var severity: Severity?
    /// Families of criteria, such as `CC6`, each once and sorted.
    public var families: [String]

    public init(severity: Severity?, families: [String]) {
      self.severity = severity
      self.families = families
    }
  }

  public var vendor: String
  /// Where its record lies, in the folder of the batch.
  public var record: String?
  public var tier: String?
  public var documents: Int
  /// Nil where nothing was decided.
  public var decision: Decision?
  public var score: Int?
  /// Of the report that the decision is about; nil where it is not found.
  public var opinion: String?
  /// `type1` or `type2`.
  public var type: String?
  /// Last day of the period, or the day that a report of type 1 speaks of.
  public var periodEnd: Day?
  public var daysCovered: Int?
  /// Nil where none could be read.
  public var exceptions: [Exception]?
  /// Whether all results could be read; only then a number of exceptions is no lower bound.
  public var exceptionsAreWhole: Bool
  /// Nil where it is not known which there are.
  public var subservices: [Subservice]?
  public var bridge: BridgeState?
  public var dates: [KeyDate]
  public var openQuestions: Int
  public var unreadPages: Int
  /// Codes of the findings that decided.
  public var reasons: [String]
  public var failures: [Failure]
  /// What a reader should know besides, such as files that were given twice.
  public var notes: [String]

  /// A vendor that could not be reviewed at all.
  public init(vendor: String, tier: String? = nil, failure: String) {
    self.init(vendor: vendor, tier: tier, documents: 0)
    failures = [Failure(file: nil, status: nil, reason: failure)]
  }

  /// A vendor with its packet.
  public init(vendor: String, packet: Packet, record: String?) {
    self.init(
      vendor: vendor, tier: packet.reviews.first?.context.tier, documents: packet.reviews.count)
    self.record = record
    let answer = packet.answer
    decision = answer?.decision
    score = answer?.score
    bridge = answer?.bridge
    dates = answer?.dates ?? []
    reasons = (answer?.reasons ?? []).compactMap { packet.finding(named: $0)?.finding.code }
      .reduce(into: []) { codes, code in if !codes.contains(code) { codes.append(code) } }
    openQuestions = packet.namedQuestions.count
    unreadPages = packet.reviews.reduce(0) { $0 + $1.document.unreadPages.count }
    failures = packet.reviews.filter { !$0.document.status.isRead }.map {
      Failure(
        file: $0.document.file, status: $0.document.status,
        reason: $0.document.reason ?? $0.document.status.title)
    }
    notes = packet.diagnostics.filter { $0.code != "unread" }.map(\.message)
    if let main = packet.main, packet.reviews.indices.contains(main) {
      fill(from: packet.reviews[main])
    }
  }

  private init(vendor: String, tier: String?, documents: Int) {
    self.vendor = vendor
    self.tier = tier
    self.documents = documents
    exceptionsAreWhole = false
    dates = []
    openQuestions = 0
    unreadPages = 0
    reasons = []
    failures = []
    notes = []
  }

  private mutating func fill(from review: Review) {
    func text(_ name: FactName) -> String? { review[name]?.found?.text }
    opinion = text(.opinion)
    type = text(.reportType)
    let period = review[.period]?.found?.period
    periodEnd = period?.end ?? text(.asOf).flatMap(Day.init(iso:))
    daysCovered = period?.days
    let listed = review[.exceptions]
    exceptionsAreWhole = listed?.state == .found
    if let entries = listed?.found?.list ?? listed?.readings.flatMap({ $0.value.list ?? [] }),
      exceptionsAreWhole || !entries.isEmpty
    {
      exceptions = entries.map(Exception.init)
    }
    subservices = review[.subserviceOrganizations]?.found?.list?.map { entry in
      Subservice(
        name: entry["name"]?.text ?? "no name",
        method: entry["method"]?.text ?? "unknown")
    }
  }
}

extension PortfolioRow.Exception {
  /// From an entry of the fact `exceptions`.
  fileprivate init(_ entry: Value) {
    let families = (entry["criteria"]?.list ?? []).compactMap { criterion in
      criterion.text?.split(separator: ".").first.map(String.init)
    }
    self.init(
      severity: entry["severity"]?.text.flatMap(Severity.init(rawValue:)),
      families: Set(families).sorted())
  }
}
