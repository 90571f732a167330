// Matrix products, convolutions, normalisations, softmax and cross-entropy for the CPU engine.
//
// Conventions
// - Tensors are dense and row-major. Pointers need the alignment of their element type only.
// - `threads`: how many threads may work on it; 1 (or less) runs on the calling thread alone. Small work uses fewer.
// - `_create` gives NULL when it fails; `ck_last_error` says why. `_run` and plain functions give CK_OK or an error
//   number. No C++ exception leaves any of them.
// - A plan (what `_create` gives) is immutable: any number of threads may run one at once. Running allocates nothing
//   once each of the threads that run at the same time has run it before.
// - Results are bit-equal from run to run for one thread count and instruction set. Everything but oneDNN's convolutions
//   is bit-equal for all thread counts too; those are if created with `deterministic`.
#ifndef CK_DNN_H
#define CK_DNN_H

#include <stdbool.h>
#include <stdint.h>

#include "ck_core.h"

#ifdef __cplusplus
extern "C" {
#endif

/// What `_run` functions return.
enum { CK_OK = 0, CK_ERROR_ARGUMENT = 1, CK_ERROR_MEMORY = 2, CK_ERROR_LIBRARY = 3 };

/// What went wrong in this thread's last failed call; never NULL.
const char *ck_last_error(void);

/// The version of oneDNN in use, as in "2.6.3", and the instruction set that our kernels chose ("avx512", "avx2", "base").
const char *ck_dnn_version(void);
const char *ck_dnn_isa(void);

// MARK: Matrix product

enum { CK_ACTIVATION_NONE = 0, CK_ACTIVATION_RELU = 1 };

/// `out[i] = activation(op(a[i]) · op(b[i]) + bias)` for each `i` of the batch.
typedef struct ck_matmul_config {
    ck_dtype dtype;
    int64_t batch;             ///< 1 or more products (0: nothing is computed)
    int64_t m, n, k;           ///< op(a): [m, k], op(b): [k, n], out: [m, n]; any may be 0 (k == 0 gives bias or zeros)
    bool transpose_a;          ///< a is stored as [k, m]
    bool transpose_b;          ///< b is stored as [n, k]
    bool bias;                 ///< adds bias[n], the same for each row and each product; floating types only
    int activation;            ///< CK_ACTIVATION_…; floating types only
    bool accumulate;           ///< adds to what `out` holds (before bias and activation); not for bool
    /// Distance, in elements, from one row to the next and from one product to the next; 0 means dense.
    /// A batch stride of -1 means: the same operand for every product.
    int64_t row_stride_a, row_stride_b, row_stride_out;
    int64_t batch_stride_a, batch_stride_b, batch_stride_out;
    int threads;
    bool deterministic;        ///< bit-equal for every thread count (optimised builds always are)
} ck_matmul_config;

typedef struct ck_matmul ck_matmul;

/// Sums of float16 and bfloat16 are taken in float32; integers wrap around; bool is "any of ands".
ck_matmul *ck_matmul_create(const ck_matmul_config *config);
void ck_matmul_destroy(ck_matmul *plan);
/// `bias` is ignored unless configured. `out` must not overlap the operands.
int ck_matmul_run(const ck_matmul *plan, const void *a, const void *b, const void *bias, void *out);
/// Which way the plan goes ("float32 avx512", "float16 through float32", "integer", …): for tests and listings.
const char *ck_matmul_path(const ck_matmul *plan);

// MARK: Convolution

enum { CK_CONV_FORWARD = 0, CK_CONV_INPUT_GRADIENT = 1, CK_CONV_KERNEL_GRADIENT = 2 };
enum { CK_CONV_MAX_SPATIAL = 3 };

/// The geometry of `Graph.Convolution`: input [batch, input…, channels], kernel [kernel…, channels / groups, filters],
/// output [batch, output…, filters]. Group g reads the channels, and makes the filters, of the g-th part.
/// With the input dilated to `(input - 1) * input_dilation + 1` and padded (cut where negative) by `low`, `high`:
/// output = (padded - ((kernel - 1) * kernel_dilation + 1)) / stride + 1, or 0 if the kernel does not fit.
typedef struct ck_conv_config {
    int kind;                  ///< CK_CONV_…
    ck_dtype dtype;                 ///< floating types and integers; not bool
    int spatial;               ///< number of spatial axes, 1 … 3
    int64_t batch, channels, filters, groups;
    int64_t input[CK_CONV_MAX_SPATIAL], kernel[CK_CONV_MAX_SPATIAL], output[CK_CONV_MAX_SPATIAL];
    int64_t stride[CK_CONV_MAX_SPATIAL], low[CK_CONV_MAX_SPATIAL], high[CK_CONV_MAX_SPATIAL];
    int64_t input_dilation[CK_CONV_MAX_SPATIAL], kernel_dilation[CK_CONV_MAX_SPATIAL];  ///< 1 means none
    bool bias;                 ///< forward only: adds bias[filters]
    int activation;            ///< forward only: CK_ACTIVATION_…
    int threads;
    bool deterministic;        ///< bit-equal for every thread count; costs memory and some speed
} ck_conv_config;

typedef struct ck_conv ck_conv;

ck_conv *ck_conv_create(const ck_conv_config *config);
void ck_conv_destroy(ck_conv *plan);
/// forward:         first = input,  second = kernel,             out = output (bias: [filters] or NULL)
/// input gradient:  first = kernel, second = gradient of output, out = gradient of input
/// kernel gradient: first = input,  second = gradient of output, out = gradient of kernel
int ck_conv_run(const ck_conv *plan, const void *first, const void *second, const void *bias, void *out);
/// Which way the plan goes: oneDNN's name of its implementation, a matrix product's path, or "direct".
const char *ck_conv_path(const ck_conv *plan);

// MARK: Softmax and cross-entropy (floating types)

/// x and y: [outer, n, inner]; along the middle axis. `y` may be `x`. `log`: log-softmax.
int ck_softmax(ck_dtype dtype, bool log, int64_t outer, int64_t n, int64_t inner, const void *x, void *y, int threads);
/// The gradient of (log-)softmax from its result y and the result's gradient dy. `dx` may be `dy` or `y`.
int ck_softmax_gradient(ck_dtype dtype, bool log, int64_t outer, int64_t n, int64_t inner,
                        const void *y, const void *dy, void *dx, int threads);

/// logits [rows, classes], labels int32 [rows], loss [rows]: -log softmax(logits)[label]; 0 for a label out of range.
int ck_sparse_cross_entropy(ck_dtype dtype, int64_t rows, int64_t classes,
                            const void *logits, const int32_t *labels, void *loss, int threads);
/// dlogits = dloss · (softmax(logits) - onehot(label)); 0 for a row whose label is out of range. `dlogits` may be `logits`.
int ck_sparse_cross_entropy_gradient(ck_dtype dtype, int64_t rows, int64_t classes, const void *logits, const int32_t *labels,
                                     const void *dloss, void *dlogits, int threads);
/// loss[row] = -Σ targets · log softmax(logits)  ([rows, classes] both; 0 · -infinity counts as 0).
int ck_softmax_cross_entropy(ck_dtype dtype, int64_t rows, int64_t classes,
                             const void *logits, const void *targets, void *loss, int threads);

// MARK: Normalisation (floating types; all operands and results of the one dtype; sums in float32 or float64)

/// x, y: [rows, n]; gamma, beta: [n] (either may be NULL: ones, zeros); mean, rstd: [rows] (either may be NULL).
/// y = (x - mean) · rstd · gamma + beta, rstd = 1 / sqrt(var + epsilon). `y` may be `x`.
int ck_layer_norm(ck_dtype dtype, int64_t rows, int64_t n, double epsilon, const void *x, const void *gamma, const void *beta,
                  void *y, void *mean, void *rstd, int threads);
/// Any of dx, dgamma, dbeta may be NULL: not wanted. `dx` may be `dy` or `x` if neither dgamma nor dbeta is asked for.
int ck_layer_norm_gradient(ck_dtype dtype, int64_t rows, int64_t n, const void *x, const void *gamma, const void *mean,
                           const void *rstd, const void *dy, void *dx, void *dgamma, void *dbeta, int threads);

/// x, y: [rows, channels]; gamma, beta, mean, variance: [channels] (gamma, beta may be NULL: ones, zeros).
/// mean and variance (biased) are results, taken over the rows; y = (x - mean) / sqrt(variance + epsilon) · gamma + beta.
int ck_batch_norm(ck_dtype dtype, int64_t rows, int64_t channels, double epsilon, const void *x, const void *gamma,
                  const void *beta, void *y, void *mean, void *variance, int threads);
/// Any of dx, dgamma, dbeta may be NULL: not wanted.
int ck_batch_norm_gradient(ck_dtype dtype, int64_t rows, int64_t channels, double epsilon, const void *x, const void *gamma,
                           const void *mean, const void *variance, const void *dy, void *dx, void *dgamma, void *dbeta,
                           int threads);

// MARK: Recurrent layers (float32)

/// Long short-term memory over all steps. inputs, gates: [batch, time, 4 · units], gates in the order i, f, c, o; kernel: [units, 4 · units];
/// outputs, cells: [batch, time, units]; states: [batch, units].
/// With z = inputs + h · kernel: c = σ(zf) · c + σ(zi) · tanh(zc), h = σ(zo) · tanh(c). `gates` holds these four functions' values.
/// gates and cells may be NULL; gates may be inputs. `reverse`: from the last step to the first, outputs in the steps' places.
int ck_lstm(int64_t batch, int64_t time, int64_t units, bool reverse, const float *inputs, const float *h, const float *c,
            const float *kernel, float *outputs, float *last_h, float *last_c, float *gates, float *cells, int threads);
/// Gradients of inputs and of the first states from those of the outputs and of the last states.
int ck_lstm_gradient(int64_t batch, int64_t time, int64_t units, bool reverse, const float *kernel, const float *first_c,
                     const float *gates, const float *cells, const float *d_outputs, const float *d_last_h, const float *d_last_c,
                     float *d_inputs, float *d_first_h, float *d_first_c, int threads);

#ifdef __cplusplus
}
#endif

#endif
