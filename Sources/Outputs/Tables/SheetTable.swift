/// A table as people work with it in a spreadsheet: rows and columns, and how a column is filled in.
/// Spreadsheets and CSV files are written from the same tables, so they cannot disagree.
public struct SheetTable: Hashable, Sendable {
  /// How grave a word is; a colour may repeat it.
  public enum Tone: Hashable, Sendable { case alarm, caution, good }

  /// Cells that begin with the word have the tone.
  public struct TonedWord: Hashable, Sendable {
    public let word: String
    public let tone: Tone
  }

  public struct Column: Hashable, Sendable {
    public let name: String
    /// In characters of an ordinary letter.
    public let width: Int
    /// What may be chosen in this column; empty where anything may stand.
    public let choices: [String]
    /// Whether the reader fills it in.
    public let isForReader: Bool
    public let tones: [TonedWord]

    init(
      _ name: String, width: Int, choices: [String] = [], isForReader: Bool = false,
      tones: [TonedWord] = []
    ) {
      self.name = name
      self.width = width
      self.choices = choices
      self.isForReader = isForReader
      self.tones = tones
    }
  }

  /// What stands in a cell. Only the makers here fill one, so that no text gets into a table that was
  /// not made inert and cut first.
  public struct Cell: Hashable, Sendable {
    public enum Content: Hashable, Sendable {
      case text(String)
      case number(Int)
      case empty
    }

    public let content: Content

    static let empty = Cell(content: .empty)
    static func number(_ number: Int?) -> Cell {
      Cell(content: number.map(Content.number) ?? .empty)
    }
    static func text(_ text: String?) -> Cell { lines([text ?? ""]) }
    /// Line breaks between the texts are ours; those inside of them become spaces.
    static func lines(_ texts: [String]) -> Cell {
      let text = cut(texts.map { plainText(inert($0)) }.joined(separator: "\n"))
      return Cell(content: text.isEmpty ? .empty : .text(text))
    }
  }

  /// At most 31 letters, as the name of a sheet.
  public let title: String
  public let columns: [Column]
  /// Each as long as `columns`.
  public let rows: [[Cell]]
}

/// What a cell of a spreadsheet can hold, in UTF-16 units.
private let cellLimit = 32_767
private let cutMark = " […] (cut; the JSON record has the whole text)"

private func cut(_ text: String) -> String {
  if text.utf8.count <= cellLimit || text.utf16.count <= cellLimit { return text }
  var result = ""
  var left = cellLimit - cutMark.utf16.count
  for scalar in text.unicodeScalars {
    left -= scalar.value > 0xFFFF ? 2 : 1
    if left < 0 { break }
    result.unicodeScalars.append(scalar)
  }
  return result + cutMark
}

/// Code points that no XML file may hold and that stand for nothing.
private func plainText(_ text: String) -> String {
  guard text.unicodeScalars.contains(where: isNoCharacter) else { return text }
  var result = ""
  for scalar in text.unicodeScalars {
    result.unicodeScalars.append(isNoCharacter(scalar) ? "\u{FFFD}" : scalar)
  }
  return result
}

private func isNoCharacter(_ scalar: Unicode.Scalar) -> Bool {
  scalar.properties.isNoncharacterCodePoint
}
