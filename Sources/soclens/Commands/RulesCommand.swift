import ArgumentParser
import Glibc
import Outputs
import PageText
import Pipeline
import RuleEngine
import RulePacks
import SOC2Vocabulary

/// `soclens rules`: for those who write rules.
struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "List, check, explain, try, begin and document rules.",
    subcommands: [
      RulesList.self, RulesCheck.self, RulesExplain.self, RulesTry.self, RulesNew.self,
      RulesDocs.self,
    ])
}

struct RulesList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the rules, one a line.")

  @OptionGroup var rules: RulesOption

  func run() throws {
    for rule in try rules.found().pack().rules {
      print("\(rule.id)  \(rule.status.rawValue)  \(rule.title)")
    }
  }
}

struct RulesCheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check the rules: form, names, and every example under every disturbance.")

  @OptionGroup var rules: RulesOption

  @Argument(help: "Only rules whose id begins like this; left out: all.")
  var id: [String] = []

  func run() throws {
    let pack = try rules.found().pack()
    let chosen = pack.rules.filter { rule in
      id.isEmpty || id.contains { rule.id.hasPrefix($0) }
    }
    guard !chosen.isEmpty else { throw unknownRule(id.joined(separator: " "), in: pack) }
    let failures = chosen.flatMap { runExamples(of: $0) }
    for failure in failures { printError(failure.description) }
    let examples = chosen.reduce(0) { $0 + $1.examples.count }
    print("\(chosen.count) rules, \(examples) examples, \(failures.count) failures")
    if !failures.isEmpty { throw Exit.badRules }
  }
}

struct RulesExplain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Say what a rule looks for, why, and what it makes of it.")

  @OptionGroup var rules: RulesOption

  @Argument(help: "The rule's id, e.g. period/stated.")
  var id: String

  func run() throws {
    let pack = try rules.found().pack()
    guard let rule = pack.rules.first(where: { $0.id == id }) else {
      throw unknownRule(id, in: pack)
    }
    print(ruleInWords(rule))
  }
}

struct RulesTry: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "try",
    abstract: "Run one rule on a report: each place, why places do not count, and near misses.")

  @OptionGroup var rules: RulesOption

  @OptionGroup var reading: ReadingOptions

  @Argument(help: "The rule's id.")
  var id: String

  @Argument(help: "The PDF or DOCX.")
  var file: String

  func run() throws {
    let compiled = try rules.found().compiled()
    guard let rule = compiled.pack.rules.first(where: { $0.id == id }) else {
      throw unknownRule(id, in: compiled.pack)
    }
    let pages = try reading.reader().pagesOrExit(file, nil)
    let trial = tryRule(rule, on: pages, with: compiled)
    for place in trial.places {
      let mark = place.rejected.map { "does not count (\($0))" } ?? "counts"
      print("\(place.fact) = \(inert(place.value)): \(mark)")
      for piece in place.evidence {
        print("  p\(piece.page) \(piece.section.rawValue) \"\(inert(piece.quote))\"")
      }
    }
    if trial.places.isEmpty { print("no place has its words") }
    for miss in trial.nearMisses.prefix(5) {
      print("near miss: \(miss.found) of \(miss.of) words of \"\(miss.phrase)\"")
      for piece in miss.evidence {
        print("  p\(piece.page) \(piece.section.rawValue) \"\(inert(piece.quote))\"")
      }
    }
  }
}

struct RulesNew: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Begin a rule: writes its file, with examples to fill in.")

  @OptionGroup var rules: RulesOption

  @Argument(help: "The new rule's id: area/words, e.g. period/stale.")
  var id: String

  func run() throws {
    let parts = id.split(separator: "/", omittingEmptySubsequences: false)
    let plain = parts.allSatisfy { part in
      !part.isEmpty && part.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == 0x2D }
    }
    guard parts.count == 2, plain else {
      printError("'\(id)' is not a rule's id: write area/words in small letters, e.g. period/stale")
      throw Exit.usage
    }
    let folder = try rules.found().path + "/" + RulePackSource.packFolder + "/" + parts[0]
    let path = folder + "/" + parts[1] + ".xml"
    guard !isExistingFile(path) else {
      printError("\(path): is there already")
      throw Exit.badRules
    }
    mkdir(folder, 0o755)
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o644)
    guard descriptor >= 0, writeAll(Array(ruleTemplate(id).utf8), to: descriptor) else {
      printError("\(path): \(reasonOfLastError())")
      throw Exit.unwritten
    }
    close(descriptor)
    print(
      "\(path): written; fill in the words and the examples, then run soclens rules check \(id)")
  }
}

struct RulesDocs: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "docs", abstract: "Write RULES.md, the list of all rules, into the rules folder.")

  @OptionGroup var rules: RulesOption

  @Flag(help: "Print it instead of writing it.")
  var print = false

  func run() throws {
    let folder = try rules.found()
    let text = ruleList(try folder.pack())
    if print {
      guard writeAll(Array(text.utf8), to: STDOUT_FILENO) else { throw Exit.unwritten }
      return
    }
    let path = folder.path + "/RULES.md"
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    guard descriptor >= 0, writeAll(Array(text.utf8), to: descriptor) else {
      printError("\(path): \(reasonOfLastError())")
      throw Exit.unwritten
    }
    close(descriptor)
  }
}

private func unknownRule(_ id: String, in pack: RulePack) -> ExitCode {
  let near = pack.rules.map(\.id).filter { $0.contains(id.split(separator: "/").last ?? "") }
  let hint =
    near.isEmpty
    ? "see soclens rules list" : "did you mean \(near.prefix(3).joined(separator: ", "))?"
  printError("no rule '\(id)'; \(hint)")
  return Exit.badRules
}
