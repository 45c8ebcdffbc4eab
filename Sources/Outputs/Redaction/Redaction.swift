import PageText
public import SOC2Vocabulary

/// The packet without what points at persons, as far as that can be told: the signers that the facts
/// name, e-mail addresses, telephone numbers and postal addresses are replaced by a mark in every text
/// that comes from a document. Best effort: a name that stands only in a sentence stays. Each review says
/// that it was done, as its quotes are no longer verbatim.
public func redacted(_ packet: Packet) -> Packet {
  let redactor = Redactor(names: Set(packet.reviews.flatMap(\.namedPeople)))
  return packet.rewritten(
    Rewriting(text: redactor.redacted, quote: redactor.redacted, passage: redactor.redacted),
    note: Diagnostic(
      code: "redacted",
      message:
        "signers, e-mail addresses, telephone numbers and postal addresses were replaced by "
        + "\(Redactor.mark), as far as they were recognised; quotes are not verbatim"))
}

extension Review {
  /// The people whom the facts mark as such.
  fileprivate var namedPeople: [String] {
    guard let bridge = facts[.bridge] else { return [] }
    return ([bridge.value] + bridge.readings.map(\.value)).compactMap { $0["signer"]?.text }
  }
}

/// Replaces what points at persons.
struct Redactor {
  static let mark = "[redacted]"
  /// Longest first, so that a name within another does not tear it.
  private let names: [String]

  init(names: Set<String>) {
    self.names = names.union(names.map { $0.uppercased() }).filter { !$0.isEmpty }.sorted {
      $0.utf8.count != $1.utf8.count ? $0.utf8.count > $1.utf8.count : inByteOrder($0, $1)
    }
  }

  func redacted(_ text: String) -> String {
    var text = text
    for name in names where text.contains(name) {
      // A name of one word may be a word of any sentence.
      guard name.contains(" ") || text == name else { continue }
      text = text.split(separator: name, omittingEmptySubsequences: false).joined(
        separator: Self.mark)
    }
    var pieces = Pieces(text)
    pieces.redactAddresses()
    pieces.redactSignatures()
    return pieces.text
  }
}

/// A text by its words, with the white space that goes before each.
private struct Pieces {
  private struct Piece {
    var space: String
    var word: String
    var isGone = false
  }

  private var pieces: [Piece] = []
  private var tail = ""

  init(_ text: String) {
    var space = ""
    var word = ""
    for character in text {
      if character.isWhitespace {
        if !word.isEmpty {
          pieces.append(Piece(space: space, word: word))
          (space, word) = ("", "")
        }
        space.append(character)
      } else {
        word.append(character)
      }
    }
    if word.isEmpty {
      tail = space
    } else {
      pieces.append(Piece(space: space, word: word))
    }
  }

  /// The text, with one mark for each run of words that are gone.
  var text: String {
    var result = ""
    var wasGone = false
    for piece in pieces {
      if !piece.isGone {
        result += piece.space + piece.word
      } else if !wasGone {
        result += piece.space + Redactor.mark
      }
      wasGone = piece.isGone
    }
    return result + tail
  }

  mutating func redactAddresses() {
    for index in pieces.indices where isMail(pieces[index].word) { pieces[index].isGone = true }
    redactTelephones()
    redactStreets()
  }

  /// The name after `/s/`, unless it is a firm's.
  mutating func redactSignatures() {
    for index in pieces.indices where pieces[index].word.lowercased() == "/s/" {
      let name = pieces[(index + 1)...].prefix(4).prefix {
        $0.word.first?.isUppercase == true || $0.word == "&"
      }
      if name.contains(where: { Self.firms.contains(bare($0.word)) }) { continue }
      for place in name.indices { pieces[place].isGone = true }
    }
  }

  private static let firms: Set<String> = [
    "&", "LLP", "LLC", "PLLC", "Inc", "P.C", "PC", "P.A", "CPA", "CPAs", "Ltd", "Limited", "GmbH",
  ]

  private func isMail(_ word: String) -> Bool {
    let parts = word.split(separator: "@", omittingEmptySubsequences: false)
    return parts.count >= 2 && parts[0].last.map { $0.isLetter || $0.isNumber } ?? false
      && parts[1].first.map { $0.isLetter || $0.isNumber } ?? false
      && parts[1].dropFirst().contains(".")
  }

  /// Runs of words of digits and the marks of telephone numbers: nine to fifteen digits that begin with
  /// a plus or a bracket, or ten in groups of three, three and four.
  private mutating func redactTelephones() {
    var start = 0
    while start < pieces.count {
      var end = start
      var digits = ""
      var shape = ""
      while end < pieces.count, end - start < 6, let part = telephonePart(pieces[end].word) {
        if end > start { shape += " " }
        shape += part
        digits += part.filter(\.isNumber)
        end += 1
        if digits.count >= 9, isTelephone(shape, digits.count) {
          for index in start..<end { pieces[index].isGone = true }
        }
      }
      start = max(end, start + 1)
    }
  }

  /// The word without the comma or full stop after it, where it can be part of a telephone number.
  private func telephonePart(_ word: String) -> String? {
    let part = word.last.map { ",.;:".contains($0) } == true ? String(word.dropLast()) : word
    guard part.utf8.contains(where: { (0x30...0x39).contains($0) }),
      part.unicodeScalars.allSatisfy({
        "0123456789+()-./\u{2010}\u{2011}\u{2013}".unicodeScalars.contains($0)
      })
    else { return nil }
    return part
  }

  private func isTelephone(_ shape: String, _ digits: Int) -> Bool {
    if digits > 15 { return false }
    if shape.hasPrefix("+") || shape.hasPrefix("(") { return true }
    let groups = shape.split { !$0.isNumber }.map(\.count)
    return groups == [3, 3, 4] || groups == [1, 3, 3, 4]
  }

  /// A house number, up to four words with capitals and a word such as "Street"; with what follows up to
  /// a postal code: `400 Beacon Street, Suite 9, Boston, MA 02108`.
  private mutating func redactStreets() {
    for start in pieces.indices where isHouseNumber(pieces[start].word) {
      var end: Int?
      for index in (start + 1)..<max(start + 1, min(start + 6, pieces.count)) {
        if Self.streets.contains(bare(pieces[index].word)) {
          end = index
          break
        }
        guard pieces[index].word.first.map({ $0.isUppercase || $0.isNumber }) == true else { break }
      }
      guard var last = end else { continue }
      // The town and its postal code stand at most eight words behind, each with a capital or a number.
      for index in (last + 1)..<max(last + 1, min(last + 9, pieces.count)) {
        let word = bare(pieces[index].word)
        guard word.first.map({ $0.isUppercase || $0.isNumber }) == true else { break }
        if isPostalCode(word) { last = index }
      }
      for index in start...last { pieces[index].isGone = true }
    }
  }

  private func bare(_ word: String) -> String {
    String(word.reversed().drop { ",.;:)".contains($0) }.reversed())
  }

  private func isHouseNumber(_ word: String) -> Bool {
    let word = bare(word)
    return word.count <= 6 && word.first.map(\.isNumber) == true
      && word.allSatisfy { $0.isNumber || $0.isLetter || $0 == "-" }
  }

  private func isPostalCode(_ word: String) -> Bool {
    let digits = word.count { $0.isNumber }
    return digits >= 4 && digits <= 9 && word.allSatisfy { $0.isNumber || $0 == "-" }
  }

  private static let streets: Set<String> = [
    "Street", "St", "Avenue", "Ave", "Road", "Rd", "Boulevard", "Blvd", "Lane", "Ln", "Drive", "Dr",
    "Way", "Court", "Ct", "Place", "Pl", "Square", "Sq", "Parkway", "Pkwy", "Highway", "Hwy",
    "Terrace", "Plaza", "Broadway", "Circle", "Quay", "Row", "Walk",
  ]
}
