public import PageText
import XMLTree

/// Why a file that is packed as office programs do gives no pages.
public enum WordTextError: Error, Sendable, Hashable {
  /// Something else, as far as it tells what.
  case other(OtherFile)
  case damaged
  /// Locked with a password or by rights management; no reader without the key can open it.
  case encrypted
  /// A part, all parts together or their number are beyond the limits.
  case tooLarge
  /// More pages than the limit; laying it out was given up.
  case tooManyPages

  /// Files that are often sent for a document.
  public enum OtherFile: Sendable, Hashable {
    case workbook, presentation, openDocument, oldWord, oldOffice
    /// An archive with as many PDFs and DOCX in it.
    case archive(documents: Int)
  }
}

/// The first bytes of a ZIP archive with something in it, which a DOCX is.
public func isZip(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) }

/// The first bytes of a compound file: Office files of before 2007, and newer ones with a password.
public func isCompoundFile(_ bytes: [UInt8]) -> Bool {
  bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])
}

/// What a compound file is; never its text, whose old form is not read.
public func problem(ofCompoundFile bytes: [UInt8]) -> WordTextError {
  if bytes.hold("EncryptedPackage") || bytes.hold("EncryptionInfo") { return .encrypted }
  return .other(bytes.hold("WordDocument") ? .oldWord : .oldOffice)
}

/// Reads a Word document (DOCX) held in memory: its text in order, on pages of our own layout.
///
/// A DOCX has no pages or places until a program lays it out, so numbers of pages may differ from
/// those that Word shows; a diagnostic says so. Read are the body, tables, text boxes, heads and feet
/// of pages, and notes (at the end). Tracked insertions are text, tracked deletions are not, hidden
/// text is set aside, and pictures, charts and comments are not read; each is told. Nothing outside of
/// the bytes is opened, whatever they refer to, and only the parts with text are unpacked.
///
/// - Throws: why there are no pages.
public func readWordPages(
  of bytes: [UInt8], within limits: ReadingLimits = .standard
) throws(WordTextError) -> DocumentReading {
  guard bytes.count <= limits.bytes else { throw .tooLarge }
  var package = try WordPackage(bytes, within: limits)
  return try package.read(pageLimit: limits.pages)
}

extension [UInt8] {
  /// Whether the text stands in the bytes in UTF-16, as names in compound files do.
  fileprivate func hold(_ text: String) -> Bool {
    let mark = text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    guard count >= mark.count, let first = mark.first else { return false }
    return withUnsafeBufferPointer { buffer in
      var i = 0
      while i + mark.count <= buffer.count {
        if buffer[i] == first, mark.indices.allSatisfy({ buffer[i + $0] == mark[$0] }) {
          return true
        }
        i += 1
      }
      return false
    }
  }
}
