/// A way in which PDFs spoil text without changing what it says. Every example of every rule must
/// come out the same under each that applies to it.
public enum Disturbance: String, Sendable, CaseIterable {
  case none = "as written"
  case lines30 = "broken every 30 characters"
  case lines47 = "broken every 47 characters"
  case lines80 = "broken every 80 characters"
  case hyphenated = "hyphenated at line ends"
  case softHyphens = "with soft hyphens at line ends"
  case typography = "curly quotes and long dashes"
  case ligatures = "fi, fl and ffi as ligatures"
  case pageBreak = "broken by a page"
  case capitals = "in capitals"
  case afterAnother = "after another sentence"
  case cell = "in a table cell"
  case fullWidth = "in full-width letters"
}

/// The words of an example as a page would print them, with the way back to the marked ones.
struct DisturbedText {
  var words: [String]
  /// Index into `words` of the words that the example marks.
  var marked: Range<Int>
  /// Index of the words after which a line ends.
  var lineEnds: Set<Int> = []
  /// Index of the word with which a new page begins.
  var pageBreak: Int?
  var isCell = false

  init(_ source: [String], marked: Range<Int>, _ disturbance: Disturbance) {
    words = source
    self.marked = marked
    switch disturbance {
    case .none: break
    case .lines30: breakLines(30)
    case .lines47: breakLines(47)
    case .lines80: breakLines(80)
    case .hyphenated: hyphenate(with: "-")
    case .softHyphens: hyphenate(with: "\u{AD}")
    case .typography: words = words.map(Self.typeset)
    case .ligatures: words = words.map(Self.ligated)
    case .pageBreak:
      breakLines(47)
      pageBreak = words.count / 2
      lineEnds.insert(words.count / 2 - 1)
    case .capitals: words = words.map { $0.uppercased() }
    case .afterAnother:
      let lead = ["The", "following", "was", "printed", "on", "an", "earlier", "page."]
      words = lead + words
      self.marked = (marked.lowerBound + lead.count)..<(marked.upperBound + lead.count)
    case .cell:
      breakLines(30)
      isCell = true
    case .fullWidth: words = words.map(Self.widened)
    }
  }

  private mutating func breakLines(_ width: Int) {
    var column = 0
    for (i, word) in words.enumerated() {
      if column + word.count > width, i > 0 {
        lineEnds.insert(i - 1)
        column = 0
      }
      column += word.count + 1
    }
  }

  /// Every long plain word at the end of a 40-character line is torn in two.
  private mutating func hyphenate(with hyphen: String) {
    var out: [String] = []
    var start = marked.lowerBound
    var end = marked.upperBound
    var column = 0
    for (i, word) in words.enumerated() {
      if i == marked.lowerBound { start = out.count }
      let isPlain = word.count >= 7 && word.allSatisfy { $0.isLetter && $0.isASCII }
      if column + word.count > 40, isPlain {
        out.append(word.prefix(4) + hyphen)
        lineEnds.insert(out.count - 1)
        out.append(String(word.dropFirst(4)))
        column = word.count - 4
      } else {
        if column + word.count > 40, !out.isEmpty {
          lineEnds.insert(out.count - 1)
          column = 0
        }
        out.append(word)
        column += word.count + 1
      }
      if i == marked.upperBound - 1 { end = out.count }
    }
    words = out
    marked = start..<max(start, end)
  }

  private static func typeset(_ word: String) -> String {
    var out = ""
    for c in word {
      switch c {
      case "'": out.append("\u{2019}")
      case "\"": out.append(out.isEmpty || out.hasSuffix("(") ? "\u{201C}" : "\u{201D}")
      case "-": out.append(word == "-" ? "\u{2013}" : "\u{2011}")
      default: out.append(c)
      }
    }
    return out
  }

  private static func ligated(_ word: String) -> String {
    var out = word
    for (letters, ligature) in [
      ("ffi", "\u{FB03}"), ("ffl", "\u{FB04}"), ("fi", "\u{FB01}"), ("fl", "\u{FB02}"),
    ] {
      out = out.split(separator: letters, omittingEmptySubsequences: false).joined(
        separator: ligature)
    }
    return out
  }

  private static func widened(_ word: String) -> String {
    String(
      String.UnicodeScalarView(
        word.unicodeScalars.map { scalar in
          let isAlphanumeric = scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
          guard scalar.isASCII, isAlphanumeric else { return scalar }
          return Unicode.Scalar(scalar.value + 0xFEE0) ?? scalar
        }))
  }
}
