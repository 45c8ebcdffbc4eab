/// What every fact looks like, whatever its value.
let factFramesSchema = #"""
      "notSearched": {
        "description": "Not looked for by this version.",
        "type": "object",
        "additionalProperties": false,
        "required": ["state"],
        "properties": { "state": { "const": "not-searched" } }
      },
      "fact": {
        "description": "What the document says on one point, with the proof.",
        "type": "object",
        "additionalProperties": false,
        "required": ["state", "value", "confidence", "evidence", "readings"],
        "properties": {
          "state": { "enum": ["found", "absent", "not-searchable", "conflicting"] },
          "value": { "description": "Null unless something was found." },
          "confidence": { "enum": ["high", "medium", "low"] },
          "evidence": { "$ref": "#/$defs/evidenceList" },
          "readings": {
            "description": "All differing readings; empty when there is only one.",
            "type": "array",
            "items": {
              "type": "object",
              "additionalProperties": false,
              "required": ["value", "evidence", "section"],
              "properties": {
                "value": {},
                "evidence": { "$ref": "#/$defs/evidenceList" },
                "section": { "$ref": "#/$defs/zone" }
              }
            }
          }
        },
        "anyOf": [
          {
            "properties": {
              "state": { "const": "found" },
              "value": { "type": ["string", "array", "object"] }
            }
          },
          {
            "properties": {
              "state": { "enum": ["absent", "not-searchable", "conflicting"] }
            }
          }
        ]
      }
  """#

/// The facts by name: each is a fact whose value, and the value of whose readings, has one shape.
let factsSchema = #"""
      "facts": {
        "type": "object",
        "additionalProperties": false,
        "properties": {
  \#(factMembers)
        }
      },
      "everyFact": {
        "type": "object",
        "required": [
  \#(factNames)
        ]
      },
  \#(factDefinitions)
  """#

/// Name, what it is, and the JSON Schema of its value. The order is contract.md's.
private let factShapes: [(name: String, what: String, shape: String)] = [
  (
    "reportType", "Design at a date (type1), or design and operation over a period (type2).",
    #"{ "enum": ["type1", "type2"] }"#
  ),
  ("opinion", "The service auditor's conclusion. Never guessed.", ref("opinionKind")),
  ("opinionLimbs", "The conclusion on each part; type 1 has no operation.", ref("opinionLimbs")),
  ("qualifiedCriteria", "Criteria named by the basis for modification.", ref("criteria")),
  ("basisForModification", "The paragraph that explains a modified opinion, verbatim.", text),
  ("period", "The time a type 2 examination covers, both days included.", ref("period")),
  ("asOf", "The day a type 1 examination speaks of.", ref("day")),
  ("reportDate", "The date under the service auditor's signature.", ref("day")),
  ("assertionDate", "The date of management's assertion.", ref("day")),
  ("serviceOrganization", "The organization whose system is examined.", text),
  ("system", "The name of the system.", text),
  ("serviceAuditor", "The firm that signs the opinion.", ref("serviceAuditor")),
  ("categories", "Trust services categories in scope.", list(of: "category")),
  ("criteriaEdition", "The edition of the criteria, e.g. TSP 100 2017.", text),
  (
    "additionalFrameworks", "Other frameworks, and whether they were examined or only mapped.",
    list(of: "framework")
  ),
  (
    "subserviceOrganizations", "[] only where the report says there are none.",
    list(of: "subserviceOrganization")
  ),
  (
    "subserviceControls", "Controls expected of subservice organizations (CSOCs).",
    list(of: "subserviceControl")
  ),
  (
    "userEntityControls", "CUECs; [] only where the report says none are needed.",
    list(of: "userEntityControl")
  ),
  ("controls", "The controls, with their tests.", list(of: "control")),
  ("testCounts", "Result cells, counted as printed.", ref("testCounts")),
  (
    "exceptions", "One per control failure; [] only when every result row was read.",
    list(of: "exception")
  ),
  (
    "notOperated", "Controls that had no occasion to operate.", list(of: "notOperated")
  ),
  (
    "criteriaCoverage", "What the report has for each criterion of its categories.",
    list(of: "coveredCriterion")
  ),
  ("testDepth", "How deep the tests go, in numbers.", ref("testDepth")),
  ("incidents", "Security incidents disclosed.", ref("disclosure")),
  ("changes", "Significant changes disclosed.", ref("disclosure")),
  (
    "exclusions", "Services, products and locations said to be out of scope.",
    list(of: "statement")
  ),
  ("sections", "The parts of the document, in order.", list(of: "section")),
  ("bridge", "What a bridge letter says. Letters only.", ref("bridge")),
]

private let text = #"{ "type": "string" }"#
private func ref(_ name: String) -> String { ##"{ "$ref": "#/$defs/\##(name)" }"## }
private func list(of name: String) -> String {
  #"{ "type": "array", "items": \#(ref(name)) }"#
}

private var factMembers: String {
  factShapes.map { fact in
    #"        "\#(fact.name)": \#(ref("fact-" + fact.name))"#
  }.joined(separator: ",\n")
}

private var factNames: String {
  factShapes.map { #"        "\#($0.name)""# }.joined(separator: ",\n")
}

private var factDefinitions: String {
  factShapes.map { fact in
    #"""
        "fact-\#(fact.name)": {
          "description": "\#(fact.what)",
          "anyOf": [
            { "$ref": "#/$defs/notSearched" },
            {
              "$ref": "#/$defs/fact",
              "properties": {
                "value": { "anyOf": [{ "type": "null" }, \#(fact.shape)] },
                "readings": { "items": { "properties": { "value": \#(fact.shape) } } }
              }
            }
          ]
        }
    """#
  }.joined(separator: ",\n")
}
