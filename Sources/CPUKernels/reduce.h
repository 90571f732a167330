// The loops that reductions are made of, for each instruction set.
#ifndef REDUCE_H
#define REDUCE_H

#include "core.h"

/// Loops of one reduction of one element type. They accumulate in float for float16 and bfloat16, in the type itself
/// for others.
typedef struct {
    int64_t accumulator_size;
    /// out[j] = in[0, j] op in[1, j] …; rows of `columns` elements, `stride` apart.
    void (*columns)(const void *in, int64_t n, int64_t stride, int64_t columns, void *out);
    /// out[r] = in[r, 0] op in[r, 1] …; rows of n elements, one after the other.
    void (*rows)(const void *in, int64_t count, int64_t n, void *out);
    /// out[j] = rows[0][j] op rows[1][j] …
    void (*gathered)(const void *const *rows, int64_t n, int64_t columns, void *out);
    /// total[j] = total[j] op part[j], on accumulators.
    void (*combine)(void *total, const void *part, int64_t n);
    /// Accumulators become elements; the two may be the same memory.
    void (*finish)(const void *accumulators, void *out, int64_t n);
} ck_reducer;

/// `op` is CK_REDUCE_SUM … CK_REDUCE_MIN. NULL: no such reduction.
const ck_reducer *ck_reducer_base(int op, ck_dtype dtype);
const ck_reducer *ck_reducer_avx2(int op, ck_dtype dtype);
const ck_reducer *ck_reducer_avx512(int op, ck_dtype dtype);

/// Loops of the gradient of windows' maxima, on up to CK_WINDOW_COLUMNS columns.
enum { CK_WINDOW_COLUMNS = 256 };
typedef struct {
    /// which[j] = the first row that holds the greatest element of column j, or the first NaN.
    void (*track)(const void *const *rows, int64_t n, int64_t columns, int32_t *which);
    /// rows[which[j]][j] += dy[j]
    void (*give)(void *const *rows, int64_t n, int64_t columns, const int32_t *which, const void *dy);
} ck_window_loops;

/// For floating-point types.
const ck_window_loops *ck_window_loops_base(ck_dtype dtype);
const ck_window_loops *ck_window_loops_avx2(ck_dtype dtype);
const ck_window_loops *ck_window_loops_avx512(ck_dtype dtype);

static inline const ck_window_loops *ck_find_window_loops(ck_dtype dtype) {
#if defined(__x86_64__)
    if (ck_simd_level() >= 2) return ck_window_loops_avx512(dtype);
    if (ck_simd_level() >= 1) return ck_window_loops_avx2(dtype);
#endif
    return ck_window_loops_base(dtype);
}

/// Of the instruction set in use.
void ck_threefry(const uint32_t key[2], uint32_t *out, int64_t begin, int64_t n);
void ck_threefry_base(const uint32_t key[2], uint32_t *out, int64_t begin, int64_t n);
void ck_threefry_avx2(const uint32_t key[2], uint32_t *out, int64_t begin, int64_t n);
void ck_threefry_avx512(const uint32_t key[2], uint32_t *out, int64_t begin, int64_t n);

static inline const ck_reducer *ck_find_reducer(int op, ck_dtype dtype) {
    // Sums of bool are "any", products "all".
    if (dtype == CK_BOOL || op == CK_REDUCE_ANY || op == CK_REDUCE_ALL) {
        bool all = op == CK_REDUCE_ALL || op == CK_REDUCE_PRODUCT || op == CK_REDUCE_MIN;
        op = all ? CK_REDUCE_MIN : CK_REDUCE_MAX;
        dtype = CK_BOOL;
    }
#if defined(__x86_64__)
    const ck_reducer *found = NULL;
    if (ck_simd_level() >= 2) found = ck_reducer_avx512(op, dtype);
    if (!found && ck_simd_level() >= 1) found = ck_reducer_avx2(op, dtype);
    if (found) return found;
#endif
    return ck_reducer_base(op, dtype);
}

#endif
