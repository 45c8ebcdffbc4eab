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

  /// The columns in which something is darker than paper; nil where nothing is.
  public var inkColumns: Range<Int>? {
    var first = width
    var last = -1
    for row in 0..<height {
      let start = row * bytesPerRow
      for x in 0..<first where isInk(at: start + x * channels.rawValue) {
        first = x
        break
      }
      for x in (max(last + 1, 0)..<width).reversed()
      where isInk(at: start + x * channels.rawValue) {
        last = x
        break
      }
    }
    return last < first ? nil : first..<last + 1
  }

  private func isInk(at index: Int) -> Bool {
    pixels[index..<index + channels.rawValue].contains { $0 < 0xF0 }
  }

  /// A part of the picture over its whole height, as far as it has those columns.
  public func cropped(to wanted: Range<Int>) -> Bitmap {
    let columns = wanted.clamped(to: 0..<width)
    let step = channels.rawValue
    var cut: [UInt8] = []
    cut.reserveCapacity(columns.count * step * height)
    for row in 0..<height {
      let start = row * bytesPerRow
      cut += pixels[start + columns.lowerBound * step..<start + columns.upperBound * step]
    }
    return Bitmap(width: columns.count, height: height, channels: channels, pixels: cut) ?? self
  }
}
