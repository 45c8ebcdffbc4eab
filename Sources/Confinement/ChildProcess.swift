import CConfinement
import Glibc

/// Bounds on one child process.
public struct ChildLimits: Sendable, Hashable {
  /// By the clock. Of 6,006 public PDFs none that was ever read took longer than 12 s on a busy machine;
  /// those that took longer never ended.
  public var seconds = 20
  /// Address space. Reports need some 150 MB of it with all libraries; 1.2 GB was the most that any of
  /// the 6,006 asked for, and that one ended well with less.
  public var memoryBytes = 768 << 20
  /// What it may say, answer and messages together; 2,000 dense pages are half of it.
  public var outputBytes = 64_000_000
  public init() {}

  /// Processor time, for the case that nobody watches the clock; half as much again, as the clock runs
  /// on while the process waits.
  public var cpuSeconds: Int { seconds + (seconds + 1) / 2 }
}

/// How a child ended.
public enum ChildEnding: Sendable, Hashable {
  /// By itself, with its exit code.
  case exited(Int32)
  /// By a signal that we did not send.
  case signal(Int32)
  case outOfTime
  case tooMuchOutput
  /// It could not be started; the error number.
  case notStarted(Int32)
}

/// What came of a child.
public struct ChildRun: Sendable {
  public var ending: ChildEnding
  /// Its standard output.
  public var answer: [UInt8]
  /// The first 4,096 bytes of its standard error: for its end to be understood, not for people.
  public var messages: [UInt8]
}

/// The descriptors that a child finds open besides the standard ones.
public enum ChildDescriptor {
  public static let document: Int32 = 3
  public static let request: Int32 = 4
}

/// Runs this program once more as a child, waits for its end, and leaves nothing of it behind.
///
/// The child has nothing of this process's environment, no input, two files to read, and a session of its
/// own, so that signals of the terminal do not reach it and all that it may start can be ended with it.
///
/// - Parameter arguments: after the program's name; the last is the parent's process id.
public func runChild(
  _ arguments: [String], document: MemoryFile?, request: MemoryFile, limits: ChildLimits
) -> ChildRun {
  guard let channel = Channel() else { return ChildRun(errno) }
  let deadline = Deadline(seconds: limits.seconds)
  let child: pid_t
  switch spawn(arguments + [String(getpid())], document, request, channel) {
  case .success(let started): child = started
  case .failure(let error): return ChildRun(error.code)
  }
  channel.closeWritingEnds()
  var run = ChildRun(ending: .exited(0), answer: [], messages: [])
  switch channel.collect(into: &run, until: deadline, limit: limits.outputBytes) {
  case .ended:
    if let status = waited(for: child, until: deadline) {
      run.ending = ChildEnding(status: status)
      // Whatever it started is of its session.
      kill(-child, SIGKILL)
      return run
    }
    run.ending = .outOfTime
  case .outOfTime: run.ending = .outOfTime
  case .tooMuch: run.ending = .tooMuchOutput
  }
  kill(-child, SIGKILL)
  kill(child, SIGKILL)
  var status: Int32 = 0
  while waitpid(child, &status, 0) < 0, errno == EINTR {}
  return run
}

extension ChildRun {
  fileprivate init(_ error: Int32) {
    self.init(ending: .notStarted(error), answer: [], messages: [])
  }
}

extension ChildEnding {
  fileprivate init(status: Int32) {
    let signal = status & 0x7F
    self = signal == 0 ? .exited((status >> 8) & 0xFF) : .signal(signal)
  }
}

// MARK: - Time

private struct Deadline {
  private let end: Int

  init(seconds: Int) { end = Self.now + seconds * 1000 }

  /// Milliseconds until then, at least 0.
  var left: Int { max(0, end - Self.now) }

  private static var now: Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
  }
}

/// The child's status once it has ended; nil when it has not by then. A child that closed its output
/// is about to end, so this hardly ever naps.
private func waited(for child: pid_t, until deadline: Deadline) -> Int32? {
  var status: Int32 = 0
  var nap: UInt32 = 50
  while true {
    let n = waitpid(child, &status, WNOHANG)
    if n == child { return status }
    if n < 0, errno != EINTR { return status }
    if deadline.left == 0 { return nil }
    usleep(nap)
    nap = min(nap * 2, 10_000)
  }
}

// MARK: - Start

/// Nothing of the parent's. Without the first, dates of documents would be told in the machine's zone; without
/// the second, a crash would end in an attempt to run a program that explains it.
private let childEnvironment = ["TZ=UTC0", "SWIFT_BACKTRACE=enable=no"]

/// This program. By its name where it has one, as tools that count or check a program while it runs do not
/// follow the kernel's link; by the link where the program was replaced since it was started.
private func programPath() -> String {
  let link = "/proc/self/exe"
  guard let resolved = realpath(link, nil) else { return link }
  defer { free(resolved) }
  let path = String(cString: resolved)
  return access(path, X_OK) == 0 ? path : link
}

private struct StartFailure: Error { var code: Int32 }

private func spawn(
  _ arguments: [String], _ document: MemoryFile?, _ request: MemoryFile, _ channel: Channel
) -> Result<pid_t, StartFailure> {
  // Sources stand above all targets, so that no duplicate overwrites a source.
  var sources: [Int32] = []
  defer { for source in sources { close(source) } }
  for descriptor in [
    channel.answer.writing, channel.messages.writing, document?.descriptor ?? request.descriptor,
    request.descriptor,
  ] {
    let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 10)
    guard copy >= 0 else { return .failure(StartFailure(code: errno)) }
    sources.append(copy)
  }
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
  let targets = [
    STDOUT_FILENO, STDERR_FILENO, ChildDescriptor.document, ChildDescriptor.request,
  ]
  for (source, target) in zip(sources, targets) {
    posix_spawn_file_actions_adddup2(&actions, source, target)
  }
  var attributes = posix_spawnattr_t()
  posix_spawnattr_init(&attributes)
  defer { posix_spawnattr_destroy(&attributes) }
  var all = sigset_t()
  sigfillset(&all)
  posix_spawnattr_setsigdefault(&attributes, &all)
  var none = sigset_t()
  sigemptyset(&none)
  posix_spawnattr_setsigmask(&attributes, &none)
  posix_spawnattr_setflags(
    &attributes, Int16(POSIX_SPAWN_SETSIGDEF) | Int16(POSIX_SPAWN_SETSIGMASK))
  let unset = sl_set_apart(&attributes, &actions, ChildDescriptor.request + 1)
  guard unset == 0 else { return .failure(StartFailure(code: unset)) }
  var argv = (["soclens"] + arguments).map { strdup($0) } + [nil]
  var environment = childEnvironment.map { strdup($0) } + [nil]
  defer { for string in argv + environment { free(string) } }
  var child: pid_t = 0
  let failure = posix_spawn(
    &child, programPath(), &actions, &attributes, &argv, &environment)
  return failure == 0 ? .success(child) : .failure(StartFailure(code: failure))
}

// MARK: - Output

/// The two pipes of a child.
private final class Channel {
  struct Pipe {
    var reading: Int32
    var writing: Int32
  }
  enum End { case ended, outOfTime, tooMuch }

  private(set) var answer: Pipe
  private(set) var messages: Pipe

  init?() {
    guard let answer = Self.pipe() else { return nil }
    guard let messages = Self.pipe() else {
      close(answer.reading)
      close(answer.writing)
      return nil
    }
    self.answer = answer
    self.messages = messages
  }

  deinit {
    for descriptor in [answer.reading, answer.writing, messages.reading, messages.writing]
    where descriptor >= 0 {
      close(descriptor)
    }
  }

  private static func pipe() -> Pipe? {
    var ends: [Int32] = [-1, -1]
    guard sl_pipe(&ends) == 0 else { return nil }
    return Pipe(reading: ends[0], writing: ends[1])
  }

  func closeWritingEnds() {
    close(answer.writing)
    close(messages.writing)
    answer.writing = -1
    messages.writing = -1
  }

  private static let keptMessages = 4096

  /// Reads both until the child has closed them.
  func collect(into run: inout ChildRun, until deadline: Deadline, limit: Int) -> End {
    var polled = [
      pollfd(fd: answer.reading, events: Int16(POLLIN), revents: 0),
      pollfd(fd: messages.reading, events: Int16(POLLIN), revents: 0),
    ]
    var total = 0
    let size = 1 << 16
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
    defer { buffer.deallocate() }
    while polled.contains(where: { $0.fd >= 0 }) {
      let left = deadline.left
      guard left > 0 else { return .outOfTime }
      let ready = poll(&polled, nfds_t(polled.count), Int32(clamping: left))
      if ready < 0, errno != EINTR { return .outOfTime }
      for i in polled.indices where ready > 0 && polled[i].revents != 0 {
        let n = read(polled[i].fd, buffer.baseAddress, size)
        if n < 0, errno == EINTR { continue }
        // A negative descriptor is passed over by poll.
        guard n > 0 else {
          polled[i].fd = -1
          continue
        }
        total += n
        guard total <= limit else { return .tooMuch }
        let piece = buffer[..<n]
        if i == 0 {
          run.answer.append(contentsOf: piece)
        } else {
          run.messages.append(contentsOf: piece.prefix(Self.keptMessages - run.messages.count))
        }
      }
    }
    return .ended
  }
}
