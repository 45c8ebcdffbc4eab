import CPoppler
import Glibc
import PageText

/// Owns one document of the C library; nothing of it outlives the handle.
struct PDFHandle: ~Copyable {
  private let document: OpaquePointer
  /// What the pages read so far could do besides being read.
  private(set) var actions: UInt32 = 0

  init(_ document: OpaquePointer) { self.document = document }
  deinit { sl_close(document) }

  var pageCount: Int { Int(sl_page_count(document)) }
  var wasRebuilt: Bool { sl_was_rebuilt(document) != 0 }
  var isLinearized: Bool { sl_is_linearized(document) != 0 }
  /// Errors in the file that were met so far, warnings left out.
  var errorCount: Int { Int(sl_error_count()) }
  var ranOutOfMemory: Bool { sl_out_of_memory() != 0 }

  func metadata(updates: Int) -> FileMetadata {
    FileMetadata(
      producer: info("Producer"), creator: info("Creator"), created: info("CreationDate"),
      modified: info("ModDate"), encrypted: sl_is_encrypted(document) != 0,
      signed: sl_is_signed(document) != 0, incrementalUpdates: updates)
  }

  private func info(_ key: String) -> String? { owned(sl_info(document, key)) }

  mutating func page(_ number: Int, glyphLimit: Int, builder: inout PageBuilder) -> Page {
    let raw = sl_read_page(document, Int32(number), glyphLimit)
    let printed = owned(sl_page_label(document, Int32(number)))
    let label = printed == String(number) ? nil : printed
    builder.noteFonts(upTo: Int(sl_font_count(document))) { index in
      let font = sl_font(document, Int32(index))
      let name = String(cString: font.name)
      var style: WordStyle = []
      if font.bold != 0 { style.insert(.bold) }
      if font.italic != 0 { style.insert(.italic) }
      return (style, name)
    }
    actions |= raw.actions
    return builder.page(number, label: label, raw)
  }

  /// The document's own actions and those of the pages read so far.
  var activeContent: [ActiveContent] {
    let all = sl_actions(document) | actions
    return ActiveContent.allCases.filter { all & $0.mask != 0 }
  }

  var signatures: [PDFSignature] {
    (0..<sl_signature_count(document)).map { index in
      let raw = sl_signature(document, index)
      let r = raw.ranges
      return PDFSignature(
        subFilter: String(cString: raw.subFilter),
        ranges: raw.isUsual != 0 ? PDFSignature.Ranges(r.0, r.1, r.2, r.3) : nil)
    }
  }

  private func owned(_ text: UnsafeMutablePointer<CChar>?) -> String? {
    guard let text else { return nil }
    defer { sl_free(text) }
    let string = String(cString: text)
    return string.isEmpty ? nil : string
  }
}

/// Where `byte` comes next, by the C library's own search.
func nextIndex(of byte: UInt8, in buffer: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
  guard let base = buffer.baseAddress, start < buffer.count else { return nil }
  guard let hit = memchr(base + start, Int32(byte), buffer.count - start) else { return nil }
  return base.distance(to: hit.assumingMemoryBound(to: UInt8.self))
}
