import ArgumentParser
import SOC2Vocabulary

@main
struct Soclens: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "soclens",
    abstract: "Reads the SOC 2 reports you receive: what they say, with page and quote.",
    discussion: """
      Exit codes: 0 done; 1 done, and --fail-on was hit; 2 a document could not be reviewed (its record says why); \
      3 rules, policy or list of vendors are wrong; 4 output could not be written; 64 wrong usage; 130 and 143 \
      stopped.
      """,
    version: ToolRecord.version,
    subcommands: [
      ReviewCommand.self, BatchCommand.self, StreamCommand.self, DumpCommand.self,
      RulesCommand.self, PolicyCommand.self, SchemaCommand.self, DoctorCommand.self,
    ])
}

/// The exit codes of every command, as the contract names them.
enum Exit {
  static let gate = ExitCode(1)
  static let unreviewed = ExitCode(2)
  static let badRules = ExitCode(3)
  static let unwritten = ExitCode(4)
  static let usage = ExitCode(64)
}
