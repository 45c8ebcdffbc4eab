import Foundation
import TestSupport
import Testing

/// Whatever happens in the process that opens a document: one record with the right status, and nothing
/// left behind.
struct ConfinementTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var fault: String
    var status: String
    /// Words of the reason.
    var words: String
    var options: [String] = []
    var testDescription: String { fault }
  }

  /// Faults that a document could cause, as `review --fault` plays them.
  static let cases = [
    Case(fault: "hang", status: "timeout", words: "2 seconds", options: ["--timeout", "2"]),
    Case(fault: "spin", status: "timeout", words: "2 seconds", options: ["--timeout", "2"]),
    Case(fault: "segv", status: "crash", words: "signal 11"),
    Case(fault: "abort", status: "crash", words: "signal 6"),
    Case(fault: "trap", status: "crash", words: "crashed"),
    Case(fault: "memory", status: "memory", words: "300 MiB", options: ["--memory", "300"]),
    Case(fault: "spam", status: "output-limit", words: "2 MB", options: ["--output-limit", "2"]),
    Case(
      fault: "complain", status: "output-limit", words: "2 MB", options: ["--output-limit", "2"]),
    Case(fault: "slow", status: "ok", words: ""),
    Case(fault: "fork", status: "crash", words: "what no document needs"),
    Case(fault: "network", status: "crash", words: "what no document needs"),
    Case(fault: "file", status: "internal", words: "without an answer"),
    Case(fault: "exit", status: "internal", words: "without a whole answer"),
    Case(fault: "garbage", status: "internal", words: "without a whole answer"),
    Case(fault: "cut", status: "internal", words: "without a whole answer"),
  ]

  static func review(_ options: [String], _ files: [String]) throws -> (Started, [[String: Any]]) {
    let run = try Started(
      ["review", "--as-of", "2026-01-15", "--format", "json"] + options + files)
    run.wait()
    let root = try JSONSerialization.jsonObject(with: Data(run.out.utf8)) as? [String: Any]
    let reviews = root?["reviews"] as? [[String: Any]] ?? [root ?? [:]]
    return (run, reviews.compactMap { $0["document"] as? [String: Any] })
  }

  @Test(arguments: cases)
  func everyFaultGivesItsOneRecord(_ fault: Case) throws {
    let (run, documents) = try Self.review(
      ["--fault", fault.fault] + fault.options, [CommandTests.report])
    #expect(documents.count == 1)
    #expect(documents.first?["status"] as? String == fault.status)
    let reason = documents.first?["reason"] as? String
    #expect(fault.words.isEmpty ? reason == nil : reason?.contains(fault.words) == true)
    #expect(run.code == (fault.status == "ok" ? 0 : 2))
    #expect(run.leftovers().isEmpty)
  }

  @Test func anUnknownFaultIsWrongUsage() throws {
    #expect(
      try CommandTests.soclens(["review", "--fault", "flood", CommandTests.report]).code == 64)
  }

  /// One file that hangs does not stop those after it.
  @Test func aFileThatFailsStandsAlone() throws {
    let (run, documents) = try Self.review(
      ["--timeout", "20"],
      ["fixtures/hostile/noise.pdf", CommandTests.report, "fixtures/hostile/empty.pdf"])
    #expect(documents.map { $0["status"] as? String } == ["damaged", "ok", "not-pdf"])
    #expect(run.code == 2)
  }

  /// All broken files at once, through the real walls: each its record, the statuses as implied.
  @Test func everyHostileFileGivesItsRecord() throws {
    let expected = try #require(
      try JSONSerialization.jsonObject(
        with: Data(try bytes(of: "fixtures/hostile/expected.json"))) as? [String: [String: Any]])
    let names = expected.keys.sorted()
    #expect(names.count > 30)
    let (run, documents) = try Self.review([], names.map { "fixtures/hostile/\($0).pdf" })
    #expect(documents.count == names.count)
    for (name, document) in zip(names, documents) {
      let allowed =
        expected[name]?["status"] as? [String] ?? [expected[name]?["status"] as? String ?? ""]
      let status = try #require(document["status"] as? String)
      #expect(document["file"] as? String == name + ".pdf")
      #expect(allowed.contains(status), "\(name): \(status)")
    }
    #expect(run.leftovers().isEmpty)
  }

  @Test func theRecordNamesItsLimits() throws {
    let (_, documents) = try Self.review(
      ["--timeout", "25", "--memory", "400", "--output-limit", "8"], [CommandTests.report])
    let limits = documents.first?["limits"] as? [String: Int]
    #expect(
      limits == [
        "bytes": 200_000_000, "pages": 2000, "seconds": 25, "memoryBytes": 400 << 20,
        "outputBytes": 8_000_000,
      ])
  }

  @Test(arguments: [["--timeout", "0"], ["--memory", "100"], ["--output-limit", "0"]])
  func limitsThatCannotWorkAreWrongUsage(_ options: [String]) throws {
    let run = try CommandTests.soclens(["review"] + options + [CommandTests.report])
    #expect(run.code == 64 && run.err.contains(options[0]))
  }

  // MARK: - The parent's end

  @Test(arguments: [SIGKILL, SIGINT, SIGTERM])
  func nothingOutlivesTheCommand(_ signal: Int32) throws {
    let run = try Started(
      ["review", "--timeout", "60", "--fault", "hang", CommandTests.report])
    #expect(run.waits { !run.leftovers().isEmpty }, "the process that reads has begun")
    kill(run.pid, signal)
    run.wait()
    #expect(run.wasSignalled && run.code == signal)
    #expect(run.out.isEmpty)
    #expect(run.waits { run.leftovers().isEmpty })
  }

  // MARK: - What is opened

  @Test(.enabled(if: Tracer.works, Tracer.reason))
  func nothingIsOpenedAfterTheWallsAndNoNetworkAtAll() throws {
    let files = [
      CommandTests.report, "fixtures/hostile/active-content.pdf",
      "fixtures/text/picture-page/page.pdf", "fixtures/text/no-tounicode-gibberish/page.pdf",
      "fixtures/word/gap-letter/letter.docx",
    ]
    // OCR is installed on some machines; `drawingOpensNothingButFonts` has it.
    let (code, calls) = try Tracer.calls(
      ["review", "--as-of", "2026-01-15", "--ocr", "off"] + files)
    #expect(code == 2, "one of them has no text")
    let readers = Set(calls.filter { $0.text.contains("PR_SET_PDEATHSIG") }.map(\.process))
    #expect(readers.count == files.count, "one process a file")
    for call in calls {
      #expect(!Tracer.isNetwork(call.name), "\(call.text)")
      if ["open", "openat", "openat2", "creat"].contains(call.name) {
        #expect(!call.text.contains("O_CREAT") && !call.text.contains("O_WRONLY"), "\(call.text)")
        #expect(!call.text.contains("O_RDWR"), "\(call.text)")
      }
    }
    for reader in readers {
      let all = calls.filter { $0.process == reader }
      let walls = try #require(
        all.lastIndex { $0.text.contains("SECCOMP_SET_MODE_FILTER, 0,") })
      let before = all[..<walls].filter { $0.name == "openat" }.map(\.text)
      #expect(!before.contains { $0.contains("fixtures/") }, "it is given its document, open")
      // What a library tries in vain is no breach.
      let after = all[walls...].filter { $0.name.contains("open") && !$0.failed }.map(\.text)
      #expect(after.allSatisfy { $0.contains("\"/usr/share/poppler/") }, "\(after)")
    }
    // The parent: rules, policy, the documents and what the loader needs.
    let parent = try #require(calls.first?.process)
    let opened = calls.filter { $0.process == parent && $0.name == "openat" }.map(\.text)
    for file in files { #expect(opened.count { $0.contains(file) } == 1) }
  }

  /// A machine without landlock, as strace plays it.
  @Test(.enabled(if: Tracer.works, Tracer.reason))
  func aMissingLayerIsSaidOrRefused() throws {
    let doctor = try Tracer.run(["doctor"], without: "landlock_create_ruleset")
    #expect(
      doctor.out.contains("landlock: NOT TO BE HAD HERE") && doctor.out.contains("seccomp: holds"))
    let said = try Tracer.run(
      ["review", "--as-of", "2026-01-15", CommandTests.report], without: "landlock_create_ruleset")
    #expect(said.code == 0 && said.err.contains("does not give landlock"))
    let refused = try Tracer.run(
      ["review", "--require-confinement", CommandTests.report], without: "landlock_create_ruleset")
    #expect(refused.code == 5 && refused.out.isEmpty)
    #expect(refused.err.contains("does not give landlock"))
  }

  @Test func theDoctorTriesEachLayer() throws {
    let run = try CommandTests.soclens(["doctor"])
    for layer in ["limits", "no new privileges", "landlock", "seccomp"] {
      #expect(run.out.contains("  \(layer)"))
    }
    // These two need nothing that a machine could lack.
    #expect(run.out.contains("  limits: holds") && run.out.contains("  no new privileges: holds"))
  }

  // MARK: - Defects of our own

  /// A check of ours that fails over a document costs that document, which has its record.
  @Test func aDefectOfOursIsARecord() throws {
    let (run, documents) = try Self.review(["--fault", "judge:trap"], [CommandTests.report])
    #expect(run.code == 2)
    #expect(documents.map { $0["status"] as? String } == ["internal"])
  }

  /// Where memory itself may be damaged the program ends, and shows nothing of what it held.
  @Test func aDamagedProgramEndsWithOneLine() throws {
    let run = try CommandTests.soclens([
      "review", "--as-of", "2026-01-15", "--fault", "judge:segv", CommandTests.report,
    ])
    #expect(run.code == 70 && run.out.isEmpty)
    #expect(run.err == "soclens: ended by a defect of its own; nothing more is written\n")
  }

  // MARK: - Drawing

  /// What happens when pages are drawn costs the pictures and says so; what was read stands.
  @Test(arguments: ["segv", "hang", "memory", "spam", "network", "exit", "cut"])
  func aFaultInDrawingCostsThePictures(_ fault: String) throws {
    let arguments = ["review", "--as-of", "2026-01-15", "--format", "html", CommandTests.report]
    let run = try CommandTests.soclens(
      arguments + ["--fault", "draw:" + fault, "--timeout", "4", "--output-limit", "4"])
    #expect(run.code == 0 && run.out.contains("<html") && !run.out.contains("data:image/png"))
    #expect(run.err.contains("its quotes stand without pictures: "))
  }

  /// Nor is there a marked copy that is not whole.
  @Test func aFaultInMarkingCostsTheCopy() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    let run = try CommandTests.soclens([
      "review", "--as-of", "2026-01-15", "--out", folder.path, "--fault", "draw:segv",
      CommandTests.report,
    ])
    #expect(run.code == 0 && run.err.contains("no marked copy is made: "))
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(names.contains("review.json") && !names.contains { $0.hasSuffix(".annotated.pdf") })
  }

  /// A page that OCR cannot get through stays unread, and what may stand there is unknown.
  @Test(arguments: ["segv", "memory", "garbage"])
  func aFaultInOCRLeavesThePageUnread(_ fault: String) throws {
    let (run, documents) = try Self.review(
      ["--fault", "draw:" + fault], ["fixtures/reports/type2-opinion-image/report.pdf"])
    #expect(run.code == 0)
    let read = documents.first?["pagesRead"] as? [String: Any]
    #expect(read?["unread"] as? [Int] == [3, 4])
    #expect(run.out.contains("not-searchable"))
  }

  /// Pictures, marks and OCR are confined as reading is: fonts and character maps are all that is opened.
  @Test(.enabled(if: Tracer.works, Tracer.reason))
  func drawingOpensNothingButFonts() throws {
    let file = "fixtures/reports/type2-opinion-image/report.pdf"
    let (code, calls) = try Tracer.calls(
      ["review", "--as-of", "2026-01-15", "--format", "html", file])
    #expect(code == 0)
    let readers = Set(calls.filter { $0.text.contains("PR_SET_PDEATHSIG") }.map(\.process))
    // The text, the pages that OCR reads or asks for, and the pictures.
    #expect(readers.count >= 3)
    #expect(!calls.contains { Tracer.isNetwork($0.name) })
    let allowed = ["/usr/share/", "/etc/fonts", "/var/cache/fontconfig", "/usr/local/share/fonts"]
    for reader in readers {
      let all = calls.filter { $0.process == reader }
      guard let walls = all.lastIndex(where: { $0.text.contains("SECCOMP_SET_MODE_FILTER, 0,") })
      else { continue }
      let after = all[walls...].filter { $0.name.contains("open") && !$0.failed }.map(\.text)
      #expect(
        after.allSatisfy { text in allowed.contains { text.contains("\"" + $0) } }, "\(after)")
    }
  }

  /// A Word document goes the same way as a PDF: what happens to its reader is told of it.
  @Test func wordDocumentsAreReadThereToo() throws {
    let letter = "fixtures/word/gap-letter/letter.docx"
    let (_, read) = try Self.review([], [letter])
    #expect(read.first?["status"] as? String == "ok")
    let (run, crashed) = try Self.review(["--fault", "segv"], [letter])
    #expect(crashed.first?["status"] as? String == "crash" && run.code == 2)
  }

  /// Of files whose bytes were not read nobody knows that they are the same.
  @Test func filesThatAreNotReadAreNoCopies() throws {
    let (_, documents) = try Self.review([], ["fixtures/nowhere.pdf", "fixtures/elsewhere.pdf"])
    #expect(documents.map { $0["file"] as? String } == ["nowhere.pdf", "elsewhere.pdf"])
    #expect(documents.allSatisfy { ($0["reason"] as? String)?.contains("no such file") == true })
  }

  // MARK: - Odd inputs

  @Test func pipesFoldersAndLoopsGiveARecord() throws {
    let folder = URL(filePath: NSTemporaryDirectory()).appending(path: "odd-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder.appending(path: "x.pdf"), withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(mkfifo(folder.path + "/pipe.pdf", 0o600) == 0)
    #expect(symlink("loop.pdf", folder.path + "/loop.pdf") == 0)
    let newline = folder.path + "/a\nb.pdf"
    try FileManager.default.copyItem(
      atPath: repository.appending(path: CommandTests.report).path, toPath: newline)
    let (_, documents) = try Self.review(
      [], ["x.pdf", "pipe.pdf", "loop.pdf"].map { folder.path + "/" + $0 } + [newline])
    #expect(documents.map { $0["status"] as? String } == ["damaged", "damaged", "damaged", "ok"])
    #expect(documents.map { $0["sha256"] as? String }.prefix(3) == ["", "", ""])
    #expect(documents.last?["file"] as? String == "a\nb.pdf")
  }

  /// A file of a terabyte is refused by its size, not read.
  @Test func aFileThatIsTooLargeIsNotRead() throws {
    let path = NSTemporaryDirectory() + "large-\(UUID().uuidString).pdf"
    #expect(FileManager.default.createFile(atPath: path, contents: nil))
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(truncate(path, 1 << 40) == 0)
    let (run, documents) = try Self.review([], [path])
    #expect(run.code == 2)
    #expect(documents.first?["status"] as? String == "too-large")
    #expect(documents.first?["bytes"] as? Int == 1 << 40)
  }
}
