import Outputs
import PDFText
import PageText
import Pipeline
import SOC2Vocabulary

/// A copy of each PDF of the packet with its evidence marked, one for each file, whatever number of
/// documents it holds. Where there is none, a message says why.
func markedCopies(_ packet: Packet, _ sources: ReviewedFiles) -> [OutputFile] {
  var copies: [OutputFile] = []
  var done: Set<FilePath> = []
  for (index, file) in sources.files.enumerated() where done.insert(file.path).inserted {
    let places = sources.files.indices.filter { sources.files[$0].path == file.path }
    let marks = places.flatMap { pdfMarks(packet, document: $0) }
    guard !marks.isEmpty, let document = file.document else { continue }
    let name = file.path.shownName
    switch sources.reader.mark(marks, on: document.bytes) {
    case .success(.success(let added)):
      let bytes = document.content + added
      copies.append(OutputFile(name: copyName(of: name, beside: copies), bytes: bytes))
      if packet.reviews[index].document.metadata?.signed == true {
        printError(
          "\(name): carries a digital signature; of the marked copy readers will say that it was changed after signing"
        )
      }
    case .success(.failure(let error)):
      printError("\(name): no marked copy is made: \(error.words)")
    case .failure(let failure):
      let reason = failure.reason(of: document.identity, within: sources.reader.reading)
      printError("\(name): no marked copy is made: \(reason)")
    }
  }
  return copies
}

/// `report.annotated.pdf`, and a number where another file has that name.
private func copyName(of name: String, beside others: [OutputFile]) -> String {
  let stem = name.lowercased().hasSuffix(".pdf") ? String(name.dropLast(4)) : name
  let taken = Set(others.map(\.name))
  var candidate = stem + ".annotated.pdf"
  var number = 2
  while taken.contains(candidate) {
    candidate = "\(stem).\(number).annotated.pdf"
    number += 1
  }
  return candidate
}

extension AnnotationError {
  /// The end of a sentence that says that there is no copy.
  fileprivate var words: String {
    switch self {
    case .unreadable: "it is no PDF, or cannot be opened"
    case .forbidden: "the protection of the file does not allow notes; ask for a copy without it"
    case .damaged: "the file is damaged; ask for it again"
    case .missingPage: "a page that should be marked cannot be loaded"
    case .failed: "the PDF library could not write it"
    }
  }
}
