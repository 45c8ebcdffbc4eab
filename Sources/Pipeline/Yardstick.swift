public import RuleEngine
import RulePacks
public import SOC2Vocabulary
public import Scoring

/// What reports are held against: the rules that find and ask, and the policy that weighs.
public struct Yardstick: Sendable {
  public var rules: CompiledRules
  public var policy: Policy

  public init(rules: CompiledRules, policy: Policy) {
    self.rules = rules
    self.policy = policy
  }

  /// As every record names it.
  public var tool: ToolRecord {
    ToolRecord(
      rulesPack: rules.pack.name, rulesVersion: rules.pack.version,
      rulesSHA256: rules.pack.sha256, policyName: policy.name, policySHA256: policy.sha256)
  }
}
