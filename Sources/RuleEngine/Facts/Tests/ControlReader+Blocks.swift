import ReportStructure
import SOC2Vocabulary
import TextMatching

/// Labelled blocks and the rows of forms: `Control: … Test: … Result: …`.
extension ControlReader {
  mutating func readBlock(_ block: Int) {
    let passage = text.passage(block)
    guard !passage.tokens.isEmpty else { return }
    let labels = labels(in: passage)
    if !labels.isEmpty {
      for (n, label) in labels.enumerated() {
        let end = n + 1 < labels.count ? labels[n + 1].start : passage.tokens.upperBound
        take(
          label.role, Passage(tokens: min(label.end, end)..<end, block: block),
          asked: ColumnRoles.question(passage.from(label.start).upTo(label.end), text))
      }
      return
    }
    if let found = text.leadingCriteria(passage),
      report.blocks[block].kind == .heading
        || found.end <= passage.tokens.lowerBound + 4 * found.found.count + 3
    {
      // A sentence about a criterion is no heading over what follows: "CC6.4 is met by the host".
      if report.blocks[block].kind == .heading || text.hits(.criterionReason, in: passage).isEmpty {
        close()
        underCriteria = found.found
      }
      return
    }
    if report.blocks[block].kind == .heading { close() }
    takeResponse(passage)
  }

  /// Labels such as `Test performed:` at the beginning of a block or of a line in it.
  func labels(in passage: Passage) -> [(role: ColumnRole, start: Int, end: Int)] {
    var out: [(role: ColumnRole, start: Int, end: Int)] = []
    for hit in text.hits(.columnHeader, in: passage) {
      guard let role = hit.value.text.flatMap(ColumnRole.init(head:)) else { continue }
      let start = hit.tokens.lowerBound
      let isFirst =
        start == passage.tokens.lowerBound || text.text.tokens[start].flags.contains(.lineStart)
        || isAfterSentence(start)
      guard isFirst else { continue }
      // Up to an id of three tokens may stand between label and colon.
      var end = hit.tokens.upperBound
      var passed = 0
      while end < passage.tokens.upperBound, passed < 4,
        !(text.text.tokens[end].kind == .mark && text.text.tokens[end].mark == 0x3A)
      {
        end += 1
        passed += 1
      }
      // "Control 2.1 Access is …": the number alone parts the label from the words.
      if role == .control || role == .id, out.isEmpty, start == passage.tokens.lowerBound,
        end >= passage.tokens.upperBound || text.text.tokens[end].mark != 0x3A,
        let number = ControlID.place(behind: hit, passage, text),
        number.tokens.upperBound < passage.tokens.upperBound, isFollowedByLabels(passage)
      {
        out.append((.id, number.tokens.lowerBound, number.tokens.lowerBound))
        out.append((.control, number.tokens.upperBound, number.tokens.upperBound))
        continue
      }
      guard end < passage.tokens.upperBound, text.text.tokens[end].mark == 0x3A,
        out.last.map({ $0.end <= start }) ?? true
      else { continue }
      if role == .control, passed > 0 {
        // "Control CH-3: …" names the control's id before its words.
        out.append((.id, hit.tokens.upperBound, hit.tokens.upperBound))
        out[out.count - 1].end = hit.tokens.upperBound
        out.append((.control, end, end + 1))
      } else {
        out.append((role, start, end + 1))
      }
    }
    return out
  }

  /// Whether a label of a test or a result with its colon comes in a block or soon after it.
  func isFollowedByLabels(_ passage: Passage) -> Bool {
    (passage.block..<min(passage.block + 3, report.blocks.count)).contains { block in
      text.hits(.columnHeader, in: text.passage(block)).contains { hit in
        let end = hit.tokens.upperBound
        return [.text(ColumnRole.test.rawValue), .text(ColumnRole.result.rawValue)]
          .contains(hit.value) && end < text.text.tokens.count && text.text.tokens[end].mark == 0x3A
      }
    }
  }

  func isAfterSentence(_ token: Int) -> Bool {
    token > 0 && text.text.tokens[token - 1].sentence != text.text.tokens[token].sentence
  }

  /// Takes one labelled part.
  mutating func take(
    _ role: ColumnRole, _ passage: Passage, asked: ColumnRoles.Question? = nil
  ) {
    switch role {
    case .id:
      close()
      open = ReadControl(
        id: ControlID(cell: passage, text), idPassage: passage, criteria: underCriteria)
    case .control:
      if open == nil || open?.words.isEmpty == false {
        close()
        open = ReadControl(criteria: underCriteria)
      }
      var words = passage
      if open?.id == nil, let id = ControlID(leading: passage, text) {
        open?.id = id
        words = Passage(
          tokens: min(
            passage.tokens.lowerBound + id.count, passage.tokens.upperBound)..<passage.tokens
            .upperBound, block: passage.block)
      }
      open?.words.append(words)
    case .criterion:
      let found = text.criteria(in: passage)
      guard !found.isEmpty else { return }
      underCriteria = found
      open?.criteria = found
    case .test:
      if open == nil { open = ReadControl(criteria: underCriteria) }
      let blank = ReadTest(procedure: [passage], criteria: criteriaHere)
      open?.tests.append(blank)
    case .result:
      // A legend also says what results mean; there is no control before it.
      guard open != nil else { return }
      var procedure: [Passage] = []
      if let last = open?.tests.last, last.result.isEmpty {
        procedure = last.procedure
        open?.tests.removeLast()
      }
      if passage.tokens.isEmpty || text.words(passage) == 0 {
        let blank = ReadTest(procedure: procedure, criteria: criteriaHere)
        open?.tests.append(blank)
      } else {
        add(ReadTest(procedure: procedure, criteria: criteriaHere), passage, asked: asked)
      }
    case .response:
      if let last = open?.tests.indices.last { open?.tests[last].response.append(passage) }
    default:
      break
    }
  }
}
