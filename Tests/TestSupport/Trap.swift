import Foundation
import PDFText
public import PageText

/// What a person sees in one trap PDF; see `fixtures/text/README.md` for the keys.
public struct Trap: Decodable, Sendable {
  public var why: String
  public var password: String?
  public var tolerance: Float
  public var pages: [Sheet]

  public struct Sheet: Decodable, Sendable {
    public var page: Int
    public var width: Float
    public var height: Float
    public var label: String?
    public var text: [String]
    public var normal: [String]?
    public var layer: [String]?
    public var unusableLayer: Bool?
    public var hidden: [String]?
    public var watermark: [String]?
    public var furniture: [String]?
    public var picture: Bool?
    public var layerUnderPicture: Bool?
    public var turned: [String]?
    public var raised: [Raised]?
    public var table: Table?
    public var contents: [Entry]?
    public var boxes: [Spot]?

    /// What the file's own text layer gives, which is all that we can read.
    public var readable: [String] { unusableLayer == true ? [] : layer ?? text }
  }

  public struct Raised: Decodable, Sendable {
    public var after: String
    public var text: String
  }

  public struct Table: Decodable, Sendable {
    public var columns: Int
    public var rows: [[String]]
  }

  public struct Entry: Decodable, Sendable {
    public var title: String
    public var page: Int
  }

  public struct Spot: Decodable, Sendable {
    public var word: String
    public var box: [Float]
  }

  /// The folders of `fixtures/text`, by name.
  public static let names: [String] = {
    let folder = repository.appendingPathComponent("fixtures/text")
    let all = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return all.filter {
      FileManager.default.fileExists(
        atPath: folder.appendingPathComponent($0).appendingPathComponent("expected.json").path)
    }.sorted()
  }()

  public static func named(_ name: String) throws -> Trap {
    let data = Data(try bytes(of: "fixtures/text/\(name)/expected.json"))
    return try JSONDecoder().decode(Trap.self, from: data)
  }

  public func read(_ name: String) throws -> DocumentReading {
    try readPages(of: bytes(of: "fixtures/text/\(name)/page.pdf"), password: password)
  }
}

/// The words as a person reads them: a space where there is a gap, nothing where there is none.
public func printed(_ words: [Word], on page: Page) -> String {
  var out = ""
  var last: Word?
  for word in words {
    if let last, word.box.x0 - last.box.x1 > 0.15 * min(word.size, last.size) { out += " " }
    out += page.text(of: word)
    last = word
  }
  return asSeen(out)
}

/// What is seen of a text: no marks without a shape; a soft hyphen shows at the end of a word only.
public func asSeen(_ text: String) -> String {
  var out = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    switch scalar.value {
    case 0x200E, 0x200F, 0x202A...0x202E: continue
    case 0xA0, 0x2009, 0x202F: out.append(" ")
    default: out.append(scalar)
    }
  }
  return String(out).split(separator: " ").map { word in
    let bare = word.filter { $0 != "\u{AD}" }
    return word.last == "\u{AD}" ? bare + "-" : bare
  }.joined(separator: " ")
}

/// Texts without white space, for pieces whose joints are not the point.
public func unspaced(_ texts: [String]) -> String {
  texts.joined().filter { !$0.isWhitespace }
}
