#include "CTesseract.h"

#include <dlfcn.h>
#include <time.h>

#include <cstdlib>
#include <cstring>
#include <mutex>
#include <string>
#include <vector>

namespace {

// As capi.h and allheaders.h of Tesseract 5 and Leptonica 1.82 declare them.
struct API;
struct Iterator;
struct PageIterator;
struct Monitor;
struct Pix;

constexpr int lstmOnly = 1;
constexpr int automaticSegmentation = 3;
constexpr int sparseText = 11;
constexpr int levelOfLines = 2;
constexpr int levelOfWords = 3;
constexpr int rotateByArea = 1;
constexpr int bringInWhite = 1;

struct Library {
  const char *(*version)();
  API *(*create)();
  void (*destroy)(API *);
  int (*init)(API *, const char *, int, const char *, int, char **, int, char **, char **, size_t,
              int);
  int (*setVariable)(API *, const char *, const char *);
  void (*setSegmentation)(API *, int);
  void (*setImage)(API *, const unsigned char *, int, int, int, int);
  void (*setResolution)(API *, int);
  int (*recognize)(API *, Monitor *);
  Iterator *(*iterator)(API *);
  void (*deleteIterator)(Iterator *);
  const PageIterator *(*page)(const Iterator *);
  int (*next)(Iterator *, int);
  int (*isAtBeginning)(const PageIterator *, int);
  int (*box)(const PageIterator *, int, int *, int *, int *, int *);
  int (*baseline)(const PageIterator *, int, int *, int *, int *, int *);
  char *(*text)(const Iterator *, int);
  void (*deleteText)(const char *);
  float (*confidence)(const Iterator *, int);
  Monitor *(*createMonitor)();
  void (*deleteMonitor)(Monitor *);
  void (*setCancel)(Monitor *, bool (*)(void *, int));
  void (*setCancelThis)(Monitor *, void *);

  Pix *(*pixCreate)(int, int, int);
  void (*pixDestroy)(Pix **);
  uint32_t *(*pixData)(Pix *);
  int (*pixWordsPerLine)(Pix *);
  Pix *(*pixThreshold)(Pix *, int);
  int (*pixFindSkew)(Pix *, float *, float *);
  Pix *(*pixRotate)(Pix *, float, int, int, int, int);
  int (*setMessages)(int);

  bool isWhole = false;

  Library() {
    // One thread a page: pages are read side by side, and Tesseract's own threads only get into each
    // other's way. OpenMP reads this once, when it is loaded.
    setenv("OMP_THREAD_LIMIT", "1", 1);
    void *leptonica = dlopen("liblept.so.5", RTLD_NOW | RTLD_LOCAL);
    void *tesseract = dlopen("libtesseract.so.5", RTLD_NOW | RTLD_LOCAL);
    if (leptonica == nullptr || tesseract == nullptr) return;
    isWhole = take(tesseract, "TessVersion", version) &&
              take(tesseract, "TessBaseAPICreate", create) &&
              take(tesseract, "TessBaseAPIDelete", destroy) &&
              take(tesseract, "TessBaseAPIInit5", init) &&
              take(tesseract, "TessBaseAPISetVariable", setVariable) &&
              take(tesseract, "TessBaseAPISetPageSegMode", setSegmentation) &&
              take(tesseract, "TessBaseAPISetImage", setImage) &&
              take(tesseract, "TessBaseAPISetSourceResolution", setResolution) &&
              take(tesseract, "TessBaseAPIRecognize", recognize) &&
              take(tesseract, "TessBaseAPIGetIterator", iterator) &&
              take(tesseract, "TessResultIteratorDelete", deleteIterator) &&
              take(tesseract, "TessResultIteratorGetPageIteratorConst", page) &&
              take(tesseract, "TessResultIteratorNext", next) &&
              take(tesseract, "TessPageIteratorIsAtBeginningOf", isAtBeginning) &&
              take(tesseract, "TessPageIteratorBoundingBox", box) &&
              take(tesseract, "TessPageIteratorBaseline", baseline) &&
              take(tesseract, "TessResultIteratorGetUTF8Text", text) &&
              take(tesseract, "TessDeleteText", deleteText) &&
              take(tesseract, "TessResultIteratorConfidence", confidence) &&
              take(tesseract, "TessMonitorCreate", createMonitor) &&
              take(tesseract, "TessMonitorDelete", deleteMonitor) &&
              take(tesseract, "TessMonitorSetCancelFunc", setCancel) &&
              take(tesseract, "TessMonitorSetCancelThis", setCancelThis) &&
              take(leptonica, "pixCreate", pixCreate) &&
              take(leptonica, "pixDestroy", pixDestroy) &&
              take(leptonica, "pixGetData", pixData) &&
              take(leptonica, "pixGetWpl", pixWordsPerLine) &&
              take(leptonica, "pixThresholdToBinary", pixThreshold) &&
              take(leptonica, "pixFindSkew", pixFindSkew) &&
              take(leptonica, "pixRotate", pixRotate) &&
              take(leptonica, "setMsgSeverity", setMessages);
    // Both print to standard error what concerns only them.
    constexpr int silent = 6;
    if (isWhole) setMessages(silent);
  }

 private:
  template <typename Function>
  static bool take(void *library, const char *name, Function &function) {
    function = reinterpret_cast<Function>(dlsym(library, name));
    return function != nullptr;
  }
};

// Loaded once and never unloaded; nullptr when it is not there.
const Library *library() {
  static const Library loaded;
  return loaded.isWhole ? &loaded : nullptr;
}

// Owns a picture of Leptonica's: 8 bits a pixel, four pixels a word, the first in its highest byte.
class Picture {
 public:
  Picture(const Library &lib, Pix *pix) : lib_(lib), pix_(pix) {}
  Picture(const Library &lib, const uint8_t *pixels, int width, int height)
      : lib_(lib), pix_(lib.pixCreate(width, height, 8)) {
    if (pix_ == nullptr) return;
    uint32_t *data = lib.pixData(pix_);
    const int words = lib.pixWordsPerLine(pix_);
    for (int y = 0; y < height; ++y) {
      uint32_t *row = data + static_cast<size_t>(y) * words;
      const uint8_t *from = pixels + static_cast<size_t>(y) * width;
      for (int x = 0; x < width; ++x) {
        row[x >> 2] |= static_cast<uint32_t>(from[x]) << (24 - 8 * (x & 3));
      }
    }
  }
  ~Picture() {
    if (pix_ != nullptr) lib_.pixDestroy(&pix_);
  }
  Picture(const Picture &) = delete;
  Picture &operator=(const Picture &) = delete;

  Pix *get() const { return pix_; }

  void copyTo(uint8_t *pixels, int width, int height) const {
    const uint32_t *data = lib_.pixData(pix_);
    const int words = lib_.pixWordsPerLine(pix_);
    for (int y = 0; y < height; ++y) {
      const uint32_t *row = data + static_cast<size_t>(y) * words;
      uint8_t *to = pixels + static_cast<size_t>(y) * width;
      for (int x = 0; x < width; ++x) {
        to[x] = static_cast<uint8_t>(row[x >> 2] >> (24 - 8 * (x & 3)));
      }
    }
  }

 private:
  const Library &lib_;
  Pix *pix_;
};

// What this thread has computed so far. Time on the wall would make what is read depend on what else the
// machine does.
int64_t millisecondsOfThread() {
  timespec now = {};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<int64_t>(now.tv_sec) * 1000 + now.tv_nsec / 1000000;
}

bool isOver(void *end, int) { return millisecondsOfThread() >= *static_cast<int64_t *>(end); }

// Goes over the words that were recognised.
void collect(const Library &lib, Iterator *it, std::vector<SLOCRWord> &words, std::string &text) {
  int line = -1;
  const PageIterator *place = lib.page(it);
  do {
    if (lib.isAtBeginning(place, levelOfLines) || line < 0) ++line;
    char *characters = lib.text(it, levelOfWords);
    if (characters == nullptr) continue;
    SLOCRWord word = {};
    int x1 = 0, x2 = 0;
    const bool isPlaced =
        lib.box(place, levelOfWords, &word.x0, &word.y0, &word.x1, &word.y1) &&
        lib.baseline(place, levelOfWords, &x1, &word.baseline0, &x2, &word.baseline1);
    if (isPlaced) {
      word.start = static_cast<int32_t>(text.size());
      text += characters;
      word.end = static_cast<int32_t>(text.size());
      word.confidence = lib.confidence(it, levelOfWords);
      word.line = line;
      words.push_back(word);
    }
    lib.deleteText(characters);
  } while (lib.next(it, levelOfWords));
}

template <typename Value>
Value *copied(const Value *values, size_t count) {
  auto *copy = static_cast<Value *>(malloc(sizeof(Value) * (count == 0 ? 1 : count)));
  if (copy != nullptr && count > 0) memcpy(copy, values, sizeof(Value) * count);
  return copy;
}

}  // namespace

const char *sl_ocr_version(void) {
  const Library *lib = library();
  return lib == nullptr ? nullptr : lib->version();
}

SLOCRPage sl_ocr_read(const uint8_t *data, size_t size, const uint8_t *pixels, int32_t width,
                      int32_t height, int32_t dpi, int32_t isSparse, int32_t milliseconds) {
  SLOCRPage page = {};
  const Library *lib = library();
  if (lib == nullptr) {
    page.state = SL_OCR_NO_LIBRARY;
    return page;
  }
  page.state = SL_OCR_FAILED;
  API *api = lib->create();
  if (api == nullptr) return page;
  if (lib->init(api, reinterpret_cast<const char *>(data), static_cast<int>(size), "eng", lstmOnly,
                nullptr, 0, nullptr, nullptr, 0, 0) != 0) {
    lib->destroy(api);
    page.state = SL_OCR_NO_DATA;
    return page;
  }
  lib->setSegmentation(api, isSparse != 0 ? sparseText : automaticSegmentation);
  lib->setImage(api, pixels, width, height, 1, width);
  lib->setResolution(api, dpi);
  Monitor *monitor = lib->createMonitor();
  int64_t end = millisecondsOfThread() + milliseconds;
  lib->setCancelThis(monitor, &end);
  lib->setCancel(monitor, isOver);
  if (lib->recognize(api, monitor) == 0) {
    std::vector<SLOCRWord> words;
    std::string text;
    // No iterator: nothing on the page looks like text.
    if (Iterator *it = lib->iterator(api)) {
      collect(*lib, it, words, text);
      lib->deleteIterator(it);
    }
    page.words = copied(words.data(), words.size());
    page.text = copied(text.data(), text.size());
    page.count = words.size();
    if (page.words != nullptr && page.text != nullptr) page.state = SL_OCR_READ;
  }
  lib->deleteMonitor(monitor);
  lib->destroy(api);
  return page;
}

void sl_ocr_free(SLOCRPage page) {
  free(page.words);
  free(page.text);
}

double sl_ocr_skew(const uint8_t *pixels, int32_t width, int32_t height) {
  const Library *lib = library();
  if (lib == nullptr) return 0;
  Picture grey(*lib, pixels, width, height);
  if (grey.get() == nullptr) return 0;
  constexpr int ink = 160;
  Picture black(*lib, lib->pixThreshold(grey.get(), ink));
  if (black.get() == nullptr) return 0;
  float angle = 0, confidence = 0;
  // Leptonica: what has a confidence below 3 is not to be relied on.
  if (lib->pixFindSkew(black.get(), &angle, &confidence) != 0 || confidence < 3) return 0;
  return angle;
}

int32_t sl_ocr_turn(uint8_t *pixels, int32_t width, int32_t height, double degrees) {
  const Library *lib = library();
  if (lib == nullptr) return 0;
  Picture grey(*lib, pixels, width, height);
  if (grey.get() == nullptr) return 0;
  constexpr double pi = 3.14159265358979323846;
  Picture turned(*lib, lib->pixRotate(grey.get(), static_cast<float>(degrees * pi / 180),
                                      rotateByArea, bringInWhite, width, height));
  if (turned.get() == nullptr) return 0;
  turned.copyTo(pixels, width, height);
  return 1;
}
