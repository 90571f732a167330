#include "core.h"

// MARK: Plain memory

typedef struct {
    char *out;
    const char *in;
    int64_t bytes, element;
} plain;

static void copy_part(void *context, int part, int parts) {
    const plain *p = context;
    int64_t begin = ck_part(p->bytes, part, parts), end = ck_part(p->bytes, part + 1, parts);
    memcpy(p->out + begin, p->in + begin, (size_t)(end - begin));
}

void ck_copy(void *out, const void *in, int64_t bytes, int threads) {
    if (bytes <= 0 || out == in) return;
    plain p = {out, in, bytes, 1};
    if (bytes < 65536) threads = 1;
    ck_parallel(copy_part, &p, threads < 1 ? 1 : threads);
}

static void fill_run(void *out, const void *value, int64_t size, int64_t n) {
#define FILL(TYPE) { TYPE x, *d = out; memcpy(&x, value, sizeof x); for (int64_t i = 0; i < n; i++) d[i] = x; break; }
    switch (size) {
    case 1: memset(out, *(const uint8_t *)value, (size_t)n); break;
    case 2: FILL(uint16_t)
    case 4: FILL(uint32_t)
    default: FILL(uint64_t)
    }
#undef FILL
}

static void fill_part(void *context, int part, int parts) {
    const plain *p = context;
    int64_t begin = ck_part(p->bytes, part, parts), end = ck_part(p->bytes, part + 1, parts);
    fill_run(p->out + begin * p->element, p->in, p->element, end - begin);
}

void ck_fill(int64_t element_size, const void *value, void *out, int64_t n, int threads) {
    if (n <= 0) return;
    plain p = {out, value, n, element_size};
    if (n * element_size < 65536) threads = 1;
    ck_parallel(fill_part, &p, threads < 1 ? 1 : threads);
}

// MARK: Strided copies

/// Two innermost axes by one of the loops below, the others by an odometer.
typedef struct {
    int64_t size;
    int rank;          // of the outer axes
    int64_t shape[CK_MAX_RANK], in_strides[CK_MAX_RANK], out_strides[CK_MAX_RANK];
    int64_t rows, columns;   // the two innermost axes
    int64_t in_row, in_column, out_row, out_column;
    const char *in;
    char *out;
    int64_t outer;     // elements of the outer axes
} strided;

/// A row of elements.
static void copy_row(char *out, const char *in, int64_t n, int64_t out_stride, int64_t in_stride, int64_t size) {
#define ROW(TYPE) { TYPE *d = (TYPE *)out; const TYPE *a = (const TYPE *)in; \
        if (out_stride == 1) for (int64_t i = 0; i < n; i++) d[i] = a[i * in_stride]; \
        else for (int64_t i = 0; i < n; i++) d[i * out_stride] = a[i * in_stride]; \
        break; }
    if (out_stride == 1 && in_stride == 1) memcpy(out, in, (size_t)(n * size));
    else if (out_stride == 1 && in_stride == 0) fill_run(out, in, size, n);
    else switch (size) {
    case 1: ROW(uint8_t)
    case 2: ROW(uint16_t)
    case 4: ROW(uint32_t)
    default: ROW(uint64_t)
    }
#undef ROW
}

// out[r, c] = in[c, r] by blocks that are transposed in a buffer: both sides are then touched in whole cache lines, which
// matters where rows are a power of two apart.
enum { BLOCK = 64 };

typedef uint32_t four __attribute__((vector_size(16)));

/// block[r, c] = in[c, r]
static void transpose_block_4(uint32_t *block, const uint32_t *in, int64_t rows, int64_t columns, int64_t in_column) {
    int64_t rows4 = rows / 4 * 4, columns4 = columns / 4 * 4;
    for (int64_t c = 0; c < columns4; c += 4) {
        for (int64_t r = 0; r < rows4; r += 4) {
            four x[4];
            for (int k = 0; k < 4; k++) memcpy(&x[k], in + r + (c + k) * in_column, 16);
            four a = __builtin_shufflevector(x[0], x[1], 0, 4, 1, 5), b = __builtin_shufflevector(x[2], x[3], 0, 4, 1, 5);
            four p = __builtin_shufflevector(x[0], x[1], 2, 6, 3, 7), q = __builtin_shufflevector(x[2], x[3], 2, 6, 3, 7);
            x[0] = __builtin_shufflevector(a, b, 0, 1, 4, 5);
            x[1] = __builtin_shufflevector(a, b, 2, 3, 6, 7);
            x[2] = __builtin_shufflevector(p, q, 0, 1, 4, 5);
            x[3] = __builtin_shufflevector(p, q, 2, 3, 6, 7);
            for (int k = 0; k < 4; k++) memcpy(block + (r + k) * BLOCK + c, &x[k], 16);
        }
        for (int64_t r = rows4; r < rows; r++) {
            for (int k = 0; k < 4; k++) block[r * BLOCK + c + k] = in[r + (c + k) * in_column];
        }
    }
    for (int64_t c = columns4; c < columns; c++) {
        for (int64_t r = 0; r < rows; r++) block[r * BLOCK + c] = in[r + c * in_column];
    }
}

#define TRANSPOSE_BLOCK(NAME, TYPE) \
    static void NAME(TYPE *block, const TYPE *in, int64_t rows, int64_t columns, int64_t in_column) { \
        for (int64_t c = 0; c < columns; c++) { \
            for (int64_t r = 0; r < rows; r++) block[r * BLOCK + c] = in[r + c * in_column]; \
        } \
    }
TRANSPOSE_BLOCK(transpose_block_1, uint8_t)
TRANSPOSE_BLOCK(transpose_block_2, uint16_t)
TRANSPOSE_BLOCK(transpose_block_8, uint64_t)

/// Asks for the cache lines of this block's output and of the next one's input.
static void prefetch_block(const strided *s, const char *in, char *out, int64_t rows, int64_t next_columns) {
    for (int64_t c = 0; c < next_columns; c++) {
        const char *next = in + (BLOCK + c) * s->in_column * s->size;
        for (int64_t b = 0; b < rows * s->size; b += 64) __builtin_prefetch(next + b);
    }
    for (int64_t r = 0; r < rows; r++) {
        char *line = out + r * s->out_row * s->size;
        for (int64_t b = 0; b < BLOCK * s->size; b += 64) __builtin_prefetch(line + b, 1);
    }
}

static void transpose(const strided *s, const char *in, char *out) {
    uint64_t block[BLOCK * BLOCK];
    bool far = s->rows * s->columns * s->size > 1 << 19;
    for (int64_t r0 = 0; r0 < s->rows; r0 += BLOCK) {
        int64_t rows = ck_min64(BLOCK, s->rows - r0);
        for (int64_t c0 = 0; c0 < s->columns; c0 += BLOCK) {
            int64_t columns = ck_min64(BLOCK, s->columns - c0);
            const char *from = in + (r0 + c0 * s->in_column) * s->size;
            char *to = out + (r0 * s->out_row + c0) * s->size;
            if (far) prefetch_block(s, from, to, rows, ck_min64(BLOCK, s->columns - c0 - columns));
            switch (s->size) {
            case 1: transpose_block_1((uint8_t *)block, (const uint8_t *)from, rows, columns, s->in_column); break;
            case 2: transpose_block_2((uint16_t *)block, (const uint16_t *)from, rows, columns, s->in_column); break;
            case 4: transpose_block_4((uint32_t *)block, (const uint32_t *)from, rows, columns, s->in_column); break;
            default: transpose_block_8(block, (const uint64_t *)from, rows, columns, s->in_column); break;
            }
            for (int64_t r = 0; r < rows; r++) {
                memcpy(to + r * s->out_row * s->size, (const char *)block + r * BLOCK * s->size, (size_t)(columns * s->size));
            }
        }
    }
}

static void copy_plane(const strided *s, const char *in, char *out) {
    if (s->in_row == 1 && s->out_column == 1 && s->in_column != 1 && s->rows > 1) {
        transpose(s, in, out);
        return;
    }
    int64_t bytes = s->columns * s->size;
    if (s->in_row == 0 && s->out_row == s->columns && s->out_column == 1 && s->rows > 1) {
        // One row many times.
        copy_row(out, in, s->columns, 1, s->in_column, s->size);
        for (int64_t filled = 1; filled < s->rows;) {
            int64_t more = ck_min64(filled, s->rows - filled);
            memcpy(out + filled * bytes, out, (size_t)(more * bytes));
            filled += more;
        }
        return;
    }
    for (int64_t r = 0; r < s->rows; r++) {
        copy_row(out + r * s->out_row * s->size, in + r * s->in_row * s->size, s->columns, s->out_column, s->in_column, s->size);
    }
}

static void copy_strided_range(const strided *s, int64_t begin, int64_t end) {
    int64_t index[CK_MAX_RANK], rest = begin, in = 0, out = 0;
    for (int axis = s->rank - 1; axis >= 0; axis--) {
        index[axis] = rest % s->shape[axis];
        rest /= s->shape[axis];
        in += index[axis] * s->in_strides[axis];
        out += index[axis] * s->out_strides[axis];
    }
    for (int64_t i = begin; i < end; i++) {
        copy_plane(s, s->in + in * s->size, s->out + out * s->size);
        for (int axis = s->rank - 1; axis >= 0; axis--) {
            in += s->in_strides[axis];
            out += s->out_strides[axis];
            if (++index[axis] < s->shape[axis]) break;
            in -= s->shape[axis] * s->in_strides[axis];
            out -= s->shape[axis] * s->out_strides[axis];
            index[axis] = 0;
        }
    }
}

static void copy_strided_part(void *context, int part, int parts) {
    const strided *s = context;
    if (s->outer >= parts) {
        copy_strided_range(s, ck_part(s->outer, part, parts), ck_part(s->outer, part + 1, parts));
        return;
    }
    // Few planes: each is cut along its longer axis, in multiples of what blocks hold.
    strided piece = *s;
    bool by_row = s->rows >= s->columns;
    int64_t length = by_row ? s->rows : s->columns, units = (length + 15) / 16;
    int64_t begin = ck_part(units, part, parts) * 16, end = ck_min64(ck_part(units, part + 1, parts) * 16, length);
    if (begin >= end) return;
    piece.in += begin * (by_row ? s->in_row : s->in_column) * s->size;
    piece.out += begin * (by_row ? s->out_row : s->out_column) * s->size;
    if (by_row) piece.rows = end - begin;
    else piece.columns = end - begin;
    copy_strided_range(&piece, 0, s->outer);
}

typedef struct { int64_t size, in, out; } copy_axis;

static int64_t magnitude(int64_t x) { return x < 0 ? -x : x; }

/// Axes without those of size 1, in the order of the output's memory, joined where both sides run on.
static int simplify(int rank, const int64_t *shape, const int64_t *in_strides, const int64_t *out_strides, copy_axis *axes) {
    int count = 0;
    for (int i = 0; i < rank; i++) {
        if (shape[i] == 1) continue;
        copy_axis axis = {shape[i], in_strides[i], out_strides[i]};
        int at = count++;
        for (; at > 0 && magnitude(axes[at - 1].out) < magnitude(axis.out); at--) axes[at] = axes[at - 1];
        axes[at] = axis;
    }
    int joined = 0;
    for (int i = 0; i < count; i++) {
        copy_axis *last = joined ? &axes[joined - 1] : NULL;
        if (last && last->in == axes[i].in * axes[i].size && last->out == axes[i].out * axes[i].size) {
            *last = (copy_axis){last->size * axes[i].size, axes[i].in, axes[i].out};
        } else {
            axes[joined++] = axes[i];
        }
    }
    return joined;
}

void ck_copy_strided(int64_t element_size, int rank, const int64_t *shape, const void *in, const int64_t *in_strides,
                     void *out, const int64_t *out_strides, int threads) {
    copy_axis axes[CK_MAX_RANK];
    int64_t total = 1;
    for (int i = 0; i < rank; i++) total *= shape[i];
    if (total <= 0) return;
    int count = simplify(rank, shape, in_strides, out_strides, axes);
    if (count == 0) {
        memcpy(out, in, (size_t)element_size);
        return;
    }
    if (count == 1 && axes[0].in == 1 && axes[0].out == 1) {
        ck_copy(out, in, axes[0].size * element_size, threads);
        return;
    }
    strided s = {.size = element_size, .in = in, .out = out, .rows = 1};
    copy_axis column = axes[count - 1];
    s.columns = column.size, s.in_column = column.in, s.out_column = column.out;
    // The axis beside it: where the input runs on, if it does not in the innermost one; else the next.
    int row = count - 2;
    if (column.in != 1) {
        for (int i = 0; i < count - 1; i++) if (axes[i].in == 1) row = i;
    }
    if (row >= 0) s.rows = axes[row].size, s.in_row = axes[row].in, s.out_row = axes[row].out;
    s.outer = 1;
    for (int i = 0; i < count - 1; i++) {
        if (i == row) continue;
        s.shape[s.rank] = axes[i].size;
        s.in_strides[s.rank] = axes[i].in;
        s.out_strides[s.rank] = axes[i].out;
        s.outer *= axes[i].size;
        s.rank++;
    }
    if (total * element_size < 32768) threads = 1;
    ck_parallel(copy_strided_part, &s, threads < 1 ? 1 : threads);
}
