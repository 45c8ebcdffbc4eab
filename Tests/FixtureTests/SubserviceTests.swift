import PageText
import Pipeline
import RuleEngine
import RulePacks
import SOC2Vocabulary
import TestSupport
import Testing

/// What fixtures of whole reports do not show: forms of subservice parts and user-entity lists, one by
/// one, on sketched pages.
struct SubserviceTests {
  static let letter = [
    "We have examined the description of the Lanternfold Archive of Lanternfold, Inc. throughout",
    "the period January 1, 2025 to September 30, 2025, relevant to security.",
  ]

  /// A short report: a letter, an assertion, a description with the given parts, tests.
  static func read(
    letter: [String] = [], description: [Line], other: [Line] = []
  ) throws -> DocumentFacts {
    let rules = try #require(ReportFixtureTests.rules)
    func body(_ texts: [String]) -> [Line] { texts.map { Line.plain($0) } }
    var pages = [
      sketch(
        1,
        [.title("Section 1. Independent Service Auditor's Report"), .head("Scope")]
          + body(Self.letter + letter) + [.head("Opinion")]
          + body([
            "In our opinion, in all material respects, the description presents the system, and the",
            "controls were suitably designed and operated effectively throughout the period.",
          ])),
      sketch(
        2,
        [.title("Section 2. Assertion of Lanternfold Management")]
          + body([
            "We have prepared the description of the Lanternfold Archive. We confirm, to the best of",
            "our knowledge and belief, that the description presents the system.",
          ])),
      sketch(
        3,
        [.title("Section 3. Description of the Lanternfold Archive")]
          + body(["Lanternfold keeps letters of museums and lends them to readers."]) + description),
      sketch(
        4,
        [.title("Section 4. Trust Services Criteria, Related Controls, and Tests of Controls")]
          + body(["Control L-1 was tested by inspection. No exceptions noted."])),
    ]
    if !other.isEmpty {
      pages.append(
        sketch(5, [.title("Section 5. Other Information Provided by Lanternfold")] + other))
    }
    let found = readDocument(pages, with: rules).facts
    #expect(found.kind == .soc2Report)
    return found
  }

  enum Line {
    case title(String)
    case head(String)
    case plain(String)
    case item(String)
    case gap
  }

  static func sketch(_ number: Int, _ lines: [Line]) -> Page {
    page(number) { page in
      var y: Float = 70
      for line in lines {
        switch line {
        case .title(let text): page.line(60, y, text, size: 13, style: .bold)
        case .head(let text):
          y += 8
          page.line(60, y, text, size: 10.5, style: .bold)
        case .plain(let text): page.line(60, y, text)
        case .item(let text): page.line(78, y, text)
        case .gap: break
        }
        y += { if case .title = line { 22 } else { 13 } }()
      }
    }
  }

  static func organizations(_ facts: DocumentFacts) -> [String] {
    (facts.facts[.subserviceOrganizations]?.value.list ?? []).map {
      "\($0["name"]?.text ?? "") \($0["method"]?.text ?? "")"
    }
  }

  static func texts(_ facts: DocumentFacts, _ name: FactName) -> [String] {
    (facts.facts[name]?.value.list ?? []).compactMap { $0["text"]?.text }
  }

  // MARK: - Names and methods

  @Test func aShortNameCountsForTheFullOne() throws {
    let facts = try Self.read(
      letter: [
        "Lanternfold uses AWS, a subservice organization, to host its servers. The description",
        "excludes the controls of AWS.",
      ],
      description: [
        .head("Subservice Organizations"),
        .plain("Amazon Web Services, Inc. (AWS) hosts the servers and is carved out."),
      ])
    #expect(Self.organizations(facts) == ["Amazon Web Services, Inc. carve-out"])
  }

  @Test func eachOrganizationHasItsOwnMethod() throws {
    let facts = try Self.read(
      letter: [
        "Lanternfold uses Halyard Halls, Inc. and Brindle Desk LLP, subservice organizations. The",
        "description excludes the controls of Halyard Halls, Inc. Our examination extended to the",
        "controls of Brindle Desk LLP, and the description includes them by the inclusive method.",
      ], description: [])
    #expect(
      Self.organizations(facts) == ["Halyard Halls, Inc. carve-out", "Brindle Desk LLP inclusive"])
    #expect(facts.derived["document.subserviceConflict"] == nil)
  }

  @Test func theSentenceOnAnotherCompanyDoesNotCount() throws {
    let facts = try Self.read(
      letter: [
        "Lanternfold rents shelves of Halyard Halls, Inc., a subservice organization. The description",
        "states our own controls only; the controls of Halyard Halls, Inc. are left outside of it, and",
        "our procedures did not reach them. The description does include the relevant controls of",
        "Brindle Desk LLP, which has furnished its own written assertion.",
      ], description: [])
    #expect(
      Self.organizations(facts) == ["Halyard Halls, Inc. carve-out", "Brindle Desk LLP inclusive"])
    #expect(facts.derived["document.carvedOut"]?.value == .list([.text("Halyard Halls, Inc.")]))
  }

  @Test func itsControlsAreThoseOfTheCompanyTheSentenceBeginsWith() throws {
    let facts = try Self.read(
      letter: [
        "Halyard Halls plc is a subservice organisation. The description includes the relevant",
        "controls of Halyard Halls plc, and our procedures extended to them. Brindle Post Limited",
        "prints letters; the description excludes its controls.",
      ],
      description: [
        .head("Subservice organisations"),
        .plain("Halyard Halls plc lends shelves. Its controls form part of this description."),
        .plain("We expect Brindle Post Limited to (i) lock its print room, (ii) destroy spoiled"),
        .plain("prints, and (iii) report lost mail within one day."),
      ])
    #expect(
      Self.organizations(facts) == [
        "Halyard Halls plc inclusive", "Brindle Post Limited carve-out",
      ])
    #expect(
      Self.texts(facts, .subserviceControls) == [
        "lock its print room", "destroy spoiled prints", "report lost mail within one day.",
      ])
  }

  @Test func theirControlsAreThoseOfAllNamedBefore() throws {
    let facts = try Self.read(
      letter: [
        "Lanternfold depends on two other companies: Halyard Halls, Inc., for shelves, and Brindle",
        "Desk LLP, for the night desk. Their controls are outside this report.",
      ], description: [])
    #expect(
      Self.organizations(facts) == ["Halyard Halls, Inc. carve-out", "Brindle Desk LLP carve-out"])
  }

  @Test func asMuchSaidForEitherMethodIsNeither() throws {
    let facts = try Self.read(
      letter: [
        "Lanternfold uses Halyard Halls, Inc., a subservice organization. The description excludes the",
        "controls of Halyard Halls, Inc. Our examination extended to the controls of Halyard Halls, Inc.",
      ], description: [])
    #expect(Self.organizations(facts) == ["Halyard Halls, Inc. unknown"])
    #expect(
      facts.derived["document.subserviceConflict"]?.value == .list([.text("Halyard Halls, Inc.")]))
  }

  @Test func wordsForNamesAreNoNames() throws {
    let facts = try Self.read(
      letter: ["Lanternfold uses Halyard Halls and Brindle Desk as subservice organizations."],
      description: [
        .head("Subservice Organizations"),
        .plain("Two subservice organizations support the archive. Both are carved out. They are"),
        .plain("expected to guard their halls, to test their fuses and to wipe lost disks."),
      ])
    #expect(Self.organizations(facts) == ["Halyard Halls carve-out", "Brindle Desk carve-out"])
  }

  @Test func aNameWithAndIsPartedWhereTheSecondStandsAlone() throws {
    let facts = try Self.read(
      letter: [
        "Lanternfold uses Amazon Web Services and Brindle Desk, Inc., subservice organizations. The",
        "description excludes the controls of Brindle Desk, Inc. and of Amazon Web Services.",
      ], description: [])
    #expect(
      Self.organizations(facts) == [
        "Amazon Web Services carve-out", "Brindle Desk, Inc. carve-out",
      ])
  }

  @Test func oneLeftOutWithoutANameIsNotAbsent() throws {
    let facts = try Self.read(
      letter: [
        "The description is drawn to stop at the boundary with a company that lends shelves."
      ],
      description: [])
    #expect(facts.facts[.subserviceOrganizations]?.state == .notSearchable)
  }

  @Test func vendorsAreNoSubserviceOrganizations() throws {
    let facts = try Self.read(
      description: [
        .head("Vendors"), .plain("Lanternfold uses the following vendors: Brindle for tickets."),
        .plain("Servers are rented from Hetzner."),
      ])
    #expect(facts.facts[.subserviceOrganizations]?.state == .absent)
    #expect(facts.derived["document.undeclaredHosts"]?.value == .list([.text("Hetzner")]))
  }

  @Test func noneAndSomeDoNotGoTogether() throws {
    let facts = try Self.read(
      letter: [
        "Lanternfold uses Halyard Halls, Inc., a subservice organization, for racks. Our examination",
        "did not include the services provided by the subservice organization.",
      ],
      description: [
        .head("Subservice Organizations"),
        .plain("Lanternfold does not use any subservice organizations."),
      ])
    #expect(facts.facts[.subserviceOrganizations]?.state == .conflicting)
  }

  @Test func oneWithoutANameIsNotTakenForNone() throws {
    let facts = try Self.read(
      letter: [
        "Lanternfold uses a subservice organization to house its servers. Our examination did not",
        "include the services provided by the subservice organization.",
      ], description: [])
    #expect(facts.facts[.subserviceOrganizations]?.state == .notSearchable)
    #expect(facts.derived["document.unnamedSubservice"] != nil)
  }

  @Test func controlsBelongToTheOrganizationAbove() throws {
    let facts = try Self.read(
      description: [
        .head("Subservice Organizations"), .head("Halyard Halls, Inc."),
        .plain("Halyard is carved out and is expected to:"),
        .item("• guard its halls (CC6.4);"), .item("• shred disks (CC6.5)."),
        .head("Brindle Desk LLP"), .plain("Brindle is carved out and is expected to:"),
        .item("• screen its staff (CC1.4)."),
      ])
    let owners = (facts.facts[.subserviceControls]?.value.list ?? []).map {
      $0["organization"]?.text ?? ""
    }
    #expect(owners == ["Halyard Halls, Inc.", "Halyard Halls, Inc.", "Brindle Desk LLP"])
  }

  // MARK: - User entities

  @Test func dutiesBelowAnOrganizationsHeadingAreItsControls() throws {
    let facts = try Self.read(
      letter: [
        "Lanternfold uses Halyard Halls, Inc. and Brindle Desk LLP, subservice organizations, which are",
        "carved out.",
      ],
      description: [
        .head("Subservice Organizations"), .plain("The carve-out method is used for each."),
        .head("Halyard Halls, Inc."), .item("• Guard the halls at night."),
        .item("• Wipe disks that leave."), .head("Brindle Desk LLP"),
        .item("• Screen those at the desk."),
      ])
    #expect(
      Self.texts(facts, .subserviceControls) == [
        "Guard the halls at night.", "Wipe disks that leave.", "Screen those at the desk.",
      ])
  }

  @Test(arguments: [
    (
      "Lanternfold expects Halyard Halls, Inc. to guard its halls, to test its fuses, and to wipe disks.",
      ["guard its halls", "test its fuses", "wipe disks."]
    ),
    (
      "Complementary controls expected of Halyard Halls, Inc. are: guards by night; spare fuses; and wiped disks.",
      ["guards by night", "spare fuses", "wiped disks."]
    ),
    ("Halyard Halls, Inc. is expected to guard its halls.", nil),
  ])
  func oneSentenceMayRunThroughSeveralControls(_ sentence: String, _ wanted: [String]?) throws {
    let words = sentence.split(separator: " ")
    let facts = try Self.read(
      letter: ["Halyard Halls, Inc. is a subservice organization that is carved out."],
      description: [
        .head("Subservice Organizations"),
        .plain(words.prefix(9).joined(separator: " ")),
        .plain(words.dropFirst(9).joined(separator: " ")),
      ])
    #expect(Self.texts(facts, .subserviceControls) == wanted ?? [sentence])
  }

  @Test(arguments: [
    "Complementary User Entity Controls", "User Control Considerations",
    "Complementary Customer Controls", "User Entity Responsibilities",
  ])
  func listsStandUnderManyHeadings(_ heading: String) throws {
    let facts = try Self.read(
      description: [
        .head(heading), .plain("The following controls are assumed of user entities:"),
        .item("1. Museums remove clerks who leave (CC6.2)."),
        .item("2. Museums keep their tokens secret (CC6.1)."),
      ])
    #expect(Self.texts(facts, .userEntityControls).count == 2)
    let first = facts.facts[.userEntityControls]?.value.list?.first
    #expect(first?["id"] == .text("1"))
    #expect(first?["criteria"] == .list([.text("CC6.2")]))
    #expect(first?["topic"] == .text("user-access"))
  }

  @Test func lettersWithinASentenceAreEntries() throws {
    let facts = try Self.read(
      description: [
        .head("Complementary User Entity Controls"),
        .plain("Museums are responsible for (a) removing clerks; (b) keeping tokens secret;"),
        .plain("and (c) counting the letters that come back."),
      ])
    #expect(
      Self.texts(facts, .userEntityControls) == [
        "removing clerks", "keeping tokens secret", "counting the letters that come back.",
      ])
  }

  @Test func sentencesOfDutyAreEntriesAndTheirOpeningIsNot() throws {
    let facts = try Self.read(
      description: [
        .head("User Entity Responsibilities"),
        .plain(
          "The following is no comprehensive list of what museums should do. User entities are"),
        .plain("responsible for removing clerks who leave. User entities must keep tokens secret."),
      ])
    #expect(Self.texts(facts, .userEntityControls).count == 2)
  }

  @Test func noneNeededIsAnAnswer() throws {
    let facts = try Self.read(
      description: [
        .head("Complementary User Entity Controls"),
        .plain("There are no complementary user entity controls."),
      ])
    #expect(facts.facts[.userEntityControls]?.found == .list([]))
  }

  @Test func usersInsideTheHouseAreNotMeant() throws {
    let facts = try Self.read(
      description: [
        .head("Access"), .plain("Users must choose long passwords. Users are responsible for:"),
        .item("• locking their screens"), .item("• wearing their badges"),
      ])
    #expect(facts.facts[.userEntityControls]?.state == .absent)
  }

  @Test func aListOnlyInTheUnexaminedPartIsToldSo() throws {
    let facts = try Self.read(
      description: [],
      other: [
        .head("Complementary User Entity Controls"), .item("• Museums remove clerks who leave."),
        .item("• Museums keep their tokens secret."),
      ])
    #expect(Self.texts(facts, .userEntityControls).count == 2)
    #expect(facts.facts[.userEntityControls]?.confidence == .low)
    #expect(facts.derived["document.userEntityList"] != nil)
  }
}
