import Glibc
import RulePacks
import Testing
import TextMatching

/// The rules that ship, read as the program reads them.
@Suite("The rules of the repository")
struct RepositoryTests {
  /// All files under a folder, by their path in it.
  private func files(under folder: String, _ path: String = "") -> [RulePackSource.File] {
    guard let directory = opendir("\(Samples.repository)/\(folder)/\(path)") else { return [] }
    defer { closedir(directory) }
    var files: [RulePackSource.File] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard !name.hasPrefix(".") else { continue }
      let inner = path.isEmpty ? name : path + "/" + name
      if entry.pointee.d_type == UInt8(DT_DIR) {
        files += self.files(under: folder, inner)
      } else {
        files.append(
          RulePackSource.File(path: inner, bytes: Samples.file("\(folder)/\(inner)")))
      }
    }
    return files
  }

  @Test("all are good, and the automaton takes each of their phrases")
  func good() throws {
    let pack = try readRulePack(RulePackSource(name: "rules", files: files(under: "rules")))
    #expect(!pack.rules.isEmpty)
    var automaton = PhraseAutomaton()
    for rule in pack.rules {
      var phrases = rule.zones.flatMap { $0.headings + $0.unless + $0.openings }
      for fact in rule.facts {
        phrases += fact.scope.under + fact.cases.flatMap { $0.phrases + $0.unless }
      }
      for phrase in phrases { #expect(automaton.add(phrase) == nil, "\(rule.file)") }
    }
  }
}
