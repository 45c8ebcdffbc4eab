/// The JSON Schema (2020-12) of review and packet, as `soclens schema` prints it. It is strict:
/// a key that it does not name is a mistake, so that a misspelt key is found by a test and not by
/// the program that waits for it. Parts that later versions fill may be null or empty already.
public func reviewSchema() -> [UInt8] {
  Array((schemaText + "\n").utf8)
}

private let schemaText = #"""
  {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "urn:soclens:schema:1",
    "title": "soclens review and packet",
    "description": "What soclens read in one document (review) or in several (packet). The same \#
  bytes in, with the same rules, policy and review date, give the same bytes out.",
    "oneOf": [
      { "$ref": "#/$defs/review" },
      { "$ref": "#/$defs/packet" }
    ],
    "$defs": {
      "packet": {
        "description": "Several documents reviewed together: those of one file, or of one call.",
        "type": "object",
        "additionalProperties": false,
        "required": [
          "schema", "vendor", "reviews", "coverage", "diagnostics", "findings", "assessment",
          "questions"
        ],
        "properties": {
          "schema": { "const": "soclens.packet/1" },
          "vendor": { "type": ["string", "null"] },
          "reviews": { "type": "array", "items": { "$ref": "#/$defs/review" } },
          "diagnostics": {
            "description": "Documents that fit nowhere, with the reason.",
            "type": "array",
            "items": { "$ref": "#/$defs/diagnostic" }
          },
          "coverage": {
            "description": "Who speaks for which time, earliest first.",
            "type": "array",
            "items": { "$ref": "#/$defs/coverage" }
          },
          "findings": { "type": "array", "items": { "$ref": "#/$defs/finding" } },
          "assessment": { "$ref": "#/$defs/assessment" },
          "questions": { "$ref": "#/$defs/questions" },
          "answered": { "$ref": "#/$defs/answered" }
        }
      },
      "coverage": {
        "type": "object",
        "additionalProperties": false,
        "required": ["from", "to", "by", "document"],
        "properties": {
          "from": { "$ref": "#/$defs/day" },
          "to": { "$ref": "#/$defs/day" },
          "by": { "enum": ["report", "bridge-letter", "none"] },
          "document": { "type": ["string", "null"] }
        }
      },
      "review": {
        "description": "One document, read and judged. One record per input, always.",
        "type": "object",
        "additionalProperties": false,
        "required": [
          "schema", "tool", "reviewDate", "context", "document", "facts", "findings",
          "assessment", "questions", "searched", "diagnostics"
        ],
        "properties": {
          "schema": { "const": "soclens.review/1" },
          "tool": { "$ref": "#/$defs/tool" },
          "reviewDate": {
            "description": "The day the review is made for; ages are counted to it.",
            "$ref": "#/$defs/day"
          },
          "context": { "$ref": "#/$defs/context" },
          "document": { "$ref": "#/$defs/document" },
          "facts": { "$ref": "#/$defs/facts" },
          "findings": {
            "description": "What the rules make of the facts, gravest first.",
            "type": "array",
            "items": { "$ref": "#/$defs/finding" }
          },
          "assessment": { "$ref": "#/$defs/assessment" },
          "questions": { "$ref": "#/$defs/questions" },
          "answered": { "$ref": "#/$defs/answered" },
          "searched": {
            "description": "The searched-and-not-found ledger: where a fact was looked for.",
            "type": "array",
            "items": { "$ref": "#/$defs/searched" }
          },
          "diagnostics": {
            "description": "Trouble soclens had reading the file; never about the vendor.",
            "type": "array",
            "items": { "$ref": "#/$defs/diagnostic" }
          }
        },
        "anyOf": [
          {
            "description": "A SOC 2 report that was read names every fact, with a state.",
            "properties": {
              "document": {
                "properties": {
                  "kind": { "const": "soc2-report" },
                  "status": { "enum": ["ok", "partial"] }
                }
              },
              "facts": { "$ref": "#/$defs/everyFact" }
            }
          },
          {
            "description": "A document of another kind has the facts that its kind has.",
            "properties": {
              "document": {
                "properties": {
                  "kind": {
                    "enum": [
                      "soc1-report", "soc3-report", "bridge-letter", "iso27001-certificate",
                      "penetration-test", "pci-aoc", "readiness-assessment", "questionnaire",
                      "other"
                    ]
                  },
                  "status": { "enum": ["ok", "partial"] }
                }
              }
            }
          },
          {
            "description": "A file that could not be read has no facts and says why.",
            "properties": {
              "document": {
                "properties": {
                  "reason": { "type": "string" },
                  "status": { "$ref": "#/$defs/unreadableStatus" }
                }
              },
              "facts": { "const": {} },
              "assessment": { "const": null }
            }
          }
        ]
      },
      "tool": {
        "description": "Which program, rules and policy made the review.",
        "type": "object",
        "additionalProperties": false,
        "required": ["version", "rules", "policy"],
        "properties": {
          "version": { "type": "string" },
          "rules": {
            "type": "object",
            "additionalProperties": false,
            "required": ["pack", "version", "sha256"],
            "properties": {
              "pack": { "type": "string" },
              "version": { "type": "string" },
              "sha256": { "type": "string" }
            }
          },
          "policy": {
            "description": "What weighed how much, by its name and the hash of its file.",
            "type": "object",
            "additionalProperties": false,
            "required": ["name", "sha256"],
            "properties": {
              "name": { "type": "string" },
              "sha256": { "type": "string" }
            }
          }
        }
      },
      "context": {
        "description": "What the caller told us; echoed, so that a record explains itself.",
        "type": "object",
        "additionalProperties": false,
        "required": ["vendor", "products", "tier", "requiredCategories", "incidents"],
        "properties": {
          "vendor": { "type": ["string", "null"] },
          "products": { "$ref": "#/$defs/texts" },
          "tier": { "type": ["string", "null"] },
          "requiredCategories": { "type": "array", "items": { "$ref": "#/$defs/category" } },
          "incidents": {
            "description": "Days of incidents that became known elsewhere.",
            "type": "array", "items": { "$ref": "#/$defs/day" }
          }
        }
      },
      "document": {
        "description": "The file that was read, named by its bytes; never by its path.",
        "type": "object",
        "additionalProperties": false,
        "required": [
          "file", "sha256", "bytes", "pages", "kind", "kindReasons", "status", "reason",
          "pagesRead", "metadata"
        ],
        "properties": {
          "file": { "type": "string" },
          "sha256": {
            "description": "Of its bytes; empty when they were not read.",
            "type": "string"
          },
          "bytes": { "type": "integer", "minimum": 0 },
          "limits": {
            "description": "What reading it was allowed to take.",
            "type": "object",
            "additionalProperties": false,
            "required": ["bytes", "pages", "seconds", "memoryBytes", "outputBytes"],
            "properties": {
              "bytes": { "type": "integer", "minimum": 0 },
              "pages": { "type": "integer", "minimum": 0 },
              "seconds": { "type": "integer", "minimum": 1 },
              "memoryBytes": { "type": "integer", "minimum": 0 },
              "outputBytes": { "type": "integer", "minimum": 0 }
            }
          },
          "pages": { "type": "integer", "minimum": 0 },
          "partOf": {
            "description": "Only where the file holds several documents: the pages of this one.",
            "type": "object",
            "additionalProperties": false,
            "required": ["pages"],
            "properties": { "pages": { "$ref": "#/$defs/pageRange" } }
          },
          "kind": {
            "description": "What the document is, whatever its file is called; null when \#
  nothing could be read.",
            "enum": [
              "soc2-report", "soc1-report", "soc3-report", "bridge-letter",
              "iso27001-certificate", "penetration-test", "pci-aoc", "readiness-assessment",
              "questionnaire", "other", null
            ]
          },
          "kindReasons": { "$ref": "#/$defs/evidenceList" },
          "status": {
            "anyOf": [
              { "enum": ["ok", "partial"] },
              { "$ref": "#/$defs/unreadableStatus" }
            ]
          },
          "reason": {
            "description": "One sentence, when the status is not ok.",
            "type": ["string", "null"]
          },
          "pagesRead": {
            "type": "object",
            "additionalProperties": false,
            "required": ["text", "ocr", "unread"],
            "properties": {
              "text": { "type": "integer", "minimum": 0 },
              "ocr": { "type": "integer", "minimum": 0 },
              "unread": {
                "description": "Physical pages; what stands on them is unknown.",
                "type": "array",
                "items": { "$ref": "#/$defs/page" }
              }
            }
          },
          "metadata": {
            "description": "What the file says of itself: a hint, never proof.",
            "type": ["object", "null"],
            "additionalProperties": false,
            "required": [
              "producer", "creator", "created", "modified", "encrypted", "signed",
              "incrementalUpdates"
            ],
            "properties": {
              "producer": { "type": ["string", "null"] },
              "creator": { "type": ["string", "null"] },
              "created": { "type": ["string", "null"] },
              "modified": { "type": ["string", "null"] },
              "encrypted": { "type": "boolean" },
              "signed": { "type": "boolean" },
              "incrementalUpdates": { "type": "integer", "minimum": 0 }
            }
          }
        }
      },
      "unreadableStatus": {
        "enum": [
          "no-text", "encrypted", "damaged", "not-pdf", "zero-pages", "too-large",
          "too-many-pages", "timeout", "memory", "crash", "output-limit", "internal"
        ]
      },
      "finding": {
        "description": "Something a rule makes of the facts, for the reader of the review.",
        "type": "object",
        "additionalProperties": false,
        "required": [
          "id", "rule", "code", "severity", "title", "message", "evidence", "facts"
        ],
        "properties": {
          "id": { "type": "string" },
          "rule": { "type": "string" },
          "code": { "type": "string" },
          "severity": { "enum": ["critical", "high", "medium", "low", "info"] },
          "ruleSeverity": {
            "description": "What the rule says; only where the policy says another severity.",
            "enum": ["critical", "high", "medium", "low", "info"]
          },
          "title": { "type": "string" },
          "message": { "type": "string" },
          "evidence": { "$ref": "#/$defs/evidenceList" },
          "facts": {
            "description": "The names of the facts it rests on.",
            "$ref": "#/$defs/texts"
          }
        }
      },
      "assessment": {
        "description": "Null for a document that could not be read.",
        "type": ["object", "null"],
        "additionalProperties": false,
        "required": ["bridge", "dates", "decision", "points", "reasons", "score"],
        "properties": {
          "bridge": {
            "description": "Whether management speaks for the time since the report's end.",
            "enum": [
              "not-needed", "adequate", "defective", "missing", "cannot-bridge", "not-applicable"
            ]
          },
          "dates": {
            "description": "Days on which somebody should act, earliest first.",
            "type": "array",
            "items": {
              "type": "object",
              "additionalProperties": false,
              "required": ["date", "kind", "why"],
              "properties": {
                "date": { "$ref": "#/$defs/day" },
                "kind": {
                  "enum": [
                    "bridge-due", "bridge-ends", "next-report", "stale-after", "expires-after"
                  ]
                },
                "why": { "type": "string" }
              }
            }
          },
          "decision": { "enum": ["accept", "conditions", "insufficient", "reject"] },
          "points": {
            "description": "What each finding takes off the score.",
            "type": "array",
            "items": {
              "type": "object",
              "additionalProperties": false,
              "required": ["finding", "points", "why"],
              "properties": {
                "finding": { "type": "string" },
                "points": { "type": "integer", "minimum": 0 },
                "why": { "type": "string" }
              }
            }
          },
          "reasons": {
            "description": "Ids of the findings that decided, the most decisive first. In a \#
  packet, a review's finding is named by the review's place, from 1, and its id.",
            "type": "array",
            "items": { "type": "string" }
          },
          "score": {
            "description": "100: nothing found against relying on the report. Null without a \#
  readable opinion.",
            "type": ["integer", "null"],
            "minimum": 0,
            "maximum": 100
          }
        }
      },
      "questions": {
        "description": "What to ask, whom and why. Null where questions are not built.",
        "type": ["array", "null"],
        "items": {
          "type": "object",
          "additionalProperties": false,
          "required": ["id", "to", "text", "why", "evidenceAsked", "findings", "evidence"],
          "properties": {
            "id": { "type": "string" },
            "to": { "enum": ["vendor", "auditor", "internal"] },
            "text": { "type": "string" },
            "why": { "type": "string" },
            "evidenceAsked": { "type": ["string", "null"] },
            "findings": { "$ref": "#/$defs/texts" },
            "evidence": { "$ref": "#/$defs/evidenceList" }
          }
        }
      },
      "answered": {
        "description": "Questions that the documents answer, so that nobody need ask them.",
        "type": "array",
        "items": {
          "type": "object",
          "additionalProperties": false,
          "required": [
            "id", "to", "text", "why", "evidenceAsked", "findings", "evidence", "answer"
          ],
          "properties": {
            "id": { "type": "string" },
            "to": { "enum": ["vendor", "auditor", "internal"] },
            "text": { "type": "string" },
            "why": { "type": "string" },
            "evidenceAsked": { "type": ["string", "null"] },
            "findings": { "$ref": "#/$defs/texts" },
            "evidence": { "$ref": "#/$defs/evidenceList" },
            "answer": {
              "type": "object",
              "additionalProperties": false,
              "required": ["text", "evidence", "document"],
              "properties": {
                "text": { "type": "string" },
                "evidence": { "$ref": "#/$defs/evidenceList" },
                "document": {
                  "description": "The document that answers; null where it is the one asked about.",
                  "type": ["string", "null"]
                }
              }
            }
          }
        }
      },
      "searched": {
        "type": "object",
        "additionalProperties": false,
        "required": ["fact", "state", "sections", "pages", "rules"],
        "properties": {
          "fact": { "type": "string" },
          "state": { "$ref": "#/$defs/state" },
          "sections": { "type": "array", "items": { "$ref": "#/$defs/zone" } },
          "pages": {
            "description": "First and last page that was searched; null when there was none.",
            "anyOf": [{ "$ref": "#/$defs/pageRange" }, { "type": "null" }]
          },
          "rules": { "$ref": "#/$defs/texts" }
        }
      },
      "diagnostic": {
        "type": "object",
        "additionalProperties": false,
        "required": ["code", "message"],
        "properties": {
          "code": { "type": "string" },
          "message": { "type": "string" },
          "page": { "$ref": "#/$defs/page" }
        }
      },
      "evidence": {
        "description": "Where something stands: the quote is on that page inside those boxes.",
        "type": "object",
        "additionalProperties": false,
        "required": ["page", "section", "quote", "boxes", "source"],
        "properties": {
          "page": { "$ref": "#/$defs/page" },
          "pageLabel": {
            "description": "The printed page number, only where it differs.",
            "type": "string"
          },
          "section": { "$ref": "#/$defs/zone" },
          "quote": {
            "description": "Verbatim: the words as printed, joined by one space.",
            "type": "string"
          },
          "boxes": {
            "description": "x0, y0, x1, y1 in points, origin top left, one box a printed line.",
            "type": "array",
            "items": {
              "type": "array",
              "minItems": 4,
              "maxItems": 4,
              "items": { "type": "number" }
            }
          },
          "source": { "enum": ["text", "ocr"] }
        }
      },
      "evidenceList": { "type": "array", "items": { "$ref": "#/$defs/evidence" } },
      "texts": { "type": "array", "items": { "type": "string" } },
      "criteria": {
        "description": "Criterion ids as printed, e.g. CC6.1.",
        "type": "array",
        "items": { "type": "string" }
      },
      "day": { "description": "YYYY-MM-DD.", "type": "string", "format": "date" },
      "page": { "description": "Physical page, from 1.", "type": "integer", "minimum": 1 },
      "pageRange": {
        "description": "First and last physical page.",
        "type": "array",
        "minItems": 2,
        "maxItems": 2,
        "items": { "$ref": "#/$defs/page" }
      },
      "zone": {
        "description": "The part of the document, which tells whose words they are.",
        "enum": [
          "cover", "toc", "executive-summary", "auditor-report", "management-assertion",
          "system-description", "tests-of-controls", "other-information", "appendix", "letter",
          "unknown"
        ]
      },
      "category": {
        "enum": [
          "security", "availability", "processing-integrity", "confidentiality", "privacy"
        ]
      },
      "state": {
        "description": "Only found supports a positive conclusion. absent: searched everywhere \#
  it should be, and not there. not-searchable: the place could not be read. conflicting: the \#
  document says two different things. not-searched: not looked for by this version.",
        "enum": ["found", "absent", "not-searchable", "conflicting", "not-searched"]
      },
  \#(factFramesSchema),
  \#(factsSchema),
  \#(factPartsSchema)
    }
  }
  """#
