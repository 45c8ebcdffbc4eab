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

/// Whether nothing can be wrong: words and wordings only where they are not empty, a word in every
/// wording, neither gap nor foreign slot at an edge, and no limit passed.
private func isPlain(_ phrase: Phrase) -> Bool {
  var gaps = 0
  var wordings = 1
  var hasWord = false
  for part in phrase.parts {
    switch part {
    case .word(let word):
      if !isWord(word) { return false }
      hasWord = true
    case .gap: gaps += 1
    case .slot(let kind, _, _): if !hasWord, !kind.mayLead { return false }
    case .maybe(let words):
      if !areWords(words) { return false }
      wordings *= 2
    case .any(let options):
      if options.isEmpty || !options.allSatisfy(areWords) { return false }
      wordings *= options.count
      hasWord = true
    }
    // A gap before any sure word could begin the phrase.
    if gaps > (hasWord ? 4 : 0) || wordings > Phrase.wordingLimit { return false }
  }
  return hasWord && !mayEndWithGap(phrase)
}

private func mayEndWithGap(_ phrase: Phrase) -> Bool {
  for part in phrase.parts.reversed() {
    switch part {
    case .gap: return true
    case .maybe: continue
    case .word, .any, .slot: return false
    }
  }
  return true
}

private func areWords(_ parts: [Phrase.Part]) -> Bool {
  !parts.isEmpty
    && parts.allSatisfy { if case .word(let word) = $0 { isWord(word) } else { false } }
}

/// Whether the word has a letter or digit and so does not vanish when it is normalised.
private func isWord(_ word: String) -> Bool {
  word.utf8.contains {
    (0x61...0x7A).contains($0) || (0x41...0x5A).contains($0) || (0x30...0x39).contains($0)
  }
}
