#ifndef INDEXING_H
#define INDEXING_H

#include "core.h"

/// Writes begin ..< begin + n of the indices as positions in 0 ..< axis; -1 where out of range.
static inline void ck_positions(const void *indices, ck_dtype dtype, int64_t begin, int64_t n, int64_t axis, int64_t *out) {
#define READ(TYPE) { \
        const TYPE *x = (const TYPE *)indices + begin; \
        for (int64_t i = 0; i < n; i++) { \
            int64_t k = (int64_t)x[i]; \
            k = k < 0 ? k + axis : k; \
            out[i] = k < 0 || k >= axis ? -1 : k; \
        } \
        break; \
    }
    switch (dtype) {
    case CK_BOOL: case CK_U8: READ(uint8_t)
    case CK_U16: READ(uint16_t)
    case CK_U32: READ(uint32_t)
    case CK_I8: READ(int8_t)
    case CK_I16: READ(int16_t)
    case CK_I32: READ(int32_t)
    case CK_U64: {
        const uint64_t *x = (const uint64_t *)indices + begin;
        for (int64_t i = 0; i < n; i++) out[i] = x[i] < (uint64_t)axis ? (int64_t)x[i] : -1;
        break;
    }
    default: READ(int64_t)
    }
#undef READ
}

#endif
