/// Something to be marked on a page of a copy.
public struct PageMark: Sendable, Hashable {
  public enum Shape: Sendable, Hashable {
    /// The boxes are coloured over; in points on the page as displayed.
    case highlight([Box])
    /// An icon to be opened, its top left corner at these points on the page as displayed.
    case note(x: Float, y: Float)
  }

  /// Physical page, from 1.
  public var page: Int
  public var shape: Shape
  /// `0xRRGGBB`.
  public var colour: UInt32
  /// What a reader of the copy is told there.
  public var text: String

  public init(page: Int, shape: Shape, colour: UInt32, text: String) {
    self.page = page
    self.shape = shape
    self.colour = colour
    self.text = text
  }
}
