/// What an XML file may be, so that a hostile or mistaken one ends in a message and not in a wait.
public enum XMLLimits {
  /// The longest rule we know has 20 kB. libxml2 compares the attributes of one tag pair by pair;
  /// with this size the worst such tag takes about a second.
  public static let bytes = 256 * 1024
  /// A rule is 6 elements deep, a schema 15. libxml2 itself would go to 256.
  public static let depth = 32
  /// Messages kept of one validation; libxml2 often repeats itself after the first.
  public static let schemaProblems = 10
}
