#include "program.h"
#include "reduce.h"

static int64_t tile_count(const ck_program *p, int64_t n) {
    if (n <= 0) return 0;
    if (!p->row) return (n + p->tile - 1) / p->tile;
    int64_t rows = n / p->row, rest = n % p->row;
    return rows * ((p->row + p->tile - 1) / p->tile) + (rest + p->tile - 1) / p->tile;
}

static void run_single(const ck_step *step, char *const *slots) {
    step->kernel(slots[step->d], slots[step->a], slots[step->b], slots[step->c], 1);
}

/// Runs tiles first ..< last of one segment. The table's registers and scalars are set.
static void run_tiles(const ck_program *p, const ck_segment *segment, int64_t first, int64_t last, char **slots) {
    for (int32_t i = 0; i < p->inputs; i++) slots[i] = (char *)(uintptr_t)segment->inputs[i];
    for (int32_t i = 0; i < p->immediate_count; i++) {
        slots[p->immediates[i].slot] = (char *)&p->immediate_bits[p->immediates[i].offset];
    }
    for (int32_t i = 0; i < p->prologue_count; i++) run_single(&p->prologue[i], slots);

    int64_t per_row = p->row ? (p->row + p->tile - 1) / p->tile : 0;
    int64_t longest = ck_min64(p->tile, segment->n);
    for (int32_t i = 0; i < p->once_count; i++) {
        const ck_step *step = &p->once[i];
        ck_fill_source(&p->sources[step->fill], segment->inputs[step->fill], slots[step->d], 0, longest);
    }
    for (int64_t tile = first; tile < last; tile++) {
        int64_t begin, end;
        if (p->row) {
            int64_t row = tile / per_row;
            begin = row * p->row + (tile - row * per_row) * p->tile;
            end = ck_min64(begin + p->tile, (row + 1) * p->row);
        } else {
            begin = tile * p->tile;
            end = begin + p->tile;
        }
        int64_t n = ck_min64(end, segment->n) - begin;
        for (int32_t i = 0; i < p->moving_count; i++) {
            const ck_moving *m = &p->moving[i];
            const char *base = m->input >= 0 ? segment->inputs[m->input] : segment->outputs[~m->input];
            int64_t index = begin;
            if (m->kind == CK_FOLLOW_PERIOD) index = begin % m->period;
            else if (m->kind == CK_FOLLOW_ROW) index = begin / m->inner % m->period;
            slots[m->slot] = (char *)(uintptr_t)base + index * m->size;
        }
        for (int32_t i = 0; i < p->step_count; i++) {
            const ck_step *step = &p->steps[i];
            if (step->kernel) {
                step->kernel(slots[step->d], slots[step->a], slots[step->b], slots[step->c], step->single ? 1 : n);
            } else {
                ck_fill_source(&p->sources[step->fill], segment->inputs[step->fill], slots[step->d], begin, n);
            }
        }
    }
}

typedef struct {
    const ck_program *program;
    const ck_segment *segments;
    int count;
    int64_t tiles;
} run_context;

static void run_part(void *argument, int part, int parts) {
    const run_context *run = argument;
    const ck_program *p = run->program;
    int64_t begin = ck_part(run->tiles, part, parts), end = ck_part(run->tiles, part + 1, parts);
    size_t table = ((size_t)p->slots * sizeof(char *) + 63) & ~(size_t)63;
    char *memory = ck_scratch(table + (size_t)p->scratch);
    if (!memory) abort();  // a few dozen kilobytes, once for each thread: there is nobody to tell
    char **slots = (char **)memory;
    for (int32_t i = 0; i < p->place_count; i++) slots[p->places[i].slot] = memory + table + p->places[i].offset;
    int64_t before = 0;
    for (int i = 0; i < run->count && before < end; i++) {
        int64_t tiles = tile_count(p, run->segments[i].n);
        int64_t first = ck_max64(begin - before, 0), last = ck_min64(end - before, tiles);
        if (first < last) run_tiles(p, &run->segments[i], first, last, slots);
        before += tiles;
    }
}

void ck_program_run_many(const ck_program *program, const ck_segment *segments, int count, int threads) {
    run_context run = {program, segments, count, 0};
    for (int i = 0; i < count; i++) run.tiles += tile_count(program, segments[i].n);
    if (run.tiles == 0) return;
    int parts = (int)ck_min64(threads, run.tiles);
    if (parts <= 1) run_part(&run, 0, 1);
    else ck_parallel(run_part, &run, parts);
}

void ck_program_run(const ck_program *program, int64_t n, const void *const *inputs, void *const *outputs, int threads) {
    ck_segment segment = {n, inputs, outputs};
    ck_program_run_many(program, &segment, 1, threads);
}

int ck_program_threads(const ck_program *program, int64_t n, int limit) {
    int threads = ck_good_threads((double)n * program->cost, limit);
    return (int)ck_max64(1, ck_min64(threads, tile_count(program, n)));
}

// MARK: Sources that are not plain memory

/// Repeats the `filled` first bytes until there are `total`.
static void repeat_bytes(char *out, int64_t filled, int64_t total) {
    while (filled < total) {
        int64_t more = ck_min64(filled, total - filled);
        memcpy(out + filled, out, (size_t)more);
        filled += more;
    }
}

/// One element n times.
static void splat(void *out, const void *value, int64_t size, int64_t n) {
#define SPLAT(TYPE) { TYPE x, *d = out; memcpy(&x, value, sizeof x); for (int64_t i = 0; i < n; i++) d[i] = x; break; }
    switch (size) {
    case 1: memset(out, *(const uint8_t *)value, (size_t)n); break;
    case 2: SPLAT(uint16_t)
    case 4: SPLAT(uint32_t)
    default: SPLAT(uint64_t)
    }
#undef SPLAT
}

/// out[i] = in[i * stride]
static void copy_run(void *out, const char *in, int64_t stride, int64_t size, int64_t n) {
#define RUN(TYPE) { TYPE *d = out; const TYPE *a = (const TYPE *)in; for (int64_t i = 0; i < n; i++) d[i] = a[i * stride]; break; }
    if (stride == 1) memcpy(out, in, (size_t)(n * size));
    else if (stride == 0) splat(out, in, size, n);
    else switch (size) {
    case 1: RUN(uint8_t)
    case 2: RUN(uint16_t)
    case 4: RUN(uint32_t)
    default: RUN(uint64_t)
    }
#undef RUN
}

static void fill_strided(const ck_source *s, const char *base, char *out, int64_t begin, int64_t n) {
    int64_t size = ck_size_of(s->dtype);
    if (s->rank == 0) {
        splat(out, base + s->offset * size, size, n);
        return;
    }
    int64_t index[8], rest = begin, position = s->offset;
    for (int axis = s->rank - 1; axis >= 0; axis--) {
        index[axis] = rest % s->shape[axis];
        rest /= s->shape[axis];
        position += index[axis] * s->strides[axis];
    }
    int inner = s->rank - 1;
    for (int64_t done = 0; done < n;) {
        int64_t run = ck_min64(n - done, s->shape[inner] - index[inner]);
        copy_run(out + done * size, base + position * size, s->strides[inner], size, run);
        done += run;
        index[inner] += run;
        position += run * s->strides[inner];
        for (int axis = inner; index[axis] == s->shape[axis]; axis--) {
            position -= index[axis] * s->strides[axis];
            index[axis] = 0;
            if (axis == 0) break;
            index[axis - 1]++;
            position += s->strides[axis - 1];
        }
    }
}

static void fill_modular(const ck_source *s, const char *base, char *out, int64_t begin, int64_t n) {
    int64_t size = ck_size_of(s->dtype), cycle = s->inner * s->period;
    int64_t first = ck_min64(n, cycle);  // the rest repeats
    int64_t row = begin / s->inner, within = begin - row * s->inner, position = row % s->period;
    for (int64_t done = 0; done < first;) {
        int64_t run;
        if (s->inner == 1) {
            run = ck_min64(first - done, s->period - position);
            memcpy(out + done * size, base + position * size, (size_t)(run * size));
            position += run;
        } else {
            run = ck_min64(first - done, s->inner - within);
            splat(out + done * size, base + position * size, size, run);
            within = 0;
            position++;
        }
        if (position == s->period) position = 0;
        done += run;
    }
    repeat_bytes(out, first * size, n * size);
}

static void fill_iota(const ck_source *s, char *out, int64_t begin, int64_t n) {
    int64_t row = begin / s->inner, within = begin - row * s->inner, position = row % s->period;
#define NUMBERS(TYPE, VALUE) { \
        TYPE *d = (TYPE *)out; \
        for (int64_t done = 0; done < n;) { \
            if (s->inner == 1) { \
                int64_t run = ck_min64(n - done, s->period - position); \
                for (int64_t i = 0; i < run; i++) { int64_t x = position + i; d[done + i] = VALUE; } \
                done += run; \
                position = 0; \
            } else { \
                int64_t run = ck_min64(n - done, s->inner - within), x = position; \
                TYPE value = VALUE; \
                for (int64_t i = 0; i < run; i++) d[done + i] = value; \
                done += run; \
                within = 0; \
                if (++position == s->period) position = 0; \
            } \
        } \
        break; \
    }
    switch (s->dtype) {
    case CK_BOOL: NUMBERS(uint8_t, x != 0)
    case CK_U8: case CK_I8: NUMBERS(uint8_t, (uint8_t)x)
    case CK_U16: case CK_I16: NUMBERS(uint16_t, (uint16_t)x)
    case CK_U32: case CK_I32: NUMBERS(uint32_t, (uint32_t)x)
    case CK_F16: NUMBERS(uint16_t, ck_f16_of_float((float)x))
    case CK_BF16: NUMBERS(uint16_t, ck_bf16_of_float((float)x))
    case CK_F32: NUMBERS(float, (float)x)
    case CK_F64: NUMBERS(double, (double)x)
    default: NUMBERS(int64_t, x)
    }
#undef NUMBERS
}

void ck_fill_source(const ck_source *source, const void *base, void *out, int64_t begin, int64_t n) {
    switch (source->kind) {
    case CK_MODULAR: fill_modular(source, base, out, begin, n); break;
    case CK_STRIDED: fill_strided(source, base, out, begin, n); break;
    case CK_RANDOM: ck_threefry((const uint32_t *)base, (uint32_t *)out, begin, n); break;
    default: fill_iota(source, out, begin, n); break;
    }
}
