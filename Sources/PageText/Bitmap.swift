/// A picture as rows of bytes, top row first.
public struct Bitmap: Sendable, Hashable {
  /// What one pixel is, in bytes.
  public enum Channels: Int, Sendable, CaseIterable {
    /// 0 is black.
    case grey = 1
    /// Red, green, blue.
    case rgb = 3
  }

  /// In pixels.
  public var width: Int
  /// In pixels.
  public var height: Int
  public var channels: Channels
  /// `height` rows of `bytesPerRow` bytes, nothing between them.
  public var pixels: [UInt8]

  public var bytesPerRow: Int { width * channels.rawValue }

  /// Nil when the bytes are not as many as the size says.
  public init?(width: Int, height: Int, channels: Channels, pixels: [UInt8]) {
    guard width > 0, height > 0, pixels.count == width * height * channels.rawValue else {
      return nil
    }
    self.width = width
    self.height = height
    self.channels = channels
    self.pixels = pixels
  }
}
