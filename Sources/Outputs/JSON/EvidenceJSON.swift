import PageText
import SOC2Vocabulary

extension JSONWriter {
  mutating func evidence(_ evidence: Evidence) {
    openObject()
    list("boxes", evidence.boxes) { $0.box($1.x0, $1.y0, $1.x1, $1.y1) }
    member("page", evidence.page)
    if let label = evidence.pageLabel { member("pageLabel", label) }
    member("quote", evidence.quote)
    member("section", evidence.section.rawValue)
    member("source", evidence.source.rawValue)
    closeObject()
  }

  mutating func member(_ name: StaticString, _ evidence: [Evidence]) {
    list(name, evidence) { $0.evidence($1) }
  }
}
