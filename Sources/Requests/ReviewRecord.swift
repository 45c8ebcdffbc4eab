import JSONTree
public import SOC2Vocabulary

/// Why a file is no record of a review, in one sentence.
public struct RecordProblem: Error, Hashable, Sendable {
  public var message: String
}

/// Reads a record that `soclens review --format json` or a batch wrote, of one document or of several, as far
/// as judging it again needs: without evidence, questions and what was said on reading the file.
public func readReviewRecord(
  _ bytes: some Collection<UInt8>
) throws(RecordProblem) -> Packet {
  let value: JSONValue
  do throws(JSONProblem) {
    value = try readJSON(bytes)
  } catch {
    throw RecordProblem(message: "is not JSON: \(error.message), at byte \(error.byte)")
  }
  // A line of a batch has the record within.
  let record = value["record"] ?? value
  switch record["schema"]?.text {
  case Review.schema?: return Packet(vendor: nil, reviews: [try review(record)])
  case Packet.schema?:
    var reviews: [Review] = []
    for one in items(record["reviews"]) { reviews.append(try review(one)) }
    if reviews.isEmpty { throw RecordProblem(message: "is the record of no document") }
    return Packet(
      vendor: record["vendor"]?.text, reviews: reviews, findings: try findings(record["findings"]))
  default:
    throw RecordProblem(
      message:
        "is no record of a review; `soclens review --format json` writes one with the schema "
        + "\(Review.schema) or \(Packet.schema)")
  }
}

private func review(_ value: JSONValue) throws(RecordProblem) -> Review {
  guard let tool = tool(value["tool"]), let document = value["document"],
    let status = word(document["status"], DocumentStatus.self),
    let day = day(value["reviewDate"]), let context = value["context"]
  else { throw RecordProblem(message: "lacks what every record has") }
  var facts: [FactName: Fact] = [:]
  for (name, fact) in members(value["facts"]) {
    guard let known = FactName(rawValue: name), let read = readFact(fact) else {
      throw RecordProblem(message: "has a fact that this version does not know: \(name)")
    }
    facts[known] = read
  }
  return Review(
    tool: tool, reviewDate: day,
    context: ReviewContext(
      vendor: context["vendor"]?.text, products: items(context["products"]).compactMap(\.text),
      tier: context["tier"]?.text,
      requiredCategories: items(context["requiredCategories"]).compactMap {
        word($0, TrustServicesCategory.self)
      }, incidents: items(context["incidents"]).compactMap { $0.text.flatMap(Day.init(iso:)) }),
    document: record(document, status), facts: facts, findings: try findings(value["findings"]))
}

private func findings(_ value: JSONValue?) throws(RecordProblem) -> [Finding] {
  var findings: [Finding] = []
  for one in items(value) {
    guard let id = one["id"]?.text, let rule = one["rule"]?.text, let code = one["code"]?.text,
      let severity = word(one["severity"], Severity.self), let title = one["title"]?.text
    else { throw RecordProblem(message: "has a finding without its parts") }
    findings.append(
      Finding(
        id: id, rule: rule, code: code, severity: severity,
        ruleSeverity: word(one["ruleSeverity"], Severity.self), title: title,
        message: one["message"]?.text ?? "", evidence: [],
        facts: items(one["facts"]).compactMap(\.text)))
  }
  return findings
}

private func record(_ value: JSONValue, _ status: DocumentStatus) -> DocumentRecord {
  let part = items(value["partOf"]?["pages"]).compactMap(number)
  return DocumentRecord(
    file: value["file"]?.text ?? "", sha256: value["sha256"]?.text ?? "",
    bytes: number(value["bytes"]) ?? 0, pages: number(value["pages"]) ?? 0,
    partOf: part.count == 2 && part[0] <= part[1] ? part[0]...part[1] : nil,
    kind: word(value["kind"], DocumentKind.self), kindReasons: [], status: status,
    reason: value["reason"]?.text, pagesWithText: number(value["pagesRead"]?["text"]) ?? 0,
    pagesByOCR: number(value["pagesRead"]?["ocr"]) ?? 0,
    unreadPages: items(value["pagesRead"]?["unread"]).compactMap(number), metadata: nil)
}

private func tool(_ value: JSONValue?) -> ToolRecord? {
  guard let rules = value?["rules"], let policy = value?["policy"],
    let pack = rules["pack"]?.text, let version = rules["version"]?.text,
    let rulesHash = rules["sha256"]?.text, let name = policy["name"]?.text,
    let policyHash = policy["sha256"]?.text
  else { return nil }
  return ToolRecord(
    rulesPack: pack, rulesVersion: version, rulesSHA256: rulesHash, policyName: name,
    policySHA256: policyHash)
}

private func readFact(_ value: JSONValue) -> Fact? {
  guard let state = word(value["state"], FactState.self) else { return nil }
  return Fact(
    state: state, value: plain(value["value"] ?? .null),
    confidence: word(value["confidence"], Confidence.self) ?? .low,
    readings: items(value["readings"]).map {
      Reading(
        value: plain($0["value"] ?? .null), evidence: [],
        section: word($0["section"], Zone.self) ?? .unknown)
    })
}

/// A value of a fact, without the places where it stands.
private func plain(_ value: JSONValue) -> Value {
  switch value {
  case .null: return .null
  case .bool(let bool): return .bool(bool)
  case .number(let digits): return Int(digits).map(Value.number) ?? .text(digits)
  case .text(let text): return .text(text)
  case .list(let items): return .list(items.map(plain))
  case .object(let members):
    return .object(
      Dictionary(
        members.filter { $0.name != "evidence" }.map { ($0.name, plain($0.value)) },
        uniquingKeysWith: { a, _ in a }))
  }
}

private func word<Word: RawRepresentable<String>>(_ value: JSONValue?, _: Word.Type) -> Word? {
  value?.text.flatMap(Word.init(rawValue:))
}

private func day(_ value: JSONValue?) -> Day? { value?.text.flatMap(Day.init(iso:)) }

private func number(_ value: JSONValue?) -> Int? {
  if case .number(let digits)? = value { Int(digits) } else { nil }
}

private func items(_ value: JSONValue?) -> [JSONValue] {
  if case .list(let items)? = value { items } else { [] }
}

private func members(_ value: JSONValue?) -> [(String, JSONValue)] {
  if case .object(let members)? = value { members.map { ($0.name, $0.value) } } else { [] }
}
