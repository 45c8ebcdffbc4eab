import ArgumentParser
import Confinement
import Glibc
import PDFText
import RulePacks
import SOC2Vocabulary
import Scoring

/// `soclens doctor`: what the program is made of and whether it is whole.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Say which versions and rules are used and whether all is in place.")

  @OptionGroup var rules: RulesOption

  @OptionGroup var policy: PolicyOption

  func run() throws {
    print("soclens \(ToolRecord.version)")
    print("PDF library: \(pdfLibraryVersion)")
    let folder = try rules.found()
    let pack = try folder.pack()
    print("rules folder: \(folder.path)")
    print(
      "rules: \(pack.name) \(pack.version), \(pack.rules.count) rules, sha256 \(pack.sha256.prefix(16))"
    )
    let file = try policy.found(beside: rules)
    let weights = try file.policy()
    print(
      "policy: \(weights.name) \(weights.version), \(file.path), sha256 \(weights.sha256.prefix(16))"
    )
    print("network: never used")
    confinement()
    print(OCRInstallation().description)
  }

  /// Each layer by a trial in a process of its own.
  private func confinement() {
    let (holding, landlock) = ConfinedReader().tryWalls()
    print(
      "confinement: each document is opened, drawn and read by OCR in processes of its own"
    )
    for (layer, name) in Layers.named {
      let version = layer == .landlock && landlock > 0 ? " (version \(landlock))" : ""
      print("  \(name)\(version): \(holding.contains(layer) ? "holds" : "NOT TO BE HAD HERE")")
    }
    print("  namespaces: not used; seccomp leaves no network to be parted from")
  }
}
