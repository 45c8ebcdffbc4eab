import PageText
import ReportStructure
import TestSupport
import Testing
import TextMatching

/// Rows, columns and blocks of pages drawn by hand.
@Suite struct LayoutTests {
  private static let prose = [
    "We conducted our examination in accordance with attestation standards established by",
    "the institute. Those standards require that we plan and perform the examination so as",
    "to obtain reasonable assurance about the description.",
  ]

  @Test func linesOfAParagraphAreOneBlock() {
    let page = page { $0.lines(72, 100, Self.prose) }
    #expect(blocks(of: [page]) == ["paragraph: " + Self.prose.joined(separator: " ")])
  }

  @Test func wordsOnOneLineAreReadFromLeftToRight() {
    let page = page {
      $0.line(340, 100, "were effective.")
      $0.line(72, 100.4, "Controls that we tested in the whole period of this report")
    }
    #expect(
      blocks(of: [page]) == [
        "paragraph: Controls that we tested in the whole period of this report were effective."
      ])
  }

  @Test(arguments: ["•", "1.", "(a)", "iii)", "\u{F0B7}", "-"])
  func listItemsKeepTheirMarkers(_ marker: String) {
    let page = page {
      for k in 0..<4 {
        $0.line(90, 100 + Float(k) * 12, marker)
        $0.line(126, 100 + Float(k) * 12, "an item of the list that stands beside its marker")
      }
    }
    #expect(
      blocks(of: [page])
        == Array(
          repeating: "list-item: \(marker) an item of the list that stands beside its marker",
          count: 4))
  }

  /// Word writes the marker and the text of a hanging item as two runs without a space between them.
  @Test func bulletsWithoutSpacesAreNoColumn() {
    let page = page {
      $0.lines(72, 60, Self.prose)
      for k in 0..<4 {
        $0.line(90, 120 + Float(k) * 12, "•")
        $0.line(97, 120 + Float(k) * 12, "an item of the list", style: .unspaced)
      }
    }
    #expect(
      blocks(of: [page]).dropFirst()
        == ArraySlice(repeating: "list-item: • an item of the list", count: 4))
  }

  @Test func paragraphsGoOnOverPages() {
    let first = page(1) { $0.line(72, 700, "The controls were suitably designed and") }
    let second = page(2) { $0.line(72, 100, "operated effectively in the period.") }
    let layout = layout([first, second])
    #expect(
      blocks(of: [first, second]) == [
        "paragraph: The controls were suitably designed and operated effectively in the period."
      ])
    #expect(layout.blocks.map { [$0.firstPage, $0.lastPage] } == [[0, 1]])
  }

  @Test func aCoverIsNoBeginningOfASentence() {
    let first = page(1) { $0.line(72, 200, "SOC 2 Report of Example Company") }
    let second = page(2) { $0.lines(72, 100, Self.prose) }
    #expect(blocks(of: [first, second]).count == 2)
  }

  @Test func justifiedProseIsNotSplit() {
    let page = page {
      $0.justified(72, 100, "We did not perform any procedures regarding the operating", to: 540)
      $0.justified(72, 112, "effectiveness of controls that are stated in the description", to: 540)
      $0.justified(72, 124, "and accordingly we do not express an opinion", to: 540)
      $0.line(72, 136, "on them at all.")
    }
    #expect(blocks(of: [page]).count == 1)
  }

  @Test func columnsOfProseAreReadOneAfterTheOther() {
    let left = (0..<8).map { "left column line number \($0) goes on and" }
    let right = (0..<8).map { "right column line number \($0) goes on and" }
    let page = page {
      for k in 0..<8 {
        $0.line(72, 100 + Float(k) * 12, left[k])
        $0.line(330, 100 + Float(k) * 12, right[k])
      }
    }
    let text = blocks(of: [page]).joined(separator: " ")
    #expect(text.contains("left column line number 7"))
    let firstRight = text.firstRange(of: "right")?.lowerBound
    let lastLeft = text.firstRange(of: "left column line number 7")?.lowerBound
    #expect(lastLeft.flatMap { l in firstRight.map { l < $0 } } == true)
  }

  @Test func cellsOfATableAreReadRowByRow() {
    let page = page {
      for (k, id) in ["CC6.1", "CC6.2", "CC6.3"].enumerated() {
        let y = 100 + Float(k) * 40
        $0.line(72, y, id)
        $0.lines(130, y, ["Access is given by role", "after an approval."])
        $0.lines(330, y, ["Inspected 25 tickets", "for an approval."])
        $0.line(470, y, "No exceptions noted.")
      }
    }
    let row = [
      "cell: Access is given by role after an approval.",
      "cell: Inspected 25 tickets for an approval.", "cell: No exceptions noted.",
    ]
    #expect(
      blocks(of: [page]) == ["CC6.1", "CC6.2", "CC6.3"].flatMap { ["cell: \($0)"] + row })
  }

  /// A cell as wide as its column stands a space away from the next one.
  @Test func columnsAreToldByTheirLeftEdges() {
    let page = page {
      for (k, id) in ["CC6.1", "CC6.2", "CC6.3", "CC6.4"].enumerated() {
        let y = 100 + Float(k) * 30
        $0.line(72, y, id)
        // Right edges 2.5 points before the next column.
        $0.line(110, y, k % 2 == 0 ? "Access is reviewed each quarter" : "Backups are kept")
        $0.line(266, y, "No exceptions noted.", style: .unspaced)
      }
    }
    #expect(
      blocks(of: [page]).filter { $0 == "cell: No exceptions noted." }.count == 4)
  }

  @Test(arguments: [
    (WordStyle.bold, Float(10), "Basis for Opinion"), (WordStyle(), 14, "Basis for Opinion"),
    (WordStyle(), 10, "BASIS FOR OPINION"),
  ])
  func headingsAreSetApart(_ style: WordStyle, _ size: Float, _ words: String) {
    let page = page {
      $0.lines(72, 60, Self.prose + Self.prose)
      $0.line(72, 160, words, size: size, style: style)
      $0.lines(72, 184, Self.prose)
    }
    #expect(blocks(of: [page]).contains("heading: " + words))
  }

  @Test func boldSentencesAreNoHeadings() {
    let sentence =
      "We draw attention to the fact that the period was shorter than that of the last report."
    let page = page {
      $0.lines(72, 60, Self.prose)
      $0.line(72, 160, sentence, style: .bold)
    }
    #expect(blocks(of: [page]).contains("paragraph: " + sentence))
  }

  @Test func runningHeadsAreKeptApart() {
    let pages = (1...5).map { n in
      page(n) {
        $0.line(72, 40, "Example Company SOC 2 Report")
        $0.lines(72, 200, ["Text of page \(["one", "two", "three", "four", "five"][n - 1])."])
        $0.line(500, 770, "Page \(n) of 5")
      }
    }
    let layout = layout(pages)
    #expect(layout.furniture.count == 10)
    #expect(blocks(of: pages).count == 5)
  }

  /// OCR adds specks and misreads a letter here and there.
  @Test func runningFeetOfAScanAreKnownMisread() {
    let feet = [
      "For the specified parties of Example Company only 1",
      ". For the specified parties of Example Company only • 2",
      "For the specified parties of Example Company only 3",
      "For the specifled partles of Example Cornpany only 4",
      "For the specified parties of Example Company only 5",
      "Forthe specified parties of Example Company only | 6",
    ]
    let pages = feet.enumerated().map { n, foot in
      page(n + 1) {
        $0.lines(
          72, 200, ["Text of page \(["a", "b", "c", "d", "e", "f"][n])."], style: .recognised)
        $0.line(72, 770, foot, style: .recognised)
      }
    }
    let layout = layout(pages)
    #expect(layout.furniture.map(\.count) == [9, 11, 9, 9, 9, 9])
  }

  /// Text may come back on page after page; a line within a paragraph is never a running head.
  @Test func paragraphsAreNoRunningHeads() {
    let pages = (1...4).map { n in page(n) { $0.lines(72, 90, Self.prose + Self.prose) } }
    #expect(layout(pages).furniture.isEmpty)
  }

  /// Without lines between them: rows stand a point or two further apart than lines, and cells are set at the
  /// top, in the middle or at the bottom of their rows.
  @Test(arguments: [Float(0), 0.5, 1])
  func rowsAreToldHoweverTheirCellsAreSet(_ place: Float) {
    let rows: [[[String]]] = [
      [["Ref"], ["Control activity"], ["Test of the control"], ["Result of the test"]],
      [
        ["AC-1"], ["Access is removed on the", "last day of work."],
        ["Inspected a list of leavers and", "compared each date with", "the day of the removal."],
        ["No exceptions noted."],
      ],
      [
        ["AC-2"],
        ["Rights are reviewed each", "quarter by the owners of", "the system concerned."],
        ["Inspected both reviews."], ["For 1 of 2 quarters no", "review was made."],
      ],
      [
        ["AC-3"], ["Changes are approved."],
        ["Inspected the approval of a", "sample of 25 changes."], ["No exceptions noted."],
      ],
      [
        ["AC-4"], ["Backups are made each night", "and restored once a year."],
        [
          "Inspected the settings and", "the report of the last test",
          "of a full restoration, which",
          "was made in March.",
        ],
        ["No exceptions noted."],
      ],
    ]
    let page = page { sketch in
      var top: Float = 100
      for row in rows {
        let most = row.map(\.count).max() ?? 0
        for (x, lines) in zip([Float(50), 100, 250, 420], row) {
          sketch.lines(x, top + Float(most - lines.count) * 12 * place, lines)
        }
        top += Float(most) * 12 + 2
      }
    }
    let expected = rows.flatMap { row in row.map { "cell: " + $0.joined(separator: " ") } }
    #expect(blocks(of: [page]) == expected)
  }

  @Test func twiceTheSameIsTheSame() {
    let pages = (1...3).map { n in page(n) { $0.lines(72, 90, Self.prose) } }
    #expect(blocks(of: pages) == blocks(of: pages))
  }
}

/// Kind and text of each block.
private func blocks(of pages: [Page]) -> [String] {
  let layout = layout(pages)
  return layout.blocks.map { block in
    let words = layout.places[block.places].map {
      pages[Int($0.page)].text(of: pages[Int($0.page)].words[Int($0.word)])
    }
    return "\(block.kind.rawValue): " + words.joined(separator: " ")
  }
}
