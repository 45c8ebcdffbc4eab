import ArgumentParser
import Glibc
import Outputs
import PageText
import Pipeline
import Requests
import SOC2Vocabulary

/// `soclens policy diff`: what another policy would make of what was read before.
struct PolicyDiff: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Say which reviews another policy would judge otherwise, and why.",
    discussion: """
      Works on records that `soclens review --format json` wrote, and on folders that \
      `soclens batch --out FOLDER` wrote; no document is opened. \
      Example: soclens policy diff rules/policy/default.xml strict.xml review.json
      """)

  @OptionGroup var rules: RulesOption

  @Option(
    help: """
      The review date, YYYY-MM-DD. Left out: that of the reviews. A record is of its day: only \
      what a batch stored can be judged on another.
      """)
  var asOf: String?

  @Argument(help: ArgumentHelp("The policy in use.", valueName: "a"))
  var first: String

  @Argument(help: ArgumentHelp("The other policy.", valueName: "b"))
  var second: String

  @Argument(
    help: ArgumentHelp("Records of reviews, and folders that a batch wrote.", valueName: "review"))
  var reviews: [String]

  func validate() throws {
    if reviews.isEmpty { throw ValidationError("Name a record, or the folder of a batch.") }
  }

  func run() throws {
    let day = try asOf.map(ReviewDateOption.read)
    let compiled = try rules.found().compiled()
    let a = Yardstick(
      rules: compiled, policy: try PolicyFile(option: first, beside: rules).policy())
    let b = Yardstick(
      rules: compiled, policy: try PolicyFile(option: second, beside: rules).policy())
    var comparison = Comparison(a: a, b: b, day: day)
    for path in reviews {
      if isFolder(path) { comparison.addBatch(path) } else { comparison.addRecord(path) }
    }
    guard writeAll(Array(comparison.text.utf8), to: STDOUT_FILENO) else { throw Exit.unwritten }
    if !comparison.isWhole { throw Exit.unreviewed }
  }
}

/// What changes from one policy to another.
private struct Comparison {
  let a: Yardstick
  let b: Yardstick
  let day: Day?
  private var changes = ""
  private var count = 0
  private var changed = 0
  /// Whether everything could be compared; what could not was told.
  private(set) var isWhole = true

  init(a: Yardstick, b: Yardstick, day: Day?) {
    (self.a, self.b, self.day) = (a, b, day)
  }

  var text: String { changes + "\(changed) of \(count) reviews change\n" }

  private mutating func tell(_ problem: String) {
    printError(problem)
    isWhole = false
  }

  private mutating func add(_ name: String, _ before: Packet, _ after: Packet) {
    count += 1
    let lines = policyChange(from: before, to: after)
    guard !lines.isEmpty else { return }
    changed += 1
    changes += inert(name) + "\n" + lines.map { "  \($0)\n" }.joined()
  }

  mutating func addRecord(_ path: String) {
    let bytes: [UInt8]
    do throws(InputProblem) {
      bytes = try readFile(path, limit: BatchName.factsLimit)
    } catch {
      tell("\(error)")
      return
    }
    let recorded: Packet
    do throws(RecordProblem) {
      recorded = try readReviewRecord(bytes)
    } catch {
      tell("\(path): \(error.message)")
      return
    }
    guard let on = recorded.reviews.first?.reviewDate else { return }
    if let day, day != on {
      tell(
        "\(path): is of \(on); a record holds what was found on its day. Review the document again, or compare a batch"
      )
      return
    }
    guard let before = rejudged(recorded, with: a), let after = rejudged(recorded, with: b) else {
      tell(
        "\(path): was made with other rules; review the document again with these, or name its rules with --rules"
      )
      return
    }
    let names = recorded.reviews.map(\.document.file).joined(separator: ", ")
    add((before.vendor.map { $0 + ": " } ?? "") + names, before, after)
  }

  mutating func addBatch(_ folder: String) {
    let names = (entries(of: folder + "/" + BatchName.packets) ?? [])
      .filter { $0.hasSuffix(".vendor") }
    if names.isEmpty {
      tell("\(folder): holds nothing that a batch stored; run `soclens batch --out` first")
    }
    for name in names {
      guard let stored = StoredVendor(folder, name, day) else {
        tell("\(folder)/\(BatchName.packets)/\(inert(name)): is not whole")
        continue
      }
      guard let before = stored.packet(a), let after = stored.packet(b) else {
        tell(
          "\(inert(stored.packet.vendor)): was read with other rules or another version; run `soclens batch --resume` again"
        )
        continue
      }
      add(stored.packet.vendor, before, after)
    }
  }
}

/// A vendor of a batch, from what the batch stored.
private struct StoredVendor {
  let packet: StoredPacket
  private let folder: String
  private let day: Day

  init?(_ folder: String, _ name: String, _ day: Day?) {
    let path = folder + "/" + BatchName.packets + "/" + name
    guard let bytes = try? readFile(path, limit: 1 << 20), let packet = StoredPacket(stored: bytes)
    else { return nil }
    self.packet = packet
    self.folder = folder
    self.day = day ?? packet.reviewDate
  }

  /// Nil where what was read of a file is not there, or was read with other rules.
  func packet(_ yardstick: Yardstick) -> Packet? {
    var files: [SubmittedFile] = []
    for file in packet.files {
      let request = ReviewRequest(
        file: file.name, reviewDate: day, context: packet.context)
      if let known = file.sha256.flatMap({ known($0, request, yardstick) })
        ?? file.failed(request, with: yardstick)
      {
        files.append(known)
      } else {
        return nil
      }
    }
    return Pipeline.packet(files, on: day, packet.context, with: yardstick)
  }

  private func known(
    _ sha256: String, _ request: ReviewRequest, _ yardstick: Yardstick
  ) -> SubmittedFile? {
    let name = BatchName.facts(sha256, rules: yardstick.tool.rulesSHA256)
    guard let bytes = try? readFile(folder + "/" + name, limit: BatchName.factsLimit) else {
      return nil
    }
    return SubmittedFile(
      stored: bytes, sha256: sha256, request, with: yardstick, limits: .any)
  }
}
