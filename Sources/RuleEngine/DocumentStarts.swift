import ReportStructure
import RulePacks
public import SOC2Vocabulary
import TextMatching

/// Pages after the first that may open a document of their own, by the words in their first lines.
///
/// - Returns: index of the page and the kind its words speak for, in order of pages. Only candidates:
///   whether the rest is such a document is for the caller to find out by reading it.
func documentStarts(
  in report: Report, _ matches: [PhraseMatch], with rules: CompiledRules
) -> [DocumentStart] {
  var firstBlock: [Int: Int] = [:]
  for (i, block) in report.blocks.enumerated() where firstBlock[block.firstPage] == nil {
    firstBlock[block.firstPage] = i
  }
  var out: [DocumentStart] = []
  for match in matches {
    guard case .fact(let r, let f, let option) = rules.owners[match.phrase],
      rules.rules[r].facts[f].target == .signal(.documentOpening),
      let kind = DocumentKind(rawValue: rules.rules[r].facts[f].cases[option].value),
      !rules.isCancelled(match, rule: r, fact: f, option: option, matches, report.text)
    else { continue }
    let block = report.text.block(of: match.tokens.lowerBound)
    let page = report.blocks[block].firstPage
    guard page > 0, report.zones[block] != .toc, report.blocks[block].kind != .contents,
      block - (firstBlock[page] ?? 0) < 10, !out.contains(where: { $0.page == page })
    else { continue }
    out.append(DocumentStart(page: page, kind: kind))
  }
  return out.sorted { $0.page < $1.page }
}

/// A page that may open a document of its own.
public struct DocumentStart: Sendable {
  /// Index of the page.
  public var page: Int
  /// The kind its words speak for.
  public var kind: DocumentKind
}
