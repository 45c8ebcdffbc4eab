import Crypto
import PageText
import RuleEngine
import RulePacks
import SOC2Vocabulary

/// What was read of a file, as bytes to be kept: all that judging it again needs, so that another policy,
/// day or vendor needs no second look into the file. It quotes the report, as the record does.
///
/// The bytes are bound to the program's version and the rules, name the limits that the file was read with, and
/// end with their own digest: whatever else is found in their place is not used.
extension SubmittedFile {
  /// Nil where what happened may not happen again, such as a lack of time: such a file is read anew.
  public func stored(_ yardstick: Yardstick, _ request: ReviewRequest) -> [UInt8]? {
    guard identity.isRead, failure.map(\.isOfTheFile) ?? true else { return nil }
    var writer = ByteWriter()
    writer.header(identity.sha256, yardstick, request)
    writer.number(identity.bytes)
    switch content {
    case .unreadable(let why):
      writer.bool(false)
      writer.unreadable(why)
    case .read(let extract):
      writer.bool(true)
      writer.extract(extract)
    }
    writer.raw(Array(SHA256.hash(data: writer.bytes)))
    return writer.bytes
  }

  /// What was stored of the file with this digest; nil where it is something else, or not whole.
  ///
  /// - Parameter limits: whether those that it was read with must be those of the request.
  public init?(
    stored bytes: [UInt8], sha256: String, _ request: ReviewRequest, with yardstick: Yardstick,
    limits: StoredLimits = .same
  ) {
    let body = bytes.dropLast(SHA256.byteCount)
    guard bytes.count > SHA256.byteCount,
      Array(SHA256.hash(data: body)).elementsEqual(bytes.suffix(SHA256.byteCount))
    else { return nil }
    var reader = ByteReader(body)
    do throws(NotStored) {
      try reader.header(sha256, yardstick, limits == .same ? request : nil)
      let identity = FileIdentity(sha256: sha256, bytes: try reader.number())
      let content: Content =
        try reader.bool() ? .read(try reader.extract()) : .unreadable(try reader.unreadable())
      try reader.end()
      if limits == .same, content.mayReadBetter(with: request.password) { return nil }
      self.init(FileRecord(identity, request, yardstick), content)
    } catch {
      return nil
    }
  }
}

/// Under which limits a file may have been read for what is stored of it to be used.
public enum StoredLimits: Sendable {
  /// Those of the request: to read it again would give the same.
  case same
  /// Whatever they were: for what is judged anew and not read.
  case any
}

extension ReviewRequest {
  /// All that reading a file may depend on.
  fileprivate var terms: [Int] {
    let named = namedLimits.map { [$0.seconds, $0.memoryBytes, $0.outputBytes] } ?? []
    let mode = OCRMode.allCases.firstIndex(of: ocr.mode) ?? 0
    return limits.all + named + [mode, ocr.pageLimit]
  }
}

extension SubmittedFile.Content {
  /// Whether it, or pages of it, were lost for a reason that may not hold the next time. No password is
  /// stored, so one that is given may be another.
  fileprivate func mayReadBetter(with password: String?) -> Bool {
    let diagnostics: [Diagnostic]
    switch self {
    case .unreadable(let file):
      if file.status == .encrypted, password != nil { return true }
      diagnostics = file.diagnostics
    case .read(let extract): diagnostics = extract.diagnostics
    }
    return diagnostics.contains { $0.code == ocrFailed || $0.code == ocrMissing }
  }
}

extension DocumentStatus {
  /// Whether the file itself is to blame, so that reading it again would end the same way.
  fileprivate var isOfTheFile: Bool {
    switch self {
    case .ok, .partial, .noText, .encrypted, .damaged, .notPDF, .zeroPages, .tooLarge,
      .tooManyPages, .outputLimit:
      true
    case .timeout, .memory, .crash, .internal: false
    }
  }
}

// MARK: - Writing

extension ByteWriter {
  fileprivate mutating func header(
    _ sha256: String, _ yardstick: Yardstick, _ request: ReviewRequest
  ) {
    raw("soclens facts 1\n")
    text(ToolRecord.version)
    text(yardstick.rules.pack.sha256)
    list(request.terms) { $0.number($1) }
    text(sha256)
  }

  fileprivate mutating func unreadable(_ file: UnreadableFile) {
    word(file.status)
    text(file.reason)
    number(file.pages)
    list(file.unreadPages) { $0.number($1) }
    optional(file.metadata) { $0.metadata($1) }
    diagnostics(file.diagnostics)
  }

  fileprivate mutating func extract(_ file: FileExtract) {
    metadata(file.metadata)
    diagnostics(file.diagnostics)
    list(file.documents) { $0.document($1) }
    let all = Set(file.evidence)
    list(inOrder(file.proof.missing(Array(all)))) { $0.evidence($1) }
  }

  private mutating func metadata(_ metadata: FileMetadata) {
    for text in [metadata.producer, metadata.creator, metadata.created, metadata.modified] {
      optional(text) { $0.text($1) }
    }
    bool(metadata.encrypted)
    bool(metadata.signed)
    number(metadata.incrementalUpdates)
  }

  private mutating func diagnostics(_ all: [Diagnostic]) {
    list(all) { writer, diagnostic in
      writer.text(diagnostic.code)
      writer.text(diagnostic.message)
      writer.optional(diagnostic.page) { $0.number($1) }
    }
  }

  private mutating func document(_ document: DocumentExtract) {
    number(document.pages.lowerBound)
    number(document.pages.upperBound)
    number(document.pageCount)
    number(document.pagesByOCR)
    list(document.unreadPages) { $0.number($1) }
    optional(document.partialReason) { $0.text($1) }
    diagnostics(document.diagnostics)
    members(document.entries) { $0.entry($1) }
    let facts = document.facts
    word(facts.kind)
    list(facts.kindReasons) { $0.evidence($1) }
    members(named(facts.facts)) { $0.fact($1) }
    list(facts.searched) { $0.searched($1) }
    members(named(facts.signals)) { writer, readings in writer.readings(readings) }
    word(facts.auditorSignature)
    word(facts.assertionSignature)
    members(facts.derived) { $0.entry($1) }
    diagnostics(facts.diagnostics)
  }

  private mutating func fact(_ fact: Fact) {
    word(fact.state)
    value(fact.value)
    word(fact.confidence)
    list(fact.evidence) { $0.evidence($1) }
    readings(fact.readings)
  }

  private mutating func entry(_ entry: FactTable.Entry) {
    word(entry.state)
    value(entry.value)
    list(entry.evidence) { $0.evidence($1) }
    readings(entry.readings)
  }

  private mutating func readings(_ readings: [Reading]) {
    list(readings) { writer, reading in
      writer.value(reading.value)
      writer.list(reading.evidence) { $0.evidence($1) }
      writer.word(reading.section)
    }
  }

  private mutating func searched(_ searched: Searched) {
    text(searched.fact)
    word(searched.state)
    list(searched.sections) { $0.word($1) }
    optional(searched.pages) { writer, pages in
      writer.number(pages.lowerBound)
      writer.number(pages.upperBound)
    }
    list(searched.rules) { $0.text($1) }
  }
}

/// Sets have no order of their own; the bytes must have one.
private func inOrder(_ evidence: [Evidence]) -> [Evidence] {
  evidence.map { (key: "\($0.page) \($0.quote) \($0.section) \($0.boxes)", piece: $0) }
    .sorted { $0.key < $1.key }.map(\.piece)
}

private func named<Name: RawRepresentable<String>, Item>(_ items: [Name: Item]) -> [String: Item] {
  Dictionary(items.map { ($0.key.rawValue, $0.value) }, uniquingKeysWith: { a, _ in a })
}

extension ReadingLimits {
  fileprivate var all: [Int] {
    [pages, bytes, glyphsPerPage, unpackedBytes, unpackedPartBytes, parts, unpackedRatio]
  }
}

// MARK: - Reading

extension ByteReader {
  fileprivate mutating func header(
    _ sha256: String, _ yardstick: Yardstick, _ request: ReviewRequest?
  ) throws(NotStored) {
    try raw("soclens facts 1\n")
    guard try text() == ToolRecord.version, try text() == yardstick.rules.pack.sha256 else {
      throw NotStored()
    }
    let terms = try numbers()
    guard try text() == sha256, terms == request?.terms ?? terms else { throw NotStored() }
  }

  private mutating func numbers() throws(NotStored) -> [Int] {
    try list { (reader) throws(NotStored) in try reader.number() }
  }

  private mutating func texts() throws(NotStored) -> [String] {
    try list { (reader) throws(NotStored) in try reader.text() }
  }

  private mutating func optionalText() throws(NotStored) -> String? {
    try optional { (reader) throws(NotStored) in try reader.text() }
  }

  /// First and last of something.
  private mutating func range() throws(NotStored) -> ClosedRange<Int> {
    let first = try number()
    let last = try number()
    guard first <= last else { throw NotStored() }
    return first...last
  }

  fileprivate mutating func unreadable() throws(NotStored) -> UnreadableFile {
    UnreadableFile(
      status: try word(), reason: try text(), pages: try number(), unreadPages: try numbers(),
      metadata: try optional { (reader) throws(NotStored) in try reader.metadata() },
      diagnostics: try diagnostics())
  }

  fileprivate mutating func extract() throws(NotStored) -> FileExtract {
    var extract = FileExtract(
      documents: [], metadata: try metadata(), diagnostics: try diagnostics(),
      proof: QuoteProof(proven: []))
    extract.documents = try list { (reader) throws(NotStored) in try reader.document() }
    extract.proof = QuoteProof(proven: Set(extract.evidence).subtracting(try evidences()))
    return extract
  }

  private mutating func metadata() throws(NotStored) -> FileMetadata {
    FileMetadata(
      producer: try optionalText(), creator: try optionalText(), created: try optionalText(),
      modified: try optionalText(), encrypted: try bool(), signed: try bool(),
      incrementalUpdates: try number())
  }

  private mutating func diagnostics() throws(NotStored) -> [Diagnostic] {
    try list { (reader) throws(NotStored) in
      Diagnostic(
        code: try reader.text(), message: try reader.text(),
        page: try reader.optional { (reader) throws(NotStored) in try reader.number() })
    }
  }

  private mutating func document() throws(NotStored) -> DocumentExtract {
    let pages = try range()
    let pageCount = try number()
    let pagesByOCR = try number()
    let unread = try numbers()
    let reason = try optionalText()
    let met = try diagnostics()
    let entries = try members { (reader) throws(NotStored) in try reader.entry() }
    let facts = DocumentFacts(
      kind: try word(), kindReasons: try evidences(),
      facts: try named { (reader) throws(NotStored) in try reader.fact() },
      searched: try list { (reader) throws(NotStored) in try reader.searched() },
      signals: try named { (reader) throws(NotStored) in try reader.readings() },
      auditorSignature: try word(), assertionSignature: try word(),
      derived: try members { (reader) throws(NotStored) in try reader.entry() }, starts: [],
      diagnostics: try diagnostics())
    return DocumentExtract(
      facts: facts, pages: pages, pageCount: pageCount, pagesByOCR: pagesByOCR,
      unreadPages: unread,
      partialReason: reason, diagnostics: met, entries: entries)
  }

  private mutating func named<Name: RawRepresentable<String> & Hashable, Item>(
    _ read: (inout ByteReader) throws(NotStored) -> Item
  ) throws(NotStored) -> [Name: Item] {
    var items: [Name: Item] = [:]
    for (key, item) in try members(read) {
      guard let name = Name(rawValue: key) else { throw NotStored() }
      items[name] = item
    }
    return items
  }

  private mutating func fact() throws(NotStored) -> Fact {
    Fact(
      state: try word(), value: try value(), confidence: try word(), evidence: try evidences(),
      readings: try readings())
  }

  private mutating func entry() throws(NotStored) -> FactTable.Entry {
    FactTable.Entry(
      state: try word(), value: try value(), evidence: try evidences(), readings: try readings())
  }

  private mutating func readings() throws(NotStored) -> [Reading] {
    try list { (reader) throws(NotStored) in
      Reading(
        value: try reader.value(), evidence: try reader.evidences(), section: try reader.word())
    }
  }

  private mutating func searched() throws(NotStored) -> Searched {
    Searched(
      fact: try text(), state: try word(),
      sections: try list { (reader) throws(NotStored) in try reader.word() },
      pages: try optional { (reader) throws(NotStored) in try reader.range() },
      rules: try texts())
  }
}
