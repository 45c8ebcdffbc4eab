public import SOC2Vocabulary
public import Scoring

/// What the caller says of one vendor, with the files to review together.
public struct VendorRequest: Hashable, Sendable {
  /// As messages and summaries name it.
  public var name: String
  /// Whether the name is the vendor's, to be compared with the report's, or only that of a file.
  public var isNamed: Bool
  public var tier: VendorTier?
  public var products: [String]
  public var required: [TrustServicesCategory]
  /// As they were given.
  public var files: [String]
  /// Line of the manifest it begins on.
  public var line: Int
  /// Why it cannot be reviewed; nil where it can.
  public var problem: String?

  public init(
    name: String, isNamed: Bool = true, tier: VendorTier? = nil, products: [String] = [],
    required: [TrustServicesCategory] = [], files: [String], line: Int, problem: String? = nil
  ) {
    self.name = name
    self.isNamed = isNamed
    self.tier = tier
    self.products = products
    self.required = required
    self.files = files
    self.line = line
    self.problem = problem
  }
}
