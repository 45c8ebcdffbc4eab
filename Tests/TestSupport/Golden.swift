import Foundation

/// A text in the repository that a stage's output must equal.
///
/// With RECORD_GOLDENS=1, or where the file is missing, it is written and the test fails all the same:
/// a green run never recorded.
public enum Golden {
  public static var isRecording: Bool {
    ProcessInfo.processInfo.environment["RECORD_GOLDENS"] == "1"
  }

  /// Nil when the text is as recorded, else what to tell.
  public static func difference(_ text: String, from path: String) -> String? {
    let url = repository.appending(path: path)
    let known = (try? Data(contentsOf: url)).map { String(decoding: $0, as: UTF8.self) }
    if known == text, !isRecording { return nil }
    if known == nil || isRecording {
      try? Data(text.utf8).write(to: url)
      return "\(path): recorded; look at the diff and run again"
    }
    let old = (known ?? "").split(separator: "\n", omittingEmptySubsequences: false)
    let new = text.split(separator: "\n", omittingEmptySubsequences: false)
    let line =
      zip(old, new).enumerated().first { $0.element.0 != $0.element.1 }?.offset
      ?? min(old.count, new.count)
    let was = line < old.count ? old[line] : "(end)"
    let now = line < new.count ? new[line] : "(end)"
    return "\(path):\(line + 1): was: \(was)\n  now: \(now)"
  }
}
