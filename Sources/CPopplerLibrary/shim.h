// Only carries poppler's include and link flags to CPoppler; poppler's C++ headers are read there.
