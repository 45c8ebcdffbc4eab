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

  @Option(help: "A file whose first line is the PDF's password.")
  var passwordFile: String?

  @OptionGroup var ocr: OCROptions

  @Argument(help: "The PDF or DOCX.")
  var file: String

  func run() throws {
    let reading: DocumentReading
    do {
      let password = try passwordFile.map { try readFile($0, limit: 4096) }.map {
        String(decoding: $0.prefix { $0 != 0x0A && $0 != 0x0D }, as: UTF8.self)
      }
      let bytes = try readFile(file, limit: ReadingLimits.standard.bytes)
      reading = withOCR(
        try readPages(ofFile: bytes, password: password), of: bytes, password: password,
        ocr.request(Pulse()))
    } catch let problem as InputProblem {
      printError(problem.description)
      throw Exit.unreviewed
    } catch {
      printError("\(file): \(error)")
      throw Exit.unreviewed
    }
    var out: String
    switch stage {
    case .pages: out = reading.pages.map(dumped).joined()
    case .structure, .tables, .facts:
      let compiled = try rules.found().compiled()
      let documents = readDocuments(reading.pages, with: compiled)
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
