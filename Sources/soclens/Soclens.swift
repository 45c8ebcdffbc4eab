import ArgumentParser
import Glibc
import SOC2Vocabulary

/// Where the program begins: as the command, or as the process in which the command reads one document.
@main
enum Program {
  static func main() {
    if CommandLine.argc > 1, let word = CommandLine.unsafeArgv[1],
      String(cString: word) == ReaderProcess.word
    {
      ReaderProcess.run()
    }
    letSignalsThrough()
    // A limit on the size of files is told like a full disk, instead of ending the program.
    signal(SIGXFSZ, SIG_IGN)
    Soclens.main()
  }

  /// Programs that start us from a thread of a pool often leave signals blocked, and then nothing but a kill
  /// would stop us.
  private static func letSignalsThrough() {
    var signals = sigset_t()
    sigemptyset(&signals)
    for signal in [SIGINT, SIGTERM, SIGHUP, SIGQUIT] { sigaddset(&signals, signal) }
    sigprocmask(SIG_UNBLOCK, &signals, nil)
  }
}

struct Soclens: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "soclens",
    abstract: "Reads the SOC 2 reports you receive: what they say, with page and quote.",
    discussion: """
      Exit codes: 0 done; 1 done, and --fail-on was hit; 2 a document could not be reviewed (its record says why); \
      3 rules, policy or list of vendors are wrong; 4 output could not be written; 5 confinement was required and \
      is not to be had; 64 wrong usage; 70 ended by a defect of soclens; 130 and 143 stopped.
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
  static let unconfined = ExitCode(5)
  static let usage = ExitCode(64)
}
