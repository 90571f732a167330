// Softmax, cross-entropy and normalisation: the choice of a kernel.
#include "rows.hpp"

namespace {

#if defined(__x86_64__)
#define CK_CHOOSE(name) (ckIsa() == ckIsaAvx512 ? ck_avx512::name : ckIsa() == ckIsaAvx2 ? ck_avx2::name : ck_base::name)
#else
#define CK_CHOOSE(name) ck_base::name
#endif

/// Calls body(kernels, a null pointer of the element type).
template <class Body> int choose(ck_dtype dtype, const Body &body) {
    switch (dtype) {
    case CK_F32: return body(CK_CHOOSE(rowsFloat), static_cast<float *>(nullptr));
    case CK_F64: return body(CK_CHOOSE(rowsDouble), static_cast<double *>(nullptr));
    case CK_F16: return body(CK_CHOOSE(rowsHalf), static_cast<CkHalf *>(nullptr));
    case CK_BF16: return body(CK_CHOOSE(rowsBFloat), static_cast<CkBFloat *>(nullptr));
    default: return ckFail(CK_ERROR_ARGUMENT, "element type %d is not a floating type", dtype);
    }
}

template <class S> const S *in(const void *p, S *) { return static_cast<const S *>(p); }
template <class S> S *out(void *p, S *) { return static_cast<S *>(p); }

}  // namespace

extern "C" {

int ck_softmax(ck_dtype dtype, bool log, int64_t outer, int64_t n, int64_t inner, const void *x, void *y, int threads) {
    return choose(dtype, [=](const auto &k, auto *s) { return k.softmax(log, outer, n, inner, in(x, s), out(y, s), threads); });
}

int ck_softmax_gradient(ck_dtype dtype, bool log, int64_t outer, int64_t n, int64_t inner, const void *y, const void *dy, void *dx, int threads) {
    return choose(dtype, [=](const auto &k, auto *s) { return k.softmaxGradient(log, outer, n, inner, in(y, s), in(dy, s), out(dx, s), threads); });
}

int ck_sparse_cross_entropy(ck_dtype dtype, int64_t rows, int64_t classes, const void *logits, const int32_t *labels, void *loss, int threads) {
    return choose(dtype, [=](const auto &k, auto *s) { return k.sparseCrossEntropy(rows, classes, in(logits, s), labels, out(loss, s), threads); });
}

int ck_sparse_cross_entropy_gradient(ck_dtype dtype, int64_t rows, int64_t classes, const void *logits, const int32_t *labels,
                                     const void *dloss, void *dlogits, int threads) {
    return choose(dtype, [=](const auto &k, auto *s) {
        return k.sparseCrossEntropyGradient(rows, classes, in(logits, s), labels, in(dloss, s), out(dlogits, s), threads);
    });
}

int ck_softmax_cross_entropy(ck_dtype dtype, int64_t rows, int64_t classes, const void *logits, const void *targets, void *loss, int threads) {
    return choose(dtype, [=](const auto &k, auto *s) { return k.softmaxCrossEntropy(rows, classes, in(logits, s), in(targets, s), out(loss, s), threads); });
}

int ck_layer_norm(ck_dtype dtype, int64_t rows, int64_t n, double epsilon, const void *x, const void *gamma, const void *beta,
                  void *y, void *mean, void *rstd, int threads) {
    return choose(dtype, [=](const auto &k, auto *s) {
        return k.layerNorm(rows, n, epsilon, in(x, s), in(gamma, s), in(beta, s), out(y, s), out(mean, s), out(rstd, s), threads);
    });
}

int ck_layer_norm_gradient(ck_dtype dtype, int64_t rows, int64_t n, const void *x, const void *gamma, const void *mean,
                           const void *rstd, const void *dy, void *dx, void *dgamma, void *dbeta, int threads) {
    return choose(dtype, [=](const auto &k, auto *s) {
        return k.layerNormGradient(rows, n, in(x, s), in(gamma, s), in(mean, s), in(rstd, s), in(dy, s), out(dx, s), out(dgamma, s), out(dbeta, s), threads);
    });
}

int ck_batch_norm(ck_dtype dtype, int64_t rows, int64_t channels, double epsilon, const void *x, const void *gamma,
                  const void *beta, void *y, void *mean, void *variance, int threads) {
    return choose(dtype, [=](const auto &k, auto *s) {
        return k.batchNorm(rows, channels, epsilon, in(x, s), in(gamma, s), in(beta, s), out(y, s), out(mean, s), out(variance, s), threads);
    });
}

int ck_batch_norm_gradient(ck_dtype dtype, int64_t rows, int64_t channels, double epsilon, const void *x, const void *gamma,
                           const void *mean, const void *variance, const void *dy, void *dx, void *dgamma, void *dbeta, int threads) {
    return choose(dtype, [=](const auto &k, auto *s) {
        return k.batchNormGradient(rows, channels, epsilon, in(x, s), in(gamma, s), in(mean, s), in(variance, s), in(dy, s),
                                   out(dx, s), out(dgamma, s), out(dbeta, s), threads);
    });
}

}  // extern "C"
