import Pipeline
import SOC2Vocabulary

/// The review of a file that is opened in the test's own process: what `soclens` does over two.
func review(
  _ bytes: [UInt8], _ request: ReviewRequest, with yardstick: Yardstick
) -> [Review] {
  let file = readFile(bytes, request, with: yardstick)
  return packet([file], on: request.reviewDate, request.context, with: yardstick).reviews
}

/// The same without judging it.
func readFile(
  _ bytes: [UInt8], _ request: ReviewRequest, with yardstick: Yardstick
) -> SubmittedFile {
  var hasher = FileHasher()
  bytes.withUnsafeBytes { hasher.take($0) }
  let identity = hasher.identity()
  do throws(FileProblem) {
    let pages = try readPages(
      ofFile: bytes, password: request.password, within: request.limits)
    return readFile(pages, of: bytes, identity, request, with: yardstick)
  } catch {
    return SubmittedFile(unreadable: .file(error), identity, request, with: yardstick)
  }
}
