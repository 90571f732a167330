#include "reduce.h"

/// A window's geometry with the channels, which no window spans, apart from the other axes.
typedef struct {
    ck_window w;
    int rank;                        // of the axes that windows may span; at least 1
    int64_t channels;
    int64_t out_shape[CK_MAX_RANK];
    int64_t in_strides[CK_MAX_RANK]; // in elements
    int64_t positions;               // windows of one channel
    int64_t elements;                // of a window
} geometry;

static bool is_plain(const ck_window *w, int axis) {
    return w->sizes[axis] == 1 && w->strides[axis] == 1 && w->low[axis] == 0 && w->high[axis] == 0;
}

static geometry measure(const ck_window *window) {
    geometry g = {.w = *window, .rank = window->rank, .channels = 1, .positions = 1, .elements = 1};
    if (g.rank > 1 && is_plain(window, g.rank - 1)) g.channels = window->shape[--g.rank];
    if (g.rank == 0) {
        g.rank = 1;
        g.w.shape[0] = g.w.sizes[0] = g.w.strides[0] = g.w.dilation[0] = 1;
        g.w.low[0] = g.w.high[0] = 0;
    }
    int64_t stride = g.channels;
    for (int axis = g.rank - 1; axis >= 0; axis--) {
        int64_t span = (g.w.sizes[axis] - 1) * g.w.dilation[axis] + 1;
        int64_t room = g.w.shape[axis] + g.w.low[axis] + g.w.high[axis] - span;
        g.out_shape[axis] = room < 0 ? 0 : room / g.w.strides[axis] + 1;
        g.in_strides[axis] = stride;
        stride *= g.w.shape[axis];
        g.positions *= g.out_shape[axis];
        g.elements *= g.w.sizes[axis];
    }
    return g;
}

/// The part of a window along one axis that lies within the operand.
typedef struct {
    int64_t offset;   // of its first element
    int64_t count;
} span;

static int64_t divide_up(int64_t a, int64_t b) { return a <= 0 ? 0 : (a + b - 1) / b; }

/// The spans of all windows, axis by axis; `spans[axis]` points into one piece of memory, that of axis 0.
static bool find_spans(const geometry *g, span **spans) {
    int64_t total = 0;
    for (int axis = 0; axis < g->rank; axis++) total += g->out_shape[axis];
    span *memory = malloc((size_t)total * sizeof(span));
    if (!memory) return false;
    for (int axis = 0; axis < g->rank; axis++) {
        spans[axis] = memory;
        for (int64_t i = 0; i < g->out_shape[axis]; i++) {
            int64_t begin = i * g->w.strides[axis] - g->w.low[axis], step = g->w.dilation[axis];
            int64_t first = divide_up(-begin, step), last = ck_min64(g->w.sizes[axis], divide_up(g->w.shape[axis] - begin, step));
            memory[i] = (span){(begin + first * step) * g->in_strides[axis], ck_max64(0, last - first)};
        }
        memory += g->out_shape[axis];
    }
    return true;
}

/// Goes through windows in order.
typedef struct {
    const geometry *g;
    span *const *spans;
    int64_t index[CK_MAX_RANK];
} walk;

static walk walk_from(const geometry *g, span *const *spans, int64_t position) {
    walk w = {.g = g, .spans = spans};
    for (int axis = g->rank - 1; axis >= 0; axis--) {
        w.index[axis] = position % g->out_shape[axis];
        position /= g->out_shape[axis];
    }
    return w;
}

static void step(walk *w) {
    for (int axis = w->g->rank - 1; axis >= 0; axis--) {
        if (++w->index[axis] < w->g->out_shape[axis]) return;
        w->index[axis] = 0;
    }
}

/// Offsets of the elements of the present window, in order; gives how many.
static int64_t list_elements(const walk *w, int64_t *offsets) {
    const geometry *g = w->g;
    offsets[0] = 0;
    int64_t count = 1;
    // Axis by axis, from the first: each element so far becomes a row of elements.
    for (int axis = 0; axis < g->rank; axis++) {
        span s = w->spans[axis][w->index[axis]];
        int64_t stride = g->w.dilation[axis] * g->in_strides[axis];
        if (s.count == 0) return 0;
        for (int64_t i = count - 1; i >= 0; i--) {
            int64_t begin = offsets[i] + s.offset;
            for (int64_t k = s.count - 1; k >= 0; k--) offsets[i * s.count + k] = begin + k * stride;
        }
        count *= s.count;
    }
    return count;
}

// MARK: Reductions

enum { GROUP = CK_WINDOW_COLUMNS };

typedef struct {
    geometry g;
    span *spans[CK_MAX_RANK];
    const ck_reducer *reducer;
    const char *in;
    char *out;
    int64_t size;
} window_reduction;

static void *scratch_for(const geometry *g) {
    // Offsets and pointers of a window's elements.
    void *memory = ck_scratch((size_t)g->elements * (sizeof(int64_t) + 2 * sizeof(void *)));
    if (!memory) abort();  // nobody to tell
    return memory;
}

static void reduce_part(void *context, int part, int parts) {
    const window_reduction *r = context;
    const geometry *g = &r->g;
    double totals[GROUP];
    int64_t begin = ck_part(g->positions, part, parts), end = ck_part(g->positions, part + 1, parts);
    int64_t *offsets = scratch_for(g);
    const void **rows = (const void **)(offsets + g->elements);
    walk w = walk_from(g, r->spans, begin);
    for (int64_t position = begin; position < end; position++, step(&w)) {
        int64_t count = list_elements(&w, offsets);
        for (int64_t channel = 0; channel < g->channels; channel += GROUP) {
            int64_t channels = ck_min64(GROUP, g->channels - channel);
            for (int64_t k = 0; k < count; k++) rows[k] = r->in + (offsets[k] + channel) * r->size;
            r->reducer->gathered(rows, count, channels, totals);
            r->reducer->finish(totals, r->out + (position * g->channels + channel) * r->size, channels);
        }
    }
}

void ck_reduce_window(int op, ck_dtype dtype, const void *in, void *out, const ck_window *window, int threads) {
    static const int reductions[] = {CK_REDUCE_SUM, CK_REDUCE_MAX, CK_REDUCE_MIN};
    window_reduction r = {.g = measure(window), .reducer = ck_find_reducer(reductions[op], dtype), .in = in, .out = out,
                          .size = ck_size_of(dtype)};
    if (r.g.positions <= 0 || r.g.channels <= 0) return;
    if (!find_spans(&r.g, r.spans)) abort();
    if (r.g.positions * r.g.channels * r.g.elements < 16384) threads = 1;
    ck_parallel(reduce_part, &r, (int)ck_max64(1, ck_min64(threads, r.g.positions)));
    free(r.spans[0]);
}

// MARK: The gradient of a maximum

typedef struct {
    geometry g;
    span *spans[CK_MAX_RANK];
    const ck_window_loops *loops;
    int64_t size;
    const char *x, *dy;
    char *dx;
    bool by_position;   // windows of different parts do not meet
} window_gradient;

static void gradient_part(void *context, int part, int parts) {
    const window_gradient *r = context;
    const geometry *g = &r->g;
    int64_t begin = 0, end = g->positions, first = 0, last = g->channels;
    if (r->by_position) {
        int64_t each = g->positions / g->out_shape[0];
        begin = ck_part(g->out_shape[0], part, parts) * each;
        end = ck_part(g->out_shape[0], part + 1, parts) * each;
    } else {
        first = ck_part(g->channels, part, parts);
        last = ck_part(g->channels, part + 1, parts);
    }
    int64_t *offsets = scratch_for(g);
    const void **from = (const void **)(offsets + g->elements);
    void **to = (void **)(from + g->elements);
    int32_t which[GROUP];
    walk w = walk_from(g, r->spans, begin);
    for (int64_t position = begin; position < end; position++, step(&w)) {
        int64_t count = list_elements(&w, offsets);
        if (count == 0) continue;
        for (int64_t channel = first; channel < last; channel += GROUP) {
            int64_t channels = ck_min64(GROUP, last - channel);
            for (int64_t k = 0; k < count; k++) {
                from[k] = r->x + (offsets[k] + channel) * r->size;
                to[k] = r->dx + (offsets[k] + channel) * r->size;
            }
            r->loops->track(from, count, channels, which);
            r->loops->give(to, count, channels, which, r->dy + (position * g->channels + channel) * r->size);
        }
    }
}

void ck_max_window_gradient(ck_dtype dtype, const void *x, const void *dy, void *dx, const ck_window *window, int threads) {
    window_gradient r = {.g = measure(window), .loops = ck_find_window_loops(dtype), .size = ck_size_of(dtype), .x = x,
                         .dy = dy, .dx = dx};
    int64_t total = r.g.channels, zero = 0;
    for (int axis = 0; axis < r.g.rank; axis++) total *= r.g.w.shape[axis];
    ck_fill(r.size, &zero, dx, total, threads);
    if (r.g.positions <= 0 || total <= 0) return;
    if (!find_spans(&r.g, r.spans)) abort();
    if (r.g.positions * r.g.channels * r.g.elements < 16384) threads = 1;
    // Each element of dx belongs to one thread: parts of the first axis where windows do not span it, or of the channels.
    bool apart = is_plain(&r.g.w, 0) && r.g.rank > 1;
    r.by_position = apart && (r.g.out_shape[0] >= threads || r.g.channels < threads);
    int64_t most = r.by_position ? r.g.out_shape[0] : r.g.channels;
    ck_parallel(gradient_part, &r, (int)ck_max64(1, ck_min64(threads, most)));
    free(r.spans[0]);
}
