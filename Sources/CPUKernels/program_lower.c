#include "program_lower.h"

static void *with_room(ck_lowering *l, void *array, int64_t count, int64_t *room, size_t size) {
    if (count < *room) return array;
    int64_t more = *room ? *room * 2 : 64;
    void *grown = realloc(array, (size_t)more * size);
    if (!grown) {
        l->failed = true;
        return array;
    }
    *room = more;
    return grown;
}

int32_t ck_new_value(ck_lowering *l, ck_dtype dtype, int32_t level) {
    l->values = with_room(l, l->values, l->value_count, &l->value_room, sizeof(ck_value));
    if (l->failed) return 0;
    l->values[l->value_count] = (ck_value){dtype, level, -1, 0, -1, -1};
    return (int32_t)l->value_count++;
}

static bool is_half(ck_dtype dtype) { return dtype == CK_F16 || dtype == CK_BF16; }
static bool is_real(ck_dtype dtype) { return dtype >= CK_F16; }

static bool makes_bool(ck_op op) {
    return (op >= CK_COMPARE && op < CK_COMPARE_END) || op == CK_IS_NAN || op == CK_IS_FINITE || op == CK_IS_INFINITE;
}

static int operand_count(ck_op op) {
    switch (op) {
    case CK_SELECT: case CK_FMA: return 3;
    case CK_RELU_GRADIENT: case CK_SIGMOID_GRADIENT: case CK_TANH_GRADIENT: case CK_SILU_GRADIENT: case CK_GELU_GRADIENT:
    case CK_GELU_TANH_GRADIENT: return 2;
    default: return op >= CK_BINARY && op < CK_COMPARE_END ? 2 : 1;
    }
}

static ck_dtype unsigned_like(ck_dtype dtype) {
    switch (ck_size_of(dtype)) {
    case 1: return CK_U8;
    case 2: return CK_U16;
    case 4: return CK_U32;
    default: return CK_U64;
    }
}

static bool commutes(ck_op op) {
    switch (op) {
    case CK_ADD: case CK_MULTIPLY: case CK_MAXIMUM: case CK_MINIMUM: case CK_AND: case CK_OR: case CK_XOR: case CK_EQUAL:
    case CK_NOT_EQUAL: case CK_FMA: return true;
    default: return false;
    }
}

static int32_t append(ck_lowering *l, ck_lowered step) {
    l->steps = with_room(l, l->steps, l->step_count, &l->step_room, sizeof(ck_lowered));
    if (l->failed) return 0;
    for (int k = 0; k < 3; k++) {
        if (step.operands[k] >= 0) l->values[step.operands[k]].last = (int32_t)l->step_count;
    }
    l->steps[l->step_count++] = step;
    return step.d;
}

/// A register full of a value that does not vary.
static int32_t spread(ck_lowering *l, int32_t value) {
    ck_dtype dtype = l->values[value].dtype;
    int32_t d = ck_new_value(l, dtype, CK_VARYING);
    ck_lowered step = {CK_SPLAT, dtype, dtype, d, {value, -1, -1}, 0, ck_find_kernel(CK_SPLAT, dtype, dtype, 0), -1};
    return l->failed ? 0 : append(l, step);
}

int32_t ck_emit(ck_lowering *l, ck_op op, ck_dtype dtype, ck_dtype result, const int32_t operands[3]) {
    if (l->failed) return 0;
    ck_lowered step = {op, dtype, result, 0, {-1, -1, -1}, 0, NULL, -1};
    int count = operand_count(op), level = CK_UNIFORM;
    for (int k = 0; k < count; k++) {
        step.operands[k] = operands[k];
        level = level < l->values[operands[k]].level ? level : l->values[operands[k]].level;
    }
    if (level == CK_VARYING) {
        if (commutes(op) && l->values[step.operands[0]].level != CK_VARYING && l->values[step.operands[1]].level == CK_VARYING) {
            step.operands[0] = operands[1];
            step.operands[1] = operands[0];
        }
        for (int k = 0; k < count; k++) {
            if (l->values[step.operands[k]].level != CK_VARYING) step.variant |= 1 << k;
        }
        step.kernel = ck_find_kernel(op, dtype, result, step.variant);
        for (int k = 0; k < count && !step.kernel; k++) {
            // No loop takes this scalar: it becomes a row.
            if (!(step.variant & 1 << k)) continue;
            step.operands[k] = spread(l, step.operands[k]);
            step.variant &= ~(1 << k);
            step.kernel = ck_find_kernel(op, dtype, result, step.variant);
        }
    } else {
        step.kernel = ck_find_kernel(op, dtype, result, 0);
    }
    step.d = ck_new_value(l, op == CK_ROUND_TO ? dtype : result, level);
    return l->failed ? 0 : append(l, step);
}

static int32_t convert(ck_lowering *l, int32_t value, ck_dtype from, ck_dtype to) {
    if (from == to || l->failed) return value;
    return ck_emit(l, CK_CONVERT, from, to, (int32_t[3]){value, -1, -1});
}

/// A value of the planner: what it is here, and its own element type. float16 and bfloat16 are computed on as float32
/// that hold their numbers; `raw` is the value as it lies in memory, or -1.
typedef struct {
    int32_t value, raw;
    ck_dtype dtype;
} named;

static int32_t number(ck_lowering *l, named *v) {
    if (v->value < 0) v->value = convert(l, v->raw, v->dtype, CK_F32);
    return v->value;
}

/// Half-precision results of these need no rounding.
static bool is_exact(ck_op op) {
    switch (op) {
    case CK_NEGATE: case CK_ABS: case CK_SIGN: case CK_FLOOR: case CK_CEIL: case CK_ROUND: case CK_MAXIMUM: case CK_MINIMUM:
    case CK_RELU: case CK_RELU_GRADIENT: case CK_SELECT: return true;
    default: return false;
    }
}

static int32_t rounded(ck_lowering *l, int32_t value, ck_dtype half) {
    return ck_emit(l, CK_ROUND_TO, CK_F32, half, (int32_t[3]){value, -1, -1});
}

static named lower_conversion(ck_lowering *l, named *x, ck_dtype to) {
    if (x->dtype == to) return *x;
    int32_t value = number(l, x);
    ck_dtype from = is_half(x->dtype) ? CK_F32 : x->dtype;
    if (!is_half(to)) return (named){convert(l, value, from, to), -1, to};
    value = rounded(l, convert(l, value, from, CK_F32), to);
    return (named){value, -1, to};
}

static named lower_bitcast(ck_lowering *l, named *x, ck_dtype to) {
    int32_t bits = x->raw;
    if (bits < 0) bits = is_half(x->dtype) ? convert(l, x->value, CK_F32, x->dtype) : x->value;
    return is_half(to) ? (named){-1, bits, to} : (named){bits, -1, to};
}

static named lower_operation(ck_lowering *l, const ck_instruction *i, named *const x[3]) {
    int count = operand_count(i->op);
    int32_t operands[3] = {-1, -1, -1};
    for (int k = 0; k < count; k++) operands[k] = number(l, x[k]);
    if (l->failed) return (named){0, -1, i->dtype};
    ck_dtype dtype = is_half(i->dtype) ? CK_F32 : i->dtype;
    ck_dtype result = makes_bool(i->op) ? CK_BOOL : dtype;
    if (!ck_find_kernel(i->op, dtype, result, 0)) {
        if (is_real(dtype) && ck_find_kernel(i->op, unsigned_like(dtype), unsigned_like(dtype), 0)) {
            dtype = result = unsigned_like(dtype);  // bits of floating-point numbers
        } else {
            // Functions of integers are those of float64.
            for (int k = 0; k < count; k++) operands[k] = convert(l, operands[k], dtype, CK_F64);
            int32_t wide = ck_emit(l, i->op, CK_F64, makes_bool(i->op) ? CK_BOOL : CK_F64, operands);
            return (named){makes_bool(i->op) ? wide : convert(l, wide, CK_F64, dtype), -1, result};
        }
    }
    int32_t value = ck_emit(l, i->op, dtype, result, operands);
    if (is_half(i->dtype) && !makes_bool(i->op)) {
        if (!is_exact(i->op)) value = rounded(l, value, i->dtype);
        return (named){value, -1, i->dtype};
    }
    return (named){value, -1, makes_bool(i->op) ? CK_BOOL : i->dtype};
}

// MARK: Outputs

static void store(ck_lowering *l, int32_t value, int output) {
    if (l->failed) return;
    ck_dtype dtype = unsigned_like(l->values[value].dtype);
    bool varies = l->values[value].level == CK_VARYING;
    ck_lowered step = {varies ? CK_CONVERT : CK_SPLAT, dtype, dtype, -1, {value, -1, -1}, 0,
                       ck_find_kernel(varies ? CK_CONVERT : CK_SPLAT, dtype, dtype, 0), output};
    step.d = ck_new_value(l, dtype, CK_VARYING);
    if (!l->failed) append(l, step);
}

/// The step that makes a value, or -1.
static int64_t maker(const ck_lowering *l, int32_t value) {
    for (int64_t i = l->step_count - 1; i >= 0; i--) {
        if (l->steps[i].d == value) return i;
    }
    return -1;
}

void ck_lower(ck_lowering *l, const ck_source *inputs, int input_count, const int32_t *input_levels,
              const ck_instruction *instructions, int instruction_count,
              const int32_t *outputs, const int32_t *aliases, int output_count) {
    int total = input_count + instruction_count;
    named *names = malloc((size_t)(total + 1) * sizeof(named));
    int32_t *stored = malloc((size_t)(output_count + 1) * sizeof(int32_t));
    if (!names || !stored) {
        l->failed = true;
        free(names);
        free(stored);
        return;
    }
    for (int i = 0; i < input_count && !l->failed; i++) {
        int32_t value = ck_new_value(l, inputs[i].dtype, input_levels[i]);
        if (l->failed) break;
        l->values[value].source = i;
        bool fill = inputs[i].kind == CK_MODULAR || inputs[i].kind == CK_STRIDED || inputs[i].kind == CK_IOTA || inputs[i].kind == CK_RANDOM;
        l->values[value].fill = fill && input_levels[i] == CK_VARYING;
        bool half = is_half(inputs[i].dtype);
        names[i] = (named){half ? -1 : value, half ? value : -1, inputs[i].dtype};
    }

    for (int i = 0; i < instruction_count && !l->failed; i++) {
        const ck_instruction *instruction = &instructions[i];
        named *x[3] = {NULL, NULL, NULL};
        for (int k = 0; k < 3; k++) if (instruction->operands[k] >= 0) x[k] = &names[instruction->operands[k]];
        named *result = &names[input_count + i];
        if (instruction->op == CK_CONVERT) *result = lower_conversion(l, x[0], instruction->result);
        else if (instruction->op == CK_BITCAST) *result = lower_bitcast(l, x[0], instruction->result);
        else *result = lower_operation(l, instruction, x);
    }

    // Halves go to memory in their own form.
    for (int j = 0; j < output_count && !l->failed; j++) {
        named *v = &names[outputs[j]];
        if (is_half(v->dtype) && v->raw < 0) v->raw = convert(l, v->value, CK_F32, v->dtype);
        stored[j] = is_half(v->dtype) ? v->raw : v->value;
    }
    // An input that is passed on while another output overwrites it is read before anything is written.
    for (int j = 0; j < output_count && aliases && !l->failed; j++) {
        int32_t input = l->values[stored[j]].source;
        if (input < 0 || inputs[input].kind != CK_DIRECT) continue;
        bool overwritten = false;
        for (int k = 0; k < output_count; k++) overwritten |= k != j && aliases[k] == input;
        ck_dtype dtype = unsigned_like(inputs[input].dtype);
        if (overwritten) stored[j] = ck_emit(l, CK_CONVERT, dtype, dtype, (int32_t[3]){stored[j], -1, -1});
    }
    for (int j = 0; j < output_count && !l->failed; j++) {
        int32_t value = stored[j];
        int64_t made = maker(l, value);
        bool direct = made >= 0 && l->steps[made].output < 0 && l->values[value].level == CK_VARYING;
        if (direct && aliases && aliases[j] >= 0) {
            // Not if the memory is still to be read as the input.
            for (int64_t i = 0; i < l->value_count; i++) {
                if (l->values[i].source == aliases[j] && l->values[i].last > made) direct = false;
            }
        }
        if (direct) l->steps[made].output = j;
        else store(l, value, j);
    }
    free(names);
    free(stored);
}
