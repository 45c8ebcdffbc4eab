// swift-tools-version: 6.2
import PackageDescription

// The compiler keeps the module graph: C stays inside the one module that imports it, and a warning is an error.
let house: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("ExistentialAny"),
  .treatAllWarnings(as: .error),
]

// Swift's runtime goes into the program, as finding it in eight libraries is a third of what starting costs, and
// each document is read by a process of its own. Not into the tests, which share it with the test runner. The two
// libraries belong to Foundation, which the packages below use.
let runtimeInside: [LinkerSetting] = [
  .unsafeFlags(
    ["-static-stdlib", "-l_FoundationCShims", "-l_FoundationCollections"],
    .when(configuration: .release))
]

let package = Package(
  name: "soclens",
  products: [.executable(name: "soclens", targets: ["soclens"])],
  dependencies: [
    // Arguments, help, completion scripts: the standard way, kept by Apple.
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    // SHA-256 of documents and rule packs (names every record); we write no cryptography of our own.
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
  ],
  targets: [
    // Header and linker flags of poppler's own C++ library, for CPoppler alone.
    .systemLibrary(
      name: "CPopplerLibrary", pkgConfig: "poppler",
      providers: [.apt(["libpoppler-private-dev"])]),
    // The only code that sees poppler: glyphs, paints and document facts as plain C values.
    .target(name: "CPoppler", dependencies: ["CPopplerLibrary"]),
    // Tesseract, loaded at run time where it is installed: nothing of it is needed to build.
    .target(name: "CTesseract", linkerSettings: [.linkedLibrary("dl")]),
    // Header and linker flags of libseccomp, for CConfinement alone.
    .systemLibrary(
      name: "CSeccompLibrary", pkgConfig: "libseccomp", providers: [.apt(["libseccomp-dev"])]),
    // The walls that a process of ours raises around itself: limits, landlock, seccomp.
    .target(name: "CConfinement", dependencies: ["CSeccompLibrary"]),
    // libxml2 with its ICU fields hidden; see the shim for the reason.
    .systemLibrary(
      name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    // libarchive's headers: a DOCX is a ZIP archive, and unpacking is no code of ours.
    .systemLibrary(
      name: "CLibArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
    // Header and linker flags of libxlsxwriter, for Spreadsheet alone.
    .systemLibrary(
      name: "CXlsxWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
    // zlib: deflate and check sums, for PNGImage alone.
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

    // Values: page, word, box, diagnostic. Imports nothing.
    .target(name: "PageText", swiftSettings: house),
    // Values in the profession's words: fact, evidence, finding, review; calendar arithmetic.
    .target(name: "SOC2Vocabulary", dependencies: ["PageText"], swiftSettings: house),
    // Words to tokens, phrases with slots, dates and names: the automaton that rules run on.
    .target(
      name: "TextMatching", dependencies: ["PageText", "SOC2Vocabulary"], swiftSettings: house),
    // A text of JSON to a value, strictly and within limits. Imports nothing.
    .target(name: "JSONTree", swiftSettings: house),
    // XML files to trees with line numbers, and RELAX NG validation; the only importer of CLibXML2.
    .target(name: "XMLTree", dependencies: ["CLibXML2", "PageText"], swiftSettings: house),
    // A PDF's bytes to pages of positioned words; the only importer of CPoppler.
    .target(name: "PDFText", dependencies: ["CPoppler", "PageText"], swiftSettings: house),
    // Pictures of pages to words with boxes; the only importer of CTesseract.
    .target(name: "PageOCR", dependencies: ["CTesseract", "PageText"], swiftSettings: house),
    // A DOCX's bytes to pages of our own layout; the only importer of CLibArchive.
    .target(
      name: "WordText", dependencies: ["CLibArchive", "PageText", "XMLTree"],
      swiftSettings: house),
    // Pictures to PNG files; the only importer of CZlib.
    .target(name: "PNGImage", dependencies: ["CZlib", "PageText"], swiftSettings: house),
    // Pages to lines, blocks, headings, zones and documents.
    .target(
      name: "ReportStructure", dependencies: ["PageText", "SOC2Vocabulary", "TextMatching"],
      swiftSettings: house),
    // The rules folder to a compiled pack, with messages that name file and line.
    .target(
      name: "RulePacks",
      dependencies: [
        "PageText", "SOC2Vocabulary", "TextMatching", "XMLTree",
        .product(name: "Crypto", package: "swift-crypto"),
      ], swiftSettings: house),
    // A policy to its numbers and their reasons; grades made of them.
    .target(
      name: "Scoring",
      dependencies: [
        "SOC2Vocabulary", "XMLTree", .product(name: "Crypto", package: "swift-crypto"),
      ], swiftSettings: house),
    // Report and pack to facts, findings and questions.
    .target(
      name: "RuleEngine",
      dependencies: ["PageText", "ReportStructure", "RulePacks", "SOC2Vocabulary", "TextMatching"],
      swiftSettings: house),
    // A review to bytes: terminal, JSON, Markdown. Decides nothing.
    .target(
      name: "Outputs", dependencies: ["JSONTree", "PageText", "SOC2Vocabulary"],
      swiftSettings: house),
    // Tables to the bytes of a spreadsheet; the only importer of CXlsxWriter.
    .target(
      name: "Spreadsheet", dependencies: ["CXlsxWriter", "Outputs", "SOC2Vocabulary"],
      swiftSettings: house),
    // The stages in order.
    .target(
      name: "Pipeline",
      dependencies: [
        "PageText", "PDFText", "ReportStructure", "RuleEngine", "RulePacks", "SOC2Vocabulary",
        "Scoring", "TextMatching", "WordText", .product(name: "Crypto", package: "swift-crypto"),
      ], swiftSettings: house),
    // What callers ask for, from CSV and JSON to values; messages with the line.
    .target(
      name: "Requests", dependencies: ["JSONTree", "SOC2Vocabulary", "Scoring"],
      swiftSettings: house),
    // Pages, and the wish to read them, as bytes between two processes.
    .target(
      name: "PageWire", dependencies: ["PDFText", "PageText", "Pipeline", "WordText"],
      swiftSettings: house),
    // One child process of our own program: its walls, its bounds, its end; the only importer of CConfinement.
    .target(name: "Confinement", dependencies: ["CConfinement"], swiftSettings: house),
    // The command: arguments in, exit code out.
    .executableTarget(
      name: "soclens",
      dependencies: [
        "Confinement", "JSONTree", "Outputs", "PNGImage", "PageOCR", "PageText", "PageWire",
        "PDFText", "Pipeline", "ReportStructure", "RuleEngine", "Requests", "RulePacks",
        "SOC2Vocabulary", "Scoring", "Spreadsheet", "TextMatching", "XMLTree",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: house, linkerSettings: runtimeInside),

    // Golden files, the repository's own files, a page builder, a schema validator, XML to break, DOCX: for tests only.
    .target(
      name: "TestSupport",
      dependencies: [
        "CLibArchive", "PageOCR", "PageText", "PDFText", "RulePacks", "Scoring", "XMLTree",
      ],
      path: "Tests/TestSupport", swiftSettings: house),
    .testTarget(
      name: "SOC2VocabularyTests", dependencies: ["PageText", "SOC2Vocabulary"],
      swiftSettings: house),
    .testTarget(
      name: "TextMatchingTests", dependencies: ["PageText", "SOC2Vocabulary", "TextMatching"],
      swiftSettings: house),
    .testTarget(name: "XMLTreeTests", dependencies: ["PageText", "XMLTree"], swiftSettings: house),
    .testTarget(
      name: "PageOCRTests", dependencies: ["PDFText", "PageOCR", "PageText", "TestSupport"],
      swiftSettings: house),
    .testTarget(
      name: "PNGImageTests", dependencies: ["PNGImage", "PageText"], swiftSettings: house),
    .testTarget(
      name: "PDFTextTests", dependencies: ["PDFText", "PageText", "TestSupport"],
      swiftSettings: house),
    .testTarget(
      name: "WordTextTests", dependencies: ["PageText", "TestSupport", "WordText"],
      swiftSettings: house),
    .testTarget(
      name: "PageWireTests",
      dependencies: ["PDFText", "PageText", "PageWire", "Pipeline", "TestSupport", "WordText"],
      swiftSettings: house),
    .testTarget(
      name: "ReportStructureTests",
      dependencies: [
        "PDFText", "PageText", "ReportStructure", "SOC2Vocabulary", "TestSupport", "TextMatching",
      ], swiftSettings: house),
    .testTarget(
      name: "RulePacksTests",
      dependencies: ["RulePacks", "SOC2Vocabulary", "TestSupport", "TextMatching", "XMLTree"],
      swiftSettings: house),
    .testTarget(
      name: "ScoringTests", dependencies: ["SOC2Vocabulary", "Scoring", "TestSupport", "XMLTree"],
      swiftSettings: house),
    .testTarget(
      name: "RuleEngineTests",
      dependencies: [
        "PageText", "ReportStructure", "RuleEngine", "RulePacks", "SOC2Vocabulary", "TestSupport",
        "TextMatching",
      ], swiftSettings: house),
    .testTarget(
      name: "RuleExampleTests",
      dependencies: ["RuleEngine", "RulePacks", "SOC2Vocabulary", "TestSupport"],
      exclude: ["crosstalk.txt"], swiftSettings: house),
    .testTarget(
      name: "OutputsTests",
      dependencies: [
        "JSONTree", "Outputs", "PageText", "SOC2Vocabulary", "TestSupport", "XMLTree",
      ],
      swiftSettings: house),
    .testTarget(
      name: "RequestsTests", dependencies: ["JSONTree", "Requests", "SOC2Vocabulary", "Scoring"],
      swiftSettings: house),
    .testTarget(
      name: "SpreadsheetTests",
      dependencies: ["CZlib", "Outputs", "SOC2Vocabulary", "Spreadsheet", "XMLTree"],
      swiftSettings: house),
    .testTarget(
      name: "FixtureTests",
      dependencies: [
        "Outputs", "PDFText", "PageOCR", "PageText", "Pipeline", "ReportStructure", "Requests",
        "RuleEngine", "RulePacks",
        "SOC2Vocabulary", "Scoring", "TestSupport",
      ], swiftSettings: house),
    .testTarget(
      name: "CommandTests", dependencies: ["TestSupport", "soclens"], swiftSettings: house),
    .testTarget(
      name: "HouseTests", dependencies: ["RulePacks", "TestSupport"], swiftSettings: house),
  ],
  cxxLanguageStandard: .cxx17
)

// libFuzzer on our own parsers: built only where asked for, as nothing else can do with its sanitizer.
if Context.environment["SOCLENS_FUZZ"] != nil {
  package.targets.append(
    .executableTarget(
      name: "soclens-fuzz",
      dependencies: [
        "JSONTree", "Outputs", "PageText", "Pipeline", "Requests", "RuleEngine", "RulePacks",
        "SOC2Vocabulary", "Scoring", "TestSupport",
      ],
      path: "Tests/Fuzz", exclude: ["run.sh", "xml.dict"], swiftSettings: house))
}
