import Glibc

/// Why a path gives no bytes.
struct InputProblem: Error, CustomStringConvertible {
  let path: String
  let reason: String
  var description: String { "\(path): \(reason)" }
}

/// A regular file, open to be read; folders, pipes and devices are refused by name.
final class OpenFile {
  let descriptor: Int32
  /// As it was when it was opened.
  let size: Int

  init(_ file: FilePath) throws(InputProblem) {
    let path = file.shown
    descriptor = file.withCString { open($0, O_RDONLY | O_NONBLOCK | O_CLOEXEC) }
    guard descriptor >= 0 else { throw InputProblem(path: path, reason: reasonOfLastError()) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw InputProblem(path: path, reason: reasonOfLastError())
    }
    size = Int(status.st_size)
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw InputProblem(path: path, reason: "it is a folder, not a file")
    default: throw InputProblem(path: path, reason: "it is not a regular file")
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }
}

/// Reads a regular file of ours whole: rules, a policy, a password.
///
/// - Parameter limit: bytes after which reading stops; the caller sees a file of more than `limit` bytes.
func readFile(_ path: String, limit: Int) throws(InputProblem) -> [UInt8] {
  try readFile(FilePath(argument: path), limit: limit)
}

func readFile(_ path: FilePath, limit: Int) throws(InputProblem) -> [UInt8] {
  let file = try OpenFile(path)
  let wanted = min(file.size, limit) + 1
  var failure: Int32 = 0
  let bytes = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
    while count < wanted {
      let n = read(file.descriptor, buffer.baseAddress.map { $0 + count }, wanted - count)
      if n == 0 { break }
      if n < 0 {
        if errno == EINTR { continue }
        failure = errno
        break
      }
      count += n
    }
  }
  guard failure == 0 else {
    errno = failure
    throw InputProblem(path: path.shown, reason: reasonOfLastError())
  }
  // Part of a file under the digest of nothing that ever was.
  guard bytes.count == wanted - 1 || file.size > limit else {
    throw InputProblem(path: path.shown, reason: "it changed while it was read")
  }
  return bytes
}

func reasonOfLastError() -> String {
  switch errno {
  case ENOENT: "there is no such file"
  case EACCES: "it may not be read (permission denied)"
  // What open says of a socket.
  case ENXIO: "it is not a regular file"
  case ELOOP: "it is a link that leads back to itself"
  default: String(cString: strerror(errno)).lowercased()
  }
}

/// Names of what lies in a folder, sorted by bytes; nil when it cannot be listed.
func entries(of folder: String) -> [String]? {
  FilePath(folder).entries?.map { String(decoding: $0, as: UTF8.self) }
}

func isFolder(_ path: String) -> Bool { FilePath(argument: path).isFolder }

func isExistingFile(_ path: String) -> Bool {
  var status = stat()
  return stat(path, &status) == 0
}

/// Writes bytes whole to a descriptor.
func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
  var sent = 0
  while sent < bytes.count {
    let n = bytes.withUnsafeBytes { buffer in
      write(descriptor, buffer.baseAddress.map { $0 + sent }, bytes.count - sent)
    }
    if n < 0 {
      if errno == EINTR { continue }
      return false
    }
    sent += n
  }
  return true
}

func printError(_ message: String) {
  _ = writeAll(Array((message + "\n").utf8), to: STDERR_FILENO)
}
