#include "indexing.h"

typedef struct {
    int64_t size;
    const char *operand, *indices, *fill;
    char *out;
    ck_dtype index_dtype;
    int64_t batch, pre, axis, count, inner;
} gathering;

enum { GROUP = 256 };

static void fill_row(char *out, const char *value, int64_t size, int64_t bytes) {
    memcpy(out, value, (size_t)size);
    for (int64_t filled = size; filled < bytes;) {
        int64_t more = ck_min64(filled, bytes - filled);
        memcpy(out + filled, out, (size_t)more);
        filled += more;
    }
}

/// Rows begin ..< end of the result, all of one batch entry and one place before the axis.
static void gather_rows(const gathering *g, int64_t plane, int64_t begin, int64_t end) {
    int64_t positions[GROUP], bytes = g->inner * g->size, b = plane / g->pre;
    const char *operand = g->operand + plane * g->axis * bytes;
    for (int64_t at = begin; at < end; at += GROUP) {
        int64_t n = ck_min64(GROUP, end - at);
        ck_positions(g->indices, g->index_dtype, b * g->count + at, n, g->axis, positions);
        char *out = g->out + (plane * g->count + at) * bytes;
#define SINGLE(TYPE) { \
            TYPE *d = (TYPE *)out, missing; \
            const TYPE *x = (const TYPE *)operand; \
            memcpy(&missing, g->fill, sizeof missing); \
            for (int64_t i = 0; i < n; i++) d[i] = positions[i] < 0 ? missing : x[positions[i]]; \
            continue; \
        }
        if (g->inner == 1) switch (g->size) {
        case 1: SINGLE(uint8_t)
        case 2: SINGLE(uint16_t)
        case 4: SINGLE(uint32_t)
        default: SINGLE(uint64_t)
        }
#undef SINGLE
        for (int64_t i = 0; i < n; i++) {
            if (positions[i] < 0) fill_row(out + i * bytes, g->fill, g->size, bytes);
            else memcpy(out + i * bytes, operand + positions[i] * bytes, (size_t)bytes);
        }
    }
}

static void gather_part(void *context, int part, int parts) {
    const gathering *g = context;
    int64_t rows = g->batch * g->pre * g->count;
    int64_t at = ck_part(rows, part, parts), end = ck_part(rows, part + 1, parts);
    while (at < end) {
        int64_t plane = at / g->count, row = at % g->count, n = ck_min64(end - at, g->count - row);
        gather_rows(g, plane, row, row + n);
        at += n;
    }
}

void ck_gather(int64_t element_size, const void *operand, const void *indices, ck_dtype index_dtype, const void *fill,
               void *out, int64_t batch, int64_t pre, int64_t axis, int64_t count, int64_t inner, int threads) {
    int64_t rows = batch * pre * count;
    if (rows <= 0 || inner <= 0) return;
    gathering g = {element_size, operand, indices, fill, out, index_dtype, batch, pre, axis, count, inner};
    if (rows * inner * element_size < 32768) threads = 1;
    ck_parallel(gather_part, &g, (int)ck_max64(1, ck_min64(threads, rows)));
}
