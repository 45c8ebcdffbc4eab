import Foundation
import TestSupport

/// The command, running: for tests of how it ends and what it leaves.
final class Started {
  private let process = Process()
  private let output = Pipe()
  private(set) var out = ""

  init(_ arguments: [String]) throws {
    process.executableURL = CommandTests.program
    process.arguments = arguments
    process.currentDirectoryURL = repository
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
  }

  var pid: Int32 { process.processIdentifier }
  /// The exit code, or the signal.
  var code: Int32 { process.terminationStatus }
  var wasSignalled: Bool { process.terminationReason == .uncaughtSignal }

  func wait() {
    out = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
  }

  /// Whether it becomes so within half a minute.
  func waits(_ condition: () -> Bool) -> Bool {
    for _ in 0..<3000 {
      if condition() { return true }
      usleep(10_000)
    }
    return false
  }

  /// Command lines of what it started and that still runs: readers name their parent, and so does the
  /// sleep that one of the faults would leave.
  func leftovers() -> [String] {
    let numbers = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return numbers.filter { Int32($0) != nil }.compactMap { number in
      let line = FileManager.default.contents(atPath: "/proc/\(number)/cmdline") ?? Data()
      let words = line.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
      let isReader = words.contains("confined-reader") && words.last == String(pid)
      return isReader || words.last == "3600.\(pid)" ? words.joined(separator: " ") : nil
    }
  }
}
