import JSONTree
import Outputs
import PageText
import Requests
import RuleEngine
import RulePacks
import SOC2Vocabulary
import Scoring
import TestSupport

@testable import Pipeline

/// What can be fed, by its name. Each is made once and then gets thousands of inputs; it must not trap, and
/// what it gives must hold.
let parsers: [String: @Sendable () throws -> ([UInt8]) -> Void] = [
  "structure": structure, "rule": rule, "policy": policy, "manifest": manifest, "request": request,
]

/// Pages from a dump through structure, rules and judgement to the record.
private func structure() throws -> ([UInt8]) -> Void {
  let yardstick = Yardstick(
    rules: CompiledRules(try Repository.rulePack()), policy: try Repository.policy())
  guard let day = Day(iso: "2026-01-15") else { return { _ in } }
  let asked = ReviewRequest(file: "fuzz.pdf", reviewDate: day)
  return { bytes in
    let reading = DocumentReading(
      pages: drawn(bytes), metadata: FileMetadata(), diagnostics: [])
    guard !reading.pages.isEmpty else { return }
    var hasher = FileHasher()
    bytes.withUnsafeBytes { hasher.take($0) }
    let file = SubmittedFile(
      FileRecord(hasher.identity(), asked, yardstick),
      .read(
        FileExtract(
          readDocuments(reading.pages, with: yardstick.rules), reading, signature: nil,
          products: [])))
    let made = packet([file], on: day, ReviewContext(), with: yardstick)
    precondition(!made.reviews.isEmpty)
    precondition(made.reviews.allSatisfy { $0.document.status != .internal }, "an unproven quote")
    let record = json(made)
    precondition((try? readJSON(record)) != nil, "the record is no JSON")
    guard let stored = file.stored(yardstick, asked),
      let again = SubmittedFile(
        stored: stored, sha256: file.identity.sha256, asked, with: yardstick)
    else { preconditionFailure("what was stored is not read") }
    precondition(json(packet([again], on: day, ReviewContext(), with: yardstick)) == record)
  }
}

/// One rule beside the schemas and the manifest of the pack: refused with messages, or read, compiled and tried.
private func rule() throws -> ([UInt8]) -> Void {
  let all = try Repository.rulesSource().files
  let frame = all.filter { $0.path.hasPrefix("schema/") || $0.path == "soc2/pack.xml" }
  return { bytes in
    let source = RulePackSource(
      name: "rules", files: frame + [RulePackSource.File(path: "soc2/fuzz/one.xml", bytes: bytes)])
    do throws(RulePackError) {
      let pack = try readRulePack(source)
      guard let short = try? readRulePack(source, isThorough: false) else {
        preconditionFailure("only the check reads it")
      }
      precondition(short.sha256 == pack.sha256)
      _ = CompiledRules(pack)
      for rule in pack.rules {
        _ = runExamples(of: rule, disturbed: false)
        _ = ruleInWords(rule)
      }
    } catch {
      precondition(!"\(error)".isEmpty)
      precondition(!"\(error)".contains("so one of them is wrong"), "\(error)")
    }
  }
}

private func policy() throws -> ([UInt8]) -> Void {
  { bytes in
    do throws(PolicyError) {
      _ = policyInWords(try readPolicy(bytes, file: "fuzz.xml"))
    } catch {
      precondition(!error.description.isEmpty)
    }
  }
}

/// Each row has its answer, and each fault its line.
private func manifest() throws -> ([UInt8]) -> Void {
  { bytes in
    let lines = 1 + bytes.count { $0 == 0x0A || $0 == 0x0D }
    do throws(ManifestProblem) {
      let manifest = try readManifest(bytes)
      precondition(!manifest.vendors.isEmpty)
      precondition(manifest.problems.allSatisfy { (1...lines).contains($0.line) })
      precondition(manifest.vendors.count { $0.problem != nil } == manifest.problems.count)
      precondition(manifest.vendors.allSatisfy { $0.problem != nil || !$0.files.isEmpty })
      let numbers = manifest.vendors.map(\.line)
      precondition(zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 })
    } catch {
      precondition((1...lines).contains(error.line) && !error.message.isEmpty)
    }
  }
}

/// What is echoed is what was given, and the answer is one line.
private func request() throws -> ([UInt8]) -> Void {
  { bytes in
    let line: RecordLine
    do throws(StreamProblem) {
      let asked = try readStreamRequest(bytes)
      line = RecordLine(id: nil, path: asked.path, meta: asked.meta, record: .refusal("read"))
    } catch {
      line = RecordLine(
        id: nil, path: error.path, meta: error.meta, record: .refusal(error.message))
    }
    let answer = json(line)
    precondition(answer.last == 0x0A && answer.count { $0 == 0x0A } == 1)
    guard let said = try? readJSON(answer.dropLast()) else {
      preconditionFailure("the answer is no JSON")
    }
    precondition((said["meta"] ?? .null) == line.meta)
  }
}
