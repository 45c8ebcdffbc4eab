import CConfinement

/// Does work of ours that a document could lead into a failed check (an index out of range, a number too
/// large), without which all other documents would be lost as well.
///
/// - Returns: nil where a check failed. The thread it failed on then stands still to the end of the program, with
///   what it held: nothing of it is used again, and nothing that others wait for may be held in `work`.
public func guarded<Outcome>(_ work: @escaping () -> Outcome) -> Outcome? {
  let job = Job(work)
  let held = Unmanaged.passRetained(job)
  switch sl_guard(runJob, held.toOpaque()) {
  case 0: held.release()
  case 1: return nil
  default:
    // Where the machine has no more threads, an unguarded answer is better than none.
    held.release()
    return work()
  }
  return job.outcome as? Outcome
}

private final class Job {
  let work: () -> Any
  var outcome: Any?

  init(_ work: @escaping () -> Any) { self.work = work }
}

/// At file scope, as a closure would be bound to the main thread.
private func runJob(_ raw: UnsafeMutableRawPointer?) {
  guard let raw else { return }
  let job = Unmanaged<Job>.fromOpaque(raw).takeUnretainedValue()
  job.outcome = job.work()
}
