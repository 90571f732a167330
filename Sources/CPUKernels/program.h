// A compiled elementwise program: steps over tiles of the index space, on slots.
#ifndef PROGRAM_H
#define PROGRAM_H

#include "kernels.h"

/// A loop and the slots that it works on. A slot is a pointer in a table that each thread has: first the inputs, then
/// the outputs, then the program's registers and scalars.
typedef struct {
    ck_kernel kernel;    // NULL: fills the register d from source `fill`
    int32_t d, a, b, c;
    int32_t fill;
    int32_t single;      // computes one element per tile
} ck_step;

/// How a slot's pointer follows the tile.
enum { CK_FOLLOW_INDEX, CK_FOLLOW_PERIOD, CK_FOLLOW_ROW };
typedef struct {
    int32_t slot, input;  // input: index in inputs, or ~index in outputs
    int32_t kind, size;
    int64_t inner, period;
} ck_moving;

/// A register or scalar: where it lies in the scratch memory.
typedef struct { int32_t slot; int64_t offset; } ck_place;

struct ck_program {
    int32_t inputs, outputs, slots;
    int32_t step_count, prologue_count, moving_count, once_count, place_count, immediate_count;
    ck_source *sources;
    ck_step *steps;        // for each tile
    ck_step *prologue;     // once: what does not depend on the index
    ck_step *once;         // fills that all tiles share
    ck_moving *moving;
    ck_place *places;
    ck_place *immediates;  // offset: index into immediate_bits
    uint64_t *immediate_bits;
    int64_t tile, row;     // tiles do not cross multiples of `row`; 0: no rows
    int64_t scratch;       // bytes
    double cost;           // nanoseconds per element
};

/// Writes elements begin ..< begin + n of a source.
void ck_fill_source(const ck_source *source, const void *base, void *out, int64_t begin, int64_t n);

#endif
