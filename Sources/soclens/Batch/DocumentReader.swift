import Glibc
import PageText
import Pipeline
import SOC2Vocabulary

/// Reads documents, whatever they are: the one place through which batch and stream open files.
struct DocumentReader: Sendable {
  let yardstick: Yardstick
  /// After so long one file is given up.
  let seconds: Int

  /// The file's bytes with their digest, or why there are none.
  func bytes(
    of path: FilePath, _ limits: ReadingLimits
  ) -> Result<(bytes: [UInt8], identity: FileIdentity), InputProblem> {
    Result { () throws(InputProblem) in try readFile(path, limit: limits.bytes) }
      .map { ($0, FileIdentity(of: $0)) }
  }

  /// Something for every file.
  func read(
    _ bytes: [UInt8], _ identity: FileIdentity, _ request: ReviewRequest, seconds: Int? = nil
  ) -> SubmittedFile {
    let yardstick = yardstick
    let seconds = seconds ?? self.seconds
    if let done = guarded(seconds: seconds, Pulse(), { readFile(bytes, request, with: yardstick) })
    {
      return done.settled()
    }
    return SubmittedFile(
      unreadable: .timeout,
      "Reading the file did not end within \(seconds) seconds. Ask for the file again, or raise --timeout.",
      of: identity, request, with: yardstick)
  }

  func unread(_ problem: InputProblem, _ request: ReviewRequest) -> SubmittedFile {
    SubmittedFile(
      unreadable: .damaged,
      "The file could not be read: \(problem.reason). Check its name and rights.", of: .unread,
      request, with: yardstick)
  }

  /// What reading may take, as a record's line names it.
  func limits(_ limits: ReadingLimits, seconds: Int? = nil) -> [String: Int] {
    ["bytes": limits.bytes, "pages": limits.pages, "seconds": seconds ?? self.seconds]
  }
}
