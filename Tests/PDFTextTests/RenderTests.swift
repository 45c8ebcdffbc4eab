import PDFText
import PageText
import TestSupport
import Testing

struct RenderTests {
  private func bytes(_ path: String) throws -> [UInt8] {
    try TestSupport.bytes(of: "fixtures/" + path)
  }

  /// The page is A4 or letter as its box says, so its pixels follow from the resolution.
  @Test func aPageHasThePixelsOfItsSize() throws {
    let renderer = try PDFRenderer(bytes("text/curly-quotes/page.pdf"), password: nil)
    let size = try #require(renderer.size(ofPage: 1))
    let bitmap = try renderer.render(page: 1, dpi: 36, channels: .grey)
    #expect(bitmap.width == Int((size.width / 2).rounded(.up)))
    #expect(bitmap.height == Int((size.height / 2).rounded(.up)))
    #expect(bitmap.pixels.contains { $0 < 100 }, "nothing was drawn")
    #expect(bitmap.pixels[0] == 255, "the paper is white")
  }

  /// Every word that is read stands where it is drawn, also on turned pages and behind crop boxes.
  @Test(arguments: [
    "curly-quotes", "rotate-90", "rotate-180", "rotate-270", "crop-box-offset", "turned-media-box",
    "mixed-portrait-landscape", "type3-font",
  ])
  func wordsAreInkWhereTheirBoxesAre(_ name: String) throws {
    let file = try bytes("text/\(name)/page.pdf")
    let renderer = try PDFRenderer(file, password: nil)
    for page in try readPages(of: file, password: nil).pages {
      #expect(!page.words.isEmpty)
      for word in page.words where page.text(of: word).utf8.count > 2 {
        let box = page.displayed(word.box)
        let part = try renderer.render(page: page.number, part: box, dpi: 72, channels: .grey)
        let ink = part.pixels.count { $0 < 160 }
        #expect(
          ink * 25 > part.pixels.count,
          "\(name), page \(page.number): no ink at \(page.text(of: word))")
      }
    }
  }

  @Test func aPartIsTheSameAsThePageCutThere() throws {
    let renderer = try PDFRenderer(bytes("text/table-ruled/page.pdf"), password: nil)
    let whole = try renderer.render(page: 1, dpi: 72, channels: .rgb)
    let part = try renderer.render(
      page: 1, part: Box(50, 80, 250, 180), dpi: 72, channels: .rgb)
    #expect((part.width, part.height) == (200, 100))
    var differing = 0
    for row in 0..<100 {
      let from = (80 + row) * whole.bytesPerRow + 50 * 3
      if whole.pixels[from..<from + 600] != part.pixels[row * 600..<(row + 1) * 600] {
        differing += 1
      }
    }
    #expect(differing == 0)
  }

  @Test func whatCannotBeDrawnIsSaid() throws {
    let renderer = try PDFRenderer(bytes("text/curly-quotes/page.pdf"), password: nil)
    #expect(throws: RenderError.missing) {
      try renderer.render(page: 2, dpi: 72, channels: .grey)
    }
    #expect(throws: RenderError.missing) {
      try renderer.render(page: 0, dpi: 72, channels: .grey)
    }
    #expect(throws: RenderError.tooManyPixels) {
      try renderer.render(page: 1, dpi: 72_000, channels: .grey)
    }
    #expect(throws: RenderError.outside) {
      try renderer.render(page: 1, part: Box(700, 900, 800, 950), dpi: 72, channels: .grey)
    }
    #expect(throws: RenderError.outside) {
      try renderer.render(
        page: 1, part: Box(.nan, 10, .infinity, 20), dpi: 72, channels: .grey)
    }
    let giant = try PDFRenderer(bytes("hostile/giant-media-box.pdf"), password: nil)
    #expect(throws: RenderError.tooManyPixels) {
      try giant.render(page: 1, dpi: 72, channels: .grey)
    }
  }

  @Test func aLockedFileNeedsItsPassword() throws {
    let file = try bytes("text/encrypted-password/page.pdf")
    let password = try Trap.named("encrypted-password").password
    #expect(throws: PDFTextError.encrypted(passwordGiven: false)) {
      _ = try PDFRenderer(file, password: nil)
    }
    let renderer = try PDFRenderer(file, password: password)
    #expect(try renderer.render(page: 1, dpi: 36, channels: .grey).pixels.contains { $0 < 100 })
  }
}
