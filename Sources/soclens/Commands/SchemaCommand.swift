import ArgumentParser
import Glibc
import Outputs

/// `soclens schema`: the published form of the record.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Print the JSON Schema of the review record.")

  func run() throws {
    guard writeAll(reviewSchema() + [0x0A], to: STDOUT_FILENO) else { throw Exit.unwritten }
  }
}
