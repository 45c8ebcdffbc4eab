import Crypto
import SOC2Vocabulary
import XMLTree

/// Reads and checks a policy. `file` is the name that messages show; nothing is opened.
///
/// Throws everything that is wrong with it, each with its line: nothing is filled in from elsewhere.
public func readPolicy(_ bytes: [UInt8], file: String) throws(PolicyError) -> Policy {
  var log = ProblemLog(SourceFile(shown: file, bytes: bytes))
  let tree: ParsedXML
  do throws(XMLTreeError) {
    tree = try ParsedXML(bytes, file: file)
  } catch {
    log.report(error)
    throw PolicyError(problems: log.problems)
  }
  var checker = ShapeChecker(log.file, namespace: PolicyShapes.namespace, shape: PolicyShapes.shape)
  checker.check(tree.root, isNamed: "policy")
  guard checker.log.isEmpty else { throw PolicyError(problems: checker.log.problems) }
  var reader = PolicyReader(log: log)
  let policy = reader.policy(tree.root, sha256: digest(bytes))
  guard let policy, reader.log.isEmpty else { throw PolicyError(problems: reader.log.problems) }
  return policy
}

private func digest(_ bytes: [UInt8]) -> String {
  let digits = Array("0123456789abcdef".utf8)
  let hex = SHA256.hash(data: bytes).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
  return String(decoding: hex, as: UTF8.self)
}

/// Makes a policy of a tree that has the right shape, and reports what no schema can say.
struct PolicyReader {
  var log: ProblemLog

  mutating func policy(_ root: Element, sha256: String) -> Policy? {
    let title = text("title", of: root)
    let why = text("why", of: root)
    let measures = measures(root)
    let table = root.elements("decisions").first.flatMap { decisions($0) }
    let requirements = requirements(root)
    let overrides = overrides(root)
    let firms = firms(root)
    guard let section = root.elements("exceptions").first,
      let exceptions = exceptionModel(section), let table
    else { return nil }
    let from: Policy.AgeAnchor? = root["age-from"].map { _ in choice(root, "age-from") }
    return Policy(
      name: oneLine(root["name"] ?? ""), version: oneLine(root["version"] ?? ""), title: title,
      why: why, sha256: sha256, measures: measures, ageFrom: from ?? .periodEnd, decisions: table,
      requirements: requirements, overrides: overrides, auditFirms: firms, exceptions: exceptions)
  }

  mutating func text(_ name: String, of element: Element) -> String {
    guard let child = element.elements(name).first else { return "" }
    let line = oneLine(child.text)
    if line.isEmpty { log.report("'\(name)' has no words", at: child) }
    return line
  }

  // MARK: - Values, whose form the shapes have checked

  func why(_ element: Element) -> String { oneLine(element["why"] ?? "") }

  func number(_ element: Element, _ attribute: String) -> Int {
    guard let number = element[attribute].flatMap({ Int($0) }) else {
      preconditionFailure("the shape of '\(element.name)' must be checked before it is read")
    }
    return number
  }

  func choice<Choice: RawRepresentable<String>>(
    _ element: Element, _ attribute: String
  ) -> Choice {
    guard let value = element[attribute], let choice = Choice(rawValue: oneLine(value)) else {
      preconditionFailure("the shape of '\(element.name)' must be checked before it is read")
    }
    return choice
  }
}
