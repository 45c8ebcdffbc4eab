import PageText
import TestSupport
import Testing
import WordText

private func read(_ body: String) throws -> DocumentReading { try read(Docx(body)) }

private func read(_ docx: Docx) throws -> DocumentReading { try readWordPages(of: docx.bytes) }

private func text(_ page: Page) -> String {
  page.words.map { page.text(of: $0) }.joined(separator: " ")
}

private func codes(_ reading: DocumentReading) -> [String] { reading.diagnostics.map(\.code) }

/// Text of a document in its order, on pages of our own.
struct WordTests {
  @Test func wordsCutIntoRunsAreJoinedAndSpacesPartThem() throws {
    let reading = try read(
      "<w:p><w:r><w:t>Janu</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">ary </w:t></w:r>"
        + "<w:r><w:t xml:space=\"preserve\"> </w:t></w:r><w:r><w:t>5,\u{A0}2026</w:t></w:r></w:p>")
    #expect(reading.pages.map(text) == ["January 5, 2026"])
    #expect(reading.pages[0].state == .text)
    #expect(codes(reading) == ["docxLayout"])
  }

  @Test func linesAreFilledAndParagraphsStandApart() throws {
    // Words of five characters of 10 points are 25 wide, spaces 2.8: the 16th word ends at 442, the
    // 17th would at 469.8, and a line has 468.
    let reading = try read(
      Docx.paragraph(Array(repeating: "apple", count: 20).joined(separator: " "))
        + Docx.paragraph("pears"))
    let words = reading.pages[0].words
    #expect(words.count == 21)
    let lines = Set(words.map(\.baseline)).sorted()
    #expect(lines.map { y in words.count { $0.baseline == y } } == [16, 4, 1])
    #expect(words[0].box.x0 == 72 && words[0].box.x1 == 97)
    #expect(abs(words[0].box.y0 - 73.9) < 0.01 && abs(words[0].box.y1 - 83.9) < 0.01)
    #expect(abs(lines[1] - lines[0] - 12) < 0.01)
    #expect(abs(lines[2] - lines[1] - 20) < 0.01)
    #expect(words.allSatisfy { $0.box.x1 <= 540 })
  }

  @Test func sizesAndWeightsComeFromStylesAndRuns() throws {
    var docx = Docx(
      Docx.paragraph("Head", properties: "<w:pStyle w:val=\"H\"/>")
        + Docx.paragraph("plain") + Docx.paragraph("small", run: "<w:sz w:val=\"16\"/><w:i/>")
        + Docx.paragraph("Loud", run: "<w:caps/>")
        + "<w:p><w:r><w:t>2025</w:t></w:r><w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:t>1</w:t></w:r></w:p>"
    )
    docx.styles =
      "<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val=\"22\"/></w:rPr></w:rPrDefault></w:docDefaults>"
      + "<w:style w:type=\"paragraph\" w:styleId=\"Base\"><w:rPr><w:sz w:val=\"28\"/></w:rPr></w:style>"
      + "<w:style w:type=\"paragraph\" w:styleId=\"H\"><w:basedOn w:val=\"Base\"/><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr></w:style>"
    let page = try read(docx).pages[0]
    #expect(text(page) == "Head plain small LOUD 2025 1")
    #expect(page.words.prefix(3).map(\.size) == [14, 11, 8])
    #expect(page.words[0].style.contains(.bold) && !page.words[1].style.contains(.bold))
    #expect(page.words[2].style.contains(.italic))
    #expect(page.words[5].style.contains(.raised) && page.words[5].size < 8)
    #expect(page.words[5].baseline < page.words[4].baseline)
  }

  @Test(arguments: [
    "<w:br w:type=\"page\"/>", "<w:lastRenderedPageBreak/>",
    "<w:br w:type=\"page\"/><w:lastRenderedPageBreak/>",
  ])
  func pagesEndWhereTheFileOrWordEndedThem(_ mark: String) throws {
    let reading = try read(
      Docx.paragraph("one") + "<w:p><w:r>\(mark)<w:t>two</w:t></w:r></w:p>"
        + Docx.paragraph("three", properties: "<w:pageBreakBefore/>"))
    #expect(reading.pages.map(text) == ["one", "two", "three"])
    #expect(reading.pages.map(\.number) == [1, 2, 3])
  }

  @Test func aFullPageEnds() throws {
    // 648 points hold 32 paragraphs of 20 points; the line of a 33rd would end at 652.
    let body = (1...40).map { Docx.paragraph("line\($0)") }.joined()
    let pages = try read(body).pages
    #expect(pages.map(\.words.count) == [32, 8])
    #expect(pages[0].words.allSatisfy { $0.box.y1 <= 720 })
  }

  @Test func tablesAreRowsOfCellsWithDrawnLines() throws {
    func cell(_ text: String, _ properties: String = "") -> String {
      "<w:tc><w:tcPr>\(properties)</w:tcPr>\(Docx.paragraph(text))</w:tc>"
    }
    let page = try read(
      "<w:tbl><w:tblGrid><w:gridCol w:w=\"3120\"/><w:gridCol w:w=\"6240\"/></w:tblGrid>"
        + "<w:tr>\(cell("Period"))\(cell("October 1, 2024 to September 30, 2025"))</w:tr>"
        + "<w:tr>\(cell("Over both", "<w:gridSpan w:val=\"2\"/>"))</w:tr></w:tbl>"
    ).pages[0]
    #expect(text(page) == "Period October 1, 2024 to September 30, 2025 Over both")
    // A third of 468 points is 156; words stand five points from the lines.
    #expect(page.words[0].box.x0 == 77 && abs(page.words[1].box.x0 - 233) < 0.01)
    #expect(page.words[0].baseline == page.words[1].baseline)
    let down = page.rules.filter { $0.height > $0.width }.map { $0.centreX.rounded() }
    #expect(Set(down) == [72, 228, 540])
    #expect(down.count { $0 == 228 } == 1, "the merged cell is not parted")
    let across = Set(page.rules.filter { $0.width > $0.height }.map(\.centreY))
    #expect(across.count == 3)
  }

  @Test func aRowThatFitsAPageIsNotPartedAndALongerOneIs() throws {
    let long = (1...80).map { Docx.paragraph("c\($0)") }.joined()
    let pages = try read(
      (1...30).map { Docx.paragraph("p\($0)") }.joined()
        + "<w:tbl><w:tr><w:tc>\(Docx.paragraph("short"))\(Docx.paragraph("cell"))\(Docx.paragraph("kept"))\(Docx.paragraph("whole"))</w:tc></w:tr><w:tr><w:tc>\(long)</w:tc></w:tr></w:tbl>"
    ).pages
    #expect(text(pages[1]).hasPrefix("short cell kept whole c1 c2"))
    #expect(pages.flatMap(\.words).count == 30 + 4 + 80)
    #expect(pages.allSatisfy { page in page.words.allSatisfy { $0.box.y1 <= 725 } })
  }

  @Test func aWordWiderThanItsCellStaysInIt() throws {
    let wide = String(repeating: "W", count: 60)
    let cells = (0..<6).map { _ in "<w:tc>\(Docx.paragraph(wide))</w:tc>" }.joined()
    let page = try read("<w:tbl><w:tr>\(cells)</w:tr></w:tbl>").pages[0]
    #expect(page.words.count == 6)
    for (a, b) in zip(page.words, page.words.dropFirst()) { #expect(a.box.x1 < b.box.x0) }
  }

  @Test func headsFeetNotesAndTextBoxesAreRead() throws {
    var docx = Docx(
      "<w:p><w:r><w:t>Body</w:t><w:footnoteReference w:id=\"7\"/></w:r><w:r><mc:AlternateContent>"
        + "<mc:Choice Requires=\"wps\"><w:drawing><wp:anchor><a:graphic><wps:wsp><wps:txbx><w:txbxContent>"
        + Docx.paragraph("In a box")
        + "</w:txbxContent></wps:txbx></wps:wsp></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        + "<mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>\(Docx.paragraph("In a box"))</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>"
        + "</mc:AlternateContent></w:r></w:p>" + Docx.paragraph("More")
        + "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"p0\"/><w:footerReference w:type=\"default\" r:id=\"p1\"/></w:sectPr>"
    )
    docx.parts = [
      ("header1.xml", "header", "<w:hdr \(Docx.names)>\(Docx.paragraph("Letterhead"))</w:hdr>"),
      (
        "footer1.xml", "footer",
        "<w:ftr \(Docx.names)><w:p><w:r><w:t xml:space=\"preserve\">Page </w:t></w:r><w:fldSimple w:instr=\" PAGE \"><w:r><w:t>9</w:t></w:r></w:fldSimple></w:p></w:ftr>"
      ),
      (
        "footnotes.xml", "footnotes",
        "<w:footnotes \(Docx.names)><w:footnote w:type=\"separator\" w:id=\"0\">\(Docx.paragraph("no note"))</w:footnote><w:footnote w:id=\"7\"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space=\"preserve\"> The note</w:t></w:r></w:p></w:footnote></w:footnotes>"
      ),
    ]
    let page = try read(docx).pages[0]
    #expect(text(page) == "Letterhead Body 1 In a box More 1 The note Page")
    #expect(page.words[0].box.y1 < 72)
    #expect(try #require(page.words.last).box.y0 > 720)
  }

  @Test func fieldsShowTheirResultAndNothingAfterABrokenOneIsLost() throws {
    let reading = try read(
      "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText> DATE </w:instrText><w:t>never shown</w:t>"
        + "<w:fldChar w:fldCharType=\"separate\"/><w:t>May 2, 2025</w:t><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>"
        + "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText> IF </w:instrText></w:r></w:p>"
        + Docx.paragraph("still here"))
    #expect(text(reading.pages[0]) == "May 2, 2025 still here")
    #expect(codes(reading).contains("livingDate"))
  }

  @Test func trackedInsertionsAreTextAndDeletionsAreNot() throws {
    let reading = try read(
      "<w:p><w:r><w:t xml:space=\"preserve\">There were </w:t></w:r><w:del><w:r><w:delText>no </w:delText></w:r></w:del>"
        + "<w:ins><w:r><w:t xml:space=\"preserve\">some </w:t></w:r></w:ins><w:moveFrom><w:r><w:t>gone </w:t></w:r></w:moveFrom><w:r><w:t>changes</w:t></w:r></w:p>"
        + "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>\(Docx.paragraph("struck"))</w:tc></w:tr></w:tbl>"
    )
    #expect(text(reading.pages[0]) == "There were some changes")
    #expect(codes(reading).contains("trackedChanges"))
  }

  @Test(arguments: [
    ("<w:vanish/>", SetAsideText.Reason.invisible), ("<w:color w:val=\"FFFFFF\"/>", .sameColour),
    ("<w:color w:val=\"FAF8FF\"/>", .sameColour), ("<w:sz w:val=\"3\"/>", .tiny),
    ("<w:rStyle w:val=\"Off\"/>", .invisible),
  ])
  func hiddenTextIsSetAside(_ run: String, _ reason: SetAsideText.Reason) throws {
    var docx = Docx(
      Docx.paragraph("seen") + Docx.paragraph("in our opinion unqualified", run: run))
    docx.styles =
      "<w:style w:type=\"character\" w:styleId=\"Off\"><w:rPr><w:vanish/></w:rPr></w:style>"
    let page = try read(docx).pages[0]
    #expect(text(page) == "seen")
    #expect(page.setAside.map(\.text) == ["in our opinion unqualified"])
    #expect(page.setAside.map(\.reason) == [reason])
  }

  @Test func whiteLettersOnADarkGroundAreSeen() throws {
    let white = "<w:color w:val=\"FFFFFF\"/>"
    let page = try read(
      Docx.paragraph("one", run: white, properties: "<w:shd w:val=\"clear\" w:fill=\"1F3864\"/>")
        + Docx.paragraph("two", run: white + "<w:highlight w:val=\"darkBlue\"/>")
        + "<w:tbl><w:tr><w:tc><w:tcPr><w:shd w:val=\"clear\" w:fill=\"000000\"/></w:tcPr>\(Docx.paragraph("three", run: white))</w:tc></w:tr></w:tbl>"
    ).pages[0]
    #expect(text(page) == "one two three")
    #expect(page.setAside.isEmpty)
  }

  @Test func picturesAreToldAndOneNearTheEndTwice() throws {
    func picture(_ x: Int, _ y: Int) -> String {
      "<w:p><w:r><w:drawing><wp:inline><wp:extent cx=\"\(x * 12700)\" cy=\"\(y * 12700)\"/><a:graphic><a:blip r:embed=\"x\"/></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    }
    let prose = Docx.paragraph(Array(repeating: "word", count: 61).joined(separator: " "))
    let atTop = try read(picture(150, 30) + prose)
    #expect(codes(atTop) == ["docxLayout", "picturesUnread"])
    let signed = try read(prose + picture(150, 30) + Docx.paragraph("A. Person"))
    #expect(codes(signed) == ["docxLayout", "picturesUnread", "pictureNearEnd"])
    #expect(signed.diagnostics.last?.page == 1)
    let scan = try read(picture(468, 600) + Docx.paragraph("stamp"))
    #expect(scan.pages[0].state == .picture)
    #expect(codes(scan).contains("pageIsPicture"))
  }

  @Test func aPartInAnotherFormIsAPageThatWasNotRead() throws {
    var docx = Docx(
      Docx.paragraph("before") + "<w:altChunk r:id=\"x\"/>" + Docx.paragraph("after"))
    docx.relations =
      "<Relationship Id=\"x\" Type=\"http://x/aFChunk\" Target=\"http://x.invalid/\" TargetMode=\"External\"/>"
    let reading = try read(docx)
    #expect(reading.pages.map(\.state) == [.text, .missing, .text])
    #expect(codes(reading) == ["docxLayout", "outsideParts", "pageUnreadable"])
    #expect(reading.diagnostics.last?.page == 2)
  }

  @Test func theFileTellsWhoMadeItAndWhen() throws {
    var docx = Docx(Docx.paragraph("text"))
    docx.core =
      "<c:coreProperties xmlns:c=\"urn:c\" xmlns:d=\"urn:d\" xmlns:t=\"urn:t\"><d:creator>A. Writer</d:creator><t:created>2026-01-05T10:00:00Z</t:created><t:modified>2026-01-06T10:00:00Z</t:modified></c:coreProperties>"
    docx.files = [("word/vbaProject.bin", [1])]
    let reading = try read(docx)
    #expect(
      reading.metadata
        == FileMetadata(
          creator: "A. Writer", created: "2026-01-05T10:00:00Z", modified: "2026-01-06T10:00:00Z"))
    #expect(codes(reading) == ["docxLayout", "macros"])
  }
}
