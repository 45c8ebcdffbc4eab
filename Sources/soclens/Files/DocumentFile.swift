import Confinement
import Glibc
import PDFText
import Pipeline
import SOC2Vocabulary

/// A document on its way to the process that opens it: a copy of its bytes that cannot change, and its
/// name by them. This process reads no text from it.
struct DocumentFile: Sendable {
  let identity: FileIdentity
  let bytes: MemoryFile

  /// The same bytes for this process, which compares digests with them and draws from them; none where
  /// there is no memory for them.
  var content: [UInt8] { contents(of: bytes.descriptor, limit: identity.bytes) ?? [] }

  /// Whether it begins as no archive does: other forms that cannot be drawn have no pages either.
  var isPDF: Bool {
    var first: [UInt8] = [0, 0]
    return pread(bytes.descriptor, &first, 2, 0) == 2 && first != [0x50, 0x4B]
  }

  /// - Throws: why there is none, as the record says it.
  init(_ path: FilePath, limit: Int) throws(DocumentProblem) {
    let file: OpenFile
    do {
      file = try OpenFile(path)
    } catch {
      throw DocumentProblem(
        identity: .unread(bytes: 0),
        failure: .noAnswer(
          .damaged, "The file could not be read: \(error.reason). Check its name and rights."))
    }
    guard file.size <= limit else { throw DocumentProblem(tooLarge: file.size) }
    guard let copy = MemoryFile() else { throw DocumentProblem(noCopy: file.size) }
    var hasher = FileHasher()
    let size = 1 << 20
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let n = read(file.descriptor, buffer.baseAddress, size)
      if n < 0, errno == EINTR { continue }
      guard n >= 0 else {
        throw DocumentProblem(
          identity: .unread(bytes: file.size),
          failure: .noAnswer(
            .damaged,
            "The file could not be read: \(reasonOfLastError()). Check its name and rights."))
      }
      if n == 0 { break }
      let piece = UnsafeRawBufferPointer(rebasing: buffer[..<n])
      hasher.take(piece)
      // It may have grown since it was opened.
      guard hasher.bytes <= limit else { throw DocumentProblem(tooLarge: hasher.bytes) }
      guard copy.append(piece) else { throw DocumentProblem(noCopy: file.size) }
    }
    // Part of a file under the digest of nothing that ever was.
    guard hasher.bytes == file.size else {
      throw DocumentProblem(
        identity: .unread(bytes: file.size),
        failure: .noAnswer(
          .damaged,
          "The file could not be read: it changed while it was read. Wait until it is whole, and try it again."
        ))
    }
    guard copy.seal() else { throw DocumentProblem(noCopy: file.size) }
    bytes = copy
    identity = hasher.identity()
  }
}

/// Why a document does not get to the process that opens it.
struct DocumentProblem: Error {
  var identity: FileIdentity
  var failure: ReadingFailure
}

extension DocumentProblem {
  init(tooLarge size: Int) {
    self.init(identity: .unread(bytes: size), failure: .file(.pdf(.tooLarge(size))))
  }

  init(noCopy size: Int) {
    self.init(
      identity: .unread(bytes: size),
      failure: .noAnswer(
        .memory,
        errno == EFBIG
          ? "The file is larger than files may be here (ulimit -f). Raise that limit."
          : "There was no memory to hold the file (\(reasonOfLastError())). Try it again."))
  }
}
