import Testing

@testable import TextMatching

@Suite("Words of a print")
struct TokenizerTests {
  @Test(
    "are normalised",
    arguments: [
      // Apostrophes, straight and curly; the possessive of one and of many.
      ("auditor's auditor’s auditor`s auditor′s", "auditors auditors auditors auditors"),
      ("auditors' auditors’ report", "auditors auditors report"),
      ("the company’s ‘system’ “description”", "the companys system description"),
      ("O’Brien don’t", "obrien dont"),
      ("Inc.’s (“Orrery”)’s", "inc orrery"),
      ("AUDITOR’S", "auditors"),
      // Hyphens in all forms.
      (
        "sub-service sub‐service sub‑service sub–service",
        "sub service sub service sub service sub service"
      ),
      ("co\u{AD}oper\u{AD}ate", "cooperate"),
      ("user- and system-level", "user and system level"),
      // Ligatures, full width, accents, signs.
      ("ﬁnding eﬀective oﬃce conﬂict baﬄe ﬆart", "finding effective office conflict baffle start"),
      ("ＣＣ６．１ Ｓecurity", "cc6 1 security"),
      ("Müller Søren Čapek Łódź Straße naïve Ærø", "muller soren capek lodz strasse naive aero"),
      ("cafe\u{301}", "cafe"),
      ("Acme® Cloud™ Trust℠ 2020¹ word²", "acme cloud trust 2020 word"),
      ("Type Ⅱ", "type ii"),
      ("zero\u{200B}width no\u{A0}break", "zerowidth no break"),
      // Numbers.
      ("1,250 10,000,000 2,5 31,2025", "1250 10000000 2 5 31 2025"),
      ("6.1 CC6.1 01/02/2025 2025-01-31 99.9%", "6.1 cc6.1 01/02/2025 2025-01-31 99.9"),
      ("2025-01-31-2025-02-28 1-31 555-123-4567", "2025-01-31 2025-02-28 1 31 555 123 4567"),
      ("01/01/2025-12/31/2025 6.1-6.8", "01/01/2025 12/31/2025 6.1 6.8"),
      // Names and addresses.
      ("AT&T R&D A & B", "at&t r&d a b"),
      ("https://www.acme.com/trust", "https www acme com trust"),
      ("security@acme.co.uk", "security acme co uk"),
      ("U.S. P.C. e.g.", "u s p c e g"),
      ("", ""),
      ("— … “” • ✓", ""),
    ])
  func words(_ text: String, _ expected: String) {
    #expect(print(text).words == expected)
  }

  @Test(
    "are names where they are written as names",
    arguments: [
      ("Acme", true), ("iManage", true), ("eFolder", true), ("3Degrees", true), ("3M", true),
      ("CC6.1", true), ("acme", false), ("2O25", false), ("1ST", false), ("2nd", false),
      ("24", false), ("Éclair", true),
    ])
  func capitals(_ text: String, _ expected: Bool) {
    #expect(print(text).tokens[0].flags.contains(.capital) == expected)
  }

  @Test("know a possessive, and where the name in it ends")
  func possessives() {
    for (text, name) in [
      ("Acme’s", "Acme"), ("Acmes’", "Acmes"), ("Acme's.", "Acme"), ("Acmes", nil), ("O’Mars", nil),
      ("D’Os", nil),
    ] as [(String, String?)] {
      let running = print(text)
      let token = running.tokens[0]
      #expect(token.flags.contains(.possessive) == (name != nil), "\(text)")
      if let name { #expect(running.verbatim(0..<1) == name) }
    }
  }

  @Test(
    "are list markers only at the start of a block",
    arguments: [
      ("(a) first item", 3), ("a. first item", 2), ("i. first item", 2), ("1) first item", 2),
      ("(iv) first item", 3), ("12. first item", 2), ("• first item", 1), ("▪ first item", 1),
      ("see (a) first item", 0), ("A first item", 0), ("U.S. item", 0), ("1.2 item", 0),
      ("(abc) first item", 0), ("(AWS) first item", 0), ("1. Januar 2025", 0), ("1. January", 2),
      ("100. first item", 0), ("a.", 0),
    ])
  func listMarkers(_ text: String, _ count: Int) {
    #expect(print(text).tokens.count { $0.kind == .listMarker } == count)
  }
}

@Suite("Sentences of a print")
struct SentenceTests {
  @Test(
    "end at full stops that end them",
    arguments: [
      ("One ends. Two begins.", ["One ends.", "Two begins."]),
      ("Is it? Yes! It is.", ["Is it?", "Yes!", "It is."]),
      ("He said “one ends.” Two begins.", ["He said “one ends.”", "Two begins."]),
      ("(One ends.) Two begins.", ["(One ends.)", "Two begins."]),
      (
        "Version 3.2 of CC6.1 is 99.9% done. Two.", ["Version 3.2 of CC6.1 is 99.9% done.", "Two."]
      ),
      ("See www.acme.com or a@b.com for it.", ["See www.acme.com or a@b.com for it."]),
      ("there were 25. 3 failed.", ["there were 25.", "3 failed."]),
      ("we end. iManage begins.", ["we end.", "iManage begins."]),
      // Abbreviations go on, but not before a word that opens sentences.
      ("Acme, Inc. Services is it.", ["Acme, Inc. Services is it."]),
      ("by Acme, Inc. The system is.", ["by Acme, Inc.", "The system is."]),
      ("by Acme, Ltd. During 2025 it was.", ["by Acme, Ltd.", "During 2025 it was."]),
      ("Acme, Inc.’s Description is.", ["Acme, Inc.’s Description is."]),
      (
        "See No. 5 and U.S. Bank and X, P.C. Tampa.", ["See No. 5 and U.S. Bank and X, P.C. Tampa."]
      ),
      ("on Jan. 1 and Sept. 30 it is.", ["on Jan. 1 and Sept. 30 it is."]),
      ("tools, e.g. Jira, are used.", ["tools, e.g. Jira, are used."]),
      ("am 31. Dezember 2025 ist.", ["am 31. Dezember 2025 ist."]),
      ("we tested 25. March was fine.", ["we tested 25.", "March was fine."]),
    ])
  func ends(_ text: String, _ expected: [String]) {
    #expect(print(text).sentences == expected)
  }

  @Test(
    "run over blocks that go on",
    arguments: [
      ("we used the\n\nsystem. Two.", 2),
      ("as follows:\n\n(a) one;\n\n(b) two.", 1),
      ("as follows:\n\n• One\n\n• Two", 1),
      ("throughout the period to\n\nDecember 31, 2025.", 1),
      ("for January 1,\n\n2025 it was.", 1),
      ("Security, Availability, and\n\nConfidentiality", 1),
      ("One ends.\n\nTwo begins.", 2),
      ("One ends.”\n\n(a) two", 2),
      ("One ends.\n\n(a) two", 2),
      ("A heading\n\nA paragraph.", 2),
      ("Acme, Inc.\n\nTampa", 2),
    ])
  func blocks(_ text: String, _ count: Int) {
    #expect(print(text).sentences.count == count)
  }

  @Test("do not run out of headings and cells")
  func heads() {
    #expect(print("controls of\n\nthe system", heads: [0]).sentences.count == 2)
    #expect(print("controls of\n\nthe system", heads: [1]).sentences.count == 2)
  }

  @Test("hold every token once, and give back the print")
  func law() {
    let text =
      "One ends.” (a) Two’s U.S. 1,250 ﬁ. “Three” — • four? Five-\nsix.\n\n(b) seven\n\nEight."
    let running = print(text)
    #expect(
      running.sentences.map { $0 }.joined(separator: " ").filter { $0 != " " }
        == running.print.filter { $0 != " " })
    for (block, range) in running.blocks.enumerated() {
      for index in range { #expect(running.block(of: index) == block) }
    }
    for index in running.tokens.indices.dropFirst() {
      let step = running.tokens[index].sentence - running.tokens[index - 1].sentence
      #expect(step >= 0)
    }
  }
}
