// Tesseract and Leptonica, loaded when first asked for: building needs neither, and without them everything
// but OCR works. Plain C values, no symbol of either library.
#ifndef CTESSERACT_H
#define CTESSERACT_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// Tesseract's version, or NULL when the libraries cannot be loaded.
const char *sl_ocr_version(void);

// One recognised word, in pixels, y down.
typedef struct {
  int32_t x0, y0, x1, y1;
  // The line's baseline below the word's left and right edge.
  int32_t baseline0, baseline1;
  // Where its UTF-8 stands in the page's text.
  int32_t start, end;
  // 0 to 100.
  float confidence;
  // Of the printed line, from 0.
  int32_t line;
} SLOCRWord;

enum {
  SL_OCR_READ = 0,
  SL_OCR_NO_LIBRARY = 1,
  // The language data are not what Tesseract takes.
  SL_OCR_NO_DATA = 2,
  // Gave up: out of time, or the library could not.
  SL_OCR_FAILED = 3
};

typedef struct {
  int32_t state;
  SLOCRWord *words;
  size_t count;
  char *text;
} SLOCRPage;

// Reads one grey picture (0 is black, rows without gaps). A recogniser is made for each picture, so what
// comes out depends on nothing read before. `milliseconds` are those that this thread may compute. May be called on several threads at once.
// `isSparse`: the words stand scattered, not in lines and columns.
SLOCRPage sl_ocr_read(const uint8_t *data, size_t size, const uint8_t *pixels, int32_t width,
                      int32_t height, int32_t dpi, int32_t isSparse, int32_t milliseconds);
void sl_ocr_free(SLOCRPage page);

// The angle in degrees by which the picture must be turned clockwise for its lines to run level; 0 when that
// cannot be told.
double sl_ocr_skew(const uint8_t *pixels, int32_t width, int32_t height);

// The picture turned clockwise about its middle, white brought in, written over `pixels`. Returns 0 when it
// could not be done; the picture is then as it was.
int32_t sl_ocr_turn(uint8_t *pixels, int32_t width, int32_t height, double degrees);

#ifdef __cplusplus
}
#endif

#endif
