// Long short-term memory: the batch dealt out to threads.
#include "dnn_common.hpp"
#include "lstm.hpp"

namespace {

const LstmKernels &kernels() {
#if defined(__x86_64__)
    switch (ckIsa()) {
    case ckIsaAvx512: return ck_avx512::lstm;
    case ckIsaAvx2: return ck_avx2::lstm;
    case ckIsaBase: break;
    }
#endif
    return ck_base::lstm;
}

/// Packs the kernel and runs `body(loop, begin, end, scratch)` for parts of the batch.
template <class Body>
int runLoop(void (*pack)(const float *, int64_t, float *), int64_t batch, int64_t time, int64_t units, bool reverse, const float *kernel,
            int limit, const Body &body) {
    const LstmKernels &k = kernels();
    float *packed = static_cast<float *>(ckOuterScratch(size_t(k.packedCount(units)) * sizeof(float)));
    if (!packed) return ckFail(CK_ERROR_MEMORY, "no memory for a recurrent kernel");
    pack(kernel, units, packed);
    const LstmLoop loop = {time, units, reverse, packed};
    int threads = ck_good_threads(double(batch) * double(time) * double(units) * double(units) * 0.1, limit);
    if (threads > batch) threads = int(batch);
    CkStatus status;
    ckParallelFor(threads, [&](int part) {
        const CkRange rows = ckPart(batch, part, threads);
        float *scratch = static_cast<float *>(ck_scratch(size_t(k.scratchCount(units, rows.end - rows.begin)) * sizeof(float)));
        if (!scratch) return status.fail(CK_ERROR_MEMORY);
        body(loop, rows.begin, rows.end, scratch);
    });
    return status.value();
}

}  // namespace

extern "C" int ck_lstm(int64_t batch, int64_t time, int64_t units, bool reverse, const float *inputs, const float *h, const float *c,
                       const float *kernel, float *outputs, float *lastH, float *lastC, float *gates, float *cells, int threads) {
    if (batch == 0 || units == 0) return CK_OK;
    const LstmForward f = {inputs, h, c, outputs, lastH, lastC, gates, cells};
    return runLoop(kernels().pack, batch, time, units, reverse, kernel, threads, [&](const LstmLoop &loop, int64_t begin, int64_t end, float *scratch) {
        kernels().forward(loop, f, begin, end, scratch);
    });
}

extern "C" int ck_lstm_gradient(int64_t batch, int64_t time, int64_t units, bool reverse, const float *kernel, const float *firstC,
                                const float *gates, const float *cells, const float *dOutputs, const float *dLastH, const float *dLastC,
                                float *dInputs, float *dFirstH, float *dFirstC, int threads) {
    if (batch == 0 || units == 0) return CK_OK;
    const LstmBackward b = {firstC, gates, cells, dOutputs, dLastH, dLastC, dInputs, dFirstH, dFirstC};
    return runLoop(kernels().packTransposed, batch, time, units, reverse, kernel, threads, [&](const LstmLoop &loop, int64_t begin, int64_t end, float *scratch) {
        kernels().backward(loop, b, begin, end, scratch);
    });
}
