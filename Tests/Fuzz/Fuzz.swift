import Glibc

/// The driver of libFuzzer, which the sanitizer links in: runs the function on one input after another.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<Int32>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32

/// Chosen once, before any input.
nonisolated(unsafe) private var parser: ([UInt8]) -> Void = { _ in }

/// Whether inputs are pages, which are changed by words and lines.
nonisolated(unsafe) private(set) var changesLines = false

/// One input. The sanitizer links in its own `main` as well, which ours replaces: it never runs, but it names
/// this function, and without it nothing links.
@_cdecl("LLVMFuzzerTestOneInput")
func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  parser(Array(UnsafeBufferPointer(start: bytes, count: count)))
  return 0
}

/// `soclens-fuzz --PARSER [libFuzzer's arguments]`: feeds one of our parsers with bytes that libFuzzer makes
/// up. libFuzzer passes over what begins with two hyphens, and gives it to the processes that it starts
/// (`-fork`, `-jobs`, `-minimize_crash`).
@main
struct Fuzz {
  static func main() throws {
    let asked = CommandLine.arguments.dropFirst().first ?? ""
    guard asked.hasPrefix("--"), let chosen = try parsers[String(asked.dropFirst(2))]?() else {
      let known = parsers.keys.sorted().map { "--\($0)" }.joined(separator: "|")
      print("soclens-fuzz \(known) [arguments of libFuzzer]")
      exit(64)
    }
    parser = chosen
    changesLines = asked == "--structure"
    var count = CommandLine.argc
    var all = CommandLine.unsafeArgv
    exit(
      withUnsafeMutablePointer(to: &all) { all in
        all.withMemoryRebound(
          to: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.self, capacity: 1
        ) {
          runDriver(&count, $0, testOneInput)
        }
      })
  }
}
