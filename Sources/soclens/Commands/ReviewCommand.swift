import ArgumentParser
import Glibc
import Outputs
import PageText
import Pipeline
import SOC2Vocabulary
import Scoring
import Spreadsheet

/// `soclens review`: reads files and prints what they say.
struct ReviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review",
    abstract: "Read a report and say what it says, what it leaves out, and what to ask.",
    discussion: """
      Several files are reviewed as one packet. Example: soclens review --as-of 2026-01-15 report.pdf
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case terminal, json, markdown, html, xlsx, csv, ics
  }

  @OptionGroup var day: ReviewDateOption

  @Option(
    help: """
      How to print the review: terminal, json, markdown, html, xlsx, csv (the findings) or ics (the dates).
      """)
  var format: Format = .terminal

  @Option(
    help: ArgumentHelp(
      """
      Folder to write files for people into instead of printing: page, spreadsheet, lists, calendar, \
      request letters, the record, and a copy of each report with its evidence marked.
      """, valueName: "folder"))
  var out: String?

  @OptionGroup var release: ReleaseOptions

  @OptionGroup var rules: RulesOption

  @OptionGroup var policy: PolicyOption

  @Option(help: "The vendor's name as you know it, to be compared with the report's.")
  var vendor: String?

  @Option(help: "A product that you use; may be given again.")
  var product: [String] = []

  @Option(
    help: "How much the vendor matters: critical, standard or low. Left out: standard.",
    transform: word)
  var tier: VendorTier?

  @Option(
    help: "A category that the report must cover, e.g. availability; may be given again.",
    transform: word)
  var require: [TrustServicesCategory] = []

  @Option(
    help: "A class of data that the vendor holds, as the policy names it; may be given again.")
  var data: [String] = []
  @Option(help: "The day of an incident that you know of, YYYY-MM-DD; may be given again.")
  var incident: [String] = []

  @OptionGroup var ocr: OCROptions

  @OptionGroup var reading: ReadingOptions

  @Argument(help: "The PDF or DOCX to review, or a folder with the documents of one vendor.")
  var file: [String]

  func validate() throws {
    if file.isEmpty { throw ValidationError("Name the file to review.") }
  }

  func run() throws {
    let day = try day.day()
    let confined = try reading.reader()
    let yardstick = Yardstick(
      rules: try rules.found().compiled(), policy: try policy.found(beside: rules).policy())
    // The process ends with the review: to take the rules apart before that would be work for nothing.
    _ = Unmanaged.passRetained(Kept(value: yardstick))
    let context = ReviewContext(
      vendor: vendor, products: product, tier: tier?.rawValue,
      requiredCategories: try requiredCategories(yardstick.policy),
      incidents: try incident.map(incidentDay))
    var submitted: [SubmittedFile] = []
    var opened: [ReviewedFile] = []
    let reader = DocumentReader(confined, yardstick, ocr: ocr, showsProgress: true)
    for path in file.flatMap(documents) {
      let request = reader.request(path.shownName, on: day, context)
      var read = ReviewedFile(path: path)
      let file: SubmittedFile
      switch reader.copy(path) {
      case .failure(let problem): file = reader.unread(problem, request)
      case .success(let document):
        file = reader.read(document, request)
        if file.failure == nil, document.isPDF { read.document = document }
      }
      submitted.append(file)
      opened.append(read)
    }
    reader.warnOfMissingLayers()
    let packet = release.released(reader.packet(&submitted, on: day, context))
    let reviewed = zip(submitted, opened).flatMap { file, read in
      Array(repeating: read, count: file.reviewCount)
    }
    let sources = ReviewedFiles(
      files: reviewed, reader: confined, isShown: release.isWhole)
    if let out { try writeOutputs(packet, sources, to: out) } else { try printed(packet, sources) }
    let failed = packet.reviews.filter { !$0.document.status.isRead }
    for review in failed where format != .terminal || out != nil {
      printError(
        "\(review.document.file): \(review.document.reason ?? review.document.status.rawValue)")
    }
    if !failed.isEmpty { throw Exit.unreviewed }
  }

  /// The file itself, or what stands in a folder, by name: everything but hidden files, as a file that is no
  /// document is told too.
  private func documents(_ argument: String) -> [FilePath] {
    let path = FilePath(argument: argument)
    guard path.isFolder else { return [path] }
    let names = (path.entries ?? []).filter { $0.first != 0x2E }
    let (folders, files) = names.map(path.appending).reduce(into: ([FilePath](), [FilePath]())) {
      if $1.isFolder { $0.0.append($1) } else { $0.1.append($1) }
    }
    for folder in folders {
      printError("\(inert(folder.shown)): is a folder in the folder and was not looked into")
    }
    // A folder without files is no document, and has a record that says so.
    return files.isEmpty ? [path] : files
  }

  /// Those that are named, and those that the classes of data ask for, in the order of the standard.
  private func requiredCategories(_ policy: Policy) throws -> [TrustServicesCategory] {
    var required = Set(require)
    for name in data {
      guard let requirement = policy.requirements.first(where: { $0.data == name }) else {
        let known = policy.requirements.map(\.data).joined(separator: ", ")
        throw ValidationError(
          "The policy knows no data class '\(name)'; it has \(known.isEmpty ? "none" : known).")
      }
      required.formUnion(requirement.categories)
    }
    return TrustServicesCategory.allCases.filter(required.contains)
  }

  private func printed(_ packet: Packet, _ sources: ReviewedFiles) throws {
    let isPacket = packet.reviews.count > 1
    let bytes: [UInt8]
    switch format {
    case .json:
      bytes = record(packet)
    case .markdown:
      bytes = Array((isPacket ? markdown(packet) : markdown(packet.reviews[0])).utf8)
    case .html:
      bytes = html(packet, pictures: sources.pictures(for: packet))
    case .terminal:
      let style = Terminal.style
      let width = Terminal.width
      bytes = Array(
        (isPacket
          ? terminalPage(packet, style: style, width: width)
          : terminalPage(packet.reviews[0], style: style, width: width)).utf8)
    case .xlsx:
      guard isatty(STDOUT_FILENO) == 0 else {
        printError(
          "a spreadsheet is no text for a terminal; send it to a file (> review.xlsx) or use --out")
        throw Exit.usage
      }
      guard let book = reviewDate(packet).flatMap({ xlsx(tables(packet), day: $0) }) else {
        throw unmadeSpreadsheet()
      }
      bytes = book
    case .csv:
      bytes = csv(findingsTable(packet))
    case .ics:
      guard let dates = calendar(packet) else {
        printError("no dates: nothing was decided on these documents, so there is no calendar")
        return
      }
      bytes = dates
    }
    guard writeAll(bytes, to: STDOUT_FILENO) else {
      printError("standard output: \(reasonOfLastError())")
      throw Exit.unwritten
    }
  }

  private func incidentDay(_ text: String) throws -> Day {
    guard let day = Day(iso: text) else {
      throw ValidationError(
        "'\(text)' is not a date: write --incident YYYY-MM-DD, a day that exists.")
    }
    return day
  }
}

/// Holds a value that is never let go.
private final class Kept<Value> {
  let value: Value

  init(value: Value) { self.value = value }
}

/// One of a closed list of words.
@Sendable
private func word<Word: RawRepresentable<String> & CaseIterable>(_ text: String) throws -> Word {
  guard let word = Word(rawValue: text) else {
    let all = Word.allCases.map(\.rawValue).joined(separator: ", ")
    throw ValidationError("'\(text)' is not one of \(all).")
  }
  return word
}

/// What the terminal can show.
enum Terminal {
  /// Colour only on a terminal, and never where NO_COLOR is set or the terminal is dumb.
  static var style: TerminalStyle {
    guard isatty(STDOUT_FILENO) == 1, getenv("NO_COLOR").map({ $0.pointee == 0 }) ?? true,
      getenv("TERM").map({ String(cString: $0) != "dumb" }) ?? false
    else { return .plain }
    return .coloured
  }

  /// The terminal's width, at most 100 columns so that lines stay readable; 80 when it is none.
  static var width: Int {
    var size = winsize()
    guard isatty(STDOUT_FILENO) == 1, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0,
      size.ws_col >= 40
    else { return 80 }
    return min(100, Int(size.ws_col))
  }
}
