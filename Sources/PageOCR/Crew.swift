import Glibc
public import PageText

/// Reads pages side by side. Pages are drawn on the caller's thread one after the other, as the PDF library
/// is not made for more, and read on `threads` others.
///
/// - Parameters:
///   - numbers: physical pages, from 1.
///   - draw: gives a page in grey and its pixels per inch; nil where it cannot be drawn.
///   - finished: told after each page, on the thread that read it.
/// - Returns: the pages that could be read, in the order of `numbers`, whatever the number of threads.
public func recognisedPages(
  _ numbers: [Int], by recogniser: PageRecogniser, threads: Int,
  draw: (Int) -> (picture: Bitmap, dpi: Double)?, finished: @escaping @Sendable () -> Void
) -> [RecognisedPage] {
  let crew = Crew(recogniser, most: max(1, threads), finished)
  for number in numbers {
    guard let (picture, dpi) = draw(number) else {
      finished()
      continue
    }
    crew.hand(Task(number: number, picture: picture, dpi: dpi))
  }
  let read = crew.close()
  return numbers.compactMap { read[$0] }
}

private struct Task: Sendable {
  let number: Int
  let picture: Bitmap
  let dpi: Double
}

/// Workers and the pictures that wait for them: never more than one for each, so that memory stays bounded.
/// All state is guarded by the mutex.
private final class Crew: @unchecked Sendable {
  private let recogniser: PageRecogniser
  private let most: Int
  private let finished: @Sendable () -> Void
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let changed: UnsafeMutablePointer<pthread_cond_t>
  private var waiting: [Task] = []
  private var isClosed = false
  private var read: [Int: RecognisedPage] = [:]
  private var threads: [pthread_t] = []

  init(_ recogniser: PageRecogniser, most: Int, _ finished: @escaping @Sendable () -> Void) {
    self.recogniser = recogniser
    self.most = most
    self.finished = finished
    mutex = .allocate(capacity: 1)
    changed = .allocate(capacity: 1)
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(changed, nil)
  }

  deinit {
    pthread_mutex_destroy(mutex)
    pthread_cond_destroy(changed)
    mutex.deallocate()
    changed.deallocate()
  }

  /// Hands out a picture; waits while each worker has one in store.
  func hand(_ task: Task) {
    if threads.count < most, !start(), threads.isEmpty {
      done(task, recogniser.read(task.picture, page: task.number, dpi: task.dpi))
      return
    }
    pthread_mutex_lock(mutex)
    while waiting.count >= threads.count { pthread_cond_wait(changed, mutex) }
    waiting.append(task)
    pthread_cond_broadcast(changed)
    pthread_mutex_unlock(mutex)
  }

  /// Waits until all is read.
  func close() -> [Int: RecognisedPage] {
    pthread_mutex_lock(mutex)
    isClosed = true
    pthread_cond_broadcast(changed)
    pthread_mutex_unlock(mutex)
    for thread in threads { pthread_join(thread, nil) }
    return read
  }

  private func start() -> Bool {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setstacksize(&attributes, 16 << 20)
    defer { pthread_attr_destroy(&attributes) }
    var thread = pthread_t()
    let raw = Unmanaged.passRetained(self).toOpaque()
    guard pthread_create(&thread, &attributes, runWorker, raw) == 0 else {
      Unmanaged<Crew>.fromOpaque(raw).release()
      return false
    }
    threads.append(thread)
    return true
  }

  func work() {
    while let task = next() {
      done(task, recogniser.read(task.picture, page: task.number, dpi: task.dpi))
    }
  }

  private func next() -> Task? {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while waiting.isEmpty, !isClosed { pthread_cond_wait(changed, mutex) }
    guard !waiting.isEmpty else { return nil }
    let task = waiting.removeFirst()
    pthread_cond_broadcast(changed)
    return task
  }

  private func done(_ task: Task, _ page: RecognisedPage?) {
    pthread_mutex_lock(mutex)
    read[task.number] = page
    pthread_mutex_unlock(mutex)
    finished()
  }
}

/// At file scope, as a closure would be bound to the main thread.
private func runWorker(_ raw: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  if let raw { Unmanaged<Crew>.fromOpaque(raw).takeRetainedValue().work() }
  return nil
}
