#include "CPoppler.h"
#include "SLDocument.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include <Catalog.h>
#include <Error.h>
#include <ErrorCodes.h>
#include <Gfx.h>
#include <GfxFont.h>
#include <GfxState.h>
#include <GlobalParams.h>
#include <OptionalContent.h>
#include <OutputDev.h>
#include <PDFDoc.h>
#include <PDFDocEncoding.h>
#include <Page.h>
#include <SplashOutputDev.h>
#include <Stream.h>
#include <UTF.h>
#include <poppler-config.h>
#include <splash/SplashBitmap.h>

namespace {

// Of this thread: a file read beside another must not be told of the other's errors.
thread_local int errorCount = 0;
thread_local bool outOfMemory = false;

// Warnings are about odd files that can be read; an error means that something of the file was left out.
void noteError(ErrorCategory category, Goffset, const char *message) {
  if (category == errSyntaxError || category == errInternal) ++errorCount;
  if (message != nullptr && std::strstr(message, "emory") != nullptr) outOfMemory = true;
}

void appendUTF8(std::string &out, Unicode c) {
  if (c < 0x80) {
    out.push_back(static_cast<char>(c));
    return;
  }
  if (c < 0x800) {
    out.push_back(static_cast<char>(0xC0 | (c >> 6)));
  } else {
    if (c < 0x10000) {
      out.push_back(static_cast<char>(0xE0 | (c >> 12)));
    } else {
      out.push_back(static_cast<char>(0xF0 | ((c >> 18) & 0x07)));
      out.push_back(static_cast<char>(0x80 | ((c >> 12) & 0x3F)));
    }
    out.push_back(static_cast<char>(0x80 | ((c >> 6) & 0x3F)));
  }
  out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
}

std::vector<Unicode> charactersOf(const std::string &text) {
  Unicode *characters = nullptr;
  const int count = TextStringToUCS4(text, &characters);
  std::vector<Unicode> out(characters, characters + std::max(count, 0));
  gfree(characters);
  return out;
}

std::string utf8Of(const GooString &text) {
  std::string out;
  for (const Unicode c : charactersOf(text.toStr())) appendUTF8(out, c);
  return out;
}

// Whether a font's answer is no character that text can be made of.
bool isUnmapped(Unicode c) { return c == 0 || c == 0xFFFD || (c >= 0xE000 && c < 0xF900); }

// What two spellings of one text share: ligatures taken apart, letters made small, and no white
// space, hyphens or marks without a shape.
std::vector<Unicode> bareText(const std::vector<Unicode> &text) {
  static const char *const ligatures[] = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"};
  std::vector<Unicode> out;
  for (const Unicode c : text) {
    if (c >= 0xFB00 && c <= 0xFB06) {
      for (const char *l = ligatures[c - 0xFB00]; *l != 0; ++l) out.push_back(*l);
    } else if (c >= 'A' && c <= 'Z') {
      out.push_back(c | 0x20);
    } else if (c == 0x2018 || c == 0x2019) {
      out.push_back('\'');
    } else if (c == 0x201C || c == 0x201D) {
      out.push_back('"');
    } else if (c > 0x20 && c != '-' && !(c >= 0x7F && c <= 0xA0) && c != 0xAD &&
               !(c >= 0x2000 && c <= 0x2015) && !(c >= 0x2028 && c <= 0x202F) &&
               !(c >= 0x2060 && c <= 0x206F) && c != 0xFEFF && c != 0x3000) {
      out.push_back(c);
    }
  }
  return out;
}

char *copied(const std::string &text) {
  char *out = static_cast<char *>(std::malloc(text.size() + 1));
  if (out == nullptr) return nullptr;
  std::memcpy(out, text.c_str(), text.size() + 1);
  return out;
}

struct FontFacts {
  std::string name;
  bool bold = false;
  bool italic = false;
};

// Notes each glyph and each opaque paint in the order of the content stream; draws nothing.
class GlyphDevice : public OutputDev {
 public:
  std::vector<SLGlyph> glyphs;
  std::vector<SLPaint> paints;
  std::vector<FontFacts> fonts;
  std::vector<SLClaim> claims;
  std::vector<SLRule> rules;
  size_t glyphLimit = 0;
  bool tooMuch = false;

  void beginPage(double width, double height) {
    glyphs.clear();
    paints.clear();
    claims.clear();
    rules.clear();
    claimTexts.clear();
    groups.clear();
    maskStack.clear();
    masked = false;
    openActualText.clear();
    pageWidth = width;
    pageHeight = height;
    order = 0;
    tooMuch = false;
    colourKnown = false;
    geometryKnown = false;
    lastFont = nullptr;
  }

  bool upsideDown() override { return true; }
  bool useDrawChar() override { return true; }
  bool interpretType3Chars() override { return false; }
  bool needNonText() override { return true; }

  // Patterns and shadings would be taken apart into thousands of fills; we only need to know that
  // they do not hide text for certain, so they are accepted and forgotten.
  bool useTilingPatternFill() override { return true; }
  bool useShadedFills(int) override { return true; }
  bool tilingPatternFill(GfxState *, Gfx *, Catalog *, GfxTilingPattern *, const double *, int, int,
                         int, int, double, double) override {
    return true;
  }
  bool functionShadedFill(GfxState *, GfxFunctionShading *) override { return true; }
  bool axialShadedFill(GfxState *, GfxAxialShading *, double, double) override { return true; }
  bool axialShadedSupportExtend(GfxState *, GfxAxialShading *) override { return true; }
  bool radialShadedFill(GfxState *, GfxRadialShading *, double, double) override { return true; }
  bool radialShadedSupportExtend(GfxState *, GfxRadialShading *) override { return true; }
  bool gouraudTriangleShadedFill(GfxState *, GfxGouraudTriangleShading *) override { return true; }
  bool patchMeshShadedFill(GfxState *, GfxPatchMeshShading *) override { return true; }

  void updateAll(GfxState *) override { forgetState(); }
  void saveState(GfxState *) override { maskStack.push_back(masked); }
  void restoreState(GfxState *) override {
    forgetState();
    if (maskStack.empty()) return;
    masked = maskStack.back();
    maskStack.pop_back();
  }
  void updateFillColorSpace(GfxState *) override { colourKnown = false; }
  void updateFillColor(GfxState *) override { colourKnown = false; }
  void updateStrokeColorSpace(GfxState *) override { colourKnown = false; }
  void updateStrokeColor(GfxState *) override { colourKnown = false; }
  void updateRender(GfxState *) override { colourKnown = false; }
  void updateFont(GfxState *) override { geometryKnown = false; }
  // The text matrix can change without the font, so size and direction are read again with it.
  void updateTextMat(GfxState *) override { geometryKnown = false; }
  void updateCTM(GfxState *, double, double, double, double, double, double) override {
    geometryKnown = false;
  }

  void fill(GfxState *state) override { noteFill(state); }
  void eoFill(GfxState *state) override { noteFill(state); }
  void stroke(GfxState *state) override { noteStroke(state); }

  void drawImageMask(GfxState *state, Object *ref, Stream *stream, int width, int height,
                     bool invert, bool interpolate, bool inlined) override {
    noteImage(state, false);
    OutputDev::drawImageMask(state, ref, stream, width, height, invert, interpolate, inlined);
  }
  void drawImage(GfxState *state, Object *ref, Stream *stream, int width, int height,
                 GfxImageColorMap *colours, bool interpolate, const int *mask,
                 bool inlined) override {
    noteImage(state, mask == nullptr);
    OutputDev::drawImage(state, ref, stream, width, height, colours, interpolate, mask, inlined);
  }
  void drawMaskedImage(GfxState *state, Object *, Stream *, int, int, GfxImageColorMap *, bool,
                       Stream *, int, int, bool, bool) override {
    noteImage(state, false);
  }
  void drawSoftMaskedImage(GfxState *state, Object *, Stream *, int, int, GfxImageColorMap *, bool,
                           Stream *, int, int, GfxImageColorMap *, bool) override {
    noteImage(state, false);
  }

  // A group is painted as a whole: its own opacity decides whether its text can be seen.
  void beginTransparencyGroup(GfxState *, const double *, GfxColorSpace *, bool, bool,
                              bool forSoftMask) override {
    groups.push_back({glyphs.size(), paints.size(), forSoftMask});
  }
  void paintTransparencyGroup(GfxState *state, const double *) override {
    if (groups.empty()) return;
    const Group group = groups.back();
    groups.pop_back();
    if (state->getFillOpacity() <= 0.01) hideGlyphs(group.firstGlyph);
    if (state->getFillOpacity() <= 0.95 || masked) {
      for (size_t i = group.firstPaint; i < paints.size(); ++i) paints[i].opaque = 0;
    }
  }
  // The text of a mask is a stencil, not text of the page.
  void setSoftMask(GfxState *, const double *, bool, Function *, GfxColor *) override {
    masked = true;
    if (groups.empty() || !groups.back().isMask) return;
    hideGlyphs(groups.back().firstGlyph);
    paints.resize(groups.back().firstPaint);
    groups.pop_back();
  }
  void clearSoftMask(GfxState *) override { masked = false; }

  void beginActualText(GfxState *, const GooString *text) override {
    openActualText.push_back(
        {glyphs.size(), text != nullptr ? text->toStr() : std::string()});
  }
  void endActualText(GfxState *) override {
    if (openActualText.empty()) return;
    const ActualText ended = std::move(openActualText.back());
    openActualText.pop_back();
    takeActualText(ended);
  }

  void drawChar(GfxState *state, double x, double y, double dx, double dy, double, double,
                CharCode code, int bytes, const Unicode *unicode, int count) override {
    if (glyphs.size() >= glyphLimit) {
      tooMuch = true;
      return;
    }
    if (!geometryKnown) readFont(state);
    if (!geometryKnown) return;

    // The advance includes character and word spacing, which is white, not glyph.
    double spacing = state->getCharSpace();
    if (bytes == 1 && code == 0x20) spacing += state->getWordSpace();
    double spaceX = 0, spaceY = 0;
    if (spacing != 0)
      state->textTransformDelta(spacing * state->getHorizScaling(), 0, &spaceX, &spaceY);
    double px, py, width, height;
    state->transform(x, y, &px, &py);
    state->transformDelta(dx - spaceX, dy - spaceY, &width, &height);
    // Places and sizes that no page has would break the arithmetic of every later stage. (Written so
    // that a NaN fails too.)
    if (!(std::fabs(px) < farAway && std::fabs(py) < farAway && std::fabs(width) < farAway &&
          std::fabs(height) < farAway && fontSize < farAway))
      return;

    SLGlyph glyph;
    glyph.baseX = static_cast<float>(px);
    glyph.baseY = static_cast<float>(py);
    glyph.size = static_cast<float>(fontSize);
    glyph.directionX = static_cast<float>(directionX);
    glyph.directionY = static_cast<float>(directionY);
    // Ascent and descent stand at right angles to the writing direction (y down: up is (dy, -dx)).
    const double upX = directionY, upY = -directionX;
    const double a = ascent * fontSize, d = descent * fontSize;
    if (upX == 0 && height == 0) {
      // Nearly all text runs level: two corners are enough.
      setBox(glyph, std::minmax(px, px + width), std::minmax(py + upY * a, py + upY * d));
    } else {
      setBox(glyph, std::minmax({px + upX * a, px + upX * d, px + width + upX * a, px + width + upX * d}),
             std::minmax({py + upY * a, py + upY * d, py + height + upY * a, py + height + upY * d}));
    }
    glyph.order = order++;
    glyph.font = fontIndex;
    glyph.flags = 0;
    const int paintedAs = state->getRender() & 3;
    const bool isSeen = paintedAs == 0   ? state->getFillOpacity() > 0.01
                        : paintedAs == 1 ? state->getStrokeOpacity() > 0.01
                        : paintedAs == 2
                            ? std::max(state->getFillOpacity(), state->getStrokeOpacity()) > 0.01
                            : false;
    if (!isSeen) glyph.flags |= SL_GLYPH_INVISIBLE;
    if (isClipped(state, glyph)) glyph.flags |= SL_GLYPH_CLIPPED;
    glyph.colour = colourOf(state);

    if (unicode == nullptr || count <= 0) {
      glyph.unicode = 0;
      glyphs.push_back(glyph);
      return;
    }
    // One glyph may stand for several letters: each gets its share of the width.
    const float step = (glyph.x1 - glyph.x0) / static_cast<float>(count);
    const float left = glyph.x0;
    for (int i = 0; i < count; ++i) {
      glyph.unicode = unicode[i];
      if (count > 1 && std::fabs(directionX) > 0.9) {
        glyph.x0 = left + step * static_cast<float>(i);
        glyph.x1 = glyph.x0 + step;
      }
      if (i > 0) glyph.flags |= SL_GLYPH_CONTINUES;
      glyphs.push_back(glyph);
    }
  }

 private:
  double pageWidth = 0, pageHeight = 0;
  uint32_t order = 0;
  bool geometryKnown = false;
  const GfxFont *lastFont = nullptr;
  Ref lastFontID = Ref::INVALID();
  uint16_t fontIndex = 0;
  double fontSize = 0, ascent = 0, descent = 0, directionX = 1, directionY = 0;
  uint32_t colour = 0;
  bool colourKnown = false;
  // A soft mask is in force: nothing painted under it is opaque for certain.
  bool masked = false;
  std::vector<bool> maskStack;
  struct Group {
    size_t firstGlyph, firstPaint;
    bool isMask;
  };
  std::vector<Group> groups;
  struct ActualText {
    size_t firstGlyph;
    std::string text;
  };
  std::vector<ActualText> openActualText;
  // The claims point into these; a deque's members stay where they are.
  std::deque<std::string> claimTexts;
  std::unordered_map<std::string, uint16_t> fontIndices;

  // Five hundred times the largest page that a PDF may have, in points.
  static constexpr double farAway = 1e8;

  // Each pair holds the least and the greatest.
  static void setBox(SLGlyph &glyph, std::pair<double, double> xs, std::pair<double, double> ys) {
    glyph.x0 = static_cast<float>(xs.first);
    glyph.x1 = static_cast<float>(xs.second);
    glyph.y0 = static_cast<float>(ys.first);
    glyph.y1 = static_cast<float>(ys.second);
  }

  void hideGlyphs(size_t first) {
    for (size_t i = first; i < glyphs.size(); ++i) glyphs[i].flags |= SL_GLYPH_INVISIBLE;
  }

  void forgetState() {
    colourKnown = false;
    geometryKnown = false;
  }

  void readFont(GfxState *state) {
    const GfxFont *font = state->getFont().get();
    if (font == nullptr) return;
    double m[4];
    state->getFontTransMat(&m[0], &m[1], &m[2], &m[3]);
    fontSize = state->getTransformedFontSize();
    if (font->getType() == fontType3) {
      // A Type 3 font has its own unit: the font matrix says how large one unit is, but not how many
      // units the letters are high. Letters are about 1.2 em high with their descenders; only a box
      // far from that says that the unit is another, for a font of one dash or quote has a low box.
      const double *fm = font->getFontMatrix();
      const double *box = font->getFontBBox();
      const double boxHeight = std::fabs((box[3] - box[1]) * fm[3]);
      if (boxHeight > 3 || (boxHeight > 0 && boxHeight < 0.02)) fontSize *= boxHeight / 1.2;
    }
    const double length = std::hypot(m[0], m[1]);
    if (length > 0) {
      directionX = m[0] / length;
      directionY = m[1] / length;
    } else {
      directionX = 1;
      directionY = 0;
    }
    ascent = font->getAscent();
    descent = font->getDescent();
    // Broken font descriptors claim impossible heights; these bounds hold for all Latin text fonts.
    if (!(ascent > 0.3 && ascent < 1.3)) ascent = 0.95;
    if (!(descent < 0 && descent > -0.6)) descent = -0.25;
    geometryKnown = true;
    const Ref *id = font->getID();
    if (font == lastFont && *id == lastFontID) return;
    lastFont = font;
    lastFontID = *id;
    std::string name = font->getName() ? *font->getName() : std::string();
    const std::string key = std::to_string(id->num) + "/" + std::to_string(id->gen) + "/" + name;
    const auto known = fontIndices.find(key);
    if (known != fontIndices.end()) {
      fontIndex = known->second;
    } else if (fonts.size() < 65535) {
      FontFacts facts;
      if (name.size() > 7 && name[6] == '+') name = name.substr(7);
      facts.name = name;
      std::string lower = name;
      std::transform(lower.begin(), lower.end(), lower.begin(),
                     [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
      facts.bold = font->isBold() || font->getWeight() >= GfxFont::W600 ||
                   lower.find("bold") != std::string::npos ||
                   lower.find("black") != std::string::npos ||
                   lower.find("heavy") != std::string::npos ||
                   lower.find("semibd") != std::string::npos ||
                   (lower.size() > 4 && lower.compare(0, 4, "cmbx") == 0) ||
                   (lower.size() > 4 && lower.compare(0, 4, "sfbx") == 0);
      facts.italic = font->isItalic() || lower.find("italic") != std::string::npos ||
                     lower.find("oblique") != std::string::npos;
      fontIndex = static_cast<uint16_t>(fonts.size());
      fonts.push_back(facts);
      fontIndices.emplace(key, fontIndex);
    }
  }

  bool isClipped(GfxState *state, const SLGlyph &glyph) const {
    double x0, y0, x1, y1;
    state->getClipBBox(&x0, &y0, &x1, &y1);
    x0 = std::max(x0, 0.0);
    y0 = std::max(y0, 0.0);
    x1 = std::min(x1, pageWidth);
    y1 = std::min(y1, pageHeight);
    return glyph.x1 <= x0 || glyph.x0 >= x1 || glyph.y1 <= y0 || glyph.y0 >= y1;
  }

  uint32_t colourOf(GfxState *state) {
    if (!colourKnown) {
      GfxRGB rgb;
      // Letters that are only outlined have the colour of their outline.
      if ((state->getRender() & 3) == 1) {
        state->getStrokeRGB(&rgb);
      } else {
        state->getFillRGB(&rgb);
      }
      colour = (static_cast<uint32_t>(colToByte(rgb.r)) << 16) |
               (static_cast<uint32_t>(colToByte(rgb.g)) << 8) |
               static_cast<uint32_t>(colToByte(rgb.b));
      colourKnown = true;
    }
    return colour;
  }

  static uint32_t fillColourOf(GfxState *state) {
    GfxRGB rgb;
    state->getFillRGB(&rgb);
    return (static_cast<uint32_t>(colToByte(rgb.r)) << 16) |
           (static_cast<uint32_t>(colToByte(rgb.g)) << 8) |
           static_cast<uint32_t>(colToByte(rgb.b));
  }

  // Bounds memory on drawings with very many shapes; text of reports never lies under so many.
  static constexpr size_t paintLimit = 20000;

  void notePaint(GfxState *state, double x0, double y0, double x1, double y1, uint8_t kind,
                 bool opaque) {
    double cx0, cy0, cx1, cy1;
    state->getClipBBox(&cx0, &cy0, &cx1, &cy1);
    x0 = std::max(x0, cx0);
    y0 = std::max(y0, cy0);
    x1 = std::min(x1, cx1);
    y1 = std::min(y1, cy1);
    // Rules and underlines neither carry nor cover a line of text.
    if (!(x1 - x0 > 3 && y1 - y0 > 3) || paints.size() >= paintLimit) return;
    SLPaint paint;
    paint.x0 = static_cast<float>(x0);
    paint.y0 = static_cast<float>(y0);
    paint.x1 = static_cast<float>(x1);
    paint.y1 = static_cast<float>(y1);
    paint.colour = kind == SL_PAINT_FILL ? fillColourOf(state) : 0;
    paint.order = order++;
    paint.kind = kind;
    paint.opaque = opaque && !masked && state->getFillOpacity() > 0.95 &&
                   state->getBlendMode() == gfxBlendNormal;
    paints.push_back(paint);
  }

  void noteFill(GfxState *state) {
    const GfxPath *path = state->getPath();
    if (path == nullptr) return;
    for (int i = 0; i < path->getNumSubpaths(); ++i) {
      const GfxSubpath *sub = path->getSubpath(i);
      const int points = sub->getNumPoints();
      if (points < 4 || points > 5) continue;
      double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
      bool upright = true;
      double lastX = 0, lastY = 0;
      for (int p = 0; p < points; ++p) {
        if (sub->getCurve(p)) upright = false;
        double x, y;
        state->transform(sub->getX(p), sub->getY(p), &x, &y);
        if (p == 0) {
          x0 = x1 = x;
          y0 = y1 = y;
        } else {
          if (std::fabs(x - lastX) > 0.5 && std::fabs(y - lastY) > 0.5) upright = false;
          x0 = std::min(x0, x);
          x1 = std::max(x1, x);
          y0 = std::min(y0, y);
          y1 = std::max(y1, y);
        }
        lastX = x;
        lastY = y;
      }
      if (!upright) continue;
      notePaint(state, x0, y0, x1, y1, SL_PAINT_FILL, true);
      noteFilledRules(state, x0, y0, x1, y1);
    }
  }

  // Lines are often thin filled bars; a filled area parts cells by its edges. The ground of a whole
  // page parts nothing.
  void noteFilledRules(GfxState *state, double x0, double y0, double x1, double y1) {
    const double width = x1 - x0, height = y1 - y0;
    if (height <= ruleThickness && width > height) {
      noteRule(state, x0, (y0 + y1) / 2, x1, (y0 + y1) / 2);
    } else if (width <= ruleThickness && height > width) {
      noteRule(state, (x0 + x1) / 2, y0, (x0 + x1) / 2, y1);
    } else if (std::max(width, height) >= 20 && std::min(width, height) >= 8 && width * height < 0.6 * pageWidth * pageHeight) {
      noteRule(state, x0, y0, x1, y0);
      noteRule(state, x0, y1, x1, y1);
      noteRule(state, x0, y0, x0, y1);
      noteRule(state, x1, y0, x1, y1);
    }
  }

  void noteStroke(GfxState *state) {
    const GfxPath *path = state->getPath();
    if (path == nullptr || state->getStrokeOpacity() <= 0.01) return;
    for (int i = 0; i < path->getNumSubpaths(); ++i) {
      const GfxSubpath *sub = path->getSubpath(i);
      double lastX = 0, lastY = 0;
      for (int p = 0; p < sub->getNumPoints(); ++p) {
        double x, y;
        state->transform(sub->getX(p), sub->getY(p), &x, &y);
        if (p > 0 && !sub->getCurve(p)) {
          if (std::fabs(y - lastY) <= 0.5) noteRule(state, lastX, y, x, y);
          if (std::fabs(x - lastX) <= 0.5) noteRule(state, x, lastY, x, y);
        }
        lastX = x;
        lastY = y;
      }
    }
  }

  // A bar thicker than this is an area. Shorter lines than this are marks, not the side of a cell.
  static constexpr double ruleThickness = 3;
  static constexpr double shortestRule = 5;

  void noteRule(GfxState *state, double x0, double y0, double x1, double y1) {
    if (x1 < x0) std::swap(x0, x1);
    if (y1 < y0) std::swap(y0, y1);
    double cx0, cy0, cx1, cy1;
    state->getClipBBox(&cx0, &cy0, &cx1, &cy1);
    // A line along the edge of the clip is still half seen.
    x0 = std::max(x0, cx0 - 1);
    y0 = std::max(y0, cy0 - 1);
    x1 = std::min(x1, cx1 + 1);
    y1 = std::min(y1, cy1 + 1);
    if (x1 < x0 || y1 < y0 || rules.size() >= paintLimit) return;
    if (x1 - x0 < shortestRule && y1 - y0 < shortestRule) return;
    SLRule rule;
    rule.x0 = static_cast<float>(x0);
    rule.y0 = static_cast<float>(y0);
    rule.x1 = static_cast<float>(x1);
    rule.y1 = static_cast<float>(y1);
    rules.push_back(rule);
  }

  void noteImage(GfxState *state, bool opaque) {
    // An image fills the unit square of its coordinate system.
    double x0 = 1e30, y0 = 1e30, x1 = -1e30, y1 = -1e30;
    for (int i = 0; i < 4; ++i) {
      double x, y;
      state->transform(i & 1, i >> 1, &x, &y);
      x0 = std::min(x0, x);
      x1 = std::max(x1, x);
      y0 = std::min(y0, y);
      y1 = std::max(y1, y);
    }
    notePaint(state, x0, y0, x1, y1, SL_PAINT_IMAGE, opaque);
  }

  // /ActualText may say what the glyphs do not: the characters of glyphs that the font does not
  // name, or that a hyphen is only the line's. Where it says something else than what is seen, what is
  // seen counts, and the claim is kept to be reported.
  void takeActualText(const ActualText &span) {
    if (span.firstGlyph >= glyphs.size()) return;
    const std::vector<Unicode> actual = charactersOf(span.text);
    SLGlyph whole = glyphs[span.firstGlyph];
    std::vector<Unicode> seen, known;
    for (size_t i = span.firstGlyph; i < glyphs.size(); ++i) {
      whole.x0 = std::min(whole.x0, glyphs[i].x0);
      whole.y0 = std::min(whole.y0, glyphs[i].y0);
      whole.x1 = std::max(whole.x1, glyphs[i].x1);
      whole.y1 = std::max(whole.y1, glyphs[i].y1);
      const Unicode c = glyphs[i].unicode;
      seen.push_back(c);
      // A question mark is what many producers write for a glyph that they cannot name.
      if (!isUnmapped(c) && c != '?') known.push_back(c);
    }
    const size_t count = seen.size();
    const std::vector<Unicode> claimed = bareText(actual);
    bool hasUnmapped = false;
    if (bareText(seen) != claimed) {
      // No glyph stands for more than the three letters of a ligature.
      const std::vector<Unicode> printed = bareText(known);
      hasUnmapped = known.size() < count && isContained(printed, claimed) &&
                    claimed.size() <= printed.size() + 3 * (count - known.size());
      if (!hasUnmapped) {
        noteClaim(actual, claimed, whole);
        return;
      }
    }
    // Mapped glyphs keep their places, which are worth more than a second spelling of them; only
    // single glyphs, hyphens and ligatures, gain from being spelt.
    const float height = glyphs[span.firstGlyph].y1 - glyphs[span.firstGlyph].y0;
    const bool isOneRun = whole.y1 - whole.y0 < 1.8f * height;
    if (actual.empty() || actual.size() > 64 || !isOneRun || (!hasUnmapped && count > 2)) return;
    glyphs.resize(span.firstGlyph);
    const float step = (whole.x1 - whole.x0) / static_cast<float>(actual.size());
    for (size_t i = 0; i < actual.size(); ++i) {
      SLGlyph glyph = whole;
      glyph.x0 = whole.x0 + step * static_cast<float>(i);
      glyph.x1 = glyph.x0 + step;
      glyph.unicode = actual[i];
      glyph.flags |= SL_GLYPH_ACTUAL_TEXT;
      if (i > 0) glyph.flags |= SL_GLYPH_CONTINUES;
      glyphs.push_back(glyph);
    }
  }

  // Whether the letters come in this order in the text, others between them.
  static bool isContained(const std::vector<Unicode> &letters, const std::vector<Unicode> &text) {
    size_t i = 0;
    for (const Unicode c : text) {
      if (i < letters.size() && letters[i] == c) ++i;
    }
    return i == letters.size();
  }

  // A few hundred are more than a page of text has spans; the bound is one on memory.
  static constexpr size_t claimLimit = 500;

  void noteClaim(const std::vector<Unicode> &actual, const std::vector<Unicode> &bare,
                 const SLGlyph &whole) {
    const bool saysWords = std::any_of(bare.begin(), bare.end(), [](Unicode c) {
      return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c >= 0xC0;
    });
    if (!saysWords || claims.size() >= claimLimit) return;
    std::string text;
    for (const Unicode c : actual) {
      if (text.size() > 2000) break;
      if (c != 0) appendUTF8(text, c);
    }
    claimTexts.push_back(std::move(text));
    claims.push_back({whole.x0, whole.y0, whole.x1, whole.y1, claimTexts.back().c_str()});
  }
};

}  // namespace

struct SLDocument : SLDocumentBase {
  GlyphDevice device;
  // Layers that the file switches off.
  std::vector<OptionalContentGroup *> hiddenLayers;
  struct Signature {
    int64_t ranges[4] = {0, 0, 0, 0};
    bool isUsual = false;
    std::string subFilter;
  };
  std::vector<Signature> signatures;
  uint32_t actions = 0;
};

namespace {

// Objects are looked at as they stand: poppler's own classes for forms, links and signatures would
// parse far more, and some of them open certificate stores.

// An action and those that follow it; a bound, as they may follow each other in a ring.
uint32_t actionsOf(const Object &first, int depth = 0) {
  uint32_t out = 0;
  if (depth > 8) return out;
  if (first.isArray()) {
    for (int i = 0; i < std::min(first.arrayGetLength(), 50); ++i)
      out |= actionsOf(first.arrayGet(i), depth + 1);
    return out;
  }
  if (!first.isDict()) return out;
  const Object kind = first.dictLookup("S");
  if (kind.isName("JavaScript")) out |= SL_ACTION_SCRIPT;
  if (kind.isName("Launch")) out |= SL_ACTION_LAUNCH;
  if (kind.isName("GoToE")) out |= SL_ACTION_ATTACHMENT;
  if (kind.isName("SubmitForm") || kind.isName("ImportData")) out |= SL_ACTION_SUBMIT;
  if (kind.isName("Sound") || kind.isName("Movie") || kind.isName("Rendition") ||
      kind.isName("RichMediaExecute"))
    out |= SL_ACTION_MEDIA;
  return out | actionsOf(first.dictLookup("Next"), depth + 1);
}

// The actions of a dictionary by event.
uint32_t eventActionsOf(const Object &events) {
  uint32_t out = 0;
  if (!events.isDict()) return out;
  for (int i = 0; i < std::min(events.dictGetLength(), 50); ++i)
    out |= actionsOf(events.dictGetVal(i));
  return out;
}

bool hasNames(const Object &tree) {
  if (!tree.isDict()) return false;
  const Object names = tree.dictLookup("Names");
  const Object kids = tree.dictLookup("Kids");
  return (names.isArray() && names.arrayGetLength() > 0) ||
         (kids.isArray() && kids.arrayGetLength() > 0);
}

// Signatures and scripts of a form's fields; depth and number are bounded, as fields may form a ring.
void noteField(SLDocument *document, const Object &field, bool isSignature, int depth, int &left) {
  if (!field.isDict() || depth > 20 || --left < 0) return;
  document->actions |= actionsOf(field.dictLookup("A")) | eventActionsOf(field.dictLookup("AA"));
  const Object type = field.dictLookup("FT");
  if (type.isName()) isSignature = type.isName("Sig");
  const Object kids = field.dictLookup("Kids");
  if (kids.isArray()) {
    for (int i = 0; i < kids.arrayGetLength() && left > 0; ++i)
      noteField(document, kids.arrayGet(i), isSignature, depth + 1, left);
  }
  if (!isSignature) return;
  const Object value = field.dictLookup("V");
  if (!value.isDict()) return;
  SLDocument::Signature signature;
  const Object range = value.dictLookup("ByteRange");
  signature.isUsual = range.isArray() && range.arrayGetLength() == 4;
  for (int i = 0; i < 4 && signature.isUsual; ++i) {
    const Object number = range.arrayGet(i);
    signature.isUsual = number.isIntOrInt64();
    if (signature.isUsual) signature.ranges[i] = number.getIntOrInt64();
  }
  const Object form = value.dictLookup("SubFilter");
  if (form.isName()) signature.subFilter = form.getName();
  document->signatures.push_back(std::move(signature));
}

void noteActions(SLDocument *document) {
  const Object catalog = document->doc->getXRef()->getCatalog();
  if (!catalog.isDict()) return;
  document->actions |= actionsOf(catalog.dictLookup("OpenAction"));
  document->actions |= eventActionsOf(catalog.dictLookup("AA"));
  const Object names = catalog.dictLookup("Names");
  if (names.isDict()) {
    if (hasNames(names.dictLookup("JavaScript"))) document->actions |= SL_ACTION_SCRIPT;
    if (hasNames(names.dictLookup("EmbeddedFiles"))) document->actions |= SL_ACTION_ATTACHMENT;
  }
  const Object form = catalog.dictLookup("AcroForm");
  if (!form.isDict()) return;
  const Object fields = form.dictLookup("Fields");
  int left = 5000;
  if (fields.isArray()) {
    for (int i = 0; i < fields.arrayGetLength() && left > 0; ++i)
      noteField(document, fields.arrayGet(i), false, 0, left);
  }
}

// What the annotations of a page could do, and the areas marked to be redacted.
void noteAnnotations(const Object &annotations, SLPage &out) {
  if (!annotations.isArray()) return;
  for (int i = 0; i < std::min(annotations.arrayGetLength(), 2000); ++i) {
    const Object one = annotations.arrayGet(i);
    if (!one.isDict()) continue;
    out.actions |= actionsOf(one.dictLookup("A")) | eventActionsOf(one.dictLookup("AA"));
    const Object kind = one.dictLookup("Subtype");
    if (kind.isName("FileAttachment")) out.actions |= SL_ACTION_ATTACHMENT;
    if (kind.isName("Sound") || kind.isName("Movie") || kind.isName("Screen") ||
        kind.isName("3D") || kind.isName("RichMedia"))
      out.actions |= SL_ACTION_MEDIA;
    if (kind.isName("Redact")) ++out.pendingRedactions;
  }
}

void notePage(Page *page, GlyphDevice &device) {
  page->displaySlice(
      &device, 72, 72, 0, false, true, -1, -1, -1, -1, false,
      [](void *data) -> bool { return static_cast<GlyphDevice *>(data)->tooMuch; }, &device);
}

bool isSameGlyph(const SLGlyph &a, const SLGlyph &b) {
  return a.unicode == b.unicode && a.baseX == b.baseX && a.baseY == b.baseY && a.x0 == b.x0 &&
         a.font == b.font;
}

// Reads the page once more with all layers on and adds what was not there before: poppler tells no one
// which layer it skips. Both readings have one order, so one pass over the two finds the difference.
void addHiddenLayers(SLDocument *document, Page *page, double width, double height) {
  GlyphDevice &device = document->device;
  std::vector<SLGlyph> shown = std::move(device.glyphs);
  std::vector<SLPaint> paints = std::move(device.paints);
  std::vector<SLRule> rules = std::move(device.rules);
  for (OptionalContentGroup *layer : document->hiddenLayers)
    layer->setState(OptionalContentGroup::On);
  device.beginPage(width, height);
  notePage(page, device);
  for (OptionalContentGroup *layer : document->hiddenLayers)
    layer->setState(OptionalContentGroup::Off);
  const size_t shownCount = shown.size();
  size_t next = 0;
  for (const SLGlyph &glyph : device.glyphs) {
    if (next < shownCount && isSameGlyph(shown[next], glyph)) {
      ++next;
      continue;
    }
    shown.push_back(glyph);
    shown.back().flags |= SL_GLYPH_LAYER_OFF;
  }
  // A layer may be shown only while another is not; then the two readings do not nest.
  if (next < shownCount) shown.resize(shownCount);
  device.glyphs = std::move(shown);
  device.paints = std::move(paints);
  device.rules = std::move(rules);
}

}  // namespace

void sl_prepare(void) {
  static const bool ready = [] {
    globalParams = std::make_unique<GlobalParams>();
    setErrorCallback(noteError);
    return true;
  }();
  (void)ready;
}

SLDocument *sl_open(const uint8_t *bytes, size_t length, const char *password, int *state) {
  sl_prepare();
  auto document = std::make_unique<SLDocument>();
  SLDocument *raw = document.get();
  auto *stream = new MemStream(reinterpret_cast<const char *>(bytes), 0,
                               static_cast<Goffset>(length), Object(objNull));
  std::optional<GooString> key;
  if (password != nullptr) key = GooString(password);
  document->doc = std::make_unique<PDFDoc>(stream, key, key, nullptr,
                                           [raw] { raw->rebuilt = true; });
  if (!document->doc->isOk()) {
    *state = document->doc->getErrorCode() == errEncrypted ? SL_ENCRYPTED : SL_DAMAGED;
    return nullptr;
  }
  Catalog *catalog = document->doc->getCatalog();
  const OCGs *layers = catalog != nullptr ? catalog->getOptContentConfig() : nullptr;
  if (layers != nullptr) {
    for (const auto &layer : layers->getOCGs()) {
      if (layer.second->getState() == OptionalContentGroup::Off)
        document->hiddenLayers.push_back(layer.second.get());
    }
  }
  noteActions(raw);
  *state = SL_OPENED;
  return document.release();
}

SLDocumentBase *sl_base(SLDocument *document) { return document; }

void sl_close(SLDocument *document) { delete document; }

int sl_page_count(SLDocument *document) { return document->doc->getNumPages(); }

SLPage sl_read_page(SLDocument *document, int number, size_t glyphLimit) {
  SLPage out;
  std::memset(&out, 0, sizeof out);
  out.state = SL_PAGE_MISSING;
  Page *page = document->doc->getPage(number);
  if (page == nullptr || !page->isOk()) return out;
  const int rotation = page->getRotate();
  const bool turned = rotation == 90 || rotation == 270;
  out.width = turned ? page->getCropHeight() : page->getCropWidth();
  out.height = turned ? page->getCropWidth() : page->getCropHeight();
  out.rotation = rotation;
  GlyphDevice &device = document->device;
  device.glyphLimit = glyphLimit;
  device.beginPage(out.width, out.height);
  notePage(page, device);
  if (!document->hiddenLayers.empty() && !device.tooMuch)
    addHiddenLayers(document, page, out.width, out.height);
  out.state = device.tooMuch ? SL_PAGE_TOO_MUCH : SL_PAGE_READ;
  out.glyphs = device.glyphs.data();
  out.glyphCount = device.glyphs.size();
  out.paints = device.paints.data();
  out.paintCount = device.paints.size();
  out.claims = device.claims.data();
  out.claimCount = device.claims.size();
  out.rules = device.rules.data();
  out.ruleCount = device.rules.size();
  noteAnnotations(page->getAnnotsObject(), out);
  out.actions |= eventActionsOf(page->getActions());
  return out;
}

int sl_page_size(SLDocument *document, int number, double *width, double *height) {
  Page *page = document->doc->getPage(number);
  if (page == nullptr || !page->isOk()) return 0;
  const int rotation = page->getRotate();
  const bool turned = rotation == 90 || rotation == 270;
  *width = turned ? page->getCropHeight() : page->getCropWidth();
  *height = turned ? page->getCropWidth() : page->getCropHeight();
  return 1;
}

SLPicture sl_render(SLDocument *document, int number, double dpi, int channels, int x, int y, int width,
                    int height, size_t pixelLimit) {
  SLPicture out;
  std::memset(&out, 0, sizeof out);
  out.state = SL_RENDER_MISSING;
  double pageWidth = 0, pageHeight = 0;
  if (sl_page_size(document, number, &pageWidth, &pageHeight) == 0) return out;
  const double wide = std::ceil(pageWidth * dpi / 72), high = std::ceil(pageHeight * dpi / 72);
  // Written so that a size that is no number fails too.
  if (!(wide >= 1 && high >= 1 && wide < 1e6 && high < 1e6)) {
    out.state = SL_RENDER_TOO_MUCH;
    return out;
  }
  if (width <= 0 || height <= 0) {
    x = y = 0;
    width = static_cast<int>(wide);
    height = static_cast<int>(high);
  }
  if (static_cast<size_t>(width) * static_cast<size_t>(height) > pixelLimit) {
    out.state = SL_RENDER_TOO_MUCH;
    return out;
  }
  SplashColor paper = {255, 255, 255};
  // Paths and letters are smoothed, and letters keep the shapes of their font: the same on every screen.
  SplashOutputDev device(channels == 1 ? splashModeMono8 : splashModeRGB8, 4, false, paper, true,
                         splashThinLineDefault);
  device.setFontAntialias(true);
  device.setVectorAntialias(true);
  device.setFreeTypeHinting(false, false);
  device.startDoc(document->doc.get());
  Page *page = document->doc->getPage(number);
  page->displaySlice(&device, dpi, dpi, 0, false, true, x, y, width, height, false);
  SplashBitmap *bitmap = device.getBitmap();
  out.state = SL_RENDER_FAILED;
  if (bitmap == nullptr || bitmap->getDataPtr() == nullptr || bitmap->getWidth() < 1 ||
      bitmap->getHeight() < 1)
    return out;
  out.width = bitmap->getWidth();
  out.height = bitmap->getHeight();
  out.bytesPerRow = out.width * channels;
  out.pixels = static_cast<uint8_t *>(
      std::malloc(static_cast<size_t>(out.bytesPerRow) * static_cast<size_t>(out.height)));
  if (out.pixels == nullptr) return out;
  for (int row = 0; row < out.height; ++row) {
    std::memcpy(out.pixels + static_cast<size_t>(row) * out.bytesPerRow,
                bitmap->getDataPtr() + static_cast<ptrdiff_t>(row) * bitmap->getRowSize(),
                static_cast<size_t>(out.bytesPerRow));
  }
  out.state = SL_RENDERED;
  return out;
}

void sl_free_picture(SLPicture picture) { std::free(picture.pixels); }

char *sl_page_label(SLDocument *document, int number) {
  GooString label;
  Catalog *catalog = document->doc->getCatalog();
  if (catalog == nullptr || !catalog->indexToLabel(number - 1, &label)) return nullptr;
  return copied(utf8Of(label));
}

SLFont sl_font(SLDocument *document, int index) {
  SLFont out = {"", 0, 0};
  const auto &fonts = document->device.fonts;
  if (index < 0 || static_cast<size_t>(index) >= fonts.size()) return out;
  out.name = fonts[index].name.c_str();
  out.bold = fonts[index].bold ? 1 : 0;
  out.italic = fonts[index].italic ? 1 : 0;
  return out;
}

int sl_font_count(SLDocument *document) { return static_cast<int>(document->device.fonts.size()); }

char *sl_info(SLDocument *document, const char *key) {
  const std::unique_ptr<GooString> value = document->doc->getDocInfoStringEntry(key);
  if (!value) return nullptr;
  return copied(utf8Of(*value));
}

int sl_is_encrypted(SLDocument *document) { return document->doc->isEncrypted() ? 1 : 0; }

int sl_is_signed(SLDocument *document) {
  Catalog *catalog = document->doc->getCatalog();
  if (catalog == nullptr) return 0;
  Object *form = catalog->getAcroForm();
  if (form == nullptr || !form->isDict()) return 0;
  const Object flags = form->dictLookup("SigFlags");
  return flags.isInt() && (flags.getInt() & 1) != 0 ? 1 : 0;
}

uint32_t sl_actions(SLDocument *document) { return document->actions; }

int sl_signature_count(SLDocument *document) {
  return static_cast<int>(document->signatures.size());
}

SLSignature sl_signature(SLDocument *document, int index) {
  SLSignature out;
  std::memset(&out, 0, sizeof out);
  out.subFilter = "";
  if (index < 0 || static_cast<size_t>(index) >= document->signatures.size()) return out;
  const SLDocument::Signature &signature = document->signatures[index];
  std::copy(std::begin(signature.ranges), std::end(signature.ranges), out.ranges);
  out.isUsual = signature.isUsual ? 1 : 0;
  out.subFilter = signature.subFilter.c_str();
  return out;
}

int sl_is_linearized(SLDocument *document) { return document->doc->isLinearized() ? 1 : 0; }
int sl_was_rebuilt(SLDocument *document) { return document->rebuilt ? 1 : 0; }
int sl_error_count(void) { return errorCount; }
int sl_out_of_memory(void) { return outOfMemory ? 1 : 0; }
const char *sl_poppler_version(void) {
  static const std::string version = POPPLER_VERSION;
  return version.c_str();
}
void sl_free(char *text) { std::free(text); }
