import Testing
import XMLTree

private func parse(_ text: String) throws(XMLTreeError) -> Element {
  try ParsedXML(Array(text.utf8), file: "a.xml").root
}

private func reason(_ text: String) -> XMLTreeError? {
  do throws(XMLTreeError) {
    _ = try parse(text)
    return nil
  } catch {
    return error
  }
}

@Suite("XML bytes to a tree")
struct ParsedXMLTests {
  @Test("without what stands in some elements, which must be well-formed all the same")
  func leavingOut() throws {
    func root(_ text: String) throws(XMLTreeError) -> Element {
      try ParsedXML(Array(text.utf8), file: "a.xml", leavingOut: "b").root
    }
    let found = try root("<a>\n<b one='1'>words\n<c/><b/></b>\n<d>kept</d></a>")
    #expect(found.elements.map(\.name) == ["b", "d"])
    #expect(found.elements[0]["one"] == "1")
    #expect(found.elements[0].children.isEmpty)
    #expect(found.elements[1].text == "kept")
    #expect(found.elements.map(\.line) == [2, 4])
    #expect(throws: XMLTreeError.self) { try root("<a><b><c></b></a>") }
  }

  @Test("what is left out counts towards the limits, and does not go on behind its end")
  func leavingOutLimits() throws {
    func parsed(_ text: String) throws(XMLTreeError) -> Element {
      try ParsedXML(Array(text.utf8), file: "a.xml", leavingOut: "b").root
    }
    let deep = XMLLimits.depth - 2
    let inner = String(repeating: "<c>", count: deep) + String(repeating: "</c>", count: deep)
    #expect(try parsed("<a><b>\(inner)</b></a>").elements[0].children.isEmpty)
    #expect(throws: XMLTreeError.self) { try parsed("<a><b><c>\(inner)</c></b></a>") }
    let root = try parsed("<a>one<b>two<b>three</b>four</b>five</a>")
    #expect(root.text == "onefive")
    #expect(root.elements.count == 1)
  }

  @Test("an ampersand in an attribute is read once, however it is written")
  func ampersands() throws {
    let root = try parse(
      "<a one='R&amp;D &#38; &#x26;' two='&amp;#38;' three='&amp;&amp;' four='&lt;&quot;'/>")
    #expect(root["one"] == "R&D & &")
    #expect(root["two"] == "&#38;")
    #expect(root["three"] == "&&")
    #expect(root["four"] == "<\"")
  }

  @Test("names, attributes in order, text and lines")
  func tree() throws {
    let root = try parse(
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <a xmlns="urn:x" two="2" one="1 &amp; &#x41;">
        <!-- left out -->
        before <b
          long="tag"/> after<![CDATA[ <raw> ]]>
        <c>ü</c>
      </a>
      """)
    #expect(root.name == "a")
    #expect(root.namespace == "urn:x")
    #expect(root.attributes.map(\.name) == ["two", "one"])
    #expect(root["one"] == "1 & A")
    #expect(root["three"] == nil)
    #expect(root.elements.map(\.name) == ["b", "c"])
    #expect(root.elements.map(\.namespace) == ["urn:x", "urn:x"])
    #expect(root.line == 2)
    #expect(root.elements.map(\.line) == [4, 6])
    #expect(root.elements("c")[0].text == "ü")
    #expect(root.text.contains(" after <raw> "))
  }

  @Test("offset points at the tag, after a byte order mark and letters of several bytes too")
  func offsets() throws {
    let text = "\u{FEFF}<a>ü — \n<b x='>'/><c/></a>"
    let bytes = Array(text.utf8)
    let root = try ParsedXML(bytes, file: "a.xml").root
    func tag(_ element: Element) -> String {
      String(decoding: bytes[element.offset...].prefix(2), as: UTF8.self)
    }
    #expect(tag(root) == "<a")
    #expect(root.elements.map(tag) == ["<b", "<c"])
    #expect(root.elements.map(\.line) == [2, 2])
  }

  @Test("a comment within text does not cut it; white space alone is left out")
  func text() throws {
    let root = try parse("<a>aud<!-- x -->itor<?y z?>'s<b/> <b/>\n</a>")
    #expect(root.text == "auditor's")
    #expect(root.children.count == 3)
  }

  static let refused: [(String, XMLTreeError.Reason, Int?)] = [
    ("", .malformed("document is empty"), 1),
    ("<a>\n<b></a>", .malformed("opening and ending tag mismatch: b line 2 and a"), 2),
    ("<a>\n\n&nbsp;</a>", .malformed("entity 'nbsp' not defined"), 3),
    ("<a b='1' b='2'/>", .malformed("attribute b redefined"), 1),
    ("<x:a/>", .malformed("namespace prefix x on a is not defined"), 1),
    ("\n<!DOCTYPE a>\n<a/>", .documentType, 2),
    ("<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>", .documentType, 1),
    ("<!DOCTYPE a SYSTEM \"http://127.0.0.1:9/a.dtd\"><a/>", .documentType, 1),
    ("<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><a>&e;</a>", .documentType, 1),
    ("<!DOCTYPE a [<!ENTITY % e SYSTEM \"file:///etc/passwd\"> %e;]><a/>", .documentType, 1),
    ("<a>\0</a>", .notUTF8, nil),
  ]

  @Test("what is refused, and where", arguments: refused)
  func refusal(_ text: String, _ expected: XMLTreeError.Reason, _ line: Int?) {
    let error = reason(text)
    #expect(error?.reason == expected)
    #expect(error?.line == line)
    #expect(error?.file == "a.xml")
  }

  @Test("a billion laughs end before the first")
  func laughs() {
    var text = "<!DOCTYPE a [<!ENTITY l0 \"ha\">"
    for i in 1...9 {
      text += "<!ENTITY l\(i) \"\(String(repeating: "&l\(i - 1);", count: 10))\">"
    }
    #expect(reason(text + "]><a>&l9;</a>")?.reason == .documentType)
  }

  @Test("nesting is allowed to the limit and no further", arguments: [31, 32, 33, 300, 20_000])
  func depth(_ depth: Int) {
    let text =
      String(repeating: "<a>", count: depth) + "x" + String(repeating: "</a>", count: depth)
    #expect(reason(text)?.reason == (depth <= XMLLimits.depth ? nil : .tooDeep))
  }

  @Test("a file may have so many bytes and no more")
  func size() {
    let most = "<a>" + String(repeating: "x", count: XMLLimits.bytes - 7) + "</a>"
    #expect(reason(most) == nil)
    #expect(reason(most + "\n")?.reason == .tooLarge(bytes: XMLLimits.bytes + 1))
  }

  @Test("the worst tag of the allowed size ends soon")
  func manyAttributes() {
    var text = "<a"
    for i in 0..<20_000 { text += " a\(i)=''" }
    #expect(reason(String(text.utf8.prefix(XMLLimits.bytes - 2))! + "/>") == nil)
  }

  @Test("only UTF-8 is read, whatever is declared")
  func encodings() throws {
    let latin =
      Array("<?xml version='1.0' encoding='ISO-8859-1'?><a>".utf8) + [0xFC]
      + Array("</a>".utf8)
    #expect(throws: XMLTreeError.self) { try ParsedXML(latin, file: "a.xml") }
    let wide = "<a/>".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    #expect(throws: XMLTreeError.self) { try ParsedXML([0xFF, 0xFE] + wide, file: "a.xml") }
    let declared = "<?xml version='1.0' encoding='ISO-8859-1'?><a>ü</a>"
    #expect(try parse(declared).text == "ü")
  }

  @Test("a message has file, line, column and no full stop")
  func message() {
    let error = reason("<a>\n  <b>\n</a>")
    #expect(
      error?.description
        == "a.xml:3:5: error: is not well-formed XML: opening and ending tag mismatch: b line 2 and a"
    )
  }
}
