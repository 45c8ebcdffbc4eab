import TextMatching

/// Why a phrase cannot be used, as the automaton says; nil when it can.
///
/// The automaton is asked only where it might object: asking takes a hundred times longer than
/// seeing that a phrase is of the common kind.
func problem(in phrase: Phrase) -> PhraseProblem? {
  if isPlain(phrase) { return nil }
  // A new one each time: it tells what is wrong with one phrase, and stays small.
  var automaton = PhraseAutomaton()
  return automaton.add(phrase)
}

/// Whether nothing can be wrong: it begins with a word and ends with one or a slot, and has neither
/// too many gaps nor too many wordings.
private func isPlain(_ phrase: Phrase) -> Bool {
  guard case .word(let first)? = phrase.parts.first, isWord(first) else { return false }
  if case .gap? = phrase.parts.last { return false }
  var gaps = 0
  var wordings = 1
  for part in phrase.parts {
    switch part {
    case .word, .slot: break
    case .gap: gaps += 1
    case .maybe: wordings *= 2
    case .any(let options): wordings *= max(1, options.count)
    }
    // Half of the automaton's own limits: whoever comes near them is judged by it.
    if gaps > 2 || wordings > Phrase.wordingLimit / 2 { return false }
  }
  // A phrase that ends with what may be left out could end with the gap before it.
  if case .word(let last)? = phrase.parts.last { return isWord(last) }
  if case .slot? = phrase.parts.last { return true }
  return gaps == 0
}

/// Whether the word has a letter or digit and so does not vanish when it is normalised.
private func isWord(_ word: String) -> Bool {
  word.utf8.contains {
    (0x61...0x7A).contains($0) || (0x41...0x5A).contains($0) || (0x30...0x39).contains($0)
  }
}
