import ArgumentParser
import RulePacks
import Scoring
import XMLTree

/// Which policy is used: the one named, else the default beside the rules in use.
struct PolicyFile {
  let path: String

  init(option: String?, beside rules: RulesOption) throws {
    path = try option ?? rules.found().path + "/policy/default.xml"
  }

  /// The policy, read and checked; problems are printed, all of them.
  func policy() throws -> Policy {
    let bytes: [UInt8]
    do {
      bytes = try readFile(path, limit: XMLLimits.bytes)
    } catch {
      printError("\(error); a policy is needed, give one with --policy")
      throw Exit.badRules
    }
    do {
      return try readPolicy(bytes, file: path)
    } catch {
      printError("\(error)")
      throw Exit.badRules
    }
  }
}

/// The option that every command that weighs has.
struct PolicyOption: ParsableArguments {
  @Option(
    name: .customLong("policy"),
    help: "The policy that says what weighs how much; else policy/default.xml in the rules folder.")
  var file: String?

  func found(beside rules: RulesOption) throws -> PolicyFile {
    try PolicyFile(option: file, beside: rules)
  }
}
