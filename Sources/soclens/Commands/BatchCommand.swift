import ArgumentParser
import Glibc
import Outputs
import Pipeline
import Requests
import SOC2Vocabulary
import Spreadsheet

/// `soclens batch`: reviews many vendors and sums them up.
struct BatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "batch",
    abstract: "Review a folder or list of vendors, and say what they come to together.",
    discussion: """
      In a folder, each folder is a vendor with its files, and each file beside them a vendor of its own. A list is CSV \
      with the columns vendor and files and, as wanted, tier, products and required (the categories a report must \
      cover); several values of one cell are parted by semicolons, paths are relative to the list. \
      Example: soclens batch vendors.csv --out reviews --resume
      """)

  @Argument(help: ArgumentHelp("Folder of vendors, or list of them (CSV).", valueName: "input"))
  var input: String

  @Option(help: ArgumentHelp("Folder for records and summary.", valueName: "folder"))
  var out: String

  @Option(help: "How many vendors are reviewed at a time. Left out: as many as there are cores.")
  var jobs: Int?

  @Flag(help: "Go on where an earlier run ended: what it read of unchanged documents is used.")
  var resume = false

  @Option(
    help: """
      Review one part of several, such as 2/8, so that several machines share the work; then run once more \
      with --resume and without --shard for the summary.
      """,
    transform: { text in
      guard let shard = Shard(text) else {
        throw ValidationError("--shard is the number of the part and of all parts, such as 2/8.")
      }
      return shard
    })
  var shard: Shard?

  @OptionGroup var day: ReviewDateOption

  @OptionGroup var rules: RulesOption

  @OptionGroup var policy: PolicyOption

  @Option(
    help: """
      What ends the run with exit code 1, parted by commas: reject, insufficient, conditions, unreadable, \
      score<NUMBER.
      """,
    transform: { text in
      guard let gates = Gates(text) else {
        throw ValidationError(
          "--fail-on takes reject, insufficient, conditions, unreadable and score<NUMBER, parted by commas."
        )
      }
      return gates
    })
  var failOn: Gates?

  @OptionGroup var release: ReleaseOptions

  @OptionGroup var ocr: OCROptions

  @OptionGroup var reading: ReadingOptions

  func validate() throws {
    if let jobs, !(1...1024).contains(jobs) {
      throw ValidationError("--jobs is a number from 1 to 1024.")
    }
  }

  func run() throws {
    let reviewDate = try day.day()
    let yardstick = Yardstick(
      rules: try rules.found().compiled(), policy: try policy.found(beside: rules).policy())
    let confined = try reading.reader()
    let folder = try outputs()
    var plan = try plan()
    if let shard { plan.vendors.removeAll { !shard.holds($0.key) } }
    for message in plan.messages { printError(message) }
    let reader = DocumentReader(confined, yardstick, ocr: ocr)
    let release = release
    let batch = BatchRun(
      plan, reader, folder, on: reviewDate, isResumed: resume, release: { release.released($0) })
    let isWhole = wait(for: batch, plan, folder)
    reader.warnOfMissingLayers()
    let rows = batch.rows()
    var isWritten = told(batch.takeProblems()) && isWhole
    if shard == nil {
      isWritten = write(rows, reviewDate, yardstick.tool, plan, to: folder) && isWritten
    }
    print(summary(rows, isWritten: isWritten))
    try leave(rows, isWritten: isWritten)
  }

  // MARK: - What there is to do

  private func outputs() throws -> BatchFolder {
    if let place = FilePath(argument: out).place, place == FilePath(argument: input).place {
      throw ValidationError("--out is the folder that is reviewed; choose another one.")
    }
    do {
      return try BatchFolder(out, shard: shard)
    } catch {
      printError("\(error)")
      throw Exit.unwritten
    }
  }

  private func plan() throws -> BatchPlan {
    let path = FilePath(argument: input)
    if isFolder(input) {
      guard let plan = BatchPlan(folder: path, sparing: FilePath(argument: out)) else {
        printError("\(input): \(reasonOfLastError())")
        throw Exit.badRules
      }
      guard !plan.vendors.isEmpty else {
        printError("\(input): there is nothing to review in this folder")
        throw Exit.badRules
      }
      return plan
    }
    let bytes: [UInt8]
    do {
      bytes = try readFile(path, limit: Manifest.byteLimit)
    } catch {
      printError("\(error)")
      throw Exit.badRules
    }
    guard bytes.count <= Manifest.byteLimit else {
      printError("\(input): is larger than a list of vendors can be")
      throw Exit.badRules
    }
    do {
      return BatchPlan(try readManifest(bytes), at: path)
    } catch {
      printError("\(input):\(error.line): \(inert(error.message))")
      throw Exit.badRules
    }
  }

  // MARK: - While it runs

  /// Waits for the end, tells how far it is, and heeds Ctrl-C.
  ///
  /// - Returns: whether everything could be written so far.
  private func wait(for batch: BatchRun, _ plan: BatchPlan, _ folder: BatchFolder) -> Bool {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    sigaddset(&signals, SIGTERM)
    // Before the threads, which are to leave these signals to this one.
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    var line = BatchProgressLine(total: plan.vendors.count)
    batch.start(jobs ?? max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    var isWhole = true
    var tick = timespec(tv_sec: 0, tv_nsec: 100_000_000)
    while !batch.isDone {
      let signal = sigtimedwait(&signals, nil, &tick)
      if signal > 0 {
        line.clear()
        printError(
          "stopped after \(batch.progress.vendors) of \(plan.vendors.count) vendors; go on with --resume"
        )
        folder.exit(128 + signal)
      }
      let problems = batch.takeProblems()
      if !problems.isEmpty { line.clear() }
      isWhole = told(problems) && isWhole
      line.tell(batch.progress)
    }
    line.clear()
    return isWhole
  }

  private func told(_ problems: [OutputProblem]) -> Bool {
    for problem in problems { printError("\(problem)") }
    return problems.isEmpty
  }

  // MARK: - The end

  private func write(
    _ rows: [PortfolioRow], _ reviewDate: Day, _ tool: ToolRecord, _ plan: BatchPlan,
    to folder: BatchFolder
  ) -> Bool {
    var files = [
      ("summary.json", portfolioJSON(rows, on: reviewDate, tool: tool)),
      ("summary.csv", csv(portfolioTable(rows, tool: tool))),
      ("summary.html", portfolioHTML(rows, on: reviewDate, tool: tool)),
    ]
    var isWhole = true
    if let book = xlsx(portfolioTables(rows, tool: tool), day: reviewDate) {
      files.append(("summary.xlsx", book))
    } else {
      _ = unmadeSpreadsheet()
      isWhole = false
    }
    for (name, bytes) in files {
      do throws(OutputProblem) {
        try folder.write(bytes, to: name)
      } catch {
        printError("\(error)")
        isWhole = false
      }
    }
    let ours = Set(plan.vendors.map { $0.recordName + ".json" })
    for name in folder.names(in: BatchName.vendors) where !ours.contains(name) {
      printError("\(out)/\(BatchName.vendors)/\(inert(name)): is not of this run")
    }
    return isWhole
  }

  /// `12 vendors: 3 accept, 5 conditions, 2 insufficient, 1 reject, 1 not assessed; 2 failures`.
  private func summary(_ rows: [PortfolioRow], isWritten: Bool) -> String {
    var parts = Decision.allCases.compactMap { decision in
      let count = rows.count { $0.decision == decision }
      return count > 0 ? "\(count) \(decision.rawValue)" : nil
    }
    let without = rows.count { $0.decision == nil }
    if without > 0 { parts.append("\(without) not assessed") }
    let failures = rows.reduce(0) { $0 + $1.failures.count }
    let place =
      !isWritten
      ? "not all of it could be written; make room and run again with --resume"
      : shard == nil
        ? "\(out)/summary.html has them together"
        : "run once more with --resume and without --shard for the summary"
    return
      "\(rows.count) \(rows.count == 1 ? "vendor" : "vendors"): \(parts.joined(separator: ", ")); \(failures) \(failures == 1 ? "failure" : "failures"); \(place)"
  }

  private func leave(_ rows: [PortfolioRow], isWritten: Bool) throws {
    if !isWritten { throw Exit.unwritten }
    if let failOn {
      let hit = rows.filter(failOn.stop)
      if !hit.isEmpty {
        printError(
          "--fail-on was hit by \(hit.count) of \(rows.count) vendors, the first being \(inert(hit[0].vendor))"
        )
        throw Exit.gate
      }
    }
    if rows.contains(where: { !$0.failures.isEmpty }) { throw Exit.unreviewed }
  }
}

/// What a caller does not want to pass.
struct Gates: Sendable {
  private var decisions: Set<Decision> = []
  private var unreadable = false
  private var leastScore: Int?

  /// Reads `reject,unreadable,score<70`; nil where a word is none of the gates.
  init?(_ text: String) {
    for word in text.split(separator: ",", omittingEmptySubsequences: false) {
      if word == "unreadable" {
        unreadable = true
      } else if let decision = Decision(rawValue: String(word)), decision != .accept {
        decisions.insert(decision)
      } else if word.hasPrefix("score<"), let score = Int(word.dropFirst(6)),
        (1...101).contains(score)
      {
        leastScore = score
      } else {
        return nil
      }
    }
  }

  /// Whether a vendor is stopped. One without a score is below any.
  func stop(_ row: PortfolioRow) -> Bool {
    if let decision = row.decision, decisions.contains(decision) { return true }
    if unreadable, !row.failures.isEmpty || row.decision == nil { return true }
    return leastScore.map { row.score ?? 0 < $0 } ?? false
  }
}
