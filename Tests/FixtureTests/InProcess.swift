import PageText
import Pipeline
import SOC2Vocabulary

/// The review of a file that is opened in the test's own process: what `soclens` does over two.
///
/// - Parameter ocr: reads pages, as `withOCR` asks it to; none are read without.
func review(
  _ bytes: [UInt8], _ request: ReviewRequest, with yardstick: Yardstick,
  ocr: ([Int]) -> [RecognisedPage]? = { _ in nil }
) -> [Review] {
  let file = readFile(bytes, request, with: yardstick, ocr: ocr)
  return packet([file], on: request.reviewDate, request.context, with: yardstick).reviews
}

/// The same without judging it.
func readFile(
  _ bytes: [UInt8], _ request: ReviewRequest, with yardstick: Yardstick,
  ocr: ([Int]) -> [RecognisedPage]? = { _ in nil }
) -> SubmittedFile {
  var hasher = FileHasher()
  bytes.withUnsafeBytes { hasher.take($0) }
  let identity = hasher.identity()
  do throws(FileProblem) {
    let pages = try readPages(
      ofFile: bytes, password: request.password, within: request.limits)
    let reading = withOCR(pages, request.ocr, by: ocr)
    return readFile(reading, of: bytes, identity, request, with: yardstick)
  } catch {
    return SubmittedFile(unreadable: .file(error), identity, request, with: yardstick)
  }
}
