/// Characters that readers of files treat alike, whatever the file's form.
public enum Characters {
  /// Parts words: spaces of any width, tabs, line ends.
  @inlinable
  public static func isSpace(_ c: UInt32) -> Bool {
    c == 0x20 || c == 0xA0 || c == 0x09 || c == 0x0A || c == 0x0D || (c >= 0x2000 && c <= 0x200A)
      || c == 0x202F || c == 0x205F || c == 0x3000
  }

  /// Has no shape: direction marks, joiners, controls.
  @inlinable
  public static func isShapeless(_ c: UInt32) -> Bool {
    if c >= 0x20 && c < 0x7F { return false }
    return (c > 0 && c < 0x20 && c != 0x09 && c != 0x0A && c != 0x0D) || (c >= 0x7F && c < 0xA0)
      || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E)
      || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || c == 0x061C || (c >= 0xFFF0 && c < 0xFFFD)
  }
}
