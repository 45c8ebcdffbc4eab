import PageText
import SOC2Vocabulary

@testable import Outputs

extension Samples {
  static let exceptionText =
    "For 6 of 25 leavers, access was removed between 4 and 31 days after they left."

  /// A report with one exception, a control of each outcome, duties of ours and a subservice organization.
  static let tested: Review = {
    var review = report
    let onPage40 = Value.evidence([evidence(40, exceptionText, in: .testsOfControls)])
    review.facts[.period] = found(
      .period(ExaminationPeriod(start: day("2024-10-01"), end: day("2025-09-30"))!),
      evidence(4, "throughout the period October 1, 2024 to September 30, 2025"))
    review.facts[.exceptions] = found(
      .list([
        .object([
          "controlId": .text("NW-12"), "criteria": .list([.text("CC6.2"), .text("CC6.3")]),
          "control": .text("Access of leavers is removed within one day."),
          "text": .text(exceptionText), "deviations": .number(6), "sampleSize": .number(25),
          "population": .null, "nature": .text("deprovisioning"), "severity": .text("high"),
          "upperBound": .text("38.3"), "managementResponse": .null,
          "grade": .object([
            "score": .number(7),
            "steps": .list([
              .object([
                "points": .number(5), "what": .text("about deprovisioning"), "why": .text("w"),
              ]),
              .object(["points": .number(2), "what": .text("6 of 25 failed"), "why": .text("w")]),
            ]),
          ]),
          "printedAt": .list([.number(40)]), "evidence": onPage40,
        ])
      ]), evidence(40, exceptionText, in: .testsOfControls))
    func test(_ outcome: String) -> Value {
      .object([
        "procedure": .text("Inspected tickets."), "result": .text("Result \(outcome)."),
        "outcome": .text(outcome), "evidence": onPage40,
      ])
    }
    review.facts[.controls] = found(
      .list([
        .object([
          "id": .text("NW-12"), "text": .text("Access of leavers is removed within one day."),
          "criteria": .list([.text("CC6.2")]),
          "tests": .list([test("exception"), test("no-exception")]), "evidence": onPage40,
        ]),
        .object([
          "id": .null, "text": .text("Backups are made."), "criteria": .list([]),
          "tests": .list([]), "evidence": onPage40,
        ]),
      ]))
    review.facts[.userEntityControls] = found(
      .list([
        .object([
          "id": .text("1"), "text": .text("Remove your users who leave."),
          "criteria": .list([.text("CC6.2")]), "label": .text("CUEC"),
          "topic": .text("user-access"),
          "evidence": .evidence([evidence(30, "Remove your users", in: .systemDescription)]),
        ]),
        .object([
          "id": .null, "text": .text("Be careful."), "criteria": .list([]),
          "label": .text("unclear"), "topic": .null, "evidence": .evidence([]),
        ]),
      ]))
    review.facts[.subserviceOrganizations] = found(
      .list([
        .object([
          "name": .text("Halyard Halls, Inc."), "service": .text("data centres"),
          "method": .text("carve-out"), "criteria": .list([.text("CC6.4")]),
          "evidence": .evidence([evidence(9, "Halyard Halls, Inc.", in: .systemDescription)]),
        ])
      ]))
    // Only some of them could be read: the entry stands among the readings.
    review.facts[.subserviceControls] = Fact(
      state: .notSearchable, confidence: .low,
      readings: [
        Reading(
          value: .list([
            .object([
              "organization": .null, "text": .text("Doors are locked."), "criteria": .list([]),
              "evidence": .evidence([]),
            ])
          ]), evidence: [], section: .systemDescription)
      ])
    review.findings.append(
      Finding(
        id: "exception", rule: "tests/exception", code: "exception", severity: .high,
        title: "A control failed", message: "The service auditor noted an exception in NW-12.",
        evidence: [evidence(40, exceptionText, in: .testsOfControls)], facts: ["exceptions"]))
    review.questions.append(
      FollowUpQuestion(
        id: "leavers:NW-12", to: .vendor, text: "Which accounts were removed late?",
        why: "6 of 25 failed.", evidenceAsked: nil, findings: ["exception"],
        evidence: [evidence(40, exceptionText, in: .testsOfControls)]))
    return review
  }()

  /// A report, its bridge letter and a locked file, judged together.
  static let judged: Packet = {
    var packet = Packet(vendor: "Northwind", reviews: [tested, bridge, encrypted])
    packet.findings = [
      Finding(
        id: "bridgeUnsigned", rule: "packet/bridge", code: "bridgeUnsigned", severity: .medium,
        title: "The bridge letter is not signed", message: "Nobody signed bridge.pdf.",
        evidence: [], facts: [])
    ]
    packet.coverage = [
      CoverageSpan(
        from: day("2024-10-01"), to: day("2025-09-30"), by: .report,
        document: "northwind-soc2-2025.pdf"),
      CoverageSpan(
        from: day("2025-10-01"), to: day("2025-12-31"), by: .bridgeLetter, document: "bridge.pdf"),
      CoverageSpan(from: day("2026-01-01"), to: day("2026-01-15"), by: .none, document: nil),
    ]
    packet.questions = [
      FollowUpQuestion(
        id: "sign", to: .vendor, text: "May we have the letter signed?", why: "It is unsigned.",
        evidenceAsked: "the signed letter", findings: ["bridgeUnsigned"], evidence: []),
      FollowUpQuestion(
        id: "leavers:NW-12", to: .vendor, text: "Which accounts were removed late?",
        why: "6 of 25 failed.", evidenceAsked: nil, findings: ["1/exception"],
        evidence: [evidence(40, exceptionText, in: .testsOfControls)]),
      FollowUpQuestion(
        id: "owner", to: .internal, text: "Who removes our leavers?", why: "The report assumes it.",
        evidenceAsked: nil, findings: ["1/opinionQualified"], evidence: []),
    ]
    packet.assessment = Assessment(
      decision: .conditions, score: 61, reasons: ["1/opinionQualified", "bridgeUnsigned"],
      points: [
        Assessment.Points(finding: "1/opinionQualified", points: 20, why: "high weighs 20"),
        Assessment.Points(finding: "1/periodMismatch", points: 9, why: "medium weighs 9"),
        Assessment.Points(finding: "bridgeUnsigned", points: 10, why: "medium weighs 10"),
      ], bridge: .defective,
      dates: [
        KeyDate(
          kind: .bridgeEnds, day: day("2025-12-31"),
          why: "bridge.pdf, signed by nobody; covers to here"),
        KeyDate(
          kind: .staleAfter, day: day("2026-09-30"),
          why: "12 months after the end of the period, 30 September 2025"),
      ])
    return packet
  }()

  /// What an attacker puts wherever a text can stand, also at the start of a cell or a line.
  static let attacks = [
    "=HYPERLINK(\"http://e.example\")", "@SUM(1+1)", "+cmd|' /C calc'!A0", "-2+3",
    "\u{FF1D}1+1", "\u{FF0B}1", "\u{FF0D}1", "\u{FF20}x", "\t=1", "\r=1", "\n=1", "  =1",
    "x;=1+1;\"=2", "<script>alert(1)</script>", "\u{1B}]0;t\u{7}\u{1B}[2J\u{9B}31m",
    "a\r\nBcc: thief@e.example\r\n\r\nbody", "a\nBEGIN:VALARM\nEND:VEVENT", "nul\u{0}end",
    "\u{202E}desrever\u{2066}", "_x0041_", "\u{FFFE}\u{1FFFF}",
    String(decoding: [0x61, 0xED, 0xA0, 0x80, 0x62] as [UInt8], as: UTF8.self),
    "{html}[a|http://e.example]!p.png!", "\u{2028}=1", "=?utf-8?B?eA==?=",
  ]

  /// The judged packet with an attack in every text.
  static func attacked(_ attack: String) -> Packet {
    var packet = judged.rewritten(
      Rewriting(text: { _ in attack }, quote: { _ in attack }, passage: { _ in attack }),
      note: Diagnostic(code: attack, message: attack))
    packet.vendor = attack
    for index in packet.reviews.indices {
      packet.reviews[index].context = ReviewContext(vendor: attack, products: [attack])
      packet.reviews[index].document.file = attack
    }
    packet.coverage = packet.coverage.map {
      CoverageSpan(from: $0.from, to: $0.to, by: $0.by, document: attack)
    }
    return packet
  }
}
