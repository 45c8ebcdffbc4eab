import Testing
import XMLTree

private let list = """
  <element name="list" xmlns="http://relaxng.org/ns/structure/1.0"
      datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
    <zeroOrMore>
      <element name="item"><attribute name="count"><data type="integer"/></attribute></element>
    </zeroOrMore>
  </element>
  """

private func parsed(_ text: String) throws -> ParsedXML {
  try ParsedXML(Array(text.utf8), file: "list.xml")
}

@Suite("RELAX NG")
struct RelaxNGSchemaTests {
  @Test("one schema holds many files against itself, before and after a bad one")
  func many() throws {
    let schema = try RelaxNGSchema(parsed(list))
    for _ in 1...3 {
      #expect(schema.problems(in: try parsed("<list><item count='1'/></list>")).isEmpty)
      let problems = schema.problems(in: try parsed("<list>\n<item/>\n<itm/></list>"))
      #expect(!problems.isEmpty)
      #expect(problems.count <= XMLLimits.schemaProblems)
      #expect(problems.allSatisfy { !$0.message.isEmpty && !$0.message.contains("\n") })
    }
  }

  @Test("what a tree leaves out is held against the schema all the same")
  func leavingOut() throws {
    let schema = try RelaxNGSchema(parsed(list))
    let file = try ParsedXML(
      Array("<list><item count='x'/></list>".utf8), file: "list.xml", leavingOut: "list")
    #expect(file.root.children.isEmpty)
    #expect(!schema.problems(in: file).isEmpty)
  }

  @Test("a schema outlives the file it was read from, and files outlive each other")
  func lifetimes() throws {
    var schema: RelaxNGSchema? = try RelaxNGSchema(parsed(list))
    let good = try parsed("<list/>")
    #expect(schema?.problems(in: good).isEmpty == true)
    schema = nil
    #expect(good.root.name == "list")
  }

  static let unusable = [
    "<list/>",
    "<grammar xmlns='http://relaxng.org/ns/structure/1.0'/>",
    "<element name='a' xmlns='http://relaxng.org/ns/structure/1.0'><ref name='b'/></element>",
  ]

  @Test("what is no schema is refused", arguments: unusable)
  func refused(_ text: String) throws {
    let file = try parsed(text)
    #expect {
      _ = try RelaxNGSchema(file)
    } throws: {
      guard case .schema? = ($0 as? XMLTreeError)?.reason else { return false }
      return true
    }
  }

  @Test("a schema that would read other files is refused", arguments: ["include", "externalRef"])
  func otherFiles(_ name: String) throws {
    let text = """
      <grammar xmlns="http://relaxng.org/ns/structure/1.0"><start>
      <\(name) href="file:///etc/passwd"/></start></grammar>
      """
    let file = try parsed(text)
    #expect {
      _ = try RelaxNGSchema(file)
    } throws: {
      let error = $0 as? XMLTreeError
      return error?.reason == .schemaReadsFiles(element: name) && error?.line == 2
    }
  }
}
