// Poppler behind plain C values. One handle owns one document; everything returned for a page lives
// until the next page is read or the document is closed.
//
// Why poppler's C++ classes and not poppler-glib: an OutputDev of our own sees what poppler-glib
// throws away and a trustworthy reader needs: the render mode of each glyph (invisible text), what was
// painted under and over it (white on a dark band is visible, white on white is not), where the
// pictures are, and the text outside the crop box. It also costs less, as no layout is built twice.
#ifndef SOCLENS_CPOPPLER_H
#define SOCLENS_CPOPPLER_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct SLDocument SLDocument;

// Frame of all coordinates: points, origin at the top left of the page as displayed (its /Rotate and
// CropBox applied), y down.
typedef struct {
  float x0, y0, x1, y1;  // glyph box: ascent to descent of the font, advance width
  float baseX, baseY;    // where the glyph stands on its baseline
  float size;            // font size as displayed
  float directionX, directionY;  // unit vector of the writing direction
  uint32_t unicode;      // 0: the font gives no character
  uint32_t colour;       // 0xRRGGBB, fill colour
  uint32_t order;        // place in the order of painting
  uint16_t font;         // index for sl_font
  uint16_t flags;        // SL_GLYPH_…
} SLGlyph;

enum {
  SL_GLYPH_INVISIBLE = 1,   // text render mode 3 or 7, or fill opacity 0
  SL_GLYPH_CLIPPED = 2,     // wholly outside the clip in force (crop box included)
  SL_GLYPH_CONTINUES = 4,   // second or later character of one glyph (a ligature mapped to letters)
  SL_GLYPH_ACTUAL_TEXT = 8, // comes from /ActualText, not from the font
  SL_GLYPH_LAYER_OFF = 16,  // on a layer that the file switches off; these stand after all others
};

typedef struct {
  float x0, y0, x1, y1;
  uint32_t colour;  // 0xRRGGBB of a fill
  uint32_t order;   // place in the order of painting
  uint8_t kind;     // SL_PAINT_…
  uint8_t opaque;   // 1: nothing painted before it shows through
} SLPaint;

enum { SL_PAINT_FILL = 0, SL_PAINT_IMAGE = 1 };

// A drawn line that runs across or down, or the edge of a filled area: what may part a table's cells.
// Across: y0 == y1; down: x0 == x1.
typedef struct {
  float x0, y0, x1, y1;
} SLRule;

// An /ActualText that says something else than the glyphs it claims to stand for.
typedef struct {
  float x0, y0, x1, y1;
  const char *text;
} SLClaim;

typedef struct {
  double width, height;  // as displayed
  int rotation;          // the page's /Rotate
  int state;             // SL_PAGE_…
  const SLGlyph *glyphs;
  size_t glyphCount;
  const SLPaint *paints;
  size_t paintCount;
  const SLClaim *claims;
  size_t claimCount;
  const SLRule *rules;
  size_t ruleCount;
} SLPage;

enum { SL_PAGE_READ = 0, SL_PAGE_MISSING = 1, SL_PAGE_TOO_MUCH = 2 };

typedef struct {
  const char *name;  // without the subset prefix; may be empty
  int bold, italic;
} SLFont;

enum { SL_OPENED = 0, SL_DAMAGED = 1, SL_ENCRYPTED = 2 };

// Reads what the library needs from disk before its first document. sl_open does it where nobody did.
void sl_prepare(void);

// Opens a document over bytes that must outlive it. password may be NULL. state gets SL_…; NULL unless SL_OPENED.
SLDocument *sl_open(const uint8_t *bytes, size_t length, const char *password, int *state);
void sl_close(SLDocument *document);

int sl_page_count(SLDocument *document);
// Reads page number (from 1). glyphLimit bounds what one page may hold.
SLPage sl_read_page(SLDocument *document, int number, size_t glyphLimit);
// Printed label of page number (from 1), or NULL; the caller frees it with sl_free.
char *sl_page_label(SLDocument *document, int number);
SLFont sl_font(SLDocument *document, int index);
int sl_font_count(SLDocument *document);

// Entry of the document's information dictionary as UTF-8, or NULL; the caller frees it with sl_free.
char *sl_info(SLDocument *document, const char *key);
int sl_is_encrypted(SLDocument *document);
int sl_is_signed(SLDocument *document);
int sl_is_linearized(SLDocument *document);
// 1 when the table of objects was broken and poppler made it anew by guessing.
int sl_was_rebuilt(SLDocument *document);
// How many errors (no warnings) poppler met so far in this process, and whether one said it ran out of memory.
int sl_error_count(void);
int sl_out_of_memory(void);
const char *sl_poppler_version(void);
void sl_free(char *text);

#ifdef __cplusplus
}
#endif
#endif
