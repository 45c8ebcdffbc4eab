import CConfinement
import Glibc

/// A file in memory that nobody else can name, and that cannot change once it is sealed: what a child is
/// given, so that parent and child see the same bytes whatever happens to the file on disk.
public final class MemoryFile: Sendable {
  public let descriptor: Int32

  /// Nil when the machine gives none.
  public init?(_ name: String = "document") {
    let made = sl_memory_file(name)
    guard made >= 0 else { return nil }
    descriptor = made
  }

  deinit { close(descriptor) }

  /// Whether all of it was written.
  public func append(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let n = write(descriptor, bytes.baseAddress.map { $0 + sent }, bytes.count - sent)
      if n < 0 {
        if errno == EINTR { continue }
        return false
      }
      sent += n
    }
    return true
  }

  /// Whether it cannot change any more.
  public func seal() -> Bool { sl_seal(descriptor) == 0 }
}

/// What a descriptor holds from its start; nil when it cannot be read or holds more than `limit` bytes.
public func contents(of descriptor: Int32, limit: Int) -> [UInt8]? {
  var status = stat()
  guard fstat(descriptor, &status) == 0, status.st_size <= limit else { return nil }
  let wanted = Int(status.st_size)
  var isWhole = true
  let bytes = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
    while count < wanted {
      let n = pread(
        descriptor, buffer.baseAddress.map { $0 + count }, wanted - count, off_t(count))
      if n < 0, errno == EINTR { continue }
      guard n > 0 else {
        isWhole = false
        break
      }
      count += n
    }
  }
  return isWhole ? bytes : nil
}
