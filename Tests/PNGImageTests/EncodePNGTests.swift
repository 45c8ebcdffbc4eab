import PNGImage
import PageText
import Testing

struct EncodePNGTests {
  /// Worked out by hand from the format: signature, sizes, colour type. The check sums of the empty
  /// end chunk and of the compressed rows are those every PNG reader checks.
  @Test func aPictureIsAPNG() throws {
    let bitmap = try #require(
      Bitmap(width: 3, height: 2, channels: .grey, pixels: [0, 128, 255, 255, 8, 9]))
    let bytes = try #require(png(bitmap, greys: .four))
    #expect(bytes.prefix(8) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
    #expect(
      bytes[8..<29] == [
        0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 3, 0, 0, 0, 2, 4, 0, 0, 0, 0,
      ])
    #expect(bytes.suffix(12) == [0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82])
    // Adler-32 of the rows 00 08 F0, 00 F0 10: 128 is nearest to 8 of 15, 255 is 15, 8 is 0, 9 is 1.
    let rows: [UInt8] = [0, 0x08, 0xF0, 0, 0xF0, 0x10]
    var a = 1
    var b = 0
    for byte in rows {
      a += Int(byte)
      b += a
    }
    let sum = [b >> 8, b & 255, a >> 8, a & 255].map { UInt8($0) }
    // The compressed data ends 4 bytes of its own sum before the chunk's sum and the end chunk.
    #expect(Array(bytes.dropLast(16).suffix(4)) == sum)
  }

  @Test func coloursKeepTheirBits() throws {
    let bitmap = try #require(
      Bitmap(width: 1, height: 1, channels: .rgb, pixels: [1, 2, 3]))
    let bytes = try #require(png(bitmap, greys: .four))
    #expect(bytes[24] == 8)
    #expect(bytes[25] == 2)
    #expect(png(bitmap) == bytes)
  }

  @Test func aSizeThatDoesNotFitItsBytesIsNoPicture() {
    #expect(Bitmap(width: 2, height: 2, channels: .grey, pixels: [1, 2, 3]) == nil)
    #expect(Bitmap(width: 0, height: 0, channels: .grey, pixels: []) == nil)
  }
}
