import TestSupport
import Testing

/// The validator must be able to say no, or the tests that use it prove nothing.
struct SchemaValidatorTests {
  private static let schema = #"""
    {
      "type": "object",
      "additionalProperties": false,
      "required": ["kind", "page"],
      "properties": {
        "kind": { "enum": ["a", null] },
        "page": { "$ref": "#/$defs/page" },
        "flag": { "type": "boolean" },
        "both": { "const": {} },
        "either": { "anyOf": [{ "type": "null" }, { "type": "string" }] },
        "one": { "oneOf": [{ "type": "integer" }, { "type": "number" }] },
        "pair": {
          "type": "array", "minItems": 2, "maxItems": 2, "items": { "type": "number", "maximum": 9 }
        }
      },
      "$defs": { "page": { "type": "integer", "minimum": 1 } }
    }
    """#

  @Test(arguments: [
    #"{"kind": "a", "page": 1}"#,
    #"{"kind": null, "page": 2, "flag": true, "both": {}, "either": "x", "pair": [1, 2.5]}"#,
    #"{"kind": "a", "page": 1, "either": null, "one": 1.5}"#,
  ])
  func accepts(_ json: String) throws {
    let validator = try SchemaValidator(Array(Self.schema.utf8))
    #expect(try validator.errors(in: Array(json.utf8)) == [])
  }

  @Test(arguments: [
    #"[]"#,
    #"{"page": 1}"#,
    #"{"kind": "b", "page": 1}"#,
    #"{"kind": "a", "page": 0}"#,
    #"{"kind": "a", "page": 1.5}"#,
    #"{"kind": "a", "page": true}"#,
    #"{"kind": "a", "page": "1"}"#,
    #"{"kind": "a", "page": 1, "more": 1}"#,
    #"{"kind": "a", "page": 1, "flag": 1}"#,
    #"{"kind": "a", "page": 1, "both": {"x": 1}}"#,
    #"{"kind": "a", "page": 1, "either": 1}"#,
    #"{"kind": "a", "page": 1, "one": 1}"#,
    #"{"kind": "a", "page": 1, "pair": [1]}"#,
    #"{"kind": "a", "page": 1, "pair": [1, 2, 3]}"#,
    #"{"kind": "a", "page": 1, "pair": [1, "2"]}"#,
    #"{"kind": "a", "page": 1, "pair": [1, 10]}"#,
  ])
  func rejects(_ json: String) throws {
    let validator = try SchemaValidator(Array(Self.schema.utf8))
    #expect(try validator.errors(in: Array(json.utf8)) != [])
  }

  @Test func doesNotPassOverAnUnknownKeyword() throws {
    let validator = try SchemaValidator(Array(#"{"pattern": "x"}"#.utf8))
    #expect(try validator.errors(in: Array("1".utf8)) != [])
  }

  @Test func doesNotPassOverAnUnknownReference() throws {
    let validator = try SchemaValidator(Array(##"{"$ref": "#/$defs/none"}"##.utf8))
    #expect(try validator.errors(in: Array("1".utf8)) != [])
  }
}
