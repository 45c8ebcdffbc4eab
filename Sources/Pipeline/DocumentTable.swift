import PageText
import ReportStructure
import RuleEngine
import SOC2Vocabulary

/// Lays out all that findings may judge by: the facts, the building blocks, the file, the call.
func factTable(
  of document: DocumentExtract, _ companions: [DocumentKind], _ metadata: FileMetadata,
  _ context: ReviewContext, _ reviewDate: Day
) -> FactTable {
  var table = FactTable(reviewDate: reviewDate)
  for (name, fact) in document.facts.facts { table.set(name, fact) }
  for (name, readings) in document.facts.signals {
    var values: [Value] = []
    for reading in readings where !values.contains(reading.value) { values.append(reading.value) }
    table.set(
      name.rawValue,
      FactTable.Entry(
        state: .found, value: .list(values), evidence: readings.flatMap { $0.evidence.prefix(1) },
        readings: readings))
  }
  for (path, entry) in document.facts.derived { table.set(path, entry) }
  for (path, entry) in document.entries { table.set(path, entry) }
  let sought = table["document.products"].value.list?.compactMap { $0["name"]?.text } ?? []
  if sought != context.products {
    // The pages are gone, and were searched for other products: of these nobody can say.
    table.set(
      "document.products",
      .list(
        context.products.map {
          .object(["name": .text($0), "status": .text("unknown"), "evidence": .evidence([])])
        }))
  }
  table.setRegisters(of: document.facts)
  table.setCleanTests(of: document.facts)
  table.setAuditorPlace(of: document.facts)
  table.set(
    "document.kind", .text(document.facts.kind.rawValue), evidence: document.facts.kindReasons)
  table.set(
    "document.status",
    .text(document.partialReason == nil ? "ok" : DocumentStatus.partial.rawValue))
  table.set(
    "document.companions",
    .list(companions.isEmpty ? [.text("none")] : companions.map { .text($0.rawValue) }))
  table.set("document.pages", .number(document.pageCount))
  table.set("document.unreadPages", .list(document.unreadPages.map(Value.number)))
  table.set("document.auditorSignature", .text(document.facts.auditorSignature.rawValue))
  table.set("document.assertionSignature", .text(document.facts.assertionSignature.rawValue))
  table.set("document.metadata.encrypted", .bool(metadata.encrypted))
  table.set("document.metadata.signed", .bool(metadata.signed))
  table.set("document.metadata.incrementalUpdates", .number(metadata.incrementalUpdates))
  table.set("context.vendor", context.vendor.map(Value.text) ?? .null)
  table.set("context.products", .list(context.products.map(Value.text)))
  table.set("document.publicIncidents", publicIncidents(context.incidents, document.facts))
  return table
}

/// What only the pages tell; it is made once, while there are pages.
///
/// `products` are those that the caller asked about when the file was read.
func pageEntries(of document: ReadDocument, products: [String]) -> [String: FactTable.Entry] {
  let hasAssertion = !document.report.sections(in: .managementAssertion).isEmpty
  let hidden = document.report.pages.flatMap { page in
    page.setAside.filter { $0.reason.isHidden && $0.text.utf8.count > 3 }.map { (page, $0) }
  }
  return [
    "document.products": productScope(products, in: document.report, document.facts),
    "document.missingSections": .init(
      .list(missingSections(of: document).map(Value.text))),
    "document.descriptionPrint": .init(descriptionPrint(of: document)),
    "document.assertion": .init(.text(hasAssertion ? "there" : "missing")),
    "document.hiddenText": .init(
      .list(hidden.map { .text($0.1.text) }),
      evidence: hidden.prefix(5).map { page, aside in
        Evidence(
          page: page.number, pageLabel: page.label, section: .unknown, quote: aside.text,
          boxes: [aside.box], source: .text)
      }),
  ]
}
