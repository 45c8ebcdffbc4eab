import ReportStructure
import SOC2Vocabulary
import TextMatching

/// Blanks of a template that were never filled in: `[Company]`, `<date>`, `{{name}}`, a rule in a
/// sentence, words of a template.
func letterBlanks(_ reader: FactReader) -> [Range<Int>] {
  let text = reader.text
  let pairs: [UInt8: UInt8] = [0x5B: 0x5D, 0x3C: 0x3E, 0x7B: 0x7D]
  var out: [Range<Int>] = []
  for block in text.blocks {
    var i = block.lowerBound
    while i < block.upperBound {
      let token = text.tokens[i]
      guard token.kind == .mark, let close = pairs[token.mark],
        let end = (i + 1..<min(block.upperBound, i + 12)).first(where: {
          text.isMark($0, close, before: block.upperBound)
        }), isBlank(i + 1..<end, text)
      else {
        i += 1
        continue
      }
      var whole = i..<end + 1
      while whole.upperBound < block.upperBound,
        text.isMark(whole.upperBound, close, before: block.upperBound)
      {
        whole = whole.lowerBound..<whole.upperBound + 1
      }
      out.append(whole)
      i = whole.upperBound
    }
  }
  out += reader.hits[.placeholder].filter { hit in
    !hit.isFurniture && !out.contains { $0.overlaps(hit.tokens) }
  }.map(\.tokens)
  return out.sorted { $0.lowerBound < $1.lowerBound }
}

/// Words in brackets that stand for something: not an address, a number, or a remark on a signature.
private func isBlank(_ inside: Range<Int>, _ text: RunningText) -> Bool {
  let words = inside.filter { text.tokens[$0].kind == .word }.map { text.tokens[$0] }
  guard (1...6).contains(words.count),
    words.contains(where: { !$0.flags.contains(.numeric) })
  else { return false }
  let marks = inside.filter { text.tokens[$0].kind == .mark }.map { text.tokens[$0].mark }
  // `<security@kelmar.example>` and web addresses.
  if marks.contains(0x40) || text.word(words[0]).hasPrefix("http") { return false }
  let plain = words.map { text.word($0) }
  return !["sic", "signed", "signature", "seal", "sgd", "stamp", "www", "p"].contains(plain[0])
}
