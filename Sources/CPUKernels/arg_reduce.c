#include "reduce.h"
#pragma clang diagnostic ignored "-Wpass-failed"

typedef struct {
    int op;
    ck_dtype dtype;
    const char *in;
    int32_t *out;
    int64_t outer, n, inner, groups;
} arg_reduction;

enum { GROUP = 256 };

#define SAME(x) (x)
#define INTEGER_BEATS(x, best) (greatest ? (x) > (best) : (x) < (best))
// The first NaN beats all but another NaN.
#define REAL_BEATS(x, best) (((best) == (best)) & ((x) != (x) || (greatest ? (x) > (best) : (x) < (best))))

/// Columns in step: each keeps its best element and that one's index.
#define ARG(NAME, T, A, LOAD, BEATS) \
    static void NAME##_columns(const T *in, int64_t n, int64_t stride, int64_t columns, bool greatest, int32_t *out) { \
        A best[GROUP]; \
        int32_t index[GROUP]; \
        for (int64_t j = 0; j < columns; j++) best[j] = LOAD(in[j]), index[j] = 0; \
        for (int64_t k = 1; k < n; k++) { \
            const T *row = in + k * stride; \
            _Pragma("clang loop vectorize(assume_safety)") \
            for (int64_t j = 0; j < columns; j++) { \
                A x = LOAD(row[j]), b = best[j]; \
                int32_t i = index[j]; \
                bool better = BEATS(x, b); \
                best[j] = better ? x : b; \
                index[j] = better ? (int32_t)k : i; \
            } \
        } \
        memcpy(out, index, (size_t)columns * sizeof(int32_t)); \
    } \
    /* One row: blocks in which nothing beats the best so far are passed over by a loop without a branch. */ \
    static int32_t NAME##_row(const T *in, int64_t n, bool greatest) { \
        A best = LOAD(in[0]); \
        int64_t index = 0, k = 1; \
        for (; k + 64 <= n; k += 64) { \
            uint32_t any = 0; \
            for (int64_t j = 0; j < 64; j++) { A x = LOAD(in[k + j]); any |= (uint32_t)(BEATS(x, best)); } \
            if (!any) continue; \
            for (int64_t j = 0; j < 64; j++) { A x = LOAD(in[k + j]); if (BEATS(x, best)) best = x, index = k + j; } \
        } \
        for (; k < n; k++) { \
            A x = LOAD(in[k]); \
            bool better = BEATS(x, best); \
            best = better ? x : best; \
            index = better ? k : index; \
        } \
        return (int32_t)index; \
    } \
    static void NAME(const arg_reduction *r, int64_t begin, int64_t end) { \
        bool greatest = r->op == CK_ARG_MAX; \
        const T *in = (const T *)r->in; \
        for (int64_t unit = begin; unit < end; unit++) { \
            if (r->inner == 1) { r->out[unit] = NAME##_row(in + unit * r->n, r->n, greatest); continue; } \
            int64_t o = unit / r->groups, column = unit % r->groups * GROUP; \
            NAME##_columns(in + o * r->n * r->inner + column, r->n, r->inner, ck_min64(GROUP, r->inner - column), greatest, \
                           r->out + o * r->inner + column); \
        } \
    }

ARG(arg_u8, uint8_t, uint8_t, SAME, INTEGER_BEATS)
ARG(arg_u16, uint16_t, uint16_t, SAME, INTEGER_BEATS)
ARG(arg_u32, uint32_t, uint32_t, SAME, INTEGER_BEATS)
ARG(arg_u64, uint64_t, uint64_t, SAME, INTEGER_BEATS)
ARG(arg_i8, int8_t, int8_t, SAME, INTEGER_BEATS)
ARG(arg_i16, int16_t, int16_t, SAME, INTEGER_BEATS)
ARG(arg_i32, int32_t, int32_t, SAME, INTEGER_BEATS)
ARG(arg_i64, int64_t, int64_t, SAME, INTEGER_BEATS)
ARG(arg_f16, uint16_t, float, ck_float_of_f16, REAL_BEATS)
ARG(arg_bf16, uint16_t, float, ck_float_of_bf16, REAL_BEATS)
ARG(arg_f32, float, float, SAME, REAL_BEATS)
ARG(arg_f64, double, double, SAME, REAL_BEATS)

static void run(void *context, int part, int parts) {
    const arg_reduction *r = context;
    int64_t units = r->outer * r->groups, begin = ck_part(units, part, parts), end = ck_part(units, part + 1, parts);
    switch (r->dtype) {
    case CK_BOOL: case CK_U8: arg_u8(r, begin, end); break;
    case CK_U16: arg_u16(r, begin, end); break;
    case CK_U32: arg_u32(r, begin, end); break;
    case CK_U64: arg_u64(r, begin, end); break;
    case CK_I8: arg_i8(r, begin, end); break;
    case CK_I16: arg_i16(r, begin, end); break;
    case CK_I32: arg_i32(r, begin, end); break;
    case CK_I64: arg_i64(r, begin, end); break;
    case CK_F16: arg_f16(r, begin, end); break;
    case CK_BF16: arg_bf16(r, begin, end); break;
    case CK_F32: arg_f32(r, begin, end); break;
    default: arg_f64(r, begin, end); break;
    }
}

void ck_arg_reduce(int op, ck_dtype dtype, const void *in, int32_t *out, int64_t outer, int64_t n, int64_t inner, int threads) {
    if (outer <= 0 || inner <= 0) return;
    if (n <= 0) {
        memset(out, 0, (size_t)(outer * inner) * sizeof(int32_t));
        return;
    }
    arg_reduction r = {op, dtype, in, out, outer, n, inner, inner == 1 ? 1 : (inner + GROUP - 1) / GROUP};
    ck_parallel(run, &r, (int)ck_max64(1, ck_min64(threads, outer * r.groups)));
}
