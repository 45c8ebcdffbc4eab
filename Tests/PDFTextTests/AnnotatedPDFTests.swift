import PDFText
import PageText
import TestSupport
import Testing

struct AnnotatedPDFTests {
  private static let red = PageMark(
    page: 1, shape: .highlight([Box(100, 300, 300, 340)]), colour: 0xFF8FA0, text: "HIGH: é (x) \\")
  private static let note = PageMark(
    page: 1, shape: .note(x: 8, y: 300), colour: 0xFF8FA0, text: "one\ntwo")

  private func marked(_ name: String, password: String? = nil) throws -> ([UInt8], [UInt8]) {
    let file = try bytes(of: "fixtures/" + name)
    return (file, try annotatedPDF(file, password: password, marks: [Self.red, Self.note]))
  }

  /// The mark is seen where it was put on the page as displayed, whatever turns and crops the page.
  @Test(arguments: [
    "curly-quotes", "rotate-90", "rotate-180", "rotate-270", "crop-box-offset", "turned-media-box",
  ])
  func theMarkIsSeenAtItsPlace(_ name: String) throws {
    let (file, copy) = try marked("text/\(name)/page.pdf")
    let before = try PDFRenderer(file, password: nil)
    let after = try PDFRenderer(copy, password: nil)
    let box = Box(102, 302, 298, 338)
    let clean = try before.render(page: 1, part: box, dpi: 36, channels: .rgb)
    let coloured = try after.render(page: 1, part: box, dpi: 36, channels: .rgb)
    let paper = stride(from: 0, to: clean.pixels.count, by: 3).filter { index in
      clean.pixels[index...index + 2].allSatisfy { $0 == 255 }
    }
    #expect(!paper.isEmpty)
    // Colours are written with two digits, so they may be one off.
    let wrong = paper.filter { index in
      zip(coloured.pixels[index...index + 2], [0xFF, 0x8F, 0xA0]).contains {
        abs(Int($0) - $1) > 1
      }
    }
    #expect(wrong.isEmpty)
    // Outside nothing changes.
    let below = Box(102, 345, 298, 380)
    #expect(
      try before.render(page: 1, part: below, dpi: 36, channels: .rgb)
        == after.render(page: 1, part: below, dpi: 36, channels: .rgb))
  }

  @Test func theOriginalStandsInTheCopyAndItsTextIsTheSame() throws {
    let (file, copy) = try marked("text/table-ruled/page.pdf")
    #expect(copy.starts(with: file))
    #expect(copy.count > file.count)
    let before = try readPages(of: file, password: nil)
    let after = try readPages(of: copy, password: nil)
    #expect(before.pages.map(\.utf8) == after.pages.map(\.utf8))
    #expect(after.incomplete == nil)
    #expect(after.metadata.incrementalUpdates == before.metadata.incrementalUpdates + 1)
  }

  @Test func nothingTellsTheTime() throws {
    let (_, copy) = try marked("text/curly-quotes/page.pdf")
    let (_, again) = try marked("text/curly-quotes/page.pdf")
    #expect(copy == again)
    let added = String(decoding: copy, as: UTF8.self)
    #expect(!added.contains("/M (D:"))
    #expect(added.contains("/Contents <feff006f006e0065000a00740077006f>"), "one, two as UTF-16")
  }

  /// Its protection does not allow notes, or there is nothing to add them behind.
  @Test func whatMayNotBeMarkedIsRefused() throws {
    #expect(throws: AnnotationError.forbidden) {
      _ = try marked("text/encrypted-empty-user-aes-256/page.pdf")
    }
    #expect(throws: AnnotationError.unreadable(.encrypted(passwordGiven: false))) {
      _ = try marked("text/encrypted-password/page.pdf")
    }
    let file = try bytes(of: "fixtures/text/curly-quotes/page.pdf")
    // A table of objects that is not where the file says is made anew by guessing.
    let mark = Array("startxref\n".utf8)
    let place = try #require(
      (0..<file.count - mark.count).last { file[$0..<$0 + mark.count].elementsEqual(mark) })
    var broken = file
    broken[place + mark.count] = UInt8(ascii: "9")
    #expect(try readPages(of: broken, password: nil).incomplete != nil)
    #expect(throws: AnnotationError.damaged) {
      _ = try annotatedPDF(broken, password: nil, marks: [Self.red])
    }
    var far = Self.red
    far.page = 9
    #expect(throws: AnnotationError.missingPage) {
      _ = try annotatedPDF(file, password: nil, marks: [far])
    }
  }
}
