// libarchive's reading side, for the one module that unpacks what office programs write.
#include <archive.h>
#include <archive_entry.h>
