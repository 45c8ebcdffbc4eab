import PageText
import SOC2Vocabulary

extension Review {
  /// Why pages were not read, one phrase for each cause: `pages 2, 3 are pictures`.
  func unreadWords(of pages: [Int]) -> [String] {
    var codes: [Int: String] = [:]
    for diagnostic in diagnostics where UnreadCause(rawValue: diagnostic.code) != nil {
      if let page = diagnostic.page { codes[page] = diagnostic.code }
    }
    var groups: [(code: String, pages: [Int])] = []
    for page in Set(pages).sorted() {
      let code = codes[page] ?? ""
      if let index = groups.firstIndex(where: { $0.code == code }) {
        groups[index].pages.append(page)
      } else {
        groups.append((code, [page]))
      }
    }
    return groups.map { group in
      let isOne = group.pages.count == 1
      let cause = UnreadCause(rawValue: group.code)
      return (isOne ? "page " : "pages ") + pageList(group.pages) + " "
        + (cause?.words(isOne: isOne) ?? "could not be read")
    }
  }

  /// How much of the document the review rests on: `Read 94 of 96 pages; not read: pages 2, 3.`
  var readingWords: String {
    let total = document.partOf?.count ?? document.pages
    let read = document.pagesWithText + document.pagesByOCR
    var words = "Read \(read) of \(counted(total, "page", "pages"))"
    if document.pagesByOCR > 0 { words += " (\(document.pagesByOCR) by OCR)" }
    let unread = Set(document.unreadPages).sorted()
    if !unread.isEmpty {
      words += "; not read: " + (unread.count == 1 ? "page " : "pages ") + pageList(unread)
    }
    return words + "."
  }
}

/// The diagnostics that say of a page why it was not read.
private enum UnreadCause: String {
  case pageIsPicture, pageIsGarbled, pageIsIllegible, ocrFailed, pageUnreadable, pageTooMuch

  func words(isOne: Bool) -> String {
    switch self {
    case .pageIsPicture: isOne ? "is a picture" : "are pictures"
    case .pageIsGarbled:
      isOne ? "has fonts that do not give its letters" : "have fonts that do not give their letters"
    case .pageIsIllegible:
      isOne ? "is a picture that OCR could not read" : "are pictures that OCR could not read"
    case .ocrFailed: isOne ? "is a picture that OCR gave up" : "are pictures that OCR gave up"
    case .pageUnreadable: "could not be loaded"
    case .pageTooMuch: isOne ? "holds more than the limit" : "hold more than the limit"
    }
  }
}
