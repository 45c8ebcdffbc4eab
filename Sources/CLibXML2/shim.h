// Debian builds libxml2 with ICU, whose C headers redefine types that Foundation's private
// _FoundationICU module also defines. We never touch the converter fields, so hide them before any
// other libxml2 header is read. (xmlCharEncodingHandler then lacks its two last fields: never use it.)
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
#include <libxml/relaxng.h>
// xmlSchemaInitTypes: its table is filled on first use without a lock, so we fill it once at start.
#include <libxml/xmlschemastypes.h>
