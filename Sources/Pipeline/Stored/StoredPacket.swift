import Crypto
public import SOC2Vocabulary

/// Which files a vendor has and what was asked of them, as bytes to be kept: with what is stored of each
/// file the vendor can be judged again.
public struct StoredPacket: Hashable, Sendable {
  public struct File: Hashable, Sendable {
    public var name: String
    /// Nil where its bytes could not be had.
    public var sha256: String?
    public var bytes: Int
    /// Set where nothing is stored of it: it has this status, for this reason.
    public var status: DocumentStatus?
    public var reason: String

    public init(_ file: SubmittedFile) {
      name = file.record.name
      sha256 = file.identity.isRead ? file.identity.sha256 : nil
      bytes = file.identity.bytes
      if case .unreadable(let why) = file.content {
        status = why.status
        reason = why.reason
      } else {
        status = nil
        reason = ""
      }
    }

    fileprivate init(
      name: String, sha256: String?, bytes: Int, status: DocumentStatus?, reason: String
    ) {
      self.name = name
      self.sha256 = sha256
      self.bytes = bytes
      self.status = status
      self.reason = reason
    }

    /// The file as it failed; nil where it did not.
    public func failed(_ request: ReviewRequest, with yardstick: Yardstick) -> SubmittedFile? {
      guard let status else { return nil }
      let identity = FileIdentity(sha256: sha256 ?? "", bytes: bytes)
      return SubmittedFile(
        unreadable: .noAnswer(status, reason), identity, request, with: yardstick)
    }
  }

  public var vendor: String
  public var context: ReviewContext
  public var reviewDate: Day
  public var files: [File]

  public init(vendor: String, context: ReviewContext, reviewDate: Day, files: [File]) {
    self.vendor = vendor
    self.context = context
    self.reviewDate = reviewDate
    self.files = files
  }

  public var stored: [UInt8] {
    var writer = ByteWriter()
    writer.raw("soclens vendor 1\n")
    writer.text(vendor)
    writer.optional(context.vendor) { $0.text($1) }
    writer.list(context.products) { $0.text($1) }
    writer.optional(context.tier) { $0.text($1) }
    writer.list(context.requiredCategories) { $0.word($1) }
    writer.text(reviewDate.description)
    writer.list(files) { writer, file in
      writer.text(file.name)
      writer.optional(file.sha256) { $0.text($1) }
      writer.number(file.bytes)
      writer.optional(file.status) { $0.word($1) }
      writer.text(file.reason)
    }
    writer.raw(Array(SHA256.hash(data: writer.bytes)))
    return writer.bytes
  }

  /// Nil where the bytes are something else, or not whole.
  public init?(stored bytes: [UInt8]) {
    let body = bytes.dropLast(SHA256.byteCount)
    guard bytes.count > SHA256.byteCount,
      Array(SHA256.hash(data: body)).elementsEqual(bytes.suffix(SHA256.byteCount))
    else { return nil }
    var reader = ByteReader(body)
    do throws(NotStored) {
      try reader.raw("soclens vendor 1\n")
      vendor = try reader.text()
      context = ReviewContext(
        vendor: try reader.optional { (reader) throws(NotStored) in try reader.text() },
        products: try reader.list { (reader) throws(NotStored) in try reader.text() },
        tier: try reader.optional { (reader) throws(NotStored) in try reader.text() },
        requiredCategories: try reader.list { (reader) throws(NotStored) in try reader.word() })
      guard let day = Day(iso: try reader.text()) else { throw NotStored() }
      reviewDate = day
      files = try reader.list { (reader) throws(NotStored) in
        File(
          name: try reader.text(),
          sha256: try reader.optional { (reader) throws(NotStored) in try reader.text() },
          bytes: try reader.number(),
          status: try reader.optional { (reader) throws(NotStored) in try reader.word() },
          reason: try reader.text())
      }
      try reader.end()
    } catch {
      return nil
    }
  }
}
