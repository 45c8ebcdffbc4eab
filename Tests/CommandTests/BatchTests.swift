import Foundation
import TestSupport
import Testing

/// Many vendors in one run: whatever lies in the folder, however the run ends.
struct BatchTests {
  static let day = ["--as-of", "2026-01-15"]

  /// A folder of its own with inputs, taken away at the end.
  final class Place {
    let root = URL(filePath: NSTemporaryDirectory()).appending(path: "batch-\(UUID().uuidString)")

    init() throws {
      try FileManager.default.createDirectory(at: input, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: root) }

    var input: URL { root.appending(path: "in") }
    /// What a program that is not waited for says.
    var log: URL { root.appending(path: "log") }

    func add(_ fixture: String, as path: String) throws {
      let target = input.appending(path: path)
      try FileManager.default.createDirectory(
        at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
      try FileManager.default.copyItem(
        at: repository.appending(path: "fixtures/\(fixture)"), to: target)
    }

    func run(_ out: String, _ more: String..., from list: String = "in") throws -> CommandTests.Run
    {
      try CommandTests.soclens(
        ["batch", root.appending(path: list).path, "--out", root.appending(path: out).path]
          + BatchTests.day + more)
    }

    /// Every file below a folder, but for those being written.
    func files(_ out: String) throws -> [String: Data] {
      let folder = root.appending(path: out)
      var files: [String: Data] = [:]
      for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
        if let data = try? Data(contentsOf: folder.appending(path: name)) { files[name] = data }
      }
      return files
    }

    func summary(_ out: String) throws -> [[String: Any]] {
      let data = try Data(contentsOf: root.appending(path: "\(out)/summary.json"))
      let object = try JSONSerialization.jsonObject(with: data) as? [String: Any]
      return object?["vendors"] as? [[String: Any]] ?? []
    }
  }

  private static let type1 = "reports/type1-unqualified/report.pdf"
  private static let type2 = "reports/type2-unqualified/report.pdf"
  private static let letter = "reports/bridge-letter/report.pdf"
  private static let qualified = "reports/type2-qualified-operation/report.pdf"

  /// What is passed on names no signer; what is stored for the next run is as it was read.
  @Test func whatMayNotLeaveIsTakenOutOfABatch() throws {
    let place = try Place()
    try place.add(Self.letter, as: "Pemberly/letter.pdf")
    #expect(try place.run("whole").code == 0)
    #expect(try place.run("bare", "--redact", "--quotes", "short").code == 0)
    let (whole, bare) = (try place.files("whole"), try place.files("bare"))
    #expect(whole.keys.sorted() == bare.keys.sorted())
    let signer = Data("Delphine Achterberg".utf8)
    for (name, bytes) in bare where name.hasPrefix("facts/") { #expect(whole[name] == bytes) }
    let records = bare.filter { !$0.key.hasPrefix("facts/") }
    #expect(records.values.allSatisfy { $0.range(of: signer) == nil })
    #expect(whole.contains { $0.key.hasPrefix("documents/") && $0.value.range(of: signer) != nil })
  }

  /// On a disk that is really full: what could not be written is told, nothing is there by half, and with room
  /// the run goes on. Needs the right to mount.
  @Test(.enabled(if: Self.canMount, "a file system can be mounted"))
  func aFullDiskEndsNothingByHalf() throws {
    let place = try Place()
    try place.add(Self.type1, as: "Tarnbrook/report.pdf")
    let script = """
      mount -t tmpfs -o size=120k none "$1/disk" || exit 90
      "$0" batch "$1/in" --out "$1/disk/out" --rules "$2" --as-of 2026-01-15; first=$?
      ls "$1/disk/out/.unfinished" | wc -l
      mount -o remount,size=20m "$1/disk"
      "$0" batch "$1/in" --out "$1/disk/out" --resume --rules "$2" --as-of 2026-01-15; echo $first $?
      """
    try FileManager.default.createDirectory(
      at: place.root.appending(path: "disk"), withIntermediateDirectories: true)
    let run = try CommandTests.run(
      URL(filePath: "/usr/bin/unshare"),
      [
        "-m", "/bin/bash", "-c", script, CommandTests.program.path, place.root.path,
        repository.appending(path: "rules").path,
      ], in: place.root, .nullDevice)
    let lines = run.out.split(separator: "\n")
    #expect(run.err.contains("the disk is full"))
    #expect(lines.first?.contains("not all of it could be written") == true)
    #expect(lines.dropFirst().first == "0", "nothing unfinished is left")
    #expect(lines.last == "4 0")
  }

  private static let canMount: Bool = {
    let run = try? CommandTests.run(
      URL(filePath: "/usr/bin/unshare"),
      ["-m", "/bin/mount", "-t", "tmpfs", "none", NSTemporaryDirectory()],
      in: URL(filePath: NSTemporaryDirectory()), .nullDevice)
    return run?.code == 0
  }()

  @Test func theNumberOfJobsChangesNothing() throws {
    let place = try Place()
    try place.add(Self.type2, as: "Quay/report.pdf")
    try place.add(Self.letter, as: "Quay/letter.pdf")
    try place.add(Self.type1, as: "alone.pdf")
    try place.add(Self.type1, as: "Brook/the-same.pdf")
    try place.add(Self.qualified, as: "Fern/deep/er/report.pdf")
    let one = try place.run("one", "--jobs", "1")
    let four = try place.run("four", "--jobs", "4")
    #expect(one.code == 0 && four.code == 0, "\(one.err)\(four.err)")
    let files = try place.files("one")
    #expect(files["summary.html"] != nil && files["summary.xlsx"] != nil)
    #expect(files.keys.count { $0.hasPrefix("vendors/") } == 4)
    #expect(
      files.keys.count { $0.hasPrefix("documents/") && $0.hasSuffix(".json") } == 4,
      "the same file twice is one document")
    #expect(try place.files("four") == files)
    let rows = try place.summary("one")
    #expect(rows.map { $0["vendor"] as? String } == ["Brook", "Fern", "Quay", "alone.pdf"])
    #expect(rows.map { $0["documents"] as? Int } == [1, 1, 2, 1])
    #expect(
      (rows[3]["notes"] as? [String])
        == ["alone.pdf is the same file as Brook/the-same.pdf of Brook"])
    for (name, data) in files {
      #expect(data.range(of: Data(place.root.path.utf8)) == nil, "\(name) has a path")
    }
  }

  /// Stopped where it hurts, again and again, it ends as if nothing had happened.
  @Test func whatIsKilledGoesOn() throws {
    let place = try Place()
    for n in 0..<3 {
      try place.add(Self.type2, as: "a\(n)/report.pdf")
      let file = place.input.appending(path: "a\(n)/report.pdf")
      // Bytes behind the end of a PDF change nothing in it but its digest.
      try (try Data(contentsOf: file) + Data("\n% \(n)\n".utf8)).write(to: file)
    }
    try place.add(Self.letter, as: "z/letter.pdf")
    #expect(try place.run("whole", "--jobs", "1").code == 0)
    for stops in 1...3 {
      let process = Process()
      process.executableURL = CommandTests.program
      process.currentDirectoryURL = repository
      process.arguments =
        ["batch", place.input.path, "--out", place.root.appending(path: "cut").path, "--resume"]
        + Self.day
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      while process.isRunning {
        let written = (try? place.files("cut"))?.keys.count { $0.hasSuffix(".facts") } ?? 0
        if written >= stops { kill(process.processIdentifier, SIGKILL) }
      }
      process.waitUntilExit()
    }
    #expect(try place.run("cut", "--resume", "--jobs", "2").code == 0)
    #expect(try place.files("cut") == place.files("whole"))
  }

  /// What was read once is not read again, and a damaged store is not believed.
  @Test func anUnchangedDocumentIsNotReadAgain() throws {
    let place = try Place()
    try place.add(Self.type2, as: "Quay/report.pdf")
    #expect(try place.run("out").code == 0)
    let files = try place.files("out")
    let facts = try #require(files.keys.first { $0.hasSuffix(".facts") })
    let stored = place.root.appending(path: "out/\(facts)")
    let before = try FileManager.default.attributesOfItem(atPath: stored.path)
    #expect(try place.run("out", "--resume").code == 0)
    let after = try FileManager.default.attributesOfItem(atPath: stored.path)
    #expect(before[.systemFileNumber] as? Int == after[.systemFileNumber] as? Int)
    try Data("nonsense".utf8).write(to: stored)
    #expect(try place.run("out", "--resume").code == 0)
    #expect(try place.files("out") == files)
  }

  /// Whatever lies in the folder, there is a row that says what became of it.
  @Test func badFilesHaveTheirRows() throws {
    let place = try Place()
    let manager = FileManager.default
    try place.add(Self.type1, as: "-dash.pdf")
    try place.add("hostile/text-renamed.pdf", as: "Quay/text.pdf")
    try place.add(Self.type1, as: "new\nline.pdf")
    try manager.createDirectory(
      at: place.input.appending(path: "folder.pdf"), withIntermediateDirectories: false)
    try manager.createDirectory(
      at: place.input.appending(path: "none"), withIntermediateDirectories: false)
    try manager.createSymbolicLink(
      atPath: place.input.appending(path: "loop").path, withDestinationPath: "loop")
    try manager.createSymbolicLink(
      atPath: place.input.appending(path: "up").path, withDestinationPath: "..")
    try Data().write(to: place.input.appending(path: ".hidden"))
    mkfifo(place.input.appending(path: "pipe.pdf").path, 0o600)
    let odd = place.input.path.utf8CString.dropLast() + [0x2F, 0x62, -1, -2, 0x2E, 0x70, 0]
    let descriptor = open(Array(odd), O_CREAT | O_WRONLY, 0o600)
    #expect(descriptor >= 0)
    close(descriptor)
    let long = String(repeating: "n", count: 251) + ".pdf"
    try place.add(Self.type1, as: long)
    let run = try place.run("out")
    #expect(run.code == 2)
    #expect(run.err.contains(".hidden: is set aside"))
    let rows = try place.summary("out")
    func failure(_ vendor: String) -> String? {
      let row = rows.first { $0["vendor"] as? String == vendor }
      return (row?["failures"] as? [[String: Any]])?.first.flatMap { $0["reason"] as? String }
    }
    #expect(rows.count == 10)
    #expect(failure("Quay")?.contains("not a PDF") == true)
    #expect(failure("folder.pdf")?.contains("is a folder") == true)
    #expect(failure("none")?.contains("no file") == true)
    #expect(failure("loop")?.contains("leads back to itself") == true)
    #expect(failure("up")?.contains("is a folder") == true)
    #expect(failure("pipe.pdf")?.contains("not a regular file") == true)
    #expect(failure("b\\xFF\\xFE.p")?.contains("empty") == true)
    for good in ["-dash.pdf", "new\nline.pdf", long] {
      let row = rows.first { $0["vendor"] as? String == good }
      #expect(row?["decision"] as? String == "conditions", "\(good.prefix(10))")
    }
    #expect(try place.files("out").keys.allSatisfy { !$0.hasPrefix("vendors/-") })
  }

  /// The program, started and not waited for.
  private func started(_ place: Place, _ out: String, _ more: String...) throws -> Process {
    let process = Process()
    process.executableURL = CommandTests.program
    process.currentDirectoryURL = repository
    process.arguments =
      ["batch", place.input.path, "--out", place.root.appending(path: out).path] + Self.day + more
    process.standardOutput = FileHandle.nullDevice
    process.standardError = try FileHandle(forWritingTo: place.log)
    try process.run()
    return process
  }

  /// Waits until so many documents were read; the program then still has others to do.
  private func wait(for count: Int, _ process: Process, _ place: Place, _ out: String) {
    while process.isRunning {
      let read = (try? place.files(out))?.keys.count { $0.hasSuffix(".facts") } ?? 0
      if read >= count { return }
      usleep(1000)
    }
  }

  private func manyVendors() throws -> Place {
    let place = try Place()
    for n in 0..<6 {
      try place.add(Self.type2, as: "a\(n)/report.pdf")
      let file = place.input.appending(path: "a\(n)/report.pdf")
      // Bytes behind the end of a PDF change nothing in it but its digest.
      try (try Data(contentsOf: file) + Data("\n% \(n)\n".utf8)).write(to: file)
    }
    try Data().write(to: place.log)
    return place
  }

  /// Ctrl-C ends it at once with its code, nothing half written, and the next run goes on.
  @Test(arguments: [SIGINT, SIGTERM])
  func aSignalEndsItCleanly(_ signal: Int32) throws {
    let place = try manyVendors()
    let process = try started(place, "cut", "--jobs", "2")
    wait(for: 1, process, place, "cut")
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    #expect(process.terminationReason == .exit && process.terminationStatus == 128 + signal)
    let told = try String(contentsOf: place.log, encoding: .utf8)
    #expect(told.contains("of 6 vendors; go on with --resume"))
    let records = try place.files("cut").filter { $0.key.hasSuffix(".json") }.values
    #expect(records.allSatisfy { (try? JSONSerialization.jsonObject(with: $0)) != nil })
    #expect(try place.run("cut", "--resume").code == 0)
    #expect(try place.run("whole").code == 0)
    #expect(try place.files("cut") == place.files("whole"))
  }

  /// What is gone or other when its turn comes is told as it then is; the others are not touched by that.
  @Test func filesMayChangeMeanwhile() throws {
    let place = try manyVendors()
    try place.add(Self.letter, as: "y/letter.pdf")
    try place.add(Self.letter, as: "z/letter.pdf")
    let process = try started(place, "out", "--jobs", "1")
    wait(for: 1, process, place, "out")
    kill(process.processIdentifier, SIGSTOP)
    try FileManager.default.removeItem(at: place.input.appending(path: "z/letter.pdf"))
    try Data("% shorter".utf8).write(to: place.input.appending(path: "y/letter.pdf"))
    kill(process.processIdentifier, SIGCONT)
    process.waitUntilExit()
    #expect(process.terminationStatus == 2)
    let failures = try place.summary("out").map { row in
      (row["failures"] as? [[String: Any]])?.compactMap { $0["reason"] as? String } ?? []
    }
    #expect(failures.count == 8)
    #expect(failures[..<6].allSatisfy { $0.isEmpty })
    #expect(failures[6].count == 1 && failures[6][0].contains("not a PDF"))
    #expect(failures[7].count == 1 && failures[7][0].contains("there is no such file"))
  }

  /// A full disk, as a limit on the size of files: what cannot be written is named, nothing is there by half,
  /// and once there is room the run goes on.
  @Test func aFullDiskIsTold() throws {
    let place = try Place()
    // The report has 53 KiB, its record 72.
    try place.add("reports/type2-three-categories-landscape/report.pdf", as: "a/report.pdf")
    try place.add("hostile/empty.pdf", as: "b/report.pdf")
    let cut = try CommandTests.soclens(
      ["batch", place.input.path, "--out", place.root.appending(path: "out").path] + Self.day,
      fileSizeLimit: 64)
    #expect(cut.code == 4)
    #expect(cut.err.contains("vendors/a-") && cut.err.contains("ulimit -f"))
    let left = try place.files("out")
    #expect(left.keys.contains { $0.hasPrefix("vendors/b-") }, "a small record has room")
    #expect(!left.keys.contains { $0.hasPrefix("vendors/a-") || $0.hasPrefix(".unfinished/") })
    #expect(try place.run("out", "--resume").code == 2)
    #expect(try place.run("whole").code == 2)
    #expect(try place.files("out") == place.files("whole"))
  }

  @Test func aListIsRead() throws {
    let place = try Place()
    try place.add(Self.qualified, as: "report.pdf")
    try Data(
      """
      vendor,tier,products,required,files
      Pellworth Insurance Technologies,critical,Claims Hub,security;privacy,in/report.pdf
      Nowhere,,,,in/missing.pdf
      Pellworth Insurance Technologies,low,,,in/report.pdf
      Last,top,,,in/report.pdf

      """.utf8
    ).write(to: place.root.appending(path: "list.csv"))
    let run = try place.run("out", from: "list.csv")
    #expect(run.code == 2)
    #expect(run.err.contains("list.csv:3: there is no file 'in/missing.pdf'"))
    #expect(run.err.contains("list.csv:4: 'Pellworth Insurance Technologies' stands in line 2"))
    #expect(run.err.contains("list.csv:5: 'top' is no tier"))
    let rows = try place.summary("out")
    #expect(rows.count == 4)
    #expect(rows[0]["tier"] as? String == "critical")
    #expect((rows[0]["failures"] as? [Any])?.isEmpty == true)
    #expect(rows[1...].allSatisfy { ($0["failures"] as? [Any])?.count == 1 })
    let files = try place.files("out")
    let records = files.filter { $0.key.hasPrefix("vendors/pellworth") }.values
    #expect(
      records.contains {
        String(decoding: $0, as: UTF8.self).contains(
          #""requiredCategories":["security","privacy"]"#)
      })

    try Data("vendor,file\nA,b\n".utf8).write(to: place.root.appending(path: "wrong.csv"))
    let wrong = try place.run("out2", from: "wrong.csv")
    #expect(wrong.code == 3 && wrong.err.contains("wrong.csv:1: 'file' is no column"))
    #expect(try place.run("out2", from: "no.csv").code == 3)
  }

  /// Parts that several machines do give together what one machine gives.
  @Test func partsMakeTheWhole() throws {
    let place = try Place()
    for name in ["a", "b", "c", "d"] { try place.add(Self.letter, as: "\(name)/letter.pdf") }
    #expect(try place.run("whole").code == 0)
    for part in ["1/2", "2/2"] {
      let run = try place.run("parts", "--shard", part)
      #expect(run.code == 0 && run.out.contains("--resume"))
    }
    #expect(try place.files("parts")["summary.json"] == nil)
    #expect(try place.run("parts", "--resume").code == 0)
    #expect(try place.files("parts") == place.files("whole"))
    #expect(try place.run("parts", "--shard", "3/2").code == 64)
  }

  @Test func gatesEndWithTheirCode() throws {
    let place = try Place()
    try place.add(Self.type1, as: "a.pdf")
    #expect(try place.run("out", "--fail-on", "reject,score<50").code == 0)
    let hit = try place.run("out", "--fail-on", "reject,conditions")
    #expect(hit.code == 1 && hit.err.contains("a.pdf"))
    try place.add("hostile/empty.pdf", as: "b.pdf")
    #expect(try place.run("out", "--fail-on", "reject").code == 2)
    #expect(try place.run("out", "--fail-on", "unreadable").code == 1)
    #expect(try place.run("out", "--fail-on", "score<50").code == 1, "no score is below any")
    #expect(try place.run("out", "--fail-on", "bad").code == 64)
  }

  @Test func anOutputThatCannotBeWrittenIsTold() throws {
    let place = try Place()
    try place.add(Self.letter, as: "a.pdf")
    #expect(try place.run("in").code == 64, "its own input")
    let none = try CommandTests.soclens(["batch", place.input.path, "--out", "/proc/none"])
    #expect(none.code == 4 && none.err.contains("/proc/none"))
    // A file where a folder of records should be: that record is told, the others are written.
    let out = place.root.appending(path: "out")
    try FileManager.default.createDirectory(at: out, withIntermediateDirectories: true)
    try Data().write(to: out.appending(path: "vendors"))
    let run = try place.run("out")
    #expect(run.code == 4 && run.err.contains("vendors/a-pdf"))
    #expect(try place.files("out")["summary.json"] != nil)
  }

  /// Another policy is tried on records, of one document and of several.
  @Test func recordsAreComparedUnderTwoPolicies() throws {
    let folder = URL(filePath: NSTemporaryDirectory()).appending(path: "diff-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let policy = "rules/policy/default.xml"
    let report = "fixtures/reports/type2-qualified-operation/report.pdf"
    func record(_ name: String, _ files: [String]) throws -> String {
      let run = try CommandTests.soclens(
        ["review", "--as-of", "2026-01-15", "--format", "json"] + files)
      let path = folder.appending(path: name)
      try Data(run.out.utf8).write(to: path)
      return path.path
    }
    let one = try record("one.json", [report])
    let two = try record("two.json", [report, "fixtures/reports/bridge-letter/report.pdf"])
    let text = try String(contentsOf: repository.appending(path: policy), encoding: .utf8)
    let strict = folder.appending(path: "strict.xml")
    let line = try #require(
      text.split(separator: "\n").first { $0.contains("code=\"opinionQualified\"") })
    #expect(line.contains("decision=\"conditions\""))
    try text.replacingOccurrences(
      of: String(line), with: line.replacingOccurrences(of: "conditions", with: "reject")
    ).write(to: strict, atomically: true, encoding: .utf8)
    let same = try CommandTests.soclens(["policy", "diff", policy, policy, one, two])
    #expect(same.code == 0 && same.out == "0 of 2 reviews change\n")
    let other = try CommandTests.soclens(["policy", "diff", policy, strict.path, one, two])
    #expect(other.code == 0 && other.out.contains("2 of 2 reviews change"))
    #expect(
      other.out.contains("decision: conditions → reject, because of: The opinion is qualified"))
    let later = try CommandTests.soclens([
      "policy", "diff", "--as-of", "2026-02-01", policy, policy, one,
    ])
    #expect(later.code == 2 && later.err.contains("is of 2026-01-15"))
    let none = try CommandTests.soclens(["policy", "diff", policy, policy, policy, "no.json"])
    #expect(none.code == 2 && none.out == "0 of 0 reviews change\n")
    #expect(none.err.contains("is not JSON") && none.err.contains("no.json: there is no such file"))
  }

  /// Another policy is tried on what was stored, without the files.
  @Test func anotherPolicyIsComparedWithoutTheFiles() throws {
    let place = try Place()
    try place.add(Self.qualified, as: "Pellworth Insurance Technologies/report.pdf")
    try place.add(Self.letter, as: "letter.pdf")
    #expect(try place.run("out").code == 0)
    try FileManager.default.removeItem(at: place.input)
    let policy = "rules/policy/default.xml"
    let out = place.root.appending(path: "out").path
    let same = try CommandTests.soclens(["policy", "diff", policy, policy, out])
    #expect(same.code == 0 && same.out == "0 of 2 reviews change\n")
    let text = try String(contentsOf: repository.appending(path: policy), encoding: .utf8)
    let strict = place.root.appending(path: "strict.xml")
    try text.replacingOccurrences(of: "\"high\" points=\"15\"", with: "\"high\" points=\"14\"")
      .write(to: strict, atomically: true, encoding: .utf8)
    let other = try CommandTests.soclens(["policy", "diff", policy, strict.path, out])
    #expect(other.code == 0)
    #expect(other.out.contains("Pellworth Insurance Technologies\n  score: "))
    #expect(other.out.contains("1/opinionQualified: high, 15 points → high, 14 points"))
    #expect(other.out.hasSuffix("1 of 2 reviews change\n"))
    let empty = try CommandTests.soclens(["policy", "diff", policy, policy, "fixtures"])
    #expect(empty.code == 2)
  }
}

/// One line in, one line out, whatever the line is.
struct StreamTests {
  private func stream(
    _ input: String, _ options: [String] = []
  ) throws -> CommandTests.Run {
    let file = NSTemporaryDirectory() + "stream-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: file) }
    try Data(input.utf8).write(to: URL(filePath: file))
    return try CommandTests.soclens(
      ["stream"] + BatchTests.day + options,
      input: try FileHandle(forReadingFrom: URL(filePath: file)))
  }

  private func records(_ run: CommandTests.Run) throws -> [[String: Any]] {
    try run.out.split(separator: "\n").map {
      try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }

  @Test func eachLineHasItsRecord() throws {
    let long = #"{"path":""# + String(repeating: "x", count: 1 << 20) + #""}"#
    let run = try stream(
      """
      {"path":"\(CommandTests.report)","meta":{"row":7},"tier":"critical"}
      no request

      {"path":"no/such.pdf","meta":"m"}
      \(long)
      {"path":"fixtures","limits":{"pages":5}}
      {"path":"\(CommandTests.report)","sha256":"00"}
      {"path":"\(CommandTests.report)","limits":{"pages":1}}
      """)
    #expect(run.code == 0 && run.err.isEmpty)
    let records = try records(run)
    #expect(records.count == 8)
    func inner(_ n: Int) -> [String: Any] { records[n]["record"] as? [String: Any] ?? [:] }
    func status(_ n: Int) -> String? {
      (inner(n)["document"] as? [String: Any])?["status"] as? String ?? inner(n)["status"]
        as? String
    }
    #expect(
      (0..<8).map(status) == [
        "ok", "refused", "refused", "damaged", "refused", "damaged", "refused", "too-many-pages",
      ])
    #expect((records[0]["meta"] as? [String: Any])?["row"] as? Int == 7)
    #expect((inner(0)["context"] as? [String: Any])?["tier"] as? String == "critical")
    #expect(records[3]["meta"] as? String == "m" && records[3]["path"] as? String == "no/such.pdf")
    #expect(records[3]["id"] is NSNull && (records[0]["id"] as? String)?.count == 64)
    #expect((records[5]["limits"] as? [String: Any])?["pages"] as? Int == 5)
    #expect(try stream("").out.isEmpty)
  }

  /// Nor does a check of ours that fails over a document end the stream.
  @Test func aDefectOfOursIsARecord() throws {
    let request = #"{"path":"\#(CommandTests.report)"}"# + "\n"
    let run = try stream(request + request, ["--fault", "judge:trap"])
    #expect(run.code == 0)
    let statuses = try records(run).map { line in
      ((line["record"] as? [String: Any])?["document"] as? [String: Any])?["status"] as? String
    }
    #expect(statuses == ["internal", "internal"])
  }

  /// The record of a stream is that of a review.
  @Test func theRecordIsTheReview() throws {
    let streamed = try records(try stream(#"{"path":"\#(CommandTests.report)"}"#))
    let review = try CommandTests.soclens(
      ["review", "--format", "json"] + BatchTests.day + [CommandTests.report])
    let expected = try #require(
      JSONSerialization.jsonObject(with: Data(review.out.utf8)) as? [String: Any])
    let record = try #require(streamed.first?["record"] as? [String: Any])
    #expect(NSDictionary(dictionary: record) == NSDictionary(dictionary: expected))
  }
}
