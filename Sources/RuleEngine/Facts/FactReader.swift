public import PageText
import ReportStructure
public import SOC2Vocabulary
import TextMatching

/// What one document says: its kind, its facts, and where was searched in vain.
public struct DocumentFacts: Sendable {
  public var kind: DocumentKind
  public var kindReasons: [Evidence]
  public var facts: [FactName: Fact]
  public var searched: [Searched]
  /// Building blocks that findings judge by.
  public var signals: [SignalName: [Reading]]
  /// Whether a signature stands under the auditor's report and under the assertion.
  public var auditorSignature: SignatureState
  public var assertionSignature: SignatureState
  /// What findings may judge by besides facts and building blocks, by its path: `document.carvedOut`.
  public var derived: [String: FactTable.Entry]
  /// What its sentences of exclusion leave out; needed only while there are pages.
  public var exclusionSpans: [ExclusionSpan]
  /// Pages after the first that may open another document.
  public var starts: [DocumentStart]
  /// What of its tests could not be read.
  public var diagnostics: [Diagnostic]

  public init(
    kind: DocumentKind, kindReasons: [Evidence], facts: [FactName: Fact], searched: [Searched],
    signals: [SignalName: [Reading]], auditorSignature: SignatureState,
    assertionSignature: SignatureState, derived: [String: FactTable.Entry],
    exclusionSpans: [ExclusionSpan] = [], starts: [DocumentStart], diagnostics: [Diagnostic]
  ) {
    self.kind = kind
    self.kindReasons = kindReasons
    self.facts = facts
    self.searched = searched
    self.signals = signals
    self.auditorSignature = auditorSignature
    self.assertionSignature = assertionSignature
    self.derived = derived
    self.exclusionSpans = exclusionSpans
    self.starts = starts
    self.diagnostics = diagnostics
  }
}

public enum SignatureState: String, Sendable, CaseIterable { case signed, unsigned, unknown }

/// Reads the facts of one document from what the rules found in it.
struct FactReader {
  let report: Report
  let hits: Hits
  let kind: DocumentKind

  var text: RunningText { report.text }

  func evidence(of hit: Hit) -> [Evidence] {
    (hit.isFurniture ? report.furniture : text).evidence(hit.tokens, section: hit.zone)
  }

  func reading(of hit: Hit) -> Reading {
    Reading(value: hit.value, evidence: evidence(of: hit), section: hit.zone)
  }

  /// Whether some page that should be searched for a fact of these zones could not be read. Pages that
  /// belong to no section that was recognised may be any part of the report.
  func hasUnreadPage(in zones: Set<Zone>) -> Bool { !unreadPages(in: zones).isEmpty }

  /// Those pages, by number.
  func unreadPages(in zones: Set<Zone>) -> [Int] {
    report.pages.enumerated().filter { index, page in
      !page.isSearchable && couldBelong(index, to: zones)
    }.map(\.element.number)
  }

  /// An unread page may belong to a zone if it lies in one of its sections, next to one, or if the zone
  /// was not found at all.
  private func couldBelong(_ index: Int, to zones: Set<Zone>) -> Bool {
    let sections = report.sections.filter { zones.contains($0.zone) }
    if sections.isEmpty { return true }
    return sections.contains { index >= $0.firstPage - 1 && index <= $0.lastPage + 1 }
  }

  /// A fact that was looked for and not found: absent, or not searchable when the part of the report
  /// where it should stand (the first of `zones`) is missing, or a page of it could not be read.
  func missing(in zones: [Zone]) -> Fact {
    let isThere = zones.first.map { !report.sections(in: $0).isEmpty } ?? true
    let searched = isThere && !hasUnreadPage(in: Set(zones))
    return Fact(state: searched ? .absent : .notSearchable, confidence: .low)
  }

  /// The text of the zone's blocks.
  func blocks(in zone: Zone) -> [Int] {
    report.blocks.indices.filter { report.zones[$0] == zone }
  }

  /// Votes among readings of a value: the value with the greatest weight wins, the earliest of equals.
  func voted(_ hits: [Hit], weight: (Hit) -> Int) -> (
    winner: Value, votes: [(value: Value, weight: Int, hits: [Hit])]
  )? {
    var groups: [(value: Value, weight: Int, hits: [Hit])] = []
    for hit in hits {
      if let i = groups.firstIndex(where: { $0.value == hit.value }) {
        groups[i].weight += weight(hit)
        groups[i].hits.append(hit)
      } else {
        groups.append((hit.value, weight(hit), [hit]))
      }
    }
    guard
      let best = groups.enumerated().max(by: {
        ($0.element.weight, -$0.offset) < ($1.element.weight, -$1.offset)
      })
    else { return nil }
    let rest = groups.enumerated().filter { $0.offset != best.offset }.map(\.element)
    return (best.element.value, [best.element] + rest)
  }

  /// A found fact from votes: the winner with its first evidence of each zone, the others as readings.
  func fact(
    _ votes: [(value: Value, weight: Int, hits: [Hit])], confidence: Confidence
  ) -> Fact {
    guard let winner = votes.first else { return Fact(state: .absent, confidence: .low) }
    let readings =
      votes.count > 1
      ? votes.map { vote in
        Reading(value: vote.value, evidence: proofs(vote.hits), section: vote.hits[0].zone)
      } : []
    return Fact(
      state: .found, value: winner.value, confidence: confidence, evidence: proofs(winner.hits),
      readings: readings)
  }

  /// The first place in each zone, the best zone first, at most four: enough to check, not a list of all.
  func proofs(_ hits: [Hit]) -> [Evidence] {
    var zones: [Zone] = []
    var out: [Evidence] = []
    let order: [Zone] = [
      .auditorReport, .managementAssertion, .letter, .cover, .systemDescription, .testsOfControls,
    ]
    let sorted = hits.enumerated().sorted {
      let a = order.firstIndex(of: $0.element.zone) ?? order.count
      let b = order.firstIndex(of: $1.element.zone) ?? order.count
      return a != b ? a < b : $0.offset < $1.offset
    }.map(\.element)
    for hit in sorted where !zones.contains(hit.zone) {
      zones.append(hit.zone)
      out += evidence(of: hit)
      if zones.count == 4 { break }
    }
    return out
  }
}
