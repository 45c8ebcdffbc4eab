import Glibc

/// One file for the folder of outputs.
struct OutputFile: Sendable {
  /// Without a folder.
  let name: String
  let bytes: [UInt8]
}

/// Why a folder of outputs was not written.
struct OutputProblem: Error, CustomStringConvertible {
  let path: String
  let reason: String
  var description: String { "\(path): \(reason)" }
}

/// Writes files into a folder, which is made where it is missing. Each file is there whole or not at
/// all: it is written under another name first. A file of the same name from an earlier run is
/// replaced.
///
/// - Parameter inputs: paths of the files that were read; none of them is ever replaced, by whatever
///   path or link it is reached.
func write(
  _ files: [OutputFile], to folder: String, sparing inputs: [FilePath]
) throws(OutputProblem) {
  if !isFolder(folder), mkdir(folder, 0o700) != 0 {
    throw OutputProblem(path: folder, reason: writingReason())
  }
  let spared = inputs.compactMap(\.place)
  for file in files {
    let path = folder + "/" + file.name
    guard isPlain(file.name) else {
      throw OutputProblem(path: path, reason: "is no name for a file")
    }
    if let there = FilePath(path).place, spared.contains(there) {
      throw OutputProblem(
        path: path, reason: "is a file that was reviewed; it is not replaced, choose another folder"
      )
    }
    if isFolder(path) { throw OutputProblem(path: path, reason: "is a folder") }
  }
  for file in files {
    try replace(folder + "/" + file.name, by: file.bytes, unfinished: folder + "/.soclens-")
  }
}

/// Writes a file whole or not at all: under a name that begins with `unfinished` first, synced, then renamed.
///
/// - Parameter makeFolders: called where the folder of `path` is not there.
func replace(
  _ path: String, by bytes: [UInt8], unfinished: String, makeFolders: () -> Void = {}
) throws(OutputProblem) {
  var template = Array((unfinished + "XXXXXX").utf8CString)
  let descriptor = mkstemp(&template)
  guard descriptor >= 0 else { throw OutputProblem(path: path, reason: writingReason()) }
  let isWritten = writeAll(bytes, to: descriptor) && fsync(descriptor) == 0
  var reason = errno
  let isClosed = close(descriptor) == 0
  if isWritten, isClosed {
    if rename(template, path) == 0 { return }
    if errno == ENOENT { makeFolders() }
    if rename(template, path) == 0 { return }
  }
  if isWritten { reason = errno }
  unlink(template)
  errno = reason
  throw OutputProblem(path: path, reason: writingReason())
}

func writingReason() -> String {
  switch errno {
  case ENOENT: "the folder it should lie in does not exist"
  case EACCES, EROFS: "it may not be written (permission denied)"
  case ENOSPC, EDQUOT: "the disk is full"
  case EFBIG: "files may not grow to this size here (ulimit -f)"
  case ENOTDIR: "is not a folder"
  case EEXIST: "is there and is not a folder"
  default: String(cString: strerror(errno)).lowercased()
  }
}

private func isPlain(_ name: String) -> Bool {
  !name.isEmpty && name != "." && name != ".." && !name.utf8.contains(0x2F)
    && !name.utf8.contains(0) && name.utf8.count <= 255
}
