import PageText

extension RawWord {
  /// Mends what OCR takes for something else so often that the word as read is hardly ever meant: bullets
  /// read as letters or signs, and letters that look like digits inside numbers.
  mutating func straightenSpelling(isFirst: Bool, _ size: Float) {
    if isFirst, isBullet(size) {
      text = "•"
      return
    }
    text = withDigits(text)
  }

  /// A small round mark at the head of a line, whatever it was read as.
  private func isBullet(_ size: Float) -> Bool {
    guard text.unicodeScalars.count == 1, text != ".", text != "-", text != "–", text != "—" else {
      return false
    }
    let isRound = abs(box.width - box.height) < 0.4 * max(box.width, box.height)
    return text == "•" || text == "¢" || (isRound && box.height < 0.45 * size)
  }
}

/// `2O25` as 2025, `CC6.l` as CC6.1, `P11.1` as PI1.1: letters inside numbers, or behind the letters of a
/// criterion, that look like digits.
func withDigits(_ word: String) -> String {
  var out = Array(word.unicodeScalars)
  guard out.contains(where: isDigit) else { return word }
  var start = 0
  while start < out.count {
    guard isLetterOrDigit(out[start]) else {
      start += 1
      continue
    }
    var end = start
    while end < out.count, isLetterOrDigit(out[end]) { end += 1 }
    let follows = start >= 2 && out[start - 1] == "." && isDigit(out[start - 2])
    let leads = end + 1 < out.count && out[end] == "." && looksLikeDigit(out[end + 1])
    mend(&out[start..<end], follows: follows, leads: leads)
    start = end
  }
  var text = String.UnicodeScalarView()
  text.append(contentsOf: out)
  return String(text)
}

/// - Parameters:
///   - follows: stands behind a digit and a point.
///   - leads: stands before a point and what may be a digit.
private func mend(_ piece: inout ArraySlice<Unicode.Scalar>, follows: Bool, leads: Bool) {
  var body = piece.startIndex
  // A number begins with a digit; `l5` is no word either.
  let isNumber =
    piece.first.map { isDigit($0) || follows || ($0 == "l" && piece.contains(where: isDigit)) }
    ?? false
  if !isNumber {
    guard leads, let first = piece.first else { return }
    let isCommon = piece.starts(with: ["C", "C"])
    guard isCommon || first == "A" || first == "C" || first == "P" else { return }
    body += isCommon ? 2 : 1
    // No privacy criterion has two digits before the point.
    if first == "P", piece.count == 3 {
      if looksLikeDigit(piece[body]), digit(for: piece[body]) == "1" { piece[body] = "I" }
      body += 1
    }
  }
  guard body < piece.endIndex, piece[body...].allSatisfy(looksLikeDigit) else { return }
  for i in body..<piece.endIndex { piece[i] = digit(for: piece[i]) }
}

private func isDigit(_ c: Unicode.Scalar) -> Bool { c.value >= 0x30 && c.value <= 0x39 }

private func isLetterOrDigit(_ c: Unicode.Scalar) -> Bool {
  c.properties.isAlphabetic || isDigit(c) || c == "|"
}

private func looksLikeDigit(_ c: Unicode.Scalar) -> Bool {
  isDigit(c) || ["O", "o", "l", "I", "|"].contains(c)
}

private func digit(for c: Unicode.Scalar) -> Unicode.Scalar {
  switch c {
  case "O", "o": "0"
  case "l", "I", "|": "1"
  default: c
  }
}
