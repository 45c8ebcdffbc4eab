import Glibc
import Outputs
import PageText
import Pipeline
import SOC2Vocabulary
import Synchronization

/// Reviews the vendors of a plan, several at a time. What is written depends on the files, the rules, the
/// policy and the day alone: not on how many threads there are, which is done first, or how often the run
/// was broken off before.
final class BatchRun: Sendable {
  private let plan: BatchPlan
  private let reader: DocumentReader
  private let folder: BatchFolder
  private let reviewDate: Day
  /// Whether what an earlier run read may be used.
  private let isResumed: Bool
  /// What of a packet goes into records and summary; what is stored for the next run stays whole.
  private let release: @Sendable (Packet) -> Packet
  private let state: Mutex<State>

  private var yardstick: Yardstick { reader.yardstick }
  private var rules: String { yardstick.tool.rulesSHA256 }

  private struct State {
    var next = 0
    var isStopped = false
    var finished = 0
    /// One for each vendor that is done.
    var rows: [PortfolioRow?]
    /// Where each document was met, by its digest.
    var places: [String: [Place]] = [:]
    /// What this run has stored.
    var stored: Set<String> = []
    var progress = BatchProgress()
    var problems: [OutputProblem] = []
  }

  /// A file of the plan.
  private struct Place: Comparable {
    var vendor: Int
    var file: Int

    static func < (a: Place, b: Place) -> Bool { (a.vendor, a.file) < (b.vendor, b.file) }
  }

  init(
    _ plan: BatchPlan, _ reader: DocumentReader, _ folder: BatchFolder, on reviewDate: Day,
    isResumed: Bool, release: @escaping @Sendable (Packet) -> Packet
  ) {
    self.plan = plan
    self.reader = reader
    self.folder = folder
    self.reviewDate = reviewDate
    self.isResumed = isResumed
    self.release = release
    state = Mutex(State(rows: plan.vendors.map { _ in nil }))
  }

  // MARK: - Threads

  /// Starts so many threads; less where the system gives no more, but one at least, if need be this.
  func start(_ jobs: Int) {
    let wanted = min(jobs, max(1, plan.vendors.count))
    let started = (0..<wanted).count { _ in
      startThread { [self] in
        work()
      }
    }
    if started == 0 { work() }
  }

  /// How far it is; the caller asks now and then.
  var progress: BatchProgress { state.withLock { $0.progress } }

  var isDone: Bool { state.withLock { $0.finished == plan.vendors.count } }

  private func work() {
    while let index = takeNext() {
      let row = reviewed(index)
      state.withLock { state in
        state.rows[index] = row
        state.finished += 1
        state.progress.vendors += 1
        state.progress.failures += row.failures.count
      }
    }
  }

  private func takeNext() -> Int? {
    state.withLock { state in
      guard !state.isStopped, state.next < plan.vendors.count else { return nil }
      state.next += 1
      return state.next - 1
    }
  }

  // MARK: - One vendor

  private func reviewed(_ index: Int) -> PortfolioRow {
    let vendor = plan.vendors[index]
    if let problem = vendor.problem {
      write(
        json(RecordLine(id: nil, path: vendor.path, limits: limits, record: .refusal(problem))),
        to: BatchName.record(vendor))
      return PortfolioRow(vendor: vendor.name, tier: vendor.context.tier, failure: problem)
    }
    var files: [SubmittedFile] = []
    for (place, file) in vendor.files.enumerated() {
      files.append(submitted(file, vendor.context, at: Place(vendor: index, file: place)))
    }
    let made = release(reader.packet(&files, on: reviewDate, vendor.context))
    let id = digest(
      Array(files.map(\.identity.sha256).joined(separator: "\n").utf8))
    write(
      json(
        RecordLine(
          id: files.count == 1
            ? (files[0].identity.isRead ? files[0].identity.sha256 : nil) : id,
          path: vendor.path, limits: limits, record: RecordLine.record(of: made))),
      to: BatchName.record(vendor))
    write(
      StoredPacket(
        vendor: vendor.name, context: vendor.context, reviewDate: reviewDate,
        files: files.map(StoredPacket.File.init)
      ).stored, to: BatchName.packet(vendor))
    return PortfolioRow(vendor: vendor.name, packet: made, record: BatchName.record(vendor))
  }

  private var limits: DocumentLimits { reader.confined.namedLimits }

  private func request(_ file: BatchFile, _ context: ReviewContext) -> ReviewRequest {
    reader.request(text(of: file.path.name), on: reviewDate, context)
  }

  /// The file, read now or before; with its own record, if it has bytes.
  private func submitted(
    _ file: BatchFile, _ context: ReviewContext, at place: Place
  ) -> SubmittedFile {
    let request = request(file, context)
    let submitted: SubmittedFile
    switch reader.copy(file.path) {
    case .failure(let problem): submitted = reader.unread(problem, request)
    case .success(let document):
      let identity = document.identity
      let isOurs = state.withLock { $0.stored.contains(identity.sha256) }
      if isResumed || isOurs,
        let known = known(identity.sha256, request, limits: isOurs ? .any : .same)
      {
        submitted = known
      } else {
        submitted = reader.read(document, request)
        if let facts = submitted.stored(yardstick, request) {
          write(facts, to: BatchName.facts(identity.sha256, rules: rules))
          state.withLock { _ = $0.stored.insert(identity.sha256) }
        }
      }
      state.withLock { $0.places[identity.sha256, default: []].append(place) }
      writeRecord(of: identity.sha256, file, submitted)
    }
    state.withLock { $0.progress.documents += 1 }
    return submitted
  }

  /// What is stored of a document. What this run stored is used as it is: to read it again would only give
  /// one document two records.
  private func known(
    _ sha256: String, _ request: ReviewRequest, limits: StoredLimits
  ) -> SubmittedFile? {
    let name = BatchName.facts(sha256, rules: rules)
    return folder.read(name, limit: BatchName.factsLimit).flatMap {
      SubmittedFile(stored: $0, sha256: sha256, request, with: yardstick, limits: limits)
    }
  }

  /// A document's own record says what it says by itself, for nobody in particular.
  private func writeRecord(of sha256: String, _ file: BatchFile, _ submitted: SubmittedFile) {
    var alone = [submitted.asked(request(file, ReviewContext()), with: yardstick)]
    let made = release(reader.packet(&alone, on: reviewDate, ReviewContext()))
    write(
      json(
        RecordLine(
          id: sha256, path: file.shown, limits: limits, record: RecordLine.record(of: made))),
      to: BatchName.document(sha256, rules: rules))
  }

  private func write(_ bytes: [UInt8], to name: String) {
    do {
      try folder.write(bytes, to: name)
    } catch {
      state.withLock { $0.problems.append(error) }
    }
  }

  // MARK: - The end

  /// What could not be written so far; each is told once.
  func takeProblems() -> [OutputProblem] {
    state.withLock { state in
      defer { state.problems = [] }
      return state.problems
    }
  }

  /// The rows in the order of the plan, with a note on files that came more than once. Their own records
  /// then name the first place of the plan, whichever was read last.
  func rows() -> [PortfolioRow] {
    let (all, places) = state.withLock { ($0.rows, $0.places) }
    var rows = all.compactMap(\.self)
    for (sha256, met) in places where met.count > 1 {
      let ordered = met.sorted()
      let first = plan.vendors[ordered[0].vendor].files[ordered[0].file]
      if let known = known(sha256, request(first, ReviewContext()), limits: .any) {
        writeRecord(of: sha256, first, known)
      }
    }
    let twice = places.values.filter { $0.count > 1 }.map { $0.sorted() }.sorted { $0[0] < $1[0] }
    for met in twice {
      let first = plan.vendors[met[0].vendor].files[met[0].file]
      for place in met.dropFirst() where place.vendor != met[0].vendor {
        let file = plan.vendors[place.vendor].files[place.file]
        rows[place.vendor].notes.append(
          "\(file.shown) is the same file as \(first.shown) of \(plan.vendors[met[0].vendor].name)")
      }
    }
    return rows
  }
}

/// Figures of a run for the person who waits.
struct BatchProgress: Sendable {
  var vendors = 0
  var documents = 0
  var failures = 0
}
