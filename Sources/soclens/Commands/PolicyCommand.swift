import ArgumentParser
import Glibc
import Scoring

/// `soclens policy`: for those who decide what weighs how much.
struct PolicyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy", abstract: "Check a policy, say it in words, or compare it with another.",
    subcommands: [PolicyCheck.self, PolicyExplain.self, PolicyDiff.self])
}

struct PolicyCheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check a policy: form, names, and that every number is there.")

  @OptionGroup var rules: RulesOption

  @Argument(help: "The policy; left out: the default one in the rules folder.")
  var file: String?

  func run() throws {
    let found = try PolicyFile(option: file, beside: rules)
    let policy = try found.policy()
    print("\(found.path): \(policy.name) \(policy.version) is in order, sha256 \(policy.sha256)")
  }
}

struct PolicyExplain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Say what weighs how much, and why.")

  @OptionGroup var rules: RulesOption

  @Argument(help: "The policy; left out: the default one in the rules folder.")
  var file: String?

  func run() throws {
    let text = policyInWords(try PolicyFile(option: file, beside: rules).policy())
    guard writeAll(Array(text.utf8), to: STDOUT_FILENO) else { throw Exit.unwritten }
  }
}
