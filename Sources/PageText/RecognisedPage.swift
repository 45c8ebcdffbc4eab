/// A page as OCR read it from a picture. Boxes are points of the page turned upright and straightened.
public struct RecognisedPage: Sendable {
  /// Physical page, from 1.
  public var number: Int
  /// The quarter turn after which its text stood upright.
  public var turn: Turn
  /// In the order of reading.
  public var words: [RecognisedWord]
  /// Long straight lines in the picture, and the edges of dark areas.
  public var rules: [Box]
  /// Whether the picture has any marks at all: one without is a blank page.
  public var hasInk: Bool
  /// By how many degrees the picture had to be straightened: places on the page are off by as much.
  public var tilt: Float

  public init(
    number: Int, turn: Turn = .none, words: [RecognisedWord], rules: [Box] = [],
    hasInk: Bool = true,
    tilt: Float = 0
  ) {
    self.number = number
    self.turn = turn
    self.words = words
    self.rules = rules
    self.hasInk = hasInk
    self.tilt = tilt
  }

  /// The confidence of its words, weighted by their length, 0 to 100; 0 where it has none.
  public var confidence: Float {
    var sum: Float = 0
    var letters: Float = 0
    for word in words {
      let count = Float(word.text.unicodeScalars.count)
      sum += word.confidence * count
      letters += count
    }
    return letters > 0 ? sum / letters : 0
  }
}

/// A word that OCR read.
public struct RecognisedWord: Sendable, Hashable {
  public var text: String
  /// Ascent to descent, as for printed words.
  public var box: Box
  public var baseline: Float
  /// In points, reckoned from the height of its line's letters.
  public var size: Float
  public var isBold: Bool
  /// 0 to 100, as the recogniser says.
  public var confidence: Float

  public init(
    text: String, box: Box, baseline: Float, size: Float, isBold: Bool = false, confidence: Float
  ) {
    self.text = text
    self.box = box
    self.baseline = baseline
    self.size = size
    self.isBold = isBold
    self.confidence = confidence
  }
}
