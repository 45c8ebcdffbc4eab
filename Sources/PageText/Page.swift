/// One page as read: its words in the order of the file, and what was kept apart from them.
public struct Page: Sendable {
  /// Physical page, from 1.
  public var number: Int
  /// The printed label (`iii`, `A-4`) where the file has one that differs from the number.
  public var label: String?
  /// Size as displayed, in points.
  public var width: Float
  public var height: Float
  public var state: PageState
  /// How the text must be turned to be read, for pages whose text runs up, down or upside down
  /// without the page's own /Rotate saying so. Boxes of words are in the turned frame.
  public var turn: Turn
  /// The words' characters, one space between words.
  public var utf8: [UInt8]
  public var words: [Word]
  /// Text that was set aside: never matched by rules, always reported.
  public var setAside: [SetAsideText]
  /// Pictures that cover more than a stamp's worth of the page.
  public var pictures: [Box]
  /// Pictures smaller than that, no smaller than a written name: signatures, seals, logos.
  public var stamps: [Box]
  /// Lines that run across or down, and the edges of shaded areas, in the reading frame: hints at
  /// where a table's cells end.
  public var rules: [Box]
  /// Black areas where words would stand, on the displayed page: what was there cannot be read.
  public var blots: [Box]
  /// Areas marked to be blacked out whose text is still there.
  public var pendingRedactions: Int
  /// The names of the fonts of its text, without what a producer puts before the name of a subset.
  public var fonts: Set<String>

  public init(
    number: Int, label: String? = nil, width: Float, height: Float, state: PageState,
    turn: Turn = .none, utf8: [UInt8] = [], words: [Word] = [], setAside: [SetAsideText] = [],
    pictures: [Box] = [], stamps: [Box] = [], rules: [Box] = [], blots: [Box] = [],
    pendingRedactions: Int = 0, fonts: Set<String> = []
  ) {
    self.number = number
    self.label = label
    self.width = width
    self.height = height
    self.state = state
    self.turn = turn
    self.utf8 = utf8
    self.words = words
    self.setAside = setAside
    self.pictures = pictures
    self.stamps = stamps
    self.rules = rules
    self.blots = blots
    self.pendingRedactions = pendingRedactions
    self.fonts = fonts
  }

  /// The word's characters as printed.
  public func text(of word: Word) -> String {
    String(decoding: utf8[word.range], as: UTF8.self)
  }

  /// Width and height of the frame in which the words' boxes are given.
  public var readingWidth: Float { turn.swapsAxes ? height : width }
  public var readingHeight: Float { turn.swapsAxes ? width : height }

  /// A box of the reading frame, on the page as displayed.
  public func displayed(_ box: Box) -> Box { turn.displayed(box, width: width, height: height) }

  /// Whether its words are all that the page says. The few words printed on a picture are read too,
  /// but nothing may be held to be missing from such a page, nor from one with blacked out words.
  public var isSearchable: Bool { (state == .text || state == .empty) && blots.isEmpty }
}

/// What came of reading a page.
public enum PageState: String, Sendable, CaseIterable {
  case text
  /// No text and no picture: a blank page.
  case empty
  /// A picture with no text or few words on it: what the picture says cannot be searched without OCR.
  case picture
  /// Text whose characters the fonts do not give.
  case garbled
  /// The page could not be loaded.
  case missing
  /// More glyphs than any page of a report has; see `ReadingLimits`.
  case tooMuch
}

/// The quarter turns that make a page's text upright.
public enum Turn: Int, Sendable {
  case none = 0
  /// Text runs upwards: the page must be turned clockwise.
  case upwards = 90
  case upsideDown = 180
  /// Text runs downwards.
  case downwards = 270

  public var swapsAxes: Bool { self == .upwards || self == .downwards }

  /// From the displayed page to the reading frame.
  public func reading(_ b: Box, width: Float, height: Float) -> Box {
    switch self {
    case .none: b
    case .upwards: Box(height - b.y1, b.x0, height - b.y0, b.x1)
    case .upsideDown: Box(width - b.x1, height - b.y1, width - b.x0, height - b.y0)
    case .downwards: Box(b.y0, width - b.x1, b.y1, width - b.x0)
    }
  }

  /// From the reading frame to the displayed page.
  public func displayed(_ b: Box, width: Float, height: Float) -> Box {
    switch self {
    case .none: b
    case .upwards: Box(b.y0, height - b.x1, b.y1, height - b.x0)
    case .upsideDown: Box(width - b.x1, height - b.y1, width - b.x0, height - b.y0)
    case .downwards: Box(width - b.y1, b.x0, width - b.y0, b.x1)
    }
  }
}

/// Text on a page that is not part of what the page says to its reader.
public struct SetAsideText: Sendable, Hashable {
  public enum Reason: String, Sendable, CaseIterable {
    /// Painted with no ink (PDF: render mode 3, and not over a picture) or marked hidden (DOCX).
    case invisible
    /// The colour of what lies behind it.
    case sameColour = "same-colour"
    /// Under a shape or picture painted later.
    case covered
    /// Smaller than 3 points.
    case tiny
    /// Outside the visible part of the page.
    case outside = "outside-page"
    /// On a layer that the file switches off.
    case layerOff = "layer-off"
    /// What the file says its letters mean (`/ActualText`) where they are seen to say something else.
    case replaced
    /// Neither along nor across the page's text: a stamp or watermark.
    case diagonal
    /// At right angles to the page's text: a side note or a turned table head.
    case sideways

    /// Whether a reader of the page cannot see it.
    public var isHidden: Bool {
      switch self {
      case .invisible, .sameColour, .covered, .tiny, .outside, .layerOff, .replaced: true
      case .diagonal, .sideways: false
      }
    }
  }

  public var reason: Reason
  public var text: String
  /// On the displayed page.
  public var box: Box

  public init(reason: Reason, text: String, box: Box) {
    self.reason = reason
    self.text = text
    self.box = box
  }
}
