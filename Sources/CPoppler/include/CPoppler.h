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
  uint32_t actions;         // SL_ACTION_… of the page and its annotations
  int pendingRedactions;    // areas marked for redaction whose text is still there
} SLPage;

enum { SL_PAGE_READ = 0, SL_PAGE_MISSING = 1, SL_PAGE_TOO_MUCH = 2 };

typedef struct {
  const char *name;  // without the subset prefix; may be empty
  int bold, italic;
} SLFont;

// What a file could do besides being read. Nothing of it is ever run, opened or fetched.
enum {
  SL_ACTION_SCRIPT = 1,      // JavaScript
  SL_ACTION_LAUNCH = 2,      // starts a program or opens another file
  SL_ACTION_ATTACHMENT = 4,  // a file inside the file
  SL_ACTION_SUBMIT = 8,      // sends or fetches form data
  SL_ACTION_MEDIA = 16,      // sound, film, 3D
};

// A digital signature by the bytes it covers: ranges[0] bytes from 0, then ranges[3] bytes from
// ranges[2]; what lies between is the signature itself.
typedef struct {
  int64_t ranges[4];
  int isUsual;            // 1: /ByteRange is four numbers from 0 on
  const char *subFilter;  // the signature's form, such as adbe.pkcs7.detached; may be empty
} SLSignature;

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

typedef struct {
  int state;      // SL_RENDER_…
  int width, height, bytesPerRow;
  uint8_t *pixels;  // width * channels a row, top row first; freed with sl_free_picture
} SLPicture;

enum { SL_RENDERED = 0, SL_RENDER_MISSING = 1, SL_RENDER_TOO_MUCH = 2, SL_RENDER_FAILED = 3 };

// Draws a part of page number (from 1) as a screen shows it, annotations and forms included, on white.
// The part is in pixels of the whole page at that resolution; a width of 0 is the whole page.
// channels: 1 grey, 3 red green blue. More pixels than pixelLimit are refused before anything is drawn.
SLPicture sl_render(SLDocument *document, int number, double dpi, int channels, int x, int y, int width,
                    int height, size_t pixelLimit);
void sl_free_picture(SLPicture picture);
// Size of page number as displayed, in points; 0 when it cannot be loaded.
int sl_page_size(SLDocument *document, int number, double *width, double *height);

typedef struct {
  float x0, y0, x1, y1;
} SLBox;

// A highlight over boxes, or, without boxes, a note whose icon stands at a place.
typedef struct {
  int page;  // from 1
  const SLBox *boxes;
  size_t boxCount;
  float noteX, noteY;    // top left of the icon of a note
  uint32_t colour;       // 0xRRGGBB
  const char *contents;  // UTF-8; what a reader of the copy sees on it
} SLMark;

enum { SL_MARKED = 0, SL_MARK_FORBIDDEN = 1, SL_MARK_REBUILT = 2, SL_MARK_NO_PAGE = 3, SL_MARK_FAILED = 4 };

// A copy of the document with marks added behind its own bytes. The document must have been opened over
// `bytes` for this alone. The same document and marks give the same bytes: nothing in them tells the time.
// The caller frees the result with sl_free_bytes; NULL unless SL_MARKED.
uint8_t *sl_annotate(SLDocument *document, const uint8_t *bytes, size_t length, const SLMark *marks,
                     size_t count, size_t *outLength, int *state);
void sl_free_bytes(uint8_t *bytes);

// Entry of the document's information dictionary as UTF-8, or NULL; the caller frees it with sl_free.
char *sl_info(SLDocument *document, const char *key);
int sl_is_encrypted(SLDocument *document);
int sl_is_signed(SLDocument *document);
// SL_ACTION_… of the document as a whole: at opening, by name, in its form.
uint32_t sl_actions(SLDocument *document);
// The signatures in the order of the form's fields; their text lives as long as the document.
int sl_signature_count(SLDocument *document);
SLSignature sl_signature(SLDocument *document, int index);
int sl_is_linearized(SLDocument *document);
// 1 when the table of objects was broken and poppler made it anew by guessing.
int sl_was_rebuilt(SLDocument *document);
// How many errors (no warnings) poppler met so far in this thread, and whether one said it ran out of memory.
int sl_error_count(void);
int sl_out_of_memory(void);
const char *sl_poppler_version(void);
void sl_free(char *text);

#ifdef __cplusplus
}
#endif
#endif
