/// The criteria of TSP section 100 (2017), by number: 33 common, 3 availability, 2 confidentiality,
/// 5 processing integrity, 18 privacy.
public enum Criteria {
  /// All numbers, in the order of the standard.
  public static let all: [String] = {
    let groups: [(String, Int)] = [
      ("CC1", 5), ("CC2", 3), ("CC3", 4), ("CC4", 2), ("CC5", 3), ("CC6", 8), ("CC7", 5),
      ("CC8", 1), ("CC9", 2), ("A1", 3), ("C1", 2), ("PI1", 5), ("P1", 1), ("P2", 1), ("P3", 2),
      ("P4", 3), ("P5", 2), ("P6", 7), ("P7", 1), ("P8", 1),
    ]
    return groups.flatMap { group in (1...group.1).map { "\(group.0).\($0)" } }
  }()

  private static let places = Dictionary(
    uniqueKeysWithValues: all.enumerated().map { ($1, $0) })

  /// What stops an attacker with a stale account, or decides what code reaches production: access to
  /// systems, and changes to them.
  public static let frontLine: Set<String> = ["CC6.1", "CC6.2", "CC6.3", "CC8.1"]

  public static func isKnown(_ id: String) -> Bool { places[id] != nil }

  /// The place of a number in `all`, or nil.
  public static func place(_ id: String) -> Int? { places[id] }

  /// The criteria that stand between two of one category, both left out; `CC6.7` to `CC7.2` runs over
  /// `CC6.8` and `CC7.1`. Empty when they are of two categories.
  public static func between(_ first: String, _ last: String) -> [String] {
    guard category(of: first) == category(of: last), let i = all.firstIndex(of: first),
      let j = all.firstIndex(of: last), i < j
    else { return [] }
    return Array(all[(i + 1)..<j])
  }

  /// The category a criterion belongs to; nil for an unknown number.
  public static func category(of id: String) -> TrustServicesCategory? {
    guard isKnown(id) else { return nil }
    if id.hasPrefix("CC") { return .security }
    if id.hasPrefix("A1") { return .availability }
    if id.hasPrefix("C1") { return .confidentiality }
    if id.hasPrefix("PI") { return .processingIntegrity }
    return .privacy
  }
}
