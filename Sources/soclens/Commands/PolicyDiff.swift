import ArgumentParser
import Glibc
import Outputs
import PageText
import Pipeline
import SOC2Vocabulary

/// `soclens policy diff`: what another policy would make of what was read before.
struct PolicyDiff: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Say which vendors of a batch another policy would judge otherwise, and why.",
    discussion: """
      Works on what `soclens batch --out FOLDER` stored; no document is opened. \
      Example: soclens policy diff rules/policy/default.xml strict.xml reviews
      """)

  @OptionGroup var rules: RulesOption

  @Option(help: "The review date, YYYY-MM-DD. Left out: that of the batch.")
  var asOf: String?

  @Argument(help: ArgumentHelp("The policy in use.", valueName: "a"))
  var first: String

  @Argument(help: ArgumentHelp("The other policy.", valueName: "b"))
  var second: String

  @Argument(help: ArgumentHelp("Folders that a batch wrote.", valueName: "folder"))
  var folders: [String]

  func validate() throws {
    if folders.isEmpty { throw ValidationError("Name the folder of a batch.") }
  }

  func run() throws {
    let day = try asOf.map(ReviewDateOption.read)
    let compiled = try rules.found().compiled()
    let a = Yardstick(
      rules: compiled, policy: try PolicyFile(option: first, beside: rules).policy())
    let b = Yardstick(
      rules: compiled, policy: try PolicyFile(option: second, beside: rules).policy())
    var changes = ""
    var vendors = 0
    var changed = 0
    var isWhole = true
    for folder in folders {
      let names = (entries(of: folder + "/" + BatchName.packets) ?? [])
        .filter { $0.hasSuffix(".vendor") }
      if names.isEmpty {
        printError("\(folder): holds nothing that a batch stored; run `soclens batch --out` first")
        isWhole = false
      }
      for name in names {
        guard let stored = StoredVendor(folder, name, day) else {
          printError("\(folder)/\(BatchName.packets)/\(inert(name)): is not whole")
          isWhole = false
          continue
        }
        guard let before = stored.packet(a), let after = stored.packet(b) else {
          printError(
            "\(inert(stored.packet.vendor)): was read with other rules or another version; run `soclens batch --resume` again"
          )
          isWhole = false
          continue
        }
        vendors += 1
        let lines = policyChange(from: before, to: after)
        if !lines.isEmpty {
          changed += 1
          changes += inert(stored.packet.vendor) + "\n" + lines.map { "  \($0)\n" }.joined()
        }
      }
    }
    changes += "\(changed) of \(vendors) vendors change\n"
    guard writeAll(Array(changes.utf8), to: STDOUT_FILENO) else { throw Exit.unwritten }
    if !isWhole { throw Exit.unreviewed }
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
