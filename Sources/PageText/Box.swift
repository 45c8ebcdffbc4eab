/// A rectangle on a page: points, origin at the top left of the page as displayed, y down.
public struct Box: Hashable, Sendable {
  public var x0: Float
  public var y0: Float
  public var x1: Float
  public var y1: Float

  public init(_ x0: Float, _ y0: Float, _ x1: Float, _ y1: Float) {
    self.x0 = x0
    self.y0 = y0
    self.x1 = x1
    self.y1 = y1
  }

  public var width: Float { x1 - x0 }
  public var height: Float { y1 - y0 }
  public var centreX: Float { (x0 + x1) / 2 }
  public var centreY: Float { (y0 + y1) / 2 }

  /// The smallest box that holds both.
  public func union(_ other: Box) -> Box {
    Box(min(x0, other.x0), min(y0, other.y0), max(x1, other.x1), max(y1, other.y1))
  }

  /// Whether the point lies inside or on the edge.
  public func contains(x: Float, y: Float) -> Bool { x >= x0 && x <= x1 && y >= y0 && y <= y1 }

  /// Whether the other box lies inside this one, give or take `tolerance` points.
  public func contains(_ other: Box, tolerance: Float) -> Bool {
    other.x0 >= x0 - tolerance && other.y0 >= y0 - tolerance && other.x1 <= x1 + tolerance
      && other.y1 <= y1 + tolerance
  }
}
