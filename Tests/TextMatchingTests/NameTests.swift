import Testing

@testable import TextMatching

/// The likeliest name at the first word.
private func name(_ text: String, limit: Int = 12) -> String? {
  let running = print(text)
  return running.nameEnds(at: 0, limit: limit).first.map { running.name(0..<$0) }
}

@Suite("A name in the text")
struct NameTests {
  @Test(
    "has its legal form in every style",
    arguments: [
      ("Acme, Inc. was", "Acme, Inc."),
      ("Acme Inc was", "Acme Inc"),
      ("Acme Inc., a company", "Acme Inc."),
      ("Orrery Health Technologies, Inc.’s description", "Orrery Health Technologies, Inc."),
      ("Orrery Health’s Description", "Orrery Health"),
      ("X & Y CPAs, P.C. has", "X & Y CPAs, P.C."),
      ("Quill, Tarrant & Co Limited has", "Quill, Tarrant & Co Limited"),
      ("Smith, Jones, Brown & Company, LLP", "Smith, Jones, Brown & Company, LLP"),
      ("Müller & Söhne GmbH ist", "Müller & Söhne GmbH"),
      ("Oxbow Metering plc uses", "Oxbow Metering plc"),
      ("Amazon.com, Inc. provides", "Amazon.com, Inc."),
      ("Booking.com B.V. provides", "Booking.com B.V."),
      ("3Degrees Health, Inc. provides", "3Degrees Health, Inc."),
      ("3M Company makes", "3M Company"),
      ("eFolder LLC provides", "eFolder LLC"),
      ("iManage provides", "iManage"),
      ("Ørsted A/S provides", "Ørsted A/S"),
      ("Nordlys Revision A/S, København", "Nordlys Revision A/S"),
      ("Enel S.p.A. provides", "Enel S.p.A."),
      ("Grant L.L.P. has", "Grant L.L.P."),
      ("O’Brien & O’Neil, LLC signs", "O’Brien & O’Neil, LLC"),
      ("AT&T Inc. provides", "AT&T Inc."),
      ("Hewlett-Packard Company makes", "Hewlett-Packard Company"),
      ("Rolls–Royce plc makes", "Rolls–Royce plc"),
      ("Bank of the West provides", "Bank of the West"),
      ("Level 3 Communications, LLC is", "Level 3 Communications, LLC"),
      ("van", nil),
    ])
  func legal(_ text: String, _ expected: String?) {
    #expect(name(text) == expected)
  }

  @Test(
    "ends before the next word of the sentence",
    arguments: [
      ("Amazon Web Services for hosting", "Amazon Web Services"),
      ("Amazon Web Services (AWS) for", "Amazon Web Services"),
      ("Acme and its affiliates", "Acme"),
      ("Acme & the others", "Acme"),
      ("Acme, a company", "Acme"),
      ("Acme, Tampa", "Acme"),
      ("Acme Corp. The system", "Acme Corp."),
      ("Acme Corp. For the period", "Acme Corp."),
      ("Acme Corp. Uses", "Acme Corp."),
      ("Acme Corp October 1, 2025", "Acme Corp"),
      ("Acme Cloud — Description", "Acme Cloud"),
      ("Acme limited its", "Acme"),
      ("Acme’s Payroll System", "Acme"),
      ("Acme ^1 Payroll", "Acme"),
      ("Acme: System", "Acme"),
      ("Security, Availability and Confidentiality", "Security"),
      ("acme", nil),
    ])
  func ends(_ text: String, _ expected: String?) {
    #expect(name(text) == expected)
  }

  @Test("may end sooner, and never later than its limit")
  func shorter() {
    let running = print("Bank of the West provides")
    #expect(
      running.nameEnds(at: 0, limit: 12).map { running.name(0..<$0) } == [
        "Bank of the West", "Bank",
      ])
    #expect(name("A B C D E", limit: 3) == "A B C")
    #expect(running.nameEnds(at: running.tokens.count, limit: 3).isEmpty)
  }
}
