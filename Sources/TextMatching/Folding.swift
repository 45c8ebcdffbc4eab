/// Folds a printed character to what rules match: the parts of NFKC and the house's own foldings
/// that reports need. Letters outside Latin stay as they are.
enum Folded {
  /// Letters or digits, lower case.
  case letters([UInt8])
  /// A capital letter, folded to lower case.
  case capital([UInt8])
  case mark(UInt8)
  case apostrophe
  case hyphen
  /// An en dash or minus: a hyphen between letters, else a mark.
  case dash
  /// Breaks a word only where the line ends: invisible elsewhere.
  case softHyphen
  /// A space the reader of the PDF left inside a word.
  case space
  case bullet
  /// Trademark signs, combining accents, footnote digits: not part of any word.
  case nothing
}

func fold(_ c: UInt32) -> Folded {
  switch c {
  case 0x2018, 0x2019, 0x201B, 0x2032, 0x02BC, 0x60, 0xB4: return .apostrophe
  case 0x201C, 0x201D, 0x201E, 0x201F, 0x2033, 0xAB, 0xBB: return .mark(0x22)
  case 0x2010, 0x2011, 0x2043, 0xFE63, 0xFF0D: return .hyphen
  case 0xFF07: return .apostrophe
  case 0xFF02: return .mark(0x22)
  case 0xAD: return .softHyphen
  case 0x2012, 0x2013, 0x2212: return .dash
  case 0x2014, 0x2015: return .mark(0x2D)
  case 0xA0, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: return .space
  case 0x200B...0x200D, 0x2060, 0xFEFF: return .nothing
  case 0x2026: return .mark(0x2E)
  case 0x2022, 0x2023, 0x25A0...0x25FF, 0x2219, 0xB7, 0x2713...0x2718, 0x27A2, 0x2756, 0x2666,
    0xE000...0xF8FF:
    return .bullet
  case 0xAE, 0xA9, 0x2122, 0x2120, 0x2117, 0x300...0x36F, 0x2020, 0x2021: return .nothing
  case 0xB2, 0xB3, 0xB9, 0x2070...0x209C: return .nothing
  case 0xFB00: return letters("ff")
  case 0xFB01: return letters("fi")
  case 0xFB02: return letters("fl")
  case 0xFB03: return letters("ffi")
  case 0xFB04: return letters("ffl")
  case 0xFB05, 0xFB06: return letters("st")
  case 0xFF10...0xFF19: return .letters([UInt8(c - 0xFF10 + 0x30)])
  case 0xFF21...0xFF3A: return .capital([UInt8(c - 0xFF21 + 0x61)])
  case 0xFF41...0xFF5A: return .letters([UInt8(c - 0xFF41 + 0x61)])
  case 0xFF01...0xFF5E: return .mark(UInt8(c - 0xFF01 + 0x21))
  case 0x2160...0x216B: return .capital(Array(romans[Int(c - 0x2160)].utf8))
  case 0x2170...0x217B: return .letters(Array(romans[Int(c - 0x2170)].utf8))
  case 0xC0...0x17F: return accented(c)
  default: break
  }
  guard let scalar = Unicode.Scalar(c) else { return .nothing }
  let properties = scalar.properties
  if properties.isAlphabetic {
    let lower = Array(properties.lowercaseMapping.utf8)
    return properties.isUppercase ? .capital(lower) : .letters(lower)
  }
  return .mark(0x7E)
}

private let romans = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"]

private func letters(_ text: String) -> Folded { .letters(Array(text.utf8)) }

/// Latin letters without their accents; the base letters of U+00C0…U+017F in order.
private func accented(_ c: UInt32) -> Folded {
  switch c {
  case 0xC6: return .capital(Array("ae".utf8))
  case 0xE6: return letters("ae")
  case 0xDF: return letters("ss")
  case 0x152: return .capital(Array("oe".utf8))
  case 0x153: return letters("oe")
  case 0xD7, 0xF7: return .mark(0x78)
  default: break
  }
  let base = accentBases[Int(c - 0xC0)]
  if base >= 0x41 && base <= 0x5A { return .capital([base | 0x20]) }
  return .letters([base])
}

private let accentBases = Array(
  ("AAAAAAACEEEEIIIIDNOOOOOxOUUUUYTsaaaaaaaceeeeiiiidnoooooxouuuuyty"
    + "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIiIiJjKkkLlLlLlL"
    + "lLlNnNnNnnNnOoOoOoOoRrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs").utf8)
