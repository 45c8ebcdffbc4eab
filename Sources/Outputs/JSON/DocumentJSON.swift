import SOC2Vocabulary

extension JSONWriter {
  mutating func document(_ document: DocumentRecord) {
    openObject()
    member("bytes", document.bytes)
    member("file", document.file)
    member("kind", document.kind?.rawValue)
    member("kindReasons", document.kindReasons)
    if let limits = document.limits {
      key("limits")
      self.limits(limits)
    }
    key("metadata")
    if let metadata = document.metadata { self.metadata(metadata) } else { null() }
    member("pages", document.pages)
    key("pagesRead")
    openObject()
    member("ocr", document.pagesByOCR)
    member("text", document.pagesWithText)
    key("unread")
    numbers(document.unreadPages)
    closeObject()
    if let pages = document.partOf {
      key("partOf")
      openObject()
      member("pages", pages)
      closeObject()
    }
    member("reason", document.reason)
    member("sha256", document.sha256)
    member("status", document.status.rawValue)
    closeObject()
  }

  mutating func limits(_ limits: DocumentLimits) {
    openObject()
    member("bytes", limits.bytes)
    member("memoryBytes", limits.memoryBytes)
    member("outputBytes", limits.outputBytes)
    member("pages", limits.pages)
    member("seconds", limits.seconds)
    closeObject()
  }

  private mutating func metadata(_ metadata: DocumentMetadata) {
    openObject()
    member("created", metadata.created)
    member("creator", metadata.creator)
    member("encrypted", metadata.encrypted)
    member("incrementalUpdates", metadata.incrementalUpdates)
    member("modified", metadata.modified)
    member("producer", metadata.producer)
    member("signed", metadata.signed)
    closeObject()
  }
}
