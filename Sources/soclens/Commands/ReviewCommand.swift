import ArgumentParser
import Confinement
import Glibc
import Outputs
import PDFText
import Pipeline
import SOC2Vocabulary

/// `soclens review`: reads files and prints what they say.
struct ReviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review",
    abstract: "Read a report and say what it says, what it leaves out, and what to ask.",
    discussion: """
      Several files are reviewed as one packet. Example: soclens review --as-of 2026-01-15 report.pdf
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case terminal, json, markdown }

  @Option(help: "The review date, YYYY-MM-DD: what \"today\" is. Left out: today's date.")
  var asOf: String?

  @Option(help: "How to print the review: terminal, json or markdown.")
  var format: Format = .terminal

  @OptionGroup var rules: RulesOption

  @OptionGroup var policy: PolicyOption

  @Option(help: "The vendor's name as you know it, to be compared with the report's.")
  var vendor: String?

  @Option(help: "A product that you use; may be given again.")
  var product: [String] = []

  @OptionGroup var reading: ReadingOptions

  @Argument(help: "The PDF to review.")
  var file: [String]

  func validate() throws {
    if file.isEmpty { throw ValidationError("Name the PDF to review.") }
  }

  func run() throws {
    let day = try reviewDay()
    let reader = try reading.reader()
    let yardstick = Yardstick(
      rules: try rules.found().compiled(), policy: try policy.found(beside: rules).policy())
    let context = ReviewContext(vendor: vendor, products: product)
    var reviews: [Review] = []
    var missing: Layers = []
    for path in file {
      let (found, layers) = try reviewFile(
        path,
        ReviewRequest(
          file: fileName(path), reviewDate: day, context: context, limits: reader.reading,
          namedLimits: reader.namedLimits), reader, yardstick)
      reviews += found
      missing.formUnion(Layers.all.subtracting(layers ?? .all))
    }
    if !missing.isEmpty {
      printError("warning: \(MissingLayers(layers: missing)); files were opened without")
    }
    try printed(reviews)
    let failed = reviews.filter { $0.document.status != .ok && $0.document.status != .partial }
    for review in failed where format != .terminal {
      printError(
        "\(review.document.file): \(review.document.reason ?? review.document.status.rawValue)")
    }
    if !failed.isEmpty { throw Exit.unreviewed }
  }

  /// At least one review, whatever the file is and whatever happens to the process that opens it; and the
  /// layers that stood around that process, where it said so.
  private func reviewFile(
    _ path: String, _ request: ReviewRequest, _ reader: ConfinedReader, _ yardstick: Yardstick
  ) throws -> ([Review], Layers?) {
    let document: DocumentFile
    do {
      document = try DocumentFile(path, limit: reader.reading.bytes)
    } catch {
      return (review(.failure(error.failure), of: error.identity, request, with: yardstick), nil)
    }
    do {
      let outcome = try reader.read(document.bytes)
      return (
        review(outcome.pages, of: document.identity, request, with: yardstick), outcome.layers
      )
    } catch {
      printError("confinement is required: \(error)")
      throw Exit.unconfined
    }
  }

  private func printed(_ reviews: [Review]) throws {
    let isPacket = reviews.count > 1
    let packet = Packet(vendor: vendor, reviews: reviews)
    let bytes: [UInt8]
    switch format {
    case .json:
      bytes = (isPacket ? json(packet) : json(reviews[0])) + [0x0A]
    case .markdown:
      bytes = Array((isPacket ? markdown(packet) : markdown(reviews[0])).utf8)
    case .terminal:
      let style = Terminal.style
      let width = Terminal.width
      bytes = Array(
        (isPacket
          ? terminalPage(packet, style: style, width: width)
          : terminalPage(reviews[0], style: style, width: width)).utf8)
    }
    guard writeAll(bytes, to: STDOUT_FILENO) else {
      printError("standard output: \(reasonOfLastError())")
      throw Exit.unwritten
    }
  }

  private func reviewDay() throws -> Day {
    guard let asOf else { return today() }
    guard let day = Day(iso: asOf) else {
      throw ValidationError("'\(asOf)' is not a date: write --as-of YYYY-MM-DD, a day that exists.")
    }
    return day
  }
}

/// Today's date in the machine's time zone: the one place where the clock is read.
private func today() -> Day {
  var now = time(nil)
  var parts = tm()
  localtime_r(&now, &parts)
  return Day(Int(parts.tm_year) + 1900, Int(parts.tm_mon) + 1, Int(parts.tm_mday))
    ?? Day(number: Int(now) / 86_400)
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
