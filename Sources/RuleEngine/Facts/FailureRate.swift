import SOC2Vocabulary
struct FailureRate {
  var deviations: Int?
  var sampleSize: Int?
  var population: Int?
  init(result: [Hit], test: [Hit]) {
    for hit in result where deviations == nil {
      if let d = hit.value["deviations"]?.number, let s = hit.value["sample"]?.number { deviations = d; sampleSize = s }
      if let d = hit.value["compliant"]?.number, let s = hit.value["sample"]?.number { deviations = s - d; sampleSize = s }
    }
  }
}
