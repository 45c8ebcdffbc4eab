import Foundation
public import RulePacks

extension Repository {
  /// The repository's own rules folder, as the command would read it.
  public static func rulesSource() throws -> RulePackSource {
    let paths = files(in: "rules/schema", ending: ".rng") + files(in: "rules/soc2", ending: ".xml")
    return RulePackSource(
      name: "rules",
      files: try paths.map {
        RulePackSource.File(path: String($0.dropFirst("rules/".count)), bytes: try bytes(of: $0))
      })
  }

  public static func rulePack() throws -> RulePack { try readRulePack(try rulesSource()) }
}
