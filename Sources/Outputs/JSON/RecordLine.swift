public import JSONTree
public import SOC2Vocabulary

/// One line of a batch or a stream: the record with what the caller called it.
public struct RecordLine: Sendable {
  public enum Record: Sendable {
    case review(Review)
    case packet(Packet)
    /// Nothing could be made of the request: one sentence on why.
    case refusal(String)
  }

  /// The digest of what was read; nil where nothing was.
  public var id: String?
  /// As it was given; nil where none was.
  public var path: String?
  /// As it was given.
  public var meta: JSONValue
  /// What reading was allowed to take; nil where nothing was to be read.
  public var limits: DocumentLimits?
  public var record: Record

  public init(
    id: String?, path: String?, meta: JSONValue = .null, limits: DocumentLimits? = nil,
    record: Record
  ) {
    self.id = id
    self.path = path
    self.meta = meta
    self.limits = limits
    self.record = record
  }

  /// Of all documents of a file or vendor: a review where there is one, else a packet.
  public static func record(of packet: Packet) -> Record {
    packet.reviews.count == 1 ? .review(packet.reviews[0]) : .packet(packet)
  }
}

/// The line, with its line feed; whatever is in it, there is no other one.
public func json(_ line: RecordLine) -> [UInt8] {
  var writer = JSONWriter(.line)
  writer.openObject()
  writer.member("id", line.id)
  writer.key("limits")
  if let limits = line.limits {
    writer.limits(limits)
  } else {
    writer.openObject()
    writer.closeObject()
  }
  writer.key("meta")
  writer.value(line.meta)
  writer.member("path", line.path)
  writer.key("record")
  switch line.record {
  case .review(let review): writer.review(review)
  case .packet(let packet): writer.packet(packet)
  case .refusal(let reason):
    writer.openObject()
    writer.member("reason", reason)
    writer.member("schema", "soclens.refusal/1")
    writer.member("status", "refused")
    writer.closeObject()
  }
  writer.closeObject()
  return writer.bytes + [0x0A]
}

extension JSONWriter {
  /// A value as it was read; its texts are escaped as all others are.
  fileprivate mutating func value(_ value: JSONValue) {
    switch value {
    case .null: null()
    case .bool(let bool): self.bool(bool)
    case .number(let digits): number(asWritten: digits)
    case .text(let text): string(text)
    case .list(let items): list(items) { $0.value($1) }
    case .object(let members):
      openObject()
      for member in members {
        key(member.name)
        self.value(member.value)
      }
      closeObject()
    }
  }
}
