#include "program_lower.h"

// MARK: Tiles

/// Tiles of this many elements keep a few registers in the first-level cache.
static const int64_t tile_sizes[] = {2048, 1024, 512, 256};
static const int64_t register_bytes = 32768;
/// Rows at least so long are worth tiles of their own, in which a column's element is a scalar…
static const int64_t row_of_column = 256;
/// … or a bias is read from its place.
static const int64_t row_of_bias = 1024;

static bool is_periodic(const ck_source *s) { return s->kind == CK_MODULAR || s->kind == CK_IOTA; }

/// Elements after which a source repeats; 0: none.
static int64_t cycle(const ck_source *s) { return is_periodic(s) ? s->inner * s->period : 0; }

/// What tiles must not cross; 0: nothing.
static int64_t choose_row(const ck_source *sources, int count) {
    int64_t row = 0;
    for (int i = 0; i < count; i++) {
        const ck_source *s = &sources[i];
        int64_t candidate = 0;
        if (s->kind != CK_MODULAR) continue;
        if (s->inner >= row_of_column) candidate = s->inner;
        else if (s->inner == 1 && s->period >= row_of_bias) candidate = s->period;
        if (candidate && (!row || candidate < row)) row = candidate;
    }
    return row;
}

static int64_t greatest_divisor(int64_t a, int64_t b) {
    while (b) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/// A tile that holds whole cycles of as many sources as possible.
static int64_t choose_tile(const ck_source *sources, int count, int64_t row, int64_t largest) {
    int64_t unit = 1;
    for (int i = 0; i < count; i++) {
        int64_t length = cycle(&sources[i]);
        if (length <= 0 || length > largest || (row && row % length)) continue;
        int64_t together = unit / greatest_divisor(unit, length) * length;
        if (together <= largest) unit = together;
    }
    if (row && row <= largest) return row;
    if (row) {
        int64_t tiles = (row + largest - 1) / largest, even = (row + tiles - 1) / tiles;
        if (unit > 1) return largest / unit * unit;
        return (even + 15) / 16 * 16;
    }
    return largest / unit * unit;
}

static bool is_shared(const ck_source *s, int64_t row, int64_t tile) {
    int64_t length = cycle(s);
    if (!length || (row && row % length)) return false;
    return tile % length == 0 || (row && tile >= row);
}

// MARK: Registers

typedef struct {
    int32_t *free_slots;   // of one element size, last freed first
    int32_t count;
} ck_free_list;

typedef struct {
    ck_program *p;
    ck_lowering *l;
    ck_free_list free_list[4];
    int64_t tile, bytes;
    int32_t slots, places;
} ck_allocation;

static int size_class(ck_dtype dtype) {
    switch (ck_size_of(dtype)) {
    case 1: return 0;
    case 2: return 1;
    case 4: return 2;
    default: return 3;
    }
}

static int32_t new_place(ck_allocation *a, int64_t bytes) {
    a->p->places[a->places++] = (ck_place){a->slots, a->bytes};
    a->bytes += (bytes + 63) & ~(int64_t)63;
    return a->slots++;
}

static int32_t take_register(ck_allocation *a, ck_dtype dtype) {
    ck_free_list *list = &a->free_list[size_class(dtype)];
    if (list->count) return list->free_slots[--list->count];
    return new_place(a, a->tile * ck_size_of(dtype));
}

/// Gives the slots of all values and writes the program's steps. The tile is `a->tile`.
static void allocate(ck_allocation *a) {
    ck_program *p = a->p;
    ck_lowering *l = a->l;
    a->slots = p->inputs + p->outputs;
    a->places = 0;
    a->bytes = 0;
    for (int c = 0; c < 4; c++) a->free_list[c].count = 0;
    p->step_count = p->prologue_count = p->once_count = 0;

    for (int64_t i = 0; i < l->value_count; i++) {
        ck_value *v = &l->values[i];
        v->slot = -1;
        if (v->source < 0) continue;
        if (!v->fill) {
            v->slot = v->source;
        } else if (v->last >= 0 && is_shared(&p->sources[v->source], p->row, a->tile)) {
            v->slot = new_place(a, a->tile * ck_size_of(v->dtype));
            p->once[p->once_count++] = (ck_step){NULL, v->slot, 0, 0, 0, v->source, 0};
        }
    }
    for (int64_t i = 0; i < l->step_count; i++) {
        const ck_lowered *s = &l->steps[i];
        ck_value *d = &l->values[s->d];
        if (d->last < 0 && s->output < 0) continue;  // nobody reads it
        for (int k = 0; k < 3; k++) {
            if (s->operands[k] < 0) continue;
            ck_value *v = &l->values[s->operands[k]];
            if (v->slot >= 0) continue;
            v->slot = take_register(a, v->dtype);
            p->steps[p->step_count++] = (ck_step){NULL, v->slot, 0, 0, 0, v->source, 0};
        }
        for (int k = 0; k < 3; k++) {
            if (s->operands[k] < 0) continue;
            ck_value *v = &l->values[s->operands[k]];
            // Outputs, inputs, scalars and what all tiles share keep their slots.
            bool owned = v->level == CK_VARYING && v->slot >= p->inputs + p->outputs && v->last == i;
            bool shared = v->fill && is_shared(&p->sources[v->source], p->row, a->tile);
            bool again = false;
            for (int j = 0; j < k; j++) again |= s->operands[j] == s->operands[k];
            if (!owned || shared || again) continue;
            ck_free_list *list = &a->free_list[size_class(v->dtype)];
            list->free_slots[list->count++] = v->slot;
        }
        if (s->output >= 0) d->slot = p->inputs + s->output;
        else if (d->level == CK_VARYING) d->slot = take_register(a, d->dtype);
        else d->slot = new_place(a, 8);
        int32_t at[3];
        for (int k = 0; k < 3; k++) at[k] = s->operands[k] < 0 ? d->slot : l->values[s->operands[k]].slot;
        ck_step step = {s->kernel, d->slot, at[0], at[1], at[2], -1, d->level != CK_VARYING};
        if (d->level == CK_UNIFORM) p->prologue[p->prologue_count++] = step;
        else p->steps[p->step_count++] = step;
    }
    p->slots = a->slots;
    p->place_count = a->places;
    p->scratch = a->bytes;
    p->tile = a->tile;
}

// MARK: Cost

/// Nanoseconds per element of 4 bytes, on one thread with 256-bit vectors; roughly.
static double step_cost(const ck_lowered *s) {
    if (s->kernel == NULL) return 0;
    double width = (double)ck_max64(ck_size_of(s->dtype), ck_size_of(s->result)) / 4;
    bool real = s->dtype >= CK_F16, wide = s->dtype == CK_F64;
    switch (s->op) {
    case CK_EXP: case CK_LOG: case CK_TANH: case CK_SIGMOID: case CK_ERF: case CK_EXPM1: case CK_LOG1P: case CK_SILU:
    case CK_SILU_GRADIENT: case CK_GELU: case CK_GELU_TANH: case CK_SIN: case CK_COS: case CK_ATAN: case CK_ASIN: case CK_ACOS:
        return wide ? 10 : 0.8;
    case CK_ERF_INV: case CK_SOFTPLUS: case CK_GELU_GRADIENT: case CK_GELU_TANH_GRADIENT: case CK_TAN: return wide ? 20 : 1.5;
    case CK_SINH: case CK_COSH: case CK_ASINH: case CK_ACOSH: case CK_ATANH: case CK_ATAN2: return 12;
    case CK_LOG_GAMMA: case CK_DIGAMMA: return 30;
    case CK_POWER: return s->variant ? 2 : 12;
    case CK_MODULO: return real ? 10 : 3;
    case CK_DIVIDE: case CK_FLOOR_DIVIDE: case CK_SQRT: case CK_RSQRT: case CK_RECIPROCAL: return real ? 0.3 * width : 3;
    default: return 0.08 * width;
    }
}

// MARK: Compilation

static int32_t level_of(const ck_source *s, int64_t row) {
    switch (s->kind) {
    case CK_SCALAR: case CK_IMMEDIATE: return CK_UNIFORM;
    case CK_MODULAR:
        if (s->period == 1) return CK_UNIFORM;
        return row && s->inner % row == 0 ? CK_PER_TILE : CK_VARYING;
    default: return CK_VARYING;
    }
}

/// Axes of size 1 go, axes that follow each other in memory become one.
static void simplify_strides(ck_source *s) {
    if (s->kind != CK_STRIDED) return;
    int rank = 0;
    for (int axis = 0; axis < s->rank; axis++) {
        if (s->shape[axis] == 1) continue;
        if (rank > 0 && s->strides[rank - 1] == s->strides[axis] * s->shape[axis]) {
            s->shape[rank - 1] *= s->shape[axis];
            s->strides[rank - 1] = s->strides[axis];
        } else {
            s->shape[rank] = s->shape[axis];
            s->strides[rank] = s->strides[axis];
            rank++;
        }
    }
    s->rank = rank;
}

/// Pointers that follow the tile: plain inputs and outputs, biases read in place, columns' elements.
static void find_moving(ck_program *p, ck_lowering *l) {
    for (int64_t i = 0; i < l->value_count; i++) {
        ck_value *v = &l->values[i];
        if (v->source < 0 || v->fill || v->level == CK_UNIFORM) continue;
        const ck_source *s = &p->sources[v->source];
        int kind = s->kind == CK_DIRECT ? CK_FOLLOW_INDEX : v->level == CK_PER_TILE ? CK_FOLLOW_ROW : CK_FOLLOW_PERIOD;
        p->moving[p->moving_count++] =
            (ck_moving){v->source, v->source, kind, (int32_t)ck_size_of(s->dtype), s->inner, s->period};
    }
    for (int64_t i = 0; i < l->step_count; i++) {
        const ck_lowered *s = &l->steps[i];
        if (s->output < 0) continue;
        p->moving[p->moving_count++] =
            (ck_moving){p->inputs + s->output, ~s->output, CK_FOLLOW_INDEX, (int32_t)ck_size_of(l->values[s->d].dtype), 0, 0};
    }
}

static bool make_room(ck_program *p, ck_lowering *l, ck_allocation *a) {
    size_t values = (size_t)l->value_count + 1, steps = (size_t)l->step_count + values;
    p->steps = calloc(steps, sizeof(ck_step));
    p->prologue = calloc(steps, sizeof(ck_step));
    p->once = calloc(values, sizeof(ck_step));
    p->moving = calloc((size_t)(p->inputs + p->outputs) + 1, sizeof(ck_moving));
    p->places = calloc(values, sizeof(ck_place));
    bool made = p->steps && p->prologue && p->once && p->moving && p->places;
    for (int c = 0; c < 4; c++) {
        a->free_list[c].free_slots = calloc(values, sizeof(int32_t));
        made = made && a->free_list[c].free_slots;
    }
    return made;
}

static bool compile(ck_program *p, ck_lowering *l) {
    ck_allocation a = {.p = p, .l = l};
    bool made = make_room(p, l, &a);
    for (int i = 0; made && i < 4; i++) {
        a.tile = choose_tile(p->sources, p->inputs, p->row, tile_sizes[i]);
        allocate(&a);
        if (a.bytes <= register_bytes) break;
    }
    for (int c = 0; c < 4; c++) free(a.free_list[c].free_slots);
    if (!made) return false;
    find_moving(p, l);
    for (int64_t i = 0; i < l->step_count; i++) {
        if (l->values[l->steps[i].d].level == CK_VARYING) p->cost += step_cost(&l->steps[i]);
    }
    for (int32_t i = 0; i < p->moving_count; i++) p->cost += 0.03 * p->moving[i].size;
    for (int32_t i = 0; i < p->inputs; i++) if (p->sources[i].kind == CK_RANDOM) p->cost += 1;
    return true;
}

static bool copy_sources(ck_program *p, const ck_source *inputs) {
    p->sources = calloc((size_t)p->inputs + 1, sizeof(ck_source));
    p->immediates = calloc((size_t)p->inputs + 1, sizeof(ck_place));
    p->immediate_bits = calloc((size_t)p->inputs + 1, sizeof(uint64_t));
    if (!p->sources || !p->immediates || !p->immediate_bits) return false;
    for (int32_t i = 0; i < p->inputs; i++) {
        ck_source *s = &p->sources[i];
        *s = inputs[i];
        if (is_periodic(s)) {
            s->inner = ck_max64(s->inner, 1);
            s->period = ck_max64(s->period, 1);
        }
        simplify_strides(s);
        if (s->kind != CK_IMMEDIATE) continue;
        p->immediates[p->immediate_count] = (ck_place){i, p->immediate_count};
        p->immediate_bits[p->immediate_count++] = s->bits;
    }
    return true;
}

ck_program *ck_program_create(const ck_source *inputs, int input_count,
                              const ck_instruction *instructions, int instruction_count,
                              const int32_t *outputs, const int32_t *aliases, int output_count) {
    ck_program *p = calloc(1, sizeof(ck_program));
    int32_t *levels = malloc(((size_t)input_count + 1) * sizeof(int32_t));
    ck_lowering l = {0};
    bool made = p && levels;
    if (made) {
        p->inputs = input_count;
        p->outputs = output_count;
        made = copy_sources(p, inputs);
    }
    if (made) {
        p->row = choose_row(p->sources, input_count);
        for (int i = 0; i < input_count; i++) levels[i] = level_of(&p->sources[i], p->row);
        ck_lower(&l, p->sources, input_count, levels, instructions, instruction_count, outputs, aliases, output_count);
        for (int i = 0; i < input_count && !l.failed; i++) {
            // A long bias is read where it lies.
            const ck_source *s = &p->sources[i];
            if (s->kind == CK_MODULAR && s->inner == 1 && p->row && s->period % p->row == 0) l.values[i].fill = 0;
        }
        made = !l.failed && compile(p, &l);
    }
    free(levels);
    free(l.values);
    free(l.steps);
    if (!made) {
        ck_program_destroy(p);
        return NULL;
    }
    return p;
}

void ck_program_destroy(ck_program *program) {
    if (!program) return;
    free(program->sources);
    free(program->steps);
    free(program->prologue);
    free(program->once);
    free(program->moving);
    free(program->places);
    free(program->immediates);
    free(program->immediate_bits);
    free(program);
}
