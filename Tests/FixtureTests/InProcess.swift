import PDFText
import Pipeline
import SOC2Vocabulary

/// The review of a file that is opened in the test's own process: what `soclens` does over two.
func review(
  _ bytes: [UInt8], _ request: ReviewRequest, with yardstick: Yardstick
) -> [Review] {
  var hasher = FileHasher()
  bytes.withUnsafeBytes { hasher.take($0) }
  let outcome = Result { () throws(PDFTextError) in
    try readPages(of: bytes, password: nil, within: request.limits)
  }
  return review(
    outcome.mapError { .file($0) }, of: hasher.identity(), request, with: yardstick)
}
