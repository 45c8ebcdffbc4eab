import ArgumentParser
import Glibc
import Outputs
import PageText
import Pipeline
import ReportStructure
import SOC2Vocabulary

/// `soclens dump`: what a stage made of a file, as text; also the form of the golden files.
struct DumpCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dump", abstract: "Show what one stage of reading made of a file.",
    discussion:
      "Stages: pages (words with boxes), structure (zones and blocks), tables (cell by cell), facts (with places)."
  )

  enum Stage: String, ExpressibleByArgument, CaseIterable {
    case pages, structure, tables, facts
  }

  @Argument(help: "pages, structure, tables or facts.")
  var stage: Stage

  @OptionGroup var rules: RulesOption

  @OptionGroup var reading: ReadingOptions

  @OptionGroup var ocr: OCROptions

  @Argument(help: "The PDF or DOCX.")
  var file: String

  func run() throws {
    let reader = try reading.reader()
    let pages = try reader.pagesOrExit(file, ocr)
    var out: String
    switch stage {
    case .pages: out = pages.map(dumped).joined()
    case .structure, .tables, .facts:
      let compiled = try rules.found().compiled()
      let documents = readDocuments(pages, with: compiled)
      out = documents.map { document in
        switch stage {
        case .facts: dumped(document.facts)
        case .tables: dumpedTables(document.report)
        case .pages, .structure: dumped(document.report)
        }
      }.joined(separator: "\n")
    }
    guard writeAll(Array(out.utf8), to: STDOUT_FILENO) else { throw Exit.unwritten }
  }
}
