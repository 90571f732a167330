#ifndef CK_CORE_H
#define CK_CORE_H

#include <stdbool.h>
#include <stdint.h>

// Kernels of the CPU engine: threads, fused elementwise programs, reductions, data movement, indexing, sorting,
// random bits. Nothing here reports errors: the planner validates. Tensors lie in row-major order; sizes, strides and
// offsets count elements. `threads` is how many threads a kernel may use; a result never depends on it.

#ifdef __cplusplus
extern "C" {
#endif

// MARK: Element types

/// In the order of Graph.DType.allCases.
enum {
    CK_BOOL = 0, CK_U8, CK_U16, CK_U32, CK_U64, CK_I8, CK_I16, CK_I32, CK_I64, CK_F16, CK_BF16, CK_F32, CK_F64
};
typedef int32_t ck_dtype;

int64_t ck_size_of(ck_dtype dtype);

/// The greatest number of axes of an array given to a kernel.
#define CK_MAX_RANK 16

// MARK: Threads

/// The threads that may run at once: the machine's, or what `OMP_NUM_THREADS` says.
int ck_max_threads(void);

/// Sets how many threads libraries (oneDNN) use when called from the calling thread.
void ck_set_threads(int threads);

/// Runs `body(context, part, parts)` for each part of 0 ..< parts, on up to `parts` threads. Sequentially inside of
/// a part, while another thread has the pool, and where there is none.
typedef void (*ck_body)(void *context, int part, int parts);
void ck_parallel(ck_body body, void *context, int parts);

/// How many threads are worth while for work of so many nanoseconds on one thread; at most `limit`.
int ck_good_threads(double nanoseconds, int limit);

/// The instruction set in use: 0 baseline, 1 AVX2 + FMA, 2 AVX-512. Setting clamps to what the machine has (for tests;
/// affects programs created and kernels run afterwards).
int ck_simd_level(void);
void ck_set_simd_level(int level);

// MARK: Fused elementwise programs

/// The operation of an instruction. Unary, binary and comparison operations are in the order of Graph's enums:
/// `CK_UNARY + index`, `CK_BINARY + index`, `CK_COMPARE + index`.
enum {
    CK_UNARY = 0,
    CK_NEGATE = CK_UNARY, CK_ABS, CK_SIGN, CK_EXP, CK_EXPM1, CK_LOG, CK_LOG1P, CK_SQRT, CK_RSQRT, CK_RECIPROCAL,
    CK_SIN, CK_COS, CK_TAN, CK_ASIN, CK_ACOS, CK_ATAN, CK_SINH, CK_COSH, CK_TANH, CK_ASINH, CK_ACOSH, CK_ATANH,
    CK_SIGMOID, CK_ERF, CK_ERF_INV, CK_LOG_GAMMA, CK_DIGAMMA, CK_FLOOR, CK_CEIL, CK_ROUND, CK_NOT,
    CK_IS_NAN, CK_IS_FINITE, CK_IS_INFINITE,
    CK_UNARY_END,

    CK_BINARY = 64,
    CK_ADD = CK_BINARY, CK_SUBTRACT, CK_MULTIPLY, CK_DIVIDE, CK_FLOOR_DIVIDE, CK_MODULO, CK_POWER, CK_MAXIMUM,
    CK_MINIMUM, CK_ATAN2, CK_AND, CK_OR, CK_XOR, CK_SHIFT_LEFT, CK_SHIFT_RIGHT_LOGICAL, CK_SHIFT_RIGHT_ARITHMETIC,
    CK_BINARY_END,

    CK_COMPARE = 96,
    CK_EQUAL = CK_COMPARE, CK_NOT_EQUAL, CK_LESS, CK_LESS_OR_EQUAL, CK_GREATER, CK_GREATER_OR_EQUAL,
    CK_COMPARE_END,

    /// operands: condition (bool), a, b.
    CK_SELECT = 112,
    /// by value, to `result`.
    CK_CONVERT,
    /// the same bits as `result`, of one size.
    CK_BITCAST,

    // Several operations in one, on floating-point operands (float16 and bfloat16 through float32).
    CK_MACRO = 128,
    /// a * b + c, rounded once where the machine can.
    CK_FMA = CK_MACRO,
    /// max(x, 0); NaN stays.
    CK_RELU,
    /// (y, dy) -> y > 0 ? dy : 0
    CK_RELU_GRADIENT,
    /// (y, dy) -> dy * y * (1 - y)
    CK_SIGMOID_GRADIENT,
    /// (y, dy) -> dy * (1 - y * y)
    CK_TANH_GRADIENT,
    /// x * sigmoid(x); and (x, dy) -> dx
    CK_SILU, CK_SILU_GRADIENT,
    /// x * Φ(x); and (x, dy) -> dx
    CK_GELU, CK_GELU_GRADIENT,
    /// the tanh approximation of GELU; and (x, dy) -> dx
    CK_GELU_TANH, CK_GELU_TANH_GRADIENT,
    /// log(1 + exp(x)); its derivative is sigmoid
    CK_SOFTPLUS,
    /// x * x
    CK_SQUARE,
    CK_MACRO_END
};
typedef int32_t ck_op;

/// Values are numbered: first the inputs, then the results of the instructions in order.
typedef struct {
    ck_op op;
    /// The element type of the operands (of a and b for a select).
    ck_dtype dtype;
    /// The element type of the result. Comparisons and `isNaN`… make bool, others but conversions keep `dtype`.
    ck_dtype result;
    /// Numbers of values; -1 where there is none.
    int32_t operands[3];
} ck_instruction;

/// Where the element for index i of the program's flat index space comes from.
enum {
    /// element i
    CK_DIRECT = 0,
    /// one element in memory
    CK_SCALAR,
    /// one element in `bits`; needs no pointer
    CK_IMMEDIATE,
    /// element (i / inner) % period. A bias on trailing axes: inner 1, period its size; a column [m, 1] over [m, n]:
    /// inner n, period m; [1, c, 1] over [n, c, s]: inner s, period c.
    CK_MODULAR,
    /// the element at `offset + sum(index[axis] * strides[axis])`, index over `shape`
    CK_STRIDED,
    /// the number (i / inner) % period itself, as `dtype`; needs no pointer
    CK_IOTA,
    /// random bits as `ck_random_bits` makes them of the key in memory; of CK_U32
    CK_RANDOM
};

typedef struct {
    int32_t kind;
    ck_dtype dtype;
    int64_t inner, period;
    uint64_t bits;
    int64_t offset;
    int32_t rank;
    int64_t shape[8], strides[8];
} ck_source;

typedef struct ck_program ck_program;

/// Compiles a program. The arrays are copied; NULL only where memory is out.
/// - outputs: numbers of values, one per output (repeats and inputs are allowed).
/// - aliases: for each output the input that may lie in the same memory, or -1; NULL: none. Such an input must be
///   `CK_DIRECT`, of a dtype of the output's size, and lie there exactly or not overlap at all. No other overlap is allowed.
ck_program *ck_program_create(const ck_source *inputs, int input_count,
                              const ck_instruction *instructions, int instruction_count,
                              const int32_t *outputs, const int32_t *aliases, int output_count);
void ck_program_destroy(ck_program *program);

/// How many threads to run n elements on.
int ck_program_threads(const ck_program *program, int64_t n, int limit);

/// Runs a program over n elements; allocates nothing after a thread's first run. Safe to call from several threads.
void ck_program_run(const ck_program *program, int64_t n, const void *const *inputs, void *const *outputs, int threads);

typedef struct {
    int64_t n;
    const void *const *inputs;
    void *const *outputs;
} ck_segment;

/// Runs a program on independent sets of arrays as one piece of parallel work.
void ck_program_run_many(const ck_program *program, const ck_segment *segments, int count, int threads);

// MARK: Reductions

enum { CK_REDUCE_SUM = 0, CK_REDUCE_PRODUCT, CK_REDUCE_MAX, CK_REDUCE_MIN, CK_REDUCE_ANY, CK_REDUCE_ALL };

/// in [outer, n, inner] -> out [outer, inner]. float16 and bfloat16 are summed in float32. NaN wins a max or min.
/// Without elements: 0, 1, the lowest (-inf), the greatest, false, true.
void ck_reduce(int op, ck_dtype dtype, const void *in, void *out, int64_t outer, int64_t n, int64_t inner, int threads);

enum { CK_ARG_MAX = 0, CK_ARG_MIN };
/// The index of the first extreme element; the first NaN where there is one.
void ck_arg_reduce(int op, ck_dtype dtype, const void *in, int32_t *out, int64_t outer, int64_t n, int64_t inner, int threads);

enum { CK_CUMULATIVE_SUM = 0, CK_CUMULATIVE_PRODUCT, CK_CUMULATIVE_MAX, CK_CUMULATIVE_MIN };
/// [outer, n, inner] along n; `in` may equal `out`.
void ck_cumulative(int op, ck_dtype dtype, const void *in, void *out, int64_t outer, int64_t n, int64_t inner, bool reverse, int threads);

typedef struct {
    int32_t rank;
    int64_t shape[CK_MAX_RANK];   // of the operand
    int64_t sizes[CK_MAX_RANK], strides[CK_MAX_RANK], low[CK_MAX_RANK], high[CK_MAX_RANK], dilation[CK_MAX_RANK];
} ck_window;

enum { CK_WINDOW_SUM = 0, CK_WINDOW_MAX, CK_WINDOW_MIN };
/// Padding adds nothing to a sum and never wins.
void ck_reduce_window(int op, ck_dtype dtype, const void *in, void *out, const ck_window *window, int threads);

/// dx = dy given to the first maximum (the first NaN where there is one) of each window of x; floating-point types.
void ck_max_window_gradient(ck_dtype dtype, const void *x, const void *dy, void *dx, const ck_window *window, int threads);

// MARK: Data movement

/// out[i · out_strides] = in[i · in_strides] for every index i of `shape`. Strides may be 0 (in) or negative: the
/// pointers are those of index 0. Elements of 1, 2, 4 or 8 bytes.
void ck_copy_strided(int64_t element_size, int rank, const int64_t *shape, const void *in, const int64_t *in_strides,
                     void *out, const int64_t *out_strides, int threads);

/// Writes n times the element at `value`.
void ck_fill(int64_t element_size, const void *value, void *out, int64_t n, int threads);

void ck_copy(void *out, const void *in, int64_t bytes, int threads);

// MARK: Indexing

/// operand [batch, pre, axis, inner], indices [batch, count] (any integer type) -> out [batch, pre, count, inner].
/// Negative indices count from the end; an index out of range takes the element at `fill`.
void ck_gather(int64_t element_size, const void *operand, const void *indices, ck_dtype index_dtype, const void *fill,
               void *out, int64_t batch, int64_t pre, int64_t axis, int64_t count, int64_t inner, int threads);

enum { CK_SCATTER_SET = 0, CK_SCATTER_ADD, CK_SCATTER_MULTIPLY, CK_SCATTER_MAX, CK_SCATTER_MIN };
/// base, out [batch, pre, axis, inner], indices [batch, count], updates [batch, pre, count, inner]. `base` may equal
/// `out` (in place); NULL stands for zeros. Negative indices count from the end, others out of range are dropped.
/// Repeated indices combine in order; sums of float16 and bfloat16 are rounded at each step.
void ck_scatter(int reduction, ck_dtype dtype, const void *base, const void *indices, ck_dtype index_dtype,
                const void *updates, void *out, int64_t batch, int64_t pre, int64_t axis, int64_t count, int64_t inner,
                int threads);

// MARK: Sorting

/// Sorts [outer, n, inner] along n: stable both ways, NaN last both ways, -0 equals 0. `values` or `indices` may be NULL.
void ck_sort(ck_dtype dtype, const void *in, void *values, int32_t *indices, int64_t outer, int64_t n, int64_t inner,
             bool descending, int threads);

/// The k greatest of each row of [outer, n], descending, the earlier first among equals; NaN is the greatest, 0 > -0.
void ck_topk(ck_dtype dtype, const void *in, void *values, int32_t *indices, int64_t outer, int64_t n, int64_t k, int threads);

// MARK: Random bits

/// Element i is a ^ b of Threefry-2x32 (20 rounds) of the counter (i >> 32, i & 0xffffffff).
void ck_random_bits(const uint32_t key[2], uint32_t *out, int64_t n, int threads);

#ifdef __cplusplus
}
#endif

#endif
