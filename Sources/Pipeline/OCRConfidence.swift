import PageText
import ReportStructure
import RuleEngine
import SOC2Vocabulary

/// Facts that rest on OCR are sure at most by half, and so is that nothing is there where pages were read so.
func tempered(_ document: ReadDocument) -> ReadDocument {
  guard document.report.pages.contains(where: \.hasRecognisedWords) else { return document }
  var out = document
  for (name, fact) in document.facts.facts where fact.confidence == .high {
    let rests =
      fact.evidence.contains { $0.source == .ocr } || fact.value.restsOnOCR
      || fact.readings.contains { reading in
        reading.evidence.contains { $0.source == .ocr } || reading.value.restsOnOCR
      }
    if rests || fact.state == .absent { out.facts.facts[name]?.confidence = .medium }
  }
  return out
}

extension Page {
  var hasRecognisedWords: Bool { words.contains { $0.style.contains(.recognised) } }

  /// Whether more of its words come from OCR, ours or the file maker's, than from the file's own print.
  var isByOCR: Bool {
    state == .text && words.count { $0.style.contains(.recognised) } * 2 > words.count
  }
}

extension Value {
  fileprivate var restsOnOCR: Bool {
    switch self {
    case .evidence(let pieces): pieces.contains { $0.source == .ocr }
    case .list(let list): list.contains(where: \.restsOnOCR)
    case .object(let object): object.values.contains(where: \.restsOnOCR)
    case .null, .bool, .number, .text: false
    }
  }
}
