// What the C kernels share; not part of the module's interface.
#ifndef CORE_H
#define CORE_H

#include "ck_core.h"
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define CK_INLINE static inline __attribute__((always_inline))

CK_INLINE int64_t ck_min64(int64_t a, int64_t b) { return a < b ? a : b; }
CK_INLINE int64_t ck_max64(int64_t a, int64_t b) { return a > b ? a : b; }

/// The beginning of part `part` of `parts` nearly equal parts of 0 ..< n.
CK_INLINE int64_t ck_part(int64_t n, int part, int parts) {
    int64_t quotient = n / parts, rest = n % parts;
    return quotient * part + (part < rest ? part : rest);
}

CK_INLINE float ck_float_of_bits(uint32_t bits) { float x; memcpy(&x, &bits, 4); return x; }
CK_INLINE uint32_t ck_bits_of_float(float x) { uint32_t bits; memcpy(&bits, &x, 4); return bits; }

CK_INLINE float ck_float_of_bf16(uint16_t x) { return ck_float_of_bits((uint32_t)x << 16); }

/// To the nearest, ties to even; NaN stays NaN.
CK_INLINE uint16_t ck_bf16_of_float(float x) {
    uint32_t bits = ck_bits_of_float(x);
    uint32_t rounded = (bits + 0x7fff + ((bits >> 16) & 1)) >> 16;
    uint32_t nan = (bits >> 16) | 0x40;
    return (uint16_t)((bits & 0x7fffffff) > 0x7f800000 ? nan : rounded);
}

CK_INLINE float ck_float_of_f16(uint16_t h) {
    uint32_t sign = (uint32_t)(h & 0x8000) << 16, magnitude = (uint32_t)(h & 0x7fff) << 13;
    // Scaling by 2^112 moves the exponent's bias and makes subnormal numbers right.
    uint32_t finite = ck_bits_of_float(ck_float_of_bits(magnitude) * 0x1p112f);
    uint32_t special = magnitude | 0x7f800000;
    return ck_float_of_bits(sign | (magnitude >= 0x0f800000 ? special : finite));
}

CK_INLINE uint16_t ck_f16_of_float(float x) {
    uint32_t bits = ck_bits_of_float(x), sign = (bits >> 16) & 0x8000, magnitude = bits & 0x7fffffff;
    // Subnormal results: adding 0.5 leaves their bits at the bottom, rounded by the addition.
    uint32_t small = ck_bits_of_float(ck_float_of_bits(magnitude) + 0.5f) - 0x3f000000;
    uint32_t normal = (magnitude + 0xfff + ((magnitude >> 13) & 1) - 0x38000000) >> 13;
    uint32_t h = magnitude < 0x38800000 ? small : normal;
    h = magnitude >= 0x477ff000 ? 0x7c00 : h;
    h = magnitude > 0x7f800000 ? 0x7e00 : h;
    return (uint16_t)(sign | h);
}

/// Scratch memory of this thread, at least `bytes` long, 64-byte aligned; NULL where memory is out. Valid until the
/// thread's next call of it.
void *ck_scratch(size_t bytes);

#endif
