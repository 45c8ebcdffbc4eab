/// The rules folder as values: whoever reads the disk hands the bytes over, and this module does no
/// reading of its own.
///
/// Expected are `schema/rule.rng`, `schema/pack.rng`, `soc2/pack.xml` and one file for each rule,
/// `soc2/<area>/<words>.xml`. Whatever stands elsewhere in the folder is not looked at.
public struct RulePackSource: Sendable {
  public struct File: Sendable {
    /// From the rules folder, with `/`: `soc2/opinion/clauses.xml`.
    public var path: String
    public var bytes: [UInt8]

    public init(path: String, bytes: [UInt8]) {
      self.path = path
      self.bytes = bytes
    }
  }

  /// The folder as the user gave it; messages put it before a path.
  public var name: String
  /// In any order.
  public var files: [File]

  public init(name: String, files: [File]) {
    self.name = name
    self.files = files
  }

  /// The folder within the rules folder that holds the pack; ids begin below it.
  public static let packFolder = "soc2"
  /// More rules than this are no pack that a person keeps; today's has some eighty.
  public static let ruleLimit = 2000
}
