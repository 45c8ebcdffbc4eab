import ArgumentParser
import Glibc
import RuleEngine
import RulePacks

/// Which rules folder is used: `--rules`, else the one installed with the program, else `./rules`.
struct RulesFolder {
  let path: String

  /// Throws the exit code for wrong rules, after saying where was looked.
  init(option: String?) throws {
    if let option {
      guard isFolder(option) else {
        printError(
          "\(option): there is no such rules folder; give the folder that holds soc2/ and schema/")
        throw Exit.badRules
      }
      path = option
      return
    }
    let candidates = Self.installed + ["rules"]
    guard let found = candidates.first(where: { isFolder($0 + "/" + RulePackSource.packFolder) })
    else {
      printError(
        "no rules folder found (looked in \(candidates.joined(separator: ", "))); give one with --rules"
      )
      throw Exit.badRules
    }
    path = found
  }

  /// Beside the program: as installed (`bin/soclens`, `share/soclens/rules`), or in one folder with it.
  private static var installed: [String] {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
    guard count > 0 else { return [] }
    let program = String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    guard let slash = program.lastIndex(of: "/") else { return [] }
    let folder = program[..<slash]
    return ["\(folder)/../share/soclens/rules", "\(folder)/rules"]
  }

  /// Every file that belongs to a pack or a schema.
  func source() throws -> RulePackSource {
    var files: [RulePackSource.File] = []
    func collect(_ folder: String, depth: Int) throws {
      for name in entries(of: path + "/" + folder) ?? [] {
        let inner = folder + "/" + name
        if isFolder(path + "/" + inner) {
          if depth < 3 { try collect(inner, depth: depth + 1) }
        } else if name.hasSuffix(".xml") || name.hasSuffix(".rng") {
          do {
            files.append(
              RulePackSource.File(
                path: inner, bytes: try readFile(path + "/" + inner, limit: 1_000_000)))
          } catch {
            printError(error.description)
            throw Exit.badRules
          }
        }
      }
    }
    try collect("schema", depth: 0)
    try collect(RulePackSource.packFolder, depth: 0)
    return RulePackSource(name: path, files: files)
  }

  /// The pack, read and checked; problems are printed, all of them.
  func pack(isThorough: Bool = true) throws -> RulePack {
    let source = try source()
    do {
      return try readRulePack(source, isThorough: isThorough)
    } catch {
      printError("\(error)")
      throw Exit.badRules
    }
  }

  func compiled() throws -> CompiledRules { CompiledRules(try pack(isThorough: false)) }
}

/// The option that every command with rules has.
struct RulesOption: ParsableArguments {
  @Option(
    name: .customLong("rules"),
    help: "Folder of rules; else the one beside the program, else ./rules.")
  var folder: String?

  func found() throws -> RulesFolder { try RulesFolder(option: folder) }
}
