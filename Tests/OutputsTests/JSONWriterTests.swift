import SOC2Vocabulary
import Testing

@testable import Outputs

struct JSONWriterTests {
  private func written(_ style: JSONStyle = .line, _ write: (inout JSONWriter) -> Void) -> String {
    var writer = JSONWriter(style)
    write(&writer)
    writer.finish()
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  @Test(arguments: [
    ("plain – ü 漢", #""plain – ü 漢""#),
    ("\"\\/", #""\"\\/""#),
    ("\u{8}\t\n\u{C}\r", #""\b\t\n\f\r""#),
    ("\u{0}\u{1B}\u{1F}\u{7F}", #""\u0000\u001b\u001f\u007f""#),
    ("a\u{2028}b\u{2029}c", #""a\u2028b\u2029c""#),
    ("\u{80}\u{9B}\u{9F}\u{A0}", "\"\\u0080\\u009b\\u009f\u{A0}\""),
    ("\u{202E}\u{2066}\u{61C}\u{200F}\u{FEFF}", #""\u202e\u2066\u061c\u200f\ufeff""#),
    ("\u{202F}\u{2030}\u{2065}\u{206A}", "\"\u{202F}\u{2030}\u{2065}\u{206A}\""),
    ("", #""""#),
    ("😀", #""😀""#),
  ])
  func escapesStrings(_ text: String, _ expected: String) {
    #expect(written { $0.string(text) } == expected)
  }

  @Test(arguments: [
    (Float(72), "72"), (72.5, "72.5"), (72.46, "72.5"), (72.44, "72.4"), (0, "0"), (-0.04, "0"),
    (-0.5, "-0.5"), (-12.25, "-12.3"), (99.96, "100"), (0.1, "0.1"), (841.89, "841.9"),
    (1e30, "1000000"), (-1e30, "-1000000"), (.nan, "0"), (.infinity, "0"), (1e-20, "0"),
  ])
  func writesCoordinatesToATenth(_ value: Float, _ expected: String) {
    #expect(written { $0.coordinate(value) } == expected)
  }

  @Test(arguments: [
    (0, "0"), (7, "7"), (1_204_332, "1204332"), (-45, "-45"), (Int.max, "9223372036854775807"),
    (Int.min, "-9223372036854775808"),
  ])
  func writesWholeNumbers(_ value: Int, _ expected: String) {
    #expect(written { $0.number(value) } == expected)
  }

  @Test func laysOutNestedValues() {
    let value = Value.object([
      "b": .list([.number(1), .object([:]), .list([])]),
      "a": .object(["c": .null, "B": .bool(true)]),
    ])
    #expect(written { $0.value(value) } == #"{"a":{"B":true,"c":null},"b":[1,{},[]]}"#)
    #expect(
      written(.pretty) { $0.value(value) } == """
        {
          "a": {
            "B": true,
            "c": null
          },
          "b": [
            1,
            {},
            []
          ]
        }

        """)
  }

  @Test func sortsKeysByBytesNotByCanonicalEquivalence() {
    // Composed é sorts before "z" by equivalence of letters, after it by bytes.
    let value = Value.object(["\u{E9}": .null, "z": .null, "Z": .null])
    #expect(written { $0.value(value) } == "{\"Z\":null,\"z\":null,\"\u{E9}\":null}")
  }
}
