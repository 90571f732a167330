#include "core.h"

// Elements become unsigned keys in the order wanted; sorting is then on integers. Keys of up to 32 bits are packed with
// their index, so that order among equals comes by itself.

enum { NAN_LAST, NAN_GREATEST };

/// -0 and 0 are equal where NaN comes last, as in NumPy; two numbers where it is the greatest, as in XLA's top-k.
static uint32_t float_key(float x, int nan) {
    if (x != x) return UINT32_MAX;
    uint32_t bits = ck_bits_of_float(nan == NAN_LAST ? x + 0.0f : x);
    return bits >> 31 ? ~bits : bits | 0x80000000u;
}

static uint64_t double_key(double x, int nan) {
    if (x != x) return UINT64_MAX;
    uint64_t bits;
    if (nan == NAN_LAST) x += 0.0;
    memcpy(&bits, &x, 8);
    return bits >> 63 ? ~bits : bits | 0x8000000000000000u;
}

/// out[i] = key << 32 | i
static void narrow_keys(ck_dtype dtype, const void *in, int64_t stride, int64_t n, bool descending, int nan, uint64_t *out) {
    uint32_t flip = descending ? UINT32_MAX : 0;
#define KEYS(TYPE, KEY) { \
        const TYPE *a = in; \
        for (int64_t i = 0; i < n; i++) { TYPE x = a[i * stride]; out[i] = (uint64_t)((uint32_t)(KEY) ^ flip) << 32 | (uint64_t)i; } \
        break; \
    }
#define REAL_KEYS(TYPE, NUMBER) { \
        const TYPE *a = in; \
        for (int64_t i = 0; i < n; i++) { \
            TYPE x = a[i * stride]; \
            uint32_t key = float_key(NUMBER, nan); \
            key = key == UINT32_MAX && nan == NAN_LAST ? key : key ^ flip; \
            out[i] = (uint64_t)key << 32 | (uint64_t)i; \
        } \
        break; \
    }
    switch (dtype) {
    case CK_BOOL: case CK_U8: KEYS(uint8_t, x)
    case CK_U16: KEYS(uint16_t, x)
    case CK_U32: KEYS(uint32_t, x)
    case CK_I8: KEYS(int8_t, (int32_t)x ^ INT32_MIN)
    case CK_I16: KEYS(int16_t, (int32_t)x ^ INT32_MIN)
    case CK_I32: KEYS(int32_t, x ^ INT32_MIN)
    case CK_F16: REAL_KEYS(uint16_t, ck_float_of_f16(x))
    case CK_BF16: REAL_KEYS(uint16_t, ck_float_of_bf16(x))
    default: REAL_KEYS(float, x)
    }
#undef KEYS
#undef REAL_KEYS
}

typedef struct {
    uint64_t key;
    int64_t index;
} pair;

static void wide_keys(ck_dtype dtype, const void *in, int64_t stride, int64_t n, bool descending, int nan, pair *out) {
    uint64_t flip = descending ? UINT64_MAX : 0;
    for (int64_t i = 0; i < n; i++) {
        uint64_t key;
        if (dtype == CK_F64) {
            key = double_key(((const double *)in)[i * stride], nan);
            key = key == UINT64_MAX && nan == NAN_LAST ? key : key ^ flip;
        } else {
            key = ((const uint64_t *)in)[i * stride];
            if (dtype == CK_I64) key ^= 0x8000000000000000u;
            key ^= flip;
        }
        out[i] = (pair){key, i};
    }
}

/// Merges runs from one array to the other; gives the one that holds the result.
#define MERGE_SORT(NAME, T, LESS) \
    static T *NAME(T *a, T *other, int64_t n) { \
        const int64_t run = 12; \
        for (int64_t begin = 0; begin < n; begin += run) { \
            int64_t end = ck_min64(begin + run, n); \
            for (int64_t i = begin + 1; i < end; i++) { \
                T x = a[i]; \
                int64_t at = i; \
                for (; at > begin && LESS(x, a[at - 1]); at--) a[at] = a[at - 1]; \
                a[at] = x; \
            } \
        } \
        for (int64_t width = run; width < n; width *= 2) { \
            for (int64_t begin = 0; begin < n; begin += 2 * width) { \
                int64_t middle = ck_min64(begin + width, n), end = ck_min64(begin + 2 * width, n); \
                int64_t left = begin, right = middle, at = begin; \
                while (left < middle && right < end) { \
                    bool take = LESS(a[right], a[left]); \
                    other[at++] = take ? a[right] : a[left]; \
                    right += take; \
                    left += !take; \
                } \
                while (left < middle) other[at++] = a[left++]; \
                while (right < end) other[at++] = a[right++]; \
            } \
            T *swap = a; \
            a = other; \
            other = swap; \
        } \
        return a; \
    }
#define NUMBER_LESS(x, y) ((x) < (y))
#define PAIR_LESS(x, y) ((x).key < (y).key)
MERGE_SORT(merge_narrow, uint64_t, NUMBER_LESS)
MERGE_SORT(merge_wide, pair, PAIR_LESS)

/// Byte by byte over the keys, the least significant first; bytes that are all the same are skipped.
static uint64_t *radix_sort(uint64_t *a, uint64_t *other, int64_t n) {
    int64_t counts[4][256];
    memset(counts, 0, sizeof counts);
    for (int64_t i = 0; i < n; i++) {
        for (int byte = 0; byte < 4; byte++) counts[byte][a[i] >> (32 + 8 * byte) & 255]++;
    }
    for (int byte = 0; byte < 4; byte++) {
        int64_t *count = counts[byte], before = 0;
        if (count[a[0] >> (32 + 8 * byte) & 255] == n) continue;
        for (int i = 0; i < 256; i++) {
            int64_t here = count[i];
            count[i] = before;
            before += here;
        }
        for (int64_t i = 0; i < n; i++) other[count[a[i] >> (32 + 8 * byte) & 255]++] = a[i];
        uint64_t *swap = a;
        a = other;
        other = swap;
    }
    return a;
}

/// The k least of a, sorted, by a heap whose top is the greatest of them.
static void select_least(const uint64_t *a, int64_t n, uint64_t *heap, int64_t k) {
    memcpy(heap, a, (size_t)k * sizeof *heap);
    for (int64_t phase = k / 2 - 1, next = k, size = k;;) {
        int64_t at;
        uint64_t x;
        if (phase >= 0) {                    // build
            at = phase--;
            x = heap[at];
        } else if (next < n) {               // a smaller one replaces the top
            x = a[next++];
            if (x >= heap[0]) continue;
            at = 0;
        } else if (--size > 0) {             // take apart
            x = heap[size];
            heap[size] = heap[0];
            at = 0;
        } else {
            return;
        }
        for (;;) {
            int64_t child = 2 * at + 1;
            if (child >= size) break;
            if (child + 1 < size && heap[child + 1] > heap[child]) child++;
            if (heap[child] <= x) break;
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = x;
    }
}

typedef struct {
    ck_dtype dtype;
    const char *in;
    char *values;
    int32_t *indices;
    int64_t outer, n, inner, k, size;
    bool descending;
    int nan;
} sorting;

/// Writes the first `count` of a sorted row.
static void write_row(const sorting *s, const char *in, int64_t first, const uint64_t *narrow, const pair *wide) {
    for (int64_t i = 0; i < s->k; i++) {
        int64_t index = narrow ? (int64_t)(uint32_t)narrow[i] : wide[i].index, at = first + i * s->inner;
        if (s->indices) s->indices[at] = (int32_t)index;
        if (s->values) memcpy(s->values + at * s->size, in + index * s->inner * s->size, (size_t)s->size);
    }
}

static void sort_part(void *context, int part, int parts) {
    const sorting *s = context;
    bool wide = s->size == 8;
    size_t width = wide ? sizeof(pair) : sizeof(uint64_t);
    char *memory = ck_scratch(2 * width * (size_t)s->n);
    if (!memory) abort();  // nobody to tell
    int64_t rows = s->outer * s->inner, end = ck_part(rows, part + 1, parts);
    for (int64_t row = ck_part(rows, part, parts); row < end; row++) {
        int64_t o = row / s->inner, j = row % s->inner;
        const char *in = s->in + (o * s->n * s->inner + j) * s->size;
        int64_t first = o * s->k * s->inner + j;
        if (wide) {
            pair *a = (pair *)memory;
            wide_keys(s->dtype, in, s->inner, s->n, s->descending, s->nan, a);
            write_row(s, in, first, NULL, merge_wide(a, a + s->n, s->n));
            continue;
        }
        uint64_t *a = (uint64_t *)memory, *sorted = a + s->n;
        narrow_keys(s->dtype, in, s->inner, s->n, s->descending, s->nan, a);
        if (s->k < s->n / 8) select_least(a, s->n, sorted, s->k);
        else sorted = s->n >= 512 ? radix_sort(a, a + s->n, s->n) : merge_narrow(a, a + s->n, s->n);
        write_row(s, in, first, sorted, NULL);
    }
}

void ck_sort(ck_dtype dtype, const void *in, void *values, int32_t *indices, int64_t outer, int64_t n, int64_t inner,
             bool descending, int threads) {
    if (outer <= 0 || n <= 0 || inner <= 0) return;
    sorting s = {dtype, in, values, indices, outer, n, inner, n, ck_size_of(dtype), descending, NAN_LAST};
    if (outer * n * inner < 2048) threads = 1;
    ck_parallel(sort_part, &s, (int)ck_max64(1, ck_min64(threads, outer * inner)));
}

void ck_topk(ck_dtype dtype, const void *in, void *values, int32_t *indices, int64_t outer, int64_t n, int64_t k, int threads) {
    if (outer <= 0 || n <= 0 || k <= 0) return;
    sorting s = {dtype, in, values, indices, outer, n, 1, ck_min64(k, n), ck_size_of(dtype), true, NAN_GREATEST};
    if (outer * n < 4096) threads = 1;
    ck_parallel(sort_part, &s, (int)ck_max64(1, ck_min64(threads, outer)));
}
