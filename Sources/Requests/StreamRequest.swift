public import JSONTree
public import SOC2Vocabulary
import Scoring

/// One line of a stream: a file to review, and what goes with it.
public struct StreamRequest: Hashable, Sendable {
  public var path: String
  /// Its digest, where the caller knows it: then another file in its place is not reviewed.
  public var sha256: String?
  /// Given back as it came.
  public var meta: JSONValue
  public var password: String?
  public var context: ReviewContext
  /// At most so many pages and seconds; nil where the caller leaves it to the program.
  public var pages: Int?
  public var seconds: Int?

  /// More than any request needs; what is longer is no request.
  public static let byteLimit = 1 << 20
}

/// Why a line is no request; what of it could be understood is given back.
public struct StreamProblem: Error, Hashable, Sendable {
  /// One sentence.
  public var message: String
  public var path: String?
  public var meta: JSONValue
}

/// Reads one line: an object with `path` and, as wanted, `id` or `sha256` (the file's digest), `meta`,
/// `password`, `vendor`, `products`, `tier`, `required` and `limits` with `pages` and `seconds`.
public func readStreamRequest(
  _ line: some Collection<UInt8>
) throws(StreamProblem) -> StreamRequest {
  let value: JSONValue
  do throws(JSONProblem) {
    value = try readJSON(line)
  } catch {
    throw StreamProblem(
      message: "The line is not JSON: \(error.message), at byte \(error.byte).", meta: .null)
  }
  var reader = RequestReader(path: value["path"]?.text, meta: value["meta"] ?? .null)
  return try reader.request(value)
}

private struct RequestReader {
  let path: String?
  let meta: JSONValue

  private func problem(_ message: String) -> StreamProblem {
    StreamProblem(message: message, path: path, meta: meta)
  }

  mutating func request(_ value: JSONValue) throws(StreamProblem) -> StreamRequest {
    guard case .object(let members) = value else {
      throw problem("The line is not an object with a path.")
    }
    guard let path, !path.isEmpty else { throw problem("The request names no path.") }
    guard !path.utf8.contains(0) else { throw problem("The path has a NUL character.") }
    var request = StreamRequest(path: path, meta: meta, context: ReviewContext())
    for member in members {
      switch member.name {
      case "path", "meta": break
      case "id", "sha256":
        let digest = try text(member)
        guard request.sha256 == nil || request.sha256 == digest else {
          throw problem("The request names two digests.")
        }
        request.sha256 = digest
      case "password": request.password = try text(member)
      case "vendor": request.context.vendor = try text(member)
      case "products": request.context.products = try texts(member)
      case "tier":
        let tier: VendorTier = try word(try text(member), "tier")
        request.context.tier = tier.rawValue
      case "required":
        var required: [TrustServicesCategory] = []
        for name in try texts(member) { required.append(try word(name, "required")) }
        request.context.requiredCategories = TrustServicesCategory.allCases.filter(
          required.contains)
      case "limits": try limits(member.value, &request)
      default:
        throw problem(
          "The request has '\(member.name)', which is not known; it may have path, id, sha256, meta, password, vendor, products, tier, required and limits."
        )
      }
    }
    return request
  }

  private func text(_ member: JSONValue.Member) throws(StreamProblem) -> String {
    guard let text = member.value.text else {
      throw problem("'\(member.name)' in the request is not a text.")
    }
    return text
  }

  private func texts(_ member: JSONValue.Member) throws(StreamProblem) -> [String] {
    guard case .list(let items) = member.value else {
      throw problem("'\(member.name)' in the request is not a list.")
    }
    var texts: [String] = []
    for item in items {
      guard let text = item.text else {
        throw problem("'\(member.name)' in the request holds something that is not a text.")
      }
      texts.append(text)
    }
    return texts
  }

  private func word<Word: RawRepresentable<String> & CaseIterable>(
    _ text: String, _ name: String
  ) throws(StreamProblem) -> Word {
    guard let word = Word(rawValue: text) else {
      throw problem(
        "'\(name)' in the request is one of \(Word.allCases.map(\.rawValue).joined(separator: ", "))."
      )
    }
    return word
  }

  private func limits(
    _ value: JSONValue, _ request: inout StreamRequest
  ) throws(StreamProblem) {
    guard case .object(let members) = value else {
      throw problem("'limits' in the request is not an object.")
    }
    for member in members {
      guard case .number(let digits) = member.value, let number = Int(digits), number > 0 else {
        throw problem("Limits are whole numbers, 1 or more.")
      }
      switch member.name {
      case "pages": request.pages = number
      case "seconds": request.seconds = number
      default: throw problem("Limits are pages and seconds.")
      }
    }
  }
}
