import PageText
import TestSupport
import Testing
import WordText

/// Files that lie, burst or lead elsewhere: each ends in one error, soon, and nothing outside is read.
struct HostileWordTests {
  private func error(_ bytes: [UInt8], within limits: ReadingLimits = .standard) -> WordTextError? {
    do {
      _ = try readWordPages(of: bytes, within: limits)
      return nil
    } catch {
      return error
    }
  }

  private let plain = Docx(Docx.paragraph("text"))

  @Test func theSoundFileIsRead() { #expect(error(plain.bytes) == nil) }

  @Test func aPartThatUnpacksToMoreThanItsShareEnds() {
    var docx = plain
    docx.parts = [("footnotes.xml", "footnotes", String(repeating: " ", count: 12 << 20))]
    #expect(docx.bytes.count < 60_000)
    #expect(error(docx.bytes) == .tooLarge, "two hundred times the file")
    var limits = ReadingLimits.standard
    limits.unpackedRatio = 1_000_000
    limits.unpackedPartBytes = 11 << 20
    #expect(error(docx.bytes, within: limits) == .tooLarge, "one part")
    limits.unpackedPartBytes = 64 << 20
    limits.unpackedBytes = 12 << 20
    #expect(error(docx.bytes, within: limits) == .tooLarge, "all parts")
  }

  @Test func whatIsNotNeededIsNotUnpacked() {
    var docx = plain
    docx.files = [("word/media/image1.png", [UInt8](repeating: 0, count: 20 << 20))]
    var limits = ReadingLimits.standard
    limits.unpackedBytes = 10_000
    #expect(error(docx.bytes, within: limits) == nil)
  }

  @Test func tooManyPartsAreNotListed() {
    var docx = plain
    docx.files = (0..<2_000).map { ("x/\($0)", []) }
    #expect(error(docx.bytes) == .tooLarge)
    docx.files = (0..<1_900).map { ("x/\($0)", []) }
    #expect(error(docx.bytes) == nil)
  }

  @Test(arguments: [
    "<!DOCTYPE d [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>",
    "<!DOCTYPE d SYSTEM \"http://x.invalid/d.dtd\">",
    "<!DOCTYPE d [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]>",
  ])
  func documentTypesAreRefused(_ prologue: String) {
    var docx = Docx(Docx.paragraph("&amp;"))
    docx.prologue = prologue
    #expect(error(docx.bytes) == .damaged)
    // In a part that is not the main one, too.
    var other = plain
    other.core = prologue + "<c/>"
    #expect(error(other.bytes) == .damaged)
  }

  @Test func anEntityThatNobodyDeclaredIsNoText() {
    #expect(error(Docx(Docx.paragraph("&e;")).bytes) == .damaged)
  }

  @Test func deepAndBroadXMLEnds() {
    let deep = String(repeating: "<w:sdt>", count: 200) + String(repeating: "</w:sdt>", count: 200)
    #expect(error(Docx(deep).bytes) == .tooLarge)
    let broad = (0..<300).map { "a\($0)=\"\"" }.joined(separator: " ")
    #expect(error(Docx("<w:p \(broad)/>").bytes) == .tooLarge)
    // An apostrophe in a comment must not hide the tag behind it from the count.
    #expect(error(Docx("<!-- it's --><w:p \(broad)/>").bytes) == .tooLarge)
  }

  @Test func tooManyPagesEnd() {
    let body = String(
      repeating: "<w:p><w:r><w:t>x</w:t><w:br w:type=\"page\"/></w:r></w:p>", count: 30)
    var limits = ReadingLimits.standard
    limits.pages = 30
    #expect(error(Docx(body).bytes, within: limits) == nil)
    limits.pages = 29
    #expect(error(Docx(body).bytes, within: limits) == .tooManyPages)
  }

  @Test func cutFilesAreDamaged() {
    let whole = plain.bytes
    for part in 1..<20 {
      let cut = Array(whole.prefix(whole.count * part / 20))
      #expect(error(cut) == .damaged, "\(part)/20")
    }
  }

  /// Any byte may be wrong: the answer is text or an error, never a crash.
  @Test func flippedBytesDoNoHarm() {
    let whole = Docx(Docx.paragraph("in our opinion")).bytes
    for place in whole.indices {
      var bytes = whole
      bytes[place] ^= 0x55
      if let reading = try? readWordPages(of: bytes) { #expect(!reading.pages.isEmpty) }
    }
  }

  @Test func twoPartsOfOneNameAreDamage() {
    var docx = plain
    docx.files = [("Word/Document.xml", Array("<x/>".utf8))]
    #expect(error(docx.bytes) == .damaged)
  }

  @Test func namesThatClimbOutAreOnlyNames() {
    var docx = plain
    docx.files = [("../../etc/passwd", [1]), ("/absolute", [2])]
    docx.relations =
      "<Relationship Id=\"up\" Type=\"http://x/header\" Target=\"../../../../etc/hostname\"/>"
    #expect(error(docx.bytes) == nil)
  }

  @Test func otherArchivesAreNamed() {
    func other(_ names: String...) -> WordTextError? { error(zip(names.map { ($0, [1]) })) }
    #expect(other("a.pdf", "b/c.DOCX", "d.txt") == .other(.archive(documents: 2)))
    #expect(other("[Content_Types].xml", "xl/workbook.xml") == .other(.workbook))
    #expect(other("[Content_Types].xml", "ppt/presentation.xml") == .other(.presentation))
    #expect(other("content.xml", "META-INF/manifest.xml") == .other(.openDocument))
    #expect(other("[Content_Types].xml") == .damaged)
  }

  @Test func compoundFilesAreToldApart() {
    let head: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
    func file(_ name: String) -> [UInt8] { head + name.utf16.flatMap { [UInt8($0), 0] } + [0] }
    #expect(isCompoundFile(file("")))
    #expect(problem(ofCompoundFile: file("EncryptedPackage")) == .encrypted)
    #expect(problem(ofCompoundFile: file("WordDocument")) == .other(.oldWord))
    #expect(problem(ofCompoundFile: file("Workbook")) == .other(.oldOffice))
  }
}
