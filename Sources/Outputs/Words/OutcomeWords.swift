/// The outcome of a test for people. What is no outcome we know stands as it is.
func outcomeWords(_ outcome: String?) -> String {
  switch outcome {
  case "no-exception": "no exception"
  case "exception": "EXCEPTION"
  case "not-operated": "not operated"
  case "not-tested": "NOT TESTED"
  case "design-only": "design only"
  case "unknown", nil: "UNKNOWN"
  case .some(let other): other
  }
}
