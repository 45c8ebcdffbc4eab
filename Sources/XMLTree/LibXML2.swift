import CLibXML2

/// What every use of libxml2 needs first and shares.
enum LibXML2 {
  /// Fills libxml2's global tables once; they have no lock of their own.
  static func start() { _ = started }

  private static let started: Bool = {
    xmlInitParser()
    xmlSchemaInitTypes()
    return xmlRelaxNGInitTypes() == 0
  }()
}

/// Collects libxml2's complaints; handed through C as an unmanaged pointer, alive for the call only.
final class Complaints {
  struct Complaint {
    var line: Int?
    var column: Int?
    var words: String
  }

  private(set) var all: [Complaint] = []
  /// Where the parser met `<!DOCTYPE`.
  var documentTypeLine: Int?
  /// Where the parser met one element too many inside others.
  var tooDeepLine: Int?
  /// Where the parser met one element or attribute too many.
  var tooManyLine: Int?
  /// Elements and attributes so far.
  var nodes = 0
  let limits: XMLLimits

  init(_ limits: XMLLimits = .handwritten) { self.limits = limits }

  var pointer: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

  static func from(_ pointer: UnsafeMutableRawPointer?) -> Complaints? {
    pointer.map { Unmanaged<Complaints>.fromOpaque($0).takeUnretainedValue() }
  }

  /// Copies a complaint at once: libxml2 reuses its memory for the next.
  func add(_ error: UnsafeMutablePointer<xmlError>?) {
    guard let error, error.pointee.level != XML_ERR_WARNING, all.count < XMLLimits.schemaProblems
    else { return }
    let words = error.pointee.message.map { String(cString: $0) } ?? "no reason given"
    let line = Int(error.pointee.line)
    let column = Int(error.pointee.int2)
    all.append(
      Complaint(
        line: line > 0 ? line : nil, column: column > 0 ? column : nil, words: Self.tidy(words)))
  }

  /// One line, lower case at its beginning, no full stop.
  private static func tidy(_ words: String) -> String {
    var words = words.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    while words.last == "." { words.removeLast() }
    guard let first = words.first, let second = words.dropFirst().first, second.isLowercase else {
      return words
    }
    return first.lowercased() + words.dropFirst()
  }
}
