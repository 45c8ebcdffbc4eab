import SOC2Vocabulary

extension Packet {
  /// A name for other systems that stays the same as long as the document's bytes and the finding do,
  /// so that a second import changes what the first one made.
  func externalID(_ id: String, of document: Int?) -> String {
    let place = document ?? 0
    guard reviews.indices.contains(place) else { return "soclens-" + id }
    let record = reviews[place].document
    let pages = record.partOf.map { "-p\($0.lowerBound)" } ?? ""
    let kind = document == nil ? "-packet" : ""
    return "soclens-\(record.sha256.prefix(12))\(pages)\(kind)-\(id)"
  }
}

/// The ids in their order; one that comes again is told apart by a number.
func unique(_ ids: [String]) -> [String] {
  var seen: [String: Int] = [:]
  return ids.map { id in
    let times = (seen[id] ?? 0) + 1
    seen[id] = times
    return times == 1 ? id : "\(id)~\(times)"
  }
}
