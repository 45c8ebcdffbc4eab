public import PageText

/// What the parent asks of the process that opens one document.
public struct ReaderRequest: Sendable, Hashable {
  public enum Task: Sendable, Hashable {
    /// The pages of the document.
    case readPages
    /// No document: try whether the walls hold.
    case tryWalls
    /// One page of a PDF by OCR; the language data lie at a path, which is opened before the walls stand.
    case recognise(page: Int, data: String)
    /// Pictures of parts of pages.
    case draw([PageStrip])
    /// A copy of the PDF with marks.
    case mark([PageMark])
  }

  /// What the process does instead of reading, for tests of what happens then.
  public enum Fault: UInt8, Sendable, CaseIterable {
    case hang = 1
    case spin, segv, abort, trap, memory, spam, complain, slow, fork, exit, file, network, garbage,
      cut
  }

  public var task: Task
  public var limits: ReadingLimits
  public var password: String?
  /// For the walls, see `ChildLimits`.
  public var memoryBytes: Int
  public var seconds: Int
  /// Layers without which nothing is opened, as `Layers.rawValue`.
  public var requiredLayers: UInt8
  public var fault: Fault?

  public init(
    task: Task, limits: ReadingLimits = .standard, password: String? = nil, memoryBytes: Int,
    seconds: Int, requiredLayers: UInt8 = 0, fault: Fault? = nil
  ) {
    self.task = task
    self.limits = limits
    self.password = password
    self.memoryBytes = memoryBytes
    self.seconds = seconds
    self.requiredLayers = requiredLayers
    self.fault = fault
  }

  private static let begin: StaticString = "soclens request 1\n"

  public var encoded: [UInt8] {
    var out = WireWriter()
    out.mark(Self.begin)
    out.task(task)
    out.byte(requiredLayers)
    out.byte(fault?.rawValue ?? 0)
    out.count(memoryBytes)
    out.count(seconds)
    out.count(limits.pages)
    out.count(limits.bytes)
    out.count(limits.glyphsPerPage)
    out.count(limits.unpackedBytes)
    out.count(limits.unpackedPartBytes)
    out.count(limits.parts)
    out.count(limits.unpackedRatio)
    out.optionalText(password)
    return out.bytes
  }

  public init(decoding bytes: [UInt8]) throws(Malformed) {
    self = try decoded(bytes) { reader throws(Malformed) in
      try reader.mark(Self.begin)
      let task = try reader.task()
      let layers = try reader.byte()
      let fault = try reader.byte()
      guard fault == 0 || Fault(rawValue: fault) != nil else { throw Malformed() }
      let memory = try reader.count()
      let seconds = try reader.count()
      var limits = ReadingLimits.standard
      limits.pages = try reader.count()
      limits.bytes = try reader.count()
      limits.glyphsPerPage = try reader.count()
      limits.unpackedBytes = try reader.count()
      limits.unpackedPartBytes = try reader.count()
      limits.parts = try reader.count()
      limits.unpackedRatio = try reader.count()
      return ReaderRequest(
        task: task, limits: limits, password: try reader.optionalText(), memoryBytes: memory,
        seconds: seconds, requiredLayers: layers, fault: Fault(rawValue: fault))
    }
  }
}

/// Reads all of some bytes as one value; bytes that remain are malformed.
func decoded<Value>(
  _ bytes: [UInt8], _ read: (inout WireReader) throws(Malformed) -> Value
) throws(Malformed) -> Value {
  let result: Result<Value, Malformed> = bytes.withUnsafeBytes { buffer in
    var reader = WireReader(buffer)
    do throws(Malformed) {
      let value = try read(&reader)
      try reader.end()
      return .success(value)
    } catch {
      return .failure(error)
    }
  }
  return try result.get()
}
