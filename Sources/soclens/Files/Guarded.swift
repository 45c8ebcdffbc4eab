import Glibc
import Synchronization

/// Runs work on a thread of its own and gives up on it after a time.
///
/// For drawing, which this process does itself. A few files make the PDF library run for ever, which nothing
/// inside the process can end; the caller then reports and goes on without. The thread has a large stack, as nested PDF objects recurse deeply.
///
/// - Parameter pulse: each beat gives the work its seconds anew.
/// - Returns: nil when the time ran out; the thread is then still running and the process must end.
func guarded<Result: Sendable>(
  seconds: Int, _ pulse: Pulse = Pulse(), _ work: @escaping @Sendable () -> Result
) -> Result? {
  let job = Job(work)
  return started(job) ? job.wait(seconds: seconds, pulse) : work()
}

/// Tells from any thread that work goes on.
final class Pulse: Sendable {
  private let beats = Atomic<Int>(0)

  func beat() { beats.wrappingAdd(1, ordering: .relaxed) }
  var count: Int { beats.load(ordering: .relaxed) }
}

/// Starts work on a thread of its own, which nobody waits for.
///
/// - Returns: whether the system gave a thread.
func startThread(_ work: @escaping @Sendable () -> Void) -> Bool { started(Job(work)) }

private func started(_ job: AnyJob) -> Bool {
  var attributes = pthread_attr_t()
  pthread_attr_init(&attributes)
  pthread_attr_setstacksize(&attributes, 64 << 20)
  pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
  var thread = pthread_t()
  let raw = Unmanaged.passRetained(job).toOpaque()
  let result = pthread_create(&thread, &attributes, runJob, raw)
  pthread_attr_destroy(&attributes)
  if result != 0 { Unmanaged<AnyJob>.fromOpaque(raw).release() }
  return result == 0
}

/// At file scope, as a closure would be bound to the main thread.
private func runJob(_ raw: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  if let raw { Unmanaged<AnyJob>.fromOpaque(raw).takeRetainedValue().run() }
  return nil
}

private class AnyJob: @unchecked Sendable {
  func run() {}
}

/// The result is guarded by a semaphore: written before it is posted, read after it was waited for.
private final class Job<Result: Sendable>: AnyJob, @unchecked Sendable {
  private let work: @Sendable () -> Result
  private var result: Result?
  private let done: UnsafeMutablePointer<sem_t>

  init(_ work: @escaping @Sendable () -> Result) {
    self.work = work
    done = .allocate(capacity: 1)
    sem_init(done, 0, 0)
  }

  deinit {
    sem_destroy(done)
    done.deallocate()
  }

  override func run() {
    result = work()
    sem_post(done)
  }

  func wait(seconds: Int, _ pulse: Pulse) -> Result? {
    var until = timespec()
    clock_gettime(CLOCK_REALTIME, &until)
    until.tv_sec += seconds
    var beats = pulse.count
    while sem_timedwait(done, &until) != 0 {
      if errno == EINTR { continue }
      guard errno == ETIMEDOUT, pulse.count != beats else { return nil }
      beats = pulse.count
      clock_gettime(CLOCK_REALTIME, &until)
      until.tv_sec += seconds
    }
    return result
  }
}
