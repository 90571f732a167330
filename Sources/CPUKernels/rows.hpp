// Softmax, cross-entropy and normalisation: the kernels of one element type in one instruction set.
#pragma once
#include "dnn_common.hpp"
#include "half.hpp"

template <class S> struct RowKernels {
    int (*softmax)(bool log, int64_t outer, int64_t n, int64_t inner, const S *x, S *y, int threads);
    int (*softmaxGradient)(bool log, int64_t outer, int64_t n, int64_t inner, const S *y, const S *dy, S *dx, int threads);
    int (*sparseCrossEntropy)(int64_t rows, int64_t classes, const S *logits, const int32_t *labels, S *loss, int threads);
    int (*sparseCrossEntropyGradient)(int64_t rows, int64_t classes, const S *logits, const int32_t *labels, const S *dloss, S *dlogits, int threads);
    int (*softmaxCrossEntropy)(int64_t rows, int64_t classes, const S *logits, const S *targets, S *loss, int threads);
    int (*layerNorm)(int64_t rows, int64_t n, double epsilon, const S *x, const S *gamma, const S *beta, S *y, S *mean, S *rstd, int threads);
    int (*layerNormGradient)(int64_t rows, int64_t n, const S *x, const S *gamma, const S *mean, const S *rstd, const S *dy,
                             S *dx, S *dgamma, S *dbeta, int threads);
    int (*batchNorm)(int64_t rows, int64_t channels, double epsilon, const S *x, const S *gamma, const S *beta, S *y, S *mean,
                     S *variance, int threads);
    int (*batchNormGradient)(int64_t rows, int64_t channels, double epsilon, const S *x, const S *gamma, const S *mean,
                             const S *variance, const S *dy, S *dx, S *dgamma, S *dbeta, int threads);
};

#define CK_ROW_KERNELS(isa) namespace isa { \
    extern const RowKernels<float> rowsFloat; extern const RowKernels<double> rowsDouble; \
    extern const RowKernels<CkHalf> rowsHalf; extern const RowKernels<CkBFloat> rowsBFloat; }
CK_ROW_KERNELS(ck_avx512)
CK_ROW_KERNELS(ck_avx2)
CK_ROW_KERNELS(ck_base)
#undef CK_ROW_KERNELS
