/// How a record is laid out; both forms hold the same values in the same order.
public enum JSONStyle: Sendable {
  /// Two spaces a level and a newline at the end: for people, diffs and golden files.
  case pretty
  /// One line without a newline: for stream and batch lines, which wrap it in their own object.
  case line
}
