// The loops that fused programs are made of, found by operation, element type and instruction set.
#ifndef KERNELS_H
#define KERNELS_H

#include "core.h"

/// d[i] = f(a[i], b[i], c[i]). d may lie on an operand of elements of its size.
typedef void (*ck_kernel)(void *d, const void *a, const void *b, const void *c, int64_t n);

/// Bits of a variant: this operand is one element for all i.
enum { CK_SCALAR_A = 1, CK_SCALAR_B = 2, CK_SCALAR_C = 4 };

/// Further operations that programs use inside.
enum {
    /// float32 rounded to float16's or bfloat16's numbers (`result`)
    CK_ROUND_TO = 192,
    /// one element repeated
    CK_SPLAT,
};

/// NULL: no such loop. float16 and bfloat16 only convert from and to float32.
ck_kernel ck_find_base(ck_op op, ck_dtype dtype, ck_dtype result, int variant);
ck_kernel ck_find_avx2(ck_op op, ck_dtype dtype, ck_dtype result, int variant);
ck_kernel ck_find_avx512(ck_op op, ck_dtype dtype, ck_dtype result, int variant);

static inline ck_kernel ck_find_kernel(ck_op op, ck_dtype dtype, ck_dtype result, int variant) {
#if defined(__x86_64__)
    ck_kernel found = NULL;
    if (ck_simd_level() >= 2) found = ck_find_avx512(op, dtype, result, variant);
    if (!found && ck_simd_level() >= 1) found = ck_find_avx2(op, dtype, result, variant);
    if (found) return found;
#endif
    return ck_find_base(op, dtype, result, variant);
}

#endif
