import PageText
import SOC2Vocabulary

extension Review {
  /// What the document is, in a few words: `SOC 2 report, type 2`.
  var title: String {
    guard document.status.isRead, let kind = document.kind else {
      return "NOT REVIEWED: " + document.status.title.lowercased()
    }
    guard kind == .soc2Report else { return kind.title }
    switch facts[.reportType]?.found {
    case .text(ReportType.type1.rawValue): return kind.title + ", type 1"
    case .text(ReportType.type2.rawValue): return kind.title + ", type 2"
    default: return kind.title + ", TYPE UNKNOWN"
    }
  }

  /// For whom and for which day: `For Northwind. Reviewed as of 15 January 2026.`
  var occasion: String {
    (context.vendor.map { "Vendor: \($0). " } ?? "") + "Reviewed as of \(reviewDate.spelled)."
  }

  /// The mark of a document that is not what one asks for.
  static let otherKind = "NOT A SOC 2 REPORT"

  /// What a reader must know before anything else.
  var warnings: [(mark: String, text: String)] {
    var warnings: [(mark: String, text: String)] = []
    if document.status.isRead, let kind = document.kind, kind != .soc2Report {
      warnings.append((Self.otherKind, kind.whatItIs ?? ""))
    }
    if document.status == .partial {
      warnings.append(("READ IN PART", document.reason ?? "The document is not complete."))
    }
    if document.status.isRead, !document.unreadPages.isEmpty {
      let causes = unreadWords(of: document.unreadPages).joined(separator: ", ")
      warnings.append(("UNREAD PAGES", causes + ". What stands there is unknown."))
    }
    return warnings
  }

  /// Trouble in reading, without the pages that `warnings` names already.
  var notes: [Diagnostic] {
    let unread = Set(document.unreadPages)
    return diagnostics.filter { diagnostic in
      guard let page = diagnostic.page else { return true }
      return !unread.contains(page)
    }
  }

  /// Which program, rules, policy and file: `soclens 0.1.0, rules soc2 1.2 (sha256 …), …`.
  var provenance: String {
    tool.words + ", file \(document.file) (sha256 \(document.sha256.prefix(shortHash)))"
  }
}

extension ToolRecord {
  /// Program, rules and policy by name and hash; the hashes cut, as the record has all of them.
  var words: String {
    "soclens \(Self.version), rules \(rulesPack) \(rulesVersion) "
      + "(sha256 \(rulesSHA256.prefix(shortHash))), "
      + "policy \(policyName) (sha256 \(policySHA256.prefix(shortHash)))"
  }
}

/// Digits of a hash that tell two files apart for a reader.
private let shortHash = 12

extension DocumentRecord {
  /// The file, and the pages where it is only part of it: `all.pdf, pages 95–96`.
  var name: String {
    guard let pages = partOf else { return file }
    return pages.count == 1
      ? "\(file), page \(pages.lowerBound)"
      : "\(file), pages \(pages.lowerBound)–\(pages.upperBound)"
  }
}

extension Packet {
  var title: String {
    counted(reviews.count, "document", "documents") + (vendor.map { " of \($0)" } ?? "")
  }
}
