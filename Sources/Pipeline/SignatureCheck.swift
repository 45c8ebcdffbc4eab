import Crypto
import PageText

/// What can be said of a digital signature from the file alone.
enum FileSignatureState: String, Sendable {
  /// The bytes it covers are those that were signed. By whom is not checked.
  case intact
  /// The bytes it covers are not those that were signed, or it covers none that could be.
  case broken
  /// Its form is one that is not looked into.
  case unknown
}

extension PDFSignature {
  /// Compares the digest in the signature with the bytes that it covers (PDF 1.7, 12.8.3.3; RFC 5652,
  /// 11.2). The digest is looked for by its object identifier, not by reading the whole structure: a
  /// time stamp inside the signature has one of its own, so one that fits is enough.
  func state(in file: [UInt8]) -> FileSignatureState {
    guard let ranges else { return .unknown }
    guard let end = ranges.end(in: file.count),
      let signature = hexString(file[ranges.firstLength..<ranges.second])
    else { return .broken }
    guard subFilter == "adbe.pkcs7.detached" || subFilter == "ETSI.CAdES.detached" else {
      return .unknown
    }
    let digests = messageDigests(in: signature)
    guard !digests.isEmpty else { return .unknown }
    let covered = [file[..<ranges.firstLength], file[ranges.second..<end]]
    for known in digests {
      switch known.count {
      case SHA256.byteCount:
        if known.elementsEqual(digest(of: covered, SHA256.self)) { return .intact }
      case SHA384.byteCount:
        if known.elementsEqual(digest(of: covered, SHA384.self)) { return .intact }
      case SHA512.byteCount:
        if known.elementsEqual(digest(of: covered, SHA512.self)) { return .intact }
      case Insecure.SHA1.byteCount:
        if known.elementsEqual(digest(of: covered, Insecure.SHA1.self)) { return .intact }
      // A digest of a length that none of these has cannot be compared.
      default: return .unknown
      }
    }
    return .broken
  }
}

private func digest<H: HashFunction>(of pieces: [ArraySlice<UInt8>], _: H.Type) -> H.Digest {
  var hasher = H()
  for piece in pieces { hasher.update(data: piece) }
  return hasher.finalize()
}

/// The bytes of `<3082…>`; nil where anything else stands there, as bytes that no signature covers.
private func hexString(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
  guard bytes.first == UInt8(ascii: "<"), bytes.last == UInt8(ascii: ">"), bytes.count >= 2 else {
    return nil
  }
  var out: [UInt8] = []
  out.reserveCapacity(bytes.count / 2)
  var high: UInt8?
  for c in bytes.dropFirst().dropLast() {
    let digit: UInt8
    switch c {
    case 0x30...0x39: digit = c - 0x30
    case 0x41...0x46: digit = c - 0x41 + 10
    case 0x61...0x66: digit = c - 0x61 + 10
    case 0x20, 0x0A, 0x0D, 0x09: continue
    default: return nil
    }
    if let first = high {
      out.append(first << 4 | digit)
      high = nil
    } else {
      high = digit
    }
  }
  return out
}

/// The values of all attributes messageDigest (1.2.840.113549.1.9.4): a set of one octet string.
private func messageDigests(in der: [UInt8]) -> [ArraySlice<UInt8>] {
  let name: [UInt8] = [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x04, 0x31]
  var out: [ArraySlice<UInt8>] = []
  var i = 0
  while i + name.count + 3 <= der.count {
    // Behind the name: length of the set, tag and length of the string; each below 128.
    if der[i] == name[0], der[i..<i + name.count].elementsEqual(name) {
      let at = i + name.count
      let length = Int(der[at + 2])
      if der[at + 1] == 0x04, Int(der[at]) == length + 2, at + 3 + length <= der.count {
        out.append(der[at + 3..<at + 3 + length])
      }
      i = at
    } else {
      i += 1
    }
  }
  return out
}
