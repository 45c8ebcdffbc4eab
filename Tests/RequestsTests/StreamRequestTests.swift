import JSONTree
import SOC2Vocabulary
import Testing

@testable import Requests

struct StreamRequestTests {
  private func request(_ line: String) throws -> StreamRequest {
    try readStreamRequest(Array(line.utf8))
  }

  private func refusal(_ line: String) -> StreamProblem? {
    do throws(StreamProblem) {
      _ = try readStreamRequest(Array(line.utf8))
      return nil
    } catch {
      return error
    }
  }

  @Test func aRequestIsRead() throws {
    let full = try request(
      #"""
      {"path":"a\u00e9\ud83d\ude00/r.pdf","meta":{"row":1.50,"x":[true,null]},"vendor":"Quay","products":["Vault"],
       "tier":"low","required":["privacy","security"],"limits":{"pages":10,"seconds":5},"sha256":"ab"}
      """#)
    #expect(full.path == "aé😀/r.pdf")
    #expect(
      full.meta
        == .object([
          .init(name: "row", value: .number("1.50")),
          .init(name: "x", value: .list([.bool(true), .null])),
        ]))
    #expect(
      full.context
        == ReviewContext(
          vendor: "Quay", products: ["Vault"], tier: "low",
          requiredCategories: [.security, .privacy]))
    #expect(full.pages == 10 && full.seconds == 5 && full.sha256 == "ab")
    #expect(try request(#"{"path":"r.pdf"}"#).meta == .null)
  }

  @Test(arguments: [
    ("", "not JSON"), ("hello", "not JSON"), (#"{"path":"a.pdf""#, "not JSON"),
    (#"{"path":"a.pdf"} {}"#, "behind the value"), (#"["a.pdf"]"#, "not an object"),
    ("{}", "no path"), (#"{"path":""}"#, "no path"), (#"{"path":7}"#, "no path"),
    (#"{"path":"a\u0000b"}"#, "NUL"), (#"{"path":"a","path":"b"}"#, "twice"),
    (#"{"path":"a","vendr":"b"}"#, "'vendr', which is not known"),
    (#"{"path":"a","tier":"top"}"#, "critical, standard, low"),
    (#"{"path":"a","required":["secrecy"]}"#, "security, availability"),
    (#"{"path":"a","limits":{"pages":0}}"#, "1 or more"),
    (#"{"path":"a","limits":{"pages":1e3}}"#, "1 or more"),
    (#"{"path":"a","limits":{"bytes":5}}"#, "pages and seconds"),
    (#"{"path":"a","products":"b"}"#, "not a list"),
    (#"{"path":"a","id":"x","sha256":"y"}"#, "two digests"),
  ])
  func whatIsNoRequestSaysWhy(_ line: String, _ words: String) {
    #expect(refusal(line)?.message.contains(words) == true, "\(refusal(line)?.message ?? "read")")
  }

  /// What the caller needs to find its row again comes back with the refusal.
  @Test func pathAndMetaComeBack() {
    let problem = refusal(#"{"path":"a.pdf","meta":7,"tier":"top"}"#)
    #expect(problem?.path == "a.pdf" && problem?.meta == .number("7"))
  }
}

struct JSONTests {
  private func value(_ text: String) -> JSONValue? { try? readJSON(Array(text.utf8)) }

  @Test(arguments: [
    "", " ", "nul", "tru", "01", "-", "1.", ".5", "1e", "+1", "[1,]", "[1 2]", "[", "]", "{",
    #"{"a"}"#, #"{"a":1,}"#, #"{a:1}"#, #"{"a":1 "b":2}"#, #"{"a":1,"a":2}"#, #"""#, "\"\n\"",
    #""\x""#, #""\u12g4""#, #""\ud800""#, #""\ud800\u0041""#, #""\udc00""#, "1 1", "\u{FEFF}1",
    "'a'", "NaN", "// a\n1",
  ])
  func whatRFC8259ForbidsIsRefused(_ text: String) { #expect(value(text) == nil) }

  @Test func whatItAllowsIsRead() {
    #expect(value(" [ ] ") == .list([]))
    #expect(value("{ }") == .object([]))
    #expect(value("-0.5E+10") == .number("-0.5E+10"))
    #expect(value(#""\"\\\/\b\f\n\r\t\u00E9""#) == .text("\"\\/\u{8}\u{C}\n\r\té"))
    #expect(value(#"{"a":{"b":[false,"c"]}}"#)?["a"]?["b"] == .list([.bool(false), .text("c")]))
  }

  @Test func textThatIsNoUTF8IsRefused() {
    #expect((try? readJSON([0x22, 0xFF, 0x22])) == nil)
    #expect((try? readJSON([0x22, 0xC0, 0x80, 0x22])) == nil)
  }

  /// Depth costs stack; what nests without end ends in a message.
  @Test func depthHasALimit() {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(value(nested(64)) != nil)
    #expect(value(nested(65)) == nil)
    #expect(value(String(repeating: "[", count: 1_000_000)) == nil)
  }
}
