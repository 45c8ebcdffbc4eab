import XMLTree

/// Reads and checks a rules folder: every file is read in our own words.
///
/// - Parameter isThorough: whether each file is held against the RELAX NG schema too, and its examples are
///   read. Reader and schema agree (the tests hold them together over thousands of broken rules), and examples
///   play no part in a review, so only those who write rules need it: it costs as much as reading a report.
///
/// The order of the files changes nothing. Throws `RulePackError.invalid` with everything that is
/// wrong, up to `FileProblem.limit`.
public func readRulePack(
  _ source: RulePackSource, isThorough: Bool = true
) throws(RulePackError) -> RulePack {
  var reader = PackReader(source, isThorough: isThorough)
  guard let pack = reader.read(), reader.problems.isEmpty else {
    throw .invalid(Array(reader.problems.prefix(FileProblem.limit)))
  }
  return pack
}

/// One run over the files of a pack.
private struct PackReader {
  private let source: RulePackSource
  /// By path.
  private let files: [RulePackSource.File]
  private(set) var problems: [FileProblem] = []
  /// The id of each question and the file that has it.
  private var questions: [String: String] = [:]

  private let isThorough: Bool
  /// Examples are a quarter of all rules; where they are not read, no tree is made of them.
  private var leftOut: String? { isThorough ? nil : "examples" }

  init(_ source: RulePackSource, isThorough: Bool) {
    self.source = source
    self.isThorough = isThorough
    files = source.files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  mutating func read() -> RulePack? {
    checkPaths()
    // Without its schemas a pack has no gate, so nothing else is looked at.
    let ruleSchema = isThorough ? schema("schema/rule.rng") : nil
    let packSchema = isThorough ? schema("schema/pack.rng") : nil
    if isThorough, ruleSchema == nil || packSchema == nil { return nil }
    let root = RulePackSource.packFolder + "/"
    let pack = manifest(root + "pack.xml", packSchema)
    var rules: [Rule] = []
    let ruleFiles = files.filter { isRule($0.path) }
    if ruleFiles.isEmpty { report("the folder holds no rule", path: root) }
    if ruleFiles.count > RulePackSource.ruleLimit {
      report("the folder holds more than \(RulePackSource.ruleLimit) rules", path: root)
      return nil
    }
    for file in ruleFiles {
      guard problems.count < FileProblem.limit else { break }
      if let rule = rule(file, ruleSchema) { rules.append(rule) }
    }
    guard let pack, problems.isEmpty else { return nil }
    let hashed = files.filter { isRule($0.path) || $0.path == root + "pack.xml" }
      .map { (path: String($0.path.dropFirst(root.count)), bytes: $0.bytes) }
    return RulePack(
      name: pack.name, version: pack.version, sha256: packHash(hashed), rules: rules)
  }

  // MARK: - Paths

  private func isRule(_ path: String) -> Bool {
    path.hasPrefix(RulePackSource.packFolder + "/") && path.hasSuffix(".xml")
      && path != RulePackSource.packFolder + "/pack.xml"
  }

  /// Every XML file in the pack must be a rule, else one under a wrong name would be left out
  /// without a word.
  private mutating func checkPaths() {
    for (file, next) in zip(files, files.dropFirst()) where file.path == next.path {
      report("the file is given twice", path: file.path)
    }
    for file in files where isRule(file.path) {
      if let problem = ValueShape.path.problem(in: id(file.path)) {
        report("the path without .xml \(problem)", path: file.path)
      }
    }
  }

  private func id(_ path: String) -> String {
    String(path.dropFirst(RulePackSource.packFolder.count + 1).dropLast(".xml".count))
  }

  // MARK: - Files

  private mutating func schema(_ path: String) -> RelaxNGSchema? {
    guard let (log, tree) = parse(path) else { return nil }
    do throws(XMLTreeError) {
      return try RelaxNGSchema(tree)
    } catch {
      var log = log
      log.report(error)
      problems += log.problems
      return nil
    }
  }

  private mutating func manifest(
    _ path: String, _ schema: RelaxNGSchema?
  ) -> (name: String, version: String)? {
    guard let (log, tree) = parse(path) else { return nil }
    var checker = ShapeChecker(
      log.file, namespace: RuleShapes.packNamespace, shape: RuleShapes.packShape)
    checker.check(tree.root, isNamed: "pack")
    guard pass(checker.log, tree, schema) else { return nil }
    var reader = RuleReader(log.file, id: "")
    for element in tree.root.elements { _ = reader.text(element) }
    let name = tree.root["name"] ?? ""
    if name != RulePackSource.packFolder {
      reader.log.report(
        "name \(quoted(name)) is not the folder's, '\(RulePackSource.packFolder)'",
        at: tree.root, "name")
    }
    problems += reader.log.problems
    return (name, tree.root["version"] ?? "")
  }

  private mutating func rule(_ file: RulePackSource.File, _ schema: RelaxNGSchema?) -> Rule? {
    guard let (log, tree) = parse(file) else { return nil }
    var checker = ShapeChecker(
      log.file, namespace: RuleShapes.ruleNamespace, leftOut: leftOut, shape: RuleShapes.shape)
    checker.check(tree.root, isNamed: "rule")
    guard pass(checker.log, tree, schema) else { return nil }
    var reader = RuleReader(log.file, id: id(file.path), withExamples: isThorough)
    let rule = reader.rule(tree.root)
    checkQuestions(tree.root, of: rule, &reader.log)
    problems += reader.log.problems
    return rule
  }

  private mutating func checkQuestions(_ root: Element, of rule: Rule, _ log: inout ProblemLog) {
    guard rule.status != .retired else { return }
    for element in root.elements("finding").flatMap({ $0.elements("question") }) {
      let id = element["id"] ?? ""
      if let other = questions.updateValue(log.file.shown, forKey: id) {
        log.report("question \(quoted(id)) is asked already in \(other)", at: element, "id")
      }
    }
  }

  /// The gate: our reader first, then the schema, and the two must agree.
  private mutating func pass(
    _ log: ProblemLog, _ tree: ParsedXML, _ schema: RelaxNGSchema?
  ) -> Bool {
    problems += log.problems
    guard log.isEmpty else { return false }
    guard let refusal = schema?.problems(in: tree).first else { return true }
    var log = log
    log.report(
      "the schema refuses what soclens would read, so one of them is wrong: \(refusal.message)",
      line: refusal.line)
    problems += log.problems
    return false
  }

  private mutating func parse(_ path: String) -> (ProblemLog, ParsedXML)? {
    guard let file = files.first(where: { $0.path == path }) else {
      report("the file is missing", path: path)
      return nil
    }
    return parse(file)
  }

  private mutating func parse(_ file: RulePackSource.File) -> (ProblemLog, ParsedXML)? {
    let shown = shown(file.path)
    var log = ProblemLog(SourceFile(shown: shown, bytes: file.bytes))
    do throws(XMLTreeError) {
      return (log, try ParsedXML(file.bytes, file: shown, leavingOut: leftOut))
    } catch {
      log.report(error)
      problems += log.problems
      return nil
    }
  }

  private mutating func report(_ message: String, path: String) {
    var log = ProblemLog(SourceFile(shown: shown(path), bytes: []))
    log.report(message)
    problems += log.problems
  }

  private func shown(_ path: String) -> String {
    source.name.isEmpty ? path : source.name + (source.name.hasSuffix("/") ? "" : "/") + path
  }
}
