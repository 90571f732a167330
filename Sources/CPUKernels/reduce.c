#include "reduce.h"

// How work is cut depends on the shape alone, never on the number of threads, so that results do not.

/// Columns or rows that one step reduces into accumulators on the stack.
enum { GROUP = 512 };
/// Elements of one part of a reduction that is cut along its axis.
static const int64_t part_elements = 65536;

typedef struct {
    const ck_reducer *reducer;
    const char *in;
    char *out;
    int64_t size, outer, n, inner;
    int64_t units;     // groups of rows, or groups of columns
    int64_t parts, part_rows;
    char *partial;     // [parts, outer * inner] accumulators
} reduction;

/// Unit by unit: a group of whole reductions.
static void reduce_units(void *context, int part, int parts) {
    const reduction *r = context;
    double totals[GROUP];  // room for any accumulator
    int64_t end = ck_part(r->units, part + 1, parts);
    for (int64_t unit = ck_part(r->units, part, parts); unit < end; unit++) {
        if (r->inner == 1) {
            int64_t row = unit * GROUP, count = ck_min64(GROUP, r->outer - row);
            r->reducer->rows(r->in + row * r->n * r->size, count, r->n, totals);
            r->reducer->finish(totals, r->out + row * r->size, count);
        } else {
            int64_t groups = (r->inner + GROUP - 1) / GROUP;
            int64_t o = unit / groups, column = unit % groups * GROUP, count = ck_min64(GROUP, r->inner - column);
            r->reducer->columns(r->in + (o * r->n * r->inner + column) * r->size, r->n, r->inner, count, totals);
            r->reducer->finish(totals, r->out + (o * r->inner + column) * r->size, count);
        }
    }
}

/// Part by part of the reduced axis.
static void reduce_parts(void *context, int part, int parts) {
    const reduction *r = context;
    int64_t total = r->outer * r->parts, end = ck_part(total, part + 1, parts);
    for (int64_t i = ck_part(total, part, parts); i < end; i++) {
        int64_t o = i / r->parts, p = i % r->parts, row = p * r->part_rows, rows = ck_min64(r->part_rows, r->n - row);
        const char *in = r->in + (o * r->n + row) * r->inner * r->size;
        char *out = r->partial + (p * r->outer + o) * r->inner * r->reducer->accumulator_size;
        if (r->inner == 1) r->reducer->rows(in, 1, rows, out);
        else r->reducer->columns(in, rows, r->inner, r->inner, out);
    }
}

void ck_reduce(int op, ck_dtype dtype, const void *in, void *out, int64_t outer, int64_t n, int64_t inner, int threads) {
    if (outer <= 0 || inner <= 0) return;
    reduction r = {ck_find_reducer(op, dtype), in, out, ck_size_of(dtype), outer, n, inner, 0, 0, 0, NULL};
    r.units = inner == 1 ? (outer + GROUP - 1) / GROUP : outer * ((inner + GROUP - 1) / GROUP);
    int64_t results = outer * inner;
    if (results * n < 16384) threads = 1;
    r.part_rows = ck_max64(part_elements / inner, 1);
    r.parts = n > 0 ? (n + r.part_rows - 1) / r.part_rows : 0;
    if (r.parts >= 2 && results <= 4096 && n >= 64) {
        size_t accumulators = (size_t)r.reducer->accumulator_size * (size_t)results;
        r.partial = ck_scratch(accumulators * (size_t)r.parts);
        if (r.partial) {
            ck_parallel(reduce_parts, &r, (int)ck_max64(1, ck_min64(threads, outer * r.parts)));
            for (int64_t p = 1; p < r.parts; p++) r.reducer->combine(r.partial, r.partial + (size_t)p * accumulators, results);
            r.reducer->finish(r.partial, out, results);
            return;
        }
    }
    ck_parallel(reduce_units, &r, (int)ck_max64(1, ck_min64(threads, r.units)));
}

typedef struct {
    const uint32_t *key;
    uint32_t *out;
    int64_t n;
} bits;

void ck_threefry(const uint32_t key[2], uint32_t *out, int64_t begin, int64_t count) {
#if defined(__x86_64__)
    if (ck_simd_level() >= 2) ck_threefry_avx512(key, out, begin, count);
    else if (ck_simd_level() >= 1) ck_threefry_avx2(key, out, begin, count);
    else
#endif
    ck_threefry_base(key, out, begin, count);
}

static void random_part(void *context, int part, int parts) {
    const bits *b = context;
    int64_t begin = ck_part(b->n, part, parts), count = ck_part(b->n, part + 1, parts) - begin;
    ck_threefry(b->key, b->out + begin, begin, count);
}

void ck_random_bits(const uint32_t key[2], uint32_t *out, int64_t n, int threads) {
    bits b = {key, out, n};
    ck_parallel(random_part, &b, (int)ck_max64(1, ck_min64(threads, n)));
}
