import Testing

@testable import TextMatching

private typealias Part = Phrase.Part

/// A phrase from a short form: words; `_3` a gap; `[a b|c]` any; `{a b}` maybe; `<name>`, `<text:4>` slots,
/// `<number=n>` a slot with a name.
private func phrase(_ text: String, inCapitals: Bool = false) -> Phrase {
  func words(_ text: Substring) -> [Part] { text.split(separator: " ").map { .word(String($0)) } }
  var parts: [Part] = []
  var rest = text[...]
  while let c = rest.first {
    let closers: [Character: Character] = ["[": "]", "{": "}", "<": ">"]
    if let closer = closers[c], let end = rest.firstIndex(of: closer) {
      let inner = rest[rest.index(after: rest.startIndex)..<end]
      switch c {
      case "[": parts.append(.any(inner.split(separator: "|").map(words)))
      case "{": parts.append(.maybe(words(inner)))
      default:
        let named = inner.split(separator: "=")
        let halves = named[0].split(separator: ":")
        parts.append(
          .slot(
            Phrase.SlotKind(rawValue: String(halves[0]))!,
            name: named.count > 1 ? String(named[1]) : "value",
            limit: halves.count > 1 ? Int(halves[1])! : 12))
      }
      rest = rest[rest.index(after: end)...]
      continue
    }
    let end = rest.firstIndex { " [{<".contains($0) } ?? rest.endIndex
    let word = rest[..<end]
    if word.first == "_" {
      parts.append(.gap(Int(word.dropFirst())!))
    } else if !word.isEmpty {
      parts.append(.word(String(word)))
    }
    rest = end < rest.endIndex && rest[end] == " " ? rest[rest.index(after: end)...] : rest[end...]
  }
  return Phrase(parts, inCapitals: inCapitals)
}

private func automaton(_ phrases: [Phrase]) -> PhraseAutomaton {
  var automaton = PhraseAutomaton()
  for phrase in phrases { #expect(automaton.add(phrase) == nil) }
  automaton.seal()
  return automaton
}

/// Every match as printed; what its first slot holds after `→`.
private func found(_ phrases: [Phrase], in text: String) -> [String] {
  let automaton = automaton(phrases)
  let running = print(text, automaton.vocabulary)
  return automaton.matches(in: running, range: 0..<running.tokens.count).map { match in
    running.verbatim(match.tokens)
      + (match.captures.first.map { " → " + running.name($0.tokens) } ?? "")
  }
}

@Suite("A phrase matches")
struct PhraseMatchTests {
  @Test(
    "its words however they are printed",
    arguments: [
      ("in our opinion", "In our opinion, it", ["In our opinion"]),
      ("in our opinion", "IN OUR\nOPINION it", ["IN OUR OPINION"]),
      ("in our opinion", "in our view", []),
      ("SOC2 of 100a and 27001", "a soc2 of 100A and 27001", ["soc2 of 100A and 27001"]),
      ("soc2", "a soc-2 report", ["soc-2"]),
      ("in our opinion", "in our. Opinion", []),
      (
        "the service auditor's report", "the service auditor’s report",
        ["the service auditor’s report"]
      ),
      ("service auditors' report", "service auditors’ report", ["service auditors’ report"]),
      ("the description", "the “description”", ["the “description"]),
      ("except for", "ex-\ncept for", ["ex- cept for"]),
      ("except for", "ex\u{AD}\ncept for", ["ex\u{AD} cept for"]),
      ("third party", "third-\nparty", ["third- party"]),
      ("third-party", "third party", ["third party"]),
      ("third-party", "third–party", ["third–party"]),
      // Words written together or with a hyphen, both ways.
      ("subservice organization", "sub-service organization", ["sub-service organization"]),
      ("sub-service organization", "subservice organization", ["subservice organization"]),
      ("a sub-service organization", "a subservice organization", ["a subservice organization"]),
      ("carve-out method", "carveout method", ["carveout method"]),
      ("carveout method", "carve-\nout method", ["carve- out method"]),
      ("up-to-date list", "uptodate list", ["uptodate list"]),
      (
        "[sub-service|x] {non-profit} body", "subservice nonprofit body",
        ["subservice nonprofit body"]
      ),
      ("effective", "eﬀective", ["eﬀective"]),
      ("access", "access ^1 was", ["access"]),
      ("user access", "user ^1 access", ["user ^1 access".replacing("^", with: "")]),
    ])
  func words(_ pattern: String, _ text: String, _ expected: [String]) {
    #expect(found([phrase(pattern)], in: text) == expected)
  }

  @Test(
    "over gaps, the shortest first",
    arguments: [
      (
        "except for _3 described", "except for the matter described",
        ["except for the matter described"]
      ),
      ("except for _3 described", "except for described described", ["except for described"]),
      ("except for _3 described", "except for a b c described", ["except for a b c described"]),
      ("except for _3 described", "except for a b c d described", []),
      ("except for _3 described", "except for alpha. B described", []),
      ("a _2 b _2 c", "a x b y b c", ["a x b y b c"]),
      ("a _1 [b|c d]", "a c d", ["a c d"]),
      ("[in|at] the {very} end", "at the very end in the end", ["at the very end", "in the end"]),
      // Wordings that join again, begin alike, or end where others go on.
      (
        "[a|b c] {d} [e|f g] h", "a e h, b c d f g h, b d e h, a d f h",
        ["a e h", "b c d f g h"]
      ),
      ("[a|a b] c", "a c a b c", ["a c", "a b c"]),
      ("x [a|a b] [b c|c]", "x a b c, x a c, x a b b c", ["x a b c", "x a c", "x a b b c"]),
      ("x [a|a b] {c}", "x a b c", ["x a"]),
      (
        "we do {not} express", "we do not express. We do express",
        ["we do not express", "We do express"]
      ),
    ])
  func gaps(_ pattern: String, _ text: String, _ expected: [String]) {
    #expect(found([phrase(pattern)], in: text) == expected)
  }

  @Test(
    "what its slots read",
    arguments: [
      (
        "as of <date>", "as of December 31, 2025, the",
        ["as of December 31, 2025 → December 31, 2025"]
      ),
      ("as of <date>", "as of the end", []),
      ("as of <date> in", "as of 31 March 2025 in", ["as of 31 March 2025 in → 31 March 2025"]),
      (
        "throughout the period <period>", "throughout the period January 1 to March 31, 2025",
        ["throughout the period January 1 to March 31, 2025 → January 1 to March 31, 2025"]
      ),
      (
        "between <period>", "between January 1, 2025 and March 31, 2025",
        ["between January 1, 2025 and March 31, 2025 → January 1, 2025 and March 31, 2025"]
      ),
      (
        "relevant to <categories>", "relevant to security and privacy",
        ["relevant to security and privacy → security and privacy"]
      ),
      (
        "criteria <criteria>", "criteria CC6.1 to CC6.3 are",
        ["criteria CC6.1 to CC6.3 → CC6.1 to CC6.3"]
      ),
      (
        "to the management of <name>", "to the management of Acme, Inc. It",
        ["to the management of Acme, Inc. → Acme, Inc."]
      ),
      ("the <name> system", "the Acme Cloud system", ["the Acme Cloud system → Acme Cloud"]),
      ("<name:12> System", "The Acme Cloud System", ["The Acme Cloud System → The Acme Cloud"]),
      // A name that leads.
      ("<name> uses", "Acme, Inc. uses AWS", ["Acme, Inc. uses → Acme, Inc."]),
      ("<name> uses", "However, Acme Corp uses AWS", ["Acme Corp uses → Acme Corp"]),
      ("<name> uses", "In Acme uses AWS", ["Acme uses → Acme"]),
      ("<name> uses", "it uses AWS", []),
      // A number, and one that leads.
      ("sample of <number>", "a sample of 25 of 61", ["sample of 25 → 25"]),
      ("sample of <number>", "a sample of 6.1 and a sample of users", []),
      (
        "<number=n> of <number=m>", "For 2 of 25, and 4 of forty (40)",
        ["2 of 25 → 2", "4 of forty (40) → 4"]
      ),
      (
        "<number=n> of <number=m>", "Thir-\nteen of 25, page 3 of 40, CC6.1 of 33",
        ["Thir- teen of 25 → Thir- teen"]
      ),
      ("<number=n> of <number=m>", "five of 7 of 9", ["five of 7 → five", "7 of 9 → 7"]),
      ("<fraction=a/b> users", "2/25 users, 24/7 users", ["2/25 users → 2/25"]),
      ("for <fraction=a/b>", "for 2/25 (8%)", ["for 2/25 → 2/25"]),
      // A text in the middle takes the fewest words, at the end the most.
      ("its <text:5> system", "its own new system system", ["its own new system → own new"]),
      ("its <text:1> system", "its own new system", []),
      ("its <text:5> system", "its system", []),
      ("licence number <text:1>", "licence number AC12345.", ["licence number AC12345 → AC12345"]),
      (
        "titled <text:4>", "titled one two three four five",
        ["titled one two three four → one two three four"]
      ),
      ("titled <text:4>", "titled one, two. Three", ["titled one, two → one, two"]),
      ("titled <text:4>", "titled", []),
      ("by <text:9>", "by X, P.C. (the firm)", ["by X, P.C. (the firm → X, P.C. (the firm"]),
    ] as [(String, String, [String])])
  func slots(_ pattern: String, _ text: String, _ expected: [String]) {
    #expect(found([phrase(pattern)], in: text) == expected)
  }

  @Test("a text at its end although another phrase goes on with it")
  func sharedText() {
    let both = [phrase("titled <text:3>"), phrase("titled <text:3> end")]
    #expect(
      Set(found(both, in: "titled a b end"))
        == ["titled a b end → a b end", "titled a b end → a b"])
  }

  @Test(
    "in capitals only where it says so",
    arguments: [
      ("THIS IS A REPORT", 1), ("This Is A Report", 0), ("THIS IS A REPORT 2025", 1),
      ("THIS is A REPORT", 0),
    ])
  func capitals(_ text: String, _ count: Int) {
    #expect(found([phrase("this is a report", inCapitals: true)], in: text).count == count)
  }

  @Test("every word of a torn word over the end of a page")
  func overPages() {
    #expect(
      found([phrase("operating effectiveness")], in: "operating effec-\n\ntiveness of").count == 1)
    #expect(found([phrase("our opinion")], in: "our\n\nopinion").count == 1)
    #expect(found([phrase("our opinion")], in: "our.\n\nopinion").isEmpty)
  }
}

@Suite("A phrase is refused")
struct PhraseProblemTests {
  @Test(
    "for a reason",
    arguments: [
      ("", .empty), ("{a}", .empty), ("—", .empty),
      ("<name>", .noWords), ("<name> _3 <date>", .noWords),
      ("_3 a", .gapAtEdge), ("a _3", .gapAtEdge), ("a _3 {b}", .gapAtEdge),
      ("{a} _2 b", .gapAtEdge),
      ("a _1 b _1 c _1 d _1 e _1 f", .tooManyGaps), ("a _1 b _1 c _1 d _1 e", nil),
      ("<date> a", .slotFirst), ("<text> a", .slotFirst), ("{a} <period> b", .slotFirst),
      ("<criteria> a", .slotFirst), ("<categories> a", .slotFirst), ("<name> a", nil),
      ("<number> a", nil), ("<fraction> a", nil), ("{a} <number> b", nil), ("<number>", .noWords),
      ("<number> <fraction>", .noWords),
      ("a", nil), ("a <text>", nil),
    ] as [(String, PhraseProblem?)])
  func problems(_ pattern: String, _ expected: PhraseProblem?) {
    var automaton = PhraseAutomaton()
    #expect(automaton.add(phrase(pattern)) == expected)
  }

  @Test("when it has an any without wordings")
  func noWordings() {
    var automaton = PhraseAutomaton()
    #expect(automaton.add(Phrase([.word("a"), .any([])])) == .empty)
  }

  @Test("when it stands for more than 512 wordings")
  func wordings() {
    let pair = Part.any([[.word("a")], [.word("b")]])
    for (count, expected) in [(9, nil), (10, .tooManyWordings), (60, .tooManyWordings)]
      as [(Int, PhraseProblem?)]
    {
      var automaton = PhraseAutomaton()
      #expect(automaton.add(Phrase(Array(repeating: pair, count: count))) == expected)
    }
  }

  @Test("and leaves the others as they were, with their numbers")
  func numbers() {
    var automaton = PhraseAutomaton()
    #expect(automaton.add(phrase("_1 a")) == .gapAtEdge)
    #expect(automaton.add(phrase("a b")) == nil)
    automaton.seal()
    let running = print("a b", automaton.vocabulary)
    #expect(automaton.matches(in: running, range: 0..<running.tokens.count).map(\.phrase) == [1])
  }
}

@Suite("Laws of matching")
struct PhraseLawTests {
  private static let patterns = [
    "in our opinion", "in our _3 opinion", "except for _3 described", "the <text:4>",
    "the <text:4> of",
    "<name> uses _2 [subservice|sub-service] [organization|organizations]", "<name> is",
    "as of <date>", "for the period <period>", "from <period>", "relevant to <categories>",
    "criteria <criteria>", "the <name> system", "of <name>", "sub-service", "a _2 b _2 c",
    "<number> sub-service", "uses <number>", "<number> _3 organizations",
    "[in|except for] [our|the] {very} [opinion|matter]", "[the|for the] period _4 to",
  ]

  private static let text = """
    In our opinion, except for the matter described below, the Acme Cloud system of Acme, Inc. was
    suitable. In our un-
    qualified opinion, as of December 31, 2025, it is. Acme, Inc. uses two sub-service
    organizations for the period January 1, 2025 to

    December 31, 2025 relevant to Security, Availability (the “criteria”), and

    (a) Privacy; criteria CC6.1-CC6.3 and the description of the

    (b) system of Oxbow Metering plc. The end of “X, P.C.” a x b y b c. A b C subservice.
    """

  @Test("every match lies in one sentence and is on the page")
  func sentences() {
    let automaton = automaton(Self.patterns.map { phrase($0) })
    let running = print(Self.text, automaton.vocabulary)
    let matches = automaton.matches(in: running, range: 0..<running.tokens.count)
    #expect(Set(matches.map(\.phrase)).count >= 14)
    for match in matches {
      #expect(Set(match.tokens.map { running.tokens[$0].sentence }).count == 1)
      #expect(running.print.contains(running.verbatim(match.tokens)))
      for capture in match.captures {
        #expect(match.tokens.contains(capture.tokens.lowerBound))
        #expect(capture.tokens.upperBound <= match.tokens.upperBound)
        #expect(running.print.contains(running.verbatim(capture.tokens)))
      }
    }
  }

  @Test("the order in which phrases are added changes nothing")
  func order() {
    struct Found: Hashable {
      var pattern: String
      var match: String
    }
    func all(_ patterns: [String]) -> Set<Found> {
      let automaton = automaton(patterns.map { phrase($0) })
      let running = print(Self.text, automaton.vocabulary)
      let matches = automaton.matches(in: running, range: 0..<running.tokens.count)
      return Set(
        matches.map { match in
          Found(
            pattern: patterns[match.phrase],
            match: "\(match.tokens) \(match.captures.map { "\($0.kind) \($0.tokens)" })")
        })
    }
    let expected = all(Self.patterns)
    #expect(!expected.isEmpty)
    #expect(all(Self.patterns.reversed()) == expected)
    for shift in 1..<Self.patterns.count {
      #expect(all(Array(Self.patterns[shift...] + Self.patterns[..<shift])) == expected)
    }
  }

  @Test("running twice gives the same")
  func twice() {
    let patterns = Self.patterns.map { phrase($0) }
    #expect(found(patterns, in: Self.text) == found(patterns, in: Self.text))
  }

  @Test("a phrase with a choice is found where one of its wordings is")
  func wordings() {
    let whole = phrase("[a|b c|b] _2 {d} [e|e f] g")
    var wordings: [String] = []
    for head in ["a", "b c", "b"] {
      for middle in ["", " d"] {
        for end in ["e", "e f"] { wordings.append("\(head) _2\(middle) \(end) g") }
      }
    }
    // Words in no order, the same in every run.
    var state: UInt32 = 1
    let words = (0..<4_000).map { _ -> String in
      state = state &* 1_664_525 &+ 1_013_904_223
      return ["a", "b", "c", "d", "e", "f", "g"][Int(state >> 24) % 7]
    }
    func ranges(_ phrases: [Phrase]) -> [Int: Set<Range<Int>>] {
      let automaton = automaton(phrases)
      let running = print(words.joined(separator: " "), automaton.vocabulary)
      let matches = automaton.matches(in: running, range: 0..<running.tokens.count)
      return Dictionary(grouping: matches.map(\.tokens), by: \.lowerBound).mapValues { Set($0) }
    }
    let one = ranges([whole])
    let each = ranges(wordings.map { phrase($0) })
    #expect(one.count > 20)
    #expect(Set(one.keys) == Set(each.keys))
    for (start, found) in one {
      #expect(found.count == 1)
      #expect(each[start]?.isSuperset(of: found) == true)
    }
  }

  @Test("wordings that begin alike are followed together")
  func alike() {
    // Eight times one or two: 256 wordings, but only eight to sixteen words.
    let automaton = automaton([phrase(Array(repeating: "[a|a a]", count: 8).joined() + " b")])
    let running = print(
      Array(repeating: "a", count: 500).joined(separator: " "), automaton.vocabulary)
    let (found, steps) = automaton.counted(in: running, range: 0..<running.tokens.count)
    #expect(found.isEmpty)
    #expect(steps <= 16 * 500)
    #expect(steps > 15 * 400)
  }

  /// Work, not time: steps are the same on every machine.
  @Test(
    "hostile texts take a bounded number of steps for each word",
    arguments: [
      ("a _6 a _6 a _6 a _6 b", 500, 150),
      ("a _1 a _1 a _1 a _1 b", 50_000, 30),
      ("a _40 a _40 a _40 a _40 b", 200, 1_000),
      ("a <text:12> a <text:12> a <text:12> b", 200, 200),
      ("a _6 [a|a a] _6 [a|a a a] _6 {a} b", 500, 300),
    ])
  func hostile(_ pattern: String, _ words: Int, _ limit: Int) {
    let automaton = automaton([phrase(pattern)])
    let running = print(
      Array(repeating: "a", count: words).joined(separator: " "), automaton.vocabulary)
    let (_, steps) = automaton.counted(in: running, range: 0..<running.tokens.count)
    #expect(steps <= limit * words)
    #expect(limit < PhraseAutomaton.stepLimit)
  }

  @Test("numbers upon numbers take a bounded number of steps")
  func numbers() {
    let automaton = automaton([
      phrase("<number> _4 of <number> _4 of <number> _4 end"), phrase("<number> of <number> end"),
    ])
    let running = print(
      Array(repeating: "2 of twenty five", count: 200).joined(separator: " "),
      automaton.vocabulary)
    let (_, steps) = automaton.counted(in: running, range: 0..<running.tokens.count)
    #expect(steps <= 800 * 40)
  }

  @Test("names upon names take a bounded number of steps")
  func names() {
    let automaton = automaton([phrase("of <name> <name> <name> <name> <name> end")])
    let running = print(
      Array(repeating: "of A B C D E F G H I J K L M", count: 50).joined(separator: " "),
      automaton.vocabulary)
    let (_, steps) = automaton.counted(in: running, range: 0..<running.tokens.count)
    #expect(steps <= 50 * 14 * 100)
  }
}
