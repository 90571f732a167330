// The first half of compiling a program: from the planner's instructions to steps on plain machine types.
#ifndef PROGRAM_LOWER_H
#define PROGRAM_LOWER_H

#include "program.h"

/// How often a value changes: from element to element, from tile to tile, never.
enum { CK_VARYING = 0, CK_PER_TILE = 1, CK_UNIFORM = 2 };

typedef struct {
    ck_dtype dtype;
    int32_t level;
    int32_t source;   // the input it is, or -1
    int32_t fill;     // whether the input must be written into a register first
    int32_t slot;     // -1: none yet
    int32_t last;     // the last step that reads it
} ck_value;

/// d = op(operands); on values.
typedef struct {
    ck_op op;
    ck_dtype dtype, result;
    int32_t d;
    int32_t operands[3];
    int32_t variant;
    ck_kernel kernel;
    int32_t output;   // writes directly to this output, or -1
} ck_lowered;

typedef struct {
    ck_value *values;
    int64_t value_count, value_room;
    ck_lowered *steps;
    int64_t step_count, step_room;
    bool failed;      // memory is out
} ck_lowering;

int32_t ck_new_value(ck_lowering *l, ck_dtype dtype, int32_t level);
/// Appends a step and gives its result.
int32_t ck_emit(ck_lowering *l, ck_op op, ck_dtype dtype, ck_dtype result, const int32_t operands[3]);

/// `values` and `steps` of the whole program, outputs stored.
void ck_lower(ck_lowering *l, const ck_source *inputs, int input_count, const int32_t *input_levels,
              const ck_instruction *instructions, int instruction_count,
              const int32_t *outputs, const int32_t *aliases, int output_count);

#endif
