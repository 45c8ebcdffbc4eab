import Glibc

/// The driver of libFuzzer, which the sanitizer links in: runs the closure on one input after another.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<Int32>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32

/// Chosen once, before any input.
nonisolated(unsafe) private var parser: ([UInt8]) -> Void = { _ in }

/// `soclens-fuzz PARSER [libFuzzer's arguments]`: feeds one of our parsers with bytes that libFuzzer makes up.
@main
struct Fuzz {
  static func main() throws {
    guard CommandLine.arguments.count > 1,
      let chosen = try parsers[CommandLine.arguments[1]]?()
    else {
      print("soclens-fuzz \(parsers.keys.sorted().joined(separator: "|")) [arguments of libFuzzer]")
      exit(64)
    }
    parser = chosen
    var count = CommandLine.argc - 1
    var rest = CommandLine.unsafeArgv + 1
    exit(
      withUnsafeMutablePointer(to: &rest) { rest in
        rest.withMemoryRebound(
          to: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.self, capacity: 1
        ) {
          runDriver(&count, $0) { bytes, count in
            parser(Array(UnsafeBufferPointer(start: bytes, count: count)))
            return 0
          }
        }
      })
  }
}
