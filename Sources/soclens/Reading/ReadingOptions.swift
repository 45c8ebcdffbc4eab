import ArgumentParser
import Confinement
import PageText
import PageWire
import Pipeline
import SOC2Vocabulary

/// The options of every command that opens a document.
struct ReadingOptions: ParsableArguments {
  @Option(help: "A file whose first line is the PDF's password.")
  var passwordFile: String?

  @Option(
    help: "Seconds after which reading one file is given up; each page read by OCR has them anew.")
  var timeout: Int = ChildLimits().seconds

  @Option(help: "Mebibytes of memory (address space) that reading one file may take.")
  var memory: Int = ChildLimits().memoryBytes >> 20

  @Option(help: "Megabytes that the text of one file may take.")
  var outputLimit: Int = ChildLimits().outputBytes / 1_000_000

  @Flag(
    help: """
      Refuse to open a file unless all layers of confinement stand (exit code 5).
      """)
  var requireConfinement = false

  @Option(help: .hidden)
  var fault: String?

  func validate() throws {
    if !(1...86_400).contains(timeout) {
      throw ValidationError("--timeout is a number of seconds, from 1 to 86400.")
    }
    // Below, the program's own libraries do not fit.
    if !(256...1_000_000).contains(memory) {
      throw ValidationError("--memory is a number of mebibytes, from 256 to 1000000.")
    }
    if !(1...10_000).contains(outputLimit) {
      throw ValidationError("--output-limit is a number of megabytes, from 1 to 10000.")
    }
    if let fault, Self.fault(named: fault).fault == nil {
      throw ValidationError("'\(fault)' is no fault that can be asked for.")
    }
  }

  /// The reader that they describe. A password file that cannot be read is wrong usage; a layer that is required
  /// and missing ends the command before any document is opened.
  func reader() throws -> ConfinedReader {
    var reader = ConfinedReader()
    reader.limits.seconds = timeout
    reader.limits.memoryBytes = memory << 20
    reader.limits.outputBytes = outputLimit * 1_000_000
    reader.password = try passwordFile.map(readPassword)
    reader.required = requireConfinement ? .all : []
    if let fault { (reader.fault, reader.faultPlace) = Self.fault(named: fault) }
    if !reader.required.isEmpty {
      let missing = reader.required.subtracting(reader.tryWalls().layers)
      guard missing.isEmpty else {
        printError("confinement is required: \(missingLayers(missing))")
        throw Exit.unconfined
      }
    }
    return reader
  }

  /// `segv`; `draw:segv` for one that happens when pages are drawn, `judge:trap` for one of our own.
  private static func fault(named name: String) -> (fault: ReaderRequest.Fault?, FaultPlace) {
    let place = FaultPlace.allCases.first { name.hasPrefix("\($0.rawValue):") } ?? .reading
    let word = name.split(separator: ":").last
    return (ReaderRequest.Fault.allCases.first { word == "\($0)"[...] }, place)
  }

  private func readPassword(_ path: String) throws -> String {
    let bytes: [UInt8]
    do {
      bytes = try readFile(path, limit: 4096)
    } catch {
      printError(error.description)
      throw Exit.usage
    }
    let line = bytes.prefix { $0 != 0x0A && $0 != 0x0D }
    guard let password = String(validating: line, as: UTF8.self), !password.isEmpty else {
      printError("\(path): has no password in its first line")
      throw Exit.usage
    }
    return password
  }
}

extension ConfinedReader {
  /// As records name them.
  var namedLimits: DocumentLimits {
    DocumentLimits(
      bytes: reading.bytes, pages: reading.pages, seconds: limits.seconds,
      memoryBytes: limits.memoryBytes, outputBytes: limits.outputBytes)
  }

  /// The pages of a file with those that OCR reads, if it is asked for, for commands that are not about
  /// records: says what is wrong and ends the command.
  func pagesOrExit(_ path: String, _ ocr: OCROptions?) throws -> [Page] {
    let file: FileIdentity
    let failure: ReadingFailure
    do throws(DocumentProblem) {
      let document = try DocumentFile(FilePath(argument: path), limit: reading.bytes)
      switch read(document.bytes).pages {
      case .success(let pages):
        return withOCR(
          pages, ocr?.request ?? .off, of: document, by: self, showsProgress: true
        ).pages
      case .failure(let reason): (file, failure) = (document.identity, reason)
      }
    } catch {
      (file, failure) = (error.identity, error.failure)
    }
    printError("\(path): \(failure.reason(of: file, within: reading))")
    throw Exit.unreviewed
  }
}
