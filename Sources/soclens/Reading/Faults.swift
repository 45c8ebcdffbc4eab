import Confinement
import Glibc
import PageWire

/// Where a fault happens that tests ask for.
enum FaultPlace: String, CaseIterable {
  /// In the process that reads the pages.
  case reading = "read"
  /// In those that draw pages or read them by OCR.
  case drawing = "draw"
  /// In the command, once it has the pages.
  case judging = "judge"
}

extension ReaderRequest.Fault {
  /// Does what a document could make a reader do. Tests ask for it with `review --fault`; those that the
  /// walls refuse end the process with `ReaderProcess.End.refused`.
  func happen() {
    switch self {
    case .hang: while true { sleep(3600) }
    case .spin: while getpid() > 0 {}
    case .segv: UnsafeMutableRawPointer(bitPattern: 16)?.storeBytes(of: 1, as: Int.self)
    case .abort: Glibc.abort()
    case .trap: preconditionFailure("asked for")
    case .memory:
      var held: [[UInt8]] = []
      while true { held.append([UInt8](repeating: UInt8(held.count & 0xFF), count: 16 << 20)) }
    case .spam: while writeAll(Self.noise, to: STDOUT_FILENO) {}
    case .complain: while writeAll(Self.noise, to: STDERR_FILENO) {}
    case .slow: sleep(1)
    case .fork:
      var child: pid_t = 0
      // By the fraction of a second it can be told from every other sleep on the machine.
      let hour = "3600." + (CommandLine.arguments.last ?? "")
      var arguments = [strdup("sleep"), strdup(hour), nil]
      if posix_spawn(&child, "/bin/sleep", nil, nil, &arguments, nil) != 0 { refused() }
    case .exit: _exit(0)
    case .file: if open("/etc/passwd", O_RDONLY) < 0 { refused() }
    case .network: if !tryNetwork() { refused() }
    case .garbage:
      let begin = ReaderAnswer(layers: 0, landlockVersion: 0).encoded.prefix(18)
      _exit(writeAll(begin + Self.noise, to: STDOUT_FILENO) ? 0 : ReaderProcess.End.unanswered)
    case .cut: break
    }
  }

  private func refused() { _exit(ReaderProcess.End.refused) }

  /// 64 KiB without meaning, the same each time.
  private static let noise: [UInt8] = {
    var state: UInt32 = 2_463_534_242
    return (0..<(1 << 16)).map { _ in
      state ^= state << 13
      state ^= state >> 17
      state ^= state << 5
      return UInt8(truncatingIfNeeded: state)
    }
  }()
}
