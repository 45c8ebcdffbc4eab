// What every file of this module knows of a document.
#ifndef SOCLENS_SLDOCUMENT_H
#define SOCLENS_SLDOCUMENT_H

#include <memory>

#include <PDFDoc.h>

struct SLDocumentBase {
  std::unique_ptr<PDFDoc> doc;
  // The table of objects was broken and made anew.
  bool rebuilt = false;
};

// The whole of a document, as the base that all share.
SLDocumentBase *sl_base(struct SLDocument *document);

#endif
