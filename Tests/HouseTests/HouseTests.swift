import Foundation
import RulePacks
import TestSupport
import Testing

/// The habits of the house that a short test can keep.
struct HouseTests {
  static let sources = Repository.files(in: "Sources", ending: ".swift")

  @Test func theEngineKnowsNoRuleByName() throws {
    let ids = try Repository.rulePack().rules.map(\.id)
    for path in Self.sources {
      let text = try Repository.text(path)
      for id in ids where text.contains("\"\(id)\"") {
        Issue.record("\(path) names the rule \(id)")
      }
    }
  }

  /// Below the command nothing reads a clock, the environment, a locale, a file or a random source.
  @Test(arguments: [
    "PageText", "SOC2Vocabulary", "TextMatching", "PNGImage", "PageWire", "ReportStructure",
    "RulePacks", "Scoring", "RuleEngine", "Outputs", "Pipeline", "WordText",
  ])
  func theCoreIsPure(_ module: String) throws {
    let banned = [
      "Date()", "ProcessInfo", "Locale", "FileManager", ".random(", "getenv", "import Foundation",
      "import Glibc", "print(",
    ]
    for path in Repository.files(in: "Sources/\(module)", ending: ".swift") {
      let text = try Repository.text(path)
      for word in banned where text.contains(word) { Issue.record("\(path) has \(word)") }
    }
  }

  @Test(arguments: [
    ("import CPoppler", "PDFText"), ("import CLibXML2", "XMLTree"),
    ("import CLibArchive", "WordText"), ("import CZlib", "PNGImage"),
    ("import CXlsxWriter", "Spreadsheet"), ("import CTesseract", "PageOCR"),
    ("import CConfinement", "Confinement"),
  ])
  func eachLibraryHasOneWall(_ statement: String, _ module: String) throws {
    for path in Self.sources where !path.hasPrefix("Sources/\(module)/") {
      #expect(!(try Repository.text(path)).contains(statement), "\(path)")
    }
  }

  /// The command reads and draws documents in a confined process, and nowhere else.
  @Test func documentsAreOpenedInOnePlace() throws {
    for path in Self.sources {
      let text = try Repository.text(path)
      let opens = text.contains("readPages(ofFile:")
      #expect(opens == (path == "Sources/soclens/Reading/ReaderProcess.swift"), "\(path)")
      let draws = text.contains("PDFRenderer(") || text.contains("try annotatedPDF(")
      #expect(draws == (path == "Sources/soclens/Reading/DrawingTools.swift"), "\(path)")
      // The readers of each form, behind the one that chooses between them.
      let chooses =
        text.contains(" readPages(of:") || text.contains("PDFText.readPages(")
        || text.contains(" readWordPages(of:")
      #expect(chooses == (path == "Sources/Pipeline/FilePages.swift"), "\(path)")
    }
  }

  @Test func nothingIsForced() throws {
    for path in Self.sources {
      for (number, line) in try Repository.text(path).split(separator: "\n").enumerated() {
        for word in ["try!", "as!", "fatalError(", "TODO", "FIXME"] where line.contains(word) {
          Issue.record("\(path):\(number + 1) has \(word)")
        }
      }
    }
  }

  @Test func everyModuleIsInTheMap() throws {
    let map = try Repository.text("Sources/README.md")
    for module in Repository.folders(in: "Sources") {
      #expect(map.contains("`\(module)`"), "\(module) is missing in Sources/README.md")
    }
  }

  @Test func theListOfRulesIsFresh() throws {
    let written = try Repository.text("rules/RULES.md")
    let now = ruleList(try Repository.rulePack())
    #expect(written == now, "run: soclens rules docs")
  }

  @Test func onlyWhatBelongsStandsAtTheTop() throws {
    let allowed: Set<String> = [
      "Package.swift", "Package.resolved", "Sources", "Tests", "fixtures", "rules", "README.md",
      "LICENSE",
    ]
    for name in try FileManager.default.contentsOfDirectory(atPath: repository.path)
    where !name.hasPrefix(".") {
      #expect(allowed.contains(name), "\(name)")
    }
  }
}
