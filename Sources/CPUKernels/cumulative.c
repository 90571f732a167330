#include "core.h"
#pragma clang diagnostic ignored "-Wpass-failed"

typedef struct {
    int op;
    ck_dtype dtype;
    const char *in;
    char *out;
    int64_t outer, n, inner, groups;
    bool reverse;
} cumulation;

enum { GROUP = 256 };

#define SAME(x) (x)
#define PLUS(x, y) ((x) + (y))
#define TIMES(x, y) ((x) * (y))
#define SMALL_TIMES(x, y) ((1u * (x)) * (y))
#define GREATER(x, y) ((x) > (y) ? (x) : (y))
#define LESSER(x, y) ((x) < (y) ? (x) : (y))
#define REAL_GREATER(x, y) ((x) > (y) || (x) != (x) ? (x) : (y))
#define REAL_LESSER(x, y) ((x) < (y) || (x) != (x) ? (x) : (y))

/// Columns in step; halves are accumulated in float.
#define CUMULATE(NAME, T, A, LOAD, STORE, OP) \
    static void NAME(const cumulation *c, int64_t begin, int64_t end) { \
        for (int64_t unit = begin; unit < end; unit++) { \
            int64_t first = unit / c->groups * c->n * c->inner + unit % c->groups * GROUP; \
            int64_t columns = ck_min64(GROUP, c->inner - unit % c->groups * GROUP); \
            int64_t step = c->reverse ? -c->inner : c->inner; \
            if (c->reverse) first += (c->n - 1) * c->inner; \
            const T *in = (const T *)c->in + first; \
            T *out = (T *)c->out + first; \
            if (columns == 1) { \
                A total = LOAD(in[0]); \
                out[0] = in[0]; \
                for (int64_t k = 1; k < c->n; k++) { A x = LOAD(in[k * step]); total = OP(x, total); out[k * step] = STORE(total); } \
                continue; \
            } \
            A totals[GROUP]; \
            for (int64_t j = 0; j < columns; j++) totals[j] = LOAD(in[j]), out[j] = in[j]; \
            for (int64_t k = 1; k < c->n; k++) { \
                const T *row = in + k * step; \
                T *d = out + k * step; \
                _Pragma("clang loop vectorize(assume_safety)") \
                for (int64_t j = 0; j < columns; j++) { \
                    A x = LOAD(row[j]), t = totals[j]; \
                    t = OP(x, t); \
                    totals[j] = t; \
                    d[j] = STORE(t); \
                } \
            } \
        } \
    }
#define INTEGER(NAME, T, U, PRODUCT) \
    CUMULATE(NAME##_sum, U, U, SAME, SAME, PLUS) CUMULATE(NAME##_product, U, U, SAME, SAME, PRODUCT) \
    CUMULATE(NAME##_max, T, T, SAME, SAME, GREATER) CUMULATE(NAME##_min, T, T, SAME, SAME, LESSER)
#define REAL(NAME, T, A, LOAD, STORE) \
    CUMULATE(NAME##_sum, T, A, LOAD, STORE, PLUS) CUMULATE(NAME##_product, T, A, LOAD, STORE, TIMES) \
    CUMULATE(NAME##_max, T, A, LOAD, STORE, REAL_GREATER) CUMULATE(NAME##_min, T, A, LOAD, STORE, REAL_LESSER)

INTEGER(u8, uint8_t, uint8_t, SMALL_TIMES)
INTEGER(u16, uint16_t, uint16_t, SMALL_TIMES)
INTEGER(u32, uint32_t, uint32_t, TIMES)
INTEGER(u64, uint64_t, uint64_t, TIMES)
INTEGER(i8, int8_t, uint8_t, SMALL_TIMES)
INTEGER(i16, int16_t, uint16_t, SMALL_TIMES)
INTEGER(i32, int32_t, uint32_t, TIMES)
INTEGER(i64, int64_t, uint64_t, TIMES)
REAL(f16, uint16_t, float, ck_float_of_f16, ck_f16_of_float)
REAL(bf16, uint16_t, float, ck_float_of_bf16, ck_bf16_of_float)
REAL(f32, float, float, SAME, SAME)
REAL(f64, double, double, SAME, SAME)

typedef void (*cumulate)(const cumulation *, int64_t, int64_t);

static cumulate find(int op, ck_dtype dtype) {
    static const cumulate table[][4] = {
        [CK_BOOL] = {u8_max, u8_min, u8_max, u8_min},
#define ROW(DTYPE, NAME) [DTYPE] = {NAME##_sum, NAME##_product, NAME##_max, NAME##_min}
        ROW(CK_U8, u8), ROW(CK_U16, u16), ROW(CK_U32, u32), ROW(CK_U64, u64),
        ROW(CK_I8, i8), ROW(CK_I16, i16), ROW(CK_I32, i32), ROW(CK_I64, i64),
        ROW(CK_F16, f16), ROW(CK_BF16, bf16), ROW(CK_F32, f32), ROW(CK_F64, f64),
#undef ROW
    };
    return table[dtype][op];
}

static void run(void *context, int part, int parts) {
    const cumulation *c = context;
    int64_t units = c->outer * c->groups;
    find(c->op, c->dtype)(c, ck_part(units, part, parts), ck_part(units, part + 1, parts));
}

void ck_cumulative(int op, ck_dtype dtype, const void *in, void *out, int64_t outer, int64_t n, int64_t inner, bool reverse, int threads) {
    if (outer <= 0 || n <= 0 || inner <= 0) return;
    cumulation c = {op, dtype, in, out, outer, n, inner, (inner + GROUP - 1) / GROUP, reverse};
    ck_parallel(run, &c, (int)ck_max64(1, ck_min64(threads, outer * c.groups)));
}
