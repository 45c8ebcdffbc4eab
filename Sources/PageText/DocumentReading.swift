/// What a file says about itself, outside its pages. A hint only: easily changed, often rewritten.
public struct FileMetadata: Sendable, Hashable {
  public var producer: String?
  public var creator: String?
  /// As the file has it: `D:20260113101500+01'00'` in a PDF, `2026-01-13T10:15:00Z` in a DOCX.
  public var created: String?
  public var modified: String?
  public var encrypted: Bool
  public var signed: Bool
  /// How often the file was added to after it was first saved; 0 where its form knows no such thing.
  public var incrementalUpdates: Int

  public init(
    producer: String? = nil, creator: String? = nil, created: String? = nil,
    modified: String? = nil, encrypted: Bool = false, signed: Bool = false,
    incrementalUpdates: Int = 0
  ) {
    self.producer = producer
    self.creator = creator
    self.created = created
    self.modified = modified
    self.encrypted = encrypted
    self.signed = signed
    self.incrementalUpdates = incrementalUpdates
  }
}

/// The pages of one file and what was met on the way, whatever form the file has.
public struct DocumentReading: Sendable {
  public var pages: [Page]
  public var metadata: FileMetadata
  public var marks: FileMarks
  /// One sentence on why parts may be missing although pages were read; nil when nothing says so.
  public var incomplete: String?
  public var diagnostics: [Diagnostic]

  public init(
    pages: [Page], metadata: FileMetadata, marks: FileMarks = FileMarks(),
    incomplete: String? = nil, diagnostics: [Diagnostic]
  ) {
    self.pages = pages
    self.metadata = metadata
    self.marks = marks
    self.incomplete = incomplete
    self.diagnostics = diagnostics
  }
}

/// Bounds on what one file may take. Each is far above what reports need.
public struct ReadingLimits: Sendable, Hashable {
  /// The longest reports known have some 300 pages; a bound on time, not on reports.
  public var pages = 2_000
  /// Reports are 0.3 to 10 MB; scans reach 100.
  public var bytes = 200_000_000
  /// A dense page holds 8,000 glyphs.
  public var glyphsPerPage = 100_000
  /// What all parts of a packed file that are read may unpack to. The XML of a report of 130 pages
  /// has 1 MB; saved often it grows to ten.
  public var unpackedBytes = 64 << 20
  /// The same for one part.
  public var unpackedPartBytes = 16 << 20
  /// Parts of a packed file, pictures and all: letters have 10 to 30.
  public var parts = 2_000
  /// A part of more than a megabyte may be this many times as large as the whole file. Office
  /// programs reach 50.
  public var unpackedRatio = 200
  public init() {}
  public static let standard = ReadingLimits()
}
