import Foundation
import TestSupport
import Testing

/// Runs the command under strace, which sees every system call of it and of its children.
enum Tracer {
  struct Call {
    var process: String
    var name: String
    var text: String
    /// Whether the kernel refused it, or there was nothing.
    var failed: Bool { text.contains(") = -1 ") }
  }

  static let reason: Comment =
    "strace is not installed, or tracing is not permitted here: what is opened was NOT checked"

  /// Whether strace can trace on this machine; containers often forbid it.
  static let works: Bool = {
    (try? run(strace: ["-o", "/dev/null", "/bin/true"]).code) == 0
  }()

  private static func run(strace arguments: [String]) throws -> CommandTests.Run {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/strace")
    process.arguments = arguments
    process.currentDirectoryURL = repository
    let out = Pipe()
    let err = Pipe()
    process.standardOutput = out
    process.standardError = err
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let printed = out.fileHandleForReading.readDataToEndOfFile()
    let said = err.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return CommandTests.Run(
      code: process.terminationStatus, out: String(decoding: printed, as: UTF8.self),
      err: String(decoding: said, as: UTF8.self))
  }

  /// The command on a machine whose kernel does not have a system call.
  static func run(_ arguments: [String], without call: String) throws -> CommandTests.Run {
    try run(
      strace: [
        "-f", "-qq", "-o", "/dev/null", "-e", "trace=\(call)", "-e",
        "inject=\(call):error=ENOSYS", CommandTests.program.path,
      ] + arguments)
  }

  /// Every call of the command that opens, connects or confines.
  static func calls(_ arguments: [String]) throws -> (code: Int32, calls: [Call]) {
    let log = NSTemporaryDirectory() + "trace-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: log) }
    let done = try run(
      strace: [
        "-f", "-qq", "-s", "256", "-o", log, "-e", "trace=%file,%network,prctl,seccomp",
        CommandTests.program.path,
      ] + arguments)
    let text = try String(contentsOfFile: log, encoding: .utf8)
    let calls = text.split(separator: "\n").compactMap { line -> Call? in
      // `PID name(arguments) = result`
      let parts = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
      guard parts.count == 2, let end = parts[1].firstIndex(of: "(") else { return nil }
      let name = parts[1][..<end].trimmingCharacters(in: .whitespaces)
      return Call(process: String(parts[0]), name: name, text: String(parts[1]))
    }
    return (done.code, calls)
  }

  static func isNetwork(_ call: String) -> Bool {
    [
      "socket", "connect", "bind", "listen", "accept", "accept4", "sendto", "sendmsg", "recvfrom",
      "socketpair",
    ].contains(call)
  }
}
