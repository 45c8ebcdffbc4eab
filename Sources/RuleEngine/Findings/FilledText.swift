import SOC2Vocabulary

/// Fills the `{…}` of a message with facts in words, and leaves out each `[…]` in which one is not
/// there. What is filled in is not looked at again: a report's braces mean nothing.
func filled(_ template: String, from table: FactTable) -> String {
  var out = ""
  var rest = template[...]
  while let open = rest.firstIndex(of: "[") {
    out += filledWhole(rest[..<open], from: table)
    let close = rest[open...].firstIndex(of: "]") ?? rest.endIndex
    let part = rest[rest.index(after: open)..<close]
    if paths(in: part).allSatisfy({ table[$0].isThere }) {
      out += filledWhole(part, from: table)
    }
    rest = close < rest.endIndex ? rest[rest.index(after: close)...] : ""
  }
  return out + filledWhole(rest, from: table)
}

private func filledWhole(_ template: Substring, from table: FactTable) -> String {
  var out = ""
  var rest = template
  while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
    out += rest[..<open]
    let value = spelled(table[String(rest[rest.index(after: open)..<close])].value)
    out += value
    rest = rest[rest.index(after: close)...]
    // A name that ends with a full stop ends the sentence with it.
    if value.hasSuffix("."), rest.hasPrefix(".") { rest = rest.dropFirst() }
  }
  return out + rest
}

private func paths(in template: Substring) -> [String] {
  template.split(separator: "{", omittingEmptySubsequences: false).dropFirst()
    .map { String($0.prefix { $0 != "}" }) }
}

/// A value as a sentence has it: dates spelled out, lists with "and".
private func spelled(_ value: Value) -> String {
  switch value {
  case .null: return "not stated"
  case .text(let text):
    if let day = Day(iso: text) { return day.spelled }
    return text
  case .list(let list):
    let words = list.map(spelled)
    if words.count > 1, let last = words.last {
      return words.dropLast().joined(separator: ", ") + " and " + last
    }
    return words.first ?? "none"
  case .object(let object):
    if let start = object["start"], let end = object["end"] {
      return spelled(start) + " to " + spelled(end)
    }
    if let name = object["name"] { return spelled(name) }
    if let text = object["text"] { return spelled(text) }
    return value.short
  case .bool(let bool): return bool ? "yes" : "no"
  case .number, .evidence: return value.short
  }
}
