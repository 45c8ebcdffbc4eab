import PageText
import RuleEngine
import SOC2Vocabulary
import TestSupport
import Testing

/// Quotes looked up again on pages drawn by hand: ten points a letter pair, so that places can be reckoned.
struct QuoteProofTests {
  private func holds(_ quote: String, _ boxes: [Box], _ page: Page) -> Bool {
    unproven(
      [
        Evidence(
          page: 1, pageLabel: nil, section: .unknown, quote: quote, boxes: boxes, source: .text)
      ], on: [page]
    ).isEmpty
  }

  private func box(_ x0: Float, _ x1: Float, _ baseline: Float = 100) -> Box {
    Box(x0, baseline - 7.6, x1, baseline + 2.4)
  }

  @Test func aLineHoldsWhatItPrints() {
    let line = page { $0.line(50, 100, "access was not removed") }
    // 4 words of 6, 3, 3 and 7 letters of 5 points, 2.5 between them.
    let whole = box(50, 152.5)
    #expect(holds("access was not removed", [whole], line))
    #expect(!holds("access was removed", [whole], line), "a word left out")
    #expect(!holds("was access not removed", [whole], line), "another order")
    #expect(!holds("access was not renewed", [whole], line), "another word")
    #expect(!holds("access was not removed", [box(50, 112.5)], line), "outside the boxes")
    #expect(!holds("access was not removed", [], line), "no boxes")
  }

  /// As in files whose widths are damaged: each word begins before the one before it ends, and has a box of
  /// its own, in which the neighbours' middles lie too.
  @Test func wordsPrintedOverEachOtherAreFound() {
    let heap = page {
      $0.line(50, 100, "exceptions")
      $0.line(60, 100, "were")
      $0.line(58, 100, "noted")
    }
    let boxes = [box(50, 100), box(60, 80), box(58, 83)]
    #expect(holds("exceptions were noted", boxes, heap))
    #expect(holds("exceptions noted", [boxes[0], boxes[2]], heap), "what it covers is left over")
    #expect(!holds("exceptions were missed", boxes, heap))
    #expect(!holds("exceptions exceptions were noted", boxes, heap), "each word once")
  }

  @Test func aWordBesideIsNotLeftOut() {
    let line = page {
      $0.line(50, 100, "no")
      $0.line(55, 100, "exceptions")
      $0.line(110, 100, "but")
      $0.line(130, 100, "one")
    }
    #expect(holds("no exceptions but one", [box(50, 60), box(55, 145)], line))
    #expect(!holds("no exceptions one", [box(50, 60), box(55, 145)], line))
  }
}
