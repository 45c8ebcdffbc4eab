import PageText
import RuleEngine
import RulePacks
public import SOC2Vocabulary
import Scoring

/// What another policy makes of documents whose records are at hand, on the day of the records.
///
/// A record holds every fact and every finding. What depends on the policy is judged again from the facts;
/// the other findings are kept, with the severity that the policy gives to their code. Nil where a record
/// was made with other rules: then nobody can say which of its findings these rules would make.
public func rejudged(_ recorded: Packet, with yardstick: Yardstick) -> Packet? {
  guard let first = recorded.reviews.first,
    recorded.reviews.allSatisfy({
      $0.tool.rulesSHA256 == yardstick.tool.rulesSHA256 && $0.reviewDate == first.reviewDate
    })
  else { return nil }
  var context = first.context
  context.vendor = context.vendor ?? recorded.vendor
  let files = recorded.reviews.map { review in
    SubmittedFile(
      FileRecord(
        // Documents of one file are told apart, and copies of one document are not.
        FileIdentity(
          sha256: "\(review.document.sha256) \(review.document.partOf?.description ?? "")",
          bytes: review.document.bytes),
        ReviewRequest(
          file: review.document.file, reviewDate: review.reviewDate, context: review.context),
        yardstick), SubmittedFile.Content(review))
  }
  return packet(
    files, recorded: recorded.findings, on: first.reviewDate, context, with: yardstick)
}

extension SubmittedFile.Content {
  fileprivate init(_ review: Review) {
    let document = review.document
    guard document.status.isRead, let kind = document.kind else {
      self = .unreadable(
        UnreadableFile(
          status: document.status, reason: document.reason ?? "", pages: document.pages))
      return
    }
    var extract = DocumentExtract(
      facts: DocumentFacts(
        kind: kind, kindReasons: [], facts: review.facts, searched: [], signals: [:],
        auditorSignature: .unknown, assertionSignature: .unknown, derived: [:], starts: [],
        diagnostics: []),
      pages: document.partOf ?? 1...max(1, document.pages), pageCount: document.pages,
      pagesByOCR: document.pagesByOCR, unreadPages: document.unreadPages,
      partialReason: document.status == .partial ? document.reason : nil, diagnostics: [],
      entries: [:])
    extract.recorded = review.findings
    self = .read(
      FileExtract(
        documents: [extract], metadata: FileMetadata(), diagnostics: [],
        proof: QuoteProof(proven: [])))
  }
}

/// What findings judge by that comes from the policy; the same paths as `setMeasures`, `setDemands`,
/// `setRegisters` and the packet set.
private let policyPaths: Set<String> = [
  "measure", "document.bridge", "document.neededUnknown", "document.heavyExceptions",
  "document.exceptionsTogether", "document.crowdedFamilies", "document.crowdedControls",
  "context.auditFirmList", "bridge.defects", "item.severity",
]

/// The findings of a document that was read before: those that depend on the policy made again, the others
/// as they were recorded.
func judgedAgain(
  _ recorded: [Finding], _ table: FactTable, with pack: RulePack, isPacket: Bool = false,
  severity: (_ code: String) -> Severity?
) -> Judgement {
  let ours = pack.judging(by: policyPaths)
  let made = judge(table, with: ours, isPacket: isPacket, severity: severity).findings
  let kept = recorded.filter { !ours.makes($0.code, by: $0.rule) }.map { finding in
    var finding = finding
    let own = finding.ruleSeverity ?? finding.severity
    let severity = severity(finding.code) ?? own
    finding.ruleSeverity = severity == own ? nil : own
    finding.severity = severity
    return finding
  }
  var findings = (kept + made).enumerated().sorted { a, b in
    (b.element.severity.weight, a.element.rule, a.offset)
      < (a.element.severity.weight, b.element.rule, b.offset)
  }.map(\.element)
  var counts: [String: Int] = [:]
  for i in findings.indices {
    let n = counts[findings[i].code, default: 0] + 1
    counts[findings[i].code] = n
    findings[i].id = n == 1 ? findings[i].code : "\(findings[i].code)-\(n)"
  }
  return Judgement(findings: findings, questions: [], answered: [])
}
