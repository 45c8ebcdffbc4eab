import Foundation
public import RulePacks
public import Scoring

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

  /// The repository's own policy.
  public static func policy() throws -> Policy {
    let path = "rules/policy/default.xml"
    return try readPolicy(try bytes(of: path), file: path)
  }
}
