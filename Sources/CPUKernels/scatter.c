#include "indexing.h"

typedef void (*combine_row)(void *d, const void *x, int64_t n);

typedef struct {
    int64_t size;
    const char *indices, *updates;
    char *out;
    ck_dtype index_dtype;
    int64_t batch, pre, axis, count, inner;
    combine_row combine;   // NULL: replaces
    enum { BY_PLANE, BY_COLUMN, BY_TARGET } cut;
} scattering;

enum { GROUP = 256 };

#define SAME(x) (x)
#define PLUS(x, y) ((x) + (y))
#define TIMES(x, y) ((x) * (y))
#define SMALL_TIMES(x, y) ((1u * (x)) * (y))
#define GREATER(x, y) ((x) > (y) ? (x) : (y))
#define LESSER(x, y) ((x) < (y) ? (x) : (y))
#define REAL_GREATER(x, y) ((x) > (y) || (x) != (x) ? (x) : (y))
#define REAL_LESSER(x, y) ((x) < (y) || (x) != (x) ? (x) : (y))

#define COMBINE(NAME, T, A, LOAD, STORE, OP) \
    static void NAME(void *to, const void *from, int64_t n) { \
        T *d = to; \
        const T *x = from; \
        for (int64_t i = 0; i < n; i++) { A a = LOAD(d[i]), b = LOAD(x[i]), r = (A)OP(b, a); d[i] = STORE(r); } \
    }
#define INTEGER(NAME, T, U, PRODUCT) \
    COMBINE(NAME##_add, U, U, SAME, SAME, PLUS) COMBINE(NAME##_multiply, U, U, SAME, SAME, PRODUCT) \
    COMBINE(NAME##_max, T, T, SAME, SAME, GREATER) COMBINE(NAME##_min, T, T, SAME, SAME, LESSER)
#define REAL(NAME, T, A, LOAD, STORE) \
    COMBINE(NAME##_add, T, A, LOAD, STORE, PLUS) COMBINE(NAME##_multiply, T, A, LOAD, STORE, TIMES) \
    COMBINE(NAME##_max, T, A, LOAD, STORE, REAL_GREATER) COMBINE(NAME##_min, T, A, LOAD, STORE, REAL_LESSER)

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

static combine_row find(int reduction, ck_dtype dtype) {
    static const combine_row table[][5] = {
        [CK_BOOL] = {NULL, u8_max, u8_min, u8_max, u8_min},
#define ROW(DTYPE, NAME) [DTYPE] = {NULL, NAME##_add, NAME##_multiply, NAME##_max, NAME##_min}
        ROW(CK_U8, u8), ROW(CK_U16, u16), ROW(CK_U32, u32), ROW(CK_U64, u64),
        ROW(CK_I8, i8), ROW(CK_I16, i16), ROW(CK_I32, i32), ROW(CK_I64, i64),
        ROW(CK_F16, f16), ROW(CK_BF16, bf16), ROW(CK_F32, f32), ROW(CK_F64, f64),
#undef ROW
    };
    return table[dtype][reduction];
}

/// One plane's updates in order, of columns and targets in these ranges.
static void scatter_plane(const scattering *s, int64_t plane, int64_t column, int64_t columns, int64_t first, int64_t last) {
    int64_t positions[GROUP], b = plane / s->pre, bytes = s->inner * s->size;
    char *out = s->out + plane * s->axis * bytes + column * s->size;
    const char *updates = s->updates + plane * s->count * bytes + column * s->size;
    for (int64_t at = 0; at < s->count; at += GROUP) {
        int64_t n = ck_min64(GROUP, s->count - at);
        ck_positions(s->indices, s->index_dtype, b * s->count + at, n, s->axis, positions);
        for (int64_t i = 0; i < n; i++) {
            if (positions[i] < first || positions[i] >= last) continue;
            char *d = out + positions[i] * bytes;
            const char *x = updates + (at + i) * bytes;
            if (s->combine) s->combine(d, x, columns);
            else memcpy(d, x, (size_t)(columns * s->size));
        }
    }
}

static void scatter_part(void *context, int part, int parts) {
    const scattering *s = context;
    int64_t planes = s->batch * s->pre, first_plane = 0, last_plane = planes, column = 0, columns = s->inner;
    int64_t first = 0, last = s->axis;
    switch (s->cut) {
    case BY_PLANE: first_plane = ck_part(planes, part, parts), last_plane = ck_part(planes, part + 1, parts); break;
    case BY_COLUMN: column = ck_part(s->inner, part, parts), columns = ck_part(s->inner, part + 1, parts) - column; break;
    case BY_TARGET: first = ck_part(s->axis, part, parts), last = ck_part(s->axis, part + 1, parts); break;
    }
    for (int64_t plane = first_plane; plane < last_plane; plane++) scatter_plane(s, plane, column, columns, first, last);
}

void ck_scatter(int reduction, ck_dtype dtype, const void *base, const void *indices, ck_dtype index_dtype,
                const void *updates, void *out, int64_t batch, int64_t pre, int64_t axis, int64_t count, int64_t inner,
                int threads) {
    int64_t size = ck_size_of(dtype), zero = 0;
    if (!base) ck_fill(size, &zero, out, batch * pre * axis * inner, threads);
    else if (base != out) ck_copy(out, base, batch * pre * axis * inner * size, threads);
    if (batch * pre * count * inner <= 0 || axis <= 0) return;
    scattering s = {size, indices, updates, out, index_dtype, batch, pre, axis, count, inner, find(reduction, dtype), BY_TARGET};
    // Each element belongs to one thread, which sees its updates in order.
    if (batch * pre * count * inner * size < 32768) threads = 1;
    if (batch * pre >= threads) s.cut = BY_PLANE;
    else if (inner >= 64 * threads) s.cut = BY_COLUMN;
    else threads = (int)ck_min64(threads, axis);
    ck_parallel(scatter_part, &s, threads < 1 ? 1 : threads);
}
