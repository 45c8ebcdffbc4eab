import PageText
import SOC2Vocabulary

/// Reviews made by hand: no real firm, no real report.
enum Samples {
  static let reviewDate = day("2026-01-15")
  static let tool = ToolRecord(
    rulesPack: "soc2", rulesVersion: "1.0.0", rulesSHA256: String(repeating: "ab", count: 32),
    policyName: "default", policySHA256: String(repeating: "cd", count: 32))

  static func day(_ iso: String) -> Day { Day(iso: iso)! }

  static func evidence(
    _ page: Int, _ quote: String, in section: Zone = .auditorReport, label: String? = nil
  ) -> Evidence {
    Evidence(
      page: page, pageLabel: label, section: section, quote: quote,
      boxes: [Box(72, 96.46, 540.25, 110)], source: .text)
  }

  static func found(_ value: Value, _ evidence: Evidence...) -> Fact {
    Fact(state: .found, value: value, evidence: evidence)
  }

  static func document(
    _ file: String, kind: DocumentKind?, status: DocumentStatus = .ok, pages: Int = 96,
    unread: [Int] = [], reason: String? = nil
  ) -> DocumentRecord {
    DocumentRecord(
      file: file, sha256: String(repeating: "5f2a", count: 16), bytes: 1_204_332, pages: pages,
      partOf: nil, kind: kind, kindReasons: [], status: status, reason: reason,
      pagesWithText: status == .ok || status == .partial ? pages - unread.count : 0,
      pagesByOCR: 0, unreadPages: unread,
      metadata: DocumentMetadata(
        producer: "Layouter 9", creator: nil, created: "2025-11-14", modified: nil,
        encrypted: false, signed: true, incrementalUpdates: 0))
  }

  /// A type 2 report that was read whole, with every state a fact can have but not-searchable.
  static let report: Review = {
    var facts: [FactName: Fact] = [:]
    facts[.reportType] = found(
      .text("type2"), evidence(1, "SOC 2 Type 2 Report", in: .cover))
    facts[.serviceOrganization] = found(
      .text("Northwind Ledger, Inc."),
      evidence(4, "To the Management of Northwind Ledger, Inc.", label: "2"))
    facts[.system] = found(
      .text("Northwind Ledger Platform"),
      evidence(4, "description of its Northwind Ledger Platform", label: "2"))
    facts[.serviceAuditor] = found(
      .object([
        "name": .text("Harrow & Pike LLP"), "location": .text("Denver, Colorado"),
        "licence": .null,
      ]), evidence(6, "Harrow & Pike LLP Denver, Colorado"))
    facts[.opinion] = found(
      .text("qualified"),
      evidence(
        5, "In our opinion, except for the matter described above, in all material respects"),
      evidence(7, "the controls operated effectively throughout the period"))
    facts[.opinionLimbs] = found(
      .object([
        "description": .text("unqualified"), "design": .text("unqualified"),
        "operation": .text("qualified"),
      ]), evidence(5, "except for the matter described above"))
    facts[.qualifiedCriteria] = found(
      .list([.text("CC6.3")]), evidence(5, "criterion CC6.3 was not met"))
    facts[.basisForModification] = found(
      .text(
        "Access of leavers was not removed in time from October 2024 to January 2025. As a result, "
          + "criterion CC6.3 was not met."),
      evidence(5, "Access of leavers was not removed in time"))
    facts[.period] = Fact(
      state: .conflicting, value: .null, confidence: .medium, evidence: [],
      readings: [
        Reading(
          value: .period(
            ExaminationPeriod(start: day("2024-10-01"), end: day("2025-09-30"))!),
          evidence: [evidence(4, "throughout the period October 1, 2024 to September 30, 2025")],
          section: .auditorReport),
        Reading(
          value: .period(
            ExaminationPeriod(start: day("2024-10-01"), end: day("2025-06-30"))!),
          evidence: [
            evidence(
              8, "the period October 1, 2024 to June 30, 2025", in: .managementAssertion)
          ], section: .managementAssertion),
      ])
    facts[.asOf] = Fact(state: .absent)
    facts[.reportDate] = found(.text("2025-11-14"), evidence(6, "November 14, 2025"))
    facts[.assertionDate] = Fact(state: .absent)
    facts[.categories] = found(
      .list([.text("security"), .text("availability"), .text("confidentiality")]),
      evidence(1, "Security, Availability and Confidentiality", in: .cover))
    facts[.criteriaEdition] = Fact(
      state: .found, value: .text("TSP 100 2017 (2022 points of focus)"), confidence: .medium,
      evidence: [evidence(4, "TSP section 100")])
    facts[.additionalFrameworks] = found(
      .list([.object(["name": .text("HIPAA Security Rule"), "examined": .bool(false)])]),
      evidence(90, "mapping to the HIPAA Security Rule", in: .otherInformation))
    facts[.incidents] = found(
      .object(["disclosed": .text("silent"), "items": .list([])]),
      evidence(12, "Incidents", in: .systemDescription))
    facts[.changes] = Fact(state: .absent)
    facts[.exclusions] = found(
      .list([
        .object([
          "text": .text("Northwind Mobile is not included."),
          "evidence": .list([
            .object([
              "page": .number(11), "section": .text("system-description"),
              "quote": .text("Northwind Mobile is not included."), "source": .text("text"),
              "boxes": .list([.list([.number(72), .number(96), .number(300), .number(110)])]),
            ])
          ]),
        ])
      ]), evidence(11, "Northwind Mobile is not included.", in: .systemDescription))
    facts[.sections] = found(
      .list([
        .object([
          "zone": .text("auditor-report"), "title": .text("Section I"),
          "pages": .list([.number(4), .number(6)]), "author": .text("service-auditor"),
        ])
      ]), evidence(2, "Section I", in: .toc))
    return Review(
      tool: tool, reviewDate: reviewDate, context: ReviewContext(vendor: "Northwind"),
      document: document("northwind-soc2-2025.pdf", kind: .soc2Report), facts: facts,
      findings: [
        Finding(
          id: "opinionQualified", rule: "opinion/qualified", code: "opinionQualified",
          severity: .high, title: "Qualified opinion",
          message: "The opinion is qualified: criterion CC6.3 was not met.",
          evidence: [evidence(5, "except for the matter described above")],
          facts: ["opinion", "qualifiedCriteria"]),
        Finding(
          id: "periodMismatch", rule: "period/mismatch", code: "periodMismatch",
          severity: .medium, title: "Two periods",
          message: "The report and the assertion name different periods.",
          evidence: [evidence(4, "September 30, 2025"), evidence(8, "June 30, 2025")],
          facts: ["period"]),
      ],
      questions: [
        FollowUpQuestion(
          id: "q1", to: .vendor,
          text: "Which customers and dates were affected by the late removal of leavers' access?",
          why: "The opinion is qualified on CC6.3.",
          evidenceAsked: "a list of the accounts, with dates", findings: ["opinionQualified"],
          evidence: [evidence(5, "except for the matter described above")])
      ],
      searched: [
        Searched(
          fact: "assertionDate", state: .absent, sections: [.managementAssertion], pages: 8...9,
          rules: ["assertion/date"]),
        Searched(
          fact: "changes", state: .absent, sections: [.systemDescription], pages: 10...31,
          rules: ["description/changes"]),
        Searched(fact: "asOf", state: .absent, sections: [], pages: nil, rules: []),
      ],
      diagnostics: [
        Diagnostic(code: "tableWithoutHead", message: "table without head, read as text", page: 40),
        Diagnostic(code: "fileRebuilt", message: "the file had to be rebuilt"),
      ])
  }()

  /// An unqualified type 2 report with nothing left open but what this version does not read.
  static let unqualified: Review = {
    var review = report
    review.facts[.opinion] = found(.text("unqualified"), evidence(5, "In our opinion"))
    review.facts[.period] = found(
      .period(ExaminationPeriod(start: day("2024-10-01"), end: day("2025-09-30"))!),
      evidence(4, "throughout the period October 1, 2024 to September 30, 2025"))
    for name in [FactName.opinionLimbs, .qualifiedCriteria, .basisForModification] {
      review.facts[name] = Fact(state: .absent)
    }
    review.findings = []
    review.questions = []
    return review
  }()

  /// The auditor's report is two pictures in the middle of a readable file.
  static let notSearchable: Review = {
    var review = report
    review.document = document(
      "scanned-letter.pdf", kind: .soc2Report, unread: [2, 3, 50])
    review.facts[.opinion] = Fact(state: .notSearchable, confidence: .low)
    review.facts[.period] = Fact(state: .notSearchable, confidence: .low)
    review.findings = []
    review.questions = []
    review.searched = [
      Searched(
        fact: "opinion", state: .notSearchable, sections: [.auditorReport], pages: 2...3,
        rules: ["opinion/kind"])
    ]
    review.diagnostics = [2, 3].map { (page: Int) in
      Diagnostic(
        code: "pageIsPicture", message: "page \(page) is a picture without text; it was not read",
        page: page)
    }
    return review
  }()

  static let soc1: Review = {
    var document = Samples.document("payroll-soc1.pdf", kind: .soc1Report, pages: 40)
    document.kindReasons = [evidence(3, "relevant to internal control over financial reporting")]
    return Review(
      tool: tool, reviewDate: reviewDate, context: ReviewContext(), document: document)
  }()

  static let bridge: Review = {
    var review = soc1
    review.document = document("bridge.pdf", kind: .bridgeLetter, pages: 1)
    review.facts[.bridge] = found(
      .object([
        "from": .text("2025-10-01"), "to": .text("2025-12-31"), "date": .text("2026-01-05"),
        "entity": .text("Northwind Ledger, Inc."), "reportPeriodEnd": .text("2025-09-30"),
        "signer": .null, "signerTitle": .null, "changes": .text("silent"),
        "defects": .list([.text("letterUnsigned")]),
      ]), evidence(1, "This letter covers October 1, 2025", in: .letter))
    review.document.partOf = 1...1
    return review
  }()

  static let encrypted: Review = Review(
    tool: tool, reviewDate: reviewDate, context: ReviewContext(vendor: "Northwind"),
    document: {
      var document = Samples.document(
        "locked.pdf", kind: nil, status: .encrypted, pages: 0,
        reason: "The file asks for a password.")
      document.metadata = nil
      return document
    }(),
    diagnostics: [Diagnostic(code: "encrypted", message: "the file asks for a password")])

  static let packet = Packet(vendor: "Northwind", reviews: [report, bridge, encrypted])

  /// Every text a document or caller can give tries to do something.
  static let hostile: Review = {
    var review = report
    let attack =
      "a|b `c` <script>x</script> [t](http://e.example) www.e.example ![i](j) "
      + "\u{1B}]0;owned\u{7}\u{1B}[2J\u{9B}31m \u{202E}desrever\u{2066} \r\n- # *bold* _it_ \u{85}"
      + "\u{2028}\u{E0041}\u{200B} 漢字 \u{FEFF}end"
    let proof = evidence(4, attack, label: attack)
    review.context = ReviewContext(vendor: attack, products: [attack], tier: attack)
    review.document.file = attack
    review.document.reason = attack
    review.document.status = .partial
    review.facts[.system] = found(.text(attack), proof)
    review.facts[.serviceAuditor] = found(
      .object(["name": .text(attack), "location": .text(attack), "licence": .text(attack)]), proof)
    review.facts[.period] = Fact(
      state: .conflicting,
      readings: [
        Reading(
          value: .object(["start": .text(attack), "end": .text(attack)]), evidence: [proof],
          section: .cover)
      ])
    review.facts[.criteriaEdition] = found(.text(attack), proof)
    review.findings = [
      Finding(
        id: attack, rule: attack, code: attack, severity: .low, title: attack, message: attack,
        evidence: [proof], facts: [attack])
    ]
    review.questions = [
      FollowUpQuestion(
        id: attack, to: .vendor, text: attack, why: attack, evidenceAsked: attack,
        findings: [attack], evidence: [proof])
    ]
    review.diagnostics = [Diagnostic(code: attack, message: attack)]
    review.tool.rulesPack = attack
    review.tool.rulesVersion = attack
    return review
  }()
}

/// The samples by name, so that a failing test names one instead of printing it.
enum Sample: String, CaseIterable {
  case report, unqualified, notSearchable, soc1, bridge, encrypted, hostile

  var review: Review {
    switch self {
    case .report: Samples.report
    case .unqualified: Samples.unqualified
    case .notSearchable: Samples.notSearchable
    case .soc1: Samples.soc1
    case .bridge: Samples.bridge
    case .encrypted: Samples.encrypted
    case .hostile: Samples.hostile
    }
  }
}
