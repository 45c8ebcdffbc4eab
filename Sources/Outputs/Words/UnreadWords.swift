import PageText
import SOC2Vocabulary

extension Review {
  /// Why pages were not read: `pages 2, 3 are pictures`, one phrase for each cause.
  func unreadWords(of pages: [Int]) -> [String] {
    var causes: [String: String] = [:]
    for diagnostic in diagnostics {
      if let page = diagnostic.page, let words = unreadCauses[diagnostic.code] {
        causes["\(page)"] = words.many
        if pages == [page] { causes["\(page)"] = words.one }
      }
    }
    var order: [String] = []
    var pagesByCause: [String: [Int]] = [:]
    for page in Set(pages).sorted() {
      let cause = causes["\(page)"] ?? "could not be read"
      if pagesByCause[cause] == nil { order.append(cause) }
      pagesByCause[cause, default: []].append(page)
    }
    return order.map { cause in
      let pages = pagesByCause[cause] ?? []
      return (pages.count == 1 ? "page " : "pages ") + pageList(pages) + " " + cause
    }
  }

  /// `Read 94 of 96 pages (3 by OCR); not read: pages 2, 3.`
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
