#include <xlsxwriter.h>
// A file in memory without a name. glibc declares it for GNU sources only, which Swift's module is not.
int memfd_create(const char *name, unsigned int flags);
