// Convolutions of float32 in parts of the batch, each computed by one of our threads.
//
// oneDNN would use libgomp's threads, which spin on after their work and so take the cores from ours.
#include "conv.hpp"
#include "conv_tools.hpp"

#include <algorithm>

const ConvTools &convTools() {
#if defined(__x86_64__)
    switch (ckIsa()) {
    case ckIsaAvx512: return ck_avx512::convTools;
    case ckIsaAvx2: return ck_avx2::convTools;
    case ckIsaBase: break;
    }
#endif
    return ck_base::convTools;
}

namespace {

class BatchedConv final : public ConvWay {
public:
    static std::unique_ptr<ConvWay> make(const ck_conv_config &c, int64_t wanted) {
        std::unique_ptr<BatchedConv> result(new BatchedConv(c));
        result->size = (c.batch + wanted - 1) / wanted;
        result->parts = (c.batch + result->size - 1) / result->size;
        ck_conv_config part = c;
        part.threads = 1;
        part.activation = CK_ACTIVATION_NONE;
        part.batch = result->size;
        result->whole = makeLibraryConv(part);
        if (!result->whole) return nullptr;
        part.batch = c.batch - result->size * (result->parts - 1);
        if (part.batch != result->size) {
            result->rest = makeLibraryConv(part);
            if (!result->rest || !result->whole->packsLike(*result->rest)) return nullptr;
        }
        result->packedCount = (result->whole->packedCount() + 15) & ~int64_t(15);
        result->kernels.count = result->packedCount * (c.kind == CK_CONV_KERNEL_GRADIENT ? result->parts : 1);
        return result;
    }

    int run(const void *first, const void *second, const void *bias, void *out) const override {
        Pool::Buffer memory = kernels.take();
        if (!memory) return ckFail(CK_ERROR_MEMORY, "no memory for a convolution's kernel");
        float *packed = memory.get();
        int status = CK_OK;
        if (config.kind != CK_CONV_KERNEL_GRADIENT) {
            const void *kernel = config.kind == CK_CONV_FORWARD ? second : first;
            status = whole->pack(static_cast<const float *>(kernel), packed);
            (config.kind == CK_CONV_FORWARD ? second : first) = packed;
        }
        if (status == CK_OK) status = runParts(first, second, bias, config.kind == CK_CONV_KERNEL_GRADIENT ? packed : static_cast<float *>(out));
        if (status == CK_OK && config.kind == CK_CONV_KERNEL_GRADIENT) {
            addParts(packed);
            status = whole->unpack(packed, static_cast<float *>(out));
        }
        kernels.give(std::move(memory));
        return status;
    }
    const char *path() const override { return whole->path(); }

private:
    ck_conv_config config;
    ConvGeometry g;
    int64_t size = 0, parts = 0;      // of the batch
    std::unique_ptr<PackedConv> whole, rest;
    int64_t packedCount = 0;
    Pool kernels;

    explicit BatchedConv(const ck_conv_config &c) : config(c), g(c) {}

    int runParts(const void *first, const void *second, const void *bias, float *out) const {
        const int64_t stepInput = size * g.inputPlaces() * g.channels, stepOutput = size * g.outputPlaces() * g.filters;
        const int used = int(std::min<int64_t>(config.threads, parts));
        CkStatus failure;
        ckParallelFor(used, [&](int thread) {
            const CkRange range = ckPart(parts, thread, used);
            for (int64_t i = range.begin; i < range.end; i++) {
                const bool isRest = rest && i == parts - 1;
                const PackedConv &way = isRest ? *rest : *whole;
                const float *a = static_cast<const float *>(first), *b = static_cast<const float *>(second);
                float *y = out;
                switch (config.kind) {
                case CK_CONV_FORWARD: a += i * stepInput; y += i * stepOutput; break;
                case CK_CONV_INPUT_GRADIENT: b += i * stepOutput; y += i * stepInput; break;
                default: a += i * stepInput; b += i * stepOutput; y += i * packedCount;
                }
                const int status = way.runPacked(a, b, bias, y);
                if (status != CK_OK) failure.fail(status);
                if (config.activation == CK_ACTIVATION_RELU)
                    convTools().relu(y, 1, isRest ? g.outputCount() - i * stepOutput : stepOutput, nullptr);
            }
        });
        return failure.value() == CK_OK ? CK_OK : ckFail(failure.value(), "a part of a convolution failed");
    }

    /// All parts' kernel gradients into the first, in order.
    void addParts(float *packed) const {
        const int used = ck_good_threads(double(packedCount) * double(parts) * 0.1, config.threads);
        ckParallelFor(used, [&](int thread) {
            const CkRange range = ckPart(packedCount / 16, thread, used);
            for (int64_t i = 1; i < parts; i++)
                convTools().add(packed + range.begin * 16, packed + i * packedCount + range.begin * 16, (range.end - range.begin) * 16);
        });
    }
};

/// Into how many parts the batch goes. Forward, a part's result should still be in the second-level cache for the ReLU.
int64_t partCount(const ck_conv_config &c) {
    constexpr int64_t fixed = 16, most = 16;
    constexpr double cached = 768 << 10;
    if (c.deterministic) return std::min(c.batch, fixed);
    if (c.kind != CK_CONV_FORWARD || c.activation == CK_ACTIVATION_NONE) return c.threads;
    const double share = double(ConvGeometry(c).outputCount()) * sizeof(float) / c.threads;
    const int64_t turns = std::clamp<int64_t>(int64_t(share / cached + 0.5), 1, most);
    return std::max<int64_t>(c.threads, std::min(c.threads * turns, c.batch));
}

}  // namespace

std::unique_ptr<ConvWay> makeBatchedConv(const ck_conv_config &config) {
    if (config.deterministic || (config.batch >= config.threads && config.threads > 1))
        if (auto way = BatchedConv::make(config, partCount(config))) return way;
    if (config.deterministic) {
        ck_conv_config one = config;
        one.threads = 1;
        return makeLibraryConv(one);
    }
    return makeLibraryConv(config);
}
