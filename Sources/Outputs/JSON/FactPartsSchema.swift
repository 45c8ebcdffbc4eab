/// The shapes that values of facts are made of. What a report may leave unsaid may be null.
let factPartsSchema = #"""
      "opinionKind": { "enum": ["unqualified", "qualified", "adverse", "disclaimer"] },
      "opinionLimbs": {
        "type": "object",
        "additionalProperties": false,
        "properties": {
          "description": { "$ref": "#/$defs/opinionKind" },
          "design": { "$ref": "#/$defs/opinionKind" },
          "operation": { "$ref": "#/$defs/opinionKind" }
        }
      },
      "period": {
        "type": "object",
        "additionalProperties": false,
        "required": ["start", "end"],
        "properties": {
          "start": { "$ref": "#/$defs/day" },
          "end": { "$ref": "#/$defs/day" }
        }
      },
      "serviceAuditor": {
        "type": "object",
        "additionalProperties": false,
        "required": ["name"],
        "properties": {
          "name": { "type": "string" },
          "location": { "type": ["string", "null"] },
          "licence": { "type": ["string", "null"] }
        }
      },
      "framework": {
        "type": "object",
        "additionalProperties": false,
        "required": ["name", "examined"],
        "properties": {
          "name": { "type": "string" },
          "examined": { "type": "boolean" }
        }
      },
      "subserviceOrganization": {
        "type": "object",
        "additionalProperties": false,
        "required": ["name", "service", "method", "criteria", "evidence"],
        "properties": {
          "name": { "type": "string" },
          "service": { "type": ["string", "null"] },
          "method": { "enum": ["carve-out", "inclusive", "unknown"] },
          "criteria": { "$ref": "#/$defs/criteria" },
          "evidence": { "$ref": "#/$defs/evidenceList" }
        }
      },
      "subserviceControl": {
        "type": "object",
        "additionalProperties": false,
        "required": ["organization", "text", "criteria", "evidence"],
        "properties": {
          "organization": { "type": ["string", "null"] },
          "text": { "type": "string" },
          "criteria": { "$ref": "#/$defs/criteria" },
          "evidence": { "$ref": "#/$defs/evidenceList" }
        }
      },
      "userEntityControl": {
        "type": "object",
        "additionalProperties": false,
        "required": ["id", "text", "criteria", "label", "topic", "evidence"],
        "properties": {
          "id": { "type": ["string", "null"] },
          "text": { "type": "string" },
          "criteria": { "$ref": "#/$defs/criteria" },
          "label": { "enum": ["CUEC", "UER", "unclear"] },
          "topic": {
            "description": "What it is about, for the checklist; null where that is not known.",
            "type": ["string", "null"]
          },
          "evidence": { "$ref": "#/$defs/evidenceList" }
        }
      },
      "control": {
        "type": "object",
        "additionalProperties": false,
        "required": ["id", "text", "criteria", "tests", "evidence"],
        "properties": {
          "id": { "type": ["string", "null"] },
          "text": { "type": "string" },
          "criteria": { "$ref": "#/$defs/criteria" },
          "tests": { "type": "array", "items": { "$ref": "#/$defs/controlTest" } },
          "evidence": { "$ref": "#/$defs/evidenceList" }
        }
      },
      "controlTest": {
        "type": "object",
        "additionalProperties": false,
        "required": ["procedure", "result", "outcome", "evidence"],
        "properties": {
          "procedure": { "type": ["string", "null"] },
          "result": { "type": ["string", "null"] },
          "outcome": {
            "enum": [
              "no-exception", "exception", "not-operated", "not-tested", "design-only",
              "unknown"
            ]
          },
          "evidence": { "$ref": "#/$defs/evidenceList" }
        }
      },
      "count": { "type": "integer", "minimum": 0 },
      "testCounts": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "controls", "results", "noException", "exception", "notOperated", "notTested",
          "unknown"
        ],
        "properties": {
          "controls": { "$ref": "#/$defs/count" },
          "results": { "$ref": "#/$defs/count" },
          "noException": { "$ref": "#/$defs/count" },
          "exception": { "$ref": "#/$defs/count" },
          "notOperated": { "$ref": "#/$defs/count" },
          "notTested": { "$ref": "#/$defs/count" },
          "unknown": { "$ref": "#/$defs/count" },
          "inquiryOnly": { "$ref": "#/$defs/count" },
          "designOnly": { "$ref": "#/$defs/count" }
        }
      },
      "notOperated": {
        "type": "object",
        "additionalProperties": false,
        "required": ["controlId", "control", "criteria", "text", "evidence"],
        "properties": {
          "controlId": { "type": ["string", "null"] },
          "control": { "type": "string" },
          "criteria": { "$ref": "#/$defs/criteria" },
          "text": { "type": "string" },
          "evidence": { "$ref": "#/$defs/evidenceList" }
        }
      },
      "coveredCriterion": {
        "type": "object",
        "additionalProperties": false,
        "required": ["criterion", "state", "controls", "reason", "evidence"],
        "properties": {
          "criterion": { "type": "string" },
          "state": { "enum": ["covered", "not-applicable", "carved-out", "missing"] },
          "controls": { "$ref": "#/$defs/count" },
          "reason": { "type": ["string", "null"] },
          "evidence": { "$ref": "#/$defs/evidenceList" }
        }
      },
      "testTally": {
        "type": "object",
        "required": [
          "tests", "inquiry", "observation", "inspection", "reperformance", "inquiryOnly",
          "sampleSizesStated", "distinctProcedures"
        ],
        "properties": {
          "criterion": { "type": "string" },
          "tests": { "$ref": "#/$defs/count" },
          "inquiry": { "$ref": "#/$defs/count" },
          "observation": { "$ref": "#/$defs/count" },
          "inspection": { "$ref": "#/$defs/count" },
          "reperformance": { "$ref": "#/$defs/count" },
          "inquiryOnly": { "$ref": "#/$defs/count" },
          "sampleSizesStated": { "$ref": "#/$defs/count" },
          "distinctProcedures": { "$ref": "#/$defs/count" }
        }
      },
      "testDepth": {
        "$ref": "#/$defs/testTally",
        "required": ["criteria"],
        "properties": {
          "criteria": { "type": "array", "items": { "$ref": "#/$defs/testTally" } }
        }
      },
      "exception": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "controlId", "criteria", "control", "text", "deviations", "sampleSize", "population",
          "nature", "severity", "managementResponse", "printedAt", "evidence"
        ],
        "properties": {
          "controlId": { "type": ["string", "null"] },
          "criteria": { "$ref": "#/$defs/criteria" },
          "control": { "type": ["string", "null"] },
          "text": { "type": "string" },
          "deviations": { "type": ["integer", "null"], "minimum": 0 },
          "sampleSize": { "type": ["integer", "null"], "minimum": 0 },
          "population": { "type": ["integer", "null"], "minimum": 0 },
          "nature": { "type": ["string", "null"] },
          "otherNatures": { "type": "array", "items": { "type": "string" } },
          "traits": { "type": "array", "items": { "type": "string" } },
          "rateUnknown": { "type": "boolean" },
          "repeated": { "type": "boolean" },
          "named": { "type": "boolean" },
          "upperBound": { "type": ["string", "null"] },
          "grade": {
            "type": "object",
            "additionalProperties": false,
            "required": ["score", "steps"],
            "properties": {
              "score": { "type": "integer" },
              "steps": {
                "type": "array",
                "items": {
                  "type": "object",
                  "additionalProperties": false,
                  "required": ["points", "what", "why"],
                  "properties": {
                    "points": { "type": "integer" },
                    "what": { "type": "string" },
                    "why": { "type": "string" }
                  }
                }
              }
            }
          },
          "severity": { "enum": ["critical", "high", "medium", "low", "info", null] },
          "managementResponse": {
            "type": ["object", "null"],
            "additionalProperties": false,
            "required": ["text", "section", "unaudited", "evidence"],
            "properties": {
              "text": { "type": "string" },
              "section": { "$ref": "#/$defs/zone" },
              "unaudited": { "type": "boolean" },
              "remediated": { "anyOf": [{ "type": "null" }, { "$ref": "#/$defs/day" }] },
              "evidence": { "$ref": "#/$defs/evidenceList" }
            }
          },
          "printedAt": { "type": "array", "items": { "$ref": "#/$defs/page" } },
          "evidence": { "$ref": "#/$defs/evidenceList" }
        }
      },
      "disclosure": {
        "type": "object",
        "additionalProperties": false,
        "required": ["disclosed", "items"],
        "properties": {
          "disclosed": {
            "description": "silent: the document does not say, which is not none.",
            "enum": ["none", "some", "silent"]
          },
          "items": { "type": "array", "items": { "$ref": "#/$defs/statement" } }
        }
      },
      "statement": {
        "type": "object",
        "additionalProperties": false,
        "required": ["text", "evidence"],
        "properties": {
          "text": { "type": "string" },
          "evidence": { "$ref": "#/$defs/evidenceList" }
        }
      },
      "section": {
        "type": "object",
        "additionalProperties": false,
        "required": ["zone", "title", "pages", "author"],
        "properties": {
          "zone": { "$ref": "#/$defs/zone" },
          "title": { "type": ["string", "null"] },
          "pages": { "$ref": "#/$defs/pageRange" },
          "author": { "enum": ["service-auditor", "management", "both", "unknown"] }
        }
      },
      "bridge": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "from", "to", "date", "entity", "reportPeriodEnd", "signer", "signerTitle", "changes",
          "defects"
        ],
        "properties": {
          "from": { "$ref": "#/$defs/dayOrNull" },
          "to": { "$ref": "#/$defs/dayOrNull" },
          "date": { "$ref": "#/$defs/dayOrNull" },
          "entity": { "type": ["string", "null"] },
          "reportPeriodEnd": { "$ref": "#/$defs/dayOrNull" },
          "signer": { "type": ["string", "null"] },
          "signerTitle": { "type": ["string", "null"] },
          "changes": {
            "description": "Null where a page that could not be read may say more.",
            "enum": ["none", "some", "silent", null]
          },
          "defects": { "$ref": "#/$defs/texts" },
          "reportPeriodStart": { "$ref": "#/$defs/dayOrNull" },
          "reportKind": { "enum": ["soc2", "soc1", null] },
          "reportType": { "enum": ["type1", "type2", null] },
          "auditor": {
            "description": "The firm that examined the report that the letter names.",
            "type": ["string", "null"]
          },
          "system": { "type": ["string", "null"] },
          "signature": { "enum": ["signed", "typed", "unsigned", null] },
          "signedBy": { "enum": ["management", "auditor", "sales", "unclear"] },
          "changeItems": { "type": "array", "items": { "$ref": "#/$defs/statement" } },
          "previousLetter": {
            "description": "An earlier letter that this one goes on from: true where no more is told.",
            "type": ["object", "boolean", "null"],
            "additionalProperties": false,
            "required": ["date", "to"],
            "properties": {
              "date": { "$ref": "#/$defs/dayOrNull" },
              "to": { "$ref": "#/$defs/dayOrNull" }
            }
          },
          "assurance": {
            "description": "Whether it claims what only an examination can say.",
            "type": "boolean"
          },
          "placeholders": { "$ref": "#/$defs/texts" },
          "nextReport": {
            "description": "The day on which the next report is promised, else the sentence.",
            "type": ["string", "null"]
          },
          "parts": {
            "type": "object",
            "additionalProperties": false,
            "properties": {
              "B1": { "type": "boolean" },
              "B2": { "type": "boolean" },
              "B3": { "type": "boolean" },
              "B4": { "type": "boolean" },
              "B5": { "type": "boolean" },
              "B6": { "type": "boolean" },
              "B7": { "type": "boolean" },
              "B8": { "type": "boolean" },
              "B9": { "type": "boolean" },
              "B10": { "type": "boolean" }
            }
          },
          "evidence": {
            "description": "The proof of each part, by its key.",
            "type": "object",
            "additionalProperties": false,
            "properties": {
              "from": { "$ref": "#/$defs/evidenceList" },
              "to": { "$ref": "#/$defs/evidenceList" },
              "date": { "$ref": "#/$defs/evidenceList" },
              "entity": { "$ref": "#/$defs/evidenceList" },
              "reportPeriodStart": { "$ref": "#/$defs/evidenceList" },
              "reportPeriodEnd": { "$ref": "#/$defs/evidenceList" },
              "reportKind": { "$ref": "#/$defs/evidenceList" },
              "reportType": { "$ref": "#/$defs/evidenceList" },
              "auditor": { "$ref": "#/$defs/evidenceList" },
              "system": { "$ref": "#/$defs/evidenceList" },
              "signer": { "$ref": "#/$defs/evidenceList" },
              "signerTitle": { "$ref": "#/$defs/evidenceList" },
              "changes": { "$ref": "#/$defs/evidenceList" },
              "assurance": { "$ref": "#/$defs/evidenceList" },
              "placeholders": { "$ref": "#/$defs/evidenceList" },
              "previousLetter": { "$ref": "#/$defs/evidenceList" },
              "nextReport": { "$ref": "#/$defs/evidenceList" },
              "B5": { "$ref": "#/$defs/evidenceList" },
              "B6": { "$ref": "#/$defs/evidenceList" },
              "B7": { "$ref": "#/$defs/evidenceList" },
              "B10": { "$ref": "#/$defs/evidenceList" }
            }
          }
        }
      },
      "dayOrNull": { "type": ["string", "null"], "format": "date" }
  """#
