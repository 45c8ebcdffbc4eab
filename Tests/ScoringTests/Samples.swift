import Foundation
import SOC2Vocabulary
import Scoring
import TestSupport
import XMLTree

/// The default policy, to read, to grade with and to break.
enum Samples {
  static let path = "rules/policy/default.xml"
  static let text = (try? Repository.text(path)) ?? ""
  static let policy = try? readPolicy(Array(text.utf8), file: path)

  /// One of everything: the right shape, though most natures are missing.
  static let short = """
    <policy xmlns="urn:soclens:policy:1" name="short" version="1.0" age-from="period-end"><title>t</title><why>w</why>
    <measure name="age" tier="critical"><band name="current" months="12" why="w"/>
    <band name="half-year" days="179" unless-months="6" severity="medium" why="w"/></measure>
    <decisions needs="opinion period" why="w">
    <decide decision="reject" code="draft" at-least="high" why="w"/>
    <weight severity="high" points="15" why="w"/><limit code="carveOut" points="4" why="w"/>
    <hard-fail points="100" why="w"/></decisions>
    <data class="personal" requires="security privacy" why="w"/>
    <override code="stale" tier="low" severity="info" why="w"/>
    <firm name="Quince LLP" list="watch" from="2026-01-01" until="2026-12-31" why="w"/>
    <exceptions><nature name="drTest" points="3" why="w"/><rate at-most="5" points="0" why="w"/>
    <rate when="whole" points="3" why="w"/><modifier when="late" points="1" why="w"/>
    <modifier when="privileged" points="1" not-for="privilegedAccess" why="w"/>
    <level severity="critical" at-least="9" why="w"/>
    <cap severity="medium" natures="governance contractNda" unless="repeat" why="w"/>
    <floor severity="high" when="named-in-basis" why="w"/>
    <floor severity="high" natures="deprovisioning" rate-above="25" why="w"/>
    <cluster severity="medium" at-least="3" why="w"/>
    </exceptions></policy>
    """

  /// What is wrong with the default policy after a change.
  static func problems(_ old: String, _ new: String) -> [String] {
    precondition(text.contains(old), "'\(old)' is not in the policy")
    do throws(PolicyError) {
      _ = try readPolicy(Array(text.replacingOccurrences(of: old, with: new).utf8), file: "p.xml")
      return []
    } catch {
      return error.problems.map { "\($0.line ?? 0): \($0.message)" }
    }
  }

  static func line(of part: String) -> Int {
    1 + (text.components(separatedBy: part).first ?? "").count { $0 == "\n" }
  }
}
