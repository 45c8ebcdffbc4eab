import ReportStructure
import SOC2Vocabulary
import TextMatching

/// What came of a test: its result, a response cut off from it, a note it points to.
extension ControlReader {
  mutating func addTest(
    _ test: Passage?, _ result: Passage?, _ more: [Passage], _ cell: TableCell?, _ r: Int,
    _ known: ColumnRoles, _ reader: inout TableReader
  ) {
    guard test != nil || result != nil, open != nil else { return }
    if let result {
      if test == nil || open?.tests.isEmpty == false, takeResponse(result) {
        // Beside a response stand the last words of the test it answers.
        if let test, let last = open?.tests.indices.last {
          open?.tests[last].procedure.append(test)
        }
        return
      }
      reader.resultReach = r + (cell?.rowSpan ?? 1)
      reader.result = result
      let asked = cell.flatMap { known.asked[$0.columns.lowerBound] }
      let pairs = more.isEmpty && asked == nil ? outcomes.pairs(test, result) : [(test, result)]
      for (test, result) in pairs {
        add(
          ReadTest(procedure: test.map { [$0] } ?? [], criteria: criteriaHere), result,
          asked: asked)
      }
      for part in more where text.words(part) > 0 { addPart(part) }
      return
    }
    guard let test else { return }
    if r < reader.resultReach {
      if let last = open?.tests.indices.last {
        open?.tests[last].procedure.append(test)
      } else if let shared = reader.result {
        // One result beside several controls is the result of each.
        add(ReadTest(procedure: [test], criteria: criteriaHere), shared)
      }
      return
    }
    guard known.column(of: .result) != nil else { return }
    let blank = ReadTest(procedure: [test], criteria: criteriaHere)
    open?.tests.append(blank)
  }

  /// A second column of results, or the words beside a verdict: the gravest counts, and what nobody
  /// understands takes a pass away.
  mutating func addPart(_ part: Passage) {
    guard var test = open?.tests.popLast() else { return }
    let outcome = outcomes.outcome([part])
    // "N/A" in a column for what deviated says that there is nothing to tell.
    if outcome == .notTested, test.outcome == .noException, text.words(part) <= 2 {
      open?.tests.append(test)
      return
    }
    switch (test.outcome, outcome) {
    case (.notTested, .notOperated) where test.result.allSatisfy({ text.words($0) <= 2 }):
      test.outcome = .notOperated
    case (_, .exception): test.outcome = .exception
    case (.noException, .unknown): test.outcome = text.words(part) > 2 ? .unknown : .noException
    case (.noException, _), (.unknown, .notOperated), (.unknown, .notTested):
      test.outcome = outcome
    default: break
    }
    if outcome != .noException || test.outcome == .noException { test.result.append(part) }
    open?.tests.append(test)
  }

  /// The criteria under which the open control is printed here.
  var criteriaHere: [String] { open?.criteria ?? underCriteria }

  /// Adds a test, its response cut off from its result.
  mutating func add(
    _ test: ReadTest, _ result: Passage, asked: ColumnRoles.Question? = nil
  ) {
    var test = test
    var rest = result
    if let lead = text.hits(.responseLead, in: result).first {
      rest = Passage(tokens: result.tokens.lowerBound..<lead.tokens.lowerBound, block: result.block)
      let answer = Passage(
        tokens: min(text.responseStart(lead), result.tokens.upperBound)..<result.tokens.upperBound,
        block: result.block)
      if !answer.tokens.isEmpty { test.response.append(answer) }
    }
    test.outcome = asked.map { outcomes.outcome(rest, asked: $0) } ?? outcomes.outcome([rest])
    test.result.append(outcomes.withoutCode(rest))
    test.isInquiryOnly = isInquiryOnly(test.procedure)
    // Some reports tell the exception with the test and only point there from the result, or pass the test all
    // the same: it is an exception still.
    let isTold = !text.hits(.resultReference, in: rest).isEmpty
    if test.outcome != .exception,
      let told = test.procedure.first(where: {
        isTold || (test.outcome == .noException && outcomes.tellsOfFailure($0))
      }).flatMap(outcomes.toldException)
    {
      test.outcome = .exception
      test.result = [told]
    }
    if test.outcome == .exception || test.outcome == .unknown,
      let note = note(for: rest) ?? markedNote(for: rest)
    {
      test.result += note
      if test.outcome == .unknown { test.outcome = outcomes.outcome(note) }
    }
    open?.tests.append(test)
  }

  /// What a row across the table tells of the test above it: `Deviation: One of 25 …`.
  mutating func takeDeviation(_ passage: Passage) -> Bool {
    guard let label = labels(in: passage).first, label.role == .deviation,
      let last = open?.tests.indices.last, label.end < passage.tokens.upperBound
    else { return false }
    var told = passage.from(label.end)
    if let lead = text.hits(.responseLead, in: told).first {
      let start = text.responseStart(lead)
      if start < told.tokens.upperBound { open?.tests[last].response.append(told.from(start)) }
      told = told.upTo(lead.tokens.lowerBound)
    }
    let outcome = outcomes.outcome([told])
    guard outcome != .noException else { return true }
    // What no rule knows below an exception tells more of it.
    if outcome != .unknown || open?.tests[last].outcome != .exception {
      open?.tests[last].outcome = outcome == .unknown ? .unknown : .exception
    }
    open?.tests[last].result.append(told)
    return true
  }

  /// A result that goes on in another row.
  mutating func goOn(_ last: Int, _ result: Passage) {
    guard var test = open?.tests[last] else { return }
    let before = test.result
    open?.tests.remove(at: last)
    test.result = []
    add(test, result)
    guard var made = open?.tests.popLast() else { return }
    made.result = before + made.result
    made.outcome = outcomes.outcome(made.result)
    open?.tests.append(made)
  }

  func isInquiryOnly(_ procedure: [Passage]) -> Bool {
    let kinds = procedure.flatMap { text.hits(.testKind, in: $0).compactMap(\.value.text) }
    return !kinds.isEmpty && kinds.allSatisfy { $0 == "inquiry" }
  }

  /// Where words begin with the lead-in of a response, they answer the last test.
  @discardableResult
  mutating func takeResponse(_ passage: Passage) -> Bool {
    guard let lead = text.hits(.responseLead, in: passage).first,
      lead.tokens.lowerBound <= passage.tokens.lowerBound + 2
    else { return false }
    let start = text.responseStart(lead)
    guard start < passage.tokens.upperBound else { return false }
    let answer = Passage(tokens: start..<passage.tokens.upperBound, block: passage.block)
    if let last = open?.tests.indices.last {
      open?.tests[last].response.append(answer)
    } else if let control = controls.indices.last, let last = controls[control].tests.indices.last {
      controls[control].tests[last].response.append(answer)
    } else {
      return false
    }
    return true
  }

  // MARK: - Notes

  /// The words below a table to which a result points: those that begin with the same label, such as
  /// `Note 1` or `Exception 2`.
  func note(for result: Passage) -> [Passage]? {
    guard
      let reference = text.hits(.resultReference, in: result).first(where: {
        $0.value == .text("note")
      })
    else { return nil }
    let words = text.text.tokens[reference.tokens.lowerBound..<result.tokens.upperBound]
      .filter(\.isWord).map { text.text.word($0) }
    // A letter only counts right behind the word it goes with: "Note B".
    let near = text.words(Passage(tokens: reference.tokens, block: result.block))
    guard
      let n = words.indices.last(where: { i in
        words[i].allSatisfy(\.isNumber) && words[i].count <= 2
          || (words[i].utf8.count == 1 && i <= near)
      }), n > 0
    else { return narrative() }
    let label = [words[n - 1], words[n]]
    for block in report.blocks.indices
    where block != result.block
      && [.testsOfControls, .otherInformation, .appendix].contains(report.zones[block])
    {
      let passage = text.passage(block)
      let head = text.text.tokens[passage.tokens].filter(\.isWord).prefix(3)
        .map { text.text.word($0) }
      guard head.count >= 3 || head.count == 2, Array(head.prefix(2)) == label else { continue }
      if text.words(passage) > 4 { return [upToNextLabel(passage, label)] }
      // The label stands alone; the words follow.
      if block + 1 < report.blocks.count { return [text.passage(block + 1)] }
    }
    return noteWithin(label, besides: result.block)
  }

  /// The note that begins with the mark at the end of a result: `No exceptions noted.¹` The next one further
  /// down is meant, for marks may count anew.
  private func markedNote(for result: Passage) -> [Passage]? {
    guard let mark = outcomes.noteMark(of: result) else { return nil }
    let heads = [mark, mark + ".", mark + ")"]
    let block = report.blocks.indices[(result.block + 1)...].first { block in
      report.blocks[block].kind != .cell && report.zones[block] == .testsOfControls
        && text.outerWords(of: block).map { heads.contains($0.first) } ?? false
        && text.words(text.passage(block)) > 3
    }
    return block.map { [text.passage($0)] }
  }

  /// A paragraph below the tables that begins with the number of the open control.
  private func narrative() -> [Passage]? {
    guard let id = open?.id else { return nil }
    for block in report.blocks.indices
    where report.zones[block] == .testsOfControls && report.blocks[block].kind != .cell {
      let passage = text.passage(block)
      guard let first = ControlID(leading: passage, text), first == id, text.words(passage) > 4
      else { continue }
      if text.hits(.responseLead, in: passage).isEmpty { return [passage] }
    }
    return nil
  }

  /// A note that stands in one block with others: from its label at the beginning of a line on.
  private func noteWithin(_ label: [String], besides own: Int) -> [Passage]? {
    for block in report.blocks.indices
    where block != own && report.blocks[block].kind != .cell
      && [.testsOfControls, .otherInformation, .appendix].contains(report.zones[block])
    {
      let passage = text.passage(block)
      for i in passage.tokens where isLabel(at: i, in: passage, [label[0], label[1]]) {
        return [upToNextLabel(passage.from(i), label)]
      }
    }
    return nil
  }

  /// Whether words stand at the beginning of a line or a sentence; a nil stands for any number.
  private func isLabel(at i: Int, in passage: Passage, _ label: [String?]) -> Bool {
    let tokens = text.text.tokens
    guard tokens[i].isWord, tokens[i].flags.contains(.lineStart) || isAfterSentence(i) else {
      return false
    }
    let words = tokens[i..<min(i + 4, passage.tokens.upperBound)].filter(\.isWord).prefix(2)
      .map { text.text.word($0) }
    return words.count == 2 && words[0] == label[0]
      && (label[1].map { $0 == words[1] } ?? words[1].allSatisfy(\.isNumber))
  }

  /// A note without the notes that follow it in its block.
  private func upToNextLabel(_ passage: Passage, _ label: [String]) -> Passage {
    let next = passage.tokens.dropFirst(2).first { isLabel(at: $0, in: passage, [label[0], nil]) }
    return next.map { passage.upTo($0) } ?? passage
  }
}
