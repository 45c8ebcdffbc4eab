import Glibc
import Synchronization

/// Starts work on a thread of its own, which nobody waits for.
///
/// - Returns: whether the system gave a thread.
func startThread(_ work: @escaping @Sendable () -> Void) -> Bool {
  var attributes = pthread_attr_t()
  pthread_attr_init(&attributes)
  pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
  // Room for what recurses over nested documents.
  pthread_attr_setstacksize(&attributes, 64 << 20)
  defer { pthread_attr_destroy(&attributes) }
  var thread = pthread_t()
  let raw = Unmanaged.passRetained(Job(work)).toOpaque()
  guard pthread_create(&thread, &attributes, runJob, raw) == 0 else {
    Unmanaged<Job>.fromOpaque(raw).release()
    return false
  }
  return true
}

/// Does work on each item, as many side by side as there are processors in this whole program: work of
/// several callers waits for its turn together.
///
/// - Returns: what came of each, in the order of the items.
func sideBySide<Item: Sendable, Outcome: Sendable>(
  _ items: [Item], _ work: @escaping @Sendable (Item) -> Outcome
) -> [Outcome] {
  let round = Round(items, work)
  let wanted = min(processorCount, items.count)
  let started = (0..<wanted).count { _ in startThread { round.run() } }
  if started == 0 { round.run() }
  for _ in 0..<max(1, started) { round.ended.wait() }
  return round.outcomes
}

private let processorCount = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))

/// Turns for as many threads as there are processors.
private let turns = Semaphore(processorCount)

private final class Round<Item: Sendable, Outcome: Sendable>: Sendable {
  private struct State {
    var next = 0
    var outcomes: [Int: Outcome] = [:]
  }

  private let items: [Item]
  private let work: @Sendable (Item) -> Outcome
  private let state = Mutex(State())
  let ended = Semaphore(0)

  init(_ items: [Item], _ work: @escaping @Sendable (Item) -> Outcome) {
    self.items = items
    self.work = work
  }

  func run() {
    while let index = takeNext() {
      turns.wait()
      let outcome = work(items[index])
      turns.post()
      state.withLock { $0.outcomes[index] = outcome }
    }
    ended.post()
  }

  private func takeNext() -> Int? {
    state.withLock { state in
      guard state.next < items.count else { return nil }
      state.next += 1
      return state.next - 1
    }
  }

  var outcomes: [Outcome] {
    state.withLock { state in items.indices.compactMap { state.outcomes[$0] } }
  }
}

private final class Semaphore: @unchecked Sendable {
  private let raw: UnsafeMutablePointer<sem_t> = .allocate(capacity: 1)

  init(_ count: Int) { sem_init(raw, 0, UInt32(count)) }

  deinit {
    sem_destroy(raw)
    raw.deallocate()
  }

  func wait() { while sem_wait(raw) != 0, errno == EINTR {} }
  func post() { sem_post(raw) }
}

private final class Job {
  let work: @Sendable () -> Void
  init(_ work: @escaping @Sendable () -> Void) { self.work = work }
}

/// At file scope, as a closure would be bound to the main thread.
private func runJob(_ raw: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  if let raw { Unmanaged<Job>.fromOpaque(raw).takeRetainedValue().work() }
  return nil
}
