import Foundation
import TestSupport
import Testing

/// The command as a person or a script meets it: what it prints, where, and its exit code.
struct CommandTests {
  struct Run {
    var code: Int32
    var out: String
    var err: String
  }

  /// Beside the test bundle, where the package's own build puts it.
  static let program = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    .appending(path: "soclens")

  /// - Parameter fileSizeLimit: in KiB, as `ulimit -f` sets it.
  static func soclens(
    _ arguments: [String], in folder: URL = repository, input: FileHandle = .nullDevice,
    fileSizeLimit: Int? = nil
  ) throws -> Run {
    guard let fileSizeLimit else { return try run(program, arguments, in: folder, input) }
    let limited = ["-c", "ulimit -f \(fileSizeLimit); exec \"$0\" \"$@\"", program.path]
    return try run(URL(filePath: "/bin/bash"), limited + arguments, in: folder, input)
  }

  static func run(
    _ program: URL, _ arguments: [String], in folder: URL, _ input: FileHandle
  ) throws -> Run {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = folder
    let out = Pipe()
    let err = Pipe()
    process.standardOutput = out
    process.standardError = err
    process.standardInput = input
    try process.run()
    let printed = out.fileHandleForReading.readDataToEndOfFile()
    let said = err.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Run(
      code: process.terminationStatus, out: String(decoding: printed, as: UTF8.self),
      err: String(decoding: said, as: UTF8.self))
  }

  static let report = "fixtures/reports/type1-unqualified/report.pdf"

  @Test func reviewsAReport() throws {
    let run = try Self.soclens(["review", "--as-of", "2026-01-15", Self.report])
    #expect(run.code == 0)
    #expect(run.out.contains("SOC 2 report, type 1"))
    #expect(!run.out.contains("\u{1B}"), "no colour where it is no terminal")
    #expect(run.err.isEmpty)
  }

  @Test(arguments: ["terminal", "markdown", "json"])
  func reviewsALetterInWord(_ format: String) throws {
    let run = try Self.soclens([
      "review", "--as-of", "2026-01-15", "--format", format,
      "fixtures/word/gap-letter/letter.docx",
    ])
    #expect(run.code == 0)
    #expect(run.out.contains(format == "json" ? "\"bridge-letter\"" : "Bridge letter"))
    #expect(run.out.contains("of our own layout"))
  }

  /// Odd names open, and odd things have a record with the reason.
  @Test func namesMayBeAnything() throws {
    let folder = URL(filePath: NSTemporaryDirectory()).appending(path: "odd-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let script = """
      cp "$1" -- $'new\\nline.pdf'; cp "$1" ./-dash.pdf; cp "$1" $'b\\xff\\xfe.pdf'
      cp "$1" "$(printf 'n%.0s' {1..251}).pdf"; mkdir x.pdf; mkfifo pipe.pdf; ln -s loop.pdf loop.pdf
      "$0" review --rules "$2" --as-of 2026-01-15 --format json -- $'new\\nline.pdf' -dash.pdf $'b\\xff\\xfe.pdf' nn*.pdf \\
        x.pdf pipe.pdf loop.pdf gone.pdf /proc/self/status
      """
    let run = try Self.run(
      URL(filePath: "/bin/bash"),
      [
        "-c", script, Self.program.path, repository.appending(path: Self.report).path,
        repository.appending(path: "rules").path,
      ], in: folder, .nullDevice)
    #expect(run.code == 2)
    let packet = try JSONSerialization.jsonObject(with: Data(run.out.utf8)) as? [String: Any]
    let documents = (packet?["reviews"] as? [[String: Any]] ?? []).compactMap {
      $0["document"] as? [String: Any]
    }
    let whole = try Data(contentsOf: repository.appending(path: Self.report)).count
    #expect(documents.prefix(4).map { $0["bytes"] as? Int } == [whole, whole, whole, whole])
    let reasons = documents.dropFirst(4).map { $0["reason"] as? String ?? "" }
    let wanted = [
      "is a folder", "not a regular file", "leads back to itself", "no such file",
      // Says that it is empty, and is not: as a file that grows while it is read.
      "changed while it was read",
    ]
    #expect(reasons.count == wanted.count)
    for (reason, part) in zip(reasons, wanted) { #expect(reason.contains(part)) }
  }

  /// In a folder, too, a name need not be text; what is no document in it is told, and nothing is waited for.
  @Test func aFolderMayHoldAnything() throws {
    let folder = URL(filePath: NSTemporaryDirectory()).appending(path: "odd-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let script = """
      mkdir v; cp "$1" $'v/b\\xff.pdf'; mkdir v/inner; mkfifo v/pipe.pdf; ln -s . v/self
      ln -s loop.pdf v/loop.pdf; ln -s /dev/zero v/zero.pdf
      "$0" review --rules "$2" --as-of 2026-01-15 --format json v
      """
    let run = try Self.run(
      URL(filePath: "/bin/bash"),
      [
        "-c", script, Self.program.path, repository.appending(path: Self.report).path,
        repository.appending(path: "rules").path,
      ], in: folder, .nullDevice)
    #expect(run.code == 2)
    let packet = try JSONSerialization.jsonObject(with: Data(run.out.utf8)) as? [String: Any]
    let documents = (packet?["reviews"] as? [[String: Any]] ?? []).compactMap {
      $0["document"] as? [String: Any]
    }
    #expect(
      documents.map { $0["file"] as? String } == ["b\\xFF.pdf", "loop.pdf", "pipe.pdf", "zero.pdf"])
    #expect(documents.map { $0["status"] as? String } == ["ok", "damaged", "damaged", "damaged"])
    for name in ["v/inner", "v/self"] {
      #expect(run.err.contains("\(name): is a folder in the folder and was not looked into"))
    }
  }

  /// What cannot be written is named, and nothing is there by half. The report has 100 KiB, the page 260.
  @Test func aFullDiskIsTold() throws {
    let folder = URL(filePath: NSTemporaryDirectory()).appending(path: "full-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let run = try Self.soclens(
      ["review", "--as-of", "2026-01-15", "--out", folder.path, Self.report], fileSizeLimit: 200)
    #expect(run.code == 4)
    #expect(run.err.contains("review.html") && run.err.contains("ulimit -f"))
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(names.contains("review.json"), "which has room")
    #expect(!names.contains { $0.contains("review.html") || $0.hasPrefix(".") })
  }

  /// A folder is a packet of what stands in it, by name; what is no document is told.
  @Test func reviewsAFolder() throws {
    let folder = URL(filePath: NSTemporaryDirectory()).appending(
      path: "packet-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let empty = try Self.soclens(["review", folder.path])
    #expect(empty.code == 2 && empty.out.contains("folder"))
    try FileManager.default.copyItem(
      at: repository.appending(path: Self.report), to: folder.appending(path: "b.pdf"))
    try Data("a note".utf8).write(to: folder.appending(path: "a.txt"))
    let run = try Self.soclens(["review", "--as-of", "2026-01-15", folder.path])
    #expect(run.code == 2, "one of them could not be reviewed")
    #expect(run.out.contains("2 documents"))
    #expect(run.out.contains("a.txt was not read"))
  }

  /// The folder has all that people work with, twice the same.
  @Test func writesFilesForPeople() throws {
    let folder = NSTemporaryDirectory() + "soclens-out-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var written: [[Data]] = []
    for _ in 0..<2 {
      let run = try Self.soclens([
        "review", "--as-of", "2026-01-15", "--out", folder, Self.report,
      ])
      #expect(run.code == 0)
      #expect(run.err.isEmpty)
      let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      #expect(
        names == [
          "cuecs.csv", "dates.ics", "findings.csv", "jira.csv", "letters", "questions.csv",
          "report.annotated.pdf", "review.html", "review.json", "review.xlsx", "servicenow.csv",
        ], "and nothing half written")
      written.append(
        try names.filter { $0 != "letters" }.map {
          try Data(contentsOf: URL(filePath: folder + "/" + $0))
        })
    }
    #expect(written[0] == written[1])
    let page = try String(contentsOfFile: folder + "/review.html", encoding: .utf8)
    #expect(page.contains("data:image/png;base64,"))
    #expect(page.contains("SOC 2 report, type 1"))
  }

  @Test func theHTMLPageIsPrintedToo() throws {
    let run = try Self.soclens(["review", "--as-of", "2026-01-15", "--format", "html", Self.report])
    #expect(run.code == 0)
    #expect(run.out.hasPrefix("<!DOCTYPE html>"))
  }

  /// A report that is called like an output is not replaced, by whatever path the folder is named.
  @Test func aReviewedFileIsNeverReplaced() throws {
    let folder = URL(filePath: NSTemporaryDirectory()).appending(path: "in-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "review.html")
    try FileManager.default.copyItem(at: repository.appending(path: Self.report), to: file)
    let before = try Data(contentsOf: file)
    let run = try Self.soclens([
      "review", "--as-of", "2026-01-15", "--out", folder.path + "/.", file.path,
    ])
    #expect(run.code == 4)
    #expect(run.err.contains("is a file that was reviewed"))
    #expect(try Data(contentsOf: file) == before)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["review.html"])
  }

  @Test func aFolderThatCannotBeWrittenIsNamed() throws {
    let run = try Self.soclens([
      "review", "--as-of", "2026-01-15", "--out", "no/such/folder", Self.report,
    ])
    #expect(run.code == 4)
    #expect(run.err.contains("no/such/folder"))
    let onFile = try Self.soclens([
      "review", "--as-of", "2026-01-15", "--out", "README.md", Self.report,
    ])
    #expect(onFile.code == 4)
    #expect(onFile.err.contains("README.md"))
  }

  @Test(arguments: [
    ("fixtures/hostile/empty.pdf", "not-pdf", "empty"),
    ("fixtures/hostile/text-renamed.pdf", "not-pdf", "not a PDF"),
    ("fixtures/hostile/zero-pages.pdf", "zero-pages", "no pages"),
    ("fixtures/text/encrypted-password/page.pdf", "encrypted", "--password-file"),
    ("fixtures", "damaged", "folder"),
    ("fixtures/no-such-file.pdf", "damaged", "no such file"),
  ])
  func whatCannotBeReadGivesARecordAndTheNextStep(
    _ path: String, _ status: String, _ words: String
  ) throws {
    let run = try Self.soclens(["review", "--as-of", "2026-01-15", "--format", "json", path])
    #expect(run.code == 2)
    #expect(run.out.contains("\"status\": \"\(status)\""))
    #expect(run.out.contains(words))
    #expect(run.err.contains(words), "also said on standard error")
  }

  @Test func aPasswordOpensAReport() throws {
    let path = NSTemporaryDirectory() + "soclens-password-\(UUID().uuidString)"
    try Data("lantern\n".utf8).write(to: URL(filePath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let run = try Self.soclens([
      "dump", "pages", "--password-file", path, "fixtures/text/encrypted-password/page.pdf",
    ])
    #expect(run.code == 0)
    #expect(run.out.contains("Harbour") || run.out.contains("page 1"))
  }

  @Test(arguments: ["2025-02-30", "15.01.2026", "yesterday"])
  func anImpossibleDateIsWrongUsage(_ date: String) throws {
    let run = try Self.soclens(["review", "--as-of", date, Self.report])
    #expect(run.code == 64)
    #expect(run.err.contains("YYYY-MM-DD"))
  }

  @Test func aMissingRulesFolderIsNamed() throws {
    let run = try Self.soclens(["review", "--rules", "no/rules/here", Self.report])
    #expect(run.code == 3)
    #expect(run.err.contains("no/rules/here"))
  }

  /// A broken rule stops the run with file, line, what is wrong and the line itself.
  @Test func aBrokenRuleIsShown() throws {
    let folder = URL(filePath: NSTemporaryDirectory()).appending(path: "rules-\(UUID().uuidString)")
    try FileManager.default.copyItem(at: repository.appending(path: "rules"), to: folder)
    defer { try? FileManager.default.removeItem(at: folder) }
    let rule = folder.appending(path: "soc2/period/future.xml")
    let text = try String(contentsOf: rule, encoding: .utf8)
    try text.replacingOccurrences(of: "severity=\"high\"", with: "severity=\"hgih\"")
      .write(to: rule, atomically: true, encoding: .utf8)
    let run = try Self.soclens(["review", "--rules", folder.path, Self.report])
    #expect(run.code == 3)
    #expect(run.err.contains("future.xml:"))
    #expect(run.err.contains("hgih"))
    #expect(run.err.contains("critical, high, medium, low"))
    #expect(run.err.contains("^"))
  }

  /// A policy that is wrong or missing stops the run, as wrong rules do.
  @Test func aBrokenPolicyIsShown() throws {
    let text = try String(
      contentsOf: repository.appending(path: "rules/policy/default.xml"), encoding: .utf8)
    let file = URL(filePath: NSTemporaryDirectory()).appending(
      path: "policy-\(UUID().uuidString).xml")
    try text.replacingOccurrences(of: "name=\"capacity\"", with: "name=\"capasity\"")
      .write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    for arguments in [
      ["review", "--policy", file.path, Self.report], ["policy", "check", file.path],
      ["policy", "explain", file.path], ["doctor", "--policy", file.path],
    ] {
      let run = try Self.soclens(arguments)
      #expect(run.code == 3, "\(arguments)")
      #expect(run.err.contains(".xml:"))
      #expect(run.err.contains("did you mean 'capacity'?"))
      #expect(run.err.contains("^~~~"))
    }
    let missing = try Self.soclens(["review", "--policy", "no/policy.xml", Self.report])
    #expect(missing.code == 3 && missing.err.contains("no/policy.xml: there is no such file"))
  }

  /// The record names the policy in use: another file, another name and hash.
  @Test func theRecordNamesThePolicy() throws {
    func policy(_ arguments: String...) throws -> [String: String]? {
      let run = try Self.soclens(
        ["review", "--as-of", "2026-01-15", "--format", "json"] + arguments + [Self.report])
      #expect(run.code == 0)
      let record = try JSONSerialization.jsonObject(with: Data(run.out.utf8)) as? [String: Any]
      return (record?["tool"] as? [String: Any])?["policy"] as? [String: String]
    }
    let text = try String(
      contentsOf: repository.appending(path: "rules/policy/default.xml"), encoding: .utf8)
    let file = URL(filePath: NSTemporaryDirectory()).appending(
      path: "policy-\(UUID().uuidString).xml")
    try text.replacingOccurrences(of: "name=\"default\"", with: "name=\"strict\"")
      .write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    let own = try policy()
    let strict = try policy("--policy", file.path)
    #expect(own?["name"] == "default" && own?["sha256"]?.count == 64)
    #expect(strict?["name"] == "strict" && strict?["sha256"] != own?["sha256"])
  }

  @Test func thePolicyIsCheckedAndExplained() throws {
    let check = try Self.soclens(["policy", "check"])
    #expect(check.code == 0 && check.out.contains("default 1.0 is in order"))
    let named = try Self.soclens(["policy", "check", "rules/policy/default.xml"])
    #expect(named.out == check.out)
    let explain = try Self.soclens(["policy", "explain"])
    #expect(explain.code == 0)
    #expect(explain.out.contains("+5  deprovisioning: Leftover access"))
    #expect(explain.out.contains("9 and more: critical"))
    #expect(try Self.soclens(["policy", "check", "--rules", "no/rules"]).code == 3)
  }

  @Test func severalFilesGiveAPacketAndTheSameBytesTwice() throws {
    let arguments = [
      "review", "--as-of", "2026-01-15", "--format", "json", "--vendor", "Somebody", Self.report,
      "fixtures/reports/bridge-letter/report.pdf",
    ]
    let first = try Self.soclens(arguments)
    let second = try Self.soclens(arguments)
    #expect(first.code == 0)
    #expect(first.out.contains("soclens.packet/1"))
    #expect(first.out == second.out)
    #expect(!first.out.contains(repository.path), "no path of this machine")
  }

  @Test func theSchemaAndTheRulesAndTheDoctorAnswer() throws {
    #expect(try Self.soclens(["schema"]).out.contains("2020-12"))
    #expect(try Self.soclens(["rules", "list"]).out.contains("period/age"))
    #expect(try Self.soclens(["rules", "explain", "period/age"]).out.contains("stale"))
    #expect(try Self.soclens(["rules", "explain", "period/agee"]).code == 3)
    #expect(try Self.soclens(["rules", "try", "period/stated", Self.report]).code == 0)
    #expect(try Self.soclens(["doctor"]).out.contains("poppler"))
    #expect(try Self.soclens(["dump", "structure", Self.report]).out.contains("auditor-report"))
    #expect(try Self.soclens(["dump", "facts", Self.report]).out.contains("opinion found"))
  }

  private static let qualified = "fixtures/reports/type2-qualified-operation/report.pdf"

  /// A folder with everything, the same bytes in a second run, and nothing of this machine in it.
  @Test func aFolderHoldsTheFilesForPeople() throws {
    func written() throws -> [String: Data] {
      let folder = URL(filePath: NSTemporaryDirectory()).appending(path: "out-\(UUID().uuidString)")
      defer { try? FileManager.default.removeItem(at: folder) }
      let run = try Self.soclens([
        "review", "--as-of", "2026-01-15", "--out", folder.path, Self.qualified,
      ])
      #expect(run.code == 0 && run.out.isEmpty && run.err.isEmpty)
      var files: [String: Data] = [:]
      for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
        files[name] = try? Data(contentsOf: folder.appending(path: name))
      }
      return files
    }
    let files = try written()
    for name in [
      "review.json", "review.xlsx", "findings.csv", "questions.csv", "cuecs.csv", "jira.csv",
      "servicenow.csv", "review.html", "report.annotated.pdf", "letters/exception-detail.txt",
      "letters/exception-detail.eml",
      "letters/subservice-report.txt",
    ] { #expect(files[name]?.isEmpty == false, "\(name)") }
    #expect(files["review.xlsx"]?.prefix(2) == Data("PK".utf8))
    #expect(try written() == files)
    for (name, bytes) in files {
      #expect(bytes.range(of: Data(repository.path.utf8)) == nil, "\(name)")
    }
  }

  @Test func aLetterOfAnEarlierRunIsToldApart() throws {
    let folder = URL(filePath: NSTemporaryDirectory()).appending(path: "out-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder.appending(path: "letters"), withIntermediateDirectories: true)
    try Data().write(to: folder.appending(path: "letters/newer-report.txt"))
    defer { try? FileManager.default.removeItem(at: folder) }
    let run = try Self.soclens([
      "review", "--as-of", "2026-01-15", "--out", folder.path, Self.qualified,
    ])
    #expect(run.code == 0 && run.err.contains("letters/newer-report.txt: is not of this run"))
  }

  @Test func listsAndSheetsGoToStandardOutput() throws {
    func out(_ format: String) throws -> Run {
      try Self.soclens(["review", "--as-of", "2026-01-15", "--format", format, Self.qualified])
    }
    #expect(try out("csv").out.hasPrefix("\"Document\",\"Severity\",\"Code\""))
    #expect(try out("xlsx").out.hasPrefix("PK"))
  }

  @Test func whatMayNotLeaveIsTakenOut() throws {
    let full = try Self.soclens([
      "review", "--as-of", "2026-01-15", "--format", "json", Self.qualified,
    ])
    let bare = try Self.soclens([
      "review", "--as-of", "2026-01-15", "--format", "json", "--redact", "--quotes", "none",
      Self.qualified,
    ])
    #expect(full.out.contains("For 6 of the 25 terminated workers sampled"))
    #expect(!bare.out.contains("terminated workers sampled"))
    #expect(bare.out.contains("\"quotesRemoved\"") && bare.out.contains("\"redacted\""))
    let folder = URL(filePath: NSTemporaryDirectory()).appending(path: "out-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    _ = try Self.soclens([
      "review", "--as-of", "2026-01-15", "--redact", "--out", folder.path, Self.qualified,
    ])
    let page = try String(contentsOf: folder.appending(path: "review.html"), encoding: .utf8)
    #expect(!page.contains("data:image"), "a picture would show what was taken out")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(names.contains("review.xlsx") && !names.contains { $0.hasSuffix(".pdf") })
    let wrong = try Self.soclens(["review", "--quotes", "some", Self.qualified])
    #expect(wrong.code == 64 && wrong.err.contains("none, short or full"))
  }
}
