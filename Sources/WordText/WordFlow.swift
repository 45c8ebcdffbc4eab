import PageText

/// A stretch of a document between two section ends, before anybody laid it out.
struct WordSection {
  var blocks: [WordBlock] = []
  /// Whether it begins on a new page.
  var startsPage = true
  var headers = Stories()
  var footers = Stories()

  /// What stands at the head or foot of pages: of the first, of the even ones, of all others.
  struct Stories {
    /// Nil where the first page is like the others.
    var first: [WordBlock]?
    var even: [WordBlock]?
    var other: [WordBlock] = []
  }
}

enum WordBlock {
  case paragraph(WordParagraph)
  case table(WordTable)
  /// A part in a form that is not read here.
  case unread
}

struct WordParagraph {
  var pieces: [Piece] = []
  /// Of its first line, in points: also the height of an empty paragraph.
  var size: Float
  /// From the left edge of its column, in points.
  var indent: Float = 0
  var startsPage = false

  enum Piece {
    case text(String, Look)
    case tab
    case lineBreak
    case pageBreak
    /// Where Word ended a page when it last saved the file.
    case pageEnd
    case picture(Picture)
    /// Letters across the page behind the text.
    case watermark(String)
  }

  /// How characters are printed.
  struct Look: Equatable {
    /// In points.
    var size: Float
    var style: WordStyle = []
    /// Why nobody can see them, or nil.
    var hidden: SetAsideText.Reason?
  }

  struct Picture {
    /// In points.
    var width: Float
    var height: Float
    /// Stands beside or behind the text and takes no room in it.
    var floats: Bool
  }
}

struct WordTable {
  /// Relative widths.
  var columns: [Float]
  var rows: [[Cell]]

  struct Cell {
    /// How many columns it covers.
    var span: Int
    /// Goes on with the cell above it.
    var goesOn: Bool
    var blocks: [WordBlock]
  }
}

/// What was met in a document besides its text, for the reader of the review.
struct WordTrouble {
  var insertions = false
  var deletions = false
  var comments = false
  var macros = false
  /// Something outside the file that it refers to; links that a reader would click are none.
  var outside = false
  /// A date that Word writes anew whenever the file is opened.
  var livingDate = false
  var pictures = 0
  /// Charts, diagrams and embedded files.
  var drawings = 0
  /// Parts in another form, taken in when Word opens the file.
  var foreignParts = 0
}
