#include "CPoppler.h"
#include "SLDocument.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdarg>
#include <cstdio>
#include <cstring>
#include <map>
#include <string>
#include <vector>

#include <Array.h>
#include <Dict.h>
#include <ErrorCodes.h>
#include <Object.h>
#include <PDFDoc.h>
#include <Page.h>
#include <Stream.h>
#include <UTF.h>
#include <XRef.h>
#include <goo/gmem.h>

// Annotations are made as plain dictionaries and not by poppler's Annot classes, which write the clock
// into each. They are added behind the file's own bytes, so whatever a signature covers stays as it is.

namespace {

class BytesOut : public OutStream {
 public:
  std::vector<uint8_t> bytes;

  void close() override {}
  Goffset getPos() override { return static_cast<Goffset>(bytes.size()); }
  void put(char c) override { bytes.push_back(static_cast<uint8_t>(c)); }
  void printf(const char *format, ...) override {
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    const int count = std::vsnprintf(nullptr, 0, format, arguments);
    va_end(arguments);
    if (count > 0) {
      const size_t start = bytes.size();
      bytes.resize(start + static_cast<size_t>(count) + 1);
      std::vsnprintf(reinterpret_cast<char *>(bytes.data()) + start, static_cast<size_t>(count) + 1,
                     format, again);
      bytes.pop_back();
    }
    va_end(again);
  }
};

struct Point {
  double x, y;
};

// From the page as displayed to the page's own coordinates.
class Frame {
 public:
  explicit Frame(Page *page) {
    double ctm[6];
    page->getDefaultCTM(ctm, 72, 72, 0, false, true);
    const double determinant = ctm[0] * ctm[3] - ctm[1] * ctm[2];
    usable = std::fabs(determinant) > 1e-9;
    if (!usable) return;
    a = ctm[3] / determinant;
    b = -ctm[1] / determinant;
    c = -ctm[2] / determinant;
    d = ctm[0] / determinant;
    e = (ctm[2] * ctm[5] - ctm[3] * ctm[4]) / determinant;
    f = (ctm[1] * ctm[4] - ctm[0] * ctm[5]) / determinant;
  }
  bool usable = false;
  Point own(double x, double y) const { return {a * x + c * y + e, b * x + d * y + f}; }

 private:
  double a = 1, b = 0, c = 0, d = 1, e = 0, f = 0;
};

// Two digits behind the point, in any locale.
std::string digits(double value) {
  const long long hundredths = std::llround(value * 100);
  const long long magnitude = hundredths < 0 ? -hundredths : hundredths;
  std::string rest = std::to_string(magnitude % 100);
  if (rest.size() < 2) rest = "0" + rest;
  return (hundredths < 0 ? "-" : "") + std::to_string(magnitude / 100) + "." + rest;
}

double rounded(double value) { return static_cast<double>(std::llround(value * 100)) / 100; }

Object numbers(XRef *xref, const std::vector<double> &values) {
  Array *array = new Array(xref);
  for (const double value : values) array->add(Object(rounded(value)));
  return Object(array);
}

double channel(uint32_t colour, int shift) { return ((colour >> shift) & 0xFF) / 255.0; }

struct Spread {
  double x0 = 1e9, y0 = 1e9, x1 = -1e9, y1 = -1e9;
  void take(const Point &point) {
    x0 = std::min(x0, point.x);
    y0 = std::min(y0, point.y);
    x1 = std::max(x1, point.x);
    y1 = std::max(y1, point.y);
  }
};

// What a highlight looks like: its boxes filled, with the print showing through.
Ref appearance(XRef *xref, const std::vector<std::array<Point, 4>> &quads, const Spread &spread,
               uint32_t colour) {
  std::string content = "/M gs ";
  for (const int shift : {16, 8, 0}) content += digits(channel(colour, shift)) + " ";
  content += "rg ";
  for (const auto &quad : quads) {
    // Round the box: top left, top right, bottom right, bottom left.
    const int round[] = {0, 1, 3, 2};
    for (int i = 0; i < 4; ++i) {
      const Point &point = quad[static_cast<size_t>(round[i])];
      content += digits(point.x) + " " + digits(point.y) + (i == 0 ? " m " : " l ");
    }
    content += "h f ";
  }
  Dict *multiply = new Dict(xref);
  multiply->add("BM", Object(objName, "Multiply"));
  Dict *states = new Dict(xref);
  states->add("M", Object(multiply));
  Dict *resources = new Dict(xref);
  resources->add("ExtGState", Object(states));
  Dict *form = new Dict(xref);
  form->add("Type", Object(objName, "XObject"));
  form->add("Subtype", Object(objName, "Form"));
  form->add("BBox", numbers(xref, {spread.x0, spread.y0, spread.x1, spread.y1}));
  form->add("Resources", Object(resources));
  char *buffer = static_cast<char *>(gmalloc(content.size()));
  std::memcpy(buffer, content.data(), content.size());
  return xref->addStreamObject(form, buffer, static_cast<Goffset>(content.size()));
}

Ref annotation(XRef *xref, Ref page, const Frame &frame, const SLMark &mark) {
  Dict *dict = new Dict(xref);
  dict->add("Type", Object(objName, "Annot"));
  dict->add("P", Object(page));
  dict->add("T", Object(new GooString("soclens")));
  if (mark.contents != nullptr && mark.contents[0] != 0)
    dict->add("Contents", Object(utf8ToUtf16WithBom(mark.contents).release()));
  dict->add("C", numbers(xref, {channel(mark.colour, 16), channel(mark.colour, 8),
                                channel(mark.colour, 0)}));
  Spread spread;
  if (mark.boxCount == 0) {
    constexpr double icon = 18;
    spread.take(frame.own(mark.noteX, mark.noteY));
    spread.take(frame.own(mark.noteX + icon, mark.noteY + icon));
    dict->add("Subtype", Object(objName, "Text"));
    dict->add("Name", Object(objName, "Comment"));
    // Printed, and neither grown nor turned with the page.
    dict->add("F", Object(4 | 8 | 16));
  } else {
    std::vector<std::array<Point, 4>> quads;
    std::vector<double> corners;
    for (size_t i = 0; i < mark.boxCount; ++i) {
      const SLBox &box = mark.boxes[i];
      // Top left, top right, bottom left, bottom right: the order that readers expect, not the one
      // that the standard tells.
      const std::array<Point, 4> quad = {frame.own(box.x0, box.y0), frame.own(box.x1, box.y0),
                                         frame.own(box.x0, box.y1), frame.own(box.x1, box.y1)};
      for (const Point &point : quad) {
        spread.take(point);
        corners.push_back(point.x);
        corners.push_back(point.y);
      }
      quads.push_back(quad);
    }
    dict->add("Subtype", Object(objName, "Highlight"));
    dict->add("QuadPoints", numbers(xref, corners));
    dict->add("F", Object(4));
    Dict *looks = new Dict(xref);
    looks->add("N", Object(appearance(xref, quads, spread, mark.colour)));
    dict->add("AP", Object(looks));
  }
  dict->add("Rect", numbers(xref, {spread.x0, spread.y0, spread.x1, spread.y1}));
  return xref->addIndirectObject(Object(dict));
}

// Adds annotations to the page's own, wherever the file keeps their list.
void attach(XRef *xref, Page *page, const std::vector<Ref> &added) {
  Object dict = xref->fetch(page->getRef());
  if (!dict.isDict()) return;
  const Object &kept = dict.dictLookupNF("Annots");
  const bool isApart = kept.isRef();
  const Ref place = isApart ? kept.getRef() : Ref::INVALID();
  const Object before = dict.dictLookup("Annots");
  Array *list = new Array(xref);
  if (before.isArray()) {
    for (int i = 0; i < before.arrayGetLength(); ++i) list->add(before.arrayGetNF(i).copy());
  }
  for (const Ref &ref : added) list->add(Object(ref));
  Object whole(list);
  if (isApart && before.isArray()) {
    xref->setModifiedObject(&whole, place);
  } else {
    dict.dictSet("Annots", std::move(whole));
    xref->setModifiedObject(&dict, page->getRef());
  }
}

std::string hexadecimal(const std::string &bytes) {
  static const char *const letters = "0123456789abcdef";
  std::string out;
  for (const char c : bytes) {
    out.push_back(letters[static_cast<uint8_t>(c) >> 4]);
    out.push_back(letters[static_cast<uint8_t>(c) & 15]);
  }
  return out;
}

// FNV-1a, 64 bits: names a state of the file, protects nothing.
uint64_t summed(const uint8_t *bytes, size_t length, uint64_t sum) {
  for (size_t i = 0; i < length; ++i) sum = (sum ^ bytes[i]) * 1099511628211ULL;
  return sum;
}

std::string asBytes(uint64_t value) {
  std::string out;
  for (int shift = 56; shift >= 0; shift -= 8) out.push_back(static_cast<char>(value >> shift));
  return out;
}

// Behind a string of the file, as `(…)` or `<…>`; 0 where none begins.
size_t behindString(const std::vector<uint8_t> &bytes, size_t at) {
  while (at < bytes.size() && bytes[at] == ' ') ++at;
  if (at >= bytes.size() || (bytes[at] != '(' && bytes[at] != '<')) return 0;
  const bool isHex = bytes[at] == '<';
  for (++at; at < bytes.size(); ++at) {
    if (!isHex && bytes[at] == '\\') {
      ++at;
    } else if (bytes[at] == (isHex ? '>' : ')')) {
      return at + 1;
    }
  }
  return 0;
}

// poppler makes the second half of /ID from the clock, and cuts the first, which keys of encrypted files
// are made from, at a zero byte: both are written anew.
bool fixIdentity(std::vector<uint8_t> &bytes, size_t original, const std::string &first) {
  const std::string whole(bytes.begin() + static_cast<ptrdiff_t>(original), bytes.end());
  const size_t mark = whole.rfind("startxref");
  if (mark == std::string::npos) return false;
  const unsigned long long table = std::strtoull(whole.c_str() + mark + 9, nullptr, 10);
  if (table < original || table >= bytes.size()) return false;
  const size_t key = whole.find("/ID [", table - original);
  // A file without an identity gets none.
  if (key == std::string::npos) return first.empty();
  const size_t begin = original + key + 5;
  const size_t middle = behindString(bytes, begin);
  const size_t end = middle == 0 ? 0 : behindString(bytes, middle);
  if (end == 0) return false;
  uint64_t sum = summed(bytes.data(), original, 14695981039346656037ULL);
  sum = summed(bytes.data() + original, key, sum);
  const std::string second = asBytes(sum) + asBytes(summed(bytes.data(), begin, sum));
  const std::string identity =
      "<" + hexadecimal(first.empty() ? second : first) + "><" + hexadecimal(second) + ">";
  bytes.erase(bytes.begin() + static_cast<ptrdiff_t>(begin),
              bytes.begin() + static_cast<ptrdiff_t>(end));
  bytes.insert(bytes.begin() + static_cast<ptrdiff_t>(begin), identity.begin(), identity.end());
  return true;
}

}  // namespace

uint8_t *sl_annotate(SLDocument *document, const uint8_t *bytes, size_t length, const SLMark *marks,
                     size_t count, size_t *outLength, int *state) {
  PDFDoc *doc = sl_base(document)->doc.get();
  *state = SL_MARK_FAILED;
  *outLength = 0;
  if (sl_base(document)->rebuilt) {
    *state = SL_MARK_REBUILT;
    return nullptr;
  }
  if (!doc->okToAddNotes()) {
    *state = SL_MARK_FORBIDDEN;
    return nullptr;
  }
  XRef *xref = doc->getXRef();
  std::string first;
  const Object identity = xref->getTrailerDict()->dictLookup("ID");
  if (identity.isArray() && identity.arrayGetLength() > 0) {
    const Object half = identity.arrayGet(0);
    if (half.isString()) first = half.getString()->toStr();
  }
  std::map<int, std::vector<Ref>> added;
  for (size_t i = 0; i < count; ++i) {
    Page *page = doc->getPage(marks[i].page);
    if (page == nullptr || !page->isOk()) {
      *state = SL_MARK_NO_PAGE;
      return nullptr;
    }
    const Frame frame(page);
    if (!frame.usable) {
      *state = SL_MARK_NO_PAGE;
      return nullptr;
    }
    added[marks[i].page].push_back(annotation(xref, page->getRef(), frame, marks[i]));
  }
  for (const auto &[number, refs] : added) attach(xref, doc->getPage(number), refs);

  BytesOut out;
  if (added.empty()) {
    out.bytes.assign(bytes, bytes + length);
  } else {
    if (doc->saveAs(&out, writeStandard) != errNone) return nullptr;
    // The original stands in the copy unchanged, or something went wrong.
    if (out.bytes.size() <= length || std::memcmp(out.bytes.data(), bytes, length) != 0) return nullptr;
    if (!fixIdentity(out.bytes, length, first)) return nullptr;
  }
  uint8_t *result = static_cast<uint8_t *>(std::malloc(out.bytes.size()));
  if (result == nullptr) return nullptr;
  std::memcpy(result, out.bytes.data(), out.bytes.size());
  *outLength = out.bytes.size();
  *state = SL_MARKED;
  return result;
}

void sl_free_bytes(uint8_t *bytes) { std::free(bytes); }
