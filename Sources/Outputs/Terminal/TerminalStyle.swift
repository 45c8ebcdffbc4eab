/// Whether a page may use colour. The command decides, by what it writes to and NO_COLOR; colour
/// only repeats what the words say.
public enum TerminalStyle: Sendable {
  case plain, coloured
}

/// What a stretch of text is, for those who see colour.
enum Tint: String {
  case strong = "1"
  case alarm = "1;31"
  case caution = "33"
  case quiet = "2"
}

extension TerminalStyle {
  func tinted(_ text: some StringProtocol, _ tint: Tint?) -> String {
    guard self == .coloured, let tint, !text.isEmpty else { return String(text) }
    return "\u{1B}[\(tint.rawValue)m\(text)\u{1B}[0m"
  }
}
