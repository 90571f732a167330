// libzip, with plain values in place of the macros that Swift cannot see.
#pragma once

#include <zip.h>

/// What a source answers that can be read from any place and not written to.
static inline zip_int64_t czip_seekable(void) { return ZIP_SOURCE_SUPPORTS_SEEKABLE; }
