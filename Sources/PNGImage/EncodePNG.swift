import CZlib
public import PageText

/// How many greys a picture keeps.
public enum GreyDepth: Int, Sendable {
  /// 16 greys: enough for printed letters, and a third of the bytes.
  case four = 4
  /// All 256.
  case eight = 8
}

/// A picture as a PNG file. The same picture gives the same bytes: no time, no text, fixed filter and
/// compression.
///
/// - Parameter greys: of no effect on colour pictures, which keep all theirs.
/// - Returns: nil when memory ran out.
public func png(_ bitmap: Bitmap, greys: GreyDepth = .eight) -> [UInt8]? {
  let depth = bitmap.channels == .grey ? greys : .eight
  let rows = depth == .four ? packedRows(bitmap) : plainRows(bitmap)
  guard let data = deflated(rows) else { return nil }
  var header = bigEndian(bitmap.width) + bigEndian(bitmap.height)
  header.append(UInt8(depth.rawValue))
  // Grey or red-green-blue; deflate, the usual filters, not interlaced (PNG, 11.2.2).
  header += [bitmap.channels == .grey ? 0 : 2, 0, 0, 0]
  let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
  return signature + chunk("IHDR", header) + chunk("IDAT", data) + chunk("IEND", [])
}

/// Each row behind the mark of its filter: none, which suits few greys, flat paper and sharp letters.
private let noFilter: UInt8 = 0

private func plainRows(_ bitmap: Bitmap) -> [UInt8] {
  var out: [UInt8] = []
  out.reserveCapacity((bitmap.bytesPerRow + 1) * bitmap.height)
  for row in 0..<bitmap.height {
    out.append(noFilter)
    out += bitmap.pixels[row * bitmap.bytesPerRow..<(row + 1) * bitmap.bytesPerRow]
  }
  return out
}

/// Two pixels a byte, the left one in the high bits, each rounded to the nearest of 16 greys.
private func packedRows(_ bitmap: Bitmap) -> [UInt8] {
  var out: [UInt8] = []
  out.reserveCapacity((bitmap.width / 2 + 2) * bitmap.height)
  for row in 0..<bitmap.height {
    out.append(noFilter)
    let start = row * bitmap.width
    for x in stride(from: 0, to: bitmap.width, by: 2) {
      let left = nearest(bitmap.pixels[start + x])
      let right = x + 1 < bitmap.width ? nearest(bitmap.pixels[start + x + 1]) : 0
      out.append(left << 4 | right)
    }
  }
  return out
}

private func nearest(_ grey: UInt8) -> UInt8 { UInt8((Int(grey) * 15 + 127) / 255) }

private func deflated(_ bytes: [UInt8]) -> [UInt8]? {
  let bound = compressBound(uLong(bytes.count))
  var size = bound
  var status: Int32 = 0
  let out = [UInt8](unsafeUninitializedCapacity: Int(bound)) { buffer, count in
    status = compress2(
      buffer.baseAddress, &size, bytes, uLong(bytes.count), Z_BEST_COMPRESSION)
    count = status == Z_OK ? Int(size) : 0
  }
  return status == Z_OK ? out : nil
}

/// Length, name, content and check sum over name and content (PNG, 5.3).
private func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
  let body = Array(name.utf8) + content
  let sum = crc32(0, body, uInt(body.count))
  return bigEndian(content.count) + body + bigEndian(Int(sum))
}

private func bigEndian(_ number: Int) -> [UInt8] {
  withUnsafeBytes(of: UInt32(truncatingIfNeeded: number).bigEndian) { Array($0) }
}
